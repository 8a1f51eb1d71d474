"""The mean of a posterior with a Laplace prior: in closed form, and by quadrature with a bound.

A loss `L` in the scale of the source is minus the log likelihood times a `spread`, the variance
of the noise over the number of samples for `LeastSquares`. The penalty `lam |w|_1` is then a
Laplace prior, and `lam |w|_2^2` a Gaussian one: the posterior is in proportion to
`exp(-(L(w) + penalty(w)) / spread)`. Its mode is the penalised optimum, whatever the spread.
"""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array
from regmath.geometry import penalized_optimum
from regmath.losses import Quadratic
from regmath.penalties import L1

EPS = float(np.finfo(np.float64).eps)
# Points of Gauss and Legendre's rule in a panel, and its width in conditional deviations.
POINTS, WIDTH = 16, 2.0
# Of a panel beside 0, in weights over which the penalty falls by a factor of e.
FIRST = 1.0
# The box reaches to where the density is below `exp(-REACH)` of its highest.
REACH = 40.0
# Ellipses around a panel within which the integrand is bounded: the best of them counts.
ELLIPSES = np.geomspace(1.5, 30.0, 60)
# What sums and exponentials may lose, in units of the last digit.
ROUNDINGS = 64.0
# From here on the complementary error function is a continued fraction, of so many terms.
FAR, TERMS = 3.0, 80


class Panels(NamedTuple):
    """Points and weights of the rule along one weight, and where its panels end."""

    nodes: Array
    weights: Array
    edges: Array


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
    rules = [_panels(mode[i], reach[i], units[i], lam / spread) for i in range(n)]
    mass, moments, sizes = _sums(loss, mode, lam, spread, rules)
    missed = _missed(rules, reach, units, lam / spread, float(reach.max()))
    whole = math.sqrt((2.0 * math.pi * spread) ** n / float(np.linalg.det(H)))
    missed += n * whole * (math.exp(-REACH) + math.erfc(math.sqrt(REACH)))
    off = float(np.abs(moments).max()) / mass * (missed + ROUNDINGS * EPS * mass)
    off += float(reach.max()) * missed + ROUNDINGS * EPS * float(sizes.max())
    error = off / (mass - missed - ROUNDINGS * EPS * mass) + EPS * float(np.abs(mode).max())
    return PosteriorMean(mode + moments / mass, error)


@cache
def gauss_legendre() -> tuple[Array, Array]:
    """Return the points and weights of the rule on a panel from -1 to 1."""
    nodes, weights = np.polynomial.legendre.leggauss(POINTS)
    return nodes, weights


def _sums(
    loss: Quadratic, mode: Array, lam: float, spread: float, rules: list[Panels]
) -> tuple[float, Array, Array]:
    """Return the sums of the density, 1 at its highest, of it times the way, and its size."""
    H, slope = loss.hessian, loss.gradient(mode)
    ways = [rule.nodes - at for rule, at in zip(rules, mode.tolist(), strict=True)]
    costs = [
        0.5 * H[i, i] * way**2 + slope[i] * way + lam * (np.abs(rule.nodes) - abs(mode[i]))
        for i, (way, rule) in enumerate(zip(ways, rules, strict=True))
    ]
    density = rules[0].weights * np.exp(-costs[0] / spread)
    if len(rules) == 1:
        sums = [density @ np.stack([ways[0], np.abs(ways[0])], axis=1)]
    else:
        rise = H[0, 1] * np.multiply.outer(*ways) + np.add.outer(*costs)
        plane = np.exp(rise / -spread)
        first, second = (rule.weights for rule in rules)
        density, other = first * (plane @ second), second * (first @ plane)
        sums = [
            own @ np.stack([way, np.abs(way)], axis=1)
            for own, way in zip((density, other), ways, strict=True)
        ]
    moments, sizes = np.array(sums).T
    return float(density.sum()), moments, sizes


def _panels(middle: float, reach: float, unit: float, steep: float) -> Panels:
    """Return panels about a middle, cut at 0, and finer beside it where that is steep."""
    low, high, widest = middle - reach, middle + reach, WIDTH * unit
    edges = [low]
    if low < 0.0 < high:
        first = min(widest, FIRST / steep) if steep > 0.0 else widest
        edges = [-each for each in _graded(first, widest, -low)[::-1]]
        edges += [0.0, *_graded(first, widest, high)]
    else:
        many = math.ceil((high - low) / widest)
        edges += [low + (high - low) * (k + 1) / many for k in range(many)]
    ends = np.array(edges)
    nodes, weights = gauss_legendre()
    half = np.diff(ends)[:, np.newaxis] / 2.0
    centers = (ends[1:] + ends[:-1])[:, np.newaxis] / 2.0
    return Panels((centers + half * nodes).ravel(), (half * weights).ravel(), ends)


def _graded(first: float, widest: float, last: float) -> list[float]:
    """Return edges from 0 on, each panel twice as wide as the one before, up to the widest."""
    found, width = [first], first
    while found[-1] < last:
        width = min(2.0 * width, widest)
        found.append(found[-1] + width)
    return [*found[:-1], last]


def _missed(
    rules: list[Panels], reach: Array, units: Array, steep: float, farthest: float
) -> float:
    """Return a bound on the error of the rule over the box, of a density that is 1 at most.

    On an ellipse that goes so far beyond its panel and so far up, the density is at most
    `exp(up^2 / (2 unit^2) + 2 steep beyond)`, where only what lies beyond 0 counts: off the
    reals a Gaussian grows, and beyond 0 the penalty goes on with the other sign.
    """
    total = 0.0
    for rule, unit, own in zip(rules, units.tolist(), reach.tolist(), strict=True):
        width = np.diff(rule.edges)[:, np.newaxis]
        away = np.minimum(np.abs(rule.edges[1:]), np.abs(rule.edges[:-1]))[:, np.newaxis]
        up = width / 4.0 * (ELLIPSES - 1.0 / ELLIPSES)
        beyond = width / 4.0 * (ELLIPSES + 1.0 / ELLIPSES) - width / 2.0
        grown = 0.5 * np.square(up / unit) - 2.0 * (POINTS - 1.0) * np.log(ELLIPSES)
        grown += 2.0 * steep * np.maximum(beyond - away, 0.0)
        grown += np.log1p((beyond + up) / farthest)
        shares = 32.0 / 15.0 * width * np.exp(grown) / (1.0 - ELLIPSES**-2.0)
        total += float(shares.min(axis=1).sum()) * float(np.prod(2.0 * reach)) / (2.0 * own)
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
