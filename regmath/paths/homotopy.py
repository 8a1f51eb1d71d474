"""The lasso's optimum as `lambda` falls from its largest value to 0, one event at a time."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from regmath._arrays import Array
from regmath.paths.active_basis import ActiveBasis

EPS = float(np.finfo(np.float64).eps)
# Correlations this close to lambda, as a share of lambda_max, are at lambda.
TIED = 5e-14
# Events closer than this share of lambda_max are looked at together, with more care.
CROWDED = 1e-9
# A correlation that falls no slower than lambda, to this much, has no wish to enter.
CONTENT = 1e-11
# Weights that grow slower than this share of the fastest do not grow.
FLAT = 1e-13
# Rounding, in events of well separated columns, after which the state is recomputed.
WEAR = 2e5
# A set of signs holds on one interval of lambda. Rounding may bring it back at its ends, but
# one that comes back more often than this does so for ever.
RETURNS = 3
# Events, or changes within one, for each feature before a path is given up: few are real.
PATIENCE = 1000

Features = NDArray[np.intp]


# A `lambda`, the active features there, and the signs and sizes of their weights, a row each.
Knot = tuple[float, Features, Array]


class Homotopy:
    """State of the homotopy at one `lambda`, and how it changes as `lambda` falls.

    The columns of the active features are multiplied by the signs of their weights, so that
    the weights' sizes are what is computed. `sizes` grow by `slope` for every unit that
    `lam` falls; the features' correlations with the residual are `rest + lam * rate`. Both
    follow from the active correlations being equal to `lam`.

    Parameters
    ----------
    X : array, shape (length, n_features)
        Scaled so that `target @ X` are the correlations at zero weights.
    target : array, shape (length,)
    target_length : float
        Of the target before any part outside the columns' span was taken away. It sets how
        large a correlation may be by rounding alone.
    """

    def __init__(self, X: Array, target: Array, target_length: float) -> None:
        length, n_features = X.shape
        room = min(n_features, length)
        self.X, self.target = X, target
        self.basis = ActiveBasis(room, length)
        self.features: Features = np.empty(room, dtype=np.intp)
        # The last are lengths of the active columns: units do not matter where weights are
        # compared.
        self._state = np.empty((4, room))
        self.signs, self.sizes, self.slope, self.spans = self._state
        self.rest, self.rate = target @ X, np.zeros(n_features)
        self.lam = math.inf
        lambda_max = float(np.abs(self.rest).max())
        self.lengths = np.sqrt(np.einsum("ij,ij->j", X, X))
        self.longest = float(self.lengths.max())
        rounding = 8.0 * EPS * self.longest * target_length
        self.tie = max(TIED * lambda_max, rounding)
        self.crowd = max(CROWDED * lambda_max, rounding)
        # 1, or infinity for features that cannot enter: the active ones, and the parked
        # ones, which stay at lambda without being active because active ones explain them.
        self.gate = np.ones(n_features)
        self.parked: Features = np.empty(0, dtype=np.intp)
        self.wear = 0.0
        self.knots: list[Knot] = []
        # A hash of the active features with their signs, and how often it was met.
        self._pattern = 0
        self._met: dict[int, int] = {}
        self._wish, self._root = np.empty((2, n_features))

    def run(self) -> list[Knot]:
        """Follow the path to `lambda = 0` and return its knots.

        Where it gets lost among nearly dependent columns, the knots do not reach 0.

        Raises
        ------
        ValueError
            If there are more events than `PATIENCE` for each feature.
        """
        limit = PATIENCE * len(self.rest)
        # Whatever overflows there is found out by who checks the knots.
        with np.errstate(all="ignore"):
            for _ in range(limit):
                if not self._advance():
                    return self.knots
                if self.wear > WEAR:
                    self._refresh()
                if self._goes_round():
                    return self.knots
        raise ValueError(
            f"the lasso path of this X and y has more than {limit} events, {PATIENCE} for each "
            "feature, before lambda reaches 0; ask for the optimum at the strengths you need."
        )

    def _advance(self) -> bool:
        """Go to the next event and through it; False when there is none above 0."""
        entering, enters, runner_up = self._next_entry()
        leaving, leaves, second = self._next_exit()
        lam = min(max(enters, leaves), self.lam)
        if lam <= self.tie:
            self._end(max(lam, 0.0))
            return False
        crowded = max(runner_up, second, min(enters, leaves)) > lam - self.crowd
        crowded = crowded or self.lam - lam < self.crowd
        self._fall_to(lam, self._time_left(leaving) if leaves > enters else self.lam - lam)
        if crowded or self.parked.size:
            self._settle(self._at_zero(leaving if leaves > enters else -1))
        elif leaves > enters:
            self.sizes[leaving] = 0.0
            self.knots.append(self._knot())
            self._leave(leaving)
        else:
            self._try(entering)
        return True

    def _end(self, lam: float) -> None:
        """Go to 0, past events that are lost in rounding.

        Where columns differ in size by more than doubles have digits, such an event, at
        `lam`, can still turn the path of a larger one. There the optimum stays as it is: no
        correlation exceeds `lam`.
        """
        size = self.basis.size
        at_end = (self.sizes[:size] + self.lam * self.slope[:size]) * self.spans[:size]
        astray = max(np.abs(self.rest).max(), -self.longest * at_end.min(initial=0.0))
        if astray > self.crowd:
            self._fall_to(lam, self.lam - lam)
            self.knots.append(self._knot())
            self.slope[:size] = 0.0
        self._fall_to(0.0, self.lam)
        self.sizes[self._at_zero(-1)] = 0.0
        self.knots.append(self._knot())

    def _goes_round(self) -> bool:
        """Whether the active features and their signs have come back too often."""
        times = self._met.get(self._pattern, 0) + 1
        self._met[self._pattern] = times
        return times > RETURNS + len(self.rest)

    def _try(self, entering: int) -> None:
        """Let a feature enter; if its column depends on the active ones, park it."""
        knot = self._knot()
        if self._enter(entering, 1.0 if self.rest[entering] > 0.0 else -1.0):
            self.knots.append(knot)
        else:
            self._park(np.array([entering]))

    def _time_left(self, leaving: int) -> float:
        """Return by how much `lam` falls until a weight is zero, unrounded by `lam` itself.

        Weights of twins swap within less than `lam` can resolve; with a rounded fall the one
        that stays would be off by what the one that leaves still has.
        """
        return max(0.0, float(-self.sizes[leaving] / self.slope[leaving]))

    def _fall_to(self, lam: float, by: float) -> None:
        size = self.basis.size
        if size:
            self.sizes[:size] += by * self.slope[:size]
        self.lam = lam

    def _knot(self) -> Knot:
        size = self.basis.size
        return self.lam, self.features[:size].copy(), self._state[:2, :size].copy()

    def _next_entry(self) -> tuple[int, float, float]:
        """Return the feature that next reaches `lambda`, where, and where the second does.

        Of the two lines `+lam` and `-lam` a correlation can only meet, above `lam = 0`, the
        one on the side of its value at 0. A feature that has just left starts on the other
        side of 0, so that it is not mistaken for one that enters.
        """
        if self.basis.full:
            return -1, 0.0, 0.0
        wish, root = self._wish, self._root
        np.copysign(self.gate, self.rest, wish)
        np.subtract(wish, self.rate, wish)
        np.divide(self.rest, wish, root)
        first = root.argmax()
        lam = root.item(first)
        root[first] = 0.0
        return int(first), lam, root.item(root.argmax())

    def _next_exit(self) -> tuple[int, float, float]:
        """Return the place of the weight that next reaches zero, where, and the second's."""
        size = self.basis.size
        if not size:
            return -1, 0.0, 0.0
        sizes, slope = self.sizes[:size], self.slope[:size]
        at_end = self.lam * slope
        at_end += sizes
        if at_end.item(at_end.argmin()) >= 0.0:
            return -1, 0.0, 0.0
        closing = (at_end < 0.0).nonzero()[0]
        roots = self.lam + sizes[closing] / slope[closing]
        first = roots.argmax()
        lam = roots.item(first)
        roots[first] = 0.0
        return int(closing[first]), lam, roots.item(roots.argmax())

    def _enter(self, feature: int, sign: float) -> bool:
        """Make a feature active; False when its column depends on the active ones."""
        place = self.basis.size
        column = self.X[:, feature]
        added = self.basis.append(sign * column)
        if added is None:
            return False
        direction, mix, height = added
        self.features[place], self.signs[place] = feature, sign
        self.spans[place] = self.lengths[feature]
        self.sizes[place] = self.slope[place] = 0.0
        self.gate[feature] = math.inf
        self._pattern ^= hash((feature, sign))
        self._turn(direction, mix, (1.0 - sign * self.rate.item(feature)) / height)
        return True

    def _leave(self, place: int) -> None:
        """Make the feature at `place` inactive; the last one takes its place."""
        direction, mix = self.basis.remove(place)
        self._pattern ^= hash((self.features.item(place), self.signs.item(place)))
        self._turn(direction, mix, -self.slope.item(place) / mix.item(place))
        self.gate[self.features[place]] = 1.0
        last = self.basis.size
        self.features[place] = self.features[last]
        self._state[:, place] = self._state[:, last]

    def _turn(self, direction: Array, mix: Array, amount: float) -> None:
        """Turn the path below `lam` by one unit vector in the span of the active columns."""
        reach = self.spans[: mix.size] * mix
        self.wear += float(reach.dot(reach))
        self.slope[: mix.size] += amount * mix
        seen = direction.dot(self.X)
        seen *= amount
        self.rate += seen
        # Correlations do not jump at this lambda.
        seen *= self.lam
        self.rest -= seen

    def _refresh(self) -> None:
        """Recompute the state from the data, so that rounding does not pile up."""
        size = self.basis.size
        columns = self.X.T[self.features[:size]] * self.signs[:size, np.newaxis]
        remainder, pull = self.basis.equal_products(self.target, columns)
        self.rest, self.rate = remainder @ self.X, pull @ self.X
        fits = np.stack((self.target - remainder - self.lam * pull, pull))
        self.sizes[:size], self.slope[:size] = self.basis.coefficients(fits, columns)
        self.wear = 0.0

    def _at_zero(self, leaving: int) -> Features:
        """Return the places of weights so small that correlations do not notice them."""
        size = self.basis.size
        zero = self.sizes[:size] * self.spans[:size] * self.longest <= self.tie
        if leaving >= 0:
            zero[leaving] = True
        return np.flatnonzero(zero)

    def _settle(self, at_zero: Features) -> None:
        """Pass an event at which several features may enter or leave.

        The direction of the optimum below `lam` is itself a least-squares problem, with
        weights that must not fall below zero for the features that stand at zero. Lawson
        and Hanson's scheme solves it: its objective falls at every change.
        """
        active = self.features[: self.basis.size].copy()
        self.sizes[at_zero] = 0.0
        knot = self._knot()
        correlations = self.rest + self.lam * self.rate
        tied = np.abs(correlations) >= self.lam - self.tie
        tied[active] = False
        tied[active[at_zero]] = True
        for place in at_zero[::-1]:
            self._leave(int(place))
        waiting = tied.nonzero()[0]
        side = np.sign(correlations[waiting])
        refused = self._admit(waiting, side)
        self._refresh()
        self._park(waiting[refused | (np.abs(1.0 - side * self.rate[waiting]) <= CONTENT)])
        if not np.array_equal(np.sort(active), np.sort(self.features[: self.basis.size])):
            self.knots.append(knot)

    def _park(self, explained: Features) -> None:
        """Bar features that active ones explain; those barred before are free again."""
        self.gate[self.parked] = 1.0
        self.gate[self.features[: self.basis.size]] = math.inf
        self.parked = explained[np.isfinite(self.gate[explained])]
        self.gate[self.parked] = math.inf

    def _admit(self, waiting: Features, side: Array) -> NDArray[np.bool_]:
        """Let waiting features enter until the others are content; tell who was refused."""
        settled = self.basis.size
        refused = np.zeros(waiting.shape, dtype=bool)
        # The objective falls at every change, but for rounding: hence a bound.
        for _ in range(PATIENCE * waiting.size):
            wish = 1.0 - side * self.rate[waiting]
            wish[refused | np.isin(waiting, self.features[settled : self.basis.size])] = 0.0
            keenest = int(wish.argmax())
            if wish[keenest] <= CONTENT:
                break
            before = self.slope[settled : self.basis.size].copy()
            if self._enter(int(waiting[keenest]), float(side[keenest])):
                self._retreat(settled, np.append(before, 0.0))
            refused[keenest] = waiting[keenest] not in self.features[settled : self.basis.size]
        return refused

    def _retreat(self, settled: int, before: Array) -> None:
        """Let features leave whose weight would turn negative, first come first."""
        while True:
            now = self.slope[settled : self.basis.size]
            # A weight that would stay at zero leaves too: its sign would be rounding.
            growth = now * self.spans[settled : self.basis.size]
            wrong = (growth <= FLAT * np.abs(growth).max(initial=0.0)).nonzero()[0]
            if not wrong.size:
                return
            shares = (before / np.maximum(before - now, before))[wrong]
            first = int(np.nan_to_num(shares).argmin())
            before += float(shares[first]) * (now - before)
            place = int(wrong[first])
            self._leave(settled + place)
            before[place] = before[-1]
            before = before[:-1]
