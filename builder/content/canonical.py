"""The canonical text of a content file: what its writer writes, with the comments of its YAML.

A comment stands above or behind a key or an item, and goes with it when keys change their order.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import yaml

from builder.content import (
    authors,
    collection,
    edition,
    frontmatter,
    paper,
    redirects,
    removed,
    silences,
    vocabulary,
)
from builder.content.paper import Source
from builder.problems import Problem, ProblemsFound

_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE)
# A block scalar's own line may end in a comment, within the scanner's token.
_BLOCK_HEAD = re.compile(r"[|>][^\s#]*[ \t]+(?P<comment>#[^\n]*)")


@dataclass(frozen=True, kw_only=True)
class Form:
    """How a kind of file is read and written. parse: (text, path=...) -> what it holds; dump: back
    to canonical text. front: whether its YAML stands between two lines of dashes."""

    parse: Callable[..., Any]
    dump: Callable[[Any], str]
    front: bool = False


_FOLDERS = {
    ("papers", ".md"): Form(parse=paper.parse, dump=paper.dump, front=True),
    ("editions", ".yml"): Form(parse=edition.parse, dump=edition.dump),
    ("collections", ".md"): Form(parse=collection.parse, dump=collection.dump, front=True),
}
_FILES = {
    "tags.yml": Form(parse=vocabulary.parse, dump=vocabulary.dump),
    "redirects.yml": Form(parse=redirects.parse, dump=redirects.dump),
    "removed.yml": Form(parse=removed.parse, dump=removed.dump),
    "check.yml": Form(parse=silences.parse, dump=silences.dump),
    "authors.yml": Form(parse=authors.parse, dump=authors.dump),
}


def form_of(path: PurePath) -> Form | None:
    """The form of a file, told by its name and folder; None where it is no content file."""
    return _FOLDERS.get((path.parent.name, path.suffix)) or _FILES.get(path.name)


def content_files(root: Path) -> Iterator[Path]:
    """Every content file of a folder that has a canonical form, in a fixed order."""
    for folder, ending in _FOLDERS:
        for path in sorted((root / folder).glob(f"*{ending}")):
            if not path.name.startswith("."):
                yield path
    for name in _FILES:
        path = root / name
        if path.exists():
            yield path


def canonical(text: str, form: Form, *, path: str) -> str:
    """The canonical text of a file; the same text where it is canonical.

    Raises ProblemsFound with everything that is wrong with the file, and where a comment would
    be lost.
    """
    whole = form.parse(text, path=path)
    made = form.dump(whole)
    if made == text:
        return text
    header, first = _header(text, form, path)
    comments = list(_comments(header)) if "#" in header else []
    if comments:
        made = _commented(made, form, path, comments, _anchors(whole, first, header))
        left = [item.text for item in _comments(_header(made, form, path)[0])]
        if sorted(left) != sorted(item.text for item in comments):
            message = "a comment would be lost in the canonical form"
            hint = "put each comment on a line of its own, above a key"
            raise ProblemsFound([Problem(path=path, line=1, message=message, hint=hint)])
    if form.parse(made, path=path) != whole:
        message = "the canonical form would read back otherwise"
        hint = "leave the file as it is, and report this"
        raise ProblemsFound([Problem(path=path, line=1, message=message, hint=hint)])
    return made


@dataclass(frozen=True, kw_only=True)
class _Comment:
    """A comment. line: of the YAML, from 0. own: whether it has the line to itself."""

    text: str
    line: int
    own: bool


def _header(text: str, form: Form, path: str) -> tuple[str, int]:
    """(the YAML of a file, the file's line at which it starts)."""
    if not form.front:
        return text, 1
    parts = frontmatter.split(text, path=path)
    return parts.header, parts.header_line


def _comments(header: str) -> Iterator[_Comment]:
    """The comments of a valid YAML text: what stands behind "#" and between its tokens."""
    header = header.replace("\r\n", "\n")
    at = 0
    for token in yaml.scan(header, Loader=yaml.SafeLoader):
        gap = header[at : token.start_mark.index]
        for match in _COMMENT.finditer(gap):
            yield _comment(header, at + match.start(), match[0])
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            match = _BLOCK_HEAD.match(header, token.start_mark.index)
            if match:
                yield _comment(header, match.start("comment"), match["comment"])
        at = max(at, token.end_mark.index)


def _comment(header: str, at: int, text: str) -> _Comment:
    start = header.rfind("\n", 0, at) + 1
    return _Comment(
        text=text.rstrip(), line=header.count("\n", 0, at), own=not header[start:at].strip()
    )


def _anchors(whole: Any, first: int, header: str) -> Mapping[str, int]:
    """Name of each key and item -> its line of the YAML, from 0."""
    source = next(v for v in vars(whole).values() if isinstance(v, Source))
    last = first + header.count("\n")
    return {name: line - first for name, line in source.lines.items() if first <= line < last + 1}


def _lists_with_comments(comments: list[_Comment], known: list[tuple[int, str]]) -> set[str]:
    """The lists of which an item has a comment of its own. known: (line, name) of each place."""
    found = set()
    for item in comments:
        at = bisect.bisect_left(known, (item.line, ""))
        if at < len(known) and (item.own or known[at][0] == item.line):
            # Of all that a line holds the outermost comes first: a list before its items.
            match = re.fullmatch(r"(\w+)\[\d+\]", known[at][1])
            found |= {match[1]} if match else set()
    return found


def _opened(made: str, header: str, first: int, keys: set[str]) -> str:
    """Canonical text in which these lists have a line for each item, to which a comment may
    belong; "" where all of them have so already."""
    lines = made.splitlines(keepends=True)
    changed = False
    for key, value in yaml.compose(header, Loader=yaml.SafeLoader).value if keys else ():
        if key.value in keys and value.flow_style:
            items = [header[item.start_mark.index : item.end_mark.index] for item in value.value]
            block = "".join(f"  - {item}\n" for item in items)
            lines[first - 1 + key.start_mark.line] = f"{key.value}:\n{block}"
            changed = True
    return "".join(lines) if changed else ""


def _commented(
    made: str, form: Form, path: str, comments: list[_Comment], before: Mapping[str, int]
) -> str:
    """Canonical text with comments: each above or behind the line of what it belonged to."""
    header, first = _header(made, form, path)
    after = _anchors(form.parse(made, path=path), first, header)
    # A mapping in a list has its first key's line, and its own name in some files only.
    known = sorted((line, name) for name, line in before.items() if name in after)
    if opened := _opened(made, header, first, _lists_with_comments(comments, known)):
        made = opened
        header, first = _header(made, form, path)
        after = _anchors(form.parse(made, path=path), first, header)
    lines = header.splitlines()
    above: dict[int, list[str]] = {}
    behind: dict[int, list[str]] = {}
    for item in comments:
        if item.own:
            at = bisect.bisect_left(known, (item.line, ""))
            target = after[known[at][1]] if at < len(known) else len(lines)
            above.setdefault(target, []).append(item.text)
        else:
            at = bisect.bisect_left(known, (item.line + 1, "")) - 1
            line = known[max(at, 0)][0]
            target = min(after[name] for start, name in known if start == line)
            behind.setdefault(target, []).append(item.text)
    found: list[str] = []
    for number, line in enumerate([*lines, ""]):
        indent = line[: len(line) - len(line.lstrip())]
        trailing = behind.get(number, [])
        # Of several that come to one line none can stand behind it.
        if len(trailing) > 1:
            above.setdefault(number, []).extend(trailing)
            trailing = []
        found += [indent + text for text in above.get(number, [])]
        if number < len(lines):
            found.append("  ".join([line, *trailing]))
    start = 1 if form.front else 0
    rest = made.splitlines(keepends=True)
    # Not splitlines of the body: its own line ends stay.
    tail = "".join(rest[start + len(lines) :])
    head = "".join(rest[:start])
    return head + "".join(f"{line}\n" for line in found) + tail
