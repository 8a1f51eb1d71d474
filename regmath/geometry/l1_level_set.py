"""Contours of a quadratic loss with an L1 penalty: arcs that meet in vertices on the axes."""

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, non_negative
from regmath.geometry.objective_gap import objective_gap
from regmath.geometry.optimum import penalized_optimum
from regmath.geometry.terms import QuadraticLoss, quadratic_of
from regmath.losses import Quadratic
from regmath.penalties.l1 import L1


def l1_level_sets(
    loss: QuadraticLoss, lam: float, rises: ArrayLike, n_points: int
) -> tuple[Array, Array]:
    """Return contours of `L(w) + lam * |w|_1` in the plane, and its lowest point.

    Along a ray from the lowest point the objective is convex and made of at most three
    parabolas: the largest of those that the signs of the weights would make. So it reaches a
    rise where the first of them does, a root in closed form. The rays are even in their angle
    where the loss is round, with those through the contour's vertices among them, which are
    solved for along the axes.

    Parameters
    ----------
    loss : Quadratic or LeastSquares
        A single loss, positive definite, in the plane.
    lam : float
        Strength of the penalty, >= 0.
    rises : array_like, shape (n_contours,)
        Height of each contour above the lowest point, > 0.
    n_points : int
        Even rays, at least 4, the repeated one included.

    Returns
    -------
    contours : ndarray, shape (n_contours, n_points + 4, 2)
        Closed, counter-clockwise. A weight that is 0 at a vertex is exactly 0.0.
    lowest : ndarray, shape (2,)

    Raises
    ------
    ValueError
        If the loss is singular or not in the plane, a rise is not positive, or `n_points` is
        too small.
    """
    bowl, strength = quadratic_of(loss), non_negative(lam, "lam")
    heights = np.asarray(rises, dtype=np.float64)
    if bowl.center.shape != (2,):
        raise ValueError(f"a contour needs 2 weights, got a loss of {bowl.center.shape}.")
    if n_points < 4 or not (heights > 0.0).all():
        raise ValueError("contours need rises above 0 and at least 4 points.")
    if np.linalg.det(bowl.hessian) <= 1e-12 * np.trace(bowl.hessian) ** 2:
        raise ValueError("a singular loss has contours that do not close.")
    rays = _Rays(bowl, strength)
    turns = np.pi * (2.0 * np.arange(n_points - 1, dtype=np.float64) / (n_points - 1) - 1.0)
    found = []
    for rise in heights:
        vertices = [rays.vertices(rise, axis) for axis in (0, 1)]
        angles = np.concatenate((turns, *(angles for angles, _ in vertices)))
        points = np.concatenate((rays.at(turns, rise), *(points for _, points in vertices)))
        around = np.argsort(angles, kind="stable")
        found.append(points[[*around, around[0]]])
    return np.stack(found), rays.lowest


class _Rays:
    """The objective along rays from its lowest point."""

    def __init__(self, bowl: Quadratic, lam: float) -> None:
        self.bowl, self.lam = bowl, lam
        self.lowest = penalized_optimum(bowl, L1(lam))
        self.slope = bowl.gradient(self.lowest)
        # `C'` of `H = C C'`, which takes the ellipses of the loss to circles.
        self.to_round = np.linalg.cholesky(bowl.hessian).T

    def at(self, angles: Array, rise: float) -> Array:
        """Return the points at these angles where the objective has risen so much."""
        way = np.linalg.solve(self.to_round, np.stack((np.cos(angles), np.sin(angles)))).T
        side = np.where(self.lowest == 0.0, np.sign(way), np.sign(self.lowest))
        steady = way @ self.slope + self.lam * (way * side).sum(axis=1)
        # Where a ray crosses an axis ahead, the penalty turns round: slope and offset of that.
        crosses = way * self.lowest < 0.0
        bends, offsets = (
            2.0 * self.lam * np.where(crosses, np.abs(of), 0.0) for of in (way, self.lowest)
        )
        reach = np.full(len(way), np.inf)
        for used in ((0, 0), (1, 0), (0, 1), (1, 1)):
            tilt, left = steady + bends @ used, rise + offsets @ used
            reach = np.minimum(reach, 2.0 * left / (tilt + np.sqrt(tilt**2 + 2.0 * left)))
        return np.asarray(self.lowest + reach[:, np.newaxis] * way)

    def vertices(self, rise: float, axis: int) -> tuple[Array, Array]:
        """Return the angles of the two points where the weight `axis` is 0, and them, `(2, 2)`.

        Where the contour does not come so far they are its first point, which it has anyway.
        """
        other = 1 - axis
        curvature = float(self.bowl.hessian[other, other])
        pull = -float(self.bowl.gradient(np.zeros(2))[other])
        at_zero = float(objective_gap(self.bowl, L1(self.lam), self.lowest, np.zeros(2)))
        # The objective along the axis is the larger of two parabolas, one for each sign.
        middle = (pull + self.lam * np.array([-1.0, 1.0])) / curvature
        square = middle**2 - 2.0 * (at_zero - rise) / curvature
        half = np.sqrt(np.maximum(square, 0.0))
        low, high = (middle - half).max(), (middle + half).min()
        if (square < 0.0).any() or low > high:
            first = np.array([-np.pi, -np.pi])
            return first, self.at(first, rise)
        found = np.zeros((2, 2))
        found[:, other] = low, high
        x, y = self.to_round @ (found - self.lowest).T + 0.0
        return np.arctan2(y, x), found
