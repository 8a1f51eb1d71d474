"""Cutting polylines and polygons at a rectangle, exactly: new vertices lie on the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from regviz.lessons.base import Array


#: `(left, right, bottom, top)`
Window = tuple[float, float, float, float]


def clip_segments(vertices: Array, window: Window) -> Array:
    """Return the parts of a polyline's segments that lie in the window.

    Parameters
    ----------
    vertices
        Polyline, shape `(n_points, 2)`.
    window
        The rectangle.

    Returns
    -------
    Segments, shape `(n_segments, 2, 2)`: first point, last point.
    """
    start, end = vertices[:-1], vertices[1:]
    left, right, bottom, top = window
    if ((vertices >= (left, bottom)) & (vertices <= (right, top))).all():
        return np.stack((start, end), axis=1)
    step = end - start
    enter, leave = np.zeros(len(start)), np.ones(len(start))
    for axis, low, high in ((0, left, right), (1, bottom, top)):
        flat = step[:, axis] == 0.0
        safe = np.where(flat, 1.0, step[:, axis])
        with np.errstate(over="ignore"):  # of a step that is next to 0 it is out of reach: inf
            at_low, at_high = (low - start[:, axis]) / safe, (high - start[:, axis]) / safe
        inside = (start[:, axis] >= low) & (start[:, axis] <= high)
        first = np.where(flat, np.where(inside, 0.0, 2.0), np.minimum(at_low, at_high))
        last = np.where(flat, np.where(inside, 1.0, -1.0), np.maximum(at_low, at_high))
        enter, leave = np.maximum(enter, first), np.minimum(leave, last)
    seen = enter < leave
    start, step, end = start[seen], step[seen], end[seen]
    enter, leave = enter[seen, None], leave[seen, None]
    # what is not cut keeps its own vertices to the last bit, so that neighbours still join
    return np.stack(
        (
            np.where(enter > 0.0, start + enter * step, start),
            np.where(leave < 1.0, start + leave * step, end),
        ),
        axis=1,
    )


def clip_polygon(vertices: Array, window: Window) -> Array:
    """Return a closed polygon cut at the window, closed again; convex polygons stay so.

    Parameters
    ----------
    vertices
        Closed polygon, last point equal to the first, shape `(n_points, 2)`.
    window
        The rectangle.

    Returns
    -------
    Closed polygon, shape `(n_kept, 2)`; empty if nothing is inside.
    """
    left, right, bottom, top = window
    kept = vertices[:-1]
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, bottom, 1), (1, top, -1)):
        kept = _cut(kept, axis, limit, sign)
        if not len(kept):
            return np.empty((0, 2))
    return np.vstack((kept, kept[:1]))


def _cut(vertices: Array, axis: int, limit: float, sign: int) -> Array:
    """Keep the side of one line (Sutherland and Hodgman), in order."""
    following = np.roll(vertices, -1, axis=0)
    here, there = sign * (vertices[:, axis] - limit), sign * (following[:, axis] - limit)
    crosses = (here < 0) != (there < 0)
    span = np.where(crosses, here - there, 1.0)
    crossing = vertices + (here / span)[:, None] * (following - vertices)
    crossing[crosses, axis] = limit
    # each vertex is followed by the point where its edge leaves or enters
    both = np.stack((vertices, crossing), axis=1).reshape(-1, 2)
    kept: Array = both[np.stack((here >= 0, crosses), axis=1).reshape(-1)]
    return kept
