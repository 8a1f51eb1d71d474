"""The labels of a picture's marks in a scene: they keep their sides through a section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from manim import VGroup, VMobject

from regviz.lessons.clip import clip_segments
from regviz.lessons.lines import present
from regviz.lessons.numbers import chosen
from regviz.lessons.picture import LINES
from regviz.lessons.placing import Place, Sight, Wish, along, coarse, place, spaced
from regviz.scenes.lens import AXIS, Axes
from regviz.scenes.marks_drawn import size_of
from regviz.scenes.stage import LABEL_EM, halo
from regviz.scenes.texts import Texts

if TYPE_CHECKING:
    from regviz.lessons.axes import Lens
    from regviz.lessons.base import Array
    from regviz.lessons.box import Box
    from regviz.lessons.picture import Label, Panel, Picture, Positions
    from regviz.lessons.story import Step, Stop
    from regviz.scenes.base import LessonScene

#: a section, and the panels that are seen in a part of it: labels have one side in each
Part = tuple[str, tuple[str, ...]]


#: how far a label glides when its place changes, in units
NUDGE = 0.25


class Lettered(VGroup):
    """A label and its leader; it looks as its last `draw` says.

    Parameters
    ----------
    scene, picture, label
        What it is a label of.
    passed
        How the picture stands at all positions that the story passes: what it then says is
        what there is to be room for.

    Attributes
    ----------
    places
        Where it stands, in each part of the story that shows it.
    moves
        Whether it is on its way to another side: it would cross others, so it goes, and comes.
    """

    def __init__(
        self, scene: LessonScene, picture: Picture, label: Label, passed: Sequence[Stop]
    ) -> None:
        self.label, self._picture, self._passed = label, picture, passed
        self.mark = picture.mark(label.of)
        self._color = getattr(scene.theme, self.mark.role)
        self._scene = scene
        self._texts: dict[str, Array] = {}
        self.letters = VMobject(stroke_width=0, fill_color=self._color, fill_opacity=1.0)
        halo(self.letters, scene.theme.background, LABEL_EM)
        self.leader = VMobject(stroke_color=self._color, stroke_width=AXIS)
        super().__init__(self.leader, self.letters)
        self.places: dict[Part, Place] = {}
        self.moves = False
        self._wishes: dict[Part, Wish] = {}

    def size(self) -> tuple[float, float]:
        """Return the size of the widest that it will say."""
        sizes = [np.ptp(self._points(sentence), axis=0) for sentence in self._sentences()]
        wide, high, _ = np.max(sizes, axis=0)
        return float(wide), float(max(high, 0.7 * LABEL_EM))

    def anchors(self, at: Positions, lens: Lens) -> Array:
        """Return where along its mark it may stand, the best first, in the frame."""
        points = self._picture.along(self.label, at)
        if self.mark.kind in ("point", "cells", "bar"):
            points = present(points)
            if len(points):
                return lens.place(points)
        else:
            segments = lens.place(clip_segments(points, lens.window))
            if len(segments):
                return along(segments, self.label.spots)
        return np.full((1, 2), np.nan)

    def draw(self, at: Positions, lens: Lens, parts: Sequence[Part], share: float) -> None:
        """Stand on the way from the place in one part to that in another."""
        known = [part for part in parts if part in self.places]
        anchors = self.anchors(at, lens)
        if not known or np.isnan(anchors).any():
            self.letters.set_points(np.zeros((0, 3)))
            self.leader.set_points(np.zeros((0, 3)))
            return
        stood = [self._stood(part, anchors) for part in (known[0], known[-1])]
        aside = stood[1][0] - stood[0][0]
        self.moves = bool(np.hypot(*aside) > NUDGE)
        middle = stood[round(share)][0] if self.moves else stood[0][0] + share * aside
        points = self._points(self._sentence(at))
        self.letters.set_points(points + np.array([*middle, 0.0]))
        leader = stood[round(share)][1]
        if leader is None:
            self.leader.set_points(np.zeros((0, 3)))
            return
        half = np.ptp(points, axis=0)[:2] / 2
        end = np.clip(leader, middle - half, middle + half)
        self.leader.set_points_as_corners([[*leader, 0.0], [*end, 0.0]])

    def _stood(self, part: Part, anchors: Array) -> tuple[Array, Array | None]:
        """Return the label's middle in a part, and where its leader starts, if it has one."""
        found, wish = self.places[part], self._wishes[part]
        anchor = anchors[min(found.anchor, len(anchors) - 1)]
        if found.leaders is not None:
            return found.middles[0], anchor
        stands = next(i for i in range(len(found.middles)) if wish.sees(i))
        return anchor + found.middles[stands] - wish.anchors[stands, found.anchor], None

    def placed(self, part: Part, found: Place, wish: Wish) -> None:
        """Stand there in a part of the story."""
        self.places[part], self._wishes[part] = found, wish

    # -- what it says ------------------------------------------------------------------------

    def _sentence(self, at: Positions) -> str:
        return self._scene.text.say(self._picture.label_at(self.label, at))

    def _sentences(self) -> list[str]:
        label = self.label
        if label.numbers is None:
            return [self._scene.text.say(label.said)]
        seen = [stop.at for stop in self._passed if label.of in stop.shown]
        places = {tuple(at[name] for name in label.by) for at in seen or [self._picture.rest]}
        numbers = [float(label.numbers[place]) for place in places]
        longest = max(sorted(numbers), key=lambda one: len(chosen(one)))
        said = type(label.said)(label.said.key, {**label.said.values, "value": longest})
        return [self._scene.text.say(said)]

    def _points(self, sentence: str) -> Array:
        """Return the outline of a sentence about its middle."""
        if sentence not in self._texts:
            lettering = self._scene.lettering(sentence, LABEL_EM, bold=self.label.bold)
            parts = lettering.family_members_with_points()
            points = parts[0].points
            low, high = points.min(axis=0), points.max(axis=0)
            self._texts[sentence] = points - (low + high) / 2
        return self._texts[sentence]


