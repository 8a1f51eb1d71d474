"""ISTA, the proximal gradient method."""

from __future__ import annotations

from collections.abc import Iterator

from numpy.typing import ArrayLike

from regmath.descent.state import State, descend, gradient_map, prepare_start, prepare_step
from regmath.losses import Loss
from regmath.penalties.base import Penalty


def ista(
    loss: Loss,
    penalty: Penalty,
    start: ArrayLike,
    step_size: float | ArrayLike | None = None,
) -> Iterator[State]:
    """Step down the loss, then apply the penalty's prox.

    `w <- prox(w - eta * gradient(w), eta)`. With `eta <= 1 / smoothness` and a
    convex penalty the objective never rises, and after `k` steps it is within
    `|w0 - w*|^2 / (2 eta k)` of the least. Under L1, weights become exactly 0.

    Parameters
    ----------
    loss : Loss
    penalty : Penalty
    start : array_like, shape (..., n_weights)
        Leading axes are a batch of starts; they broadcast with those of the loss.
    step_size : float or array_like, shape (...), optional
        `eta`, > 0; one number, or one per problem. Default: `1 / loss.smoothness`.

    Returns
    -------
    iterator of State
        Endless; state 0 is the start.

    Raises
    ------
    ValueError
        If a step size is not positive and finite, or the start does not fit.

    References
    ----------
    Daubechies, I., Defrise, M. and De Mol, C. (2004). An iterative thresholding
    algorithm for linear inverse problems with a sparsity constraint.
    Communications on Pure and Applied Mathematics 57(11), 1413-1457.
    """
    weights, eta = prepare_start(loss, start), prepare_step(step_size, loss)
    downhill = gradient_map(loss, weights, eta)
    return descend(weights, lambda w: penalty.prox(downhill(w), eta))
