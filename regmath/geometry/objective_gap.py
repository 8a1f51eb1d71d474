"""How much higher an objective is than its least, to all digits."""

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, matrix_times
from regmath.geometry.terms import NormPenalty, QuadraticLoss, mix_of, quadratic_of


def objective_gap(
    loss: QuadraticLoss, penalty: NormPenalty, optimum: ArrayLike, weights: ArrayLike
) -> Array:
    """Return `loss + penalty` at weights less that at its optimum.

    It is a sum of terms none of which is negative, where a difference of two values would have
    no digits near the optimum: with `d = w - w*` half of `d'Hd`, L2's share of `|d|^2`, and for
    each weight what L1 costs beyond its tangent at `w*`, of the slope that balances the rest.

    Parameters
    ----------
    loss : Quadratic or LeastSquares
    penalty : L1, L2 or ElasticNet
    optimum : array_like, shape (..., n_weights)
        Minimiser of `loss + penalty`, such as `penalized_optimum` returns.
    weights : array_like, shape (..., n_weights)

    Returns
    -------
    ndarray, shape (...)
        >= 0, in the loss's unit; 0 at the optimum exactly.
    """
    best, w = (np.asarray(each, dtype=np.float64) for each in (optimum, weights))
    bowl, mix, off = quadratic_of(loss), mix_of(penalty), w - best
    l1, l2 = penalty.lam * mix.l1, penalty.lam * mix.l2
    slope = bowl.gradient(best) + 2.0 * l2 * best
    # Beside a weight that is not 0 the tangent is L1 itself, up to where that turns.
    tangent = np.where(best == 0.0, np.clip(-slope, -l1, l1), l1 * np.sign(best))
    bent = np.maximum(l1 * np.abs(w) - tangent * w, 0.0)
    curved = 0.5 * off * matrix_times(bowl.hessian, off) + l2 * off**2
    found: Array = np.sum(curved, axis=-1) + np.sum(bent, axis=-1)
    return found
