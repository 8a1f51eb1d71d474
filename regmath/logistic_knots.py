"""Where the L1 path of a logistic loss bends: the strengths at which a weight becomes 0."""

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array
from regmath.logistic import Logistic
from regmath.penalties.l1 import L1
from regmath.proximal_newton import logistic_optima


def logistic_knots(
    loss: Logistic, lams: ArrayLike, optima: ArrayLike | None = None, halvings: int = 45
) -> Array:
    """Return the strengths at which a weight becomes 0 under L1, or leaves it again.

    The path has no closed form between them. A weight that is 0 at one of two neighbouring
    strengths and not at the other has a knot between, which halving finds; what comes and goes
    between two neighbours is not seen.

    Parameters
    ----------
    loss : Logistic
    lams : array_like, shape (n_lams,)
        Strengths, > 0, ascending.
    optima : array_like, shape (n_lams, n_weights), optional
        `logistic_optima` under L1 at these strengths, where they are known already.
    halvings : int
        Of the logarithm of the distance between neighbours; by default to the last digits.

    Returns
    -------
    ndarray, shape (n_knots,)
        Ascending; the weight is exactly 0 there, and is not a last digit beside it.
    """
    strengths = np.asarray(lams, dtype=np.float64)
    found = logistic_optima(loss, L1(1.0), strengths) if optima is None else np.asarray(optima)
    is_zero = found == 0.0
    step, weight = np.nonzero(is_zero[1:] != is_zero[:-1])
    low, high, is_gone = strengths[step], strengths[step + 1], is_zero[step + 1, weight]
    for _ in range(halvings):
        middle = np.sqrt(low * high)
        here = logistic_optima(loss, L1(1.0), middle, found[step])
        is_before = (here[np.arange(len(step)), weight] == 0.0) != is_gone
        low, high = np.where(is_before, middle, low), np.where(is_before, high, middle)
    return np.sort(np.where(is_gone, high, low))
