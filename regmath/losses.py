"""Losses, before any penalty: a quadratic bowl, and least squares on data."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, frozen, largest_size, length, matrix_times

# Eigenvalues and asymmetries below this share of the largest count as rounding.
_ROUNDING = 1e-12
# Between these, squares and their sums neither overflow nor lose digits.
_SMALLEST, _LARGEST = 1e-153, 1e154


class Loss(Protocol):
    """What a descent method asks of a loss `L`: its value, gradient and smoothness."""

    @property
    def smoothness(self) -> float | Array:
        """Lipschitz constant of the gradient; one per problem, `(...)`."""

    def value(self, w: ArrayLike) -> Array:
        """Return `L(w)`, shape `(...)`, at weights of shape `(..., n_weights)`."""

    def gradient(self, w: ArrayLike) -> Array:
        """Return the gradient of `L` at `w`, shape `(..., n_weights)`."""


@dataclass(frozen=True, eq=False)
class Quadratic:
    """A quadratic bowl: `L(w) = 1/2 (w - c)' H (w - c) + offset`.

    Many bowls fit in one object: the leading axes of `hessian`, `center` and
    `offset` broadcast against each other and against those of the weights.

    Parameters
    ----------
    hessian : array_like, shape (..., n_weights, n_weights)
        `H`, symmetric and positive semidefinite. An asymmetry as small as
        rounding is averaged away.
    center : array_like, shape (..., n_weights)
        `c`, a minimiser (the only one when `H` is definite).
    offset : array_like, shape (...), default 0
        The smallest value of the loss.

    Attributes
    ----------
    smoothness : float or ndarray, shape (...)
        Largest eigenvalue of `H`: the Lipschitz constant of the gradient.

    Raises
    ------
    ValueError
        If a value is not finite, the shapes disagree, or `H` is not symmetric
        positive semidefinite.

    Notes
    -----
    The arrays are copies and read-only.
    """

    hessian: Array
    center: Array
    offset: float | Array = 0.0
    smoothness: float | Array = field(init=False)

    def __post_init__(self) -> None:
        hessian, center = frozen(self.hessian, "hessian"), frozen(self.center, "center")
        offset = frozen(self.offset, "offset")
        _check_shapes(hessian, center, offset)
        hessian = _symmetric(hessian)
        values = {
            "hessian": hessian,
            "center": center,
            "offset": _float_if_single(offset),
            "smoothness": _float_if_single(_largest_eigenvalue(hessian)),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @classmethod
    def one_dimensional(cls, curvature: ArrayLike, center: ArrayLike) -> Quadratic:
        """Return the parabola `L(w) = 1/2 curvature (w - center)**2`.

        Parameters
        ----------
        curvature : array_like, shape (...)
            Second derivative, >= 0.
        center : array_like, shape (...)
            The minimiser.

        Returns
        -------
        Quadratic
            A loss with `n_weights = 1`.

        Raises
        ------
        ValueError
            If a value is not finite or the curvature is negative.
        """
        hessian = np.asarray(curvature, dtype=np.float64)[..., np.newaxis, np.newaxis]
        return cls(hessian, np.asarray(center, dtype=np.float64)[..., np.newaxis])

    @property
    def n_weights(self) -> int:
        """Number of weights of one problem."""
        return int(self.center.shape[-1])

    def value(self, w: ArrayLike) -> Array:
        """Return `1/2 (w - c)' H (w - c) + offset`.

        Parameters
        ----------
        w : array_like, shape (..., n_weights)

        Returns
        -------
        ndarray, shape (...)
        """
        away = np.asarray(w, dtype=np.float64) - self.center
        result: Array = 0.5 * (away * matrix_times(self.hessian, away)).sum(axis=-1)
        return result + self.offset

    def gradient(self, w: ArrayLike) -> Array:
        """Return `H (w - c)`.

        Parameters
        ----------
        w : array_like, shape (..., n_weights)

        Returns
        -------
        ndarray, shape (..., n_weights)
        """
        away = np.asarray(w, dtype=np.float64) - self.center
        return matrix_times(self.hessian, away)


@dataclass(frozen=True, eq=False)
class LeastSquares:
    """Least squares on data: `L(w) = 1/(2 n_samples) * |y - X w|^2`.

    No intercept: centre the columns of `X` and `y` first to have one.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_weights)
        One row per sample.
    y : array_like, shape (..., n_samples)
        Targets; leading axes are a batch of problems with the same `X`.

    Raises
    ------
    ValueError
        If a value is not finite, the shapes disagree, or the squares of a column of `X` or of
        `y` are out of the range of doubles.

    Notes
    -----
    The arrays are copies and read-only.
    """

    X: Array
    y: Array

    def __post_init__(self) -> None:
        X, y = frozen(self.X, "X"), frozen(self.y, "y")
        if X.ndim != 2 or 0 in X.shape or y.ndim == 0 or y.shape[-1] != X.shape[0]:
            raise ValueError(
                "X must be (n_samples, n_weights) and y (..., n_samples), "
                f"got {X.shape} and {y.shape}."
            )
        object.__setattr__(self, "X", X)
        object.__setattr__(self, "y", y)
        _check_squares(X, y)

    @property
    def hessian(self) -> Array:
        """`X'X / n_samples`, shape `(n_weights, n_weights)`."""
        return self._bowl.hessian

    @property
    def center(self) -> Array:
        """The least-squares weights of smallest norm, shape `(..., n_weights)`."""
        return self._bowl.center

    @property
    def smoothness(self) -> float | Array:
        """Largest eigenvalue of `X'X / n_samples`."""
        return self._bowl.smoothness

    @property
    def n_weights(self) -> int:
        """Number of columns of `X`."""
        return int(self.X.shape[1])

    def value(self, w: ArrayLike) -> Array:
        """Return `1/(2 n_samples) * |y - X w|^2`.

        Parameters
        ----------
        w : array_like, shape (..., n_weights)

        Returns
        -------
        ndarray, shape (...)
        """
        # From the residual: the bowl's form would lose digits to the offset.
        return _half_mean_square(self._residual(np.asarray(w, dtype=np.float64)))

    def gradient(self, w: ArrayLike) -> Array:
        """Return `X'(X w - y) / n_samples`.

        Parameters
        ----------
        w : array_like, shape (..., n_weights)

        Returns
        -------
        ndarray, shape (..., n_weights)
        """
        # From the residual, too: a solved center is as far off as the data are ill-conditioned.
        excess = matrix_times(self.X, np.asarray(w, dtype=np.float64)) - self.y
        return matrix_times(self.X.T, excess) / len(self.X)

    def quadratic(self) -> Quadratic:
        """Return the same function as a `Quadratic`, with its offset."""
        return self._bowl

    def _residual(self, w: Array) -> Array:
        return self.y - matrix_times(self.X, w)

    @cached_property
    def _bowl(self) -> Quadratic:
        # Only when asked for: solving for the center takes longer than many a lasso.
        n_samples, n_weights = self.X.shape
        solution = _least_squares(self.X, self.y.reshape(-1, n_samples).T)
        center = solution.T.reshape(*self.y.shape[:-1], n_weights)
        offset = _half_mean_square(self._residual(center))
        return Quadratic(self.X.T @ self.X / n_samples, center, offset)


def _least_squares(X: Array, y: Array) -> Array:
    """Return the weights of smallest norm among those that fit best, one column per target."""
    # Columns of length 1 keep the digits of weights whose units are far apart. What is the
    # smallest norm depends on the units, though.
    size = length(X.T)
    size = np.where(size > 0.0, size, 1.0)
    solution, _, rank, _ = np.linalg.lstsq(X / size, y)
    if rank == X.shape[1]:
        return np.asarray(solution / size[:, np.newaxis])
    return np.asarray(np.linalg.lstsq(X, y)[0])


def _check_squares(X: Array, y: Array) -> None:
    """Raise, by name, where a sum of squares overflows or has lost its digits."""
    largest = np.append(largest_size(X, axis=0), largest_size(y))
    beyond = (largest > _LARGEST / np.sqrt(len(X))) | ((largest > 0.0) & (largest < _SMALLEST))
    if beyond.any():
        at = int(beyond.argmax())
        name = f"column {at} of X" if at < X.shape[1] else "y"
        raise ValueError(
            f"{name} reaches {largest[at]:.3g}, whose square is out of the range of doubles; "
            "give it in another unit."
        )


def _half_mean_square(residual: Array) -> Array:
    result: Array = 0.5 * np.square(residual).mean(axis=-1)
    return result


def _float_if_single(values: Array) -> float | Array:
    return float(values) if values.ndim == 0 else values


def _check_shapes(hessian: Array, center: Array, offset: Array) -> None:
    n_weights = center.shape[-1] if center.ndim else 0
    if n_weights == 0 or hessian.shape[-2:] != (n_weights, n_weights):
        raise ValueError(
            "hessian must be (..., n, n) and center (..., n) with n >= 1, "
            f"got {hessian.shape} and {center.shape}."
        )
    try:
        np.broadcast_shapes(hessian.shape[:-2], center.shape[:-1], offset.shape)
    except ValueError:
        raise ValueError(
            "the leading axes of hessian, center and offset must broadcast, "
            f"got {hessian.shape}, {center.shape} and {offset.shape}."
        ) from None


def _symmetric(hessian: Array) -> Array:
    transpose = np.swapaxes(hessian, -1, -2)
    scale = np.abs(hessian).max(axis=(-1, -2), keepdims=True)
    if (np.abs(hessian - transpose) > _ROUNDING * scale).any():
        raise ValueError("hessian must be symmetric.")
    return frozen(0.5 * (hessian + transpose), "hessian")


def _largest_eigenvalue(hessian: Array) -> Array:
    eigenvalues = np.linalg.eigvalsh(hessian).astype(np.float64)
    smallest, largest = eigenvalues[..., 0], eigenvalues[..., -1]
    if (smallest < -_ROUNDING * hessian.shape[-1] * np.abs(largest)).any():
        raise ValueError(
            "hessian must be positive semidefinite, "
            f"but has the eigenvalue {smallest.min():.6g}."
        )
    return frozen(np.maximum(largest, 0.0), "smoothness")
