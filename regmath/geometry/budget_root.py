"""The penalty's strength that spends a given budget, for penalties with an L1 part."""

import math
from typing import TypeAlias

import numpy as np

from regmath._arrays import Array
from regmath.geometry.budget_polish import polish, polish_from_root
from regmath.geometry.level import Level
from regmath.geometry.minimize import minimize, rough
from regmath.geometry.scaled import EPS, Rows, Scaled
from regmath.geometry.signed_newton import solve_on
from regmath.geometry.terms import Mask

# Weights `(n, p)` and the strength `(n,)` at which a search ended.
End: TypeAlias = tuple[Array, Array]

MAX_STEPS = 200
# So near, as a share of `lam`, the polish does the rest.
NEAR = 1e-10
# A budget met to this share is spent.
SPENT = 1e-9


def spend_budget(
    problem: Scaled, level: Level, budget: Array, free: Array, floor: Array
) -> tuple[Array, Array]:
    """Find `lam` with `level(w(lam)) = budget`, and `w(lam)`, for a whole batch.

    The level falls as `lam` grows, along finitely many smooth pieces, one per set of signs.
    Newton within a bracket finds the piece; the weights and `lam` are then solved for
    together on its support, to rounding. Where the pieces are too short for that, the
    bracket is closed, and its ends are mixed so that they spend the budget: slopes change
    linearly between them.

    Parameters
    ----------
    problem : Scaled
    level : Level
        With `l1 > 0`.
    budget : array, shape (n,)
        Less than the level of `free`.
    free : array, shape (n, p)
        A minimiser of the loss.
    floor : array, shape (n,)
        A singular loss is not solved below this `lam`: the penalty would drown in rounding,
        and with it the choice among the optima.

    Returns
    -------
    weights : array, shape (n, p)
    lam : array, shape (n,)

    Raises
    ------
    UncertifiedError
        If an optimum on the way has no certificate.
    ValueError
        If a budget is so small that no weight differs from 0 in double precision.
    """
    bracket = _Bracket(problem, level, budget, free, floor)
    bracket.search()
    if not bracket.weights.any(axis=-1).all():
        raise ValueError("a budget is so small that it is lost in rounding beside the loss.")
    weights, lam = polish(problem, level, budget, bracket.weights, bracket.lam)
    wanted = rough(problem, weights, level.residual(problem, budget, weights, lam))
    if wanted.any():
        bracket.close(wanted)
        mixed, mixed_lam = bracket.mixed()
    for row in np.flatnonzero(wanted):
        at = [row]
        one = problem.take(at), level.take(at), budget[at]
        weights[at], lam[at] = _best(*one, (weights[at], lam[at]), (mixed[at], mixed_lam[at]))
    over = level(weights) > budget
    weights[over] = level.take(over).shrunk(weights[over], budget[over])
    return weights, lam


def _best(problem: Scaled, level: Level, budget: Array, polished: End, mixed: End) -> End:
    """Return, of one problem, the end of the search that meets the conditions best.

    A third one is polished from the mixed one, by way of a root of the Hessian.
    """

    def missed(end: End) -> float:
        share = float(level.residual(problem, budget, *end)[0])
        return math.inf if math.isnan(share) else share

    spent = abs(float(level(polished[0])[0] / budget[0]) - 1.0) <= SPENT
    ends = [mixed, polish_from_root(problem, level, budget, mixed[0][0], float(mixed[1][0]))]
    return min([polished, *ends] if spent else ends, key=missed)


