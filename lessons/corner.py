"""The corner: why an L1 budget makes a weight exactly zero and an L2 budget does not."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.corner_claims import case_of, claims
from regviz.lessons.corner_picture import picture
from regviz.lessons.corner_story import story
from regviz.lessons.errors import BadInput
from regviz.lessons.followed import followed
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.numbers import snap
from regviz.lessons.own_units import own_units
from regviz.lessons.parameters import Choice, File, Number, Point, Strength, knob
from regviz.lessons.turned_pull import UNTURNED, TurnedPull, turned_pull, turns
from regviz.lessons.two_features import two_features
from regviz.lessons.validation import strength

if TYPE_CHECKING:
    from regviz.lessons.base import Array, ByValidation
    from regviz.lessons.data import Design
    from regviz.lessons.data.frames import Frame

__all__ = ["Corner", "Parameters", "Side", "claims", "exhibit", "picture", "story"]

TITLE = {"en": "The corner", "ko": "꼭짓점"}
SUMMARY = {
    "en": "Descent meets the L1 diamond at a corner and the L2 circle at a tangent point",
    "ko": "경사 하강이 L1 마름모에서는 꼭짓점에, L2 원에서는 접점에 멈춥니다",
}
TAGS = ("geometry", "descent", "sparsity")
ORDER = 70

#: whose optimum, descent and region are shown
NormPenalty = rm.L1 | rm.L2 | rm.ElasticNet
PENALTIES: dict[str, NormPenalty] = {"l1": rm.L1(1.0), "l2": rm.L2(1.0)}
#: steps of the sweep, at least; between two of them nothing is drawn
SWEPT = 120
#: points of a sweep's trace, besides where L1's bends
TRACED = 41


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the corner lesson; the loss is given by numbers or by data, not by both."""

    rho: float = knob(0.3, Number(-0.9, 0.9), "correlation of the two features")
    curvature: tuple[float, float] = knob(
        (1.0, 1.0), Point(0.2, 5.0), "second derivative of the loss in each weight"
    )
    center: tuple[float, float] = knob(
        (0.3, 1.9), Point(-5.0, 5.0), "unregularized optimum of the loss"
    )
    lam: float | str | None = knob(
        None,
        Strength(0.0, 1000.0, from_data=True),
        "penalty strength; by default one that shows a corner",
    )
    budget: float | None = knob(
        None, Number(0.01, 100.0), "radius of both regions, in place of lam"
    )
    ratio: float = knob(
        0.0, Number(0.0, 0.95), "share of L1 in an elastic net beside both; 0 leaves it out"
    )
    start: tuple[float, float] | None = knob(
        None,
        Point(-10.0, 10.0),
        "where descent starts; by default inside, unless a region is tiny",
    )
    step_size: float = knob(
        0.1, Number(0.05, 1.0), "step size of descent, in units of 1 / largest curvature"
    )
    method: str = knob(
        "projected",
        Choice(("projected", "ista", "fista", "coordinate")),
        "descent method of the regularized paths",
    )
    data: str | Frame | None = knob(None, File(), "take the loss from these data")


@dataclass(frozen=True, kw_only=True)
class Side:
    """One penalty's part of the picture, as its region shrinks and at the parameters' own.

    Attributes
    ----------
    lams, budgets, optima
        At each step of the sweep: the strength and the radius it is the price of, `(n_steps,)`,
        and the optimum, `(n_steps, 2)`.
    traces
        The optima on the way there from no penalty at all, `(n_steps, n_points, 2)`.
    at
        Index of the parameters' own step.
    penalty
        At its own strength.
    pull
        Minus the gradient of the loss at the optimum, shape `(2,)`; 0 where nothing holds it.
    kkt_residual
        How far the optimum is from satisfying its optimality conditions.
    """

    lams: Array
    budgets: Array
    optima: Array
    traces: Array
    at: int
    penalty: NormPenalty
    pull: Array
    kkt_residual: float

    @property
    def lam(self) -> float:
        """The parameters' own strength."""
        return self.penalty.lam

    @property
    def budget(self) -> float:
        """The radius that it is the price of."""
        return float(self.budgets[self.at])

    @property
    def weights(self) -> Array:
        """The optimum there, shape `(2,)`."""
        own: Array = self.optima[self.at]
        return own

    @property
    def case(self) -> str:
        """What kind of point of its region the optimum is: see :func:`case_of`."""
        return case_of(self.penalty, self.weights)

    @property
    def cone(self) -> Array:
        """Unit generators of the region's normal cone at the optimum, shape `(n_rays, 2)`."""
        return rm.normal_cone(self.penalty, self.weights)

    @property
    def reach(self) -> float:
        """How far the region goes along an axis, where it goes furthest."""
        return float(self.penalty.ball(self.budget, 5)[0, 0])


