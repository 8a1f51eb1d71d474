"""A picture as data: panels, and the marks and labels in them, by role; drivers move them.

No colour, font, sentence or drawing code stands here: sentences are named by key, and a role's
colour, dash and marker are the theme's. A figure, a video and a page draw the same picture.

What moves is a function of drivers, each a position among computed steps. An array that depends
on drivers has a leading axis for each, in the order of `by`; a medium looks up a position and
never computes between two.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from regviz.lessons import space
from regviz.lessons.clip import clip_segments
from regviz.lessons.numbers import chosen, counted

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from regviz.lessons.base import Array
    from regviz.lessons.story import Stop

#: a `chart` has axes of unequal scales, a `plane` of equal ones; `bars` and `line` have a level
#: axis alone, `bars` with a row for each bar, by its upright value; a `sketch` is a plane that
#: has no axes; `space` is one, too, whose points `(n, 3)` are seen from an angle
PanelKind = Literal["chart", "plane", "sketch", "bars", "line", "space"]
#: rows of points: `line` and `area` (closed) take any number, `band` goes up one side and back
#: the other, `rule` takes two and `arrow` two for each arrow, and `point`, `bar` (its end) and
#: `cells` (centres, each a unit wide) mark each; a `surface` is facets, in space, such as
#: :func:`regviz.lessons.space.surface` returns; rows of NaN are not there. A bar starts at 0:
#: level in a panel of kind `bars`, upright in a chart. Of a `text` something is written at each
MarkKind = Literal[
    "line", "area", "band", "point", "arrow", "bar", "rule", "cells", "surface", "text"
]
Weight = Literal["strong", "plain", "fine"]
#: `hollow` is drawn as an outline, `faint` stands back behind what is told now
Look = Literal["solid", "hollow", "faint"]
#: what is written at each value of an axis, in our sentences' markup
Ticks = Mapping[float, str]
#: least share of a window between two ticks
APART = 0.07
#: kinds of panels of equal scales
EQUAL = ("plane", "sketch", "space")
#: kinds of panels that have no axes
BARE = ("sketch", "space")
#: kinds of marks whose points are joined
LINES = ("line", "area", "band", "arrow", "rule")
#: positions of drivers by name
Positions = Mapping[str, int]


@dataclass(frozen=True)
class Said:
    """A sentence by its key, with what its places are filled with: numbers and signs."""

    key: str
    values: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Driver:
    """What moves a picture: a slider in a page, a tracker in a video, a place in a figure.

    Attributes
    ----------
    name
        Also that of the value in a page, and of a parameter that it starts from, if any.
    values
        What it may be, ascending, each of few digits, shape `(n_steps,)`.
    rest
        Position where it stands before it is moved.
    told
        Whether the story alone moves it: a page has no control for it.
    places
        Where its values stand on the level axis of what is dragged, if not at themselves.
    """

    name: str
    values: Array
    rest: int
    told: bool = False
    places: Array | None = None


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One part of a picture: a window on values, with axes and what is said around it.

    Attributes
    ----------
    limits
        `(left, right, bottom, top)` after the axes of the drivers: a chart closes in by one.
        A plane fills its room, and so shows more than that on two sides: what runs out of it
        must go on, twice as far at least.
    axes
        What the level and the upright axis show.
    ticks
        What is written at values of both, such as :func:`numbered` returns.
    toned
        Roles of what is written along the upright axis, by value; nothing for what stands back.
    cross
        Where the axes cross; beyond what is seen, they stand at its edge, and the upright one
        only if it has numbers.
    title
        What it is, above it in a video and in a page.
    heading, summary, foot
        What a figure says above it, under that and small below it.
    role
        Colour of its title and heading, if it has one of its own.
    gap
        Where the level axis is broken: between 0 and values that are counted in tenfolds.
    mirrored
        Whether what is written along the upright axis of a chart stands on its right.
    turned
        Names of the drivers, in degrees, by which a panel of kind `space` is turned and tilted.
    small
        Whether it shares the place of one panel with those beside it that are small, too: see
        :func:`columns`.
    """

    name: str
    kind: PanelKind
    limits: Array
    axes: tuple[Said, Said]
    ticks: tuple[Ticks, Ticks]
    cross: tuple[float, float]
    title: Said
    heading: Said
    summary: Said
    foot: Said
    by: tuple[str, ...] = ()
    role: str = "ink"
    toned: Mapping[float, str] = field(default_factory=dict)
    gap: float | None = None
    mirrored: bool = False
    turned: tuple[str, str] | None = None
    small: bool = False

    def read(self, place: Array) -> Array:
        """Return a place of it in the numbers that its axes show."""
        if self.gap is None:
            return place
        across, up = place
        return np.array([0.0 if across < self.gap else 10.0**across, up])

    def draws_upright(self, left: float, right: float) -> bool:
        """Say whether there is an upright axis where values between these two are seen."""
        if self.kind in ("line", *BARE):
            return False
        return self.kind == "bars" or bool(self.ticks[1]) or left <= self.cross[0] <= right


