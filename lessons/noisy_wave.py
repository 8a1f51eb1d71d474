"""Noisy points of one wave on [-1, 1], and the expected error of a fit to them elsewhere."""

from __future__ import annotations

import numpy as np

import regmath as rm
from regviz.lessons.draws import Draws
from regviz.lessons.lines import over

#: where curves are drawn
X = np.linspace(-1.0, 1.0, 401)


def truth(x: rm.Array) -> rm.Array:
    """Return the noiseless curve."""
    found: rm.Array = np.sin(np.pi * x)
    return found


def spaced(draws: Draws, count: int, noise: float) -> rm.Array:
    """Return points `(count, 2)`, one in each of as many equal stretches, in order."""
    x = 2.0 / count * (np.arange(count) + 0.1 + 0.8 * draws.even(count)) - 1.0
    return over(x, truth(x) + noise * draws.normal(count))


def scattered(draws: Draws, count: int, noise: float) -> rm.Array:
    """Return points `(count, 2)` anywhere."""
    x = 2.0 * draws.even(count) - 1.0
    return over(x, truth(x) + noise * draws.normal(count))


def expected_error(fits: rm.Array, noise: float) -> rm.Array:
    """Return the expected squared error of fits over `X`, `(..., len(X))`, on a new point."""
    average = np.asarray(np.trapezoid((fits - truth(X)) ** 2, X, axis=-1)) / 2.0
    return average + noise**2
