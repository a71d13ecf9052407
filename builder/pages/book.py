"""What pages were made of in the last build, and thus which of them to make again.

Of all that is known of ten thousand papers' pages an edit asks little, and must not wait for the
rest: pages are kept as a few columns, and beside them what became of some since; `builder.pages.
ledger` has the facts.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from builder.memory import Memory, packed, unpacked
from builder.pages.ledger import Ledger
from builder.pages.tracing import ALL, Fact, Tracer

KIND = "pages"
# So many pages may differ from when all were written down.
_MOST_SINCE = 500

# A page as it is remembered: (digest, sign, numbers of its facts as bytes).
_Page = tuple[str, str, bytes]


@dataclass(frozen=True, kw_only=True)
class Made:
    """Pages that were made together.

    facts: all that they were made of; pages: path -> (digest, sign, places in `facts`). stamps: of
    some of the facts, those that whoever made the pages had at hand.
    """

    facts: tuple[Fact, ...]
    pages: Mapping[str, tuple[str, str, bytes]]
    stamps: Mapping[Fact, str] = field(default_factory=dict)


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
        self.facts = Ledger()
        # The numbers of each page's facts, in the order of `_counted`: page -> how many.
        self._counted: dict[str, int] = {}
        self._read = np.zeros(0, dtype=np.uint32)
        self._dropped: set[str] = set()
        # Pages that were made, until `settle`.
        self._entered: dict[str, _Page | None] = {}
        # What became of pages and files since all of them were written down: a page as it is
        # remembered, a file's digest, or None of what is gone. Without, all are written down.
        self._since: dict[str, _Page | None] | None = None
        self._files_since: dict[str, str | None] = {}

    # ---------------------------------------------------------------- from build to build

    @classmethod
    def recall(cls, memory: Memory) -> Book:
        """The book of the last build; an empty one where there is none."""
        book = cls()
        rows = [
            _row(memory, name) for name in ("head", "owners", "files", "pages", "read", "since")
        ]
        if any(row is None for row in rows):
            return book
        head, owners, files, pages, read, since = rows
        book.form, book.made_of, book.wholes, parts = head
        book.facts = Ledger(parts, owners, partial(_row, memory))
        paths, digests, signs, counts = pages
        book.digests = dict(zip(paths, digests, strict=True))
        book.signs = dict(zip(paths, signs, strict=True))
        book._counted = dict(zip(paths, array("I", counts), strict=True))
        book._read = np.frombuffer(read, dtype=np.uint32)
        book._since, book._files_since = since
        book._enter(dict(book._since))
        found = dict(zip(*files, strict=True)) | book._files_since
        book.files = {key: digest for key, digest in found.items() if digest is not None}
        return book

    def remember(self, memory: Memory) -> None:
        """Keep it for the next build."""
        is_new = self._since is None or len(self._since) > _MOST_SINCE
        if is_new:
            self.facts.divide()
            self._since, self._files_since = {}, {}
        if is_new or self.facts.is_lost:
            memory.forget(KIND, memory.recall(KIND))
        if self.facts.is_lost:
            return
        rows = {
            "head": (self.form, self.made_of, self.wholes, self.facts.head),
            "owners": self.facts.owners.tobytes(),
            "since": (self._since, self._files_since),
            **self.facts.changed(),
        }
        if is_new:
            counts = array("I", self._counted.values()).tobytes()
            digests = [self.digests[path] for path in self._counted]
            signs = [self.signs[path] for path in self._counted]
            rows["files"] = list(self.files), list(self.files.values())
            rows["pages"] = list(self._counted), digests, signs, counts
            rows["read"] = self._read.tobytes()
        # Plain values all of them: marshal takes half of the time of pickle. It may write otherwise
        # in another version of Python, with which all that is remembered is forgotten.
        memory.remember(
            KIND, {name: ("", packed(marshal.dumps(value))) for name, value in rows.items()}
        )

    def read(self, path: str) -> Set[int]:
        """The numbers of the facts of a page."""
        place = list(self._counted).index(path)
        starts = np.cumsum([0, *self._counted.values()])
        return set(self._read[starts[place] : starts[place + 1]].tolist())

    # ---------------------------------------------------------------- what is another

    def stale(self, tracer: Tracer, form: str) -> Set[str]:
        """The pages that were made of something that is another now.

        Afterwards the book knows facts as they are now: make all of these pages. Kinds of which
        nothing can have changed are not looked at, and what is shared and made of nothing else is
        not worked out.
        """
        changed: list[int] = []
        same = {kind for kind, before in self.wholes.items() if tracer.whole(kind) == before}
        # Of one without a file nobody knows; what is asked of all papers has none.
        others = {key for key, now in tracer.files.items() if not now or self.files.get(key) != now}
        others |= {ALL, *(self.files.keys() - tracer.files.keys())}
        for kind in self.facts.kinds:
            if self.made_of.get(kind.removesuffix("()"), {kind}) <= same:
                continue
            stamp, row = tracer.stamper(kind), tracer.in_a_row.get(kind, {})
            if tracer.by_file.get(kind) in ("", *same):
                parts = [self.facts.some(kind, others)]
            else:
                parts = [part.stamps for part in self.facts.of(kind)]
            new = {}
            for known in parts:
                keys: Iterable[str] = known
                if row:
                    keys = [key for key, before in known.items() if row.get(key) != before]
                new |= {key: now for key in keys if (now := stamp(key)) != known[key]}
            changed += self.facts.restamp(kind, new)
        if form != self.form or self.facts.is_lost:
            self.form = form
            return set(self.digests)
        if not changed:
            return frozenset()
        is_changed = np.zeros(len(self.facts.owners), dtype=bool)
        is_changed[changed] = True
        counts = np.fromiter(self._counted.values(), dtype=np.int64, count=len(self._counted))
        of_page = np.repeat(np.arange(len(counts)), counts)
        found = np.zeros(len(counts), dtype=bool)
        found[of_page[is_changed[self._read]]] = True
        paths = list(self._counted)
        return {paths[place] for place in np.flatnonzero(found)}

    # ---------------------------------------------------------------- what was made

    def forget(self, paths: Iterable[str]) -> None:
        """Forget pages that are there no more; `settle` must follow."""
        for path in paths:
            if self.digests.pop(path, None) is not None:
                del self.signs[path]
                self._dropped.add(path)
                if self._since is not None:
                    self._since[path] = None

    def enter(self, made: Made, tracer: Tracer) -> None:
        """Enter pages that were made, after `stale` was asked; `settle` must follow."""
        numbers = np.fromiter(self._numbers(made, tracer), dtype=np.uint32, count=len(made.facts))
        for path, (digest, sign, places) in made.pages.items():
            facts = numbers[np.frombuffer(places, dtype=np.uint32)]
            self._entered[path] = digest, sign, facts.tobytes()

    def settle(self, tracer: Tracer) -> None:
        """All pages that were made have been entered, and those that are no more forgotten."""
        self._enter(self._entered)
        self._entered = {}
        self.facts.keep(self._read)
        # What was worked out now was made of these; of the rest nothing has changed.
        self.made_of |= tracer.made_of
        kinds = {
            base
            for kind in self.facts.kinds
            for base in self.made_of.get(kind.removesuffix("()"), {kind})
        }
        wholes = {kind: tracer.whole(kind) for kind in kinds}
        self.wholes = {kind: whole for kind, whole in wholes.items() if whole is not None}
        now = tracer.files
        self._files_since |= {key: made for key, made in now.items() if self.files.get(key) != made}
        self._files_since |= dict.fromkeys(self.files.keys() - now.keys())
        self.files = now

    def _numbers(self, part: Made, tracer: Tracer) -> Iterator[int]:
        for fact in part.facts:
            kind, key = fact
            number = self.facts.number(kind, key)
            if number is None:
                stamp = part.stamps.get(fact)
                stamp = tracer.stamper(kind)(key) if stamp is None else stamp
                number = self.facts.enter(kind, key, stamp)
            yield number

    def _enter(self, pages: Mapping[str, _Page | None]) -> None:
        """Put pages behind those that stay, for what was known of them; None: it is gone."""
        self.forget(pages)
        if self._dropped:
            stays = [path not in self._dropped for path in self._counted]
            counts = np.fromiter(self._counted.values(), dtype=np.int64, count=len(self._counted))
            self._read = self._read[np.repeat(np.array(stays, dtype=bool), counts)]
            for path in self._dropped:
                self._counted.pop(path, None)
            self._dropped = set()
        new = [self._read]
        for path, page in pages.items():
            if page:
                self.digests[path], self.signs[path], facts = page
                new.append(np.frombuffer(facts, dtype=np.uint32))
                self._counted[path] = len(new[-1])
        self._read = np.concatenate(new)
        if self._since is not None:
            self._since |= pages


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
