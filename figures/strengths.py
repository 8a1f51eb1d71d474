"""A chart over strengths of a penalty: logarithmic, and 0 stands apart at its left end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.figures.canvas import Box, Page
from regviz.figures.chart import Chart, Interval

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from regviz.lessons.base import Array

#: 0 is drawn where the strength that is this many times smaller than the weakest would be
APART = 12.0
#: half the width of the gap in the axis between 0 and the rest, and height of its two strokes,
#: in note type sizes
GAP, STROKE = 0.22, 0.32
#: decades from one number on the axis to the next
EVERY = 3


class StrengthChart(Chart):
    """A chart over `lambdas`, 0 first; what stands at 0 is joined to the rest by no line.

    Parameters
    ----------
    page, figure, box, gid, names, ends
        As for a chart.
    lambdas
        Strengths in growing order, 0 first.
    y
        Ends of the other axis.
    """

    def __init__(
        self,
        page: Page,
        figure: Figure,
        box: Box,
        lambdas: Array,
        y: Interval,
        gid: str,
        **options: Any,
    ) -> None:
        #: where each strength is drawn
        self.where = np.where(lambdas > 0.0, lambdas, lambdas[1] / APART)
        powers = np.arange(np.ceil(np.log10(lambdas[1])), np.floor(np.log10(lambdas[-1])) + 1)
        ticks = {10.0**power: f"$10^{{{power:.0f}}}$" for power in powers if power % EVERY == 0}
        if 1.0 in ticks:
            ticks[1.0] = "$1$"
        super().__init__(
            page,
            figure,
            box,
            (float(self.where[0]), float(self.where[-1])),
            y,
            gid,
            log_x=True,
            x_ticks={float(self.where[0]): "$0$"} | ticks,
            **options,
        )
        self._break_axis(float(np.sqrt(self.where[0] * self.where[1])))

    def over(self, values: Array, *, gid: str, color: str, size: float, **style: Any) -> None:
        """Draw values at all strengths: a curve, and for 0 a dot of that size, if any."""
        self.curve(self.where[1:], values[1:], gid=gid, color=color, **style)
        if size and self.sees((self.where[0], values[0])):
            at = np.array([self.where[0], values[0]])
            self.marker(at, gid=f"{gid}-at-0", marker="o", color=color, size=size)

    def _break_axis(self, at: float) -> None:
        """Interrupt the axis between 0 and the weakest strength."""
        middle = self.pixels(np.array([at, self.y[0]]))
        gap, stroke = self._pixels_of(GAP), self._pixels_of(STROKE)
        theme = self.page.theme
        hidden = middle + np.array([[-gap, 0.0], [gap, 0.0]])
        self._page_line(hidden, gid=None, color=theme.background, width=1.2, avoid=0.0)
        for side in (-gap, gap):
            slanted = np.array([[side - 0.3 * stroke, -stroke], [side + 0.3 * stroke, stroke]])
            self._page_line(middle + slanted, gid=None, color=theme.muted, width=0.5, avoid=3.0)
