"""What the scenes of one weight share: the loss, its penalty, and the lowest point's way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    Circle,
    FadeIn,
    FadeOut,
    Mobject,
    Square,
    ValueTracker,
    VGroup,
    VMobject,
    config,
    linear,
    smooth,
)

from regviz.lessons.clip import Window, clip_segments
from regviz.lessons.numbers import counted, significant, summed
from regviz.scenes.base import LessonScene
from regviz.scenes.chart import AXIS, CURVE, MARKER, TRAIL, Chart
from regviz.scenes.labels import clearest, dense
from regviz.scenes.plane import straight
from regviz.scenes.readout import Readout
from regviz.scenes.slopes_at_zero import SlopesAtZero
from regviz.scenes.stage import LABEL_EM, Box, one_panel

#: seconds that a change of text takes
CHANGE = 0.6
#: room above the chart for names of curves, and to the right of a curve's name
ABOVE, ASIDE = 0.55, 0.16
#: room between a curve's end and the name above it, and between two names in a row
OVER, BETWEEN = 0.14, 0.3
#: shares of the chart's height at which the loss may be named, the best first
NAMED_AT = (0.72, 0.66, 0.6, 0.54, 0.48)
#: how far from the chart a mark that has left it is no longer seen
FADING = 0.3
#: how thick the penalty alone is, in parts of a curve, and where it may be named: at these
#: shares of the way from 0 to the chart's edge, on the side that the lowest point never sees
THIN, NAMED_ALONE = 0.6, (0.9, 0.7, 0.5, 0.3)


class OneWeightScene(LessonScene):
    """A chart of the loss; a strength that grows; the lowest point, and where it has been.

    Everything drawn is a function of three trackers: `step`, the position among the exhibit's
    strengths (what is drawn is the nearest of them), `look`, how far the chart has closed in
    on 0, and the slopes' `lean`, how long the lines along the slopes at 0 are.
    """

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.layout = one_panel(config.frame_width, config.frame_height)

    def set_stage(self) -> None:
        """Make everything that appears; nothing is shown yet."""
        exhibit, theme, boxes = self.exhibit, self.theme, self.layout
        self.step, self.look = ValueTracker(0.0), ValueTracker(0.0)
        self.color: str = getattr(theme, exhibit.penalty)
        plane = boxes.plane
        self.chart = Chart(
            self,
            Box(plane.left, plane.right, plane.bottom, plane.top - ABOVE),
            self.window,
            ticks={0.0: "$0$", exhibit.center: f"${exhibit.center:g}$"},
        )
        self.free = self.chart.curve(lambda: self.polyline(0), theme.loss)
        self.curve = self.chart.curve(lambda: self.polyline(self.at), theme.regularized)
        self.trail = self.chart.curve(self.trailed, self.color, TRAIL)
        self.goal = self.seen_only(self.chart.at(self.cross(), lambda: self.lowest(0)))
        self.dot = self.chart.at(self.marker(), lambda: self.lowest(self.at))
        self.beside_zero = SlopesAtZero(self)
        self.lean, self.slopes = self.beside_zero.lean, self.beside_zero.lines
        self.alone = self.chart.curve(self.penalty, self.color, THIN * CURVE)
        self.free_name, self.curve_name = self.named_free(), self.named_curve()
        self.readouts = self.read_out()
        self.spoken: Mobject | None = None
        #: from the lowest to the highest; the loss stays seen where both curves are one
        self.stack = [
            *(self.chart.axes, self.chart.numbers, self.readouts),
            *(self.alone, self.curve, self.free, self.trail, self.slopes, self.goal, self.dot),
            *(self.free_name, self.curve_name),
        ]

    # -- what the trackers say ------------------------------------------------------------

    @property
    def at(self) -> int:
        """Index of the strength that is shown: only what was computed is drawn."""
        return round(self.step.get_value())

    @property
    def last(self) -> int:
        """Index of the strongest."""
        return len(self.exhibit.lambdas) - 1

    def window(self) -> Window:
        """Return what the chart sees: all, or less and less around 0."""
        left, right, _, top = self.exhibit.limits
        wide = np.array([left, right, 0.0, top])
        close = np.array(self.exhibit.zoom_limits)
        share = self.look.get_value()
        if share == 0.0:
            return left, right, 0.0, top
        edges = np.empty(4)
        for axis in (slice(0, 2), slice(2, 4)):
            # The same factor in every frame: that is how a camera closes in.
            from_width, to_width = np.ptp(wide[axis]), np.ptp(close[axis])
            width = from_width ** (1.0 - share) * to_width**share
            mix = (width - to_width) / (from_width - to_width)
            edges[axis] = close[axis] + mix * (wide[axis] - close[axis])
        return tuple(edges.tolist())  # type: ignore[return-value]

    def polyline(self, at: int) -> np.ndarray:
        """Return the regularized loss at a strength: the exhibit's vertices."""
        return np.column_stack([self.exhibit.w, self.exhibit.regularized(at)])

    def penalty(self) -> np.ndarray:
        """Return the penalty alone, at the strength that is shown."""
        strength = self.exhibit.lambdas[self.at]
        return np.column_stack([self.exhibit.w, strength * self.exhibit.pull])

    @property
    def at_zero(self) -> np.ndarray:
        """The loss's point at 0, where no penalty lifts it."""
        return self.polyline(0)[self.exhibit.w == 0.0][0]

    def lowest(self, at: int) -> np.ndarray:
        """Return the lowest point at a strength."""
        return np.array([self.exhibit.minimizers[at], self.exhibit.minima[at]])

    def trailed(self) -> np.ndarray:
        """Return where the lowest point has been."""
        shown = slice(0, self.at + 1)
        return np.column_stack([self.exhibit.minimizers[shown], self.exhibit.minima[shown]])

    def strength(self) -> str:
        """Return the strength in full, and with two decimals while it is small."""
        lam = float(self.exhibit.lambdas[self.at])
        short = f"{lam:.2f}"
        return short if lam < 10.0 and float(short) == lam else f"{lam:g}"

    def weight(self) -> str:
        """Return where the lowest point is; `0` for exactly 0 only."""
        return counted(float(self.exhibit.minimizers[self.at]))

    @property
    def values(self) -> dict[str, str]:
        """Numbers that sentences may name."""
        exhibit = self.exhibit
        left, right = exhibit.added_at_zero(self.at)
        arrival = exhibit.lambdas[exhibit.arrival] if exhibit.arrival is not None else 0.0
        return {
            "formula": exhibit.formula,
            "center": f"{exhibit.center:g}",
            "threshold": f"{arrival:g}",
            "strongest": f"{exhibit.lambdas[-1]:g}",
            "smallest": significant(float(exhibit.minimizers[-1])),
            "slope": f"{exhibit.slope:.4g}",
            "size": f"{abs(exhibit.slope):.4g}",
            "lam": f"{exhibit.lambdas[self.at]:g}",
            "left": summed(exhibit.slope, left),
            "right": summed(exhibit.slope, right),
        }

    # -- shapes ---------------------------------------------------------------------------

    def cross(self) -> VMobject:
        """Return the mark of the loss's own lowest point, as in the figures."""
        reach = 0.85 * MARKER
        ends = np.array([[[-1, -1, 0], [1, 1, 0]], [[-1, 1, 0], [1, -1, 0]]]) * reach
        strokes = VMobject(stroke_color=self.theme.loss, stroke_width=9.0)
        edge = VMobject(stroke_color=self.theme.background, stroke_width=15.0)
        for shape in (strokes, edge):
            shape.set_points(straight(ends))
        return VGroup(edge, strokes)

    def seen_only(self, mark: VMobject) -> VMobject:
        """Let a mark fade as it leaves the chart, beside which other things stand."""

        def fade(shape: Mobject) -> None:
            box, (x, y, _) = self.chart.box, shape.get_center()
            beyond = max(box.left - x, x - box.right, box.bottom - y, y - box.top, 0.0)
            shape.set_stroke(opacity=max(0.0, 1.0 - beyond / FADING))

        return mark.add_updater(fade)

    def marker(self) -> VMobject:
        """Return the lowest point's mark: a diamond for L1, round for L2."""
        style = {"stroke_color": self.theme.background, "stroke_width": 2.5}
        if self.exhibit.penalty == "l1":
            marker: VMobject = Square(side_length=2.0 * MARKER, **style).rotate(np.pi / 4)
        else:
            marker = Circle(radius=1.15 * MARKER, **style)
        return marker.set_fill(self.color, opacity=1.0)

    def read_out(self) -> VGroup:
        """Return the strength and, behind the lowest point's mark, where that point is."""
        strength = self.readout(r"\lambda =", self.strength, 0, self.theme.ink)
        weight = self.readout("w =", self.weight, 1, self.color)
        mark = self.marker().move_to(weight.get_left())
        weight.shift((mark.width + ASIDE) / 2 * RIGHT)
        marked = VGroup(mark.next_to(weight, LEFT, buff=ASIDE), weight)
        if self.layout.is_beside:
            for shown, box in zip((strength, marked), self.layout.readouts, strict=True):
                shown.align_to(np.array([box.left, 0.0, 0.0]), LEFT)
        return VGroup(strength, marked).update()

    def readout(self, name: str, text: Callable[[], str], place: int, color: str) -> Readout:
        """Return a number that follows the trackers."""
        longest = self.longest(text)
        readout = Readout(
            name, longest, lang=self.text.lang, em=self.layout.readout_em, color=color
        )
        readout.move_to(self.layout.readouts[place].center)
        readout.show(longest)
        return readout.add_updater(lambda shown: shown.show(text()))

    def longest(self, text: Callable[[], str]) -> str:
        """Return the longest that a readout ever says."""
        said = []
        for index in range(self.last + 1):
            self.step.set_value(index)
            said.append(text())
        self.step.set_value(0.0)
        return max(said, key=len)

    def leaves(self, at: int) -> np.ndarray:
        """Return where a curve, followed from beyond 0, leaves the chart as it stands."""
        side = int(np.sign(self.exhibit.center))
        return clip_segments(self.polyline(at)[::side], self.chart.window)[-1][1]

    def named(self, at: int) -> Mobject:
        """Return a curve's name, where the curve leaves the chart."""
        exhibit = self.exhibit
        label = self.name("strength", self.theme.regularized, lam=f"{exhibit.lambdas[at]:g}")
        return label.move_to(self.over_end(label, at))

    def named_curve(self) -> Mobject:
        """Return the regularized loss's name, which follows the end of its curve."""
        label = self.name("curve", self.theme.regularized)
        label.add_updater(lambda shape: shape.move_to(self.over_end(shape, self.at)))
        return label.update()

    def over_end(self, label: Mobject, at: int) -> np.ndarray:
        """Return where a name stands over a curve's end; the curve is lower further in."""
        end, box, half = self.chart.place(self.leaves(at)), self.chart.box, label.width / 2
        x = float(np.clip(end[0], box.left + half, box.right - half))
        return np.array([x, end[1] + OVER + LABEL_EM / 2, 0.0])

    def named_free(self) -> Mobject:
        """Return the loss's name, on the side of 0 where no other curve lies outside it."""
        box = self.chart.box
        label = self.name("free", self.theme.loss)
        for share in NAMED_AT:
            label.move_to(self.outside_loss(label, share))
            if box.left <= label.get_left()[0] and label.get_right()[0] <= box.right:
                break
        return label.add_updater(lambda shape: shape.move_to(self.outside_loss(shape, share)))

    def outside_loss(self, label: Mobject, share: float) -> np.ndarray:
        """Return where a name stands under the outer branch, below a share of the height."""
        exhibit, (_, _, bottom, top) = self.exhibit, self.chart.window
        side = -int(np.sign(exhibit.center))
        outer = exhibit.w * side > 0.0
        height = bottom + share * (top - bottom)
        weight = np.interp(height, exhibit.loss[outer][::side], exhibit.w[outer][::side])
        aside = np.array([side * (label.width / 2 + ASIDE), -label.height / 2, 0.0])
        return self.chart.place(np.array([weight, height])) + aside

    def named_alone(self, *others: Mobject) -> Mobject:
        """Return the penalty's name, beside its curve as that now stands, clear of others."""
        label = self.name("alone", self.color)
        left, right, _, top = self.chart.window
        outer = left if self.exhibit.center > 0.0 else right
        weights = outer * np.array(NAMED_ALONE)
        heights = np.interp(weights, *self.penalty().T)
        seen = [at for at in zip(weights, heights, strict=True) if at[1] <= top]
        points = self.chart.place(np.array(seen))
        avoid = [*self.obstacles(), self.seen(self.penalty())]
        avoid += [other.get_all_points() for other in others]
        return clearest(label, list(points), self.chart.box, avoid)

    def obstacles(self, strengths: Sequence[int] = ()) -> list[np.ndarray]:
        """Return what a label must stay clear of: the axes, the curves and what names them.

        The curves are those that are there, and those at the indices of other strengths.
        """
        left, right, bottom, top = self.chart.window
        axes = np.array([(left, 0.0), (right, 0.0), (0.0, 0.0), (0.0, bottom), (0.0, top)])
        lines = [axes, *(self.polyline(at) for at in (0, self.at, *strengths))]
        shapes = (self.free_name, self.curve_name, self.goal, self.dot)
        return [
            *(self.seen(line) for line in lines),
            *(shape.get_all_points() for shape in shapes),
        ]

    def seen(self, polyline: np.ndarray) -> np.ndarray:
        """Return points of the frame all along what the chart shows of a polyline."""
        pieces = clip_segments(polyline, self.chart.window)
        return dense(self.chart.place(pieces.reshape(-1, 2)))

    def name(self, key: str, color: str, **values: str) -> Mobject:
        """Return a curve's name, still without a place."""
        sentence = self.text(f"{self.lesson}.scene.name.{key}", **values)
        return self.lettering(sentence, LABEL_EM, color=color, halo=self.theme.background)

    # -- telling --------------------------------------------------------------------------

    def show(self, *shapes: Mobject) -> None:
        """Put shapes there, and all that is there in its order."""
        self.add(*shapes)
        here = set(self.mobjects)
        self.add(*(shape for shape in self.stack if shape in here))

    def tell(self, key: str | None) -> list[Animation]:
        """Return the animations that put a sentence in place of the last one."""
        text = None
        if key is not None:
            said = self.text(f"{self.lesson}.scene.{key}", **self.values)
            text = self.in_column(said) if self.layout.is_beside else self.below(said)
        changed = self.swap(self.spoken, text)
        self.spoken = text
        return changed

    def in_column(self, said: str) -> Mobject:
        """Set a sentence below the readouts: it begins where they do, however long it is."""
        box = self.layout.sentence
        text = self.fitted(said, self.layout.sentence_em, box, align="left")
        return text.align_to(np.array([box.left, box.top, 0.0]), UP + LEFT)

    def below(self, said: str) -> Mobject:
        """Set a sentence in the middle of its place below the chart."""
        return self.fitted(said, self.layout.sentence_em, self.layout.sentence)

    def turn_to(self, section: str, sentence: str | None, *others: Animation) -> None:
        """Change heading and sentence, and whatever changes with them."""
        heading = self.heading(f"{self.lesson}.scene.heading.{section}", **self.values)
        self.play(*heading, *self.tell(sentence), *others, run_time=CHANGE)
        self.settle(self.spoken)

    def add_sentence(self, key: str) -> None:
        """Change the sentence alone."""
        self.play(*self.tell(key), run_time=CHANGE)
        self.settle(self.spoken)

    def caption(self, key: str) -> None:
        """Begin a caption of this lesson; outside of mathematics a minus is written as one."""
        values = {place: value.replace("-", "−") for place, value in self.values.items()}
        self.say(f"{self.lesson}.caption.{key}", **values)

    def drive(
        self, tracker: ValueTracker, to: float, seconds: float, *, even: bool = False
    ) -> None:
        """Run one tracker; everything that follows it moves."""
        self.play(
            tracker.animate.set_value(to),
            run_time=seconds,
            rate_func=linear if even else smooth,
        )

    # -- sections that both lessons have --------------------------------------------------

    def tell_loss(self) -> None:
        """Show the loss without a penalty, and its lowest point."""
        self.section("loss")
        self.caption("loss.bowl")
        self.open_with(f"{self.lesson}.scene.heading.loss")
        self.show(self.chart.axes, self.chart.numbers)
        self.play(FadeIn(self.free), FadeIn(self.free_name), run_time=1.0)
        self.show(self.free, self.free_name)
        self.wait(3.2)
        self.caption("loss.lowest")
        self.play(FadeIn(self.goal), *self.tell("sentence.loss"), run_time=CHANGE)
        self.show(self.goal)
        self.settle(self.spoken)
        self.wait(3.2)

    def tell_penalty(self) -> None:
        """Let the penalty lift the loss; it changes the shape at 0, or leaves it round."""
        self.section("penalty")
        self.caption("penalty.added")
        appearing = (self.readouts, self.dot, self.curve_name)
        self.turn_to("penalty", "sentence.penalty", *map(FadeIn, appearing))
        self.show(self.alone, self.curve, self.trail, *appearing)
        self.wait(0.8)
        self.drive(self.step, self.exhibit.early, 3.4, even=True)
        ring = Circle(radius=0.42, stroke_color=self.color, stroke_width=AXIS + 2.0)
        ring.move_to(self.chart.place(self.at_zero))
        name = self.named_alone(ring)
        self.play(FadeIn(name), run_time=0.4)
        self.caption("penalty.shape")
        self.play(FadeIn(ring), *self.tell("sentence.shape"), run_time=CHANGE)
        self.settle(self.spoken)
        self.wait(3.2)
        self.play(*map(FadeOut, (ring, self.alone, name)), run_time=0.4)

    def tell_still(self) -> None:
        """Show a few strengths at once, and the lowest point's way, then hold still."""
        self.section("still")
        self.caption("still")
        few = self.exhibit.few
        curves = [
            self.chart.line(self.polyline(at), self.theme.regularized, 0.7 * CURVE)
            for at in few[1:]
        ]
        dots = [self.marker().move_to(self.chart.place(self.lowest(at))) for at in few[1:]]
        names = self.apart([self.named(at) for at in few[1:]])
        self.show(self.trail)
        self.turn_to("still", None, *map(FadeOut, (self.readouts, self.curve_name)))
        self.drive(self.step, self.last, 1.6)
        self.play(
            FadeOut(self.curve),
            *map(FadeIn, (*curves, *names, self.formula())),
            *self.tell("sentence.still"),
            run_time=CHANGE,
        )
        self.settle(self.spoken)
        self.add(*curves, self.free, self.trail, self.goal, *dots, *names, self.free_name)
        self.wait(5.0)

    def formula(self) -> Mobject:
        """Return what all the curves of the still show, in place of the readouts."""
        first, second = (np.array(box.center) for box in self.layout.readouts)
        said = self.text(f"{self.lesson}.scene.name.curve")
        formula = self.lettering(said, self.layout.readout_em, color=self.theme.regularized)
        formula.move_to((first + second) / 2)
        if self.layout.is_beside:
            formula.align_to(np.array([self.layout.sentence.left, 0.0, 0.0]), LEFT)
        return formula

    def apart(self, names: list[Mobject]) -> list[Mobject]:
        """Move names in the row above the chart apart, and leave out what finds no room."""
        kept: list[Mobject] = []
        for name in names:
            half = name.width / 2 + BETWEEN
            x, y, _ = name.get_center()
            near = [
                other
                for other in kept
                if abs(other.get_y() - y) < 0.3
                and abs(other.get_x() - x) < half + other.width / 2
            ]
            if near:
                side = np.sign(x - near[0].get_x()) or 1.0
                name.set_x(near[0].get_x() + side * (half + near[0].width / 2))
            kept.append(name)
        return kept
