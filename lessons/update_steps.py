"""What each update does: L1 subtracts a constant and reaches 0, L2 only shrinks the weight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.base import Exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.fitted import certified
from regviz.lessons.lines import band, joined, over, squared, there, up_to, with_air
from regviz.lessons.numbers import snap
from regviz.lessons.parameters import Count, Knobs, Number, Point, Strength, knob
from regviz.lessons.picture import Driver, Formula, Mark, Panel, Picture, Term
from regviz.lessons.update_steps_told import CLOSER, LINES, NEAR, ROLES, claims, say, story
from regviz.lessons.walks import left_behind, walked

if TYPE_CHECKING:
    from regviz.lessons.clip import Window

__all__ = ["Parameters", "claims", "exhibit", "picture", "story"]

TOPIC = "one-weight"
NEEDS = ("l1-loss", "l2-loss")
ORDER = 60

#: heights of the two number lines, of each pull above its line, and of what is seen of both
ROWS, PULLS, HEIGHT = {"l1": 1.3, "l2": 0.15}, (0.32, 0.64), (-0.1, 2.2)
#: the part of a number line that a step must move to leave its arrows behind
SEEN = 0.01
#: air beside all weights and around the jumps, in parts of what they span
AIR, WIDE = 0.1, 0.7
#: steps before and after the landing that the look at 0 shows
CLOSE_STEPS = 4, 18
#: far below all weights: the axis of the steps stands at the window's foot, clear of them
BELOW = -100.0
#: how far the soft threshold's map goes, in thresholds
FAR = 4.0
#: in the plane: air around the ways, in what they span, which counts as so much at least;
#: contours from the middle to beyond the edge, and points of each
AROUND, LEAST, N_CONTOURS, N_POINTS = 0.16, 0.5, 8, 181
#: what a page's controls offer
KNOBS = {
    "lam": np.arange(201) / 20.0,
    "step_size": np.concatenate([np.arange(1, 10) / 1000.0, np.arange(1, 51) / 100.0]),
    "start": np.arange(-50, 51) / 10.0,
    "center": np.arange(-60, 61) / 20.0,
    "curvature": np.arange(1, 41) / 20.0,
    "rho": np.arange(-18, 19) / 20.0,
    "plane_start": np.arange(-50, 51) / 10.0,
    "plane_center": np.arange(-60, 61) / 20.0,
}
#: what is worth seeing of one weight, beside how it is otherwise
ONE_WEIGHT = {"start": 1.5, "curvature": 0.5, "center": 0.5}
PRESETS = {
    "long": {"lam": 0.6, "step_size": 0.5},
    "weak": {"lam": 0.2, "step_size": 0.2},
    "aligned": {"lam": 0.6, "step_size": 0.2, "center": 0.0},
}
#: the terms of each update, and of the proximal step
DESCENT = Term(r"w \leftarrow w - \eta\,\partial L/\partial w", "loss", "loss-pulls-l1")
SOFT = r"w \leftarrow \operatorname{sign}(v)\,\max(|v| - \eta\lambda,\,0)"
SIGN = Term(r"-\;\eta\lambda\,\operatorname{sign}(w)", "l1", "l1-pulls")
FORMULAS = (
    Formula("descent", (DESCENT,)),
    Formula("update-l1", (DESCENT, SIGN)),
    Formula("update-l2", (DESCENT, Term(r"-\;2\eta\lambda w", "l2", "l2-pulls"))),
    Formula("proximal-v", (Term(r"v = w - \eta\,\partial L/\partial w", "loss"),), "map"),
    Formula("proximal-w", (Term(SOFT, "l1", "map"),), "map"),
)
#: where along them marks are named
SPOTS: dict[str, tuple[float, ...]] = {
    **dict.fromkeys(("goal-l1", "loss-pulls-l1", "loss-pulls-l2", "l1-pulls", "l2-pulls",
                     "plane-goal", "plane-start", "way-proximal-now", "way-l2-now"), (0.5,)),
    "sign": (0.7, 0.5, 0.9), "jumps": (0.02, 0.04, 0.7, 0.5), "l2": (1.0, 0.9, 0.75, 0.6),
    "map": (0.9, 0.8, 0.7), "map-free": (0.9, 0.8, 0.7), "way-sign": (0.8, 0.6, 0.4),
    "proximal": (0.25, 0.2, 0.3, 0.15), "band": (0.3, 0.5), "landing": (0.0, 0.5),
}  # fmt: skip


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
class UpdateSteps(Exhibit):
    """The update rules side by side.

    Attributes
    ----------
    weights
        Iterates by rule, `(n_steps + 1,)`: `sign` is `w - eta * dL - eta * lam * sign(w)`;
        `proximal` is `w - eta * dL`, then pulled by `eta * lam` towards 0 and stopped there;
        `l2` is `w - eta * dL - 2 * eta * lam * w`.
    pulls
        What the loss and the penalty add to each weight in the step from it, shape
        `(n_steps + 1, 2)`: the next weight is the weight plus both. For the proximal step the
        second is what its shrinking takes off.
    ways
        The same rules on two weights, shape `(n_steps + 1, 2)`.
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

    weights: Mapping[str, rm.Array]
    pulls: Mapping[str, rm.Array]
    ways: Mapping[str, rm.Array]
    loss: rm.Quadratic
    slope: float
    band: tuple[float, float] | None
    landing: int | None

    @property
    def last(self) -> int:
        """The last step that is shown."""
        return len(self.weights["l2"]) - 1

    @property
    def threshold(self) -> float:
        """What a step of L1 takes off: the strength times the step size."""
        return snap(self.lam["l1"] * self.number("step_size"))

    @property
    def around(self) -> tuple[int, int]:
        """A step shortly before the landing, and one after enough chatter."""
        (before, after), landing = CLOSE_STEPS, self.landing or 0
        return max(0, landing - before), min(self.last, landing + after)

    @property
    def far(self) -> float:
        """How far the soft threshold's map goes."""
        return FAR * self.threshold or 1.0

    @property
    def reach(self) -> tuple[float, float]:
        """What number lines show: all weights, 0, and the loss's lowest point."""
        weights = np.concatenate([*self.weights.values()])
        return with_air([0.0, self.number("center"), *weights], AIR)

    @property
    def window(self) -> Window:
        """What the plane shows: all ways, 0, and the loss's lowest point."""
        return squared(
            np.vstack([*self.ways.values(), self.loss.center, np.zeros(2)]), AROUND, LEAST
        )


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
    center, slope = parameters.center, curvature * abs(parameters.center)
    line = rm.Quadratic.one_dimensional(curvature, center)
    hessian = curvature * np.array([[1.0, parameters.rho], [parameters.rho, 1.0]])
    plane = rm.Quadratic(hessian, np.array(parameters.plane_center))
    l1, l2 = rm.L1(lam), rm.L2(lam)

    def followed(
        loss: rm.Quadratic, start: Sequence[float], n_steps: int
    ) -> dict[str, rm.Array]:
        rules = {
            "sign": rm.subgradient_descent(loss, l1, start, eta),
            "proximal": rm.ista(loss, l1, start, eta),
            "l2": rm.subgradient_descent(loss, l2, start, eta),
        }
        return {rule: rm.record(states, n_steps) for rule, states in rules.items()}

    # One step more than is shown: the last weight is pulled, too.
    walks = followed(line, [parameters.start], parameters.n_steps + 1)
    losses = {rule: -eta * line.gradient(walk[:-1]) for rule, walk in walks.items()}
    landed = np.flatnonzero(walks["proximal"][:-1] == 0.0)
    ends = (-eta * (lam - slope), eta * (lam + slope))
    band = ends if center >= 0.0 else (-ends[1], -ends[0])
    optima = ((plane, p, rm.penalized_optimum(plane, p)) for p in (l1, l2))
    return UpdateSteps(
        lesson="update-steps",
        parameters=parameters.resolved(lam=lam),
        points={
            "unregularized": np.array([center]),
            "optimum-l1": rm.penalized_optimum(line, l1),
            "optimum-l2": rm.penalized_optimum(line, l2),
        },
        lam={"l1": lam, "l2": lam},
        certificate=certified(*optima),
        weights={rule: walk[:-1, 0] for rule, walk in walks.items()},
        pulls={
            rule: np.hstack([loss, np.diff(walks[rule], axis=0) - loss])
            for rule, loss in losses.items()
        },
        ways=followed(plane, parameters.plane_start, parameters.n_steps),
        loss=plane,
        slope=slope,
        band=band if lam > slope else None,
        landing=int(landed[0]) if lam > slope and len(landed) else None,
    )


