"""Early stopping beside ridge: both keep shares of least squares, and never the same.

Gradient descent from 0 has found the share `1 - (1 - eta s**2)**T` of least squares along a
direction of variance `s**2`; ridge keeps `s**2 / (s**2 + 2 lam)`. At `lam = 1 / (2 eta T)` they
are alike. Where both have as much of the narrow direction, descent has more of the wide one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons import principal
from regviz.lessons.alt import coordinates, plain
from regviz.lessons.base import Exhibit
from regviz.lessons.data import read_design
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.lines import over, there
from regviz.lessons.numbers import one, snap, three, to_digits
from regviz.lessons.parameters import Count, Number, knob
from regviz.lessons.picture import Driver, Mark, Picture, Positions, Readout, Said
from regviz.lessons.principal import ROLES, shared, sided, two
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking

TOPIC = "disguise"
NEEDS = ("update-steps", "ridge-shrinkage")
ORDER = 250

#: steps after which descent is seen, how many leave a dot, and the place of the least asked
STEPS = np.unique([float(round(10.0 ** (power / 24.0))) for power in range(73)])
DOTS, FEW = 24, 3
#: strengths of ridge that are tried beside `1 / (2 eta T)`, in parts of it, and the place of 1
FACTORS = np.array([to_digits(10.0 ** (power / 20.0), 2) for power in range(-20, 21)])
SAME = 20
#: variances over which the filters are drawn
VARIANCES = np.power(10.0, -3.0 + (math.log10(2.0) + 3.0) * np.arange(121) / 120.0)
#: the distance is nearly the largest above this share of it; how near a guess of steps is
NEARLY, NEAR = 0.95, 0.08
#: air around the ways
AIR = 0.22
BOTH, STEP = ("factor", "step"), ("step",)
say = Voice("early-stopping")


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the descent; the plane has the two features that correlate most."""

    step_size: float = knob(0.1, Number(0.05, 0.5), "step size eta of gradient descent")
    n_steps: int | None = knob(
        None,
        Count(1, 1000),
        "steps after which descent stops; by default where ridge is farthest from it",
    )


@dataclass(frozen=True, kw_only=True)
class EarlyStopping(Exhibit):
    """Descent from 0 on two features that is stopped early, and ridge beside it.

    Attributes
    ----------
    pair
        The two features that correlate most.
    steps, at
        Counts of steps, ascending, shape `(n,)`, and the index of the parameters' own.
    """

    pair: principal.Pair
    steps: rm.Array
    at: int

    @cached_property
    def lams(self) -> rm.Array:
        """Strengths of ridge by factor and step, `(n_factors, n)`."""
        return FACTORS[:, None] / (2.0 * self.number("step_size") * self.steps)

    def found_by(self, steps: rm.Array) -> rm.Array:
        """Return the shares along both directions that descent has found by counts of steps."""
        return rm.descent_filter(self.pair.variances, self.number("step_size"), steps[:, None])

    @cached_property
    def found(self) -> rm.Array:
        """These shares at each of the steps, `(n, 2)`."""
        return self.found_by(self.steps)

    @cached_property
    def kept(self) -> rm.Array:
        """Shares that ridge keeps along both, `(n_factors, n, 2)`."""
        return rm.ridge_filter(self.pair.variances, self.lams[..., None])

    @cached_property
    def away(self) -> rm.Array:
        """How far ridge is from descent, `(n_factors, n)`: see :meth:`Pair.apart`."""
        return self.pair.apart(self.kept, self.found)

    @cached_property
    def nearest(self) -> rm.Array:
        """How far the nearest of all ridge optima is, by step, `(n,)`."""
        return rm.ridge_distance(self.pair.variances, self.pair.along, self.found)


