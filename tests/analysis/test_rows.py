import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from builder.analysis.rows import NONE, Rows, counted, products, stacked, starts_of, units

MATRICES = st.integers(0, 6).flatmap(
    lambda count: st.lists(
        st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=count, max_size=count
    )
)


def rows(dense):
    dense = np.array(dense, dtype=np.int32).reshape(-1, 5)
    row, column = np.nonzero(dense)
    starts = starts_of(np.bincount(row, minlength=len(dense)))
    return Rows(starts=starts, columns=column.astype(np.int32), values=dense[row, column])


def dense(matrix):
    found = np.zeros((len(matrix), 5), dtype=np.int64)
    found[matrix.owners, matrix.columns] = matrix.values
    return found.tolist()


@given(MATRICES, st.data())
def test_rows_are_taken_in_any_order(matrix, data):
    order = data.draw(st.lists(st.sampled_from(range(len(matrix))))) if matrix else []
    assert dense(rows(matrix).take(order)) == [matrix[row] for row in order]


@given(MATRICES, MATRICES)
def test_stacked_rows_are_one_below_the_other(one, other):
    assert dense(stacked([rows(one), rows(other), NONE])) == one + other


@given(MATRICES)
def test_some_entries_are_kept(matrix):
    found = rows(matrix)
    odd = dense(found.kept(found.values % 2 == 1))
    assert odd == [[value * (value % 2) for value in line] for line in matrix]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4))))
def test_pairs_are_counted(pairs):
    row, column = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    found = dense(counted(row, column, 4))
    assert found == [[pairs.count((r, c)) for c in range(5)] for r in range(4)]


@given(MATRICES.filter(bool), st.data())
def test_products_of_pairs_are_those_of_what_both_have(matrix, data):
    one = st.sampled_from(range(len(matrix)))
    pairs = data.draw(st.lists(st.tuples(one, one)))
    found = dense(products(rows(matrix), np.array(pairs, dtype=np.int64).reshape(-1, 2)))
    assert found == [[a * b for a, b in zip(matrix[i], matrix[j], strict=True)] for i, j in pairs]


@given(MATRICES)
def test_units_have_the_length_asked_for_or_none(matrix):
    weight = np.array([1, 2, 0, 4, 5])
    found = units(rows(matrix), weight, 4096)
    for line, raw in zip(dense(found), matrix, strict=True):
        length = np.linalg.norm(line)
        assert round(length / 4096, 2) == (1 if (np.array(raw) * weight).any() else 0)


def test_rows_that_hold_a_column_are_told():
    matrix = rows([[1, 0, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 1, 0, 0]])
    assert matrix.holding(np.array([False, False, True, False, False])).tolist() == [1, 2]


@given(MATRICES, st.data())
def test_rows_are_replaced_and_added(matrix, data):
    line = st.lists(st.integers(0, 3), min_size=5, max_size=5)
    more = data.draw(st.lists(line, max_size=3))
    places = set(data.draw(st.lists(st.sampled_from(range(len(matrix)))))) if matrix else set()
    places = sorted(places | set(range(len(matrix), len(matrix) + len(more))))
    new = [data.draw(line) for _ in places]
    wanted = [*matrix, *more]
    for place, values in zip(places, new, strict=True):
        wanted[place] = values
    assert dense(rows(matrix).replaced(places, rows(new))) == wanted
