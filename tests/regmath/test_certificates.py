import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regmath import L1, L2, ElasticNet, LeastSquares, Quadratic
from regmath.certificates import (
    constrained_duality_gap,
    constrained_kkt_residual,
    duality_gap,
    kkt_residual,
)
from regmath.geometry import constrained_optimum, penalized_optimum
from tests.contracts.hard import gaussian, near_twins
from tests.examples import examples
from tests.regmath.problems import KINDS, planar_losses, regression

PENALTIES = [L1(0.3), L2(0.3), ElasticNet(0.3, 0.4)]
every_penalty = pytest.mark.parametrize("penalty", PENALTIES, ids=["l1", "l2", "net"])
DATA, TARGET = gaussian(9, 3, 5)
BOWL = Quadratic([[2.0, 0.6], [0.6, 1.0]], [1.5, 1.2])
lawful = examples(80)
plane = st.tuples(st.floats(-3.0, 3.0), st.floats(-3.0, 3.0))


@given(plane, st.sampled_from(PENALTIES))
@lawful
def test_the_gap_bounds_the_excess(weights, penalty):
    best = penalized_optimum(BOWL, penalty)
    excess = (
        BOWL.value(weights) + penalty.value(weights) - BOWL.value(best) - penalty.value(best)
    )
    assert excess >= -1e-13
    assert duality_gap(BOWL, penalty, weights) >= excess - 1e-13


@given(plane, st.sampled_from(PENALTIES), st.floats(0.1, 1.0))
@lawful
def test_the_constrained_gap_bounds_the_excess(weights, penalty, budget):
    inside = penalty.project(weights, budget)
    best = constrained_optimum(BOWL, penalty, budget).weights
    excess = BOWL.value(inside) - BOWL.value(best)
    assert excess >= -1e-13
    assert constrained_duality_gap(BOWL, penalty, budget, inside) >= excess - 1e-13


@pytest.mark.parametrize("kind", KINDS)
@every_penalty
def test_the_gap_vanishes_on_data_of_any_rank(kind, penalty):
    loss = regression(21, kind)
    gap = duality_gap(loss, penalty, penalized_optimum(loss, penalty))
    assert abs(gap) <= 1e-12 * loss.value(np.zeros(loss.n_weights))


def test_the_gap_rests_on_the_data_and_not_on_a_solved_center():
    # Two columns differ in their thirteenth digit: a center solved from them is far off.
    X, y = near_twins(6, 3, 1e-12, 0)
    loss = LeastSquares(X, y)
    for share in (0.5, 1e-3):
        # Six independent columns in six rows reach every target, so that at w = 0 the dual
        # point is `share` times y.
        lam = share * float(np.abs(loss.gradient(np.zeros(6))).max())
        expected = (1.0 - share) ** 2 * loss.value(np.zeros(6))
        assert duality_gap(loss, L1(lam), np.zeros(6)) == pytest.approx(expected, rel=1e-14)


@every_penalty
def test_a_wrong_optimum_is_seen(penalty):
    best = penalized_optimum(BOWL, penalty)
    assert kkt_residual(BOWL, penalty, best) <= 1e-15
    assert kkt_residual(BOWL, penalty, best + np.array([1e-6, 0.0])) > 1e-8
    assert duality_gap(BOWL, penalty, best + np.array([1e-3, 0.0])) > 1e-7
    assert kkt_residual(BOWL, penalty.with_lambda(0.31), best) > 1e-4


@every_penalty
def test_each_condition_is_checked(penalty):
    best = constrained_optimum(BOWL, penalty, 0.5)

    def residual(weights=best.weights, multiplier=best.multiplier, budget=0.5):
        return constrained_kkt_residual(BOWL, penalty, budget, weights, multiplier)

    assert residual() <= 1e-15
    assert residual(weights=best.weights * 1.001) >= 1e-4  # leaves the ball
    assert residual(multiplier=best.multiplier * 1.01) >= 1e-4  # stationarity
    assert residual(budget=0.6) >= 1e-2  # a multiplier without a binding constraint
    assert residual(weights=BOWL.center, multiplier=0.0, budget=0.5) >= 0.5  # feasibility
    assert residual(weights=BOWL.center, multiplier=0.0, budget=9.0) == 0.0
    assert residual(weights=BOWL.center, multiplier=-0.1, budget=9.0) >= 1e-3  # sign


