"""Cross-validation against scikit-learn, and what its two rules choose of a curve."""

import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LassoCV, RidgeCV

import regmath as rm
from tests.examples import examples


def problem(seed, n_samples=60, n_features=6):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_samples, n_features))
    y = X @ rng.standard_normal(n_features) + 2.0 * rng.standard_normal(n_samples)
    return rm.standardize(X), rm.standardize(y)


@given(st.integers(2, 60), st.integers(2, 12), st.integers(0, 2**32 - 1))
def test_each_row_is_held_out_once(n_samples, n_folds, seed):
    if n_folds > n_samples:
        with pytest.raises(ValueError, match="n_folds"):
            rm.held_out_rows(n_samples, n_folds, seed)
        return
    folds = rm.held_out_rows(n_samples, n_folds, seed)
    assert sorted(np.concatenate(folds)) == list(range(n_samples))
    assert len(folds) == n_folds
    assert max(map(len, folds)) - min(map(len, folds)) <= 1
    again = rm.held_out_rows(n_samples, n_folds, seed)
    np.testing.assert_array_equal(np.concatenate(again), np.concatenate(folds))


def splits(folds, n_samples):
    return [(np.setdiff1d(np.arange(n_samples), out), out) for out in folds]


@pytest.mark.parametrize("n_samples", [60, 63])
def test_the_lasso_is_that_of_scikit_learn_on_the_same_folds(n_samples):
    X, y = problem(1, n_samples)
    folds, lams = rm.held_out_rows(n_samples, 5, 0), np.geomspace(1e-3, 1.0, 40)
    found = rm.HeldOut(rm.split_rows(X, y, folds), rm.lasso_fit).at(lams)
    alphas = [rm.convert(lam, "l1", "source", "sklearn", n_samples) for lam in lams]
    theirs = LassoCV(alphas=alphas, cv=splits(folds, n_samples), tol=1e-12, max_iter=100_000)
    theirs.fit(X, y)
    np.testing.assert_allclose(found.errors.T[::-1], theirs.mse_path_, rtol=1e-9)
    assert found.least[0] == pytest.approx(theirs.alpha_)


def test_ridge_is_that_of_scikit_learn_on_the_same_folds():
    # Of equal folds: scikit-learn's strength counts rows, ours does not.
    X, y = problem(2)
    folds, lams = rm.held_out_rows(60, 5, 0), np.geomspace(1e-3, 10.0, 40)
    found = rm.HeldOut(rm.split_rows(X, y, folds), rm.ridge_fit).at(lams)
    alphas = [rm.convert(lam, "l2", "source", "sklearn", 48) for lam in lams]
    theirs = RidgeCV(alphas=alphas, cv=splits(folds, 60), scoring="neg_mean_squared_error")
    theirs.fit(X, y)
    assert found.least[1] == pytest.approx(-theirs.best_score_, rel=1e-10)
    assert alphas[list(lams).index(found.least[0])] == theirs.alpha_


@examples(20)
@given(st.integers(0, 10_000), st.integers(3, 40), st.integers(1, 20))
def test_the_limits_are_those_of_next_to_no_and_of_endless_strength(seed, n_samples, n):
    X, y = problem(seed, n_samples, n)
    folds = rm.held_out_rows(n_samples, min(5, n_samples), seed)
    # Of a ridge the weights are at most |X||y| / (2 n lam), and so much is left of the fit.
    left = np.linalg.norm(X) ** 2 * np.linalg.norm(y) / 1e9
    for fit in (rm.lasso_fit, rm.ridge_fit):
        found = rm.HeldOut(rm.split_rows(X, y, folds), fit).at([1e-3, 1e9])
        np.testing.assert_allclose(
            np.sqrt(found.errors[:, 1]), np.sqrt(found.null), rtol=1e-12, atol=left
        )
    for out, null in zip(folds, found.null, strict=True):
        assert null == pytest.approx(np.mean((y[out] - np.delete(y, out).mean()) ** 2))


@examples(20)
@given(st.integers(0, 10_000), st.integers(4, 40), st.integers(1, 20), st.floats(1e-3, 0.5))
def test_ridge_errs_as_nothing_does_but_for_the_margin(seed, n_samples, n, margin):
    X, y = problem(seed, n_samples, n)
    folds = rm.held_out_rows(n_samples, 4, seed)
    splits = rm.split_rows(X, y, folds)
    first = rm.ridge_null_from(splits, margin)
    found = rm.HeldOut(splits, rm.ridge_fit).at(first * np.geomspace(1.0, 1e3, 50))
    assert np.abs(found.mean - found.null.mean()).max() <= margin * (1.0 + 1e-9)


