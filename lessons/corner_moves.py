"""What becomes of optima that regions hold as the loss moves.

A pull turns: a corner holds a point through a whole cone of pulls, a smooth point does not. The
pull is that of a loss which is linear, so that it is the same wherever the point moves to. Or
the unregularized optimum crosses an axis: L1's snaps to it, L2's glides over it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm

if TYPE_CHECKING:
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
UNTURNED: rm.Array = np.zeros(OUTSIDE + OUT + STAYS)
#: length of a step of descent, in budgets
STEP = 0.1
#: where the unregularized optimum is on its way, in budgets of L1 from the axis that it crosses
SHARES: rm.Array = np.arange(-20, 21) / 20.0


def turned(sides: Mapping[str, Region]) -> dict[str, rm.Array]:
    """Follow projected descent from optima whose pull turns within L1's cone, and beyond.

    Where no corner holds L1 nothing turns.

    Returns
    -------
    By penalty, where descent stands and the direction of the pull, of length 1, shape
    `(n_steps, 2, 2)`; first the optimum and the loss's own.
    """
    l1 = sides["l1"]
    angles = _turns(l1.cone, l1.pull) if l1.case == "corner" else UNTURNED
    # A pull of 0 has no direction to turn.
    return {
        name: _followed(side, angles if side.pull.any() else UNTURNED)
        for name, side in sides.items()
    }


def _turns(cone: rm.Array, pull: rm.Array) -> rm.Array:
    """Return angles by which to turn a pull within its cone, and from step `OUTSIDE` beyond.

    The cone is given by both of its edges.
    """
    edges = _angle(cone) - _angle(pull)
    near, far = sorted((edges + np.pi) % (2.0 * np.pi) - np.pi, key=abs)
    way = -np.sign(far)
    swing = -way * min(SWING_SHARE * abs(far), MOST_SWING)
    there = np.linspace(0.0, swing, THERE + 1)
    back = np.linspace(swing, near, BACK + 2)[1:-1]
    out = near + way * np.linspace(0.0, BEYOND, OUT + 1)[1:]
    return np.concatenate([there, back, out, np.full(STAYS, out[-1])])


def _followed(held: Region, angles: rm.Array) -> rm.Array:
    directions, stands = _angle(held.pull) + angles, [held.weights]
    pulls = np.stack([np.cos(directions), np.sin(directions)], axis=1)
    for along, angle in zip(pulls[1:], angles[1:], strict=True):
        ahead = stands[-1] + STEP * held.budget * along
        stands.append(held.penalty.project(ahead, held.budget) if angle else held.weights)
    return np.stack([stands, pulls], axis=1)


def _angle(vectors: rm.Array) -> rm.Array:
    angle: rm.Array = np.arctan2(vectors[..., 1], vectors[..., 0])
    return angle


def crossed(loss: rm.Quadratic, sides: Mapping[str, Region]) -> dict[str, rm.Array]:
    """Let the unregularized optimum cross the axis that L1's corner is on; the regions stay.

    Returns
    -------
    By penalty, and `free` without any, the optima, shape `(n_steps, 2)`; NaN where no corner
    holds L1.
    """
    l1 = sides["l1"]
    if l1.case != "corner":
        return dict.fromkeys(("free", *sides), np.full((len(SHARES), 2), np.nan))
    centers = np.where(l1.weights == 0.0, SHARES[:, None] * l1.budget, loss.center)
    losses = rm.Quadratic(np.broadcast_to(loss.hessian, (len(centers), 2, 2)), centers)
    found = {n: rm.constrained_optimum(losses, s.penalty, s.budget) for n, s in sides.items()}
    return {"free": centers, **{name: best.weights for name, best in found.items()}}


def waits(way: Mapping[str, rm.Array]) -> int | None:
    """Return the step in the middle of those at which L1 has a zero, as the other crosses.

    None where they are few or all, or L2 does not move at each step.
    """
    steps = np.flatnonzero((way["l1"] == 0.0).any(axis=1))
    moves = (np.diff(way["l2"], axis=0) != 0.0).any(axis=1)
    is_seen = 3 <= len(steps) < len(way["l1"]) and moves.all()
    return int(steps[len(steps) // 2]) if is_seen else None
