"""ISTA from 1,000 starts, recorded, against scikit-learn's Lasso from the same starts.

No public package records ISTA's paths. The nearest peer is a loop over scikit-learn's
compiled coordinate descent, warm-started at each start. It takes the few sweeps that it needs
and records nothing, so the comparison favours it in work and us in the loop.
"""

from collections.abc import Iterator

import numpy as np
from sklearn.linear_model import Lasso

from benchmarks.timing import Row, milliseconds
from regmath import L1, LeastSquares, ista, record
from regmath.certificates import kkt_residual

N_STARTS, N_STEPS, LAM = 1000, 500, 0.3


def rows() -> Iterator[Row]:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40, 2)) @ np.array([[1.0, 0.6], [0.0, 0.8]])
    loss = LeastSquares(X, X @ [1.0, 0.2] + 0.3 * rng.normal(size=40))
    starts = 3.0 * rng.normal(size=(N_STARTS, 2))
    penalty = L1(LAM)

    def run():
        return record(ista(loss, penalty, starts), N_STEPS)

    def fits():
        model = Lasso(alpha=LAM, fit_intercept=False, warm_start=True, tol=1e-12)
        found = []
        for start in starts:
            model.coef_ = start.copy()
            found.append(model.fit(loss.X, loss.y).coef_.copy())
        return np.array(found)

    yield Row(
        f"ISTA, {N_STARTS} starts x {N_STEPS} steps, recorded",
        milliseconds(run, 11),
        "scikit-learn Lasso, no record",
        milliseconds(fits, 3),
        float(kkt_residual(loss, penalty, run()[-1]).max()),
        float(np.abs(fits() - run()[-1]).max()),
    )
