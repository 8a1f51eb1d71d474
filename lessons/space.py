"""How points in space are seen: one projection for all media, and surfaces cut into facets.

The projection is parallel, so that what is seen from above is a plane of equal scales and what
is seen from the side is a chart, with no step between. `pages/space.js` is its twin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regviz.lessons.base import Array

#: rows of points of each facet: a square that is cut at a level has six corners at most
CORNERS = 6
#: where light falls from, and the least and greatest percentage of its role's colour of a facet
LIGHT = np.array([-0.48, -0.36, 0.8])
PALEST, DEEPEST = 20, 72
#: between two shades, so that neighbours of one shade can be drawn as one
SHADE = 2


def view(turn: float, tilt: float) -> Array:
    """Return what is to the right, up and towards the eye, as the rows of a `(3, 3)` array.

    Parameters
    ----------
    turn
        Degrees on the floor from its first axis to where the eye is: from -90 the first axis
        runs to the right.
    tilt
        Degrees of the eye above the floor: from 90 the floor is seen as a plane.
    """
    a, e = np.radians([turn, tilt])
    # exact from the sides and from above, where a cosine of 90 degrees would not be 0
    (cos_a, sin_a), (cos_e, sin_e) = (_turned(angle) for angle in (a, e))
    right = [-sin_a, cos_a, 0.0]
    up = [-sin_e * cos_a, -sin_e * sin_a, cos_e]
    return np.array([right, up, [cos_e * cos_a, cos_e * sin_a, sin_e]]) + 0.0


def project(points: Array, turn: float, tilt: float) -> Array:
    """Return where points `(n, 3)` are seen, shape `(n, 2)`."""
    seen: Array = points @ view(turn, tilt)[:2].T
    return seen


def facets(points: Array, turn: float, tilt: float) -> tuple[Array, NDArray[np.int_]]:
    """Return a surface's facets as they are seen, the farthest first, and how bright each is.

    Parameters
    ----------
    points
        Corners, :data:`CORNERS` for each facet, shape `(n * CORNERS, 3)`; facets of NaN are not
        there.

    Returns
    -------
    corners
        Shape `(n_seen, CORNERS, 2)`.
    percents
        Of its role's colour that each has, the rest being the background's, shape `(n_seen,)`.
        It is that of the facet and not of the view: turning changes no colour.
    """
    corners = points.reshape(-1, CORNERS, 3)
    corners = corners[~np.isnan(corners).any(axis=(1, 2))]
    right_up_near = view(turn, tilt)
    order = np.argsort((corners @ right_up_near[2]).mean(axis=1), kind="stable")
    corners = corners[order]
    normal = np.cross(corners, np.roll(corners, -1, axis=1)).sum(axis=1)
    size = np.linalg.norm(normal, axis=1)
    shade = np.abs(normal @ LIGHT) / np.where(size > 0.0, size, 1.0)
    percents = SHADE * np.rint((DEEPEST - (DEEPEST - PALEST) * shade) / SHADE).astype(int)
    return corners @ right_up_near[:2].T, percents


def surface(x: Array, y: Array, heights: Array, top: float) -> Array:
    """Return a surface over a grid as facets, cut where it is higher than `top`.

    Parameters
    ----------
    x, y
        The grid's lines, shapes `(n,)` and `(m,)`. A kink of the surface that lies on a line
        stays one.
    heights
        Shape `(..., n, m)`.

    Returns
    -------
    Array
        Shape `(..., (n - 1) * (m - 1) * CORNERS, 3)`; facets that are wholly above are NaN.
    """
    floor = np.broadcast_to(np.stack(np.meshgrid(x, y, indexing="ij"), -1), (*heights.shape, 2))
    at = np.concatenate([floor, heights[..., None]], axis=-1)
    around = [
        at[..., :-1, :-1, :],
        at[..., 1:, :-1, :],
        at[..., 1:, 1:, :],
        at[..., :-1, 1:, :],
    ]
    squares = np.stack(around, axis=-2)
    shape = heights.shape[:-2]
    return _cut(squares.reshape(-1, 4, 3), top).reshape(*shape, -1, 3)


def _cut(squares: Array, top: float) -> Array:
    """Return what of squares `(n, 4, 3)` is not above a level, shape `(n, CORNERS, 3)`."""
    following = np.roll(squares, -1, axis=1)
    low, high = squares[..., 2], following[..., 2]
    crosses = (low <= top) != (high <= top)
    share = (top - low) / np.where(crosses, high - low, 1.0)
    crossing = squares + share[..., None] * (following - squares)
    # each corner, then where the side behind it crosses the level
    slots = np.stack([squares, crossing], axis=2).reshape(-1, 8, 3)
    kept = np.stack([low <= top, crosses], axis=2).reshape(-1, 8)
    order = np.argsort(~kept, axis=1, kind="stable")[:, :CORNERS]
    # a facet of fewer corners repeats its last
    order = np.take_along_axis(
        order, np.minimum(np.arange(CORNERS), kept.sum(axis=1, keepdims=True) - 1), axis=1
    )
    found = np.take_along_axis(slots, order[..., None], axis=1)
    found[~kept.any(axis=1)] = np.nan
    return found


def _turned(angle: float) -> tuple[float, float]:
    """Return cosine and sine of an angle in radians, without rounding at quarter turns."""
    return tuple(round(float(part), 15) + 0.0 for part in (np.cos(angle), np.sin(angle)))  # type: ignore[return-value]
