"""Rescaling: one feature in another unit; least squares follows, ridge and lasso do not.

The numbers of the first feature spread by `k`, their standard deviation, which is what a choice
of unit decides; the second feature and the target are standardized. With a weight `w` the
feature's effect is `a = k w`, what one standard deviation of it adds to a prediction. The loss
of effects knows no unit, but a penalty on weights does: `|a| / k` and `(a / k)**2`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.base import Exhibit
from regviz.lessons.clip import Window
from regviz.lessons.errors import BadInput
from regviz.lessons.fitted import certified, of_data
from regviz.lessons.held_weights import held_curves, held_plane
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.lines import over, with_air
from regviz.lessons.names import literal_names
from regviz.lessons.numbers import signed, snap, three, to_digits
from regviz.lessons.parameters import Number, Strength, knob
from regviz.lessons.picture import Mark, Panel, Picture, Positions, Readout, Said
from regviz.lessons.region_lines import CURVE_POINTS, outlines, rings
from regviz.lessons.regions import PENALTIES
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking
from regviz.lessons.two_weights import two_features
from regviz.lessons.validation import strength

TOPIC = "practice"
NEEDS = ("corner",)
ORDER = 160

#: spreads to move through, even in their logarithm, 1 among them
SPREADS = tuple(three(10.0 ** (step / 40.0)) for step in range(-40, 41))
#: rows whose predictions are shown, how far apart those of a row, and air around pictures
N_ROWS, ASIDE, AIR = 8, 0.2, 0.12
#: how far out regions are held in their planes, in the largest effects
HELD = 3.0
#: where between dropping none and dropping all a strength lies that is not asked for
SHARE = 0.25
#: a weaker penalty leaves nothing to see of a change of unit
WEAKEST = 0.001
#: where names may stand along the chart's curves: where the effect of each is large
SPOTS = {
    "free-1": (0.25, 0.2, 0.3, 0.35), "free-2": (0.85, 0.8, 0.9, 0.75),
    "l1-1": (0.85, 0.8, 0.9, 0.75), "l1-2": (0.15, 0.2, 0.1, 0.25),
    "l2-1": (0.62, 0.57, 0.67, 0.52), "l2-2": (0.38, 0.43, 0.33, 0.48),
}  # fmt: skip
DRIVERS = ("spread", "std")
say = Voice("rescaling")


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the unit and the penalty; the first feature is the one that is rescaled."""

    spread: float = knob(
        3.0, Number(0.1, 10.0), "standard deviation of the first feature in its unit"
    )
    lam: float | str | None = knob(
        None,
        Strength(0.001, 1.0, from_data=True),
        "penalty strength; by default one at which the unit decides which feature survives",
    )


@dataclass(frozen=True, kw_only=True)
class Rescaling(Exhibit):
    """Effects of two features under least squares and penalties, by the unit of the first.

    Attributes
    ----------
    features
        Their names.
    loss
        Of the effects, whatever the unit; its center is least squares.
    rows
        Some rows of the data, standardized, shape `(n_rows, 2)`.
    spreads
        Standard deviations of the first feature, ascending, shape `(n_spreads,)`.
    at
        Index of the parameters' own.
    effects
        By penalty, shape `(n_spreads, 2, 2)`: at each spread as it is, and standardized.
    """

    features: tuple[str, str]
    loss: rm.Quadratic
    rows: rm.Array
    spreads: rm.Array
    at: int
    effects: Mapping[str, rm.Array]


