"""The optimum of a quadratic loss in the L2 ball, by the secular equation."""

import numpy as np

from regmath._arrays import Array

EPS = np.finfo(float).eps
TINY = np.finfo(float).tiny
MAX_NEWTON_STEPS = 100


def l2_ball(hessian: Array, center: Array, radius: Array) -> tuple[Array, Array]:
    """Minimise `1/2 (w-c)'H(w-c)` subject to `|w|_2 <= radius`, for a whole batch.

    In the eigenvectors' coordinates the optimum is `d_i c_i / (d_i + mu)`, where
    `mu = 2 lam` solves the secular equation `|w(mu)| = radius`.

    Parameters
    ----------
    hessian : array, shape (n, p, p)
    center : array, shape (n, p)
    radius : array, shape (n,)

    Returns
    -------
    weights : array, shape (n, p)
    multiplier : array, shape (n,)
        `lam`, exactly 0.0 where the constraint does not bind.
    """
    # One row per direction, one column per problem: sums over rows are the fast ones.
    values, vectors = _planar_eigen(hessian) if hessian.shape[-1] == 2 else _eigen(hessian)
    along = (vectors * center.T[:, None]).sum(axis=0)
    # Along a direction without curvature every weight is as good; 0 is the shortest.
    curved = values > 8.0 * EPS * values.max(axis=0)
    along = np.where(curved, along, 0.0)
    values = np.where(curved, values, 1.0)
    mu = _secular_root(values, values * along, radius)
    along = along * (values / (values + mu))
    weights = (vectors * along).sum(axis=1).T
    # A center inside the ball is returned to the last bit, without the way round.
    inside = (mu == 0.0) & curved.all(axis=0)
    weights[inside] = center[inside]
    return weights, 0.5 * mu


def _eigen(hessian: Array) -> tuple[Array, Array]:
    values, vectors = np.linalg.eigh(hessian)
    return np.maximum(values, 0.0).T, np.moveaxis(vectors, 0, -1)


def _planar_eigen(hessian: Array) -> tuple[Array, Array]:
    """Eigenvalues (2, n) and eigenvectors (2, 2, n), a column each, in closed form."""
    h11, h12, h22 = hessian[:, 0, 0].copy(), hessian[:, 0, 1].copy(), hessian[:, 1, 1].copy()
    mean, half = 0.5 * (h11 + h22), 0.5 * (h11 - h22)
    spread = np.sqrt(half * half + h12 * h12)
    # Of the two formulas for the first eigenvector, the one that adds and never cancels.
    longest = spread + np.abs(half)
    longest[longest == 0.0] = 1.0  # a round loss: any axes will do
    scale = 1.0 / np.sqrt(longest * longest + h12 * h12)
    longest *= scale
    h12 *= scale
    upright = half < 0.0
    x, y = np.where(upright, h12, longest), np.where(upright, longest, h12)
    values = np.array((mean + spread, np.maximum(mean - spread, 0.0)))
    return values, np.array(((x, -y), (y, x)))


def _secular_root(values: Array, slopes: Array, radius: Array) -> Array:
    """Solve `sum_i (slopes_i / (values_i + mu))**2 = radius**2` for `mu >= 0`.

    Newton on `1/|w(mu)| - 1/radius`, which is concave and rises: from below the root the
    steps stay below it and only grow `mu`, so no bracket is needed. Where `|w(0)|` fits in
    the ball, `mu` stays exactly 0.
    """
    # |slopes_i| / (values_i + mu) <= radius in every direction bounds mu from below.
    scaled = slopes / radius
    mu = np.maximum((np.abs(scaled) - values).max(axis=0), 0.0)
    for _ in range(MAX_NEWTON_STEPS):
        inverse = 1.0 / (values + mu)
        squares = np.square(scaled * inverse)
        norm2 = squares.sum(axis=0)
        excess = np.sqrt(norm2) - 1.0
        if excess.max() <= 4.0 * EPS:
            break
        squares *= inverse
        fall = np.maximum(squares.sum(axis=0), TINY)
        mu += np.maximum(excess, 0.0) * norm2 / fall
    return np.asarray(mu)
