"""The exact lasso path: every optimum, from no active feature to least squares."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regmath._arrays import Array, frozen, largest_size
from regmath.paths.dependence import PROMISED, ROUNDING, Reals, indistinct, measured
from regmath.paths.design import at_knots, checked_lambdas, design, near_one, restored
from regmath.paths.homotopy import Features, Homotopy, Knot
from regmath.paths.triangle import triangle

# Knots that are checked at a time.
BLOCK = 128


@dataclass(frozen=True, eq=False)
class LassoPath:
    """The optima of `1/(2 n_samples) |y - X w|^2 + lam |w|_1` for every `lam >= 0`.

    The weights are continuous in `lam` and linear between two neighbouring knots, so that
    the knots hold the whole path. It is not a polyline against `log(lam)`: sample it there.

    Parameters
    ----------
    lambdas : array_like, shape (n_knots,)
        Strictly falling, from `lambda_max = max |X'y| / n_samples` to 0.
    weights : array_like, shape (n_knots, n_features)
        The optimum at each knot; weights that are zero are exactly 0.0.

    Raises
    ------
    ValueError
        If a value is not finite, the shapes disagree, or `lambdas` does not fall to 0.

    Notes
    -----
    The arrays are read-only, and copies unless they were given read-only.
    """

    lambdas: Array
    weights: Array

    def __post_init__(self) -> None:
        lambdas, weights = _kept(self.lambdas, "lambdas"), _kept(self.weights, "weights")
        if lambdas.ndim != 1 or weights.ndim != 2 or len(lambdas) != len(weights):
            raise ValueError(
                "lambdas must be (n_knots,) and weights (n_knots, n_features), "
                f"got {lambdas.shape} and {weights.shape}."
            )
        if not lambdas.size or lambdas[-1] != 0.0 or (lambdas[1:] >= lambdas[:-1]).any():
            raise ValueError("lambdas must fall strictly and end at 0.")
        object.__setattr__(self, "lambdas", lambdas)
        object.__setattr__(self, "weights", weights)

    @property
    def lambda_max(self) -> float:
        """The smallest `lam` at which all weights are zero."""
        return float(self.lambdas[0])

    @property
    def signs(self) -> NDArray[np.int8]:
        """Signs of the weights between knots, shape `(n_knots - 1, n_features)`.

        Row `k` holds on the open interval from `lambdas[k + 1]` to `lambdas[k]`; 0 is a
        weight that is zero throughout.
        """
        # A weight does not change sign within a piece, so its ends do not cancel.
        return np.sign(self.weights[:-1] + self.weights[1:]).astype(np.int8)

    @property
    def active(self) -> NDArray[np.bool_]:
        """Which weights are not zero between knots, shape `(n_knots - 1, n_features)`."""
        return np.asarray(self.signs != 0)

    def at(self, lam: ArrayLike) -> Array:
        """Return the optimum at any `lam`.

        Parameters
        ----------
        lam : array_like, shape (...)
            At least 0. From `lambda_max` on the optimum is 0.

        Returns
        -------
        ndarray, shape (..., n_features)
            At a knot, and a rounding from it, its weights to the last bit; zeros are exactly
            0.0.

        Raises
        ------
        ValueError
            If a `lam` is negative or not finite.
        """
        wanted = checked_lambdas(lam)
        if len(self.lambdas) == 1:
            return np.zeros((*wanted.shape, self.weights.shape[1]))
        wanted = np.minimum(at_knots(wanted, self.lambdas), self.lambdas[0])
        # The piece whose lower knot is the last one above or at `lam`.
        lower = np.searchsorted(-self.lambdas, -wanted, side="right").clip(1, self._last)
        upper = lower - 1
        width = self.lambdas[upper] - self.lambdas[lower]
        share = ((self.lambdas[upper] - wanted) / width)[..., np.newaxis]
        # Both ends weighted, so that either knot is met exactly.
        mixed: Array = self.weights[upper] * (1.0 - share) + self.weights[lower] * share
        return mixed

    def n_nonzero(self, lam: ArrayLike) -> NDArray[np.intp]:
        """Return how many weights are not zero at any `lam`, shape `(...)`.

        Parameters
        ----------
        lam : array_like, shape (...)
            At least 0.

        Raises
        ------
        ValueError
            If a `lam` is negative or not finite.
        """
        return np.asarray(np.count_nonzero(self.at(lam), axis=-1), dtype=np.intp)

    @property
    def _last(self) -> int:
        return len(self.lambdas) - 1


def lasso_path(X: ArrayLike, y: ArrayLike) -> LassoPath:
    """Return the exact path of `1/(2 n_samples) |y - X w|^2 + lam |w|_1`.

    By homotopy: between two knots the active correlations equal `lam` with their weights'
    signs, which makes the weights linear in `lam`; a knot is where a feature's correlation
    reaches `lam` and it enters, or a weight reaches zero and its feature leaves.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        No intercept is fitted and nothing is centred or scaled: standardise first, for a
        penalty that treats the features alike.
    y : array_like, shape (n_samples,)
        The target; centre it too.

    Returns
    -------
    LassoPath
        From `lambda_max = max |X'y| / n_samples`, the same scale as
        `LeastSquares(X, y) + lam * L1`, to a least-squares solution at 0. If `X'y` is zero
        to rounding there is one knot, at 0, with zero weights. Where columns depend on each
        other and the optimum is not unique, one with independent active columns. Where
        rounding loses the path of nearly dependent columns below 1e-8 of `lambda_max`, the
        weights stay as they are from there to 0, which is as optimal to 1e-8.

    Raises
    ------
    NearlyDependent
        If no path in doubles is optimal to 1e-8 of `lambda_max` (or to rounding of `X'y`,
        where that is more), because columns are nearly dependent; it names them. The path is
        checked against the data at every knot.
    ValueError
        If a value is not finite, the shapes disagree, there is no sample or feature, the
        strengths or weights are out of the range of doubles, or there are more than 1000
        events for each feature.

    References
    ----------
    Osborne, M. R., Presnell, B., and Turlach, B. A. (2000). A new approach to variable
    selection in least squares problems. IMA Journal of Numerical Analysis 20(3), 389-403.

    Efron, B., Hastie, T., Johnstone, I., and Tibshirani, R. (2004). Least angle regression.
    Annals of Statistics 32(2), 407-499.
    """
    given, goal = design(X, y)
    matrix, power = near_one(given, float(largest_size(given)))
    target, y_power = near_one(goal, float(largest_size(goal)))
    scale = math.sqrt(len(target))
    square, rotated = triangle(matrix, target)
    reach = math.sqrt(target @ target) / scale
    homotopy = Homotopy(square / scale, rotated / scale, reach)
    lambdas, weights = _spread(homotopy.run(), matrix.shape[1])
    # A target all but orthogonal to the columns has correlations with few digits.
    allowed = max(PROMISED * lambdas.item(0), ROUNDING * homotopy.longest * reach)
    lambdas, weights = _kept_promise(matrix, target, lambdas, weights, allowed)
    lambdas = restored(lambdas, power + y_power, "strengths")
    weights = restored(weights, y_power - power, "weights")
    lambdas.setflags(write=False)
    weights.setflags(write=False)
    return LassoPath(lambdas, weights)


def _kept_promise(
    X: Array, y: Array, lambdas: Array, weights: Array, allowed: float
) -> tuple[Array, Array]:
    """Return the path if it keeps the promise; it may be cut where the promise is empty.

    `allowed` is the largest violation that keeps it. Below a `lam` as small as that the
    weights may stay as they are, whatever rounding made of the path there.
    """
    wrong = _broken(X, y, lambdas, weights, allowed)
    if lambdas[-1] == 0.0 and not wrong.size:
        return lambdas, weights
    last = int(wrong[0]) - 1 if wrong.size else len(lambdas) - 1
    if last >= 0:
        held = weights[last : last + 1]
        cut = np.append(lambdas[: last + 1], 0.0), np.vstack((weights[: last + 1], held))
        if not _broken(X, y, *cut, allowed).size:
            return cut
    around = weights[max(last, 0) : last + 3]
    raise indistinct(X, np.flatnonzero(around.any(axis=0)).tolist())


def _broken(
    X: Array, y: Array, lambdas: Array, weights: Array, allowed: float
) -> NDArray[np.intp]:
    """Return the knots at which the promise is broken."""
    with np.errstate(all="ignore"):  # what overflows, or is nan, is broken
        missed = measured(_violations, allowed, X, y, lambdas, weights)
    return np.flatnonzero(~(missed <= allowed))


def _violations(X: Reals, y: Reals, lambdas: Reals, weights: Reals) -> Reals:
    """Return the violation of the optimality conditions at each knot.

    From the data, not from what the homotopy knew; with the signs of both pieces that
    meet there. The conditions are linear in `lam` between knots, or their violation is convex,
    so that it is nowhere larger than at knots.
    """
    slopes = _slopes_from(X, y)
    missed = np.full_like(lambdas, -np.inf)
    # So few at a time that their slopes stay in the processor's cache. Neighbouring blocks
    # share a knot, so that every piece has both its ends in one of them.
    for start in range(0, max(len(lambdas) - 1, 1), BLOCK):
        block = slice(start, start + BLOCK + 1)
        ever = np.flatnonzero(weights[block].any(axis=0))
        held = weights[block].take(ever, axis=1)
        found = _missed(slopes(held, ever), lambdas[block], held, ever)
        np.maximum(missed[block], found, out=missed[block])
    return missed


def _slopes_from(X: Reals, y: Reals) -> Callable[[Reals, Features], Reals]:
    """Return a function of the weights of some features that gives all slopes, a row each."""
    # The two are the same but for the order of the products: the cheaper one.
    if len(X) > X.shape[1]:
        gram, start = X.T @ X / len(y), y @ X / len(y)
        return lambda weights, ever: start - weights @ gram[ever]
    return lambda weights, ever: (y - weights @ X.take(ever, axis=1).T) / len(y) @ X


def _missed(slopes: Reals, lambdas: Reals, weights: Reals, ever: Features) -> Reals:
    """Return the largest violation at each knot, given the slopes of all features there."""
    missed: Reals = np.maximum(slopes.max(axis=1), -slopes.min(axis=1)) - lambdas
    # No slope of an active feature may be short of lambda; beyond it, it was just counted.
    signs = np.sign(weights[:-1] + weights[1:])
    own = slopes.take(ever, axis=1)
    for ends in (slice(0, -1), slice(1, None)):
        along = np.where(signs != 0.0, own[ends] * signs, np.inf)
        short = lambdas[ends] - along.min(axis=1, initial=np.inf)
        np.maximum(missed[ends], short, out=missed[ends])
    return missed


def _spread(knots: list[Knot], n_features: int) -> tuple[Array, Array]:
    """Spread the active weights over all features; of knots at one `lam` keep the first."""
    distinct = knots[:1] + [low for high, low in pairwise(knots) if low[0] < high[0]]
    lambdas, features, parts = zip(*distinct, strict=True)
    weights = np.zeros((len(distinct), n_features))
    rows = np.arange(len(distinct)).repeat([active.size for active in features])
    signs, sizes = np.concatenate(parts, axis=1)
    # A size below zero is rounding; + 0.0 turns -0.0 into 0.0.
    weights[rows, np.concatenate(features)] = signs * np.maximum(sizes, 0.0) + 0.0
    return np.array(lambdas), weights


def _kept(values: Array, name: str) -> Array:
    """Return a read-only copy, or the array itself if it owns its data and is read-only."""
    if not isinstance(values, np.ndarray) or values.flags.writeable or not values.flags.owndata:
        return frozen(values, name)
    if not np.isfinite(values).all():
        raise ValueError(f"{name} must be finite, but holds a nan or an infinity.")
    return values