@dataclass(frozen=True, kw_only=True)
class Corner(Exhibit):
    """What the corner lesson shows.

    Attributes
    ----------
    loss
        The loss as a quadratic; its center is the unregularized optimum.
    start
        Start of descent, shape `(2,)`.
    driver
        `lam` or `budget`: what all sides share at every step of the sweep.
    shares
        The driver as shares of the parameters' own, ascending, 1 among them, `(n_steps,)`: from
        no constraint to almost none left.
    at
        Index of the parameters' own.
    sides
        By penalty: `l1`, `l2` and, if asked for, `net`.
    paths
        By penalty, and `free` without any, iterates of descent after each of `STEPS`, shape
        `(n_steps, 2)`; the optimum once it is reached.
    turned
        By penalty, what becomes of the optimum when its pull turns, as L1's corner has it.
    features
        Names of the two weights' features, or None for a loss given by numbers.
    """

    loss: rm.Quadratic
    start: Array
    driver: str
    shares: Array
    at: int
    sides: dict[str, Side]
    paths: dict[str, Array]
    turned: dict[str, TurnedPull]
    features: tuple[str, str] | None


def exhibit(parameters: Parameters) -> Corner:
    """Compute the corner exhibit.

    Raises
    ------
    BadInput
        If parameters contradict each other or the data cannot be used.
    """
    given, design = _loss(parameters)
    loss = given.quadratic() if isinstance(given, rm.LeastSquares) else given
    features = (design.features[0], design.features[1]) if design else None
    asked, by_validation = _strength(parameters, design)
    net = {"net": rm.ElasticNet(1.0, parameters.ratio)} if parameters.ratio > 0.0 else {}
    driver, own, shares = _driven(loss, asked, parameters.budget)
    at = int(np.flatnonzero(shares == 1.0)[0])
    sides = {
        name: _side(loss, given, penalty, driver, shares * own, at)
        for name, penalty in {**PENALTIES, **net}.items()
    }
    start = _start(loss, parameters, min(sides[name].budget for name in PENALTIES))
    free = {"unregularized": loss.center}
    optima = {f"optimum-{name}": side.weights for name, side in sides.items()}
    data = {} if design is None else {"rho": float(loss.hessian[0, 1]), "curvature": (1.0, 1.0)}
    return Corner(
        lesson="corner",
        parameters=parameters.resolved(
            **data,
            **{driver: own},
            start=start.tolist(),
            features=features,
            hessian=loss.hessian.tolist(),
            center=loss.center.tolist(),
        ),
        points={**free, "start": start, **optima},
        lam={name: side.lam for name, side in sides.items()},
        budget={name: side.budget for name, side in sides.items()},
        certificate={"kkt_residual": max(side.kkt_residual for side in sides.values())},
        own_units=own_units(
            design, {**free, **{name: side.weights for name, side in sides.items()}}
        )
        if design
        else {},
        by_validation=by_validation,
        loss=loss,
        start=start,
        driver=driver,
        shares=shares,
        at=at,
        sides=sides,
        paths=_paths(loss, sides, start, parameters),
        turned=_turned(sides),
        features=features,
        reading=design.reading if design else None,
    )


def _loss(
    parameters: Parameters,
) -> tuple[rm.Quadratic | rm.LeastSquares, Design | None]:
    """Return the loss, from numbers or from data, and not from both."""
    if parameters.data is not None:
        for name in ("rho", "curvature", "center"):
            if getattr(parameters, name) != getattr(Parameters, name):
                raise BadInput(
                    f"{name} and data are both given; the loss comes from one of them."
                )
        design, loss = two_features(parameters)
        return loss, design
    for each in DataKnobs.knobs():
        if each.name != "data" and getattr(parameters, each.name) != each.default:
            raise BadInput(f"{each.name} is given without data; add data with a CSV file.")
    if parameters.center == (0.0, 0.0):
        raise BadInput("center = 0,0 leaves no weight to shrink; give another point.")
    first, second = parameters.curvature
    mixed = parameters.rho * math.sqrt(first * second)
    hessian = np.array([[first, mixed], [mixed, second]])
    return rm.Quadratic(hessian, np.array(parameters.center)), None


def _strength(
    parameters: Parameters, design: Design | None
) -> tuple[float | None, ByValidation | None]:
    """Return the strength that is asked for; a rule chooses it for L1."""
    lam = parameters.lam
    if lam is not None and parameters.budget is not None:
        raise BadInput("lam and budget are both given; one decides the other, give one.")
    if design is not None:
        return strength(lam, rm.standardize(design.X), rm.standardize(design.y), "l1")
    if isinstance(lam, str):
        raise BadInput(
            f"lam = {lam} needs data to hold rows out of; add data with a CSV file, or give "
            "a number."
        )
    return lam, None


