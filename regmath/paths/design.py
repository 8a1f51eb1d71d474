"""The check of a design matrix and its target, shared by the paths."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array

# Squares of numbers up to 2**200 times or parts of 1, and their products, are doubles.
FAR = 200
# A strength that differs from a knot by this share of it is that knot: they differ by rounding.
SAME = 1e-14
# Results below this have lost digits, or would where they fall on along a path.
SMALLEST = 1e-290


def design(X: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Return `X` and `y` as float arrays, copied only if they are not.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
    y : array_like, shape (n_samples,)

    Raises
    ------
    ValueError
        If a value is not finite, the shapes disagree, or there is no sample or feature.
    """
    matrix, target = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if matrix.ndim != 2 or 0 in matrix.shape or target.shape != matrix.shape[:1]:
        raise ValueError(
            "X must be (n_samples, n_features) and y (n_samples,), "
            f"got {matrix.shape} and {target.shape}."
        )
    for name, values in (("X", matrix), ("y", target)):
        if not np.isfinite(values).all():
            raise ValueError(f"{name} must be finite, but holds a nan or an infinity.")
    return matrix, target


def near_one(values: Array, largest: float) -> tuple[Array, int]:
    """Return `values / 2**exponent` and the exponent: 0 unless `largest` is far from 1."""
    exponent = int(np.frexp(largest)[1])
    if abs(exponent) <= FAR:
        return values, 0
    return np.asarray(np.ldexp(values, -exponent)), exponent


def restored(values: Array, exponent: int, name: str) -> Array:
    """Return `values * 2**exponent`, or raise if doubles cannot hold that."""
    if exponent == 0:
        return values
    with np.errstate(over="ignore", under="ignore"):
        result = np.asarray(np.ldexp(values, exponent))
    largest = float(np.abs(result).max(initial=0.0))
    if not largest < np.inf or (values.any() and largest < SMALLEST):
        raise ValueError(
            f"the {name} of this X and y are out of the range of doubles; "
            "give X or y in another unit."
        )
    return result


def checked_lambdas(lam: ArrayLike) -> Array:
    """Return `lam` as a float array, or raise if any is negative or not finite."""
    wanted = np.asarray(lam, dtype=np.float64)
    if not np.isfinite(wanted).all() or (wanted < 0.0).any():
        raise ValueError("lam must be finite and >= 0.")
    return wanted


def at_knots(lam: Array, knots: Array) -> Array:
    """Return strengths, of which each that is a knot but for rounding is that knot.

    Knots are computed: at 0.24 a weight may be `1e-17` whose knot is 0.24 and one rounding.
    Between two knots that are so near to each other themselves, none is changed.

    Parameters
    ----------
    lam : array, shape (...)
    knots : array, shape (n_knots,)
        Strictly falling.
    """
    rising = knots[::-1]
    above = np.searchsorted(rising, lam).clip(max=len(rising) - 1)
    low, high = rising[(above - 1).clip(min=0)], rising[above]
    # A hundred times as far apart: the middle between them is neither.
    are_two = high - low > 100.0 * SAME * high
    for near in (low, high):
        lam = np.where(are_two & (np.abs(near - lam) <= SAME * near), near, lam)
    return lam
