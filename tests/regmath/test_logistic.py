"""The logistic loss, its exact optima and certificates, against SciPy and scikit-learn."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize
from sklearn.linear_model import LogisticRegression

import regmath as rm
from tests.examples import examples

PENALTIES = [rm.L1(1.0), rm.L2(1.0), rm.ElasticNet(1.0, 0.4)]
#: a share of the strength from which L1 keeps nothing
SHARES = st.floats(0.02, 1.5)


def classes(seed, n_rows=60, n_weights=3, noise=1.0):
    """Return two overlapping classes; the columns are far from centred."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_rows, n_weights)) + rng.normal(size=n_weights)
    score = X @ rng.normal(size=n_weights) + noise * rng.logistic(size=n_rows)
    return X, (score > np.median(score)).astype(float)


def lambda_max(loss):
    return float(np.abs(loss.gradient(np.zeros(loss.n_weights))).max())


def together(loss, w, b):
    """Return the loss as a function of weights and intercept, by its definition."""
    side = 2.0 * loss.y - 1.0
    return float(np.log1p(np.exp(-side * (loss.X @ w + b))).mean())


@given(st.integers(0, 10_000))
def test_the_intercept_is_the_best(seed):
    loss = rm.Logistic(*classes(seed))
    w = np.random.default_rng(seed).normal(size=3)
    b = float(loss.intercept(w))
    best = minimize(lambda at: together(loss, w, at[0]), [0.0], tol=1e-12)
    assert together(loss, w, b) <= best.fun + 1e-14
    assert b == pytest.approx(best.x[0], abs=1e-5)
    assert loss.value(w) == pytest.approx(together(loss, w, b), rel=1e-13)


@pytest.mark.parametrize("scale", [1e-8, 1.0, 1e3, 1e6])
def test_the_intercept_at_any_size_of_weights(scale):
    loss = rm.Logistic(*classes(1))
    w = scale * np.array([[1.0, -2.0, 0.5], [0.0, 0.0, 0.0]])
    probability = 1.0 / (1.0 + np.exp(np.minimum(-loss.scores(w), 700.0)))
    # Where every row is far from the line, the mean is as coarse as the scores' last digits.
    assert probability.mean(axis=1) == pytest.approx(loss.y.mean(), abs=1e-14 * max(scale, 1e2))


def test_derivatives_against_differences():
    loss, step = rm.Logistic(*classes(2)), 1e-5
    w = np.array([0.4, -0.3, 0.9])
    shifts = step * np.eye(3)
    slopes = [(loss.value(w + d) - loss.value(w - d)) / (2 * step) for d in shifts]
    assert loss.gradient(w) == pytest.approx(slopes, abs=1e-9)
    turns = [(loss.gradient(w + d) - loss.gradient(w - d)) / (2 * step) for d in shifts]
    hessian = loss.curvature(loss.scores(w[None]))[0][0]
    assert hessian == pytest.approx(np.array(turns), abs=1e-8)
    assert np.linalg.eigvalsh(hessian)[-1] <= loss.smoothness


def test_a_batch_is_as_its_rows():
    loss = rm.Logistic(*classes(3))
    w = np.random.default_rng(3).normal(size=(2, 4, 3))
    assert loss.value(w).shape == loss.intercept(w).shape == (2, 4)
    assert loss.gradient(w).shape == (2, 4, 3)
    assert loss.gradient(w)[1, 2] == pytest.approx(loss.gradient(w[1, 2]), abs=1e-15)


@pytest.mark.parametrize("penalty", PENALTIES, ids=lambda each: type(each).__name__)
@given(seed=st.integers(0, 10_000), share=SHARES, n_weights=st.integers(1, 6))
def test_optima_are_certified(penalty, seed, share, n_weights):
    loss = rm.Logistic(*classes(seed, n_weights=n_weights))
    lam = share * lambda_max(loss)
    own = penalty.with_lambda(lam)
    w = rm.logistic_optimum(loss, own)
    assert rm.kkt_residual(loss, own, w) <= 1e-12
    gap, size = float(rm.duality_gap(loss, own, w)), float(loss.value(w))
    assert -1e-14 * size <= gap <= 1e-12 * size
    assert not np.signbit(w[w == 0.0]).any()


