"""The two penalties and how hard each pulls a weight towards 0."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.numbers import snap
from regviz.lessons.parameters import Knobs, Number, Strength, knob

if TYPE_CHECKING:
    from regviz.lessons.base import Array

TITLE = {
    "en": "Two penalties, two pulls",
    "ko": "두 가지 벌점, 두 가지 힘",
}
SUMMARY = {
    "en": "L1 pulls every weight equally hard; the pull of L2 fades with the weight",
    "ko": "L1은 모든 가중치를 같은 세기로 당기고, L2가 당기는 힘은 가중치와 함께 약해집니다",
}
TAGS = ("one weight", "penalties")
ORDER = 30

#: the pictures are this much higher than L1 at the largest weight
HEADROOM = 1.3


@dataclass(frozen=True)
class Parameters(Knobs):
    """Knobs of the penalties' graphs."""

    lam: float = knob(1.0, Strength(0.05, 10.0), "penalty strength")
    reach: float = knob(2.0, Number(1.0, 5.0), "largest weight that is drawn")


@dataclass(frozen=True, kw_only=True)
class PenaltyShapes(Exhibit):
    """The penalties and their pulls over one weight.

    Attributes
    ----------
    w
        Ascending, shape `(n_points,)`; 0 is the middle one.
    values
        `lam * abs(w)` and `lam * w**2`, by penalty, shape `(n_points,)`.
    slopes
        Polylines `(n_vertices, 2)` of the subdifferentials' graphs: for L1 with the upright
        stretch from `-lam` to `lam` at 0, for L2 the line `2 * lam * w`.
    probes
        Weights at which the pulls are compared, shape `(n_probes,)`; shrinking towards 0.
    arrow
        Length, in weights, of the arrow for a pull of 1: none of them reaches across 0.
    pulls
        Size of the slope at each probe, by penalty.
    equal
        Weight at which both pull equally hard: `1/2` whatever the strength.
    held
        Where a weight comes to rest, by penalty, if it starts at 0 and a loss of constant slope
        pulls it with `lam`: at 0 under L1. A weaker pull takes it less far, in proportion.
    highest, steepest
        How high a penalty and how steep a slope the pictures show: a little more than both
        penalties have at the probes.
    """

    w: Array
    values: dict[str, Array]
    slopes: dict[str, Array]
    probes: Array
    pulls: dict[str, Array]
    equal: float
    held: dict[str, float]
    arrow: float
    highest: float
    steepest: float


def exhibit(parameters: Parameters) -> PenaltyShapes:
    """Compute the penalties, their slopes and their pulls at the probed weights."""
    lam = snap(parameters.lam)
    penalties: dict[str, rm.Penalty] = {"l1": rm.L1(lam), "l2": rm.L2(lam)}
    w = np.linspace(-parameters.reach, parameters.reach, 401)
    w[200] = 0.0
    right = w[201:]
    column = right[:, None]
    slopes = {name: p.subgradient(column)[:, 0] for name, p in penalties.items()}
    highest = HEADROOM * lam * parameters.reach
    # Both penalties are in the picture there: L2 is the higher of them from a weight of 1 on.
    outermost = min(0.75 * parameters.reach, math.sqrt(0.92 * HEADROOM * parameters.reach))
    probes = outermost * np.array([1.0, 2.0 / 3.0, 1.0 / 3.0])
    return PenaltyShapes(
        lesson="penalty-shapes",
        parameters={"lam": lam, "reach": parameters.reach},
        points={"kink": np.zeros(2), "equal-pull": np.array([0.5, lam])},
        lam={"l1": lam, "l2": lam},
        budget={},
        certificate={"slope_error": _slope_error(penalties)},
        w=w,
        values={name: p.value(w[:, None]) for name, p in penalties.items()},
        slopes={
            "l1": np.array([[w[0], -lam], [0.0, -lam], [0.0, lam], [w[-1], lam]]),
            "l2": np.column_stack(
                [[-right[-1], 0.0, right[-1]], [-slopes["l2"][-1], 0.0, slopes["l2"][-1]]]
            ),
        },
        probes=probes,
        pulls={name: p.subgradient(probes[:, None])[:, 0] for name, p in penalties.items()},
        equal=0.5,
        held={"l1": 0.0, "l2": 0.5},
        arrow=min(0.4, 0.2 * outermost) / lam,
        highest=highest,
        steepest=1.08 * 2.0 * lam * max(outermost, 0.5),
    )


def _slope_error(penalties: dict[str, rm.Penalty]) -> float:
    """Return how far the ends of L1's interval at 0 are from being subgradients."""
    lam = penalties["l1"].lam
    ends = np.array([[-lam], [lam]])
    return float(penalties["l1"].subdifferential_distance(np.zeros((2, 1)), ends).max())
