"""Tells any lesson's story: the one renderer of videos.

Every frame is a function of the drivers and of how far a step is. A shape is drawn anew only
while something that moves it changes; all else is static, and drawn once a play.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from manim import VMobject, config, linear, smooth, there_and_back

from regviz.lessons import catalogue
from regviz.lessons.story import Step, Stop, played
from regviz.scenes.base import LessonScene
from regviz.scenes.lens import Axes, Lens
from regviz.scenes.lettered import Lettered, Part, glances, place_all
from regviz.scenes.marks_drawn import redraw, shape_of
from regviz.scenes.played import Morph, Played, between, fade, pulse
from regviz.scenes.stage import LABEL_EM, Box
from regviz.scenes.written import Stood, Written

if TYPE_CHECKING:
    from manim import Mobject

    from regviz.lessons.picture import Panel, Positions

#: how many positions of a run a label is judged by
GLANCES = 6
#: what is written leaves before others move, and those come last
AWAY, GLIDE, THERE = between(0.0, 0.35), between(0.3, 0.7), between(0.65, 1.0)
#: with nothing to glide between them, what comes takes longer
COME = between(0.35, 1.0)


@dataclass(frozen=True)
class Moment:
    """How the picture stands in one frame.

    Attributes
    ----------
    at
        Positions of the drivers.
    boxes
        Where panels stand.
    parts, share
        Between which parts of the story it is, and how far.
    """

    at: Positions
    boxes: Mapping[str, Box]
    parts: tuple[Part, Part]
    share: float


#: a shape's name: what kind of thing it is, and of which mark or panel
Name = tuple[object, ...]


class ToldScene(LessonScene):
    """A scene that plays the story of `lesson`; a lesson's own scene says only which."""

    def construct(self) -> None:
        """Make everything that appears, and tell the story."""
        lesson = catalogue.load(self.lesson)
        self.picture = lesson.picture(self.exhibit)
        self.story = lesson.story(self.exhibit)
        self.steps = list(played(self.story, self.picture))
        size = config.frame_width, config.frame_height
        stops = [stop for _, stop in self.steps]
        self.written = Written(self, self.picture, stops, size)
        self.letters = {
            label.of: Lettered(self, self.picture, label)
            for label in self.picture.labels
            if not label.still
        }
        self.axes = {panel.name: self._axes(panel) for panel in self.picture.panels}
        self.marks = {mark.name: shape_of(mark, self.theme) for mark in self.picture.marks}
        self._place_labels()
        self.stop: Stop | None = None
        steps = iter(self.steps)
        for section in self.story.sections:
            self.section(section.name)
            for step in section.steps:
                _, stop = next(steps)
                self._take(step, stop)
        self.linger()

    def _axes(self, panel: Panel) -> Axes:
        ends = [
            self.letters[label.of].size()[0] + 0.6 * LABEL_EM
            for label in self.picture.labels_in(panel, moves=True)
            if label in self.picture.at_ends(panel) and panel.kind == "chart"
            and self.picture.mark(label.of).kind in ("line", "rule")
        ]  # fmt: skip
        return Axes(self, panel, max(ends, default=0.0))

    def _place_labels(self) -> None:
        parts: dict[Part, list[Stop]] = {}
        for stop in glances(self.steps, self.picture.rest, GLANCES):
            parts.setdefault((stop.section, stop.panels), []).append(stop)
        for part, stops in parts.items():
            places = self.written.arrangement(stops[0]).panels
            for name in part[1]:
                panel = self.picture.panel(name)
                labels = [
                    self.letters[one.of] for one in self.picture.labels_in(panel, moves=True)
                ]
                view = places[name].plane, self.axes[name]
                place_all(part, panel, labels, stops, view, self.picture)

    # -- a step ------------------------------------------------------------------------------

    def _take(self, step: Step, stop: Stop) -> None:
        """Play one step."""
        if step.say is not None:
            self.utter(self.text.speak(step.say))
        change = _Change(self, step, self.stop, stop)
        if self.is_counting:
            turns = change.names
        else:
            turns = change.turns()
            self.clear()
            self.add(*change.shapes())
        if turns:
            played = [Played(VMobject(), lambda _: None)] if self.is_counting else turns
            self.play(*played, run_time=step.seconds)
        self.stop = stop
        if not self.is_counting:
            change.settle()
            self.clear()
            self.add(*change.left())
        if step.hold:
            self.wait(step.hold)

    def seen(self, stop: Stop) -> list[Name]:
        """Return what is seen at a moment, from below to above."""
        marks = [
            mark.name
            for mark in self.picture.marks
            if mark.name in stop.shown and mark.panel in stop.panels
        ]
        return [
            *self.written.at(stop),
            *(("axes", name) for name in stop.panels),
            *(("mark", name) for name in marks),
            *(
                ("label", name)
                for name in marks
                if name in self.letters and not self.letters[name].label.still
            ),
        ]

    def lens(self, panel: str, moment: Moment) -> Lens:
        """Return how a panel's values are seen at a moment."""
        limits = self.picture.limits(self.picture.panel(panel), moment.at)
        return self.axes[panel].lens(moment.boxes[panel], limits)

    def moment(self, stop: Stop) -> Moment:
        """Return how the picture stands at a stop."""
        places = self.written.arrangement(stop).panels
        part = stop.section, stop.panels
        boxes = {name: place.plane for name, place in places.items()}
        return Moment(stop.at, boxes, (part, part), 0.0)

    def draw(self, name: Name, moment: Moment) -> None:
        """Draw axes, a mark or a label as they are at a moment."""
        kind, of = name[0], str(name[1])
        if kind == "axes":
            self.axes[of].draw(self.lens(of, moment))
            return
        mark = self.picture.mark(of)
        lens = self.lens(mark.panel, moment)
        if kind == "label":
            self.letters[of].draw(moment.at, lens, moment.parts, moment.share)
            return
        points = self.picture.points(mark, moment.at)
        redraw(self.marks[of], mark, points, lens, self.picture.panel(mark.panel))

    def shape(self, name: Name) -> VMobject:
        """Return the shape of axes, a mark or a label."""
        kind: Mapping[str, VMobject] = {
            "axes": self.axes, "mark": self.marks, "label": self.letters,
        }[str(name[0])]  # fmt: skip
        return kind[str(name[1])]


