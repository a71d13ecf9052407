"""Pagefind's bundle: what its files say, and the same bytes for the same site.

Pagefind 1.5 writes the values of a filter, the filters and the sort orders in the order of a hash
table, which differs from run to run; their file names are digests of that order. `settle` writes
them again in alphabetical order. The words it packs with a gzip of its own; they are packed anew,
so that `builder.site.amend` can write any of them without Pagefind. A bundle is path below its
folder -> bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace

from builder.site import packing
from builder.site.packing import UnknownBundle

_KIND, _PAPER = "kind", "paper"
# Names the other files: a browser reads it first.
ENTRY = "pagefind-entry.json"

# Pagefind's ready-made interfaces; the site has its own. The worker stays: large sites use it.
UNUSED = (
    "pagefind-component-ui.css",
    "pagefind-component-ui.js",
    "pagefind-highlight.js",
    "pagefind-modular-ui.css",
    "pagefind-modular-ui.js",
    "pagefind-ui.css",
    "pagefind-ui.js",
    "wasm.unknown.pagefind",
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """An indexed page without its text.

    id: as search results name it. url: from the site's root, such as "/papers/half-a-loaf/".
    meta, filters: as the page's attributes say.
    """

    id: str
    url: str
    meta: Mapping[str, str]
    filters: Mapping[str, tuple[str, ...]]

    def filter(self, name: str) -> str:
        """The first value of a filter; "" without one."""
        return next(iter(self.filters.get(name, ())), "")


@dataclass(frozen=True, kw_only=True)
class Fragment(Page):
    """What Pagefind knows of a page. content: the indexed text."""

    content: str


def fragments(bundle: Mapping[str, bytes]) -> Iterator[Fragment]:
    """Every indexed page, ordered by URL.

    Raises UnknownBundle when a file is not a fragment.
    """
    found = []
    for path, data in bundle.items():
        folder, _, name = path.partition("/")
        if folder != "fragment":
            continue
        try:
            raw = json.loads(packing.unpack(name, data))
            found.append(
                Fragment(
                    id=name.removesuffix(".pf_fragment"),
                    url=raw["url"],
                    content=raw["content"],
                    meta=raw["meta"],
                    filters={name: tuple(values) for name, values in raw["filters"].items()},
                )
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnknownBundle(f"{name}: {error}") from None
    yield from sorted(found, key=lambda fragment: (fragment.url, fragment.id))


def settle(bundle: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[Fragment]]:
    """The bundle without the files that the site does not use, the rest in a fixed order; and
    every indexed page, ordered by URL.

    What kind a page is of ("kind", a filter) is told by the first part of its id instead: that of
    papers is as Pagefind has it, "en_"; of others it is the kind's first letter, such as "t_", or
    "o_" without a kind. The filter, a list of all pages, would be loaded by all who search.
    Raises UnknownBundle when a file is not as expected.
    """
    settled = {path: data for path, data in bundle.items() if path not in UNUSED}
    with _repacking({path: settled[path] for path in settled if path.startswith("index/")}) as new:
        found = list(fragments(bundle))
        settled |= new
    ids, pages = {}, []
    for page in found:
        kind = page.filter(_KIND) or "other"
        if kind != _PAPER:
            ids[page.id] = f"{kind[0]}_{page.id.rpartition('_')[2]}"
            settled[_fragment(ids[page.id])] = settled.pop(_fragment(page.id))
        pages.append(replace(page, id=ids.get(page.id, page.id)))
    try:
        entry = json.loads(settled[ENTRY])
        for language, index in sorted(entry["languages"].items()):
            name = meta_path(index["hash"])
            meta = packing.read(name, settled.pop(name))
            # [version, pages, chunks of words, [filter, file], [sort, pages in order], fields]
            meta[1] = [[ids.get(page, page), *rest] for page, *rest in meta[1]]
            for _, file in (each for each in meta[3] if each[0] == _KIND):
                del settled[filter_path(file)]
            meta[3] = sorted(
                [filtered, _settle_filter(settled, language, file)]
                for filtered, file in meta[3]
                if filtered != _KIND
            )
            meta[4].sort(key=lambda order: order[0])
            index["hash"], data = packing.named(language, meta)
            settled[meta_path(index["hash"])] = data
    except KeyError as error:
        raise UnknownBundle(f"{error.args[0]}: missing") from None
    except (IndexError, TypeError, ValueError):
        raise UnknownBundle(f"{name}: unexpected form") from None
    settled[ENTRY] = json.dumps(entry, sort_keys=True).encode()
    return settled, pages


@contextmanager
def _repacking(files: Mapping[str, bytes]) -> Iterator[Iterable[tuple[str, bytes]]]:
    """Files packed anew: (path, data) of each, packed while other work is done."""
    # The other processors may help: packing is done without Python.
    with ThreadPoolExecutor() as threads:
        repacked = threads.map(
            lambda path: packing.pack(packing.unpack(path.rpartition("/")[2], files[path])), files
        )
        yield zip(files, repacked, strict=True)


def _settle_filter(bundle: dict[str, bytes], language: str, name: str) -> str:
    """Order the values of a filter; returns the new name of its file."""
    path = filter_path(name)
    filtered = packing.read(path, bundle.pop(path))
    filtered[1].sort(key=lambda value: value[0])
    new, data = packing.named(language, filtered)
    bundle[filter_path(new)] = data
    return new


def meta_path(name: str) -> str:
    """The file that says of what an index consists."""
    return f"pagefind.{name}.pf_meta"


def filter_path(name: str) -> str:
    """The file of a filter's values."""
    return f"filter/{name}.pf_filter"


def _fragment(name: str) -> str:
    return f"fragment/{name}.pf_fragment"