def exhibit(parameters: Parameters) -> Rescaling:
    """Compute the effects at every spread.

    Raises
    ------
    BadInput
        If the data cannot be used, or the strength leaves L1 no feature in any unit.
    """
    design, given = two_features(parameters)
    X, y, loss = rm.standardize(design.X), rm.standardize(design.y), given.quadratic()
    asked, by_validation = strength(parameters.lam, X, y, "l1", weakest=WEAKEST)
    lam, spread = _default_lam(loss) if asked is None else asked, snap(parameters.spread)
    (spreads, at), effects, optima = parts.with_own(SPREADS, spread), {}, []
    for name, shape in PENALTIES.items():
        penalty = shape.with_lambda(lam)
        own = np.stack([_effects(loss, penalty, float(k)) for k in spreads])
        standardized = np.broadcast_to(own[spreads == 1.0], own.shape)
        effects[name] = np.stack([own, standardized], axis=1)
        scales = np.array([spread, 1.0])
        optima.append((rm.LeastSquares(X * scales, y), penalty, own[at] / scales))
    if not effects["l1"].any():
        raise BadInput(
            f"lam = {lam:g} leaves L1 no feature in any unit; give a weaker one, such as "
            f"{_default_lam(loss):g}."
        )
    points = {"unregularized": loss.center} | {
        name: found[at, 0] for name, found in effects.items()
    }
    return Rescaling(
        **of_data(parameters, design, points, lam=lam, spread=spread),
        lesson="rescaling",
        points=points,
        lam=dict.fromkeys(PENALTIES, lam),
        certificate=certified(*optima),
        by_validation=by_validation,
        features=(design.features[0], design.features[1]),
        loss=loss,
        rows=X[:N_ROWS],
        spreads=spreads,
        at=at,
        effects=effects,
    )


def _default_lam(loss: rm.Quadratic) -> float:
    """Return a strength that drops the second feature beside a first that costs nothing.

    It leaves the second one where that is alone, if there is such a strength.
    """
    first, second = np.abs(loss.gradient(np.zeros(2)))
    beside = abs(float(loss.center[1])) * (1.0 - loss.hessian[0, 1] ** 2)
    wanted = beside + SHARE * (second - beside) if beside < second else SHARE * second
    return to_digits(max(wanted, 0.1 * first), 2)


def _effects(loss: rm.Quadratic, penalty: rm.L1 | rm.L2, spread: float) -> rm.Array:
    """Return the optimum in a unit, as effects."""
    scales = np.array([spread, 1.0])
    in_unit = rm.Quadratic(loss.hessian * np.outer(scales, scales), loss.center / scales)
    found: rm.Array = rm.penalized_optimum(in_unit, penalty) * scales
    return found


def claims(exhibit: Rescaling, at: Positions) -> dict[str, Said]:
    """Return what is true of the weights in this unit, standardized or not."""
    spread = float(exhibit.spreads[at["spread"]])
    names = _names(exhibit)
    first, second = exhibit.loss.center
    effects = {name: found[at["spread"], at["std"]] for name, found in exhibit.effects.items()}
    own = {name: found[exhibit.at, 0] for name, found in exhibit.effects.items()}
    told = {f"{name}{i + 1}": three(float(a[i])) for name, a in own.items() for i in (0, 1)}
    unit = ("raw", "same")[at["std"]]
    return {
        "unit": say(f"claim.unit.{unit}", spread=spread, lam=exhibit.lam["l1"], **names),
        "free": say("claim.free", w=three(first / spread), first=three(first),
                    second=three(second), spread=spread),
        "l1": _of(f"l1.{_kind(effects['l1'])}", effects["l1"]),
        "l2": _of("l2", effects["l2"]),
        "alt": say("alt", spread=exhibit.number("spread"), lam=exhibit.lam["l1"],
                   **names, **told),
    }  # fmt: skip


def _kind(effects: rm.Array) -> str:
    return {(False, False): "both", (False, True): "first", (True, False): "second"}.get(
        (effects[0] == 0.0, effects[1] == 0.0), "none"
    )


def _of(key: str, effects: rm.Array) -> Said:
    first, second = map(float, effects)
    return say(f"claim.{key}", **signed(3, first=first, second=second))


def _names(exhibit: Rescaling) -> dict[str, str]:
    """Return what the two features are called in sentences."""
    return dict(zip(("one", "two"), literal_names(exhibit.features, 11), strict=True))


