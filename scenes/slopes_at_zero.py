"""The slopes on both sides of 0: a line along each, and its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from manim import Mobject, ValueTracker, VGroup, VMobject

from regviz.lessons.numbers import total
from regviz.scenes.chart import CURVE
from regviz.scenes.labels import clearest, dense
from regviz.scenes.stage import LABEL_EM, Box

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.scenes.one_weight import OneWeightScene

#: length of the lines
LENGTH = 1.5
#: shares of a line beside which its slope may be written
WRITTEN_AT = (0.5, 0.75, 1.0)


class SlopesAtZero:
    """Lines from 0 along the regularized loss's slopes, with their numbers.

    Parameters
    ----------
    scene
        Gives the exhibit, the chart and the strength that is shown.

    Attributes
    ----------
    lean
        How long the lines are, 0 to 1.
    lines
        Both lines.
    """

    def __init__(self, scene: OneWeightScene) -> None:
        self._scene = scene
        self.lean = ValueTracker(0.0)
        self.lines = VMobject(stroke_color=scene.color, stroke_width=CURVE + 2.0)

        def redraw(shape: VMobject) -> None:
            shape.set_points_as_corners(self._vertices())

        redraw(self.lines)
        self.lines.add_updater(redraw)

    def _vertices(self) -> Array:
        """Return the left line's end, the point at 0 and the right line's end, in the frame."""
        scene = self._scene
        at_zero = scene.chart.place(scene.at_zero)
        left, right = scene.exhibit.slopes_at_zero(scene.at)
        ways = np.array([[-1.0, -left, 0.0], [1.0, right, 0.0]]) * [*scene.chart.scale, 1.0]
        ways *= self.lean.get_value() * LENGTH / np.hypot(ways[:, 0], ways[:, 1])[:, None]
        return np.array([at_zero + ways[0], at_zero, at_zero + ways[1]])

    def numbers(self, strengths: Sequence[int] = ()) -> VGroup:
        """Return the slope of each line beside it; once, if both are one line.

        Parameters
        ----------
        strengths
            Indices of the strengths that are shown while the numbers stay.
        """
        avoid = [*self._scene.obstacles(strengths), dense(self._vertices())]
        exhibit, box = self._scene.exhibit, self._scene.chart.box
        added = exhibit.added_at_zero(self._scene.at)
        start, at_zero, end = self._vertices()
        if added[0] == added[1]:
            return VGroup(self._number(added[0], at_zero, [start, end], box, avoid))
        halves = (
            Box(box.left, at_zero[0], box.bottom, box.top),
            Box(at_zero[0], box.right, box.bottom, box.top),
        )
        sides = zip(added, (start, end), halves, strict=True)
        return VGroup(
            *(self._number(more, at_zero, [tip], half, avoid) for more, tip, half in sides)
        )

    def _number(
        self, added: float, at_zero: Array, ends: list[Array], box: Box, avoid: list[Array]
    ) -> Mobject:
        """Return a slope beside the lines from 0 to some ends, clear of what to avoid."""
        scene = self._scene
        label = scene.lettering(
            f"${total(scene.exhibit.slope, added)}$",
            LABEL_EM,
            color=scene.color,
            halo=scene.theme.background,
        )
        points = [at_zero + share * (end - at_zero) for end in ends for share in WRITTEN_AT]
        return clearest(label, points, box, avoid)
