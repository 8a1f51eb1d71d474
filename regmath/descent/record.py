"""Stop a descent, and stack its states into one array."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

import numpy as np

from regmath._arrays import Array, non_negative
from regmath.descent.state import State

StateT = TypeVar("StateT", bound=State)


def record(states: Iterable[State], n_steps: int) -> Array:
    """Run `n_steps` updates and keep every iterate.

    Parameters
    ----------
    states : iterable of State
        The first `n_steps + 1` are taken.
    n_steps : int
        Number of updates, >= 0.

    Returns
    -------
    ndarray, shape (n_steps + 1, ..., n_weights)
        Row `k` holds the weights after `k` updates. It shares no memory with the
        states.

    Raises
    ------
    ValueError
        If `n_steps` is negative or the states end early.
    """
    _check_count(n_steps, "n_steps")
    taken = islice(states, n_steps + 1)
    first = next(taken, None)
    if first is None:
        raise ValueError("there are no states to record.")
    # Weights outermost within a row, as the states are in memory: a plain copy.
    shape = first.weights.shape
    rows = np.moveaxis(np.empty((n_steps + 1, *shape[-1:], *shape[:-1])), 1, -1)
    rows[0] = first.weights
    n_taken = 1
    for state in taken:
        rows[n_taken] = state.weights
        n_taken += 1
    if n_taken <= n_steps:
        raise ValueError(f"the states ended after {n_taken - 1} of {n_steps} steps.")
    return rows


def until(states: Iterable[StateT], tolerance: float, max_steps: int) -> Iterator[StateT]:
    """Yield states until the weights stop moving.

    Parameters
    ----------
    states : iterable of State
    tolerance : float
        Stop after the first state in which no weight, in the whole batch, has moved
        by more than this since the state before; >= 0, in the weights' unit.
    max_steps : int
        Stop after this many updates at the latest, >= 0.

    Returns
    -------
    iterator of State
        Ends with the state that met the tolerance, or the last one allowed.

    Raises
    ------
    ValueError
        If `tolerance` or `max_steps` is negative, or `tolerance` is not finite.
    """
    _check_count(max_steps, "max_steps")
    return _until(states, non_negative(tolerance, "tolerance"), max_steps)


def _until(states: Iterable[StateT], tolerance: float, max_steps: int) -> Iterator[StateT]:
    previous = None
    for state in islice(states, max_steps + 1):
        yield state
        if previous is not None and np.abs(state.weights - previous).max() <= tolerance:
            return
        previous = state.weights


def trajectory(states: Iterable[State]) -> Array:
    """Stack the weights of states that end, such as those of `until`.

    Parameters
    ----------
    states : iterable of State
        Finite and not empty.

    Returns
    -------
    ndarray, shape (n_states, ..., n_weights)

    Raises
    ------
    ValueError
        If there is no state.
    """
    weights = [state.weights for state in states]
    if not weights:
        raise ValueError("there are no states to stack.")
    return np.stack(weights)


def _check_count(count: int, name: str) -> None:
    if count < 0:
        raise ValueError(f"{name} must be at least 0, got {count}.")
