"""What each update does: L1 subtracts a constant and reaches 0, L2 only shrinks the weight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.numbers import snap
from regviz.lessons.parameters import Count, Knobs, Number, Point, Strength, knob

if TYPE_CHECKING:
    from regviz.lessons.base import Array

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

#: steps before and after the landing that the look at 0 shows
CLOSE_STEPS = (4, 18)
#: parts of the number line from which a pull can be seen: all of L1's, the last of L2's
SEEN, LEAST_PULL = 0.04, 0.012


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
        What the loss and the penalty add to the weight in each step, shape `(n_steps,)`: the
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
    sign
        `w - eta * dL - eta * lam * sign(w)`.
    proximal
        `w - eta * dL`, then pulled by `eta * lam` towards 0 and stopped there.
    l2
        `w - eta * dL - 2 * eta * lam * w`.
    band
        Interval in which the iterates of the sign step end, `(low, high)`:
        `-eta * (lam - g)` to `eta * (lam + g)` with `g = L'(0)` in size, the longer end on the
        side of the center; None where L1 does not hold the weight at 0.
    landing
        Step from which the proximal iterate is exactly 0; None where it never is.
    crosses
        Whether the sign step's iterate is beyond 0 at the landing, as it is but by chance.
    jumps
        Whether the sign step is ever off 0 from the landing on, as it is but by chance.
    turn
        Step of the walk by which the loss pulls back, away from 0, every weight that comes
        past its lowest point; None where none does.
    balance
        Size of both pulls of a step where L2 settles: there they are equal.
    slope
        `g = abs(L'(0))`: L1 holds the weight at 0 where `lam` is greater.
    case
        What L1 does in the steps that are shown: `lands` on 0, is `late` (it would land in
        more steps), stops `short` of 0 because `lam` is at most the slope, or is `free`
        because there is no penalty.
    l2_case
        What L2 does: it only `decays` towards its limit, or `fades` towards 0 without reaching
        it, or `tends` to its limit in another way, or is `free` because there is no penalty.
    zeros
        Which weights of the plane are exactly 0 after the last step, by penalty (`l1` is the
        proximal step): `none`, `first`, `second` or `both`.
    probes
        Steps whose pulls are shown on the number line, by penalty: spread so that arrows do
        not cover each other, and for L1 before the weight is at 0.
    stretch
        How many times as long as they are the pulls are drawn; 1 where they can be seen.
    walked
        Step at which a walk along the number line ends: just before L1 is at 0, if it gets
        there.
    line
        `(left, right)` of the number line: every weight, 0 and the tips of all arrows, of
        every step that is walked.
    close
        `(first_step, last_step, low, high)` of the look at 0 that shows the band and the
        landing; None where there is none.
    plane_level
        Contour of the two-weight loss at unit scale around 0, `(n_points, 2)`.
    plane_radii
        Scales of the contours to draw around `plane_center`.
    plane_center
        Unregularized optimum of the two-weight loss, shape `(2,)`.
    plane_optima
        Regularized optima in the plane, by penalty, shape `(2,)`.
    plane_limits
        `(left, right, bottom, top)` of the plane, square.
    """

    sign: Track
    proximal: Track
    l2: Track
    band: tuple[float, float] | None
    landing: int | None
    crosses: bool
    jumps: bool
    turn: int | None
    balance: float
    slope: float
    case: str
    l2_case: str
    zeros: dict[str, str]
    probes: dict[str, tuple[int, ...]]
    stretch: float
    walked: int
    line: tuple[float, float]
    close: tuple[int, int, float, float] | None
    plane_level: Array
    plane_radii: Array
    plane_center: Array
    plane_optima: dict[str, Array]
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
    l1, l2 = rm.L1(lam), rm.L2(lam)
    tracks = {
        "sign": _track(line, plane, l1, parameters, proximal=False),
        "proximal": _track(line, plane, l1, parameters, proximal=True),
        "l2": _track(line, plane, l2, parameters, proximal=False),
    }
    optima = {"l1": rm.penalized_optimum(plane, l1), "l2": rm.penalized_optimum(plane, l2)}
    band = _band(parameters, lam)
    landing = _landing(tracks["proximal"]) if band is not None else None
    limits = _limits([track.plane for track in tracks.values()], parameters)
    stretch = _stretch(tracks, lam * eta)
    probes = {
        "l1": _probes(
            tracks["sign"], parameters.n_steps if landing is None else max(1, landing), stretch
        ),
        "l2": _probes(tracks["l2"], parameters.n_steps, stretch),
    }
    walked = _walked(probes, landing)
    resolved = {knob.name: getattr(parameters, knob.name) for knob in parameters.knobs()}
    return UpdateSteps(
        lesson="update-steps",
        parameters=resolved | {"lam": lam},
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
                for name, penalty in (("l1", l1), ("l2", l2))
            )
        },
        sign=tracks["sign"],
        proximal=tracks["proximal"],
        l2=tracks["l2"],
        band=band,
        landing=landing,
        crosses=landing is not None and _crosses(tracks["sign"], landing),
        jumps=landing is not None and bool(tracks["sign"].weights[landing:].any()),
        turn=_turn(tracks, walked, parameters.center),
        balance=2.0 * eta * lam * abs(tracks["l2"].limit),
        slope=_slope(parameters),
        case=_case(lam, band, landing),
        l2_case=_l2_case(lam, tracks["l2"]),
        zeros={"l1": _zeros(tracks["proximal"]), "l2": _zeros(tracks["l2"])},
        probes=probes,
        stretch=stretch,
        walked=walked,
        line=_line(tracks, probes, walked, stretch),
        close=_close(band, landing, parameters.n_steps),
        plane_level=rm.level_set(
            rm.Quadratic(plane.hessian, np.zeros(2)),
            np.array([1.0 / np.sqrt(parameters.curvature), 0.0]),
            361,
        ),
        plane_radii=np.sqrt(parameters.curvature) * np.ptp(limits) / 8.0 * np.arange(1, 9),
        plane_center=plane.center,
        plane_optima=optima,
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

    weights = rm.record(descend(line, [parameters.start]), n_steps)[:, 0]
    loss_pull = -eta * line.gradient(weights[:-1, None])[:, 0]
    return Track(
        weights=weights,
        loss_pull=loss_pull,
        penalty_pull=np.diff(weights) - loss_pull,
        plane=rm.record(descend(plane, list(parameters.plane_start)), n_steps),
        limit=float(rm.penalized_optimum(line, penalty)[0]),
    )