def exhibit(parameters: Parameters) -> EarlyStopping:
    """Compute both ways.

    Raises
    ------
    BadInput
        If the data cannot be used, or no two features correlate.
    """
    design = read_design(parameters)
    pair, eta = principal.pair_of(design, AIR), snap(parameters.step_size)
    own = parameters.n_steps
    if own is None:
        found = rm.descent_filter(pair.variances, eta, STEPS[:, None])
        own = int(STEPS[rm.ridge_distance(pair.variances, pair.along, found).argmax()])
    used = replace(parameters, step_size=eta, n_steps=own)
    steps, at = parts.with_own(STEPS, own)
    stopped = pair.weights(rm.descent_filter(pair.variances, eta, own))
    return EarlyStopping(
        **pair.exhibited(used, design, 1.0 / (2.0 * eta * own), {"stopped": stopped}),
        lesson="early-stopping",
        steps=steps,
        at=at,
    )


def claims(exhibit: EarlyStopping, at: Positions) -> dict[str, Said]:
    """Return what descent has found, what ridge keeps, and how far they are from each other."""
    place = at["factor"], at["step"]
    steps, lam = float(exhibit.steps[at["step"]]), two(float(exhibit.lams[place]))
    least = float(exhibit.nearest[at["step"]])
    kind = "most" if least >= NEARLY * exhibit.nearest.max() else "some"
    away = {"away": two(float(exhibit.away[place])), "least": two(least)}
    own = coordinates(exhibit.points)
    return {
        "found": say("claim.found", steps=steps, **shared(exhibit.found[at["step"]])),
        "kept": say("claim.kept", lam=lam, **shared(exhibit.kept[place])),
        "away": say(f"claim.away.{kind}", steps=steps, **away),
        "alt": say("alt", steps=steps, lam=plain(exhibit.lam["l2"]), **exhibit.pair.told,
                   stopped=own["stopped"], ridge=own["optimum_l2"], **away),
    }  # fmt: skip


# ---- what there is to see


def picture(exhibit: EarlyStopping) -> Picture:
    """Describe both ways in the plane of the weights, their filters, and their distance."""
    foot = say("foot", lam=two(exhibit.lam["l2"]), residual=exhibit.residual)
    steps, rest = exhibit.steps, claims(exhibit, {"step": exhibit.at, "factor": SAME})
    summary = say("summary.weights", **{**rest["found"].values, **rest["kept"].values})
    top = _top(exhibit)
    return Picture(
        panels=(
            exhibit.pair.panel(say, exhibit.points["stopped"], summary, foot),
            principal.over_tenfolds("early-stopping", "filters", VARIANCES, 1.0, foot),
            principal.over_tenfolds("early-stopping", "away", exhibit.steps, top, foot),
        ),
        marks=(*_weights_marks(exhibit), *_filter_marks(exhibit), *_away_marks(exhibit, top)),
        labels=(
            say.label("unregularized", 0.0),
            say.label("way", 0.3, 0.2, 0.4, 0.5),
            say.label("path", 0.55, 0.6, 0.45, 0.7),
            # at its upper end throughout: on its way to the other it would pass over numbers
            say.label("across-wide", 0.95, 0.9, 0.85, 0.8, name="wide"),
            say.label("across-narrow", 0.95, 0.05, 0.85, 0.15, name="narrow"),
            *say.labels("variance-{}", ROLES, 0.5, 0.3, 0.7, 0.15, name="{}", still=True),
            say.label("found", 0.8, 0.75, 0.85, 0.9, name="way"),
            say.label("kept", 0.3, 0.35, 0.25, 0.4, name="path"),
            say.label("same", 0.3, 0.7, 0.25, 0.75, 0.2),
            say.label("nearest", 0.85, 0.8, 0.9, 0.75, 0.15),
        ),
        drivers=(
            Driver("step", steps, exhibit.at, places=np.log10(steps).round(3)),
            Driver("factor", FACTORS, SAME, places=np.log10(FACTORS).round(3)),
        ),
        readouts=(
            Readout("steps", "$T =$", "ink", exhibit.steps, STEP),
            Readout("lam", r"$\lambda =$", "l2", exhibit.lams, BOTH),
            *exhibit.pair.readouts(say, "found", exhibit.found, STEP),
            Readout("apart", say("readout.apart"), "l2", exhibit.away, BOTH),
        ),
        says=("found", "kept", "away"),
        free=(*GROUND, "way", "path", "link", "stopped", "optimum-l2", *FILTERS, *AWAY),
        knobs={"step_size": np.arange(5, 51) / 100.0},
        presets={
            "soon": {"step": 3.0, "factor": 1.0},
            "late": {"step": 316.0, "factor": 1.0},
            "long": {"step": 10.0, "factor": 1.0, "step_size": 0.5},
        },
    )  # fmt: skip


