"""Degrees of freedom: the formulas against explicit matrices, Stein's divergence and refits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import Ridge

import regmath as rm
from tests.examples import examples


def problem(seed, n_samples=20, n_features=6):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_samples, n_features)) @ rng.normal(size=(n_features, n_features))
    return X, X @ rng.normal(size=n_features), rng


def lasso_fits(X, targets, lam):
    """Return the weights and fits of the lasso, a row for each row of targets."""
    weights = np.stack([rm.lasso_path(X, y).at(lam) for y in targets])
    return weights, weights @ X.T


@examples(20)
@given(
    seed=st.integers(0, 99), shape=st.sampled_from([(20, 6), (5, 9), (7, 7)]),
    lam=st.floats(1e-4, 1e3),
)  # fmt: skip
def test_ridge_is_the_trace_and_its_parts_the_diagonal_of_the_hat_matrix(seed, shape, lam):
    X, _, _ = problem(seed, *shape)
    n = len(X)
    hat = X @ np.linalg.solve(X.T @ X + 2.0 * n * lam * np.eye(X.shape[1]), X.T)
    np.testing.assert_allclose(rm.ridge_leverages(X, lam), np.diag(hat), rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(rm.ridge_freedom(X, lam), np.trace(hat), rtol=1e-8)
    # What a public ridge makes of unit targets is the hat matrix, too.
    model = Ridge(alpha=2.0 * n * lam, fit_intercept=False, solver="svd")
    found = [model.fit(X, unit).predict(X)[i] for i, unit in enumerate(np.eye(n))]
    np.testing.assert_allclose(rm.ridge_leverages(X, lam), found, rtol=1e-7, atol=1e-10)


def test_ridge_begins_at_the_rank_and_falls_to_nothing():
    X, _, _ = problem(3)
    twice = np.column_stack([X, X[:, 0] - 2.0 * X[:, 3]])
    lams = np.append(0.0, np.geomspace(1e-6, 1e9, 60))
    for matrix in (X, twice):
        found = rm.ridge_freedom(matrix, lams)
        assert found[0] == pytest.approx(6.0, rel=1e-12)
        assert (np.diff(found) < 0.0).all()
        assert found[-1] < 1e-6
    assert rm.ridge_leverages(X, lams.reshape(1, -1)).shape == (1, 61, 20)


@examples(10)
@given(seed=st.integers(0, 99), share=st.floats(0.02, 0.9))
def test_the_lassos_active_set_is_the_divergence_of_its_fit(seed, share):
    # Stein: the fit is linear in y while the active set is the same, and its divergence counts.
    X, mean, rng = problem(seed)
    y = mean + rng.normal(size=len(X))
    lam = share * rm.lasso_path(X, y).lambda_max
    steps = 1e-7 * np.eye(len(y))
    (weights, up), (_, down) = lasso_fits(X, y + steps, lam), lasso_fits(X, y - steps, lam)
    if np.ptp(rm.lasso_freedom(weights)) == 0:
        divergence = float(np.trace(up - down)) / 2e-7
        assert divergence == pytest.approx(rm.lasso_freedom(weights)[0], abs=1e-4)


def test_both_formulas_are_the_covariance_of_fit_and_data():
    X, mean, rng = problem(1, 16, 5)
    noise = 2.0 * rng.normal(size=(1500, 16))
    for lam in (0.0, 0.3, 2.0):
        # Ridge is linear in the targets: what it makes of units it makes of all.
        units = np.stack([rm.ridge_path(X, unit, [lam])[0] for unit in np.eye(16)])
        found, error = rm.measured_freedom((mean + noise) @ units @ X.T, noise, 2.0)
        assert abs(found - rm.ridge_freedom(X, lam)) < 4.0 * error
    weights, fits = lasso_fits(X, mean + noise[:400], 1.5)
    found, error = rm.measured_freedom(fits - fits.mean(axis=0), noise[:400], 2.0)
    active = rm.lasso_freedom(weights)
    assert 0.5 < active.mean() < 4.5
    assert abs(found - active.mean()) < 4.0 * (error + active.std() / np.sqrt(400))


def test_a_constant_off_the_fits_changes_no_expectation_and_all_of_the_noise_is_all_rows():
    rng = np.random.default_rng(2)
    noise = 0.5 * rng.normal(size=(4000, 7))
    for constant in (0.0, 3.0):
        found, error = rm.measured_freedom(noise + constant, noise, 0.5)
        assert abs(found - 7.0) < 4.0 * error
    stacked, errors = rm.measured_freedom(np.stack([noise, 0.0 * noise]), noise, 0.5)
    assert stacked[1] == errors[1] == 0.0
    assert stacked.shape == errors.shape == (2,)


def test_what_has_no_degrees_of_freedom_is_refused():
    noise = np.ones((3, 4))
    with pytest.raises(ValueError, match="two refits or more"):
        rm.measured_freedom(np.ones((3, 5)), noise, 1.0)
    with pytest.raises(ValueError, match="two refits or more"):
        rm.measured_freedom(noise[:1], noise[:1], 1.0)
    with pytest.raises(ValueError, match="deviation must be positive"):
        rm.measured_freedom(noise, noise, 0.0)
    with pytest.raises(ValueError, match="finite matrix"):
        rm.ridge_freedom(np.ones(3), 1.0)
    with pytest.raises(ValueError, match="at least 0"):
        rm.ridge_leverages(noise, -1.0)


@examples(10)
@given(seed=st.integers(0, 99))
def test_a_relaxed_fit_is_least_squares_on_what_has_a_weight(seed):
    X, target, rng = problem(seed)
    targets = target + rng.normal(size=(3, len(X)))
    weights = rng.normal(size=(2, 3, X.shape[1])) * rng.integers(0, 2, size=(2, 3, X.shape[1]))
    found = rm.relaxed_fits(X, targets, weights)
    for place in np.ndindex(2, 3):
        chosen = X[:, weights[place] != 0.0]
        fit = chosen @ np.linalg.lstsq(chosen, targets[place[1]])[0]
        np.testing.assert_allclose(found[place], fit, atol=1e-7)
