"""A chart: curves over a value, with few ticks, and labels on the things themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from regviz.figures.canvas import LEADING, POINTS_PER_INCH, Box, Page
from regviz.figures.labels import spread
from regviz.figures.plane import FILL, LINES, MARKERS, NAMES, Sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from regviz.lessons.base import Array

Interval = tuple[float, float]
Ticks = Sequence[float] | Mapping[float, str] | None

#: length of a tick, air between a tick and its number, and air between the end of an axis or a
#: curve and its name, all in note type sizes
TICK, NEAR, BESIDE = 0.35, 0.3, 0.5
#: a name of the level axis that is longer than this, in note type sizes, has a row of its own
LONG_NAME = 4.0
#: an inset's window in its chart is drawn at least this large, in body type sizes
LEAST_WINDOW = 0.6
#: air between an inset's frame and what is in it, in note type sizes
PADDING = 0.6


class Chart(Sheet):
    """Axes of unequal scales in a box of the page, with all their lettering inside the box.

    Parameters
    ----------
    page, figure, box
        Where it is drawn.
    x, y
        `(low, high)`: the values at the axes' ends.
    gid
        Name of the chart, such as `chart-error`.
    names
        What the axes show, at the end of the first (below it, if long) and above the second.
    log_x, log_y
        Whether `x` and `y` are drawn on logarithmic scales.
    x_ticks, y_ticks
        Values to number, or what is written by value; a few round ones if None. A number
        without room is left out.
    cross
        Where the axes cross, `(x, y)`; None for an axis' lower end. Numbers stand on the far
        side of a level axis, above it if it is nearer the top.
    ends
        Names of curves for which room is kept on the right; see :meth:`name_ends`.
    ends_on
        `left` keeps that room on the left, and puts the level axis on the right.
    end_size
        Size of the type of these names.
    joint
        Length of the lines that join these names to their curves, in note type sizes.
    like
        A chart that this one stands above or below: its ends are at the same places.
    is_upright
        Whether there is an upright axis.
    head
        Room to keep above the axes for names of curves that leave there, in lines of body type.

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
        names: tuple[str, str] = ("", ""),
        log_x: bool = False,
        log_y: bool = False,
        x_ticks: Ticks = None,
        y_ticks: Ticks = None,
        cross: tuple[float | None, float | None] = (None, None),
        ends: Sequence[str] = (),
        ends_on: str = "right",
        end_size: str = "body",
        joint: float = 0.0,
        head: float = 0.0,
        like: Chart | None = None,
        is_upright: bool = True,
    ) -> None:
        self.x, self.y = x, y
        self._is_mirrored = ends_on == "left"
        self._end_size, self._joint = end_size, joint
        self._em = page.shape.note / POINTS_PER_INCH
        x_numbers = _numbers(x, x_ticks, log=log_x)
        y_numbers = _numbers(y, y_ticks, log=log_y)
        # Type is measured on axes that are as large as the box, before the margins are known.
        rough = Sheet(page, figure, box, (0.0, 1.0, 0.0, 1.0), gid)
        widths = {
            name: rough.width(name, "note")
            for name in (*x_numbers.values(), *y_numbers.values(), names[0])
        }
        end_width = max((rough.width(name, end_size) for name in ends), default=0.0)
        rough.axes.remove()
        is_long = widths[names[0]] > LONG_NAME * self._em
        air = BESIDE * self._em
        left = under = 0.0
        right = 1.02 * end_width + air + joint * self._em if ends else 0.0
        if cross[0] is None and y_numbers:
            numbers = max(widths[written] for written in y_numbers.values())
            left = numbers + (TICK + NEAR + 0.1) * self._em
        if self._is_mirrored:
            left, right = right, left
        if x_numbers:
            above = 0.0 if cross[1] is None else (cross[1] - y[0]) / (y[1] - y[0])
            under = max(0.0, (TICK + NEAR + LEADING) * self._em - 0.8 * above * box.height)
            over_left, over_right = _overhang(x, x_numbers, widths, box.width, log=log_x)
            left, right = max(left, over_left), max(right, over_right)
        if is_long:
            under += LEADING * self._em
        elif names[0]:
            right = max(right, widths[names[0]] + air)
            under = max(under, 0.5 * LEADING * self._em)
        over = head * LEADING * page.shape.body / POINTS_PER_INCH
        if names[1]:
            over = max(over, (LEADING + BESIDE + 0.15) * self._em)
        if like is not None:
            left = like.inner.left - box.left
            right = box.width - left - like.inner.width
        self.inner = Box(
            box.left + left,
            box.bottom + under,
            box.width - left - right,
            box.height - under - over,
        )
        super().__init__(page, figure, self.inner, (*x, *y), gid, frame=box)
        if log_x:
            self.axes.set_xscale("log")
            self.axes.set_xlim(*x)
        if log_y:
            self.axes.set_yscale("log")
            self.axes.set_ylim(*y)
        end = x[1] if self._is_mirrored else x[0]
        at = (end if cross[0] is None else cross[0], y[0] if cross[1] is None else cross[1])
        self._draw_axes(at, ("x", "y") if is_upright else ("x",))
        self._name_axes(names, at, is_long=is_long, is_inside=cross[0] is not None)
        for value, written in x_numbers.items():
            way = (0, -1) if at[1] <= sum(y) / 2 else (0, 1)
            if cross[1] is None or value != at[0] or not is_upright:
                self._tick((value, at[1]), written, way)
            elif cross[0] is not None:
                self._tick_crossing(at, written, way)
        size = self._upright_size([*y_numbers])
        for value, written in y_numbers.items():
            # A number where the axes cross within the chart would stand on one of them.
            if cross[0] is None or value != at[1]:
                self._tick((at[0], value), written, (1 if self._is_mirrored else -1, 0), size)

    # -- what is drawn over the axes ------------------------------------------------------

    def curve(self, x: Array, y: Array, *, gid: str, color: str, **style: Any) -> Line2D:
        """Draw a curve through exactly these points; `style` as for `polyline`."""
        return self.polyline(np.column_stack([x, y]), gid=gid, color=color, **style)

    def marker(self, at: Array, *, gid: str, marker: str, color: str, **style: Any) -> Line2D:
        """Mark a point; `style` as for `point`. One on the axes' edge is drawn whole."""
        line = self.point(at, gid=gid, marker=marker, color=color, **style)
        line.set_clip_on(not self.sees(at))
        return line

    def scatter(
        self,
        x: Array,
        y: Array,
        *,
        gid: str,
        color: str,
        size: float,
        fill: str | None = None,
        marker: str | Path = "o",
    ) -> Line2D:
        """Mark many points alike; sizes and filling as for `point`."""
        points = size * self.page.shape.body
        line = Line2D(
            x,
            y,
            linestyle="none",
            marker=marker,
            markersize=points,
            markerfacecolor=fill or color,
            markeredgecolor=color,
            markeredgewidth=0.5 * self.page.shape.line,
            zorder=MARKERS,
            gid=gid,
            clip_on=not all(map(self.sees, np.column_stack([x, y]))),
        )
        self.axes.add_line(line)
        half = self._pixels(points) / 2.0
        for middle in self.pixels(np.column_stack([x, y])):
            self.labels.keep_clear(Bbox([middle - half, middle + half]))
        return line

    def whiskers(
        self, x: Array, low: Array, high: Array, *, gid: str, color: str, width: float = 0.6
    ) -> Line2D:
        """Draw an upright line at each `x`, from `low` to `high`."""
        gaps = np.full(len(x), np.nan)
        line = Line2D(
            np.column_stack([x, x, gaps]).ravel(),
            np.column_stack([low, high, gaps]).ravel(),
            color=color,
            linewidth=width * self.page.shape.line,
            zorder=MARKERS - 0.1,
            gid=gid,
            clip_on=False,
        )
        self.axes.add_line(line)
        for at, *ends in zip(x, low, high, strict=True):
            self.labels.keep_off(
                self.pixels(np.array([(at, end) for end in ends])), 10.0, self.axes.bbox
            )
        return line

    def bars(
        self,
        x: Array,
        heights: Array,
        *,
        width: float,
        gid: str,
        color: str,
        alpha: float = 1.0,
    ) -> PathPatch:
        """Draw an upright bar from 0 at each `x`, all as one artist."""
        half = width / 2.0
        corners = np.array(
            [
                [(at - half, 0.0), (at - half, end), (at + half, end), (at + half, 0.0)]
                for at, end in zip(x, heights, strict=True)
            ]
        )
        closed = np.concatenate([corners, corners[:, :1]], axis=1).reshape(-1, 2)
        codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
        patch = PathPatch(
            Path(closed, codes * len(x)),
            facecolor=color,
            alpha=alpha,
            linewidth=0,
            zorder=LINES,
            gid=gid,
        )
        self.axes.add_patch(patch)
        for outline in corners:
            self.labels.keep_off(self.pixels(outline), 10.0, self.axes.bbox)
            self.labels.keep_outside(self.pixels(outline))
        return patch

    def band(
        self, x: Array, low: Array, high: Array, *, gid: str, color: str, alpha: float = 0.25
    ) -> Polygon:
        """Fill the stretch between two curves."""
        outline = np.vstack([np.column_stack([x, low]), np.column_stack([x, high])[::-1]])
        polygon = Polygon(
            outline, facecolor=color, alpha=alpha, linewidth=0, zorder=FILL, gid=gid
        )
        self.axes.add_patch(polygon)
        self.labels.keep_outside(self.pixels(outline))
        return polygon

    def rule(
        self,
        *,
        gid: str,
        color: str,
        x: float | None = None,
        y: float | None = None,
        **style: Any,
    ) -> Line2D:
        """Draw a line across the chart, upright at `x` or level at `y`; dashed by default."""
        ends = [(x, end) for end in self.y] if y is None else [(end, y) for end in self.x]
        style = {"width": 0.6, "dashes": (4.0, 3.0), "zorder": LINES - 0.2} | style
        return self.polyline(np.array(ends, dtype=float), gid=gid, color=color, **style)

    def sees(self, at: Array | tuple[float, float]) -> bool:
        """Say whether a point lies within the axes, their edge included."""
        return bool(self.x[0] <= at[0] <= self.x[1] and self.y[0] <= at[1] <= self.y[1])

    def seen(self, x: Array, y: Array) -> list[Array]:
        """Return the points of a curve that lie within the axes: anchors for its label."""
        return [at for at in np.column_stack([x, y]) if self.sees(at)]

    def leaving(self, x: Array, y: Array) -> tuple[float, float]:
        """Return where a curve, followed from its first point, leaves the axes, or its end."""
        points = np.column_stack([x, y])
        inside = np.array([self.sees(at) for at in points])
        last = int(np.flatnonzero(inside)[-1])
        if last == len(points) - 1:
            return float(points[-1, 0]), float(points[-1, 1])
        before, beyond = self.pixels(points[last : last + 2])
        shares = [
            (edge - start) / (end - start)
            for start, end, edges in zip(
                before, beyond, self.axes.bbox.get_points().T, strict=True
            )
            for edge in edges
            if end != start and (edge - start) / (end - start) > 0.0
        ]
        at = before + min([*shares, 1.0]) * (beyond - before)
        x_at, y_at = self.axes.transData.inverted().transform(at)
        return float(x_at), float(y_at)

    def name_ends(self, ends: Sequence[tuple[float, str, str]]) -> list[Text]:
        """Name curves beside the axes' end: `(y, name, color)` of each.

        Names keep their order, and stay beside their curves as far as there is room for all.
        """
        labels = [self.written(name, color, self._end_size) for _, name, color in ends]
        sizes = np.array([label.get_window_extent().size for label in labels])
        starts = self.pixels(
            np.array([(self.x[0 if self._is_mirrored else 1], y) for y, _, _ in ends])
        )
        muted = self.page.theme.muted
        frame, way = self.labels.frame, -1.0 if self._is_mirrored else 1.0
        beside = starts[0, 0] + way * self._pixels_of(BESIDE + self._joint)
        # Clear of the numbers below, which may reach beyond the axes' end.
        low = max(self.axes.bbox.y0 - self._pixels_of(BESIDE), frame.y0)
        # A little more than touching, or rounding would make neighbours overlap.
        heights = spread(starts[:, 1], 1.05 * sizes[:, 1], low, frame.y1)
        for label, size, start, height in zip(labels, sizes, starts, heights, strict=True):
            if self._put(label, (beside + way * size[0] / 2.0, height)) and self._joint:
                bend = 0.3 * self._pixels_of(self._joint) * way
                joint = [start, (start[0] + bend, start[1]), (beside - bend, height)]
                joint.append((beside - 0.3 * way * self._pixels_of(BESIDE), height))
                self._page_line(np.array(joint), gid=None, color=muted, width=0.4, avoid=0.0)
        return labels

    def part(self, left: float, right: float, bottom: float, top: float) -> Box:
        """Return the box between these shares of the axes' width and height."""
        inner = self.inner
        return Box(
            inner.left + left * inner.width,
            inner.bottom + bottom * inner.height,
            (right - left) * inner.width,
            (top - bottom) * inner.height,
        )

    def inset(self, box: Box, x: Interval, y: Interval, gid: str, **options: Any) -> Chart:
        """Return a chart in `box` that magnifies the window `x` by `y` of this one.

        It hides what is beneath it, and is joined to a frame around its window, which is
        drawn larger than it is where it could not be seen otherwise. `options` as for a chart.
        """
        dpi, muted = self.axes.figure.dpi, self.page.theme.muted
        outer = Bbox.from_bounds(
            box.left * dpi, box.bottom * dpi, box.width * dpi, box.height * dpi
        )
        window = Bbox(self.pixels(np.array([[x[0], y[0]], [x[1], y[1]]])))
        short = self._pixels(LEAST_WINDOW * self.page.shape.body) - window.size
        window = window.padded(*np.maximum(short / 2.0, 0.0))
        self._cover(outer)
        style = {"color": muted, "width": 0.5, "avoid": 2.0}
        for name, frame in (("window", window), ("frame", outer)):
            self._page_line(_outline(frame), gid=f"{gid}-{name}", **style)
        for side, joint in enumerate(_joints(window, outer)):
            self._page_line(joint, gid=f"{gid}-joint-{side + 1}", **style)
        self.labels.keep_clear(outer)
        air = PADDING * self._em
        within = Box(
            box.left + air, box.bottom + air, box.width - 2 * air, box.height - 2 * air
        )
        return Chart(self.page, self.axes.figure, within, x, y, gid, **options)

    def lead(self, ends: np.ndarray, color: str) -> Line2D:
        """Draw a thin leader, given in pixels, from what a label names to the label."""
        return self._page_line(ends, gid=None, color=color, width=0.5, avoid=0.0)

    def break_level(self, at: float, base: float, half: float) -> None:
        """Break the level axis at a value: `half` of the gap is in pixels."""
        middle = self.pixels(np.array([at, base]))
        style = {"gid": None, "width": 0.5, "avoid": 0.0}
        aside = np.array([half, 0.0])
        cover = np.stack([middle - aside, middle + aside])
        self._page_line(cover, color=self.page.theme.background, **style | {"width": 1.5})
        slant = np.array([0.5, 1.4]) * half
        for end in cover:
            ends = np.stack([end - slant, end + slant])
            self._page_line(ends, color=self.page.theme.muted, **style)

    # -- the axes and their lettering -----------------------------------------------------

    def _draw_axes(self, at: tuple[float, float], names: tuple[str, ...]) -> None:
        gid, color = self.axes.get_gid(), self.page.theme.muted
        ends = {
            "x": [(self.x[0], at[1]), (self.x[1], at[1])],
            "y": [(at[0], self.y[0]), (at[0], self.y[1])],
        }
        for name in names:
            line = self.polyline(
                np.array(ends[name]),
                gid=f"{gid}-{name}",
                color=color,
                width=0.5,
                avoid=3.0,
                zorder=LINES - 0.5,
            )
            line.set_clip_on(False)

    def _name_axes(
        self, names: tuple[str, str], at: tuple[float, float], *, is_long: bool, is_inside: bool
    ) -> None:
        frame, plot, muted = self.labels.frame, self.axes.bbox, self.page.theme.muted
        row = 0.5 * self._pixels_of(LEADING)
        first, second = (self.written(name, muted, "note") for name in names)
        across, upright = (label.get_window_extent().width / 2.0 for label in (first, second))
        crossing = self.pixels(np.array(at))
        if names[0]:
            beyond = (plot.x1 + self._pixels_of(BESIDE) + across, crossing[1])
            below = (max(plot.x1 - across, frame.x0 + across), frame.y0 + row)
            self._put(first, below if is_long else beyond)
        if names[1]:
            left = crossing[0] if is_inside else frame.x0 + upright
            if self._is_mirrored:
                left = frame.x1 - upright
            self._put(second, (max(left, frame.x0 + upright), frame.y1 - row))

    def _upright_size(self, places: Sequence[float]) -> float:
        """Return how large what stands along the upright axis may be, next to each other."""
        ends = np.array([(self.x[0], y) for y in places]).reshape(-1, 2)
        steps = np.diff(np.sort(self.pixels(ends)[:, 1]))
        return min([1.0, *(steps / self._pixels_of(LEADING)).tolist()])

    def _tick(
        self, at: tuple[float, float], written: str, way: tuple[int, int], size: float = 1.0
    ) -> None:
        """Draw a tick and write its number, on the side of the axis that `way` points to."""
        color = self.page.theme.muted
        start = self.pixels(np.array(at))
        end = start + self._pixels_of(TICK) * np.array(way)
        label = self.written(written, color, "note")
        label.set_fontsize(size * label.get_fontsize())
        # Numbers along a level axis stand in one row, whatever their heights.
        long = label.get_window_extent().width if way[0] else self._pixels_of(LEADING)
        middle = end + (0.5 * long + self._pixels_of(NEAR)) * np.array(way)
        if self._put(label, tuple(middle)):
            self._page_line(np.array([start, end]), gid=None, color=color, width=0.5, avoid=0.0)

    def _tick_crossing(
        self, at: tuple[float, float], written: str, way: tuple[int, int]
    ) -> None:
        """Write the number where the axes cross: in its row, beside the upright axis."""
        label = self.written(written, self.page.theme.muted, "note")
        aside = 0.5 * label.get_window_extent().width + self._pixels_of(NEAR)
        along = self._pixels_of(TICK + NEAR + 0.5 * LEADING)
        x, y = self.pixels(np.array(at))
        self._put(label, (x - aside, y + along * way[1]))

    def _put(self, label: Text, middle: tuple[float, ...]) -> bool:
        """Put a label at a place on the page, or take it away if there is no room."""
        if not label.get_text() or not self.labels.put(label, np.array(middle)):
            label.remove()
            return False
        self.bound(label)
        return True

    def _page_line(self, pixels: np.ndarray, **style: Any) -> Line2D:
        """Draw a polyline given in pixels of the page, also beyond the axes."""
        line = self.polyline(
            self.axes.transData.inverted().transform(pixels), zorder=NAMES, **style
        )
        line.set_clip_on(False)
        return line

    def _cover(self, box: Bbox) -> None:
        cover = Polygon(
            self.axes.transData.inverted().transform(_outline(box)),
            facecolor=self.page.theme.background,
            linewidth=0,
            zorder=NAMES - 0.1,
        )
        self.axes.add_patch(cover)
        cover.set_clip_on(False)

    def _pixels_of(self, notes: float) -> float:
        return self._pixels(notes * self.page.shape.note)


