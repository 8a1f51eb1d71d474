"""What each update does: L1 subtracts a constant and reaches 0, L2 only shrinks the weight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.lines import over, squared, with_air
from regviz.lessons.numbers import snap
from regviz.lessons.parameters import Count, Knobs, Number, Point, Strength, knob
from regviz.lessons.update_steps_told import claims, picture, story

if TYPE_CHECKING:
    from regviz.lessons.base import Array

__all__ = ["Parameters", "claims", "exhibit", "picture", "story"]

TITLE = {
    "en": "Step by step",
    "ko": "한 걸음씩",
}
SUMMARY = {
    "en": "The L1 step pulls a weight all the way to 0; the L2 step only makes it decay",
    "ko": "L1 갱신은 가중치를 0까지 끌고 가고, L2 갱신은 줄어들게만 합니다",
}
TAGS = ("one weight", "descent", "sparsity")
ORDER = 60

#: the update rules, and the penalty of each
RULES = {"sign": "l1", "proximal": "l1", "l2": "l2"}
#: steps before and after the landing that the look at 0 shows
CLOSE_STEPS = (4, 18)
#: air on either side of all weights, in parts of what they span
AIR, AROUND = 0.1, 0.16


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
    loss_pull, penalty_pull
        What the loss and the penalty add to each weight in the step from it, same shape: the
        next weight is the weight plus both. For the proximal step the second is what its
        shrinking takes off.
    plane
        The same rule on two weights, shape `(n_steps + 1, 2)`.
    limit
        The minimizer of the regularized loss.
    """

    weights: Array
    loss_pull: Array
    penalty_pull: Array
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
    band
        Interval in which the iterates of the sign step end, `(low, high)`:
        `-eta * (lam - g)` to `eta * (lam + g)` with `g = L'(0)` in size, the longer end on the
        side of the center; None where L1 does not hold the weight at 0.
    landing
        Step from which the proximal iterate is exactly 0; None where it never is.
    slope
        `g = abs(L'(0))`: L1 holds the weight at 0 where `lam` is greater.
    walked
        Step at which a walk along the number line ends: just before L1 is at 0, if it gets
        there.
    reach
        `(low, high)` of all weights, 0 and the center, with some air.
    close
        `(first_step, last_step, low, high)` of the look at 0 that shows the band and the
        landing; None where there is none.
    contours
        Contours of the two-weight loss at even distances to the right of its optimum,
        `(n_contours, n_points, 2)`.
    plane_limits
        `(left, right, bottom, top)` of the plane, square.
    """

    tracks: Mapping[str, Track]
    band: tuple[float, float] | None
    landing: int | None
    slope: float
    walked: int
    reach: tuple[float, float]
    close: tuple[int, int, float, float] | None
    contours: Array
    plane_limits: tuple[float, float, float, float]


def exhibit(parameters: Parameters) -> UpdateSteps:
    """Compute the update rules' iterates on one weight and on two.

    Raises
    ------
    BadInput
        If a step is too long for its penalty and would diverge, or nothing would move.
    """
    lam, eta = snap(parameters.lam), parameters.step_size
    if parameters.start == 0.0 and parameters.center == 0.0:
        raise BadInput("start = 0 and center = 0 leave nothing to move; give another start.")
    if eta * (parameters.curvature + 2.0 * lam) >= 1.0:
        longest = 1.0 / (parameters.curvature + 2.0 * lam)
        raise BadInput(
            f"step_size = {eta} overshoots under the L2 penalty; give less than {longest:.3g}."
        )
    line = rm.Quadratic.one_dimensional(parameters.curvature, parameters.center)
    mixed = parameters.rho
    plane = rm.Quadratic(
        parameters.curvature * np.array([[1.0, mixed], [mixed, 1.0]]),
        np.array(parameters.plane_center),
    )
    penalties: dict[str, rm.L1 | rm.L2] = {"l1": rm.L1(lam), "l2": rm.L2(lam)}
    tracks = {
        rule: _track(line, plane, penalties[name], parameters, proximal=rule == "proximal")
        for rule, name in RULES.items()
    }
    optima = {name: rm.penalized_optimum(plane, each) for name, each in penalties.items()}
    slope = parameters.curvature * abs(parameters.center)
    band, landed = (
        _band(parameters, lam, slope),
        np.flatnonzero(tracks["proximal"].weights == 0.0),
    )
    landing = int(landed[0]) if band is not None and len(landed) else None
    limits = _limits([track.plane for track in tracks.values()], parameters)
    radii = (limits[1] - limits[0]) / 8.0 * np.arange(1, 9)
    return UpdateSteps(
        lesson="update-steps",
        parameters=parameters.resolved(lam=lam),
        points={
            "unregularized": np.array([parameters.center]),
            "optimum-l1": np.array([tracks["proximal"].limit]),
            "optimum-l2": np.array([tracks["l2"].limit]),
        },
        lam={"l1": lam, "l2": lam},
        budget={},
        certificate={
            "kkt_residual": max(
                float(rm.kkt_residual(plane, penalty, optima[name]))
                for name, penalty in penalties.items()
            )
        },
        tracks=tracks,
        band=band,
        landing=landing,
        slope=slope,
        walked=max(1, landing - 1) if landing else parameters.n_steps,
        reach=_reach([*(track.weights for track in tracks.values()), parameters.center]),
        close=_close(band, landing, parameters.n_steps),
        contours=rm.level_set(plane, plane.center + over(radii, 0.0), 181),
        plane_limits=limits,
    )


def _track(
    line: rm.Quadratic,
    plane: rm.Quadratic,
    penalty: rm.L1 | rm.L2,
    parameters: Parameters,
    *,
    proximal: bool,
) -> Track:
    eta, n_steps = parameters.step_size, parameters.n_steps

    def descend(loss: rm.Quadratic, start: list[float]) -> Iterator[rm.State]:
        if proximal:
            return rm.ista(loss, penalty, start, eta)
        return rm.subgradient_descent(loss, penalty, start, eta)

    # One step more than is shown: the last weight is pulled, too.
    walk = rm.record(descend(line, [parameters.start]), n_steps + 1)[:, 0]
    loss_pull = -eta * line.gradient(walk[:-1, None])[:, 0]
    return Track(
        weights=walk[:-1],
        loss_pull=loss_pull,
        penalty_pull=np.diff(walk) - loss_pull,
        plane=rm.record(descend(plane, list(parameters.plane_start)), n_steps),
        limit=float(rm.penalized_optimum(line, penalty)[0]),
    )


def _band(parameters: Parameters, lam: float, slope: float) -> tuple[float, float] | None:
    if lam <= slope:
        return None
    short, long = parameters.step_size * (lam - slope), parameters.step_size * (lam + slope)
    return (-short, long) if parameters.center >= 0.0 else (-long, short)


def _close(
    band: tuple[float, float] | None, landing: int | None, n_steps: int
) -> tuple[int, int, float, float] | None:
    """Return the window around the landing: a few steps before it, enough chatter after it."""
    if band is None or landing is None:
        return None
    low, high = band
    air = 0.45 * (high - low)
    first = max(0, landing - CLOSE_STEPS[0])
    return first, min(n_steps, landing + CLOSE_STEPS[1]), low - air, high + air


def _reach(shown: list[Array | float]) -> tuple[float, float]:
    everything = np.concatenate([np.atleast_1d(one) for one in (0.0, *shown)])
    return with_air(everything, AIR)


def _limits(paths: list[Array], parameters: Parameters) -> tuple[float, float, float, float]:
    points = np.vstack([*paths, [parameters.plane_center], np.zeros((1, 2))])
    return squared(points, AROUND, 0.5)
