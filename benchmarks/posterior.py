"""The mean of a Laplace posterior of two weights, against SciPy's nested quadrature."""

import math
from collections.abc import Iterator

import numpy as np
from scipy import integrate

from benchmarks.timing import Row, milliseconds
from regmath import Quadratic, laplace_posterior_mean

LOSS, LAM, SPREAD = (
    Quadratic(np.array([[1.0, 0.4], [0.4, 1.0]]), np.array([1.2, 0.15])),
    0.6,
    0.25,
)
REACH = 6.0


def nested() -> np.ndarray:
    """Return the mean by `dblquad`, cut along the axes, to its usual tolerance."""
    (a, b), (_, d) = LOSS.hessian.tolist()
    first, second = LOSS.center.tolist()

    def density(y: float, x: float) -> float:
        u, v = x - first, y - second
        loss = 0.5 * (a * u * u + 2.0 * b * u * v + d * v * v)
        return math.exp(-(loss + LAM * (abs(x) + abs(y))) / SPREAD)

    sums = np.zeros(3)
    for low, high in ((-REACH, 0.0), (0.0, REACH)):
        for bottom, top in ((-REACH, 0.0), (0.0, REACH)):
            box = (low, high, bottom, top)
            sums += [
                integrate.dblquad(density, *box)[0],
                integrate.dblquad(lambda y, x: x * density(y, x), *box)[0],
                integrate.dblquad(lambda y, x: y * density(y, x), *box)[0],
            ]
    return sums[1:] / sums[0]


def rows() -> Iterator[Row]:
    found = laplace_posterior_mean(LOSS, LAM, SPREAD)
    yield Row(
        "Laplace posterior mean, 2 weights",
        milliseconds(lambda: laplace_posterior_mean(LOSS, LAM, SPREAD), 21),
        "scipy dblquad, three times",
        milliseconds(nested, 1),
        found.error,
        float(np.abs(nested() - found.mean).max()),
    )