def test_only_the_sign_gives_away_a_negative_multiplier():
    # Beyond the center, on the ball's boundary, all conditions hold but the sign.
    loss, outside = Quadratic(np.eye(2), [0.5, 0.5]), np.array([1.0, 1.0])
    lam = -0.25  # gradient 0.5 = -2 lam w
    assert constrained_kkt_residual(loss, L2(1.0), np.sqrt(2.0), outside, lam) >= 0.1


def test_a_corner_is_no_optimum_when_the_other_weight_pulls_harder():
    loss, corner = Quadratic(np.eye(2), [3.0, 2.5]), np.array([1.0, 0.0])
    assert constrained_kkt_residual(loss, L1(1.0), 1.0, corner, 2.0) >= 0.05
    at_edge = Quadratic(np.eye(2), [3.0, 2.0])
    assert constrained_kkt_residual(at_edge, L1(1.0), 1.0, corner, 2.0) == 0.0


def test_projecting_the_center_is_no_optimum():
    projected = L1(1.0).project(BOWL.center, 0.8)
    best = constrained_optimum(BOWL, L1(1.0), 0.8)
    assert constrained_duality_gap(BOWL, L1(1.0), 0.8, projected) > 1e-2
    assert constrained_duality_gap(BOWL, L1(1.0), 0.8, best.weights) <= 1e-15


def test_certificates_are_batched():
    loss = planar_losses(6, 0, nasty=False)
    for penalty in PENALTIES:
        best = constrained_optimum(loss, penalty, 0.4)
        found = best.weights, best.multiplier
        assert constrained_kkt_residual(loss, penalty, 0.4, *found).shape == (6,)
        assert kkt_residual(loss, penalty, best.weights).shape == (6,)
        assert duality_gap(loss, penalty, best.weights).shape == (6,)
        assert constrained_duality_gap(loss, penalty, 0.4, best.weights).shape == (6,)


def test_a_loss_that_is_flat_everywhere_has_no_residual():
    flat = LeastSquares([[0.0, 0.0]], [1.0])
    assert kkt_residual(flat, L1(1.0), [0.0, 0.0]) == 0.0


@pytest.mark.parametrize("scale", [1e-150, 1e-8, 1e8, 1e150])
def test_the_unit_of_the_data_does_not_matter(scale):
    # Not even where the gradient's squares are out of the range of doubles.
    loss, scaled = ((LeastSquares(X, Y)) for X, Y in ((DATA, TARGET), (scale * DATA, TARGET)))
    for away in (0.0, 1e-6):
        weights = penalized_optimum(loss, L1(0.1)) + away
        residual = kkt_residual(loss, L1(0.1), weights)
        again = kkt_residual(scaled, L1(0.1 * scale), weights / scale)
        assert again == pytest.approx(residual, rel=1e-6, abs=1e-14)


def test_the_residual_is_a_share_of_lambda_max():
    loss = LeastSquares(DATA, TARGET)
    lambda_max = np.abs(DATA.T @ TARGET).max() / len(TARGET)
    penalty = L1(0.9 * lambda_max)
    missed = np.linalg.norm(
        np.maximum(np.abs(DATA.T @ TARGET) / len(TARGET) - penalty.lam, 0.0)
    )
    found = kkt_residual(loss, penalty, np.zeros(3))
    assert found == pytest.approx(missed / lambda_max, rel=1e-12)


def test_large_weights_excuse_no_residual():
    # Least squares on twins that differ in the eleventh digit: weights of 1e11, which rounding
    # alone moves by 1e-5.
    loss = LeastSquares(*near_twins(6, 3, 1e-11, 0))
    exact = np.abs(loss.gradient(loss.center)).max()
    found = kkt_residual(loss, L1(0.0), loss.center)
    assert found >= exact / np.abs(loss.gradient(np.zeros(6))).max() > 1e-9
