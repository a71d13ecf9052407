"""A comparison in words: as plain text for a terminal, as Markdown for a comment.

Text that people wrote stands in code spans in Markdown: there it can address nobody, close no
issue, load no image and set no formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile

from builder.comparison.compare import Added, Comparison, Gone, PaperChange, Turnover
from builder.comparison.entries import EntryChange, FieldChange
from builder.reporting import visible

FORMATS = ("text", "markdown", "pages")
# A comment on GitHub holds 65,536 signs; what is more is counted.
_MOST = 20
# So much a reviewer looks through; what follows from a change by itself is folded where it is more.
_SEEN = 6
_SIGNS = 60_000
_CONTEXT = 4
_WORDS = 40

Show = Callable[[str], str]
Lines = list[tuple[int, str]]


def report(comparison: Comparison, form: str) -> str:
    """The comparison in one of FORMATS, with a line's end.

    "pages": the paths of the pages that are another after the change, one a line, those first of
    which the change speaks itself; while only these are known, only these. "" for none.
    """
    if form == "pages":
        return "".join(f"{path}\n" for path in changed_pages(comparison))
    markdown = form == "markdown"
    show: Show = _code if markdown else _plain
    sections = [(*head, lines) for *head, lines in _sections(comparison, show) if lines]
    if not sections:
        return "Nothing that readers see changes.\n"
    parts = [_headline(comparison)]
    for title, folded, lines in sections:
        body = "\n".join(f"{'  ' * depth}- {text}" for depth, text in _fewer(lines))
        if not markdown:
            parts.append(f"{title}\n{body}")
        elif folded and len(lines) > _SEEN:
            parts.append(f"<details><summary><b>{title}</b></summary>\n\n{body}\n\n</details>")
        else:
            parts.append(f"### {title}\n\n{body}")
    while markdown and len("\n\n".join(parts)) > _SIGNS:
        # The longest goes, and the rest stays whole.
        longest = max(range(1, len(parts)), key=lambda index: len(parts[index]))
        title = parts[longest].split("\n", 1)[0]
        parts[longest] = f"{title}\n\n- too much for a comment; run papershelf diff"
        if title.startswith("<details>"):
            parts[longest] += "\n\n</details>"
    return "\n\n".join(parts) + "\n"


def changed_pages(found: Comparison) -> tuple[str, ...]:
    """The paths of the pages that are there after the change and were not, or were others."""
    if found.partial:
        return tuple(dict.fromkeys(found.direct))
    touched = {*found.pages.gained, *found.pages_changed}
    direct = [path for path in found.direct if path in touched]
    return tuple(dict.fromkeys((*direct, *found.pages.gained, *found.pages_changed)))


def _headline(found: Comparison) -> str:
    """The whole in a sentence, without anybody's words."""
    parts = [
        _count("paper", items, done)
        for items, done in (
            (found.added, "added"),
            (found.removed, "removed"),
            (found.changed, "changed"),
        )
        if items
    ]
    for kind in dict.fromkeys(item.kind for item in found.entries):
        for what in ("added", "removed", "changed"):
            some = [item for item in found.entries if (item.kind, item.what) == (kind, what)]
            parts += [_count(kind, some, what)] if some else []
    if found.files:
        parts.append(_count("other file", found.files, "").rstrip())
    if not parts:
        parts.append("no paper, topic or listing changes")
    said = ", ".join(parts)
    if found.partial:
        return f"{_capital(said)}."
    pages = ", ".join(
        f"{len(paths):,} {what}"
        for what, paths in (
            ("added", found.pages.gained),
            ("removed", found.pages.lost),
            ("changed", found.pages_changed),
        )
        if paths
    )
    return f"{_capital(said)}. Pages of the site: {pages or 'none changes'}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sections(found: Comparison, show: Show) -> Iterator[tuple[str, bool, Lines]]:
    """(title, whether it may be folded, lines with their depths), some without a line."""
    yield (
        _count("paper", found.added, "added"),
        False,
        [line for item in found.added for line in _added(item, show)],
    )
    yield (
        _count("paper", found.removed, "removed"),
        False,
        [line for item in found.removed for line in _gone(item, show)],
    )
    yield (
        _count("paper", found.changed, "changed"),
        False,
        [line for item in found.changed for line in _changed(item, show)],
    )
    yield (
        "Topics, listings and reading paths",
        False,
        [line for item in found.entries for line in _entry(item, show)],
    )
    yield "Other files", False, [(0, f"{show(path)} {what}") for path, what in found.files]
    yield "Suggested topics", True, _turnovers(found.suggestions, show)
    yield "Links between papers", True, _turnovers(found.links, show)
    yield "Pages", False, [*_pages(found, show)]
    yield "Not compared", False, [(0, found.partial)] if found.partial else []


