"""Weight against step, with a window that can close in on 0."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from manim import Circle, LineJointType, Mobject, Square, ValueTracker, VGroup, VMobject

from regviz.lessons.clip import Window
from regviz.scenes.chart import BEYOND, Chart
from regviz.scenes.labels import beside, dense, outline_of
from regviz.scenes.number_line import round_ticks
from regviz.scenes.plane import straight
from regviz.scenes.stage import LABEL_EM, Box

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.update_steps import UpdateSteps
    from regviz.scenes.base import LessonScene

#: line widths in manim's hundredths of a unit
AXIS, THIN, THICK, EDGE = 3.0, 3.5, 6.0, 3.0
#: room for numbers on the left and below, for the name above, and air before names on the right
LEFT, UNDER, OVER, AIR = 0.85, 0.62, 0.55, 0.2
#: the name of the steps stands this far beyond the axis, clear of its last number
CLEAR = 0.55
#: radius of an iterate's marker
MARKER = 0.075
#: least distance between the names of two curves, and between two numbers below the chart
APART, APART_ACROSS = 0.46, 0.7
#: length of a dash and the gap after it, in the look at 0
DASH = 0.26


@dataclass(frozen=True)
class ChartTrackers:
    """All that changes in the chart."""

    #: step up to which each rule is drawn
    sign: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))
    l2: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))
    proximal: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))
    #: 0 shows all steps, 1 the look at 0
    zoom: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))


class StepChart(Chart):
    """The shapes of the chart; the scene decides when each appears.

    Parameters
    ----------
    scene
        Gives the exhibit, the theme and the lettering.
    box
        Where it stands, lettering included.
    trackers
        What the shapes follow.
    near
        Whether it shows the look at 0 at some time, where there is one.
    """

    def __init__(
        self, scene: LessonScene, box: Box, trackers: ChartTrackers, *, near: bool
    ) -> None:
        self._trackers = trackers
        self._exhibit: UpdateSteps = scene.exhibit
        self.n_steps = len(self._exhibit.sign.weights) - 1
        self._full, self._close = self._windows()
        right = box.right - self._room(scene)
        plot = Box(box.left + LEFT, right + BEYOND, box.bottom + UNDER, box.top - OVER)
        super().__init__(scene, plot, self._seen, name=scene.text("update-steps.label.step"))
        theme = scene.theme
        self.zero = self.curve(self._zero_line, theme.muted, AXIS)
        self.ticks = self._ticks_of(self._full, round_ticks(0.0, float(self.n_steps)))
        self.sign = self._rule("sign", theme.path, THIN)
        self.l2 = self._rule("l2", theme.l2, THICK)
        self.proximal = self._rule("proximal", theme.l1, THICK)
        self.names = self._names(("sign",) if near else ("proximal", "sign"))
        if near and self._exhibit.close is not None:
            self._make_near()

    def _make_near(self) -> None:
        """Make what belongs to the look at 0."""
        theme = self._scene.theme
        self.near_ticks = self._ticks_of(self._close, self._near_steps(), levels=(0.0,))
        self.band, self.edges = self._band()
        self.band_name = self._band_name()
        self.sign_marks = self._marks("sign", Circle(radius=1.15 * MARKER), theme.path)
        self.sign_marks.set_fill(theme.background, opacity=1.0)
        diamond = Square(side_length=2.0 * MARKER).rotate(np.pi / 4)
        self.proximal_marks = self._marks("proximal", diamond, theme.l1)
        self.proximal_marks.set_fill(theme.l1, opacity=1.0)
        self.landing, self.landing_line = self._landing()
        self.sign_name, self.proximal_name = self._rule_names()

    # -- where things are -----------------------------------------------------------------

    @staticmethod
    def _room(scene: LessonScene) -> float:
        """Return the width of the widest name on the right."""
        names = (scene.text("update-steps.label.step"), "L2")
        widths = (scene.lettering(name, 1.1 * LABEL_EM).width for name in names)
        return max(widths) + CLEAR

    def _windows(self) -> tuple[Window, Window]:
        left, right = self._exhibit.line
        air = 0.04 * (right - left)
        full = (0.0, float(self.n_steps), left - air, right + air)
        if self._exhibit.close is None:
            return full, full
        first, last, low, high = self._exhibit.close
        return full, (float(first), float(last), low, high)

    def _seen(self) -> Window:
        """Return what is seen now: first and last step, lowest and highest weight."""
        zoom = self._trackers.zoom.get_value()
        left, right, bottom, top = (
            (1.0 - zoom) * full + zoom * close
            for full, close in zip(self._full, self._close, strict=True)
        )
        return left, right, bottom, top

    def _at(self, points: Array, window: Window) -> Array:
        """Return points of the frame as they stand when `window` is seen."""
        left, right, bottom, top = window
        low, plot = np.array([left, bottom]), self.box
        share = (np.asarray(points, dtype=float) - low) / (np.array([right, top]) - low)
        flat = np.array([plot.left, plot.bottom]) + share * [plot.width, plot.height]
        return np.concatenate((flat, np.zeros((*flat.shape[:-1], 1))), axis=-1)

    def _revealed(self, name: str) -> Array:
        """Return a rule's points up to where it is drawn."""
        weights = getattr(self._exhibit, name).weights
        end = getattr(self._trackers, name).get_value()
        steps = np.arange(len(weights), dtype=float)
        whole = int(end)
        points = np.column_stack([steps, weights])[: whole + 1]
        if end == whole:
            return points
        return np.vstack([points, [end, np.interp(end, steps, weights)]])

    # -- lines ----------------------------------------------------------------------------

    def _rule(self, name: str, color: str, width: float) -> VMobject:
        line = self.curve(lambda: self._revealed(name), color, width)
        line.joint_type = LineJointType.ROUND
        return line

    def _zero_line(self) -> Array:
        return np.array([[0.0, 0.0], [float(self.n_steps), 0.0]])

    def _marks(self, name: str, marker: VMobject, color: str) -> VMobject:
        """Return the iterates that are drawn so far, each with a marker."""
        outline = marker.points
        marks = VMobject(stroke_color=color, stroke_width=THIN)

        def redraw(shape: VMobject) -> None:
            left, right, bottom, top = self.window
            points = self._revealed(name)
            x, y = points.T
            seen = (x == np.floor(x)) & (x >= left) & (x <= right) & (y >= bottom) & (y <= top)
            places = [outline + place for place in self.place(points[seen])]
            shape.set_points(np.concatenate(places) if places else np.empty((0, 3)))

        redraw(marks)
        return marks.add_updater(redraw)

    # -- axes and lettering ---------------------------------------------------------------

    def _draw_axes(self, name: str) -> VGroup:
        plot, muted = self.box, self._scene.theme.muted
        corner = [plot.left, plot.bottom, 0.0]
        ends = ([plot.left, plot.top, 0.0], [plot.right, plot.bottom, 0.0])
        lines = VMobject(stroke_color=muted, stroke_width=AXIS)
        lines.set_points(straight(np.array([[corner, end] for end in ends])))
        upright = self._scene.lettering("$W$", LABEL_EM, color=muted)
        upright.move_to((plot.left, plot.top + 0.32, 0.0))
        across = self._scene.lettering(name, LABEL_EM, color=muted)
        # In the row of the numbers, where it is clear of names beside the curves' ends.
        across.move_to((plot.right + CLEAR + across.width / 2.0, plot.bottom - 0.34, 0.0))
        return VGroup(lines, upright, across)

    def _ticks_of(
        self, window: Window, steps: list[float], levels: tuple[float, ...] | None = None
    ) -> VGroup:
        if levels is None:
            levels = tuple(round_ticks(window[2], window[3], most=4))
        muted = self._scene.theme.muted
        ticks = VGroup()
        for across, values in ((True, steps), (False, levels)):
            for value in values:
                at = (value, window[2]) if across else (window[0], value)
                place = self._at(np.array(at), window)
                way = np.array([0.0, -0.12, 0.0] if across else [-0.12, 0.0, 0.0])
                mark = VMobject(stroke_color=muted, stroke_width=AXIS)
                ticks.add(mark.set_points(straight(np.array([[place, place + way]]))))
                number = self._scene.lettering(f"${value:g}$", LABEL_EM, color=muted)
                half = 0.22 if across else 0.1 + number.width / 2.0
                ticks.add(number.move_to(place + way + half * np.sign(way)))
        return ticks

    def _near_steps(self) -> list[float]:
        """Return the steps to number: the landing, and round ones clear of it."""
        first, last, _, _ = self._close
        landing = float(self._exhibit.landing or 0)
        apart = APART_ACROSS / self.box.width * (last - first)
        return [landing, *(at for at in round_ticks(first, last) if abs(at - landing) > apart)]

    def _names(self, rules: tuple[str, ...]) -> VGroup:
        """Return the names of the curves; both steps of L1 have their own once they part."""
        landing = self._exhibit.landing
        if landing is None:
            return self._end_names((rules[0], "l2"))
        names = self._end_names(("l2",))
        theme, text = self._scene.theme, self._scene.text
        shown = [self._whole(rule) for rule in (*rules, "l2")]
        zero, box = self._at(self._zero_line(), self._full), self.box
        corner = np.array([(box.left, box.top, 0), (box.left, box.bottom, 0)])
        floor = np.array([(box.left, box.bottom, 0), (box.right, box.bottom, 0)])
        avoid = [dense(line) for line in (*shown, zero, corner, floor)]
        room = Box(box.left, box.right, box.bottom, box.top + OVER)
        for rule in rules:
            color = theme.path if rule == "sign" else theme.l1
            label = self._scene.lettering(
                text(f"update-steps.label.{rule}"), LABEL_EM, color=color, bold=True
            )
            # The jumps belong to the one, the way down to the other.
            part = self._whole("sign")[landing:] if rule == "sign" else self._alone(landing)
            beside(label, part, room, avoid)
            avoid.append(outline_of(label))
            names.add(label)
        return names

    def _alone(self, landing: int) -> Array:
        """Return the proximal step's way down, where it is furthest from that of L2."""
        way = self._whole("proximal")[: landing + 1]
        apart = np.abs(way - self._whole("l2")[: landing + 1])[:, 1]
        return way[apart >= 0.5 * apart.max()]

    def _whole(self, rule: str) -> Array:
        """Return all points of a rule, as they stand when all is seen."""
        weights = getattr(self._exhibit, rule).weights
        return self._at(np.column_stack([np.arange(len(weights)), weights]), self._full)

    def _end_names(self, rules: tuple[str, ...]) -> VGroup:
        """Return the names of penalties, beside where their weights end."""
        theme = self._scene.theme
        named = {
            "sign": ("L1", theme.path),
            "proximal": ("L1", theme.l1),
            "l2": ("L2", theme.l2),
        }
        ends = {named[rule][0]: (self._whole(rule)[-1], named[rule][1]) for rule in rules}
        places = {name: place for name, (place, _) in ends.items()}
        order = sorted(places, key=lambda name: (places[name][1], name))
        lower, upper = order[0], order[-1]
        short = APART - (places[upper][1] - places[lower][1])
        if short > 0.0:
            places[upper][1] += short / 2.0
            places[lower][1] -= short / 2.0
        rise = max(0.0, self.box.bottom + 0.1 - places[lower][1])
        names = VGroup()
        for name, (_, color) in ends.items():
            label = self._scene.lettering(name, 1.1 * LABEL_EM, color=color, bold=True)
            shift = np.array([AIR + label.width / 2.0, rise, 0.0])
            names.add(label.move_to(places[name] + shift))
        return names

    # -- the look at 0 --------------------------------------------------------------------

    def _band(self) -> tuple[VMobject, VGroup]:
        color = self._scene.theme.path
        low, high = self._exhibit.band or (0.0, 0.0)
        right = float(self.n_steps)
        outline = np.array([[0.0, low], [right, low], [right, high], [0.0, high], [0.0, low]])
        fill = self.fill(outline, color, 0.16)
        fill.add_updater(lambda shape: self.redraw_fill(shape, outline))
        # As long in the look at 0, whatever the number of steps.
        seen = (self._close[1] - self._close[0]) / self.n_steps
        n_dashes = round(self.box.width / DASH / seen)
        edges = (
            self.dashed(np.array([[0.0, edge], [right, edge]]), color, EDGE, n_dashes)
            for edge in (low, high)
        )
        return fill, VGroup(*edges)

    def _band_name(self) -> Mobject:
        """Return the band's name, above its right end."""
        _, high = self._exhibit.band or (0.0, 0.0)
        color = self._scene.theme.path
        said = self._scene.text("update-steps.label.band")
        title = self._scene.lettering(said, LABEL_EM, color=color)
        right = self._at(np.array([self._close[1], high]), self._close)
        return title.move_to(right + np.array([-title.width / 2.0, 0.28, 0.0]))

    def _rule_names(self) -> tuple[Mobject, Mobject]:
        """Return the names of both rules: the jumps' over the band, the other's under it."""
        low, high = self._exhibit.band or (0.0, 0.0)
        theme, text, plot = self._scene.theme, self._scene.text, self.box
        step = float(self._exhibit.landing or 0)
        above, below = self._at(np.array([[step, high], [self._close[1], low]]), self._close)
        sign, proximal = (
            self._scene.lettering(text(f"update-steps.label.{name}"), LABEL_EM, color=color)
            for name, color in (("sign", theme.path), ("proximal", theme.l1))
        )
        sign.move_to(above + np.array([0.25 + sign.width / 2.0, 0.28, 0.0]))
        height = (below[1] + plot.bottom) / 2.0
        return sign, proximal.move_to((plot.right - proximal.width / 2.0, height, 0.0))

    def _landing(self) -> tuple[Mobject, Mobject]:
        """Return the marker of the first exact 0, and the line to its step."""
        theme = self._scene.theme
        at = np.array([float(self._exhibit.landing or 0), 0.0])
        place = self._at(at, self._close)
        marker = Square(side_length=0.3, stroke_color=theme.background, stroke_width=3.0)
        marker.rotate(np.pi / 4).set_fill(theme.l1, opacity=1.0).move_to(place)
        foot = np.array([at, [at[0], self._close[2]]])
        n_dashes = max(2, round((place[1] - self.box.bottom) / DASH))
        return marker, self.dashed(foot, theme.muted, EDGE, n_dashes)
