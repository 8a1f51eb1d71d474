"""Where regions hold an optimum while the unregularized one crosses an axis: snap or glide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.regions import Region

#: where it is on its way, in budgets of L1 from the axis that L1's optimum is on
SHARES: Array = np.arange(-20, 21) / 20.0


@dataclass(frozen=True, kw_only=True)
class Crossed:
    """Optima of regions that stay, as the unregularized one crosses an axis.

    Attributes
    ----------
    centers
        Unregularized optima, shape `(n_steps, 2)`.
    optima
        By penalty, the optima within its region, shape `(n_steps, 2)`.
    """

    centers: Array
    optima: Mapping[str, Array]

    @property
    def held(self) -> int:
        """The step in the middle of those at which L1 has a zero."""
        steps = np.flatnonzero((self.optima["l1"] == 0.0).any(axis=1))
        return int(steps[len(steps) // 2])

    @property
    def contrasts(self) -> bool:
        """Whether L1 has a zero at several steps, not at all, and L2 moves with each."""
        zero = (self.optima["l1"] == 0.0).any(axis=1)
        moves = np.abs(np.diff(self.optima["l2"], axis=0)).max(axis=1) > 0.0
        return bool(zero.sum() >= 3 and not zero.all() and moves.all())


def crossed(loss: rm.Quadratic, sides: Mapping[str, Region]) -> Crossed | None:
    """Let the unregularized optimum cross the axis that L1's corner is on, if that holds it."""
    l1 = sides["l1"]
    if l1.case != "corner":
        return None
    is_across = l1.weights == 0.0
    centers = np.where(is_across, SHARES[:, None] * l1.budget, loss.center)
    losses = [rm.Quadratic(loss.hessian, center) for center in centers]
    optima = {
        name: np.stack([
            rm.constrained_optimum(each, side.penalty, side.budget).weights for each in losses
        ])
        for name, side in sides.items()
    }  # fmt: skip
    return Crossed(centers=centers, optima=optima)
