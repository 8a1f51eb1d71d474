"""Parts of a picture that have their like beside them, such as L1's and L2's paths."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.lessons.numbers import chosen
from regviz.lessons.picture import Label, Mark, Panel, Picture, Readout
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from regviz.lessons.base import Array
    from regviz.lessons.picture import MarkKind, Said, Ticks

#: sides that are penalties, whose panels have a title and a role of theirs
PENALTIES = ("l1", "l2")


class Side:
    """Panels, marks and labels of one side; their names end in its own: `path-l1`.

    Parameters
    ----------
    lesson
        The slug of the lesson, in whose sentences what a panel shows, such as `path`, has the
        names of its axes, and a penalty the title, the heading and the foot of its panels.
    name
        The side's.
    """

    def __init__(self, lesson: str, name: str) -> None:
        self.name, self.say = name, Voice(lesson)
        self.role = name if name in PENALTIES else "ink"

    def panels(self) -> list[Panel]:
        """Return the panels of this side."""
        raise NotImplementedError

    def marks(self) -> list[Mark]:
        """Return the marks of this side, from below to above."""
        raise NotImplementedError

    def labels(self) -> list[Label]:
        """Return the labels of marks, some of which need not be there."""
        return []

    def readouts(self) -> list[Readout]:
        """Return numbers that stand by panels of this side."""
        return []

    def panel(
        self,
        what: str,
        limits: ArrayLike,
        ticks: tuple[Ticks, Ticks] = ({}, {}),
        *,
        summary: str = "",
        values: Mapping[str, float | str] | None = None,
        **looks: Any,
    ) -> Panel:
        """Return a panel whose axes cross at the lower left; one of the still has a summary."""
        window, told = np.asarray(limits, dtype=float), values or {}
        is_penalty = self.name in PENALTIES
        heading, foot = (f"{line}.{self.name}" if summary else "nothing"
                         for line in ("heading", "foot"))  # fmt: skip
        return Panel(
            **{
                "name": f"{what}-{self.name}",
                "kind": "chart",
                "limits": window,
                "axes": (self.say(f"axis.{what}.x"), self.say(f"axis.{what}.y", **told)),
                "ticks": ticks,
                "cross": tuple(window.reshape(-1, 4)[0, [0, 2]].tolist()),
                "title": self.say(
                    f"title.{self.name if is_penalty else f'{what}-{self.name}'}", **told
                ),
                "heading": self.say(heading, **told),
                "summary": self.say(summary or "nothing", **told),
                "foot": self.say(foot, **told),
                "role": self.role,
                **looks,
            }
        )

    def mark(
        self, what: str, panel: str, kind: MarkKind, points: Array, by: tuple[str, ...] = (),
        role: str = "", **looks: Any,
    ) -> Mark:  # fmt: skip
        """Return a mark, with this side's role if it has no other."""
        own, where = (f"{name}-{self.name}" for name in (what, panel))
        return Mark(own, where, kind, role or self.role, points, by, **looks)

    def label(
        self, what: str, key: str, spots: tuple[float, ...] = Label.spots, **more: Any
    ) -> Label:
        """Return the label of a mark, by the key of its sentence under `name`."""
        values = more.pop("values", {})
        return Label(f"{what}-{self.name}", self.say(f"name.{key}", **values), spots, **more)

    def readout(
        self, what: str, symbol: Said, numbers: Array, by: tuple[str, ...], panel: str, of: str
    ) -> Readout:
        """Return a number of one of this side's marks, which stands by one of its panels."""
        own, where, mark = (f"{name}-{self.name}" for name in (what, panel, of))
        return Readout(own, symbol, self.role, numbers, by, where, mark)


def gathered(
    parts: Sequence[Side],
    free: tuple[str, ...],
    hidden: tuple[str, ...] = (),
    readouts: tuple[Readout, ...] = (),
    **more: Any,
) -> Picture:
    """Return a picture of all these parts, in order; of no mark that has no points.

    Freely a page shows what is in these panels, or in panels of these kinds, such as `paths`,
    but for what is `hidden`.
    """
    marks = tuple(mark for part in parts for mark in part.marks() if _is_there(mark))
    named = {mark.name for mark in marks}
    return Picture(
        panels=tuple(panel for part in parts for panel in part.panels()),
        marks=marks,
        labels=tuple(each for part in parts for each in part.labels() if each.of in named),
        free=tuple(
            mark.name
            for mark in marks
            if {mark.panel, mark.panel.rpartition("-")[0]} & {*free} and mark.name not in hidden
        ),
        readouts=(*readouts, *(each for part in parts for each in part.readouts())),
        **more,
    )


def _is_there(mark: Mark) -> bool:
    return mark.points is None or mark.points.size > 0


def tenfolds(left: float, right: float, most: int = 5) -> Ticks:
    """Return the powers of ten between two logarithms, at most so many, the last among them."""
    within = range(math.ceil(left), math.floor(right) + 1)
    every = max(1, math.ceil(len(within) / most))
    return {float(at): f"${chosen(10.0**at)}$" for at in within[::-every]}
