"""The penalised optima of a batch in its own units, each with its certificate."""

import numpy as np

from regmath._arrays import Array, length
from regmath.errors import UncertifiedError
from regmath.geometry.active_set import active_set_lasso
from regmath.geometry.planar_lasso import planar_lasso
from regmath.geometry.scaled import Scaled, correlations, least_eigenvalue
from regmath.geometry.signed_newton import signed_newton
from regmath.geometry.spectrum import ridge_solution, spectrum
from regmath.geometry.terms import Mask

# The largest share of lambda_max that may be left of a gradient which should be zero, unless
# the weights are so large that their own rounding leaves more.
BOUND = 1e-12
# Least eigenvalue, after scaling to a diagonal of 1, of a matrix that is simply solved.
WELL_CONDITIONED = 1e-4
FAR_OUT = 1e100


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
    weights = _lasso(problem, l1, l2) if l1.any() else ridge(problem, l2)
    share = residual(problem, l1, l2, weights)
    require(problem, weights, share)
    return weights


def residual(problem: Scaled, l1: Array, l2: Array, weights: Array) -> Array:
    """Return the worse of two shares by which weights fail to be an optimum, `(n,)`.

    - The distance from minus the gradient to the penalty's subdifferential, of `lambda_max`.
      Weights far out, in a direction in which the loss is flat to rounding, might pass that by
      their mere size; therefore
    - by how much the objective exceeds that of `w = 0`, of `lambda_max |w|`.
    """
    downhill = problem.downhill(weights)
    rest = downhill - 2.0 * l2[:, None] * weights
    size = np.abs(weights)
    at_zero = np.maximum(np.abs(rest) - l1[:, None], 0.0)
    astray = length(np.where(size == 0.0, at_zero, rest - l1[:, None] * np.sign(weights)))
    cost = l1[:, None] * size + l2[:, None] * size * size
    worse = (cost - 0.5 * (problem.linear + downhill) * weights).sum(axis=-1)
    reach = size.max(axis=-1)
    worse /= np.where(reach > 0.0, reach, 1.0)
    return np.asarray(np.maximum(astray, worse) / problem.steepest)


def rough(problem: Scaled, weights: Array, share: Array) -> Mask:
    """Return whose certificate leaves a hope that it can be better."""
    unsure = ~(share <= problem.least_rounding)
    if unsure.any():  # what rounding explains takes longer to find out
        unsure &= ~(share <= np.minimum(problem.rounding(weights), BOUND))
    return np.asarray(unsure)


def require(problem: Scaled, weights: Array, share: Array) -> None:
    """Raise unless every certificate holds; a nan does not.

    Raises
    ------
    UncertifiedError
    """
    if (share <= BOUND).all():
        return
    if not (share <= np.maximum(problem.rounding(weights), BOUND)).all():
        worst = np.nanmax(share, initial=BOUND)
        raise UncertifiedError(
            f"an optimum could be found only up to {worst:.1e} of lambda_max: columns or "
            "curvatures of this loss differ by less than doubles can tell. Leave one of such "
            "columns out, or penalize more."
        )


def ridge(problem: Scaled, l2: Array) -> Array:
    """Minimise `1/2 w'Hw - b'w + l2 |w|_2**2`: `(H + 2 l2 I)^-1 b`.

    A matrix that is near singular is not solved: its loss's directions are weighed one by one.
    """
    curved = problem.hessian + 2.0 * l2[:, None, None] * np.eye(problem.n_weights)
    size, alike = correlations(curved)
    plain = least_eigenvalue(alike) > WELL_CONDITIONED
    weights = np.empty(problem.linear.shape)
    if plain.any():
        right = (problem.linear / np.where(size > 0.0, size, 1.0))[plain]
        weights[plain] = np.linalg.solve(alike[plain], right[..., None])[..., 0] / size[plain]
    if not plain.all():
        rest = problem.take(~plain)
        weights[~plain] = ridge_solution(rest, spectrum(rest), 2.0 * l2[~plain])
    return weights


def _lasso(problem: Scaled, l1: Array, l2: Array) -> Array:
    curved = problem.hessian
    if l2.any():
        curved = curved + 2.0 * l2[:, None, None] * np.eye(problem.n_weights)
    quick = planar_lasso if problem.n_weights == 2 else signed_newton
    weights = quick(curved, problem.linear, l1)
    # So far out that no product of it is safe: nobody's optimum, as is a nan.
    weights[~(np.abs(weights).max(axis=-1) < FAR_OUT)] = np.nan
    share = residual(problem, l1, l2, weights)
    for row in np.flatnonzero(rough(problem, weights, share)):
        one = problem.take(np.array([row]))
        strengths = l1[row], l2[row]
        found = active_set_lasso(*problem.root(int(row)), *map(float, strengths))[None]
        again = residual(one, l1[[row]], l2[[row]], found)[0]
        if not share[row] <= again:
            weights[row] = found[0]
    return weights
