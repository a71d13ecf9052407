"""What is indexed of each page of a site, and what of it an earlier run has seen.

A look at a page costs a third of a millisecond, and every page is needed whenever one of them
changes. So looks are kept: a page whose file is as it was, by size and time, is not read again.
"""

from __future__ import annotations

import hashlib
import tempfile
import threading
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from builder.memory import Memory
from builder.site import lean
from builder.site.amend import Change
from builder.walking import walk

# A file as it was last seen: size and time of modification.
Stamp = list[int]

KIND = "lean"
# The parts of so many pages are held at once while they are kept.
_TOGETHER = 1000


def row(path: str) -> tuple[bool, str]:
    """The place of a page in the row of an index, by its path: papers, of which there are most, can
    be indexed while others are made."""
    return not is_paper(path), path


def is_paper(path: str) -> bool:
    """Whether a page is a paper's, by its path."""
    return path.startswith("papers/")


@dataclass(frozen=True, kw_only=True)
class Look:
    """A look at a page.

    digest: of the part that is indexed, "" where nothing is. held: that part, packed, or where it
    lies.
    """

    stamp: Stamp
    digest: str
    held: bytes | Place

    @classmethod
    def at(cls, page: Path, html: bytes | None = None) -> Look:
        """Look at a page; html: what its file holds, where that is known.

        Raises OSError when there is no such file.
        """
        status = page.stat()
        found = lean.lean(page.read_bytes() if html is None else html)
        return cls(
            stamp=[status.st_size, status.st_mtime_ns],
            digest="" if found is None else _digest(found),
            held=b"" if found is None else zlib.compress(found, 1),
        )

    @property
    def part(self) -> bytes:
        """The part that is indexed, packed."""
        return self.held if isinstance(self.held, bytes) else self.held.read()

    @property
    def html(self) -> bytes:
        """The part that is indexed, as a page of its own."""
        return zlib.decompress(self.part)


class Store:
    """A file for parts of pages, which goes when it is closed: those of a hundred thousand pages
    would take 300 MB of memory, while Pagefind needs all that there is. Any thread may use it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        self._end = 0
        self._lock = threading.Lock()

    def put(self, look: Look) -> Look:
        """The same look, whose part lies in the file."""
        part = look.part
        with self._lock:
            self._file.seek(self._end)
            self._file.write(part)
            place = Place(store=self, start=self._end, size=len(part))
            self._end += len(part)
        return replace(look, held=place)

    def read(self, start: int, size: int) -> bytes:
        """What lies there."""
        with self._lock:
            self._file.seek(start)
            return self._file.read(size)

    def close(self) -> None:
        """Remove it."""
        self._file.close()


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where in a store a part lies, in bytes."""

    store: Store
    start: int
    size: int

    def read(self) -> bytes:
        """What lies there."""
        return self.store.read(self.start, self.size)


class Pages:
    """The pages of a site.

    known: path -> [stamp, digest], as the last run saw them; looks: at pages of this build, taken
    while it was made. memory: where parts are kept.
    """

    def __init__(
        self,
        site: Path,
        stamps: Mapping[str, Stamp],
        known: Mapping[str, Any],
        memory: Memory,
        looks: Mapping[str, Look],
    ) -> None:
        self._site = site
        self.stamps = stamps
        self._known = known
        self._memory = memory
        self._looks = {path: look for path, look in looks.items() if stamps.get(path) == look.stamp}
        self.digests: dict[str, str] = {}

    def as_before(self) -> bool:
        """Whether the index that is known is the one that these pages would get."""
        if self._known.keys() != self.stamps.keys():
            return False
        return all(
            self.digest(path) == digest for path, (_, digest) in self._known.items()
        ) and any(self.digests.values())

    def digest(self, path: str) -> str:
        """The digest of what is indexed of a page; "" where nothing is."""
        if path not in self.digests:
            stamp, digest = self._known.get(path, (None, ""))
            same = path not in self._looks and stamp == self.stamps[path]
            self.digests[path] = digest if same else self._look(path).digest
        return self.digests[path]

    @cached_property
    def marked(self) -> dict[str, str]:
        """The pages that say what is indexed of them, in their row -> digest."""
        found = {path: self.digest(path) for path in sorted(self.stamps, key=row)}
        return {path: digest for path, digest in found.items() if digest}

    def changes(self) -> list[Change] | None:
        """The pages of the index that is known which would be others in the one that these pages
        get; None where it would have others, or what they were is not known any more."""
        marked = self.marked
        known = {path: digest for path, (_, digest) in self._known.items() if digest}
        # Where no page says what is indexed of it, all are indexed as they are.
        if not marked or known.keys() != marked.keys():
            return None
        found = []
        for number, (path, digest) in enumerate(marked.items()):
            if digest == known[path]:
                continue
            kept, part = self._memory.one(KIND, path)
            before = _unpacked(part) if kept == known[path] else None
            if before is None or _digest(before) != kept:
                return None
            now = self._look(path).html
            found.append(Change(number=number, path=path, before=before, now=now))
        return found

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """What is indexed of each page, in their row; any thread may take them."""
        # The memory is this thread's alone.
        return self._parts(self._memory.recall(KIND), self.marked)

    def _parts(
        self, kept: Mapping[str, tuple[str, bytes]], marked: Mapping[str, str]
    ) -> Iterator[tuple[str, bytes]]:
        for path, digest in marked.items():
            known, part = kept.get(path, ("", b""))
            found = _unpacked(part) if known == digest and path not in self._looks else None
            if found is None or _digest(found) != digest:
                found = self._look(path).html
            yield path, found

    def all(self) -> Iterator[tuple[str, bytes]]:
        """All pages, as they are."""
        for path in sorted(self.stamps, key=row):
            yield path, (self._site / path).read_bytes()

    def keep(self) -> dict[str, list[Any]]:
        """Keep the parts for the next run; returns what it needs to know of all pages."""
        for path in self.stamps:
            self.digest(path)
        looks = list(self._looks.items())
        for some in (looks[at : at + _TOGETHER] for at in range(0, len(looks), _TOGETHER)):
            self._memory.remember(KIND, {path: (look.digest, look.part) for path, look in some})
        self._memory.forget(KIND, self._known.keys() - self.stamps.keys())
        return {path: [stamp, self.digests[path]] for path, stamp in self.stamps.items()}

    def _look(self, path: str) -> Look:
        if path not in self._looks:
            self._looks[path] = Look.at(self._site / path)
        return self._looks[path]


def scan(site: Path, folder: str = "", suffix: str = "") -> Iterator[tuple[str, Stamp]]:
    """Every file below a folder of the site whose name ends so: path below the site, stamp."""
    prefix = f"{folder}/" if folder else ""
    for name, status in walk(site / folder):
        if name.endswith(suffix):
            yield f"{prefix}{name}", [status.st_size, status.st_mtime_ns]


def _digest(part: bytes) -> str:
    return hashlib.sha256(part).hexdigest()


def _unpacked(part: bytes) -> bytes | None:
    try:
        return zlib.decompress(part)
    except zlib.error:
        return None
