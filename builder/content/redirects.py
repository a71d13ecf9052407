"""Redirects: content/redirects.yml, old path -> new path. Reader and writer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from builder.content import emit
from builder.content.fields import load_mapping
from builder.content.paper import Source
from builder.problems import ProblemsFound

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
