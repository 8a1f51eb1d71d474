"""A weight plane and the things drawn on it, each a named artist in the weights' own units.

:class:`Sheet` is what a plane shares with a :class:`regviz.figures.chart.Chart`.
"""

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
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox, IdentityTransform

from regviz.figures.canvas import POINTS_PER_INCH, Box, Page
from regviz.figures.labels import DIRECTIONS, GAPS, Labels
from regviz.figures.wrapping import typed

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from regviz.lessons.base import Array

#: an arrow's head, in its lengths; the tip is just ahead of the line's end, to cover it
_HEAD = np.array([[0.22, 0.0], [-0.78, -0.42], [-0.56, 0.0], [-0.78, 0.42], [0.22, 0.0]])
#: length of the head, in line widths
_HEAD_LENGTH = 5.5
#: drawing order, from below
FILL, LINES, EDGE, WEDGE, PATHS, ARROWS, MARKERS, NAMES = range(1, 9)
#: what is seen around the limits, in parts of them: room for labels
AIR = 0.06
#: the halo around type is this part of its size
HALO = 0.22


class Sheet:
    """Named artists and labels on axes in a box of the page.

    Parameters
    ----------
    page, figure, box
        Where the axes are.
    limits
        `(left, right, bottom, top)`: the values at the box's edges.
    gid
        Name of the sheet.
    frame
        Where labels may stand; by default in the box.
    """

    def __init__(
        self,
        page: Page,
        figure: Figure,
        box: Box,
        limits: tuple[float, float, float, float],
        gid: str,
        frame: Box | None = None,
    ) -> None:
        shape = page.shape
        self.page = page
        self.axes = figure.add_axes(
            (
                box.left / shape.width,
                box.bottom / shape.height,
                box.width / shape.width,
                box.height / shape.height,
            )
        )
        self.axes.set_gid(gid)
        self.axes.set_axis_off()
        self.axes.set(xlim=limits[:2], ylim=limits[2:])
        room = frame or box
        corners = np.array([[room.left, room.bottom], [room.width, room.height]]) * figure.dpi
        self.labels = Labels(Bbox.from_bounds(*corners.ravel()), self._pixels(shape.body))

    def pixels(self, points: Array) -> np.ndarray:
        """Return positions on the page, in pixels, of points `(..., 2)`."""
        shape = np.shape(points)
        return self.axes.transData.transform(np.reshape(points, (-1, 2))).reshape(shape)

    def polyline(
        self,
        points: Array,
        *,
        gid: str,
        color: str,
        width: float = 1.0,
        dashes: tuple[float, ...] | None = None,
        avoid: float = 1.0,
        zorder: float = LINES,
        **style: Any,
    ) -> Line2D:
        """Draw straight lines through `points`; `width` is in ordinary lines.

        `avoid` is how much labels shun it.
        """
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
        if avoid:
            self.labels.keep_off(self.pixels(points), avoid, self.axes.bbox)
        return line

    def region(
        self, points: Array, *, gid: str, fill: str, edge: str, width: float = 1.0
    ) -> Polygon:
        """Fill a closed polyline and draw its edge; corners stay sharp."""
        polygon = Polygon(
            points,
            facecolor=fill,
            edgecolor=edge,
            linewidth=width * self.page.shape.line,
            joinstyle="miter",
            zorder=FILL,
            gid=gid,
        )
        self.axes.add_patch(polygon)
        self.labels.keep_off(self.pixels(points), 2.0, self.axes.bbox)
        self.labels.keep_outside(self.pixels(points))
        return polygon

    def point(
        self,
        at: Array,
        *,
        gid: str,
        marker: str,
        color: str,
        size: float,
        fill: str | None = None,
    ) -> Line2D:
        """Mark a point; `size` in body type sizes, hollow if `fill` is the background."""
        shape = self.page.shape
        points = size * shape.body
        line = Line2D(
            [at[0]],
            [at[1]],
            linestyle="none",
            marker=marker,
            markersize=points,
            markerfacecolor=fill or color,
            markeredgecolor=color,
            markeredgewidth=shape.line,
            zorder=MARKERS,
            gid=gid,
        )
        self.axes.add_line(line)
        middle, half = self.pixels(at), self._pixels(points) / 2.0
        self.labels.keep_clear(Bbox([middle - half, middle + half]))
        return line

    def arrow(
        self,
        points: Array,
        *,
        gid: str,
        color: str,
        head_at: int = -1,
        width: float = 1.0,
        avoid: float = 5.0,
        zorder: float = PATHS,
        dashes: tuple[float, ...] | None = None,
        alpha: float = 1.0,
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
            gid=gid,
            color=color,
            width=width,
            dashes=dashes,
            zorder=zorder,
            avoid=avoid,
            alpha=alpha,
            marker=Path(_HEAD @ turn),
            # Matplotlib scales a marker so that its furthest coordinate is half its size.
            markersize=2.0 * _HEAD_LENGTH * self.page.shape.line * np.abs(_HEAD @ turn).max(),
            markevery=[index],
            markeredgewidth=0.0,
        )

    def label(
        self,
        content: str,
        anchors: Sequence[Array | tuple[float, float]],
        *,
        color: str,
        size: str = "body",
        radius: float = 0.0,
        bold: bool = False,
        directions: Sequence[float] = DIRECTIONS,
        gaps: Sequence[float] = GAPS,
        dearest: float = math.inf,
    ) -> Text | None:
        """Write a label by one of its anchors, or nothing where there is no room.

        `radius` is that of the anchor's marker, in body type sizes; `dearest` is what the place
        may cost, in the terms of :mod:`regviz.figures.labels`.
        """
        label = self.written(content, color, size, bold)
        placed = self.labels.place(
            label,
            self.pixels(np.array(anchors, dtype=float)),
            radius=self._pixels(radius * self.page.shape.body),
            directions=directions,
            gaps=gaps,
            dearest=dearest,
        )
        if not placed:
            label.remove()
            return None
        return self.bound(label)

    def written(self, content: str, color: str, size: str = "body", bold: bool = False) -> Text:
        """Return a label that is positioned in pixels, still without a place."""
        points, line = getattr(self.page.shape, size), typed(content)
        return self.axes.figure.text(
            0.0,
            0.0,
            line,
            fontproperties=self.page.font(points, bold=bold, content=line),
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

    def bound(self, label: Text) -> Text:
        """Let a label follow the axes from here on, whatever size the figure is shown in."""
        label.set_position(self.axes.transAxes.inverted().transform(label.get_position()))
        label.set_transform(self.axes.transAxes)
        return label

    def width(self, content: str, size: str = "body") -> float:
        """Return how wide a line of type is, in inches."""
        label = self.written(content, self.page.theme.ink, size)
        width = label.get_window_extent().width if content else 0.0
        label.remove()
        return width / self.axes.figure.dpi

    def _pixels(self, points: float) -> float:
        return points / POINTS_PER_INCH * self.axes.figure.dpi


class Plane(Sheet):
    """Two weights' plane in a box of the page; equal scales, axes through the origin.

    Parameters
    ----------
    page, figure, box
        Where it is drawn.
    limits
        `(left, right, bottom, top)` that must be seen; the rest of the box shows more.
    gid
        Name of the plane, such as `plane-l1`.
    """

    def __init__(
        self,
        page: Page,
        figure: Figure,
        box: Box,
        limits: tuple[float, float, float, float],
        gid: str,
    ) -> None:
        left, right, bottom, top = _filling(limits, box.width / box.height)
        super().__init__(page, figure, box, (left, right, bottom, top), gid)
        #: lengths in the weights' units of one inch and of one point on the page
        self.inch = (right - left) / box.width
        self.pt = self.inch / POINTS_PER_INCH
        #: length, in the weights' units, at which a direction can be seen
        self.reach = 0.22 * min(box.width, box.height) * self.inch

    def cone(
        self, apex: Array, rays: Array, *, radius: float, gid: str, color: str
    ) -> Polygon | Line2D:
        """Draw the cone that `rays` span from `apex`: a wedge, or a line for one ray."""
        if len(rays) == 1:
            return self.polyline(
                np.array([apex, apex + radius * rays[0]]),
                gid=gid,
                color=color,
                width=5.0,
                zorder=WEDGE,
                alpha=0.3,
            )
        first, *others = (math.atan2(ray[1], ray[0]) for ray in rays)
        angles = [first]
        for angle in others:
            # The shorter way round from the ray before.
            angles.append(angles[-1] + math.remainder(angle - angles[-1], math.tau))
        turns = np.linspace(0.0, len(angles) - 1.0, 48 * (len(angles) - 1) + 1)
        swept = np.interp(turns, np.arange(len(angles)), angles)
        arc = apex + radius * np.column_stack([np.cos(swept), np.sin(swept)])
        wedge = Polygon(
            np.vstack([apex, arc]),
            facecolor=color,
            alpha=0.25,
            linewidth=0,
            zorder=WEDGE,
            gid=gid,
        )
        self.axes.add_patch(wedge)
        return wedge

    def name_axes(self, first: Sequence[str], second: Sequence[str]) -> None:
        """Draw both axes through the origin, each named at its positive end.

        By the first of its names that finds a place.
        """
        muted = self.page.theme.muted
        (left, right), (bottom, top) = self.axes.get_xlim(), self.axes.get_ylim()
        for axis, ends in (("w1", [[left, 0], [right, 0]]), ("w2", [[0, bottom], [0, top]])):
            gid = f"{self.axes.get_gid()}-{axis}"
            ends = np.array(ends, dtype=float)
            self.arrow(ends, gid=gid, color=muted, width=0.5, avoid=3.0, zorder=LINES - 0.5)
        style = {"color": muted, "gaps": (0.4, 0.8, 1.5, 2.4)}
        for names, end, directions in (
            (first, (right, 0.0), (-150, 150, -165, 165)),
            (second, (0.0, top), (-30, -150, -60, -120)),
        ):
            any(self.label(name, [end], directions=directions, **style) for name in names)

    def name_ticks(self) -> None:
        """Mark a few values on both axes, where there is room for their numbers."""
        muted = self.page.theme.muted
        places = MaxNLocator(nbins=4, steps=[1, 2, 5, 10])
        for axis, limits in enumerate((self.axes.get_xlim(), self.axes.get_ylim())):
            for value in places.tick_values(*limits):
                at = np.zeros(2)
                at[axis] = value
                if value == 0.0 or not limits[0] < value < limits[1]:
                    continue
                written = f"${value:g}$"
                directions = (-90, 90) if axis == 0 else (180, 0)
                if self.label(
                    written, [at], size="note", color=muted, directions=directions, gaps=(0.3,)
                ):
                    half = np.zeros(2)
                    half[1 - axis] = 3.0 * self.pt
                    self.polyline(
                        np.array([at - half, at + half]),
                        gid="",
                        color=muted,
                        width=0.5,
                        avoid=0.0,
                    )


def _filling(
    limits: tuple[float, float, float, float], ratio: float
) -> tuple[float, float, float, float]:
    """Widen limits about their middle to the given width over height."""
    left, right, bottom, top = limits
    width = (1.0 + 2.0 * AIR) * max(right - left, ratio * (top - bottom))
    height = width / ratio
    across, up = (left + right) / 2.0, (bottom + top) / 2.0
    return across - width / 2, across + width / 2, up - height / 2, up + height / 2
