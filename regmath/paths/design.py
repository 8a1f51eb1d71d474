"""The check of a design matrix and its target, shared by the paths."""

from __future__ import annotations

from numpy.typing import ArrayLike

from regmath._arrays import Array, frozen


def design(X: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Return finite float copies of `X` and `y`.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
    y : array_like, shape (n_samples,)

    Raises
    ------
    ValueError
        If a value is not finite, the shapes disagree, or there is no sample or feature.
    """
    matrix, target = frozen(X, "X"), frozen(y, "y")
    if matrix.ndim != 2 or 0 in matrix.shape or target.shape != matrix.shape[:1]:
        raise ValueError(
            "X must be (n_samples, n_features) and y (n_samples,), "
            f"got {matrix.shape} and {target.shape}."
        )
    return matrix, target
