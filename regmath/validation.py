"""Cross-validation: the error on rows held out, and what two rules choose by it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regmath._arrays import Array, length
from regmath.paths import lasso_path
from regmath.paths.design import checked_lambdas, design
from regmath.paths.triangle import reduced, rotated

#: a column that varies by at most this share of its length is constant, but for rounding
CONSTANT = 1e-13

Rows = NDArray[np.intp]
#: from centred `X`, `y` to what gives the weights `(n_lambdas, n_features)` at any strengths
Fit = Callable[[Array, Array], Callable[[Array], Array]]


def lasso_fit(X: Array, y: Array) -> Callable[[Array], Array]:
    """Return the optima of `LeastSquares(X, y) + lam * L1` as a function of the strengths."""
    return lasso_path(X, y).at


def held_out_rows(n_samples: int, n_folds: int, seed: int) -> tuple[Rows, ...]:
    """Split rows at random into folds of nearly equal size, each to be held out once.

    Parameters
    ----------
    n_samples : int
        Rows of the data.
    n_folds : int
        From 2 to `n_samples`.
    seed : int
        Of the permutation that is cut into the folds.

    Returns
    -------
    tuple of ndarray
        The rows of each fold; together each row once, and sizes differ by one at most.

    Raises
    ------
    ValueError
        If there are fewer than 2 folds, or more than rows.
    """
    if not 2 <= n_folds <= n_samples:
        raise ValueError(f"n_folds must be from 2 to {n_samples}, got {n_folds}.")
    order = np.random.default_rng(seed).permutation(n_samples)
    return tuple(np.array_split(order, n_folds))


@dataclass(frozen=True, eq=False)
class CrossValidation:
    """Squared errors on held-out rows, and what they choose.

    With `e_k(lam)` the mean squared error on fold `k` of the fit to all other rows, the curve
    is `e(lam) = mean_k e_k(lam)` and its standard error at a strength is
    `SE(lam) = sd_k e_k(lam) / sqrt(n_folds)`, with the divisor `n_folds - 1` in the variance.

    Parameters
    ----------
    lambdas : ndarray, shape (n_lambdas,)
        Strengths, positive and ascending.
    errors : ndarray, shape (n_folds, n_lambdas)
        `e_k` at each, in the target's units squared.
    free, null : ndarray, shape (n_folds,)
        `e_k` without a penalty, and with all weights 0: the limits for a strength of 0 and of
        infinity.

    References
    ----------
    L. Breiman, J. Friedman, R. Olshen and C. Stone, "Classification and Regression Trees"
    (1984), section 3.4.3. T. Hastie, R. Tibshirani and J. Friedman, "The Elements of
    Statistical Learning", 2nd ed., section 7.10.
    """

    lambdas: Array
    errors: Array
    free: Array
    null: Array

    @cached_property
    def mean(self) -> Array:
        """The curve `e` at the strengths, shape `(n_lambdas,)`."""
        return np.asarray(self.errors.mean(axis=0))

    @cached_property
    def standard_error(self) -> Array:
        """`SE` of the curve at the strengths, shape `(n_lambdas,)`."""
        return np.asarray(_standard_error(self.errors))

    @cached_property
    def least(self) -> tuple[float, float]:
        """The strength of least error, and that error.

        Of equal ones the smallest. It is 0.0 if no penalty does better than none, and infinite
        if all weights 0 do better than any strength that was tried, or the last is the best of
        these.
        """
        at = int(np.argmin(self.mean))
        free, null = float(self.free.mean()), float(self.null.mean())
        if free <= self.mean[at]:
            return 0.0, free
        if null < self.mean[at] or at == len(self.mean) - 1:
            return math.inf, null
        return float(self.lambdas[at]), float(self.mean[at])

    @property
    def chosen(self) -> tuple[float, float]:
        """The strengths of :attr:`least` and of :attr:`one_standard_error`."""
        return self.least[0], self.one_standard_error[0]

    @cached_property
    def tolerated(self) -> float:
        """The least error and one standard error more."""
        lam, error = self.least
        return error + float(_standard_error(self._at(lam)))

    @cached_property
    def one_standard_error(self) -> tuple[float, float]:
        """The largest strength whose error is tolerated, and that error.

        It is infinite if every strength is tolerated from some one on, however large, or the
        last of those that were tried is, so that there is no telling. But where all weights
        are 0 in each fold from a strength on, that one is given, since larger ones have the
        same fit.
        """
        null = float(self.null.mean())
        if null <= self.tolerated:
            return self._null_from, null
        within = np.flatnonzero(self.mean <= self.tolerated)
        if not within.size:
            return self.least
        if within[-1] == len(self.mean) - 1:
            return math.inf, null
        return float(self.lambdas[within[-1]]), float(self.mean[within[-1]])

    @property
    def _null_from(self) -> float:
        """The first strength from which on every fold errs as with all weights 0."""
        above = np.flatnonzero((self.errors != self.null[:, np.newaxis]).any(axis=0))
        first = int(above[-1]) + 1 if above.size else 0
        return float(self.lambdas[first]) if first < len(self.lambdas) else math.inf

    def _at(self, lam: float) -> Array:
        """Return the folds' errors at a strength that `least` gives."""
        if lam == 0.0:
            return self.free
        if lam == math.inf:
            return self.null
        return np.asarray(self.errors[:, int(np.searchsorted(self.lambdas, lam))])


