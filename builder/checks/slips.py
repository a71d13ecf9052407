"""What slips in when texts are pasted, and what somebody meant otherwise than the format does.

Signs that nobody sees, HTML, quotes that quote nothing, several names in one, code without an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.checks.texts import CODE, OPEN_CODE, Text, texts
from builder.content.paper import Paper, Source
from builder.library import Library
from builder.problems import Problem

# Without the joiners, which Persian and pictures of families need.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_HTML = re.compile(
    r"</?(?:a|article|b|big|blockquote|br|center|div|em|font|h[1-6]|hr|i|iframe|img|jats:\w+|li"
    r"|mml:\w+|object|ol|p|pre|script|section|small|span|strong|style|sub|sup|table|tbody|td|th|tr"
    r"|tt|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_QUOTED = re.compile("[“”„‟«»‘’][^“”„‟«»]+[“”„‟«»‘’]")
_HEADING = re.compile(r"[*_#\s]*abstract[*_]*\s*(?:[:.—–-]|\n)", re.IGNORECASE)
# "Jr." stands behind a comma.
_SUFFIX = re.compile(r",\s*(?:Jr|Sr|I{1,3}|IV|M\.?D|Ph\.?D)\.?$", re.IGNORECASE)
_OTHERS = re.compile(r"^(?:and )?(?:et\.? al\.?|others|\.\.\.|…)$", re.IGNORECASE)


def check(library: Library) -> Iterator[Problem]:
    """A warning for each of these, but an error for code without an end."""
    for text in texts(library):
        yield from _invisible(text)
        yield from _html(text)
        if text.markdown:
            yield from _open_code(text)
    for paper in library.papers.values():
        yield from _invisible_facts(paper)
        yield from _quoted(paper)
        yield from _heading(paper)
        yield from _names(paper)
    for listing in library.editions.values():
        yield from _invisible_in(listing.file, "title", listing.title)


def _invisible(text: Text) -> Iterator[Problem]:
    match = _INVISIBLE.search(text.text)
    if match:
        yield text.problem(match.start(), *_sign(match, text.text), "warning")


def _invisible_facts(paper: Paper) -> Iterator[Problem]:
    facts = [("organization", paper.organization), ("venue", paper.venue)]
    facts += [(f"authors[{index}]", name) for index, name in enumerate(paper.authors)]
    for field, value in facts:
        yield from _invisible_in(paper.source, field, value or "")


def _invisible_in(source: Source, field: str, value: str) -> Iterator[Problem]:
    match = _INVISIBLE.search(value)
    if match:
        yield source.problem(field, *_sign(match, value), severity="warning")


def _sign(match: re.Match[str], text: str) -> tuple[str, str]:
    before = text[: match.start()].split("\n")[-1][-20:]
    where = f'behind "{before}"' if before else "at the beginning"
    return (
        f"a sign that nobody sees (U+{ord(match[0]):04X}) {where}",
        "remove it: delete what is around it, too, and type that again",
    )


def _html(text: Text) -> Iterator[Problem]:
    match = _HTML.search(text.without_code()) if "<" in text.text else None
    if match:
        hint = "write it in Markdown" if text.markdown else "write it without"
        message = f'HTML, which is shown as it stands: "{match[0][:40]}"'
        yield text.problem(match.start(), message, hint, "warning")


def _open_code(text: Text) -> Iterator[Problem]:
    if "```" not in text.text and "~~~" not in text.text:
        return
    rest = CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text.text)
    match = OPEN_CODE.search(rest)
    if match:
        message = f"code begins here and never ends: {match['fence']}"
        hint = f'write a line "{match["fence"]}" behind it'
        yield text.problem(match.start(), message, hint, "error")


def _quoted(paper: Paper) -> Iterator[Problem]:
    facts = (
        ("title", paper.title),
        ("summary", paper.summary),
        ("organization", paper.organization),
        ("venue", paper.venue),
    )
    for field, value in facts:
        if value and _QUOTED.fullmatch(value):
            yield paper.source.problem(
                field,
                "typographic quotes around all of it, which are shown as a part of it",
                "remove them, or write straight ones, which YAML understands",
                severity="warning",
            )


def _heading(paper: Paper) -> Iterator[Problem]:
    match = _HEADING.match(paper.abstract)
    if match:
        yield paper.source.problem(
            "abstract",
            f'it begins with the heading "{match[0].strip()}"',
            "remove that word: the page has such a heading",
            severity="warning",
        )


def _names(paper: Paper) -> Iterator[Problem]:
    for index, name in enumerate(paper.authors):
        if _OTHERS.search(name):
            message, hint = (
                f'"{name}" is nobody\'s name',
                ("remove it, and say how many there are: author_count: 3"),
            )
        elif "," in _SUFFIX.sub("", name) or ";" in name:
            message, hint = (
                f'"{name}" holds a comma',
                (
                    "write each name as printed, given name first, and names apart: "
                    "[Ada Example, Bo Sample]"
                ),
            )
        elif re.search(r"\S+ and \S+ \S+", name) and not name.startswith("The "):
            message, hint = (
                f'"{name}" may be two names',
                ("write them apart: [Ada Example, Bo Sample]"),
            )
        elif _HTML.search(name) or "@" in name:
            message, hint = f'"{name}" holds more than a name', "write the name alone"
        else:
            continue
        yield paper.source.problem(f"authors[{index}]", message, hint, severity="warning")
