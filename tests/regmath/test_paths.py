import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import lars_path

from regmath import (
    L1,
    L2,
    LassoPath,
    LeastSquares,
    NearlyDependent,
    elastic_net_path,
    kkt_residual,
    lasso_path,
    penalized_optimum,
    ridge_fit,
    ridge_path,
    standardize,
)
from regmath.paths import homotopy
from regmath.paths.dependence import indistinct
from regmath.paths.homotopy import Homotopy
from regviz.lessons.data import read_design
from regviz.lessons.knob_groups import DataKnobs
from tests.examples import examples

EPS = np.finfo(float).eps
SHAPES = [(1, 1), (1, 4), (6, 1), (12, 5), (5, 12), (8, 8), (30, 10), (10, 30)]


def gaussian(rng, n, p):
    return rng.normal(size=(n, p)), rng.normal(size=n)


def correlated(rng, n, p):
    X, y = gaussian(rng, n, p)
    return X + 2.0 * rng.normal(size=(n, 1)), y


def integers(rng, n, p):
    return rng.integers(-2, 3, (n, p)).astype(float), rng.integers(-3, 4, n).astype(float)


def signs(rng, n, p):
    return rng.choice([-1.0, 1.0], (n, p)), rng.choice([-1.0, 1.0], n)


def copies(rng, n, p):
    X, y = gaussian(rng, n, p)
    return X[:, rng.integers(0, p, p)] * rng.choice([-1.0, 1.0, 2.0, 0.0], p), y


def low_rank(rng, n, p):
    return rng.normal(size=(n, 2)) @ rng.normal(size=(2, p)), rng.normal(size=n)


def coded(rng, n, p):
    X = rng.integers(0, 2, (n, p)).astype(float)
    y = rng.integers(-3, 4, n).astype(float)
    return X - X.mean(axis=0), y - y.mean()


KINDS = [gaussian, correlated, integers, signs, copies, low_rank, coded]
problems = st.builds(
    lambda kind, shape, seed: kind(np.random.default_rng(seed), *shape),
    st.sampled_from(KINDS),
    st.sampled_from(SHAPES),
    st.integers(0, 2**32 - 1),
)


def at_knots_and_between(path):
    middle = 0.5 * (path.lambdas[1:] + path.lambdas[:-1])
    return np.concatenate((path.lambdas, middle))


def violation(X, y, path):
    """Worst KKT violation, as a share of lambda_max, and what rounding alone may cause."""
    lams = at_knots_and_between(path)
    weights = path.at(lams)
    slopes = (y - weights @ X.T) @ X / len(y)
    active = np.abs(slopes - lams[:, None] * np.sign(weights))
    excess = np.maximum(np.abs(slopes) - lams[:, None], 0.0)
    terms = (np.abs(y) + np.abs(weights) @ np.abs(X.T)) @ np.abs(X) / len(y)
    worst = np.where(weights != 0.0, active, excess).max()
    return worst / path.lambda_max, 1e-13 + 4.0 * EPS * terms.max() / path.lambda_max


def diabetes():
    design = read_design(DataKnobs())
    return standardize(design.X), design.y - design.y.mean()


def sparse_truth(n, p):
    rng = np.random.default_rng(1)
    X = rng.normal(size=(n, p))
    X[:, 1:] += X[:, :-1]
    X = standardize(X)
    y = X[:, :10].sum(axis=1) + rng.normal(size=n)
    return X, y - y.mean()


# Many, because few of them hold the rarer ties.
@examples(1000)
@given(problems)
def test_every_knot_and_midpoint_is_an_optimum(problem):
    X, y = problem
    path = lasso_path(X, y)
    if path.lambda_max > 0.0:
        worst, allowed = violation(X, y, path)
        assert worst <= allowed


@examples(500)
@given(problems)
def test_weights_that_are_zero_are_exactly_zero(problem):
    path = lasso_path(*problem)
    weights = path.at(at_knots_and_between(path))
    assert not np.signbit(weights[weights == 0.0]).any()
    sizes = np.abs(weights[weights != 0.0])
    assert sizes.min(initial=np.inf) > 1e-13 * sizes.max(initial=0.0)


