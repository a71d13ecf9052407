"""Pagefind's bundle: what its files say, and the same bytes for the same site.

Pagefind 1.5 writes the values of a filter, the filters and the sort orders in the order of a hash
table, which differs from run to run; their file names are digests of that order. `settle` writes
them again in alphabetical order. The files are gzip over "pagefind_dcd" and then JSON (fragments)
or CBOR (RFC 8949; only integers, texts and arrays occur). A bundle is path below its folder ->
bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

SIGNATURE = b"pagefind_dcd"
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


class UnknownBundle(Exception):
    """The files are not as this version of Pagefind writes them; the message says which."""


@dataclass(frozen=True, kw_only=True)
class Fragment:
    """What Pagefind knows of a page.

    id: as search results name it. url: from the site's root, such as "/papers/half-a-loaf/".
    content: the indexed text. meta, filters: as the page's attributes say.
    """

    id: str
    url: str
    content: str
    meta: Mapping[str, str]
    filters: Mapping[str, tuple[str, ...]]

    def filter(self, name: str) -> str:
        """The first value of a filter; "" without one."""
        return next(iter(self.filters.get(name, ())), "")


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
            raw = json.loads(_unpack(name, data))
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
    papers is as Pagefind has it, "en_"; of others it is the kind's first letter, such as "a_", or
    "o_" without a kind. The filter, a list of all pages, would be loaded by all who search.
    Raises UnknownBundle when a file is not as expected.
    """
    settled = {path: data for path, data in bundle.items() if path not in UNUSED}
    ids, pages = {}, []
    for page in fragments(bundle):
        kind = page.filter(_KIND) or "other"
        if kind != _PAPER:
            ids[page.id] = f"{kind[0]}_{page.id.rpartition('_')[2]}"
            settled[_fragment(ids[page.id])] = settled.pop(_fragment(page.id))
        pages.append(replace(page, id=ids.get(page.id, page.id)))
    try:
        entry = json.loads(settled[ENTRY])
        for language, index in sorted(entry["languages"].items()):
            name = f"pagefind.{index['hash']}.pf_meta"
            meta = _read(name, settled.pop(name))
            # [version, pages, chunks of words, [filter, file], [sort, pages in order], fields]
            meta[1] = [[ids.get(page, page), *rest] for page, *rest in meta[1]]
            for _, file in (each for each in meta[3] if each[0] == _KIND):
                del settled[_filter(file)]
            meta[3] = sorted(
                [filtered, _settle_filter(settled, language, file)]
                for filtered, file in meta[3]
                if filtered != _KIND
            )
            meta[4].sort(key=lambda order: order[0])
            index["hash"], data = _named(language, meta)
            settled[f"pagefind.{index['hash']}.pf_meta"] = data
    except KeyError as error:
        raise UnknownBundle(f"{error.args[0]}: missing") from None
    except (IndexError, TypeError, ValueError):
        raise UnknownBundle(f"{name}: unexpected form") from None
    settled[ENTRY] = json.dumps(entry, sort_keys=True).encode()
    return settled, pages


def _settle_filter(bundle: dict[str, bytes], language: str, name: str) -> str:
    """Order the values of a filter; returns the new name of its file."""
    path = _filter(name)
    filtered = _read(path, bundle.pop(path))
    filtered[1].sort(key=lambda value: value[0])
    new, data = _named(language, filtered)
    bundle[_filter(new)] = data
    return new


def _filter(name: str) -> str:
    return f"filter/{name}.pf_filter"


def _fragment(name: str) -> str:
    return f"fragment/{name}.pf_fragment"


def _named(language: str, value: Any) -> tuple[str, bytes]:
    """A name made of what a file says, and the file."""
    data = _encode(value)
    name = f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
    return name, gzip.compress(SIGNATURE + data, mtime=0)


def _read(name: str, data: bytes) -> Any:
    data = _unpack(name, data)
    try:
        value, end = _decode(data, 0)
    except (IndexError, UnicodeDecodeError):
        raise UnknownBundle(f"{name}: the file ends early") from None
    # Whatever is not written back as it was read is not understood.
    if end != len(data) or _encode(value) != data:
        raise UnknownBundle(f"{name}: unexpected form")
    return value


def _unpack(name: str, packed: bytes) -> bytes:
    try:
        data = gzip.decompress(packed)
    except (OSError, EOFError) as error:
        raise UnknownBundle(f"{name}: {error}") from None
    if not data.startswith(SIGNATURE):
        raise UnknownBundle(f"{name}: no Pagefind signature")
    return data[len(SIGNATURE) :]


def _decode(data: bytes, at: int) -> tuple[Any, int]:
    """The CBOR value at a place, and the place behind it."""
    major, size = data[at] >> 5, data[at] & 31
    at += 1
    if size >= 24:
        if size > 27:
            raise UnknownBundle(f"byte {at}: a length of unknown form")
        width = 1 << (size - 24)
        if at + width > len(data):
            raise IndexError
        size = int.from_bytes(data[at : at + width], "big")
        at += width
    if major == 0:
        return size, at
    if major == 1:
        return -1 - size, at
    if major == 3:
        if at + size > len(data):
            raise IndexError
        return data[at : at + size].decode(), at + size
    if major == 4:
        values = []
        for _ in range(size):
            value, at = _decode(data, at)
            values.append(value)
        return values, at
    raise UnknownBundle(f"byte {at}: a value of unknown type {major}")


def _encode(value: Any) -> bytes:
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, str):
        text = value.encode()
        return _head(3, len(text)) + text
    return _head(4, len(value)) + b"".join(map(_encode, value))


def _head(major: int, size: int) -> bytes:
    if size < 24:
        return bytes([major << 5 | size])
    width = next(width for width in (1, 2, 4, 8) if size < 1 << 8 * width)
    return bytes([major << 5 | 24 + width.bit_length() - 1]) + size.to_bytes(width, "big")
