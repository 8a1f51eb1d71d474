"""A pull that turns: a corner holds a point through a whole cone of pulls, a smooth point not.

The pull is that of a loss which is linear, so that it is the same wherever the point moves to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import regmath as rm
    from regviz.lessons.base import Array

#: how far the pull swings inside the cone, as a share of its wider side and at most in radians
SWING_SHARE, MOST_SWING = 0.7, np.radians(40.0)
#: how far it then turns beyond the cone, and how much in each step, in radians
BEYOND, EACH = np.radians(25.0), np.radians(1.0)
#: steps that it stays there
N_STAYS = 6
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
    outside
        Step from which the pull is outside the corner's cone.
    """

    pulls: Array
    weights: Array
    outside: int


def turns(cone: Array, pull: Array) -> tuple[Array, int]:
    """Return angles by which to turn a pull, within its cone and then out of it.

    Parameters
    ----------
    cone
        Both edges of the cone, shape `(2, 2)`.
    pull
        A pull inside, shape `(2,)`.

    Returns
    -------
    angles : Array
        Shape `(n_steps,)`; the first is 0.
    outside : int
        First step outside the cone.
    """
    edges = _angle(cone) - _angle(pull)
    near, far = sorted((edges + np.pi) % (2.0 * np.pi) - np.pi, key=abs)
    way = -np.sign(far)
    swing = -way * min(SWING_SHARE * abs(far), MOST_SWING)
    there = np.linspace(0.0, swing, _n_steps(swing))
    back = np.linspace(swing, near, _n_steps(near - swing))[1:-1]
    out = near + way * np.linspace(0.0, BEYOND, _n_steps(BEYOND))[1:]
    inside = np.concatenate([there, back])
    return np.concatenate([inside, out, np.full(N_STAYS, out[-1])]), len(inside)


def turned_pull(
    penalty: rm.L1 | rm.L2, optimum: Array, budget: float, pull: Array, path: tuple[Array, int]
) -> TurnedPull:
    """Follow projected descent from an optimum; its pull turns by `path`, of :func:`turns`."""
    angles, outside = path
    directions = _angle(pull) + angles
    pulls = np.stack([np.cos(directions), np.sin(directions)], axis=1)
    weights = [optimum]
    for along in pulls[1:]:
        weights.append(penalty.project(weights[-1] + STEP * budget * along, budget))
    return TurnedPull(pulls=pulls, weights=np.stack(weights), outside=outside)


def _angle(vectors: Array) -> Array:
    angle: Array = np.arctan2(vectors[..., 1], vectors[..., 0])
    return angle


def _n_steps(turn: float) -> int:
    return 2 + int(abs(turn) / EACH)
