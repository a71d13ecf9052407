"""Files of pieces in a row (`outputs.Joined`), put together of those that stand in other files."""

from __future__ import annotations

import contextlib
import itertools
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from builder.exports.outputs import Joined

# Between texts in a row: no slug and no stamp has one.
_NEXT = "\n"
_BLOCK = 1 << 20

# (offset, length) in bytes.
Place = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Where the pieces of a file stand. lengths: in bytes; start: of the first piece."""

    slugs: list[str]
    stamps: list[str]
    lengths: list[int]
    start: int

    @classmethod
    def of(cls, told: tuple[str, str, bytes, int]) -> Rows:
        """What `told` told."""
        slugs, stamps, lengths, start = told
        numbers = array("Q", lengths).tolist()
        if not numbers:
            return cls(slugs=[], stamps=[], lengths=[], start=start)
        return cls(
            slugs=slugs.split(_NEXT), stamps=stamps.split(_NEXT), lengths=numbers, start=start
        )

    @property
    def told(self) -> tuple[str, str, bytes, int]:
        """The same as few plain values, which are read and written sooner than lists."""
        lengths = array("Q", self.lengths).tobytes()
        return _NEXT.join(self.slugs), _NEXT.join(self.stamps), lengths, self.start

    def places(self, between: int) -> dict[str, Place]:
        """Slug -> (offset, length). between: the length of what stands between two pieces."""
        ends = itertools.accumulate(
            (length + between for length in self.lengths), initial=self.start
        )
        return dict(zip(self.slugs, zip(ends, self.lengths, strict=False), strict=False))

    def span(self, first: int, end: int, between: int) -> Place:
        """(offset, end) of the pieces from the place `first` to before the place `end`."""
        offset = self.start + sum(self.lengths[:first]) + first * between
        return offset, offset + sum(self.lengths[first:end]) + (end - first - 1) * between

    def same(self, slugs: list[str], stamps: list[str]) -> tuple[int, int]:
        """How many pieces are the same, at the beginning and from there to the end, as those of
        another file: after an edit nearly all of them, so that they need not be looked up."""
        most = min(len(slugs), len(self.slugs))
        known, wanted = (self.slugs, self.stamps), (slugs, stamps)
        first = _run(zip(*known, *wanted, strict=False), most)
        backward = zip(*map(reversed, known), *map(reversed, wanted), strict=False)
        return first, _run(backward, most - first)


def _run(pairs: Iterable[tuple[str, str, str, str]], most: int) -> int:
    for place, (slug, stamp, other, made) in enumerate(itertools.islice(pairs, most)):
        if stamp != made or slug != other:
            return place
    return most


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file that holds pieces. places: of each slug's; rows: of all pieces, with what they are
    made of; None where all are new."""

    path: Path
    between: int
    places: Mapping[str, Place] | None = None
    rows: Rows | None = None

    def place(self, slug: str, stamp: str) -> Place | None:
        """Where a piece of this stamp stands, if it does."""
        places, stamps = self._known
        fresh = stamps is None or stamps.get(slug) == stamp
        return places.get(slug) if fresh else None

    @cached_property
    def _known(self) -> tuple[Mapping[str, Place], Mapping[str, str] | None]:
        if self.rows is None:
            return self.places or {}, None
        stamps = dict(zip(self.rows.slugs, self.rows.stamps, strict=True))
        return self.rows.places(self.between), stamps


def join(target: Path, output: Joined, sources: Sequence[Source]) -> Rows:
    """Write a file of pieces, those of `sources` from there and the others new."""
    form, between = output.form, output.form.between.encode()
    slugs = list(output.slugs)
    rows = Rows(
        slugs=slugs,
        stamps=[form.stamps[slug] for slug in slugs],
        lengths=[],
        start=len(output.head.encode()),
    )
    whole = sources[0].rows if sources else None
    first, rest = whole.same(slugs, rows.stamps) if whole else (0, 0)
    with contextlib.ExitStack() as stack, target.open("wb") as out:
        files = [(stack.enter_context(source.path.open("rb")), source) for source in sources]
        pieces = _Pieces(out, between, rows.lengths)
        out.write((output.head if slugs else output.empty).encode())
        known = files[0][0] if files else None
        # What is new is looked for among the few new pieces first.
        files = files[1:] + files[:1]
        if whole and known and first:
            pieces.take(known, *whole.span(0, first, len(between)), whole.lengths[:first])
        for slug, stamp in zip(slugs[first:], rows.stamps[first : len(slugs) - rest], strict=False):
            for at, (file, source) in enumerate(files):
                if place := source.place(slug, stamp):
                    pieces.take(file, place[0], sum(place), [place[1]])
                    # Who has a piece has the next ones, too: there may be dozens of sources.
                    files.insert(0, files.pop(at))
                    break
            else:
                pieces.write(form.make(slug).encode())
        if whole and known and rest:
            end = len(whole.lengths)
            span = whole.span(end - rest, end, len(between))
            pieces.take(known, *span, whole.lengths[end - rest :])
        pieces.end()
        out.write(output.tail.encode() if slugs else b"")
    return rows


class _Pieces:
    """Writes pieces in a row; those that stand in a row in another file, too, in one go.

    lengths: is told of each piece.
    """

    def __init__(self, out: BinaryIO, between: bytes, lengths: list[int]) -> None:
        self._out = out
        self._between = between
        self._lengths = lengths
        # What is to be copied: from which file, from where to where.
        self._run: tuple[BinaryIO, int, int] | None = None

    def take(self, file: BinaryIO, start: int, end: int, lengths: Sequence[int]) -> None:
        """Some pieces that stand in a file from `start` to `end`."""
        run = self._run
        if run and file is run[0] and start == run[2] + len(self._between):
            # They stand behind the last one there, too.
            self._run = file, run[1], end
        else:
            self._begin()
            self._run = file, start, end
        self._lengths.extend(lengths)

    def write(self, piece: bytes) -> None:
        """A new piece."""
        self._begin()
        self._out.write(piece)
        self._lengths.append(len(piece))

    def end(self) -> None:
        """Write what is still to be copied."""
        _copy(self._out, self._run)
        self._run = None

    def _begin(self) -> None:
        self.end()
        if self._lengths:
            self._out.write(self._between)


def _copy(out: BinaryIO, run: tuple[BinaryIO, int, int] | None) -> None:
    if run is None:
        return
    file, start, end = run
    file.seek(start)
    while start < end:
        block = file.read(min(_BLOCK, end - start))
        if not block:
            raise OSError(f"{file.name} was cut off while it was read")
        out.write(block)
        start += len(block)
