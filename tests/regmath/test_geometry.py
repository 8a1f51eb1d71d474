import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from sklearn.linear_model import ElasticNet as SkElasticNet
from sklearn.linear_model import Lasso, Ridge

from regmath import L1, L2, ElasticNet, LeastSquares, Quadratic
from regmath.certificates import (
    constrained_duality_gap,
    constrained_kkt_residual,
    duality_gap,
    kkt_residual,
)
from regmath.geometry import (
    budget_from_lambda,
    constrained_optimum,
    corner_lambdas,
    in_normal_cone,
    lambda_from_budget,
    level_set,
    level_sets,
    normal_cone,
    normal_cone_distance,
    penalized_optima,
    penalized_optimum,
    tangency,
)
from tests.examples import examples
from tests.regmath.problems import KINDS, planar_losses, regression

PENALTIES = [L1(1.0), L2(1.0), ElasticNet(1.0, 0.5), ElasticNet(1.0, 0.1), ElasticNet(1.0, 0.0)]
NAMES = ["l1", "l2", "half", "tenth", "none"]
every_penalty = pytest.mark.parametrize("penalty", PENALTIES, ids=NAMES)
every_kind = pytest.mark.parametrize("kind", KINDS)
TWINS = Quadratic([[1.0, 1.0], [1.0, 1.0]], [1.0, 0.5])
ONE = Quadratic([[2.0, 0.6], [0.6, 1.0]], [1.5, 1.2])

# A well-behaved bowl in the plane and a share of its center's level.
bowls = st.builds(
    lambda h1, h2, r, c1, c2: Quadratic(
        [[h1, r * np.sqrt(h1 * h2)], [r * np.sqrt(h1 * h2), h2]], [c1, c2]
    ),
    st.floats(0.1, 10.0),
    st.floats(0.1, 10.0),
    st.floats(-0.95, 0.95),
    st.floats(0.05, 3.0),
    st.floats(-3.0, 3.0),
)
shares = st.floats(0.02, 0.98)
planar_penalties = st.sampled_from(PENALTIES[:4])
lawful = examples(60)


def budgets(loss, penalty, seed, most=1.1):
    shares = np.random.default_rng(seed).uniform(0.02, most, loss.center.shape[:-1])
    return shares * penalty.level(loss.center)


@every_penalty
@pytest.mark.parametrize("nasty", [False, True])
def test_5000_constrained_optima_are_certified(penalty, nasty):
    loss = planar_losses(5000, 0, nasty)
    budget = budgets(loss, penalty, 1)
    best = constrained_optimum(loss, penalty, budget)
    residual = constrained_kkt_residual(loss, penalty, budget, best.weights, best.multiplier)
    assert residual.max() <= (1e-12 if nasty else 1e-13)
    assert np.array_equal(best.active, best.multiplier > 0.0)
    assert np.array_equal(best.active, penalty.level(loss.center) > budget)
    assert 0.5 < best.active.mean() < 1.0


@every_penalty
@pytest.mark.parametrize("nasty", [False, True])
@pytest.mark.parametrize("lam", [1e-3, 0.3, 30.0])
def test_5000_penalized_optima_are_certified(penalty, nasty, lam):
    loss, penalty = planar_losses(5000, 2, nasty), penalty.with_lambda(lam)
    assert kkt_residual(loss, penalty, penalized_optimum(loss, penalty)).max() <= 1e-12


@every_kind
@pytest.mark.parametrize("share", [1.0, 0.9, 0.3, 1e-2, 1e-4])
def test_any_dimension_is_certified(kind, share):
    for seed in range(6):
        loss = regression(seed, kind)
        strongest = np.abs(loss.gradient(np.zeros(loss.n_weights))).max()
        for penalty in PENALTIES[:4]:
            at = penalty.with_lambda(share * strongest)
            weights = penalized_optimum(loss, at)
            assert kkt_residual(loss, at, weights) <= 1e-12
            if weights.any():
                budget = penalty.level(weights)
                best = constrained_optimum(loss, penalty, budget)
                found = best.weights, best.multiplier
                assert constrained_kkt_residual(loss, penalty, budget, *found) <= 1e-12
                assert best.multiplier == pytest.approx(at.lam, rel=1e-6, abs=1e-13 * strongest)


