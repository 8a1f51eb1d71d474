"""Weights in the data's own units against scikit-learn, and as predictions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import Lasso
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import regmath as rm


def columns(seed, n_samples=30, n_features=4):
    """Return columns of very different units."""
    rng = np.random.default_rng(seed)
    units = 10.0 ** rng.uniform(-6.0, 6.0, n_features)
    X = (rng.standard_normal((n_samples, n_features)) + rng.uniform(-3.0, 3.0)) * units
    return X, 1e3 * rng.standard_normal(n_samples) - 50.0, rng.standard_normal((3, n_features))


@given(st.integers(0, 10_000))
def test_both_units_predict_the_same(seed):
    X, y, weights = columns(seed)
    weights[:, 0] = 0.0
    own, intercept = rm.unstandardize(weights, X, y)
    standardized = y.mean() + y.std() * (weights @ rm.standardize(X).T)
    predicted = intercept[:, np.newaxis] + own @ X.T
    # relative to what is summed, since sums may cancel
    size = np.abs(own) @ np.abs(X.T) + np.abs(intercept)[:, np.newaxis]
    assert np.abs(predicted - standardized).max() <= 1e-12 * size.max()
    assert (own[:, 0] == 0.0).all()
    assert not np.signbit(own[:, 0]).any()
    alone = rm.unstandardize(weights[1], X, y)
    np.testing.assert_allclose(alone[0], own[1], rtol=1e-14)
    assert alone[1] == pytest.approx(intercept[1], rel=1e-14)


def test_they_are_those_of_a_pipeline_of_scikit_learn():
    X, y, _ = columns(3, 80, 5)
    lam = 0.02
    weights = rm.lasso_path(rm.standardize(X), rm.standardize(y)).at(lam)
    own, intercept = rm.unstandardize(weights, X, y)
    # Theirs leaves the target in its units, and so has a strength in them.
    pipeline = make_pipeline(StandardScaler(), Lasso(alpha=lam * y.std(), tol=1e-14))
    pipeline.fit(X, y)
    scaler, lasso = pipeline[0], pipeline[1]
    np.testing.assert_allclose(own, lasso.coef_ / scaler.scale_, rtol=1e-9)
    expected = lasso.intercept_ - np.sum(lasso.coef_ / scaler.scale_ * scaler.mean_)
    assert intercept == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("weights", "X", "y", "why"),
    [
        ([1.0], [[1.0], [1.0]], [1.0, 2.0], "constant"),
        ([1.0], [[1.0], [2.0]], [1.0, 1.0], "constant"),
        ([1.0, 2.0], [[1.0], [2.0]], [1.0, 3.0], "n_features"),
        ([1.0], [[1.0], [2.0]], [1.0], "n_samples"),
    ],
)
def test_what_has_no_own_units_is_refused(weights, X, y, why):
    with pytest.raises(ValueError, match=why):
        rm.unstandardize(weights, X, y)


@pytest.mark.parametrize("scale", [1e-300, 1e-155, 1.0, 1e155, 1e300])
def test_standardized_columns_have_mean_0_and_mean_square_1_in_any_unit(scale):
    values = np.random.default_rng(0).normal(size=(30, 4)) + 2.0
    found = rm.standardize(scale * values)
    np.testing.assert_allclose(
        found, (values - values.mean(axis=0)) / values.std(axis=0), 1e-12
    )
    np.testing.assert_allclose(np.mean(found**2, axis=0), 1.0, rtol=1e-14)
    np.testing.assert_allclose(rm.standardize(values[:, 0]), found[:, 0], rtol=0.0, atol=1e-14)


@pytest.mark.parametrize("column", [np.full(7, 0.1), [0.3, 0.1 + 0.2, 0.3], [0.0, 0.0]])
def test_a_constant_column_is_refused_even_if_it_varies_by_rounding(column):
    with pytest.raises(ValueError, match="a constant column"):
        rm.standardize(np.column_stack([np.arange(len(column)), column]))
