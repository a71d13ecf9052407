import numpy as np
from scipy import sparse

from builder.analysis.ridge import MOST_BASE, PENALTY, fit


def test_the_solution_is_that_of_the_normal_equations():
    draw = np.random.default_rng(7)
    examples = draw.random((40, 60)) * (draw.random((40, 60)) < 0.2)
    targets = (draw.random((40, 5)) < 0.3).astype(float)
    found = fit(sparse.csr_array(examples), targets)
    kernel = examples @ examples.T + PENALTY * np.eye(40)
    exact = np.linalg.solve(kernel, targets - np.minimum(targets.mean(axis=0), MOST_BASE))
    assert np.abs(found.duals - exact).max() < 1e-4
    assert np.allclose(found.weights, examples.T @ found.duals)
    new = draw.random((3, 60))
    assert np.allclose(found.predict(sparse.csr_array(new)), new @ found.weights + found.base)


def test_what_all_examples_share_is_not_predicted_for_a_text_like_none():
    found = fit(sparse.csr_array(np.eye(3)), np.array([[1.0, 0.0]] * 3))
    assert found.predict(sparse.csr_array(np.zeros((1, 3)))).tolist() == [[MOST_BASE, 0]]
    assert (found.predict(sparse.csr_array(np.eye(3)))[:, 0] > 0.5).all()


def test_one_example_is_enough_not_to_fail():
    found = fit(sparse.csr_array(np.array([[1.0, 0.0]])), np.array([[1.0]]))
    assert found.predict(sparse.csr_array(np.array([[1.0, 0.0]])))[0, 0] > 0.5
