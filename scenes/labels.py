"""Putting a label beside the point it names, clear of everything it must not cover."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from manim import Mobject

from regviz.scenes.stage import Box

if TYPE_CHECKING:
    from regviz.lessons.base import Array

#: directions from the point, the ones read most easily first
_DIRECTIONS = [(1, 1), (-1, 1), (1, -1), (-1, -1), (1, 0), (-1, 0), (0, 1), (0, -1)]
#: between a marker's centre and its label
_DISTANCES = (0.2, 0.27, 0.34, 0.42, 0.5, 0.6, 0.7)
#: a label this far from everything is as good as one further off
_CLEAR = 0.18
#: how much clearer a place must be for every unit that it is further from the point
_NEARNESS = 0.25


def beside(label: Mobject, point: Array, box: Box, avoid: Sequence[Array]) -> Mobject:
    """Move a label next to a point of the frame, or the best of several, and return it.

    Parameters
    ----------
    label
        What to move.
    point
        The point it names, shape `(3,)`, or points of what it names, shape `(n_points, 3)`.
    box
        The label stays inside.
    avoid
        Points of the frame it must stay clear of, each array `(n_points, 3)`.
    """
    places = _rated(label, point, box, avoid)
    best = max(places, key=lambda at: at.merit - _NEARNESS * at.distance)
    return label.move_to((*best.center, 0.0))


def nearest(
    label: Mobject, point: Array, box: Box, avoid: Sequence[Array], clear: float
) -> Mobject:
    """Move a label as near as it is still clear by `clear`, or as `beside` does, and return it.

    The other parameters are those of :func:`beside`.
    """
    places = [at for at in _rated(label, point, box, avoid) if at.merit >= clear]
    if not places:
        return beside(label, point, box, avoid)
    best = min(places, key=lambda at: (at.distance, -at.merit))
    return label.move_to((*best.center, 0.0))


def clearest(
    label: Mobject, points: Sequence[Array], box: Box, avoid: Sequence[Array]
) -> Mobject:
    """Return a copy of a label beside that of some points where it stands clearest.

    The parameters are those of :func:`beside`.
    """
    placed = [beside(label.copy(), point, box, avoid) for point in points]
    return max(placed, key=lambda there: clearance(there, avoid))


def clearance(label: Mobject, avoid: Sequence[Array]) -> float:
    """Return how far a label is from the points it must stay clear of; 0 if it covers one."""
    obstacles = np.concatenate([np.atleast_2d(points)[:, :2] for points in avoid])
    half = np.array([label.width, label.height]) / 2
    outside = np.maximum(np.abs(obstacles - label.get_center()[:2]) - half, 0.0)
    return float(np.hypot(outside[:, 0], outside[:, 1]).min())


class _Place(NamedTuple):
    """Where a label may stand: how far from what it names, how clear, and its centre."""

    distance: float
    merit: float
    center: Array


def _rated(label: Mobject, point: Array, box: Box, avoid: Sequence[Array]) -> list[_Place]:
    """Return all places of a label beside a point or points."""
    half = np.array([label.width, label.height]) / 2
    obstacles = np.concatenate([np.atleast_2d(points)[:, :2] for points in avoid])
    places = [
        (distance, anchor + np.array(direction) * (half + distance / np.hypot(*direction)))
        for anchor in np.atleast_2d(point)[:, :2]
        for distance in _DISTANCES
        for direction in _DIRECTIONS
    ]
    return [
        _Place(distance, _merit(center, half, box, obstacles), center)
        for distance, center in places
    ]


def _merit(place: Array, half: Array, box: Box, obstacles: Array) -> float:
    """Return how clear a place is; `max` takes the first of equals."""
    low, high = place - half, place + half
    inside = (
        box.left <= low[0]
        and high[0] <= box.right
        and box.bottom <= low[1]
        and high[1] <= box.top
    )
    outside = np.maximum(np.abs(obstacles - place) - half, 0.0)
    distances = np.hypot(outside[:, 0], outside[:, 1])
    covered = int(np.sum(distances == 0.0))
    merit = -0.01 * covered if covered else min(float(distances.min()), _CLEAR)
    return merit if inside else merit - 10.0


def dense(points: Array, spacing: float = 0.1) -> Array:
    """Return a polyline with points on it at least every `spacing`, for `beside` to avoid."""
    pieces = [
        np.linspace(start, end, max(2, int(np.ceil(np.linalg.norm(end - start) / spacing))))
        for start, end in itertools.pairwise(points)
    ]
    return np.concatenate(pieces) if pieces else points


def outline_of(label: Mobject) -> Array:
    """Return points around a label's rectangle, for other labels to stay clear of."""
    corners = [label.get_corner((x, y, 0.0)) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return dense(np.array([*corners, corners[0]]))
