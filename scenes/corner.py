"""The corner: descent is held by a diamond in its corner, by a circle at a tangent point.

Render it like any manim scene, `manim render scenes/corner.py Corner`, or with parameters,
languages and formats through regviz.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from manim import (
    Create,
    FadeIn,
    FadeOut,
    Mobject,
    ValueTracker,
    linear,
    smooth,
)

from regviz.scenes import corner_claims as claims
from regviz.scenes.base import LessonScene
from regviz.scenes.corner_panel import HELD, CornerPanel, Trackers
from regviz.scenes.readout import Readout
from regviz.scenes.stage import HEADING_EM

#: seconds that a change of text takes
CHANGE = 0.6
#: shapes of a panel from the lowest to the highest; what never moves comes first
STACK = (
    *(
        "contours",
        "axes",
        "ticks",
        "region",
        "outline",
        "ghost",
        "free_path",
        "level",
        "path",
        "trace",
    ),
    *("drops", "cone", "axis_labels", "goal", "parts", "pull", "start", "optimum"),
    *("start_label", "goal_label", "optimum_label", "pull_label"),
)


class Corner(LessonScene):
    """Descent in two panels, free and then held by a budget."""

    lesson = "corner"

    def construct(self) -> None:
        """Tell the story, one section after the other."""
        self.trackers = Trackers()
        self.panels = [
            CornerPanel(self, name, boxes, self.trackers)
            for name, boxes in zip(("l1", "l2"), self.layout.panels, strict=True)
        ]
        self.readout = self.make_readout()
        self.free()
        self.budget()
        self.held()
        self.why()
        self.numbers()
        self.sweep()
        self.still()

    # -- the story ------------------------------------------------------------------------

    def free(self) -> None:
        """Without a penalty, descent runs to the unregularized optimum."""
        self.section("free")
        self.say("corner.caption.free.scene")
        # the first frame stands for the video in a list: it is not empty
        self.open_with(claims.heading(self.exhibit, "free"))
        self.show(*self.shapes("axes", "ticks", "axis_labels"))
        self.play(
            *self.all_in("contours"),
            *self.sentences(lambda panel: (f"corner.scene.free.{panel.name}", {})),
            run_time=1.2,
        )
        self.show()
        self.settle()
        self.wait(1.8)
        self.play(*self.all_in("start", "start_label"), run_time=0.5)
        self.say("corner.caption.free.descent")
        self.show(*self.shapes("free_path"))
        self.drive(self.trackers.free, 1.0, seconds=2.6)
        self.play(*self.all_in("goal", "goal_label"), run_time=0.5)
        self.wait(1.2)

    def budget(self) -> None:
        """Show the region, from the unregularized optimum down to its place."""
        self.section("budget")
        self.say("corner.caption.budget.region")
        titles = [panel.title() for panel in self.panels]
        self.play(
            *self.heading(claims.heading(self.exhibit, "budget")),
            *(FadeIn(title) for title in (*titles, self.readout)),
            *self.sentences(lambda panel: (f"corner.scene.region.{panel.name}", {})),
            *(FadeOut(panel.free_path) for panel in self.panels),
            *(FadeOut(panel.start_label) for panel in self.panels),
            *self.all_in("ghost"),
            run_time=CHANGE,
        )
        self.settle(*titles)
        self.play(*self.all_in("region", "outline"), run_time=0.8)
        self.show()
        self.wait(2.0)
        at = self.exhibit.sweep.at
        driver = self.exhibit.sweep.driver
        if driver == "lam":
            self.say("corner.caption.budget.same")
        else:
            self.say(f"corner.caption.budget.{'budget' if at else 'loose'}")
        self.tell(
            **{
                panel.name: f"corner.scene.objective.{driver}.{panel.name}"
                for panel in self.panels
            }
        )
        if driver == "lam":
            self.say(f"corner.caption.budget.{'lam' if at else 'loose'}")
        if at:
            self.drive(self.trackers.step, at, seconds=3.4, rate=linear)
        self.wait(0.8 if at else 2.4)

    def held(self) -> None:
        """Descent again, now held by the region: on the left, and then on the right.

        Where the free path went stays to be seen.
        """
        self.section("held")
        self.say(claims.again(self.exhibit))
        self.play(
            *self.heading(claims.heading(self.exhibit, "held")),
            *self.silence(),
            run_time=CHANGE,
        )
        self.settle()
        self.show(*self.shapes("path"))
        self.wait(1.8)
        for panel in self.panels:
            self.say(claims.held(self.exhibit, panel.name))
            self.drive(self.trackers.held, HELD[panel.name][1], seconds=2.4)
            self.play(
                *([] if panel.side.level is None else [Create(panel.level)]),
                *(FadeIn(shape.update()) for shape in (panel.optimum, panel.optimum_label)),
                *panel.sentence(f"corner.scene.held.{panel.side.case}"),
                run_time=1.0,
            )
            self.show()
            self.settle()
            self.wait(0.8)

    def why(self) -> None:
        """At a corner a whole cone of pulls is held, elsewhere only one; then turn the pull."""
        self.section("why")
        pulls = [panel for panel in self.panels if panel.side.case != "free"]
        self.say(f"corner.caption.why.{'pull' if pulls else 'rest'}")
        self.play(
            *self.heading(claims.heading(self.exhibit, "why")),
            *self.silence(),
            *(FadeOut(panel.path) for panel in self.panels),
            *(FadeOut(panel.ghost) for panel in self.panels),
            *(FadeOut(panel.start) for panel in self.panels),
            *(FadeOut(panel.optimum_label) for panel in self.panels),
            run_time=CHANGE,
        )
        self.settle()
        self.show(*(panel.cone for panel in pulls), *(panel.pull for panel in pulls))
        if pulls:
            self.drive(self.trackers.pull, 1.0, seconds=1.0)
            self.play(
                *(FadeIn(panel.pull_label) for panel in pulls),
                *(
                    change
                    for panel in pulls
                    for change in panel.sentence("corner.scene.steepest.pull")
                ),
                run_time=CHANGE,
            )
            self.settle()
        self.wait(1.0)
        if pulls:
            self.say(f"corner.caption.why.{claims.why(self.exhibit)}")
        changes = self.sentences(lambda panel: (f"corner.scene.why.{panel.side.case}", {}))
        self.play(*changes, run_time=CHANGE)
        self.settle()
        if pulls:
            self.drive(self.trackers.cone, 1.0, seconds=1.8)
        if claims.why(self.exhibit) == "plain":
            self.wait(3.4)
            return
        self.wait(1.6)
        self.turn()

    def turn(self) -> None:
        """Turn the pull: the circle's point slides at once, the corner's beyond the cone."""
        self.say("corner.caption.why.turn")
        self.play(
            *self.all_gone("contours", "level", "goal", "goal_label", "pull_label"),
            *self.sentences(lambda panel: (f"corner.scene.turn.{panel.side.case}", {})),
            run_time=CHANGE,
        )
        self.settle()
        turned = self.exhibit.turned["l1"]
        self.drive(self.trackers.turn, turned.outside - 1.0, seconds=2.6, rate=linear)
        self.tell(l1="corner.scene.turn.outside")
        self.drive(self.trackers.turn, len(turned.pulls) - 1.0, seconds=1.4, rate=linear)
        self.wait(1.0)

    def turn_back(self) -> None:
        """Put the loss, the optimum that it pulls, and the pull of parts, back in place."""
        self.play(*self.all_gone("cone", "pull", "optimum"), run_time=0.4)
        self.trackers.turn.set_value(0.0)
        back = [*self.shapes("contours", "goal", "goal_label", "optimum")]
        for panel in self.panels:
            back += (panel.pull, panel.pull_label) if len(panel.parts) else (panel.level,)
        self.show(*back)
        self.play(*(FadeIn(shape.update()) for shape in back), run_time=0.6)

    def in_the_way(self) -> Iterable[Mobject]:
        """Yield what goes as numbers come: the contour among the parts, or the pull."""
        for panel in self.panels:
            yield from (panel.level,) if len(panel.parts) else (panel.pull, panel.pull_label)

    def numbers(self) -> None:
        """Read off the weights at both optima, and the pull that the corner holds."""
        self.section("numbers")
        key, values = claims.zero(self.exhibit)
        self.say(key, **values)
        if claims.why(self.exhibit) == "contrast":
            self.turn_back()
        self.play(
            *self.heading(claims.heading(self.exhibit, "numbers")),
            *self.sentences(lambda panel: claims.weights(panel.side), strong=True),
            *self.all_gone("cone"),
            *(FadeOut(shape) for shape in self.in_the_way() if shape in self.mobjects),
            *self.all_in("optimum_label", "drops"),
            *(FadeIn(panel.parts) for panel in self.panels if len(panel.parts)),
            run_time=CHANGE,
        )
        self.show()
        self.settle()
        self.wait(3.2)

    def sweep(self) -> None:
        """Shrink the region from the start: L1 lands on an axis and slides, L2 never does."""
        self.section("sweep")
        sweep = self.exhibit.sweep
        self.say(f"corner.caption.sweep.{sweep.driver}")
        changes = self.heading(claims.heading(self.exhibit, "sweep"))
        changes += self.all_gone("pull", "pull_label", "parts")
        self.leave("optimum_label", "drops", changes=changes)
        self.settle()
        self.come(0, "trace")
        landing = claims.landing(self.exhibit)
        self.wait(0.6 if landing else 2.2)
        moved = {panel.name: claims.swept(self.exhibit, panel.name) for panel in self.panels}
        last = len(sweep.values) - 1
        if landing is not None:
            self.drive(self.trackers.step, landing.at, seconds=2.4, rate=linear)
            self.tell(l1=f"corner.scene.landing.{landing.weight}")
            self.wait(0.8)
        contrast = moved["l1"] in {"first", "second"} and moved["l2"] == "beside"
        self.say(f"corner.caption.sweep.{'contrast' if contrast else 'plain'}")
        self.tell(**{name: f"corner.scene.sweep.{said}" for name, said in moved.items()})
        if landing is not None and landing.origin is not None:
            self.drive(self.trackers.step, landing.origin, seconds=3.0, rate=linear)
            self.tell(l1="corner.scene.weights.both")
            self.drive(self.trackers.step, last, seconds=1.6, rate=linear)
        else:
            self.drive(self.trackers.step, last, seconds=4.6, rate=linear)
        self.wait(0.8)

    def still(self) -> None:
        """Everything in one picture, which also stands alone."""
        self.section("still")
        self.say(self.told("still"))
        self.leave("trace")
        self.come(
            self.exhibit.sweep.at,
            *("ghost", "path", "start", "optimum_label"),
            changes=[
                *self.heading(claims.heading(self.exhibit, "still")),
                *self.sentences(lambda panel: claims.weights(panel.side), strong=True),
            ],
        )
        self.settle()
        self.wait(3.8)

    def leave(self, *names: str, changes: Iterable[Any] = ()) -> None:
        """Fade out all that follows the sweep, and what else is named."""
        self.play(
            *self.all_gone("region", "outline", "level", "optimum", *names),
            FadeOut(self.readout),
            *self.silence(),
            *changes,
            run_time=CHANGE,
        )

    def come(self, step: int, *names: str, changes: Iterable[Any] = ()) -> None:
        """Go to a step of the sweep unseen, and fade in what follows it and what is named."""
        self.trackers.step.set_value(step)
        shown = [*self.shapes("region", "outline", "optimum", *names), *self.levels(step)]
        # in the order of the stack from the first frame on
        self.show(*shown)
        self.play(
            *(FadeIn(shape.update()) for shape in (*shown, self.readout)),
            *changes,
            run_time=0.8,
        )

    def levels(self, step: int) -> list[Mobject]:
        """Return the contours through the optima; where a side ends free, not at that step."""
        ends = step == self.exhibit.sweep.at
        return [
            panel.level for panel in self.panels if not ends or panel.side.level is not None
        ]

    def tell(self, **keys: str) -> None:
        """Change the sentences below the panels that are named."""
        changes = [
            change
            for panel in self.panels
            if panel.name in keys
            for change in panel.sentence(keys[panel.name])
        ]
        self.play(*changes, run_time=CHANGE)
        self.settle()

    # -- what the story is told with ------------------------------------------------------

    def make_readout(self) -> Readout:
        """Return the number that drives both regions."""
        sweep = self.exhibit.sweep
        symbol = {"lam": r"\lambda =", "budget": "t ="}[sweep.driver]
        longest = max((self.digits(index) for index in range(len(sweep.values))), key=len)
        style = {"lang": self.text.lang, "em": HEADING_EM, "color": self.theme.ink}
        readout = Readout(symbol, longest, **style)
        readout.move_to(self.layout.readout.center)
        readout.add_updater(
            lambda shown: shown.show(self.digits(round(self.trackers.step.get_value())))
        )
        return readout

    def digits(self, index: int) -> str:
        """Return a value of the sweep as it is shown; only an exact 0 is short."""
        sweep = self.exhibit.sweep
        value = sweep.values[index]
        return "0" if value == 0.0 else f"{value:.{sweep.decimals}f}"

    def told(self, section: str) -> str:
        """Return the key of a caption that differs when L1 gives a zero and L2 none."""
        kind = "contrast" if claims.is_sparse_contrast(self.exhibit) else "plain"
        return f"corner.caption.{section}.{kind}"

    def drive(
        self,
        tracker: ValueTracker,
        to: float,
        *,
        seconds: float,
        rate: Callable[[float], float] = smooth,
    ) -> None:
        """Run one tracker; everything that follows it moves."""
        self.play(tracker.animate.set_value(to), run_time=seconds, rate_func=rate)

    def shapes(self, *names: str) -> Iterable[Mobject]:
        """Yield the shapes of those names, of both panels."""
        return (getattr(panel, name) for name in names for panel in self.panels)

    def all_in(self, *names: str) -> list[FadeIn]:
        """Return the animations that show shapes in both panels, as the trackers now stand."""
        return [FadeIn(shape.update()) for shape in self.shapes(*names)]

    def all_gone(self, *names: str) -> list[FadeOut]:
        """Return the animations that take away those shapes of both panels that are there."""
        return [FadeOut(shape) for shape in self.shapes(*names) if shape in self.mobjects]

    def show(self, *shapes: Mobject) -> None:
        """Add shapes, and put all that are shown in the order of the stack."""
        self.add(*shapes)
        self.add(*(shape for shape in self.shapes(*STACK) if shape in self.mobjects))

    def sentences(
        self,
        chosen: Callable[[CornerPanel], tuple[str, dict[str, Any]]],
        *,
        strong: bool = False,
    ) -> list[Any]:
        """Return the animations that change the sentences below the panels."""
        changes: list[Any] = []
        for panel in self.panels:
            key, values = chosen(panel)
            changes += panel.sentence(key, strong=strong, **values)
        return changes

    def silence(self) -> list[FadeOut]:
        """Return the animations that clear the sentences below the panels."""
        return [change for panel in self.panels for change in panel.silence()]

    def settle(self, *texts: Mobject | None) -> None:
        """Put the lettering behind what moves."""
        super().settle(*texts, *(panel.spoken for panel in self.panels))