def _top(exhibit: EarlyStopping) -> float:
    """Return up to which distance is seen."""
    drawn = np.isin(exhibit.steps, STEPS)
    return 1.1 * float(max(exhibit.nearest[drawn].max(), exhibit.away[SAME, drawn].max()))


def _weights_marks(exhibit: EarlyStopping) -> Iterator[Mark]:
    """Yield the loss, both ways from 0, where they are now, and how far apart."""
    pair, steps, mark = exhibit.pair, exhibit.steps, parts.marks_in("weights")
    yield from pair.ground(pair.contours(pair.variances[1:])[0])
    found, kept = pair.weights(exhibit.found), pair.weights(exhibit.kept)
    walked = np.append(0.0, STEPS)
    first, now = np.arange(1.0, DOTS + 1.0), found[:, None]
    way, dots = (pair.weights(exhibit.found_by(counts)) for counts in (walked, first))
    gone = np.where((walked <= steps[:, None])[..., None], way, now)
    yield from pair.parts("part", exhibit.found, STEP, look="faint")
    yield mark("path", "line", "l2", pair.ridge_way(pair.variances))
    yield mark("way", "line", "path", way)
    yield mark("gone", "line", "path", gone, "step")
    seen = there(dots, first <= steps[:, None])
    yield mark("dots", "point", "path", seen, "step", weight="fine")
    link = np.stack(np.broadcast_arrays(kept, found), axis=-2)
    yield mark("link", "line", "lq", link, *BOTH, weight="strong")
    yield mark("start", "point", "path", np.zeros((1, 2)), look="hollow")
    yield from pair.standing(exhibit.kept, BOTH)
    yield mark("stopped", "point", "path", now, "step")


def _filter_marks(exhibit: EarlyStopping) -> Iterator[Mark]:
    """Yield the shares of both by variance, and those of the two directions."""
    power, mark = np.log10(VARIANCES), parts.marks_in("filters")
    found = rm.descent_filter(VARIANCES, exhibit.number("step_size"), exhibit.steps[:, None])
    kept = rm.ridge_filter(VARIANCES, exhibit.lams[..., None])
    places = np.log10(exhibit.pair.variances)
    for (name, role), place in zip(ROLES.items(), places, strict=True):
        yield mark(f"variance-{name}", "line", role, over(place, [0.0, 1.0]), weight="fine")
    yield mark("kept", "line", "l2", over(power, kept), *BOTH)
    yield mark("found", "line", "path", over(power, found), "step")
    yield mark("now-kept", "point", "l2", over(places, exhibit.kept), *BOTH)
    yield mark("now-found", "point", "path", over(places, exhibit.found), "step")


def _away_marks(exhibit: EarlyStopping, top: float) -> Iterator[Mark]:
    """Yield how far ridge is at the strength of the factor, and at the best of all."""
    steps = np.log10(exhibit.steps)
    away = over(steps, exhibit.away)
    drawn = np.isin(exhibit.steps, STEPS)
    least = over(steps, exhibit.nearest)
    yield principal.rule("away", exhibit.steps, top, "step")
    seen = there(away, away[..., 1] <= top)
    yield from principal.charted("same", "away", "l2", away[:, drawn], seen, *BOTH)
    yield Mark("nearest", "away", "line", "lq", least[drawn], weight="strong")


#: what stands under both ways; in the chart of the filters, and in that of the distance
GROUND = ("contours", *sided("across"), "start", "unregularized")
FILTERS = (*sided("variance"), "kept", "found", "now-kept", "now-found")
AWAY = ("rule-away", "same", "now-same", "nearest")


# ---- how it is told


