"""The update steps: a constant pull reaches 0, one that shrinks with the weight does not.

Render it like any manim scene, `manim render scenes/update_steps.py UpdateSteps`, or with
parameters, languages and formats through regviz.
"""

from __future__ import annotations

from manim import (
    RIGHT,
    Animation,
    FadeIn,
    FadeOut,
    Mobject,
    Transform,
    ValueTracker,
    VGroup,
    VMobject,
    config,
    linear,
    smooth,
)

from regviz.lessons.numbers import chosen, shown, significant
from regviz.scenes.base import LessonScene
from regviz.scenes.number_line import NUMBERS_LIFT
from regviz.scenes.stage import LABEL_EM, SENTENCE_EM
from regviz.scenes.update_steps_chart import ChartTrackers, StepChart
from regviz.scenes.update_steps_layout import Row, steps_layout
from regviz.scenes.update_steps_plane import StepPlane
from regviz.scenes.update_steps_pulls import FORMULA_EM, PullLine, PullTrackers, set_formula

#: seconds that a change of text takes
CHANGE = 0.6
#: em of the formulas when they are alone
LARGE_EM = 0.68


class UpdateSteps(LessonScene):
    """What each update subtracts, where that leads, and what happens at 0."""

    lesson = "update-steps"

    def construct(self) -> None:
        """Tell the story, one section after the other."""
        self.places = steps_layout(
            config.frame_width, config.frame_height, self.layout.heading.bottom
        )
        self.sentence: Mobject | None = None
        self.large = self.large_formulas()
        self.formulas()
        self.pulls()
        self.paths()
        if self.exhibit.close is not None and self.exhibit.jumps:
            self.near()
        self.plane()
        self.still()

    # -- the story ------------------------------------------------------------------------

    def formulas(self) -> None:
        """Say both updates, term by term."""
        self.section("formulas")
        self.say("update-steps.caption.formulas.loss")
        # The first frame stands for the video in a list: it is not empty.
        self.open_with("update-steps.scene.heading.formulas")
        self.add(*(whole[0] for whole in self.large))
        self.wait(0.8)
        labels = self.term_labels()
        self.play(*(FadeIn(whole[1]) for whole in self.large), FadeIn(labels[0]), run_time=0.8)
        self.wait(2.4)
        self.say("update-steps.caption.formulas.l1")
        self.play(FadeIn(self.large[0][2]), FadeIn(labels[1]), run_time=0.8)
        self.wait(2.4)
        self.say("update-steps.caption.formulas.l2")
        self.play(FadeIn(self.large[1][2]), FadeIn(labels[2]), run_time=0.8)
        self.wait(2.4)
        self.play(FadeOut(labels), run_time=0.4)

    def pulls(self) -> None:
        """Show the first step pull by pull, then many: one pull keeps its length."""
        self.section("pulls")
        self.say("update-steps.caption.pulls.loss")
        trackers = PullTrackers()
        # The same pulls, but L2 goes on when L1 is at 0.
        l2 = PullTrackers(trackers.loss, trackers.penalty)
        lines = self.pull_lines(trackers, l2)
        kind = "free" if self.exhibit.case == "free" else "on"
        self.play(
            *self.heading(f"update-steps.scene.heading.pulls.{kind}"),
            *(
                Transform(large, line.formula)
                for large, line in zip(self.large, lines, strict=True)
            ),
            run_time=1.0,
        )
        notes = self.scale_note(lines[0], self.places.rows[0])
        self.play(
            *self.shown(lines, "axis", "goal", "dot"),
            *(FadeIn(note) for note in notes),
            run_time=0.6,
        )
        self.settle(*self.large)
        self.put(lines, "before", "dots", "loss_arrow", "penalty_arrow", "dot")
        self.drive((trackers.loss, 1.0), seconds=1.0)
        self.play(*self.shown(lines, "loss_name"), run_time=0.4)
        self.wait(1.4)
        if kind == "on" and self.exhibit.parameters["start"] != 0.0:
            self.say("update-steps.caption.pulls.penalty")
            self.drive((trackers.penalty, 1.0), seconds=1.0)
            self.play(*self.shown(lines, "penalty_name"), run_time=0.4)
            self.wait(1.8)
        trackers.penalty.set_value(1.0)
        self.put(lines, *(("penalty_name",) if kind == "on" else ()))
        steps, walked, turn = (trackers.step, l2.step), self.exhibit.walked, self.exhibit.turn
        self.drive(*((step, 1.0) for step in steps), seconds=1.2)
        self.say(f"update-steps.caption.pulls.{kind}")
        sizes = self.sizes()
        self.play(*(FadeIn(text) for text in sizes), run_time=CHANGE)
        self.walk(steps, 1, walked if turn is None else turn)
        if turn is not None:
            self.say("update-steps.caption.pulls.turn", center=self.center())
            self.walk(steps, turn, walked)
        self.wait(1.0)
        if kind == "on":
            self.balance(lines[1], l2.step, sizes[1])

    def walk(self, steps: tuple[ValueTracker, ...], first: int, last: int) -> None:
        """Walk along both number lines, each step as fast as the others."""
        if last > first:
            seconds = 5.0 * (last - first) / self.exhibit.walked
            self.drive(*((step, float(last)) for step in steps), seconds=seconds, rate=linear)

    def balance(self, line: PullLine, step: ValueTracker, size: Mobject) -> None:
        """Let L2 go on to where both pulls are equal."""
        self.say(f"update-steps.caption.pulls.{self.balance_case()}", limit=self.said_limit())
        said = []
        if self.balance_case() == "balance":
            text = self.below_line(1, "balance", size=significant(self.exhibit.balance))
            said = self.swap(size, text)
        gone = (line.before.update(), line.dots.update())
        self.play(*(FadeOut(part) for part in gone), *said, run_time=CHANGE)
        self.drive((step, len(self.exhibit.l2.weights) - 1.0), seconds=1.6)
        self.wait(1.8)

    def paths(self) -> None:
        """Draw the weight against the step: L1 comes to 0, L2 slows down before it."""
        self.section("paths")
        self.say("update-steps.caption.paths.start")
        self.trackers = ChartTrackers()
        self.chart = chart = StepChart(self, self.places.chart, self.trackers, near=True)
        self.play(
            *self.all_out(), *self.heading("update-steps.scene.heading.paths"), run_time=CHANGE
        )
        self.play(
            *(FadeIn(part) for part in (chart.axes, chart.ticks, chart.zero)), run_time=0.8
        )
        self.settle()
        self.add(chart.l2, chart.sign)
        self.drive(
            (self.trackers.sign, chart.n_steps),
            (self.trackers.l2, chart.n_steps),
            seconds=2.8,
            rate=linear,
        )
        case = self.claim_case()
        slows = case == "crosses" and self.exhibit.l2_case in ("decays", "fades")
        self.say(
            f"update-steps.caption.paths.{'slows' if slows else case}",
            step=self.exhibit.landing,
            steps=chart.n_steps,
        )
        self.play(
            FadeIn(chart.names),
            *self.claim(),
            *self.speak(
                f"update-steps.l2.{self.exhibit.l2_case}",
                role="ink" if case == "free" else "l2",
                limit=self.limit("l2"),
            ),
            run_time=CHANGE,
        )
        self.wait(3.0)

    def near(self) -> None:
        """Look at 0: the sign step jumps within its band, the proximal step lands."""
        self.section("near")
        self.sign_jumps()
        self.proximal_lands()

    def sign_jumps(self) -> None:
        """Close in on 0, and show why it jumps and the band that the jumps end in."""
        chart = self.chart
        self.say("update-steps.caption.near.sign")
        self.play(
            *self.heading("update-steps.near.sign"),
            *(FadeOut(part.update()) for part in (chart.l2, chart.names, chart.ticks)),
            *self.silence(),
            run_time=CHANGE,
        )
        self.settle()
        self.drive((self.trackers.zoom, 1.0), seconds=1.6)
        band = (chart.band.update(), chart.edges.update())
        # Behind the jumps from its first frame on: what is there already keeps its place.
        self.bring_to_back(*band)
        self.play(
            *(FadeIn(part) for part in (*band, chart.near_ticks, chart.sign_marks.update())),
            FadeIn(chart.band_name),
            *self.speak("update-steps.scene.near.sign", pull=self.constant()),
            run_time=0.8,
        )
        self.wait(1.4)

    def proximal_lands(self) -> None:
        """Draw the proximal step over the jumps: it stops at 0, and why it stays there."""
        chart, landing = self.chart, self.exhibit.landing
        first, last, _, _ = self.exhibit.close
        self.say("update-steps.caption.near.proximal")
        self.play(
            *self.heading("update-steps.near.proximal"),
            # The heading named the jumps; the band needs no name any more, and has no room.
            *self.swap(chart.band_name, chart.sign_name),
            *self.speak("update-steps.scene.near.proximal"),
            run_time=CHANGE,
        )
        self.settle()
        self.trackers.proximal.set_value(first)
        self.add(chart.proximal.update(), chart.proximal_marks.update())
        self.drive((self.trackers.proximal, float(landing)), seconds=1.6, rate=linear)
        self.play(FadeIn(chart.landing), FadeIn(chart.landing_line), run_time=0.4)
        self.wait(1.2)
        self.say("update-steps.caption.near.lands")
        self.play(
            FadeIn(chart.proximal_name),
            *self.speak(
                "update-steps.scene.near.holds",
                lam=chosen(self.exhibit.lam["l1"]),
                slope=significant(self.exhibit.slope),
            ),
            run_time=CHANGE,
        )
        self.drive((self.trackers.proximal, float(last)), seconds=2.0, rate=linear)
        self.wait(1.8)

    def plane(self) -> None:
        """Take the same steps with two weights, across the contours of the loss."""
        self.section("plane")
        self.say("update-steps.caption.plane.start")
        step = ValueTracker(0.0)
        plane = StepPlane(self, self.places.plane, step)
        self.play(
            *self.all_out(), *self.heading("update-steps.scene.heading.plane"), run_time=CHANGE
        )
        still = (plane.contours, plane.axes, plane.goal, plane.start, *plane.names[:2])
        self.play(*(FadeIn(part) for part in (*still, *self.reminders())), run_time=0.8)
        self.settle()
        self.wait(1.2)
        moving = (plane.sign, plane.l2, plane.proximal, plane.start)
        self.add(*moving, plane.l2_head, plane.l1_head)
        self.drive((step, len(self.exhibit.sign.plane) - 1.0), seconds=3.6)
        self.say(f"update-steps.caption.plane.{self.plane_case()}")
        self.play(*(FadeIn(name) for name in plane.names[2:]), *self.zeros(), run_time=CHANGE)
        self.wait(3.4)

    def still(self) -> None:
        """Everything in one picture, which also stands alone."""
        self.section("still")
        case = self.still_case()
        self.say(f"update-steps.caption.still.{case}")
        heading = "lands" if case == "lands" else "plain"
        picture = self.picture()
        self.play(
            *self.all_out(),
            *self.heading(f"update-steps.scene.heading.still.{heading}"),
            run_time=CHANGE,
        )
        self.play(*(FadeIn(part) for part in picture), run_time=0.8)
        self.settle()
        self.wait(4.2)

    # -- what is true of the exhibit ------------------------------------------------------

    def claim_case(self) -> str:
        """Return what L1 does, by the sign step: a key under `update-steps.l1`."""
        if self.exhibit.landing == 0:
            return "starts"
        return "crosses" if self.exhibit.crosses else str(self.exhibit.case)

    def balance_case(self) -> str:
        """Return what may be said of where L2 settles."""
        return "balance" if self.exhibit.l2.limit else "fades"

    def plane_case(self) -> str:
        """Return what may be said of where the paths end."""
        if self.exhibit.case == "free":
            return "free"
        zeros = self.exhibit.zeros
        if zeros["l1"] == "none" or zeros["l2"] != "none":
            return "plain"
        return "contrast.both" if zeros["l1"] == "both" else "contrast.one"

    def still_case(self) -> str:
        """Return what may be said at the end."""
        if self.exhibit.case == "free":
            return "free"
        shrinks = self.exhibit.l2_case in ("decays", "fades")
        return "lands" if self.claim_case() in ("lands", "crosses") and shrinks else "plain"

    # -- what the story is told with ------------------------------------------------------

    def large_formulas(self) -> list[VGroup]:
        """Return both updates, large, their terms one above the other."""
        formulas = [set_formula(self, name, LARGE_EM) for name in ("l1", "l2")]
        widest = max(whole.width for whole in formulas)
        scale = min(1.0, self.places.formulas[0].width / widest)
        for whole, box in zip(formulas, self.places.formulas, strict=True):
            whole.scale(scale).move_to(box.center)
            whole.shift((whole.width - scale * widest) / 2.0 * RIGHT)
        return formulas

    def term_labels(self) -> VGroup:
        """Return what the terms are called: over those of L1, and under the one of L2."""
        labels = VGroup()
        for term, color, key, way in (
            (self.large[0][1], self.theme.loss, "loss", 1.0),
            (self.large[0][2], self.theme.l1, "l1", 1.0),
            (self.large[1][2], self.theme.l2, "l2", -1.0),
        ):
            label = self.lettering(
                self.text(f"update-steps.label.pull.{key}"), LABEL_EM, color=color
            )
            x, y, _ = term.get_center()
            labels.add(label.move_to((x, y + way * 0.85, 0.0)))
        return labels

    def pull_lines(self, *trackers: PullTrackers) -> list[PullLine]:
        """Return both number lines, each with its own trackers."""
        return [
            PullLine(self, name, row, own, named=True)
            for name, row, own in zip(("l1", "l2"), self.places.rows, trackers, strict=True)
        ]

    def scale_note(self, line: PullLine, row: Row) -> list[Mobject]:
        """Return what says that arrows are drawn longer than they are, if they are."""
        if self.exhibit.stretch == 1.0:
            return []
        said = self.text("update-steps.label.stretched", times=f"{self.exhibit.stretch:g}")
        note = self.lettering(said, LABEL_EM, color=self.theme.muted)
        below = line.line.place(0.0, NUMBERS_LIFT)[1]
        half = note.width / 2.0
        if line.is_named:
            # Below the names of the arrows, in the row of the numbers.
            place = (line.loss_name.get_left()[0] + half, below, 0.0)
        else:
            place = (row.line.right - half, line.formula.get_center()[1], 0.0)
        return [note.move_to(place)]

    def sizes(self) -> list[Mobject]:
        """Return what is said below each number line of its penalty's pull."""
        lam, eta = self.exhibit.lam["l1"], self.exhibit.parameters["step_size"]
        values = {"lam": chosen(lam), "eta": chosen(eta), "pull": self.constant()}
        return [
            self.below_line(index, name if lam else "none", **values)
            for index, name in enumerate(("l1", "l2"))
        ]

    def below_line(self, index: int, kind: str, **values: object) -> Mobject:
        """Return a sentence about the pull on a number line."""
        name = ("l1", "l2")[index]
        said = self.text(f"update-steps.label.size.{kind}", **values)
        return self.fitted(
            f"{name.upper()}: {said}",
            SENTENCE_EM,
            self.places.rows[index].sentence,
            color=getattr(self.theme, name),
        )

    def constant(self) -> str:
        """Return the length of L1's pull."""
        return f"{self.exhibit.lam['l1'] * self.exhibit.parameters['step_size']:.3g}"

    def center(self) -> str:
        """Return where the loss is lowest, for a caption."""
        return f"{self.exhibit.parameters['center']:.4g}".replace("-", "−")

    def said_limit(self) -> str:
        """Return where L2 tends to, for a caption."""
        return f"{self.exhibit.l2.limit:.2g}".replace("-", "−")

    def claim(self) -> list[Animation]:
        """Return the animations of the heading that says what L1 does."""
        return self.heading(
            f"update-steps.l1.{self.claim_case()}",
            step=self.exhibit.landing,
            steps=len(self.exhibit.sign.weights) - 1,
            limit=self.limit("proximal"),
            slope=shown(self.exhibit.slope),
        )

    def limit(self, name: str) -> str:
        """Return where a rule tends to."""
        return f"${shown(getattr(self.exhibit, name).limit)}$"

    def reminders(self) -> list[VGroup]:
        """Return the formulas of the paths beside the plane, where there is room."""
        places = zip(("sign", "proximal", "l2"), self.places.reminders, strict=False)
        formulas = [(set_formula(self, name, FORMULA_EM), box) for name, box in places]
        widest = max((whole.width for whole, _ in formulas), default=0.0)
        for whole, box in formulas:
            whole.scale(min(1.0, box.width / widest)).move_to(box.center)
        # Where no weight comes to 0, the sign step takes the way of the proximal step.
        first = 0 if self.exhibit.zeros["l1"] != "none" else 1
        return [whole for whole, _ in formulas[first:]]

    def zeros(self) -> list[Animation]:
        """Return the animations that say which weights are exactly 0."""
        texts = []
        for name, box in zip(("l1", "l2"), self.places.beside, strict=True):
            said = self.text(
                f"update-steps.zeros.{self.exhibit.zeros[name]}", name=name.upper()
            )
            texts.append(self.fitted(said, 0.42, box, color=getattr(self.theme, name)))
        return [FadeIn(text) for text in texts]

    def picture(self) -> list[Mobject]:
        """Return the parts of the last picture, from below."""
        pulls = PullTrackers(ValueTracker(1.0), ValueTracker(1.0))
        pulls.step.set_value(self.exhibit.walked)
        parts: list[Mobject] = []
        # A frame about as wide as high has no rows. Up to where the line ends, the proximal
        # step of the chart is the sign step.
        updates = (("l1", "proximal"), ("l2", "l2"))
        for (name, update), row in zip(updates, self.places.still_rows, strict=False):
            line = PullLine(self, name, row, pulls, named=False, update=update)
            line.before.set_fill(opacity=1.0)
            parts += [line.axis, line.formula, line.before, line.dots]
            parts += self.scale_note(line, row) if name == "l2" else []
        n_steps = float(len(self.exhibit.sign.weights) - 1)
        chart = StepChart(
            self,
            self.places.still_chart,
            ChartTrackers(*(ValueTracker(n_steps) for _ in range(3))),
            near=False,
        )
        parts += [chart.axes, chart.ticks, chart.zero, chart.sign, chart.l2, chart.proximal]
        return [*parts, chart.names]

    def speak(self, key: str, role: str = "ink", **values: object) -> list[Animation]:
        """Return the animations that put a sentence below the chart."""
        text = self.fitted(
            self.text(key, **values),
            1.15 * SENTENCE_EM,
            self.places.below,
            color=getattr(self.theme, role),
        )
        changed = self.swap(self.sentence, text)
        self.sentence = text
        return changed

    def silence(self) -> list[Animation]:
        """Return the animations that clear the sentence."""
        changed = self.swap(self.sentence, None)
        self.sentence = None
        return changed

    def shown(self, lines: list[PullLine], *names: str) -> list[FadeIn]:
        """Return the animations that show shapes of both number lines."""
        return [FadeIn(getattr(line, name).update()) for name in names for line in lines]

    def put(self, lines: list[PullLine], *names: str) -> None:
        """Put shapes of both number lines on top, the last named highest."""
        self.add(*(getattr(line, name) for name in names for line in lines))

    def all_out(self) -> list[Animation]:
        """Return the animations that take everything away but the heading that is shown."""
        self.sentence = None
        kept = self._heading
        return [
            # As the trackers now stand, also where no frame was drawn since they moved.
            FadeOut(part.update())
            for part in self.mobjects
            if isinstance(part, VMobject) and part is not kept
        ]

    def drive(
        self,
        *runs: tuple[ValueTracker, float],
        seconds: float,
        rate: object = smooth,
    ) -> None:
        """Run trackers together; everything that follows them moves."""
        self.play(
            *(tracker.animate.set_value(to) for tracker, to in runs),
            run_time=seconds,
            rate_func=rate,
        )
