"""The exact optima of a logistic loss with a penalty, by Newton's steps on quadratics."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regmath._arrays import Array, matrix_times
from regmath.errors import SeparableError, UncertifiedError
from regmath.geometry.active_set import active_set_lasso
from regmath.geometry.signed_newton import signed_newton
from regmath.geometry.terms import Mask, NormPenalty, mix_of
from regmath.logistic import Logistic
from regmath.separation import separating_direction

# The most that a certificate may leave, and steps of Newton at most: six to nine are usual.
_BOUND, _STEPS = 1e-12, 100
# Each step falls by this share of what its quadratic promises, or is halved.
_SHARE, _HALVINGS = 1e-4, 40
# Newton's steps square what is left: after one as short as this, it is rounding.
_SETTLED = 1e-10
# More strengths than these are begun at the optima of every so manieth.
_FEW, _APART = 8, 4
# Below this share of the largest a curvature is rounding.
_SINGULAR = 1e-14
# What is left of a value by rounding.
_ROUNDING = 1e-14


def logistic_optimum(loss: Logistic, penalty: NormPenalty) -> Array:
    """Return the exact minimiser of a logistic loss plus a penalty.

    As :func:`logistic_optima` at the penalty's own strength.
    """
    return np.asarray(logistic_optima(loss, penalty, [penalty.lam])[0])


def logistic_optima(
    loss: Logistic, penalty: NormPenalty, lams: ArrayLike, near: ArrayLike | None = None
) -> Array:
    """Return the exact minimisers of `loss + penalty` at many strengths of the penalty.

    Newton's method with the penalty left as it is: each step goes to the exact optimum of the
    loss's second-order model plus the penalty, which active sets find with its zeros,
    and is halved until the sum falls. Once the signs stand still, these are Newton's steps on
    the weights that are left, and double the digits until there are no more.

    Parameters
    ----------
    loss : Logistic
    penalty : L1, L2 or ElasticNet
        Its own `lam` is ignored.
    lams : array_like, shape (...)
        Strengths, >= 0, in the source's units, `loss + lam |w|` and `loss + lam w**2`.
    near : array_like, shape (..., n_weights), optional
        Weights to begin with. They change how long it takes, and not what is found.

    Returns
    -------
    ndarray, shape (..., n_weights)
        Under L1 and the elastic net, the zeros are exactly 0.0. Each has a KKT residual up to
        1e-12; the intercepts are `loss.intercept` of them.

    Raises
    ------
    SeparableError
        If a strength is 0 and a line parts the classes: the loss then falls for ever.
    UncertifiedError
        If rounding keeps some strength's optimum from its certificate.

    References
    ----------
    Lee, Sun and Saunders, Proximal Newton-type methods for minimizing composite functions,
    SIAM J. Optim. 24 (2014).
    """
    strengths = np.asarray(lams, dtype=np.float64)
    flat = strengths.ravel()
    if (flat == 0.0).any():
        direction = separating_direction(loss.X, loss.y)
        if direction is not None:
            raise SeparableError(direction)
    if near is None:
        found = _from_few(loss, penalty, flat)
    else:
        starts = np.broadcast_to(near, (*strengths.shape, loss.n_weights))
        found = _Newton(loss, penalty, flat, starts.reshape(len(flat), -1)).run()
    left = _kkt_residuals(loss, penalty, flat, found)
    if not (left <= _BOUND).all():
        worst = int(np.argmax(np.where(np.isnan(left), np.inf, left)))
        raise UncertifiedError(
            f"at lam = {flat[worst]:g} a logistic optimum has a KKT residual of "
            f"{left[worst]:.1e}; its features are nearly equal, or the penalty is too weak for "
            "classes that a line parts."
        )
    return found.reshape(*strengths.shape, loss.n_weights)


def _kkt_residuals(loss: Logistic, penalty: NormPenalty, lams: Array, weights: Array) -> Array:
    """Return what `kkt_residual` says at each strength, with one look at the data."""
    downhill = -loss.gradient(weights)
    scale = float(np.abs(loss.gradient(np.zeros(loss.n_weights))).max()) or 1.0
    return np.array(
        [
            float(penalty.with_lambda(lam).subdifferential_distance(w, slope)) / scale
            for lam, w, slope in zip(lams.tolist(), weights, downhill, strict=True)
        ]
    )


def _from_few(loss: Logistic, penalty: NormPenalty, lams: Array) -> Array:
    """Solve some of the strengths first, and begin the others at their neighbours' optima."""
    if len(lams) <= _FEW:
        return _Newton(loss, penalty, lams, np.zeros((len(lams), loss.n_weights))).run()
    order = np.argsort(lams)
    first = order[::_APART]
    weights = _from_few(loss, penalty, lams[first])
    # The stronger neighbour has fewer weights, and they enter one by one.
    following = np.minimum(np.searchsorted(lams[first], lams), len(first) - 1)
    return _Newton(loss, penalty, lams, weights[following]).run()