def story(exhibit: EarlyStopping) -> Story:
    """Walk from 0, see what is found along each direction, and lay ridge beside it."""
    last, at = len(exhibit.steps) - 1, exhibit.at
    told: dict[str, float | str] = dict(exhibit.pair.told)
    slow: dict[str, Any] = {"seconds": 2.8, "even": True}
    # As far as its distance is seen.
    tried = np.flatnonzero(exhibit.away[:, at] <= _top(exhibit))
    lands, half, beside = asking(*_questions(exhibit))
    return Story((
        say.section("start", told, panels=("weights",), put={"step": at, "factor": SAME},
                    show=GROUND, hold=2.6),
        lands,
        Section("descent", (
            say.step("descent", "descent", put={"step": 0}, show=("gone", "dots", "stopped"),
                     hold=0.8),
            Step(run={"step": last}, **slow),
            say.step("stop", run={"step": at}, seconds=1.2, hold=1.6),
        ), only=("gone", "dots", "stopped", "steps")),
        half,
        Section("found", (
            say.step("found", "found", put={"step": 0}, hold=1.8),
            Step(run={"step": last}, tell=say("tell.found"), **slow, hold=1.6),
        ), only=(*sided("part", "found"), "stopped", "gone", "steps")),
        beside,
        Section("ridge", (
            say.step("ridge", "ridge", put={"step": 0}, show=("way", "path"), hold=2.0),
            say.step("together", show=("stopped", "optimum-l2", "link"), hold=1.0),
            Step(run={"step": last}, **slow),
            Step(run={"step": at}, tell=say("tell.ridge"), seconds=1.4, hold=1.6),
        ), only=("steps", "lam")),
        Section("away", (
            say.step("away", "length", panels=("weights", "away"), put={"step": 0}, show=AWAY,
                     hold=1.4),
            Step(run={"step": last}, **slow),
            say.step("try", run={"step": at}, show=("lam",), seconds=1.2),
            Step(run={"factor": int(tried[-1])}, seconds=1.6),
            Step(run={"factor": int(tried[0])}, seconds=2.6),
            Step(run={"factor": SAME}, tell=say("tell.away"), seconds=1.2, hold=0.8),
            Step(run={"step": last}, seconds=1.4, hold=0.8, task=_task(exhibit)),
        ), only=("steps", "apart", "lam")),
        Section("filters", (
            say.step("filters", "shares", panels=("weights", "filters"), put={"step": 0},
                     show=FILTERS, hold=1.6),
            Step(run={"step": last}, **slow),
            say.step("still", "still", run={"step": at}, tell=say("tell.still"), seconds=1.4,
                     hold=3.0),
        )),
    ))  # fmt: skip


def _task(exhibit: EarlyStopping) -> Task | None:
    """Return the task to find where no ridge is near, unless that is where all steps lead."""
    if exhibit.nearest[-1] >= NEARLY * exhibit.nearest.max():
        return None
    return say.task("task", *STEP, claims={"away": "most"})


def _questions(exhibit: EarlyStopping) -> Iterator[Question]:
    """Ask where descent stands, when half is found, and where ridge's path is."""
    pair, at = exhibit.pair, {"step": exhibit.at, "factor": SAME}
    # The first step is seen, to reason from: it must not be the answer.
    asked = max(exhibit.at, FEW)
    yield pair.asks_place(
        say, "lands", exhibit.found[asked], {"free": np.ones(2)}, at=at | {"step": 0},
        values={"steps": float(exhibit.steps[asked])}, sees=(*GROUND, "gone", "stopped"),
    )  # fmt: skip
    wide, narrow = (exhibit.number("step_size") * exhibit.pair.variances).tolist()
    truth = _half(narrow)
    wrongs = {"even": 0.5 / narrow, "wide": _half(wide), "whole": 1.0 / narrow}
    told = {"share": three(narrow), "steps": two(truth)}
    ends = {name: two(of) for name, of in wrongs.items()}
    yield say.guess(
        "half", told["steps"], NEAR * truth, ends, told, high=one(2.5 * truth),
        panel="weights", sees=GROUND, at=at,
    )  # fmt: skip
    yield say.choice("beside", "straighter", ("same", "straighter", "bent"),
                     panel="weights", sees=(*GROUND, "way"), at=at)  # fmt: skip


def _half(share: float) -> float:
    """Return after how many steps half is found, if each finds this share of what is left."""
    return math.log(0.5) / math.log1p(-share)
