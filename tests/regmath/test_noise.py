"""Noise on features and rows under them, against ridge."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from tests.examples import examples


def problem(seed, n_samples=30, n_features=3):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_samples, n_features)) * 10.0 ** rng.uniform(-1, 1, n_features)
    X[:, -1] += 0.5 * X[:, 0]
    return X, X.sum(axis=1) + rng.normal(size=n_samples)


@pytest.mark.parametrize("deviation", [0.0, 0.3, 2.0])
def test_the_averaged_loss_is_ridge_exactly_in_expectation(deviation):
    X, y = problem(4, n_samples=3, n_features=2)
    # Noise of both signs alike: every copy there is, each as likely as any other.
    signs = np.array(list(itertools.product((-1.0, 1.0), repeat=X.size))).reshape(-1, *X.shape)
    copies = X + deviation * signs
    for w in ([0.7, -0.4], [0.0, 0.0], [3.0, 1.0]):
        mean = np.mean((y - copies @ w) ** 2) / 2.0
        ridge = rm.LeastSquares(X, y).value(w) + rm.L2(deviation**2 / 2.0).value(w)
        assert mean == pytest.approx(float(ridge), rel=1e-12)
    moments = rm.noise_moments(X, y, deviation * signs)
    together = rm.dropout_optima(rm.Moments(*(part.sum(axis=0) for part in moments)))
    np.testing.assert_allclose(together, rm.noise_quadratic(X, y, deviation).center, rtol=1e-9)


@examples(30)
@given(st.integers(0, 10_000), st.integers(1, 5), st.floats(1e-3, 1e3))
def test_rows_under_the_data_are_ridge(seed, n_features, lam):
    X, y = problem(seed, n_features=n_features)
    rows, targets = rm.ridge_rows(X, y, lam)
    assert rows.shape == (30 + n_features, n_features)
    found = np.linalg.lstsq(rows, targets)[0]
    wanted = rm.penalized_optimum(rm.LeastSquares(X, y), rm.L2(lam))
    np.testing.assert_allclose(found, wanted, rtol=1e-10, atol=1e-10 * np.abs(wanted).max())
    noisy = rm.noise_quadratic(X, y, np.sqrt(2.0 * lam)).center
    np.testing.assert_allclose(found, noisy, rtol=1e-9, atol=1e-10 * np.abs(wanted).max())
    # The sum of squares is the objective, wherever one stands.
    w = np.linspace(-1.0, 1.0, n_features)
    objective = rm.LeastSquares(X, y).value(w) + rm.L2(lam).value(w)
    np.testing.assert_allclose(np.sum((targets - rows @ w) ** 2) / 60.0, objective)


def test_moments_are_of_each_copy():
    X, y = problem(1)
    noise = np.random.default_rng(0).normal(size=(4, *X.shape))
    grams, targets = rm.noise_moments(X, y, noise)
    for gram, target, own in zip(grams, targets, noise, strict=True):
        np.testing.assert_allclose(gram, (X + own).T @ (X + own))
        np.testing.assert_allclose(target, (X + own).T @ y)


def test_what_has_no_meaning_is_refused():
    X, y = problem(0)
    for call in (lambda: rm.noise_quadratic(X, y, -1.0), lambda: rm.ridge_rows(X, y, -1.0)):
        with pytest.raises(ValueError, match=">= 0"):
            call()
    with pytest.raises(ValueError, match="dependent features"):
        rm.noise_quadratic(np.ones((4, 2)), np.ones(4), 0.0)
