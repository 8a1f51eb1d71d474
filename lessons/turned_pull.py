"""A pull that turns: a corner holds a point through a whole cone of pulls, a smooth point not.

The pull is that of a loss which is linear, so that it is the same wherever the point moves to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

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


def _angle(vectors: Array) -> Array:
    angle: Array = np.arctan2(vectors[..., 1], vectors[..., 0])
    return angle
