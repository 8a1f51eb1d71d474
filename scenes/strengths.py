"""A chart over strengths of a penalty: logarithmic, and 0 stands apart at its left end."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from manim import Circle, Line, VGroup, VMobject

from regviz.scenes.chart import AXIS, CURVE, MARKER, Chart
from regviz.scenes.stage import Box

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.scenes.base import LessonScene

#: 0 is drawn so many decades left of the weakest strength
APART = 1.2
#: decades from one number on the axis to the next, or a multiple of them in a narrow chart
EVERY = 3
#: room that a number needs, and the distance to the 0
TICK_WIDTH, FROM_ZERO = 1.0, 0.6
#: half the width of the gap in the axis, and half the height of its strokes, in units
GAP, STROKE = 0.07, 0.12


class StrengthChart(Chart):
    """A chart over `lambdas`, 0 first; what stands at 0 is joined to the rest by no line.

    Parameters
    ----------
    scene, box
        As for a chart.
    lambdas
        Strengths in growing order, 0 first.
    top
        Upper end of the other axis, which starts at 0.
    levels
        What is written beside it, by value.
    at
        Tells which strength is reached.

    Attributes
    ----------
    where
        Where each strength is drawn, shape `(n_values,)`.
    """

    def __init__(
        self,
        scene: LessonScene,
        box: Box,
        lambdas: Array,
        top: float,
        levels: Mapping[float, str],
        at: Callable[[], int],
    ) -> None:
        self._at = at
        logs = np.log10(lambdas[1:])
        self.where = np.concatenate(([logs[0] - APART], logs))
        powers = range(int(np.ceil(logs[0])), int(np.floor(logs[-1])) + 1)
        room = box.width / (self.where[-1] - self.where[0])
        every = EVERY * math.ceil(TICK_WIDTH / (EVERY * room))
        ticks = {
            float(power): f"$10^{{{power}}}$"
            for power in powers
            if power % every == 0 and room * (power - self.where[0]) > FROM_ZERO
        }
        if 0.0 in ticks:
            ticks[0.0] = "$1$"
        left, right = float(self.where[0]), float(self.where[-1])
        super().__init__(
            scene,
            box,
            (left, right, 0.0, top),
            name=r"$\lambda$",
            ticks={left: "$0$"} | ticks,
            levels=levels,
            cross=(left, 0.0),
        )
        self.axes.add(self._break())

    def points(self, values: Array) -> Array:
        """Return the vertices of a curve over all strengths, shape `(n_values, 2)`."""
        return np.column_stack([self.where, values])

    def reached(self, values: Array, color: str, width: float = CURVE) -> VMobject:
        """Draw a curve as far as the strength has come; 0 itself is not on it."""
        points = self.points(values)[1:]
        return self.curve(lambda: points[: self._at()], color, width)

    def start(self, values: Array, color: str) -> VMobject:
        """Mark the value at 0, if it can be seen."""
        return (
            self._dot(color)
            .move_to(self.place(self.points(values)[0]))
            .set_opacity(float(self.sees(self.points(values)[0])))
        )

    def rider(self, values: Array, color: str) -> VMobject:
        """Mark the value at the strength that is reached, if it can be seen."""
        points, dot = self.points(values), self._dot(color)

        def redraw(shape: VMobject) -> None:
            point = points[self._at()]
            shape.move_to(self.place(point)).set_opacity(float(self.sees(point)))

        dot.add_updater(redraw)
        return dot.update()

    def _dot(self, color: str) -> Circle:
        style = {"stroke_color": self._scene.theme.background, "stroke_width": 2.0}
        return Circle(radius=0.8 * MARKER, **style).set_fill(color, opacity=1.0)

    def _break(self) -> VGroup:
        """Return what interrupts the axis between 0 and the weakest strength."""
        middle = self.place(np.array([self.where[:2].mean(), 0.0]))
        theme = self._scene.theme
        ends = np.array([[-GAP, 0.0, 0.0], [GAP, 0.0, 0.0]])
        gap = Line(*(middle + ends), stroke_color=theme.background, stroke_width=3 * AXIS)
        slant = np.array([0.3 * STROKE, STROKE, 0.0])
        strokes = (
            Line(middle + end - slant, middle + end + slant, stroke_width=AXIS) for end in ends
        )
        return VGroup(gap, *(stroke.set_color(theme.muted) for stroke in strokes))
