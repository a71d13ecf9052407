"""A suggestion written into the issue form of a forge: the person's words, as data.

The forms (.github/ISSUE_TEMPLATE, .gitlab/issue_templates) give an issue's text this shape: each
label as a heading of the third level, below it what was written there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.content.paper import LINK_KINDS
from builder.importers import bibtex, pasted
from builder.problems import Problem, ProblemsFound

# Label -> the most characters that anybody needs there. A forge takes 65,536 for the whole.
LABELS = {
    "Title": 400,
    "Where it can be read": 20_000,
    "Abstract": 20_000,
    "Authors": 20_000,
    "In short": 1_000,
    "Topics": 1_000,
    "Code, data and other links": 10_000,
    "Anything else": 65_536,
}
TITLE, WHERE, ABSTRACT, AUTHORS, SHORT, TOPICS, LINKS, _ = LABELS
# What a forge says of a webhook: the place of the text.
_PLACES = (("issue", "body"), ("object_attributes", "description"), ("body",), ("description",))
_HEADING = re.compile(r"###[ \t]+(?P<label>.+?)[ \t]*")
_EMPTY = ("_No response_", "")
_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})[^\n]*\n(?P<inner>.*?)\n?(?P=fence)", re.DOTALL)
_COMMENT = re.compile(r"^[ \t]*<!--.*?-->[ \t]*$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What a person suggests.

    facts: by the keys of `builder.importers.records`, which checks them; summary: in the person's
    words; topics: names or ids of tags, as written.
    """

    facts: Mapping[str, Any]
    summary: str
    topics: tuple[str, ...]


def read(text: str, *, path: str) -> Suggestion:
    """Read an issue's text, or what a forge tells of the issue as JSON.

    path: what problems name as the source; their lines are those of the issue's text.
    Raises ProblemsFound where this is not the form, or something in it cannot be used.
    """
    fields = _fields(_body(text, path), path)
    problems = [
        Problem(
            path=path, line=line, field=label,
            message=f"{len(value):,} characters are too many",
            hint=f"shorten it to at most {LABELS[label]:,}",
        )
        for label, (line, value) in fields.items()
        if len(value) > LABELS[label]
    ]  # fmt: skip
    if problems:
        raise ProblemsFound(problems)

    def value(label: str) -> str:
        return fields.get(label, (1, ""))[1]

    facts: dict[str, Any] = dict(_where(value(WHERE), path, fields.get(WHERE, (1, ""))[0]))
    for key, text in (("title", value(TITLE)), ("abstract", value(ABSTRACT))):
        if text:
            facts[key] = text
    if names := [name for line in _lines(value(AUTHORS)) for name in re.split(r"[;,]", line)]:
        facts["authors"] = [name.strip() for name in names if name.strip()]
    if links := [_link(line) for line in _lines(value(LINKS))]:
        facts["links"] = [*facts.get("links", ()), *links]
    topics = [word.strip() for word in re.split(r"[,;\n]", value(TOPICS))]
    return Suggestion(
        facts=facts,
        summary=value(SHORT),
        topics=tuple(dict.fromkeys(word for word in topics if word)),
    )


def _body(text: str, path: str) -> str:
    """The issue's text, out of the JSON that a forge wrote or as it is."""
    text = text.removeprefix("\ufeff")
    if not text.lstrip().startswith("{"):
        return text
    hint = "give the issue's text, or the file that GITHUB_EVENT_PATH names"
    try:
        event = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"no JSON: {getattr(error, 'msg', error)}"
        raise ProblemsFound([Problem(path=path, line=1, message=message, hint=hint)]) from None
    for place in _PLACES:
        found = event
        for key in place:
            found = found.get(key) if isinstance(found, dict) else None
        if isinstance(found, str):
            return found
    message = "there is no text of an issue in this"
    raise ProblemsFound([Problem(path=path, line=1, message=message, hint=hint)])


def _fields(body: str, path: str) -> dict[str, tuple[int, str]]:
    """Label -> (line of its first words, what is written below it); labels in any order.

    A heading that is none of the form's belongs to the text that it stands in.
    """
    known = {label.casefold(): label for label in LABELS}
    found: dict[str, tuple[int, list[str]]] = {}
    problems: list[Problem] = []
    current: list[str] | None = None
    # Not splitlines: it parts at signs that end no line for anybody else.
    for number, line in enumerate(re.split(r"\r\n|\r|\n", body), start=1):
        match = _HEADING.fullmatch(line)
        label = known.get(match["label"].casefold()) if match else None
        if label is None:
            if current is not None:
                current.append(line)
        elif label in found:
            problems.append(
                Problem(
                    path=path, line=number, field=label,
                    message="this heading stands here a second time",
                    hint="the form writes it once: reword the one within the text",
                )
            )  # fmt: skip
        else:
            current = []
            found[label] = (number, current)
    if not found:
        hint = 'fill in the form "Suggest a paper", and leave its headings as they are'
        message = "none of the form's headings is in this text"
        problems.append(Problem(path=path, line=1, message=message, hint=hint))
    if problems:
        raise ProblemsFound(problems)
    return {
        label: (line + 1 + _blank(lines), _written(lines)) for label, (line, lines) in found.items()
    }


def _blank(lines: list[str]) -> int:
    """How many lines are empty before the first that is not; 0 where all are."""
    return next((at for at, line in enumerate(lines) if line.strip()), 0)


def _written(lines: list[str]) -> str:
    """What a person wrote: no hints of a template, no mark for an empty field, no quick action."""
    text = _COMMENT.sub("", "\n".join(lines))
    text = re.sub(r"^/label ~\w+[ \t]*$", "", text, flags=re.MULTILINE).strip()
    if fenced := _FENCE.fullmatch(text):
        text = fenced["inner"].strip()
    return "" if text in _EMPTY else text


def _lines(text: str) -> list[str]:
    """The lines of a list, without its bullets."""
    bare = (re.sub(r"^\s*[-*•]\s+", "", line).strip() for line in text.split("\n"))
    return [line for line in bare if line]


def _where(text: str, path: str, line: int) -> Mapping[str, Any]:
    """What ids, addresses and BibTeX entries tell; addresses after the first are links."""
    if not text:
        return {}
    if bibtex.LOOKS_LIKE.match(text):
        return bibtex.read(text, path=path)
    found: dict[str, Any] = {}
    more: list[str] = []
    problems = []
    for item in _lines(text):
        facts = pasted.read(item.strip("<>"), path=path)
        if "title" in facts:
            problems.append(
                Problem(
                    path=path, line=line, field=WHERE,
                    message=f'"{item[:80]}" is no arXiv id, DOI, address or BibTeX entry',
                    hint="write one of these a line, or leave the field empty",
                )
            )  # fmt: skip
        elif "url" in facts and "url" in found:
            more.append(facts["url"])
        else:
            found |= facts
    if problems:
        raise ProblemsFound(problems)
    return {**found, "links": more} if more else found


def _link(line: str) -> str | dict[str, str]:
    """A link, with its kind where the line names it first: "code: https://..."."""
    match = re.fullmatch(rf"(?P<kind>{'|'.join(LINK_KINDS)})\s*:?\s+(?P<url>\S+)", line, re.I)
    if match:
        return {"kind": match["kind"].lower(), "url": match["url"].strip("<>")}
    return line.strip("<>")
