"""What an analysis keeps for the next one, and how it is kept.

Papers have slots, which stay theirs as long as they are there: all that is kept of them stands
there, and a new paper moves no other. What is kept is pure results, with digests of the papers they
were made of; everything is written in one transaction (see `builder.memory`), so that all of it
belongs together. What is cheap to keep in pieces is kept in chunks of slots, of which an edit
writes only those that it changed.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from builder.analysis.known_names import Name
from builder.analysis.learning import Lesson
from builder.analysis.links import CANDIDATES, Link
from builder.analysis.mentions import Place, Use
from builder.analysis.names import Coined
from builder.analysis.rows import NONE, Rows, stacked, starts_of
from builder.analysis.similarity import Near
from builder.analysis.terms import Commonness
from builder.analysis.words import Words
from builder.memory import Memory

# To be counted up when what is kept, or how, changes without a change of a program.
_FORM = "1"
_KIND = "analysis"
_TOKENS = "analysis tokens"
# So many slots are kept together.
CHUNK = 256

# A suggested or given tag as it is kept: (id, by, why).
Given = tuple[str, str, str]


class Unusable(Exception):
    """What is kept does not belong together; everything must be worked out anew."""


@dataclass(kw_only=True)
class Kept:
    """All that is kept, by slot; "" as slug where a slot is free.

    rules: a digest of all but papers that decides. prints: digests of all of a paper that counts
    here; files: of the file that each was made of, or "". texts: of title and abstract. days:
    ordinals of papers' first days. The rest is what the modules of its types tell. `changed` names
    what must be written: name -> slots, or None for all.
    """

    rules: str = ""
    slugs: list[str] = field(default_factory=list)
    prints: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    words: Words = field(default_factory=Words)
    known: np.ndarray = field(default_factory=lambda: np.zeros(0))
    other: np.ndarray = field(default_factory=lambda: np.zeros(0))
    reference: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))
    terms: Rows = NONE
    phrases: Rows = NONE
    vectors: Rows = NONE
    coined: list[tuple[Coined, ...]] = field(default_factory=list)
    brackets: list[tuple[str, ...]] = field(default_factory=list)
    common: Commonness | None = None
    written: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    near: Near = field(
        default_factory=lambda: Near(
            rows=np.zeros((0, CANDIDATES), dtype=np.int32),
            products=np.zeros((0, CANDIDATES), dtype=np.int32),
        )
    )
    rarity: dict[str, int] = field(default_factory=dict)
    names: dict[str, Name] = field(default_factory=dict)
    explained: dict[tuple[int, str, int, bool], bool] = field(default_factory=dict)
    small: dict[str, set[int]] = field(default_factory=dict)
    places: list[tuple[Place, ...]] = field(default_factory=list)
    mentions: list[tuple[Use, ...]] = field(default_factory=list)
    tags: list[tuple[Given, ...]] = field(default_factory=list)
    links: list[tuple[Link, ...]] = field(default_factory=list)
    stamps: list[tuple[str, str, str]] = field(default_factory=list)
    collected: dict[str, tuple[str, ...]] = field(default_factory=dict)
    neighbours: dict[str, tuple[tuple[str, int, float], ...]] = field(default_factory=dict)
    taught: str = ""
    lesson: Lesson | None = None
    changed: dict[str, set[int] | None] = field(default_factory=dict)

    def mark(self, name: str, slots: Iterable[int] | None = None) -> None:
        """Note what has changed: some slots of what is kept in chunks, or all of something."""
        if slots is None:
            self.changed[name] = None
        else:
            before = self.changed.setdefault(name, set())
            assert before is not None
            before.update(slots)


# ---------------------------------------------------------------- tokens


class Tokens:
    """How often each token stands in papers, by slot; read where it is asked for."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._chunks: dict[int, Rows] = {}

    def rows(self, slots: Sequence[int]) -> Rows:
        """The rows of some slots that are kept."""
        return stacked([NONE, *(self._chunk(slot // CHUNK).take([slot % CHUNK]) for slot in slots)])

    def _chunk(self, number: int) -> Rows:
        if number not in self._chunks:
            found = self._memory.recall(f"{_TOKENS} {number}").get("")
            if found is None or found[0] != _stamp():
                raise Unusable
            try:
                self._chunks[number] = _rows_of(found[1])
            except (ValueError, IndexError) as error:
                raise Unusable from error
        return self._chunks[number]

    def remember(self, slots: Sequence[int], rows: Rows, count: int) -> None:
        """Keep the rows of some slots, ascending, of `count` in all."""
        places = [slot // CHUNK for slot in slots]
        for number in sorted(set(places)):
            inside = [place for place, chunk in enumerate(places) if chunk == number]
            new = rows.take(inside)
            here = [slots[place] % CHUNK for place in inside]
            size = min(CHUNK, count - number * CHUNK)
            whole = new if len(here) == size else self._chunk(number).replaced(here, new)
            blob = _bytes_of(whole)
            self._memory.remember(f"{_TOKENS} {number}", {"": (_stamp(), blob)})


# ---------------------------------------------------------------- pieces


def _stamp() -> str:
    # How marshal writes, and to the last digit what numpy reckons, may change with their versions.
    return f"{_FORM} {sys.version} {np.__version__}"


def _bytes_of(rows: Rows) -> bytes:
    """Rows: their number, their lengths, columns and values, as numbers of 32 bits."""
    parts = (np.array([len(rows)]), rows.lengths, rows.columns, rows.values)
    return b"".join(part.astype(np.int32).tobytes() for part in parts)


def _rows_of(data: bytes) -> Rows:
    numbers = np.frombuffer(data, dtype=np.int32)
    count = int(numbers[0])
    starts = starts_of(numbers[1 : count + 1])
    middle = count + 1 + int(starts[-1])
    if len(numbers) != middle + int(starts[-1]):
        raise ValueError("rows are cut off")
    return Rows(starts=starts, columns=numbers[count + 1 : middle], values=numbers[middle:])


def _plain(value: Any) -> Any:
    """Named tuples as plain ones, which is what marshal knows."""
    return tuple(map(tuple, value)) if value and isinstance(value[0], tuple) else tuple(value)


_ROWS = ("terms", "phrases", "vectors")
_LISTS = ("coined", "brackets", "places", "mentions", "tags", "links", "stamps")
_COUNTS = ("known", "other", "reference", "written")
_COMMON = ("weight", "topic", "says", "rarity", "usual")


def _lines(data: bytes) -> list[str]:
    return data.decode().split("\n") if data else []


def _array(value: np.ndarray) -> tuple[str, tuple[int, ...], bytes]:
    return value.dtype.str, value.shape, value.tobytes()


def _unpacked(value: tuple[str, tuple[int, ...], bytes]) -> np.ndarray:
    kind, shape, data = value
    return np.frombuffer(data, dtype=kind).reshape(shape)


# ---------------------------------------------------------------- all


def recall(memory: Memory, rules: str) -> Kept:
    """What is kept, where it was made by the same rules; else nothing is."""
    found = memory.recall(_KIND)
    stamp = _stamp()
    if not found or any(mark != stamp for mark, _ in found.values()):
        return Kept(rules=rules)
    try:
        head = marshal.loads(found["head"][1])
        if head["rules"] != rules:
            return Kept(rules=rules)
        return _recalled({key: value for key, (_, value) in found.items()}, head)
    except (KeyError, ValueError, EOFError, TypeError, IndexError, AttributeError):
        return Kept(rules=rules)


def _recalled(blobs: dict[str, bytes], head: dict[str, Any]) -> Kept:
    kept = Kept(rules=head["rules"])
    papers = marshal.loads(blobs["papers"])
    kept.slugs, kept.prints, kept.files, kept.texts, kept.days = map(list, papers)
    chunks = range(-(-len(kept.slugs) // CHUNK))
    for name in _ROWS:
        parts = [_rows_of(blobs[f"{name} {number}"]) for number in chunks]
        setattr(kept, name, stacked([NONE, *parts]))
    for name in _LISTS:
        values: list[Any] = []
        for number in chunks:
            values += marshal.loads(blobs[f"{name} {number}"])
        setattr(kept, name, values)
    kept.coined = [tuple(Coined(*item) for item in value) if value else () for value in kept.coined]
    kept.places = [tuple(Place(*item) for item in value) if value else () for value in kept.places]
    near = [np.frombuffer(blobs[f"near {n}"], dtype=np.int32) for n in chunks]
    whole = np.concatenate(near).reshape(-1, 2 * CANDIDATES)
    kept.near = Near(rows=whole[:, :CANDIDATES], products=whole[:, CANDIDATES:])
    words = marshal.loads(blobs["words"])
    arrays = {name: _unpacked(value) for name, value in words["arrays"].items()}
    kept.words = Words(
        _lines(blobs["tokens"]),
        _lines(blobs["terms"]),
        arrays["folded"],
        arrays["form"],
    )
    for name in _COUNTS:
        setattr(kept, name, arrays[name])
    kept.common = Commonness(**{name: _unpacked(value) for name, value in words["common"].items()})
    names = marshal.loads(blobs["names"])
    kept.names = {
        text: Name(text=text, owner=owner, shape=shape, titled=titled)
        for text, owner, shape, titled in names["names"]
    }
    kept.explained = dict(names["explained"])
    kept.small = {text: set(slots) for text, slots in names["small"]}
    for name in ("rarity", "collected", "neighbours", "taught"):
        setattr(kept, name, head[name])
    if head["lesson"]:
        lesson = marshal.loads(blobs["lesson"])
        texts = _rows_of(lesson.pop("texts"))
        rest = {name: _unpacked(value) for name, value in lesson.items()}
        kept.lesson = Lesson(texts=texts, **rest)
    return kept


def remember(memory: Memory, kept: Kept) -> None:
    """Keep what has changed."""
    if not any(slots is None or slots for slots in kept.changed.values()):
        return
    blobs: dict[str, bytes] = {}
    count = len(kept.slugs)
    for name, slots in kept.changed.items():
        if slots is None:
            continue
        for number in sorted({slot // CHUNK for slot in slots}):
            blobs[f"{name} {number}"] = _chunk(kept, name, number, count)
    if "papers" in kept.changed:
        papers = (kept.slugs, kept.prints, kept.files, kept.texts, kept.days)
        blobs["papers"] = marshal.dumps(papers)
    if "words" in kept.changed:
        words = kept.words
        blobs["tokens"] = "\n".join(words.tokens).encode()
        blobs["terms"] = "\n".join(words.terms).encode()
    if "words" in kept.changed or "counts" in kept.changed:
        arrays = {name: _array(getattr(kept.words, name)) for name in ("folded", "form")}
        for name in _COUNTS:
            arrays[name] = _array(getattr(kept, name))
        common = {name: _array(getattr(kept.common, name)) for name in _COMMON}
        blobs["words"] = marshal.dumps({"arrays": arrays, "common": common})
    if "names" in kept.changed:
        names = {
            "names": [(n.text, n.owner, n.shape, n.titled) for n in kept.names.values()],
            "explained": list(kept.explained.items()),
            "small": [(text, sorted(slots)) for text, slots in kept.small.items()],
        }
        blobs["names"] = marshal.dumps(names)
    if "lesson" in kept.changed and kept.lesson is not None:
        lesson: dict[str, Any] = {
            name: _array(getattr(kept.lesson, name))
            for name in ("examples", "weight", "duals", "column", "weights", "base")
        }
        lesson["texts"] = _bytes_of(kept.lesson.texts)
        blobs["lesson"] = marshal.dumps(lesson)
    head = {name: getattr(kept, name) for name in ("rules", "rarity", "collected", "neighbours")}
    head |= {"taught": kept.taught, "lesson": kept.lesson is not None}
    blobs["head"] = marshal.dumps(head)
    stamp = _stamp()
    memory.remember(_KIND, {key: (stamp, value) for key, value in blobs.items()})


def _chunk(kept: Kept, name: str, number: int, count: int) -> bytes:
    first, end = number * CHUNK, min((number + 1) * CHUNK, count)
    if name in _ROWS:
        return _bytes_of(getattr(kept, name).take(range(first, end)))
    if name == "near":
        near = kept.near
        return np.hstack((near.rows[first:end], near.products[first:end])).tobytes()
    return marshal.dumps([_plain(value) for value in getattr(kept, name)[first:end]])
