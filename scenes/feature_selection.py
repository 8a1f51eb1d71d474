"""Feature selection: lambda grows, L1 drops features and L2 shrinks all weights.

Render it like any manim scene, `manim render scenes/feature_selection.py FeatureSelection`,
or with parameters, languages and formats through regviz.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from manim import FadeIn, FadeOut, Mobject, ValueTracker, linear

from lessons.names import short_names
from scenes.base import LessonScene
from scenes.feature_panel import LONGEST_NAME, FeaturePanel
from scenes.readout import Readout
from scenes.stage import HEADING_EM

#: seconds that a change of text takes
CHANGE = 0.6
#: a list of features is told if it is not longer than this
LONGEST_LIST = 44
#: the shapes of both ways to show the weights, from the lowest to the highest
BARS = ("zero", "bars", "names", "dots", "holes")
CURVES = ("curves", "ends", "rule", "curve_dots", "curve_holes")


class FeatureSelection(LessonScene):
    """All weights in two panels, as bars and as curves, while lambda grows."""

    lesson = "feature-selection"

    def set_stage(self) -> None:
        """Make the shapes and what they follow."""
        self.step = ValueTracker(0.0)
        self.panels = [
            FeaturePanel(self, name, boxes, self.step)
            for name, boxes in zip(("l1", "l2"), self.layout.panels, strict=True)
        ]
        self.readout = self.make_readout()
        sweep = self.exhibit.sweep
        self.still_step = int((sweep == self.exhibit.at).argmax())

    def construct(self) -> None:
        """Tell the story, one section after the other."""
        self.set_stage()
        self.start()
        self.sweep()
        self.select()
        self.strong()
        self.paths()
        self.advice()
        self.choose()
        self.still()

    # -- the story ------------------------------------------------------------------------

    def start(self) -> None:
        """Show the weights at the smallest strength, nearly without a penalty."""
        self.section("start")
        rows, n_features = len(self.panels[0].shown), len(self.exhibit.features)
        self.say(f"{self.told('start')}.{'all' if rows == n_features else 'some'}", rows=rows)
        self.titles = [panel.title() for panel in self.panels]
        self.play(
            *self.titled("start"), *(FadeIn(text) for text in (*self.titles, self.readout)),
            *self.all_in("zero", "names"), run_time=1.0,
        )  # fmt: skip
        self.settle(*self.titles)
        self.play(*self.all_in("bars", "holes", "dots", "count"), run_time=1.0)
        self.show(*BARS)
        self.wait(3.4)

    def sweep(self) -> None:
        """Let lambda grow to the still's strength."""
        self.section("sweep")
        drops = bool(self.exhibit.n_zeros["l1"][self.exhibit.at])
        self.say(f"{self.told('sweep')}.{'l1' if drops else 'plain'}")
        self.play(*self.titled(f"sweep.{'drops' if drops else 'plain'}"), run_time=CHANGE)
        self.settle()
        self.wait(1.0)
        self.drive(self.still_step, seconds=6.0)
        self.say(f"{self.told('sweep')}.l2")
        self.wait(4.0)

    def select(self) -> None:
        """Stop at the still's strength and say what is left."""
        self.section("select")
        key, names = self.selected()
        self.say(f"{self.told('select')}.{key}", **self.counts(), names=names)
        self.play(*self.titled("select", **self.counts()), run_time=CHANGE)
        self.settle()
        self.wait(3.4)
        self.say(f"{self.told('select')}.l2", **self.counts())
        self.wait(3.6)

    def strong(self) -> None:
        """Let lambda grow until every L1 weight is 0."""
        self.section("strong")
        self.say(f"{self.told('strong')}.l1")
        self.play(*self.titled("strong", gone=f"{self.exhibit.gone_from:g}"), run_time=CHANGE)
        self.settle()
        self.wait(0.6)
        self.drive(len(self.exhibit.sweep) - 1, seconds=4.0)
        self.say(f"{self.told('strong')}.l2")
        self.wait(3.6)

    def paths(self) -> None:
        """Show the same weights as curves, and go back to the still's strength."""
        self.section("paths")
        self.say(f"{self.told('paths')}.back")
        self.play(*self.titled("paths"), *self.all_out(*BARS), run_time=CHANGE)
        self.settle()
        self.axes = [
            part for panel in self.panels for part in (panel.chart.axes, panel.chart.numbers)
        ]
        self.play(*map(FadeIn, self.axes), *self.all_in(*CURVES), run_time=0.8)
        self.show(*CURVES)
        self.wait(1.2)
        self.drive(self.still_step, seconds=4.0)
        self.say(f"{self.told('paths')}.read")
        self.wait(4.6)

    def advice(self) -> None:
        """Say when to use which."""
        self.section("advice")
        self.say(f"{self.told('advice')}.l1")
        first, second = self.spoken = [panel.advice() for panel in self.panels]
        self.play(
            *self.titled("advice"), *map(FadeOut, self.axes), *self.all_out(*CURVES, "count"),
            run_time=CHANGE,
        )  # fmt: skip
        # The bars say it too: a few long ones, or many short ones.
        self.play(FadeIn(first), *self.all_in(*BARS), run_time=CHANGE)
        self.show(*BARS)
        self.settle(first)
        self.wait(3.0)
        self.say(f"{self.told('advice')}.l2")
        self.play(FadeIn(second), run_time=CHANGE)
        self.settle(second)
        self.wait(3.4)

    def choose(self) -> None:
        """Show the error in cross-validation, its least, and what is chosen by it."""
        self.section("choose")
        self.say(f"{self.told('choose')}.how")
        curves, least = zip(*(panel.held_out() for panel in self.panels), strict=True)
        self.play(
            *self.titled("choose"), *map(FadeOut, self.spoken), FadeOut(self.readout),
            *self.all_out(*BARS), run_time=0.5,
        )  # fmt: skip
        self.play(*map(FadeIn, curves), run_time=0.7)
        self.settle()
        self.wait(3.4)
        self.say(f"{self.told('choose')}.best")
        self.play(*map(FadeIn, least), run_time=CHANGE)
        self.wait(4.0)
        self.spoken = [*curves, *least]

    def still(self) -> None:
        """Everything in one picture, which also stands alone."""
        self.section("still")
        self.say(self.told("still"))
        self.play(*self.titled("still"), *map(FadeOut, self.spoken), run_time=CHANGE)
        self.play(FadeIn(self.readout), *self.all_in(*BARS, "count"), run_time=0.8)
        self.show(*BARS)
        self.settle()
        self.wait(4.4)

    # -- what the story is told with ------------------------------------------------------

    def told(self, section: str) -> str:
        """Return the beginning of the keys of a section's captions."""
        return f"feature-selection.caption.{section}"

    def titled(self, section: str, **values: Any) -> list[Any]:
        """Return the animations that put a section's heading in place."""
        return self.heading(f"feature-selection.scene.heading.{section}", **values)

    def counts(self) -> dict[str, int]:
        """Return how many features there are, and how many each penalty keeps."""
        n_features, at = len(self.exhibit.features), self.exhibit.at
        zeros = self.exhibit.n_zeros
        return {
            "n": n_features,
            "kept1": n_features - int(zeros["l1"][at]),
            "kept2": n_features - int(zeros["l2"][at]),
        }

    def selected(self) -> tuple[str, str]:
        """Return how to tell what L1 keeps: the caption's key, and names if they are few."""
        kept = [at for at in self.exhibit.order if at in self.exhibit.survivors]
        names = short_names([self.exhibit.features[at] for at in kept], LONGEST_NAME)
        told = ", ".join(names)
        if not kept:
            return "none", told
        return ("list" if len(told) <= LONGEST_LIST else "many"), told

    def make_readout(self) -> Readout:
        """Return lambda, which drives both panels."""
        longest = max((self.digits(step) for step in range(len(self.exhibit.sweep))), key=len)
        style = {"lang": self.text.lang, "em": HEADING_EM, "color": self.theme.ink}
        readout = Readout(r"\lambda =", longest, **style)
        readout.move_to(self.layout.readout.center)
        readout.add_updater(lambda shown: shown.show(self.digits(round(self.step.get_value()))))
        return readout

    def digits(self, step: int) -> str:
        """Return a strength as it is shown: on the way with as many digits as all others."""
        if self.exhibit.sweep[step] == self.exhibit.at:
            return f"{self.exhibit.parameters['lam']:g}"
        return f"{self.exhibit.lambdas[self.exhibit.sweep[step]]:.{self.exhibit.decimals}f}"

    def drive(self, step: int, *, seconds: float) -> None:
        """Let lambda run to a step of the sweep; all that follows it moves."""
        self.play(self.step.animate.set_value(step), run_time=seconds, rate_func=linear)

    def shapes(self, *names: str) -> Iterable[Mobject]:
        """Yield the shapes of those names, of both panels."""
        return (getattr(panel, name) for name in names for panel in self.panels)

    def all_in(self, *names: str) -> list[FadeIn]:
        """Return the animations that show shapes in both panels, as lambda now stands."""
        return [FadeIn(shape.update()) for shape in self.shapes(*names)]

    def all_out(self, *names: str) -> list[FadeOut]:
        """Return the animations that take shapes away in both panels."""
        return [FadeOut(shape) for shape in self.shapes(*names)]

    def show(self, *names: str) -> None:
        """Put the shapes of those names in their order, the last on top."""
        self.add(*self.shapes(*names))
