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
Rows = NDArray[np.intp] | Mask | list[np.intp]


@dataclass(frozen=True, eq=False)
class Data:
    """The design of least squares, and which targets, in the problems' units."""

    loss: LeastSquares
    batch: tuple[int, ...]
    rows: NDArray[np.intp]
    X: Array
    targets: Array

    def take(self, rows: Rows) -> Data:
        """Return the data of some of the problems."""
        return Data(self.loss, self.batch, self.rows[rows], self.X, self.targets[rows])

    def downhill(self, weights: Array) -> Array:
        """Return `X'(y - X w) / n_samples`, `(n, p)`."""
        return np.asarray((self.targets - weights @ self.X.T) @ self.X / len(self.X))

    def root(self, row: int) -> tuple[Array, Array]:
        """Return `X` and `y` over `sqrt(n_samples)`, with no more rows than columns."""
        matrix, target = triangle(self.X, self.targets[row])
        return matrix / np.sqrt(len(self.X)), target / np.sqrt(len(self.X))

    def centers(self) -> Array:
        """Return the least-squares weights, `(n, p)`, in the units of the loss."""
        return _flat(self.loss.center, self.batch, 1)[self.rows]


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
    curvature_power, weight_power : array of int, shape (n,)
        A curvature of 1 stands for `2**curvature_power`, and so with the weights.
    source : ndarray, shape (n, p), or Data
        The centers; or, of least squares, what they are solved from when they are needed.
    """

    hessian: Array
    linear: Array
    curvature_power: Powers
    weight_power: Powers
    source: Array | Data

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
            self.curvature_power[rows],
            self.weight_power[rows],
            self.source.take(rows) if isinstance(self.source, Data) else self.source[rows],
        )

    @property
    def center(self) -> Array:
        """A minimiser of every loss, `(n, p)`."""
        if isinstance(self.source, Data):
            centers = self.source.centers()
            return times_power(centers, -self.weight_power[:, None]) + 0.0  # no -0.0
        return self.source

    def downhill(self, weights: Array) -> Array:
        """Return minus the gradient, `(n, p)`: of least squares, from the residuals."""
        if isinstance(self.source, Data):
            return self.source.downhill(weights)
        return self.linear - matrix_times(self.hessian, weights)

    @property
    def steepest(self) -> Array:
        """The largest slope at 0, lasso's `lambda_max`, `(n,)`; 1 where there is none."""
        largest = np.abs(self.linear).max(axis=-1)
        return np.where(largest > 0.0, largest, 1.0)

    def rounding(self, weights: Array) -> Array:
        """Return how much of `steepest` rounding alone may leave of a gradient, `(n,)`.

        In proportion to the terms that cancel in it.
        """
        terms = matrix_times(np.abs(self.hessian), np.abs(weights)).max(axis=-1)
        return np.asarray(self.least_rounding * (1.0 + terms / self.steepest))

    @property
    def least_rounding(self) -> float:
        """What `rounding` is at least."""
        return float(32.0 * EPS * self.n_weights)

    def root(self, row: int) -> tuple[Array, Array]:
        """Return `A, t` with `A'A = H` and `A't = b`, shapes `(m, p)` and `(m,)`.

        Of least squares from the data: where two columns differ by a share `d`, `A` holds
        `d` and `H` only its square.
        """
        if isinstance(self.source, Data):
            return self.source.root(row)
        factor = hessian_root(self.hessian[row])
        return factor, factor @ self.source[row]


def batch_of(loss: QuadraticLoss) -> tuple[int, ...]:
    """Return the shape of a batch of losses."""
    if isinstance(loss, LeastSquares):
        return loss.y.shape[:-1]
    bowl = quadratic_of(loss)
    return np.broadcast_shapes(bowl.hessian.shape[:-2], bowl.center.shape[:-1])


