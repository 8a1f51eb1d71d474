import numpy as np
import pytest
from sklearn.linear_model import ElasticNet as SkElasticNet
from sklearn.linear_model import Lasso, Ridge

from regmath import L1, L2, ElasticNet, LeastSquares
from regmath.conventions import SCALINGS, convert, convert_elastic_net
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
    alpha, ratio = convert_elastic_net(lam, 0.4, "source", "sklearn")
    net = SkElasticNet(alpha=alpha, l1_ratio=ratio, **TIGHT)
    assert penalized_optimum(LOSS, ElasticNet(lam, 0.4)) == pytest.approx(fit(net), abs=1e-7)


# The objectives once more, written out as their authors do.
OBJECTIVES = {
    ("source", "l1"): lambda rss, w, lam: rss / (2 * N) + lam * np.abs(w).sum(),
    ("source", "l2"): lambda rss, w, lam: rss / (2 * N) + lam * (w**2).sum(),
    ("sklearn", "l1"): lambda rss, w, lam: rss / (2 * N) + lam * np.abs(w).sum(),
    ("sklearn", "l2"): lambda rss, w, lam: rss + lam * (w**2).sum(),
    ("glmnet", "l1"): lambda rss, w, lam: rss / (2 * N) + lam * np.abs(w).sum(),
    ("glmnet", "l2"): lambda rss, w, lam: rss / (2 * N) + lam * (w**2).sum() / 2,
    ("esl", "l1"): lambda rss, w, lam: rss / 2 + lam * np.abs(w).sum(),
    ("esl", "l2"): lambda rss, w, lam: rss + lam * (w**2).sum(),
}


@pytest.mark.parametrize(("convention", "penalty"), sorted(SCALINGS))
def test_converted_objectives_are_proportional(convention, penalty):
    # One factor relates the objectives at every weight, so they have one minimiser.
    lam = convert(0.3, penalty, "source", convention, N)
    ratios = []
    for w in np.random.default_rng(0).normal(size=(5, LOSS.n_weights)):
        rss = np.sum((LOSS.y - LOSS.X @ w) ** 2)
        ours = OBJECTIVES["source", penalty](rss, w, 0.3)
        ratios.append(OBJECTIVES[convention, penalty](rss, w, lam) / ours)
    assert ratios == pytest.approx([ratios[0]] * 5)


def test_known_numbers():
    assert convert(0.5, "l2", "source", "sklearn", 10) == 10.0
    assert convert(0.5, "l2", "source", "glmnet", 10) == 1.0
    assert convert(0.5, "l1", "source", "esl", 10) == 5.0
    assert convert(5.0, "l1", "esl", "source", 10) == 0.5
    assert convert_elastic_net(1.0, 0.5, "source", "glmnet") == (1.5, 1 / 3)
    assert convert_elastic_net(1.5, 1 / 3, "sklearn", "source") == pytest.approx((1.0, 0.5))
    assert convert_elastic_net(0.0, 0.5, "source", "glmnet") == (0.0, 0.5)


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
    with pytest.raises(ValueError, match="there are: source, sklearn, glmnet"):
        convert_elastic_net(1.0, 0.5, "source", "esl")
    with pytest.raises(ValueError, match="l1_ratio"):
        convert_elastic_net(1.0, 1.5, "source", "glmnet")
