"""What the parts of feature selection's picture share: sentences, panels and numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from regviz.lessons.numbers import chosen
from regviz.lessons.picture import Panel, PanelKind, Ticks
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from regviz.lessons.base import Array

PENALTIES = ("l1", "l2")
say = Voice("feature-selection")


def panel(
    name: str,
    kind: PanelKind,
    limits: Array,
    *,
    ticks: tuple[Ticks, Ticks] = ({}, {}),
    cross: tuple[float, float] = (0.0, 0.0),
    values: Mapping[str, float] | None = None,
    by: tuple[str, ...] = (),
    toned: Mapping[float, str] | None = None,
    summary: str = "",
) -> Panel:
    """Return a panel; one with a summary is of the still, of which a figure says more."""
    what, _, of = name.partition("-")
    told = values or {}
    heading, foot = (f"{line}.{of}" if summary else "nothing" for line in ("heading", "foot"))
    return Panel(
        name=name,
        kind=kind,
        limits=limits,
        axes=(say(f"axis.{what}.x"), say(f"axis.{what}.y", **told)),
        ticks=ticks,
        cross=cross,
        title=say(f"title.{of if of in PENALTIES else name}", **told),
        heading=say(heading, **told),
        summary=say(summary or "nothing", **told),
        foot=say(foot, **told),
        by=by,
        toned=toned or {},
        role=of if of in PENALTIES else "ink",
    )


def powers(left: float, right: float, most: int = 5) -> Ticks:
    """Return the powers of ten between two logarithms, at most so many, the last among them."""
    within = range(math.ceil(left), math.floor(right) + 1)
    every = max(1, math.ceil(len(within) / most))
    return {float(at): f"${chosen(10.0**at)}$" for at in within[::-every]}


def few(low: float, high: float) -> dict[float, str]:
    """Return about three round numbers between two, all with the same decimals."""
    size = 10.0 ** math.floor(math.log10((high - low) / 3.0))
    step = next(part * size for part in (1, 2, 5, 10) if (high - low) / (part * size) <= 4.5)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    places = range(math.ceil(low / step), math.floor(high / step) + 1)
    return {
        round(at * step, decimals) + 0.0: f"${round(at * step, decimals) + 0.0:.{decimals}f}$"
        if at
        else "$0$"
        for at in places
    }
