"""Where the lasso's path of two weights can bend."""

from __future__ import annotations

from itertools import product

import numpy as np

from regmath._arrays import Array
from regmath.losses import Quadratic


def planar_knots(loss: Quadratic) -> Array:
    """Return strengths among which are all where the L1 optimum of two weights bends.

    Between two of them in order, the optimum of `loss + lam * |w|_1` moves along a straight
    line, `b = H c`: with both weights of signs `s` it is `c - lam * inv(H) s`, and leaves an
    orthant at `lam = c_j / (inv(H) s)_j`. With `w_j` alone it is `(b_j - lam s) / H_jj`, 0 from
    `|b_j|` on, and the other joins where its slope `b_k - H_jk w_j` is `lam` or `-lam`.

    Parameters
    ----------
    loss : Quadratic
        A single loss of two weights, in the source's units of `lam`.

    Returns
    -------
    ndarray, shape (10,)
        Ascending; those that are none stand at 0, and at some nothing bends.

    Raises
    ------
    ValueError
        If the loss does not have two weights.

    References
    ----------
    Efron, Hastie, Johnstone, Tibshirani (2004), Least angle regression, section 3.
    """
    if loss.n_weights != 2:
        raise ValueError(f"a path in the plane needs 2 weights, got {loss.n_weights}.")
    H, c = loss.hessian, loss.center
    b = H @ c
    across = np.array([[H[1, 1], -H[0, 1]], [-H[0, 1], H[0, 0]]]) @ [[1.0, 1.0], [1.0, -1.0]]
    determinant = H[0, 0] * H[1, 1] - H[0, 1] ** 2
    leaves = (determinant * c)[:, None] / np.where(across == 0.0, np.inf, across)
    joins = []
    for (j, k), sign in product(((0, 1), (1, 0)), (1.0, -1.0)):
        rest, kept = H[j, j] * b[k] - H[0, 1] * b[j], H[j, j] - sign * H[0, 1]
        joins.append(rest / kept if kept != 0.0 else 0.0)
    return np.sort(np.abs([*leaves.ravel(), *b, *joins]))
