"""The mean of a posterior with a Laplace prior: in closed form, and by quadrature with a bound.

A loss `L` in the scale of the source is minus the log likelihood times a `spread`, the variance
of the noise over the number of samples for `LeastSquares`. The penalty `lam |w|_1` is then a
Laplace prior, and `lam |w|_2^2` a Gaussian one: the posterior is in proportion to
`exp(-(L(w) + penalty(w)) / spread)`. Its mode is the penalised optimum, whatever the spread.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array
from regmath.geometry import penalized_optimum
from regmath.losses import Quadratic
from regmath.penalties import L1

EPS = float(np.finfo(np.float64).eps)
# Points of Gauss and Legendre's rule in a panel, and its width in conditional deviations.
POINTS, WIDTH = 20, 1.0
# The box reaches to where the density is below `exp(-REACH)` of its highest.
REACH = 40.0
# Ellipses around a panel within which the integrand is bounded: the best of them counts.
ELLIPSES = np.geomspace(1.5, 30.0, 60)
# From here on the complementary error function is a continued fraction, of so many terms.
FAR, TERMS = 3.0, 80


class PosteriorMean(NamedTuple):
    """A mean by quadrature, and what it may be off by.

    Attributes
    ----------
    mean
        Shape `(n_weights,)`.
    error
        A bound on what each of its parts is off by: of the rule in every panel, of what lies
        beyond the box, and of rounding.
    """

    mean: Array
    error: float


def laplace_mean(
    center: ArrayLike, curvature: ArrayLike, lam: ArrayLike, spread: ArrayLike
) -> Array:
    """Return the mean of a posterior of one weight with a Laplace prior, in closed form.

    The density, in proportion to `exp(-(curvature/2 (w - center)^2 + lam |w|) / spread)`, is a
    piece of a Gaussian on each side of 0. With `P` the posterior probabilities of the signs,

        mean = center - lam / curvature (P(w > 0) - P(w < 0)),

    where the mode, the lasso's soft threshold, takes `lam / curvature` off at most and stops
    at 0. So the mean is 0 only if `center` is.

    Parameters
    ----------
    center, curvature, lam, spread : array_like, shapes that broadcast to (...)
        `curvature` and `spread` above 0, `lam` at least 0.

    Returns
    -------
    ndarray, shape (...)

    Raises
    ------
    ValueError
        If a value is not finite or out of these bounds.

    References
    ----------
    Park, T. and Casella, G. (2008). The Bayesian lasso. Journal of the American Statistical
    Association 103(482), 681-686.
    """
    m, a, strength, over = np.broadcast_arrays(
        *(np.asarray(each, dtype=np.float64) for each in (center, curvature, lam, spread))
    )
    if not all(np.isfinite(each).all() for each in (m, a, strength, over)):
        raise ValueError("center, curvature, lam and spread must be finite.")
    if (a <= 0.0).any() or (over <= 0.0).any() or (strength < 0.0).any():
        raise ValueError("curvature and spread must be above 0, and lam at least 0.")
    size, step, unit = np.abs(m), strength / a, np.sqrt(2.0 * over / a)
    near, far = (size - step) / unit, (size + step) / unit
    # How much less likely the other sign is. Where `near` is large its own density is, too.
    inside = np.where(near < 0.0, _scaled_erfc(np.maximum(-near, 0.0)), 1.0)
    own = np.exp(-np.square(np.maximum(near, 0.0))) / _erfc(-np.maximum(near, 0.0))
    odds = _scaled_erfc(far) * np.where(near < 0.0, 1.0 / inside, own)
    return np.asarray(np.sign(m) * (size - step * (1.0 - odds) / (1.0 + odds)) + 0.0)


def laplace_posterior_mean(loss: Quadratic, lam: float, spread: float) -> PosteriorMean:
    """Return the mean of the posterior of one or two weights with a Laplace prior.

    The density is in proportion to `exp(-(L(w) + lam |w|_1) / spread)`. The plane is cut along
    the axes, where it has its kinks, and into panels, in each of which it is entire: the rule
    of Gauss and Legendre is then as exact as its largest value on an ellipse around the panel
    allows (Trefethen 2013, theorem 19.3), and beyond the box a Gaussian is larger.

    Parameters
    ----------
    loss : Quadratic
        Positive definite, of one weight or two.
    lam : float
        At least 0.
    spread : float
        Above 0, in units of the loss.

    Returns
    -------
    PosteriorMean
        No part of the mean is 0 but where it has to be by symmetry: the mean is not sparse.

    Raises
    ------
    ValueError
        If the loss is singular or has another number of weights, or `lam` or `spread` is out
        of its bounds.

    References
    ----------
    Trefethen, L. N. (2013). Approximation Theory and Approximation Practice. SIAM.
    """
    H, n = loss.hessian, loss.center.size
    if loss.center.shape not in ((1,), (2,)):
        raise ValueError(f"the loss must have 1 or 2 weights, got {loss.center.shape}.")
    if not (math.isfinite(lam) and lam >= 0.0 and math.isfinite(spread) and spread > 0.0):
        raise ValueError(f"lam must be >= 0 and spread > 0, got {lam} and {spread}.")
    if np.linalg.eigvalsh(H).min() <= 1e-12 * np.trace(H):
        raise ValueError("a singular loss has no posterior mean to be bounded here.")
    mode = penalized_optimum(loss, L1(lam))
    deviations = np.sqrt(spread * np.diag(np.linalg.inv(H)))
    units = np.sqrt(spread / np.diag(H))
    reach = math.sqrt(2.0 * REACH) * deviations
    rules = [_panels(mode[i], reach[i], units[i]) for i in range(n)]
    grid = np.meshgrid(*(nodes for nodes, _, _ in rules), indexing="ij")
    w = np.stack(grid, axis=-1) - mode
    rise = 0.5 * np.einsum("...i,ij,...j", w, H, w) + w @ loss.gradient(mode)
    rise += lam * (np.abs(np.stack(grid, axis=-1)).sum(axis=-1) - np.abs(mode).sum())
    density = np.exp(-rise / spread)
    for axis, (_, weights, _) in enumerate(rules):
        density *= weights.reshape([-1 if axis == i else 1 for i in range(n)])
    mass = float(density.sum())
    moments = np.tensordot(density, w, axes=n)
    missed = _missed(rules, reach, units, lam / spread)
    whole = math.sqrt((2.0 * math.pi * spread) ** n / float(np.linalg.det(H)))
    beyond = n * whole * (math.exp(-REACH) + math.erfc(math.sqrt(REACH)))
    rounding = 64.0 * EPS * mass
    longest = float(reach.max())
    error = longest * (2.0 * missed + beyond + rounding) / (mass - missed - beyond - rounding)
    return PosteriorMean(mode + moments / mass, 2.0 * error)


def _panels(middle: float, reach: float, unit: float) -> tuple[Array, Array, float]:
    """Return nodes and weights of panels about a middle, cut at 0, and the widest panel."""
    nodes, weights = np.polynomial.legendre.leggauss(POINTS)
    low, high = middle - reach, middle + reach
    ends = [low, 0.0, high] if low < 0.0 < high else [low, high]
    cuts = [np.array([low])]
    for first, last in pairwise(ends):
        many = max(1, math.ceil((last - first) / (WIDTH * unit)))
        cuts.append(np.linspace(first, last, many + 1)[1:])
    edges = np.concatenate(cuts)
    half = np.diff(edges)[:, np.newaxis] / 2.0
    centers = (edges[1:] + edges[:-1])[:, np.newaxis] / 2.0
    return (centers + half * nodes).ravel(), (half * weights).ravel(), 2.0 * float(half.max())


def _missed(
    rules: list[tuple[Array, Array, float]], reach: Array, units: Array, steep: float
) -> float:
    """Return a bound on the error of the rule over the box, of a density that is 1 at most.

    On an ellipse that goes so far beyond its panel and so far up, the density is at most
    `exp(up^2 / (2 unit^2) + 2 steep beyond)`: off the reals a Gaussian grows, and beyond 0 the
    penalty would go on with the other sign. Times the distance from the mode, which is less
    than twice the reach there, that of the moments is smaller than with `reach` itself outside.
    """
    total = 0.0
    box = float(np.prod(2.0 * reach))
    for (_, _, width), unit in zip(rules, units.tolist(), strict=True):
        up = width / 4.0 * (ELLIPSES - 1.0 / ELLIPSES)
        beyond = width / 4.0 * (ELLIPSES + 1.0 / ELLIPSES) - width / 2.0
        grown = 0.5 * np.square(up / unit) + 2.0 * steep * beyond
        grown -= 2.0 * (POINTS - 1.0) * np.log(ELLIPSES)
        share = 32.0 / 15.0 * np.exp(grown) / (1.0 - ELLIPSES**-2.0)
        share *= 1.0 + (beyond + up) / float(reach.min())
        total += box * float(share.min())
    return total


def _erfc(x: Array) -> Array:
    return np.asarray(np.vectorize(math.erfc, otypes=[float])(x))


def _scaled_erfc(x: Array) -> Array:
    """Return `exp(x^2) erfc(x)` for `x >= 0`."""
    near = np.minimum(x, FAR)
    far = np.maximum(x, FAR)
    below = far
    for term in range(TERMS, 0, -1):
        below = far + term / 2.0 / below
    return np.where(
        x < FAR, np.exp(np.square(near)) * _erfc(near), 1.0 / (below * math.sqrt(math.pi))
    )