@dataclass(frozen=True)
class Mark:
    """Something to see in a panel.

    Attributes
    ----------
    points
        Values `(n, 2)`, or `(n, 3)` in space, after the axes of the drivers in `by`. A row of
        NaN breaks a line, and what has no other rows is not there, nor its label. A mark that
        rides has none of its own.
    rides, row
        Name of a mark whose points this one takes, and which row, as an array with an axis for
        each driver in `by`.
    grip
        Name of the parameter that a page's reader changes by dragging this point, if any.
    way
        Whether an arrowhead on the line says which way it runs, where it stands still: a video
        walks it.
    moved
        Name of the page's own value that has how far its reader dragged each of these points,
        level and upright, if they can be dragged.
    texts
        What is written at each point, of a mark of kind `text`; beyond the window nothing is.
    """

    name: str
    panel: str
    kind: MarkKind
    role: str
    points: Array | None = None
    by: tuple[str, ...] = ()
    rides: str | None = None
    row: NDArray[np.intp] | None = None
    weight: Weight = "plain"
    look: Look = "solid"
    grip: str | None = None
    way: bool = False
    moved: str | None = None
    texts: tuple[Said, ...] = ()


def marks_in(panel: str, ending: str = "") -> Callable[..., Mark]:
    """Return what makes a panel's marks, whose names end so; after points come the drivers."""

    def mark(what: str, kind: MarkKind, role: str, at: Array, *by: str, **how: Any) -> Mark:
        return Mark(f"{what}{ending}", panel, kind, role, at, by, **how)

    return mark


def marker(name: str, panel: str = "") -> Callable[..., Mark]:
    """Return what makes marks that are called after a name: `mark("ball", ...)` is `ball-l1`.

    They stand in the panel of that name or in another.
    """
    return marks_in(panel or name, f"-{name}")


@dataclass(frozen=True)
class Label:
    """The name of a mark, seen whenever the mark is; it stands by it, and follows it.

    Attributes
    ----------
    of
        The mark's name.
    said
        What is written.
    spots
        Where along the mark it may stand, in shares of its seen length, the best first. A chart
        keeps room on its right for labels that stand best at the end, 1.
    numbers, by
        What fills the place `{value}` of the sentence, with an axis for each driver in `by`.
    still
        Whether only a picture that stands still has it: a video says it in words or readouts.
    inside
        Whether it stands along the middle of its band, which has room, and not along its edge.
    bold
        Whether it names what the picture is about, such as an optimum.
    """

    of: str
    said: Said
    spots: tuple[float, ...] = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0)
    numbers: Array | None = None
    by: tuple[str, ...] = ()
    still: bool = False
    inside: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Readout:
    """A number that follows drivers, behind its symbol, such as `lambda = 0.8`.

    Attributes
    ----------
    symbol
        In our part of TeX, between dollar signs, the same in all languages; or a sentence.
    numbers
        What it says, with an axis for each driver in `by`.
    panel
        The panel by which it stands; without one it is of the whole picture.
    of
        Name of the point whose number it is, if any: it has the marker of that.
    """

    name: str
    symbol: str | Said
    role: str
    numbers: Array
    by: tuple[str, ...]
    panel: str | None = None
    of: str | None = None

    def written(self, value: float) -> str:
        """Return a number of it as it is written: those of a count are whole."""
        return f"{value:.0f}" if self._counts else counted(value)

    @cached_property
    def longest(self) -> str:
        """The longest of its numbers as they are written, for which there must be room."""
        seen = np.unique(self.numbers[np.isfinite(self.numbers)])
        return max(map(self.written, seen.tolist()), key=len)

    @cached_property
    def _counts(self) -> bool:
        seen = self.numbers[np.isfinite(self.numbers)]
        return bool(np.array_equal(seen, np.round(seen)))


