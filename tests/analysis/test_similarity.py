import numpy as np
import pytest
from scipy import sparse

from builder.analysis import similarity
from builder.analysis.similarity import nearest


def rows(matrix, count):
    found = {}
    for block in nearest(sparse.csr_array(np.array(matrix, dtype=float)), count):
        for at, (near, cosines) in enumerate(zip(block.rows, block.cosines, strict=True)):
            found[block.first + at] = list(zip(near.tolist(), cosines.tolist(), strict=True))
    return found


def test_the_nearest_come_first_and_never_oneself():
    assert rows([[1, 0], [0.6, 0.8], [0, 1]], 2) == {
        0: [(1, 0.6), (2, 0.0)],
        1: [(2, 0.8), (0, 0.6)],
        2: [(1, 0.8), (0, 0.0)],
    }


def test_of_equally_near_ones_the_first_come_first():
    assert [row for row, _ in rows([[1.0]] * 5, 4)[2]] == [0, 1, 3, 4]


@pytest.mark.parametrize("count", [0, 1])
def test_a_paper_alone_has_no_neighbour(count):
    assert rows([[1.0]] * count, 5) == {}


def test_blocks_of_any_height_give_the_same(monkeypatch):
    draw = np.random.default_rng(3)
    matrix = draw.random((23, 9)) * (draw.random((23, 9)) < 0.5)
    whole = rows(matrix, 4)
    monkeypatch.setattr(similarity, "_BLOCK_CELLS", 23 * 5)
    assert rows(matrix, 4) == whole