@dataclass(frozen=True, eq=False)
class Split:
    """A fold that is held out and all other rows, less the means of the latter.

    Both are rotated to few rows, which changes no sum of squares of residuals.

    Parameters
    ----------
    X : ndarray, shape (n_seen, n_features)
    y : ndarray, shape (n_seen,)
        The rows to fit: `LeastSquares(X, y)` is, but for a constant, the loss on them.
    out : ndarray, shape (n_out, n_features + 1)
        The rows held out: `sum((out[:, -1] - out[:, :-1] @ w) ** 2)` is the mean squared error
        of the weights `w` on them.
    """

    X: Array
    y: Array
    out: Array

    @property
    def slope(self) -> Array:
        """`X'y / n_seen`, the correlations that L1's strength has to reach."""
        return np.asarray(self.X.T @ self.y / len(self.y))


def split_rows(X: ArrayLike, y: ArrayLike, folds: Sequence[Rows]) -> tuple[Split, ...]:
    """Hold out each fold in turn.

    Each fit sees the other folds' rows alone, centred by their means, so that the intercept
    is theirs and is not penalized. Columns are not scaled anew in each fold: scale them
    before, for a penalty that treats them alike. The data are read once, and not copied.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
    y : array_like, shape (n_samples,)
    folds : sequence of ndarray
        Rows to hold out in turn, together each row once, as from `held_out_rows`.

    Raises
    ------
    ValueError
        If a value is not finite or the shapes disagree.
    """
    matrix, target = design(X, y)
    # A column of ones is rotated along, and tells the means of the rows that went in.
    ends = np.column_stack((target, np.ones(len(target))))
    parts = [rotated(matrix, ends, rows) for rows in folds]
    return tuple(
        _split([*parts[:at], *parts[at + 1 :]], part, len(target) - len(folds[at]))
        for at, part in enumerate(parts)
    )


def _split(seen: Sequence[Array], out: Array, n_seen: int) -> Split:
    rows = np.vstack(seen)
    ones = rows[:, -1]
    means = ones @ rows[:, :-1] / n_seen
    centred = rows[:, :-1] - np.outer(ones, means)
    # What is constant in these rows is left with rounding, which no fit may see.
    constant = length(centred.T) <= CONSTANT * length(rows[:, :-1].T)
    centred[:, constant] = 0.0
    few = reduced(centred)
    few *= math.sqrt(len(few) / n_seen)
    held = (out[:, :-1] - np.outer(out[:, -1], means)) / float(length(out[:, -1]))
    return Split(few[:, :-1], few[:, -1], held)


class HeldOut:
    """Fits without each fold in turn, whose errors on it can be asked for at any strength.

    Parameters
    ----------
    splits : sequence of Split
        As from `split_rows`.
    fit : callable
        `lasso_fit`, `ridge_fit` or another that takes `X` and `y` and returns a function of
        the strengths; these stand before the mean over the rows that are fitted, as in
        `LeastSquares(X, y) + lam * penalty`.
    """

    def __init__(self, splits: Sequence[Split], fit: Fit) -> None:
        self._folds = [(fit(split.X, split.y), split.out) for split in splits]

    def at(self, lambdas: ArrayLike) -> CrossValidation:
        """Return the errors at strengths that are positive and ascending, `(n_lambdas,)`.

        Raises
        ------
        ValueError
            If the strengths are not.
        """
        lams = checked_lambdas(lambdas)
        if lams.ndim != 1 or not lams.size or lams[0] <= 0.0 or (np.diff(lams) <= 0.0).any():
            raise ValueError("lambdas must be positive and ascending.")
        errors = np.stack([self._errors(lams, *fold) for fold in self._folds])
        return CrossValidation(lams, errors[:, 1:-1], errors[:, 0], errors[:, -1])

    @staticmethod
    def _errors(lambdas: Array, fitted: Callable[[Array], Array], out: Array) -> Array:
        """Return one fold's errors without a penalty, at the strengths, and at weights 0."""
        weights = fitted(np.concatenate([[0.0], lambdas]))
        weights = np.vstack([weights, np.zeros(out.shape[1] - 1)])
        residuals = out[:, -1] - weights @ out[:, :-1].T
        return np.asarray(np.sum(residuals**2, axis=1))


def ridge_null_from(splits: Sequence[Split], margin: float) -> float:
    """Return a strength from which on ridge errs as with all weights 0, but for `margin`.

    On a fold with residuals `r` of the mean and `m` rows `Z`, `|Z w| <= |Z| |w|` and
    `|w| <= |X'y / n| / (2 lam)`, so that with `a = |r| / sqrt(m)` and
    `c = |Z| |X'y / n| / (2 sqrt(m))` the errors differ by at most `2 a c / lam + (c / lam)**2`.
    The strength is where the mean of that over the folds is `margin`.

    Parameters
    ----------
    splits : sequence of Split
        As from `split_rows`.
    margin : float
        Positive, in the target's units squared.

    Raises
    ------
    ValueError
        If `margin` is not positive.
    """
    if not margin > 0.0:
        raise ValueError(f"margin must be positive, got {margin}.")
    linear, square = [], []
    for split in splits:
        Z, r = split.out[:, :-1], split.out[:, -1]
        reach = float(np.linalg.norm(Z, 2) * length(split.slope)) / 2.0
        linear.append(reach * float(length(r)))
        square.append(reach**2)
    a, c = float(np.mean(linear)), float(np.mean(square))
    return (a + math.sqrt(a * a + c * margin)) / margin


def _standard_error(errors: Array) -> Array:
    """Return the standard error of a mean over folds, which are along the first axis."""
    return np.asarray(errors.std(axis=0, ddof=1) / math.sqrt(len(errors)))