@every_kind
def test_lasso_agrees_with_scikit_learn(kind):
    loss = regression(11, kind)
    strongest = np.abs(loss.gradient(np.zeros(loss.n_weights))).max()
    for lam in (0.5 * strongest, 0.1 * strongest):
        theirs = Lasso(alpha=lam, fit_intercept=False, tol=1e-12, max_iter=1_000_000)
        theirs.fit(loss.X, loss.y)
        ours = penalized_optimum(loss, L1(lam))
        assert loss.X @ ours == pytest.approx(theirs.predict(loss.X), abs=1e-6)
        if kind in ("plain", "scales"):
            assert ours == pytest.approx(theirs.coef_, abs=1e-6)
            assert np.array_equal(ours == 0.0, theirs.coef_ == 0.0)


@every_kind
def test_ridge_and_elastic_net_agree_with_scikit_learn(kind):
    loss = regression(12, kind)
    ridge = Ridge(alpha=0.2 * len(loss.y), fit_intercept=False, solver="svd").fit(
        loss.X, loss.y
    )
    assert penalized_optimum(loss, L2(0.1)) == pytest.approx(ridge.coef_, abs=1e-10)
    # Ours is 0.1 |w|_1 + 0.1 |w|^2, theirs 0.3 (|w|_1 / 3 + (1 - 1/3) |w|^2 / 2).
    net = SkElasticNet(
        alpha=0.3, l1_ratio=1 / 3, fit_intercept=False, tol=1e-13, max_iter=10**6
    )
    net.fit(loss.X, loss.y)
    assert penalized_optimum(loss, ElasticNet(0.2, 0.5)) == pytest.approx(net.coef_, abs=1e-6)


@every_penalty
def test_slsqp_finds_no_better_point(penalty):
    loss = planar_losses(30, 5, nasty=False)
    budget = budgets(loss, penalty, 6, most=0.9)
    best = constrained_optimum(loss, penalty, budget)
    # |w_j| = up_j + down_j makes every level smooth, for SLSQP; it leaves the ball by 1e-8.
    for row in range(30):
        bowl = Quadratic(loss.hessian[row], loss.center[row])

        def room(z, limit=budget[row]):
            return limit - penalty.level(z[:2] + z[2:])

        found = minimize(
            lambda z, bowl=bowl: float(bowl.value(z[:2] - z[2:])),
            np.full(4, 0.01),
            bounds=[(0.0, None)] * 4,
            constraints={"type": "ineq", "fun": room},
            method="SLSQP",
            options={"ftol": 1e-14, "maxiter": 500},
        )
        theirs = found.x[:2] - found.x[2:]
        assert best.weights[row] == pytest.approx(theirs, abs=2e-4)
        assert bowl.value(best.weights[row]) <= bowl.value(theirs) + 1e-6


@given(bowls, planar_penalties, shares)
@lawful
def test_budget_and_lambda_go_round(loss, penalty, share):
    budget = share * penalty.level(loss.center)
    lam = lambda_from_budget(loss, penalty, budget)
    assert budget_from_lambda(loss, penalty.with_lambda(lam)) == pytest.approx(budget, rel=1e-9)
    best = constrained_optimum(loss, penalty, budget)
    same = penalized_optimum(loss, penalty.with_lambda(best.multiplier))
    assert same == pytest.approx(best.weights, rel=1e-9, abs=1e-10)


@given(bowls, planar_penalties, shares)
@lawful
def test_hoelder_is_an_equality_and_the_gaps_vanish(loss, penalty, share):
    budget = share * penalty.level(loss.center)
    best = constrained_optimum(loss, penalty, budget)
    downhill = -loss.gradient(best.weights)
    size = 1e-12 * (1.0 + loss.value(0.0 * loss.center))
    reach = penalty.support(downhill, float(budget))
    assert downhill @ best.weights == pytest.approx(reach, abs=size)
    assert abs(constrained_duality_gap(loss, penalty, budget, best.weights)) <= size
    assert abs(duality_gap(loss, penalty.with_lambda(best.multiplier), best.weights)) <= size


