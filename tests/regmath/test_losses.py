from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regmath import L1, LeastSquares, Quadratic, penalized_optimum
from tests.contracts.hard import near_twins

seeds = st.integers(0, 10_000)


def data(seed, n_samples=7, n_weights=3, batch=()):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n_samples, n_weights)), rng.normal(size=(*batch, n_samples))


def central_differences(loss, w, h=1e-5):
    shifts = h * np.eye(w.shape[-1])
    return np.stack([(loss.value(w + e) - loss.value(w - e)) / (2 * h) for e in shifts], -1)


@given(seed=seeds)
def test_gradients_agree_with_central_differences(seed):
    X, y = data(seed)
    w = np.random.default_rng(seed).normal(size=(2, 4, 3))
    for loss in (LeastSquares(X, y), LeastSquares(X, y).quadratic()):
        np.testing.assert_allclose(central_differences(loss, w), loss.gradient(w), atol=1e-7)


@given(seed=seeds)
def test_least_squares_is_its_formula_and_its_quadratic(seed):
    X, y = data(seed)
    loss, w = LeastSquares(X, y), np.random.default_rng(seed).normal(size=3)
    formula = np.sum((y - X @ w) ** 2) / (2 * len(y))
    np.testing.assert_allclose(loss.value(w), formula)
    np.testing.assert_allclose(loss.quadratic().value(w), formula)
    np.testing.assert_allclose(loss.gradient(w), X.T @ (X @ w - y) / len(y), atol=1e-12)
    np.testing.assert_allclose(loss.hessian, X.T @ X / len(y))
    np.testing.assert_allclose(loss.smoothness, np.linalg.norm(X, 2) ** 2 / len(y))
    np.testing.assert_allclose(loss.gradient(loss.center), 0, atol=1e-12)
    assert loss.n_weights == 3


@given(seed=seeds, n_samples=st.integers(1, 5))
def test_rank_deficient_center_is_the_smallest(seed, n_samples):
    X, y = data(seed, n_samples, 3)
    X = np.column_stack([X, X[:, 0]])  # a duplicated feature
    loss = LeastSquares(X, y)
    np.testing.assert_allclose(loss.center, np.linalg.pinv(X) @ y, atol=1e-7)
    np.testing.assert_allclose(loss.gradient(loss.center), 0, atol=1e-9)


def test_many_targets_are_many_problems():
    X, y = data(1, batch=(2, 5))
    loss, w = LeastSquares(X, y), np.array([0.3, -1.0, 2.0])
    assert loss.center.shape == (2, 5, 3)
    for at in np.ndindex(2, 5):
        alone = LeastSquares(X, y[at])
        np.testing.assert_allclose(loss.value(w)[at], alone.value(w))
        np.testing.assert_allclose(loss.center[at], alone.center)
        np.testing.assert_allclose(loss.gradient(w)[at], alone.gradient(w), atol=1e-12)


def test_five_thousand_problems_in_one_object():
    rng = np.random.default_rng(0)
    root = rng.normal(size=(5000, 2, 2))
    loss = Quadratic(root @ root.swapaxes(1, 2), rng.normal(size=(5000, 2)), 1.5)
    w = rng.normal(size=2)
    alone = Quadratic(loss.hessian[7], loss.center[7], 1.5)
    assert loss.value(w).shape == loss.smoothness.shape == (5000,)
    np.testing.assert_allclose(loss.value(w)[7], alone.value(w))
    np.testing.assert_allclose(loss.gradient(w)[7], alone.gradient(w))
    np.testing.assert_allclose(loss.smoothness[7], alone.smoothness)
    np.testing.assert_allclose(loss.value(loss.center), 1.5)


def test_one_dimensional():
    loss = Quadratic.one_dimensional(4.0, 0.5)
    assert (loss.n_weights, loss.smoothness) == (1, 4.0)
    assert float(loss.value([1.5])) == 2.0
    assert loss.gradient([[1.5], [0.5]]).tolist() == [[4.0], [0.0]]
    assert Quadratic.one_dimensional([1.0, 2.0], 0.0).value([1.0]).tolist() == [0.5, 1.0]


