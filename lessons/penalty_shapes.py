"""The two penalties and how hard each pulls a weight towards 0."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.base import Exhibit
from regviz.lessons.lines import over
from regviz.lessons.numbers import snap
from regviz.lessons.parameters import Knobs, Number, Strength, knob
from regviz.lessons.picture import Label, Mark, Panel, Picture, Positions, Said
from regviz.lessons.question import between
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking, both

TOPIC = "one-weight"
NEEDS = ()
ORDER = 30

#: the pictures are this much higher than L1 at the largest weight
HEADROOM = 1.3
NAMES = ("l1", "l2")
#: the sliding weight's positions in largest weights, how the line under a penalty turns, and
#: how hard a loss pulls at 0, in strengths
SLIDES = np.arange(-100, 101) / 100.0
TURNS, TUGS = np.arange(-20, 21) / 20.0, np.arange(21) / 20
#: how far below 0 a penalty's picture reaches, in heights above it, and how far the line at 0
#: goes, in largest weights
BELOW, SUPPORT = 0.24, 0.3
#: how much longer than the others the arrows at 0 are
AT_ZERO = 2.0
#: share of the first probe at which the sliding weight stops before 0
NEAR = 0.2
#: left of every picture, so that an upright axis stands at its edge
ASIDE = -10.0
#: weight at which both pull equally hard, and where one comes to rest that starts at 0 and is
#: pulled by a loss of slope `lam`, whatever that is: a weaker pull takes it less far
EQUAL, HELD = 0.5, {"l1": 0.0, "l2": 0.5}
say = Voice("penalty-shapes")


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
    slides
        Weights through which one slides, of few digits, shape `(n_slides,)`.
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
    highest, steepest
        How high a penalty and how steep a slope the pictures show: a little more than both
        penalties have at the probes.
    """

    w: rm.Array
    slides: rm.Array
    values: dict[str, rm.Array]
    slopes: dict[str, rm.Array]
    probes: rm.Array
    pulls: dict[str, rm.Array]
    arrow: float
    highest: float
    steepest: float


def exhibit(parameters: Parameters) -> PenaltyShapes:
    """Compute the penalties, their slopes and their pulls at the probed weights."""
    lam = snap(parameters.lam)
    penalties: dict[str, rm.Penalty] = {"l1": rm.L1(lam), "l2": rm.L2(lam)}
    w: rm.Array = parameters.reach * np.arange(-80.0, 81.0) / 80.0
    ends = w[[0, 80, -1]]
    highest = HEADROOM * lam * parameters.reach
    # Both penalties are in the picture there: L2 is the higher of them from a weight of 1 on.
    outermost = min(0.75 * parameters.reach, math.sqrt(0.92 * HEADROOM * parameters.reach))
    # Apart from 1, where both penalties are equal and their arrows would be one.
    probes = outermost * np.array([1.0, 0.4])
    return PenaltyShapes(
        lesson="penalty-shapes",
        parameters={"lam": lam, "reach": parameters.reach},
        points={"kink": np.zeros(2), "equal-pull": np.array([EQUAL, lam])},
        lam={"l1": lam, "l2": lam},
        certificate={"slope_error": _slope_error(penalties)},
        w=w,
        slides=np.array([snap(share * parameters.reach) for share in SLIDES.tolist()]),
        values={name: p.value(w[:, None]) for name, p in penalties.items()},
        slopes={
            "l1": np.array([[w[0], -lam], [0.0, -lam], [0.0, lam], [w[-1], lam]]),
            "l2": over(ends, penalties["l2"].subgradient(ends[:, None])[:, 0]),
        },
        probes=probes,
        pulls={name: p.subgradient(probes[:, None])[:, 0] for name, p in penalties.items()},
        arrow=min(0.4, 0.2 * outermost) / lam,
        highest=highest,
        steepest=1.08 * 2.0 * lam * max(outermost, 0.5),
    )


def _slope_error(penalties: dict[str, rm.Penalty]) -> float:
    """Return how far the ends of L1's interval at 0 are from being subgradients."""
    lam = penalties["l1"].lam
    ends = np.array([[-lam], [lam]])
    return float(penalties["l1"].subdifferential_distance(np.zeros((2, 1)), ends).max())


