"""Overfitting: a wild fit, its weights, and the penalty that calms both.

Render it like any manim scene, `manim render scenes/overfitting.py Overfitting`, or with
parameters, languages and formats through regviz.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from manim import (
    Circle,
    FadeIn,
    Mobject,
    Square,
    ValueTracker,
    VGroup,
    VMobject,
    smooth,
)

from regviz.lessons.numbers import chosen, significant
from regviz.scenes.chart import AXIS, CURVE, Chart
from regviz.scenes.fits import (
    ABOVE,
    CHANGE,
    LEFT,
    RIGHT,
    FitScene,
    as_one,
    few,
    fill_polygons,
    frame_of,
    seen,
)
from regviz.scenes.stage import TITLE_EM, Box
from regviz.scenes.strengths import StrengthChart

if TYPE_CHECKING:
    from regviz.lessons.base import Array

#: radius of a point, and of a new one; width of the gap between a point and the fit
POINT, NEW, GAP = 0.1, 0.085, 4.0
#: widths of bars: without a penalty and, before it, with one
WIDE, NARROW = 0.8, 0.42
#: how far the fit without a penalty steps back when the other one comes, and its bars
GHOST, GHOST_BARS = 0.55, 0.5
#: room that the name of a power needs
TICK_WIDTH = 0.62
#: weights are large if a penalty divides them by so much
LARGE = 4.0
#: dashes of the truth
N_DASHES = 34


class Overfitting(FitScene):
    """A polynomial on the left; its weights, and then its errors, on the right."""

    lesson = "overfitting"

    def construct(self) -> None:
        """Tell the story, one section after the other."""
        self.set_stage()
        self.points()
        self.wild()
        self.calm()
        self.choose()
        self.still()

    def set_stage(self) -> None:
        """Make every shape that follows trackers; the story decides when each appears."""
        self.prepare()
        self.color: str = getattr(self.theme, self.exhibit.penalty)
        self.bent, self.grown = ValueTracker(0.0), ValueTracker(0.0)
        self.make_fit(self.layout.panels[LEFT].plane)
        self.make_weights(self.layout.panels[RIGHT].plane)
        self.make_errors(self.layout.panels[RIGHT].plane)
        self.stack = [
            *(
                self.fit.axes,
                self.fit.numbers,
                self.truth,
                self.gaps,
                self.free,
                self.penalized,
                self.new,
                self.dots,
            ),
            *(self.weights.axes, self.weights.numbers, self.free_bars, self.bars, self.zero),
            *(self.errors.axes, self.errors.numbers, self.drop, *self.starts),
            *(*self.curves, *self.riders, self.least, *self.labels.values()),
        ]

    # -- the story ------------------------------------------------------------------------

    def points(self) -> None:
        """Show noisy points of a smooth truth, and what is to be fitted."""
        self.section("points")
        count, degree = len(self.exhibit.x_train), self.exhibit.weights.shape[1]
        self.say(self.key("caption.points.data"), count=count)
        self.open_with(self.key("scene.heading.points"))
        titles = [
            *self.title(LEFT, "fit", self.theme.ink, count=count, noise=self.noise),
        ]
        self.play(*titles, *self.appear(self.fit.axes, self.fit.numbers), run_time=CHANGE)
        self.settle()
        self.play(*self.appear(self.truth, self.labels["truth"]), run_time=0.8)
        self.play(*self.appear(self.dots), run_time=0.8)
        self.wait(2.0)
        self.say(self.key("caption.points.model"), degree=degree)
        self.model, self.loss = self.make_formulas(degree)
        self.play(
            *self.title(RIGHT, "model", self.theme.ink, degree=degree),
            FadeIn(self.model),
            run_time=CHANGE,
        )
        self.settle(self.model)
        self.wait(3.0)

    def wild(self) -> None:
        """Fit without a penalty: what is minimized, and the large weights it takes."""
        self.section("wild")
        self.say(self.key("caption.wild.loss"))
        self.play(
            *self.heading(self.key(f"scene.heading.wild.{self.chased}")),
            *self.vanish(self.labels["truth"]),
            *self.appear(self.free),
            *self.sentence(LEFT, self.key("scene.said.level")),
            run_time=CHANGE,
        )
        self.settle(self.model)
        self.wait(0.6)
        self.play(*self.appear(self.gaps), FadeIn(self.loss), run_time=CHANGE)
        self.show()
        self.settle(self.model, self.loss)
        self.wait(2.6)
        self.say(self.key("caption.wild.fit"))
        self.drive(self.bent, 1.0, seconds=2.0, rate=smooth)
        self.play(
            *self.sentence(LEFT, self.key("scene.said.mean"), error=self.error("train", 0)),
            run_time=CHANGE,
        )
        self.settle()
        self.wait(1.0)
        self.say(self.key(f"caption.wild.weights.{self.size}"))
        self.play(
            *self.title(RIGHT, "weights", self.theme.ink),
            *self.exchange(
                [self.model, self.loss],
                [self.weights.axes, self.weights.numbers, self.zero],
            ),
            run_time=CHANGE,
        )
        self.settle()
        self.show(self.free_bars)
        self.drive(self.grown, 1.0, seconds=1.4, rate=smooth)
        self.play(
            *self.sentence(RIGHT, self.key("scene.said.largest"), weight=self.largest),
            run_time=CHANGE,
        )
        self.settle()
        self.wait(1.6)

    def calm(self) -> None:
        """Raise the penalty from 0 to the best strength: weights shrink, the fit calms down."""
        self.section("calm")
        penalty = self.exhibit.penalty
        self.say(self.key(f"caption.calm.penalty.{penalty}"))
        self.play(
            *self.heading(self.case_key("scene.heading.calm")),
            *self.silence(),
            *self.untitle(LEFT),
            *self.title(RIGHT, f"penalized.{penalty}", self.color),
            *self.sentence(RIGHT, self.key("scene.said.height")),
            FadeIn(self.readout),
            run_time=CHANGE,
        )
        self.settle()
        self.wait(3.4)
        self.say(self.key("caption.calm.price"))
        self.play(
            self.free.animate.set_stroke(opacity=GHOST),
            self.free_bars.animate.set_fill(opacity=GHOST_BARS),
            *self.appear(self.penalized, self.bars),
            run_time=CHANGE,
        )
        self.show()
        self.wait(2.8)
        self.say(self.key("caption.calm.sweep"))
        self.drive(self.step, self.stop, seconds=5.0)
        self.play(
            *self.sentence(
                LEFT, self.key("scene.said.train"), error=self.error("train", self.stop)
            ),
            *self.sentence(
                RIGHT,
                self.key(f"scene.said.sum.{penalty}"),
                free=self.sum_at(0),
                now=self.sum_at(self.stop),
            ),
            run_time=CHANGE,
        )
        self.settle()
        self.wait(2.6)

    def choose(self) -> None:
        """Go through all strengths: what new points say of each."""
        self.section("choose")
        self.say(self.key("caption.choose.ours"))
        weights = (
            self.weights.axes,
            self.weights.numbers,
            self.zero,
            self.free_bars,
            self.bars,
        )
        train, test = self.starts
        self.play(
            *self.heading(self.key("scene.heading.choose")),
            *self.silence(),
            *self.title(RIGHT, "errors", self.theme.ink),
            *self.exchange(
                [shape for shape in weights if shape in self.mobjects],
                [self.errors.axes, self.errors.numbers],
            ),
            run_time=CHANGE,
        )
        self.drive(self.step, 0.0, seconds=1.2, rate=smooth)
        self.play(
            *self.appear(train, self.labels["train"]),
            *self.sentence(RIGHT, self.key("scene.said.axis")),
            run_time=CHANGE,
        )
        self.settle()
        self.wait(1.6)
        self.say(self.key("caption.choose.new"))
        self.play(
            *self.appear(self.new, test, self.labels["test"]),
            *self.vanish(self.gaps),
            *self.sentence(LEFT, self.key("scene.said.new")),
            run_time=0.8,
        )
        self.show(*self.curves, *self.riders)
        self.settle()
        self.wait(2.4)
        self.say(self.key("caption.choose.sweep"))
        self.drive(self.step, self.last, seconds=6.0)
        self.say(self.case_key("caption.choose.result"))
        self.play(*self.sentence(RIGHT, self.case_key("scene.said.errors")), run_time=CHANGE)
        self.show()
        self.settle()
        self.wait(3.4)
        self.say(self.key("caption.choose.practice"))
        self.wait(3.6)

    def still(self) -> None:
        """Return to the best strength, and say what was gained."""
        self.section("still")
        self.say(self.case_key("caption.still"))
        values = {"best": self.strength(self.exhibit.best)}
        self.play(
            *self.heading(self.case_key("scene.heading.still"), **values),
            *self.silence(),
            *self.vanish(self.new),
            run_time=CHANGE,
        )
        self.settle()
        self.drive(self.step, self.exhibit.best, seconds=2.2, rate=smooth)
        names = [self.labels[name] for name in ("truth", "free", "best")]
        if self.exhibit.best:
            names.append(self.labels["penalized"])
        # The curve is kept whole, so that the picture says all by itself.
        self.play(
            *self.appear(*self.whole, self.drop, self.least, *names),
            *self.vanish(*self.riders, *self.curves),
            *self.sentence(
                LEFT, self.key("scene.said.train"), error=self.error("train", self.exhibit.best)
            ),
            *self.sentence(
                RIGHT,
                self.key("scene.said.test"),
                free=self.error("test", 0),
                best=self.error("test", self.exhibit.best),
            ),
            run_time=0.8,
        )
        self.show()
        self.settle()
        self.wait(4.4)

    # -- numbers --------------------------------------------------------------------------

    @property
    def noise(self) -> str:
        """The noise, as it was chosen."""
        return chosen(float(self.exhibit.parameters["noise"]))

    @property
    def chased(self) -> str:
        """Whether the fit chases noise: where there is none it cannot."""
        return self.exhibit.case if float(self.exhibit.parameters["noise"]) else "none"

    @property
    def size(self) -> str:
        """Whether the weights without a penalty are large, and cancel."""
        free, calm = self.exhibit.weights[0], self.exhibit.weights[self.stop]
        is_large = np.abs(free).max() > LARGE * np.abs(calm).max()
        return "large" if is_large and free.min() < 0.0 < free.max() else "plain"

    @property
    def stop(self) -> int:
        """Where the first sweep ends: at the best strength, or halfway if that is 0."""
        return self.exhibit.best or self.last // 2

    def error(self, name: str, at: int) -> str:
        """Return an error as it stands in a sentence; rounding of an exact fit is 0."""
        error = float(getattr(self.exhibit, f"{name}_error")[at])
        return significant(error) if error > 1e-12 else "0"

    @property
    def largest(self) -> str:
        """The largest weight without a penalty, its sign dropped."""
        return significant(float(np.abs(self.exhibit.weights[0]).max()))

    def sum_at(self, at: int) -> str:
        """Return what the strength multiplies, as it stands in a sentence."""
        return significant(float(self.exhibit.sums[at]))

    # -- what is drawn --------------------------------------------------------------------

    def make_fit(self, box: Box) -> None:
        """Make the points, the truth and the fits."""
        shown, theme = self.exhibit, self.theme
        left, right, bottom, top = shown.limits
        self.fit = Chart(
            self,
            box,
            (left, right, bottom, top),
            name="$x$",
            ticks={-1.0: "$-1$", 0.0: "$0$", 1.0: "$1$"},
            levels=few(bottom, top),
            cross=(left, bottom),
        )
        self.truth = self._dashes(np.column_stack([shown.x, shown.truth]), theme.muted)
        self.free = self.fit.curve(
            lambda: np.column_stack([shown.x, self._bend(shown.fits[0])]), theme.loss
        )
        self.penalized = self.fit.curve(
            lambda: np.column_stack([shown.x, shown.fits[self.at()]]), self.color, 1.2 * CURVE
        )
        self.gaps = VMobject(stroke_color=theme.muted, stroke_width=GAP)
        # A bound method would take the scene along when manim copies the shape.
        self.gaps.add_updater(lambda shape: self._redraw_gaps(shape)).update()
        self.dots = self._points(
            shown.x_train, shown.y_train, POINT, fill=theme.ink, edge=theme.background
        )
        self.new = self._points(
            shown.x_new, shown.y_new, NEW, fill=theme.background, edge=theme.ink
        )
        self.labels = self._fit_labels(self.fit.box)

    def _points(self, x: Array, y: Array, radius: float, *, fill: str, edge: str) -> VGroup:
        """Mark those of the points that can be seen."""
        places = self.fit.place(seen(np.column_stack([x, y]), self.exhibit.limits))
        dot = Circle(radius=radius, stroke_color=edge, stroke_width=2.0).set_fill(fill, 1.0)
        return VGroup(*(dot.copy().move_to(place) for place in places))

    def _redraw_gaps(self, shape: VMobject) -> None:
        """Join each point to the fit above or below it, as far as the plot reaches."""
        shown = self.exhibit
        _, _, bottom, top = shown.limits
        fitted = np.clip(self._bend(shown.fitted[self.at()]), bottom, top)
        ends = [np.column_stack([shown.x_train, y]) for y in (shown.y_train, fitted)]
        as_one(shape, [self.fit.place(np.stack(ends, axis=1))])

    def _bend(self, fit: Array) -> Array:
        """Return a fit with its weights as far from 0 as they have come."""
        level = self.exhibit.height
        return level + self.bent.get_value() * (fit - level)

    def _dashes(self, polyline: Array, color: str) -> VMobject:
        """Draw a curve in dashes, each through its own vertices of the curve."""
        pieces = np.array_split(np.arange(len(polyline)), 2 * N_DASHES)[::2]
        return VGroup(*(self.fit.line(polyline[piece], color, 0.8 * CURVE) for piece in pieces))

    def _fit_labels(self, box: Box) -> dict[str, Mobject]:
        """Return the names of the three curves, clear of each other and of the points."""
        shown, theme = self.exhibit, self.theme
        curves = {
            "truth": (shown.truth, theme.muted),
            "free": (shown.fits[0], theme.loss),
            "penalized": (shown.fits[shown.best], self.color),
        }
        places = {
            name: self.fit.place(seen(np.column_stack([shown.x, curve]), shown.limits))
            for name, (curve, _) in curves.items()
        }
        avoid = [*places.values(), *(dot.get_center()[None] for dot in self.dots)]
        labels: dict[str, Mobject] = {}
        away = {
            "free": -np.abs(places["free"][:, 1] - np.mean(places["truth"][:, 1])),
            "penalized": np.abs(places["penalized"][:, 0] - box.center[0] - 0.12 * box.width),
            "truth": np.abs(places["truth"][:, 0] - box.center[0] - 0.3 * box.width),
        }
        for name, (_, color) in curves.items():
            point = places[name][int(np.argmin(away[name]))]
            strength = self.strength(shown.best)
            labels[name] = self.label(name, color, point, box, avoid, lam=strength)
            avoid.append(frame_of(labels[name]))
        return labels

    def make_weights(self, box: Box) -> None:
        """Make the bars of the weights: without a penalty and, before them, with one."""
        weights = self.exhibit.weights
        self.powers = np.arange(1.0, weights.shape[1] + 1.0)
        reach = 1.16 * float(np.abs(weights[0]).max())
        every = math.ceil(TICK_WIDTH * len(self.powers) / box.width)
        self.weights = Chart(
            self,
            box,
            (0.3, self.powers[-1] + 0.7, -reach, reach),
            name="",
            ticks={power: f"$x^{{{power:.0f}}}$" for power in self.powers[::every]},
            levels=few(-reach, reach),
            cross=(0.3, -reach),
        )
        self.zero = self.weights.line(
            np.array([[0.3, 0.0], [self.powers[-1] + 0.7, 0.0]]), self.theme.muted, AXIS
        )
        self.free_bars = self._bars(WIDE, self.theme.loss)
        self.free_bars.add_updater(
            lambda shape: self._set_bars(shape, self.grown.get_value() * weights[0], WIDE)
        )
        self.bars = self._bars(NARROW, self.color)
        self.bars.add_updater(lambda shape: self._set_bars(shape, weights[self.at()], NARROW))

    def _bars(self, width: float, color: str) -> VMobject:
        shape = VMobject(stroke_width=0, fill_color=color, fill_opacity=1.0)
        return self._set_bars(shape, 0.0 * self.powers, width)

    def _set_bars(self, shape: VMobject, heights: Array, width: float) -> VMobject:
        half, none = width / 2.0, 0.0 * heights
        corners = [
            np.column_stack([self.powers + side, end])
            for side, end in ((-half, none), (-half, heights), (half, heights), (half, none))
        ]
        return fill_polygons(shape, self.weights.place(np.stack(corners, axis=1)))

    def make_errors(self, box: Box) -> None:
        """Make the errors over the strength."""
        shown, theme = self.exhibit, self.theme
        levels = few(0.0, shown.error_limit)
        self.errors = StrengthChart(
            self, box, shown.lambdas, shown.error_limit, levels, self.at
        )
        drawn = ((shown.train_error, theme.muted), (shown.test_error, theme.ink))
        self.curves = [self.errors.reached(errors, color) for errors, color in drawn]
        self.starts = [self.errors.start(errors, color) for errors, color in drawn]
        self.riders = [self.errors.rider(errors, color) for errors, color in drawn]
        self.whole = [
            self.errors.line(self.errors.points(errors)[1:], color, CURVE)
            for errors, color in drawn
        ]
        at = self.errors.points(shown.test_error)[shown.best]
        self.drop = self.errors.dashed(np.array([at, [at[0], 0.0]]), self.color, n_dashes=9)
        style = {"stroke_color": theme.background, "stroke_width": 2.5}
        shape = Square(side_length=0.26, **style).rotate(np.pi / 4)
        self.least = shape if shown.penalty == "l1" else Circle(radius=0.16, **style)
        self.least.set_fill(self.color, 1.0).move_to(self.errors.place(at))
        self.labels |= self._error_labels()

    def _error_labels(self) -> dict[str, Mobject]:
        shown, theme = self.exhibit, self.theme
        curves = {"test": shown.test_error, "train": shown.train_error}
        places = {
            name: self.errors.place(seen(self.errors.points(errors)[1:], self.errors.window))
            for name, errors in curves.items()
        }
        avoid = [
            *places.values(),
            *(self.errors.place(self.errors.points(curves[name])[:1]) for name in curves),
        ]
        least = self.least.get_center()
        avoid.append(np.array([least, [least[0], self.errors.box.bottom, 0.0]]))
        avoid.append(frame_of(self.least))
        labels: dict[str, Mobject] = {}
        for name, color, point in (
            ("test", theme.ink, _along(places["test"], 0.17, 0.3, 0.02, 0.6)),
            ("train", theme.muted, _along(places["train"], 0.2, 0.1, 0.3, 0.8)),
            ("best", self.color, least + ABOVE),
        ):
            labels[name] = self.label(name, color, point, self.errors.box, avoid)
            avoid.append(frame_of(labels[name]))
        return labels

    def make_formulas(self, degree: int) -> list[Mobject]:
        """Return the polynomial and the loss, in the panel where the weights will stand."""
        powers = ["w_1 x", *(f"w_{{{power}}} x^{{{power}}}" for power in range(2, degree + 1))]
        if degree > 3:
            powers[2:-1] = [r"\dots"]
        polynomial = " + ".join([r"\hat{y} = w_0", *powers])
        box = self.layout.panels[RIGHT].plane
        middle = box.center[1]
        return [
            self.fitted(formula, TITLE_EM, half)
            for formula, half in (
                (f"${polynomial}$", replace(box, bottom=middle)),
                (self.text(self.key("scene.loss")), replace(box, top=middle)),
            )
        ]


def _along(points: Array, *shares: float) -> Array:
    """Return points at these parts of a polyline's vertices."""
    return points[(np.array(shares) * (len(points) - 1)).astype(int)]
