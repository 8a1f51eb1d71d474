"""A chart: axes of unequal scales, and curves through exactly the vertices they are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from manim import Mobject, Triangle, VGroup, VMobject

from regviz.lessons.clip import Window, clip_segments
from regviz.scenes.plane import Plane, straight
from regviz.scenes.stage import LABEL_EM, Box

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.scenes.base import LessonScene

#: line widths in manim's hundredths of a unit
AXIS, CURVE, TRAIL = 2.5, 6.0, 7.0
#: radius of a marker
MARKER = 0.14
#: room for numbers below the level axis and beside the upright one, and for the name beyond
BELOW, ASIDE, BEYOND = 0.52, 0.75, 0.42
#: length of a tick, and of an arrow's head
TICK, HEAD = 0.1, 0.26


class Chart(Plane):
    """Maps values into a box, each axis at its own scale; all lettering is inside the box.

    Parameters
    ----------
    scene
        Gives the theme and the lettering.
    box
        Where the chart stands. A function of trackers, if it moves; the axes and all that
        follows them are then redrawn.
    limits
        `(left, right, bottom, top)`: the values at its edges. A function of trackers, if the
        chart looks closer.
    name
        What the level axis shows, at its end.
    ticks, levels
        What is written below the level axis and beside the upright one, by value.
    cross
        Where the axes cross.

    Attributes
    ----------
    axes, numbers
        Both axes with the name, and the ticks with what is written there.
    """

    def __init__(
        self,
        scene: LessonScene,
        box: Box | Callable[[], Box],
        limits: Window | Callable[[], Window],
        *,
        name: str = "$w$",
        ticks: Mapping[float, str] | None = None,
        levels: Mapping[float, str] | None = None,
        cross: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        self._room = box if callable(box) else lambda: box
        self._aside, self._below = ASIDE if levels else 0.0, BELOW if ticks else 0.0
        self._scene = scene
        self._limits = limits if callable(limits) else lambda: limits
        self._cross = cross
        self.axes = self._draw_axes(name)
        self.numbers = VGroup(
            *(self._number(at, text) for at, text in (ticks or {}).items()),
            *(self._number(at, text, upright=True) for at, text in (levels or {}).items()),
        )
        for part in (self.axes, *self.numbers):
            part.update()
            if not (callable(box) or callable(limits)):
                part.clear_updaters()

    @property
    def box(self) -> Box:  # type: ignore[override]
        """What the axes span, without the lettering around them."""
        room = self._room()
        return Box(
            room.left + self._aside, room.right - BEYOND, room.bottom + self._below, room.top
        )

    @property
    def window(self) -> Window:  # type: ignore[override]
        """The values at the edges, as the trackers now stand."""
        return self._limits()

    @property
    def scale(self) -> Array:
        """Lengths in the frame of a value of 1, along both axes."""
        left, right, bottom, top = self.window
        return np.array([self.box.width / (right - left), self.box.height / (top - bottom)])

    def place(self, values: Array) -> Array:
        """Return points of the frame, shape `(..., 3)`, for values of shape `(..., 2)`."""
        left, _, bottom, _ = self.window
        corner = np.array([self.box.left, self.box.bottom])
        flat = corner + self.scale * (
            np.asarray(values, dtype=float) - np.array([left, bottom])
        )
        return np.concatenate((flat, np.zeros((*flat.shape[:-1], 1))), axis=-1)

    def curve(
        self, polyline: Callable[[], Array], color: str, width: float = CURVE
    ) -> VMobject:
        """Draw a polyline that follows trackers; its corners stay corners."""
        line = self.line(polyline(), color, width)
        return line.add_updater(lambda shape: self.redraw_line(shape, polyline()))

    def dashed(
        self, polyline: Array, color: str, width: float = AXIS, n_dashes: int = 24
    ) -> VMobject:
        """Draw a straight line between two points in dashes; follows a change of limits."""
        start, end = np.asarray(polyline, dtype=float)
        edges = start + np.linspace(0.0, 1.0, 2 * n_dashes)[:, None] * (end - start)
        pieces = edges.reshape(n_dashes, 2, 2)
        line = VMobject(stroke_color=color, stroke_width=width)

        def redraw(shape: VMobject) -> None:
            seen = [clip_segments(piece, self.window) for piece in pieces]
            shape.set_points(straight(self.place(np.concatenate(seen))))

        redraw(line)
        return line.add_updater(redraw)

    def at(self, marker: VMobject, point: Callable[[], Array]) -> VMobject:
        """Keep a marker at a point that follows trackers."""
        marker.add_updater(lambda shape: shape.move_to(self.place(point())))
        return marker.update()

    def arrow(self, ends: Callable[[], Array], color: str, width: float = 6.0) -> VGroup:
        """Draw an arrow between points that follow trackers; a short one has a small head."""
        shaft = VMobject(stroke_color=color, stroke_width=width)
        tip = VMobject(stroke_width=0, fill_color=color, fill_opacity=1.0)
        arrow = VGroup(shaft, tip)

        def redraw(_: Mobject) -> None:
            start, end = self.place(ends())
            length = float(np.linalg.norm(end - start))
            along = (end - start) / (length or 1.0)
            across = np.array([-along[1], along[0], 0.0])
            head = min(HEAD, 0.5 * length)
            neck = end - head * along
            shaft.set_points_as_corners([start, neck])
            half = 0.45 * head * across
            tip.set_points_as_corners([end, neck + half, neck - half, end])

        redraw(arrow)
        return arrow.add_updater(redraw)

    def _draw_axes(self, name: str) -> VGroup:
        color = self._scene.theme.muted
        label = self._scene.lettering(name, LABEL_EM, color=color) if name else VMobject()
        lines = [VMobject(stroke_color=color, stroke_width=AXIS) for _ in range(2)]
        tips = [
            Triangle(fill_color=color, fill_opacity=1.0, stroke_width=0)
            .scale(0.1)
            .rotate(np.radians(turn))
            for turn in (-90, 0)
        ]
        axes = VGroup(*lines, *tips, label)

        def redraw(_: Mobject) -> None:
            left, right, bottom, top = self.window
            x, y = (
                float(np.clip(value, low, high))
                for value, low, high in zip(
                    self._cross, (left, bottom), (right, top), strict=True
                )
            )
            ends = [[(left, y), (right, y)], [(x, bottom), (x, top)]]
            for line, tip, pair in zip(lines, tips, ends, strict=True):
                points = self.place(np.array(pair))
                line.set_points_as_corners(points)
                tip.move_to(points[1])
            label.move_to(lines[0].get_end() + np.array([0.12 + label.width / 2, 0.0, 0.0]))

        return axes.add_updater(redraw)

    def _number(self, at: float, text: str, *, upright: bool = False) -> VGroup:
        """Return a tick on an axis, with what is written there."""
        color = self._scene.theme.muted
        label = self._scene.lettering(text, LABEL_EM, color=color)
        line = VMobject(stroke_color=color, stroke_width=AXIS)
        away = np.array([-1.0, 0.0, 0.0] if upright else [0.0, -1.0, 0.0])
        half = label.width / 2 if upright else LABEL_EM / 2

        def redraw(shape: Mobject) -> None:
            low, high = self.window[2:] if upright else self.window[:2]
            other = self.window[:2] if upright else self.window[2:]
            across = float(np.clip(self._cross[0 if upright else 1], *other))
            point = self.place(np.array([across, at] if upright else [at, across]))
            line.set_points_as_corners([point, point + TICK * away])
            label.move_to(point + (TICK + 0.05 + half) * away)
            shape.set_opacity(1.0 if low <= at <= high else 0.0)

        return VGroup(line, label).add_updater(redraw)