@given(bowls, planar_penalties, shares)
@lawful
def test_the_contour_touches_the_ball_from_outside(loss, penalty, share):
    budget = float(share * penalty.level(loss.center))
    best = constrained_optimum(loss, penalty, budget).weights
    contour = level_set(loss, best, 181)
    assert np.array_equal(contour[0], best)
    assert np.array_equal(contour[-1], best)
    values = loss.value(contour)
    assert values == pytest.approx(values[0], rel=1e-10)
    boundary = penalty.ball(budget, 401)
    assert loss.value(boundary).min() >= values[0] * (1.0 - 1e-12)
    assert penalty.level(contour).min() >= budget * (1.0 - 1e-12)
    assert tangency(loss, penalty, best) <= 1e-9
    assert in_normal_cone(penalty, best, -loss.gradient(best), 1e-9)


@given(bowls, st.floats(0.0, 1.0))
@lawful
def test_corner_lambdas_bound_the_corner(loss, share):
    low, high = corner_lambdas(loss)
    assert 0.0 <= low <= high
    strongest = L1(0.0).lambda_max(loss.gradient([0.0, 0.0]))
    # Each sums two products in an order of its own, and is off by 2 u of the largest at most.
    terms = (np.abs(loss.hessian) @ np.abs(loss.center)).max()
    assert abs(high - strongest) <= 2.0 * np.finfo(float).eps * terms
    if high - low > 1e-9 * high:
        inside = low + (high - low) * (1e-6 + share * (1 - 2e-6))
        assert np.count_nonzero(penalized_optimum(loss, L1(inside))) == 1
    assert not penalized_optimum(loss, L1(high * (1 + 1e-12))).any()
    if low > 1e-9 * high:
        assert np.count_nonzero(penalized_optimum(loss, L1(low * (1 - 1e-6)))) == 2


def test_zeros_are_exact_and_positive():
    loss = planar_losses(5000, 8, nasty=True)
    for penalty in (L1(1.0), ElasticNet(1.0, 0.5)):
        constrained = constrained_optimum(loss, penalty, budgets(loss, penalty, 9)).weights
        for weights in (constrained, penalized_optimum(loss, penalty)):
            zero = weights == 0.0
            assert 0.05 < zero.mean() < 0.6
            assert not np.signbit(weights[zero]).any()
            assert np.abs(weights[~zero]).min() > 1e-14
    assert penalized_optimum(loss, L2(1.0)).all()


@every_kind
def test_the_first_weight_enters_just_below_lambda_max(kind):
    loss = regression(2, kind)
    strongest = np.abs(loss.gradient(np.zeros(loss.n_weights))).max()
    for penalty, lam in ((L1(1.0), strongest), (ElasticNet(1.0, 0.5), 2.0 * strongest)):
        assert not penalized_optimum(loss, penalty.with_lambda(lam * (1.0 + 1e-15))).any()
        assert penalized_optimum(loss, penalty.with_lambda(lam * (1.0 - 1e-12))).any()


def test_small_integers_are_certified_at_ties():
    # Integer data tie correlations along whole pieces of the path, and budgets at its ends.
    rng = np.random.default_rng(77)
    for _ in range(150):
        n, p = rng.integers(1, 7), rng.integers(3, 8)
        loss = LeastSquares(rng.integers(-1, 2, (n, p)), rng.integers(-3, 4, n))
        for share in (1, 1 / 2, 1 / 3):
            lam = share * np.abs(loss.gradient(np.zeros(p))).max()
            weights = penalized_optimum(loss, L1(lam))
            assert kkt_residual(loss, L1(lam), weights) <= 1e-13
            budget = L1(1.0).level(weights) * rng.integers(1, 8) / 4
            if budget:
                best = constrained_optimum(loss, L1(1.0), budget)
                found = best.weights, best.multiplier
                assert constrained_kkt_residual(loss, L1(1.0), budget, *found) <= 1e-13


