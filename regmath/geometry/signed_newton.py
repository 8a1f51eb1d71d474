"""The penalised optima of many problems at once, where no Hessian is near singular."""

import numpy as np

from regmath._arrays import Array, matrix_times
from regmath.geometry.terms import Mask

EPS = np.finfo(float).eps
MAX_STEPS = 30


def signed_newton(hessian: Array, linear: Array, l1: Array, near: Array | None = None) -> Array:
    """Minimise `1/2 w'Hw - b'w + l1 |w|_1`, for a whole batch, by Newton on the signs.

    One linear solve on the weights that have a sign; then each weight's sign is that of
    `H_jj w_j - slope_j` after soft-thresholding at `l1`, which lets several enter and
    leave at a time. It ends when no sign changes, mostly after three to six solves.

    Parameters
    ----------
    hessian : array, shape (n, p, p)
    linear : array, shape (n, p)
        `b`, minus the loss's gradient at `w = 0`.
    l1 : array, shape (n,)
        Positive.
    near : array, shape (n, p), optional
        Weights whose signs it begins with, near the optimum; 0 unless they are given.

    Returns
    -------
    array, shape (n, p)
        Zeros are exactly 0.0. A row is nan where the signs went round in a circle or met a
        singular block: those are for `active_set_lasso`.

    References
    ----------
    Hintermüller, Ito and Kunisch, The primal-dual active set strategy as a semismooth Newton
    method, SIAM J. Optim. 13 (2002).
    """
    weights = np.full(linear.shape, np.nan)
    bound = l1[:, None]
    rounding = 8.0 * EPS * np.abs(linear).max(axis=-1, keepdims=True)
    signs = _sign_beyond(linear, bound + rounding) if near is None else np.sign(near)
    largest = np.abs(hessian).max(axis=-1)
    rows = np.arange(len(linear))
    for _ in range(MAX_STEPS):
        trial = solve_on(signs != 0.0, hessian, linear - bound * signs)
        # A tied weight may end at rounding's size: it is zero, and the slopes agree.
        trial = np.where(np.abs(trial) * largest > rounding, trial, 0.0)
        slope = linear - matrix_times(hessian, trial)
        diagonal = np.diagonal(hessian, axis1=-2, axis2=-1)
        wanted = _sign_beyond(diagonal * trial + slope, bound + rounding)
        wanted = np.where(trial * signs > 0.0, signs, wanted)
        wanted = np.where((signs != 0.0) & (trial == 0.0), 0.0, wanted)
        # Signs that a solve overturned were not those it was made for.
        settled = ((wanted == signs) & (wanted == np.sign(trial))).all(axis=-1)
        weights[rows[settled]] = trial[settled]
        going = ~settled & np.isfinite(trial).all(axis=-1)
        if not going.any():
            break
        if not going.all():
            rows, hessian, linear = rows[going], hessian[going], linear[going]
            bound, rounding, largest = bound[going], rounding[going], largest[going]
            wanted = wanted[going]
        signs = wanted
    return weights


def solve_on(active: Mask, hessian: Array, right: Array) -> Array:
    """Solve `H_SS x_S = right_S` for the active weights `S` of every row; 0 off `S`.

    A singular row is nan.
    """
    if len(active) == 1:
        (support,) = np.nonzero(active[0])
        solution = np.zeros(right.shape)
        block = hessian[0][support[:, None], support]
        solution[0, support] = _solve(block, right[0, support])
        return solution
    identity = np.eye(active.shape[-1])
    both = active[:, :, None] & active[:, None, :]
    block = np.where(both, hessian, identity * ~active[:, None, :])
    return _solve(block, np.where(active, right, 0.0))


def _solve(blocks: Array, right: Array) -> Array:
    try:
        return np.asarray(np.linalg.solve(blocks, right[..., None])[..., 0])
    except np.linalg.LinAlgError:
        regular = np.linalg.slogdet(blocks)[0] != 0.0
        solution = np.full(right.shape, np.nan)
        if regular.any():
            found = np.linalg.solve(blocks[regular], right[regular][..., None])[..., 0]
            solution[regular] = found
        return solution


def _sign_beyond(numbers: Array, bound: Array) -> Array:
    return np.where(np.abs(numbers) > bound, np.sign(numbers), 0.0)