def picture(exhibit: Rescaling) -> Picture:
    """Describe planes of effects, effects over the spread, and predictions of some rows."""
    spreads, free, by = exhibit.spreads, exhibit.loss.center, ("spread",)
    foot = say("foot", lam=exhibit.lam["l1"], residual=exhibit.residual)
    own = claims(exhibit, {"spread": exhibit.at, "std": 0})
    slopes = -exhibit.loss.gradient(np.zeros(2))
    most = np.maximum(np.abs(free), np.abs(slopes))
    high = (1.0 + AIR) * float((np.abs(exhibit.rows) @ most).max())
    low, top = map(snap, with_air([0.0, *free, *slopes], AIR))
    tens = {math.log10(at): said for at, said in parts.numbered(0.1, 1.0, 10.0).items()}
    n_rows = len(exhibit.rows)
    rows = parts.numbered(*range(1, n_rows + 1))
    return Picture(
        panels=(
            *(_plane(exhibit, name, own, foot) for name in PENALTIES),
            say.chart("effects", (-1.0, 1.0, low, top),
                      (tens, parts.rounded(low, top)), foot, cross=(-1.0, 0.0)),
            say.chart("rows", (0.4, n_rows + 0.6, -high, high),
                      (rows, parts.rounded(-high, high)), foot, cross=(0.4, -high)),
        ),
        marks=(*(mark for name in PENALTIES for mark in _region(exhibit, name)),
               *_chart(exhibit, low, top), *_rows(exhibit)),
        labels=(
            *say.labels("optimum-{}", PENALTIES, 0.0, bold=True),
            *say.labels("least-{}", PENALTIES, 0.0, name="least"),
            *(say.label(name, *spots) for name, spots in SPOTS.items()),
            *say.labels("rows-{}", ("free", *PENALTIES), 0.0, 0.3, 0.6, 1.0),
        ),
        drivers=(
            parts.Driver("spread", spreads, exhibit.at, places=np.log10(spreads)),
            parts.Driver("std", np.arange(2.0), 0),
        ),
        readouts=(
            Readout("spread", say("readout.spread"), "ink", spreads, by),
            Readout("weight", say("readout.weight"), "loss", free[0] / spreads, by,
                    of="rows-free"),
            Readout("effect", say("readout.effect"), "loss", 0.0 * spreads + free[0], by,
                    of="rows-free"),
        ),
        formulas=(
            parts.Formula("f-l1", (parts.Term("L(a)", "loss"), parts.Term(
                r"+ \lambda (\frac{|a_1|}{k} + |a_2|)", "l1", "ball-l1")), "l1"),
            parts.Formula("f-l2", (parts.Term("L(a)", "loss"), parts.Term(
                r"+ \lambda (\frac{a_1^2}{k^2} + a_2^2)", "l2", "ball-l2")), "l2"),
        ),
        says=("unit", "free", *PENALTIES),
        knobs={"lam": np.arange(1, 61) / 100.0},
        presets={
            "coarse": {"spread": 0.1, "std": 0.0},
            "same": {"spread": 1.0, "std": 0.0},
            "fine": {"spread": 10.0, "std": 0.0},
            "standardized": {"spread": 10.0, "std": 1.0},
        },
    )  # fmt: skip


def _plane(exhibit: Rescaling, name: str, own: Mapping[str, Said], foot: Said) -> Panel:
    limits = _window(exhibit)
    # Units are equal, and so are numbers: those of the wider axis, where they are seen.
    ticks = {at: said for at, said in parts.rounded(*limits[:2], 6).items() if at}
    names, heading = _names(exhibit), own[name].key.removeprefix("rescaling.claim.")
    return say.chart(
        name, limits, (ticks, ticks), foot, kind="plane", role=name,
        axes=(say("axis.x", name=names["one"]), say("axis.y", name=names["two"])),
        heading=say(f"heading.{heading}", k=exhibit.number("spread"), **names),
        summary=own[name],
    )  # fmt: skip


