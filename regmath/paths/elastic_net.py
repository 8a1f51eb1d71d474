"""The exact path of the elastic net with a fixed share of L1: every optimum, with its knots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regmath._arrays import Array
from regmath.paths.dependence import PROMISED, ROUNDING, indistinct
from regmath.paths.design import at_knots, checked_lambdas, design
from regmath.paths.lasso import lasso_path
from regmath.paths.net_walk import Piece, walk
from regmath.paths.ridge import ridge_fit


@dataclass(frozen=True, eq=False)
class ElasticNetPath:
    """The optima of `1/(2 n) |y - X w|^2 + lam (r |w|_1 + (1 - r) |w|_2^2)` for `lam >= 0`.

    `r` is `l1_ratio`, `n` the number of samples. The weights are continuous in `lam`. Between
    two neighbouring knots none becomes or leaves 0, and each is a sum of hyperbolas in `lam`,
    straight for the lasso only: ask `at` there.

    Attributes
    ----------
    l1_ratio : float
        Share of L1, from 0 (ridge, which has no knot but 0) to 1 (the lasso).
    lambdas : ndarray, shape (n_knots,)
        Knots, strictly falling to 0.
    weights : ndarray, shape (n_knots, n_features)
        The optimum at each knot; weights that are zero are exactly 0.0.
    signs : ndarray of int8, shape (n_knots - 1, n_features)
        Signs of the weights between knots; row `k` holds between `lambdas[k + 1]` and
        `lambdas[k]`, and 0 is a weight that is zero throughout.

    Notes
    -----
    The arrays are read-only.
    """

    l1_ratio: float
    lambdas: Array
    weights: Array
    signs: NDArray[np.int8]
    _between: Callable[[Array], Array] = field(repr=False)

    @property
    def lambda_max(self) -> float:
        """The smallest `lam` at which all weights are zero: `inf` for ridge."""
        return float(self.lambdas[0]) if self.l1_ratio > 0.0 else np.inf

    def at(self, lam: ArrayLike) -> Array:
        """Return the optimum at any `lam`.

        Parameters
        ----------
        lam : array_like, shape (...)
            At least 0.

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
        wanted = at_knots(checked_lambdas(lam), self.lambdas)
        found = self._between(wanted.ravel())
        knots, place = self.lambdas[::-1], np.searchsorted(self.lambdas[::-1], wanted.ravel())
        met = knots[np.minimum(place, len(knots) - 1)] == wanted.ravel()
        found[met] = self.weights[len(knots) - 1 - place[met]]
        return found.reshape(*wanted.shape, self.weights.shape[1])

    def n_nonzero(self, lam: ArrayLike) -> NDArray[np.intp]:
        """Return how many weights are not zero at any `lam`, shape `(...)`.

        Raises
        ------
        ValueError
            If a `lam` is negative or not finite.
        """
        return np.asarray(np.count_nonzero(self.at(lam), axis=-1), dtype=np.intp)


def elastic_net_path(X: ArrayLike, y: ArrayLike, l1_ratio: float) -> ElasticNetPath:
    """Return the exact path of `1/(2 n) |y - X w|^2 + lam (r |w|_1 + (1 - r) |w|_2^2)`.

    By augmentation the squares are `2 n lam (1 - r)` times rows of the identity under `X`, so
    that for given signs the weights solve a ridge problem:

        w_A = (X_A'X_A / n + 2 lam (1 - r) I)^-1 (X_A'y / n - lam r sign(w_A)).

    A knot is where the first of the conditions on those signs breaks as `lam` falls: a weight
    reaches zero, or a correlation reaches `lam r`. It is found by bounds that hold on whole
    intervals of `lam`, not by trying points, so that no knot is missed.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        No intercept is fitted and nothing is centred or scaled: standardise first.
    y : array_like, shape (n_samples,)
        The target; centre it too.
    l1_ratio : float
        `r`, from 0 to 1, as in `ElasticNet`. Scikit-learn and glmnet halve the squares: see
        `convert_elastic_net`.

    Returns
    -------
    ElasticNetPath
        At `l1_ratio = 1` the weights of `lasso_path`, at 0 those of `ridge_path`. From
        `lambda_max = max |X'y| / (n r)`, the scale of `LeastSquares(X, y) + ElasticNet`, to 0,
        where they are the limit: of all least-squares weights those with the least penalty.

    Raises
    ------
    NearlyDependent
        If columns are so nearly dependent that the weights at small `lam` cannot be optimal to
        1e-8 of the largest correlation. The path is checked against the data.
    ValueError
        If a value is not finite, the shapes disagree, there is no sample or feature, the ratio
        is outside 0 to 1, or there are more than 100 events for each feature.

    References
    ----------
    Zou, H. and Hastie, T. (2005). Regularization and variable selection via the elastic net.
    Journal of the Royal Statistical Society B 67(2), 301-320.
    """
    matrix, target = design(X, y)
    if not 0.0 <= l1_ratio <= 1.0:
        raise ValueError(f"l1_ratio must be from 0 to 1, got {l1_ratio}.")
    ratio = float(l1_ratio)
    if ratio == 1.0:
        lasso = lasso_path(matrix, target)
        return ElasticNetPath(ratio, lasso.lambdas, lasso.weights, lasso.signs, lasso.at)
    if ratio == 0.0:
        # An optimum at 0 alone is its only knot.
        ridge = ridge_fit(matrix, target)
        signs = np.empty((0, matrix.shape[1]), dtype=np.int8)
        return ElasticNetPath(ratio, *_kept(np.zeros(1), ridge([0.0]), signs), ridge)
    lambdas, weights, pieces = walk(matrix, target, ratio)
    signs = np.zeros((len(pieces), matrix.shape[1]), dtype=np.int8)
    for row, piece in zip(signs, pieces, strict=True):
        row[piece.features] = piece.signs

    def between(lams: Array) -> Array:
        found = np.zeros((len(lams), matrix.shape[1]))
        rank = np.searchsorted(-lambdas, -lams) - 1
        for index in np.unique(rank[rank >= 0]):
            rows = np.flatnonzero(rank == index)
            found[np.ix_(rows, pieces[index].features)] = pieces[index].weights(lams[rows])
        return found

    path = ElasticNetPath(ratio, *_kept(lambdas, weights, signs), between)
    _check(matrix, target, path, pieces)
    return path


def _kept(
    lambdas: Array, weights: Array, signs: NDArray[np.int8]
) -> tuple[Array, Array, NDArray[np.int8]]:
    for values in (lambdas, weights, signs):
        values.setflags(write=False)
    return lambdas, weights, signs


def _check(X: Array, y: Array, path: ElasticNetPath, pieces: tuple[Piece, ...]) -> None:
    """Raise if the optimality conditions, from the data, fail at a knot or halfway."""
    lams = np.concatenate([path.lambdas, (path.lambdas[1:] + path.lambdas[:-1]) / 2.0])
    weights, pull = path.at(lams), lams[:, np.newaxis] * path.l1_ratio
    slopes = (y - weights @ X.T) @ X / len(y)
    slopes -= 2.0 * (1.0 - path.l1_ratio) * lams[:, np.newaxis] * weights
    on, off = np.abs(slopes - pull * np.sign(weights)), np.abs(slopes) - pull
    lengths = np.sqrt(np.square(X).sum(axis=0).max() / len(y) * (y @ y) / len(y))
    allowed = max(PROMISED * path.lambda_max * path.l1_ratio, ROUNDING * float(lengths))
    worst = np.where(weights != 0.0, on, off).max(axis=1)
    if not (worst <= allowed).all():
        raise indistinct(X, pieces[-1].features.tolist())
