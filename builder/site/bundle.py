"""Pagefind's bundle: what its files say, and the same bytes for the same site.

Pagefind 1.5 writes the values of a filter, the filters and the sort orders in the order of a hash
table, which differs from run to run; their file names are digests of that order. `settle` writes
them again in alphabetical order. The files are gzip over "pagefind_dcd" and then JSON (fragments)
or CBOR (RFC 8949; only integers, texts and arrays occur).
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SIGNATURE = b"pagefind_dcd"

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


def fragments(bundle: Path) -> Iterator[Fragment]:
    """Every indexed page, ordered by URL.

    Raises UnknownBundle when a file is not a fragment.
    """
    found = []
    for path in (bundle / "fragment").glob("*.pf_fragment"):
        try:
            raw = json.loads(_unpack(path))
            found.append(
                Fragment(
                    id=path.stem,
                    url=raw["url"],
                    content=raw["content"],
                    meta=raw["meta"],
                    filters={name: tuple(values) for name, values in raw["filters"].items()},
                )
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnknownBundle(f"{path.name}: {error}") from None
    yield from sorted(found, key=lambda fragment: (fragment.url, fragment.id))


def settle(bundle: Path) -> None:
    """Drop the files that the site does not use, and put the rest in a fixed order.

    Raises UnknownBundle when a file is not as expected.
    """
    for name in UNUSED:
        (bundle / name).unlink(missing_ok=True)
    entry_path = bundle / "pagefind-entry.json"
    entry = json.loads(entry_path.read_text(encoding="utf-8"))
    for language, index in sorted(entry["languages"].items()):
        old = bundle / f"pagefind.{index['hash']}.pf_meta"
        meta = _read(old)
        try:
            # [version, pages, chunks of words, [filter, file], [sort, pages in order], fields]
            meta[3] = sorted(
                [name, _settle_filter(bundle, language, file)] for name, file in meta[3]
            )
            meta[4].sort(key=lambda order: order[0])
        except (IndexError, TypeError, ValueError):
            raise UnknownBundle(f"{old.name}: unexpected form") from None
        index["hash"] = f"{language}_{_digest(meta, 10)}"
        _write(bundle / f"pagefind.{index['hash']}.pf_meta", meta, old)
    entry_path.write_text(json.dumps(entry, sort_keys=True), encoding="utf-8")


def _settle_filter(bundle: Path, language: str, name: str) -> str:
    """Order the values of a filter; returns the new name of its file."""
    old = bundle / "filter" / f"{name}.pf_filter"
    filtered = _read(old)
    filtered[1].sort(key=lambda value: value[0])
    new = f"{language}_{_digest(filtered, 10)}"
    _write(old.with_name(f"{new}.pf_filter"), filtered, old)
    return new


def _digest(value: Any, length: int) -> str:
    return hashlib.sha256(_encode(value)).hexdigest()[:length]


def _read(path: Path) -> Any:
    data = _unpack(path)
    try:
        value, end = _decode(data, 0)
    except (IndexError, UnicodeDecodeError):
        raise UnknownBundle(f"{path.name}: the file ends early") from None
    # Whatever is not written back as it was read is not understood.
    if end != len(data) or _encode(value) != data:
        raise UnknownBundle(f"{path.name}: unexpected form")
    return value


def _write(path: Path, value: Any, old: Path) -> None:
    old.unlink()
    path.write_bytes(gzip.compress(SIGNATURE + _encode(value), mtime=0))


def _unpack(path: Path) -> bytes:
    try:
        data = gzip.decompress(path.read_bytes())
    except (OSError, EOFError) as error:
        raise UnknownBundle(f"{path.name}: {error}") from None
    if not data.startswith(SIGNATURE):
        raise UnknownBundle(f"{path.name}: no Pagefind signature")
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
