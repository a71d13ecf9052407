"""The sources that can be imported, by the names of their formats."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from builder.content import files
from builder.importers import daily_papers, jsonl, records
from builder.importers.entries import Capture
from builder.importers.records import Records
from builder.problems import Problem, ProblemsFound


@dataclass(frozen=True, kw_only=True)
class Source:
    """How a format is read. read: (text, path=...) -> Capture; limit: of a file, in bytes."""

    read: Callable[..., Capture]
    limit: int


FORMATS = {
    "daily-papers": Source(read=daily_papers.read, limit=daily_papers.MAX_BYTES),
    "jsonl": Source(read=jsonl.read, limit=jsonl.MAX_BYTES),
}


def read_all(paths: Iterable[Path], form: str) -> list[Capture]:
    """All captures, each in the format `form`, one of FORMATS.

    Raises ProblemsFound with the problems of all files: one that cannot be used stops them all.
    """
    source = FORMATS[form]
    captures: list[Capture] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            captures.append(source.read(_text(path, source.limit), path=path.as_posix()))
        except ProblemsFound as error:
            problems += error.problems
    if problems:
        raise ProblemsFound(problems)
    return captures


def read_records(path: Path) -> Records:
    """The records of a JSON Lines file.

    Raises ProblemsFound with the problems of all lines.
    """
    found = records.read(_text(path, jsonl.MAX_BYTES), path=path.as_posix())
    if found.problems:
        raise ProblemsFound(found.problems)
    return found


def _text(path: Path, limit: int) -> str:
    # What a person names may be a link; what stands in content/ may not.
    return files.read_text(Path(os.path.realpath(path)), path.as_posix(), limit=limit)
