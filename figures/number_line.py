"""A number line with arrows that start on it: what pulls a weight, and how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.patches import Polygon
from matplotlib.ticker import MaxNLocator

from regviz.figures.canvas import LEADING, POINTS_PER_INCH, Box, Page
from regviz.figures.plane import ARROWS, LINES, Sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from regviz.lessons.base import Array

#: thickness of an arrow, and width and length of its head, in body type sizes
SHAFT, HEAD = 0.16, 0.62
#: of a short arrow, the head takes at most this part
HEAD_SHARE = 0.65
#: distance of the arrows from the line, in body type sizes
LIFT = 0.95
#: length of a tick, in note type sizes
TICK = 0.35


class NumberLine(Sheet):
    """A level axis in a box of the page; heights on it are in body type sizes.

    Parameters
    ----------
    page, figure, box
        Where it is drawn.
    limits
        `(left, right)` that must be seen.
    gid
        Name of the line, such as `line-l1`.
    numbered
        Whether values are written below it.
    """

    def __init__(
        self,
        page: Page,
        figure: Figure,
        box: Box,
        limits: tuple[float, float],
        gid: str,
        *,
        numbered: bool,
    ) -> None:
        left, right = limits
        air = 0.04 * (right - left)
        em = page.shape.body / POINTS_PER_INCH
        below = LIFT + HEAD / 2.0
        if numbered:
            below += LEADING * page.shape.note / page.shape.body
        height = box.height / em
        super().__init__(
            page, figure, box, (left - air, right + air, -below, height - below), gid
        )
        self._ends = (left - air, right + air)
        self._draw_axis(numbered)

    def arrow_from(
        self, weight: float, pull: float, *, gid: str, color: str, above: bool
    ) -> Polygon | None:
        """Draw an arrow from a weight to `weight + pull`, above or below the line.

        Its first two vertices are its tail's, its fourth is its tip.
        """
        if pull == 0.0:
            return None
        unit = (self.axes.get_xlim()[1] - self._ends[0]) / self.axes.bbox.width
        head = min(self._pixels(HEAD * self.page.shape.body) * unit, HEAD_SHARE * abs(pull))
        neck = weight + pull - np.copysign(head, pull)
        # The head of a short arrow is narrower, so that its shape stays.
        half = 0.5 * HEAD * max(0.45, head / (self._pixels(HEAD * self.page.shape.body) * unit))
        across = np.array([SHAFT / 2, -SHAFT / 2, -SHAFT / 2, -half, 0.0, half, SHAFT / 2])
        along = np.array([weight, weight, neck, neck, weight + pull, neck, neck])
        middle = LIFT if above else -LIFT
        arrow = Polygon(
            np.column_stack([along, middle + across]),
            facecolor=color,
            linewidth=0,
            zorder=ARROWS,
            gid=gid,
        )
        self.axes.add_patch(arrow)
        self.labels.keep_off(self.pixels(arrow.get_xy()), 12.0, self.axes.bbox)
        return arrow

    def drop(self, weights: Array, *, gid: str, color: str) -> None:
        """Join each weight to where its arrows start, with a fine line."""
        for index, weight in enumerate(weights):
            self.polyline(
                np.array([[weight, -LIFT], [weight, LIFT]]),
                gid=f"{gid}-{index}",
                color=color,
                width=0.4,
                zorder=LINES - 0.3,
            )

    def _draw_axis(self, numbered: bool) -> None:
        muted = self.page.theme.muted
        name = self.axes.get_gid()
        ends = np.array([[self._ends[0], 0.0], [self._ends[1], 0.0]])
        self.polyline(ends, gid=f"{name}-axis", color=muted, width=0.6)
        places = MaxNLocator(nbins=4, steps=[1, 2, 5, 10]).tick_values(*self._ends)
        note = self.page.shape.note / self.page.shape.body
        foot = -LIFT - HEAD / 2.0 - 0.5 * LEADING * note
        for value in places.tolist():
            if not self._ends[0] <= value <= self._ends[1]:
                continue
            tick = np.array([[value, -TICK * note], [value, TICK * note]])
            self.polyline(tick, gid=f"{name}-tick-{value:g}", color=muted, width=0.6)
            if numbered:
                label = self.written(f"${value:g}$", muted, "note")
                if self.labels.put(label, self.pixels(np.array([value, foot]))):
                    self.bound(label)
                else:
                    label.remove()
