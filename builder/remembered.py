"""Results about many items, of which an edit makes those alone that it concerns.

A stamp of all items together tells whether anything changed, and then everything is made anew: of
ten thousand papers because one came. Here each item has a stamp, and what comes out is what comes
out without a memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import TypeVar

import numpy as np

from builder.memory import Memory, packed, stamp, unpacked

T = TypeVar("T")


def each(
    memory: Memory,
    kind: str,
    stamps: Mapping[str, str],
    make: Callable[[Sequence[str]], Iterable[T]],
) -> dict[str, T]:
    """Item -> value, in the order of `stamps`: what was remembered of an item under its stamp, or
    else what `make` makes of those that have another one, in their order.

    kind: of memory. stamps: item -> stamp of all that its value is made of, or "" where nobody
    knows: then it is made.
    """
    known: dict[str, tuple[str, T]] = unpacked(memory.one(kind, "")[1]) or {}
    new = [
        item
        for item, stamp in stamps.items()
        if not stamp or item not in known or known[item][0] != stamp
    ]
    made = dict(zip(new, make(new), strict=True))
    found = {item: made[item] if item in made else known[item][1] for item in stamps}
    if new or len(known) != len(stamps):
        memory.remember(kind, {"": ("", packed({i: (stamps[i], found[i]) for i in found}))})
    return found


def pairs(
    memory: Memory,
    kind: str,
    stamps: Mapping[str, str],
    find: Callable[[Set[str]], Iterable[tuple[str, str]]],
) -> set[tuple[str, str]]:
    """The pairs of items that have something to do with each other: those that are remembered, of
    two items that are as they were, and those that `find` finds of the others.

    kind, stamps: as above, but that whether two items are a pair must follow from their stamps.
    find: gives the pairs of which at least one item is among some.
    """
    known: tuple[dict[str, str], set[tuple[str, str]]] | None = unpacked(memory.one(kind, "")[1])
    before, found = known or ({}, set())
    new = {item for item, stamp in stamps.items() if before.get(item) != stamp}
    if not new and len(before) == len(stamps):
        return found
    stay = stamps.keys() - new
    found = {(one, other) for one, other in found if one in stay and other in stay}
    if new:
        found.update(find(new))
    memory.remember(kind, {"": ("", packed((dict(stamps), found)))})
    return found


def wholes(
    memory: Memory,
    kind: str,
    stamps: Mapping[str, str],
    gives: Mapping[str, Callable[[str], str]],
) -> dict[str, str]:
    """Name -> a digest of what all items give under that name, in their order.

    kind, stamps: as above. gives: name -> gives the text of an item.
    """
    names, before, columns = unpacked(memory.one(kind, "")[1]) or ("", "", {})
    items, was = names.split(_NEXT), before.split(_NEXT)
    now = {name: np.zeros(len(stamps), dtype=_DIGEST) for name in gives}
    known = columns.keys() == gives.keys()
    is_same = items == list(stamps)
    if known and is_same:
        now = {
            name: np.frombuffer(column, dtype=_DIGEST).copy() for name, column in columns.items()
        }
    elif known:
        places = dict(zip(stamps, range(len(stamps)), strict=True))
        both = [(place, places[item]) for place, item in enumerate(items) if item in places]
        at, to = [at for at, _ in both], [to for _, to in both]
        for name, column in columns.items():
            now[name][to] = np.frombuffer(column, dtype=_DIGEST)[at]
    old = dict(zip(items, was, strict=True)) if known else {}
    new = [
        (place, item)
        for place, (item, stamp) in enumerate(stamps.items())
        if not stamp or old.get(item) != stamp
    ]
    for name, give in gives.items():
        for place, item in new:
            now[name][place] = hashlib.blake2b(give(item).encode(), digest_size=16).digest()
    names = names if is_same else _NEXT.join(stamps)
    if new or not known or not is_same:
        value = names, _NEXT.join(stamps.values()), {name: now[name].tobytes() for name in gives}
        memory.remember(kind, {"": ("", packed(value))})
    row = stamp(names)
    return {name: stamp(now[name].tobytes(), row) for name in gives}


# Texts in a row are one text: it is read and written in a fraction of the time of a list.
_NEXT = "\0"
_DIGEST = np.dtype("V16")