def test_a_weight_tied_along_the_path_stays_exactly_zero():
    X = [[-1, -1, -1], [1, 1, 1], [-1, 0, 0], [-1, 0, -1], [0, 1, 0]]
    loss, budget = LeastSquares(X, [1, 1, 0, 1, -2]), 8 / 9
    best = constrained_optimum(loss, L1(1.0), budget)
    assert best.weights == pytest.approx([0.0, -67 / 90, 13 / 90], abs=1e-14)
    assert best.weights[0] == 0.0
    assert best.multiplier == pytest.approx(1 / 90, rel=1e-12)


def test_a_budget_at_the_least_interpolating_level():
    X = [[1, 0, 0, 0, -1, 1, -1], [-1, -1, 1, 1, -1, 0, -1], [1, 1, 1, 1, 0, -1, 0]]
    loss = LeastSquares(X, [-2, 0, 1])
    for budget in (2.0 - 4e-16, 2.0, 2.0 - 1e-13, 2.0 - 1e-10):
        best = constrained_optimum(loss, L1(1.0), budget)
        found = best.weights, best.multiplier
        assert constrained_kkt_residual(loss, L1(1.0), budget, *found) <= 1e-13
        assert best.multiplier <= 1e-9


@every_penalty
def test_a_budget_far_below_the_last_bit_of_the_loss_is_spent(penalty):
    loss = Quadratic(np.diag([1.0, 2.0, 3.0]), [1.0, 2.0, -1.0])
    for budget in (1e-20, 1e-100):
        best = constrained_optimum(loss, penalty, budget)
        assert penalty.level(best.weights) == pytest.approx(budget, rel=1e-13, abs=0.0)
        found = best.weights, best.multiplier
        assert constrained_kkt_residual(loss, penalty, budget, *found) <= 1e-13


def test_a_known_corner():
    loss = Quadratic([[1.0, 0.0], [0.0, 1.0]], [3.0, 0.5])
    best = constrained_optimum(loss, L1(1.0), 1.0)
    assert best.weights.tolist() == [1.0, 0.0]
    assert best.multiplier == 2.0
    assert penalized_optimum(loss, L1(2.0)).tolist() == [1.0, 0.0]
    assert penalized_optimum(loss, L2(0.5)).tolist() == [1.5, 0.25]
    assert penalized_optimum(loss, ElasticNet(1.0, 0.5)).tolist() == [1.25, 0.0]
    assert [float(end) for end in corner_lambdas(loss)] == [0.5, 3.0]


def test_an_identical_round_loss_projects():
    rng = np.random.default_rng(0)
    center = rng.normal(size=(50, 2))
    loss = Quadratic(np.eye(2), center)
    for penalty in PENALTIES[:4]:
        best = constrained_optimum(loss, penalty, 0.3)
        assert best.weights == pytest.approx(penalty.project(center, 0.3), abs=1e-13)


def test_a_batch_equals_its_members():
    loss = planar_losses(12, 3, nasty=False)
    stacked = Quadratic(loss.hessian.reshape(3, 4, 2, 2), loss.center.reshape(3, 4, 2))
    for penalty in PENALTIES:
        best = constrained_optimum(stacked, penalty, 0.7)
        assert best.weights.shape == (3, 4, 2)
        assert best.multiplier.shape == best.active.shape == (3, 4)
        single = Quadratic(loss.hessian[7], loss.center[7])
        assert constrained_optimum(single, penalty, 0.7).weights.shape == (2,)
        alone = constrained_optimum(single, penalty, 0.7)
        assert alone.weights == pytest.approx(best.weights[1, 3], rel=1e-13)
        assert penalized_optimum(stacked, penalty).shape == (3, 4, 2)
        many = constrained_optimum(single, penalty, [0.2, 0.7, 100.0])
        assert many.active.tolist() == [True, True, False]
        assert np.array_equal(many.weights[2], single.center)


def test_more_dimensions_contain_the_plane():
    loss = planar_losses(40, 4, nasty=True)
    for penalty in PENALTIES[:4]:
        hessian = np.zeros((40, 3, 3))
        hessian[:, :2, :2], hessian[:, 2, 2] = loss.hessian, 1.0
        wide = Quadratic(hessian, np.pad(loss.center, ((0, 0), (0, 1))))
        budget = budgets(loss, penalty, 1)
        flat, deep = (constrained_optimum(q, penalty, budget) for q in (loss, wide))
        assert not deep.weights[:, 2].any()
        assert deep.weights[:, :2] == pytest.approx(flat.weights, rel=1e-8, abs=1e-9)
        assert deep.multiplier == pytest.approx(flat.multiplier, rel=1e-8, abs=1e-9)


