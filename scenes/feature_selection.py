"""Feature selection: lambda grows, L1 drops features and L2 shrinks all weights.

Render it like any manim scene, `manim render scenes/feature_selection.py FeatureSelection`,
or with parameters, languages and formats through regviz.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from manim import FadeIn, FadeOut, Mobject, ValueTracker, linear

from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.scenes.base import LessonScene
from regviz.scenes.feature_panel import LONGEST_NAME, FeaturePanel
from regviz.scenes.held_out_panel import HeldOutPanel
from regviz.scenes.readout import Readout
from regviz.scenes.rows_bar import HEIGHT as ROWS_HEIGHT
from regviz.scenes.rows_bar import RowsBar
from regviz.scenes.stage import HEADING_EM, Box, PanelBoxes
from regviz.scenes.world_panel import WorldPanel

#: seconds that a change of text takes
CHANGE = 0.6
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
        """Say what the data are, and show the weights nearly without a penalty."""
        self.section("start")
        told = "study" if self.exhibit.is_study else "own"
        self.say(f"{self.told('start')}.{told}", **self.data())
        self.titles = [panel.title() for panel in self.panels]
        self.play(
            *self.titled_shown("start"), *map(FadeIn, (*self.titles, self.readout)),
            *self.all_in("zero", "names"), run_time=1.0,
        )  # fmt: skip
        self.settle(*self.titles)
        self.wait(2.0)
        self.say(f"{self.told('start')}.{self.whole(self.n_rows)}", **self.numbers())
        self.play(*self.all_in("bars", "holes", "dots", "count"), run_time=1.0)
        self.show(*BARS)
        self.wait(2.6)

    def sweep(self) -> None:
        """Let lambda grow to the still's strength: all shrink, and then some are dropped."""
        self.section("sweep")
        zeros, at = self.exhibit.n_zeros["l1"], self.exhibit.at
        drops = bool(zeros[at] > zeros[self.exhibit.sweep[0]])
        self.say(f"{self.told('sweep')}.shrink")
        self.play(*self.titled(f"sweep.{'drops' if drops else 'plain'}"), run_time=CHANGE)
        self.settle()
        self.wait(0.4)
        self.drive(self.still_step // 2, seconds=3.4)
        if drops:
            self.say(f"{self.told('sweep')}.drop")
        self.drive(self.still_step, seconds=3.4)
        self.wait(0.6)

    def select(self) -> None:
        """Stop at the still's strength and say what the two strengths have in common."""
        self.section("select")
        self.say(self.told("select"))
        self.play(*self.titled("select", **self.counts()), run_time=CHANGE)
        self.settle()
        self.wait(3.4)

    def strong(self) -> None:
        """Let lambda grow until every L1 weight is 0."""
        self.section("strong")
        self.say(f"{self.told('strong')}.{'drop' if self.exhibit.survivors else 'stay'}")
        self.play(*self.titled("further"), run_time=CHANGE)
        self.settle()
        self.drive(len(self.exhibit.sweep) - 1, seconds=2.4)
        self.play(*self.titled("strong", gone=f"{self.exhibit.gone_from:g}"), run_time=CHANGE)
        self.settle()
        self.wait(0.6)

    def paths(self) -> None:
        """Show the same weights as curves, and go back to the still's strength."""
        self.section("paths")
        is_thick = bool(self.exhibit.survivors)
        self.say(f"{self.told('paths')}.{'thick' if is_thick else 'plain'}", lam=self.lam)
        self.play(
            *self.titled(f"paths.{self.whole(len(self.exhibit.drawn))}", **self.numbers()),
            *self.all_out(*BARS),
            run_time=CHANGE,
        )
        self.settle()
        self.axes = [
            part for panel in self.panels for part in (panel.chart.axes, panel.chart.numbers)
        ]
        self.play(*map(FadeIn, self.axes), *self.all_in(*CURVES), run_time=0.6)
        self.show(*CURVES)
        self.wait(0.4)
        self.drive(self.still_step, seconds=2.4)
        self.say(f"{self.told('paths')}.read")
        self.wait(4.0)

    def advice(self) -> None:
        """Show where L1 errs less and where L2 does, and so say when to use which."""
        self.section("advice")
        worlds = [WorldPanel(self, side, box) for side, box in enumerate(self.world_boxes())]
        self.say(f"{self.told('advice')}.worlds")
        self.play(
            *self.titled("advice"), *map(FadeOut, (*self.axes, *self.titles, self.readout)),
            *self.all_out(*CURVES, "count"), run_time=CHANGE,
        )  # fmt: skip
        self.play(*(FadeIn(world.weights) for world in worlds), run_time=CHANGE)
        self.settle(*(world.weights for world in worlds))
        self.wait(2.6)
        for name, world in zip(("few", "many"), worlds, strict=True):
            self.say(f"{self.told('advice')}.{name}")
            self.play(FadeIn(world.errors), run_time=CHANGE)
            self.settle(world.errors)
            self.wait(2.8)
        self.say(f"{self.told('advice')}.rule")
        advice = [world.advice() for world in worlds]
        self.play(*map(FadeIn, advice), run_time=CHANGE)
        self.settle(*advice)
        self.wait(3.2)
        self.spoken = [*(part for at in worlds for part in (at.weights, at.errors)), *advice]

    def choose(self) -> None:
        """Hold rows out, show the error on them, its least, and what is chosen by it."""
        self.section("choose")
        fold, drawn = ValueTracker(0.0), ValueTracker(0.0)
        rows, boxes = self.choice_boxes()
        bar = RowsBar(self, rows, fold)
        sides = [
            HeldOutPanel(self, panel.name, box, drawn)
            for panel, box in zip(self.panels, boxes, strict=True)
        ]
        self.say(f"{self.told('choose')}.how")
        self.play(*self.titled("choose"), *map(FadeOut, self.spoken), run_time=CHANGE)
        self.play(
            *map(FadeIn, (*self.titles, bar)),
            run_time=CHANGE,
        )
        self.settle(*self.titles)
        self.wait(1.6)
        self.play(*(FadeIn(at.axes) for at in sides), run_time=CHANGE)
        self.wait(1.2)
        self.turns(sides, fold, drawn)
        self.say(f"{self.told('choose')}.error", folds=self.exhibit.n_folds)
        self.play(*(FadeIn(at.least) for at in sides), run_time=CHANGE)
        self.wait(3.4)
        self.say(f"{self.told('choose')}.rules")
        self.play(*self.titled("rules"), *(FadeIn(at.rule) for at in sides), run_time=CHANGE)
        self.settle()
        self.wait(4.4)
        shown = (part for at in sides for part in (at.axes, at.curve, at.least, at.rule))
        self.spoken = [bar, *shown]

    def turns(self, sides: list[HeldOutPanel], fold: ValueTracker, drawn: ValueTracker) -> None:
        """Hold out each part in turn, and draw the mean of their errors."""
        self.say(f"{self.told('choose')}.turns", folds=self.exhibit.n_folds)
        last = self.exhibit.n_folds - 1
        self.play(fold.animate.set_value(last), run_time=2.0, rate_func=linear)
        self.add(*(at.curve.update() for at in sides))
        self.play(drawn.animate.set_value(1.0), run_time=1.4, rate_func=linear)
        self.wait(0.4)

    def still(self) -> None:
        """Everything in one picture, which also stands alone."""
        self.section("still")
        self.say(self.told("still"))
        self.play(*self.titled_shown("still"), *map(FadeOut, self.spoken), run_time=CHANGE)
        self.play(FadeIn(self.readout), *self.all_in(*BARS, "count"), run_time=0.8)
        self.show(*BARS)
        self.settle()
        self.wait(2.6)

    # -- what the story is told with ------------------------------------------------------

    @property
    def has_readout_row(self) -> bool:
        """Whether lambda stands in a row of its own, above the titles, and not between them."""
        return self.layout.readout.bottom >= self.layout.panels[0].title.top

    def world_boxes(self) -> list[PanelBoxes]:
        """Return the panels while there is no lambda: titles side by side take its row."""
        left, right = panels = self.layout.panels
        if not self.has_readout_row or left.title.top != right.title.top:
            return list(panels)
        top = self.layout.readout.top
        return [replace(panel, title=replace(panel.title, top=top)) for panel in panels]

    def choice_boxes(self) -> tuple[Box, list[PanelBoxes]]:
        """Return where the rows stand, in the place of lambda or below titles, and panels."""
        panels, readout = self.layout.panels, self.layout.readout
        if self.has_readout_row:
            return readout, list(panels)
        top = panels[0].plane.top
        rows = Box(panels[0].plane.left, panels[1].plane.right, top - ROWS_HEIGHT, top)
        below = [
            replace(panel, plane=replace(panel.plane, top=rows.bottom)) for panel in panels
        ]
        return rows, below

    def told(self, section: str) -> str:
        """Return the beginning of the keys of a section's captions."""
        return f"feature-selection.caption.{section}"

    def titled(self, section: str, **values: Any) -> list[Any]:
        """Return the animations that put a section's heading in place."""
        return self.heading(f"feature-selection.scene.heading.{section}", **values)

    def titled_shown(self, section: str) -> list[Any]:
        """Return the same for the bars; if features have none, it says how many have one."""
        return self.titled(f"{section}.{self.whole(self.n_rows)}", **self.numbers())

    @property
    def n_rows(self) -> int:
        """How many features have a bar."""
        return len(self.panels[0].shown)

    def whole(self, shown: int) -> str:
        """Say whether so many features are all, or some of them."""
        return "all" if shown == len(self.exhibit.features) else "some"

    def numbers(self) -> dict[str, object]:
        """Return how many features there are, have a bar, and have a curve."""
        drawn = len(self.exhibit.drawn)
        return {"n": len(self.exhibit.features), "rows": self.n_rows, "drawn": drawn}

    def data(self) -> dict[str, object]:
        """Return what is told of the data."""
        target = literal(short_names([self.exhibit.target], LONGEST_NAME)[0])
        n_features = len(self.exhibit.features)
        return {"rows": self.exhibit.n_rows, "n": n_features, "target": target}

    @property
    def lam(self) -> str:
        """The still's strength, as it stands in a sentence."""
        return f"{self.exhibit.parameters['lam']:g}"

    def counts(self) -> dict[str, object]:
        """Return the still's strength, and how many features each penalty keeps there."""
        n_features, at = len(self.exhibit.features), self.exhibit.at
        zeros = self.exhibit.n_zeros
        return {
            "lam": self.lam,
            "n": n_features,
            "kept1": n_features - int(zeros["l1"][at]),
            "kept2": n_features - int(zeros["l2"][at]),
        }

    def make_readout(self) -> Readout:
        """Return lambda, which drives both panels."""
        longest = max((self.digits(step) for step in range(len(self.exhibit.sweep))), key=len)
        style = {"lang": self.text.lang, "em": HEADING_EM, "color": self.theme.ink}
        readout = Readout(r"\lambda =", longest, **style)
        readout.move_to(self.layout.readout.center)
        readout.add_updater(lambda shown: shown.show(self.digits(round(self.step.get_value()))))
        return readout

    def digits(self, step: int) -> str:
        """Return a strength of the sweep as it is shown, all with as many digits."""
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
