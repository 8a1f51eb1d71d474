"""One penalty's half of how lambda is chosen: the error on held-out rows, and what it says."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from manim import DashedLine, Mobject, ValueTracker, VGroup, VMobject

from regviz.lessons.numbers import chosen
from regviz.lessons.picture import few
from regviz.scenes.chart import AXIS, Chart
from regviz.scenes.feature_panel import MARKERS, POWER
from regviz.scenes.labels import beside, dense, frame_of
from regviz.scenes.marks import polygons
from regviz.scenes.stage import LABEL_EM, Box, PanelBoxes

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.feature_selection import FeatureSelection
    from regviz.scenes.base import LessonScene

#: width of the curve, and of the bar of a standard error
CURVE, BAR = 6.0, 4.0
#: half the width of that bar's ends
CAP = 0.12
#: errors are seen this many standard errors above the least, and this many below it
ABOVE, BELOW = 1.4, 0.2
#: and at least this part of all that was measured
LEAST_SEEN = 0.004
#: decades that are seen left of the strengths that were swept
WEAKER = 0.7
#: decades right of where the last error is seen: room to name it
BEYOND = 0.95
#: decades right of the strengths that were swept, where errors would be seen without end
ENDLESS = 1.0
#: a name of a mark breaks its lines if it is wider, or takes more of the chart
WIDEST, NAMED = 1.6, 0.4
#: height of a line of lettering, and of a line of what is read off
LINE, READ = 0.4, 0.45
#: in a panel that is not wider, the marks' names have this em
WIDE, NARROW_EM = 5.5, 0.27
#: a chart that is not wider has no room for names: they stand with what is read off
NAMED_FROM = 3.0
#: air beside lettering
BESIDE = 0.1
#: from the panel's left edge to the numbers of the error's axis
LEFT = 0.2
#: towards the left
LEFTMOST = np.array([-1.0, 0.0, 0.0])
#: between the name of that axis and its arrow
OVER = 0.06


class HeldOutPanel:
    """The shapes of one side; the scene decides when each appears.

    Parameters
    ----------
    scene
        Gives the exhibit, the theme and the lettering.
    name
        `l1` or `l2`.
    boxes
        Where the panel stands.
    drawn
        Share of the strengths whose error is drawn.

    Attributes
    ----------
    axes, curve
        The error's axes, and the error, which follows `drawn`.
    least, rule
        The least error with its standard error, and the largest strength within it; each with
        what is read off.
    """

    def __init__(
        self, scene: LessonScene, name: str, boxes: PanelBoxes, drawn: ValueTracker
    ) -> None:
        self.name = name
        self._scene = scene
        self._exhibit: FeatureSelection = scene.exhibit
        self._color: str = getattr(scene.theme, name)
        self._logs = np.log10(self._exhibit.tried[name])
        plane, below = boxes.plane, boxes.sentence
        self._em = LABEL_EM if plane.width > WIDE else NARROW_EM
        self._read = Box(below.left, below.right, below.bottom, below.bottom + 2 * READ)
        low = max(plane.bottom, self._read.top + 0.1)
        self.chart = self._chart(Box(plane.left + LEFT, plane.right, low, plane.top - LINE))
        self.axes = VGroup(self.chart.axes, self.chart.numbers, self._name(plane))
        points = self._points_about()
        self.curve = self.chart.curve(
            lambda: points[: max(2, math.ceil(drawn.get_value() * len(points)))],
            self._color,
            CURVE,
        )
        # what the labels must keep clear of, each of those that were placed before
        self._taken = [dense(self.chart.place(self._seen()))]
        self._has_room = self.chart.box.width > NAMED_FROM
        # One place for both marks leaves no room for two names beside it.
        apart = self._exhibit.least[name][0] != self._exhibit.chosen[name][0]
        self._is_named = self._has_room and apart
        lines = VGroup(self._level(), self._drop())
        self.least = self._least()
        self.rule = VGroup(lines, self._rule())

    def _label(self, key: str, color: str, **values: object) -> Mobject:
        sentence = self._scene.text(f"feature-selection.scene.choose.{key}", **values)
        return self._scene.lettering(sentence, self._em, color=color)

    def _name(self, plane: Box) -> Mobject:
        """Return the name of the error's axis, above its end."""
        sentence = self._scene.text("feature-selection.scene.choose.error")
        low = plane.top - LINE + 2.0 * OVER
        row = Box(plane.left, plane.right, low, low + LINE)
        name = self._scene.fitted(sentence, self._em, row, color=self._scene.theme.muted)
        middle = max(plane.left + name.width / 2.0, self.chart.box.left)
        return name.set_x(middle)

    def _points(self) -> Array:
        return np.column_stack([self._logs, self._exhibit.errors[self.name]])

    def _points_about(self) -> Array:
        """Return those in the chart's width, and one beyond either side."""
        first, last = np.searchsorted(self._logs, self.chart.window[:2])
        return self._points()[max(first - 1, 0) : last + 1]

    def _errors_seen(self) -> tuple[float, float]:
        """Return the range of errors about the least: what is far from it has lost already."""
        exhibit = self._exhibit
        low = min(error for _, error in exhibit.least.values())
        every = max(float(errors.max()) for errors in exhibit.errors.values()) - low
        step = max(max(exhibit.tolerated.values()) - low, LEAST_SEEN * every)
        return low - BELOW * step, low + ABOVE * step

    def _strengths_seen(self, top: float) -> tuple[float, float]:
        """Return the logarithms of the strengths where any error can be seen."""
        exhibit = self._exhibit
        first, swept = np.log10(exhibit.lambdas[[0, -1]])
        last = max(
            tried[errors <= top].max(initial=exhibit.lambdas[0])
            for tried, errors in zip(
                exhibit.tried.values(), exhibit.errors.values(), strict=True
            )
        )
        endless = any(lam == math.inf for lam, _ in exhibit.chosen.values())
        seen = min(np.log10(last), swept + ENDLESS) if endless else np.log10(last)
        return float(first - WEAKER), float(seen + BEYOND)

    def _chart(self, box: Box) -> Chart:
        low, high = self._errors_seen()
        first, last = self._strengths_seen(high)
        powers = range(math.ceil(first), math.floor(last) + 1)
        # The numbers beside the upright axis take about as much as one power.
        every = math.ceil(len(powers) * POWER / (box.width - POWER))
        return Chart(
            self._scene,
            box,
            (first, last, low, high),
            name=r"$\lambda$",
            ticks={float(power): f"${_written(10.0**power)}$" for power in powers[::-every]},
            levels=_levels(low, high),
            cross=(first, low),
        )

    def _mark(self, place: Array, *, is_hollow: bool) -> VMobject:
        """Return a mark at a place of the frame."""
        theme = self._scene.theme
        mark = VMobject(fill_opacity=1.0)
        mark.set_fill(theme.background if is_hollow else self._color)
        mark.set_stroke(
            self._color if is_hollow else theme.background, width=BAR if is_hollow else 1.5
        )
        return mark.set_points(polygons(place + MARKERS[self.name][None]))

    def _least(self) -> VGroup:
        """Return the least error with the bar of a standard error, and what is read off."""
        lam, error = self._exhibit.least[self.name]
        values = {"lam": _written(lam), "kept": self._exhibit.kept_at_least[self.name]}
        # It may be at a strength smaller than those that are shown, or at none.
        if lam == math.inf:
            return VGroup(self._told("useless", 1))
        if not self._is_shown(lam):
            return VGroup(self._told("weaker", 1, **values))
        point = np.array([np.log10(lam), error])
        bar = self._error_bar(point)
        mark = self._mark(self.chart.place(point), is_hollow=True)
        name = self._beside("least", point)
        return VGroup(bar, mark, *name, *self._read_off("least", 1, **values))

    def _is_shown(self, lam: float) -> bool:
        """Whether a strength is in the chart: it may be 0, smaller than others, or infinite."""
        return 0.0 < lam < math.inf and bool(np.log10(lam) >= self.chart.window[0])

    def _error_bar(self, point: Array) -> VMobject:
        """Return the standard error above the least error, with a cap."""
        foot, head = ends = self.chart.place(np.array([point, [point[0], self._tolerated]]))
        self._taken.append(dense(ends))
        cap = np.array([CAP, 0.0, 0.0])
        bar = VMobject(stroke_color=self._color, stroke_width=BAR)
        return bar.set_points_as_corners([foot, head, head - cap, head + cap])

    def _beside(self, key: str, point: Array) -> list[Mobject]:
        """Return a label beside a point, if there is room, clear of all that stands there."""
        if not self._is_named:
            return []
        box = Box(0.0, min(WIDEST, NAMED * self.chart.box.width), 0.0, 2.0 * LINE)
        sentence = self._scene.text(f"feature-selection.scene.choose.{key}")
        label = self._scene.fitted(sentence, self._em, box, color=self._color)
        beside(label, self.chart.place(point), self.chart.box, self._taken)
        self._taken.append(frame_of(label))
        return [label]

    @property
    def _tolerated(self) -> float:
        return self._exhibit.tolerated[self.name]

    def _level(self) -> VGroup:
        """Return the line of what is tolerated, with its name."""
        chart, color = self.chart, self._scene.theme.muted
        ends = np.array([[edge, self._tolerated] for edge in chart.window[:2]])
        line = chart.dashed(ends, color, n_dashes=40).clear_updaters()
        if not self._has_room:
            return VGroup(line)
        name = self._clear_of_curve(self._label("tolerated", color), *chart.place(ends))
        self._taken += [dense(chart.place(ends)), dense(frame_of(name))]
        return VGroup(line, name)

    def _clear_of_curve(self, name: Mobject, left: Array, right: Array) -> Mobject:
        """Put a name above a level line or below it, at the left or, if need be, the right."""
        up = np.array([0.0, LINE / 2.0 + 0.04, 0.0])
        air = np.array([BESIDE, 0.0, 0.0])
        curve = dense(self.chart.place(self._seen()))

        def stands(place: Array, side: Array) -> float:
            name.move_to(place, aligned_edge=side)
            low, high = name.get_corner((-1, -1, 0)), name.get_corner((1, 1, 0))
            beyond = np.maximum(low - curve, curve - high)[:, :2].max(axis=1)
            return float(beyond.min())

        sides = [(left + air, LEFTMOST), (right - air, -LEFTMOST)]
        places = [(foot + lift, side) for foot, side in sides for lift in (up, -up)]
        place, side = next((at for at in places if stands(*at) > BESIDE), places[0])
        return name.move_to(place, aligned_edge=side)

    def _drop(self) -> VGroup:
        """Return the line from the axis up to the largest strength whose error is tolerated."""
        lam, error = self._exhibit.chosen[self.name]
        if not self._is_shown(lam):
            return VGroup()
        x = np.log10(lam)
        foot = self.chart.place(np.array([[x, self.chart.window[2]], [x, error]]))
        self._taken.append(dense(foot))
        color = self._scene.theme.ink
        return VGroup(DashedLine(*foot, color=color, stroke_width=AXIS, dash_length=0.07))

    def _rule(self) -> VGroup:
        """Return the largest strength whose error is tolerated, and what is read off."""
        lam, error = self._exhibit.chosen[self.name]
        values = {"lam": _written(lam), "kept": self._exhibit.kept_at_chosen[self.name]}
        if lam == math.inf:
            return VGroup(self._told("undecided", 0))
        if not self._is_shown(lam):
            return VGroup(self._told("smaller", 0, **values))
        point = np.array([np.log10(lam), error])
        mark = self._mark(self.chart.place(point), is_hollow=False)
        name = self._beside("rule", point)
        return VGroup(mark, *name, *self._read_off("rule", 0, **values))

    def _seen(self) -> Array:
        """Return the points of the curve that are in the chart."""
        left, right, low, high = self.chart.window
        x, y = self._points().T
        return self._points()[(left <= x) & (x <= right) & (low <= y) & (y <= high)]

    def _read_off(self, name: str, line: int, **values: object) -> list[Mobject]:
        """Return what is read off at a mark, with that mark before it."""
        size = "short" if self._em < LABEL_EM else "long"
        told = self._told(size if self._is_named else name, line, **values)
        place = told.get_left() - np.array([0.25, 0.0, 0.0])
        return [self._mark(place, is_hollow=name == "least"), told]

    def _told(self, key: str, line: int, **values: object) -> Mobject:
        """Return a line of what is read off, below the chart; the lowest is line 0."""
        box = self._read
        bottom = box.bottom + line * READ
        sentence = self._scene.text(
            f"feature-selection.scene.choose.kept.{key}",
            n=len(self._exhibit.features),
            **values,
        )
        row = Box(box.left + 0.5, box.right, bottom, bottom + READ)
        return self._scene.fitted(sentence, self._scene.layout.sentence_em, row)


def _levels(low: float, high: float) -> dict[float, str]:
    """Return a few errors to write beside the axis, all with the same decimals."""
    levels = few(low, high)
    decimals = max(len(f"{level:g}".partition(".")[2]) for level in levels)
    return {level: f"${round(level, decimals) + 0.0:.{decimals}f}$" for level in levels}


def _written(lam: float) -> str:
    """Write a strength with all digits that it was given; a small one as a power of ten."""
    return f"{lam:g}" if lam >= 1e-4 or lam == 0.0 else chosen(lam)