def test_twins_share_under_l2_and_are_optimal_under_l1():
    for penalty in PENALTIES:
        best = constrained_optimum(TWINS, penalty, 0.4)
        found = best.weights, best.multiplier
        assert constrained_kkt_residual(TWINS, penalty, 0.4, *found) <= 1e-13
        small = penalty.with_lambda(0.1)
        assert kkt_residual(TWINS, small, penalized_optimum(TWINS, small)) <= 1e-13
    assert constrained_optimum(TWINS, L2(1.0), 0.4).weights == pytest.approx(0.4 / np.sqrt(2))
    assert constrained_optimum(TWINS, L1(1.0), 0.4).weights.tolist() == [0.4, 0.0]


@pytest.mark.parametrize(
    ("penalty", "least"),
    [(L1(1.0), 1.5), (L2(1.0), 0.75 * np.sqrt(2.0)), (ElasticNet(1.0, 0.5), 1.3125)],
)
def test_a_singular_loss_whose_optima_reach_into_the_ball(penalty, least):
    # The line w1 + w2 = 1.5 enters these balls, but its given center lies far outside.
    loss = Quadratic(TWINS.hessian, [11.0, -9.5])
    best = constrained_optimum(loss, penalty, 1.6)
    assert best.multiplier == 0.0
    assert penalty.level(best.weights) == pytest.approx(least, rel=1e-12)
    assert loss.value(best.weights) == pytest.approx(0.0, abs=1e-20)


def test_wide_data_with_a_budget_beyond_interpolation():
    loss = regression(3, "wide")
    for penalty in PENALTIES[:4]:
        best = constrained_optimum(loss, penalty, 1.01 * penalty.level(loss.center))
        assert best.multiplier == 0.0
        assert loss.value(best.weights) == pytest.approx(0.0, abs=1e-20)


def test_level_sets_are_closed_and_at_their_values():
    loss = LeastSquares([[1.0, 0.5], [0.0, 1.0], [1.0, 1.0]], [1.0, 2.0, 0.5])
    least = loss.value(loss.center)
    values = least + np.array([0.0, 0.1, 2.0])
    contours = level_sets(loss, values, 50)
    assert contours.shape == (3, 50, 2)
    assert np.array_equal(contours[:, 0], contours[:, -1])
    assert loss.value(contours) == pytest.approx(np.repeat(values[:, None], 50, axis=1))
    assert np.unique(contours[1], axis=0).shape == (49, 2)
    with pytest.raises(ValueError, match="nowhere as small"):
        level_sets(loss, [least - 0.1], 50)


def test_a_contour_goes_once_round_its_center():
    contour = level_set(ONE, [0.2, -0.3], 100)
    turn = np.unwrap(np.arctan2(*(contour - ONE.center).T[::-1]))
    assert turn[-1] - turn[0] == pytest.approx(2 * np.pi)
    assert (np.diff(turn) > 0.0).all()


def test_contours_that_do_not_close_are_refused():
    with pytest.raises(ValueError, match="parallel lines"):
        level_set(TWINS, [0.0, 0.0], 50)
    with pytest.raises(ValueError, match="2 weights"):
        level_set(Quadratic(np.eye(3), np.ones(3)), [0.0, 0.0, 0.0], 50)
    with pytest.raises(ValueError, match="at least 4"):
        level_set(ONE, [0.0, 0.0], 3)


