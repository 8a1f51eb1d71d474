"""Whole paths: the lasso's against scikit-learn's LARS, the elastic net's against its descent
at a hundred strengths, ridge against one bare SVD.

Cross-validation of the lasso's is measured against scikit-learn's on the same folds.

`OPENBLAS_NUM_THREADS=1 python -m benchmarks.paths` prints these rows alone.
"""

from collections.abc import Iterator

import numpy as np
from sklearn.linear_model import LassoCV, enet_path, lars_path

from benchmarks.timing import Row, milliseconds
from regmath import (
    HeldOut,
    LassoPath,
    elastic_net_path,
    held_out_rows,
    lasso_fit,
    lasso_path,
    ridge_freedom,
    ridge_path,
    split_rows,
    standardize,
)
from regmath.conventions import convert_elastic_net
from regviz.lessons.data import read_design
from regviz.lessons.knob_groups import DataKnobs

Problem = tuple[np.ndarray, np.ndarray]
N_FOLDS = 10
LAMBDAS = np.geomspace(1e-4, 1e2, 200)


def diabetes() -> Problem:
    """The diabetes study, all ten features, standardized."""
    design = read_design(DataKnobs())
    return standardize(design.X), design.y - design.y.mean()


def correlated(n_samples: int, n_features: int) -> Problem:
    """Neighbours correlated by one half, twenty true weights, noise; standardized."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n_samples, n_features))
    for j in range(1, n_features):
        X[:, j] = 0.5 * X[:, j - 1] + np.sqrt(0.75) * X[:, j]
    X = standardize(X)
    weights = np.zeros(n_features)
    weights[rng.choice(n_features, 20, replace=False)] = 3.0 * rng.normal(size=20)
    y = X @ weights + rng.normal(size=n_samples)
    return X, y - y.mean()


def violation(X: np.ndarray, y: np.ndarray, path: LassoPath) -> float:
    """Worst KKT violation at the knots and between them, as a share of lambda_max."""
    lambdas = path.lambdas
    lams = np.concatenate((lambdas, 0.5 * (lambdas[1:] + lambdas[:-1])))
    weights = path.at(lams)
    slopes = (y - weights @ X.T) @ X / len(y)
    active = np.abs(slopes - lams[:, None] * np.sign(weights))
    excess = np.maximum(np.abs(slopes) - lams[:, None], 0.0)
    return float(np.where(weights != 0.0, active, excess).max() / path.lambda_max)


def lasso_row(name: str, problem: Problem, repeats: int) -> Row:
    X, y = problem
    path = lasso_path(X, y)
    lambdas, _, weights = lars_path(X, y, method="lasso")
    # LARS ends where it finds nothing left to fit, at a tiny lambda that is not quite 0.
    lambdas[-1] = 0.0
    np.testing.assert_allclose(path.lambdas, lambdas, rtol=0.0, atol=1e-12 * path.lambda_max)
    return Row(
        f"lasso path, {name}, {len(path.lambdas)} knots",
        milliseconds(lambda: lasso_path(X, y), repeats),
        "scikit-learn lars_path",
        milliseconds(lambda: lars_path(X, y, method="lasso"), repeats),
        violation(X, y, path),
        float(np.abs(weights.T - path.weights).max()),
    )


def net_row(name: str, problem: Problem, repeats: int) -> Row:
    """The whole path with its knots, beside descent at as many strengths as is usual."""
    X, y = problem
    path = elastic_net_path(X, y, 0.5)
    lams = path.lambda_max * np.geomspace(1.0, 1e-3, 100)
    theirs = [convert_elastic_net(lam, 0.5, "source", "sklearn", len(y)) for lam in lams]
    alphas, share = np.array([alpha for alpha, _ in theirs]), theirs[0][1]

    def descend(tol: float) -> np.ndarray:
        found = enet_path(X, y, l1_ratio=share, alphas=alphas, tol=tol, max_iter=100_000)
        return np.asarray(found[1])

    weights = path.at(lams)
    slopes = (y - weights @ X.T) @ X / len(y) - lams[:, None] * weights
    on = np.abs(slopes - 0.5 * lams[:, None] * np.sign(weights))
    off = np.maximum(np.abs(slopes) - 0.5 * lams[:, None], 0.0)
    return Row(
        f"elastic net path, {name}, {len(path.lambdas)} knots",
        milliseconds(lambda: elastic_net_path(X, y, 0.5), repeats),
        "scikit-learn enet_path, tol 1e-10",
        milliseconds(lambda: descend(1e-10), repeats),
        float(np.where(weights != 0.0, on, off).max() / (0.5 * path.lambda_max)),
        float(np.abs(descend(1e-14).T - weights).max()),
    )


def ridge_row(name: str, problem: Problem, repeats: int) -> Row:
    X, y = problem
    weights = ridge_path(X, y, LAMBDAS)
    slopes = (y - weights @ X.T) @ X / len(y) - 2.0 * LAMBDAS[:, None] * weights
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    textbook = s * (y @ U) / (s**2 + 2.0 * len(y) * LAMBDAS[:, None]) @ Vt
    return Row(
        f"ridge path, {name}, {len(LAMBDAS)} lambdas",
        milliseconds(lambda: ridge_path(X, y, LAMBDAS), repeats),
        "numpy.linalg.svd alone",
        milliseconds(lambda: np.linalg.svd(X, full_matrices=False), repeats),
        float(np.abs(slopes).max() / np.abs(X.T @ y / len(y)).max()),
        float(np.abs(weights - textbook).max()),
    )


def freedom_row(name: str, problem: Problem, repeats: int) -> Row:
    X, _ = problem
    found, n = ridge_freedom(X, LAMBDAS), len(X)
    eigenvalues = np.linalg.svd(X, compute_uv=False) ** 2 / n
    textbook = (eigenvalues / (eigenvalues + 2.0 * LAMBDAS[:, None])).sum(axis=1)
    lam = float(LAMBDAS[100])
    hat = X @ np.linalg.solve(X.T @ X + 2.0 * n * lam * np.eye(X.shape[1]), X.T)
    return Row(
        f"ridge freedom, {name}, {len(LAMBDAS)} lambdas",
        milliseconds(lambda: ridge_freedom(X, LAMBDAS), repeats),
        "numpy.linalg.svd, values alone",
        milliseconds(lambda: np.linalg.svd(X, compute_uv=False), repeats),
        float(abs(np.trace(hat) - found[100]) / found[100]),
        float(np.abs(found - textbook).max()),
    )


def validation_row(name: str, problem: Problem, repeats: int) -> Row:
    X, y = problem
    outs = held_out_rows(len(y), N_FOLDS, 0)
    cv = [(np.setdiff1d(np.arange(len(y)), out), out) for out in outs]
    top = lasso_path(X, y).lambda_max
    lams = np.geomspace(1e-3 * top, top, 100)
    model = LassoCV(alphas=lams, cv=cv, tol=1e-8, max_iter=100_000)

    def run():
        return HeldOut(split_rows(X, y, outs), lasso_fit).at(lams)

    splits = split_rows(X, y, outs)
    return Row(
        f"{N_FOLDS} folds of the lasso, {name}, {len(lams)} lambdas",
        milliseconds(run, repeats),
        "scikit-learn LassoCV",
        milliseconds(lambda: model.fit(X, y), repeats),
        max(violation(each.X, each.y, lasso_path(each.X, each.y)) for each in splits),
        float(np.abs(run().errors.T[::-1] - model.mse_path_).max() / y.var()),
    )


def rows() -> Iterator[Row]:
    tall, wide = correlated(1000, 200), correlated(200, 1000)
    yield lasso_row("diabetes", diabetes(), 201)
    yield lasso_row("1000 x 200", tall, 15)
    yield lasso_row("200 x 1000", wide, 15)
    yield net_row("diabetes", diabetes(), 15)
    yield net_row("1000 x 50", correlated(1000, 50), 5)
    yield validation_row("diabetes", diabetes(), 21)
    yield validation_row("1000 x 200", tall, 3)
    yield ridge_row("1000 x 200", tall, 15)
    yield freedom_row("1000 x 200", tall, 15)
    yield ridge_row("200 x 1000", wide, 15)


def main() -> None:
    for row in rows():
        print(row)


if __name__ == "__main__":
    main()