@given(problems)
def test_the_path_starts_at_lambda_max_and_ends_at_least_squares(problem):
    X, y = problem
    path = lasso_path(X, y)
    assert path.lambdas[-1] == 0.0
    assert (np.diff(path.lambdas) < 0.0).all()
    largest = np.abs(X.T @ y).max() / len(y)
    assert path.lambda_max == pytest.approx(largest, rel=1e-12, abs=1e-14)
    fit, best = X @ path.weights[-1], X @ np.linalg.lstsq(X, y)[0]
    np.testing.assert_allclose(fit, best, rtol=0.0, atol=1e-9 * (1.0 + np.abs(y).max()))


@given(problems)
def test_weights_leave_zero_right_below_lambda_max(problem):
    path = lasso_path(*problem)
    above = path.at(path.lambda_max * np.array([1.0, 1.5, 100.0]))
    assert (above == 0.0).all()
    if path.lambda_max > 0.0:
        assert path.n_nonzero(path.lambda_max * (1.0 - 1e-6)) >= 1


@given(problems)
def test_between_knots_weights_are_linear_and_keep_their_signs(problem):
    path = lasso_path(*problem)
    for k in range(len(path.lambdas) - 1):
        high, low = path.lambdas[k : k + 2]
        shares = np.array([0.0, 0.25, 0.5, 0.9, 1.0])
        weights = path.at(high + shares * (low - high))
        line = np.outer(1.0 - shares, path.weights[k]) + np.outer(shares, path.weights[k + 1])
        np.testing.assert_allclose(weights, line, rtol=1e-9, atol=1e-9)
        inside = np.sign(weights[1:-1])
        assert (inside == path.signs[k]).all()
    np.testing.assert_array_equal(path.active, path.signs != 0)


@given(problems)
def test_knots_are_met_to_the_last_bit(problem):
    path = lasso_path(*problem)
    np.testing.assert_array_equal(path.at(path.lambdas), path.weights)
    np.testing.assert_array_equal(path.n_nonzero(path.lambdas), (path.weights != 0).sum(axis=1))


@given(problems)
def test_active_columns_are_independent(problem):
    X, y = problem
    for active in lasso_path(X, y).active:
        assert np.linalg.matrix_rank(X[:, active], tol=1e-10) == active.sum()


@given(
    st.sampled_from([gaussian, correlated]),
    st.sampled_from([(12, 5), (8, 8), (30, 10), (10, 30)]),
    st.integers(0, 2**32 - 1),
)
def test_scikit_learn_finds_the_same_path(kind, shape, seed):
    X, y = kind(np.random.default_rng(seed), *shape)
    path = lasso_path(X, y)
    lambdas, _, weights = lars_path(X, y, method="lasso")
    np.testing.assert_allclose(path.at(lambdas), weights.T, rtol=0.0, atol=1e-7)
    assert len(path.lambdas) == len(lambdas)


@given(problems, st.floats(0.01, 0.99))
def test_the_penalized_optimum_costs_the_same(problem, share):
    X, y = problem
    path = lasso_path(X, y)
    lam = share * path.lambda_max
    if lam == 0.0:
        return
    loss, penalty = LeastSquares(X, y), L1(lam)
    assert float(kkt_residual(loss, penalty, path.at(lam))) < 1e-10
    weights = penalized_optimum(loss, penalty)
    cost = loss.value(weights) + penalty.value(weights)
    ours = loss.value(path.at(lam)) + penalty.value(path.at(lam))
    assert ours == pytest.approx(cost, rel=1e-10)


@pytest.mark.parametrize(
    "problem",
    [diabetes(), sparse_truth(1000, 200), sparse_truth(200, 1000)],
    ids=["diabetes", "tall", "wide"],
)
def test_large_problems_keep_thirteen_digits(problem):
    X, y = problem
    path = lasso_path(X, y)
    assert violation(X, y, path)[0] <= 1e-13
    lambdas, _, weights = lars_path(X, y, method="lasso")
    assert len(lambdas) == len(path.lambdas)
    np.testing.assert_allclose(path.lambdas, lambdas, rtol=0.0, atol=1e-9 * path.lambda_max)
    np.testing.assert_allclose(path.at(lambdas), weights.T, rtol=0.0, atol=1e-8)