class _Newton:
    """Newton's steps of all strengths at once; those that are done rest."""

    def __init__(self, loss: Logistic, penalty: NormPenalty, lams: Array, near: Array) -> None:
        self.loss, self.penalty, self.lams = loss, penalty, lams
        self.weights, self.intercepts = np.array(near), loss.intercept(near)
        self.values = self._objective(self.weights, self.intercepts, lams)

    def run(self) -> Array:
        """Step until all that is left to change is rounding."""
        going = np.arange(len(self.lams))
        for _ in range(_STEPS):
            moved = self._step(going)
            going = going[moved]
            if not len(going):
                break
        return self.weights

    def _step(self, rows: NDArray[np.intp]) -> Mask:
        """Move these rows, and return which of them may move again."""
        loss, w, b, lams = self.loss, self.weights[rows], self.intercepts[rows], self.lams[rows]
        scores = matrix_times(loss.X, w) + b[:, None]
        slopes, shift = loss.slopes(scores)
        hessian, middle, own = loss.curvature(scores)
        # With the intercept at the best of the model: its Schur complement.
        slope = slopes - shift[:, None] * middle
        goal = self._goal(hessian, slope, w, lams)
        away = goal - w
        settled = b - shift / own - (middle * away).sum(axis=-1)
        promised = (
            (slopes * away).sum(axis=-1)
            + shift * (settled - b)
            + lams * (self._price(goal) - self._price(w))
        )
        before = self.values[rows]
        share = np.ones(len(rows))
        for _ in range(_HALVINGS):
            trial = np.where(share[:, None] == 1.0, goal, w + share[:, None] * away)
            level = b + share * (settled - b)
            allowed = before + _SHARE * share * promised + _ROUNDING * np.abs(before)
            values = self._objective(trial, level, lams)
            high = ~(values <= allowed)
            if not high.any():
                break
            share = np.where(high, 0.5 * share, share)
        self.weights[rows], self.intercepts[rows], self.values[rows] = trial, level, values
        size = np.abs(trial).max(axis=-1) + np.abs(level) + 1e-300
        step = np.maximum(np.abs(trial - w).max(axis=-1), np.abs(level - b))
        return np.asarray(step > _SETTLED * size)

    def _goal(self, hessian: Array, slope: Array, w: Array, lams: Array) -> Array:
        """Return the optima of the quadratics with the penalty."""
        mix = mix_of(self.penalty)
        l1, l2 = mix.l1 * lams, mix.l2 * lams
        linear = matrix_times(hessian, w) - slope
        curved = hessian + 2.0 * l2[:, None, None] * np.eye(w.shape[1])
        goal = np.full(w.shape, np.nan)
        held = l1 > 0.0
        if not held.all():
            # Of equal columns without a penalty: the shortest weights.
            inverse = np.asarray(np.linalg.pinv(curved[~held], _SINGULAR, hermitian=True))
            goal[~held] = matrix_times(inverse, linear[~held])
        if held.any():
            goal[held] = signed_newton(curved[held], linear[held], l1[held], w[held])
        # Signs that went round in a circle take the way that ends for sure.
        for row in np.flatnonzero(np.isnan(goal).any(axis=-1)):
            sizes, axes = np.linalg.eigh(curved[row])
            root = np.sqrt(np.maximum(sizes, 0.0))
            along = np.divide(
                linear[row] @ axes, root, out=np.zeros_like(root), where=root > 0.0
            )
            goal[row] = active_set_lasso(root[:, None] * axes.T, along, float(l1[row]), 0.0)
        return goal

    def _objective(self, w: Array, b: Array, lams: Array) -> Array:
        side = 2.0 * self.loss.y - 1.0
        margins = side * (matrix_times(self.loss.X, w) + b[:, None])
        return np.asarray(np.logaddexp(0.0, -margins).mean(axis=-1) + lams * self._price(w))

    def _price(self, w: Array) -> Array:
        return self.penalty.with_lambda(1.0).value(w)
