"""What a descent method yields, and the loop that most of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, column, weights_first
from regmath.losses import Loss


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


def prepare_start(loss: Loss, start: ArrayLike) -> Array:
    """Return a copy of `start` with one set of weights for every problem of `loss`.

    Raises
    ------
    ValueError
        If `start` is not finite or does not fit the loss.
    """
    weights = np.asarray(start, dtype=np.float64)
    if weights.ndim == 0 or not np.isfinite(weights).all():
        raise ValueError("start must be finite weights of shape (..., n_weights).")
    return weights_first(weights, loss.gradient(weights).shape)


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


def gradient_step(loss: Loss, weights: Array, step_size: float | Array) -> Array:
    """Return `weights - step_size * gradient`, a new array `(..., n_weights)`."""
    pull = loss.gradient(weights)
    pull *= column(step_size)
    np.subtract(weights, pull, out=pull)
    return pull