def test_nearly_dependent_columns_stay_accurate():
    rng = np.random.default_rng(0)
    for spread in np.tile([1e-2, 1e-3, 1e-4], 10):
        X = rng.normal(size=(20, 1)) + spread * rng.normal(size=(20, 8))
        y = rng.normal(size=20)
        worst, allowed = violation(X, y, lasso_path(X, y))
        assert worst <= allowed


def test_an_ill_conditioned_polynomial_stays_accurate():
    X = np.vander(np.linspace(-1.0, 1.0, 30), 20)
    y = np.sin(3.0 * X[:, -2]) + 0.1 * np.random.default_rng(0).normal(size=30)
    worst, allowed = violation(X, y, lasso_path(X, y))
    assert worst <= allowed


def test_a_feature_leaves_on_diabetes():
    path = lasso_path(*diabetes())
    left = path.active[:-1] & ~path.active[1:]
    assert left.sum() == 1
    knot, feature = np.argwhere(left)[0]
    assert path.weights[knot + 1, feature] == 0.0


def test_an_orthonormal_design_is_soft_thresholded():
    y = np.array([3.0, -2.0, 1.0, 0.5])
    path = lasso_path(2.0 * np.eye(4), 2.0 * y)
    np.testing.assert_array_equal(path.lambdas, [3.0, 2.0, 1.0, 0.5, 0.0])
    lams = np.linspace(0.0, 3.5, 29)[:, None]
    soft = np.sign(y) * np.maximum(np.abs(y) - lams, 0.0)
    np.testing.assert_allclose(path.at(lams[:, 0]), soft, rtol=0.0, atol=1e-15)


def test_features_that_tie_enter_together():
    path = lasso_path(np.eye(3), [1.0, -1.0, 1.0])
    np.testing.assert_allclose(path.lambdas, [1.0 / 3.0, 0.0], rtol=1e-15)
    np.testing.assert_allclose(path.weights[-1], [1.0, -1.0, 1.0], rtol=1e-14)


