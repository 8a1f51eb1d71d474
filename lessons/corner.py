"""The corner: why an L1 budget makes a weight exactly zero and an L2 budget does not."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.data import Design, read_design
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.numbers import snap
from regviz.lessons.own_units import own_units
from regviz.lessons.parameters import Choice, File, Number, Point, Strength, knob
from regviz.lessons.turned_pull import TurnedPull, turned_pull, turns
from regviz.lessons.validation import strength

if TYPE_CHECKING:
    from regviz.lessons.base import Array, ByValidation
    from regviz.lessons.data.frames import Frame

TITLE = {
    "en": "The corner",
    "ko": "꼭짓점",
}
SUMMARY = {
    "en": "Descent meets the L1 diamond at a corner and the L2 circle at a tangent point",
    "ko": "경사 하강이 L1 마름모에서는 꼭짓점에, L2 원에서는 접점에 멈춥니다",
}
TAGS = ("geometry", "descent", "sparsity")
ORDER = 70

PENALTIES: dict[str, rm.L1 | rm.L2] = {"l1": rm.L1(1.0), "l2": rm.L2(1.0)}
#: points per closed curve; corners are vertices whatever the number
CURVE_POINTS = 361
#: more than the slowest descent within the parameters' bounds takes
MOST_STEPS = 500_000
#: correlation beyond which descent is too slow to draw and `twin-features` is the lesson
LARGEST_CORRELATION = 0.98
#: share of what is drawn that is seen beyond an optimum, along the loss's pull
PULL_SEEN = 0.3
#: contours are seen whole where the view is then at most this many times as large
LARGER = 1.4


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
    """One penalty's half of the picture.

    Attributes
    ----------
    weights
        The optimum, shape `(2,)`.
    lam, budget
        Strength and the radius it is the price of.
    unit_ball
        Boundary of the region of radius 1, a closed polyline `(n_points, 2)`; a region of
        radius `t` is `t * unit_ball`.
    level
        Contour of the loss through the optimum, a closed polyline `(n_points, 2)` whose first
        vertex is the optimum; None where the optimum is the unregularized one.
    path
        Iterates of descent from the start to the optimum, shape `(n_kept, 2)`, less those too
        close to the one before to be told apart.
    pull
        Minus the gradient of the loss at the optimum, shape `(2,)`.
    cone
        Unit generators of the normal cone of the region there, shape `(n_rays, 2)`.
    case
        What kind of point of its region the optimum is: `corner`, `edge` or `origin` of the
        diamond, `smooth` on the circle (`axis` where it has a zero there because the loss
        itself has none to give that weight), or `free` where the region does not bind.
    kkt_residual
        How far the optimum is from satisfying its optimality conditions.
    """

    weights: Array
    lam: float
    budget: float
    unit_ball: Array
    level: Array | None
    path: Array
    pull: Array
    cone: Array
    case: str
    kkt_residual: float


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """Both optima as the driving quantity runs from no constraint to almost none left.

    Attributes
    ----------
    driver
        `lam` or `budget`: what both sides share at every step.
    values
        The driver, in the order of the story, shape `(n_values,)`; each as it is shown.
    decimals
        Digits behind the point that show each value exactly.
    weights, lams, budgets, level_radii
        By penalty: optima `(n_values, 2)`; strengths, radii of the regions and scales of
        `unit_level`, each `(n_values,)`.
    at
        Index of the value that the still picture shows.
    """

    driver: str
    values: Array
    decimals: int
    weights: dict[str, Array]
    lams: dict[str, Array]
    budgets: dict[str, Array]
    level_radii: dict[str, Array]
    at: int


@dataclass(frozen=True, kw_only=True)
class Corner(Exhibit):
    """What the corner lesson shows.

    Attributes
    ----------
    unit_level
        Contour of the loss at unit scale, centred on 0, a closed polyline `(n_points, 2)`;
        the contour through `w` is `center + radius * unit_level`.
    level_radii
        Scales of the background contours.
    start, center
        Start of descent and unregularized optimum, shape `(2,)`.
    free_path
        Gradient descent without a penalty, from the start to the center.
    l1, l2
        The two halves.
    sweep
        The optima as the regions shrink.
    turned
        By penalty, what becomes of the optimum when its pull turns; empty where L1's is not
        at a corner, and without a side that holds nothing back.
    limits
        `(left, right, bottom, top)` of both planes, square.
    view
        `(left, right, bottom, top)` that a picture shows without air around it: regions,
        points and pulls, and the whole contour through an optimum unless it is far larger.
    features
        Names of the two weights' features, or None for a loss given by numbers.
    """

    unit_level: Array
    level_radii: Array
    start: Array
    center: Array
    free_path: Array
    l1: Side
    l2: Side
    sweep: Sweep
    turned: dict[str, TurnedPull]
    limits: tuple[float, float, float, float]
    view: tuple[float, float, float, float]
    features: tuple[str, str] | None

    def side(self, name: str) -> Side:
        """Return the half of the penalty `l1` or `l2`."""
        return {"l1": self.l1, "l2": self.l2}[name]


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
    sweep = _sweep(loss, asked, parameters.budget)
    weights = {name: sweep.weights[name][sweep.at] for name in PENALTIES}
    start = _start(loss, parameters, sweep)
    sides = {name: _side(loss, given, name, sweep, start, parameters) for name in PENALTIES}
    limits = _limits([loss.center, start], list(sides.values()))
    return Corner(
        lesson="corner",
        parameters=_resolved(parameters, loss, sweep, start, features),
        points={
            "unregularized": loss.center,
            "optimum-l1": weights["l1"],
            "optimum-l2": weights["l2"],
            "start": start,
        },
        lam={name: side.lam for name, side in sides.items()},
        budget={name: side.budget for name, side in sides.items()},
        certificate={"kkt_residual": max(side.kkt_residual for side in sides.values())},
        own_units=own_units(design, {"unregularized": loss.center} | weights) if design else {},
        by_validation=by_validation,
        unit_level=_unit_level(loss),
        level_radii=_background(loss, limits),
        start=start,
        center=loss.center,
        free_path=_followed(
            rm.gradient_descent(loss, start, parameters.step_size / loss.smoothness),
            loss.center,
        ),
        l1=sides["l1"],
        l2=sides["l2"],
        sweep=sweep,
        turned=_turned(sides),
        limits=limits,
        view=_view([loss.center, start], list(sides.values())),
        features=features,
        reading=None if design is None else design.reading,
    )


def _loss(
    parameters: Parameters,
) -> tuple[rm.Quadratic | rm.LeastSquares, Design | None]:
    if parameters.data is None:
        for knob in DataKnobs.knobs():
            if knob.name != "data" and getattr(parameters, knob.name) != knob.default:
                raise BadInput(f"{knob.name} is given without data; add data with a CSV file.")
        return _given(parameters), None
    for name in ("rho", "curvature", "center"):
        if getattr(parameters, name) != getattr(Parameters, name):
            raise BadInput(f"{name} and data are both given; the loss comes from one of them.")
    return _from_data(parameters)


def _given(parameters: Parameters) -> rm.Quadratic:
    first, second = parameters.curvature
    mixed = parameters.rho * math.sqrt(first * second)
    if parameters.center == (0.0, 0.0):
        raise BadInput("center = 0,0 leaves no weight to shrink; give another point.")
    hessian = np.array([[first, mixed], [mixed, second]])
    return rm.Quadratic(hessian, np.array(parameters.center))


def _from_data(parameters: Parameters) -> tuple[rm.LeastSquares, Design]:
    design = read_design(parameters, count=2)
    loss = rm.LeastSquares(rm.standardize(design.X), rm.standardize(design.y))
    correlation = float(loss.hessian[0, 1])
    if abs(correlation) > LARGEST_CORRELATION:
        raise BadInput(
            f"features {design.features[0]} and {design.features[1]} correlate "
            f"{correlation:.3f}; give two that correlate at most {LARGEST_CORRELATION}."
        )
    return loss, design


def _strength(
    parameters: Parameters, design: Design | None
) -> tuple[float | None, ByValidation | None]:
    """Return the strength that is asked for; a rule chooses it for L1."""
    if parameters.lam is not None and parameters.budget is not None:
        raise BadInput("lam and budget are both given; one decides the other, give one.")
    if design is None:
        if isinstance(parameters.lam, str):
            raise BadInput(
                f"lam = {parameters.lam} needs data to hold rows out of; add data with a CSV "
                "file, or give a number."
            )
        return parameters.lam, None
    return strength(parameters.lam, rm.standardize(design.X), rm.standardize(design.y), "l1")


def _resolved(
    parameters: Parameters,
    loss: rm.Quadratic,
    sweep: Sweep,
    start: Array,
    features: tuple[str, str] | None,
) -> dict[str, object]:
    given = {knob.name: getattr(parameters, knob.name) for knob in parameters.knobs()}
    if parameters.data is not None:
        given |= {"rho": float(loss.hessian[0, 1]), "curvature": (1.0, 1.0)}
    return given | {
        sweep.driver: float(sweep.values[sweep.at]),
        "start": start.tolist(),
        "features": features,
        "hessian": loss.hessian.tolist(),
        "center": loss.center.tolist(),
    }


def _decimals(span: float) -> int:
    """Return the digits that show between 200 and 2,000 different values up to `span`."""
    return max(0, 2 - math.floor(math.log10(span / 2.0)))


def _default_lam(loss: rm.Quadratic) -> float:
    low, high = map(float, rm.corner_lambdas(loss))
    if high - low <= 1e-6 * high:  # both weights leave 0 together, but for rounding
        return snap(0.5 * high)
    # Close to where the corner begins, so that the region is still large enough to look at,
    # yet far enough for minus the gradient to lie well inside the cone.
    wanted = low + 0.25 * (high - low)
    rounded = (round(wanted, digits) for digits in range(1, 10))
    return next((lam for lam in rounded if low < lam < high), snap(wanted))


def _grid(end: float, still: float) -> tuple[Array, int]:
    """Return values from 0 to `end` that are shown exactly, `still` among them."""
    digits = _decimals(end)
    steps = np.arange(1 + round(end * 10**digits)) / 10**digits
    shown_digits = len(f"{still:.9f}".rstrip("0").partition(".")[2])
    return np.union1d(steps, still), max(digits, shown_digits)


def _sweep(loss: rm.Quadratic, lam: float | None, budget: float | None) -> Sweep:
    strongest = rm.L1(1.0).lambda_max(loss.gradient(np.zeros(2)))
    if budget is None:
        still = _default_lam(loss) if lam is None else snap(lam)
        values, decimals = _grid(max(2.0 * float(strongest), still), still)
        solved = {name: _priced(loss, penalty, values) for name, penalty in PENALTIES.items()}
    else:
        still = snap(budget)
        largest = max(float(np.abs(loss.center).sum()), still)
        values, decimals = _grid(largest, still)
        values = values[:0:-1]  # the region shrinks, and a budget of 0 has no price
        solved = {name: _budgeted(loss, penalty, values) for name, penalty in PENALTIES.items()}
    return Sweep(
        driver="lam" if budget is None else "budget",
        values=values,
        decimals=decimals,
        weights={name: weights for name, (weights, _) in solved.items()},
        lams={name: lams for name, (_, lams) in solved.items()},
        budgets={
            name: values if budget is not None else PENALTIES[name].level(weights)
            for name, (weights, _) in solved.items()
        },
        level_radii={name: _radius(loss, weights) for name, (weights, _) in solved.items()},
        at=int(np.flatnonzero(values == still)[0]),
    )


def _priced(loss: rm.Quadratic, penalty: rm.L1 | rm.L2, lams: Array) -> tuple[Array, Array]:
    weights = [rm.penalized_optimum(loss, penalty.with_lambda(lam)) for lam in lams]
    return np.stack(weights), lams


def _budgeted(
    loss: rm.Quadratic, penalty: rm.L1 | rm.L2, budgets: Array
) -> tuple[Array, Array]:
    optima = [rm.constrained_optimum(loss, penalty, budget) for budget in budgets]
    return (
        np.stack([optimum.weights for optimum in optima]),
        np.array([float(optimum.multiplier) for optimum in optima]),
    )


def _radius(loss: rm.Quadratic, weights: Array) -> Array:
    # Not from the loss's value: with data its least value is not 0.
    error = np.asarray(weights) - loss.center
    radius: Array = np.sqrt(np.einsum("...i,ij,...j", error, loss.hessian, error))
    return radius


def _unit_level(loss: rm.Quadratic) -> Array:
    around_zero = rm.Quadratic(loss.hessian, np.zeros(2))
    through = np.array([1.0 / math.sqrt(loss.hessian[0, 0]), 0.0])
    return rm.level_set(around_zero, through, CURVE_POINTS)


def _start(loss: rm.Quadratic, parameters: Parameters, sweep: Sweep) -> Array:
    if parameters.start is not None:
        return np.array(parameters.start)
    smaller = min(float(sweep.budgets[name][sweep.at]) for name in PENALTIES)
    whole = float(np.linalg.norm(loss.center))
    # A region too small to see into is entered from outside.
    reach = 0.6 * smaller if smaller > 0.02 * whole else 0.2 * whole
    # Across from the larger weight and on the side of the smaller one: the path then meets
    # an edge away from its corner and is seen to slide.
    ahead = np.where(loss.center < 0.0, -1.0, 1.0)
    away = np.where(np.abs(loss.center) == np.abs(loss.center).max(), -0.6, 0.8)
    start: Array = np.round(reach * ahead * away, 3)
    return start


def _side(
    loss: rm.Quadratic,
    given: rm.Loss,
    name: str,
    sweep: Sweep,
    start: Array,
    parameters: Parameters,
) -> Side:
    """Compute one penalty's half from the quadratic loss, certified by the loss as given."""
    weights = sweep.weights[name][sweep.at]
    budget, lam = float(sweep.budgets[name][sweep.at]), float(sweep.lams[name][sweep.at])
    penalty = PENALTIES[name].with_lambda(lam)
    free = lam == 0.0
    return Side(
        weights=weights,
        lam=lam,
        budget=budget,
        unit_ball=penalty.ball(1.0, CURVE_POINTS),
        level=None if free else rm.level_set(loss, weights, CURVE_POINTS),
        path=_followed(_descent(loss, penalty, budget, start, parameters), weights),
        pull=-loss.gradient(weights),
        cone=rm.normal_cone(penalty, weights),
        case="free" if free else _case(name, weights),
        kkt_residual=float(rm.kkt_residual(given, penalty, weights)),
    )


