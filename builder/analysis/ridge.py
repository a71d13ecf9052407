"""Ridge regression of tags on sparse terms, in the form that names the papers it learned from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

# How strongly weights are held back. Cross-validated over the curated papers, anything from 0.3 to
# 1 does about equally well.
PENALTY = 0.5
# A target that most examples share must not be predicted from that alone.
MOST_BASE = 0.15
# The residual, as a share of what it was, at which the solver stops.
_TOLERANCE = 1e-5
_MOST_STEPS = 200


@dataclass(frozen=True, kw_only=True)
class Ridge:
    """What was learned from n examples.

    duals: examples x targets, each example's part in each target. weights: terms x targets, so
    that a text x scores x @ weights + base. base: the targets' means.
    """

    duals: np.ndarray
    weights: np.ndarray
    base: np.ndarray

    def predict(self, rows: sparse.csr_array) -> np.ndarray:
        """Scores (rows x targets) of texts given as rows of terms."""
        return rows @ self.weights + self.base


def fit(examples: sparse.csr_array, targets: np.ndarray) -> Ridge:
    """Learn `targets` (examples x targets) from `examples` (examples x terms).

    Ridge regression in its dual form (Saunders, Gammerman, Vovk: Ridge regression learning
    algorithm in dual variables, ICML 1998): duals = (X X' + penalty I)^-1 (Y - base).
    """
    base = np.minimum(targets.mean(axis=0), MOST_BASE)
    duals = _solve(examples, targets - base)
    return Ridge(duals=duals, weights=examples.T @ duals, base=base)


def _solve(examples: sparse.csr_array, wanted: np.ndarray) -> np.ndarray:
    """Solve (X X' + penalty I) A = wanted by conjugate gradients, all columns at once.

    X X' itself is never formed: memory stays linear in the number of examples.
    """
    transposed = examples.T.tocsr()
    solution = np.zeros_like(wanted)
    residual = wanted.copy()
    direction = residual.copy()
    squares = (residual**2).sum(axis=0)
    enough = _TOLERANCE**2 * squares
    for _ in range(_MOST_STEPS):
        open_columns = squares > enough
        if not open_columns.any():
            break
        image = examples @ (transposed @ direction) + PENALTY * direction
        curvature = (direction * image).sum(axis=0)
        step = np.divide(
            squares, curvature, out=np.zeros_like(squares), where=open_columns & (curvature > 0)
        )
        solution += step * direction
        residual -= step * image
        before, squares = squares, (residual**2).sum(axis=0)
        direction = residual + direction * np.divide(
            squares, before, out=np.zeros_like(squares), where=before > 0
        )
    return solution