def place_all(
    part: Part,
    panel: Panel,
    letters: Sequence[Lettered],
    glances: Sequence[Stop],
    view: tuple[Box, Axes],
    picture: Picture,
    shapes: Mapping[str, VMobject],
) -> None:
    """Give the labels of a panel one side each for a part of the story."""
    box, axes = view
    seen = _different(picture, panel, glances)
    lenses = [axes.lens(box, picture.limits(panel, stop.at)) for stop in seen]
    sights = [
        _sight(picture, panel, stop, lens, axes, shapes)
        for stop, lens in zip(seen, lenses, strict=True)
    ]
    wishes, placed = [], []
    for each in letters:
        there = [each.label.of in stop.shown for stop in seen]
        anchors = [each.anchors(stop.at, lens) for stop, lens in zip(seen, lenses, strict=True)]
        there = [one and not np.isnan(a).any() for one, a in zip(there, anchors, strict=True)]
        if not any(there):
            continue
        n_anchors = max(len(a) for a in anchors)
        known = next(a for a, one in zip(anchors, there, strict=True) if one)
        filled = [
            _padded(a if one else known, n_anchors)
            for a, one in zip(anchors, there, strict=True)
        ]
        reach = size_of(each.mark) if each.mark.kind in ("point", "cells") else 0.0
        wishes.append(Wish(each.size(), np.stack(filled), reach, tuple(there)))
        placed.append(each)
    frame = (box.left, box.bottom, box.right, box.top)
    for each, found, wish in zip(
        placed, place(frame, wishes, sights, LABEL_EM), wishes, strict=True
    ):
        each.placed(part, found, wish)


def _padded(anchors: Array, count: int) -> Array:
    return np.concatenate([anchors, np.repeat(anchors[-1:], count - len(anchors), axis=0)])


def _different(picture: Picture, panel: Panel, glances: Sequence[Stop]) -> list[Stop]:
    """Return the moments at which a panel looks different."""
    marks = [mark for mark in picture.marks if mark.panel == panel.name]
    found: dict[object, Stop] = {}
    for stop in glances:
        names = frozenset(mark.name for mark in marks) & stop.shown
        moving = set(panel.by).union(*(picture.moves_by(m) for m in marks if m.name in names))
        found.setdefault((names, tuple(sorted((n, stop.at[n]) for n in moving))), stop)
    return list(found.values())


def _sight(
    picture: Picture,
    panel: Panel,
    stop: Stop,
    lens: Lens,
    axes: Axes,
    shapes: Mapping[str, VMobject],
) -> Sight:
    """Return what labels of a panel stay clear of at a moment."""
    axes.draw(lens)
    boxes, lines = [spaced(axes.obstacles, LABEL_EM), axes.heads], [axes.lines]
    for mark in picture.marks:
        if mark.panel != panel.name or mark.name not in stop.shown:
            continue
        points = picture.points(mark, stop.at)
        if mark.kind in LINES:
            cut = lens.place(clip_segments(points, lens.window))
            lines.append(coarse(cut, 0.5 * LABEL_EM))
            continue
        shape = shapes[mark.name]
        if isinstance(shape, Texts):
            boxes.append(shape.boxes(points, lens))
            continue
        middles = lens.place(present(points))
        if mark.kind == "bar":
            lines.append(_bar_lines(panel, middles, lens))
        else:
            half = size_of(mark)
            boxes.append(np.concatenate([middles - half, middles + half], axis=1))
    return Sight(np.concatenate(boxes), np.concatenate(lines))


def _bar_lines(panel: Panel, ends: Array, lens: Lens) -> Array:
    starts = ends.copy()
    axis = 0 if panel.kind == "bars" else 1
    starts[:, axis] = lens.place(np.array(panel.cross, dtype=float))[axis]
    return np.stack([starts, ends], axis=1)


def glances(
    steps: Sequence[tuple[Step, Stop]], rest: Positions, n: int | None = None
) -> list[Stop]:
    """Return how a picture stands after each step, and at `n` moments of runs, or at all.

    Of a run of fewer positions each is seen once: what is drawn by chance jumps.
    """
    found, before = [], dict(rest)
    for step, stop in steps:
        start = {**{name: before[name] for name in step.run}, **step.put}
        every = 1 + max((abs(goal - start[name]) for name, goal in step.run.items()), default=0)
        count = min(every, n or every)
        for share in np.linspace(0.0, 1.0, count) if step.run else (1.0,):
            way = {
                name: round(start[name] + share * (goal - start[name]))
                for name, goal in step.run.items()
            }
            found.append(replace(stop, at={**stop.at, **way}))
        before = dict(stop.at)
    return found
