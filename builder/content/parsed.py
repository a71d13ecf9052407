"""What content files were parsed to, remembered under the digests of their bytes."""

from __future__ import annotations

import os
import zlib
from typing import Generic, TypeVar

from builder.memory import Memory, packed, unpacked

T = TypeVar("T")

# An edit writes one part anew, and reading back few large parts is faster than many small ones.
PARTS = 64


class Parsed(Generic[T]):
    """What the files of one folder were parsed to.

    kind: the folder's name. shown: the folder as problems name it, which is part of what a file is
    parsed to.
    """

    def __init__(self, kind: str, shown: str, memory: Memory) -> None:
        self._memory = memory
        self._kind = f"parsed {kind}"
        self._shown = shown
        self._last: dict[str, tuple[str, T]] = {}
        self._now: dict[str, tuple[str, T]] = {}
        self._stale: set[int] = set()
        for key, (stamp, value) in memory.recall(self._kind).items():
            known = unpacked(value) if stamp == shown else None
            if known is None:
                self._stale.add(int(key))
            else:
                self._last |= known

    def get(self, name: str, digest: str) -> T | None:
        """What the file was parsed to, if its bytes were the same then."""
        known = self._last.get(name)
        if known is None or known[0] != digest:
            return None
        self._now[name] = known
        return known[1]

    def note(self, name: str, digest: str, item: T) -> None:
        """Know what a file was parsed to."""
        self._now[name] = digest, item
        self._stale.add(_part(name))

    def remember(self) -> None:
        """Keep it for the next time, and nothing of files that are gone or broken."""
        self._stale |= {_part(name) for name in self._last.keys() - self._now.keys()}
        parts: dict[int, dict[str, tuple[str, T]]] = {part: {} for part in self._stale}
        if parts:
            for name, known in self._now.items():
                part = _part(name)
                if part in parts:
                    parts[part][name] = known
        self._memory.remember(
            self._kind,
            {str(part): (self._shown, packed(found)) for part, found in parts.items()},
        )


def _part(name: str) -> int:
    return zlib.crc32(os.fsencode(name)) % PARTS
