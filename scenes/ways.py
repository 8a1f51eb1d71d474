"""Ways through a plane, as arrays: how far they lead, fans of them, and parts of paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.scenes.stage import Box


def room_along(point: Array, way: Array, box: Box) -> float:
    """Return how far one can go from a point of a box before leaving it."""
    low, high = (box.left, box.bottom), (box.right, box.top)
    room = [
        ((high if step > 0 else low)[axis] - point[axis]) / step
        for axis, step in enumerate(way[:2])
        if abs(step) > 1e-9
    ]
    return float(min(room, default=np.inf))


def direction(vector: Array) -> Array:
    """Return the direction of a vector of weights as one of the frame; 0 stays 0."""
    length = float(np.hypot(*vector))
    return np.array([*(np.asarray(vector) / (length or 1.0)), 0.0])


def fan_of(rays: Array, opened: float) -> Array:
    """Return points on the unit circle from the first ray, opened so far, to the last.

    One ray grows in length instead. A cone of more than two rays is the whole plane.
    """
    if len(rays) == 0 or opened == 0.0:
        return np.empty((0, 3))
    first = np.arctan2(rays[0, 1], rays[0, 0])
    if len(rays) == 1:
        return opened * np.array([[np.cos(first), np.sin(first), 0.0]])
    span = 2 * np.pi
    if len(rays) == 2:
        turn = np.arctan2(rays[1, 1], rays[1, 0]) - first
        span = (turn + np.pi) % (2 * np.pi) - np.pi
    angles = first + np.linspace(0.0, opened * span, 61)
    return np.stack([np.cos(angles), np.sin(angles), np.zeros_like(angles)], axis=1)


def lengths_along(path: Array) -> Array:
    """Return the length along a polyline at each of its vertices."""
    return np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))))


def first_part(path: Array, lengths: Array, share: float) -> Array:
    """Return a polyline up to a share of its length: its own vertices and the end reached."""
    reached = share * lengths[-1]
    whole = int(np.searchsorted(lengths, reached, side="right"))
    if whole >= len(path):
        return path
    step = lengths[whole] - lengths[whole - 1]
    part = (reached - lengths[whole - 1]) / step
    end = path[whole - 1] + part * (path[whole] - path[whole - 1])
    return np.vstack((path[:whole], end))
