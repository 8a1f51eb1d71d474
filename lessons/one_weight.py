"""One weight and one bowl: what the lessons `l1-loss` and `l2-loss` share.

The loss is `L(w) = curvature / 2 * (w - center)**2`. With the default curvature 2 it is
`(w - center)**2`, and its slope at 0 has the size `2 * center`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import OneWeightKnobs
from regviz.lessons.numbers import snap

if TYPE_CHECKING:
    from regviz.lessons.base import Array

#: strengths of the source's graph: lambda grows from 0 to 100
STRONGEST = 100.0
#: one between, for a picture that shows a few
BETWEEN = 10.0


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
    early
        Index of a strength at which the penalty shows and the minimizer is still far from 0.
    few
        Indices of the strengths that a picture shows together, from 0 to the strongest.
    threshold
        Strength from which the minimizer is exactly 0: `abs(L'(0))` for L1, infinite for L2.
    arrival
        Index of the first strength at which the minimizer is exactly 0, or None.
    slope
        `L'(0)`.
    zoom
        Half width in `w` of the window around 0 that shows where the minimizer is at the
        strongest strength.
    limits, zoom_limits
        `(left, right, bottom, top)` of the picture, and of the window around 0.
    """

    penalty: str
    w: Array
    loss: Array
    pull: Array
    lambdas: Array
    minimizers: Array
    minima: Array
    at: int
    early: int
    few: tuple[int, ...]
    threshold: float
    arrival: int | None
    slope: float
    zoom: float
    limits: tuple[float, float, float, float]
    zoom_limits: tuple[float, float, float, float]

    def regularized(self, at: int) -> Array:
        """Return the regularized loss on `w` at a strength's index, shape `(n_points,)`."""
        return self.loss + float(self.lambdas[at]) * self.pull

    def slopes_at_zero(self, at: int) -> tuple[float, float]:
        """Return the regularized loss's slopes on the left and on the right of 0."""
        left, right = self.added_at_zero(at)
        return self.slope + left, self.slope + right

    def added_at_zero(self, at: int) -> tuple[float, float]:
        """Return what the penalty adds to the loss's slope left and right of 0."""
        bend = float(self.lambdas[at]) if self.penalty == "l1" else 0.0
        return -bend, bend

    @property
    def formula(self) -> str:
        r"""The loss in our part of TeX, such as `(w - 1)^2`."""
        factor = 0.5 * float(str(self.parameters["curvature"]))
        sign = "-" if self.center > 0.0 else "+"
        return (
            "" if factor == 1.0 else f"{factor:g}\\,"
        ) + f"(w {sign} {abs(self.center):g})^2"

    @property
    def center(self) -> float:
        """The weight that minimizes the loss alone."""
        return float(self.points["unregularized"][0])


def one_weight(
    slug: str, name: str, penalty: rm.L1 | rm.L2, parameters: OneWeightKnobs
) -> OneWeight:
    """Compute the exhibit of a loss of one weight under `penalty`, called `name`.

    Raises
    ------
    BadInput
        If the loss has nothing to shrink.
    """
    # What is shown is what is used.
    parameters = replace(
        parameters,
        curvature=snap(parameters.curvature),
        center=snap(parameters.center),
        lam=snap(parameters.lam),
    )
    if parameters.center == 0.0:
        raise BadInput("center = 0 leaves no weight to shrink; give another number.")
    loss = rm.Quadratic.one_dimensional(parameters.curvature, parameters.center)
    slope = float(loss.gradient(np.zeros(1))[0])
    threshold = float(penalty.lambda_max(np.array([slope])))
    lambdas = _strengths(parameters.lam, threshold)
    priced = [penalty.with_lambda(lam) for lam in lambdas.tolist()]
    minimizers = np.stack([rm.penalized_optimum(loss, price) for price in priced])
    minima = loss.value(minimizers) + lambdas * penalty.value(minimizers) / penalty.lam
    residuals = [
        float(rm.kkt_residual(loss, price, minimizer))
        for price, minimizer in zip(priced, minimizers, strict=True)
    ]
    at = int(np.flatnonzero(lambdas == parameters.lam)[0])
    arrived = np.flatnonzero(minimizers[:, 0] == 0.0)
    arrival = int(arrived[0]) if arrived.size else None
    between = int(np.searchsorted(lambdas, BETWEEN)) if arrival is None else arrival
    # At the strongest strength the L2 minimizer stands a quarter of the way to the edge.
    zoom = 4.0 * abs(parameters.center) / (1.0 + 2.0 * STRONGEST / parameters.curvature)
    w = _drawn_weights(parameters.center, zoom)
    return OneWeight(
        lesson=slug,
        parameters={knob.name: getattr(parameters, knob.name) for knob in parameters.knobs()},
        points={
            "unregularized": np.array([parameters.center, 0.0]),
            f"minimizer-{name}": np.array([minimizers[at, 0], minima[at]]),
        },
        lam={name: parameters.lam},
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
        early=_early(minimizers[:, 0], at),
        few=tuple(sorted({0, at, between, len(lambdas) - 1})),
        threshold=threshold,
        arrival=arrival,
        slope=slope,
        zoom=zoom,
        limits=_limits(parameters),
        zoom_limits=_zoom_limits(zoom, float(loss.value(np.zeros(1))), float(minima[-1])),
    )


def _strengths(still: float, threshold: float) -> Array:
    """Return strengths from 0 to 100 of few digits, dense where little is enough.

    The threshold is among them, rounded up to as many digits as are shown.
    """
    dense = [np.arange(400) / 100.0, np.arange(40, 100) / 10.0, np.arange(10.0, 101.0)]
    own = [still]
    if threshold <= STRONGEST:
        rounded = snap(threshold)
        # Also a weak threshold is approached in small steps.
        own += [snap(part * threshold) for part in np.linspace(0.02, 0.98, 49)]
        own.append(rounded if rounded >= threshold else snap(threshold * 1.0005))
    return np.unique(np.concatenate([*dense, own]))


def _early(minimizers: Array, at: int) -> int:
    """Return the still picture's index if that is well on the way to 0, else half way's."""
    shares = minimizers / minimizers[0]
    if 0.15 <= shares[at] <= 0.85:
        return at
    return int(np.argmin(np.abs(shares - 0.5)))


def _drawn_weights(center: float, zoom: float) -> Array:
    reach = 1.8 * abs(center)
    near = np.linspace(-zoom, zoom, 161)
    near[80] = 0.0
    return np.union1d(np.linspace(-reach, reach, 400), [*near, center])


def _limits(parameters: OneWeightKnobs) -> tuple[float, float, float, float]:
    at_zero = 0.5 * parameters.curvature * parameters.center**2
    size = abs(parameters.center)
    sides = (-size, 1.6 * size) if parameters.center > 0.0 else (-1.6 * size, size)
    return *sides, -0.12 * at_zero, 2.4 * at_zero


def _zoom_limits(
    zoom: float, at_zero: float, lowest: float
) -> tuple[float, float, float, float]:
    """Return the window around 0; where the minimum is no lower than 0's value, a V fits."""
    drop = at_zero - lowest or 0.25 * STRONGEST * zoom
    return -zoom, zoom, lowest - 0.8 * drop, at_zero + 2.2 * drop
