"""L2 on one weight: however strong the penalty, the lowest point is near 0 and not at 0."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, FadeOut, VGroup, VMobject

from regviz.scenes.chart import AXIS, TICK
from regviz.scenes.one_weight import CHANGE, OneWeightScene
from regviz.scenes.plane import straight
from regviz.scenes.stage import LABEL_EM

#: the break of an upright axis: its lower stroke's height above the foot, how far the other is
#: above that, and how far both reach to the sides and upwards
BREAK, GAP, SLANT = 0.28, 0.14, (0.15, 0.07)
#: room between the numbers below the axis
APART = 0.25
#: how many strengths lie between the curves that a slope must stay clear of
SPREAD = 8


class L2Loss(OneWeightScene):
    """The strength grows to 100; a closer look shows that the lowest point is not 0."""

    lesson = "l2-loss"

    def construct(self) -> None:
        """Tell the story, one section after the other."""
        self.set_stage()
        self.tell_loss()
        self.tell_penalty()
        self.tell_approach()
        self.tell_zoom()
        self.tell_why()
        self.tell_still()

    def set_stage(self) -> None:
        """Break the upright axis as the chart closes in: its foot is then no loss of 0."""
        super().set_stage()
        self.broken = self.axis_break()
        self.stack.insert(self.stack.index(self.chart.numbers), self.broken)

    def axis_break(self) -> VGroup:
        """Return the two strokes of a broken axis, near the foot; seen from close by only."""
        strokes = VMobject(stroke_color=self.theme.muted, stroke_width=AXIS)
        between = VMobject(stroke_width=0, fill_color=self.theme.background)
        (x, y), up = SLANT, np.array([0.0, GAP, 0.0])
        stroke = np.array([[-x, -y, 0.0], [x, y, 0.0]])

        def redraw(_: VGroup) -> None:
            foot = self.chart.place(np.array([0.0, self.chart.window[2]]))
            low = foot + np.array([0.0, BREAK, 0.0]) + stroke
            strokes.set_points(straight(np.array([low, low + up])))
            between.set_points_as_corners([*low, *(low + up)[::-1], low[0]])
            strokes.set_stroke(opacity=self.look.get_value())
            between.set_fill(opacity=self.look.get_value())

        return VGroup(between, strokes).add_updater(redraw).update()

    def tell_approach(self) -> None:
        """Let the strength grow until the lowest point looks as if it were at 0."""
        self.section("near")
        self.caption("near.moves")
        self.turn_to("near", "sentence.moves")
        self.wait(0.4)
        self.drive(self.step, self.last, 5.0)
        self.caption("near.looks")
        self.add_sentence("sentence.looks")
        self.wait(2.8)

    def tell_zoom(self) -> None:
        """Look closer, with the same curve: the lowest point is beside 0."""
        self.section("zoom")
        self.caption("zoom.closer")
        # cut at the window's foot, the trail and the axis would seem to meet at no loss
        self.turn_to("zoom", "sentence.closer", FadeOut(self.trail))
        self.show(self.broken)
        self.drive(self.look, 1.0, 3.0)
        drop = self.drop()
        self.caption("zoom.beside")
        self.play(FadeIn(drop), *self.tell("sentence.beside"), run_time=CHANGE)
        self.settle(self.spoken)
        self.wait(4.0)
        self.play(FadeOut(drop), run_time=0.4)

    def tell_why(self) -> None:
        """Show that the penalty, level at 0, leaves the loss's slope there as it is."""
        self.section("why")
        self.caption("why.flat")
        self.turn_to("why", None)
        self.drive(self.look, 0.0, 1.6)
        self.remove(self.broken)
        self.drive(self.step, self.exhibit.early, 1.2)
        self.show(self.slopes)
        self.drive(self.lean, 1.0, 0.8)
        number = self.beside_zero.numbers(range(0, self.last + 1, SPREAD))
        self.play(FadeIn(number), *self.tell("sentence.flat"), run_time=CHANGE)
        self.settle(self.spoken)
        self.wait(1.2)
        self.caption("why.every")
        self.drive(self.step, 0.0, 1.6)
        self.drive(self.step, self.last, 4.0)
        self.caption("why.compare")
        self.add_sentence("sentence.falls")
        self.wait(4.2)
        self.play(FadeOut(self.slopes), FadeOut(number), run_time=0.4)
        self.lean.set_value(0.0)

    def drop(self) -> VGroup:
        """Return the line from the lowest point to the axis, its tick and the weight there."""
        at = self.lowest(self.last)
        foot = np.array([at[0], self.chart.window[2]])
        line = self.chart.dashed(np.array([at, foot]), self.color, 2.0 * AXIS, n_dashes=7)
        line.clear_updaters()
        ground = self.chart.place(foot)
        tick = VMobject(stroke_color=self.color, stroke_width=2.0 * AXIS)
        tick.set_points_as_corners([ground, ground - np.array([0.0, TICK, 0.0])])
        label = self.lettering(f"${self.values['smallest']}$", LABEL_EM, color=self.color)
        under = ground - np.array([0.0, 0.15 + LABEL_EM / 2, 0.0])
        # Beside the number 0, from which it must not be a digit away.
        side = np.sign(at[0])
        zero = self.chart.place(np.zeros(2))[0] + side * (0.1 + APART + label.width / 2)
        label.move_to(under).set_x(side * max(side * under[0], side * zero))
        return VGroup(line, tick, label)