@pytest.mark.parametrize("shape", [(90, 4), (11, 30), (40_000, 60)])
def test_a_split_has_the_sums_of_squares_of_its_rows(shape):
    rng = np.random.default_rng(3)
    X, y = 5.0 + rng.standard_normal(shape), rng.standard_normal(shape[0])
    folds = rm.held_out_rows(shape[0], 5, 1)
    w = rng.standard_normal(shape[1])
    for out, split in zip(folds, rm.split_rows(X, y, folds), strict=True):
        seen = np.setdiff1d(np.arange(shape[0]), out)
        means, mean = X[seen].mean(axis=0), y[seen].mean()
        error = np.mean((y[out] - mean - (X[out] - means) @ w) ** 2)
        assert np.sum((split.out @ np.append(-w, 1.0)) ** 2) == pytest.approx(error, rel=1e-11)
        slope = (y[seen] - mean) @ (X[seen] - means) / len(seen)
        np.testing.assert_allclose(split.slope, slope, atol=1e-12)
        here = rm.LeastSquares(split.X, split.y).gradient(w)
        there = rm.LeastSquares(X[seen] - means, y[seen] - mean).gradient(w)
        np.testing.assert_allclose(here, there, atol=1e-11)
        assert len(split.X) <= shape[1] + 1 or len(split.X) == len(seen)


@pytest.mark.parametrize(
    ("used", "copies"),
    [
        (lambda X, y: rm.split_rows(X, y, rm.held_out_rows(len(y), 5, 0)), 0),
        (rm.lasso_path, 1),
        (lambda X, y: rm.ridge_path(X, y, [0.1]), 0),
        (lambda X, y: rm.standardize(X), 2),
        (rm.LeastSquares, 1),
    ],
)
def test_large_data_are_not_copied_time_and_again(used, copies):
    X = np.random.default_rng(0).standard_normal((200_000, 20))
    tracemalloc.start()
    try:
        used(X, X @ np.arange(20.0))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < (copies + 0.9) * X.nbytes


@pytest.mark.parametrize("n_samples", [20, 4_000])
def test_what_varies_in_the_fold_held_out_alone_has_no_weight(n_samples):
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((n_samples, 3)), rng.standard_normal(n_samples)
    folds = rm.held_out_rows(n_samples, 5, 0)
    X[:, 1] = 0.1
    X[folds[2], 1] = rng.standard_normal(len(folds[2]))
    splits = rm.split_rows(rm.standardize(X), y, folds)
    assert not splits[2].X[:, 1].any()
    assert splits[1].X[:, 1].any()
    for fit in (rm.lasso_fit, rm.ridge_fit):
        assert fit(splits[2].X, splits[2].y)(np.array([0.0]))[0, 1] == 0.0
        assert rm.HeldOut(splits, fit).at([1e-9, 1.0]).free.max() < 10.0


def curve(errors, free, null):
    """Return a cross-validation of two folds that differ by 0.2 at each strength."""
    apart = np.array([[-0.1], [0.1]])
    each = [apart + np.asarray(part) for part in (errors, [free], [null])]
    lams = np.arange(1.0, len(errors) + 1.0)
    return rm.CrossValidation(lams, each[0], each[1][:, 0], each[2][:, 0])


@pytest.mark.parametrize(
    ("errors", "free", "null", "least", "rule"),
    [
        ([3.0, 2.0, 2.05, 3.0], 4.0, 5.0, 2.0, 3.0),
        ([3.0, 2.0, 3.0, 2.1], 4.0, 5.0, 2.0, math.inf),
        ([3.0, 2.0, 3.0, 2.05, 3.0], 4.0, 5.0, 2.0, 4.0),
        ([4.0, 3.0, 2.0], 5.0, 6.0, math.inf, math.inf),
        ([3.0, 2.0, 2.0, 3.0], 4.0, 5.0, 2.0, 3.0),
        ([2.0, 3.0, 4.0], 1.0, 5.0, 0.0, 0.0),
        ([2.0, 3.0, 4.0], 1.95, 5.0, 0.0, 1.0),
        ([4.0, 3.0, 2.0], 5.0, 1.0, math.inf, math.inf),
        ([4.0, 3.0, 3.04], 5.0, 3.05, 2.0, math.inf),
        ([4.0, 3.0, 3.05, 3.05], 5.0, 3.05, 2.0, 3.0),
    ],
)
def test_what_the_rules_choose(errors, free, null, least, rule):
    found = curve(errors, free, null)
    assert found.least[0] == least
    assert found.tolerated == pytest.approx(found.least[1] + 0.1)
    assert found.chosen == (found.least[0], rule)
    assert found.one_standard_error[0] == rule


@pytest.mark.parametrize("lams", [[], [0.0, 1.0], [2.0, 1.0], [1.0, 1.0], [[1.0]], [-1.0]])
def test_strengths_that_will_not_do_are_refused(lams):
    X, y = problem(1)
    with pytest.raises(ValueError, match="lam"):
        rm.HeldOut(rm.split_rows(X, y, rm.held_out_rows(60, 5, 0)), rm.lasso_fit).at(lams)
