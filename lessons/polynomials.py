"""What lessons that fit a polynomial at many strengths share: features and strengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regviz.lessons.numbers import snap

if TYPE_CHECKING:
    from regviz.lessons.base import Array

#: the strongest penalty that is shown, and values per decade
STRONGEST, PER_DECADE = 10.0, 20
#: a penalty is worth its while if it divides the error by more than this
WORTH = 1.1
#: errors are nearly equal if one is not more than this times the other
NEARLY = 1.02


def standardized_powers(rows: Array, x: Array, degree: int) -> tuple[Array, Array]:
    """Return powers 1 to `degree` at the rows and at `x`, in units of their spread at the rows.

    The interval that `x` spans is first mapped to [-1, 1], where powers stay apart best.

    Parameters
    ----------
    rows
        Where the polynomial is fitted, shape `(n_rows,)`.
    x
        Where it is drawn, ends included, shape `(n_grid,)`.
    degree
        The highest power.

    Returns
    -------
    Two arrays, shapes `(n_rows, degree)` and `(n_grid, degree)`; the columns of the first have
    mean 0 and mean square 1.
    """
    middle, half = (x[0] + x[-1]) / 2.0, (x[-1] - x[0]) / 2.0
    exponents = np.arange(1, degree + 1)
    at_rows, at_x = (((at - middle) / half)[:, None] ** exponents for at in (rows, x))
    mean, scale = at_rows.mean(axis=0), at_rows.std(axis=0)
    return (at_rows - mean) / scale, (at_x - mean) / scale


def strengths(weakest: float, asked: float | None) -> Array:
    """Return 0 and strengths from `weakest` on, even in their logarithm, of two digits each.

    A strength that is asked for is among them, and they reach as far.
    """
    strongest = max(STRONGEST, asked or 0.0)
    n_values = round(PER_DECADE * np.log10(strongest / weakest)) + 1
    even = [float(f"{lam:.2g}") for lam in np.geomspace(weakest, strongest, n_values)]
    return np.unique([0.0, *even, *([] if asked is None else [snap(asked)])])


def still_index(lambdas: Array, asked: float | None, best: int) -> int:
    """Return which of the strengths the still picture shows: the one asked for, or the best."""
    return best if asked is None else int(np.flatnonzero(lambdas == snap(asked))[0])


def verdict(error: Array, best: int) -> str:
    """Say where the error is least: `none`, `inner` or `edge`.

    `none` means that no penalty is much better than none at all, `edge` that the strongest is
    as good as the best, or nearly; `inner` is between.
    """
    if error[0] <= WORTH * error[best]:
        return "none"
    return "edge" if error[-1] <= NEARLY * error[best] else "inner"