def claims(exhibit: PenaltyShapes, at: Positions) -> dict[str, Said]:
    """Return what is true of the pulls on a weight: which is harder, and what holds it at 0."""
    w, lam = float(exhibit.slides[at["w"]]), exhibit.lam["l1"]
    kind = "zero" if w == 0.0 else "pull"
    pull = 2.0 * lam * abs(w)
    ratio = {} if w == 0.0 else {"ratio": 2.0 * abs(w)}
    case = "zero" if w == 0.0 else "equal" if pull == lam else "far" if pull > lam else "near"
    return {
        "case": say(f"claim.case.{case}", w=w),
        "now-l1": say(f"claim.l1.{kind}", w=w, lam=lam),
        "now-l2": say(f"claim.l2.{kind}", pull=pull, **ratio),
        "equal": say("claim.equal", lam=lam, w=EQUAL),
        "alt": say("alt", lam=lam, w=EQUAL),
    }


def picture(exhibit: PenaltyShapes) -> Picture:
    """Describe both penalties above their slopes, a weight that slides, and what is at 0."""
    marks = [mark for name in ("l2", "l1") for mark in _penalty(exhibit, name)]
    marks += _bounds(exhibit)
    marks += [mark for name in ("l2", "l1") for mark in _slope(exhibit, name)]
    seen = ("curve", "pull", "now", "slope", "stem", "reading")
    free = tuple(f"{each}-{name}" for each in seen for name in NAMES)
    return Picture(
        panels=_panels(exhibit),
        marks=tuple(marks),
        labels=_labels(),
        drivers=(
            parts.Driver("w", exhibit.slides, rest=_at(exhibit, 1.0)),
            parts.Driver("turn", TURNS, rest=20, told=True),
            parts.Driver("up", TUGS, rest=20, told=True),
            parts.Driver("down", TUGS, rest=20, told=True),
            parts.Driver("away", TUGS, rest=0, told=True),
        ),
        says=("case", "now-l1", "now-l2", "equal"),
        presets={"equal": {"w": 0.5}, "zero": {"w": 0.0}},
        free=(*free, "interval", "equal"),
    )


def _at(exhibit: PenaltyShapes, share: float) -> int:
    """Return the position of a weight on the right, at a share of the first probe or beyond."""
    return int(np.searchsorted(exhibit.slides, share * float(exhibit.probes[0])))


def _panels(exhibit: PenaltyShapes) -> tuple[Panel, Panel]:
    lam, reach, high = exhibit.lam["l1"], float(exhibit.w[-1]), exhibit.highest
    across = parts.numbered(-1.0, 1.0, *((2.0, -2.0) if reach >= 2.0 else ()))
    values = np.array([-reach, reach, -BELOW * high, high])
    slopes = np.array([-reach, reach, -exhibit.steepest, exhibit.steepest])
    up = {lam: r"$\lambda$", 2.0 * lam: r"$2 \lambda$"}
    both = {**up, -lam: r"$-\lambda$", -2.0 * lam: r"$-2 \lambda$"}
    return (
        say.chart("values", values, (across, up)),
        say.chart("slopes", slopes, (across, both), cross=(ASIDE, 0.0)),
    )


def _bounds(exhibit: PenaltyShapes) -> list[Mark]:
    """Return how steep L1 is, its slopes at 0, and where L2 is as steep."""
    lam, reach = exhibit.lam["l1"], float(exhibit.w[-1])
    upper = over([-reach, reach], lam)
    upright, interval = over(EQUAL, [0.0, lam]), over(0.0, [-lam, lam])
    return [
        Mark("bound-upper", "slopes", "rule", "muted", upper, weight="fine"),
        Mark("bound-lower", "slopes", "rule", "muted", upper * [1.0, -1.0], weight="fine"),
        Mark("interval", "slopes", "line", "l1", interval, weight="strong"),
        Mark("equal", "slopes", "rule", "muted", upright),
    ]


def _pull(name: str, w: rm.Array, lam: float) -> rm.Array:
    return lam * np.sign(w) if name == "l1" else 2.0 * lam * w


def _on(name: str, w: rm.Array, lam: float) -> rm.Array:
    """Return points `(n, 2)` of a penalty's graph."""
    return over(w, lam * (np.abs(w) if name == "l1" else w**2))


def _level(starts: rm.Array, far: rm.Array) -> rm.Array:
    """Return level arrows `(n, 2, 2)` from points, so far to the left."""
    return np.stack([starts, starts - np.column_stack([far, np.zeros(len(far))])], axis=1)