def _case(name: str, weights: Array) -> str:
    n_zeros = int(np.sum(weights == 0.0))
    if name == "l1":
        return ("edge", "corner", "origin")[n_zeros]
    return "axis" if n_zeros else "smooth"


def _turned(sides: dict[str, Side]) -> dict[str, TurnedPull]:
    """Return both optima under pulls that turn by the same angles, set by the corner's cone."""
    if sides["l1"].case != "corner":
        return {}
    path = turns(sides["l1"].cone, sides["l1"].pull)
    return {
        name: turned_pull(PENALTIES[name], side.weights, side.budget, side.pull, path)
        for name, side in sides.items()
        if side.case != "free"
    }


def _descent(
    loss: rm.Quadratic,
    penalty: rm.L1 | rm.L2,
    budget: float,
    start: Array,
    parameters: Parameters,
) -> Iterator[rm.State]:
    step_size = parameters.step_size / loss.smoothness
    match parameters.method:
        case "projected":
            return rm.projected_gradient(loss, penalty, budget, start, step_size)
        case "ista":
            return rm.ista(loss, penalty, start, step_size)
        case "fista":
            return rm.fista(loss, penalty, start, step_size)
        case _:
            return rm.coordinate_descent(loss, penalty, start)


def _followed(states: Iterator[rm.State], limit: Array) -> Array:
    """Follow descent until it is within 1e-10 of its limit, and thin it for drawing.

    The limit is known, so it decides: successive iterates of FISTA are also close together
    where it turns around.
    """
    near = 1e-10 * (1.0 + np.abs(limit).max())
    path = []
    for state in itertools.islice(states, MOST_STEPS):
        path.append(state.weights)
        if np.abs(state.weights - limit).max() <= near:
            break
    return _thinned(np.stack(path))


