"""Entries in order, in small files: what a search loads of them hardly grows with their number."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from typing import Any

Entry = tuple[Any, ...]


def divided(name: str, entries: Iterable[Entry], size: int) -> tuple[dict[str, str], list[Any]]:
    """NAME-NUMBER.json -> a flat JSON list of the values of so many entries, in their order; and
    the first value of each of these files, by which to find the right one."""
    ordered = sorted(entries)
    cut = [ordered[start : start + size] for start in range(0, len(ordered), size)]
    files = {
        f"{name}-{number}.json": json.dumps(
            list(itertools.chain.from_iterable(some)), ensure_ascii=False, separators=(",", ":")
        )
        for number, some in enumerate(cut)
    }
    return files, [some[0][0] for some in cut]
