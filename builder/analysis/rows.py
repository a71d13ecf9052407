"""Sparse matrices of whole numbers, row by row, in plain numpy.

Whole numbers are added up without any rounding, so a sum is the same in whatever order, by whatever
routine and on whatever machine it is taken: what is worked out anew for one paper after an edit is
to the last digit what working everything out gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Rows:
    """starts: where each row starts, and at last the end (n + 1); columns, values: of the entries,
    the columns ascending within a row."""

    starts: np.ndarray
    columns: np.ndarray
    values: np.ndarray

    def __len__(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def lengths(self) -> np.ndarray:
        """How many entries each row has."""
        return np.diff(self.starts)

    @cached_property
    def owners(self) -> np.ndarray:
        """The row of each entry."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.lengths)

    def row(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """Columns and values of a row."""
        span = slice(self.starts[index], self.starts[index + 1])
        return self.columns[span], self.values[span]

    def take(self, rows: np.ndarray | Sequence[int]) -> Rows:
        """Some rows, in the order given; a row may be taken several times."""
        rows = np.asarray(rows, dtype=np.int64)
        lengths = self.lengths[rows]
        starts = starts_of(lengths)
        entries = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], lengths)
        return Rows(starts=starts, columns=self.columns[entries], values=self.values[entries])

    def replaced(self, rows: Sequence[int], new: Rows) -> Rows:
        """The matrix with some rows (ascending) replaced by new ones; those beyond its end are
        added, and none may be left out between."""
        if not len(self):
            return new
        added = sum(row >= len(self) for row in rows)
        lengths = np.concatenate((self.lengths, np.zeros(added, dtype=np.int64)))
        lengths[np.asarray(rows, dtype=np.int64)] = new.lengths
        columns: list[np.ndarray] = []
        values: list[np.ndarray] = []
        done = 0
        for place, row in enumerate(rows):
            kept = slice(done, self.starts[min(row, len(self))])
            span = slice(new.starts[place], new.starts[place + 1])
            columns += self.columns[kept], new.columns[span]
            values += self.values[kept], new.values[span]
            done = self.starts[min(row + 1, len(self))]
        return Rows(
            starts=starts_of(lengths),
            columns=np.concatenate((*columns, self.columns[done:])),
            values=np.concatenate((*values, self.values[done:])),
        )

    def holding(self, wanted: np.ndarray) -> np.ndarray:
        """The rows with an entry in a wanted column (a flag a column), ascending."""
        return distinct(self.owners[wanted[self.columns]])

    def kept(self, entries: np.ndarray) -> Rows:
        """The same rows with some of their entries only (a flag an entry)."""
        lengths = np.bincount(self.owners[entries], minlength=len(self))
        return Rows(
            starts=starts_of(lengths), columns=self.columns[entries], values=self.values[entries]
        )


NONE = Rows(
    starts=np.zeros(1, dtype=np.int64),
    columns=np.zeros(0, dtype=np.int32),
    values=np.zeros(0, dtype=np.int32),
)


def starts_of(lengths: np.ndarray) -> np.ndarray:
    """The starts of rows with so many entries."""
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))


def stacked(parts: Sequence[Rows]) -> Rows:
    """Matrices one below the other."""
    return Rows(
        starts=starts_of(np.concatenate([part.lengths for part in parts])),
        columns=np.concatenate([part.columns for part in parts]),
        values=np.concatenate([part.values for part in parts]),
    )


def counted(rows: np.ndarray, columns: np.ndarray, count: int) -> Rows:
    """How often each pair of row and column is there, as a matrix of `count` rows."""
    width = int(columns.max()) + 1 if len(columns) else 1
    keys = np.sort(rows.astype(np.int64) * width + columns)
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    times = np.diff(first, append=len(keys))
    row, column = np.divmod(keys[first], width)
    return Rows(
        starts=starts_of(np.bincount(row, minlength=count)),
        columns=column.astype(np.int32),
        values=times.astype(np.int32),
    )


def units(rows: Rows, weight: np.ndarray, scale: int) -> Rows:
    """Each row, its columns weighted (whole numbers), at the length `scale`, rounded; what rounds
    to 0 is left out."""
    raw = rows.values * weight[rows.columns]
    squares = np.bincount(rows.owners, weights=raw * raw, minlength=len(rows))
    squares[squares == 0] = 1
    values = np.rint(raw * (scale / np.sqrt(squares))[rows.owners]).astype(np.int32)
    whole = Rows(starts=rows.starts, columns=rows.columns, values=values)
    return whole.kept(values != 0)


def products(rows: Rows, pairs: np.ndarray) -> Rows:
    """For each pair of rows (pairs x 2) the columns that both have, and the products of their
    values there."""
    first, second = rows.take(pairs[:, 0]), rows.take(pairs[:, 1])
    width = max(int(part.columns.max(initial=0)) for part in (first, second)) + 1
    mine = first.owners.astype(np.int64) * width + first.columns
    theirs = second.owners.astype(np.int64) * width + second.columns
    at = np.searchsorted(theirs, mine)
    at[at == len(theirs)] = 0
    both = theirs[at] == mine if len(theirs) else np.zeros(len(mine), dtype=bool)
    shared = first.kept(both)
    return Rows(
        starts=shared.starts,
        columns=shared.columns,
        values=shared.values * second.values[at[both]],
    )


def distinct(values: np.ndarray) -> np.ndarray:
    """The values, each once, ascending. `np.unique` loads the masked arrays of numpy first, for
    longer than an edit takes for all that it asks here."""
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(ordered)]]
