"""What pages were made of in the last build, and thus which of them to make again.

Ten thousand papers have nearly a hundred thousand facts, and their pages read each many times. Of
all that an edit asks little, and must not wait for the rest: facts are kept by kind, of which only
those are read that may have changed, and pages as a few columns.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from builder.memory import Memory, packed, unpacked
from builder.pages.tracing import Fact, Tracer

KIND = "pages"
_HEAD = "head"
# The number of a fact that is no more.
_FREE = 255


@dataclass(frozen=True, kw_only=True)
class Made:
    """Pages that were made together.

    facts: all that they were made of; pages: path -> (digest, sign, places in `facts`). stamps: of
    some of the facts, those that whoever made the pages had at hand.
    """

    facts: tuple[Fact, ...]
    pages: Mapping[str, tuple[str, str, bytes]]
    stamps: Mapping[Fact, str] = field(default_factory=dict)


class _Facts:
    """The facts of one kind. keys, stamps: in one order, with the numbers as bytes."""

    def __init__(
        self, keys: Sequence[str] = (), numbers: bytes = b"", stamps: Sequence[str] = ()
    ) -> None:
        self.numbers = dict(zip(keys, array("I", numbers), strict=True))
        self._row = stamps

    @cached_property
    def stamps(self) -> dict[str, str]:
        """The stamps by key; of many facts only the numbers are asked for."""
        return dict(zip(self.numbers, self._row, strict=True))

    def row(self) -> tuple[list[str], bytes, list[str]]:
        """What makes the same again."""
        stamps = list(self.stamps.values())
        return list(self.numbers), array("I", self.numbers.values()).tobytes(), stamps

    def enter(self, key: str, number: int, stamp: str) -> None:
        """A new fact."""
        self.stamps[key] = stamp
        self.numbers[key] = number

    def drop(self, numbers: Callable[[int], bool]) -> None:
        """Forget the facts of some numbers."""
        for key in [key for key, number in self.numbers.items() if numbers(number)]:
            del self.stamps[key], self.numbers[key]


class Book:
    """The pages of the last build.

    digests: path -> digest of the page's text. signs: path -> what its file looks like from outside
    (size and time), so that a file which somebody touched is written again, or "" for a page that
    has none. form: a digest of what all pages depend on. made_of, wholes, files: as `Tracer` says,
    of when the facts were stamped.
    """

    def __init__(self) -> None:
        self.digests: dict[str, str] = {}
        self.signs: dict[str, str] = {}
        self.form = ""
        self.made_of: dict[str, frozenset[str]] = {}
        self.wholes: dict[str, str] = {}
        self.files: Mapping[str, str] = {}
        # Where facts are read that nobody asked for yet.
        self._memory = Memory()
        self._kinds: list[str] = []
        self._facts: dict[str, _Facts] = {}
        # By the number of a fact the place of its kind in `_kinds`.
        self._owners = np.zeros(0, dtype=np.uint8)
        # The numbers of each page's facts, in the order of `_counted`: page -> how many.
        self._counted: dict[str, int] = {}
        self._read = np.zeros(0, dtype=np.uint32)
        self._dropped: set[str] = set()
        # What is to be remembered: rows, or all.
        self._changed: set[str] | None = None
        self._is_lost = False

    # ---------------------------------------------------------------- from build to build

    @classmethod
    def recall(cls, memory: Memory) -> Book:
        """The book of the last build; an empty one where there is none."""
        book = cls()
        rows = [_row(memory, name) for name in (_HEAD, "files", "pages", "read", "owners")]
        if any(row is None for row in rows):
            return book
        head, files, pages, read, owners = rows
        book.form, book.made_of, book.wholes, book._kinds = head
        book.files = dict(zip(*files, strict=True))
        paths, digests, signs, counts = pages
        book.digests = dict(zip(paths, digests, strict=True))
        book.signs = dict(zip(paths, signs, strict=True))
        book._counted = dict(zip(paths, array("I", counts), strict=True))
        book._read = np.frombuffer(read, dtype=np.uint32)
        book._owners = np.frombuffer(owners, dtype=np.uint8)
        book._memory = memory
        book._changed = set()
        return book

    def remember(self, memory: Memory) -> None:
        """Keep it for the next build."""
        if self._changed is None or self._is_lost:
            memory.forget(KIND, memory.recall(KIND))
        if self._is_lost:
            return
        known = set(self._kinds)
        changed = known if self._changed is None else self._changed
        memory.forget(KIND, [_of_kind(kind) for kind in changed - known])
        counts = array("I", self._counted.values()).tobytes()
        rows = {
            _HEAD: (self.form, self.made_of, self.wholes, self._kinds),
            "files": (list(self.files), list(self.files.values())),
            "pages": (
                list(self._counted),
                [self.digests[path] for path in self._counted],
                [self.signs[path] for path in self._counted],
                counts,
            ),
            "read": self._read.tobytes(),
            "owners": self._owners.tobytes(),
            **{_of_kind(kind): self._facts[kind].row() for kind in changed & known},
        }
        # Plain values all of them: marshal takes half of the time of pickle. It may write otherwise
        # in another version of Python, with which all that is remembered is forgotten.
        memory.remember(
            KIND, {name: ("", packed(marshal.dumps(value))) for name, value in rows.items()}
        )

    def facts(self, kind: str) -> Mapping[str, int]:
        """The facts of a kind, by key, with their numbers."""
        return self._of(kind).numbers

    def read(self, path: str) -> Set[int]:
        """The numbers of the facts of a page."""
        place = list(self._counted).index(path)
        starts = np.cumsum([0, *self._counted.values()])
        return set(self._read[starts[place] : starts[place + 1]].tolist())

    def _of(self, kind: str) -> _Facts:
        if kind not in self._facts:
            row = _row(self._memory, _of_kind(kind)) if kind in self._kinds else ()
            # What is damaged cannot be mended: this build does without, the next one makes all.
            self._is_lost |= row is None
            self._facts[kind] = _Facts(*(row or ()))
        return self._facts[kind]

    # ---------------------------------------------------------------- what is another

    def stale(self, tracer: Tracer, form: str) -> Set[str]:
        """The pages that were made of something that is another now.

        Afterwards the book knows facts as they are now: make all of these pages. Kinds of which
        nothing can have changed are not looked at, and what is shared and made of nothing else is
        not worked out.
        """
        changed: list[int] = []
        same = {kind for kind, before in self.wholes.items() if tracer.whole(kind) == before}
        others = {key for key, now in tracer.files.items() if not now or self.files.get(key) != now}
        for kind in self._kinds:
            if self.made_of.get(kind.removesuffix("()"), {kind}) <= same:
                continue
            facts, stamp = self._of(kind), tracer.stamper(kind)
            keys: Iterable[str] = facts.stamps
            if kind in tracer.by_file:
                # Of one without a file nobody knows.
                keys = (facts.stamps.keys() & others) | (facts.stamps.keys() - tracer.files.keys())
            new = {key: now for key in keys if (now := stamp(key)) != facts.stamps[key]}
            if new:
                facts.stamps |= new
                changed += [facts.numbers[key] for key in new]
                self._note(kind)
        if form != self.form or self._is_lost:
            self.form = form
            return set(self.digests)
        if not changed:
            return frozenset()
        is_changed = np.zeros(len(self._owners), dtype=bool)
        is_changed[changed] = True
        return self._pages_of(is_changed)

    def _pages_of(self, chosen: np.ndarray) -> Set[str]:
        """The pages that are made of some facts. chosen: whether each number is one of them."""
        counts = np.fromiter(self._counted.values(), dtype=np.int64, count=len(self._counted))
        of_page = np.repeat(np.arange(len(counts)), counts)
        found = np.zeros(len(counts), dtype=bool)
        found[of_page[chosen[self._read]]] = True
        paths = list(self._counted)
        return {paths[place] for place in np.flatnonzero(found)}

    # ---------------------------------------------------------------- what was made

    def forget(self, paths: Iterable[str]) -> None:
        """Forget pages that are there no more; `write` must follow."""
        for path in paths:
            if self.digests.pop(path, None) is not None:
                del self.signs[path]
                self._dropped.add(path)

    def write(self, parts: Iterable[Made], tracer: Tracer) -> None:
        """Enter pages that were made, after `stale` was asked."""
        entered: dict[str, np.ndarray] = {}
        free = _Free(self._owners)
        for part in parts:
            numbers = np.fromiter(
                self._numbers(part, tracer, free), dtype=np.uint32, count=len(part.facts)
            )
            for path, (digest, sign, places) in part.pages.items():
                entered[path] = numbers[np.frombuffer(places, dtype=np.uint32)]
                self.forget([path])
                self.digests[path], self.signs[path] = digest, sign
        self._owners = free.owners()
        self._enter(entered)
        self._forget_loose()
        # What was worked out now was made of these; of the rest nothing has changed.
        self.made_of |= tracer.made_of
        kinds = {
            base
            for kind in self._kinds
            for base in self.made_of.get(kind.removesuffix("()"), {kind})
        }
        wholes = {kind: tracer.whole(kind) for kind in kinds}
        self.wholes = {kind: whole for kind, whole in wholes.items() if whole is not None}
        self.files = tracer.files

    def _numbers(self, part: Made, tracer: Tracer, free: _Free) -> Iterator[int]:
        for fact in part.facts:
            kind, key = fact
            facts = self._of(kind)
            number = facts.numbers.get(key)
            if number is None:
                if kind not in self._kinds:
                    self._kinds.append(kind)
                    self._kinds_are_few()
                stamp = part.stamps.get(fact)
                number = free.taken_by(self._kinds.index(kind))
                facts.enter(key, number, tracer.stamper(kind)(key) if stamp is None else stamp)
                self._note(kind)
            yield number

    def _enter(self, entered: Mapping[str, np.ndarray]) -> None:
        """Put pages behind those that stay."""
        if self._dropped:
            stays = [path not in self._dropped for path in self._counted]
            counts = np.fromiter(self._counted.values(), dtype=np.int64, count=len(self._counted))
            self._read = self._read[np.repeat(np.array(stays, dtype=bool), counts)]
            for path in self._dropped:
                self._counted.pop(path, None)
            self._dropped = set()
        self._counted |= {path: len(numbers) for path, numbers in entered.items()}
        self._read = np.concatenate([self._read, *entered.values()])

    def _forget_loose(self) -> None:
        """Forget facts of which no page is made any more: their numbers are free again."""
        is_loose = self._owners != _FREE
        is_loose[self._read] = False
        owners = self._owners.copy()
        for place in sorted(set(owners[is_loose].tolist())):
            kind = self._kinds[place]
            self._of(kind).drop(is_loose.__getitem__)
            self._note(kind)
        owners[is_loose] = _FREE
        self._owners = owners

    def _note(self, kind: str) -> None:
        """The facts of a kind are to be remembered."""
        if self._changed is not None:
            self._changed.add(kind)

    def _kinds_are_few(self) -> None:
        if len(self._kinds) > _FREE:
            raise ValueError(f"there are more than {_FREE} kinds of facts")


class _Free:
    """The numbers of facts, which are given to new ones: the smallest first, so they stay small."""

    def __init__(self, owners: np.ndarray) -> None:
        self._owners = array("B", owners.tobytes())
        self._free = iter(np.flatnonzero(owners == _FREE).tolist())

    def taken_by(self, owner: int) -> int:
        """A number that was free, for a fact of a kind."""
        number = next(self._free, len(self._owners))
        if number == len(self._owners):
            self._owners.append(owner)
        else:
            self._owners[number] = owner
        return int(number)

    def owners(self) -> np.ndarray:
        """By number the owner."""
        return np.frombuffer(self._owners.tobytes(), dtype=np.uint8)


def _of_kind(kind: str) -> str:
    return f"facts {kind}"


def _row(memory: Memory, name: str) -> Any:
    """What was remembered under a name; None where it is not there, or damaged."""
    data = unpacked(memory.one(KIND, name)[1])
    return None if data is None else marshal.loads(data)


def is_kept(memory: Memory) -> bool:
    """Whether a book of an earlier build is kept."""
    return memory.has(KIND)


def together(
    pages: Mapping[str, tuple[str, str, Iterable[Fact]]],
    stamp: Callable[[Fact], str | None] = lambda fact: None,
) -> Made:
    """Pages that were made, path -> (digest, sign, trace), as one parcel: facts that many share
    stand in it once. stamp: of facts whose stamps are at hand."""
    places: dict[Fact, int] = {}
    found = {}
    for path, (digest, sign, trace) in pages.items():
        numbers = array("I", [places.setdefault(fact, len(places)) for fact in trace])
        found[path] = digest, sign, numbers.tobytes()
    stamps = {fact: known for fact in places if (known := stamp(fact)) is not None}
    return Made(facts=tuple(places), pages=found, stamps=stamps)
