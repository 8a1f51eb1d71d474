"""Coordinate descent: one weight at a time, exactly."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array
from regmath.descent.state import State, descend, prepare_start
from regmath.losses import LeastSquares, Quadratic
from regmath.penalties.base import Penalty


def coordinate_descent(
    loss: Quadratic | LeastSquares, penalty: Penalty, start: ArrayLike
) -> Iterator[State]:
    """Minimise over one weight after the other; each state is a full sweep.

    `w_j <- prox(w_j - gradient_j / H_jj, 1 / H_jj)` for `j` in order, which is the
    exact minimiser in `w_j`. Where `H_jj = 0` the loss does not see the weight, and
    it goes to 0, the penalty's own minimiser.

    Parameters
    ----------
    loss : Quadratic or LeastSquares
    penalty : Penalty
        A separable one.
    start : array_like, shape (..., n_weights)
        Leading axes are a batch of starts; they broadcast with those of the loss.

    Returns
    -------
    iterator of State
        Endless; state 0 is the start.

    Raises
    ------
    TypeError
        If the loss is not quadratic or the penalty not separable.
    ValueError
        If the start does not fit the loss.

    References
    ----------
    Friedman, J., Hastie, T. and Tibshirani, R. (2010). Regularization paths for
    generalized linear models via coordinate descent. Journal of Statistical
    Software 33(1), 1-22.
    """
    if not isinstance(loss, Quadratic | LeastSquares):
        raise TypeError(
            "coordinate_descent needs a quadratic loss, Quadratic or LeastSquares, "
            f"got {type(loss).__name__}."
        )
    if not penalty.separable:
        raise TypeError(
            f"coordinate_descent needs a separable penalty, got {type(penalty).__name__}."
        )
    return descend(prepare_start(loss, start), lambda w: _sweep(w, loss, penalty))


def _sweep(weights: Array, loss: Quadratic | LeastSquares, penalty: Penalty) -> Array:
    hessian, swept = loss.hessian, weights.copy(order="K")
    # Afresh at every sweep, then kept up to date: no rounding piles up over sweeps.
    gradient = loss.gradient(swept)
    for j in range(swept.shape[-1]):
        old = swept[..., j].copy()
        swept[..., j] = _best_weight(old, gradient[..., j], hessian[..., j, j], penalty)
        gradient += (swept[..., j] - old)[..., np.newaxis] * hessian[..., :, j]
    return swept


def _best_weight(weight: Array, gradient: Array, curvature: Array, penalty: Penalty) -> Array:
    seen = curvature > 0
    step = np.divide(1.0, curvature, out=np.zeros(np.shape(curvature)), where=seen)
    free_minimiser = np.where(seen, weight - step * gradient, 0.0)
    return penalty.prox(free_minimiser[..., np.newaxis], step)[..., 0]
