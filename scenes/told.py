"""Tells any lesson's story: the one renderer of videos.

Every frame is a function of the drivers and of how far a step is. A mark is drawn anew only
while a driver that moves it runs; all else is static, and drawn once a play.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    Animation,
    Mobject,
    Transform,
    ValueTracker,
    VGroup,
    VMobject,
    config,
    linear,
    smooth,
    there_and_back,
)

from regviz.lessons import catalogue
from regviz.lessons.clip import clip_segments
from regviz.lessons.numbers import counted
from regviz.lessons.placing import Place, Sight, Wish, along, place
from regviz.lessons.story import Step, Stop, played
from regviz.scenes.arrange import ROW, arrange
from regviz.scenes.base import LessonScene
from regviz.scenes.chart import AXIS, Chart
from regviz.scenes.formula import formula
from regviz.scenes.marks_drawn import MARKER, redraw, shape_of
from regviz.scenes.readout import Readout
from regviz.scenes.stage import LABEL_EM, SENTENCE_EM, TITLE_EM, Box

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.picture import Formula, Label, Mark, Panel, Positions, Said
    from regviz.lessons.picture import Readout as Number

#: height of the em of readouts and formulas
ROW_EM = 0.4
#: room between what stands in the row of readouts
BETWEEN = 0.7
#: how many positions of a run a label is judged by
GLANCES = 6


class ToldScene(LessonScene):
    """A scene that plays the story of `lesson`; a lesson's own scene says only which."""

    def construct(self) -> None:
        """Make everything that appears, and tell the story."""
        lesson = catalogue.load(self.lesson)
        self.picture = lesson.picture(self.exhibit)
        self.story = lesson.story(self.exhibit)
        self.boxes = arrange(config.frame_width, config.frame_height, len(self.picture.panels))
        self.at: dict[str, int] = self.picture.rest
        self.shown: frozenset[str] = frozenset()
        self.told: Said | None = None
        self.spoken: Mobject | None = None
        self.steps = list(played(self.story, self.picture))
        self.charts = {
            panel.name: self._chart(panel, where.plane)
            for panel, where in zip(self.picture.panels, self.boxes.panels, strict=True)
        }
        self.items: dict[str, VMobject] = {}
        self.drawn: dict[str, Callable[[Positions], None]] = {}
        #: where each label stands, by the name of its mark
        self.places: dict[str, Place] = {}
        for mark in self.picture.marks:
            self._make_mark(mark)
        self._make_labels()
        for name in self.picture.readouts:
            self._make_readout(name)
        self._make_formulas()
        self._tell()

    def _tell(self) -> None:
        steps = iter(self.steps)
        first = True
        for section in self.story.sections:
            self.section(section.name)
            for step in section.steps:
                _, stop = next(steps)
                if first:
                    self._open()
                self._take(step, stop, first=first)
                first = False
        self.linger()

    def _open(self) -> None:
        titles = [
            self.fitted(self.text.say(panel.title), TITLE_EM, where.title)
            for panel, where in zip(self.picture.panels, self.boxes.panels, strict=True)
        ]
        self.add(*titles)
        for chart in self.charts.values():
            self.add(chart.axes, chart.numbers)

    # -- a step ---------------------------------------------------------------------------

    def _take(self, step: Step, stop: Stop, *, first: bool) -> None:
        """Play one step."""
        if step.say is not None:
            self.utter(self.text.speak(step.say))
        self.at |= step.put
        going = {*step.hide, *step.morph}
        coming = {*step.show, *step.morph.values()}
        for name in coming:
            self.drawn[name](self.at)
        for name in self.shown - going:
            if step.put and self._moves_by(name) & set(step.put):
                self.drawn[name](self.at)
        animations: list[Animation] = []
        if step.heading is not None:
            changed = self.head(self.text.say(step.heading), self.boxes.heading)
            if first and self._heading is not None:
                self.add(self._heading)
            else:
                animations += changed
        animations += self._tell_below(stop.tell.get(""))
        self._line_up(stop.shown)
        self.shown |= coming
        self._show_all()
        animations += [Fade(self.items[name], away=True) for name in going - set(step.morph)]
        animations += [Fade(self.items[name]) for name in step.show]
        animations += [
            Transform(self.items[old], self.items[new].copy())
            for old, new in step.morph.items()
        ]
        animations += [Pulse(shape) for name in step.emphasise for shape in self._lit(name)]
        trackers = self._run(step, animations)
        if animations:
            self.play(*animations, run_time=step.seconds)
        self.at |= step.run
        for name, updated in trackers:
            self.items[name].remove_updater(updated)
            self.drawn[name](self.at)
        self.remove(*(self.items[name] for name in going))
        self.shown = stop.shown
        self._show_all()
        if step.hold:
            self.wait(step.hold)

    def _run(
        self, step: Step, animations: list[Animation]
    ) -> list[tuple[str, Callable[[Mobject], object]]]:
        """Let drivers run; return what follows them, and how, to be let go at the end."""
        trackers = {name: ValueTracker(float(self.at[name])) for name in step.run}
        for name, tracker in trackers.items():
            ease = linear if step.even else smooth
            animations.append(tracker.animate(rate_func=ease).set_value(step.run[name]))
        following = []
        for name in sorted(self.shown):
            if self._moves_by(name) & set(step.run):

                def follow(_: Mobject, name: str = name) -> None:
                    # Only what was computed is drawn: the nearest step.
                    now = {each: round(t.get_value()) for each, t in trackers.items()}
                    self.drawn[name]({**self.at, **now})

                self.items[name].add_updater(follow)
                following.append((name, follow))
        return following

    def _tell_below(self, told: Said | None) -> list[Animation]:
        """Return what puts a sentence in place of the last, if it is another."""
        if told == self.told:
            return []
        self.told, old = told, self.spoken
        self.spoken = None
        if told is not None:
            self.spoken = self.fitted(self.text.say(told), SENTENCE_EM, self.boxes.sentence)
        return self.swap(old, self.spoken)

    def _show_all(self) -> None:
        """Put all that is seen in its order: what was described later stands on top."""
        self.add(*(self.items[name] for name in self.items if name in self.shown))

    def _lit(self, name: str) -> list[VMobject]:
        """Return a mark's shape, and the terms of the shown formulas that belong to it."""
        terms = [
            self.items[each.name][index]
            for each in self.picture.formulas
            if each.name in self.shown
            for index, term in enumerate(each.terms)
            if term.mark == name
        ]
        return [self.items[name][0], *terms]

    def _moves_by(self, name: str) -> frozenset[str]:
        readouts = {readout.name: frozenset(readout.by) for readout in self.picture.readouts}
        marks = {mark.name: mark for mark in self.picture.marks}
        return (
            self.picture.moves_by(marks[name])
            if name in marks
            else readouts.get(name, frozenset())
        )

    # -- what there is to see -------------------------------------------------------------

    def _chart(self, panel: Panel, box: Box) -> Chart:
        left, right, bottom, top = self.picture.limits(panel, self.at)
        if panel.kind == "plane":
            unit = min((box.width - 0.4) / (right - left), (box.height - 0.4) / (top - bottom))
            box = Box(
                box.left, box.left + unit * (right - left) + 0.4,
                box.top - unit * (top - bottom) - 0.4, box.top,
            )  # fmt: skip
        else:
            names = [self._lettered(label).width for label in self.picture.at_ends(panel)]
            beside = max((wide + 0.5 * LABEL_EM for wide in names), default=0.0)
            box = Box(box.left, box.right - beside, box.bottom, box.top)
        window: Any = (left, right, bottom, top)
        if panel.by:
            window = lambda: self.picture.limits(panel, self.at)  # noqa: E731
        return CrossedChart(
            self, box, window,
            name=self.text.say(panel.axes[0]), upright=self.text.say(panel.axes[1]),
            ticks=panel.ticks[0], levels=panel.ticks[1],
            cross=panel.cross,
        )  # fmt: skip

    def _make_mark(self, mark: Mark) -> None:
        shape = shape_of(mark, self.theme)
        chart = self.charts[mark.panel]
        self.items[mark.name] = VGroup(shape)
        self.drawn[mark.name] = lambda at: redraw(
            shape, mark, self.picture.points(mark, at), chart
        )

    def _make_readout(self, number: Number) -> None:
        numbers = np.unique(number.numbers)
        longest = max((counted(value) for value in numbers.tolist()), key=len)
        shown = Readout(
            str(number.symbol).strip("$"), longest, lang=self.text.lang, em=ROW_EM,
            color=getattr(self.theme, number.role),
        )  # fmt: skip
        self.items[number.name] = shown
        self.drawn[number.name] = lambda at: shown.show(
            counted(float(number.numbers[tuple(at[name] for name in number.by)]))
        )

    def _make_formulas(self) -> None:
        for each in self.picture.formulas:
            terms = [(f"${term.tex}$", getattr(self.theme, term.role)) for term in each.terms]
            self.items[each.name] = formula(terms, lang=self.text.lang, em=ROW_EM)
            self.drawn[each.name] = lambda _: None

    def _line_up(self, shown: Iterable[str]) -> None:
        """Put the formulas and readouts that are seen in the middle of their row, or rows."""
        named: tuple[Sequence[Formula | Number], ...]
        named = (self.picture.formulas, self.picture.readouts)
        rows = [[self.items[one.name] for one in row if one.name in shown] for row in named]
        box = self.boxes.row
        if box.height < 2 * ROW:
            rows = [[*rows[0], *rows[1]]]
        rows = [row for row in rows if row]
        for index, row in enumerate(rows):
            wide = sum(item.width for item in row) + BETWEEN * (len(row) - 1)
            pen = box.center[0] - wide / 2
            for item in row:
                item.shift(RIGHT * (pen - item.get_left()[0]))
                item.set_y(box.top - (index + 0.5) * box.height / len(rows))
                pen += item.width + BETWEEN

    # -- labels ---------------------------------------------------------------------------

    def _make_labels(self) -> None:
        """Give every label one side for the whole story, and tie it to its mark."""
        for panel, where in zip(self.picture.panels, self.boxes.panels, strict=True):
            labels = self.picture.labels_in(panel)
            texts = [self._lettered(label) for label in labels]
            stops = self._glances()
            sights = [self._sight(panel, stop) for stop in stops]
            wishes = [
                Wish(
                    (text.width, text.height),
                    np.stack([self._anchors(label, stop.at) for stop in stops]),
                    self._reach(label),
                )
                for label, text in zip(labels, texts, strict=True)
            ]
            plane = where.plane
            frame = (plane.left, plane.bottom, plane.right, plane.top)
            found = place(frame, wishes, sights, LABEL_EM)
            for label, text, one, wish in zip(labels, texts, found, wishes, strict=True):
                self.places[label.of] = one
                self._tie(label, text, one, wish)

    def _glances(self) -> list[Stop]:
        """Return how the picture stands after each step, and some of the way there."""
        found, at = [], dict(self.picture.rest)
        for step, stop in self.steps:
            at |= step.put
            for share in np.linspace(0.0, 1.0, GLANCES) if step.run else (1.0,):
                way = {
                    name: round(at[name] + share * (goal - at[name]))
                    for name, goal in step.run.items()
                }
                found.append(replace(stop, at={**at, **way}))
            at |= step.run
        return found

    def _sight(self, panel: Panel, stop: Stop) -> Sight:
        chart = self.charts[panel.name]
        boxes = [_bounds(number[1]) for number in chart.numbers] + [_bounds(chart.axes[-1])]
        boxes.append(_bounds(chart.upright_name))
        (left, right, bottom, top), (x, y) = chart.window, panel.cross
        axes = np.array([[(left, y), (right, y)], [(x, bottom), (x, top)]])
        lines = [chart.place(axes)[..., :2]]
        for mark in self.picture.marks:
            if mark.panel != panel.name or mark.name not in stop.shown:
                continue
            points = self.picture.points(mark, stop.at)
            if mark.kind in ("point", "cells"):
                middles = chart.place(points)[:, :2]
                boxes += [[*(m - MARKER), *(m + MARKER)] for m in middles]
            else:
                lines.append(chart.place(clip_segments(points, chart.window))[..., :2])
        return Sight(np.array(boxes), np.concatenate(lines))

    def _lettered(self, label: Label) -> VMobject:
        color = getattr(self.theme, self.picture.mark(label.of).role)
        said = self.text.say(label.said)
        return self.lettering(said, LABEL_EM, color=color, halo=self.theme.background)

    def _anchors(self, label: Label, at: Positions) -> Array:
        mark = self.picture.mark(label.of)
        chart, points = self.charts[mark.panel], self.picture.points(mark, at)
        if mark.kind in ("point", "cells", "bar"):
            return chart.place(points)[:, :2]
        return along(chart.place(clip_segments(points, chart.window))[..., :2], label.spots)

    def _reach(self, label: Label) -> float:
        return MARKER if self.picture.mark(label.of).kind in ("point", "cells") else 0.0

    def _tie(self, label: Label, text: VMobject, found: Place, wish: Wish) -> None:
        """Let a label follow the anchor that it was placed by, and its leader with it."""
        which = found.anchor
        offset = (
            None if found.leaders is not None else found.middles[0] - wish.anchors[0, which]
        )
        leader = VMobject(stroke_color=text[0].get_fill_color(), stroke_width=AXIS)
        item, before = self.items[label.of], self.drawn[label.of]
        item.add(text)
        if offset is None:
            item.add(leader)

        def drawn(at: Positions) -> None:
            before(at)
            anchor = self._anchors(label, at)[which]
            if offset is not None:
                text.move_to([*(anchor + offset), 0.0])
                return
            text.move_to([*found.middles[0], 0.0])
            half = np.array(wish.size) / 2
            end = np.clip(anchor, found.middles[0] - half, found.middles[0] + half)
            leader.set_points_as_corners([[*anchor, 0.0], [*end, 0.0]])

        self.drawn[label.of] = drawn


