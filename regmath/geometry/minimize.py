"""The penalised optima of a batch in its own units, each with its certificate."""

import numpy as np

from regmath._arrays import Array
from regmath.errors import UncertifiedError
from regmath.geometry.active_set import active_set_lasso
from regmath.geometry.planar_lasso import planar_lasso
from regmath.geometry.scaled import EPS, Scaled, length
from regmath.geometry.signed_newton import signed_newton
from regmath.geometry.spectrum import spectrum
from regmath.geometry.terms import Mask

# The largest share of the terms that cancel in the gradient that may be left of it.
BOUND = 1e-12
# Up to this share, rounding alone explains it: per weight.
ROUNDING = 32.0 * EPS
# Least eigenvalue, after scaling to a diagonal of 1, of a matrix that is simply solved.
WELL_CONDITIONED = 1e-4


def minimize(problem: Scaled, l1: Array, l2: Array) -> Array:
    """Minimise `1/2 w'Hw - b'w + l1 |w|_1 + l2 |w|_2**2` for every problem.

    The quick way comes first, for the whole batch, and its weights are kept where their
    certificate holds to rounding. The others are solved anew, one by one, from a root of
    their Hessian.

    Parameters
    ----------
    problem : Scaled
    l1, l2 : array, shape (n,)
        Not negative, and not both 0.

    Returns
    -------
    array, shape (n, p)

    Raises
    ------
    UncertifiedError
        If a certificate does not hold to `BOUND`.
    """
    weights = np.empty(problem.linear.shape)
    smooth = l1 == 0.0
    if smooth.any():
        weights[smooth] = ridge(problem.take(smooth), l2[smooth])
    if not smooth.all():
        rest = slice(None) if not smooth.any() else ~smooth
        weights[rest] = _lasso(problem.take(rest), l1[rest], l2[rest])
    return weights


def residual(problem: Scaled, l1: Array, l2: Array, weights: Array) -> Array:
    """Return the worse of two shares by which weights fail to be an optimum, `(n,)`.

    - The distance from minus the gradient to the penalty's subdifferential, against the size
      of the terms that cancel in it. Weights of any size pass that which are far out along a
      direction in which the loss is flat to rounding; therefore
    - by how much the objective exceeds that of `w = 0`, against `|b| |w|`.
    """
    downhill = problem.downhill(weights)
    rest = downhill - 2.0 * l2[:, None] * weights
    size = np.abs(weights)
    at_zero = np.maximum(np.abs(rest) - l1[:, None], 0.0)
    astray = length(np.where(size == 0.0, at_zero, rest - l1[:, None] * np.sign(weights)))
    cost = l1[:, None] * size + l2[:, None] * size * size
    worse = (cost - 0.5 * (problem.linear + downhill) * weights).sum(axis=-1)
    gain = length(problem.linear) * length(weights)
    return np.maximum(_share(astray, problem.size(weights)), _share(worse, gain))


def _share(part: Array, whole: Array) -> Array:
    return np.asarray(part / np.where(whole > 0.0, whole, 1.0))


def require(shares: Array, bound: float = BOUND) -> None:
    """Raise unless every share is at most the bound; a nan is not.

    Raises
    ------
    UncertifiedError
    """
    if not (shares <= bound).all():
        raise UncertifiedError(
            f"an optimum could be found only to {np.nanmax(shares, initial=bound):.1e} of "
            "the gradient's terms: columns or curvatures of this loss differ by less than "
            "doubles can tell. Leave one of such columns out, or penalize more."
        )


def ridge(problem: Scaled, l2: Array) -> Array:
    """Minimise `1/2 w'Hw - b'w + l2 |w|_2**2`: `(H + 2 l2 I)^-1 b`.

    A matrix that is near singular is not solved: its loss's directions are weighed one by one.
    """
    curved = problem.hessian + 2.0 * l2[:, None, None] * np.eye(problem.n_weights)
    plain = _least_eigenvalue(curved) > WELL_CONDITIONED
    weights = np.empty(problem.linear.shape)
    if plain.any():
        right = problem.linear[plain][..., None]
        weights[plain] = np.linalg.solve(curved[plain], right)[..., 0]
    if not plain.all():
        rest = problem.take(~plain)
        weights[~plain] = spectrum(rest).ridge(2.0 * l2[~plain])
    return weights


def _least_eigenvalue(matrices: Array) -> Array:
    """Return the least eigenvalue of every matrix scaled to a diagonal of 1; 0 if it has a 0."""
    size = np.sqrt(np.diagonal(matrices, axis1=-2, axis2=-1))
    scale = size[:, :, None] * size[:, None, :]
    alike = np.divide(matrices, scale, out=np.zeros_like(matrices), where=scale > 0.0)
    if alike.shape[-1] == 2:
        return np.asarray(alike.diagonal(axis1=-2, axis2=-1).min(-1) - np.abs(alike[:, 0, 1]))
    return np.asarray(np.linalg.eigvalsh(alike)[:, 0])


def _lasso(problem: Scaled, l1: Array, l2: Array) -> Array:
    curved = problem.hessian
    if l2.any():
        curved = curved + 2.0 * l2[:, None, None] * np.eye(problem.n_weights)
    quick = planar_lasso if problem.n_weights == 2 else signed_newton
    weights = quick(curved, problem.linear, l1)
    share = residual(problem, l1, l2, weights)
    for row in np.flatnonzero(~(share <= ROUNDING * problem.n_weights)):
        one = problem.take(np.array([row]))
        strengths = l1[row], l2[row]
        found = active_set_lasso(*problem.root(int(row)), *map(float, strengths))[None]
        again = residual(one, l1[[row]], l2[[row]], found)[0]
        if not share[row] <= again:
            weights[row], share[row] = found[0], again
    require(share)
    return weights