def _count(what: str, items: Sequence[object], done: str) -> str:
    if len(items) != 1:
        what = f"{what}s" if what != "group of topics" else "groups of topics"
    return f"{len(items):,} {what} {done}"


def _added(item: Added, show: Show) -> Iterator[tuple[int, str]]:
    yield 0, f"{show(item.title)} at {show(f'/papers/{item.slug}/')}"
    if item.byline:
        yield 1, f"by {show(item.byline)}"
    for what, names in (
        ("topics", item.topics),
        ("suggested topics", item.suggested),
        ("leads to", item.links),
    ):
        if names:
            yield 1, f"{what}: {_some(names, show)}"


def _gone(item: Gone, show: Show) -> Iterator[tuple[int, str]]:
    yield 0, f"{show(item.title)} at {show(f'/papers/{item.slug}/')}"
    if item.reason is None:
        yield 1, "its address leads nowhere now; papershelf remove leaves a page that says why"
    else:
        yield 1, f"its page says why: {show(item.reason)}"


def _changed(item: PaperChange, show: Show) -> Iterator[tuple[int, str]]:
    yield 0, f"{show(item.title)} at {show(f'/papers/{item.slug}/')}"
    if item.renamed:
        what = f"moved from {show(f'/papers/{item.old}/')}"
        if not item.redirected:
            what += ", without a redirect: the old address leads nowhere; add it to redirects.yml"
        yield 1, what
    yield from ((1, line) for line in _differences(item.fields, show))


def _entry(item: EntryChange, show: Show) -> Iterator[tuple[int, str]]:
    size = f", {item.size:,} paper{'' if item.size == 1 else 's'}" if item.size is not None else ""
    size = size if item.what == "added" else ""
    yield 0, f"{item.kind} {item.what}: {show(item.name)} at {show(item.path)}{size}"
    if item.gained:
        yield 1, f"gains {_some(item.gained, show)}"
    if item.lost:
        yield 1, f"loses {_some(item.lost, show)}"
    if item.reordered:
        yield 1, "its papers stand in another order"
    if item.what == "removed" and item.leads:
        yield 1, f"its address leads to {show(item.leads)} now"
    elif item.what == "removed" and item.kind != "group of topics":
        yield 1, "its address leads nowhere now; add a line to redirects.yml"
    elif item.what == "added" and item.fields:
        yield 1, show(_cut(item.fields[0].after or ""))
    else:
        yield from ((1, line) for line in _differences(item.fields, show))


def _differences(fields: Sequence[FieldChange], show: Show) -> Iterator[str]:
    for change in fields[:_MOST]:
        about = f" on {show(change.about)}" if change.about else ""
        yield f"{change.field}{about}: {_difference(change, show)}"
    if len(fields) > _MOST:
        yield f"and {len(fields) - _MOST:,} more"


def _some(names: Sequence[str], show: Show) -> str:
    more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return ", ".join(map(show, names[:_MOST])) + more


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


def _turnovers(found: Iterable[Turnover], show: Show) -> Lines:
    lines: Lines = []
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
            # Those of which the change speaks itself come first, as everywhere.
            ordered = [*(path for path in found.direct if path in paths), *paths]
            yield 0, f"{len(paths):,} {what}: {_some(list(dict.fromkeys(ordered)), show)}"


def _fewer(lines: Lines) -> Iterator[tuple[int, str]]:
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
