"""The lasso's optimum as `lambda` falls from its largest value to 0, one event at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regmath._arrays import Array
from regmath.paths.active_basis import ActiveBasis

# Correlations this close to lambda, as a share of lambda_max, are at lambda.
TIED = 5e-14
# Events closer than this share of lambda_max are looked at together, with more care.
CROWDED = 1e-9
# A correlation that falls no slower than lambda, to this much, has no wish to enter.
CONTENT = 1e-11
# Weights that grow slower than this share of the fastest do not grow.
FLAT = 1e-13
# After so many events the state is recomputed from the data.
REFRESH = 8

Knot = tuple[float, NDArray[np.intp], Array]


class Homotopy:
    """State of the homotopy: the optimum as an affine function of `lambda`.

    Below the last event, with the columns of the active features multiplied by the signs
    of their weights, the optimum's size is `intercept - lam * slope` on the active features
    and every feature's correlation with the residual is `rest + lam * rate`. Both follow
    from the conditions that active correlations equal `lambda`.

    Parameters
    ----------
    columns : array, shape (n_features, length)
        Scaled so that `columns @ target` is the correlation at zero weights.
    target : array, shape (length,)
    rounding : float
        Correlations no larger than this are rounding.
    """

    def __init__(self, columns: Array, target: Array, rounding: float) -> None:
        n_features, length = columns.shape
        room = min(n_features, length)
        self.columns, self.target = columns, target
        self.basis = ActiveBasis(room, length)
        self.features = np.empty(room, dtype=np.intp)
        self.signs = np.empty(room)
        self.intercept, self.slope = np.empty(room), np.empty(room)
        self.rest, self.rate = columns @ target, np.zeros(n_features)
        self.parked = np.empty(0, dtype=np.intp)
        self.lam = float(np.abs(self.rest).max())
        self.tie = max(TIED * self.lam, rounding)
        self.crowd = max(CROWDED * self.lam, self.tie)
        self.knots: list[Knot] = []
        self.age = 0
        self._one, self._root = np.empty(n_features), np.empty(n_features)

    def run(self) -> list[Knot]:
        """Follow the path to `lambda = 0` and return its knots."""
        if self.lam <= self.tie:
            return [self._knot(0.0, self.intercept[:0])]
        with np.errstate(divide="ignore", invalid="ignore"):
            self._settle(self.lam, self.intercept[:0], np.empty(0, dtype=np.intp))
            while self._advance():
                pass
        self.knots.append(self._knot(0.0, self.intercept[: self.basis.size]))
        return self.knots

    def _advance(self) -> bool:
        """Go to the next event and through it; False when there is none above 0."""
        size = self.basis.size
        entering, enters, runner_up = self._next_entry()
        leaving, leaves = self._next_exit()
        lam = min(max(enters, leaves), self.lam)
        if lam <= self.tie:
            return False
        second = max(runner_up, min(enters, leaves))
        crowded = second > lam - self.crowd or lam > self.lam - self.crowd
        sizes = self.intercept[:size] - lam * self.slope[:size]
        if leaves > enters:
            sizes[leaving] = 0.0
        if crowded or self.parked.size:
            self._settle(lam, sizes, self._at_zero(sizes))
        else:
            leaver = leaving if leaves > enters else -1
            self._change_one(self._knot(lam, sizes), entering, leaver)
        self.lam = lam
        self.age += 1
        if self.age >= REFRESH:
            self._refresh()
        return True

    def _change_one(self, knot: Knot, entering: int, leaving: int) -> None:
        """Pass a simple event: one feature leaves, or one enters."""
        if leaving >= 0:
            self._leave(leaving)
        elif not self._enter(entering, float(self.rest[entering])):
            self.parked = np.array([entering])
            return
        self.knots.append(knot)

    def _knot(self, lam: float, sizes: Array) -> Knot:
        size = self.basis.size
        weights = np.maximum(sizes, 0.0) * self.signs[:size]
        return lam, self.features[:size].copy(), weights

    def _next_entry(self) -> tuple[int, float, float]:
        """The feature that next reaches `lambda`, where, and where the runner-up does.

        Of the two lines `+lam` and `-lam` a correlation can only meet, above `lam = 0`, the
        one on the side of its value at 0. A feature that has just left starts on the other
        side of 0, so that it is not mistaken for one that enters.
        """
        if self.basis.full:
            return -1, 0.0, 0.0
        one, root = self._one, self._root
        np.copysign(1.0, self.rest, out=one)
        one *= self.rate
        np.subtract(1.0, one, out=one)
        np.abs(self.rest, out=root)
        root /= one
        root[self.features[: self.basis.size]] = 0.0
        root[self.parked] = 0.0
        first = int(root.argmax())
        lam = float(root[first])
        root[first] = 0.0
        return first, lam, float(root.max())

    def _next_exit(self) -> tuple[int, float]:
        """The place of the active weight that next reaches zero, and where."""
        intercept = self.intercept[: self.basis.size]
        if intercept.min(initial=0.0) >= 0.0:
            return -1, 0.0
        closing = (intercept < 0.0).nonzero()[0]
        roots = intercept[closing] / self.slope[closing]
        first = int(roots.argmax())
        return int(closing[first]), float(roots[first])

    def _enter(self, feature: int, correlation: float) -> bool:
        """Make a feature active; False when its column depends on the active ones."""
        place = self.basis.size
        sign = 1.0 if correlation > 0.0 else -1.0
        column = self.columns[feature]
        added = self.basis.append(column if sign > 0.0 else -column)
        if added is None:
            return False
        direction, mix, height = added
        self.features[place], self.signs[place] = feature, sign
        self.intercept[place] = self.slope[place] = 0.0
        # What is still missing along the new column, at the two ends of the line.
        missing = sign * float(self.rest[feature])
        wanted = 1.0 - sign * float(self.rate[feature])
        self._shift(direction, mix, missing / height, wanted / height)
        return True

    def _leave(self, place: int) -> None:
        """Make the feature at `place` inactive; the last one takes its place."""
        direction, mix = self.basis.exit_of(place)
        self._shift(
            direction,
            mix,
            -float(self.intercept[place] / mix[place]),
            -float(self.slope[place] / mix[place]),
        )
        self.basis.remove(place)
        last = self.basis.size
        for values in (self.features, self.signs, self.intercept, self.slope):
            values[place] = values[last]

    def _shift(self, direction: Array, mix: Array, fit: float, pull: float) -> None:
        """Move the fit along one unit vector in the span of the active columns."""
        size = self.basis.size
        self.intercept[:size] += fit * mix
        self.slope[:size] += pull * mix
        seen = self.columns @ direction
        self.rest -= fit * seen
        self.rate += pull * seen

    def _refresh(self) -> None:
        """Recompute the state from the data, so that rounding does not pile up."""
        self.age = 0
        size = self.basis.size
        vectors, coefficients = self.basis.fits(self.target)
        self.intercept[:size], self.slope[:size] = coefficients
        self.rest, self.rate = vectors @ self.columns.T

    def _at_zero(self, sizes: Array) -> NDArray[np.intp]:
        """Places of the active weights that are zero, for a change of `lambda` within a tie."""
        return (sizes <= self.tie * np.abs(self.slope[: sizes.size])).nonzero()[0]

    def _settle(self, lam: float, sizes: Array, at_zero: NDArray[np.intp]) -> None:
        """Pass an event at which several features may enter or leave.

        The direction of the optimum below `lam` is itself a least-squares problem, with
        weights that must not fall below zero for the features that stand at zero. Lawson
        and Hanson's scheme solves it: its objective falls at every change.
        """
        sizes[at_zero] = 0.0
        knot, before = self._knot(lam, sizes), set(self.features[: self.basis.size].tolist())
        correlations = self.rest + lam * self.rate
        tied = np.abs(correlations) >= lam - self.tie
        tied[self.features[: self.basis.size]] = False
        tied[self.features[at_zero]] = True
        for place in at_zero[::-1]:
            self._leave(int(place))
        waiting = tied.nonzero()[0]
        side = np.sign(correlations[waiting])
        refused = self._admit(waiting, side)
        self._refresh()
        content = np.abs(1.0 - side * self.rate[waiting]) <= CONTENT
        self.parked = np.setdiff1d(waiting[content | refused], self.features[: self.basis.size])
        if before != set(self.features[: self.basis.size].tolist()):
            self.knots.append(knot)

    def _admit(self, waiting: NDArray[np.intp], side: Array) -> NDArray[np.bool_]:
        """Let waiting features enter until the others are content; tell who was refused."""
        settled = self.basis.size
        refused = np.zeros(waiting.shape, dtype=bool)
        while True:
            wish = 1.0 - side * self.rate[waiting]
            wish[refused | np.isin(waiting, self.features[settled : self.basis.size])] = 0.0
            keenest = int(wish.argmax()) if wish.size else -1
            if keenest < 0 or wish[keenest] <= CONTENT:
                return refused
            before = self.slope[settled : self.basis.size].copy()
            if self._enter(int(waiting[keenest]), float(side[keenest])):
                self._retreat(settled, np.append(before, 0.0))
            refused[keenest] = waiting[keenest] not in self.features[settled : self.basis.size]

    def _retreat(self, settled: int, before: Array) -> None:
        """Let features leave whose weight would turn negative, first come first."""
        while True:
            now = self.slope[settled : self.basis.size]
            # A weight that would stay at zero leaves too: its sign would be rounding.
            wrong = (now <= FLAT * np.abs(now).max(initial=0.0)).nonzero()[0]
            if not wrong.size:
                return
            shares = (before / np.maximum(before - now, before))[wrong]
            first = int(np.nan_to_num(shares).argmin())
            before += float(shares[first]) * (now - before)
            place = int(wrong[first])
            self._leave(settled + place)
            before[place] = before[-1]
            before = before[:-1]