def scaled(loss: QuadraticLoss, batch: tuple[int, ...]) -> Scaled:
    """Flatten a batch of losses, broadcast to `batch`, and change its units."""
    if isinstance(loss, LeastSquares):
        return _least_squares(loss, batch)
    bowl = quadratic_of(loss)
    center = _rows_last(_flat(bowl.center, batch, 1))
    weight_power = _power(np.abs(center).max(axis=-1))
    center = times_power(center, -weight_power[:, None]) + 0.0  # no -0.0
    hessian = _rows_last(_flat(bowl.hessian, batch, 2))
    curvature_power = _power(np.diagonal(hessian, axis1=-2, axis2=-1).max(axis=-1))
    hessian = times_power(hessian, -curvature_power[:, None, None])
    linear = matrix_times(hessian, center)
    return Scaled(hessian, linear, curvature_power, weight_power, center)


def _least_squares(loss: LeastSquares, batch: tuple[int, ...]) -> Scaled:
    power = _power(np.abs(loss.X).max())
    X = times_power(loss.X, -power)
    y = _flat(loss.y, batch, 1)
    y_power = _power(np.abs(y).max(axis=-1))
    targets = times_power(y, -y_power[:, None])
    linear = targets @ X / len(X)
    # The weights that a curvature of 1 gives, so that slopes too are about 1.
    slope_power = _power(np.abs(linear).max(axis=-1))[:, None]
    targets, linear = times_power(targets, -slope_power), times_power(linear, -slope_power)
    hessian = np.broadcast_to(X.T @ X / len(X), (*linear.shape, linear.shape[-1]))
    weight_power = y_power - power + slope_power[:, 0]
    data = Data(loss, batch, np.arange(len(y)), X, targets)
    return Scaled(hessian, linear, np.full_like(weight_power, 2 * power), weight_power, data)


def _flat(values: Array, batch: tuple[int, ...], n_own: int) -> Array:
    """Broadcast to a batch, of `n_own` axes each, and give the batch one axis."""
    own = values.shape[values.ndim - n_own :]
    return np.broadcast_to(values, (*batch, *own)).reshape(-1, *own)


def correlations(hessian: Array) -> tuple[Array, Array]:
    """Return `s, C` with `H = diag(s) C diag(s)` and a diagonal of 1, or 0 where `H` has it.

    So no unit of a weight decides what is rounding.
    """
    size = np.sqrt(np.diagonal(hessian, axis1=-2, axis2=-1))
    scale = size[..., :, None] * size[..., None, :]
    return size, np.divide(hessian, scale, out=np.zeros_like(hessian), where=scale > 0.0)


def least_eigenvalue(alike: Array) -> Array:
    """Return the least eigenvalue of every matrix of correlations."""
    if alike.shape[-1] == 2:
        return np.asarray(alike[:, 0, 0] * alike[:, 1, 1] - np.abs(alike[:, 0, 1]))
    return np.asarray(np.linalg.eigvalsh(alike)[:, 0])


def hessian_root(hessian: Array) -> Array:
    """Return an `A` with `A'A = H`, for a batch too; what is rounding in it is 0."""
    size, alike = correlations(hessian)
    values, vectors = np.linalg.eigh(alike)
    rounding = 8.0 * EPS * values.shape[-1] * values[..., -1:]
    root = np.sqrt(np.where(values > rounding, values, 0.0))
    return np.asarray(root[..., :, None] * np.swapaxes(vectors, -1, -2) * size[..., None, :])


def times_power(numbers: Array, powers: Powers) -> Array:
    """Return `numbers * 2**powers`: exact, or beyond the range of doubles inf or near 0."""
    with np.errstate(over="ignore", under="ignore"):
        return np.asarray(np.ldexp(numbers, powers))


def _power(numbers: Array) -> Powers:
    """Return the power of two just above each number, and 0 for 0."""
    return np.asarray(np.frexp(numbers)[1])


def _rows_last(batch: Array) -> Array:
    """Copy a batch, with its first axis innermost in memory: NumPy's loops are then long."""
    return np.moveaxis(np.ascontiguousarray(np.moveaxis(batch, 0, -1)), -1, 0)
