"""Writes the files for machines, and of each no more than changed.

A build that writes pages of many papers in several processes lets each of them write its papers'
own files (`write_papers`), and hands what they return to `write_lists`, so that nothing is made
twice and no process holds all texts.

Of the lists a digest of all that they are made of is remembered, with the size, number and times
that the file had when it was written: a file that is still there like that is not made, read or
written again. Where a few pieces of a large file changed, the others are copied from the last one.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from builder.exports import citations
from builder.exports.markdown import paper_text
from builder.exports.outputs import Form, Joined, Made, Output
from builder.exports.publish import Publication, publish_lists
from builder.memory import Memory, packed, unpacked

_LISTS = "published lists"
_PAPERS = "published papers"
_BLOCK = 1 << 20
_BINARY = getattr(os, "O_BINARY", 0)

_Place = tuple[int, int]
_Sign = tuple[int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class Part:
    """Pieces of one form in a file, as `Joined` puts them in a row. places: slug -> (offset,
    length), in bytes."""

    form: str
    path: Path
    places: Mapping[str, _Place]


@dataclass(frozen=True, kw_only=True)
class Lists:
    """What writing the lists did. paths: of all of them, below the site's root; changed: of those
    that were written, in the same order."""

    paths: tuple[str, ...]
    changed: tuple[str, ...]


def stale_papers(publication: Publication, memory: Memory) -> list[str]:
    """Slugs of the papers whose own files may be others than `remember_papers` last knew."""
    _, value = memory.recall(_PAPERS).get(_PAPERS, ("", b""))
    known = unpacked(value) or {}
    return [slug for slug, made in publication.stamps.items() if known.get(slug) != made]


def gone_papers(publication: Publication, memory: Memory) -> list[str]:
    """Slugs of the papers whose own files `remember_papers` last knew, and that are no more."""
    _, value = memory.recall(_PAPERS).get(_PAPERS, ("", b""))
    return [slug for slug in unpacked(value) or {} if slug not in publication.stamps]


def remember_papers(publication: Publication, memory: Memory) -> None:
    """Know that all papers' own files stand as they should."""
    memory.remember(_PAPERS, {_PAPERS: ("", packed(dict(publication.stamps)))})


def write_papers(
    site: Path, slugs: Iterable[str], publication: Publication, folder: Path
) -> tuple[Part, ...]:
    """Write the own files of some papers, and their pieces of lists to files in `folder`, which
    `write_lists` removes."""
    folder.mkdir(parents=True, exist_ok=True)
    library, forms = publication.library, publication.forms
    places: dict[str, dict[str, _Place]] = {name: {} for name in forms}
    with contextlib.ExitStack() as stack:
        out = {
            name: stack.enter_context(
                tempfile.NamedTemporaryFile(dir=folder, prefix=f"{name}-", delete=False)
            )
            for name in forms
        }
        for slug in slugs:
            pieces = {name: form.make(slug) for name, form in forms.items()}
            files = citations.files_of(slug, pieces)
            files[f"papers/{slug}/index.md"] = paper_text(
                library,
                publication.analysis,
                library.papers[slug],
                publication.site,
                publication.edition_names,
            )
            folder_of = site / "papers" / slug
            _create(folder_of, {path.rpartition("/")[2]: text for path, text in files.items()})
            for name, piece in pieces.items():
                if places[name]:
                    out[name].write(forms[name].between.encode())
                data = piece.encode()
                places[name][slug] = out[name].tell(), len(data)
                out[name].write(data)
        return tuple(
            Part(form=name, path=Path(file.name), places=places[name]) for name, file in out.items()
        )


def write_lists(
    site: Path, publication: Publication, memory: Memory, parts: Iterable[Part] = ()
) -> Lists:
    """Write the files of many papers.

    parts: what `write_papers` returned, of all papers that changed or of some of them.
    """
    outputs = publish_lists(publication, memory)
    parts = tuple(parts)
    try:
        changed = _Writer(site, memory, parts).write(outputs)
    finally:
        for part in parts:
            part.path.unlink(missing_ok=True)
    return Lists(paths=tuple(outputs), changed=tuple(changed))


@dataclass(frozen=True, kw_only=True)
class _Rows:
    """Where the pieces of a file stand. lengths: in bytes; start: of the first piece."""

    slugs: list[str]
    stamps: list[str]
    lengths: list[int]
    start: int

    def places(self, between: int) -> dict[str, _Place]:
        """Slug -> (offset, length). between: the length of what stands between two pieces."""
        ends = itertools.accumulate(
            (length + between for length in self.lengths), initial=self.start
        )
        return dict(zip(self.slugs, zip(ends, self.lengths, strict=False), strict=False))


@dataclass(frozen=True, kw_only=True)
class _Source:
    """A file that holds pieces. stamps: of what they are made of; None where all are new."""

    path: Path
    places: Mapping[str, _Place]
    stamps: Mapping[str, str] | None = None

    def place(self, slug: str, stamp: str) -> _Place | None:
        """Where a piece of this stamp stands, if it does."""
        fresh = self.stamps is None or self.stamps.get(slug) == stamp
        return self.places.get(slug) if fresh else None


