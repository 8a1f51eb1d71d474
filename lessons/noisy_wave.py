"""Noisy points of one wave on [-1, 1], and the expected error of a fit to them elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regviz.lessons.lines import over

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.draws import Draws

#: where curves are drawn
X = np.linspace(-1.0, 1.0, 401)


def truth(x: Array) -> Array:
    """Return the noiseless curve."""
    found: Array = np.sin(np.pi * x)
    return found


def spaced(draws: Draws, count: int, noise: float) -> Array:
    """Return points `(count, 2)`, one in each of as many equal stretches, in order."""
    x = 2.0 / count * (np.arange(count) + 0.1 + 0.8 * draws.even(count)) - 1.0
    return over(x, truth(x) + noise * draws.normal(count))


def scattered(draws: Draws, count: int, noise: float) -> Array:
    """Return points `(count, 2)` anywhere."""
    x = 2.0 * draws.even(count) - 1.0
    return over(x, truth(x) + noise * draws.normal(count))


def expected_error(fits: Array, noise: float) -> Array:
    """Return the expected squared error of fits over `X`, `(..., len(X))`, on a new point."""
    average = np.asarray(np.trapezoid((fits - truth(X)) ** 2, X, axis=-1)) / 2.0
    return average + noise**2