# ---- what there is to see


def picture(exhibit: UpdateSteps) -> Picture:
    """Describe pulls on number lines, weights by steps, the soft threshold, and the plane."""
    marks = (*_pulls(exhibit), *_steps(exhibit), *_map(exhibit), *_plane(exhibit))
    names, landing = tuple(mark.name for mark in marks), exhibit.landing or 1
    numbers = {"landing": np.array(float(exhibit.landing or 0))}
    return Picture(
        panels=_panels(exhibit),
        marks=marks,
        labels=tuple(
            say.label(of, *spots, numbers=numbers.get(of), bold="goal" in of)
            for of, spots in SPOTS.items()
            if of in names
        ),
        drivers=(
            # A page opens where L1 has just come to 0, with more to follow.
            Driver("step", np.arange(exhibit.last + 1.0), rest=min(landing, exhibit.last - 1)),
            Driver("closer", CLOSER, rest=0),
        ),
        formulas=FORMULAS,
        says=("step", "sign", "proximal", "l2", "held"),
        knobs=KNOBS,
        presets={
            name: {"step": exhibit.last, **ONE_WEIGHT, **own} for name, own in PRESETS.items()
        },
        free=tuple(name for name in names if name not in (*NEAR, "sign-now")),
    )


def _panels(exhibit: UpdateSteps) -> tuple[Panel, ...]:
    foot = say("foot", lam=exhibit.lam["l1"], eta=exhibit.number("step_size"))
    reach, tau, far, last = exhibit.reach, exhibit.threshold, exhibit.far, float(exhibit.last)
    left, right, bottom, top = exhibit.window
    whole, weights = np.array([0.0, last, *reach]), parts.rounded(*reach)
    close = whole if exhibit.band is None or exhibit.landing is None else np.array(
        [*exhibit.around, *with_air(exhibit.band, WIDE)]
    )  # fmt: skip
    bends = {tau: r"$\eta\lambda$", -tau: r"$-\eta\lambda$"} if tau else {}
    steps, across = parts.rounded(0.0, last), parts.rounded(left, right, 4)
    return (
        say.chart("pulls", (*reach, *HEIGHT), (weights, {}), foot, kind="line",
                  cross=(0.0, HEIGHT[0]), summary=say(f"title.walk.{'on' if tau else 'free'}")),
        say.chart("steps", whole + CLOSER[:, None] * (close - whole), (steps, weights), foot,
                  by=("closer",), cross=(0.0, BELOW)),
        say.chart("map", (-far, far, -far, far), (bends, {}), foot),
        say.chart("plane", exhibit.window, (across, parts.rounded(bottom, top, 4)), foot,
                  kind="plane"),
    )  # fmt: skip


