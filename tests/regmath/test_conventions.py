import numpy as np
import pytest
from sklearn.linear_model import ElasticNet as SkElasticNet
from sklearn.linear_model import Lasso, LogisticRegression, Ridge, SGDRegressor

from regmath import L1, L2, ElasticNet, LeastSquares, Logistic, logistic_optimum
from regmath.conventions import ELASTIC_NETS, NOTATIONS, convert, convert_elastic_net
from regmath.geometry import penalized_optimum
from tests.regmath.problems import regression

LOSS = regression(5, "plain")
N = len(LOSS.y)
TIGHT = {"fit_intercept": False, "tol": 1e-14, "max_iter": 1_000_000}


def fit(model):
    return model.fit(LOSS.X, LOSS.y).coef_


@pytest.mark.parametrize("lam", [0.01, 0.2])
def test_converted_fits_are_equal(lam):
    lasso = Lasso(alpha=convert(lam, "l1", "source", "sklearn", N), **TIGHT)
    assert penalized_optimum(LOSS, L1(lam)) == pytest.approx(fit(lasso), abs=1e-7)
    ridge = Ridge(
        alpha=convert(lam, "l2", "source", "sklearn", N), fit_intercept=False, solver="svd"
    )
    assert penalized_optimum(LOSS, L2(lam)) == pytest.approx(fit(ridge), abs=1e-12)
    alpha, ratio = convert_elastic_net(lam, 0.4, "source", "sklearn", N)
    net = SkElasticNet(alpha=alpha, l1_ratio=ratio, **TIGHT)
    assert penalized_optimum(LOSS, ElasticNet(lam, 0.4)) == pytest.approx(fit(net), abs=1e-7)


@pytest.mark.parametrize(("name", "penalty"), [("l1", L1), ("l2", L2)])
def test_stochastic_descent_ends_where_the_converted_optimum_is(name, penalty):
    alpha = convert(0.1, name, "source", "sgd", N)
    given = {"penalty": name, "learning_rate": "constant", "eta0": 1e-3, "tol": None}
    model = SGDRegressor(
        alpha=alpha, max_iter=5000, fit_intercept=False, random_state=0, **given
    )
    # It stops as near as its steps are small; half or twice the strength is 50 times as far.
    assert penalized_optimum(LOSS, penalty(0.1)) == pytest.approx(fit(model), abs=5e-3)


@pytest.mark.parametrize("ratio", [0.0, 0.4, 1.0])
def test_the_inverse_strength_of_two_classes(ratio):
    loss, lam = Logistic(LOSS.X, LOSS.y > 0.0), 0.02
    C, share = convert_elastic_net(lam, ratio, "source", "logistic", N)
    model = LogisticRegression(
        C=C, l1_ratio=share, solver="saga", tol=1e-10, max_iter=1_000_000
    )
    w = model.fit(LOSS.X, loss.y).coef_[0]
    if ratio in (0.0, 1.0):
        name, penalty = ("l1", L1(lam)) if ratio else ("l2", L2(lam))
        assert convert(lam, name, "source", "logistic", N) == pytest.approx(C, rel=1e-15)
        assert w == pytest.approx(logistic_optimum(loss, penalty), abs=1e-6)
    # No slope is left where a weight is not 0, and no more than L1 holds where one is.
    slope = loss.gradient(w) + 2.0 * lam * (1.0 - ratio) * w
    off = np.abs(slope + lam * ratio * np.sign(w))
    assert np.where(w == 0.0, np.abs(slope) - lam * ratio, off).max() < 1e-7


# The objectives once more, written out as their authors do.
OBJECTIVES = {
    ("source", "l1"): lambda rss, w, lam: rss / (2 * N) + lam * np.abs(w).sum(),
    ("source", "l2"): lambda rss, w, lam: rss / (2 * N) + lam * (w**2).sum(),
    ("sklearn", "l1"): lambda rss, w, lam: rss / (2 * N) + lam * np.abs(w).sum(),
    ("sklearn", "l2"): lambda rss, w, lam: rss + lam * (w**2).sum(),
    ("sgd", "l1"): lambda rss, w, lam: rss / (2 * N) + lam * np.abs(w).sum(),
    ("sgd", "l2"): lambda rss, w, lam: rss / (2 * N) + lam * (w**2).sum() / 2,
    ("logistic", "l1"): lambda rss, w, c: c * rss / 2 + np.abs(w).sum(),
    ("logistic", "l2"): lambda rss, w, c: c * rss / 2 + (w**2).sum() / 2,
    ("glmnet", "l1"): lambda rss, w, lam: rss / (2 * N) + lam * np.abs(w).sum(),
    ("glmnet", "l2"): lambda rss, w, lam: rss / (2 * N) + lam * (w**2).sum() / 2,
    ("esl", "l1"): lambda rss, w, lam: rss / 2 + lam * np.abs(w).sum(),
    ("esl", "l2"): lambda rss, w, lam: rss + lam * (w**2).sum(),
}


