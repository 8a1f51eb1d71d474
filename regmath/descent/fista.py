"""FISTA, the accelerated proximal gradient method."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt

from numpy.typing import ArrayLike

from regmath._arrays import Array
from regmath.descent.state import State, gradient_map, prepare_start, prepare_step
from regmath.losses import Loss
from regmath.penalties.base import Penalty


@dataclass(frozen=True, slots=True, eq=False)
class FistaState(State):
    """A FISTA iterate with the point ahead of it.

    Parameters
    ----------
    step : int
        Number of updates done.
    weights : ndarray, shape (..., n_weights)
        The iterate; read-only.
    look_ahead : ndarray, shape (..., n_weights)
        Where the next gradient is taken: the iterate, carried on along its last
        move; read-only.
    carry : float
        The share of the last move that was carried on; 0 at first, then towards 1.
    """

    look_ahead: Array
    carry: float

    def __post_init__(self) -> None:
        self.weights.setflags(write=False)
        self.look_ahead.setflags(write=False)


def fista(
    loss: Loss,
    penalty: Penalty,
    start: ArrayLike,
    step_size: float | ArrayLike | None = None,
) -> Iterator[FistaState]:
    """Take ISTA's step from a point ahead of the iterate.

    `w_k = prox(z - eta * gradient(z), eta)`, `t_(k+1) = (1 + sqrt(1 + 4 t_k^2)) / 2`,
    `z = w_k + (t_k - 1) / t_(k+1) * (w_k - w_(k-1))`. With `eta <= 1 / smoothness`
    and a convex penalty the objective is within `2 |w0 - w*|^2 / (eta (k + 1)^2)` of
    the least after `k` steps. It may rise on the way.

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
    iterator of FistaState
        Endless; state 0 is the start.

    Raises
    ------
    ValueError
        If a step size is not positive and finite, or the start does not fit.

    References
    ----------
    Beck, A. and Teboulle, M. (2009). A fast iterative shrinkage-thresholding
    algorithm for linear inverse problems. SIAM Journal on Imaging Sciences 2(1),
    183-202.
    """
    weights, eta = prepare_start(loss, start), prepare_step(step_size, loss)
    downhill = gradient_map(loss, weights, eta)
    return _states(weights, lambda z: penalty.prox(downhill(z), eta))


def _states(weights: Array, update: Callable[[Array], Array]) -> Iterator[FistaState]:
    step, inertia = 0, 1.0
    look_ahead, carry = weights.copy(order="K"), 0.0
    while True:
        yield FistaState(step, weights, look_ahead, carry)
        previous = weights
        weights = update(look_ahead)
        grown = (1 + sqrt(1 + 4 * inertia**2)) / 2
        carry, inertia = (inertia - 1) / grown, grown
        look_ahead = weights + carry * (weights - previous)
        step += 1
