"""Where the optimum of a loss must lie for a penalty to make a weight exactly 0."""

import numpy as np

from regmath._arrays import Array
from regmath.geometry.terms import NormPenalty, QuadraticLoss, mix_of, quadratic_of


def zero_zones(
    loss: QuadraticLoss, penalty: NormPenalty, far: float, *, budget: float | None = None
) -> Array:
    """Return the zones of the plane whose points, as optima of the loss, lose a weight.

    One zone for each half of an axis: with its optimum there, the penalized loss has its own
    on that half of the axis. Minus the gradient at `w = v e`, `v >= 0`, is spent along `e`, and
    at most the strength across. Of a given strength, those optima make a strip beginning at
    0; of a given budget they make a wedge at the corner of the ball.

    Parameters
    ----------
    loss : Quadratic or LeastSquares
        Its Hessian, invertible, gives a zone its shape; its own optimum does not count.
    penalty : L1 or ElasticNet
        At its strength, unless a budget is given.
    far : float
        How far the zones go, about, > 0.
    budget : float, optional
        Bound on `penalty.level(w)`, > 0, in place of the strength.

    Returns
    -------
    ndarray, shape (4, 5, 2)
        Outlines of polygons, of the first axis upwards and downwards and of the second.
    """
    mix = mix_of(penalty)
    hessian = quadratic_of(loss).hessian
    zones = np.empty((4, 5, 2))
    for zone, (axis, way) in zip(
        zones, ((0, 1.0), (0, -1.0), (1, 1.0), (1, -1.0)), strict=True
    ):
        along, across = way * np.eye(2)[axis], np.array([[-1.0], [1.0]]) * np.eye(2)[1 - axis]
        if budget is None:
            bounds = penalty.lam * mix.l1 * (along + across)
            near, apex = np.linalg.solve(hessian, bounds.T).T, np.zeros(2)
            slope = 2.0 * penalty.lam * mix.l2 * along
            ends = near + far * (along + np.linalg.solve(hessian, slope))
        else:
            reach = float(penalty.ball(budget, 5)[0, 0])
            near = apex = reach * along
            edges = (mix.l1 + 2.0 * mix.l2 * reach) * along + mix.l1 * across
            rays = np.linalg.solve(hessian, edges.T).T
            ends = apex + far * rays / np.linalg.norm(rays, axis=1, keepdims=True)
        zone[0], zone[[1, 4]], zone[2:4] = apex, near, ends
    return zones
