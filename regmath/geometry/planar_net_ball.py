"""The optimum of a two-weight loss in the elastic net's ball, arc by arc."""

import numpy as np

from regmath._arrays import Array
from regmath.geometry.level import Level
from regmath.geometry.planar_lasso import SIGNS
from regmath.geometry.scaled import Scaled

MAX_NEWTON_STEPS = 30
# Of `lam`; Newton's error after it is its square.
LAST_STEP = 1e-8


def planar_net_ball(problem: Scaled, level: Level, budget: Array) -> tuple[Array, Array]:
    """Minimise `1/2 w'Hw - b'w` subject to `level(w) = budget`, for a whole batch.

    The ball is what four discs have in common, one for each quadrant's signs. Of its four
    corners, the one on either axis that the loss pulls at is tried first; otherwise the
    optimum is on one of the four arcs, and its multiplier solves that disc's secular equation.

    Parameters
    ----------
    problem : Scaled
        With two weights.
    level : Level
        With `l1 > 0`.
    budget : array, shape (n,)

    Returns
    -------
    weights : array, shape (n, 2)
        At a corner the other weight is exactly 0.0. A row is nan where rounding hides the
        arc.
    multiplier : array, shape (n,)
    """
    weights = np.full(problem.linear.shape, np.nan)
    lam = np.full(budget.shape, np.nan)
    reach = level.reach(budget)
    for axis in (0, 1):
        corner, pull = _corner(problem, level, reach, axis)
        holds = pull >= 0.0
        weights[holds], lam[holds] = corner[holds], pull[holds]
    # Most optima have the signs of the unregularized one.
    guess = np.where(problem.center < 0.0, -1.0, 1.0)
    for turn in SIGNS:
        rows = np.flatnonzero(np.isnan(lam))
        if not rows.size:
            break
        found, strength = _on_arc(
            problem.take(rows), level.take(rows), budget[rows], guess[rows] * turn
        )
        holds = strength > 0.0
        weights[rows[holds]], lam[rows[holds]] = found[holds], strength[holds]
    return weights, lam


def _corner(problem: Scaled, level: Level, reach: Array, axis: int) -> tuple[Array, Array]:
    """Return the corner that the loss pulls at, and its multiplier: -1 if it is no optimum."""
    own, other = problem.linear[:, axis], problem.linear[:, 1 - axis]
    corner = np.zeros_like(problem.linear)
    corner[:, axis] = np.copysign(reach, own) + 0.0
    along = np.abs(own) - problem.hessian[:, axis, axis] * reach
    lam = along / (level.l1 + 2.0 * level.l2 * reach)
    across = other - problem.hessian[:, 0, 1] * corner[:, axis]
    held = np.abs(across) <= lam * level.l1
    return corner, np.where(held, lam, -1.0)


def _on_arc(problem: Scaled, level: Level, budget: Array, signs: Array) -> tuple[Array, Array]:
    """Return the optimum on the disc of these signs, and its multiplier, or -1 for neither.

    Newton on `1 / |pull|`, with `pull = l1 signs + 2 l2 w`, which is concave and rises: from
    `lam = 0`, below the root, its steps only grow `lam`.
    """
    h11, h12, h22 = (problem.hessian[:, i, j] for i, j in ((0, 0), (0, 1), (1, 1)))
    b1, b2 = problem.linear.T
    s1, s2 = level.l1 * signs.T
    twice = 2.0 * level.l2
    wanted = 2.0 * twice * budget + 2.0 * np.square(level.l1)
    radius = np.sqrt(wanted)
    lam = np.zeros_like(budget)
    with np.errstate(all="ignore"):  # a singular loss ends as nan, and is nobody's optimum
        for _ in range(MAX_NEWTON_STEPS):
            k11, k22 = h11 + lam * twice, h22 + lam * twice
            area = k11 * k22 - h12 * h12
            r1, r2 = b1 - lam * s1, b2 - lam * s2
            w1, w2 = (k22 * r1 - h12 * r2) / area, (k11 * r2 - h12 * r1) / area
            p1, p2 = s1 + twice * w1, s2 + twice * w2
            norm2 = p1 * p1 + p2 * p2
            # In this order it does not cancel where l2 is small.
            excess = s1 * w1 + s2 * w2 + 0.5 * twice * (w1 * w1 + w2 * w2) - budget
            rate = (k22 * p1 * p1 - 2.0 * h12 * p1 * p2 + k11 * p2 * p2) / area
            step = excess * 2.0 * norm2 / ((wanted + radius * np.sqrt(norm2)) * rate)
            step = np.maximum(step, -lam)
            # The last step is taken to first order: the next would be rounding.
            w1 -= step * (k22 * p1 - h12 * p2) / area
            w2 -= step * (k11 * p2 - h12 * p1) / area
            lam += step
            if not (step > LAST_STEP * lam).any():
                break
        inside = (w1 * signs[:, 0] > 0.0) & (w2 * signs[:, 1] > 0.0) & (lam > 0.0)
    return np.array((w1, w2)).T, np.where(inside, lam, -1.0)