class _Bracket:
    """Two strengths per problem with the root between them, and the optima at both."""

    def __init__(
        self, problem: Scaled, level: Level, budget: Array, free: Array, floor: Array
    ) -> None:
        self.problem, self.level = problem, level
        self.budget, self.floor = budget, floor
        # One weight at least takes its part of the budget, and pulls as that part says.
        part = 2.0 * level.l2 * level.reach(budget / problem.n_weights)
        self.high = np.abs(problem.linear).max(axis=-1) / (level.l1 + part)
        self.low = np.zeros_like(budget)
        self.at_low, self.at_high = free.copy(), np.zeros_like(free)
        self.lam, self.weights = 0.5 * self.high, np.zeros_like(free)

    def search(self) -> None:
        """Bring `lam` to the root by Newton steps, and by halving where they leave."""
        rows = np.arange(len(self.budget))
        for _ in range(MAX_STEPS):
            step = self._evaluate(rows)
            lam, low, high = self.lam[rows], self.low[rows], self.high[rows]
            inside = (low < lam + step) & (lam + step < high)
            following = np.where(inside, lam + step, 0.5 * (low + high))
            following = np.maximum(following, self.floor[rows])
            # A level met exactly needs no step, and its bracket end would forbid one of
            # length 0.
            going = (step != 0.0) & ~(np.abs(following - lam) <= NEAR * lam)
            rows = rows[going]
            if not rows.size:
                return
            self.lam[rows] = following[going]

    def close(self, wanted: Mask) -> None:
        """Halve until the ends of the wanted brackets are neighbours."""
        least = EPS * self.high
        for _ in range(MAX_STEPS):
            wide = self.high - self.low > 4.0 * EPS * self.high + least
            rows = np.flatnonzero(wanted & wide & (self.high > self.floor))
            if not rows.size:
                return
            middle = 0.5 * (self.low + self.high)[rows]
            self.lam[rows] = np.maximum(middle, self.floor[rows])
            self._evaluate(rows)

    def mixed(self) -> tuple[Array, Array]:
        """Mix the ends so that they spend the budget; the level is convex between them."""
        share = self.level.share_of(self.at_low, self.at_high, self.budget)
        weights = self.at_high + share[:, None] * (self.at_low - self.at_high)
        # Of a budget beyond the last bit of that share, what is over is taken off here.
        over = self.level(weights) > self.budget
        level = self.level.take(over)
        weights[over] = level.shrunk(weights[over], self.budget[over])
        return weights, self.high + share * (self.low - self.high)

    def _evaluate(self, rows: Rows) -> Array:
        """Solve at `lam`, move one end of the bracket there, and return Newton's step."""
        problem, level = self.problem.take(rows), self.level.take(rows)
        lam, budget = self.lam[rows], self.budget[rows]
        weights = minimize(problem, lam * level.l1, lam * level.l2)
        excess = level(weights) - budget
        over, within = rows[excess > 0.0], rows[excess <= 0.0]
        self.weights[rows] = weights
        self.low[over], self.high[within] = self.lam[over], self.lam[within]
        self.at_low[over], self.at_high[within] = self.weights[over], self.weights[within]
        return _newton_step(problem, level, weights, lam, budget, excess)


def _newton_step(
    problem: Scaled, level: Level, weights: Array, lam: Array, budget: Array, excess: Array
) -> Array:
    """Newton on the secular equation `1 / |pull| = 1 / (its value at the budget)`.

    On a piece `dw/dlam = -(H + 2 lam l2)^-1 pull`, and `|pull|^2` is the level but for
    constants; its inverse is nearly straight. For L1 this is Newton on the level.
    """
    pull = level.pull(weights)
    curved = level.curved(problem.hessian, lam)
    rate = (pull * solve_on(weights != 0.0, curved, pull)).sum(axis=-1)
    now = np.square(pull).sum(axis=-1)
    wanted = 4.0 * level.l2 * budget + np.square(level.l1) * np.count_nonzero(weights, axis=-1)
    bend = 2.0 * now / (wanted + np.sqrt(now * wanted) + (now == 0.0))
    # Without a support there is no rate: the infinite step makes the caller bisect.
    forever = np.full_like(excess, np.inf)
    return np.asarray(np.divide(excess * bend, rate, out=forever, where=rate > 0.0))
