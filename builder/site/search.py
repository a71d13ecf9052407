"""The search index: Pagefind over the built site, and the files that help its search to forgive."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import os
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.content.files import write_text
from builder.memory import Memory, packed, unpacked
from builder.site import amend, bundle, indexer, outputs, search_data
from builder.site.ahead import Ahead
from builder.site.bundle import Fragment, Page
from builder.site.indexed import Pages, Stamp, scan
from builder.site.search_data import Indexed

if TYPE_CHECKING:
    from builder.pages.views import AuthorRow

# An index in order, and its pages.
Settled = tuple[dict[str, bytes], list[Fragment]]

BUNDLE, DATA = outputs.INDEX
# Each names the other files of its folder.
_ENTRIES = (f"{BUNDLE}/{bundle.ENTRY}", f"{DATA}/index.json")

# Of a file of the index a checksum besides: what was written need not be read to be compared.
_SUM = 2
# What the search data was made of, in the memory.
_INDEXED = "indexed"
# Where more than one page of so many changed, a whole run takes no longer: each of them is read
# twice, as it was and as it is.
MOST = 4

# The modules that make the index of the pages.
_PARTS = (
    "amend",
    "authors",
    "bundle",
    "indexed",
    "indexer",
    "lean",
    "packing",
    "search",
    "search_data",
    "shards",
    "spelling",
)


class SearchFailed(RuntimeError):
    """The index could not be made; the message says why and what to do."""


def index(
    site: Path,
    *,
    authors: Sequence[AuthorRow] = (),
    record: Path | None = None,
    ahead: Ahead[Settled | None] | None = None,
) -> bool:
    """Index the built site: site/pagefind/ and site/search/ then stand for its pages.

    The same pages give the same bytes, and only files that differ are written. authors: those who
    are found by name; their pages need not be indexed. record: a file of ours in which the next run
    finds what was indexed; where that is what the pages still say, nothing is done. ahead: an index
    that was begun while the pages were made; it is taken if it is the right one. Returns whether
    anything was done. Raises SearchFailed when Pagefind is missing or fails, or writes files of an
    unknown form.
    """
    site = site.absolute()
    known = _read(record)
    people = hashlib.sha256(repr(authors).encode()).hexdigest()
    with closing(_memory(record)) as memory:
        pages = Pages(
            site, _pages(site), known.get("pages", {}), memory, ahead.looks if ahead else {}
        )
        written = known.get("files", {})
        there = _stamps(site)
        same = there == {path: each[:_SUM] for path, each in written.items()}
        if record and same and known.get("authors") == people and pages.as_before():
            _keep(record, pages, people, written)
            memory.save()
            return False
        if record:
            # What follows may be interrupted, and then stands for nothing.
            record.unlink(missing_ok=True)
        made = None
        if record and same:
            made = _amended(site, pages, authors, memory, written)
        if made is None:
            made = _made(site, pages, authors, ahead)
        sums = {path: _sum(content) for path, content in made.files.items()}
        sums |= {path: written[path][_SUM] for path in made.kept}
        _publish(
            site,
            made,
            {
                path
                for path, each in written.items()
                if each[:_SUM] == there.get(path) and each[_SUM] == sums.get(path)
            },
        )
        if record:
            stamps = _stamps(site)
            _keep(
                record,
                pages,
                people,
                {path: [*stamp, sums[path]] for path, stamp in stamps.items()},
            )
            memory.remember(_INDEXED, {"": (sums[_ENTRIES[0]], packed(made.indexed))})
            memory.save()
    return True


@dataclass(frozen=True, kw_only=True)
class _Made:
    """An index. files: path below the site -> content; kept: the paths of others, which stand there
    as they are. indexed: what the search data was made of."""

    files: Mapping[str, bytes]
    kept: Set[str] = frozenset()
    indexed: Indexed


def settle(made: Mapping[str, bytes]) -> Settled | None:
    """What Pagefind made, in order; None where that has no page.

    Raises UnknownBundle when a file is not as expected.
    """
    has_pages = any(path.startswith("fragment/") for path in made)
    return bundle.settle(made) if has_pages else None


def _made(
    site: Path, pages: Pages, authors: Sequence[AuthorRow], ahead: Ahead[Settled | None] | None
) -> _Made:
    """The index of all pages."""
    with _failing():
        found = ahead.result(pages.marked) if ahead else None
        if found is None:
            found = settle(indexer.run(pages.parts()))
        if found is None:
            # A site in which nothing is marked is indexed as a whole.
            found = settle(indexer.run(pages.all()))
        if found is None:
            raise SearchFailed(f"Pagefind found no page to index in {site}; build the site first")
    files, fragments = found
    indexed = Indexed.of(fragments)
    return _Made(files=_of_bundle(files) | _data(indexed, authors), indexed=indexed)


def _amended(
    site: Path,
    pages: Pages,
    authors: Sequence[AuthorRow],
    memory: Memory,
    written: Mapping[str, list[Any]],
) -> _Made | None:
    """The index that lies in the site, with the pages exchanged that changed; None where it must be
    made anew. written: its files, which stand there as they were written."""
    changes = pages.changes()
    if changes is None or len(changes) * MOST > len(pages.marked):
        return None
    sign, kept = memory.one(_INDEXED, "")
    known = unpacked(kept) if sign == written[_ENTRIES[0]][_SUM] else None
    if known is None:
        return None

    def fields(before: Sequence[Page], now: Sequence[Page]) -> list[str]:
        urls = {page.url for page in before}
        rest = (page.meta for page in known.pages if page.url not in urls)
        return sorted({*chain(*rest), *chain(*(page.meta for page in now))})

    with _failing():
        amended = amend.amend(
            lambda path: (site / BUNDLE / path).read_bytes(), changes, len(pages.marked), fields
        )
    if amended is None:
        return None
    indexed = known.amended(amended.before, amended.now)
    files = _of_bundle(amended.files) | _data(indexed, authors)
    gone = {f"{BUNDLE}/{path}" for path in amended.gone}
    kept_paths = {path for path in written if path.startswith(f"{BUNDLE}/")} - gone - files.keys()
    return _Made(files=files, kept=kept_paths, indexed=indexed)


def _of_bundle(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{BUNDLE}/{path}": content for path, content in files.items()}


def _data(indexed: Indexed, authors: Sequence[AuthorRow]) -> dict[str, bytes]:
    files = search_data.files(indexed, authors)
    return {f"{DATA}/{path}": text.encode() for path, text in files.items()}


@contextmanager
def _failing() -> Iterator[None]:
    """Says of an index that cannot be made what to do."""
    try:
        yield
    except indexer.PagefindFailed as error:
        raise SearchFailed(str(error)) from None
    except bundle.UnknownBundle as error:
        raise SearchFailed(
            f"Pagefind wrote a file that is not understood: {error}; install a version that "
            "pyproject.toml allows"
        ) from None


def _keep(record: Path, pages: Pages, authors: str, files: Mapping[str, list[Any]]) -> None:
    """Write down what was seen, for the next run: {"programs", "pages": {path: [stamp, digest]},
    "authors": digest, "files": {path: [*stamp, sum]}}."""
    found = {"programs": _programs(), "pages": pages.keep(), "authors": authors, "files": files}
    record.parent.mkdir(parents=True, exist_ok=True)
    write_text(record, json.dumps(found, separators=(",", ":")))


def _memory(record: Path | None) -> Memory:
    """Where what is indexed of each page is kept: beside the record."""
    return Memory(record.with_suffix(".db"), _programs()) if record else Memory()


def _pages(site: Path) -> dict[str, Stamp]:
    """The pages of a site: path below it -> stamp."""
    return {
        path: stamp
        for path, stamp in scan(site, suffix=".html")
        if not path.startswith((f"{BUNDLE}/", f"{DATA}/"))
    }


def _sum(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def _publish(site: Path, made: _Made, same: Set[str]) -> None:
    """Write the files that differ, those that name others last; then remove the ones left over.

    So a search in a site that is being read finds what it looks for, before and after. same: the
    files of which it is known that they stand there as they are.
    """
    files = made.files
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
    for path in _stamps(site).keys() - files.keys() - made.kept:
        (site / path).unlink()
    for top in (BUNDLE, DATA):
        for folder, _, _ in os.walk(site / top, topdown=False):
            if not any(os.scandir(folder)):
                Path(folder).rmdir()


def _stamps(site: Path) -> dict[str, Stamp]:
    """The files of the index: path below the site -> stamp."""
    return dict(scan(site, BUNDLE)) | dict(scan(site, DATA))


@functools.cache
def _programs() -> str:
    """What makes the index of the pages: Pagefind's version, and our own code."""
    texts = [importlib.metadata.version("pagefind_bin")]
    for name in _PARTS:
        texts.append((Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _read(record: Path | None) -> dict[str, Any]:
    """What the last run wrote down; nothing of another version's."""
    try:
        found = json.loads(record.read_text(encoding="utf-8")) if record else {}
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and found.get("programs") == _programs() else {}