@dataclass(frozen=True)
class Fields:
    """Numbers that stand together in a page, and that its reader may write.

    What each is called stands under `page.field` by what its name begins with, such as `esl`
    of `esl-l2`: in a wide window they are columns of a table.

    Attributes
    ----------
    said, role
        What they are together, and its colour.
    moves
        Name of the driver on which each depends first, ascending or descending, by its own.
    """

    said: Said
    role: str
    moves: Mapping[str, str]


@dataclass(frozen=True)
class Term:
    """A part of a formula in TeX, with its role and the mark that it belongs to, if any."""

    tex: str
    role: str
    mark: str | None = None


@dataclass(frozen=True)
class Formula:
    """A formula whose terms have roles: a term lights up together with its mark.

    It stands by its panel; without one it is of the whole picture.
    """

    name: str
    terms: tuple[Term, ...]
    panel: str | None = None


def chart(
    lesson: str,
    name: str,
    limits: ArrayLike,
    ticks: tuple[Ticks, Ticks],
    foot: Said | None = None,
    *,
    names: Sequence[str] = (),
    values: Mapping[str, float | str] | None = None,
    **how: Any,
) -> Panel:
    """Return a panel whose sentences stand under `title`, `heading`, `summary` and `axis`.

    It is a chart whose axes cross at 0, but for what else is given of a :class:`Panel`. What
    the data call the axes are `names`, each of which fills the place `{name}` of its axis;
    `values` fill places of all sentences. Without a foot it is the one under `foot`.
    """
    told = dict(values or {})
    called = zip("xy", [{**told, "name": of} for of in names] or [told, told], strict=True)
    lines = ("title", "heading", "summary")
    usual: dict[str, Any] = {
        "kind": "chart",
        "axes": tuple(Said(f"{lesson}.axis.{name}.{axis}", of) for axis, of in called),
        "cross": (0.0, 0.0),
        **{line: Said(f"{lesson}.{line}.{name}", told) for line in lines},
    }
    return Panel(
        name=name, limits=np.asarray(limits, dtype=float), ticks=ticks,
        foot=foot or Said(f"{lesson}.foot.{name}", told), **usual | how,
    )  # fmt: skip


def with_own(values: ArrayLike, own: float) -> tuple[Array, int]:
    """Return what a driver may be, ascending, a parameter's own value among it, and where."""
    found = np.unique(np.append(values, own))
    return found, int(np.searchsorted(found, own))


def numbered(*values: float) -> Ticks:
    """Return ticks that say their own value."""
    return {value: f"${chosen(value, 6)}$" for value in values}


def thinned(ticks: Ticks, low: float, high: float, apart: float = 0.0) -> Ticks:
    """Return the ticks that a window shows: of two that are close, the one that is named first.

    So a panel that closes in may have ticks for all that it shows on the way. What is written
    may need them further `apart`, in shares of the window.
    """
    space = max(APART, apart) * (high - low)
    kept: dict[float, str] = {}
    for at, written in ticks.items():
        least = min((abs(at - other) for other in kept), default=math.inf)
        if low <= at <= high and least >= space:
            kept[at] = written
    return kept


def are_names(ticks: Ticks) -> bool:
    """Say whether names stand along an axis: of numbers some may be left out, of names none."""
    return any(not written.startswith("$") for written in ticks.values())


