"""The directions along which a loss's curvature is largest and smallest."""

from typing import NamedTuple

import numpy as np

from regmath._arrays import Array
from regmath.geometry.scaled import EPS, Data, Scaled, hessian_root
from regmath.geometry.terms import Mask

# The first is enough, but for units that are 1e8 apart and more.
CORRECTIONS = 3


class Spectrum(NamedTuple):
    """Curvatures along orthonormal directions, a row each, with a column per problem.

    Attributes
    ----------
    values : ndarray, shape (r, n)
        The curvatures; 1 where there is none.
    vectors : ndarray, shape (p, r, n)
        The directions.
    slopes : ndarray, shape (r, n)
        `b` along them; 0 where there is no curvature.
    real : ndarray of bool, shape (r, n)
        Whether there is curvature along them.
    """

    values: Array
    vectors: Array
    slopes: Array
    real: Mask

    def ridge(self, mu: Array) -> Array:
        """Return `(H + mu I)^-1 b` of every problem, `(n, p)`."""
        return self._combine(self.slopes / (self.values + mu))

    def solve(self, mu: Array, right: Array) -> Array:
        """Return `(H + mu I)^-1 r` for an `r` per problem, `(n, p)`: of what `H` can give."""
        along = (self.vectors * right.T[:, None]).sum(axis=0)
        return self._combine(np.where(self.real, along / (self.values + mu), 0.0))

    def _combine(self, along: Array) -> Array:
        return np.asarray((self.vectors * along).sum(axis=1).T)


def ridge_solution(problem: Scaled, parts: Spectrum, mu: Array) -> Array:
    """Return `(H + mu I)^-1 b`, corrected where weights of small unit have lost digits."""
    weights = parts.ridge(mu)
    for _ in range(CORRECTIONS):
        rest = problem.downhill(weights) - mu[:, None] * weights
        rows = np.abs(rest).max(axis=-1) > problem.rounding(weights) * problem.steepest
        if not rows.any():
            break
        weights[rows] += parts.solve(mu, np.where(rows[:, None], rest, 0.0))[rows]
    return weights


def spectrum(problem: Scaled) -> Spectrum:
    """Return the spectrum of every problem, of least squares from its data."""
    if isinstance(problem.source, Data):
        return _of_data(problem.source)
    return _planar(problem) if problem.n_weights == 2 else _of_hessians(problem)


def _of_data(data: Data) -> Spectrum:
    X, targets = data.X, data.targets
    rotated = targets.T
    if len(X) > X.shape[1]:
        Q, X = np.linalg.qr(X)
        rotated = Q.T @ rotated
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    n_samples = len(data.X)
    real = s > max(data.X.shape) * EPS * s[0]
    values = np.where(real, s * s / n_samples, 1.0)[:, None]
    slopes = np.where(real, s, 0.0)[:, None] * (U.T @ rotated) / n_samples
    return Spectrum(
        values, Vt.T[:, :, None], slopes, np.broadcast_to(real[:, None], slopes.shape)
    )


def _of_hessians(problem: Scaled) -> Spectrum:
    root = hessian_root(problem.hessian)
    _, s, Vt = np.linalg.svd(root)
    real = s > problem.n_weights * EPS * s[:, :1]
    along = (Vt @ problem.center[:, :, None])[..., 0]
    return Spectrum(
        np.where(real, s * s, 1.0).T,
        np.moveaxis(Vt, (0, 1, 2), (2, 1, 0)),
        np.where(real, s * s * along, 0.0).T,
        real.T,
    )


def _planar(problem: Scaled) -> Spectrum:
    """Two weights, in closed form."""
    h11, h12, h22 = (problem.hessian[:, i, j] for i, j in ((0, 0), (0, 1), (1, 1)))
    c1, c2 = problem.center.T
    mean, half = 0.5 * (h11 + h22), 0.5 * (h11 - h22)
    spread = np.sqrt(half * half + h12 * h12)
    # Of the two formulas for the first eigenvector, the one that adds and never cancels.
    longest = spread + np.abs(half)
    longest[longest == 0.0] = 1.0  # a round loss: any axes will do
    scale = 1.0 / np.sqrt(longest * longest + h12 * h12)
    longest *= scale
    tilt = h12 * scale
    upright = half < 0.0
    x, y = np.where(upright, tilt, longest), np.where(upright, longest, tilt)
    largest = mean + spread
    # By the determinant, which cancels only where the loss itself is near singular.
    area = h11 * h22
    determinant = area - h12 * h12
    curved = np.array((largest > 0.0, determinant > 8.0 * EPS * area))
    smallest = determinant / np.where(curved[0], largest, 1.0)
    values = np.where(curved, (largest, smallest), 1.0)
    slopes = np.where(curved, values * (x * c1 + y * c2, x * c2 - y * c1), 0.0)
    return Spectrum(values, np.array(((x, -y), (y, x))), slopes, curved)
