"""Ways of descent across the contours of a loss of two weights, walked step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.lines import joined, over, squared
from regviz.lessons.picture import Mark
from regviz.lessons.walks import walked

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.clip import Window

#: air around the ways, in what they span, which counts as so much at least
AIR, LEAST = 0.16, 0.5
#: contours from the middle to beyond the edge, and points of each
N_CONTOURS, N_POINTS = 8, 181


@dataclass(frozen=True, kw_only=True)
class DescentPlane:
    """What the panel `plane` shows.

    Attributes
    ----------
    loss
        The loss.
    ways
        Iterates by rule from one start, each `(n_steps + 1, 2)`.
    """

    loss: rm.Quadratic
    ways: Mapping[str, Array]

    @cached_property
    def window(self) -> Window:
        """What is seen, square: all ways, the loss's lowest point, and 0."""
        points = np.vstack([*self.ways.values(), self.loss.center, np.zeros(2)])
        return squared(points, AIR, LEAST)

    @property
    def ticks(self) -> tuple[parts.Ticks, parts.Ticks]:
        """Numbers along both axes."""
        return parts.rounded(*self.window[:2], 4), parts.rounded(*self.window[2:], 4)

    def marks(self, roles: Mapping[str, str]) -> list[Mark]:
        """Return contours at even distances, the lowest point, the start, and walked ways.

        Of what is in ink the way alone is there.
        """
        center, (left, right, *_) = self.loss.center, self.window
        distances = (right - left) / N_CONTOURS * np.arange(1, N_CONTOURS + 1)
        contours = rm.level_set(self.loss, center + over(distances, 0.0), N_POINTS)
        start = next(iter(self.ways.values()))[:1]
        marks = [
            Mark("contours", "plane", "line", "loss", joined(contours), weight="fine"),
            Mark("plane-goal", "plane", "point", "loss", center[None], grip="plane_center"),
            Mark("plane-start", "plane", "point", "ink", start, look="hollow",
                 grip="plane_start"),
        ]  # fmt: skip
        for rule, way in self.ways.items():
            line, dot = walked(f"way-{rule}", "plane", roles[rule], way)
            marks += [line] if dot.role == "ink" else [line, dot]
        return marks
