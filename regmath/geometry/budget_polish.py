"""The last digits of weights that spend a budget, once their signs are known."""

import numpy as np

from regmath._arrays import Array, matrix_times
from regmath.geometry.level import Level
from regmath.geometry.scaled import Scaled
from regmath.geometry.signed_newton import solve_on

POLISHES = 2


def polish(
    problem: Scaled, level: Level, budget: Array, found: Array, lam: Array
) -> tuple[Array, Array]:
    """Newton on stationarity and the budget together, on the support found.

    For L1 both are linear, and one solve is exact. The other steps refine rounding.
    """
    # The signs found stay, even if a weight at rounding's size should pass zero.
    signs, weights = np.sign(found), found
    n, p = weights.shape
    support = np.column_stack((signs != 0.0, np.ones(n, dtype=bool)))
    for _ in range(POLISHES):
        pull = level.l1[:, None] * signs + 2.0 * level.l2[:, None] * weights
        slope = problem.linear - matrix_times(problem.hessian, weights) - lam[:, None] * pull
        system = np.zeros((n, p + 1, p + 1))
        system[:, :p, :p] = level.curved(problem.hessian, lam)
        system[:, :p, p] = system[:, p, :p] = pull
        right = np.column_stack((slope, budget - level(weights)))
        move = solve_on(support, system, right)
        weights, lam = weights + move[:, :p], lam + move[:, p]
    return np.where(weights * signs > 0.0, weights, 0.0), np.maximum(lam, 0.0)


def polish_from_root(
    problem: Scaled, level: Level, budget: Array, start: Array, lam: float
) -> tuple[Array, Array]:
    """Polish one problem from a root of its Hessian, moving on the budget only.

    Where two columns are nearly one, the budget settles how the weight is divided among
    them: the directions that keep to it are far from flat.
    """
    root, target = problem.root(0)
    weights, support = start.copy(), start != 0.0
    columns, signs = root[:, support], np.sign(start[support])

    def pull() -> Array:
        return np.asarray(level.l1[0] * signs + 2.0 * level.l2[0] * weights[support])

    for _ in range(POLISHES):
        basis, _ = np.linalg.qr(pull()[:, None], mode="complete")
        along, across = basis[:, 0], basis[:, 1:]
        step = along * (budget[0] - level(weights[None])[0]) / (along @ pull())
        curved = np.vstack((columns, np.sqrt(2.0 * lam * level.l2[0]) * np.eye(len(signs))))
        rest = np.concatenate((target - root @ weights, np.zeros(len(signs)))) - curved @ step
        weights[support] += step + across @ np.linalg.lstsq(curved @ across, rest)[0]
        slope = columns.T @ (target - root @ weights)
        lam = max(float(slope @ pull() / (pull() @ pull())), 0.0)
    kept = np.where(weights * start > 0.0, weights, 0.0)
    return kept[None], np.array([lam])