@pytest.mark.parametrize("penalty", PENALTIES, ids=lambda each: type(each).__name__)
def test_the_gap_bounds_what_is_left_to_gain(penalty):
    loss, rng = rm.Logistic(*classes(4)), np.random.default_rng(4)
    for share in (0.05, 0.4, 1.1):
        own = penalty.with_lambda(share * lambda_max(loss))
        w = rm.logistic_optimum(loss, own)
        best = loss.value(w) + own.value(w)
        for size in (1e-3, 0.1, 3.0):
            other = w + size * rng.normal(size=3)
            excess = loss.value(other) + own.value(other) - best
            assert 0.0 <= excess <= rm.duality_gap(loss, own, other) + 1e-15


@pytest.mark.parametrize("kind", ["l1", "l2", "net"])
@pytest.mark.parametrize("share", [0.03, 0.3, 0.8])
def test_scikit_learn_agrees(kind, share):
    X, y = classes(5, n_rows=80, n_weights=5)
    loss = rm.Logistic(X, y)
    lam, n = share * lambda_max(loss), len(y)
    penalty = {"l1": rm.L1(lam), "l2": rm.L2(lam), "net": rm.ElasticNet(lam, 0.4)}[kind]
    # C n (loss + l1 |w| + l2 w**2) with C n l1 = l1_ratio and 2 C n l2 = 1 - l1_ratio
    l1, l2 = {"l1": (lam, 0.0), "l2": (0.0, lam), "net": (0.4 * lam, 0.6 * lam)}[kind]
    total = l1 + 2.0 * l2
    model = LogisticRegression(
        C=1.0 / (n * total), l1_ratio=l1 / total, solver="saga", tol=1e-13, max_iter=200_000
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(X, y)
    w = rm.logistic_optimum(loss, penalty)
    assert w == pytest.approx(model.coef_[0], abs=1e-7)
    assert float(loss.intercept(w)) == pytest.approx(float(model.intercept_[0]), abs=1e-7)
    assert np.array_equal(w == 0.0, np.abs(model.coef_[0]) < 1e-9)


@given(st.integers(0, 10_000), st.sampled_from(PENALTIES))
def test_many_strengths_are_each_one(seed, penalty):
    loss = rm.Logistic(*classes(seed, n_weights=4))
    lams = lambda_max(loss) * np.array([[0.01, 0.2], [0.7, 1.3]])
    found = rm.logistic_optima(loss, penalty, lams)
    assert found.shape == (2, 2, 4)
    for at in np.ndindex(2, 2):
        alone = rm.logistic_optimum(loss, penalty.with_lambda(float(lams[at])))
        assert found[at] == pytest.approx(alone, rel=1e-10, abs=1e-12)
        assert np.array_equal(found[at] == 0.0, alone == 0.0)


@given(st.integers(0, 10_000))
def test_l1_keeps_nothing_from_lambda_max_on_and_l2_all(seed):
    loss = rm.Logistic(*classes(seed))
    most = lambda_max(loss)
    assert not rm.logistic_optima(loss, rm.L1(1.0), [most * (1 + 1e-9), 2 * most]).any()
    assert rm.logistic_optimum(loss, rm.L1(0.99 * most)).any()
    assert rm.logistic_optimum(loss, rm.L2(100.0 * most)).all()


def test_without_a_penalty_it_is_newtons():
    loss = rm.Logistic(*classes(6))
    w = rm.logistic_optimum(loss, rm.L2(0.0))
    assert np.abs(loss.gradient(w)).max() <= 1e-15
    assert np.array_equal(w, rm.logistic_optimum(loss, rm.L1(0.0)))


def parted(X, y):
    """Say by a linear program whether some direction puts no row wrong and some row right."""
    rows = (2 * y - 1)[:, None] * np.column_stack((X, np.ones(len(y))))
    done = linprog(-rows.sum(axis=0), A_ub=-rows, b_ub=np.zeros(len(rows)), bounds=(-1, 1))
    return -done.fun > 1e-9


@given(st.integers(0, 10_000), st.integers(4, 14), st.integers(1, 3))
def test_separable_is_what_a_linear_program_says(seed, n_rows, n_weights):
    rng = np.random.default_rng(seed)
    X = rng.integers(-3, 4, size=(n_rows, n_weights)).astype(float)  # with ties
    y = np.array([0.0, 1.0, *rng.integers(0, 2, size=n_rows - 2)])
    direction = rm.separating_direction(X, y)
    assert (direction is not None) == parted(X, y)
    if direction is not None:
        margins = (2 * y - 1) * (X @ direction[:-1] + direction[-1])
        assert margins.min() >= -1e-12
        assert margins.max() > 1e-6


def test_separable_without_a_penalty_is_refused_by_name():
    X, _ = classes(7)
    y = (X[:, 0] > X[:, 0].mean()).astype(float)
    loss = rm.Logistic(X, y)
    with pytest.raises(rm.SeparableError, match="no minimiser without a penalty") as refused:
        rm.logistic_optimum(loss, rm.L1(0.0))
    direction = refused.value.direction
    assert ((2 * y - 1) * (X @ direction[:-1] + direction[-1]) >= -1e-12).all()
    # With any penalty there is one, the larger the weaker it is.
    lams = lambda_max(loss) * np.array([1e-6, 1e-4, 1e-2, 0.5])
    for penalty in PENALTIES:
        sizes = np.abs(rm.logistic_optima(loss, penalty, lams)).sum(axis=1)
        assert (np.diff(sizes) < 0.0).all()


def test_correlated_and_more_features_than_rows():
    rng = np.random.default_rng(8)
    X = rng.normal(size=(30, 4)) @ rng.normal(size=(4, 40)) + 0.1 * rng.normal(size=(30, 40))
    loss = rm.Logistic(X, (rng.random(30) > 0.5).astype(float))
    lams = lambda_max(loss) * np.geomspace(0.02, 1.0, 8)
    for penalty in PENALTIES:
        for lam, w in zip(lams, rm.logistic_optima(loss, penalty, lams), strict=True):
            assert rm.kkt_residual(loss, penalty.with_lambda(float(lam)), w) <= 1e-12


@pytest.mark.parametrize(
    ("X", "y", "match"),
    [
        ([[1.0], [2.0]], [0.0, 0.0], "y must hold 0 and 1"),
        ([[1.0], [2.0]], [0.0, 2.0], "y must hold 0 and 1"),
        ([[1.0], [2.0]], [0.0, 1.0, 1.0], r"got \(2, 1\) and \(3,\)"),
        ([[1.0], [np.nan]], [0.0, 1.0], "X must be finite"),
    ],
)
def test_what_cannot_be_used(X, y, match):
    with pytest.raises(ValueError, match=match):
        rm.Logistic(X, y)


def test_equal_columns_share_without_a_penalty():
    X, y = classes(9, n_weights=1)
    w = rm.logistic_optimum(rm.Logistic(np.hstack([X, X]), y), rm.L2(0.0))
    alone = rm.logistic_optimum(rm.Logistic(X, y), rm.L2(0.0))
    assert w == pytest.approx(alone.repeat(2) / 2, rel=1e-9)


@examples(4)
@given(st.integers(0, 10_000))
def test_at_a_knot_a_weight_is_0_and_its_slope_all_that_the_penalty_holds(seed):
    loss = rm.Logistic(*classes(seed, n_weights=3))
    lams = lambda_max(loss) * np.geomspace(0.01, 1.1, 12)
    knots = rm.logistic_knots(loss, lams, halvings=24)
    assert knots[-1] == pytest.approx(lambda_max(loss), rel=1e-6)
    for lam in knots.tolist():
        beyond, before = rm.logistic_optima(
            loss, rm.L1(1.0), [lam * (1 + 1e-6), lam * 0.999999]
        )
        assert not np.array_equal(beyond == 0.0, before == 0.0)
        slopes = np.abs(loss.gradient(beyond))[(beyond == 0.0) | (before == 0.0)]
        assert np.abs(slopes - lam).min() <= 1e-5 * lam
    known = rm.logistic_optima(loss, rm.L1(1.0), lams)
    assert rm.logistic_knots(loss, lams, known, 10) == pytest.approx(knots, rel=1e-3)


def test_the_last_digits_of_a_knot():
    loss = rm.Logistic(*classes(1, n_weights=1))
    most = lambda_max(loss)
    assert rm.logistic_knots(loss, [0.5 * most, 2.0 * most]) == pytest.approx([most], rel=1e-14)
