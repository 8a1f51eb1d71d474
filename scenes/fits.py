"""What the scenes of fits share: one strength drives two panels with sentences below them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from manim import Animation, FadeIn, FadeOut, Mobject, ValueTracker, VMobject, linear

from regviz.lessons.numbers import chosen
from regviz.scenes.base import LessonScene
from regviz.scenes.labels import beside, dense
from regviz.scenes.plane import straight
from regviz.scenes.readout import Readout
from regviz.scenes.stage import HEADING_EM, LABEL_EM, TITLE_EM, Box

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.clip import Window

#: seconds that a change of text takes
CHANGE = 0.6
LEFT, RIGHT = 0, 1
#: units by which a label may leave its box
ROUNDING = 1e-6
#: from a curve's lowest point to where its name is sought, clear of the curve around it
ABOVE = np.array([0.0, 0.3, 0.0])


class FitScene(LessonScene):
    """A scene over an exhibit that has `lambdas`, 0 first, and a `best` and `case` of them.

    Attributes
    ----------
    step
        Position among the strengths; what is drawn is the nearest one.
    readout
        The strength, as a number.
    stack
        What is drawn, from the lowest to the highest; what never moves comes first.
    """

    def prepare(self) -> None:
        """Make what every fit's scene starts with."""
        self.step = ValueTracker(0.0)
        self.stack: list[Mobject] = []
        self._spoken: list[Mobject | None] = [None, None]
        self._titles: list[Mobject | None] = [None, None]
        self.readout = self._make_readout()

    def at(self) -> int:
        """Return the strength nearest to the tracker: only what was solved is drawn."""
        return round(self.step.get_value())

    @property
    def last(self) -> int:
        """The strongest penalty's index."""
        return len(self.exhibit.lambdas) - 1

    def key(self, name: str) -> str:
        """Return a text key of this lesson."""
        return f"{self.lesson}.{name}"

    def case_key(self, name: str) -> str:
        """Return a text key that differs with where the least error lies."""
        return self.key(f"{name}.{self.exhibit.case}")

    # -- text around the panels -----------------------------------------------------------

    def title(self, side: int, name: str, color: str, **values: object) -> list[Animation]:
        """Return the animations that put a title above a panel."""
        box = self.layout.panels[side].title
        sentence = self.text(self.key(f"scene.title.{name}"), **values)
        room = self._title_room(box)
        title = self.fitted(sentence, TITLE_EM, room, color=color)
        if title.height < box.height:
            title.shift(np.subtract(box.center, room.center))
        return self._change(self._titles, side, title)

    def _title_room(self, box: Box) -> Box:
        """Return a title's box with the row of readouts above it: ours stands beside, below."""
        left, right = (panel.title for panel in self.layout.panels)
        return replace(box, top=self.layout.readout.top) if left.top == right.top else box

    def untitle(self, side: int) -> list[Animation]:
        """Return the animations that take the title of a panel away."""
        return self._change(self._titles, side, None)

    def sentence(self, side: int, key: str, **values: object) -> list[Animation]:
        """Return the animations that put a sentence below a panel."""
        box = self.layout.panels[side].sentence
        text = self.fitted(self.text(key, **values), self.layout.sentence_em, box)
        return self._change(self._spoken, side, text)

    def silence(self, *sides: int) -> list[Animation]:
        """Return the animations that clear the sentences below panels, by default both."""
        return [
            change
            for side in sides or (LEFT, RIGHT)
            for change in self._change(self._spoken, side, None)
        ]

    def _change(
        self, texts: list[Mobject | None], side: int, new: Mobject | None
    ) -> list[Animation]:
        changes = self.swap(texts[side], new)
        texts[side] = new
        return changes

    def settle(self, *texts: Mobject | None) -> None:
        """Put the lettering behind what moves."""
        super().settle(*texts, *self._spoken, *self._titles)

    def _make_readout(self) -> Readout:
        longest = max((self.digits(at) for at in range(self.last + 1)), key=len)
        # It names the curve that it drives, in that curve's colour.
        color = getattr(self.theme, next(iter(self.exhibit.lam)))
        style = {"lang": self.text.lang, "em": HEADING_EM, "color": color}
        readout = Readout(r"\lambda =", longest, **style)
        readout.move_to(self.layout.panels[LEFT].title.center)
        readout.add_updater(lambda shown: shown.show(self.digits(self.at())))
        return readout

    def digits(self, at: int) -> str:
        """Return a strength in full; it has at most four digits that are not 0."""
        value = float(self.exhibit.lambdas[at])
        return np.format_float_positional(float(f"{value:.4g}"), trim="-")

    def strength(self, at: int) -> str:
        """Return a strength as it stands in a sentence."""
        return chosen(float(self.exhibit.lambdas[at]))

    # -- shapes ---------------------------------------------------------------------------

    def appear(self, *shapes: Mobject) -> list[FadeIn]:
        """Return the animations that show shapes, as the trackers now stand."""
        return [FadeIn(shape.update()) for shape in shapes]

    def vanish(self, *shapes: Mobject) -> list[FadeOut]:
        """Return the animations that take those of the shapes away that are shown."""
        return [FadeOut(shape) for shape in shapes if shape in self.mobjects]

    def show(self, *shapes: Mobject) -> None:
        """Add shapes, and put all that are shown in the order of the stack."""
        self.add(*shapes)
        self.add(*(shape for shape in self.stack if shape in self.mobjects))

    def drive(
        self,
        tracker: ValueTracker,
        to: float,
        *,
        seconds: float,
        rate: Callable[[float], float] = linear,
    ) -> None:
        """Run one tracker; everything that follows it moves."""
        self.play(tracker.animate.set_value(to), run_time=seconds, rate_func=rate)

    def label(
        self,
        name: str,
        color: str,
        points: Array,
        box: Box,
        avoid: Iterable[Array],
        **values: object,
    ) -> Mobject:
        """Return a label beside the first of some points where it is clear of polylines.

        Without a clear place it is left out: what misses a name can be read, what is written
        over cannot.
        """
        text = self.lettering(
            self.text(self.key(f"scene.label.{name}"), **values),
            LABEL_EM,
            color=color,
            halo=self.theme.background,
        )
        corner = (box.left, box.bottom, 0.0)
        axes = np.array([(box.left, box.top, 0.0), corner, (box.right, box.bottom, 0.0)])
        lines = [dense(line) for line in (axes, *avoid)]
        for point in np.atleast_2d(points):
            beside(text, point, box, lines)
            if _is_within(text, box) and not _covers(text, np.concatenate(lines)):
                return text
        return VMobject()