def _penalty(exhibit: PenaltyShapes, name: str) -> tuple[Mark, ...]:
    """Return a penalty, a weight on it with its pull, and what happens at 0."""
    lam, w, half = exhibit.lam[name], exhibit.slides, SUPPORT * float(exhibit.w[-1])
    now = _on(name, w, lam)
    pull = _level(now, exhibit.arrow * _pull(name, w, lam))
    pull[w == 0.0] = np.nan
    turn = TURNS * (lam if name == "l1" else 0.0)
    ends = [np.column_stack([np.full(len(turn), at), at * turn]) for at in (-half, half)]
    zero = _on(name, TUGS * HELD[name], lam)
    tug = AT_ZERO * exhibit.arrow * lam * TUGS
    sides = np.concatenate([exhibit.probes, -exhibit.probes])
    arrows = _level(_on(name, sides, lam), exhibit.arrow * _pull(name, sides, lam))
    panel, away, curve = "values", ("away",), over(exhibit.w, exhibit.values[name])
    return (
        Mark(f"curve-{name}", panel, "line", name, curve, weight="strong"),
        Mark(f"support-{name}", panel, "line", "ink", np.stack(ends, axis=1), ("turn",)),
        Mark(f"pulls-{name}", panel, "arrow", name, arrows.reshape(-1, 2)),
        Mark(f"pull-{name}", panel, "arrow", name, pull, ("w",)),
        Mark(f"answer-{name}", panel, "arrow", name, _level(zero, tug), away),
        Mark(f"loss-{name}", panel, "arrow", "loss", _level(zero, -tug), away),
        Mark(f"zero-{name}", panel, "point", name, zero[:, None], away),
        Mark(f"now-{name}", panel, "point", name, now[:, None], ("w",), grip="w"),
    )


def _slope(exhibit: PenaltyShapes, name: str) -> tuple[Mark, ...]:
    """Return a penalty's slope, as far as a weight has slid along it, and the slopes at 0."""
    panel, lam, w = "slopes", exhibit.lam[name], exhibit.slides
    reach, slope = float(exhibit.w[-1]), _pull(name, exhibit.slides, lam)
    end = lam if name == "l1" else 2.0 * lam * reach
    # Seen from the side of the weight; what lies on the other side has been drawn before.
    inner = np.maximum(w, 0.0)
    near = np.column_stack([inner, np.full(len(w), lam) if name == "l1" else 2.0 * lam * inner])
    right = np.stack([near, np.broadcast_to([reach, end], near.shape)], axis=1)
    reading = np.column_stack([w, slope])
    stem = np.stack([reading * [1.0, 0.0], reading], axis=1)
    stem[w == 0.0] = np.nan
    if name == "l1":
        reading[w == 0.0] = np.nan
    steepest = lam if name == "l1" else 0.0
    up, down = np.meshgrid(TUGS * steepest, -TUGS * steepest, indexing="ij")
    upright = np.stack([np.stack([0.0 * up, down], -1), np.stack([0.0 * up, up], -1)], axis=-2)
    turned = TURNS[:, None] * steepest + TUGS * lam
    held = np.broadcast_to(TUGS * HELD[name], turned.shape)
    tilt = np.stack([held, turned], axis=-1)[:, :, None]
    return (
        Mark(f"slope-{name}", panel, "line", name, exhibit.slopes[name], weight="strong"),
        Mark(f"trace-{name}", panel, "line", name, right, ("w",), weight="strong"),
        Mark(f"other-{name}", panel, "line", name, -right[::-1] + 0.0, ("w",), weight="strong"),
        Mark(f"upright-{name}", panel, "line", name, upright, ("up", "down"), weight="strong"),
        Mark(f"stem-{name}", panel, "line", "ink", stem, ("w",), weight="fine"),
        Mark(f"reading-{name}", panel, "point", name, reading[:, None], ("w",)),
        Mark(f"tilt-{name}", panel, "point", name, tilt, ("turn", "away")),
    )


def _labels() -> tuple[Label, ...]:
    outer = (0.97, 0.94, 0.9, 0.86, 0.8, 0.75, 0.7, 0.03, 0.06, 0.1, 0.14)
    right = (0.9, 0.85, 0.95, 0.8, 0.75, 0.7, 0.6)
    labels = [Label("equal", say("name.equal", w=EQUAL), (0.0, 0.3))]
    for name in NAMES:
        labels += [
            say.label(f"curve-{name}", *outer, name=name),
            say.label(f"slope-{name}", *right),
            say.label(f"trace-{name}", *right, name=f"slope-{name}"),
            say.label(f"loss-{name}", 0.5, 0.8, 1.0, name="loss"),
        ]
    return (*labels, say.label("interval", 0.9, 0.1, 0.8, 0.2, 1.0, 0.0))


