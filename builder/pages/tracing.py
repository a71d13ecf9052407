"""What a page was made of, written down while it is made.

A page's trace is the set of all facts that were asked for, each a kind and a key, such as ("paper",
"half-a-loaf") or ("tag_rows", "peft"). Each fact has a stamp, which is another when the fact is. A
page none of whose facts changed need not be made again: the same facts make the same page. These
are the constructive traces of Mokhov, Mitchell and Peyton Jones, "Build Systems à la Carte" (2018);
`builder.pages.book` keeps them between builds.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Generic, TypeVar, overload

from builder.memory import Memory, packed, unpacked

# The kind of memory in which it is kept, see `kept`.
KEPT = "kept"
K = TypeVar("K")
V = TypeVar("V")
Fact = tuple[str, str]
ALL = "*"
# More facts of one kind than these are written down as all of the kind: a page that asks so many
# papers something will be made again after any of them changed, and its trace stays short.
MANY = 400
# So short a text is its own digest.
_SHORT = 100


class Tracer:
    """Takes notes of what is read.

    stamps: kind of fact -> gives a fact's stamp, by its key. Facts that are worked out for many
    pages at once are of kinds of their own, see `shared`; their stamps are digests of values.
    keys: kind -> all of its keys. wholes: kind -> gives a digest of all facts of the kind, which is
    another when any of them is; a kind that has none may always have changed.
    by_file: the kinds whose facts follow from the file that their key names, and from nothing
    else but all facts of another kind, if that is named: kind -> that one, or ""; files: key ->
    digest of that file.
    in_a_row: kind -> all of its stamps by key, where they are at hand.
    made_of: what is shared, as far as it was worked out -> the kinds that were read for it, down to
    those that are not shared themselves. While all facts of those are the same, so is it.
    memory: where some of it is kept, see `kept`.
    """

    def __init__(self) -> None:
        self._notes: set[Fact] | None = None
        # The kinds that are read for something shared, while it is worked out.
        self._kinds: set[str] | None = None
        self.stamps: dict[str, Callable[[str], str]] = {}
        self.keys: dict[str, Callable[[], Iterable[str]]] = {}
        self.wholes: dict[str, Callable[[], str]] = {}
        self.by_file: dict[str, str] = {}
        self.in_a_row: dict[str, Mapping[str, str]] = {}
        self.files: Mapping[str, str] = {}
        self.made_of: dict[str, frozenset[str]] = {}
        self.memory = Memory()
        self._whole: dict[str, str | None] = {}

    def note(self, kind: str, key: str = "") -> None:
        """A fact is being read."""
        if self._notes is not None:
            self._notes.add((kind, key))
        elif self._kinds is not None:
            self._kinds.add(kind)

    def note_all(self, notes: Iterable[Fact]) -> None:
        """What was read for something that is kept is read again with it."""
        if self._notes is not None:
            self._notes.update(notes)
        elif self._kinds is not None:
            self._kinds.update(kind for kind, _ in notes)

    def whole_of(self, kinds: Iterable[str]) -> str:
        """A digest of all facts of some kinds; "" where nobody knows."""
        wholes = [self.whole(kind) for kind in kinds]
        return "" if None in wholes else digest((*kinds, *wholes, ""))

    def knows(self, other: Tracer) -> None:
        """Digests of kinds as a whole that another tracer of the same library has worked out."""
        self._whole |= other._whole

    def is_kept(self, name: str) -> bool:
        """Whether something that is `kept` would be recalled, and not worked out."""
        return self._kept_kinds(self.memory.stamp_of(KEPT, name)) is not None

    def _kept_kinds(self, stamp: str) -> list[str] | None:
        """The kinds that something kept was made of, where all are as they were; else None."""
        kinds, _, was = stamp.partition(" ")
        same = stamp and was == self.whole_of(kinds.split(","))
        return kinds.split(",") if same else None

    def prepare(self) -> None:
        """Work out all that is shared, once for all processes that go on from here."""
        for name in dir(type(self)):
            if isinstance(getattr(type(self), name), shared):
                getattr(self, name)

    @contextmanager
    def tracing(self) -> Iterator[set[Fact]]:
        """Collects the facts that are read within."""
        before, self._notes = self._notes, set()
        try:
            yield self._notes
        finally:
            self._notes = before

    @contextmanager
    def unnoticed(self) -> Iterator[None]:
        """Reading within is not noted: what is made of it has a stamp of its own."""
        before = self._notes, self._kinds
        self._notes = self._kinds = None
        try:
            yield
        finally:
            self._notes, self._kinds = before

    @contextmanager
    def gathering(self) -> Iterator[set[str]]:
        """Collects the kinds of the facts that are read within, and notes none of them: what is
        made of them has a stamp of its own."""
        before = self._notes, self._kinds
        self._notes, self._kinds = None, set()
        try:
            yield self._kinds
        finally:
            self._notes, self._kinds = before

    def basis(self, kinds: Iterable[str]) -> frozenset[str]:
        """The kinds that some are made of in the end: a kind that is not shared is its own."""
        found: set[str] = set()
        for kind in kinds:
            found |= self.made_of.get(kind.removesuffix("()"), {kind})
        return frozenset(found)

    def whole(self, kind: str) -> str | None:
        """A digest of all facts of a kind that is not shared; None where nobody knows."""
        if kind not in self._whole:
            give = self.wholes.get(kind)
            self._whole[kind] = give() if give else None
        return self._whole[kind]

    def trace(self, notes: Iterable[Fact]) -> tuple[Fact, ...]:
        """Notes as a trace, sorted, with whole kinds where there are many facts of one."""
        kinds = defaultdict(list)
        for kind, key in notes:
            kinds[kind].append(key)
        found = []
        for kind, keys in kinds.items():
            if len(keys) > MANY and kind in self.keys:
                keys = [ALL]
            found += [(kind, key) for key in keys]
        return tuple(sorted(found))

    def stamper(self, kind: str) -> Callable[[str], str]:
        """Gives the stamps of the facts of a kind, by their keys, as the facts are now."""
        if kind not in self.stamps:
            # What is shared gets its stamps as it is worked out.
            with self.unnoticed():
                getattr(self, kind.removesuffix("()"), None)
        if kind not in self.stamps:
            # Written by another version of the program: nobody knows what it meant.
            return lambda key: "?"
        give = self.stamps[kind]

        def stamp(key: str) -> str:
            if key == ALL and kind in self.keys:
                return self.whole(kind) or digest([(one, give(one)) for one in self.keys[kind]()])
            return give(key)

        return stamp


def digest(value: object) -> str:
    """A digest of a value, by what repr() makes of it: of dataclasses, lists, tuples. A short text
    is its own."""
    if isinstance(value, str) and len(value) < _SHORT:
        return value
    return hashlib.blake2b(repr(value).encode(), digest_size=16).hexdigest()


class Watched(Mapping[K, V], Generic[K, V]):
    """A mapping that notes which of its values are read, and when all of its keys are."""

    def __init__(self, kind: str, values: Mapping[K, V], tracer: Tracer) -> None:
        self._kind = kind
        self._values = values
        self._tracer = tracer

    def __getitem__(self, key: K) -> V:
        self._tracer.note(self._kind, str(key))
        return self._values[key]

    def get(self, key: K, default: Any = None) -> Any:
        """As of any mapping, without an exception for each key that is not there."""
        self._tracer.note(self._kind, str(key))
        return self._values.get(key, default)

    def __iter__(self) -> Iterator[K]:
        self._tracer.note(f"{self._kind}()")
        return iter(self._values)

    def __len__(self) -> int:
        self._tracer.note(f"{self._kind}()")
        return len(self._values)


class shared(Generic[V]):
    """A property of a Tracer that is worked out once, for all pages.

    Reading it is a fact by itself; if it is a mapping, each of its values is one, and its keys
    together are one.
    """

    def __init__(self, work: Callable[[Any], V]) -> None:
        self._work = work
        self._name = work.__name__
        self._slot = f"shared {self._name}"
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, tracer: None, owner: type) -> shared[V]: ...
    @overload
    def __get__(self, tracer: Any, owner: type) -> V: ...
    def __get__(self, tracer: Any, owner: type) -> Any:
        if tracer is None:
            return self
        found = tracer.__dict__.get(self._slot)
        if found is None:
            value = self._value(tracer)
            found = self._watch(tracer, value)
            tracer.__dict__[self._slot] = found
        if not isinstance(found, Watched):
            tracer.note(self._name)
        return found

    def _value(self, tracer: Any) -> V:
        with tracer.gathering() as kinds:
            value = self._work(tracer)
        tracer.made_of[self._name] = tracer.basis(kinds)
        return value

    def _watch(self, tracer: Tracer, value: V) -> Any:
        name = self._name
        if not isinstance(value, Mapping):
            tracer.stamps[name] = lambda key: digest(value)
            return value
        by_text = {str(key): item for key, item in value.items()}
        tracer.stamps[name] = lambda key: digest(by_text.get(key))
        if all(isinstance(item, str) and len(item) < _SHORT for item in by_text.values()):
            tracer.in_a_row[name] = by_text
        tracer.stamps[f"{name}()"] = lambda key: digest(list(value))
        tracer.keys[name] = lambda: by_text
        return Watched(name, value, tracer)


class kept(shared[V]):
    """What is shared and takes longer to work out than to read: kept in the tracer's memory, as
    long as all kinds of facts that it was made of are as they were."""

    def _value(self, tracer: Any) -> V:
        stamp, data = tracer.memory.one(KEPT, self._name)
        kinds = tracer._kept_kinds(stamp)
        if kinds is not None:
            value = unpacked(data)
            if value is not None:
                tracer.made_of[self._name] = frozenset(kinds)
                return value  # type: ignore[no-any-return]
        made = super()._value(tracer)
        basis = sorted(tracer.made_of[self._name])
        if basis and (whole := tracer.whole_of(basis)):
            stamp = f"{','.join(basis)} {whole}"
            tracer.memory.remember(KEPT, {self._name: (stamp, packed(made))})
        return made
