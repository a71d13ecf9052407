"""Rendered pages to files: only what changed is written, what is no longer planned removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.content.files import write_texts


@dataclass(frozen=True, kw_only=True)
class Written:
    """What writing did; paths are relative to the folder, sorted."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def write(pages: Mapping[str, str], folder: Path) -> Written:
    """Make `folder` hold exactly `pages` (path -> text), leaving alone what is right already.

    An unchanged file keeps its modification time, by which MkDocs' dirty build goes.
    """
    present = (
        {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        if folder.is_dir()
        else set()
    )
    changed = {
        name: text
        for name, text in pages.items()
        if name not in present or (folder / name).read_text(encoding="utf-8") != text
    }
    write_texts({folder / name: text for name, text in changed.items()})
    removed = sorted(present - pages.keys())
    for name in removed:
        (folder / name).unlink()
    return Written(
        changed=tuple(sorted(changed)),
        removed=tuple(removed),
        unchanged=len(pages) - len(changed),
    )