def _window(exhibit: Rescaling) -> Window:
    """Return what both planes show: least squares, and regions in every unit, which are wide.

    Beyond `HELD` times as far out as effects, those would be too near each other to look at.
    """
    free, slopes = exhibit.loss.center, -exhibit.loss.gradient(np.zeros(2))
    balls = np.abs([_balls(exhibit, name).max(axis=2) for name in PENALTIES])
    far = np.minimum(balls.max(axis=(0, 1, 2)), HELD * np.abs([free, slopes]).max())
    seen = np.array([-far, far, free, slopes])
    (left, right), (bottom, top) = (with_air(each, AIR / 2.0) for each in seen.T)
    return left, right, bottom, top


def _balls(exhibit: Rescaling, name: str) -> rm.Array:
    """Return a penalty's region at each spread, as it is and standardized."""
    scales = np.ones_like(exhibit.effects[name])
    scales[:, 0, 0] = exhibit.spreads
    budgets = PENALTIES[name].level(exhibit.effects[name] / scales)
    return outlines(PENALTIES[name], 1.0) * (budgets[..., None] * scales)[:, :, None]


def _region(exhibit: Rescaling, name: str) -> Iterator[Mark]:
    """Yield a plane's marks: contours do not move, the region of a budget stretches."""
    effects = exhibit.effects[name]
    flat = effects.reshape(-1, 2)
    lines = rings(exhibit.loss, flat), rm.level_set(exhibit.loss, flat, CURVE_POINTS)
    around, level = (line.reshape(*effects.shape[:2], -1, 2) for line in lines)
    yield from held_plane(
        name, DRIVERS, ball=_balls(exhibit, name), rings=around, level=level, optimum=effects,
    )  # fmt: skip
    yield Mark(f"least-{name}", name, "point", "loss", exhibit.loss.center[None])


def _chart(exhibit: Rescaling, low: float, top: float) -> Iterator[Mark]:
    """Yield the effects over the spread, on its logarithm."""
    x, drawn = np.log10(exhibit.spreads), np.isin(exhibit.spreads, SPREADS)
    yield Mark("now", "effects", "line", "muted", over(x[:, None], np.array([low, top])),
               ("spread",), weight="fine")  # fmt: skip
    for i in (0, 1):
        line = over(np.array([-1.0, 1.0]), exhibit.loss.center[i])
        yield Mark(f"free-{i + 1}", "effects", "line", "loss", line, weight="fine")
    for name in reversed(PENALTIES):
        effects = exhibit.effects[name]
        yield from held_curves("effects", name, x[drawn], effects[drawn], ("std",))
        points = over(x[:, None, None], effects)
        yield Mark(f"{name}-now", "effects", "point", name, points, DRIVERS, grip="spread")


def _rows(exhibit: Rescaling) -> Iterator[Mark]:
    """Yield predictions of rows, those of each row beside each other."""
    row = np.arange(len(exhibit.rows)) + 1.0
    free = over(row, exhibit.rows @ exhibit.loss.center)
    zero = over([0.4, row[-1] + 0.6], 0.0)
    yield Mark("zero", "rows", "line", "muted", zero, weight="fine")
    yield Mark("rows-free", "rows", "point", "loss", free)
    for name, aside in (("l1", -ASIDE), ("l2", ASIDE)):
        found = over(row + aside, exhibit.effects[name] @ exhibit.rows.T)
        yield Mark(f"rows-{name}", "rows", "point", name, found, DRIVERS)