def fill_polygons(shape: VMobject, polygons: Any) -> VMobject:
    """Give a filled shape closed polygons of the frame, `(n_polygons, n_corners, 3)`."""
    ends = np.roll(polygons, -1, axis=1)
    shape.set_points(straight(np.stack([polygons, ends], axis=2).reshape(-1, 2, 3)))
    return shape


def as_one(shape: VMobject, curves: Iterable[Any]) -> VMobject:
    """Give a shape several lines, each a stack of straight segments `(n_segments, 2, 3)`."""
    segments = [straight(curve) for curve in curves]
    shape.set_points(np.concatenate(segments) if segments else np.empty((0, 3)))
    return shape


def _is_within(label: Mobject, box: Box) -> bool:
    left, bottom, _ = label.get_corner((-1, -1, 0)) + ROUNDING
    right, top, _ = label.get_corner((1, 1, 0)) - ROUNDING
    return bool(
        box.left <= left and right <= box.right and box.bottom <= bottom and top <= box.top
    )


def _covers(label: Mobject, points: Array) -> bool:
    low, high = label.get_corner((-1, -1, 0)), label.get_corner((1, 1, 0))
    return bool(np.any(np.all((points > low) & (points < high), axis=1, where=[1, 1, 0])))


def few(low: float, high: float) -> dict[float, str]:
    """Return a few round values between two others, and how they are written."""
    span = high - low
    step = 10.0 ** np.floor(np.log10(span / 2.0))
    step *= next(factor for factor in (5, 2, 1) if factor * step <= span / 2.0)
    # One at the axis' end would stand on its arrow.
    values = step * np.arange(np.ceil(low / step), np.floor((high - 0.04 * span) / step) + 1)
    rounded = [float(f"{value:.6g}") for value in values]
    return {value: f"${value:g}$" for value in rounded}


def seen(points: Array, window: Window) -> Array:
    """Return the points that lie in a window."""
    left, right, bottom, top = window
    x, y = points.T
    return points[(left <= x) & (x <= right) & (bottom <= y) & (y <= top)]


def frame_of(label: Mobject) -> Array:
    """Return the outline of a label's rectangle."""
    corners = [label.get_corner((x, y, 0.0)) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return np.array([*corners, corners[0]])
