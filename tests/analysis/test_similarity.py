import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.analysis import similarity
from builder.analysis.rows import Rows, starts_of
from builder.analysis.similarity import nearest, nearest_again, products_with
from builder.analysis.terms import LENGTH


def vectors(matrix):
    dense = np.rint(LENGTH * np.array(matrix, dtype=float, ndmin=2)).astype(np.int32)
    row, column = np.nonzero(dense)
    lengths = np.bincount(row, minlength=len(dense))
    return Rows(
        starts=starts_of(lengths), columns=column.astype(np.int32), values=dense[row, column]
    )


def found(matrix, count, rows=None):
    ranks = np.arange(len(matrix))
    near = nearest(vectors(matrix), ranks, count, ranks if rows is None else np.array(rows))
    return [
        [(row, round(value / LENGTH**2, 3)) for row, value in zip(*line, strict=True) if row >= 0]
        for line in zip(near.rows.tolist(), near.products.tolist(), strict=True)
    ]


def drawn():
    draw = np.random.default_rng(3)
    matrix = draw.random((23, 9)) * (draw.random((23, 9)) < 0.5)
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)


def test_the_nearest_come_first_and_neither_oneself_nor_what_is_not_alike():
    assert found([[1, 0], [0.6, 0.8], [0, 1]], 2) == [
        [(1, 0.6)],
        [(2, 0.8), (0, 0.6)],
        [(1, 0.8)],
    ]


def test_of_equally_near_ones_the_first_come_first():
    assert [row for row, _ in found([[1.0]] * 5, 3)[2]] == [0, 1, 3]


def test_which_are_the_first_is_told_by_rank():
    near = nearest(vectors([[1.0]] * 5), np.array([4, 3, 2, 1, 0]), 2, np.array([2]))
    assert near.rows.tolist() == [[4, 3]]


@pytest.mark.parametrize("count", [0, 1])
def test_a_paper_alone_has_no_neighbour(count):
    assert found(np.ones((count, 1)), 5) == [[]] * count


def test_blocks_of_any_height_and_few_rows_or_many_give_the_same(monkeypatch):
    matrix = drawn()
    whole = found(matrix, 4)
    assert found(matrix, 4, [22, 3]) == [whole[22], whole[3]]
    monkeypatch.setattr(similarity, "_FEW", 0)
    assert found(matrix, 4) == whole
    monkeypatch.setattr(similarity, "_BLOCK_CELLS", 23 * 5)
    assert found(matrix, 4) == whole


def test_products_are_those_of_the_rows():
    matrix = vectors(drawn())
    dense = np.zeros((23, 9), dtype=np.int64)
    dense[matrix.owners, matrix.columns] = matrix.values
    assert (products_with(matrix, np.array([5, 0])) == dense[[5, 0]] @ dense.T).all()


@settings(deadline=None)
@given(st.integers(0, 1 << 30), st.integers(1, 40), st.integers(0, 6))
def test_after_changes_the_nearest_are_those_that_a_whole_search_finds(seed, count, changes):
    draw = np.random.default_rng(seed)
    # Few columns and values, so that many are equally near.
    matrix = draw.integers(0, 3, (count, 4))
    before = nearest(vectors(matrix / 6), np.arange(count), 3, np.arange(count))
    more = draw.integers(0, 3)
    after = np.concatenate((matrix, np.zeros((more, 4), dtype=int)))
    changed = np.unique([*draw.integers(0, count, changes), *range(count, count + more)])
    changed = changed.astype(np.int64)
    after[changed] = draw.integers(0, 3, (len(changed), 4))
    after[changed[::3]] = 0
    # The order of those that did not change stays as it was.
    ranks = np.arange(len(after))
    ranks[changed] = -1 - changed
    ranks = ranks.argsort(kind="stable").argsort(kind="stable")
    found, differing = nearest_again(before, vectors(after / 6), ranks, changed)
    whole = nearest(vectors(after / 6), ranks, 3, np.arange(len(after)))
    assert (found.rows == whole.rows).all()
    assert (found.products == whole.products).all()
    same = np.ones(len(after), dtype=bool)
    same[differing] = False
    assert (whole.rows[:count][same[:count]] == before.rows[same[:count]]).all()
