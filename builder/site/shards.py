"""Entries in order, in small files: what a search loads of them hardly grows with their number."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Entry = tuple[Any, ...]


def files(name: str, entries: Iterable[Entry], size: int) -> dict[str, str]:
    """NAME-NUMBER.json -> a flat JSON list of the values of so many entries, in their order."""
    return {
        f"{name}-{number}.json": json.dumps(
            list(itertools.chain.from_iterable(some)), ensure_ascii=False, separators=(",", ":")
        )
        for number, some in enumerate(_cut(entries, size))
    }


def firsts(entries: Iterable[Entry], size: int) -> list[Any]:
    """The first value of each of these files, by which to find the right one."""
    return [some[0][0] for some in _cut(entries, size)]


def _cut(entries: Iterable[Entry], size: int) -> Iterator[Sequence[Entry]]:
    ordered = sorted(entries)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]
