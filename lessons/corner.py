"""The corner: why an L1 budget makes a weight exactly zero and an L2 budget does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.corner_moves import (
    UNTURNED,
    Crossed,
    TurnedPull,
    crossed,
    turned_pull,
    turns,
)
from regviz.lessons.corner_picture import picture
from regviz.lessons.corner_told import claims, story
from regviz.lessons.errors import BadInput
from regviz.lessons.followed import descent, followed
from regviz.lessons.knob_groups import PlaneKnobs
from regviz.lessons.numbers import snap
from regviz.lessons.parameters import Choice, Number, Point, Strength, knob
from regviz.lessons.regions import PENALTIES, NormPenalty, Region, held, region, swept_by
from regviz.lessons.two_weights import PlaneExhibit, loss_of, strength_of

if TYPE_CHECKING:
    from regviz.lessons.base import Array

__all__ = ["Corner", "Parameters", "claims", "exhibit", "picture", "story"]

TOPIC = "geometry"
NEEDS = ("penalty-shapes",)
ORDER = 70


@dataclass(frozen=True)
class Parameters(PlaneKnobs):
    """Knobs of the corner lesson; the loss is given by numbers or by data, not by both."""

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


@dataclass(frozen=True, kw_only=True)
class Corner(PlaneExhibit):
    """What the corner lesson shows.

    Attributes
    ----------
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
    crossed
        Where the regions hold an optimum while the unregularized one crosses, if a corner does.
    """

    start: Array
    driver: str
    shares: Array
    at: int
    sides: dict[str, Region]
    paths: dict[str, Array]
    turned: dict[str, TurnedPull]
    crossed: Crossed | None

    @property
    def way(self) -> range:
        """Steps of the sweep as the regions shrink."""
        n_steps = len(self.shares)
        return range(n_steps) if self.driver == "lam" else range(n_steps)[::-1]


def exhibit(parameters: Parameters) -> Corner:
    """Compute the corner exhibit.

    Raises
    ------
    BadInput
        If parameters contradict each other or the data cannot be used.
    """
    if parameters.lam is not None and parameters.budget is not None:
        raise BadInput("lam and budget are both given; one decides the other, give one.")
    given = loss_of(parameters)
    loss = given.quadratic
    asked, by_validation = strength_of(parameters.lam, given.design, "l1")
    lam = _default_lam(loss) if asked is None else asked
    driver, own, shares = swept_by(loss, lam, parameters.budget)
    at = int(np.flatnonzero(shares == 1.0)[0])
    net = {"net": rm.ElasticNet(1.0, parameters.ratio)} if parameters.ratio > 0.0 else {}
    shapes: dict[str, NormPenalty] = {**PENALTIES, **net}
    sides = {
        name: region(loss, given.given, shape, driver, shares * own, at)
        for name, shape in shapes.items()
    }
    l1, l2 = sides["l1"], sides["l2"]
    start = _start(loss, parameters, min(l1.budget, l2.budget))
    eta = parameters.step_size / float(loss.smoothness)
    paths = {"free": followed(rm.gradient_descent(loss, start, eta), loss.center)}
    for name, side in sides.items():
        paths[name] = followed(descent(parameters.method, loss, side, start, eta), side.weights)
    # Not at all where no corner holds L1.
    angles = turns(l1.cone, l1.pull) if l1.case == "corner" else UNTURNED
    free, optima = (
        {"unregularized": loss.center},
        {n: side.weights for n, side in sides.items()},
    )
    used = {driver: own, "start": start.tolist(), "hessian": loss.hessian.tolist()}
    return Corner(
        lesson="corner",
        **given.fields(parameters, {**free, **optima}, **used),
        **held(sides),
        points={**free, "start": start, **{f"optimum-{n}": w for n, w in optima.items()}},
        by_validation=by_validation,
        start=start,
        driver=driver,
        shares=shares,
        at=at,
        sides=sides,
        paths=paths,
        turned={name: turned_pull(sides[name], angles) for name in PENALTIES},
        crossed=crossed(loss, sides),
    )


def _default_lam(loss: rm.Quadratic) -> float:
    low, high = map(float, rm.corner_lambdas(loss))
    if high - low <= 1e-6 * high:  # both weights leave 0 together, but for rounding
        return snap(0.5 * high)
    # Close to where the corner begins, so that the region is still large enough to look at,
    # yet far enough for minus the gradient to lie well inside the cone.
    wanted = low + 0.25 * (high - low)
    rounded = (round(wanted, digits) for digits in range(1, 10))
    return next((lam for lam in rounded if low < lam < (low + high) / 2), snap(wanted))


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
