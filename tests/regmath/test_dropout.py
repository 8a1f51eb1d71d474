"""Dropout averaged over its masks, against least squares on what it stands for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regmath as rm
from tests.examples import examples


def problem(seed, n_samples=40, n_features=2):
    rng = np.random.default_rng(seed)
    # Features of very different sizes, which the penalty must follow.
    X = rng.normal(size=(n_samples, n_features)) * 10.0 ** rng.uniform(-1, 1, n_features)
    X[:, -1] += 0.3 * X[:, 0]
    return X, X.sum(axis=1) + rng.normal(size=n_samples)


@examples(30)
@given(st.integers(0, 10_000), st.integers(1, 5), st.floats(0.1, 1.0))
def test_the_closed_form_is_ridge_with_each_weight_scaled_by_its_feature(
    seed, n_features, keep
):
    X, y = problem(seed, n_features=n_features)
    # Least squares with a row (0, .., size of the feature, .., 0) added for every weight.
    extra = np.sqrt((1.0 - keep) / keep) * np.diag(np.linalg.norm(X, axis=0))
    wanted = np.linalg.lstsq(np.vstack([X, extra]), np.concatenate([y, np.zeros(n_features)]))[
        0
    ]
    closed = rm.dropout_quadratic(X, y, keep).center
    np.testing.assert_allclose(closed, wanted, rtol=1e-8, atol=1e-10 * np.abs(wanted).max())


def test_the_averaged_loss_is_the_loss_plus_that_penalty():
    X, y = problem(4, n_samples=3)
    w, keep = np.array([0.7, -0.4]), 0.3
    # Every mask of a small design, weighted by its chance.
    total = 0.0
    for bits in range(2**X.size):
        mask = (bits >> np.arange(X.size)).reshape(X.shape) & 1
        chance = keep ** mask.sum() * (1 - keep) ** (X.size - mask.sum())
        total += chance * np.sum((y - (mask * X / keep) @ w) ** 2) / (2 * len(X))
    sizes = np.sum(X**2, axis=0)
    penalty = (1 - keep) / keep * np.sum(w**2 * sizes) / (2 * len(X))
    assert total == pytest.approx(np.sum((y - X @ w) ** 2) / (2 * len(X)) + penalty, rel=1e-12)


def masks_of(seed, n_masks, shape, keep):
    return np.random.default_rng(seed).random((n_masks, *shape)) < keep


@pytest.mark.parametrize("n_features", [2, 4])
def test_optima_minimize_the_average_over_their_masks(n_features):
    X, y = problem(1, n_features=n_features)
    masks = masks_of(7, 9, X.shape, 0.4)
    moments = rm.dropout_moments(X, y, 0.4, masks)
    for count in (1, 5, 9):
        stacked = np.vstack(X * masks[:count] / 0.4)
        wanted = np.linalg.lstsq(stacked, np.tile(y, count))[0]
        summed = rm.Moments(*(part[:count].sum(axis=0) for part in moments))
        np.testing.assert_allclose(rm.dropout_optima(summed), wanted, rtol=1e-9)


def test_a_feature_that_is_left_out_entirely_has_weight_0():
    X, y = problem(2)
    masks = np.ones((1, *X.shape), dtype=bool)
    masks[:, :, 0] = False
    ((first, second),) = rm.dropout_optima(rm.dropout_moments(X, y, 0.5, masks))
    assert first == 0.0
    assert second == pytest.approx(0.5 * X[:, 1] @ y / (X[:, 1] @ X[:, 1]))


def test_the_covariance_is_that_of_one_masks_optimum_to_leading_order():
    X, y = problem(6, n_samples=300)
    optima = []
    for seed in range(800):
        moments = rm.dropout_moments(X, y, 0.7, masks_of(seed, 20, X.shape, 0.7))
        optima.append(rm.dropout_optima(rm.Moments(*(part.sum(axis=0) for part in moments))))
    wanted = rm.dropout_covariance(X, y, 0.7) / 20
    scale = np.sqrt(np.outer(np.diag(wanted), np.diag(wanted)))
    np.testing.assert_allclose(np.cov(np.stack(optima).T) / scale, wanted / scale, atol=0.15)


@pytest.mark.parametrize("keep", [0.0, -0.1, 1.5])
def test_what_is_no_probability_is_refused(keep):
    X, y = problem(0)
    with pytest.raises(ValueError, match="is not a probability"):
        rm.dropout_quadratic(X, y, keep)
    with pytest.raises(ValueError, match="is not a probability"):
        rm.dropout_moments(X, y, keep, np.ones((1, *X.shape), dtype=bool))
