"""Certificates: how far claimed weights are from being the optimum."""

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, length, matrix_times
from regmath.geometry.terms import NormPenalty, QuadraticLoss, mix_of, quadratic_of
from regmath.logistic import Logistic
from regmath.losses import LeastSquares, Loss
from regmath.penalties.base import Penalty
from regmath.penalties.elastic_net import ElasticNet
from regmath.penalties.norm_ball import NormBall


def kkt_residual(loss: Loss, penalty: Penalty, weights: ArrayLike) -> Array:
    """Return how far weights are from minimising `loss + penalty`, without unit.

    `distance(-gradient, subdifferential of the penalty) / max_j |gradient_j at 0|`: a share
    of the lasso's `lambda_max`. For a quadratic loss the weights are the exact optimum of a
    loss whose linear term differs by this share: 1e-16 is the best that doubles can do, and
    1e-12 draws the same picture at any zoom. Where weights are so large that rounding them
    moves the gradient by more, as with nearly equal columns, the share says so.

    Parameters
    ----------
    loss : Loss
    penalty : Penalty
        For a penalty that is not convex, 0 means a stationary point.
    weights : array_like, shape (..., n_weights)

    Returns
    -------
    ndarray, shape (...)
        0 exactly at an optimum.
    """
    w = np.asarray(weights, dtype=np.float64)
    astray = penalty.subdifferential_distance(w, -loss.gradient(w))
    return _relative(astray, _gradient_at_zero(loss, w))


def constrained_kkt_residual(
    loss: QuadraticLoss,
    penalty: NormPenalty,
    budget: ArrayLike,
    weights: ArrayLike,
    multiplier: ArrayLike,
) -> Array:
    """Return how far weights are from minimising the loss within a budget, without unit.

    The largest of four shares:

    - stationarity: `distance(-gradient, multiplier * subdifferential) / scale`, with the
      scale of `kkt_residual`;
    - feasibility: `max(level - budget, 0) / budget`;
    - complementarity: `|multiplier| * |level - budget|`, against `budget * lam_scale`;
    - sign: `max(-multiplier, 0) / lam_scale`.

    `lam_scale` is `scale` over the length of the level's steepest subgradient at the
    weights: the multiplier that a gradient of that size would need.

    Parameters
    ----------
    loss : Quadratic or LeastSquares
    penalty : L1, L2 or ElasticNet
        Its `lam` is ignored.
    budget : array_like, shape (...)
        Bound on `penalty.level(w)`, > 0.
    weights : array_like, shape (..., n_weights)
    multiplier : array_like, shape (...)
        The claimed `lam`, in the source's units: for L2 the subdifferential is `2 w`.

    Returns
    -------
    ndarray, shape (...)
        0 exactly at an optimum with its multiplier.

    Raises
    ------
    TypeError
        If the penalty is not L1, L2 or ElasticNet.
    """
    w = np.asarray(weights, dtype=np.float64)
    bound = np.asarray(budget, dtype=np.float64)
    lam = np.asarray(multiplier, dtype=np.float64)
    scale = _gradient_at_zero(loss, w)
    over = penalty.level(w) - bound
    steepest, astray = _stationarity(penalty, w, -loss.gradient(w), lam)
    shares = (
        _relative(astray, scale),
        np.maximum(over, 0.0) / bound,
        _relative(np.abs(lam * over) * steepest, scale * bound),
        _relative(np.maximum(-lam, 0.0) * steepest, scale),
    )
    return np.asarray(np.max(np.broadcast_arrays(*shares), axis=0))


