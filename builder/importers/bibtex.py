"""One BibTeX entry, as people paste it, read by bibtexparser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import bibtexparser
from bibtexparser.middlewares import (
    LatexDecodingMiddleware,
    MergeNameParts,
    SeparateCoAuthors,
    SplitNameParts,
)

from builder.content import identifiers
from builder.problems import Problem, ProblemsFound

LOOKS_LIKE = re.compile(r"@\s*[A-Za-z]+\s*[{(]")
_PREPRINT = re.compile(r"arXiv(?: preprint)?(?: arXiv)?[: ]\s*(\S+?)(?:v\d+)?(?: \[.*)?", re.I)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read(text: str, *, path: str) -> Mapping[str, Any]:
    """What an entry tells of a paper, by the keys of `builder.importers.records`.

    path: where the text came from, as problems name it. Mathematics keeps its dollar signs.
    Raises ProblemsFound where this is not exactly one entry that can be read.
    """

    def fail(message: str, hint: str, line: int = 1) -> ProblemsFound:
        return ProblemsFound([Problem(path=path, line=line, message=message, hint=hint)])

    library = bibtexparser.parse_string(
        text,
        append_middleware=[
            SeparateCoAuthors(),
            SplitNameParts(),
            MergeNameParts("first"),
            LatexDecodingMiddleware(keep_math_mode=True, keep_braced_groups=False),
        ],
    )
    if library.failed_blocks:
        line = library.failed_blocks[0].start_line or 0
        hint = "copy the whole entry, from @ to its last brace"
        raise fail("this BibTeX entry cannot be read", hint, line + 1)
    if len(library.entries) != 1:
        count = len(library.entries)
        message = f"{count} BibTeX entries where one is expected"
        raise fail(message, "give one entry at a time; papershelf import takes many")
    return _facts({field.key.lower(): field.value for field in library.entries[0].fields})


def _facts(fields: Mapping[str, Any]) -> dict[str, Any]:
    text = {key: " ".join(value.split()) for key, value in fields.items() if isinstance(value, str)}
    found: dict[str, Any] = {key: text[key] for key in ("title", "doi", "url") if text.get(key)}
    if fields.get("abstract"):
        found["abstract"] = fields["abstract"]
    names = fields.get("author")
    if isinstance(names, list):
        found["authors"] = [name for name in names if name.lower() not in ("others", "et al.")]
        if len(found["authors"]) < len(names):
            # Where some are not named, those who are would pass for all.
            del found["authors"]
    venue = text.get("booktitle") or text.get("journal") or text.get("journaltitle")
    preprint = _PREPRINT.fullmatch(venue or "") or _PREPRINT.fullmatch(text.get("note", ""))
    if text.get("eprint") and text.get("archiveprefix", text.get("eprinttype", "")).lower() in (
        "arxiv",
        "",
    ):
        found["arxiv"] = re.sub(r"^arXiv:|v\d+$", "", text["eprint"], flags=re.IGNORECASE)
    elif preprint:
        found["arxiv"] = preprint[1]
    if identifiers.check_arxiv(found.get("arxiv", "")) is not None:
        found.pop("arxiv", None)
    if venue and not re.search(r"\barXiv\b|\bCoRR\b", venue, re.IGNORECASE):
        found["venue"] = venue
        if re.fullmatch(r"[12]\d{3}", text.get("year", "")):
            found["year"] = int(text["year"])
    if _DAY.fullmatch(text.get("date", "")):
        found["date"] = text["date"]
    if found.get("doi"):
        found["doi"] = re.sub(r"^https?://(?:dx\.)?doi\.org/", "", found["doi"])
        # arXiv's own DOI says no more than its id.
        if re.match(r"10\.48550/arxiv\.", found["doi"], re.IGNORECASE):
            found.setdefault("arxiv", re.split(r"arxiv\.", found.pop("doi"), flags=re.I)[1])
            found.pop("doi", None)
    return found
