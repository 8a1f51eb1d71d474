"""Two penalties, two pulls: a weight slides towards 0, and its slope is drawn beneath it."""

from __future__ import annotations

from typing import Any

from manim import Animation, FadeIn, FadeOut, Mobject, ValueTracker, config, linear, smooth

from regviz.scenes.base import LessonScene
from regviz.scenes.penalty_panel import NEAR, NEAREST, PenaltyPanel, Trackers
from regviz.scenes.stage import two_panels

#: seconds that a change of text takes
CHANGE = 0.6


class PenaltyShapes(LessonScene):
    """Both penalties side by side: the penalty above, its slope below."""

    lesson = "penalty-shapes"

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.layout = two_panels(config.frame_width, config.frame_height, has_readout=False)

    def construct(self) -> None:
        """Tell the story, one section after the other."""
        self.trackers = Trackers()
        self.panels = [
            PenaltyPanel(self, name, boxes, self.trackers)
            for name, boxes in zip(("l1", "l2"), self.layout.panels, strict=True)
        ]
        self.tell_price()
        self.tell_pull()
        self.tell_other_side()
        self.tell_zero()
        self.tell_still()

    # -- the story ------------------------------------------------------------------------

    def tell_price(self) -> None:
        """Show what both penalties charge for a weight."""
        self.section("price")
        self.caption("price.what")
        self.open_with("penalty-shapes.scene.heading.price", lam=self.strength)
        self.show("upper_axes", "titles")
        self.wait(0.6)
        self.play(*self.all_in("curve"), *self.sentences("price"), run_time=1.0)
        self.show("curve")
        self.settle()
        self.wait(2.4)
        self.caption("price.shapes")
        self.wait(3.6)

    def tell_pull(self) -> None:
        """Let a weight slide to 0 from the right, and draw its slope as it goes."""
        self.section("pull")
        self.caption("pull.slope")
        self.turn_to("pull", None)
        self.drive(self.trackers.room, 1.0, 1.0)
        self.play(*self.all_in("lower_axes", "dot", "pull"), run_time=0.8)
        self.show("lower_axes", "dot", "pull", "trace", "reading")
        self.wait(2.2)
        self.caption("pull.slides")
        self.drive(self.trackers.right, NEAR, 6.0, even=True)
        self.play(*self.sentences("pull"), run_time=CHANGE)
        self.settle()
        self.wait(3.4)

    def tell_other_side(self) -> None:
        """Let a weight slide to 0 from the left: the same pulls, the other way."""
        self.section("sides")
        self.caption("sides.other")
        self.turn_to("sides", None, *self.all_out("pull"))
        self.drive(self.trackers.right, NEAREST, 0.8)
        self.play(*self.all_out("dot", "reading"), run_time=0.4)
        self.show("other_dot", "other_pull", "other_trace", "other_reading")
        self.drive(self.trackers.left, NEAR, 3.6, even=True)
        self.play(*self.sentences("sides"), run_time=CHANGE)
        self.settle()
        self.wait(2.8)

    def tell_zero(self) -> None:
        """Turn a line under each penalty at 0: L1 lets it tilt, L2 holds it level."""
        self.section("zero")
        self.caption("zero.corner")
        self.turn_to("zero", None, *self.all_out("other_pull"))
        self.drive(self.trackers.left, NEAREST, 0.8)
        self.remove(*self.shapes("other_dot", "other_reading"))
        self.show("upright", "zero_dot")
        self.play(*self.all_in("support", "zero_reading"), run_time=CHANGE)
        self.show("support", "zero_reading")
        self.wait(0.6)
        for turn, seconds in ((1.0, 1.4), (3.0, 2.4), (4.0, 1.4)):
            self.drive(self.trackers.turn, turn, seconds)
        self.play(*self.sentences("zero"), *self.all_in("bounds"), run_time=CHANGE)
        self.settle()
        self.wait(2.2)
        self.tell_loss()

    def tell_loss(self) -> None:
        """Let a loss pull the weight away from 0: L1 answers at 0, L2 only beside it."""
        self.caption("zero.loss")
        self.play(*self.all_out("support"), *self.sentences(None), run_time=CHANGE)
        self.play(*self.all_in("answer", "loss"), run_time=0.4)
        self.show("answer", "loss")
        self.drive(self.trackers.away, 1.0, 4.6)
        self.caption("zero.level")
        self.play(*self.sentences("held"), run_time=CHANGE)
        self.settle()
        self.wait(4.4)

    def tell_still(self) -> None:
        """Compare the pulls at a few weights, on a frame that stands alone."""
        self.section("still")
        self.caption("still")
        self.turn_to(
            "still", "still", *self.all_out("zero_dot", "zero_reading", "answer", "loss")
        )
        self.play(*self.all_in("pulls"), run_time=0.8)
        self.wait(5.0)

    # -- what the story is told with ------------------------------------------------------

    def caption(self, key: str) -> None:
        """Begin a caption of this lesson."""
        self.say(f"penalty-shapes.caption.{key}")

    @property
    def strength(self) -> str:
        """Return the strength, as the first heading names it."""
        return f"{self.exhibit.lam['l1']:g}"

    def turn_to(self, section: str, sentences: str | None, *others: Animation) -> None:
        """Change the heading and the sentences below the panels, and whatever else changes."""
        self.play(
            *self.heading(f"penalty-shapes.scene.heading.{section}"),
            *self.sentences(sentences),
            *others,
            run_time=CHANGE,
        )
        self.settle()

    def sentences(self, key: str | None) -> list[Animation]:
        """Return the animations that change the sentences below the panels."""
        return [change for panel in self.panels for change in panel.sentence(key)]

    def drive(
        self, tracker: ValueTracker, to: float, seconds: float, *, even: bool = False
    ) -> None:
        """Run one tracker; everything that follows it moves."""
        rate = linear if even else smooth
        self.play(tracker.animate.set_value(to), run_time=seconds, rate_func=rate)

    def shapes(self, *names: str) -> list[Mobject]:
        """Return the shapes of those names, of both panels."""
        return [panel.shapes[name] for name in names for panel in self.panels]

    def all_in(self, *names: str) -> list[Animation]:
        """Return the animations that show shapes in both panels."""
        return [FadeIn(shape.update()) for shape in self.shapes(*names)]

    def all_out(self, *names: str) -> list[Animation]:
        """Return the animations that take shapes away in both panels."""
        return [FadeOut(shape) for shape in self.shapes(*names)]

    def show(self, *names: str) -> None:
        """Put shapes of both panels there, and all that is there in its order."""
        self.add(*self.shapes(*names))
        here = set(self.mobjects)
        self.add(*(shape for shape in self.shapes(*self.panels[0].shapes) if shape in here))

    def settle(self, *texts: Any) -> None:
        """Put the lettering behind what moves."""
        super().settle(*texts, *(panel.spoken for panel in self.panels))