class _Writer:
    """Writes lists; of those of pieces the first of each form holds all that others hold."""

    def __init__(self, site: Path, memory: Memory, parts: Iterable[Part]) -> None:
        self._site = site
        self._memory = memory
        self._sources: dict[str, list[_Source]] = {}
        for part in parts:
            source = _Source(path=part.path, places=part.places)
            self._sources.setdefault(part.form, []).append(source)
        self._wholes: set[str] = set()

    def write(self, outputs: Mapping[str, Output]) -> list[str]:
        """Write what changed; returns the paths."""
        known = self._memory.recall(_LISTS)
        made: dict[str, tuple[str, bytes]] = {}
        for path, output in outputs.items():
            target = self._site / path
            stamp, value = known.get(path, ("", b""))
            sign, rows = unpacked(value) or (None, None)
            as_left = sign is not None and sign == _sign(target)
            is_whole = isinstance(output, Joined) and output.form.name not in self._wholes
            if isinstance(output, Joined) and is_whole:
                self._wholes.add(output.form.name)
                if as_left and rows:
                    self._add(output.form, target, rows)
            if as_left and stamp == output.stamp:
                continue
            if isinstance(output, Made):
                _put(target, output.text().encode())
                rows = None
            else:
                rows = _join(target, output, self._sources.get(output.form.name, []))
                if is_whole:
                    self._add(output.form, target, rows)
            made[path] = output.stamp, packed((_sign(target), rows if is_whole else None))
        self._memory.remember(_LISTS, made)
        self._memory.forget(_LISTS, known.keys() - outputs.keys())
        return list(made)

    def _add(self, form: Form, path: Path, rows: _Rows) -> None:
        """Take pieces from a file first that has (or had, until it was written anew) them all."""
        source = _Source(
            path=path,
            places=rows.places(len(form.between.encode())),
            stamps=dict(zip(rows.slugs, rows.stamps, strict=True)),
        )
        others = self._sources.get(form.name, [])
        self._sources[form.name] = [source, *(other for other in others if other.path != path)]


def _join(target: Path, output: Joined, sources: Iterable[_Source]) -> _Rows:
    """Write a file of pieces, those of `sources` from there and the others new."""
    form, between = output.form, output.form.between.encode()
    slugs = list(output.slugs)
    rows = _Rows(
        slugs=slugs,
        stamps=[form.stamps[slug] for slug in slugs],
        lengths=[],
        start=len(output.head.encode()),
    )
    with contextlib.ExitStack() as stack, _replacing(target) as out:
        files = [(stack.enter_context(source.path.open("rb")), source) for source in sources]
        nowhere: tuple[BinaryIO | None, _Place] = (None, (0, 0))
        # What is to be copied: from which file, from where to where.
        run: tuple[BinaryIO, int, int] | None = None
        out.write((output.head if slugs else output.empty).encode())
        for slug, stamp in zip(slugs, rows.stamps, strict=True):
            file, (offset, length) = nowhere
            for at, (known, source) in enumerate(files):
                if place := source.place(slug, stamp):
                    file, (offset, length) = known, place
                    # Who has a piece has the next ones, too: there may be dozens of sources.
                    files.insert(0, files.pop(at))
                    break
            if run and file is run[0] and offset == run[2] + len(between):
                # The piece stands behind the last one there, too.
                run = file, run[1], offset + length
                rows.lengths.append(length)
                continue
            _copy(out, run)
            if rows.lengths:
                out.write(between)
            run = (file, offset, offset + length) if file else None
            if file is None:
                data = form.make(slug).encode()
                length = len(data)
                out.write(data)
            rows.lengths.append(length)
        _copy(out, run)
        out.write(output.tail.encode() if slugs else b"")
    return rows


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


def _put(path: Path, data: bytes) -> None:
    """Let a file hold these bytes; one that does keeps its times."""
    try:
        with path.open("rb") as file:
            if file.read() == data:
                return
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    with _replacing(path) as out:
        out.write(data)


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file that takes a path when it is whole, so that a reader sees the old one or the new
    one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".tmp-{os.getpid()}-{path.name}")
    try:
        with temporary.open("wb") as out:
            yield out
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _create(folder: Path, files: Mapping[str, str]) -> None:
    """Let a folder hold these files, name -> text; those that do keep their times.

    Thousands of papers have a folder each: what `Path` would do for every file costs more than the
    file.
    """
    base = str(folder)
    for name, text in files.items():
        path, data = f"{base}/{name}", text.encode()
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        except FileNotFoundError:
            folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        except FileExistsError:
            _put(folder / name, data)
            continue
        with open(descriptor, "wb") as out:  # noqa: PTH123
            out.write(data)


def _sign(path: Path) -> _Sign | None:
    """What tells that a file is the one that was written; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