def _numbers(limits: Interval, ticks: Ticks, *, log: bool = False) -> dict[float, str]:
    """Return what is written at which values, within the limits."""
    if isinstance(ticks, Mapping):
        numbers = dict(ticks)
    elif ticks is not None:
        numbers = {value: _number(value) for value in ticks}
    elif log:
        low, high = np.log10(limits)
        powers = range(int(np.ceil(low - 1e-9)), int(np.floor(high + 1e-9)) + 1)
        step = 1 + (len(powers) - 1) // 6
        numbers = {10.0**power: _number(10.0**power) for power in powers[::step]}
    else:
        places = MaxNLocator(nbins=4, steps=[1, 2, 5, 10]).tick_values(*limits)
        numbers = {value: _number(value) for value in places.tolist()}
    return {
        value: written for value, written in numbers.items() if limits[0] <= value <= limits[1]
    }


def _overhang(
    x: Interval,
    numbers: Mapping[float, str],
    widths: Mapping[str, float],
    width: float,
    *,
    log: bool,
) -> tuple[float, float]:
    """Return how far the outer numbers reach beyond the axis' ends, at most, in inches."""
    scale = np.log10 if log else np.asarray
    low, high = scale(x)
    overhang = [0.0, 0.0]
    for value, written in numbers.items():
        share = (scale(value) - low) / (high - low)
        for side, inside in enumerate((share, 1.0 - share)):
            overhang[side] = max(overhang[side], 0.55 * widths[written] - 0.8 * inside * width)
    return overhang[0], overhang[1]


