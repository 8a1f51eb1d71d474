"""The penalty's strength that spends a given budget, for penalties with an L1 part."""

import numpy as np

from regmath._arrays import Array, matrix_times
from regmath.geometry.level import Level
from regmath.geometry.minimize import minimize, rough
from regmath.geometry.scaled import EPS, Rows, Scaled
from regmath.geometry.signed_newton import solve_on
from regmath.geometry.terms import Mask

MAX_STEPS = 200
POLISHES = 2
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
    weights, lam = _polish(problem, level, budget, bracket.weights, bracket.lam)
    share = level.residual(problem, budget, weights, lam)
    wanted = rough(problem, weights, share)
    if wanted.any():
        bracket.close(wanted)
        mixed, mixed_lam = bracket.mixed()
        mixed_share = level.residual(problem, budget, mixed, mixed_lam)
        spent = np.abs(level(weights) / budget - 1.0) <= SPENT
        better = wanted & ~(spent & (share <= mixed_share))
        weights[better], lam[better] = mixed[better], mixed_lam[better]
        for row in np.flatnonzero(wanted):
            one, at, bound = problem.take([row]), level.take([row]), budget[[row]]
            refined = _from_root(one, at, bound, mixed[row], mixed_lam[row])
            found = at.residual(one, bound, *refined)[0]
            if found < at.residual(one, bound, weights[[row]], lam[[row]])[0]:
                weights[row], lam[row] = refined[0][0], refined[1][0]
    over = level(weights) > budget
    weights[over] = level.take(over).shrunk(weights[over], budget[over])
    return weights, lam


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


def _polish(
    problem: Scaled, level: Level, budget: Array, found: Array, lam: Array
) -> tuple[Array, Array]:
    """Newton on stationarity and the budget together, on the support found.

    For L1 both are linear, and one solve is exact. The other steps refine rounding.
    """
    # The signs found stay, even if a weight at rounding's size should pass zero.
    signs, weights = np.sign(found), found
    n, p = weights.shape
    support = np.column_stack((signs != 0.0, np.ones(n, dtype=bool)))
    for _ in range(POLISHES):
        pull = level.l1[:, None] * signs + 2.0 * level.l2[:, None] * weights
        slope = problem.linear - matrix_times(problem.hessian, weights) - lam[:, None] * pull
        system = np.zeros((n, p + 1, p + 1))
        system[:, :p, :p] = level.curved(problem.hessian, lam)
        system[:, :p, p] = system[:, p, :p] = pull
        right = np.column_stack((slope, budget - level(weights)))
        move = solve_on(support, system, right)
        weights, lam = weights + move[:, :p], lam + move[:, p]
    return np.where(weights * signs > 0.0, weights, 0.0), np.maximum(lam, 0.0)


def _from_root(
    problem: Scaled, level: Level, budget: Array, start: Array, lam: float
) -> tuple[Array, Array]:
    """Polish one problem from a root of its Hessian, moving on the budget only.

    Where two columns are nearly one, the budget settles how the weight is divided among
    them: the directions that keep to it are far from flat.
    """
    root, target = problem.root(0)
    weights, support = start.copy(), start != 0.0
    columns, signs = root[:, support], np.sign(start[support])

    def pull() -> Array:
        return np.asarray(level.l1[0] * signs + 2.0 * level.l2[0] * weights[support])

    for _ in range(POLISHES):
        basis, _ = np.linalg.qr(pull()[:, None], mode="complete")
        along, across = basis[:, 0], basis[:, 1:]
        step = along * (budget[0] - level(weights[None])[0]) / (along @ pull())
        curved = np.vstack((columns, np.sqrt(2.0 * lam * level.l2[0]) * np.eye(len(signs))))
        rest = np.concatenate((target - root @ weights, np.zeros(len(signs)))) - curved @ step
        weights[support] += step + across @ np.linalg.lstsq(curved @ across, rest)[0]
        slope = columns.T @ (target - root @ weights)
        lam = max(float(slope @ pull() / (pull() @ pull())), 0.0)
    kept = np.where(weights * start > 0.0, weights, 0.0)
    return kept[None], np.array([lam])
