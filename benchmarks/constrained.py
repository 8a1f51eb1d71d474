"""Constrained optima of 5,000 losses in the plane, against SciPy's SLSQP.

SLSQP solves one problem at a time, so it is timed on 100 of them and scaled to 5,000.
"""

from collections.abc import Iterator

import numpy as np
from scipy.optimize import minimize

from benchmarks.problems import N_PROBLEMS, bowls
from benchmarks.timing import Row, milliseconds
from regmath import L1, L2, ElasticNet, Quadratic
from regmath.certificates import constrained_kkt_residual
from regmath.geometry import constrained_optimum

SUBSAMPLE = 100


def rows() -> Iterator[Row]:
    loss = bowls()
    few = Quadratic(loss.hessian[:SUBSAMPLE], loss.center[:SUBSAMPLE])
    share = np.random.default_rng(1).uniform(0.05, 0.95, N_PROBLEMS)
    for name, penalty in (("L1", L1(1.0)), ("L2", L2(1.0)), ("net", ElasticNet(1.0, 0.5))):
        yield row(name, penalty, share * penalty.level(loss.center), loss, few)


def row(name, penalty, budget, loss: Quadratic, few: Quadratic) -> Row:
    best = constrained_optimum(loss, penalty, budget)
    residual = constrained_kkt_residual(loss, penalty, budget, best.weights, best.multiplier)
    found = np.array(slsqp(few, penalty, budget))
    return Row(
        f"constrained {name}, {N_PROBLEMS} problems",
        milliseconds(lambda: constrained_optimum(loss, penalty, budget), 21),
        f"SciPy SLSQP ({SUBSAMPLE} scaled up)",
        milliseconds(lambda: slsqp(few, penalty, budget), 3) * (N_PROBLEMS / SUBSAMPLE),
        residual.max(),
        np.abs(found - best.weights[:SUBSAMPLE]).max(),
    )


def slsqp(loss: Quadratic, penalty, budget: np.ndarray) -> list[np.ndarray]:
    """Solve each problem with `|w_j| = up_j + down_j`, which makes the level smooth."""
    # The losses may be fewer than the budgets: the first ones are meant.
    problems = zip(loss.hessian, loss.center, budget, strict=False)
    return [one(*problem, penalty) for problem in problems]


def one(hessian, center, budget, penalty) -> np.ndarray:
    def value(z):
        away = z[:2] - z[2:] - center
        return 0.5 * away @ hessian @ away

    def gradient(z):
        slope = hessian @ (z[:2] - z[2:] - center)
        return np.concatenate((slope, -slope))

    room = {"type": "ineq", "fun": lambda z: budget - penalty.level(z[:2] + z[2:])}
    bounds = [(0.0, None)] * 4
    z = minimize(
        value,
        np.full(4, 0.01),
        jac=gradient,
        bounds=bounds,
        constraints=room,
        method="SLSQP",
        options={"ftol": 1e-12, "maxiter": 200},
    ).x
    return z[:2] - z[2:]