def test_arrays_are_copies_and_read_only():
    H, c = np.eye(2), np.zeros(2)
    X, y = data(0)
    bowl, fit = Quadratic(H, c), LeastSquares(X, y)
    H[0, 0] = c[0] = X[0] = y[0] = 9.0
    assert bowl.hessian[0, 0] == 1 and bowl.center[0] == 0  # noqa: PT018
    assert fit.X[0, 0] != 9 and fit.y[0] != 9  # noqa: PT018
    for array in (bowl.hessian, bowl.center, fit.X, fit.y, fit.hessian, fit.center):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0
    with pytest.raises(AttributeError):
        bowl.center = c


def test_rounding_in_a_hessian_is_forgiven():
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    singular = turn @ np.diag([3.0, 0.0]) @ turn.T
    singular[0, 1] *= 1 + 1e-15
    loss = Quadratic(singular, [1.0, 2.0])
    assert np.array_equal(loss.hessian, loss.hessian.T)


@pytest.mark.parametrize(
    ("hessian", "center", "offset", "message"),
    [
        ([[1, 0.1], [0, 1]], [0, 0], 0, "symmetric"),
        ([[1, 2], [2, 1]], [0, 0], 0, "positive semidefinite.*eigenvalue -1"),
        ([[[1.0]], [[-1.0]]], [0], 0, "positive semidefinite"),
        ([[1, np.nan], [np.nan, 1]], [0, 0], 0, "hessian must be finite"),
        ([[1.0]], [np.inf], 0, "center must be finite"),
        ([[1.0]], [0], np.nan, "offset must be finite"),
        ([[1, 0], [0, 1]], [0, 0, 0], 0, r"got \(2, 2\) and \(3,\)"),
        ([1.0], [0.0], 0, "hessian must be"),
        ([[1.0]], 0.0, 0, "hessian must be"),
        (np.ones((2, 1, 1)), np.zeros((3, 1)), 0, "must broadcast"),
    ],
)
def test_bad_quadratics_are_named(hessian, center, offset, message):
    with pytest.raises(ValueError, match=message):
        Quadratic(hessian, center, offset)


@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        (np.ones((3, 2)), np.ones(4), r"got \(3, 2\) and \(4,\)"),
        (np.ones(3), np.ones(3), "X must be"),
        (np.ones((3, 0)), np.ones(3), "X must be"),
        (np.full((3, 2), np.nan), np.ones(3), "X must be finite"),
    ],
)
def test_bad_data_are_named(X, y, message):
    with pytest.raises(ValueError, match=message):
        LeastSquares(X, y)


@pytest.mark.parametrize("apart", [1e-3, 1e-7, 1e-11])
def test_the_gradient_is_that_of_the_data(apart):
    X, y = near_twins(6, 2, apart, 0)
    w = np.array([1.0, -2.0, -1.0 / apart, 1.0 / apart])[[2, 0, 3, 1]]
    rows = [[Fraction(x) for x in row] for row in X.tolist()]
    weights = [Fraction(x) for x in w.tolist()]
    excess = [
        sum(x * v for x, v in zip(row, weights, strict=True)) - Fraction(target)
        for row, target in zip(rows, y.tolist(), strict=True)
    ]
    exact = [sum(row[j] * e for row, e in zip(rows, excess, strict=True)) / 6 for j in range(4)]
    terms = np.abs(X.T) @ (np.abs(X) @ np.abs(w) + np.abs(y)) / 6
    missed = np.abs(LeastSquares(X, y).gradient(w) - np.array(exact, dtype=float))
    assert (missed <= 4 * np.finfo(float).eps * terms).all()


@pytest.mark.parametrize(
    ("X", "y", "named"),
    [
        ([[1.0, 1e155], [2.0, -3e155]], [1.0, 2.0], r"column 1 of X reaches 3e\+155"),
        ([[1e-170, 1.0], [2e-170, 0.0]], [1.0, 2.0], "column 0 of X reaches 2e-170"),
        ([[1.0], [2.0]], [1e160, 0.0], r"y reaches 1e\+160"),
    ],
)
def test_squares_out_of_range_are_named(X, y, named):
    with pytest.raises(ValueError, match=named):
        LeastSquares(X, y)


def test_no_center_is_minus_zero():
    loss = Quadratic(np.eye(2), [-0.0, -1.0])
    assert not np.signbit(loss.center[0])
    assert not np.signbit(penalized_optimum(loss, L1(0.0))[0])
    assert not np.signbit(Quadratic.one_dimensional(1.0, -0.0).center[0])
