"""A loss of two weights within the region of a penalty, as that shrinks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import regmath as rm
from regviz.lessons.numbers import snap

if TYPE_CHECKING:
    from numpy.typing import NDArray


#: penalties whose regions are drawn
NormPenalty = rm.L1 | rm.L2 | rm.ElasticNet
#: the two that are compared, and what each adds to the loss in TeX
PENALTIES: dict[str, rm.L1 | rm.L2] = {"l1": rm.L1(1.0), "l2": rm.L2(1.0)}
TERMS = {"l1": r"+ \lambda (|w_1| + |w_2|)", "l2": r"+ \lambda (w_1^2 + w_2^2)"}
#: steps of a sweep, at least; between two of them nothing is drawn
SWEPT = 120
#: weights of a trace that are 0 but for rounding, in those without a penalty
ROUNDING = 1e-14
#: points of a sweep's trace, besides where L1's bends
TRACED = 41


@dataclass(frozen=True, kw_only=True)
class Region:
    """A loss's optimum within the region of a penalty, as that shrinks.

    Attributes
    ----------
    lams, budgets, optima
        At each step of the sweep: the strength and the radius it is the price of, `(n_steps,)`,
        and the optimum, `(n_steps, 2)`.
    traces
        The optima on the way there from no penalty at all, `(n_steps, n_points, 2)`.
    at
        Index of the step that is the lesson's own.
    penalty
        At the strength of its own step.
    pull
        Minus the gradient of the loss at the optimum, shape `(2,)`; 0 where nothing holds it.
    kkt_residual
        How far the optimum is from satisfying its optimality conditions.
    """

    lams: rm.Array
    budgets: rm.Array
    optima: rm.Array
    traces: rm.Array
    at: int
    penalty: NormPenalty
    pull: rm.Array
    kkt_residual: float

    @property
    def lam(self) -> float:
        """The strength of its own step."""
        return self.penalty.lam

    @property
    def budget(self) -> float:
        """The radius that it is the price of."""
        return float(self.budgets[self.at])

    @property
    def weights(self) -> rm.Array:
        """The optimum there, shape `(2,)`."""
        own: rm.Array = self.optima[self.at]
        return own

    @property
    def case(self) -> str:
        """What kind of point of its region the optimum is: see :func:`case_of`."""
        return case_of(self.penalty, self.weights)

    @property
    def cone(self) -> rm.Array:
        """Unit generators of the region's normal cone at the optimum, shape `(n_rays, 2)`."""
        return rm.normal_cone(self.penalty, self.weights)

    @property
    def reach(self) -> float:
        """How far the region goes along an axis, where it goes furthest."""
        return float(self.penalty.ball(self.budget, 5)[0, 0])


def held_at(
    loss: rm.Quadratic, shape: NormPenalty, driver: str, values: rm.Array
) -> tuple[rm.Array, rm.Array, rm.Array]:
    """Return strengths, radii and optima at values of a driver, `lam` or `budget`."""
    if driver == "lam":
        optima = rm.penalized_optima(loss, shape, values)
        return values, shape.level(optima), optima
    found = rm.constrained_optimum(loss, shape, values)
    return found.multiplier, values, found.weights


def region(
    loss: rm.Quadratic,
    given: rm.Loss,
    shape: NormPenalty,
    driver: str,
    values: rm.Array,
    at: int,
) -> Region:
    """Compute the optima at values of a driver, `lam` or `budget`, of which one is its own.

    That one is certified by the loss as it is given. Traces have the points where L1's bend.
    """
    lams, budgets, optima = held_at(loss, shape, driver, values)
    penalty, weights = shape.with_lambda(float(lams[at])), optima[at]
    way = lams[:, None] * (np.arange(TRACED) / (TRACED - 1.0))
    passed = np.minimum(np.array(rm.corner_lambdas(loss), dtype=float), lams[:, None])
    ways = np.sort(np.concatenate([way, passed], axis=1), axis=1)
    traces = rm.penalized_optima(loss, shape, ways)
    # Where L1's bends, a weight is 0 but for rounding.
    small = ROUNDING * float(np.abs(loss.center).max())
    traces = np.where((ways[..., None] > 0.0) & (np.abs(traces) <= small), 0.0, traces)
    return Region(
        lams=lams,
        budgets=budgets,
        optima=optima,
        traces=traces,
        at=at,
        penalty=penalty,
        pull=-loss.gradient(weights) if penalty.lam else np.zeros(2),
        kkt_residual=float(rm.kkt_residual(given, penalty, weights)),
    )


