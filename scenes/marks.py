"""Marks of points: the same shapes as in the figures, and many marks as one shape.

manim draws many marks as one shape many times as fast as a shape per mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from manim import Circle, Polygon, Square, VMobject

from regviz.scenes.plane import straight

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.theme import Theme

#: half the side of a start's square, reach of a cross's arms, half their thickness, in units
_SQUARE, _REACH, _THICK = 0.11, 0.15, 0.055
#: size of an optimum's mark: a little more than half as wide
MARKER = 0.13


def start_mark(theme: Theme, place: Array) -> VMobject:
    """Return the mark of where descent starts: a hollow square."""
    square = Square(side_length=2.0 * _SQUARE, stroke_color=theme.path, stroke_width=4.5)
    square.set_fill(theme.background, opacity=1.0)
    return square.move_to(place)


def goal_mark(theme: Theme, place: Array) -> VMobject:
    """Return the mark of the unregularized optimum: a cross."""
    arm = np.array([(_REACH, -_THICK, 0.0), (_REACH, _THICK, 0.0), (_THICK, _THICK, 0.0)])
    quarter = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    turns = [np.linalg.matrix_power(quarter, count) for count in range(4)]
    cross = Polygon(*np.concatenate([arm @ turn for turn in turns]), color=theme.background)
    cross.set_stroke(width=2.0).set_fill(theme.loss, opacity=1.0)
    return cross.rotate(np.pi / 4).move_to(place)


def optimum_mark(theme: Theme, name: str) -> VMobject:
    """Return the mark of a penalty's optimum: for `l1` a square on its corner, else a disc."""
    style = {"stroke_color": theme.background, "stroke_width": 2.5}
    if name == "l1":
        mark: VMobject = Square(side_length=1.9 * MARKER, **style).rotate(np.pi / 4)
    else:
        mark = Circle(radius=1.1 * MARKER, **style)
    return mark.set_fill(getattr(theme, name), opacity=1.0)


def outline(corners: int, radius: float) -> Array:
    """Return a regular polygon about 0, the first corner on its right and again at its end.

    Four corners are a square on its corner; many are as good as a circle.
    """
    angles = np.linspace(0.0, 2.0 * np.pi, corners + 1)
    ring = np.stack([np.cos(angles), np.sin(angles), np.zeros(corners + 1)], axis=1)
    ring[-1] = ring[0]
    return radius * ring


def polygons(outlines: Array) -> Array:
    """Return manim's points for closed outlines of shape `(n_polygons, n_corners, 3)`."""
    sides = np.stack([outlines[:, :-1], outlines[:, 1:]], axis=2)
    return straight(sides.reshape(-1, 2, 3))
