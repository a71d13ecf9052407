"""Redirects: content/redirects.yml, old path -> new path. Reader and writer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from builder.content import emit
from builder.content.fields import load_mapping
from builder.content.paper import Source
from builder.problems import Problem, ProblemsFound

_PATH = re.compile(r"/(?:[a-z0-9][a-z0-9.-]*/)+")


@dataclass(frozen=True, kw_only=True)
class Redirect:
    """A page that moved. old, new: paths below the site's root, such as "/papers/old-name/"."""

    old: str
    new: str
    line: int = field(default=1, compare=False)


@dataclass(frozen=True, kw_only=True)
class Redirects:
    """All redirects, in the order of the file."""

    entries: tuple[Redirect, ...] = ()
    source: Source = field(default=Source(path=""), compare=False, repr=False)


def parse(text: str, *, path: str) -> Redirects:
    """Read the redirects from the text of their file.

    Raises ProblemsFound when a path is none, or leads to itself.
    """
    fields = load_mapping(text, path=path)
    found: list[Redirect] = []
    for old in fields:
        new = fields.text(old)
        for value in (old, new):
            if value is not None and not _PATH.fullmatch(value):
                fields.problem(
                    old,
                    f'"{value}" is no path of this site',
                    "write it from the site's root with slashes around: /papers/some-slug/",
                )
        if new == old:
            fields.problem(old, "leads to itself", "remove the line")
        if new is not None:
            found.append(Redirect(old=old, new=new, line=fields.line(old)))
    if fields.problems:
        raise ProblemsFound(fields.problems)
    return Redirects(entries=tuple(found), source=Source(path=path, lines=fields.lines))


def dump(redirects: Redirects) -> str:
    """The canonical text of the file; `parse` reads equal redirects back from it."""
    return "".join(
        f"{emit.quoted(item.old)}: {emit.quoted(item.new)}\n" for item in redirects.entries
    )


def moved(text: str, moves: Iterable[tuple[str, str]], *, path: str) -> str:
    """The text of the file after pages moved: a line more for each move, and no chain.

    moves: (old, new) paths of pages, one after the other. Lines that led to an old path lead to the
    new one; a line at a path where a page is now goes. Comments and all other bytes stay.
    Raises ProblemsFound where the file is not as this module writes it, but for comments.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith("\n"):
        text += newline
    expected = {item.old: item.new for item in parse(text, path=path).entries}
    for old, new in moves:
        target = re.compile(rf"(:[ \t]+[\"']?){re.escape(old)}(?=[\"' \t\r\n#])")
        text = target.sub(rf"\g<1>{new}", text)
        taken = re.compile(rf"^[\"']?{re.escape(new)}[\"']?[ \t]*:.*\n", re.MULTILINE)
        text = taken.sub("", text)
        text += f"{emit.quoted(old)}: {emit.quoted(new)}{newline}"
        expected = {o: new if n == old else n for o, n in expected.items() if o != new}
        expected[old] = new
    if {item.old: item.new for item in parse(text, path=path).entries} != expected:
        message = "the redirects cannot be brought up to date"
        hint = 'write one "/old/path/": "/new/path/" a line'
        raise ProblemsFound([Problem(path=path, line=1, message=message, hint=hint)])
    return text
