"""Array types and the small array helpers that the whole package shares."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]

# Between these the squares of a vector's entries neither overflow nor lose digits.
_SQUARABLE = 1e-140, 1e140


def frozen(values: ArrayLike, name: str) -> Array:
    """Return a read-only float copy without -0.0, or raise if a value is not finite."""
    copy = np.array(values, dtype=np.float64)
    copy += 0.0  # turns -0.0 into 0.0
    if not np.isfinite(copy).all():
        raise ValueError(f"{name} must be finite, but holds a nan or an infinity.")
    copy.setflags(write=False)
    return copy


def non_negative(value: float, name: str) -> float:
    """Return `value` as a float, or raise if it is not a finite number >= 0."""
    number = float(value)
    if not (math.isfinite(number) and number >= 0):
        raise ValueError(f"{name} must be a finite number >= 0, got {value}.")
    return number


def all_quadrants(x: Array, y: Array) -> Array:
    """Return closed curves, `(..., 4 n + 1, 2)`, from `n` points each in the first quadrant.

    They begin on the first axis and end before the second. Turned by right angles, not
    computed anew, they meet the axes without rounding.
    """
    quadrants = [(x, y), (-y, x), (-x, -y), (y, -x), (x[..., :1], y[..., :1])]
    curves = np.concatenate([np.stack(pair, axis=-1) for pair in quadrants], axis=-2)
    return np.asarray(curves + 0.0)  # no -0.0


def largest_size(values: Array, axis: int | None = None) -> Array:
    """Return the largest absolute value, without a copy of all of them; 0 of none."""
    high, low = values.max(axis=axis, initial=0.0), values.min(axis=axis, initial=0.0)
    return np.asarray(np.maximum(high, -low))


def length(vectors: Array) -> Array:
    """Return the Euclidean length of vectors `(..., n)`, whatever their unit."""
    low, high = _SQUARABLE
    with np.errstate(over="ignore", under="ignore"):
        plain = np.asarray(np.linalg.norm(vectors, axis=-1), dtype=np.float64)
    unsure = ~((plain > low) & (plain < high))
    if unsure.any():
        largest = np.abs(vectors).max(axis=-1)
        unsure &= largest > 0.0
        unit = largest[unsure]
        plain[unsure] = unit * np.linalg.norm(vectors[unsure] / unit[:, np.newaxis], axis=-1)
    return plain


def column(value: float | Array) -> float | Array:
    """Give one number per problem, `(...)`, the axis that lets it meet weights."""
    return value if isinstance(value, float) else value[..., np.newaxis]


def weights_first(weights: ArrayLike, shape: tuple[int, ...]) -> Array:
    """Copy `weights` to `shape`, without -0.0, and with its last axis outermost in memory.

    NumPy's inner loop then runs over the batch, which is long, and not over the
    weights, which are often two. Elementwise operations keep this layout.
    """
    wide = np.broadcast_to(np.asarray(weights, dtype=np.float64), shape)
    return np.moveaxis(np.array(np.moveaxis(wide, -1, 0), order="C") + 0.0, 0, -1)


def matrix_times(matrix: Array, weights: Array) -> Array:
    """Return `matrix @ w` for every `w` of a batch, in the layout of `weights`.

    `matrix` is `(..., m, n)` and `weights` `(..., n)`; the result is `(..., m)`.
    """
    product: Array
    if matrix.ndim == 2 and weights.ndim <= 2:
        product = (matrix @ weights.T).T
    elif matrix.ndim == 2:
        product = np.moveaxis(np.tensordot(matrix, weights, axes=(1, -1)), 0, -1)
    else:
        product = np.einsum("...ij,...j->...i", matrix, weights)
    return product