def test_weights_that_reach_zero_together_leave_together():
    # Two independent copies of one problem in which a feature leaves.
    X, y = gaussian(np.random.default_rng(0), 12, 5)
    for seed in range(1000):
        X, y = correlated(np.random.default_rng(seed), 12, 5)
        once = lasso_path(X, y)
        if (once.active[:-1] & ~once.active[1:]).any():
            break
    both = lasso_path(np.kron(np.eye(2), X), np.tile(y, 2))
    np.testing.assert_allclose(both.lambdas, 0.5 * once.lambdas, rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(both.weights, np.tile(once.weights, 2), rtol=0.0, atol=1e-10)
    np.testing.assert_array_equal(both.active, np.tile(once.active, 2))


def test_of_equal_columns_one_is_active():
    X, y = gaussian(np.random.default_rng(1), 20, 4)
    path = lasso_path(np.hstack((X, X)), y)
    single = lasso_path(X, y)
    np.testing.assert_allclose(path.lambdas, single.lambdas, rtol=0.0, atol=1e-14)
    joined = path.weights[:, :4] + path.weights[:, 4:]
    np.testing.assert_allclose(joined, single.weights, rtol=0.0, atol=1e-13)
    assert not (path.active[:, :4] & path.active[:, 4:]).any()


def test_a_feature_explained_by_others_enters_when_they_leave():
    # The third column is twice the second less the first: tied while both are active.
    rng = np.random.default_rng(0)
    for _ in range(50):
        A, y = gaussian(rng, 4, 2)
        X = np.column_stack((A, 2.0 * A[:, 1] - A[:, 0]))
        worst, allowed = violation(X, y, lasso_path(X, y))
        assert worst <= allowed


def test_constant_and_zero_columns_are_never_active():
    X, y = gaussian(np.random.default_rng(2), 15, 3)
    wide = np.column_stack((np.ones(15), X, np.zeros(15)))
    wide, y = wide - wide.mean(axis=0), y - y.mean()
    assert not lasso_path(wide, y).active[:, [0, 4]].any()


@pytest.mark.parametrize("scale", [1e-150, 1e-8, 1e8, 1e150])
def test_units_do_not_matter(scale):
    X, y = gaussian(np.random.default_rng(3), 10, 6)
    path, scaled = lasso_path(X, y), lasso_path(X, scale * y)
    np.testing.assert_allclose(scaled.lambdas, scale * path.lambdas, rtol=1e-9)
    np.testing.assert_allclose(scaled.weights, scale * path.weights, rtol=1e-9)
    if 1e-10 < scale < 1e10:
        scaled = lasso_path(scale * X, y)
        np.testing.assert_allclose(scaled.lambdas, scale * path.lambdas, rtol=1e-9)
        np.testing.assert_allclose(scaled.weights, path.weights / scale, rtol=1e-9)


@pytest.mark.parametrize(
    ("X", "y"),
    [
        (np.ones((4, 2)), np.zeros(4)),
        (np.zeros((4, 2)), np.ones(4)),
        (np.ones((4, 1)), [1.0, -1.0, 1.0, -1.0]),
        (np.linspace(-1.0, 1.0, 7)[:, None], np.linspace(-1.0, 1.0, 7) ** 2 / 3.0),
    ],
    ids=["y=0", "X=0", "orthogonal", "orthogonal to rounding"],
)
def test_nothing_to_explain_is_one_knot_at_zero(X, y):
    path = lasso_path(X, y)
    np.testing.assert_array_equal(path.lambdas, [0.0])
    assert (path.at([0.0, 1.0]) == 0.0).all()
    assert path.signs.shape == (0, X.shape[1])


def test_the_arrays_are_read_only_and_the_arguments_untouched():
    X, y = gaussian(np.random.default_rng(4), 9, 5)
    before = X.copy(), y.copy()
    path = lasso_path(X, y)
    np.testing.assert_array_equal(X, before[0])
    np.testing.assert_array_equal(y, before[1])
    with pytest.raises(ValueError, match="read-only"):
        path.weights[0, 0] = 1.0
    mine = np.array([1.0, 0.0])
    own = LassoPath(mine, np.zeros((2, 1)))
    mine[0] = 5.0
    assert own.lambda_max == 1.0


def test_shapes_follow_lambda():
    path = lasso_path(*gaussian(np.random.default_rng(5), 9, 5))
    assert path.at(0.1).shape == (5,)
    assert path.at(np.zeros((2, 3))).shape == (2, 3, 5)
    assert path.n_nonzero(np.zeros((2, 3))).shape == (2, 3)
    assert path.at([]).shape == (0, 5)


@pytest.mark.parametrize(
    ("X", "y"),
    [
        (np.ones(3), np.ones(3)),
        (np.ones((3, 2)), np.ones(2)),
        (np.ones((3, 0)), np.ones(3)),
        (np.ones((0, 3)), np.ones(0)),
        ([[np.nan]], [1.0]),
        ([[1.0]], [np.inf]),
    ],
)
def test_bad_data_are_refused(X, y):
    with pytest.raises(ValueError, match=r"X must be|must be finite"):
        lasso_path(X, y)
    with pytest.raises(ValueError, match=r"X must be|must be finite"):
        ridge_path(X, y, [1.0])


@pytest.mark.parametrize("scale", [1e-250, 1e-155, 1e155, 1e250])
def test_units_do_not_matter_where_squares_are_out_of_range(scale):
    X, y = gaussian(np.random.default_rng(3), 10, 6)
    for A in (X, X[:4]):
        path, scaled = lasso_path(A, y[: len(A)]), lasso_path(scale * A, y[: len(A)])
        np.testing.assert_allclose(scaled.lambdas, scale * path.lambdas, rtol=1e-9)
        np.testing.assert_allclose(scaled.weights, path.weights / scale, rtol=1e-9)
        ridge = ridge_path(A, y[: len(A)], [0.0])
        again = ridge_path(scale * A, y[: len(A)], [0.0])
        np.testing.assert_allclose(again, ridge / scale, rtol=1e-9)


def test_results_out_of_range_are_named():
    X, y = gaussian(np.random.default_rng(3), 10, 6)
    with pytest.raises(ValueError, match=r"strengths .* out of the range .* another unit"):
        lasso_path(1e200 * X, 1e200 * y)
    with pytest.raises(ValueError, match=r"weights .* out of the range .* another unit"):
        ridge_path(1e200 * X, 1e-200 * y, [0.0])


def test_no_ridge_weight_is_minus_zero():
    weights = ridge_path(-np.eye(3), [0.0, 1.0, -0.0], [0.0, 1.0])
    assert not np.signbit(weights[weights == 0.0]).any()


@pytest.mark.parametrize("path", [lasso_path, lambda X, y: ridge_path(X, y, [0.0])])
def test_columns_in_units_too_far_apart_are_solved_or_named(path):
    # Their correlations differ by more than doubles have digits.
    for seed in range(40):
        rng = np.random.default_rng(seed)
        X, y = gaussian(rng, 6, 6)
        try:
            path(X * np.geomspace(1e-9, 1e9, 6)[rng.permutation(6)], y)
        except ValueError as error:
            assert "long, too far apart" in str(error)  # noqa: PT017


@pytest.mark.parametrize("apart", [1e-8, 1e-9])
@pytest.mark.parametrize("seed", range(12))
def test_twins_swap_without_losing_digits(apart, seed):
    # While two that are nearly one change places, their weights run far for a fall of lambda
    # that is lost in its own rounding.
    rng = np.random.default_rng(seed)
    A, y = gaussian(rng, 10, 10)
    X = np.column_stack([A, A + apart * rng.normal(size=A.shape)])
    found = lasso_path(X, y)
    loss = LeastSquares(X, y)
    largest = found.lambdas[0]
    for lam in np.r_[found.lambdas[:-1], np.geomspace(largest, 1e-3 * largest, 30)]:
        assert kkt_residual(loss, L1(lam), found.at(lam)) <= 1e-8


@pytest.mark.parametrize(
    ("X", "named"),
    [
        (lambda a, b, c, e: [a, b, a + 1e-8 * c, b - 1e-8 * e], ((0, 2), (1, 3))),
        (lambda a, b, c, e: [a, -b, 3.0 * b + 1e-8 * c, e], ((1, 2),)),
        (lambda a, b, c, e: [e, a, b, c, a - b + c + 1e-8 * e[::-1]], ((1, 2, 3, 4),)),
    ],
    ids=["twins", "a multiple", "a sum"],
)
def test_columns_that_cannot_be_told_apart_are_named(X, named):
    columns = np.random.default_rng(1).normal(size=(4, 9))
    refusal = indistinct(np.column_stack(X(*columns)), range(len(X(*columns))))
    assert isinstance(refusal, NearlyDependent)
    assert refusal.groups == named
    assert refusal.columns == tuple(sorted(sum(named, ())))
    assert "cannot be told apart" in str(refusal)
    again = pickle.loads(pickle.dumps(refusal))
    assert (again.groups, str(again)) == (named, str(refusal))


def test_a_broken_promise_is_noticed(monkeypatch):
    # Whatever a homotopy makes of the data, what it says is held against them.
    X, y = gaussian(np.random.default_rng(6), 20, 4)
    honest = Homotopy.run

    def astray(self):
        knots = honest(self)
        lam, features, (signs, sizes) = knots[2]
        knots[2] = lam, features, np.stack((signs, sizes * (1.0 + 1e-6)))
        return knots

    monkeypatch.setattr(Homotopy, "run", astray)
    with pytest.raises(NearlyDependent):
        lasso_path(X, y)
    monkeypatch.setattr(Homotopy, "run", lambda self: honest(self)[:3])
    with pytest.raises(NearlyDependent):
        lasso_path(X, y)


def test_a_path_of_too_many_events_is_refused_for_that(monkeypatch):
    X, y = gaussian(np.random.default_rng(6), 20, 4)
    monkeypatch.setattr(homotopy, "PATIENCE", 1)
    with pytest.raises(ValueError, match="more than 4 events, 1 for each feature") as refusal:
        lasso_path(X, y)
    assert not isinstance(refusal.value, NearlyDependent)


def test_bad_lambdas_are_refused():
    path = lasso_path([[1.0]], [1.0])
    for lam in (-1.0, np.nan, np.inf):
        with pytest.raises(ValueError, match="lam must be"):
            path.at(lam)
        with pytest.raises(ValueError, match="lam must be"):
            ridge_path([[1.0]], [1.0], [lam])
    with pytest.raises(ValueError, match="lambdas must be"):
        ridge_path([[1.0]], [1.0], 1.0)


@pytest.mark.parametrize(
    ("lambdas", "weights"),
    [
        ([1.0, 1.0, 0.0], np.zeros((3, 1))),
        ([1.0, 0.5], np.zeros((2, 1))),
        ([1.0, 0.0], np.zeros((3, 1))),
        ([], np.zeros((0, 1))),
    ],
)
def test_a_path_that_is_none_is_refused(lambdas, weights):
    with pytest.raises(ValueError, match="lambdas must"):
        LassoPath(np.array(lambdas), weights)


@given(problems, st.floats(-6.0, 3.0))
def test_ridge_is_least_squares_on_more_rows(problem, exponent):
    X, y = problem
    n, p = X.shape
    lam = 10.0**exponent
    rows = np.vstack((X, np.sqrt(2.0 * n * lam) * np.eye(p)))
    expected = np.linalg.lstsq(rows, np.concatenate((y, np.zeros(p))))[0]
    weights = ridge_path(X, y, [lam, 0.0, 2.0 * lam])
    np.testing.assert_allclose(weights[0], expected, rtol=0.0, atol=1e-10)
    assert float(kkt_residual(LeastSquares(X, y), L2(lam), weights[0])) < 1e-9


@given(problems)
def test_ridge_at_zero_has_the_smallest_norm(problem):
    X, y = problem
    expected = np.linalg.lstsq(X, y)[0]
    np.testing.assert_allclose(ridge_path(X, y, [0.0])[0], expected, rtol=1e-8, atol=1e-10)


def test_ridge_never_reaches_zero():
    X, y = gaussian(np.random.default_rng(6), 30, 5)
    lambdas = [1e2, 1e8, 1e16, 1e100]
    weights = ridge_path(X, y, lambdas)
    assert (weights != 0.0).all()
    far = X.T @ y / (2.0 * 30.0 * np.array(lambdas)[:, None])
    np.testing.assert_allclose(weights[1:], far[1:], rtol=1e-6)
    assert ridge_path(X, y, []).shape == (0, 5)


def test_ridge_keeps_its_digits_on_nearly_dependent_columns():
    # Through the Gram matrix, whose condition number is the square, all would be lost.
    rng = np.random.default_rng(7)
    for n, p in ((40, 6), (6, 40)):
        U, V = (np.linalg.qr(rng.normal(size=(side, 6)))[0] for side in (n, p))
        s = np.geomspace(1.0, 1e-9, 6)
        X, weights = (U * s) @ V.T, V @ rng.normal(size=6)
        found = ridge_path(X, X @ weights, [0.0])[0]
        np.testing.assert_allclose(found, weights, rtol=0.0, atol=1e-5)


@pytest.mark.parametrize("shape", [(30, 5), (6, 40)], ids=["tall", "wide"])
def test_a_ridge_fit_gives_the_path_at_whatever_strengths_it_is_asked_for(shape):
    X, y = gaussian(np.random.default_rng(0), *shape)
    fit = ridge_fit(X, y)
    for lambdas in ([0.0, 1e-3], [0.1], [1e-3, 1e250]):
        assert np.array_equal(fit(lambdas), ridge_path(X, y, lambdas))


def test_a_rounding_from_a_knot_weights_are_those_of_the_knot():
    # Orthonormal columns, whose correlations with the target are the knots.
    X = np.sqrt(4.0) * np.eye(4)
    y = 2.0 * np.array([0.24, -0.4, 0.7, 0.0])
    for path in (lasso_path(X, y), elastic_net_path(X, y, 0.5)):
        for knot, weights in zip(path.lambdas[:-1], path.weights, strict=False):
            for lam in (knot, np.nextafter(knot, 0.0), np.nextafter(knot, np.inf)):
                assert np.array_equal(path.at(lam), weights)
        knot = path.lambdas[1]
        np.testing.assert_array_equal(path.n_nonzero([knot, knot * (1.0 - 1e-9)]), [1, 2])
