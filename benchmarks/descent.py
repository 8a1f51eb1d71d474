"""ISTA from 1,000 starts, recorded, against scikit-learn's Lasso from the same starts.

No public package records ISTA's paths. The nearest peer is a loop over scikit-learn's
compiled coordinate descent, warm-started at each start. It takes the few sweeps that it needs
and records nothing, so the comparison favours it in work and us in the loop.

Momentum, Nesterov's method and Adam have a public peer in scikit-learn's MLPRegressor without a
hidden layer, which is linear regression, here on all rows at once. SGD has one in SGDRegressor,
compiled code that is far ahead of steps in Python, on targets without noise, which both fit in
any order of the rows. No peer of AdamW is among the dependencies. Where gradient descent stands
after so many steps is known without taking them, by its filter; the peer takes them.
"""

from collections.abc import Iterator

import numpy as np
from sklearn.linear_model import Lasso, SGDRegressor
from sklearn.neural_network import MLPRegressor

from benchmarks.timing import Row, milliseconds
from regmath import (
    L1,
    L2,
    LeastSquares,
    adam,
    descent_filter,
    gradient_descent,
    ista,
    momentum,
    nesterov,
    record,
    sgd,
)
from regmath.certificates import kkt_residual

N_STARTS, N_STEPS, LAM = 1000, 500, 0.3
N_ROWS, N_FEATURES, N_EPOCHS, STEP = 200, 20, 20, 0.01


def rows() -> Iterator[Row]:
    yield ista_row()
    yield sgd_row()
    for name in ("momentum", "nesterov", "adam"):
        yield full_batch_row(name)
    yield stopped_row()


def ista_row() -> Row:
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

    return Row(
        f"ISTA, {N_STARTS} starts x {N_STEPS} steps, recorded",
        milliseconds(run, 11),
        "scikit-learn Lasso, no record",
        milliseconds(fits, 3),
        float(kkt_residual(loss, penalty, run()[-1]).max()),
        float(np.abs(fits() - run()[-1]).max()),
    )


def regression(noise: float) -> LeastSquares:
    """Standardized data of twenty features."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(N_ROWS, N_FEATURES))
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    y = X @ rng.normal(size=N_FEATURES) + noise * rng.normal(size=N_ROWS)
    return LeastSquares(X, y - y.mean())


def sgd_row() -> Row:
    loss = regression(0.0)
    parts = [LeastSquares(loss.X[i : i + 1], loss.y[i : i + 1]) for i in range(N_ROWS)]

    def run():
        return record(sgd(parts, np.zeros(N_FEATURES), STEP), N_EPOCHS * N_ROWS)

    def fit():
        model = SGDRegressor(
            penalty=None, fit_intercept=False, learning_rate="constant", eta0=STEP,
            max_iter=N_EPOCHS, tol=None, random_state=0,
        )  # fmt: skip
        return model.fit(loss.X, loss.y).coef_

    return Row(
        f"SGD, {N_EPOCHS} epochs of {N_ROWS} rows, recorded",
        milliseconds(run, 5),
        "scikit-learn SGDRegressor, no record",
        milliseconds(fit, 5),
        float(kkt_residual(loss, L2(0.0), run()[-1])),
        float(np.abs(fit() - run()[-1]).max()),
    )


def full_batch_row(name: str) -> Row:
    """Return a row whose steps are the peer's own, so that both are the same all the way."""
    loss, start = regression(1.0), np.zeros(N_FEATURES)
    method = {"momentum": momentum, "nesterov": nesterov, "adam": adam}[name]

    def run():
        return record(method(loss, start, STEP), N_STEPS)

    def fit():
        return stepped(loss, name)

    return Row(
        f"{name}, {N_STEPS} steps on {N_ROWS} rows, recorded",
        milliseconds(run, 5),
        "scikit-learn MLPRegressor, no layer",
        milliseconds(fit, 3),
        float(kkt_residual(loss, L2(0.0), run()[-1])),
        float(np.abs(fit() - run()[-1]).max()),
    )


def stopped_row() -> Row:
    """Return a row whose residual is the distance from our own steps."""
    loss = regression(1.0)

    def run():
        U, d, Vt = np.linalg.svd(loss.X, full_matrices=False)
        found = descent_filter(d**2 / N_ROWS, STEP, N_STEPS)
        return (found * (U.T @ loss.y) / d) @ Vt

    walk = record(gradient_descent(loss, np.zeros(N_FEATURES), STEP), N_STEPS)
    return Row(
        f"descent stopped after {N_STEPS} steps, by its filter",
        milliseconds(run, 11),
        "scikit-learn MLPRegressor, no layer",
        milliseconds(lambda: stepped(loss, "plain"), 3),
        float(np.abs(walk[-1] - run()).max()),
        float(np.abs(stepped(loss, "plain") - run()).max()),
    )


def stepped(loss: LeastSquares, name: str) -> np.ndarray:
    """Return the weights of scikit-learn's network without a layer, after all steps from 0."""
    model = MLPRegressor(
        hidden_layer_sizes=(), solver="adam" if name == "adam" else "sgd", alpha=0.0,
        nesterovs_momentum=name == "nesterov", momentum=0.0 if name == "plain" else 0.9,
        batch_size=N_ROWS, shuffle=False, learning_rate_init=STEP, random_state=0,
    )  # fmt: skip
    model.partial_fit(loss.X, loss.y)
    model.coefs_[0][:], model.intercepts_[0][:] = 0.0, 0.0
    del model._optimizer  # off from rest, at our start
    for _ in range(N_STEPS):
        model.partial_fit(loss.X, loss.y)
    return model.coefs_[0][:, 0]
