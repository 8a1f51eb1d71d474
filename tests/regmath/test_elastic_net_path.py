"""That the elastic net's path is made of optima, with every knot, between lasso and ridge."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import enet_path

import regmath as rm
from regmath.conventions import convert_elastic_net
from regmath.paths import net_walk
from tests.examples import examples
from tests.regmath.test_paths import diabetes, gaussian, problems

EPS = np.finfo(float).eps
ratios = st.sampled_from([0.01, 0.3, 0.5, 0.9, 0.999]) | st.floats(0.001, 0.999)


def between(path):
    """Knots, and three strengths between each two."""
    shares = np.array([0.0, 0.1, 0.5, 0.9])[:, None]
    return np.append(path.lambdas[:-1] * (1.0 - shares) + path.lambdas[1:] * shares, 0.0)


def violation(X, y, path, lams):
    """Worst KKT violation, and what rounding alone may cause."""
    weights, r = path.at(lams), path.l1_ratio
    slopes = (y - weights @ X.T) @ X / len(y) - 2.0 * (1.0 - r) * lams[:, None] * weights
    on, off = np.abs(slopes - lams[:, None] * r * np.sign(weights)), np.abs(slopes)
    worst = np.where(weights != 0.0, on, off - lams[:, None] * r).max()
    terms = (np.abs(y) + np.abs(weights) @ np.abs(X.T)) @ np.abs(X) / len(y)
    lengths = np.sqrt(np.square(X).sum(axis=0).max() * (y @ y)) / len(y)
    return worst, 256.0 * EPS * max(terms.max(), lengths)


@examples(60)
@given(problems, ratios)
def test_every_knot_and_what_is_between_is_an_optimum(problem, ratio):
    path = rm.elastic_net_path(*problem, ratio)
    worst, allowed = violation(*problem, path, between(path))
    assert worst <= allowed


@examples(40)
@given(problems, ratios)
def test_no_sign_changes_between_knots(problem, ratio):
    path = rm.elastic_net_path(*problem, ratio)
    assert (np.diff(path.lambdas) < 0.0).all()
    assert path.lambdas[-1] == 0.0
    assert not path.weights[0].any()
    for share in (0.2, 0.5, 0.8):
        lams = path.lambdas[1:] + share * np.diff(path.lambdas[::-1])[::-1]
        np.testing.assert_array_equal(np.sign(path.at(lams)), path.signs)
    # the signs of two neighbouring pieces differ: each knot is one
    assert (path.signs[1:] != path.signs[:-1]).any(axis=1).all()
    assert not np.signbit(path.weights[path.weights == 0.0]).any()


@examples(25)
@given(problems, ratios, st.floats(0.01, 1.5))
def test_it_is_the_lasso_on_augmented_data(problem, ratio, share):
    """Zou and Hastie's lemma 1, with `2 n lam (1 - r)` in the added rows."""
    X, y = problem
    path = rm.elastic_net_path(X, y, ratio)
    lam = share * path.lambda_max
    n, p = X.shape
    rows = np.sqrt(2.0 * n * lam * (1.0 - ratio)) * np.eye(p)
    lasso = rm.lasso_path(np.vstack([X, rows]), np.append(y, np.zeros(p)))
    found = lasso.at(lam * ratio * n / (n + p))
    near = 1e-8 * (1.0 + np.abs(found).max())
    np.testing.assert_allclose(path.at(lam), found, atol=near)


@pytest.mark.parametrize("ratio", [0.1, 0.5, 0.95])
def test_scikit_learn_finds_the_same(ratio):
    X, y = diabetes()
    path = rm.elastic_net_path(X, y, ratio)
    for lam in path.lambda_max * np.geomspace(1.0, 1e-3, 6):
        alpha, theirs = convert_elastic_net(lam, ratio, "source", "sklearn", len(y))
        _, found, _ = enet_path(
            X, y, l1_ratio=theirs, alphas=[alpha], tol=1e-14, max_iter=100_000
        )
        np.testing.assert_allclose(path.at(lam), found[:, 0], atol=1e-8)


