"""One step of a story on its way: what goes, what comes, what moves, and each frame of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
from manim import VMobject, linear, smooth, there_and_back

from regviz.lessons.box import Box
from regviz.scenes.marks_drawn import is_filled, shape_of
from regviz.scenes.played import Morph, Opening, Played, between, fade, morph, pulse

if TYPE_CHECKING:
    from manim import Mobject

    from regviz.lessons.picture import Positions
    from regviz.lessons.story import Step, Stop
    from regviz.scenes.lettered import Part
    from regviz.scenes.told import ToldScene
    from regviz.scenes.written import Stood

#: what is written leaves before others move, and those come last
AWAY, GLIDE, THERE = between(0.0, 0.35), between(0.3, 0.7), between(0.65, 1.0)
#: with nothing to glide between them, what comes takes longer
COME = between(0.35, 1.0)
#: a term comes where its mark is, and flies into its formula once others have made room
LEAVE, FLY = between(0.0, 0.2), between(0.45, 0.95)


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


class Change:
    """One step: what goes, what comes, and what moves on the way."""

    def __init__(self, scene: ToldScene, step: Step, last: Stop | None, stop: Stop) -> None:
        self.scene, self.step, self.stop = scene, step, stop
        opening = last is None
        if last is None:
            last = replace(stop, shown=frozenset(), at=scene.picture.rest, tell={})
        #: where drivers stood before: what goes stays as it was
        self.left_at = last.at
        # a question has the drivers elsewhere, and the story goes on from where it was
        ways = {name: last.at[name] for name in step.run}
        self.start = replace(last, at={**stop.at, **ways, **step.put})
        self.before = [] if opening and not stop.panels else scene.seen(self.start)
        self.after = scene.seen(stop)
        self.lines = {**scene.written.at(stop)}
        self.old_lines = scene.written.at(self.start)
        self.begin, self.end = scene.moment(self.start), scene.moment(stop)
        self._morphs: dict[str, Morph | Opening] = {}

    @cached_property
    def names(self) -> list[Name]:
        """What is seen before or after, from below to above, and changes."""
        return [name for name in self.all if self._changes(name)]

    @cached_property
    def all(self) -> list[Name]:
        """What is seen before or after, from below to above."""
        both = [*self.before, *(name for name in self.after if name not in set(self.before))]
        order: dict[object, int] = {"axes": 2, "mark": 3, "lettering": 4, "label": 5}
        marks = self.scene.picture.marks
        # axes stay in sight where something filled grows
        layers: dict[Name, int] = {("mark", mark.name): 1 for mark in marks if is_filled(mark)}
        places = {mark.name: index for index, mark in enumerate(marks)}
        # what is written and stays is painted once, as it lies below all that moves
        layers |= {
            name: -1 for name in both if self._is_written(name) and not self._changes(name)
        }
        rank = lambda name: (layers.get(name, order.get(name[0], 0)), places.get(name[1], 0))  # noqa: E731
        return sorted(both, key=rank)

    def _is_written(self, name: Name) -> bool:
        return name in self.lines or name in self.old_lines

    def turns(self) -> list[Played]:
        """Draw all as it is at the start; return how each that changes goes on."""
        for name in self.all:
            self.frame(name, 0.0)
        self._make_morphs()
        return [Played(self.shape(name), partial(self.frame, name)) for name in self.names]

    def settle(self) -> None:
        """Draw all that is left as it is at the end."""
        self._morphs = {}
        for name in self.after:
            self.frame(name, 1.0)

    def shapes(self) -> list[Mobject]:
        """Return all that is seen before or after, from below to above."""
        return [self.shape(name) for name in self.all]

    def left(self) -> list[Mobject]:
        """Return all that is seen after, from below to above."""
        last = set(self.after)
        return [self.shape(name) for name in self.all if name in last]

    # -- what changes ------------------------------------------------------------------------

    def _changes(self, name: Name) -> bool:
        there, left = name in self._was, name in self._will
        if there != left:
            return True
        if self._is_written(name):
            return self._line_changes(name)
        picture, of = self.scene.picture, str(name[1])
        if name[0] in ("axes", "lettering"):
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

    def _lit(self, name: Name) -> list[tuple[str, VMobject]]:
        """Return the terms of a line's formula that light up, each after its mark."""
        line = self.lines.get(name)
        if line is None:
            return []
        parts = set(map(id, line.line.shape.submobjects))
        return [
            (mark, term)
            for mark in self.step.emphasise
            for term in self.scene.written.terms(mark, self.stop)
            if id(term) in parts
        ]

    def flies(self, name: Name) -> bool:
        """Say whether terms of a line that is only coming fly there from their marks."""
        return name not in self.old_lines and bool(self._lit(name))

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

    def _moment(self, name: Name, alpha: float) -> Moment:
        ease = linear if self.step.even else smooth
        share = ease(alpha)
        way = {
            driver: round(self.start.at[driver] + share * (goal - self.start.at[driver]))
            for driver, goal in self.step.run.items()
        }
        glide = smooth(alpha)
        boxes = {**self.end.boxes, **self.begin.boxes}
        for panel, box in self.begin.boxes.items():
            if panel in self.end.boxes:
                boxes[panel] = _between(box, self.end.boxes[panel], glide)
        parts = self.begin.parts[0], self.end.parts[0]
        at = {**self.start.at, **way} if name in self._will else self.left_at
        return Moment(at, boxes, parts, glide)

    def frame(self, name: Name, alpha: float) -> None:
        """Draw one thing as it is at a share of the play."""
        if self._is_written(name):
            self._line(name, alpha)
            return
        if name[0] == "mark" and name[1] in self._morphs:
            self._morphs[str(name[1])].turn(alpha)
            return
        moment, scene, shape = self._moment(name, alpha), self.scene, self.scene.shape(name)
        scene.draw(name, moment)
        fade(shape, self._shade(name, alpha) * self.opacity(name, alpha))
        if name[0] == "mark" and name[1] in self.step.emphasise:
            mark = scene.picture.mark(str(name[1]))
            pulse(shape, there_and_back(alpha), shape_of(mark, scene.theme).get_stroke_width(),
                  shape.get_center())  # fmt: skip

    def _shade(self, name: Name, alpha: float) -> float:
        """Return how opaque a label is on its way, which has no room that is known.

        It goes, and comes, if it changes sides, or what it stands between draws together.
        """
        if name[0] != "label":
            return 1.0
        panel = self.scene.picture.mark(str(name[1])).panel
        boxes = [one.boxes[panel] for one in (self.begin, self.end) if panel in one.boxes]
        sizes = {(box.width, box.height) for box in boxes}
        if self.scene.letters[str(name[1])].moves or len(sizes) > 1:
            return 1.0 - AWAY(alpha) + THERE(alpha)
        return 1.0

    def _line(self, name: Name, alpha: float) -> None:
        old, new = self.old_lines.get(name), self.lines.get(name)
        stood: Stood = new or old  # type: ignore[assignment]
        middle = stood.middle
        if old is not None and new is not None:
            # Beside a panel that moves it moves as that does, and never onto its ticks.
            glide = GLIDE if self.begin.boxes == self.end.boxes else smooth
            middle = old.middle + glide(alpha) * (new.middle - old.middle)
        stood.line.draw(self._moment(name, alpha).at, middle)
        fade(stood.line.shape, self.opacity(name, alpha))
        for mark, term in self._lit(name):
            if self.flies(name):
                fade(term, LEAVE(alpha))
                away = self.scene.marks[mark].get_center() - term.get_center()
                term.shift((1.0 - FLY(alpha)) * away)
            else:
                pulse(term, there_and_back(alpha), 0.0, term.get_center())

    def opacity(self, name: Name, alpha: float) -> float:
        """Return how opaque something is at a share of the play."""
        there, left = name in self._was, name in self._will
        if there and left:
            return 1.0
        if name[0] == "mark":
            if name[1] in self.step.morph:
                return 0.0
            panel = self.scene.picture.mark(str(name[1])).panel
            # what a panel shows goes, or comes, with its axes: another may have its place
            if panel in self.begin.boxes and panel in self.end.boxes:
                share = float(smooth(alpha))
                return share if left else 1.0 - share
        if left:
            return (THERE if self._glides else COME)(alpha)
        return 1.0 - AWAY(alpha)

    def shape(self, name: Name) -> VMobject:
        """Return the shape that is drawn: on its way to another, or itself."""
        if name[0] == "mark" and name[1] in self._morphs:
            return self._morphs[str(name[1])]
        line = self.lines.get(name) or self.old_lines.get(name)
        return line.line.shape if line is not None else self.scene.shape(name)

    def _make_morphs(self) -> None:
        """Make a shape that turns from each that is to change into what it changes to."""
        for old, new in self.step.morph.items():
            shapes = [self.scene.marks[old].copy(), self.scene.marks[new]]
            fade(shapes[0], 1.0)
            self.scene.draw(("mark", new), self._moment(("mark", new), 1.0))
            fade(shapes[1], 1.0)
            self._morphs[new] = morph(*shapes)
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
