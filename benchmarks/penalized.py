"""Penalised optima on data of 20 features, against scikit-learn's solvers."""

from collections.abc import Iterator

import numpy as np
from sklearn.linear_model import ElasticNet as SkElasticNet
from sklearn.linear_model import Lasso, Ridge

from benchmarks.timing import Row, milliseconds
from regmath import L1, L2, ElasticNet, LeastSquares
from regmath.certificates import kkt_residual
from regmath.conventions import convert, convert_elastic_net
from regmath.geometry import penalized_optimum

N_SAMPLES, N_FEATURES, LAM = 200, 20, 0.1
TIGHT = {"fit_intercept": False, "tol": 1e-12, "max_iter": 100_000}


def rows() -> Iterator[Row]:
    rng = np.random.default_rng(0)
    common = rng.normal(size=(N_SAMPLES, 1))
    X = rng.normal(size=(N_SAMPLES, N_FEATURES)) + common
    y = X[:, :5].sum(axis=1) + rng.normal(size=N_SAMPLES)
    alpha, ratio = convert_elastic_net(LAM, 0.5, "source", "sklearn", N_SAMPLES)
    ridge_alpha = convert(LAM, "l2", "source", "sklearn", N_SAMPLES)
    peers = (
        ("L1", L1(LAM), Lasso(alpha=LAM, **TIGHT)),
        ("L2", L2(LAM), Ridge(alpha=ridge_alpha, fit_intercept=False)),
        ("net", ElasticNet(LAM, 0.5), SkElasticNet(alpha=alpha, l1_ratio=ratio, **TIGHT)),
    )
    for name, penalty, model in peers:

        def run(penalty=penalty):
            # From the raw data, as the peer: forming the Hessian is part of the time.
            return penalized_optimum(LeastSquares(X, y), penalty)

        def fit(model=model):
            return model.fit(X, y).coef_

        loss = LeastSquares(X, y)
        yield Row(
            f"penalized {name}, {N_FEATURES} features",
            milliseconds(run, 51),
            f"scikit-learn {type(model).__name__}",
            milliseconds(fit, 51),
            float(kkt_residual(loss, penalty, run())),
            float(np.abs(fit() - run()).max()),
        )