@pytest.mark.parametrize(
    ("penalty", "point", "rays"),
    [
        (L1(1.0), (0.5, 0.0), [(1, -1), (1, 1)]),
        (L1(1.0), (-0.5, 0.0), [(-1, 1), (-1, -1)]),
        (L1(1.0), (0.0, -2.0), [(-1, -1), (1, -1)]),
        (L1(1.0), (0.3, -0.2), [(1, -1)]),
        (L2(1.0), (3.0, 4.0), [(3, 4)]),
        (L2(1.0), (0.0, -4.0), [(0, -1)]),
        (ElasticNet(1.0, 0.5), (1.0, 0.0), [(1.5, -0.5), (1.5, 0.5)]),
        (ElasticNet(1.0, 0.5), (1.0, -0.5), [(1.5, -1.0)]),
        (L2(1.0), (0.0, 0.0), [(1, 0), (0, 1), (-1, 0), (0, -1)]),
    ],
)
def test_normal_cones(penalty, point, rays):
    rays = np.array(rays, dtype=float)
    expected = rays / np.linalg.norm(rays, axis=1, keepdims=True)
    assert normal_cone(penalty, point) == pytest.approx(expected, abs=1e-15)
    assert in_normal_cone(penalty, point, expected).all()


@given(
    planar_penalties, st.sampled_from([(1.0, 0.0), (0.0, -0.7), (0.4, 0.6)]), st.floats(0, 6.3)
)
@lawful
def test_cone_distance_agrees_with_the_rays(penalty, point, angle):
    v = np.array([np.cos(angle), np.sin(angle)])
    rays = normal_cone(penalty, point)
    share = np.linspace(0.0, 1.0, 4001)[:, None]
    mixes = share * rays[0] + (1.0 - share) * rays[-1]
    mixes /= np.linalg.norm(mixes, axis=1, keepdims=True)
    along = np.maximum(mixes @ v, 0.0)[:, None]
    nearest = np.linalg.norm(v - along * mixes, axis=1).min()
    assert normal_cone_distance(penalty, point, v) == pytest.approx(nearest, abs=1e-3)


def test_cone_distance_in_more_dimensions():
    point, v = np.array([2.0, 0.0, 0.0]), np.array([1.0, 3.0, -0.5])
    # The nearest point tau (1, a, b): tau = 2 with a = 1, so (2, 2, -0.5).
    assert normal_cone_distance(L1(1.0), point, v) == pytest.approx(np.sqrt(2.0))
    assert normal_cone_distance(L1(1.0), np.zeros(3), v) == 0.0
    assert normal_cone_distance(L2(1.0), point, -v) == pytest.approx(np.linalg.norm(v))


def test_tangency_sees_a_contour_that_cuts():
    projected = L2(1.0).project(ONE.center, 0.5)
    assert tangency(ONE, L2(1.0), projected) > 0.05
    assert tangency(ONE, L2(1.0), ONE.center) == 0.0


def test_bad_arguments_get_a_sentence():
    with pytest.raises(ValueError, match="positive and finite"):
        constrained_optimum(ONE, L1(1.0), 0.0)
    with pytest.raises(TypeError, match="exact optima are known"):
        penalized_optimum(ONE, object())
    with pytest.raises(TypeError, match="quadratic loss"):
        penalized_optimum(object(), L1(1.0))
    with pytest.raises(ValueError, match="one point"):
        normal_cone(L1(1.0), [1.0, 0.0, 0.0])
    with pytest.raises(ValueError, match="2 weights"):
        corner_lambdas(Quadratic(np.eye(3), np.ones(3)))


def test_lambda_zero_is_the_center():
    for penalty in PENALTIES:
        assert np.array_equal(penalized_optimum(ONE, penalty.with_lambda(0.0)), ONE.center)


@every_penalty
def test_optima_at_many_strengths_are_those_at_each(penalty):
    bowl = Quadratic([[2.0, 0.6], [0.6, 1.0]], [1.5, -1.2])
    lams = np.array([[0.0, 1e-320, 0.01], [0.3, 2.0, 1e6]])
    found = penalized_optima(bowl, penalty, lams)
    assert found.shape == (2, 3, 2)
    for lam, weights in zip(lams.ravel(), found.reshape(-1, 2), strict=True):
        expected = penalized_optimum(bowl, penalty.with_lambda(float(lam)))
        np.testing.assert_allclose(weights, expected, rtol=1e-12, atol=1e-12)
        np.testing.assert_array_equal(weights == 0.0, expected == 0.0)
