"""Ridge refitted to many targets, against a path for each and against drawn noise."""

import numpy as np
import pytest

import regmath as rm


@pytest.fixture(scope="module")
def refitted():
    rng = np.random.default_rng(3)
    X = rm.standardize(rng.normal(size=(20, 4)))
    lambdas = np.array([0.0, 0.01, 0.3, 5.0])
    return X, lambdas, rm.RidgeRefits(X, lambdas), rng


def test_fits_are_those_of_a_path_for_each_target(refitted):
    X, lambdas, refits, rng = refitted
    targets, rows = 2.0 + rng.normal(size=(5, 20)), rng.normal(size=(7, 4))
    fits = refits.fits(targets, rows)
    for k, y in enumerate(targets):
        own = rm.ridge_path(X, y - y.mean(), lambdas) @ rows.T + y.mean()
        np.testing.assert_allclose(fits[:, k], own, atol=1e-12)
    np.testing.assert_array_equal(refits.fits(targets, rows, np.array([2])), fits[[2]])


def test_deviation_and_errors_are_those_of_drawn_noise(refitted):
    X, lambdas, refits, rng = refitted
    truth = X @ [1.0, -2.0, 0.5, 0.0]
    targets, new = truth + rng.normal(size=(2, 4000, 20))
    drawn = refits.fits(targets, X).std(axis=1)
    np.testing.assert_allclose(refits.deviation(X), drawn, rtol=0.05)
    errors, error = refits.errors(targets, new, np.arange(len(lambdas)))
    bias_squared, variance = rm.ridge_bias_variance(X, truth, 1.0, lambdas)
    assert np.all(np.abs(errors - (bias_squared + variance + 1.0)) < 5.0 * error)
