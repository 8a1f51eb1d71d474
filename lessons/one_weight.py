"""One weight and one bowl: what the lessons `l1-loss` and `l2-loss` share.

The loss is `L(w) = curvature / 2 * (w - center)**2`. With the default curvature 2 it is
`(w - center)**2`, and its slope at 0 has the size `2 * center`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from lessons.base import Exhibit
from lessons.errors import BadInput
from lessons.knob_groups import OneWeightKnobs
from lessons.numbers import snap

if TYPE_CHECKING:
    from lessons.base import Array

#: strengths of the source's graph: lambda grows from 0 to 100
STRONGEST = 100.0


@dataclass(frozen=True, kw_only=True)
class OneWeight(Exhibit):
    """A loss of one weight, with a penalty whose strength grows.

    Attributes
    ----------
    penalty
        `l1` or `l2`.
    w
        Where the curves are drawn, ascending, shape `(n_points,)`; 0 and the center are
        among them, so that a bend at 0 is a vertex.
    loss, pull
        The unregularized loss and the penalty of strength 1 on `w`, shape `(n_points,)`: the
        regularized loss at `lam` is `loss + lam * pull`.
    lambdas
        Strengths in growing order, shape `(n_values,)`, each of few digits.
    minimizers, minima
        Minimizer of the regularized loss and its value there, shape `(n_values,)`.
    at
        Index of the strength of the still picture.
    threshold
        Strength from which the minimizer is exactly 0: `abs(L'(0))` for L1, infinite for L2.
    zoom
        Half width in `w` of the window around 0 that shows where the minimizer is at the
        strongest strength.
    limits
        `(left, right, bottom, top)` of the picture.
    """

    penalty: str
    w: Array
    loss: Array
    pull: Array
    lambdas: Array
    minimizers: Array
    minima: Array
    at: int
    threshold: float
    zoom: float
    limits: tuple[float, float, float, float]


def one_weight(
    slug: str, name: str, penalty: rm.L1 | rm.L2, parameters: OneWeightKnobs
) -> OneWeight:
    """Compute the exhibit of a loss of one weight under `penalty`, called `name`.

    Raises
    ------
    BadInput
        If the loss has nothing to shrink.
    """
    if parameters.center == 0.0:
        raise BadInput("center = 0 leaves no weight to shrink; give another number.")
    loss = rm.Quadratic.one_dimensional(parameters.curvature, parameters.center)
    still = snap(parameters.lam)
    lambdas = _strengths(still)
    priced = [penalty.with_lambda(lam) for lam in lambdas.tolist()]
    minimizers = np.stack([rm.penalized_optimum(loss, price) for price in priced])
    minima = loss.value(minimizers) + lambdas * penalty.value(minimizers) / penalty.lam
    residuals = [
        float(rm.kkt_residual(loss, price, minimizer))
        for price, minimizer in zip(priced, minimizers, strict=True)
    ]
    at = int(np.flatnonzero(lambdas == still)[0])
    w = _drawn_weights(parameters.center)
    resolved = {knob.name: getattr(parameters, knob.name) for knob in parameters.knobs()}
    return OneWeight(
        lesson=slug,
        parameters=resolved | {"lam": still},
        points={
            "unregularized": np.array([parameters.center, 0.0]),
            f"minimizer-{name}": np.array([minimizers[at, 0], minima[at]]),
        },
        lam={name: still},
        budget={name: float(penalty.level(minimizers[at]))},
        certificate={"kkt_residual": max(residuals)},
        penalty=name,
        w=w,
        loss=loss.value(w[:, None]),
        pull=penalty.value(w[:, None]) / penalty.lam,
        lambdas=lambdas,
        minimizers=minimizers[:, 0],
        minima=minima,
        at=at,
        threshold=float(penalty.lambda_max(loss.gradient(np.zeros(1)))),
        # At the strongest strength the L2 minimizer stands a quarter of the way to the edge.
        zoom=4.0 * abs(parameters.center) / (1.0 + 2.0 * STRONGEST / parameters.curvature),
        limits=_limits(parameters),
    )


def _strengths(still: float) -> Array:
    """Return strengths from 0 to 100 of at most two decimals, dense where little is enough."""
    return np.unique(
        np.concatenate(
            [np.arange(400) / 100.0, np.arange(40, 100) / 10.0, np.arange(10.0, 101.0), [still]]
        )
    )


def _drawn_weights(center: float) -> Array:
    reach = 1.0 + abs(center)
    return np.union1d(np.linspace(-reach, reach, 401), [0.0, center])


def _limits(parameters: OneWeightKnobs) -> tuple[float, float, float, float]:
    at_zero = 0.5 * parameters.curvature * parameters.center**2
    reach = 0.6 + abs(parameters.center)
    left = -0.6 if parameters.center > 0.0 else -reach
    return left - 0.4, left + reach + 1.0, -0.12 * at_zero, 2.4 * at_zero
