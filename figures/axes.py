"""Axes in a box of the page, their lettering, and named artists on them in their own units."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Bbox, IdentityTransform

from regviz.figures.canvas import LEADING, POINTS_PER_INCH, Box, Page
from regviz.figures.wrapping import typed
from regviz.lessons.picture import are_names

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from regviz.lessons.base import Array

Interval = tuple[float, float]
Ticks = Mapping[float, str]

#: drawing order, from below
FILL, LINES, ARROWS, MARKERS, NAMES = range(1, 6)
#: an arrow's head, in its lengths; the tip is just ahead of the line's end, to cover it
_HEAD = np.array([[0.22, 0.0], [-0.78, -0.42], [-0.56, 0.0], [-0.78, 0.42], [0.22, 0.0]])
#: length of the head, in line widths
_HEAD_LENGTH = 5.5
#: the halo around type is this part of its size
HALO = 0.22
#: length of a tick, air between a tick and its number, and air between the end of an axis or a
#: curve and its name, all in note type sizes
TICK, NEAR, BESIDE = 0.35, 0.3, 0.5
#: a name of the level axis that is longer than this, in note type sizes, has a row of its own
LONG_NAME = 4.0
#: air kept beside a number, in heights of body type
AIR = 0.12
#: pixels by which lettering may leave its frame: what was measured to end there may be a
#: rounding beyond it
ROUNDING = 1e-6


class Sheet:
    """Artists and lettering over a box of the page, whose edges are at `(left, right, ...)`.

    Parameters
    ----------
    page, figure, box
        Where it is.
    limits
        `(left, right, bottom, top)`: the values at the box's edges.
    gid
        Its name.
    frame
        Where lettering may stand; by default in the box.

    Attributes
    ----------
    taken
        What no lettering may overlap, boxes `(left, bottom, right, top)` in pixels.
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
        shape, room = page.shape, frame or box
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
        corners = np.array([[room.left, room.bottom], [room.width, room.height]]) * figure.dpi
        self._frame = Bbox.from_bounds(*corners.ravel())
        self._taken: list[Array] = []

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

    def _page_line(self, pixels: Array, *, color: str, width: float = 0.5) -> None:
        """Draw a polyline given in pixels of the page, also beyond the axes."""
        points = self.axes.transData.inverted().transform(pixels)
        self.polyline(points, gid=None, color=color, width=width, zorder=NAMES, clip_on=False)

    # -- lettering ------------------------------------------------------------------------

    def written(self, content: str, color: str, size: str = "body") -> Text:
        """Return lettering that is positioned in pixels, still without a place."""
        points, line = getattr(self.page.shape, size), typed(content)
        return self.axes.figure.text(
            0.0,
            0.0,
            line,
            fontproperties=self.page.font(points, content=line),
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

    def bound(self, label: Text) -> None:
        """Let lettering follow the axes from here on, whatever size the figure is shown in."""
        x, y = self.axes.transAxes.inverted().transform(label.get_position()).tolist()
        label.set_position((x, y))
        label.set_transform(self.axes.transAxes)

    def width(self, content: str) -> float:
        """Return how wide a line of notes' type is, in inches."""
        label = self.written(content, self.page.theme.ink, "note")
        width = float(label.get_window_extent().width) if content else 0.0
        label.remove()
        return width / float(self.axes.figure.dpi)

    def _put(self, label: Text, middle: Array) -> bool:
        """Put lettering at a place on the page, or take it away if there is no room."""
        if not label.get_text() or not self._has_room(label, middle):
            label.remove()
            return False
        self.bound(label)
        return True

    def _has_room(self, label: Text, middle: Array) -> bool:
        extent = label.get_window_extent()
        aside = np.array(label.get_position()) - (np.array(extent.min) + extent.max) / 2.0
        x, y = (middle + aside).tolist()
        label.set_position((x, y))
        box = np.array(label.get_window_extent().extents)
        # Numbers side by side need air, or they read as one; the frame needs none.
        aired = box + self._pixels(AIR * self.page.shape.body) * np.array([-1.0, 0.0, 1.0, 0.0])
        aired[[0, 2]] = np.clip(aired[[0, 2]], self._frame.x0, self._frame.x1)
        if not (self._is_free(box) and self._is_free(aired)):
            return False
        self._taken.append(box)
        return True

    def _is_free(self, box: Array) -> bool:
        low, high = box[:2], box[2:]
        taken = self.taken
        edges = np.array(self._frame.extents)
        within = np.all(low >= edges[:2] - ROUNDING) and np.all(high <= edges[2:] + ROUNDING)
        apart = np.any((high < taken[:, :2]) | (low > taken[:, 2:]), axis=1)
        return bool(within and np.all(apart))

    def _pixels(self, points: float) -> float:
        return float(points / POINTS_PER_INCH * self.axes.figure.dpi)

    def _pixels_of(self, notes: float) -> float:
        return self._pixels(notes * self.page.shape.note)


class Axes(Sheet):
    """Axes in a box of the page, with all their lettering inside the box.

    Parameters
    ----------
    page, figure, box
        Where they are drawn.
    x, y
        `(low, high)`: the values at the axes' ends.
    gid
        Their name, such as `panel-error`.
    names
        What they show, at the end of the first (below it, if long) and above the second.
    ticks
        What is written by value on both. A number without room is left out.
    cross
        Where they cross, `(x, y)`; None for an axis' lower end. Numbers stand on the far side
        of a level axis, above it if it is nearer the top.
    ends
        Names of curves for which room is kept on the right.
    beneath
        Numbers of the level axis at the foot of a column, which all in it share.
    drawn
        Which axes there are: `x`, the level one, and `y`.
    toned
        Roles of what is written along the upright axis, by value.

    Attributes
    ----------
    inner
        The box between the axes' ends.
    """

    def __init__(
        self,
        page: Page,
        figure: Figure,
        box: Box,
        x: Interval,
        y: Interval,
        gid: str,
        *,
        names: tuple[str, str],
        ticks: tuple[Ticks, Ticks],
        cross: tuple[float | None, float | None],
        ends: Sequence[str] = (),
        beneath: Ticks | None = None,
        drawn: str = "xy",
        toned: Mapping[float, str] = {},
    ) -> None:
        self.x, self.y = x, y
        self._toned = toned
        self._em = page.shape.note / POINTS_PER_INCH
        across, up = (_within(*pair) for pair in zip((x, y), ticks, strict=True))
        shared = _within(x, beneath) if beneath else across
        # Type is measured on axes that are as large as the box, before the margins are known.
        rough = Sheet(page, figure, box, (0.0, 1.0, 0.0, 1.0), gid)
        widths = {
            name: rough.width(name) for name in (*shared.values(), *up.values(), names[0])
        }
        curves = [rough.written(name, "none") for name in ends]
        end_width = max((each.get_window_extent().width for each in curves), default=0.0)
        for part in (*curves, rough.axes):
            part.remove()
        is_long = widths[names[0]] > LONG_NAME * self._em
        air = BESIDE * self._em
        left = under = 0.0
        right = 1.02 * end_width / figure.dpi + air if ends else 0.0
        if cross[0] is None and up:
            left = max(widths[said] for said in up.values()) + (TICK + NEAR + 0.1) * self._em
        if across:
            above = 0.0 if cross[1] is None else (cross[1] - y[0]) / (y[1] - y[0])
            under = max(0.0, (TICK + NEAR + LEADING) * self._em - 0.8 * above * box.height)
        over_left, over_right = _overhang(x, shared, widths, box.width)
        left, right = max(left, over_left), max(right, over_right)
        if is_long:
            under += LEADING * self._em
        elif names[0]:
            right = max(right, widths[names[0]] + air)
            under = max(under, 0.5 * LEADING * self._em)
        over = (LEADING + BESIDE + 0.15) * self._em if names[1] else 0.0
        self.inner = Box(
            box.left + left,
            box.bottom + under,
            box.width - left - right,
            box.height - under - over,
        )
        super().__init__(page, figure, self.inner, (*x, *y), gid, frame=box)
        at = (x[0] if cross[0] is None else cross[0], y[0] if cross[1] is None else cross[1])
        self._draw(at, drawn)
        shown = (names[0], names[1] if "y" in drawn else "")
        self._name(shown, at, is_long=is_long, is_inside=cross[0] is not None)
        self._number(across, up, cross, at, drawn)

    def break_level(self, at: float, base: float, half: float) -> None:
        """Break the level axis at a value: `half` of the gap is in pixels."""
        middle = self.pixels(np.array([at, base]))
        aside = np.array([half, 0.0])
        cover = np.stack([middle - aside, middle + aside])
        self._page_line(cover, color=self.page.theme.background, width=1.5)
        slant = np.array([0.5, 1.4]) * half
        for end in cover:
            self._page_line(np.stack([end - slant, end + slant]), color=self.page.theme.muted)

    def _draw(self, at: tuple[float, float], drawn: str) -> None:
        gid, color = self.axes.get_gid(), self.page.theme.muted
        ends = {
            "x": [(self.x[0], at[1]), (self.x[1], at[1])],
            "y": [(at[0], self.y[0]), (at[0], self.y[1])],
        }
        for name in drawn:
            self.polyline(
                np.array(ends[name]),
                gid=f"{gid}-{name}",
                color=color,
                width=0.5,
                zorder=LINES - 0.5,
                clip_on=False,
            )

    def _name(
        self, names: tuple[str, str], at: tuple[float, float], *, is_long: bool, is_inside: bool
    ) -> None:
        frame, plot, muted = self._frame, self.axes.bbox, self.page.theme.muted
        row = 0.5 * self._pixels_of(LEADING)
        first, second = (self.written(name, muted, "note") for name in names)
        across, upright = (label.get_window_extent().width / 2.0 for label in (first, second))
        crossing = self.pixels(np.array(at))
        beyond = (plot.x1 + self._pixels_of(BESIDE) + across, crossing[1])
        below = (max(plot.x1 - across, frame.x0 + across), frame.y0 + row)
        self._put(first, np.array(below if is_long else beyond))
        left = crossing[0] if is_inside else frame.x0 + upright
        self._put(second, np.array([max(left, frame.x0 + upright), frame.y1 - row]))

    def _number(
        self,
        across: Ticks,
        up: Ticks,
        cross: tuple[float | None, float | None],
        at: tuple[float, float],
        drawn: str,
    ) -> None:
        way = (0, -1) if at[1] <= sum(self.y) / 2 else (0, 1)
        for value, said in across.items():
            if cross[1] is None or value != at[0] or "y" not in drawn:
                self._tick((value, at[1]), said, way)
            elif cross[0] is not None:
                self._tick_crossing(at, said, way)
        # Names become smaller where they have no room; a number may be left out.
        size = self._upright_size([*up]) if are_names(up) else 1.0
        for value, said in up.items():
            # A number where the axes cross within the chart would stand on one of them.
            if cross[0] is None or value != at[1]:
                self._tick((at[0], value), said, (-1, 0), size, self._toned.get(value, "muted"))

    def _upright_size(self, places: Sequence[float]) -> float:
        """Return how large what stands along the upright axis may be, next to each other."""
        ends = np.array([(self.x[0], y) for y in places]).reshape(-1, 2)
        steps = np.diff(np.sort(self.pixels(ends)[:, 1]))
        return float(min([1.0, *(steps / self._pixels_of(LEADING)).tolist()]))

    def _tick(
        self,
        at: tuple[float, float],
        said: str,
        way: tuple[int, int],
        size: float = 1.0,
        role: str = "muted",
    ) -> None:
        """Draw a tick and write its number, on the side of the axis that `way` points to."""
        theme = self.page.theme
        start = self.pixels(np.array(at))
        end = start + self._pixels_of(TICK) * np.array(way)
        label = self.written(said, getattr(theme, role), "note")
        label.set_fontsize(size * float(label.get_fontsize()))
        # Numbers along a level axis stand in one row, whatever their heights.
        long = label.get_window_extent().width if way[0] else self._pixels_of(LEADING)
        middle = end + (0.5 * long + self._pixels_of(NEAR)) * np.array(way)
        if self._put(label, middle):
            self._page_line(np.array([start, end]), color=theme.muted)

    def _tick_crossing(self, at: tuple[float, float], said: str, way: tuple[int, int]) -> None:
        """Write the number where the axes cross: in its row, beside the upright axis."""
        label = self.written(said, self.page.theme.muted, "note")
        aside = 0.5 * label.get_window_extent().width + self._pixels_of(NEAR)
        along = self._pixels_of(TICK + NEAR + 0.5 * LEADING)
        x, y = self.pixels(np.array(at))
        self._put(label, np.array([x - aside, y + along * way[1]]))


def _within(limits: Interval, ticks: Ticks) -> Ticks:
    return {at: said for at, said in ticks.items() if limits[0] <= at <= limits[1]}


def _overhang(
    x: Interval, numbers: Ticks, widths: Mapping[str, float], width: float
) -> tuple[float, float]:
    """Return how far the outer numbers reach beyond the axis' ends, at most, in inches."""
    overhang = [0.0, 0.0]
    for value, said in numbers.items():
        share = (value - x[0]) / (x[1] - x[0])
        for side, inside in enumerate((share, 1.0 - share)):
            overhang[side] = max(overhang[side], 0.55 * widths[said] - 0.8 * inside * width)
    return overhang[0], overhang[1]
