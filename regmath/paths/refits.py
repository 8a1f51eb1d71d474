"""Ridge refitted to many targets of one design: its fits, how far they scatter and err."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regmath._arrays import Array
from regmath.paths.ridge import ridge_path


class RidgeRefits:
    """Ridge with a constant at every strength, for any number of targets, from a few paths.

    The fit to targets `y` is `mean(y) + X w(y - mean(y))`, with `w` as in `ridge_path`. Ridge
    is linear in the targets and sees only their part in the span of the columns, so the paths
    for a basis of that span give all others.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        Each column of mean 0, so that no penalty touches the constant.
    lambdas : array_like, shape (n_lambdas,)
        In the scale of `ridge_path`.

    Raises
    ------
    NearlyDependent, ValueError
        As `ridge_path` does.
    """

    def __init__(self, X: ArrayLike, lambdas: ArrayLike) -> None:
        self._X = np.asarray(X, dtype=np.float64)
        self._basis = np.linalg.qr(self._X)[0]
        #: weights for each vector of the basis, shape `(n_basis, n_lambdas, n_features)`
        self._paths = np.stack([ridge_path(X, e, lambdas) for e in self._basis.T])

    def fits(
        self, targets: Array, rows: ArrayLike, at: NDArray[np.intp] | slice = slice(None)
    ) -> Array:
        """Return the fits to targets `(n_targets, n_samples)` where the features are `rows`.

        Shape `(n_lambdas, n_targets, n_rows)`, at all strengths or at those of some indices.
        """
        means = targets.mean(axis=1, keepdims=True)
        along = (targets - means) @ self._basis
        seen = self._paths[:, at] @ np.asarray(rows, dtype=np.float64).T
        fits: Array = along @ seen.transpose(1, 0, 2) + means
        return fits

    def deviation(self, rows: ArrayLike) -> Array:
        """Return the fits' standard deviation where the features are `rows`, in the noise's.

        A fit is the mean of the targets plus its parts along the basis, each with variance 1.
        Shape `(n_lambdas, n_rows)`.
        """
        squares = ((self._paths @ np.asarray(rows, dtype=np.float64).T) ** 2).sum(axis=0)
        found: Array = np.sqrt(1.0 / len(self._X) + squares)
        return found

    def errors(self, targets: Array, new: Array, at: NDArray[np.intp]) -> tuple[Array, Array]:
        """Return the mean squared error of fits on new targets, and its standard error.

        Both targets are `(n_targets, n_samples)`, of the same rows; the results `(len(at),)`.
        """
        off = (self.fits(targets, self._X, at[[one]])[0] - new for one in range(len(at)))
        errors = np.stack([np.mean(each**2, axis=1) for each in off])
        return errors.mean(axis=1), errors.std(axis=1, ddof=1) / np.sqrt(len(targets))
