"""Bias and variance: refits to many samples scatter less and miss more as lambda grows.

Render it like any manim scene, `manim render scenes/bias_variance.py BiasVariance`, or with
parameters, languages and formats through regviz.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from manim import Circle, FadeIn, Line, Mobject, ValueTracker, VGroup, VMobject, smooth

from regviz.lessons import numbers
from regviz.lessons.clip import clip_segments
from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.scenes.chart import AXIS, BEYOND, CURVE, MARKER, TICK, Chart
from regviz.scenes.fits import ABOVE, CHANGE, LEFT, RIGHT, FitScene, as_one, few, frame_of, seen
from regviz.scenes.stage import LABEL_EM, Box
from regviz.scenes.strengths import StrengthChart

if TYPE_CHECKING:
    from regviz.lessons.base import Array

#: radius of a point
POINT = 0.1
#: line widths of one refit among many, and alone; of their mean, and of what sets it off
REFIT, ALONE, MEAN, EDGE = 2.2, CURVE, 8.0, 13.0
#: how clear one refit among many is
CLEAR = 0.6
#: dashes of the truth, and of the noise
N_DASHES, N_NOISE = 28, 40
#: a column's name is cut to this many letters
LONGEST_NAME = 16
#: the share of the level axis that its name may take, room for a letter of it, how far it is
#: below the axis, as numbers are, and the room beside it
NAMED, LETTER, UNDER, APART = 0.4, 0.55 * LABEL_EM, TICK + 0.05 + LABEL_EM / 2, 0.2
#: where along its curve a name is sought if its own place is taken, in parts of the curve
SHARES = (0.93, 0.85, 0.5, 0.15)
#: standard errors that a whisker reaches to either side
WHISKERS = 2.0
#: height of the error's plot, in what is to be seen there
ROOM = 1.16


class BiasVariance(FitScene):
    """Refits on the left; on the right the parts of their error, over the strength."""

    lesson = "bias-variance"

    def construct(self) -> None:
        """Tell the story, one section after the other."""
        self.set_stage()
        self.sample()
        self.scatter()
        self.calm()
        self.strong()
        self.sum()
        self.still()

    def set_stage(self) -> None:
        """Make every shape that follows trackers; the story decides when each appears."""
        self.prepare()
        self.count = ValueTracker(1.0)
        self.make_refits(self.layout.panels[LEFT].plane)
        self.make_error(self.layout.panels[RIGHT].plane)
        self.stack = [
            *(
                self.plot.axes,
                self.plot.numbers,
                self.error.axes,
                self.error.numbers,
                self.noise,
            ),
            *(self.refits, self.mean, self.truth, self.dots, self.drop),
            *(self.start[name] for name in self.start),
            *(self.curve[name] for name in self.curve),
            *(self.rider[name] for name in self.rider),
            *(self.total, self.measured, self.least, *self.labels.values()),
        ]

    # -- the story ------------------------------------------------------------------------

    def sample(self) -> None:
        """Show the truth, one sample of it, and the fit to that."""
        self.section("sample")
        shown = self.exhibit
        self.say(self.key("caption.sample.truth"))
        self.open_with(self.key("scene.heading.sample"))
        values = {"feature": self.name(shown.feature), "count": len(shown.x_sample)}
        self.explained = self.explain("explained", degree=shown.parameters["degree"], **values)
        self.play(
            *self.title(LEFT, "fit", self.theme.ink, target=self.name(shown.target), **values),
            *self.appear(self.plot.axes, self.plot.numbers),
            FadeIn(self.explained[0]),
            run_time=CHANGE,
        )
        self.settle(*self.explained)
        self.play(*self.appear(self.truth, self.labels["truth"]), run_time=0.8)
        self.wait(2.6)
        self.say(self.key("caption.sample.points"), count=len(shown.x_sample))
        self.play(*self.appear(self.dots), FadeIn(self.explained[1]), run_time=0.8)
        self.settle(*self.explained)
        self.wait(2.2)
        self.play(*self.appear(self.refits), FadeIn(self.explained[2]), run_time=1.0)
        self.show()
        self.settle(*self.explained)
        self.wait(2.6)

    def scatter(self) -> None:
        """Fit many samples without a penalty: they scatter, and the scatter is the variance."""
        self.section("scatter")
        self.say(self.key("caption.scatter.refits"))
        count = self.exhibit.parameters["n_refits"]
        self.play(
            *self.heading(self.key("scene.heading.scatter")),
            *self.vanish(self.dots, self.labels["truth"]),
            *self.title(RIGHT, "error", self.theme.ink, target=self.name(self.exhibit.target)),
            *self.sentence(
                LEFT, self.key("scene.said.drawn"), drawn=self.n_refits, count=count
            ),
            *self.exchange(self.explained, [self.error.axes, self.error.numbers]),
            run_time=CHANGE,
        )
        self.settle()
        self.drive(self.count, self.n_refits, seconds=4.0)
        self.wait(0.4)
        self.say(self.key("caption.scatter.variance"))
        self.play(
            *self.appear(self.mean),
            *self.sentence(LEFT, self.key("scene.said.legend")),
            run_time=0.8,
        )
        self.show()
        self.settle()
        self.wait(1.2)
        self.play(
            *self.appear(
                self.start["variance"], self.rider["variance"], self.labels["variance"]
            ),
            *self.sentence(
                RIGHT, self.key("scene.said.variance"), value=self.value("variance", 0)
            ),
            run_time=CHANGE,
        )
        self.settle()
        self.wait(2.2)

    def calm(self) -> None:
        """Raise the penalty up to the best strength: the variance falls."""
        self.section("calm")
        self.say(self.key("caption.calm.penalty"))
        self.play(
            *self.heading(self.key("scene.heading.calm")),
            *self.untitle(LEFT),
            *self.sentence(RIGHT, self.key("scene.said.ridge")),
            FadeIn(self.readout),
            run_time=CHANGE,
        )
        self.settle()
        self.show(self.curve["variance"])
        self.wait(3.6)
        self.say(self.key("caption.calm.sweep"))
        self.drive(self.step, self.stop, seconds=5.0)
        self.play(
            *self.sentence(
                RIGHT, self.key("scene.said.variance"), value=self.value("variance", self.stop)
            ),
            run_time=CHANGE,
        )
        self.settle()
        self.wait(1.0)

    def strong(self) -> None:
        """Raise it further: all fits are alike, and their mean is off the truth."""
        self.section("strong")
        self.say(self.key("caption.strong.mean"))
        self.play(
            *self.heading(self.key("scene.heading.strong")),
            *self.silence(RIGHT),
            *self.appear(self.start["bias"], self.rider["bias"], self.labels["bias"]),
            run_time=CHANGE,
        )
        self.settle()
        self.show(self.curve["bias"])
        self.wait(1.0)
        self.drive(self.step, self.last, seconds=4.0)
        self.say(self.key("caption.strong.bias"))
        self.play(
            *self.sentence(
                RIGHT,
                self.key("scene.said.both"),
                bias=self.value("bias", self.last),
                variance=self.value("variance", self.last),
            ),
            run_time=CHANGE,
        )
        self.settle()
        self.wait(3.8)

    def sum(self) -> None:
        """Add the parts, and the noise; what was measured lies on the sum."""
        self.section("sum")
        self.say(self.key("caption.sum.noise"))
        self.play(
            *self.heading(self.key("scene.heading.sum")),
            *self.silence(RIGHT),
            *self.appear(self.noise, self.labels["noise"]),
            run_time=0.8,
        )
        self.settle()
        self.wait(3.4)
        self.say(self.key("caption.sum.parts"))
        self.play(*self.appear(self.total, self.labels["total"]), run_time=1.2)
        self.show()
        self.wait(2.8)
        count = self.exhibit.parameters["n_refits"]
        self.say(self.key("caption.sum.measured"), count=count)
        self.play(
            *self.appear(self.measured),
            *self.sentence(RIGHT, self.key("scene.said.measured"), count=count),
            run_time=0.8,
        )
        self.settle()
        self.show()
        self.wait(3.4)

    def still(self) -> None:
        """Return to the best strength, where the sum is least."""
        self.section("still")
        self.say(self.case_key("caption.still"))
        self.play(
            *self.heading(self.case_key("scene.heading.still")),
            *self.silence(RIGHT),
            *self.appear(*self.whole),
            run_time=CHANGE,
        )
        self.settle()
        self.show()
        self.drive(self.step, self.exhibit.best, seconds=2.4, rate=smooth)
        best = self.exhibit.best
        self.play(
            *self.appear(self.drop, self.least, self.labels["best"]),
            *self.vanish(*self.rider.values()),
            *self.sentence(
                RIGHT,
                self.key("scene.said.least"),
                free=self.value("total", 0),
                best=self.value("total", best),
                last=self.value("total", self.last),
                strongest=self.strength(self.last),
            ),
            run_time=0.8,
        )
        self.show()
        self.settle()
        self.wait(1.6)
        self.say(self.case_key("caption.beyond"))
        self.wait(4.4)

    # -- numbers --------------------------------------------------------------------------

    @property
    def n_refits(self) -> int:
        """Number of refits that are drawn."""
        return int(self.exhibit.curves.shape[1])

    @property
    def stop(self) -> int:
        """Where the first sweep ends: at the best strength, unless that is the strongest."""
        return self.exhibit.best if self.exhibit.best < self.last else self.last // 2

    def name(self, column: str) -> str:
        """Return a column's name as it is written, short."""
        return literal(short_names([column], LONGEST_NAME)[0])

    def value(self, name: str, at: int) -> str:
        """Return a part of the error as it stands in a sentence."""
        return numbers.shown(float(self.parts[name][at]))

    # -- what is drawn --------------------------------------------------------------------

    def explain(self, name: str, **values: object) -> list[Mobject]:
        """Return three sentences, one below the other in the panel on the right."""
        box = self.layout.panels[RIGHT].plane
        height = box.height / 3
        return [
            self.fitted(
                self.text(self.key(f"scene.{name}.{number}"), **values),
                self.layout.sentence_em,
                Box(
                    box.left + 0.05 * box.width,
                    box.right - 0.05 * box.width,
                    box.top - (number + 0.9) * height,
                    box.top - (number + 0.1) * height,
                ),
                color=(self.theme.ink, self.theme.ink, self.theme.loss)[number],
            )
            for number in range(3)
        ]

    def make_refits(self, box: Box) -> None:
        """Make the truth, a sample, the refits and their mean."""
        shown, theme = self.exhibit, self.theme
        left, right, bottom, _ = shown.limits
        ticks = few(left, right)
        # There are no numbers on the left to balance what the chart keeps free on its right.
        box = Box(box.left + BEYOND, box.right, box.bottom, box.top)
        self.plot = Chart(self, box, shown.limits, name="", ticks=ticks, cross=(left, bottom))
        self.name_feature(box.right)
        pieces = np.array_split(np.arange(len(shown.x)), 2 * N_DASHES)[::2]
        truth = np.column_stack([shown.x, shown.truth])
        self.truth = VGroup(*(self.plot.line(truth[part], theme.ink, 5.0) for part in pieces))
        self.mean = self.plot.curve(
            lambda: np.column_stack([shown.x, shown.mean_curve[self.at()]]), theme.loss, MEAN
        )
        self.mean.set_stroke(theme.background, width=EDGE, background=True)
        self.mean.add_updater(lambda shape: shape.set_stroke(self.fit_color))
        self.refits = VMobject(stroke_color=theme.loss)
        # A bound method would take the scene along when manim copies the shape.
        self.refits.add_updater(lambda shape: self._redraw_refits(shape)).update()
        inside = seen(np.column_stack([shown.x_sample, shown.y_sample]), shown.limits)
        style = {"stroke_color": theme.background, "stroke_width": 2.0}
        self.dots = VGroup(
            *(
                Circle(radius=POINT, **style).set_fill(theme.ink, 1.0).move_to(place)
                for place in self.plot.place(inside)
            )
        )
        self.labels = {"truth": self._truth_label()}

    def name_feature(self, right: float) -> None:
        """Put the feature's name at the level axis' end, in place of what is numbered there.

        It stands below the axis: beyond it there is no room for a word.
        """
        axis, numbers = self.plot.box, self.plot.numbers
        room = NAMED * axis.width
        (short,) = short_names([self.exhibit.feature], max(3, int(room / LETTER)))
        name = self.lettering(literal(short), LABEL_EM, color=self.theme.muted)
        name.scale(min(1.0, room / name.width))
        name.shift((right - name.get_right()[0], axis.bottom - UNDER, 0.0))
        left = name.get_left()[0] - APART
        numbers.remove(*(tick for tick in numbers if tick.get_right()[0] > left))
        numbers.add(name)

    @property
    def fit_color(self) -> str:
        """The colour of fits: the loss's alone, or its and the penalty's."""
        return self.theme.l2 if self.at() else self.theme.loss

    def _redraw_refits(self, shape: VMobject) -> None:
        """Draw as many refits as have come, at the strength that is reached."""
        shown, at = self.exhibit, self.at()
        count = round(self.count.get_value())
        as_one(
            shape,
            (
                self.plot.place(
                    clip_segments(np.column_stack([shown.x, curve]), self.plot.window)
                )
                for curve in shown.curves[at, :count]
            ),
        )
        alone = count == 1
        shape.set_stroke(
            self.fit_color,
            width=ALONE if alone else REFIT,
            opacity=1.0 if alone else CLEAR,
        )

    def _truth_label(self) -> Mobject:
        """Return the name of the truth, clear of the sample and of its fit."""
        shown = self.exhibit
        truth, fit = (np.column_stack([shown.x, y]) for y in (shown.truth, shown.curves[0, 0]))
        avoid = [self.plot.place(seen(points, shown.limits)) for points in (truth, fit)]
        avoid += [dot.get_center()[None] for dot in self.dots]
        point = avoid[0][int(0.75 * len(avoid[0]))]
        return self.label("truth", self.theme.ink, point, self.plot.box, avoid)

    def make_error(self, box: Box) -> None:
        """Make the parts of the error over the strength, and what was measured."""
        shown, theme = self.exhibit, self.theme
        noise = shown.noise**2
        self.parts = {
            "bias": shown.bias_squared,
            "variance": shown.variance,
            "total": shown.total,
        }
        colors = {"bias": theme.l2, "variance": theme.loss, "total": theme.ink}
        reach = WHISKERS * shown.measured_error
        top = ROOM * max(float(shown.total.max()), float((shown.measured + reach).max()))
        chart = StrengthChart(self, box, shown.lambdas, top, few(0.0, top), self.at)
        self.error = chart
        moving = ("bias", "variance")
        self.start = {name: chart.start(self.parts[name], colors[name]) for name in moving}
        self.curve = {name: chart.reached(self.parts[name], colors[name]) for name in moving}
        self.rider = {name: chart.rider(self.parts[name], colors[name]) for name in moving}
        lines = {
            name: chart.line(chart.points(values)[1:], colors[name], CURVE)
            for name, values in self.parts.items()
        }
        self.whole = [lines[name] for name in moving]
        self.total = lines["total"]
        left, right = chart.window[:2]
        ends = np.array([[left, noise], [right, noise]])
        self.noise = chart.dashed(ends, theme.muted, 1.6 * AXIS, n_dashes=N_NOISE)
        self.measured = self._measured(reach)
        at = chart.points(shown.total)[shown.best]
        self.drop = chart.dashed(np.array([at, [at[0], 0.0]]), theme.l2, n_dashes=14)
        style = {"stroke_color": theme.background, "stroke_width": 2.5}
        self.least = Circle(radius=0.16, **style).set_fill(theme.l2, 1.0)
        self.least.move_to(chart.place(at))
        self.labels |= self._error_labels(colors, noise)

    def _measured(self, reach: Array) -> VGroup:
        """Return a dot with its whisker for every strength at which the error was measured."""
        shown, ink = self.exhibit, self.theme.ink
        marks = VGroup()
        where = self.error.where[shown.measured_at]
        for x, value, half in zip(where, shown.measured, reach, strict=True):
            low, middle, high = self.error.place(
                np.array([[x, value - half], [x, value], [x, value + half]])
            )
            dot = Circle(radius=0.6 * MARKER, stroke_color=ink, stroke_width=3.0)
            marks.add(Line(low, high, stroke_color=ink, stroke_width=3.0))
            marks.add(dot.set_fill(self.theme.background, 1.0).move_to(middle))
        return marks

    def _error_labels(self, colors: dict[str, str], noise: float) -> dict[str, Mobject]:
        """Return names for the parts, their sum and the least of it, clear of all curves."""
        chart, labels = self.error, {}
        curves = {name: chart.points(values) for name, values in self.parts.items()}
        left, right = chart.window[:2]
        curves["noise"] = np.array([[left, noise], [right, noise]])
        avoid = [chart.place(points) for points in curves.values()]
        avoid += [np.array([mark.get_bottom(), mark.get_top()]) for mark in self.measured]
        least = self.least.get_center()
        avoid.append(np.array([least, [least[0], chart.box.bottom, 0.0]]))
        share = {"bias": 1.0, "variance": 0.3, "noise": 0.3, "total": 0.3}
        for name in ("total", "variance", "bias", "noise"):
            color = colors.get(name, self.theme.muted)
            points = (
                chart.points(np.full(len(chart.where), noise))
                if name == "noise"
                else curves[name]
            )
            sought = np.array([share[name], *SHARES]) * (len(points) - 1)
            point = chart.place(points[sought.astype(int)])
            labels[name] = self.label(name, color, point, chart.box, avoid)
            avoid.append(frame_of(labels[name]))
        avoid.append(frame_of(self.least))
        above = least + ABOVE
        labels["best"] = self.label("best", self.theme.l2, above, chart.box, avoid)
        return labels
