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
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from builder.exports import citations
from builder.exports.markdown import paper_text
from builder.exports.outputs import Form, Joined, Made, Output
from builder.exports.pieces import Place, Rows, Source, join
from builder.exports.publish import Publication
from builder.memory import Memory, packed, unpacked

# What is kept between builds.
(_LISTS,) = KINDS = ("published lists",)
_BINARY = getattr(os, "O_BINARY", 0)

_Sign = tuple[int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class Part:
    """Pieces of one form in a file, as `Joined` puts them in a row. places: slug -> (offset,
    length), in bytes."""

    form: str
    path: Path
    places: Mapping[str, Place]


@dataclass(frozen=True, kw_only=True)
class Lists:
    """What writing the lists did. paths: of all of them, below the site's root; changed: of those
    that were written, in the same order."""

    paths: tuple[str, ...]
    changed: tuple[str, ...]


def write_papers(
    site: Path, slugs: Iterable[str], publication: Publication, folder: Path
) -> tuple[Part, ...]:
    """Write the own files of some papers, and their pieces of lists to files in `folder`, which
    `write_lists` removes."""
    folder.mkdir(parents=True, exist_ok=True)
    library, forms = publication.library, publication.forms
    places: dict[str, dict[str, Place]] = {name: {} for name in forms}
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


def write_texts(site: Path, texts: Mapping[str, str]) -> None:
    """Write some files, path below the site's root -> text; one that is so keeps its times."""
    for path, text in texts.items():
        _put(site / path, text.encode())


def write_lists(
    site: Path,
    outputs: Mapping[str, Output],
    memory: Memory,
    folder: Path,
    parts: Iterable[Part] = (),
) -> Lists:
    """Write the files of many papers, which `publish_lists` gives.

    folder: of ours, in which they are made; parts: what `write_papers` returned, of all papers that
    changed or of some of them.
    """
    parts = tuple(parts)
    try:
        return made_lists(site, outputs, memory, folder, parts)()
    finally:
        for part in parts:
            part.path.unlink(missing_ok=True)


def made_lists(
    site: Path,
    outputs: Mapping[str, Output],
    memory: Memory,
    folder: Path,
    parts: Iterable[Part] = (),
) -> Callable[[], Lists]:
    """As `write_lists`, but for the site: gives what puts the files that were made there."""
    folder.mkdir(parents=True, exist_ok=True)
    writer = _Writer(site, memory, folder, parts)
    writer.make(outputs)
    return lambda: Lists(paths=tuple(outputs), changed=tuple(writer.put(outputs)))


@dataclass(frozen=True, kw_only=True)
class _New:
    """A file that was made: its text, or the file that holds it. rows: of a whole list."""

    stamp: str
    text: bytes | Path
    rows: Rows | None


class _Writer:
    """Writes lists; of those of pieces the first of each form holds all that others hold."""

    def __init__(self, site: Path, memory: Memory, folder: Path, parts: Iterable[Part]) -> None:
        self._site = site
        self._memory = memory
        self._folder = folder
        self._sources: dict[str, list[Source]] = {}
        for part in parts:
            source = Source(path=part.path, between=0, places=part.places)
            self._sources.setdefault(part.form, []).append(source)
        self._wholes: set[str] = set()
        self._known = memory.recall(_LISTS)
        self._made: dict[str, _New] = {}

    def make(self, outputs: Mapping[str, Output]) -> None:
        """Make what changed."""
        for path, output in outputs.items():
            target = self._site / path
            stamp, value = self._known.get(path, ("", b""))
            sign, rows = unpacked(value) or (None, None)
            as_left = sign is not None and sign == _sign(target)
            is_whole = isinstance(output, Joined) and output.form.name not in self._wholes
            if isinstance(output, Joined) and is_whole:
                self._wholes.add(output.form.name)
                if as_left and rows:
                    self._add(output.form, target, Rows.of(rows))
            if as_left and stamp == output.stamp:
                continue
            if isinstance(output, Made):
                text = output.text().encode()
                self._made[path] = _New(stamp=output.stamp, text=text, rows=None)
                continue
            file = self._folder / f"list-{os.getpid()}-{len(self._made)}"
            made = join(file, output, self._sources.get(output.form.name, []))
            if is_whole:
                self._add(output.form, file, made)
            rows = made if is_whole else None
            self._made[path] = _New(stamp=output.stamp, text=file, rows=rows)

    def put(self, outputs: Mapping[str, Output]) -> list[str]:
        """Put what was made into the site, and remember it; returns the paths."""
        told: dict[str, tuple[str, bytes]] = {}
        for path, new in self._made.items():
            target = self._site / path
            if isinstance(new.text, Path):
                _move(new.text, target)
            else:
                _put(target, new.text)
            rows = new.rows.told if new.rows else None
            told[path] = new.stamp, packed((_sign(target), rows))
        self._memory.remember(_LISTS, told)
        self._memory.forget(_LISTS, self._known.keys() - outputs.keys())
        return list(told)

    def _add(self, form: Form, path: Path, rows: Rows) -> None:
        """Take pieces from a file first that has (or had, until it was made anew) them all."""
        source = Source(path=path, between=len(form.between.encode()), rows=rows)
        others = self._sources.get(form.name, [])
        self._sources[form.name] = [source, *(other for other in others if other.rows is None)]


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


def _move(file: Path, target: Path) -> None:
    """Let a file take a path, at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        file.replace(target)
    except OSError:
        # Most likely the site is on another disk.
        with file.open("rb") as source, _replacing(target) as out:
            shutil.copyfileobj(source, out)
        file.unlink()


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
