"""The ridge path: the optimum at many `lambda` from one singular value decomposition."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache, cached_property

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, largest_size, length
from regmath.paths.active_basis import DEPENDENT
from regmath.paths.dependence import PROMISED, Reals, indistinct, measured
from regmath.paths.design import checked_lambdas, design, near_one, restored
from regmath.paths.triangle import triangle

EPS = float(np.finfo(np.float64).eps)

# A root of the ridge beyond this many largest singular values leaves no weight.
FARTHEST = 1e150

# Singular values above this share of the largest may be divided by twice.
CLEAR = 1e-2
# Shares of the largest singular value to leave out, one after the other, the last in vain.
LEAST = (1e-10, 1e-9, 1e-8, 1e-7, 1.0)


def ridge_path(X: ArrayLike, y: ArrayLike, lambdas: ArrayLike) -> Array:
    """Return the optimum of `1/(2 n_samples) |y - X w|^2 + lam sum(w**2)` at each `lam`.

    With `X = U diag(s) V'`, `w = V diag(s / (s**2 + 2 n_samples lam)) U'y`: the solution of
    `(X'X / n_samples + 2 lam I) w = X'y / n_samples`, without forming `X'X`.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        No intercept is fitted and nothing is centred or scaled: standardise first.
    y : array_like, shape (n_samples,)
    lambdas : array_like, shape (n_lambdas,)
        At least 0, in any order, in the scale of `LeastSquares(X, y) + lam * L2`, which has
        no one half before `lam`. At 0, the least-squares weights of smallest norm.

    Returns
    -------
    ndarray, shape (n_lambdas, n_features)
        No weight is 0.0 because of `lam`: a larger one shrinks them, and never to zero.

    Raises
    ------
    NearlyDependent
        If the gradient cannot be 0 to 1e-8 of `|X| |y| / n_samples`, the largest that a
        target of this length can have at zero weights, because columns are nearly dependent
        and `lam` is small; it names them.
    ValueError
        If a value is not finite, the shapes disagree, a `lam` is negative, there is no
        sample or feature, or the weights are out of the range of doubles.

    References
    ----------
    Hoerl, A. E. and Kennard, R. W. (1970). Ridge regression: biased estimation for
    nonorthogonal problems. Technometrics 12(1), 55-67.
    """
    return ridge_fit(X, y)(lambdas)


def ridge_fit(X: ArrayLike, y: ArrayLike) -> Callable[[ArrayLike], Array]:
    """Return the optima `(n_lambdas, n_features)` as a function of `lambdas`.

    `ridge_fit(X, y)(lambdas)` is `ridge_path(X, y, lambdas)`, raises the same, and decomposes
    the data once, however often it is called.
    """
    given, goal = design(X, y)
    target, y_power = near_one(goal, float(largest_size(goal)))

    @cache  # another power is rare: of data or strengths that are far from 1
    def divided(power: int) -> _Decomposed:
        return _Decomposed(np.ldexp(given, -power) if power else given, target)

    def weights(lambdas: ArrayLike) -> Array:
        lams = checked_lambdas(lambdas)
        if lams.ndim != 1:
            raise ValueError(f"lambdas must be (n_lambdas,), got {lams.shape}.")
        roots = np.sqrt(2.0 * len(goal) * lams)
        largest = max(float(largest_size(given)), float(roots.max(initial=0.0)))
        roots, power = near_one(roots, largest)
        found = _kept_promise(divided(power), roots[:, np.newaxis])
        return restored(found + 0.0, y_power - power, "weights")  # no -0.0

    return weights


def _kept_promise(data: _Decomposed, roots: Array) -> Array:
    """Return the weights, `roots` the square roots of the ridges, `(n_lambdas, 1)`."""
    X, y, s = data.X, data.y, data.s
    solve = data.solver(float(roots.min(initial=np.inf)))
    weights = solve(_inverse(s, roots, DEPENDENT))
    # As ridge is linear in the target, of the largest gradient that one so long can have.
    allowed = PROMISED * float(s[0] * length(y))
    # Elsewhere it is kept for sure: the decomposition is exact but for a few roundings.
    rounding = 1e2 * EPS * s[0] * (s[0] * length(weights) + length(y))
    doubtful = np.flatnonzero(~(rounding <= allowed))
    if not doubtful.size:
        return weights
    for least in LEAST:
        missed = measured(_violations, allowed, X, y, roots[doubtful], weights[doubtful])
        doubtful = doubtful[~(missed <= allowed)]
        if not doubtful.size:
            return weights
        # Without singular values about as small as the promise, weights are smaller, and
        # rounding them may break it no more.
        weights[doubtful] = solve(_inverse(s, roots[doubtful], least))
    raise indistinct(X, range(X.shape[1]))


class _Decomposed:
    """Data `X, y` and the singular values `s` of `X`."""

    def __init__(self, X: Array, y: Array) -> None:
        self.X, self.y = X, y
        self._is_tall = X.shape[0] >= X.shape[1]
        # X = R'Q': a wide X and the small R' share U and s.
        square, self._rotated = triangle(X, y) if self._is_tall else (_small(X), y)
        self._U, self.s, self._Vt = np.linalg.svd(square, full_matrices=False)

    def solver(self, weakest: float) -> Callable[[Array], Array]:
        """Return the weights as a function of `1 / (s**2 + ridge)`.

        `weakest` is the square root of the smallest ridge.
        """
        s, U, X = self.s, self._U, self.X
        projected = self._rotated @ U
        if self._is_tall:
            return lambda inverse: np.asarray(inverse * (s * projected) @ self._Vt)
        # Where all is well conditioned, w = X'v with v from their SVD, and Q is never formed;
        # else v would be far larger than w. Singular values that are rounding, as of centred
        # columns, are left out in any case.
        if math.hypot(s[s > len(s) * EPS * s[0]].min(initial=s[0]), weakest) >= CLEAR * s[0]:
            return lambda inverse: np.asarray(inverse * projected @ U.T @ X)
        return self._through_q

    def _through_q(self, inverse: Array) -> Array:
        Q, U, s, Vt = self._with_q
        return np.asarray(inverse * (s * (self.y @ U)) @ Vt @ Q.T)

    @cached_property
    def _with_q(self) -> tuple[Array, Array, Array, Array]:
        Q, R = np.linalg.qr(self.X.T)
        U, s, Vt = np.linalg.svd(R.T)
        return Q, U, s, Vt


def _small(X: Array) -> Array:
    return np.asarray(np.linalg.qr(X.T, mode="r")).T


def _inverse(s: Array, roots: Array, least: float) -> Array:
    """Return `1 / (s**2 + roots**2)`, `(n_lambdas, n)`, and 0 where that is rounding."""
    # Shares of the largest singular value, of which no square leaves the range of doubles.
    unit = s[0] or 1.0
    share = s / unit
    squares = share * share + np.square(np.minimum(roots / unit, FARTHEST))
    real = (share > len(s) * EPS) & (squares > least * least)
    return np.asarray(real / (np.where(real, squares, 1.0) * unit) / unit)


def _violations(X: Reals, y: Reals, roots: Reals, weights: Reals) -> Reals:
    """Return the largest entry of each row's gradient, from the data, times `n_samples`."""
    gradient = (weights @ X.T - y) @ X + np.square(roots) * weights
    missed: Reals = np.abs(gradient).max(axis=1, initial=0.0)
    return missed
