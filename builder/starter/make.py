"""The files of a list, made from the table and what the list was told."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from builder.starter import table
from builder.starter.answers import Answers, values
from builder.starter.manifest import NAME, Manifest, blob_id, dump

_PLACE = re.compile(r"\{\{ (\w+) \}\}")


def make(
    answers: Answers, *, customized: Collection[str] = (), start: bool = False
) -> dict[str, bytes]:
    """Path in the list -> bytes of the file.

    customized: paths of the templates that the list has of its own; only those are made.
    start: whether the files are made that are the list's own from the first day on.
    """
    found = {}
    told = values(answers)
    for entry in table.entries():
        if (entry.yours and not start) or not _wanted(entry.only, answers):
            continue
        data = entry.path.read_bytes()
        if entry.lines:
            data = _with_lines(data.decode(), entry, told).encode()
        if entry.filled:
            data = _filled(data.decode(), told).encode()
        found[entry.target] = data
    for entry in table.templates():
        if entry.target in customized:
            found[entry.target] = entry.path.read_bytes()
    return found


def start(answers: Answers, *, version: str) -> dict[str, bytes]:
    """Every file of a new list; the manifest comes last.

    version: of the program that makes it.
    """
    files = make(answers, start=True)
    kept = {path: blob_id(data) for path, data in make(answers).items()}
    manifest = Manifest(version=version, answers=answers, files=kept)
    return {**files, NAME: dump(manifest).encode()}


def obstacle(folder: Path) -> str:
    """Why no list may start in a folder, in a sentence; "" where one may.

    A fresh clone of an empty repository holds .git alone, and folders without files hold nothing.
    """
    if not folder.exists() and not folder.is_symlink():
        return ""
    if not folder.is_dir():
        return "this is no folder"
    for path in sorted(folder.iterdir()):
        if path.name == ".git":
            continue
        if not path.is_dir() or path.is_symlink() or any(p.is_file() for p in path.rglob("*")):
            return f'the folder is not empty: it holds "{path.name}"'
    return ""


def _wanted(only: str, answers: Answers) -> bool:
    if only in ("github", "gitlab"):
        return answers.forge in (only, "both")
    return not only or only == answers.content


def _filled(text: str, told: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: told[place[1]], text)


def _with_lines(text: str, entry: table.Entry, told: Mapping[str, str]) -> str:
    """The text with some lines otherwise. Raises ValueError where a line is not there once."""
    lines = text.splitlines(keepends=True)
    for begins, becomes in entry.lines:
        (at,) = (index for index, line in enumerate(lines) if line.startswith(begins))
        lines[at] = f"{_filled(becomes, told)}\n" if becomes else ""
    return "".join(lines)
