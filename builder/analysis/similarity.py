"""Nearest neighbours of texts, in blocks of rows: memory grows linearly with the documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from builder import parallel
from builder.analysis.rows import Rows
from builder.analysis.terms import LENGTH

# Products of two vectors from here on count: a cosine of 0.05.
LEAST = LENGTH * LENGTH // 20
# The cells of the block of products that is held at a time: 24 MB of column and value.
_BLOCK_CELLS = 1 << 21
# For so few rows scipy is not worth its import.
_FEW = 200
# So many rows are worth a process of their own.
_MANY = 1000


@dataclass(frozen=True, kw_only=True)
class Near:
    """The nearest others of documents. rows: documents x k, nearest first, -1 where there is no
    further one; products: documents x k, of the vectors, 0 there."""

    rows: np.ndarray
    products: np.ndarray


def nearest(vectors: Rows, ranks: np.ndarray, count: int, rows: np.ndarray) -> Near:
    """The `count` nearest other documents of some rows, as far as they have a product of LEAST.

    Of equally near ones the first by rank come first.
    """
    parts = np.array_split(rows, min(2 * parallel.processors(), len(rows) // _MANY + 1))
    found = parallel.run([partial(_nearest, vectors, ranks, count, part) for part in parts])
    return Near(
        rows=np.concatenate([near.rows for near in found]),
        products=np.concatenate([near.products for near in found]),
    )


def _nearest(vectors: Rows, ranks: np.ndarray, count: int, rows: np.ndarray) -> Near:
    near = _none(len(rows), count)
    for place, (row, (others, values)) in enumerate(
        zip(rows.tolist(), _products(vectors, rows), strict=True)
    ):
        _put(near, place, row, others, values, ranks)
    return near


def nearest_again(
    near: Near, vectors: Rows, ranks: np.ndarray, changed: np.ndarray
) -> tuple[Near, np.ndarray]:
    """The nearest of all documents after some vectors have changed, come or gone (then they are
    empty), and for which rows they differ.

    near: those before; there may be more documents now. changed: the rows with other vectors.
    """
    count = near.rows.shape[1]
    if len(changed) == len(vectors):
        # Nothing is known.
        return nearest(vectors, ranks, count, changed), changed
    found = _none(len(vectors), count)
    found.rows[: len(near.rows)] = near.rows
    found.products[: len(near.rows)] = near.products
    is_changed = np.zeros(len(vectors), dtype=bool)
    is_changed[changed] = True
    # What is known of each row: all documents that are nearer than its last neighbour, and where
    # there is none in the last place, all that are near enough.
    least = np.maximum(found.products[:, -1], LEAST)
    come: dict[int, list[tuple[int, int]]] = {}
    for row, (others, values) in zip(changed.tolist(), _products(vectors, changed), strict=True):
        found.rows[row], found.products[row] = -1, 0
        _put(found, row, row, others, values, ranks)
        keep = (values >= least[others]) & ~is_changed[others]
        for other, value in zip(others[keep].tolist(), values[keep].tolist(), strict=True):
            come.setdefault(other, []).append((row, value))
    gone = is_changed[found.rows] & (found.rows >= 0)
    touched = {*come, *np.flatnonzero(gone.any(axis=1) & ~is_changed).tolist()}
    open_rows = []
    for row in sorted(touched):
        last, least_known = int(found.rows[row, -1]), int(found.products[row, -1])
        stays = ~gone[row] & (found.rows[row] >= 0)
        new = come.get(row, [])
        others = np.concatenate((found.rows[row][stays], [other for other, _ in new]))
        values = np.concatenate((found.products[row][stays], [value for _, value in new]))
        sure = values > least_known
        if last >= 0 and not is_changed[last]:
            sure |= (values == least_known) & (ranks[others.astype(np.int64)] <= ranks[last])
        if last >= 0 and np.count_nonzero(sure) < count:
            # Others, of which nothing is known, may be nearer.
            open_rows.append(row)
        else:
            found.rows[row], found.products[row] = -1, 0
            _put(found, row, row, others.astype(np.int64), values.astype(np.int64), ranks)
    again = np.array(open_rows, dtype=np.int64)
    anew = nearest(vectors, ranks, count, again)
    found.rows[again], found.products[again] = anew.rows, anew.products
    return found, np.array(sorted({*touched, *changed.tolist()}), dtype=np.int64)


def _none(rows: int, count: int) -> Near:
    return Near(
        rows=np.full((rows, count), -1, dtype=np.int32),
        products=np.zeros((rows, count), dtype=np.int32),
    )


def _put(
    near: Near, place: int, row: int, others: np.ndarray, values: np.ndarray, ranks: np.ndarray
) -> None:
    """Put the nearest of the documents that share a term with a row into their place."""
    keep = (values >= LEAST) & (others != row)
    others, values = others[keep], values[keep]
    best = _first(others, values, ranks, near.rows.shape[1])
    near.rows[place, : len(best)] = others[best]
    near.products[place, : len(best)] = values[best]


def _first(others: np.ndarray, values: np.ndarray, ranks: np.ndarray, count: int) -> np.ndarray:
    """The places of the `count` first, by value and then by rank."""
    # No two have the same key, so that it does not matter how they are sorted.
    keys = (values.astype(np.int64) << 32) - ranks[others]
    if len(keys) > count:
        best = np.argpartition(keys, len(keys) - count)[len(keys) - count :]
        return best[np.argsort(-keys[best])]
    return np.argsort(-keys)


def products_with(vectors: Rows, rows: np.ndarray) -> np.ndarray:
    """The products of some rows with all: rows x documents. For few rows."""
    wanted = np.zeros(_width(vectors), dtype=bool)
    wanted[vectors.take(rows).columns] = True
    part = vectors.kept(wanted[vectors.columns])
    found = np.zeros((len(rows), len(vectors)), dtype=np.int32)
    own = np.zeros(len(wanted))
    for place, row in enumerate(rows.tolist()):
        columns, values = vectors.row(row)
        own[columns] = values
        entries = np.flatnonzero(own[part.columns])
        each = part.values[entries] * own[part.columns[entries]]
        found[place] = np.bincount(part.owners[entries], weights=each, minlength=len(vectors))
        own[columns] = 0
    return found


def _products(vectors: Rows, rows: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For each of some rows the documents that share a term with it, and the products."""
    if len(rows) <= _FEW:
        for first in range(0, len(rows), 16):
            for found in products_with(vectors, rows[first : first + 16]):
                yield np.arange(len(found)), found
        return
    from scipy import sparse

    shape = (len(vectors), _width(vectors))
    values = vectors.values.astype(np.int32)
    whole = sparse.csr_array((values, vectors.columns, vectors.starts), shape=shape)
    transposed = whole.T.tocsr()
    height = max(1, _BLOCK_CELLS // len(vectors))
    for first in range(0, len(rows), height):
        block = whole[rows[first : first + height]] @ transposed
        keep = np.flatnonzero(block.data >= LEAST)
        ends = np.searchsorted(keep, block.indptr)
        others, found = block.indices[keep], block.data[keep]
        for start, end in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True):
            yield others[start:end], found[start:end]


def _width(vectors: Rows) -> int:
    return int(vectors.columns.max(initial=-1)) + 1