def _default_lam(loss: rm.Quadratic) -> float:
    low, high = map(float, rm.corner_lambdas(loss))
    if high - low <= 1e-6 * high:  # both weights leave 0 together, but for rounding
        return snap(0.5 * high)
    # Close to where the corner begins, so that the region is still large enough to look at,
    # yet far enough for minus the gradient to lie well inside the cone.
    wanted = low + 0.25 * (high - low)
    rounded = (round(wanted, digits) for digits in range(1, 10))
    return next((lam for lam in rounded if low < lam < (low + high) / 2), snap(wanted))


def _driven(
    loss: rm.Quadratic, lam: float | None, budget: float | None
) -> tuple[str, float, Array]:
    """Return what all sides share, its own value, and the sweep as shares of that."""
    if budget is not None:
        own = snap(budget)
        return "budget", own, _shares(max(float(np.abs(loss.center).sum()), own), own, least=1)
    own = _default_lam(loss) if lam is None else snap(lam)
    strongest = float(rm.L1(1.0).lambda_max(loss.gradient(np.zeros(2))))
    return "lam", own, _shares(max(2.0 * strongest, own), own, least=0)


def _shares(end: float, own: float, *, least: int) -> Array:
    """Return `own` and round values up to `end`, from the `least` of them on, as its shares."""
    if own == 0.0:
        return np.ones(1)
    power = 10.0 ** math.floor(math.log10(end / SWEPT))
    step = power * max(part for part in (1, 2, 5) if part * power <= end / SWEPT)
    values = [count * step for count in range(least, int(end / step) + 1)]
    apart = [value for value in values if abs(value - own) > 0.1 * step]
    return np.sort([*(round(value, 9) / own for value in apart), 1.0])


def _side(
    loss: rm.Quadratic, given: rm.Loss, shape: NormPenalty, driver: str, values: Array, at: int
) -> Side:
    """Compute one penalty's half at these strengths or budgets, certified by the loss as given.

    L1's bends are in its traces.
    """
    if driver == "lam":
        optima = rm.penalized_optima(loss, shape, values)
        lams, budgets = values, shape.level(optima)
    else:
        found = rm.constrained_optimum(loss, shape, values)
        optima, lams, budgets = found.weights, found.multiplier, values
    penalty, weights = shape.with_lambda(float(lams[at])), optima[at]
    way = lams[:, None] * (np.arange(TRACED) / (TRACED - 1.0))
    passed = np.minimum(np.array(rm.corner_lambdas(loss), dtype=float), lams[:, None])
    ways = np.sort(np.concatenate([way, passed], axis=1), axis=1)
    return Side(
        lams=lams,
        budgets=budgets,
        optima=optima,
        traces=rm.penalized_optima(loss, shape, ways),
        at=at,
        penalty=penalty,
        pull=-loss.gradient(weights) if penalty.lam else np.zeros(2),
        kkt_residual=float(rm.kkt_residual(given, penalty, weights)),
    )


def _start(loss: rm.Quadratic, parameters: Parameters, smaller: float) -> Array:
    """Return where descent starts, by the smaller of the regions' radii."""
    if parameters.start is not None:
        return np.array(parameters.start)
    whole = float(np.linalg.norm(loss.center))
    # A region too small to see into is entered from outside.
    reach = 0.6 * smaller if smaller > 0.02 * whole else 0.2 * whole
    # Across from the larger weight and on the side of the smaller one: the path then meets
    # an edge away from its corner and is seen to slide.
    ahead = np.where(loss.center < 0.0, -1.0, 1.0)
    away = np.where(np.abs(loss.center) == np.abs(loss.center).max(), -0.6, 0.8)
    start: Array = np.round(reach * ahead * away, 3)
    return start


def _paths(
    loss: rm.Quadratic, sides: dict[str, Side], start: Array, parameters: Parameters
) -> dict[str, Array]:
    """Follow descent without a penalty, and with each of them by the method asked for."""
    eta = parameters.step_size / loss.smoothness

    def descent(side: Side) -> Iterator[rm.State]:
        match parameters.method:
            case "projected":
                return rm.projected_gradient(loss, side.penalty, side.budget, start, eta)
            case "coordinate":
                return rm.coordinate_descent(loss, side.penalty, start)
        proximal = {"ista": rm.ista, "fista": rm.fista}[parameters.method]
        return proximal(loss, side.penalty, start, eta)

    free = followed(rm.gradient_descent(loss, start, eta), loss.center)
    held = {name: followed(descent(side), side.weights) for name, side in sides.items()}
    return {"free": free, **held}


def _turned(sides: dict[str, Side]) -> dict[str, TurnedPull]:
    """Turn L1's and L2's pull by the same angles; not at all where no corner holds L1."""
    own = sides["l1"]
    angles = turns(own.cone, own.pull) if own.case == "corner" else UNTURNED
    return {
        name: turned_pull(penalty, side.weights, side.budget, side.pull, angles)
        for name, penalty in PENALTIES.items()
        if (side := sides[name])
    }
