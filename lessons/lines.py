"""Points of curves, and many lines as one that has breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from regviz.lessons.base import Array
    from regviz.lessons.clip import Window


def over(x: ArrayLike, y: ArrayLike) -> Array:
    """Return the points of curves, shape `(..., n, 2)`, `x` and `y` broadcast to `(..., n)`."""
    return np.stack(np.broadcast_arrays(x, y), axis=-1).astype(float)


def rows(many: int) -> Array:
    """Return the levels at which so many rows stand, the first uppermost, the last at 1."""
    return np.arange(many, 0.0, -1.0)


def joined(lines: Array) -> Array:
    """Return lines `(..., n_lines, n, 2)` as one, `(..., n_lines * (n + 1), 2)`.

    A row of NaN follows each.
    """
    broken = np.pad(
        lines, [*[(0, 0)] * (lines.ndim - 2), (0, 1), (0, 0)], constant_values=np.nan
    )
    return broken.reshape(*lines.shape[:-3], -1, 2)


def upright(x: ArrayLike, low: ArrayLike, high: ArrayLike) -> Array:
    """Return a line at each `x` between two levels, all `(..., n)`, joined into one."""
    places = np.broadcast_arrays(x, low, high)
    return joined(np.stack([over(places[0], level) for level in places[1:]], axis=-2))


def band(x: ArrayLike, low: ArrayLike, high: ArrayLike) -> Array:
    """Return the outline of what lies between two curves, along the higher one first."""
    return np.concatenate([over(x, high), over(x, low)[..., ::-1, :]], axis=-2)


def there(points: Array, is_there: NDArray[np.bool_]) -> Array:
    """Return points that are there, and NaN for those that are not."""
    found: Array = np.where(is_there[..., None], points, np.nan)
    return found


def kept_and_gone(points: Array, weights: Array) -> tuple[Array, Array]:
    """Return the points of weights that are not 0, and of those that are."""
    return there(points, weights != 0.0), there(points, weights == 0.0)


def below(points: Array, level: float) -> Array:
    """Return the points that are not above a level; the others are not there."""
    return there(points, points[..., 1] <= level)


def capped(curves: Array, level: float) -> Array:
    """Return curves `(..., n, 2)` as far as they are below, up to where they cross the level.

    The point after each that is the last below stands on the level, and so does the one before
    each that is the first, unless it is such a point already.
    """
    start, end = curves[..., :-1, :], curves[..., 1:, :]
    is_below = curves[..., 1] <= level
    crosses = is_below[..., :-1] != is_below[..., 1:]
    rise = np.where(crosses, end[..., 1] - start[..., 1], 1.0)
    share = np.where(crosses, (level - start[..., 1]) / rise, 0.0)
    across = over(start[..., 0] + share * (end[..., 0] - start[..., 0]), level)
    found = below(curves, level)
    enters, leaves = crosses & is_below[..., 1:], crosses & is_below[..., :-1]
    found[..., :-1, :] = np.where(enters[..., None], across, found[..., :-1, :])
    found[..., 1:, :] = np.where(leaves[..., None], across, found[..., 1:, :])
    return found


def filled(points: Array) -> Array:
    """Return points `(..., n, 2)` with the nearest before in place of each that is not there.

    What is missing at the beginning is where the first point is; without any, nothing is.
    """
    is_there = ~np.isnan(points[..., 0])
    last = np.maximum.accumulate(np.where(is_there, np.arange(is_there.shape[-1]), -1), axis=-1)
    at = np.where(last < 0, is_there.argmax(axis=-1)[..., None], last)
    found: Array = np.take_along_axis(points, at[..., None], axis=-2)
    return found


def up_to(path: Array) -> Array:
    """Return, for each step of a path `(n, 2)`, the way up to it; what comes later is NaN."""
    steps = np.arange(len(path))
    return there(path, steps <= steps[:, None])


def present(points: Array) -> Array:
    """Return the points `(n, 2)` that are there."""
    found: Array = points[np.isfinite(points).all(axis=1)]
    return found


def with_air(values: ArrayLike, share: float) -> tuple[float, float]:
    """Return the least and the greatest of values, with a share of their span on both sides."""
    low, high = float(np.min(values)), float(np.max(values))
    air = share * (high - low)
    return low - air, high + air


def squared(points: Array, air: float, least: float = 0.0) -> Window:
    """Return a square window around points `(n, 2)`, with air in shares of what they span.

    It is as large as if they spanned the `least` that is given.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2.0, (0.5 + air) * max(float(np.max(high - low)), least)
    (left, bottom), (right, top) = (middle - half).tolist(), (middle + half).tolist()
    return left, right, bottom, top