def test_its_ends_are_lasso_and_ridge():
    X, y = diabetes()
    lasso = rm.lasso_path(X, y)
    path = rm.elastic_net_path(X, y, 1.0)
    lams = lasso.lambda_max * np.array([0.0, 0.01, 0.3, 0.9, 2.0])
    np.testing.assert_array_equal(path.lambdas, lasso.lambdas)
    np.testing.assert_array_equal(path.at(lams), lasso.at(lams))
    np.testing.assert_array_equal(path.signs, lasso.signs)
    ridge = rm.elastic_net_path(X, y, 0.0)
    np.testing.assert_allclose(ridge.at(lams), rm.ridge_path(X, y, lams), rtol=1e-12)
    assert ridge.lambda_max == np.inf
    assert ridge.n_nonzero(1.0) == 10
    # and what is near an end is near it
    scale = np.abs(lasso.weights).max()
    for ratio, end in ((1.0 - 1e-9, path), (1e-9, ridge)):
        near = rm.elastic_net_path(X, y, ratio).at(lams[1:])
        np.testing.assert_allclose(near, end.at(lams[1:]), atol=1e-5 * scale)


@examples(25)
@given(problems, ratios)
def test_features_that_are_alike_have_weights_that_are_near(problem, ratio):
    """Zou and Hastie's theorem 1: for equal signs, by the distance of the columns."""
    X, y = problem
    path = rm.elastic_net_path(X, y, ratio)
    if path.lambda_max == 0.0:
        return
    lam = 0.2 * path.lambda_max
    w, n = path.at(lam), len(y)
    apart = np.linalg.norm(X[:, :, None] - X[:, None], axis=0)
    bound = apart * np.linalg.norm(y) / (2.0 * n * lam * (1.0 - ratio))
    same = np.sign(w)[:, None] * np.sign(w) > 0.0
    gap = np.abs(w[:, None] - w)
    assert (gap[same] <= bound[same] * (1.0 + 1e-9) + 1e-9 * np.abs(w).max()).all()


def test_equal_columns_share_and_enter_together():
    rng = np.random.default_rng(3)
    X, y = gaussian(rng, 12, 4)
    path = rm.elastic_net_path(np.hstack([X, X]), y, 0.7)
    lams = between(path)
    np.testing.assert_allclose(path.at(lams)[:, :4], path.at(lams)[:, 4:], atol=1e-12)
    np.testing.assert_array_equal(path.signs[:, :4], path.signs[:, 4:])


def test_shapes_follow_lambda_and_knots_are_met_to_the_last_bit():
    X, y = diabetes()
    path = rm.elastic_net_path(X, y, 0.5)
    np.testing.assert_array_equal(path.at(path.lambdas), path.weights)
    assert path.at(0.3).shape == (10,)
    assert path.at(np.ones((2, 3))).shape == (2, 3, 10)
    assert not path.at([path.lambda_max, 2.0 * path.lambda_max]).any()
    assert not path.weights.flags.writeable


def test_nothing_to_explain_is_one_knot():
    path = rm.elastic_net_path(np.eye(3), np.zeros(3), 0.5)
    assert path.lambdas.tolist() == [0.0]
    assert not path.at([0.0, 1.0]).any()


def test_what_cannot_be_is_refused(monkeypatch):
    X, y = gaussian(np.random.default_rng(0), 9, 4)
    for ratio in (-0.1, 1.1, np.nan):
        with pytest.raises(ValueError, match="l1_ratio must be from 0 to 1"):
            rm.elastic_net_path(X, y, ratio)
    with pytest.raises(ValueError, match="finite"):
        rm.elastic_net_path(X * np.inf, y, 0.5)
    path = rm.elastic_net_path(X, y, 0.5)
    with pytest.raises(ValueError, match="lam must be finite"):
        path.at(-1.0)
    monkeypatch.setattr(net_walk, "PATIENCE", 0)
    with pytest.raises(ValueError, match="more than 0 events"):
        rm.elastic_net_path(X, y, 0.5)


def test_a_broken_promise_is_noticed(monkeypatch):
    X, y = gaussian(np.random.default_rng(1), 12, 5)
    X[:, 4] = X[:, 3] + 1e-9 * X[:, 0]
    whole = net_walk.Piece.weights
    monkeypatch.setattr(
        net_walk.Piece, "weights", lambda self, lam: (1.0 + 1e-6) * whole(self, lam)
    )
    with pytest.raises(ValueError, match="cannot be told apart"):
        rm.elastic_net_path(X, y, 0.5)