@pytest.mark.parametrize(("convention", "penalty"), sorted(NOTATIONS))
def test_converted_objectives_are_proportional(convention, penalty):
    # One factor relates the objectives at every weight, so they have one minimiser.
    lam = convert(0.3, penalty, "source", convention, N)
    ratios = []
    for w in np.random.default_rng(0).normal(size=(5, LOSS.n_weights)):
        rss = np.sum((LOSS.y - LOSS.X @ w) ** 2)
        ours = OBJECTIVES["source", penalty](rss, w, 0.3)
        ratios.append(OBJECTIVES[convention, penalty](rss, w, lam) / ours)
    assert ratios == pytest.approx([ratios[0]] * 5)


@pytest.mark.parametrize("convention", sorted(ELASTIC_NETS))
@pytest.mark.parametrize("scale", [1.0, 77.0])
def test_a_net_is_both_of_its_parts_and_comes_back(convention, scale):
    given = {"n_samples": N, "target_scale": scale}
    lam, ratio = convert_elastic_net(0.3, 0.4, "source", convention, **given)
    name = ELASTIC_NETS[convention]
    parts = [
        convert(0.3 * share, penalty, "source", name, **given)
        for penalty, share in (("l1", 0.4), ("l2", 0.6))
    ]
    inverse = NOTATIONS[name, "l1"].turned
    assert inverse(lam) * ratio == pytest.approx(inverse(parts[0]), rel=1e-14)
    assert inverse(lam) * (1.0 - ratio) == pytest.approx(inverse(parts[1]), rel=1e-14)
    back = convert_elastic_net(lam, ratio, convention, "source", **given)
    assert back == pytest.approx((0.3, 0.4), rel=1e-14)


def test_known_numbers():
    assert convert(0.5, "l2", "source", "sklearn", 10) == 10.0
    assert convert(0.5, "l2", "source", "glmnet", 10) == 1.0
    assert convert(0.5, "l1", "source", "esl", 10) == 5.0
    assert convert(5.0, "l1", "esl", "source", 10) == 0.5
    assert convert(0.5, "l2", "source", "sgd", 10) == 1.0
    assert convert(0.5, "l2", "source", "logistic", 10) == 0.1
    assert convert(0.1, "l2", "logistic", "source", 10) == 0.5
    assert convert(0.0, "l1", "source", "logistic", 10) == np.inf
    assert convert_elastic_net(1.0, 0.5, "source", "glmnet", 10) == (1.5, 1 / 3)
    assert convert_elastic_net(1.5, 1 / 3, "sklearn", "source", 10) == pytest.approx((1.0, 0.5))
    assert convert_elastic_net(0.0, 0.5, "source", "glmnet", 10) == (0.0, 0.5)


@pytest.mark.parametrize("scale", [0.02, 1.0, 77.0])
def test_glmnet_fits_a_target_of_unit_variance(scale):
    # As its authors document it: y / s and lambda / s, then the weights times s.
    y = LOSS.y - LOSS.y.mean()
    y = scale * y / y.std()
    for penalty, lam in ((L1, 0.2 * scale), (L2, 0.2)):
        name = penalty.__name__.lower()
        theirs = convert(lam, name, "source", "glmnet", N, target_scale=scale) / scale
        bare = LeastSquares(LOSS.X, y / scale)
        factor = 1.0 if name == "l1" else 0.5
        fitted = scale * penalized_optimum(bare, penalty(factor * theirs))
        ours = penalized_optimum(LeastSquares(LOSS.X, y), penalty(lam))
        assert fitted == pytest.approx(ours, abs=1e-10 * scale)
        back = convert(theirs * scale, name, "glmnet", "source", N, target_scale=scale)
        assert back == pytest.approx(lam, rel=1e-14)


def test_bad_arguments_get_a_sentence():
    with pytest.raises(ValueError, match="there are: source l1"):
        convert(1.0, "l3", "source", "esl", 10)
    with pytest.raises(ValueError, match="n_samples"):
        convert(1.0, "l1", "source", "esl", 0)
    with pytest.raises(ValueError, match="target_scale"):
        convert(1.0, "l1", "source", "esl", 10, target_scale=0.0)
    with pytest.raises(ValueError, match="lam"):
        convert(-1.0, "l1", "source", "esl", 10)
    with pytest.raises(ValueError, match="there are: source, sklearn, sgd"):
        convert_elastic_net(1.0, 0.5, "source", "esl", 10)
    with pytest.raises(ValueError, match="l1_ratio"):
        convert_elastic_net(1.0, 1.5, "source", "glmnet", 10)
