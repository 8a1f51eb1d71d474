"""Nothing in regmath is minus zero: a zero weight is `0.0`, and no picture says "-0"."""

from itertools import islice

import numpy as np
import pytest

import regmath
from regmath import L1, LeastSquares, Quadratic
from tests.contracts.tables import CONVEX, METHODS, PENALTIES

CENTER = np.array([-1.0, -0.0, 0.0, 2.0])
BOWL = Quadratic(np.diag([1.0, 2.0, 1.0, 0.5]), CENTER)
X = np.diag([-1.0, 1.0, -2.0, 1.0])
every_penalty = pytest.mark.parametrize(
    "penalty", [penalty for row in PENALTIES.values() for penalty in row], ids=str
)


def has_minus_zero(values):
    values = np.asarray(values)
    return bool(np.signbit(values[values == 0.0]).any())


@every_penalty
@pytest.mark.parametrize("lam", [0.0, 0.5])
def test_no_penalty_returns_minus_zero(penalty, lam):
    strength = penalty.with_lambda(lam)
    for found in (
        strength.value(CENTER),
        strength.subgradient(CENTER),
        strength.prox(CENTER, 0.7),
        strength.prox(CENTER, 0.0),
    ):
        assert not has_minus_zero(found)


@pytest.mark.parametrize("penalty", CONVEX, ids=str)
@pytest.mark.parametrize("lam", [0.0, 0.5])
def test_no_optimum_and_no_projection_is_minus_zero(penalty, lam):
    strength = penalty.with_lambda(lam)
    for found in (
        strength.project(CENTER, 0.6),
        strength.project(CENTER, 99.0),
        regmath.penalized_optimum(BOWL, strength),
        regmath.constrained_optimum(BOWL, strength, 0.6).weights,
        regmath.constrained_optimum(BOWL, strength, 99.0).weights,
    ):
        assert not has_minus_zero(found)


@pytest.mark.parametrize("name", METHODS)
def test_no_method_visits_minus_zero(name):
    states = islice(METHODS[name].run(BOWL, L1(0.5), np.array([-0.0, 1.0, -0.0, -1.0])), 20)
    for state in states:
        assert not has_minus_zero(state.weights)


def test_no_path_and_no_center_is_minus_zero():
    path = regmath.lasso_path(X, CENTER)
    for found in (
        path.weights,
        path.at([0.0, 0.1, 9.0]),
        regmath.ridge_path(X, CENTER, [0.0, 1.0]),
        LeastSquares(X, CENTER).center,
        BOWL.gradient(np.zeros(4)),
    ):
        assert not has_minus_zero(found)
