"""What each update does: L1 subtracts a constant and reaches 0, L2 only shrinks the weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.numbers import snap
from regviz.lessons.parameters import Count, Knobs, Number, Point, Strength, knob
from regviz.lessons.update_steps_picture import picture
from regviz.lessons.update_steps_told import claims, story

if TYPE_CHECKING:
    from regviz.lessons.base import Array

__all__ = ["Parameters", "claims", "exhibit", "picture", "story"]

TOPIC = "one-weight"
NEEDS = ("l1-loss", "l2-loss")
ORDER = 60

#: the update rules, and the penalty of each
RULES = {"sign": "l1", "proximal": "l1", "l2": "l2"}


@dataclass(frozen=True)
class Parameters(Knobs):
    """Knobs of the updates of `curvature / 2 * (w - center)**2` plus a penalty."""

    lam: float = knob(0.6, Strength(0.0, 10.0), "penalty strength")
    step_size: float = knob(0.2, Number(0.001, 0.5), "step size eta of every update")
    start: float = knob(1.5, Number(-5.0, 5.0), "weight before the first step")
    curvature: float = knob(0.5, Number(0.05, 2.0), "second derivative of the loss")
    center: float = knob(0.5, Number(-3.0, 3.0), "weight that minimizes the loss alone")
    n_steps: int = knob(40, Count(5, 400), "number of steps that are shown")
    rho: float = knob(0.5, Number(-0.9, 0.9), "correlation of the two weights of the plane")
    plane_start: tuple[float, float] = knob(
        (1.5, 0.1), Point(-5.0, 5.0), "start in the plane of two weights"
    )
    plane_center: tuple[float, float] = knob(
        (0.2, 2.0), Point(-3.0, 3.0), "unregularized optimum in the plane of two weights"
    )


@dataclass(frozen=True, kw_only=True)
class Track:
    """One update rule, followed from the start.

    Attributes
    ----------
    weights
        Iterates, shape `(n_steps + 1,)`.
    pulls
        What the loss and the penalty add to each weight in the step from it, shape
        `(n_steps + 1, 2)`: the next weight is the weight plus both. For the proximal step the
        second is what its shrinking takes off.
    plane
        The same rule on two weights, shape `(n_steps + 1, 2)`.
    limit
        The minimizer of the regularized loss.
    """

    weights: Array
    pulls: Array
    plane: Array
    limit: float


@dataclass(frozen=True, kw_only=True)
class UpdateSteps(Exhibit):
    """The update rules side by side.

    Attributes
    ----------
    tracks
        By rule: `sign` is `w - eta * dL - eta * lam * sign(w)`; `proximal` is `w - eta * dL`,
        then pulled by `eta * lam` towards 0 and stopped there; `l2` is
        `w - eta * dL - 2 * eta * lam * w`.
    loss
        The loss of two weights.
    slope
        `g = abs(L'(0))`: L1 holds the weight at 0 where `lam` is greater.
    band
        Interval in which the iterates of the sign step end, `(low, high)`:
        `-eta * (lam - g)` to `eta * (lam + g)`, the longer end on the side of the center; None
        where L1 does not hold the weight at 0.
    landing
        Step from which the proximal iterate is exactly 0; None where it never is.
    """

    tracks: Mapping[str, Track]
    loss: rm.Quadratic
    slope: float
    band: tuple[float, float] | None
    landing: int | None

    @property
    def last(self) -> int:
        """The last step that is shown."""
        return len(self.tracks["l2"].weights) - 1

    @property
    def threshold(self) -> float:
        """What a step of L1 takes off: the strength times the step size."""
        return snap(self.lam["l1"] * self.number("step_size"))


def exhibit(parameters: Parameters) -> UpdateSteps:
    """Compute the update rules' iterates on one weight and on two.

    Raises
    ------
    BadInput
        If a step is too long for its penalty and would diverge, or nothing would move.
    """
    lam, eta, curvature = snap(parameters.lam), parameters.step_size, parameters.curvature
    if parameters.start == 0.0 and parameters.center == 0.0:
        raise BadInput("start = 0 and center = 0 leave nothing to move; give another start.")
    if eta * (curvature + 2.0 * lam) >= 1.0:
        longest = 1.0 / (curvature + 2.0 * lam)
        raise BadInput(
            f"step_size = {eta} overshoots under the L2 penalty; give less than {longest:.3g}."
        )
    line = rm.Quadratic.one_dimensional(curvature, parameters.center)
    hessian = curvature * np.array([[1.0, parameters.rho], [parameters.rho, 1.0]])
    plane = rm.Quadratic(hessian, np.array(parameters.plane_center))
    penalties: dict[str, rm.L1 | rm.L2] = {"l1": rm.L1(lam), "l2": rm.L2(lam)}
    tracks = {
        rule: _track(rule, penalties[name], line, plane, parameters)
        for rule, name in RULES.items()
    }
    slope = curvature * abs(parameters.center)
    landed = np.flatnonzero(tracks["proximal"].weights == 0.0)
    return UpdateSteps(
        lesson="update-steps",
        parameters=parameters.resolved(lam=lam),
        points={
            "unregularized": np.array([parameters.center]),
            "optimum-l1": np.array([tracks["proximal"].limit]),
            "optimum-l2": np.array([tracks["l2"].limit]),
        },
        lam={"l1": lam, "l2": lam},
        certificate={
            "kkt_residual": max(
                float(rm.kkt_residual(plane, each, rm.penalized_optimum(plane, each)))
                for each in penalties.values()
            )
        },
        tracks=tracks,
        loss=plane,
        slope=slope,
        band=_band(parameters, lam, slope),
        landing=int(landed[0]) if lam > slope and len(landed) else None,
    )


def _track(
    rule: str, penalty: rm.L1 | rm.L2, line: rm.Quadratic, plane: rm.Quadratic, of: Parameters
) -> Track:
    descent = rm.ista if rule == "proximal" else rm.subgradient_descent
    # One step more than is shown: the last weight is pulled, too.
    walk = rm.record(descent(line, penalty, [of.start], of.step_size), of.n_steps + 1)[:, 0]
    loss = -of.step_size * line.gradient(walk[:-1, None])[:, 0]
    ways = descent(plane, penalty, list(of.plane_start), of.step_size)
    return Track(
        weights=walk[:-1],
        pulls=np.column_stack([loss, np.diff(walk) - loss]),
        plane=rm.record(ways, of.n_steps),
        limit=float(rm.penalized_optimum(line, penalty)[0]),
    )


def _band(parameters: Parameters, lam: float, slope: float) -> tuple[float, float] | None:
    if lam <= slope:
        return None
    short, long = parameters.step_size * (lam - slope), parameters.step_size * (lam + slope)
    return (-short, long) if parameters.center >= 0.0 else (-long, short)