def _slope(parameters: Parameters) -> float:
    return parameters.curvature * abs(parameters.center)


def _band(parameters: Parameters, lam: float) -> tuple[float, float] | None:
    slope = _slope(parameters)
    if lam <= slope:
        return None
    short, long = parameters.step_size * (lam - slope), parameters.step_size * (lam + slope)
    return (-short, long) if parameters.center >= 0.0 else (-long, short)


def _landing(track: Track) -> int | None:
    landed = np.flatnonzero(track.weights == 0.0)
    return int(landed[0]) if len(landed) else None


def _crosses(sign: Track, landing: int) -> bool:
    return bool(sign.weights[landing] * sign.weights[0] < 0.0)


def _turn(tracks: dict[str, Track], walked: int, center: float) -> int | None:
    side, far = np.sign(center), abs(center)
    turned = []
    for name in ("sign", "l2"):
        # Between 0 and the center the loss pulls away from 0.
        weights = side * tracks[name].weights[: walked + 1]
        back = np.flatnonzero((weights > 0.0) & (weights < far))
        if weights[0] > far and len(back):
            turned.append(int(back[0]))
    return max(turned, default=None)


def _case(lam: float, band: tuple[float, float] | None, landing: int | None) -> str:
    if lam == 0.0:
        return "free"
    if band is None:
        return "short"
    return "late" if landing is None else "lands"


def _l2_case(lam: float, track: Track) -> str:
    if lam == 0.0:
        return "free"
    if track.limit == 0.0:
        return "fades"
    start = float(track.weights[0])
    return "decays" if start * track.limit > 0.0 and abs(start) > abs(track.limit) else "tends"


def _zeros(track: Track) -> str:
    first, second = (track.plane[-1] == 0.0).tolist()
    return {(0, 0): "none", (1, 0): "first", (0, 1): "second", (1, 1): "both"}[first, second]


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


def _stretch(tracks: dict[str, Track], constant: float) -> float:
    """Return the least round factor that lets the constant pull be seen, within reason."""
    span = float(np.ptp(np.concatenate([[0.0], *(track.weights for track in tracks.values())])))
    longest = max(
        float(np.abs(pull).max())
        for track in tracks.values()
        for pull in (track.loss_pull, track.penalty_pull)
    )
    stretch = 1.0
    for factor in (2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0):
        if constant == 0.0 or stretch * constant >= SEEN * span:
            break
        if factor * longest <= 0.5 * span:
            stretch = factor
    return stretch


def _probes(track: Track, until: int, stretch: float) -> tuple[int, ...]:
    """Return steps whose arrows, drawn from their weights, do not cover each other."""
    span = float(np.ptp(np.concatenate([[0.0], track.weights])))
    kept: list[int] = []
    longer = stretch * np.maximum(np.abs(track.loss_pull), np.abs(track.penalty_pull))
    for step in range(min(until, len(longer))):
        far = not kept or (
            abs(track.weights[step] - track.weights[kept[-1]]) >= 0.75 * longer[kept[-1]]
        )
        if far and (not kept or longer[step] > LEAST_PULL * span):
            kept.append(step)
    return tuple(kept)


def _walked(probes: dict[str, tuple[int, ...]], landing: int | None) -> int:
    return max(1, landing - 1 if landing else max(steps[-1] for steps in probes.values()))


def _line(
    tracks: dict[str, Track], probes: dict[str, tuple[int, ...]], walked: int, stretch: float
) -> tuple[float, float]:
    shown = [np.zeros(1), *(track.weights for track in tracks.values())]
    for name, track in (("l1", tracks["sign"]), ("l2", tracks["l2"])):
        steps = [*range(min(walked + 1, len(track.loss_pull))), *probes[name]]
        for pull in (track.loss_pull, track.penalty_pull):
            shown.append(track.weights[steps] + stretch * pull[steps])
    everything = np.concatenate(shown)
    return float(everything.min()), float(everything.max())


def _limits(paths: list[Array], parameters: Parameters) -> tuple[float, float, float, float]:
    points = np.vstack([*paths, [parameters.plane_center], np.zeros((1, 2))])
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2.0, 0.66 * max(float((high - low).max()), 0.5)
    left, bottom = (middle - half).tolist()
    right, top = (middle + half).tolist()
    return left, right, bottom, top
