"""The search index: Pagefind over the built site, and the files that help its search to forgive."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import os
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Any

from builder.content.files import write_text
from builder.site import bundle, indexer, lean, search_data

BUNDLE = "pagefind"
DATA = "search"
# Each names the other files of its folder.
_ENTRIES = (f"{BUNDLE}/{bundle.ENTRY}", f"{DATA}/index.json")

# A file as it was last seen: size and time of modification.
Stamp = list[int]
# Of a file of the index a checksum besides: what was written need not be read to be compared.
_SUM = 2


class SearchFailed(RuntimeError):
    """The index could not be made; the message says why and what to do."""


def index(site: Path, *, record: Path | None = None) -> bool:
    """Index the built site: site/pagefind/ and site/search/ then stand for its pages.

    The same pages give the same bytes, and only files that differ are written. record: a file of
    ours in which the next run finds what was indexed; where that is what the pages still say,
    nothing is done. Returns whether anything was. Raises SearchFailed when Pagefind is missing or
    fails, or writes files of an unknown form.
    """
    site = site.absolute()
    pages = _Pages(site, record)
    written = pages.known.get("files", {})
    there = _stamps(site)
    if (
        record
        and pages.as_before()
        and there == {path: each[:_SUM] for path, each in written.items()}
    ):
        pages.keep(record, written)
        return False
    if record:
        # What follows may be interrupted, and then stands for nothing.
        record.unlink(missing_ok=True)
    try:
        made = indexer.run(pages.marked())
        if not _fragments(made):
            # A site in which nothing is marked is indexed as a whole.
            made = indexer.run(pages.all())
        if not _fragments(made):
            raise SearchFailed(f"Pagefind found no page to index in {site}; build the site first")
        made, found = bundle.settle(made)
        data = search_data.files(found)
    except indexer.PagefindFailed as error:
        raise SearchFailed(str(error)) from None
    except bundle.UnknownBundle as error:
        raise SearchFailed(
            f"Pagefind wrote a file that is not understood: {error}; install a version that "
            "pyproject.toml allows"
        ) from None
    files = {f"{BUNDLE}/{path}": content for path, content in made.items()}
    files |= {f"{DATA}/{path}": text.encode() for path, text in data.items()}
    sums = {path: _sum(content) for path, content in files.items()}
    same = {
        path
        for path, each in written.items()
        if each[:_SUM] == there.get(path) and each[_SUM] == sums.get(path)
    }
    _publish(site, files, same)
    pages.keep(record, {path: [*stamp, sums[path]] for path, stamp in _stamps(site).items()})
    return True


class _Pages:
    """The pages of a site, and what an earlier run has seen of them.

    known: {"programs", "pages": {path: [stamp, digest]}, "files": {path: [*stamp, sum]}}: what made
    the index, the pages with a digest of what is indexed of each ("": nothing), the index's files.
    """

    def __init__(self, site: Path, record: Path | None) -> None:
        self._site = site
        self._stamps = {
            path: stamp
            for path, stamp in _scan(site, "", suffix=".html")
            if not path.startswith((f"{BUNDLE}/", f"{DATA}/"))
        }
        self._digests: dict[str, str] = {}
        self.known = _read(record)
        if self.known.get("programs") != _programs():
            self.known = {}

    def as_before(self) -> bool:
        """Whether the index that is known is the one that these pages would get."""
        before = self.known.get("pages", {})
        if before.keys() != self._stamps.keys():
            return False
        for path, (stamp, digest) in before.items():
            if stamp == self._stamps[path]:
                self._digests[path] = digest
                continue
            self._lean(path)
            if self._digests[path] != digest:
                return False
        return any(self._digests.values())

    def marked(self) -> Iterator[tuple[str, bytes]]:
        """The part that is indexed of each page that says so, in the order of their paths."""
        for path in sorted(self._stamps):
            found = self._lean(path)
            if found is not None:
                yield path, found

    def all(self) -> Iterator[tuple[str, bytes]]:
        """All pages, as they are."""
        for path in sorted(self._stamps):
            yield path, (self._site / path).read_bytes()

    def _lean(self, path: str) -> bytes | None:
        found = lean.lean((self._site / path).read_bytes())
        self._digests[path] = "" if found is None else hashlib.sha256(found).hexdigest()
        return found

    def keep(self, record: Path | None, files: Mapping[str, list[Any]]) -> None:
        """Write down what was seen, for the next run."""
        if record is None:
            return
        pages = {path: [stamp, self._digests[path]] for path, stamp in self._stamps.items()}
        found = {"programs": _programs(), "pages": pages, "files": files}
        record.parent.mkdir(parents=True, exist_ok=True)
        write_text(record, json.dumps(found, separators=(",", ":")))


def _fragments(made: Mapping[str, bytes]) -> bool:
    return any(path.startswith("fragment/") for path in made)


def _sum(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def _publish(site: Path, files: Mapping[str, bytes], same: Set[str]) -> None:
    """Write the files that differ, those that name others last; then remove the ones left over.

    So a search in a site that is being read finds what it looks for, before and after. same: the
    files of which it is known that they stand there as they are.
    """
    for path in sorted(files.keys() - same, key=lambda path: (path in _ENTRIES, path)):
        target = site / path
        try:
            if target.read_bytes() == files[path]:
                continue
        except OSError:
            target.parent.mkdir(parents=True, exist_ok=True)
        if path in _ENTRIES:
            write_text(target, files[path].decode())
        else:
            target.write_bytes(files[path])
    for path in _stamps(site).keys() - files.keys():
        (site / path).unlink()
    for top in (BUNDLE, DATA):
        for folder, _, _ in os.walk(site / top, topdown=False):
            if not any(os.scandir(folder)):
                Path(folder).rmdir()


def _stamps(site: Path) -> dict[str, Stamp]:
    """The files of the index: path below the site -> stamp."""
    return dict(_scan(site, BUNDLE)) | dict(_scan(site, DATA))


def _scan(site: Path, folder: str, suffix: str = "") -> Iterator[tuple[str, Stamp]]:
    """Every file below a folder of the site whose name ends so: path below the site, stamp."""
    folders = [folder]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(site / folder))
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir():
                folders.append(path)
            elif path.endswith(suffix):
                status = entry.stat()
                yield path, [status.st_size, status.st_mtime_ns]


@functools.cache
def _programs() -> str:
    """What makes the index of the pages: Pagefind's version, and our own code."""
    texts = [importlib.metadata.version("pagefind_bin")]
    for name in ("bundle", "indexer", "lean", "search", "search_data", "spelling"):
        texts.append((Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _read(record: Path | None) -> dict[str, Any]:
    try:
        found = json.loads(record.read_text(encoding="utf-8")) if record else {}
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