def _number(value: float) -> str:
    written = f"{value:.6g}"
    if "e" not in written:
        return f"${written}$"
    mantissa, power = written.split("e")
    times = "" if mantissa == "1" else rf"{mantissa} \times "
    return f"${times}10^{{{int(power)}}}$"


def _outline(box: Bbox) -> np.ndarray:
    return np.array(
        [
            (box.x0, box.y0),
            (box.x1, box.y0),
            (box.x1, box.y1),
            (box.x0, box.y1),
            (box.x0, box.y0),
        ]
    )


def _joints(window: Bbox, outer: Bbox) -> list[np.ndarray]:
    """Return two lines from the window to the inset, between the sides that face each other."""
    across, up = (
        (outer.x0 + outer.x1 - window.x0 - window.x1) / 2.0,
        (outer.y0 + outer.y1 - window.y0 - window.y1) / 2.0,
    )
    if abs(across) * outer.height > abs(up) * outer.width:
        here, there = (window.x1, outer.x0) if across > 0 else (window.x0, outer.x1)
        pairs = (((here, window.y0), (there, outer.y0)), ((here, window.y1), (there, outer.y1)))
    else:
        here, there = (window.y1, outer.y0) if up > 0 else (window.y0, outer.y1)
        pairs = (((window.x0, here), (outer.x0, there)), ((window.x1, here), (outer.x1, there)))
    return [np.array(pair) for pair in pairs]
