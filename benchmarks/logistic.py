"""Logistic optima of the diabetes study, against scikit-learn's LogisticRegression.

A path of strengths at once, which is one batch of ours; the peer goes along it with a warm
start, as it is meant to be used. For L1 with an intercept free of the penalty that is saga.
"""

import warnings
from collections.abc import Iterator

import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LogisticRegression

from benchmarks.timing import Row, milliseconds
from regmath import L1, L2, Logistic, logistic_optima, standardize
from regmath.certificates import kkt_residual

N_STRENGTHS = 50


def rows() -> Iterator[Row]:
    data = load_diabetes()
    loss = Logistic(standardize(data.data), (data.target > np.median(data.target)) * 1.0)
    most = float(np.abs(loss.gradient(np.zeros(loss.n_weights))).max())
    lams = most * np.geomspace(1.0, 0.01, N_STRENGTHS)
    yield row("L1", L1(1.0), loss, lams, {"solver": "saga", "l1_ratio": 1.0})
    yield row("L2", L2(1.0), loss, lams, {"solver": "newton-cholesky"})


def row(name, penalty, loss: Logistic, lams: np.ndarray, how: dict) -> Row:
    half = 1.0 if name == "L1" else 2.0

    def fits():
        model = LogisticRegression(tol=1e-8, max_iter=100_000, warm_start=True, **how)
        found = []
        for lam in lams.tolist():
            model.C = 1.0 / (half * len(loss.y) * lam)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found.append(model.fit(loss.X, loss.y).coef_[0].copy())
        return np.array(found)

    found = logistic_optima(loss, penalty, lams)
    residuals = [
        kkt_residual(loss, penalty.with_lambda(lam), w)
        for lam, w in zip(lams.tolist(), found, strict=True)
    ]
    return Row(
        f"logistic {name}, {N_STRENGTHS} strengths",
        milliseconds(lambda: logistic_optima(loss, penalty, lams), 11),
        f"scikit-learn LogisticRegression, {how['solver']}",
        milliseconds(fits, 3),
        float(np.max(residuals)),
        float(np.abs(fits() - found).max()),
    )
