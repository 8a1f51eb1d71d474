"""One update on a number line: the weight, its two pulls, and those of the steps before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from manim import DOWN, LEFT, Circle, Mobject, ValueTracker, VGroup, VMobject

from regviz.scenes.formula import formula
from regviz.scenes.labels import clearance, outline_of
from regviz.scenes.marks import goal_mark
from regviz.scenes.number_line import LIFT, NUMBERS_LIFT, NumberLine
from regviz.scenes.stage import LABEL_EM, Box
from regviz.scenes.update_steps_layout import Row

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.update_steps import Track, UpdateSteps
    from regviz.scenes.base import LessonScene

#: radius of the weight, and of a weight of before
DOT, DOT_BEFORE = 0.13, 0.08
#: how much of an arrow of before is seen
PALE = 0.45
#: how far from the lowest loss its name may stand, and how clear of numbers
NAME_SHIFT, NAME_CLEAR = 2.0, 0.18
#: em of the formulas above the lines, and between two lines of one, in ems
FORMULA_EM, LEADING = 0.52, 0.4
#: the terms of each update's formula, line by line, and whose colour each has
_FORMULAS = {
    "l1": [[("old", "ink"), ("loss", "loss"), ("l1", "l1")]],
    "l2": [[("old", "ink"), ("loss", "loss"), ("l2", "l2")]],
    # The formula of `l1` where its path is drawn beside that of the proximal step.
    "sign": [[("old", "ink"), ("loss", "loss"), ("l1", "path")]],
    "proximal": [
        [("proximal.old", "ink"), ("loss", "loss")],
        [("proximal.new", "ink"), ("proximal.l1", "l1")],
    ],
}


@dataclass(frozen=True)
class PullTrackers:
    """All that changes on both number lines."""

    #: how far the first arrows have grown, 0 to 1
    loss: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))
    penalty: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))
    #: steps that are done; between two the weight is on its way
    step: ValueTracker = field(default_factory=lambda: ValueTracker(0.0))


def set_formula(scene: LessonScene, name: str, em: float) -> VGroup:
    """Set an update: its terms, or the lines of terms of `proximal`, which has two."""
    lines = [
        formula(
            [
                (scene.text(f"update-steps.formula.{key}"), getattr(scene.theme, role))
                for key, role in terms
            ],
            lang=scene.text.lang,
            em=em,
        )
        for terms in _FORMULAS[name]
    ]
    if len(lines) == 1:
        return lines[0]
    return VGroup(*lines).arrange(DOWN, buff=LEADING * em, aligned_edge=LEFT)


class PullLine:
    """The shapes of one update; the scene decides when each appears.

    Parameters
    ----------
    scene
        Gives the exhibit, the theme and the lettering.
    name
        `l1` (the sign step) or `l2`.
    row
        Where it stands.
    trackers
        What the shapes follow.
    named
        Whether the arrows are named at the right of the line.
    update
        Whose formula stands above the line; by default that of `name`.
    """

    def __init__(
        self,
        scene: LessonScene,
        name: str,
        row: Row,
        trackers: PullTrackers,
        *,
        named: bool,
        update: str | None = None,
    ) -> None:
        self.name = name
        self.is_named = named
        self._scene = scene
        self._trackers = trackers
        self._exhibit: UpdateSteps = scene.exhibit
        self._track: Track = self._exhibit.sign if name == "l1" else self._exhibit.l2
        self.color: str = getattr(scene.theme, name)
        sentences = [scene.text(f"update-steps.label.pull.{key}") for key in (name, "loss")]
        names = [
            scene.lettering(sentence, LABEL_EM, color=color)
            for sentence, color in zip(sentences, (self.color, scene.theme.loss), strict=True)
        ]
        room = self._room() if named else 0.0
        box = Box(row.line.left, row.line.right - room, row.line.bottom, row.line.top)
        self.line = NumberLine(scene, box, self._exhibit.line, numbered=row.numbered)
        self.axis = self.line.axis
        self.formula = self._formula(update or name, row.formula)
        self.penalty_name, self.loss_name = (
            self._beside(text, lift) for text, lift in zip(names, (LIFT, -LIFT), strict=True)
        )
        self.goal = self._goal()
        self.before = self._before()
        self.dots = self._dots()
        self.loss_arrow = self._arrow("loss")
        self.penalty_arrow = self._arrow("penalty")
        self.dot = self._dot()

    # -- what is computed -----------------------------------------------------------------

    def weight(self) -> float:
        """Return where the weight is now."""
        steps = np.arange(len(self._track.weights))
        return float(np.interp(self._trackers.step.get_value(), steps, self._track.weights))

    def pull(self, kind: str) -> float:
        """Return the pull on the weight where it is now, as long as it is drawn."""
        done = self._trackers.step.get_value()
        pulls = self._track.loss_pull if kind == "loss" else self._track.penalty_pull
        if kind == "penalty" and self.name == "l1":
            # The sign's pull has one length; on the way between two steps it does not change.
            value = float(pulls[min(int(done), len(pulls) - 1)])
        else:
            # Both are linear in the weight, and the weight moves straight from step to step.
            value = float(np.interp(done, np.arange(len(pulls)), pulls))
        return self._exhibit.stretch * getattr(self._trackers, kind).get_value() * value

    def _passed(self) -> list[int]:
        """Return the steps whose arrows stay behind."""
        done = self._trackers.step.get_value()
        return [step for step in self._exhibit.probes[self.name] if step < done]

    # -- what stands still ----------------------------------------------------------------

    def _room(self) -> float:
        """Return the width that the names of all arrows need, the same on both lines."""
        text = self._scene.text
        keys = ("l1", "l2", "loss")
        names = [
            self._scene.lettering(text(f"update-steps.label.pull.{key}"), LABEL_EM)
            for key in keys
        ]
        return max(name.width for name in names) + 0.3

    def _beside(self, text: Mobject, lift: float) -> Mobject:
        end = self.line.place(self.line.high, lift)
        return text.move_to(end + np.array([0.25 + text.width / 2.0, 0.0, 0.0]))

    def _formula(self, update: str, box: Box) -> VGroup:
        whole = set_formula(self._scene, update, FORMULA_EM)
        # No larger than the longest one can be, so that all have one size.
        widest = max(
            set_formula(self._scene, name, FORMULA_EM).width for name in ("l1", "l2", update)
        )
        whole.scale(min(1.0, box.width / widest, box.height / whole.height))
        whole.move_to(box.center)
        return whole.shift(np.array([box.left - whole.get_left()[0], 0.0, 0.0]))

    def _goal(self) -> VGroup:
        """Return the mark of the lowest loss, and its name in the row of the numbers.

        It is empty where the line does not reach so far, and without a name where none fits.
        """
        center, line = float(self._exhibit.points["unregularized"][0]), self.line
        goal = VGroup()
        if not line.low < center < line.high:
            return goal
        theme = self._scene.theme
        goal.add(goal_mark(theme, line.place(center)))
        said = self._scene.text("update-steps.label.free")
        name = self._scene.lettering(said, LABEL_EM, color=theme.loss)
        numbers = [outline_of(number) for number in self.axis[1:]]
        under = line.place(center, NUMBERS_LIFT)
        for shift in np.linspace(0.0, NAME_SHIFT, 41):
            for way in (1.0, -1.0):
                name.move_to(under + np.array([way * shift, 0.0, 0.0]))
                inside = (
                    line.box.left < name.get_left()[0] < name.get_right()[0] < line.box.right
                )
                if inside and numbers and clearance(name, numbers) > NAME_CLEAR:
                    return goal.add(name)
        return goal

    # -- what follows the trackers --------------------------------------------------------

    def _arrow(self, kind: str) -> VMobject:
        color = self._scene.theme.loss if kind == "loss" else self.color
        arrow = VMobject(stroke_width=0, fill_color=color, fill_opacity=1.0)

        def redraw(shape: VMobject) -> None:
            pull = self.pull(kind)
            outline = self.line.arrow(self.weight(), pull, above=kind == "penalty")
            self.line.draw_arrows(shape, [outline] if pull else [])

        redraw(arrow)
        return arrow.add_updater(redraw)

    def _before(self) -> VGroup:
        """Return the arrows of the steps that are done, pale."""
        arrows = VGroup()
        for pulls, color, above in (
            (self._track.penalty_pull, self.color, True),
            (self._track.loss_pull, self._scene.theme.loss, False),
        ):
            kind = VMobject(stroke_width=0, fill_color=color, fill_opacity=PALE)
            kind.add_updater(
                lambda shape, pulls=pulls, above=above: self.line.draw_arrows(
                    shape, self._outlines(pulls, above)
                )
            )
            arrows.add(kind.update())
        return arrows

    def _outlines(self, pulls: Array, above: bool) -> list[Array]:
        stretch = self._exhibit.stretch
        return [
            self.line.arrow(
                float(self._track.weights[step]), stretch * float(pulls[step]), above=above
            )
            for step in self._passed()
            if pulls[step]
        ]

    def _dots(self) -> VMobject:
        """Return the weights of the steps that are done."""
        ink = self._scene.theme.ink
        circle = Circle(radius=DOT_BEFORE).points
        dots = VMobject(stroke_width=0, fill_color=ink, fill_opacity=1.0)

        def redraw(shape: VMobject) -> None:
            places = [
                circle + self.line.place(float(self._track.weights[step]))
                for step in self._passed()
            ]
            shape.set_points(np.concatenate(places) if places else np.empty((0, 3)))

        redraw(dots)
        return dots.add_updater(redraw)

    def _dot(self) -> VMobject:
        theme = self._scene.theme
        dot = Circle(radius=DOT, stroke_color=theme.background, stroke_width=2.5)
        dot.set_fill(theme.ink, opacity=1.0)
        dot.add_updater(lambda shape: shape.move_to(self.line.place(self.weight())))
        return dot.move_to(self.line.place(self.weight()))
