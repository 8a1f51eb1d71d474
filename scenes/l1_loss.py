"""L1 on one weight: the bend at 0 catches the lowest point, and holds it exactly at 0."""

from __future__ import annotations

from manim import FadeIn, FadeOut, VGroup

from regviz.scenes.one_weight import CHANGE, OneWeightScene


class L1Loss(OneWeightScene):
    """The strength grows until the lowest point is exactly 0, and beyond."""

    lesson = "l1-loss"

    def construct(self) -> None:
        """Tell the story, one section after the other."""
        self.set_stage()
        self.tell_loss()
        self.tell_penalty()
        self.tell_arrival()
        self.tell_why()
        self.tell_still()

    def tell_arrival(self) -> None:
        """Let the lowest point reach 0, where it stays however strong the penalty gets."""
        self.section("zero")
        self.caption("zero.moves")
        self.turn_to("zero", "sentence.moves")
        self.wait(0.6)
        self.drive(self.step, self.exhibit.arrival, 3.6, even=True)
        self.caption("zero.stays")
        self.add_sentence("sentence.arrived")
        self.wait(2.6)
        self.drive(self.step, self.last, 4.0)
        self.wait(2.0)

    def tell_why(self) -> None:
        """Add up the slopes on both sides of 0: before the threshold, at it and beyond."""
        self.section("why")
        self.caption("why.back")
        self.turn_to("why", None, FadeOut(self.trail))
        self.drive(self.step, self.exhibit.early, 1.6)
        self.show(self.slopes)
        self.drive(self.lean, 1.0, 0.8)
        self.caption("why.before")
        numbers = self.compare("sentence.falls", None)
        self.wait(4.2)
        self.caption("why.after")
        numbers = self.compare("sentence.level", numbers, self.exhibit.arrival)
        self.wait(2.4)
        self.caption("why.rule")
        numbers = self.compare("sentence.rises", numbers, self.beyond)
        self.wait(3.6)
        self.play(FadeOut(self.slopes), FadeOut(numbers), run_time=0.4)
        self.lean.set_value(0.0)

    def compare(self, sentence: str, old: VGroup | None, at: int | None = None) -> VGroup:
        """Go to another strength, and write the slopes beside 0 on their lines."""
        if old is not None and at is not None:
            self.play(FadeOut(old), *self.tell(None), run_time=0.4)
            self.drive(self.step, at, 1.6)
        numbers = self.beside_zero.numbers()
        self.play(FadeIn(numbers), *self.tell(sentence), run_time=CHANGE)
        self.settle(self.spoken)
        return numbers

    @property
    def beyond(self) -> int:
        """Index of a strength well above the threshold."""
        lambdas = self.exhibit.lambdas
        enough = (lambdas >= 1.6 * lambdas[self.exhibit.arrival]).nonzero()[0]
        return int(enough[0])
