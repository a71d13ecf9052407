"""What a person pastes of one paper: a title, an id, an address, a BibTeX entry, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from builder.content import identifiers
from builder.importers import bibtex
from builder.problems import Problem, ProblemsFound

_ARXIV = re.compile(r"(?:arxiv:\s*)?(?P<id>[a-z.-]*/?\d[\d.]+)(?:v\d+)?(?:\s*\[.*\])?", re.I)
_DOI = re.compile(r"(?:doi:\s*)?(?P<id>10\.\d{4,9}/\S+)", re.I)


def read(text: str, *, path: str) -> Mapping[str, Any]:
    """What a text tells of a paper, by the keys of `builder.importers.records`.

    A BibTeX entry and a JSON object are known by their first sign, ids and addresses by their form.
    Anything else is a title in the first line, and the abstract in the lines below it.
    path: where the text came from, as problems name it.
    Raises ProblemsFound where a BibTeX entry or JSON object cannot be read, or nothing is there.
    """
    text = text.strip().removeprefix("\ufeff").strip()
    if not text:
        hint = "paste a title, a BibTeX entry, an arXiv id, or an address"
        raise ProblemsFound([Problem(path=path, line=1, message="there is nothing", hint=hint)])
    if bibtex.LOOKS_LIKE.match(text):
        return bibtex.read(text, path=path)
    if text.startswith("{"):
        return _json(text, path)
    first, _, rest = text.partition("\n")
    first = first.strip()
    found: dict[str, Any] = {"abstract": rest.strip()} if rest.strip() else {}
    arxiv, doi = _ARXIV.fullmatch(first), _DOI.fullmatch(first)
    if arxiv and identifiers.check_arxiv(arxiv["id"].rstrip(".")) is None:
        return {**found, "arxiv": arxiv["id"]}
    if doi:
        return {**found, "doi": doi["id"]}
    if re.match(r"https?://\S+$|(?:www\.)?(?:arxiv|doi)\.org/\S+$", first, re.IGNORECASE):
        return {**found, "url": first if "://" in first else f"https://{first}"}
    return {**found, "title": first}


def _json(text: str, path: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        message = f"no JSON: {getattr(error, 'msg', error)}"
        hint = 'write one whole object, such as {"title": "...", "abstract": "..."}'
        raise ProblemsFound([Problem(path=path, line=line, message=message, hint=hint)]) from None
    if not isinstance(found, dict):  # "{" opens an object, or nothing that parses
        raise AssertionError(found)
    return found