class _Change:
    """One step: what goes, what comes, and what moves on the way."""

    def __init__(self, scene: ToldScene, step: Step, last: Stop | None, stop: Stop) -> None:
        self.scene, self.step, self.stop = scene, step, stop
        opening = last is None
        if last is None:
            last = replace(stop, shown=frozenset(), at=scene.picture.rest, tell={})
        self.start = replace(last, at={**last.at, **step.put})
        self.before = [] if opening and not stop.panels else scene.seen(self.start)
        self.after = scene.seen(stop)
        self.lines = {**scene.written.at(stop)}
        self.old_lines = scene.written.at(self.start)
        self.begin, self.end = scene.moment(self.start), scene.moment(stop)
        self._morphs: dict[str, Morph] = {}

    @cached_property
    def names(self) -> list[Name]:
        """What is seen before or after, from below to above, and changes."""
        return [name for name in self._all if self._changes(name)]

    @cached_property
    def _all(self) -> list[Name]:
        both = [*self.before, *(name for name in self.after if name not in set(self.before))]
        order = {"axes": 1, "mark": 2, "label": 3}
        marks = {mark.name: index for index, mark in enumerate(self.scene.picture.marks)}
        rank = lambda name: (order.get(name[0], 0), marks.get(name[1], 0))  # noqa: E731
        return sorted(both, key=rank)

    def turns(self) -> list[Played]:
        """Draw all as it is at the start; return how each that changes goes on."""
        for name in self._all:
            self._frame(name, 0.0)
        self._make_morphs()
        return [
            Played(self._shape(name), lambda alpha, name=name: self._frame(name, alpha))
            for name in self.names
        ]

    def settle(self) -> None:
        """Draw all that is left as it is at the end."""
        self._morphs = {}
        for name in self.after:
            self._frame(name, 1.0)

    def shapes(self) -> list[Mobject]:
        """Return all that is seen before or after, from below to above."""
        return [self._shape(name) for name in self._all]

    def left(self) -> list[Mobject]:
        """Return all that is seen after, from below to above."""
        last = set(self.after)
        return [self._shape(name) for name in self._all if name in last]

    # -- what changes ------------------------------------------------------------------------

    def _changes(self, name: Name) -> bool:
        there, left = name in self._was, name in self._will
        if there != left:
            return True
        if name in self.old_lines or name in self.lines:
            return self._line_changes(name)
        picture, of = self.scene.picture, str(name[1])
        if name[0] == "axes":
            panel, by = of, frozenset(picture.panel(of).by)
        else:
            mark = picture.mark(of)
            panel, by = mark.panel, picture.moves_by(mark)
        if by & set(self.step.run) or self.begin.boxes[panel] != self.end.boxes[panel]:
            return True
        if name[0] == "mark":
            return of in self.step.emphasise
        if name[0] == "label":
            letters = self.scene.letters[of]
            numbers = set(letters.label.by) & set(self.step.run)
            return bool(numbers) or self.begin.parts != self.end.parts
        return False

    def _line_changes(self, name: Name) -> bool:
        moved = bool(np.any(self.old_lines[name].middle != self.lines[name].middle))
        number = self.lines[name].line.by & set(self.step.run)
        return moved or bool(number) or bool(self._lit(name))

    def _lit(self, name: Name) -> list[VMobject]:
        """Return the terms of a line's formula that light up."""
        line = self.lines.get(name)
        if line is None or not self.step.emphasise:
            return []
        terms = [
            term
            for mark in self.step.emphasise
            for term in self.scene.written.terms(mark, self.stop)
        ]
        return [part for part in line.line.shape.submobjects if any(part is t for t in terms)]

    @cached_property
    def _was(self) -> set[Name]:
        return set(self.before)

    @cached_property
    def _will(self) -> set[Name]:
        return set(self.after)

    @cached_property
    def _glides(self) -> bool:
        """Whether something written moves, or a panel."""
        same = [name for name in self.lines if name in self.old_lines]
        lines = any(np.any(self.lines[n].middle != self.old_lines[n].middle) for n in same)
        boxes = self.begin.boxes != self.end.boxes and set(self.begin.boxes) & set(
            self.end.boxes
        )
        return bool(lines or boxes)

    # -- a frame -----------------------------------------------------------------------------

    def _moment(self, alpha: float) -> Moment:
        ease = linear if self.step.even else smooth
        share = ease(alpha)
        way = {
            name: round(self.start.at[name] + share * (goal - self.start.at[name]))
            for name, goal in self.step.run.items()
        }
        glide = smooth(alpha)
        boxes = {**self.end.boxes, **self.begin.boxes}
        for name, box in self.begin.boxes.items():
            if name in self.end.boxes:
                boxes[name] = _between(box, self.end.boxes[name], glide)
        parts = self.begin.parts[0], self.end.parts[0]
        return Moment({**self.start.at, **way}, boxes, parts, glide)

    def _frame(self, name: Name, alpha: float) -> None:
        """Draw one thing as it is at a share of the play."""
        if name in self.lines or name in self.old_lines:
            self._line(name, alpha)
            return
        if name[0] == "mark" and name[1] in self._morphs:
            self._morphs[str(name[1])].turn(alpha)
            return
        moment, scene, shape = self._moment(alpha), self.scene, self.scene.shape(name)
        scene.draw(name, moment)
        fade(shape, self._opacity(name, alpha))
        if name[0] == "mark" and name[1] in self.step.emphasise:
            mark = scene.picture.mark(str(name[1]))
            pulse(shape, there_and_back(alpha), shape_of(mark, scene.theme).get_stroke_width(),
                  shape.get_center())  # fmt: skip

    def _line(self, name: Name, alpha: float) -> None:
        old, new = self.old_lines.get(name), self.lines.get(name)
        stood: Stood = new or old  # type: ignore[assignment]
        middle = stood.middle
        if old is not None and new is not None:
            middle = old.middle + GLIDE(alpha) * (new.middle - old.middle)
        stood.line.draw(self._moment(alpha).at, middle)
        fade(stood.line.shape, self._opacity(name, alpha))
        for part in self._lit(name):
            pulse(part, there_and_back(alpha), 0.0, part.get_center())

    def _opacity(self, name: Name, alpha: float) -> float:
        there, left = name in self._was, name in self._will
        if there and left:
            return 1.0
        if name[0] == "mark":
            if name[1] in self.step.morph:
                return 0.0
            share = smooth(alpha)
            return share if left else 1.0 - share
        if left:
            return (THERE if self._glides else COME)(alpha)
        return 1.0 - AWAY(alpha)

    def _shape(self, name: Name) -> VMobject:
        if name[0] == "mark" and name[1] in self._morphs:
            return self._morphs[str(name[1])]
        line = self.lines.get(name) or self.old_lines.get(name)
        return line.line.shape if line is not None else self.scene.shape(name)

    def _make_morphs(self) -> None:
        """Make a shape that turns from each that is to change into what it changes to."""
        for old, new in self.step.morph.items():
            shapes = [self.scene.marks[old].copy(), self.scene.marks[new]]
            fade(shapes[0], 1.0)
            self.scene.draw(("mark", new), self._moment(1.0))
            fade(shapes[1], 1.0)
            self._morphs[new] = Morph(*shapes)
            fade(shapes[1], 0.0)


def _between(one: Box, other: Box, share: float) -> Box:
    sides = [
        a + share * (b - a)
        for a, b in zip(
            (one.left, one.right, one.bottom, one.top),
            (other.left, other.right, other.bottom, other.top),
            strict=True,
        )
    ]
    return Box(*sides)
