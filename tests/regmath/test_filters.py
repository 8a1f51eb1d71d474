"""Filter factors against the paths and descents whose they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import Ridge

import regmath as rm
from tests.examples import examples

seeds = st.integers(0, 10**6)


def _problem(seed, n=12, p=4):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p)) @ rng.normal(size=(p, p))
    return X, rng.normal(size=n)


@examples(20)
@given(seed=seeds, lam=st.floats(1e-6, 1e4), n=st.sampled_from([3, 12]))
def test_ridge_keeps_these_shares_of_least_squares(seed, lam, n):
    X, y = _problem(seed, n)
    U, d, Vt = np.linalg.svd(X, full_matrices=False)
    kept = rm.ridge_filter(d**2 / n, lam)
    fit = U @ (kept * (U.T @ y))
    np.testing.assert_allclose(fit, X @ rm.ridge_path(X, y, [lam])[0], atol=1e-9)
    theirs = Ridge(alpha=2.0 * n * lam, fit_intercept=False, solver="svd").fit(X, y)
    np.testing.assert_allclose(fit, theirs.predict(X), atol=1e-9)
    free = rm.ridge_path(X, y, [0.0])[0]
    weights = Vt.T @ (kept * (Vt @ free))
    np.testing.assert_allclose(weights, theirs.coef_, rtol=1e-6, atol=1e-9)
    # Their sum is the trace of what turns y into the fit.
    hat = X @ np.linalg.solve(X.T @ X + 2.0 * n * lam * np.eye(4), X.T)
    np.testing.assert_allclose(kept.sum(), np.trace(hat), atol=1e-6)


@examples(20)
@given(seed=seeds, eta=st.floats(0.01, 1.9))
def test_descent_has_found_these_shares(seed, eta):
    X, y = _problem(seed)
    loss = rm.LeastSquares(X, y)
    _, d, Vt = np.linalg.svd(X, full_matrices=False)
    variances = d**2 / len(y)
    step = eta / variances[0]
    walk = rm.record(rm.gradient_descent(loss, np.zeros(4), step), 30)
    free = rm.ridge_path(X, y, [0.0])[0]
    found = rm.descent_filter(variances, step, np.arange(31)[:, None])
    scale = 1e-9 * (1.0 + np.abs(free).max())
    np.testing.assert_allclose(walk, found * (Vt @ free) @ Vt, atol=scale)


def test_filters_where_rounding_could_show():
    tiny = np.array([0.0, 1e-20, 1e-300])
    np.testing.assert_array_equal(rm.ridge_filter(tiny, 0.0), [0.0, 1.0, 1.0])
    np.testing.assert_allclose(rm.descent_filter(tiny, 0.5, 100), 50.0 * tiny, rtol=1e-12)
    np.testing.assert_array_equal(rm.descent_filter([0.5, 1.0, 2.0], 1.0, 3), [0.875, 1.0, 2.0])
    assert rm.ridge_filter(1.7e308, 1.7e308) == pytest.approx(1.0 / 3.0)
    # Beyond doubles' digits of 1, at both ends.
    assert 0.0 < rm.ridge_filter(1e-30, 1.0) < 1e-29
    assert rm.ridge_filter([], 1.0).shape == (0,)


@pytest.mark.parametrize(
    ("given", "name"), [(([-1.0], 1.0), "variances"), (([1.0], np.nan), "lam")]
)
def test_what_is_no_variance_or_strength_is_refused(given, name):
    with pytest.raises(ValueError, match=f"{name} must be finite and at least 0"):
        rm.ridge_filter(*given)


def test_what_is_no_step_is_refused():
    with pytest.raises(ValueError, match="step_size must be"):
        rm.descent_filter([1.0], -0.1, 3)
    with pytest.raises(ValueError, match="n_steps must be"):
        rm.descent_filter([1.0], 0.1, -3)


@examples(20)
@given(
    narrow=st.floats(0.02, 0.9), turn=st.floats(0.1, 1.4), steps=st.integers(1, 400),
    eta=st.floats(0.05, 0.5),
)  # fmt: skip
def test_no_ridge_optimum_is_nearer_to_descent_than_the_distance(narrow, turn, steps, eta):
    variances, along = np.array([2.0 - narrow, narrow]), np.array([np.cos(turn), np.sin(turn)])
    shares = rm.descent_filter(variances, eta, steps)
    lams = np.concatenate([[0.0], np.geomspace(1e-6, 1e4, 4001)])
    missed = (rm.ridge_filter(variances, lams[:, None]) - shares) * along
    tried = np.linalg.norm(missed, axis=1).min()
    found = float(rm.ridge_distance(variances, along, shares))
    assert found <= tried + 1e-12
    assert found == pytest.approx(tried, abs=5e-3)
    # What is a ridge optimum is one.
    assert rm.ridge_distance(variances, along, rm.ridge_filter(variances, 0.3)) == 0.0
