"""Random losses and data for the geometry's tests, the nasty ones included."""

import numpy as np

from regmath import LeastSquares, Quadratic


def planar_losses(n, seed, nasty):
    """`n` bowls; nasty: curvatures 1e-3 to 1e3, correlations to +-0.999, centers on axes."""
    rng = np.random.default_rng(seed)
    side = rng.choice([-1.0, 1.0], n)
    apart = 10.0 ** rng.uniform(-3.0, 0.0, n) if nasty else rng.uniform(0.1, 1.0, n)
    correlation = side * (1.0 - apart)
    scale = 10.0 ** rng.uniform(-1.5, 1.5, (n, 2)) if nasty else rng.uniform(0.5, 2.0, (n, 2))
    hessian = scale[:, :, None] * scale[:, None, :]
    hessian[:, 0, 1] *= correlation
    hessian[:, 1, 0] *= correlation
    center = rng.normal(size=(n, 2)) * 3.0
    if nasty:
        center[3::11, 1] = center[3::11, 0]
        center[::7, 0] = 0.0
    return Quadratic(hessian, center)


def regression(seed, kind):
    """Least squares on random data; the kind says what is wrong with it."""
    rng = np.random.default_rng(seed)
    n, p = int(rng.integers(8, 40)), int(rng.integers(4, 21))
    X = rng.normal(size=(n, p))
    if kind == "collinear":
        X[:, 1] = X[:, 0]
        X[:, 2] = X[:, 0] - X[:, 3]
    elif kind == "ties":
        X = np.round(X)
    elif kind == "scales":
        X *= 10.0 ** rng.uniform(-1.5, 1.5, p)
    elif kind == "wide":
        X = rng.normal(size=(6, 20))
    truth = rng.normal(size=X.shape[1]) * (rng.random(X.shape[1]) < 0.5)
    y = X @ truth + rng.normal(size=len(X))
    return LeastSquares(X, np.round(y) if kind == "ties" else y)


KINDS = ["plain", "collinear", "ties", "scales", "wide"]