def story(exhibit: PenaltyShapes) -> Story:
    """Tell what both penalties charge, how hard each pulls, and what each does at 0."""
    lam, far, near = {"lam": exhibit.lam["l1"]}, _at(exhibit, 1.0), _at(exhibit, NEAR)
    slope, equal, holds = asking(*_questions(exhibit))
    moving, traced = both("now", "stem", "reading"), both("trace", "other", "upright")
    return Story((
        Section("price", (
            say.step("price.what", "price", lam, panels=("values",), tell=say("tell.price"),
                     show=both("curve"), seconds=1.0, hold=2.4),
            say.step("price.shapes", emphasise=both("curve"), seconds=1.2, hold=2.6),
        )),
        slope,
        equal,
        # A weight slides towards 0 from the right, and its slope is drawn as it goes.
        Section("pull", (
            say.step("pull.slope", "pull", panels=("values", "slopes"), put={"w": far},
                     show=(*moving, *both("trace"), "bound-upper"), seconds=1.0, hold=2.6),
            say.step("pull.slides", run={"w": near}, seconds=6.0, even=True),
            Step(tell=say("tell.pull"), hold=3.4, task=_double(exhibit)),
        ), only=both("pull")),
        # The same pulls from the left, the other way.
        Section("sides", (
            say.step("sides.other", "sides"),
            Step(run={"w": 100}, seconds=0.8),
            Step(hide=moving, seconds=0.3),
            Step(put={"w": 200 - far}, seconds=0.4,
                 show=(*moving, *both("pull", "other"), "bound-lower")),
            Step(run={"w": 200 - near}, seconds=3.6, even=True),
            Step(tell=say("tell.sides"), hold=2.8),
        ), only=both("pull")),
        # A line under each penalty at 0 turns: L1 lets it tilt, L2 holds it level.
        Section("zero", (
            say.step("zero.corner", "zero"),
            Step(run={"w": 100}, seconds=0.8),
            Step(hide=moving, put={"up": 0, "down": 0, "turn": 20}, hold=0.6,
                 show=both("zero", "support", "tilt", "upright")),
            Step(run={"turn": 40, "up": 20}, seconds=1.4, even=True),
            Step(run={"turn": 20}, seconds=1.2, even=True),
            Step(run={"turn": 0, "down": 20}, seconds=1.2, even=True),
            Step(run={"turn": 20}, seconds=1.4),
            Step(tell=say("tell.zero"), show=("interval",), hold=2.6),
        ), only=both("support")),
        holds,
        # A loss pulls the weight away from 0: L1 answers at 0, L2 only beside it.
        Section("loss", (
            say.step("zero.loss", "loss"),
            Step(run={"away": 20}, show=both("answer", "loss"), seconds=4.6),
            say.step("zero.level", tell=say("tell.held"), hold=4.4),
        ), only=both("zero", "tilt", "answer", "loss")),
        # The pulls at a few weights, on a frame that stands alone.
        say.section("still", hide=traced, tell=say("tell.still"),
                    show=(*both("pulls", "slope"), "equal"), seconds=0.8, hold=5.0),
    ))  # fmt: skip


def _questions(exhibit: PenaltyShapes) -> tuple[Question, Question, Question]:
    """Ask how steep L1 is, where both are equally steep, and which holds a weight at 0."""
    lam, steps = exhibit.lam["l1"], np.arange(1.0, 6.0) / 5.0
    across: rm.Array = float(exhibit.probes[0]) * steps
    level = np.full(len(across), lam)
    slopes: dict[str, rm.Array] = {"l2": 2.0 * lam * across, "price": lam * across}
    return (
        say.guess("slope", level, between(level, slopes), slopes, across=across,
                  panel="slopes"),
        say.guess("equal", EQUAL, 0.12, {"price": 1.0, "zero": 0.0},
                  {"w": EQUAL}, high=1.5, panel="values", sees=both("curve")),
        say.choice("holds", "l1", ("both", "l1", "l2", "neither"), panel="values"),
    )  # fmt: skip


def _double(exhibit: PenaltyShapes) -> Task:
    """Set the task to find where L2 pulls twice as hard as L1: at a weight of 1."""
    apart = float(exhibit.w[-1]) / len(SLIDES)
    within = {"w": (1.0 - 2.0 * apart, 1.0 + 2.0 * apart)}
    return say.task("task.double", "w", within=within)
