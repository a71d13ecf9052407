"""Nearest neighbours of texts, in blocks of rows: memory grows linearly with the documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

# The cells of the dense block that is held at a time: 32 MB of 64-bit numbers.
_BLOCK_CELLS = 1 << 22


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """Some documents' nearest. first: the row of the first of them; rows: documents x k, the rows
    of the neighbours, nearest first; cosines: documents x k, 0 where there is no further one."""

    first: int
    rows: np.ndarray
    cosines: np.ndarray


def nearest(weighted: sparse.csr_array, count: int) -> Iterator[Neighbours]:
    """The `count` nearest other documents of each document, block by block.

    weighted: documents x terms, rows of length 1 (or 0). Of equally near ones the first come
    first; cosines are rounded to 6 places.
    """
    total = weighted.shape[0]
    count = min(count, total - 1)
    if count < 1:
        return
    transposed = weighted.T.tocsr()
    height = max(1, min(256, _BLOCK_CELLS // total))
    for first in range(0, total, height):
        block = weighted[first : first + height]
        cosines = np.round((block @ transposed).toarray(), 6)
        here = np.arange(len(cosines))
        cosines[here, first + here] = -1
        kept = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
        kept.sort(axis=1)
        near = np.take_along_axis(cosines, kept, axis=1)
        order = np.argsort(-near, axis=1, kind="stable")
        yield Neighbours(
            first=first,
            rows=np.take_along_axis(kept, order, axis=1),
            cosines=np.maximum(np.take_along_axis(near, order, axis=1), 0),
        )
