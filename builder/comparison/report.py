"""A comparison in words: as plain text for a terminal, as Markdown for a comment.

Text that people wrote stands in code spans in Markdown: there it can address nobody, close no
issue, load no image and set no formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile

from builder.comparison.compare import Comparison, FieldChange, PaperChange, Turnover
from builder.reporting import visible

FORMATS = ("text", "markdown")
# A comment on GitHub holds 65,536 signs; what is more is counted.
_MOST = 20
_CONTEXT = 4
_WORDS = 40

Show = Callable[[str], str]


def report(comparison: Comparison, form: str) -> str:
    """The comparison in one of FORMATS, with a line's end."""
    markdown = form == "markdown"
    show: Show = _code if markdown else _plain
    sections = [(title, lines) for title, lines in _sections(comparison, show) if lines]
    if not sections:
        return "Nothing that readers see changes.\n"
    parts = []
    for title, lines in sections:
        head = f"### {title}" if markdown else title
        kept = list(_fewer(lines))
        body = "\n".join(f"{'  ' * depth}- {text}" for depth, text in kept)
        parts.append(f"{head}\n\n{body}" if markdown else f"{head}\n{body}")
    return "\n\n".join(parts) + "\n"


def _sections(found: Comparison, show: Show) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    yield (
        _count("paper", found.added, "added"),
        [(0, f"{show(title)} at {show(f'/papers/{slug}/')}") for slug, title in found.added],
    )
    yield (
        _count("paper", found.removed, "removed"),
        [(0, f"{show(item.title)}: {_reason(item.reason, show)}") for item in found.removed],
    )
    yield (
        _count("paper", found.changed, "changed"),
        [line for item in found.changed for line in _changed(item, show)],
    )
    yield "Other files", [(0, f"{show(path)} {what}") for path, what in found.files]
    yield "Suggested topics", _turnovers(found.suggestions, show)
    yield "Links between papers", _turnovers(found.links, show)
    yield "Pages", [*_pages(found, show)]
    yield "Not compared", [(0, found.partial)] if found.partial else []


def _count(what: str, items: tuple[object, ...], done: str) -> str:
    return f"{len(items):,} {what}{'' if len(items) == 1 else 's'} {done}"


def _reason(reason: str | None, show: Show) -> str:
    if reason is None:
        return "its address leads nowhere now; papershelf remove leaves a page that says why"
    return show(reason)


def _changed(item: PaperChange, show: Show) -> Iterator[tuple[int, str]]:
    yield 0, show(item.title)
    if item.renamed:
        what = f"moved from {show(f'/papers/{item.old}/')} to {show(f'/papers/{item.slug}/')}"
        if not item.redirected:
            what += ", without a redirect: the old address leads nowhere; add it to redirects.yml"
        yield 1, what
    for change in item.fields:
        yield 1, f"{change.field}: {_difference(change, show)}"


def _difference(change: FieldChange, show: Show) -> str:
    before, after = change.before, change.after
    if before is None:
        return f"added: {show(_cut(after or ''))}"
    if after is None:
        return f"removed: {show(_cut(before))}"
    before, after = _differing(before, after)
    return f"{show(before)} became {show(after)}"


def _differing(before: str, after: str) -> tuple[str, str]:
    """Of two long texts the part that differs, with some words around."""
    one, other = before.split(), after.split()
    if max(len(one), len(other)) <= _WORDS // 2:
        return before, after
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    if head == len(one) == len(other):
        return before, after
    start = max(head - _CONTEXT, 0)
    return tuple(  # type: ignore[return-value]
        _cut(
            ("… " if start else "")
            + " ".join(words[start : len(words) - max(tail - _CONTEXT, 0)])
            + (" …" if tail > _CONTEXT else "")
        )
        for words in (one, other)
    )


def _common(one: list[str], other: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(text: str) -> str:
    words = text.split()
    return " ".join(words[:_WORDS]) + " …" if len(words) > _WORDS else text


def _turnovers(found: Iterable[Turnover], show: Show) -> list[tuple[int, str]]:
    lines = []
    for item in found:
        lines.append((0, show(item.name)))
        if item.gained:
            lines.append((1, f"gains {', '.join(map(show, item.gained))}"))
        if item.lost:
            lines.append((1, f"loses {', '.join(map(show, item.lost))}"))
    return lines


def _pages(found: Comparison, show: Show) -> Iterator[tuple[int, str]]:
    for what, paths in (
        ("added", found.pages.gained),
        ("removed", found.pages.lost),
        ("changed", found.pages_changed),
    ):
        if paths:
            shown = ", ".join(map(show, paths[:_MOST]))
            more = f" and {len(paths) - _MOST:,} more" if len(paths) > _MOST else ""
            yield 0, f"{len(paths):,} {what}: {shown}{more}"


def _fewer(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The first entries with what belongs to them, and how many others there are."""
    total = sum(depth == 0 for depth, _ in lines)
    seen = 0
    for depth, text in lines:
        seen += depth == 0
        if seen > _MOST:
            yield 0, f"and {total - _MOST:,} more"
            return
        yield depth, text


def _plain(text: str) -> str:
    return f'"{visible(" ".join(text.split()))}"'


def _code(text: str) -> str:
    """The text as a code span of Markdown, whatever stands in it (CommonMark 0.31, 6.1)."""
    text = visible(" ".join(text.split()))
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text[:1] in ("`", "") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