def duality_gap(
    loss: QuadraticLoss | Logistic, penalty: NormPenalty, weights: ArrayLike
) -> Array:
    """Return an upper bound on how much `loss + penalty` could still fall, in loss units.

    With `g` the gradient and `a`, `s` the strengths of `|w|_1` and `|w|_2^2`:

    - `s > 0`: Fenchel and Young's gap `<g, w> + a |w|_1 + s |w|^2 +
      sum_j max(|g_j| - a, 0)^2 / (4 s)`;
    - `s = 0`: the dual point `-g` is scaled by `t = min(1, a / |g|_inf)` into the dual
      ball, which gives `(1 - t)^2 (w-c)'H(w-c) / 2 + t <g, w> + a |w|_1`; of a logistic loss
      the first term is the divergence that `Logistic.dual_loss` is.

    Parameters
    ----------
    loss : Quadratic, LeastSquares or Logistic
        A singular Hessian is no obstacle: the dual point is in its range.
    penalty : L1, L2 or ElasticNet
    weights : array_like, shape (..., n_weights)

    Returns
    -------
    ndarray, shape (...)
        >= 0 but for rounding, which is about 1e-16 of the terms; 0 exactly at the optimum.

    Raises
    ------
    TypeError
        If the loss is none of these or the penalty is none of the three.

    Notes
    -----
    The dual is `max over z of -(z-c)'H(z-c)/2 - c'H(z-c) - penalty*(-H(z-c))`. The first
    case takes `z = w`, the second `z = c + t (w - c)`. That of a logistic loss is the mean
    entropy of probabilities `a_i` of the wrong class, less `penalty*(sum_i s_i a_i x_i / n)`,
    where `sum_i s_i a_i = 0`: so it is at the weights, whose intercept is the best.

    References
    ----------
    Massias, Gramfort and Salmon, Celer: a fast solver for the lasso with dual extrapolation,
    ICML (2018), section 2.
    """
    mix = mix_of(penalty)
    a, s = mix.l1 * penalty.lam, mix.l2 * penalty.lam
    w = np.asarray(weights, dtype=np.float64)
    gradient = loss.gradient(w)
    slope = (gradient * w).sum(axis=-1)
    cost = penalty.value(w)
    if s > 0.0:
        conjugate = np.square(np.maximum(np.abs(gradient) - a, 0.0)).sum(axis=-1) / (4.0 * s)
        return np.asarray(slope + cost + conjugate)
    steepest = np.abs(gradient).max(axis=-1)
    shrink = np.divide(a, steepest, out=np.ones_like(steepest), where=steepest > a)
    if isinstance(loss, Logistic):
        lost = loss.dual_loss(w, shrink)
    else:
        lost = 0.5 * (1.0 - shrink) ** 2 * _twice_excess(loss, w, gradient)
    return np.asarray(lost + shrink * slope + cost)


def constrained_duality_gap(
    loss: Loss, penalty: NormBall, budget: ArrayLike, weights: ArrayLike
) -> Array:
    """Return an upper bound on how much the loss could still fall inside the ball.

    Frank and Wolfe's gap `<g, w> + max over the ball of <-g, v>`; for a norm that is
    `<g, w> + budget * dual_norm(g)`. It is 0 where Hoelder's inequality is an equality.

    Parameters
    ----------
    loss : Loss
        Any convex loss.
    penalty : NormBall
        Its `lam` is ignored.
    budget : array_like, shape (...)
        Bound on `penalty.level(w)`, > 0. One number for the elastic net.
    weights : array_like, shape (..., n_weights)
        Inside the ball: outside it the number says nothing.

    Returns
    -------
    ndarray, shape (...)
        In loss units, >= 0 but for rounding; 0 exactly at the optimum.

    References
    ----------
    Jaggi, Revisiting Frank-Wolfe: projection-free sparse convex optimization, ICML (2013).
    """
    w = np.asarray(weights, dtype=np.float64)
    gradient = loss.gradient(w)
    slope = (gradient * w).sum(axis=-1)
    if isinstance(penalty, ElasticNet):  # its level is not a norm
        return np.asarray(slope + penalty.support(-gradient, float(np.asarray(budget))))
    return np.asarray(slope + np.asarray(budget) * penalty.dual_norm(gradient))


def _twice_excess(loss: QuadraticLoss, weights: Array, gradient: Array) -> Array:
    """Return `(w-c)'H(w-c)`, of least squares from its data.

    There it is the squared length of the residual's part within the columns' span. A solved
    center is as far off as the data are ill-conditioned.
    """
    if isinstance(loss, LeastSquares):
        basis = np.linalg.qr(loss.X)[0]
        within = (loss.y - matrix_times(loss.X, weights)) @ basis
        return np.asarray(np.square(within).sum(axis=-1) / len(loss.X))
    return np.asarray((gradient * (weights - quadratic_of(loss).center)).sum(axis=-1))


def _gradient_at_zero(loss: Loss, weights: Array) -> Array:
    return np.asarray(np.abs(loss.gradient(np.zeros_like(weights))).max(axis=-1))


def _relative(size: Array, scale: Array) -> Array:
    """Return `size / scale`, and `size` itself where nothing sets a scale."""
    return np.asarray(size / np.where(scale > 0.0, scale, 1.0))


def _stationarity(
    penalty: NormPenalty, weights: Array, downhill: Array, lam: Array
) -> tuple[Array, Array]:
    """Return the size of the level's subgradients, and how far `downhill` is from `lam` of any.

    Not by way of the penalty's own methods, which know a single `lam`, and so that
    the certificate does not rest on the code that it certifies.
    """
    mix = mix_of(penalty)
    pull = mix.l1 * np.sign(weights) + 2.0 * mix.l2 * weights
    zero = weights == 0.0
    reach = mix.l1 * lam[..., None]
    at_zero = np.maximum(np.abs(downhill) - reach, 0.0)
    apart = np.where(zero, at_zero, downhill - lam[..., None] * pull)
    return length(np.where(zero, mix.l1, pull)), length(apart)
