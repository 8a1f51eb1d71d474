"""What a descent method yields, and the loop that most of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, column, matrix_times, weights_first
from regmath.losses import LeastSquares, Loss, Quadratic


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Where a descent is after `step` updates; state 0 is the start.

    Parameters
    ----------
    step : int
        Number of updates done.
    weights : ndarray, shape (..., n_weights)
        The iterate. It becomes read-only, and no later state shares its memory.
    """

    step: int
    weights: Array

    def __post_init__(self) -> None:
        self.weights.setflags(write=False)


def descend(start: Array, update: Callable[[Array], Array]) -> Iterator[State]:
    """Yield states without end: the start, then `update` of the one before.

    `update` maps weights `(..., n_weights)` to new ones and leaves its input alone.
    """
    step, weights = 0, start
    while True:
        yield State(step, weights)
        step, weights = step + 1, update(weights)


def descend_carried(start: Array, update: Callable[[Array, Array], Array]) -> Iterator[State]:
    """Yield states without end: the start, then `update` of the last two weights.

    Before the start is the start, as if it had stood still. `update` maps weights and those
    before, both `(..., n_weights)`, to new ones and leaves its inputs alone.
    """
    step, before, weights = 0, start, start
    while True:
        yield State(step, weights)
        step, before, weights = step + 1, weights, update(weights, before)


def prepare_share(share: float, name: str) -> float:
    """Return a share of what was before, such as momentum's, as a float.

    Raises
    ------
    ValueError
        If it is not in `[0, 1)`.
    """
    if not 0.0 <= share < 1.0:  # a nan is neither
        raise ValueError(f"{name} must be in [0, 1), got {share}.")
    return float(share)


def prepare_start(loss: Loss, start: ArrayLike) -> Array:
    """Return a copy of `start` with one set of weights for every problem of `loss`.

    Raises
    ------
    ValueError
        If `start` is not finite or does not fit the loss.
    """
    weights = np.asarray(start, dtype=np.float64) + 0.0  # no -0.0
    if weights.ndim == 0 or not np.isfinite(weights).all():
        raise ValueError("start must be finite weights of shape (..., n_weights).")
    try:
        shape = loss.gradient(weights).shape
    except ValueError as error:
        raise ValueError(f"start of shape {weights.shape} does not fit the loss.") from error
    if shape[-1] != weights.shape[-1]:  # one weight would broadcast to all
        raise ValueError(f"start must have {shape[-1]} weights, got {weights.shape[-1]}.")
    return weights_first(weights, shape)


def prepare_step(step_size: float | ArrayLike | None, loss: Loss) -> float | Array:
    """Return `step_size`, or `1 / loss.smoothness` for None; a float, or `(...)`.

    Raises
    ------
    ValueError
        If a step size is not positive and finite, or the loss is flat and None
        was given.
    """
    if step_size is None:
        with np.errstate(divide="ignore"):
            step_size = np.divide(1.0, loss.smoothness)
    sizes = np.array(step_size, dtype=np.float64)
    if not (np.isfinite(sizes).all() and (sizes > 0).all()):
        raise ValueError(f"step_size must be positive and finite, got {step_size}.")
    return float(sizes) if sizes.ndim == 0 else sizes


def gradient_map(
    loss: Loss, start: Array, step_size: float | Array
) -> Callable[[Array], Array]:
    """Return `w -> w - step_size * gradient(w)`, for weights shaped like `start`.

    The result is a new array `(..., n_weights)`.
    """
    if isinstance(loss, Quadratic | LeastSquares):
        return _affine_map(loss, start, step_size)
    eta = column(step_size)
    return lambda weights: weights - eta * loss.gradient(weights)


def _affine_map(
    loss: Quadratic | LeastSquares, start: Array, step_size: float | Array
) -> Callable[[Array], Array]:
    # `(I - eta H) w + eta H c`, with all that does not depend on `w` made ahead, and
    # the shift spread over the batch, since broadcasting costs more than adding.
    eta = column(step_size)
    matrix = np.eye(loss.n_weights) - column(eta) * loss.hessian
    # Not by way of the center, which is far out where columns are nearly the same.
    downhill = -loss.gradient(np.zeros(loss.n_weights))
    # No sum with this shift is -0.0, since it has none itself.
    shift = weights_first(eta * downhill + 0.0, start.shape)

    def step(weights: Array) -> Array:
        moved = matrix_times(matrix, weights)
        moved += shift
        return moved

    return step