def _thinned(path: Array) -> Array:
    gap = 1e-3 * float(np.ptp(path, axis=0).max())
    kept = [0]
    for index in range(1, len(path) - 1):
        if np.abs(path[index] - path[kept[-1]]).max() > gap:
            kept.append(index)
    return path[[*kept, len(path) - 1]]


def _limits(points: list[Array], sides: list[Side]) -> tuple[float, float, float, float]:
    drawn = [*points, *(side.budget * side.unit_ball for side in sides)]
    everything = np.vstack([np.atleast_2d(part) for part in drawn])
    low, high = everything.min(axis=0), everything.max(axis=0)
    middle, half = (low + high) / 2.0, 0.58 * float((high - low).max())
    left, bottom = middle - half
    right, top = middle + half
    return float(left), float(right), float(bottom), float(top)


def _view(points: list[Array], sides: list[Side]) -> tuple[float, float, float, float]:
    drawn = [*points, *(side.budget * side.unit_ball for side in sides)]
    must = np.vstack([np.atleast_2d(part) for part in drawn])
    far = PULL_SEEN * float(np.ptp(must, axis=0).max())
    pulled = [side for side in sides if side.case != "free"]
    ends = [side.weights + far * side.pull / np.linalg.norm(side.pull) for side in pulled]
    must = np.vstack([must, *ends])
    most = LARGER * float(np.ptp(must, axis=0).max())
    for side in sides:
        whole = must if side.level is None else np.vstack([must, side.level])
        must = whole if np.ptp(whole, axis=0).max() <= most else must
    (left, bottom), (right, top) = must.min(axis=0).tolist(), must.max(axis=0).tolist()
    return left, right, bottom, top


def _background(loss: rm.Quadratic, limits: tuple[float, float, float, float]) -> Array:
    corners = np.array([[x, y] for x in limits[:2] for y in limits[2:]])
    furthest = float(_radius(loss, corners).max())
    return furthest * np.arange(1.0, 10.0) / 9.0