def _pulls(exhibit: UpdateSteps) -> Iterator[Mark]:
    """Yield both number lines, each weight on its own, and all pulls up to now."""
    center, (left, right) = exhibit.number("center"), exhibit.reach
    yield Mark("zero", "pulls", "rule", "muted", over(0.0, HEIGHT), weight="fine")
    for name, rule in LINES.items():
        y, pulls = ROWS[name], exhibit.pulls[rule]
        # The pulls follow each other: from the weight to the loss's tip, and on to the next.
        w, tip, end = np.cumsum(np.column_stack([exhibit.weights[rule], pulls]), axis=1).T
        # What rests would leave the same arrow again and again.
        moved = np.abs(pulls.sum(axis=1)) >= SEEN * (right - left)
        yield Mark(f"line-{name}", "pulls", "rule", "ink", over([left, right], y),
                   weight="fine", look="faint")  # fmt: skip
        down, shrunk = over([w, tip], y + PULLS[0]), over([tip, end], y + PULLS[1])
        yield from left_behind(f"loss-pulls-{name}", "pulls", "arrow", "loss", down, moved)
        yield from left_behind(f"{name}-pulls", "pulls", "arrow", name, shrunk, moved)
        yield from left_behind(f"weight-{name}", "pulls", "point", name, over([w], y), moved)
        # Above what is left behind: many weights come to lie there.
        yield Mark(f"goal-{name}", "pulls", "point", "loss", over([center], y), grip="center")


