"""Files in content/ that nothing reads."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from builder.library import Library, shown_name
from builder.problems import Problem, did_you_mean

FOLDERS = ("papers", "editions", "collections", "pages")
FILES = ("tags.yml", "redirects.yml", "authors.yml", "removed.yml", "check.yml")


def check(library: Library) -> Iterator[Problem]:
    """A warning for each file or folder directly below content/ that is none of those known."""
    if not library.root.is_dir():
        return
    for path in sorted(library.root.iterdir()):
        known = FOLDERS if path.is_dir() else FILES
        if path.name.startswith(".") or path.name in known or path.name.lower() == "readme.md":
            continue
        yield Problem(
            path=f"{shown_name(library.root)}/{path.name}",
            line=1,
            message="nothing reads this folder" if path.is_dir() else "nothing reads this file",
            hint=_advice(path),
            severity="warning",
        )


def _advice(path: Path) -> str:
    if path.is_dir():
        near = did_you_mean(path.name.lower(), FOLDERS)
        return near or "move it out of here"
    if path.suffix in (".yaml", ".yml"):
        stems = [name.removesuffix(".yml") for name in FILES]
        near = difflib.get_close_matches(path.stem.lower(), stems, n=1)
        if near:
            return f'rename it to "{near[0]}.yml"'
    if path.suffix == ".md":
        return "a paper belongs in papers/, a page written by hand in pages/"
    return "move it out of here"
