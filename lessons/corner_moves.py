"""What becomes of optima that regions hold as the loss moves.

A pull turns: a corner holds a point through a whole cone of pulls, a smooth point does not. The
pull is that of a loss which is linear, so that it is the same wherever the point moves to. Or
the unregularized optimum crosses an axis: L1's snaps to it, L2's glides over it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.regions import Region

#: how far the pull swings inside the cone, as a share of its wider side and at most in radians
SWING_SHARE, MOST_SWING = 0.7, math.radians(40.0)
#: how far it then turns beyond the cone, in radians
BEYOND = math.radians(25.0)
#: steps there, back to the cone's near edge, out beyond it, and of staying there
THERE, BACK, OUT, STAYS = 16, 40, 24, 6
#: first step outside the cone
OUTSIDE = THERE + BACK + 1
#: angles of a pull that does not turn
UNTURNED: Array = np.zeros(OUTSIDE + OUT + STAYS)
#: length of a step of descent, in budgets
STEP = 0.1
#: where the unregularized optimum is on its way, in budgets of L1 from the axis that it crosses
SHARES: Array = np.arange(-20, 21) / 20.0


@dataclass(frozen=True, kw_only=True)
class TurnedPull:
    """Descent from an optimum, held by its region, while the pull turns.

    Attributes
    ----------
    pulls
        Directions of the pull, of length 1, shape `(n_steps, 2)`; the first is the loss's own.
    weights
        Where descent stands under each, shape `(n_steps, 2)`; the first is the optimum.
    """

    pulls: Array
    weights: Array


def turns(cone: Array, pull: Array) -> Array:
    """Return angles by which to turn a pull, within its cone and from step `OUTSIDE` beyond.

    Parameters
    ----------
    cone
        Both edges of the cone, shape `(2, 2)`.
    pull
        A pull inside, shape `(2,)`.

    Returns
    -------
    angles
        Shape of `UNTURNED`, in radians; the first is 0.
    """
    edges = _angle(cone) - _angle(pull)
    near, far = sorted((edges + np.pi) % (2.0 * np.pi) - np.pi, key=abs)
    way = -np.sign(far)
    swing = -way * min(SWING_SHARE * abs(far), MOST_SWING)
    there = np.linspace(0.0, swing, THERE + 1)
    back = np.linspace(swing, near, BACK + 2)[1:-1]
    out = near + way * np.linspace(0.0, BEYOND, OUT + 1)[1:]
    return np.concatenate([there, back, out, np.full(STAYS, out[-1])])


def turned_pull(held: Region, angles: Array) -> TurnedPull:
    """Follow projected descent from an optimum whose pull turns by `angles`.

    A pull of 0, and one that does not turn, leaves it where it is.
    """
    if not held.pull.any():
        angles = UNTURNED
    directions = _angle(held.pull) + angles
    pulls = np.stack([np.cos(directions), np.sin(directions)], axis=1)
    weights = [held.weights]
    for along, angle in zip(pulls[1:], angles[1:], strict=True):
        ahead = weights[-1] + STEP * held.budget * along
        moved = held.penalty.project(ahead, held.budget)
        weights.append(moved if angle else held.weights)
    return TurnedPull(pulls=pulls, weights=np.stack(weights))


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
    losses = rm.Quadratic(np.broadcast_to(loss.hessian, (len(centers), 2, 2)), centers)
    optima = {
        name: rm.constrained_optimum(losses, side.penalty, side.budget).weights
        for name, side in sides.items()
    }
    return Crossed(centers=centers, optima=optima)


def _angle(vectors: Array) -> Array:
    angle: Array = np.arctan2(vectors[..., 1], vectors[..., 0])
    return angle
