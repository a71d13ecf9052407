"""What pages were made of in the last build, and thus which of them to make again."""

from __future__ import annotations

import itertools
import marshal
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from builder.memory import Memory, packed, unpacked
from builder.pages.tracing import Fact, Tracer

KIND = "pages"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A page as it was made.

    digest: of its text; sign: what its file looks like from outside (size and time), so that a
    file which somebody touched is written again, or "" for a page that has none. facts: the
    numbers of its facts.
    """

    digest: str
    sign: str
    facts: bytes


@dataclass(frozen=True, kw_only=True)
class Made:
    """Pages that were made together.

    facts: all that they were made of; pages: path -> (digest, sign, places in `facts`). stamps: of
    some of the facts, those that whoever made the pages had at hand.
    """

    facts: tuple[Fact, ...]
    pages: Mapping[str, tuple[str, str, bytes]]
    stamps: Mapping[Fact, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class Book:
    """The pages of the last build.

    form: a digest of what all of them depend on; pages: path -> entry; facts: kind -> key ->
    (number, stamp). made_of, wholes, files: as `Tracer` says, of when the facts were stamped.
    """

    form: str = ""
    pages: dict[str, Entry] = field(default_factory=dict)
    facts: dict[str, dict[str, tuple[int, str]]] = field(default_factory=dict)
    made_of: dict[str, frozenset[str]] = field(default_factory=dict)
    wholes: dict[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    _loose: set[int] = field(default_factory=set)

    @classmethod
    def recall(cls, memory: Memory) -> Book:
        """The book of the last build; an empty one where there is none."""
        data = unpacked(memory.one(KIND, "")[1])
        if data is None:
            return cls()
        form, pages, facts, made_of, wholes, files = marshal.loads(data)
        entries = {
            path: Entry(digest=digest, sign=sign, facts=numbers)
            for path, (digest, sign, numbers) in pages.items()
        }
        return cls(
            form=form, pages=entries, facts=facts, made_of=made_of, wholes=wholes, files=files
        )

    def remember(self, memory: Memory) -> None:
        """Keep it for the next build."""
        pages = {path: (item.digest, item.sign, item.facts) for path, item in self.pages.items()}
        value = self.form, pages, self.facts, self.made_of, self.wholes, dict(self.files)
        # Plain values all of them: marshal takes half of the time of pickle. It may write otherwise
        # in another version of Python, with which all that is remembered is forgotten.
        memory.remember(KIND, {"": ("", packed(marshal.dumps(value)))})

    def stale(self, tracer: Tracer, form: str) -> Set[str]:
        """The pages that were made of something that is another now.

        Afterwards the book knows facts as they are now: make all of these pages. Kinds of which
        nothing can have changed are not looked at, and what is shared and made of nothing else is
        not worked out.
        """
        changed = set()
        same = {kind for kind, before in self.wholes.items() if tracer.whole(kind) == before}
        for kind, facts in self.facts.items():
            if self.made_of.get(kind.removesuffix("()"), {kind}) <= same:
                continue
            stamp = tracer.stamper(kind)
            keys: Iterable[str] = facts
            if kind in tracer.by_file:
                keys = [key for key in facts if self._differs(key, tracer)]
            new = {key: now for key in keys if (now := stamp(key)) != facts[key][1]}
            for key, now in new.items():
                number = facts[key][0]
                changed.add(number)
                facts[key] = number, now
        if form != self.form:
            self.form = form
            return self.pages.keys()
        if not changed:
            return frozenset()
        return {
            path
            for path, entry in self.pages.items()
            if not changed.isdisjoint(array("I", entry.facts))
        }

    def _differs(self, key: str, tracer: Tracer) -> bool:
        """Whether a file may be another one: of one without a digest nobody knows."""
        now = tracer.files.get(key)
        return not now or now != self.files.get(key)

    def write(self, parts: Iterable[Made], tracer: Tracer) -> None:
        """Enter pages that were made, after `stale` was asked."""
        entered: set[int] = set()
        free = self._free()
        for part in parts:
            numbers = array("I", self._numbers(part, tracer, free))
            entered.update(numbers)
            for path, (digest, sign, places) in part.pages.items():
                facts = array("I", [numbers[place] for place in array("I", places)])
                self.forget([path])
                self.pages[path] = Entry(digest=digest, sign=sign, facts=facts.tobytes())
        self._loose -= entered
        self._forget_loose()
        # What was worked out now was made of these; of the rest nothing has changed.
        self.made_of |= tracer.made_of
        kinds = {
            base
            for kind in self.facts
            for base in self.made_of.get(kind.removesuffix("()"), {kind})
        }
        wholes = {kind: tracer.whole(kind) for kind in kinds}
        self.wholes = {kind: whole for kind, whole in wholes.items() if whole is not None}
        self.files = tracer.files

    def _free(self) -> Iterator[int]:
        """The numbers that no fact has, the smallest first: so they stay small."""
        taken = {number for facts in self.facts.values() for number, _ in facts.values()}
        return (number for number in itertools.count() if number not in taken)

    def _numbers(self, part: Made, tracer: Tracer, free: Iterator[int]) -> Iterator[int]:
        for fact in part.facts:
            kind, key = fact
            known = self.facts.get(kind)
            if known is None:
                known = self.facts[kind] = {}
            entry = known.get(key)
            if entry is None:
                stamp = part.stamps.get(fact)
                number = next(free)
                entry = known[key] = number, tracer.stamper(kind)(key) if stamp is None else stamp
            yield entry[0]

    def _forget_loose(self) -> None:
        """Forget facts of which no page is made any more: their numbers are free again."""
        for entry in self.pages.values():
            if not self._loose:
                return
            facts = array("I", entry.facts)
            if not self._loose.isdisjoint(facts):
                self._loose.difference_update(facts)
        self.facts = {
            kind: known
            for kind, facts in self.facts.items()
            if (known := {key: fact for key, fact in facts.items() if fact[0] not in self._loose})
        }
        self._loose = set()

    def forget(self, paths: Iterable[str]) -> None:
        """Forget pages that are there no more."""
        for path in paths:
            entry = self.pages.pop(path, None)
            if entry:
                self._loose.update(array("I", entry.facts))


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
