"""Methods of descent race from one start, on a smooth surface and on one with kinks.

The loss of two weights has an L2 penalty in one heat and an L1 penalty in the other. A method's
gap is how much higher it is than the lowest point; what is left of it is seen on a logarithmic
axis.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import PlaneKnobs
from regviz.lessons.numbers import snap
from regviz.lessons.optimizer_race_picture import FINISH, FLOOR, N_STEPS, picture
from regviz.lessons.optimizer_race_told import claims, story
from regviz.lessons.own_units import own_units
from regviz.lessons.parameters import Number, Point, Strength, knob
from regviz.lessons.two_weights import features_of, loss_of, strength_of

if TYPE_CHECKING:
    from regviz.lessons.base import Array

__all__ = ["Parameters", "claims", "exhibit", "picture", "story"]

TOPIC = "optimization"
NEEDS = ("update-steps", "path-in-plane")
ORDER = 260

#: a start whose gap is so small is an optimum
NO_WAY = 1e-12
PENALTIES: dict[str, rm.L1 | rm.L2] = {"l2": rm.L2(1.0), "l1": rm.L1(1.0)}


@dataclass(frozen=True)
class Parameters(PlaneKnobs):
    """Knobs of the surface and of the start; the loss is given by numbers or by data."""

    rho: float = knob(0.8, Number(-0.9, 0.9), "correlation of the two features")
    center: tuple[float, float] = knob(
        (1.4, -0.1), Point(-5.0, 5.0), "unregularized optimum of the loss"
    )
    lam: float | str = knob(
        0.1, Strength(0.01, 2.0, from_data=True), "strength of the penalty, L2 or L1"
    )
    start: tuple[float, float] = knob((1.0, 1.4), Point(-5.0, 5.0), "where all methods start")
    beta: float = knob(
        0.35, Number(0.0, 0.95), "share of its last move that momentum carries on"
    )


@dataclass(frozen=True, kw_only=True)
class OptimizerRace(Exhibit):
    """The ways of the methods, and what is left of their gaps after each step.

    Attributes
    ----------
    loss
        Of the two weights, without a penalty.
    optima
        The lowest point by penalty, `l2` and `l1`.
    ways
        By penalty and method, such as `l1-fista`, shape `(N_STEPS + 1, 2)`.
    gaps, bounds
        How much of the gap at the start is left, and what a known rate promises that it is at
        most, NaN where it promises nothing; by the same names, `(N_STEPS + 1,)`.
    contours
        By penalty, of the loss with it, one of them through the start, `(n, n_points, 2)`.
    features
        Names of the two weights' features, or None for a loss given by numbers.
    """

    loss: rm.Quadratic
    optima: Mapping[str, Array]
    ways: Mapping[str, Array]
    gaps: Mapping[str, Array]
    bounds: Mapping[str, Array]
    contours: Mapping[str, Array]
    features: tuple[str, str] | None

    def arrival(self, name: str) -> int | None:
        """Return the first step that brings a method to the finish, if any."""
        there = np.flatnonzero(self.gaps[name] <= FINISH)
        return int(there[0]) if len(there) else None

    def rises(self, name: str) -> list[int]:
        """Return the steps after which a method is higher than before them."""
        gap = self.gaps[name]
        higher = (gap[1:] > gap[:-1]) & (gap[1:] > FLOOR)
        return [int(step) + 1 for step in np.flatnonzero(higher)]


def exhibit(parameters: Parameters) -> OptimizerRace:
    """Let all methods run.

    Raises
    ------
    BadInput
        If the loss is given twice, the data cannot be used, or the start is an optimum.
    """
    given, design = loss_of(parameters)
    loss = given.quadratic() if isinstance(given, rm.LeastSquares) else given
    asked, by_validation = strength_of(parameters.lam, design, "l1")
    assert asked is not None
    lam, start = snap(asked), np.array(parameters.start)
    penalties = {name: shape.with_lambda(lam) for name, shape in PENALTIES.items()}
    optima = {name: rm.penalized_optimum(loss, each) for name, each in penalties.items()}
    ridge = rm.Quadratic(loss.hessian + 2.0 * lam * np.eye(2), optima["l2"])
    ways = {
        name: rm.record(states, N_STEPS)
        for name, states in _methods(loss, ridge, lam, start, parameters.beta)
    }

    def gap(heat: str, weights: Array) -> Array:
        return rm.objective_gap(loss, penalties[heat], optima[heat], weights)

    first = {heat: float(gap(heat, start)) for heat in PENALTIES}
    heights = {name: gap(name[:2], way) for name, way in ways.items()}
    if min(first.values()) <= NO_WAY:
        raise BadInput(
            f"start = {parameters.start[0]:g},{parameters.start[1]:g} is an optimum already; "
            "give another."
        )
    rings = (np.arange(1, 9) / 5.0) ** 2
    data = {} if design is None else {"rho": float(loss.hessian[0, 1]), "curvature": (1.0, 1.0)}
    return OptimizerRace(
        lesson="optimizer-race",
        parameters=parameters.resolved(
            **data, lam=lam, features=features_of(design), center=loss.center.tolist()
        ),
        points={"start": start} | {f"optimum-{name}": at for name, at in optima.items()},
        lam=dict.fromkeys(PENALTIES, lam),
        certificate={
            "kkt_residual": max(
                float(rm.kkt_residual(loss, each, optima[name]))
                for name, each in penalties.items()
            )
        },
        own_units=own_units(design, dict(optima)),
        by_validation=by_validation,
        loss=loss,
        optima=optima,
        ways=ways,
        gaps={name: each / each[0] for name, each in heights.items()},
        bounds=_bounds(loss, ridge, start - optima["l1"], first["l1"]),
        contours={
            "l2": rm.level_sets(ridge, first["l2"] * rings, 125),
            "l1": rm.l1_level_sets(loss, lam, first["l1"] * rings, 121)[0],
        },
        features=features_of(design),
        reading=design.reading if design else None,
    )


def _methods(
    loss: rm.Quadratic, ridge: rm.Quadratic, lam: float, start: Array, beta: float
) -> Iterator[tuple[str, Iterator[rm.State]]]:
    """Yield each method by its name; step sizes are one over the largest curvature."""
    smooth, kinked = 1.0 / float(ridge.smoothness), 1.0 / float(loss.smoothness)
    l2, l1 = rm.L2(lam), rm.L1(lam)
    yield "l2-gradient", rm.gradient_descent(ridge, start, smooth)
    yield "l2-momentum", rm.momentum(ridge, start, smooth, beta)
    yield "l2-coordinate", rm.coordinate_descent(loss, l2, start)
    yield "l1-subgradient", rm.subgradient_descent(loss, l1, start, kinked)
    yield "l1-ista", rm.ista(loss, l1, start, kinked)
    yield "l1-fista", rm.fista(loss, l1, start, kinked)
    yield "l1-coordinate", rm.coordinate_descent(loss, l1, start)


def _bounds(
    loss: rm.Quadratic, ridge: rm.Quadratic, off: Array, first: float
) -> dict[str, Array]:
    """Return what the known rates promise, as shares of the gap at the start."""
    k, scale = np.arange(N_STEPS + 1.0), float(loss.smoothness) * float(off @ off) / first
    later = np.where(k > 0.0, k, np.nan)
    flattest = float(np.linalg.eigvalsh(ridge.hessian)[0]) / float(ridge.smoothness)
    return {
        "l2-gradient": (1.0 - flattest) ** (2.0 * k),
        "l1-ista": scale / (2.0 * later),
        "l1-fista": 2.0 * scale / (later + 1.0) ** 2,
    }
