"""The facts that pages were made of, by kind and key, each with a number and a stamp.

Ten thousand papers have more than a hundred thousand of them, of which an edit asks few: a kind of
many facts is kept in parts, and no part is read or written that nobody needs.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

# The number of a fact that is no more belongs to no kind.
FREE = 255
# A kind of more facts than these is divided, into so many parts.
MANY = 512
PARTS = 64

# The facts of a part in one order: keys, numbers as bytes, stamps.
_Row = tuple[Sequence[str], bytes, Sequence[str]]


class Part:
    """Some facts of one kind. numbers: by key."""

    def __init__(self, row: _Row = ((), b"", ())) -> None:
        keys, numbers, stamps = row
        self.numbers = dict(zip(keys, array("I", numbers), strict=True))
        self._row = stamps

    @cached_property
    def stamps(self) -> dict[str, str]:
        """By key; of most parts only the numbers are asked for."""
        return dict(zip(self.numbers, self._row, strict=True))

    def row(self) -> _Row:
        """What makes the same again."""
        stamps = list(self.stamps.values())
        return list(self.numbers), array("I", self.numbers.values()).tobytes(), stamps


class Ledger:
    """All facts that pages are made of.

    parts: kind -> into how many parts its facts are divided; owners: by number the place of the
    kind in `parts`, or FREE. read: gives the row of that name, None where it is damaged or not
    there. is_lost: whether one was.
    """

    def __init__(
        self,
        parts: Mapping[str, int] | None = None,
        owners: bytes = b"",
        read: Callable[[str], Any] = lambda name: None,
    ) -> None:
        self.is_lost = False
        self._parts = dict(parts or {})
        self._owner = {kind: place for place, kind in enumerate(self._parts)}
        self._read = read
        self._known: dict[tuple[str, int], Part] = {}
        self._owners = array("B", owners)
        self._free: Iterator[int] | None = None
        self._changed: set[tuple[str, int]] = set()

    @property
    def kinds(self) -> Sequence[str]:
        """The kinds of which there are facts, or were some."""
        return list(self._parts)

    def numbers(self, kind: str) -> dict[str, int]:
        """The facts of a kind, by key, with their numbers."""
        return {key: n for part in self.of(kind) for key, n in part.numbers.items()}

    def of(self, kind: str) -> Iterator[Part]:
        """The facts of a kind."""
        for place in range(self._parts.get(kind, 0)):
            yield self._part(kind, place)

    def some(self, kind: str, keys: Iterable[str]) -> dict[str, str]:
        """The stamps of those of some facts that somebody entered, by key."""
        found = {}
        for key in keys:
            stamps = self._part(kind, self._place(kind, key)).stamps
            if key in stamps:
                found[key] = stamps[key]
        return found

    def number(self, kind: str, key: str) -> int | None:
        """The number of a fact; None of one that nobody entered."""
        if kind not in self._parts:
            return None
        return self._part(kind, self._place(kind, key)).numbers.get(key)

    def _place(self, kind: str, key: str) -> int:
        parts = self._parts[kind]
        return zlib.crc32(key.encode()) % parts if parts > 1 else 0

    def _part(self, kind: str, place: int) -> Part:
        found = self._known.get((kind, place))
        if found is None:
            row = self._read(_name(kind, place))
            # What is damaged cannot be mended: this build does without, the next one makes all.
            self.is_lost |= row is None
            found = self._known[kind, place] = Part() if row is None else Part(row)
        return found

    def enter(self, kind: str, key: str, stamp: str) -> int:
        """Enter a new fact; returns its number, the smallest that is free."""
        if kind not in self._parts:
            self._owner[kind] = len(self._parts)
            self._parts[kind] = 1
            self._known[kind, 0] = Part()
            if len(self._parts) > FREE:
                raise ValueError(f"there are more than {FREE} kinds of facts")
        if self._free is None:
            self._free = iter(np.flatnonzero(self.owners == FREE).tolist())
        number = int(next(self._free, len(self._owners)))
        owner = self._owner[kind]
        if number == len(self._owners):
            self._owners.append(owner)
        else:
            self._owners[number] = owner
        place = self._place(kind, key)
        part = self._part(kind, place)
        part.stamps[key] = stamp
        part.numbers[key] = number
        self._changed.add((kind, place))
        return number

    def restamp(self, kind: str, stamps: Mapping[str, str]) -> list[int]:
        """Facts of a kind have other stamps now; returns their numbers."""
        found = []
        for key, stamp in stamps.items():
            place = self._place(kind, key)
            part = self._part(kind, place)
            part.stamps[key] = stamp
            found.append(part.numbers[key])
            self._changed.add((kind, place))
        return found

    def keep(self, numbers: np.ndarray) -> None:
        """Forget all facts but these: their numbers are free again."""
        is_loose = self.owners != FREE
        is_loose[numbers] = False
        kinds = self.kinds
        for owner in sorted(set(self.owners[is_loose].tolist())):
            kind = kinds[owner]
            for place, part in enumerate(self.of(kind)):
                loose = [key for key, number in part.numbers.items() if is_loose[number]]
                for key in loose:
                    del part.stamps[key], part.numbers[key]
                if loose:
                    self._changed.add((kind, place))
        for number in np.flatnonzero(is_loose).tolist():
            self._owners[number] = FREE
        self._free = None

    @property
    def owners(self) -> np.ndarray:
        """By number the place of the kind among all, or FREE."""
        return np.frombuffer(self._owners.tobytes(), dtype=np.uint8)

    def divide(self) -> None:
        """Divide kinds of many facts anew; all are to be remembered then."""
        self._changed = set()
        for kind in self.kinds:
            facts = [each for part in self.of(kind) for each in _facts(part)]
            for place in range(self._parts[kind]):
                del self._known[kind, place]
            self._parts[kind] = PARTS if len(facts) > MANY else 1
            rows: list[list[tuple[str, int, str]]] = [[] for _ in range(self._parts[kind])]
            for fact in facts:
                rows[self._place(kind, fact[0])].append(fact)
            for place, row in enumerate(rows):
                keys, numbers, stamps = zip(*row, strict=True) if row else ((), (), ())
                self._known[kind, place] = Part((keys, array("I", numbers).tobytes(), stamps))
                self._changed.add((kind, place))

    def changed(self) -> dict[str, _Row]:
        """The rows that are to be remembered, by name."""
        return {_name(*where): self._known[where].row() for where in self._changed}

    @property
    def head(self) -> Mapping[str, int]:
        """What makes the same again, besides rows and owners."""
        return self._parts


def _facts(part: Part) -> Iterator[tuple[str, int, str]]:
    return zip(part.numbers, part.numbers.values(), part.stamps.values(), strict=True)


def _name(kind: str, place: int) -> str:
    return f"facts {kind} {place}"
