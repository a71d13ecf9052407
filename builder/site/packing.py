"""How Pagefind packs a file: gzip over its signature, and then JSON (fragments) or CBOR (RFC 8949,
all else; only integers, texts and arrays occur)."""

from __future__ import annotations

import gzip
import hashlib
from typing import Any

import cbor2

SIGNATURE = b"pagefind_dcd"


class UnknownBundle(Exception):
    """The files are not as this version of Pagefind writes them; the message says which."""


def unpack(name: str, packed: bytes) -> bytes:
    """What a file holds. Raises UnknownBundle when it is none of Pagefind's."""
    try:
        data = gzip.decompress(packed)
    except (OSError, EOFError) as error:
        raise UnknownBundle(f"{name}: {error}") from None
    if not data.startswith(SIGNATURE):
        raise UnknownBundle(f"{name}: no Pagefind signature")
    return data[len(SIGNATURE) :]


def pack(data: bytes) -> bytes:
    """A file that holds this; the same bytes whenever it is packed."""
    return gzip.compress(SIGNATURE + data, mtime=0)


def read(name: str, packed: bytes) -> Any:
    """The value that a file of CBOR holds.

    Raises UnknownBundle unless `encode` would write it as it was read: whatever is not written back
    so is not understood.
    """
    value = glance(name, packed)
    if encode(value) != unpack(name, packed):
        raise UnknownBundle(f"{name}: unexpected form")
    return value


def glance(name: str, packed: bytes) -> Any:
    """The value that a file of CBOR holds, of whose like it is known that they are understood."""
    try:
        return cbor2.loads(unpack(name, packed))
    except cbor2.CBORDecodeEOF:
        raise UnknownBundle(f"{name}: the file ends early") from None
    except (cbor2.CBORError, ValueError) as error:
        raise UnknownBundle(f"{name}: {error}") from None


def encode(value: Any) -> bytes:
    """A value as CBOR."""
    return bytes(cbor2.dumps(value))


def named(language: str, value: Any) -> tuple[str, bytes]:
    """A name made of what a file says, and the file."""
    data = encode(value)
    return f"{language}_{hashlib.sha256(data).hexdigest()[:10]}", pack(data)