def _steps(exhibit: UpdateSteps) -> Iterator[Mark]:
    """Yield each weight against the step, and around 0 the range of jumps and the landing."""
    steps, ends, panel = np.arange(exhibit.last + 1.0), [0.0, exhibit.last], "steps"
    ways = {rule: over(steps, weights) for rule, weights in exhibit.weights.items()}
    if exhibit.band is not None:
        yield Mark("band", panel, "band", "muted", band(ends, *exhibit.band))
    yield Mark("level", panel, "rule", "muted", over(ends, 0.0), weight="fine")
    if exhibit.landing is not None:
        foot = over(exhibit.landing, [exhibit.reach[0], 0.0])
        yield Mark("landing", panel, "rule", "l1", foot, weight="fine")
    yield Mark("jumps", panel, "line", "ink", ways["sign"], weight="fine")
    yield Mark("jumps-dots", panel, "point", "ink", ways["sign"], weight="fine", look="hollow")
    for rule, role in ROLES.items():
        yield from walked(rule, panel, role, ways[rule])
    dots = up_to(ways["proximal"])
    yield Mark("proximal-dots", panel, "point", "l1", dots, ("step",), weight="fine")


def _map(exhibit: UpdateSteps) -> Iterator[Mark]:
    """Yield what the proximal step makes of the weight after the loss's step."""
    tau, far = exhibit.threshold, exhibit.far
    loss, shrinking = exhibit.pulls["proximal"].T
    v, ends = exhibit.weights["proximal"] + loss, [-far, far]
    now = there(over(v, v + shrinking), np.abs(v) <= far)
    yield Mark("map-free", "map", "line", "loss", over(ends, ends), weight="fine")
    soft = rm.L1(tau).prox_graph(1.0, far)
    yield Mark("map", "map", "line", "l1", soft, weight="strong")
    yield Mark("map-now", "map", "point", "l1", now[:, None], ("step",))


def _plane(exhibit: UpdateSteps) -> Iterator[Mark]:
    """Yield contours at even distances, the lowest point, the start, and the ways from it."""
    center, (left, right, *_) = exhibit.loss.center, exhibit.window
    distances = (right - left) / N_CONTOURS * np.arange(1, N_CONTOURS + 1)
    contours = rm.level_set(exhibit.loss, center + over(distances, 0.0), N_POINTS)
    start = exhibit.ways["l2"][:1]
    yield Mark("contours", "plane", "line", "loss", joined(contours), weight="fine",
               look="faint")  # fmt: skip
    yield Mark("plane-goal", "plane", "point", "loss", center[None], grip="plane_center")
    yield Mark("plane-start", "plane", "point", "ink", start, look="hollow", grip="plane_start")
    for rule, role in ROLES.items():
        line, dot = walked(f"way-{rule}", "plane", role, exhibit.ways[rule])
        # Of what is in ink the way alone is there.
        yield from (line,) if role == "ink" else (line, dot)
