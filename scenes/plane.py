"""A weight plane: axes, and shapes drawn from exactly the vertices they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from manim import VMobject

from regviz.lessons.clip import Window, clip_polygon, clip_segments
from regviz.scenes.stage import Box

if TYPE_CHECKING:
    from regviz.lessons.base import Array


class Plane:
    """Maps a square of weights into a box and fills the rest of the box around it.

    Parameters
    ----------
    box
        Where the plane stands in the frame.
    limits
        `(left, right, bottom, top)` that must be seen, in weights.

    Attributes
    ----------
    unit
        Length in the frame of a weight of 1; the same along both axes.
    window
        `(left, right, bottom, top)` that is seen, in weights; contains the limits.
    """

    def __init__(self, box: Box, limits: Window) -> None:
        left, right, bottom, top = limits
        self.box = box
        self.unit = min(box.width / (right - left), box.height / (top - bottom))
        middle = np.array([left + right, bottom + top]) / 2
        self._origin = np.array(box.center[:2]) - self.unit * middle
        half = np.array([box.width, box.height]) / (2 * self.unit)
        (left, bottom), (right, top) = middle - half, middle + half
        self.window: Window = (float(left), float(right), float(bottom), float(top))

    def place(self, weights: Array) -> Array:
        """Return points of the frame, shape `(..., 3)`, for weights of shape `(..., 2)`."""
        flat = self._origin + self.unit * np.asarray(weights, dtype=float)
        return np.concatenate((flat, np.zeros((*flat.shape[:-1], 1))), axis=-1)

    def sees(self, weights: Array) -> bool:
        """Say whether a point lies in the window."""
        left, right, bottom, top = self.window
        return bool(left <= weights[0] <= right and bottom <= weights[1] <= top)

    def line(self, polyline: Array, color: str, width: float, opacity: float = 1.0) -> VMobject:
        """Draw a polyline of weights; its corners stay corners."""
        drawn = VMobject(stroke_color=color, stroke_width=width, stroke_opacity=opacity)
        self.redraw_line(drawn, polyline)
        return drawn

    def redraw_line(self, line: VMobject, polyline: Array) -> None:
        """Give a line other vertices."""
        line.set_points(straight(self.place(clip_segments(polyline, self.window))))

    def fill(self, polygon: Array, color: str, opacity: float) -> VMobject:
        """Fill a closed polygon of weights, without an outline."""
        drawn = VMobject(stroke_width=0, fill_color=color, fill_opacity=opacity)
        self.redraw_fill(drawn, polygon)
        return drawn

    def redraw_fill(self, fill: VMobject, polygon: Array) -> None:
        """Give a filled polygon other vertices."""
        inside = clip_polygon(polygon, self.window)
        fill.set_points(straight(self.place(np.stack((inside[:-1], inside[1:]), axis=1))))


def straight(segments: Array) -> Array:
    """Return manim's points for straight segments, shape `(n_segments, 2, 3)` to `(4 n, 3)`.

    Segments that share an end point are one path to manim, joined at a corner.
    """
    start, end = segments[:, :1], segments[:, 1:]
    thirds = np.array([0.0, 1 / 3, 2 / 3, 1.0])[None, :, None]
    points = start + thirds * (end - start)
    points[:, 3:] = end
    return points.reshape(-1, 3)
