"""The ways of the L1 and the L2 optimum in the plane of two weights, as lambda grows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.knob_groups import PlaneKnobs
from regviz.lessons.numbers import snap, three
from regviz.lessons.own_units import own_units
from regviz.lessons.parameters import Strength, knob
from regviz.lessons.path_in_plane_claims import claims
from regviz.lessons.path_in_plane_picture import picture
from regviz.lessons.path_in_plane_story import story
from regviz.lessons.regions import NormPenalty, Region, region
from regviz.lessons.two_weights import loss_of, strength_of

if TYPE_CHECKING:
    from regviz.lessons.base import Array

__all__ = ["Parameters", "PathInPlane", "claims", "exhibit", "picture", "story"]

TOPIC = "geometry"
NEEDS = ("corner",)
ORDER = 78

#: strengths along which lambda moves, and how far beyond the one from which L1 keeps nothing
STEPS, BEYOND = 120, 1.25
#: how far between one weight at 0 and both, unless a strength is asked for
EARLY = 0.25
#: vertices of the L2 way
POINTS = 161
PENALTIES: dict[str, NormPenalty] = {"l1": rm.L1(1.0), "l2": rm.L2(1.0)}


@dataclass(frozen=True)
class Parameters(PlaneKnobs):
    """Knobs of the ways; the loss is given by numbers or by data, not by both."""

    lam: float | str | None = knob(
        None,
        Strength(0.0, 100.0, from_data=True),
        "penalty strength of the still picture; by default one at which L1 has one weight",
    )


@dataclass(frozen=True, kw_only=True)
class PathInPlane(Exhibit):
    """The optima of both penalties at every strength.

    Attributes
    ----------
    loss
        The loss as a quadratic; its center is the unregularized optimum.
    sides
        By penalty, `l1` and `l2`: the optima along the same strengths.
    knots
        Strengths among which are all where L1's way bends, ascending, shape `(10,)`.
    alone
        The strengths from which one L1 weight is exactly 0, and from which both are.
    ways
        By penalty, the whole way from the unregularized optimum to 0, shape `(n, 2)`; L1's has
        its knots.
    features
        Names of the two weights' features, or None for a loss given by numbers.
    """

    loss: rm.Quadratic
    sides: dict[str, Region]
    knots: Array
    alone: tuple[float, float]
    ways: dict[str, Array]
    features: tuple[str, str] | None

    @property
    def end(self) -> float:
        """The strength as far as the weights are drawn against it, beyond `alone`."""
        return three(BEYOND * self.alone[1])

    @property
    def lams(self) -> Array:
        """Strengths along which lambda moves, ascending, 0 first."""
        return self.sides["l1"].lams

    @property
    def at(self) -> int:
        """Index of the still picture's."""
        return self.sides["l1"].at


def exhibit(parameters: Parameters) -> PathInPlane:
    """Compute the ways.

    Raises
    ------
    BadInput
        If parameters contradict each other or the data cannot be used.
    """
    given, design = loss_of(parameters)
    loss = given.quadratic() if isinstance(given, rm.LeastSquares) else given
    low, high = map(float, rm.corner_lambdas(loss))
    asked, by_validation = strength_of(parameters.lam, design, "l1")
    own = snap(low + EARLY * (high - low) if asked is None else asked)
    lams = np.unique([*map(three, np.linspace(0.0, BEYOND * high, STEPS + 1).tolist()), own])
    at = int(np.searchsorted(lams, own))
    sides = {
        name: region(loss, given, penalty, "lam", lams, at)
        for name, penalty in PENALTIES.items()
    }
    knots = rm.planar_knots(loss)
    data = {} if design is None else {"rho": float(loss.hessian[0, 1]), "curvature": (1.0, 1.0)}
    weights = {name: side.weights for name, side in sides.items()}
    return PathInPlane(
        lesson="path-in-plane",
        parameters=parameters.resolved(
            **data,
            lam=own,
            features=(design.features[0], design.features[1]) if design else None,
            center=loss.center.tolist(),
        ),
        points={
            "unregularized": loss.center,
            **{f"optimum-{n}": w for n, w in weights.items()},
        },
        lam=dict.fromkeys(PENALTIES, own),
        budget={name: side.budget for name, side in sides.items()},
        certificate={"kkt_residual": max(side.kkt_residual for side in sides.values())},
        own_units=own_units(design, {"unregularized": loss.center, **weights}),
        by_validation=by_validation,
        loss=loss,
        sides=sides,
        knots=knots,
        alone=(low, high),
        ways={
            "l1": rm.penalized_optima(loss, rm.L1(1.0), [0.0, *knots]),
            "l2": _curve(loss),
        },
        features=(design.features[0], design.features[1]) if design else None,
        reading=design.reading if design else None,
    )


def _curve(loss: rm.Quadratic) -> Array:
    """Return the L2 way, evenly between no penalty and one without end, which ends at 0."""
    share = np.arange(POINTS - 1) / (POINTS - 1.0)
    scale = float(np.trace(loss.hessian)) / 4.0
    found = rm.penalized_optima(loss, rm.L2(1.0), scale * share / (1.0 - share))
    return np.vstack([found, np.zeros(2)])
