"""Tells any lesson's story: the one renderer of videos.

Every frame is a function of the drivers and of how far a step is. A shape is drawn anew only
while something that moves it changes; all else is static, and drawn once a play.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from manim import VMobject, config

from regviz.lessons import catalogue
from regviz.lessons.asked import revealed
from regviz.lessons.axes import Lens
from regviz.lessons.markup import ended
from regviz.lessons.question import Choice
from regviz.lessons.story import Step, Stop, played, unasked
from regviz.scenes.arrivals import arrivals
from regviz.scenes.base import LessonScene
from regviz.scenes.captions import reading_time
from regviz.scenes.change import Change, Moment, Name
from regviz.scenes.lens import Axes
from regviz.scenes.lettered import Lettered, Part, glances, place_all
from regviz.scenes.marks_drawn import redraw, shape_of
from regviz.scenes.played import Played
from regviz.scenes.stage import LABEL_EM
from regviz.scenes.surface import Surface
from regviz.scenes.texts import Texts
from regviz.scenes.written import Written

if TYPE_CHECKING:
    from regviz.lessons.picture import Panel
    from regviz.lessons.question import Question

#: seconds to decide once a question is read, and width of the line that counts them at the edge
THINKING, COUNTDOWN = 3.0, 14.0
#: how many positions of a run a label is judged by
GLANCES = 17


class ToldScene(LessonScene):
    """A scene that plays the story of `lesson`: of the one that its module is named after."""

    def __init_subclass__(cls, **options: Any) -> None:
        """Take the lesson from the module's name; a scene derived from another keeps it."""
        super().__init_subclass__(**options)
        cls.lesson = cls.lesson or cls.__module__.rpartition(".")[2].replace("_", "-")

    def setup(self) -> None:
        """Make everything that appears."""
        lesson = catalogue.load(self.lesson)
        picture, story = lesson.picture(self.exhibit), lesson.story(self.exhibit)
        self.story = story if self.quiz else unasked(story)
        steps, self.picture = revealed(played(self.story, picture), picture)
        self.steps = list(arrivals(steps))
        size = config.frame_width, config.frame_height
        stops = [stop for _, stop in self.steps]
        # an answer in the picture makes no readout one of its role
        self.written = Written(self, picture, stops, size)
        passed = glances(self.steps, self.picture.rest)
        self.letters = {
            label.of: Lettered(self, self.picture, label, passed)
            for label in self.picture.labels
            if not label.still
        }
        self.axes = {panel.name: self._axes(panel) for panel in self.picture.panels}
        self.marks = {
            mark.name: Texts(self, mark) if mark.texts else shape_of(mark, self.theme)
            for mark in self.picture.marks
        }
        self._place_labels()

    def construct(self) -> None:
        """Tell the story."""
        self.stop: Stop | None = None
        for section, steps in groupby(self.steps, key=lambda each: each[1].section):
            self.section(section)
            for step, stop in steps:
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
                place_all(part, panel, labels, stops, view, self.picture, self.marks)

    # -- a step ------------------------------------------------------------------------------

    def _take(self, step: Step, stop: Stop) -> None:
        """Play one step."""
        said = step.say if step.ask is None else step.ask.prompt
        if said is not None:
            self.say(ended(self.text.speak(said)))
        self.begin_step()
        change = Change(self, step, self.stop, stop)
        # a play that is only counted has something that stands for all its changes
        turns = [Played(VMobject(), lambda _: None)]
        if not self.is_counting:
            turns = change.turns()
            self.clear()
            self.add(*change.shapes())
        if change.names:
            self.play(*turns, run_time=step.seconds)
        self.stop = stop
        if not self.is_counting:
            change.settle()
            self.clear()
            self.add(*change.left())
        if step.ask is not None:
            self._wait_for_answers(step, step.ask)
        elif step.hold:
            self.wait(step.hold)

    def _wait_for_answers(self, step: Step, asked: Question) -> None:
        """Leave time to read and to decide, which a line along the edge counts down."""
        options = asked.options if isinstance(asked, Choice) else ()
        reading = self.taking + sum(
            reading_time(self.text.speak(option.said), self.text.lang) for option in options
        )
        left, high, width = -config.frame_width / 2, config.frame_height / 2, config.frame_width
        line = VMobject(stroke_color=self.theme.muted, stroke_width=COUNTDOWN)

        def run_out(share: float) -> None:
            end = left + (1.0 - share) * width
            line.set_points_as_corners([(left, high, 0.0), (end, high, 0.0)])

        self.play(Played(line, run_out), run_time=max(step.hold, reading + THINKING))
        self.remove(line)

    def seen(self, stop: Stop) -> list[Name]:
        """Return what is seen at a moment."""
        marks = [
            mark.name
            for mark in self.picture.marks
            if mark.name in stop.shown and mark.panel in stop.panels
        ]
        return [
            *self.written.at(stop),
            *(("axes", name) for name in stop.panels),
            *(("mark", name) for name in marks),
            *(("lettering", name) for name in stop.panels),
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
        """Draw axes, what is written by them, a mark or a label as they are at a moment."""
        kind, of = name[0], str(name[1])
        if kind in ("axes", "lettering"):
            self.axes[of].draw(self.lens(of, moment))
            return
        mark = self.picture.mark(of)
        lens = self.lens(mark.panel, moment)
        if kind == "label":
            self.letters[of].draw(moment.at, lens, moment.parts, moment.share)
            return
        shape = self.marks[of]
        if isinstance(shape, Surface):
            shape.draw(self.picture.facets(mark, moment.at), lens)
            return
        points = self.picture.points(mark, moment.at)
        if isinstance(shape, Texts):
            shape.draw(points, lens)
            return
        redraw(shape, mark, points, lens, self.picture.panel(mark.panel))

    def shape(self, name: Name) -> VMobject:
        """Return the shape of axes, of what is written by them, of a mark or a label."""
        kind, of = name[0], str(name[1])
        if kind == "lettering":
            return self.axes[of].lettering
        shapes: Mapping[str, VMobject] = {
            "axes": self.axes, "mark": self.marks, "label": self.letters,
        }[str(kind)]  # fmt: skip
        return shapes[of]
