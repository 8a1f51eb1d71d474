"""Knobs that several lessons share; a lesson's `Parameters` derives from a group.

Like :mod:`regviz.lessons.parameters`, this imports no NumPy: declarations are read without
loading a lesson's mathematics.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regviz.lessons.parameters import (
    Choice,
    Encoding,
    File,
    Knobs,
    Name,
    Names,
    Number,
    Point,
    Separator,
    Strength,
    knob,
)

if TYPE_CHECKING:
    from regviz.lessons.data.frames import Frame

__all__ = ["DataKnobs", "OneWeightKnobs", "PathKnobs", "PlaneKnobs"]


@dataclass(frozen=True)
class OneWeightKnobs(Knobs):
    """Knobs of the loss `curvature / 2 * (w - center)**2` and the strength of its penalty."""

    curvature: float = knob(2.0, Number(0.1, 10.0), "second derivative of the loss")
    center: float = knob(1.0, Number(-3.0, 3.0), "weight that minimizes the loss alone")
    lam: float = knob(1.0, Strength(0.0, 100.0), "penalty strength of the still picture")


@dataclass(frozen=True)
class DataKnobs(Knobs):
    """Knobs of a lesson that lives on data: ours, or the lecturer's own file."""

    data: str | Frame | None = knob("diabetes", File(), "data to learn from")
    target: str | None = knob(None, Name(), "column to predict; needed for a file of your own")
    features: tuple[str, ...] | None = knob(
        None, Names(), "columns to learn from; by default all of numbers"
    )
    drop: tuple[str, ...] | None = knob(None, Names(), "columns to leave out")
    dummies: tuple[str, ...] | None = knob(
        None, Names(), "columns to make indicators of, one for each level but the first"
    )
    missing: str = knob("refuse", Choice(("refuse", "drop")), "rows that lack a value")
    separator: str | None = knob(
        None, Separator(), "what stands between cells; by default recognised"
    )
    encoding: str | None = knob(
        None, Encoding(), "how letters became bytes; by default recognised"
    )


@dataclass(frozen=True)
class PathKnobs(DataKnobs):
    """Knobs of a lesson about the path of a data set."""

    lam: float | str | None = knob(
        None,
        Strength(0.0001, 100.0, from_data=True),
        "penalty strength for standardized columns; by default L1 drops about half of them",
    )


@dataclass(frozen=True)
class PlaneKnobs(DataKnobs):
    """Knobs of a loss of two weights, given by numbers or by data, not by both."""

    rho: float = knob(0.3, Number(-0.9, 0.9), "correlation of the two features")
    curvature: tuple[float, float] = knob(
        (1.0, 1.0), Point(0.2, 5.0), "second derivative of the loss in each weight"
    )
    center: tuple[float, float] = knob(
        (0.3, 1.9), Point(-5.0, 5.0), "unregularized optimum of the loss"
    )
    data: str | Frame | None = knob(None, File(), "take the loss from these data")