def rounded(low: float, high: float, most: int = 5) -> Ticks:
    """Return ticks at all multiples between two values of a round step.

    The step is the least of 1, 2 or 5 times a power of ten that goes at most so many times
    into the distance of the two, or more often where that leaves fewer than two ticks.
    """
    least = (high - low) / most
    power = 10.0 ** math.floor(math.log10(least))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    if last <= first:
        return rounded(low, high, most + 1)
    return alike([round(index * step, 12) + 0.0 for index in range(first, last + 1)])


def inside(points: Array, window: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    """Say which points `(..., 2)` are seen in a window; those on its edge are."""
    low, high = np.array(window).reshape(2, 2).T
    air = 1e-9 * (high - low)
    found: NDArray[np.bool_] = ((points >= low - air) & (points <= high + air)).all(axis=-1)
    return found


def alike(values: Sequence[float]) -> Ticks:
    """Return ticks that say their own value, all with as many decimals; 0 is just that."""
    ticks = numbered(*values)
    if any("times" in written or "^" in written for written in ticks.values()):
        return ticks
    most = max(len(written.strip("$").partition(".")[2]) for written in ticks.values())
    return {at: f"${at:.{most}f}$" if at else "$0$" for at in ticks}


def columns(small: Mapping[str, bool]) -> list[list[str]]:
    """Return names of panels by the place they take: small ones in a row share one.

    Where there are no others, each has one of its own.
    """
    alone = all(small.values())
    places = groupby(small, key=lambda name: "" if small[name] and not alone else name)
    return [list(names) for _, names in places]


def nearest(values: Array, wanted: float) -> int:
    """Return the position of the value next to the one wanted; the first of two."""
    return min(range(len(values)), key=lambda index: abs(float(values[index]) - wanted))


@dataclass(frozen=True, kw_only=True)
class Picture:
    """All there is to see; marks from below to above.

    Attributes
    ----------
    says
        The claims about this setting that a page shows under its picture, in order. A claim's
        name is that of what it is about: a claim named after a mark has that mark's colour.
    free
        Names of the marks that a page shows before a guided step is taken; all, if none.
    knobs
        What a page's controls of parameters offer, by name, ascending; nothing for one that
        has a few choices, or that is dragged alone. None for all parameters, each by hundredths
        of its range.
    either
        Names of parameters of which one is given and the others are None: a page has a choice
        of which.
    presets
        What is worth seeing in a page: values of drivers and parameters by the name of a
        sentence under `preset`.
    fields, written
        Numbers that a page's reader may write, such as one in several units, and what they are
        with drivers at their positions, by name.
    snippets
        Text to copy from a page by what it is called, such as code by its language; a place
        `{name}` in it is filled with the number of that field.
    """

    panels: tuple[Panel, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...] = ()
    drivers: tuple[Driver, ...] = ()
    readouts: tuple[Readout, ...] = ()
    formulas: tuple[Formula, ...] = ()
    says: tuple[str, ...] = ()
    knobs: Mapping[str, Array] | None = None
    either: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    presets: Mapping[str, Mapping[str, float | str | tuple[float, ...]]] = field(
        default_factory=dict
    )
    fields: tuple[Fields, ...] = ()
    written: Callable[[Positions], Mapping[str, float]] = lambda _: {}
    snippets: Mapping[str, str] = field(default_factory=dict)

    def panel(self, name: str) -> Panel:
        """Return the panel of this name."""
        return next(panel for panel in self.panels if panel.name == name)

    def mark(self, name: str) -> Mark:
        """Return the mark of this name."""
        return next(mark for mark in self.marks if mark.name == name)

    def within(self, panel: str, *begin: str) -> tuple[str, ...]:
        """Return the names of a panel's marks, of those that begin so if that is given."""
        every = (mark.name for mark in self.marks if mark.panel == panel)
        return tuple(name for name in every if name.startswith(begin or ""))

    def driver(self, name: str) -> Driver:
        """Return the driver of this name."""
        return next(driver for driver in self.drivers if driver.name == name)

    @property
    def rest(self) -> dict[str, int]:
        """Where all drivers stand before they are moved."""
        return {driver.name: driver.rest for driver in self.drivers}

    def points(self, mark: Mark, at: Positions) -> Array:
        """Return where a mark is seen, shape `(n, 2)`, with the drivers at these positions."""
        if mark.rides is not None:
            assert mark.row is not None
            row = int(mark.row[_index(mark.by, at)])
            return self.points(self.mark(mark.rides), at)[row : row + 1]
        angles = self._angles(mark, at)
        found = self._own(mark, at)
        return found if angles is None else space.project(found, *angles)

    def facets(self, mark: Mark, at: Positions) -> tuple[Array, NDArray[np.int_]]:
        """Return the facets of a surface, farthest first, and the percentages of its colour.

        Shapes `(n, CORNERS, 2)` and `(n,)`; see :func:`regviz.lessons.space.facets`.
        """
        angles = self._angles(mark, at)
        assert angles is not None
        return space.facets(self._own(mark, at), *angles)

    def _own(self, mark: Mark, at: Positions) -> Array:
        assert mark.points is not None
        found: Array = mark.points[_index(mark.by, at)]
        return found

    def _angles(self, mark: Mark, at: Positions) -> tuple[float, float] | None:
        """Return the degrees by which a panel in space is turned and tilted; None elsewhere."""
        turned = self.panel(mark.panel).turned
        if turned is None:
            return None
        turn, tilt = (float(self.driver(name).values[at[name]]) for name in turned)
        return turn, tilt

    def is_there(self, mark: Mark, at: Positions) -> bool:
        """Say whether a mark has any points with the drivers at these positions."""
        return not bool(np.isnan(self.points(mark, at)).all())

    def limits(self, panel: Panel, at: Positions) -> tuple[float, float, float, float]:
        """Return what a panel's window shows, `(left, right, bottom, top)`."""
        left, right, bottom, top = panel.limits[_index(panel.by, at)].tolist()
        return left, right, bottom, top

    def named(self, stop: Stop, panel: Panel) -> tuple[Label, ...]:
        """Return the labels of a panel's marks of which something is seen."""
        return tuple(
            label
            for label in self.labels_in(panel)
            if label.of in stop.shown and self._is_seen(self.mark(label.of), stop.at)
        )

    def _is_seen(self, mark: Mark, at: Positions) -> bool:
        """Say whether any of a mark lies in its panel's window."""
        points = self.points(mark, at)
        whole = points if mark.kind in LINES else points.repeat(2, axis=0)
        return bool(len(clip_segments(whole, self.limits(self.panel(mark.panel), at))))

    def along(self, label: Label, at: Positions) -> Array:
        """Return the points along which a label may stand, `(n, 2)`."""
        points = self.points(self.mark(label.of), at)
        if not label.inside:
            return points
        upper, lower = np.split(points, 2)
        middle: Array = (upper + lower[::-1]) / 2.0
        return middle

    def label_at(self, label: Label, at: Positions) -> Said:
        """Return what a label says with the drivers at these positions."""
        if label.numbers is None:
            return label.said
        value = float(label.numbers[_index(label.by, at)])
        return Said(label.said.key, {**label.said.values, "value": value})

    def moves_by(self, mark: Mark) -> frozenset[str]:
        """Return the drivers that a mark moves by, that of its panel and what it rides on."""
        ridden = self.moves_by(self.mark(mark.rides)) if mark.rides is not None else frozenset()
        panel = self.panel(mark.panel)
        return ridden | {*mark.by, *panel.by, *(panel.turned or ())}

    def labels_in(self, panel: Panel, *, moves: bool = False) -> tuple[Label, ...]:
        """Return the labels of a panel's marks, of a picture that moves or stands still."""
        return tuple(
            label
            for label in self.labels
            if self.mark(label.of).panel == panel.name and not (moves and label.still)
        )

    def at_ends(self, panel: Panel) -> tuple[Label, ...]:
        """Return the labels that stand best at the end of their line, beside their chart."""
        return tuple(label for label in self.labels_in(panel) if label.spots[:1] == (1.0,))


def _index(by: tuple[str, ...], at: Positions) -> tuple[int, ...]:
    return tuple(at[name] for name in by)