class CrossedChart(Chart):
    """A chart whose numbers stand inside, beside axes that cross there, with both names."""

    def __init__(self, *arguments: Any, upright: str, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        scene = self._scene
        name = scene.lettering(upright, LABEL_EM, color=scene.theme.muted)
        self.upright_name = name.next_to(self.axes[3], LEFT, buff=0.12)
        self.axes.add(self.axes[-1].copy())
        self.axes[4].become(name)
        self.axes.submobjects = [*self.axes.submobjects[:4], name, self.axes.submobjects[-1]]

    @property
    def box(self) -> Box:  # type: ignore[override]
        """What the axes span: all but the room for the level axis's name."""
        room = self._room()
        return Box(room.left, room.right - 0.4, room.bottom + 0.2, room.top - 0.2)


class Fade(Animation):
    """Let a shape appear, or go away, where it stands in the order of shapes."""

    def __init__(self, shape: VMobject, *, away: bool = False, **options: Any) -> None:
        self.away = away
        super().__init__(shape, **options)

    def interpolate_submobject(
        self, submobject: Any, starting_submobject: Any, alpha: float
    ) -> Any:
        """Scale what is opaque."""
        share = 1.0 - alpha if self.away else alpha
        for name in ("fill_rgbas", "stroke_rgbas", "background_stroke_rgbas"):
            if hasattr(starting_submobject, name):
                colors = getattr(starting_submobject, name).copy()
                colors[:, 3] *= share
                setattr(submobject, name, colors)
        return self

    def clean_up_from_scene(self, scene: Any) -> None:
        """Leave the shape opaque, as it was: the scene takes away what went."""
        super().clean_up_from_scene(scene)
        self.interpolate_mobject(0.0 if self.away else 1.0)


class Pulse(Animation):
    """Let a shape light up: lines grow thick, filled shapes large, and both come back."""

    def __init__(self, shape: VMobject, **options: Any) -> None:
        super().__init__(shape, rate_func=there_and_back, **options)

    def interpolate_submobject(
        self, submobject: Any, starting_submobject: Any, alpha: float
    ) -> Any:
        """Thicken or enlarge."""
        if submobject.get_fill_opacity() == 0.0:
            submobject.set_stroke(
                width=(1.0 + 0.9 * alpha) * starting_submobject.get_stroke_width()
            )
        else:
            middle = self.starting_mobject.get_center()
            points = starting_submobject.points
            submobject.set_points(middle + (1.0 + 0.18 * alpha) * (points - middle))
        return self


def _bounds(shape: Mobject) -> list[float]:
    low, high = shape.get_corner([-1, -1, 0]), shape.get_corner([1, 1, 0])
    return [float(low[0]), float(low[1]), float(high[0]), float(high[1])]
