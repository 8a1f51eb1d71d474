"""The problems that the benchmarks share."""

import numpy as np

from regmath import Quadratic

N_PROBLEMS = 5000


def bowls(n: int = N_PROBLEMS) -> Quadratic:
    """Random losses in the plane: curvatures 0.25 to 4, correlations up to +-0.95."""
    rng = np.random.default_rng(0)
    scale = rng.uniform(0.5, 2.0, (n, 2))
    hessian = scale[:, :, None] * scale[:, None, :]
    correlation = rng.uniform(-0.95, 0.95, n)
    hessian[:, 0, 1] *= correlation
    hessian[:, 1, 0] *= correlation
    return Quadratic(hessian, 3.0 * rng.normal(size=(n, 2)))
