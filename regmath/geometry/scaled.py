"""A batch of quadratic losses, each in units in which its numbers are about 1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regmath._arrays import Array, matrix_times
from regmath.geometry.terms import Mask, QuadraticLoss, quadratic_of
from regmath.losses import LeastSquares
from regmath.paths.triangle import triangle

EPS = np.finfo(float).eps
Powers = NDArray[np.int32]
Rows = NDArray[np.intp] | Mask


@dataclass(frozen=True, eq=False)
class Data:
    """The design of least squares and one target per problem, in the problems' units."""

    X: Array
    targets: Array

    def take(self, rows: Rows) -> Data:
        """Return the data of some of the problems."""
        return Data(self.X, self.targets[rows])

    def downhill(self, weights: Array) -> Array:
        """Return `X'(y - X w) / n_samples`, `(n, p)`."""
        return np.asarray((self.targets - weights @ self.X.T) @ self.X / len(self.X))

    def root(self, row: int) -> tuple[Array, Array]:
        """Return `X` and `y` over `sqrt(n_samples)`, with no more rows than columns."""
        matrix, target = triangle(self.X, self.targets[row])
        return matrix / np.sqrt(len(self.X)), target / np.sqrt(len(self.X))


@dataclass(frozen=True, eq=False)
class Scaled:
    """The losses `1/2 w'Hw - b'w`, one per row, in units of their own.

    The units are powers of two: changing to them and back rounds nothing, and no product
    of what a solver meets leaves the range of doubles.

    Parameters
    ----------
    hessian : array, shape (n, p, p)
    linear : array, shape (n, p)
        `b`, minus the gradient at 0.
    center : array, shape (n, p)
        A minimiser.
    curvature_power, weight_power : array of int, shape (n,)
        A curvature of 1 stands for `2**curvature_power`, and so with the weights.
    data : Data or None
        Of least squares.
    """

    hessian: Array
    linear: Array
    center: Array
    curvature_power: Powers
    weight_power: Powers
    data: Data | None

    def __len__(self) -> int:
        return len(self.linear)

    @property
    def n_weights(self) -> int:
        """Number of weights of one problem."""
        return int(self.linear.shape[-1])

    def take(self, rows: Rows) -> Scaled:
        """Return some of the problems."""
        return Scaled(
            self.hessian[rows],
            self.linear[rows],
            self.center[rows],
            self.curvature_power[rows],
            self.weight_power[rows],
            self.data and self.data.take(rows),
        )

    def downhill(self, weights: Array) -> Array:
        """Return minus the gradient, `(n, p)`: of least squares, from the residuals."""
        if self.data is None:
            return self.linear - matrix_times(self.hessian, weights)
        return self.data.downhill(weights)

    def size(self, weights: Array) -> Array:
        """Return the size of the terms that cancel in the gradient, `(n,)`."""
        largest = np.trace(self.hessian, axis1=-2, axis2=-1)
        return np.asarray(length(self.linear) + largest * length(weights))

    def root(self, row: int) -> tuple[Array, Array]:
        """Return `A, t` with `A'A = H` and `A't = b`, shapes `(m, p)` and `(m,)`.

        Of least squares from the data: where two columns differ by a share `d`, `A` holds
        `d` and `H` only its square.
        """
        if self.data is not None:
            return self.data.root(row)
        factor = hessian_root(self.hessian[row])
        return factor, factor @ self.center[row]


def scaled(loss: QuadraticLoss, shape: tuple[int, ...]) -> Scaled:
    """Flatten a batch of losses, broadcast to `shape`, and change its units."""
    bowl = quadratic_of(loss)
    p = bowl.center.shape[-1]
    center = _rows_last(np.broadcast_to(bowl.center, (*shape, p)).reshape(-1, p))
    weight_power = _power(np.abs(center).max(axis=-1))
    center = times_power(center, -weight_power[:, None]) + 0.0  # no -0.0
    if isinstance(loss, LeastSquares):
        return _least_squares(loss, shape, center, weight_power)
    hessian = _rows_last(np.broadcast_to(bowl.hessian, (*shape, p, p)).reshape(-1, p, p))
    curvature_power = _power(np.diagonal(hessian, axis1=-2, axis2=-1).max(axis=-1))
    hessian = times_power(hessian, -curvature_power[:, None, None])
    linear = matrix_times(hessian, center)
    return Scaled(hessian, linear, center, curvature_power, weight_power, None)


def _least_squares(
    loss: LeastSquares, shape: tuple[int, ...], center: Array, weight_power: Powers
) -> Scaled:
    power = _power(np.abs(loss.X).max())
    X = times_power(loss.X, -power)
    y = np.broadcast_to(loss.y, (*shape, len(X))).reshape(-1, len(X))
    data = Data(X, times_power(y, -power - weight_power[:, None]))
    hessian = np.broadcast_to(X.T @ X / len(X), (len(y), *X.T.shape[:1] * 2))
    linear = data.targets @ X / len(X)
    curvature_power = np.full_like(weight_power, 2 * power)
    return Scaled(hessian, linear, center, curvature_power, weight_power, data)


def hessian_root(hessian: Array) -> Array:
    """Return a full-rank `A` with `A'A = H`; eigenvalues that are rounding are left out.

    Of the correlations, not of `H`: so no unit of a weight decides what is rounding.
    """
    size = np.sqrt(np.diagonal(hessian))
    inverse = np.divide(1.0, size, out=np.zeros_like(size), where=size > 0.0)
    values, vectors = np.linalg.eigh(inverse[:, None] * hessian * inverse)
    kept = values > 8.0 * EPS * len(size) * values[-1]
    return np.asarray(np.sqrt(values[kept])[:, None] * vectors[:, kept].T * size)


def length(vectors: Array) -> Array:
    """Return `|v|_2` of every row; of what is near 1, so that no square overflows."""
    return np.asarray(np.sqrt(np.einsum("...i,...i->...", vectors, vectors)))


def times_power(numbers: Array, powers: Powers) -> Array:
    """Return `numbers * 2**powers`, exactly wherever that is a double."""
    return np.asarray(np.ldexp(numbers, powers))


def _power(numbers: Array) -> Powers:
    """Return the power of two just above each number, and 0 for 0."""
    return np.asarray(np.frexp(numbers)[1])


def _rows_last(batch: Array) -> Array:
    """Copy a batch, with its first axis innermost in memory: NumPy's loops are then long."""
    return np.moveaxis(np.ascontiguousarray(np.moveaxis(batch, 0, -1)), -1, 0)