def regions(
    loss: rm.Quadratic,
    given: rm.Loss,
    values: rm.Array,
    at: int,
    driver: str = "lam",
    shapes: Mapping[str, NormPenalty] = PENALTIES,
) -> dict[str, Region]:
    """Return each penalty's :func:`region`, by default of both that are compared."""
    return {
        name: region(loss, given, shape, driver, values, at) for name, shape in shapes.items()
    }


def held(sides: Mapping[str, Region]) -> dict[str, Any]:
    """Return the fields of an exhibit that its regions, by penalty, decide."""
    return {
        "lam": {name: side.lam for name, side in sides.items()},
        "budget": {name: side.budget for name, side in sides.items()},
        "certificate": {"kkt_residual": max(side.kkt_residual for side in sides.values())},
    }


def case_of(penalty: rm.L1 | rm.L2 | rm.ElasticNet, weights: rm.Array) -> str:
    """Return what kind of point of its region an optimum is.

    It is `corner`, `edge` or `origin` of the diamond and of the elastic net's region, `smooth`
    on the circle (`axis` where it has a zero there because the loss itself has none to give
    that weight), or `free` where the region does not bind.
    """
    if penalty.lam == 0.0:
        return "free"
    n_zeros = int(np.sum(weights == 0.0))
    if isinstance(penalty, rm.L2):
        return "axis" if n_zeros else "smooth"
    return ("edge", "corner", "origin")[n_zeros]


class Zeros(NamedTuple):
    """Which weights are 0 as a region shrinks.

    Attributes
    ----------
    kept
        Weights that stay at 0 before both are there, and from which step on.
    origin
        The step from which both are 0, or None if it does not come.
    leaves
        Whether a weight is 0 at some step, and not for good.
    """

    kept: list[tuple[int, int]]
    origin: int | None
    leaves: bool


def zeros_of(optima: rm.Array) -> Zeros:
    """Return which weights of optima `(n_steps, 2)` are 0, from a larger region to smaller."""
    zero = optima == 0.0
    origin, starts = _stays_from(zero.all(axis=1)), [_stays_from(column) for column in zero.T]
    kept = [
        (weight, at)
        for weight, at in enumerate(starts)
        if at is not None and (origin is None or at < origin)
    ]
    leaves = any(column.any() for column, at in zip(zero.T, starts, strict=True) if at is None)
    return Zeros(kept, origin, leaves)


def _stays_from(zero: NDArray[np.bool_]) -> int | None:
    """Return the first step at which a weight is 0, or None if it does not stay so."""
    first = int(np.argmax(zero))
    return first if zero[first:].all() else None


def swept_by(
    loss: rm.Quadratic, lam: float, budget: float | None
) -> tuple[str, float, rm.Array]:
    """Return what drives a region, its own value, and a sweep as ascending shares of that.

    It is `budget` if there is one, else `lam`; from a region that holds nothing back to one
    that leaves almost nothing.
    """
    if budget is not None:
        own = snap(budget)
        return "budget", own, _shares(max(float(np.abs(loss.center).sum()), own), own, least=1)
    own, strongest = snap(lam), float(np.abs(loss.gradient(np.zeros(2))).max())
    return "lam", own, _shares(max(2.0 * strongest, own), own, least=0)


def _shares(end: float, own: float, *, least: int) -> rm.Array:
    """Return `own` and round values up to `end`, from the `least` of them on, as its shares."""
    if own == 0.0:
        return np.ones(1)
    power = 10.0 ** math.floor(math.log10(end / SWEPT))
    step = power * max(part for part in (1, 2, 5) if part * power <= end / SWEPT)
    values = [count * step for count in range(least, int(end / step) + 1)]
    apart = [value for value in values if abs(value - own) > 0.1 * step]
    return np.sort([*(round(value, 9) / own for value in apart), 1.0])
