"""Axes in a box of the page, their lettering, and named artists on them in their own units."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Bbox, IdentityTransform

from regviz.figures.canvas import POINTS_PER_INCH, TALL, Page
from regviz.figures.wrapping import typed, wrap
from regviz.lessons.axes import NAMES as NAMES_SHARE
from regviz.lessons.axes import Layout, Spot, Type
from regviz.lessons.placing import spaced
from regviz.lessons.theme import HALO

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from regviz.lessons.base import Array
    from regviz.lessons.box import Box
    from regviz.lessons.clip import Window
    from regviz.lessons.picture import Panel, Ticks

#: drawing order, from below
FILL, LINES, ARROWS, MARKERS, NAMES = range(1, 6)
#: an arrow's head, in its lengths; the tip is just ahead of the line's end, to cover it
_HEAD = np.array([[0.22, 0.0], [-0.78, -0.42], [-0.56, 0.0], [-0.78, 0.42], [0.22, 0.0]])
#: length of the head, in line widths
_HEAD_LENGTH = 5.5
#: how far below its middle the baseline of a figure is, in type sizes
LEVEL = 0.35
#: air between the end of a curve and its name, in heights of note type
BESIDE = 0.4


class Axes:
    """A panel's axes in a box of the page, with all their lettering inside the box.

    Parameters
    ----------
    page, figure, box
        Where they are drawn; the box is in inches.
    panel, limits
        What they show.
    ends
        Names of curves for which room is kept on the right.
    beneath
        What is written at the foot of a column of panels, which all in it share.

    Attributes
    ----------
    window
        `(left, right, bottom, top)`: the values at the ends of the axes.
    taken
        What no lettering may overlap, boxes `(left, bottom, right, top)` in pixels.
    lines
        Segments of the axes in pixels, shape `(n, 2, 2)`.
    """

    def __init__(
        self,
        page: Page,
        figure: Figure,
        box: Box,
        panel: Panel,
        limits: Window,
        *,
        ends: Sequence[str] = (),
        beneath: Ticks | None = None,
    ) -> None:
        self.page, self._figure, shape = page, figure, page.shape
        self._taken: list[Array] = []
        names = [page.text.say(said) for said in panel.axes]
        layout = Layout(panel, self._type(panel, names, ends, beneath))
        lens = layout.lens(box, limits)
        self.window = lens.window
        self.axes = figure.add_axes(
            (
                lens.box.left / shape.width,
                lens.box.bottom / shape.height,
                lens.box.width / shape.width,
                lens.box.height / shape.height,
            )
        )
        # Of a plane, a file says how weights became positions.
        gid = f"{'plane' if panel.kind == 'plane' else 'panel'}-{panel.name}"
        self.axes.set_gid(gid)
        self.axes.set_axis_off()
        self.axes.set(xlim=lens.window[:2], ylim=lens.window[2:])
        laid, dpi = layout.laid(lens), figure.dpi
        self.lines = dpi * np.concatenate([np.zeros((0, 2, 2)), *laid.axes.values()])
        for name, pieces in laid.axes.items():
            joined = np.insert(pieces * dpi, 2, np.nan, axis=1).reshape(-1, 2)[:-1]
            self._page_line(joined, gid=f"{gid}-{name}", color=page.theme.muted, below=0.5)
        for tick in laid.ticks:
            self._page_line(tick * dpi, color=page.theme.muted)
        for left, bottom, right, top in laid.grounds * dpi:
            corners = np.array([[left, bottom], [right, bottom], [right, top], [left, top]])
            self._ground(corners)
        wide = NAMES_SHARE * box.width * dpi if panel.kind == "bars" else None
        across, up = panel.ticks
        for at, spot in laid.numbers[0].items():
            self._write(across[at], spot)
        for at, spot in laid.numbers[1].items():
            self._write(up[at], spot, wide, role=panel.toned.get(at, "muted"))
        for said, stood in zip(names, laid.names, strict=True):
            if said and stood is not None:
                self._write(said, stood)

    def _type(
        self, panel: Panel, names: Sequence[str], ends: Sequence[str], beneath: Ticks | None
    ) -> Type:
        """Return how wide the lettering is, in inches."""
        em = TALL * self.page.shape.note / POINTS_PER_INCH
        level, upright = map(self._width, names)
        across, up = (
            {at: self._width(said) for at, said in ticks.items()} for ticks in panel.ticks
        )
        beside = max((self._width(name, "body") + BESIDE * em for name in ends), default=0.0)
        shared = {at: self._width(said) for at, said in (beneath or {}).items()}
        return Type(em, (level, upright), (across, up), beside, shared or None)

    def _width(self, content: str, size: str = "note") -> float:
        """Return how wide a line of type is, in inches."""
        if not content:
            return 0.0
        label = self.written(content, self.page.theme.ink, size)
        width = float(label.get_window_extent().width)
        label.remove()
        return width / float(self._figure.dpi)

    @property
    def taken(self) -> Array:
        """What no lettering may overlap, shape `(n, 4)`."""
        return np.array(self._taken).reshape(-1, 4)

    def keep_clear(self, box: Bbox) -> None:
        """Let no lettering overlap a box."""
        self._taken.append(np.array(box.extents))

    def pixels(self, points: Array) -> Array:
        """Return positions on the page, in pixels, of points `(..., 2)`."""
        shape = np.shape(points)
        found: Array = self.axes.transData.transform(np.reshape(points, (-1, 2)))
        return found.reshape(shape)

    # -- artists --------------------------------------------------------------------------

    def polyline(
        self,
        points: Array,
        *,
        gid: str | None,
        color: str,
        width: float = 1.0,
        dashes: tuple[float, ...] | None = None,
        zorder: float = LINES,
        **style: Any,
    ) -> Line2D:
        """Draw straight lines through `points`; `width` is in ordinary lines."""
        line = Line2D(
            *np.transpose(points),
            color=color,
            linewidth=width * self.page.shape.line,
            dashes=dashes or (None, None),
            solid_joinstyle="miter",
            solid_capstyle="butt",
            zorder=zorder,
            gid=gid,
            **style,
        )
        self.axes.add_line(line)
        return line

    def arrow(
        self, points: Array, *, head_at: int = -1, zorder: float = ARROWS, **style: Any
    ) -> Line2D:
        """Draw a polyline that has an arrow's head where vertex `head_at` is reached."""
        index = head_at % len(points)
        before, here = self.pixels(points)[[max(index - 1, 0), index]]
        angle = math.atan2(*(here - before)[::-1])
        turn = np.array(
            [[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]]
        )
        return self.polyline(
            points,
            zorder=zorder,
            marker=Path(_HEAD @ turn),
            # Matplotlib scales a marker so that its furthest coordinate is half its size.
            markersize=2.0 * _HEAD_LENGTH * self.page.shape.line * np.abs(_HEAD @ turn).max(),
            markevery=[index],
            markeredgewidth=0.0,
            **style,
        )

    def markers(
        self, points: Array, *, gid: str, edge: str, fill: str, size: float, outline: Path
    ) -> Line2D:
        """Mark points `(n, 2)` alike; `size` is in body type sizes."""
        wide = size * self.page.shape.body
        line = Line2D(
            *points.T,
            linestyle="none",
            marker=outline,
            markersize=wide,
            markerfacecolor=fill,
            markeredgecolor=edge,
            markeredgewidth=0.5 * self.page.shape.line,
            zorder=MARKERS,
            gid=gid,
            # One on the axes' edge is drawn whole.
            clip_on=not all(map(self._sees, points)),
        )
        self.axes.add_line(line)
        half = self._pixels(wide) / 2.0
        for middle in self.pixels(points):
            self.keep_clear(Bbox([middle - half, middle + half]))
        return line

    def _sees(self, at: Array) -> bool:
        left, right, bottom, top = *self.axes.get_xlim(), *self.axes.get_ylim()
        return bool(left <= at[0] <= right and bottom <= at[1] <= top)

    def lead(self, ends: Array, color: str) -> None:
        """Draw a thin leader, given in pixels, from what a label names to the label."""
        self._page_line(ends, color=color)

    def _page_line(
        self, pixels: Array, *, color: str, gid: str | None = None, below: float | None = None
    ) -> None:
        """Draw a thin polyline given in pixels of the page, also beyond the axes."""
        points = self.axes.transData.inverted().transform(pixels)
        zorder = NAMES if below is None else LINES - below
        self.polyline(points, gid=gid, color=color, width=0.5, zorder=zorder, clip_on=False)

    def _ground(self, corners: Array) -> None:
        """Let no line be seen between corners given in pixels."""
        points = self.axes.transData.inverted().transform(corners)
        color = self.page.theme.background
        self.axes.add_patch(Polygon(points, color=color, linewidth=0.0, zorder=LINES + 0.5))

    # -- lettering ------------------------------------------------------------------------

    def written(
        self, content: str, color: str, size: str = "body", *, bold: bool = False
    ) -> Text:
        """Return lettering that is positioned in pixels, still without a place."""
        points = getattr(self.page.shape, size)
        return self._figure.text(
            0.0,
            0.0,
            typed(content),
            fontproperties=self.page.font(points, bold=bold, content=content),
            color=color,
            ha="center",
            va="center",
            linespacing=1.08,
            zorder=NAMES,
            transform=IdentityTransform(),
            path_effects=[
                withStroke(linewidth=HALO * points, foreground=self.page.theme.background)
            ],
        )

    def stand(self, label: Text, middle: Array) -> None:
        """Put the middle of lettering at a place of the page, in pixels.

        It follows the axes from here on, whatever size the figure is shown in.
        """
        extent = label.get_window_extent()
        aside = np.array(label.get_position()) - (np.array(extent.min) + extent.max) / 2.0
        self._fix(label, middle + aside)

    def _fix(self, label: Text, at: Array) -> None:
        x, y = self.axes.transAxes.inverted().transform(at).tolist()
        label.set_position((x, y))
        label.set_transform(self.axes.transAxes)

    def write_at(self, said: str, at: Array, color: str, gid: str) -> None:
        """Write something with its middle at a point, where no other lettering may stand."""
        label = self.written(said, color, "note")
        label.set_gid(gid)
        # Beside others: their baselines are level, whatever their letters.
        label.set_verticalalignment("baseline")
        low = LEVEL * self._pixels(float(label.get_fontsize()))
        self._fix(label, self.pixels(at) - [0.0, low])
        self.keep_clear(label.get_window_extent())

    def _write(
        self, said: str, spot: Spot, wide: float | None = None, role: str = "muted"
    ) -> None:
        """Write something by the axes, in two lines if it is wider than it may be."""
        label = self.written(said, getattr(self.page.theme, role), "note")
        label.set_fontsize(spot.size * float(label.get_fontsize()))
        if wide is not None:
            wrap(label, said, 2, wide)
            label.set_multialignment("right")
        x, y = np.array(spot.at) * self._figure.dpi
        aside = 0.5 * spot.side * float(label.get_window_extent().width)
        self.stand(label, np.array([x + aside, y]))
        box = np.array(label.get_window_extent().extents)
        self._taken.append(spaced(box, self._pixels(self.page.shape.body)))

    def _pixels(self, points: float) -> float:
        return float(points / POINTS_PER_INCH * self._figure.dpi)
