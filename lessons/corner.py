"""The corner: why an L1 budget makes a weight exactly zero and an L2 budget does not."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from lessons.base import Exhibit
from lessons.data import read_design
from lessons.errors import BadInput
from lessons.numbers import snap
from lessons.parameters import Choice, File, Knobs, Name, Names, Number, Point, knob

if TYPE_CHECKING:
    from lessons.base import Array

TITLE = {
    "en": "The corner",
    "ko": "모서리",
}
SUMMARY = {
    "en": "Descent meets the L1 diamond in a corner and the L2 circle at a tangent point",
    "ko": "경사 하강이 L1 마름모에서는 꼭짓점에, L2 원에서는 접점에 멈춥니다",
}
TAGS = ("geometry", "descent", "sparsity")
ORDER = 70

PENALTIES: dict[str, rm.Penalty] = {"l1": rm.L1(1.0), "l2": rm.L2(1.0)}
#: points per closed curve; corners and touching points are vertices whatever the number
CURVE_POINTS = 361


@dataclass(frozen=True)
class Parameters(Knobs):
    """Knobs of the corner lesson; the loss is given by numbers or by data, not by both."""

    rho: float = knob(0.5, Number(-0.95, 0.95), "correlation of the two features")
    curvature: tuple[float, float] = knob(
        (1.0, 1.0), Point(0.05, 20.0), "second derivative of the loss in each weight"
    )
    center: tuple[float, float] = knob(
        (0.7, 1.9), Point(-5.0, 5.0), "unregularized optimum of the loss"
    )
    lam: float | None = knob(
        None, Number(0.0, 1000.0), "penalty strength; by default one that shows a corner"
    )
    budget: float | None = knob(
        None, Number(0.001, 100.0), "radius of both regions, in place of lam"
    )
    start: tuple[float, float] | None = knob(
        None, Point(-10.0, 10.0), "where descent starts; by default opposite the optimum"
    )
    step_size: float | None = knob(
        None, Number(1e-6, 100.0), "step size of descent; by default short, to draw smoothly"
    )
    method: str = knob(
        "projected",
        Choice(("projected", "ista", "fista", "coordinate")),
        "descent method of the regularized paths",
    )
    data: str | None = knob(None, File(), "take the loss from these data")
    target: str | None = knob(None, Name(), "column to predict, with --data")
    features: tuple[str, str] | None = knob(None, Names(2), "the two features, with --data")


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
    level_radius
        Scale at which `unit_level` of the exhibit passes through the optimum.
    path
        Iterates of descent from the start to the optimum, shape `(n_kept, 2)`.
    pull
        Minus the gradient of the loss at the optimum, shape `(2,)`.
    cone
        Unit generators of the normal cone of the region there, shape `(n_rays, 2)`.
    case
        `corner`, `edge`, `smooth`, `origin` or `free`: what kind of point the optimum is.
    kkt_residual
        How far the optimum is from satisfying its optimality conditions.
    """

    weights: Array
    lam: float
    budget: float
    unit_ball: Array
    level_radius: float
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
    weights, budgets, level_radii
        By penalty: optima `(n_values, 2)`, radii `(n_values,)`, scales of `unit_level`.
    at
        Index of the value that the still picture shows.
    """

    driver: str
    values: Array
    decimals: int
    weights: dict[str, Array]
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
    limits
        `(left, right, bottom, top)` of both planes, square.
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
    limits: tuple[float, float, float, float]
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
    loss, features = _loss(parameters)
    sweep = _sweep(loss, parameters)
    start = _start(loss, parameters)
    unit_level = rm.level_set(_at_origin(loss), _unit_vector(loss), CURVE_POINTS)
    sides = {
        name: _side(loss, name, sweep, start, parameters) for name in PENALTIES
    }
    free_path = _drawn(rm.gradient_descent(loss, start, _step_size(loss, parameters)))
    resolved = asdict(parameters) | {
        "lam": sides["l1"].lam if sweep.driver == "lam" else None,
        "start": start.tolist(),
        "step_size": _step_size(loss, parameters),
        "hessian": loss.hessian.tolist(),
        "center": loss.center.tolist(),
        "features": features,
    }
    limits = _limits(loss, start, sides)
    return Corner(
        lesson="corner",
        parameters=resolved,
        points={
            "unregularized": loss.center,
            "optimum-l1": sides["l1"].weights,
            "optimum-l2": sides["l2"].weights,
            "start": start,
        },
        lam={name: side.lam for name, side in sides.items()},
        budget={name: side.budget for name, side in sides.items()},
        certificate={"kkt_residual": max(side.kkt_residual for side in sides.values())},
        unit_level=unit_level,
        level_radii=_background(loss, limits),
        start=start,
        center=loss.center,
        free_path=free_path,
        l1=sides["l1"],
        l2=sides["l2"],
        sweep=sweep,
        limits=limits,
        features=features,
    )


def _loss(parameters: Parameters) -> tuple[rm.Quadratic, tuple[str, str] | None]:
    if parameters.data is None:
        for name in ("target", "features"):
            if getattr(parameters, name) is not None:
                raise BadInput(f"{name} is given without data; add --data with a CSV file.")
        return _given(parameters), None
    for name in ("rho", "curvature", "center"):
        if getattr(parameters, name) != getattr(Parameters, name):
            raise BadInput(f"{name} and data are both given; the loss comes from one of them.")
    return _from_data(parameters)


def _given(parameters: Parameters) -> rm.Quadratic:
    first, second = parameters.curvature
    mixed = parameters.rho * math.sqrt(first * second)
    return rm.Quadratic([[first, mixed], [mixed, second]], parameters.center)