def story(exhibit: Rescaling) -> Story:
    """Tell who follows a change of unit, what it does to a penalty, and how to be rid of it."""
    last, one = len(exhibit.spreads) - 1, int(np.flatnonzero(exhibit.spreads == 1.0)[0])
    names = _names(exhibit)
    slow: dict[str, Any] = {"even": True, "seconds": 2.0}
    rows, l1, l2, pair, chart = ("rows",), ("l1",), ("l2",), tuple(PENALTIES), ("effects",)
    drawn = ("contours", "ball", "rim", "level", "least", "optimum")
    own = {name: tuple(f"{mark}-{name}" for mark in drawn) for name in PENALTIES}
    follows, matters = asking(*_questions(exhibit))
    curves = tuple(f"{name}-{i}" for name in ("free", *PENALTIES) for i in (1, 2))
    now = ("now", "l1-now", "l2-now")

    def told(name: str, spread: int) -> Said:
        return claims(exhibit, {"spread": spread, "std": 0})[name]

    def there(name: str, spread: int) -> Step:
        return Step(tell=told(name, spread), emphasise=(f"optimum-{name}",), hold=1.1)

    return Story((
        say.section("rows", names, panels=rows, put={"spread": one, "std": 0},
                    show=("zero", "rows-free"), hold=1.2),
        follows,
        Section("follows", (
            say.step("follows", "follows", names, put={"spread": one}, hold=1.2),
            Step(run={"spread": last}, **slow),
            say.step("kept", "", names, tell=say("tell.kept", **names), hold=1.0),
        ), only=("spread", "weight", "effect")),
        Section("fine", (
            say.step("plane", "fine", names, panels=l1, put={"spread": one}, show=("f-l1",),
                     hold=1.2),
            say.step("fine", "", names, run={"spread": last}, **slow),
            there("l1", last),
        ), only=(*own["l1"], "spread", "f-l1")),
        Section("coarse", (
            say.step("coarse", "coarse", names, run={"spread": 0}, **slow),
            there("l1", 0),
        ), only=(*own["l1"], "spread")),
        Section("ridge", (
            say.step("ridge", "ridge", panels=l2, put={"spread": one}, show=("f-l2",),
                     hold=1.1),
            Step(run={"spread": last}, **slow),
            Step(run={"spread": 0}, **slow),
            Step(tell=told("l2", 0), hold=1.1),
        ), only=(*own["l2"], "spread", "f-l2")),
        Section("others", (
            say.step("others", "others", panels=rows, put={"spread": 0}, hold=1.2,
                     show=("rows-l1", "rows-l2")),
            Step(run={"spread": last}, **slow),
            Step(tell=say("tell.others"), hold=1.2),
        ), only=("spread", "rows-l1", "rows-l2")),
        matters,
        Section("standardize", (
            say.step("standardize", "standardize", panels=pair, put={"spread": last}, hold=1.1),
            say.step("divided", put={"std": 1}, hold=1.1),
            Step(tell=say("tell.standardize"), run={"spread": 0}, hold=1.2, **slow),
        ), only=(*own["l1"], *own["l2"], "spread")),
        Section("curves", (
            say.step("curves", "curves", panels=chart, put={"std": 0}, show=curves, hold=1.2),
            Step(run={"spread": last}, hold=1.1, task=_task(exhibit), **slow),
        ), only=(*now, "spread")),
        say.section("still", panels=(*l1, *chart), run={"spread": exhibit.at}, hold=2.6,
                    tell=say("tell.still"), seconds=1.2, only=(*own["l1"], *now, "spread")),
    ))  # fmt: skip


def _task(exhibit: Rescaling) -> Task | None:
    """Return the task to lose the first feature by its unit alone, where that can be."""
    coarse, fine = (_kind(exhibit.effects["l1"][at, 0]) for at in (0, -1))
    if coarse != "second" or fine == "second":
        return None
    lost, within = {"l1": "second"}, {"std": (0.0, 0.0)}
    return say.task("task", "spread", values=_names(exhibit), claims=lost, within=within)


def _questions(exhibit: Rescaling) -> Iterator[Question]:
    """Ask whether least squares follows, and when standardizing matters."""
    told = _names(exhibit)
    yield say.choice("follows", "same", ("same", "tenfold", "little"), told, panel="rows")
    yield say.choice("matters", "spread", ("never", "units", "spread"), told, panel="rows")
