"""A number line with arrows that start on it: what pulls a weight, and how far."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from manim import VGroup, VMobject

from regviz.scenes.plane import straight
from regviz.scenes.stage import LABEL_EM, Box

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.scenes.base import LessonScene

#: line widths in manim's hundredths of a unit
AXIS, DROP = 3.0, 1.5
#: thickness of an arrow and length and width of its head
SHAFT, HEAD = 0.085, 0.27
#: of a short arrow, the head takes at most this part
HEAD_SHARE = 0.65
#: distance of the arrows from the line
LIFT = 0.4
#: room around the line: above it, below its arrows, and for numbers
ABOVE, BELOW, NUMBERS = 0.62, 0.6, 0.44
#: where the numbers stand, from the line
NUMBERS_LIFT = -BELOW - 0.5 * NUMBERS


class NumberLine:
    """Maps weights to a level axis in a box, which stands at the box's lower end.

    Parameters
    ----------
    scene
        Gives the theme and the lettering.
    box
        Where it stands.
    limits
        `(left, right)` that must be seen.
    numbered
        Whether values are written below it.
    """

    def __init__(
        self, scene: LessonScene, box: Box, limits: tuple[float, float], *, numbered: bool
    ) -> None:
        left, right = limits
        air = 0.04 * (right - left)
        self._scene = scene
        self.low, self.high = left - air, right + air
        self.box = box
        self.height = box.bottom + BELOW + (NUMBERS if numbered else 0.0)
        self._unit = box.width / (self.high - self.low)
        self.axis = self._axis(numbered)

    def place(self, weight: float, lift: float = 0.0) -> Array:
        """Return the point of the frame at a weight, `lift` above the line."""
        x = self.box.left + self._unit * (weight - self.low)
        return np.array([x, self.height + lift, 0.0])

    def arrow(self, weight: float, pull: float, *, above: bool) -> Array:
        """Return the closed outline of an arrow from `weight` to `weight + pull`.

        Its first and last point are the lower corner of its tail, its fourth is its tip.
        """
        start = self.place(weight, LIFT if above else -LIFT)
        length = self._unit * pull
        head = min(HEAD, HEAD_SHARE * abs(length))
        # The head of a short arrow is narrower, so that its shape stays.
        half = 0.5 * HEAD * max(0.45, head / HEAD)
        neck = length - math.copysign(head, length)
        along = np.array([0.0, neck, neck, length, neck, neck, 0.0, 0.0])
        across = 0.5 * SHAFT * np.array([-1.0, -1.0, 0.0, 0.0, 0.0, 1.0, 1.0, -1.0])
        across[2], across[4] = -half, half
        return start + np.column_stack([along, across, np.zeros(8)])

    def draw_arrows(self, arrows: VMobject, outlines: list[Array]) -> None:
        """Give a filled mobject these outlines; none makes it vanish."""
        pieces = [straight(np.stack((line[:-1], line[1:]), axis=1)) for line in outlines]
        arrows.set_points(np.concatenate(pieces) if pieces else np.empty((0, 3)))

    def _axis(self, numbered: bool) -> VGroup:
        muted = self._scene.theme.muted
        ticks = round_ticks(self.low, self.high)
        segments = [[self.place(self.low), self.place(self.high)]]
        segments += [[self.place(tick, -0.1), self.place(tick, 0.1)] for tick in ticks]
        lines = VMobject(stroke_color=muted, stroke_width=AXIS)
        axis = VGroup(lines.set_points(straight(np.array(segments))))
        for tick in ticks if numbered else []:
            number = self._scene.lettering(f"${tick:g}$", LABEL_EM, color=muted)
            axis.add(number.move_to(self.place(tick, NUMBERS_LIFT)))
        return axis


def round_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return at most `most` round numbers in an interval, as far apart as needed."""
    least = (high - low) / most
    power = 10.0 ** math.floor(math.log10(least))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(index * step, 12) for index in range(first, last + 1)]
