"""Shrinkage along principal directions: what ridge keeps of each, and how much that is in all.

A direction along which the data vary by `s**2` keeps the share `s**2 / (s**2 + 2 lam)` of least
squares; the shares add up to the degrees of freedom.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons import principal
from regviz.lessons.alt import plain
from regviz.lessons.by_strength import ByStrength
from regviz.lessons.data import read_design
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.lines import over, squared
from regviz.lessons.numbers import snap, three, to_digits
from regviz.lessons.parameters import Strength, knob
from regviz.lessons.picture import Driver, Mark, Panel, Picture, Positions, Readout, Said
from regviz.lessons.principal import ROLES, shared, sided
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking
from regviz.lessons.weight_paths import spectrum

TOPIC = "features"
NEEDS = ("path-in-plane",)
ORDER = 200

#: strengths along which lambda moves, even in their logarithm
LAMS = np.array([three(10.0 ** (step / 20.0)) for step in range(-80, 41)])
#: powers to which the variance of the narrow direction is raised: at 1 it is the data's own
SQUEEZES, OWN = np.arange(4, 41) / 20.0, 16
#: rows that are drawn, at most, and principal directions of all features
MOST_ROWS, MOST_BARS = 300, 16
#: how far a direction is drawn, in standard deviations along it, and air around the cloud and
#: around the weights
REACH, AIR, AROUND = 2.0, 0.04, 0.45
#: a share below or above these is little, or nearly all; how near a guess of the sum is, in all
LITTLE, MUCH, NEAR = 0.1, 0.9, 0.06
BOTH, LAM = ("squeeze", "lam"), ("lam",)
say = Voice("ridge-shrinkage")


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the data and the penalty; the plane has the two features that correlate most."""

    lam: float | None = knob(
        None,
        Strength(0.0001, 100.0),
        "penalty strength of the still picture; by default one that tells the directions apart",
    )


@dataclass(frozen=True, kw_only=True)
class RidgeShrinkage(ByStrength):
    """Two features along their principal directions, and all features along theirs.

    Attributes
    ----------
    pair
        The two that correlate most.
    scores
        Of some rows: how far each is along both of their directions, in standard deviations,
        shape `(n_drawn, 2)`.
    variances
        Along the principal directions of all features, falling, 0 where there is none, shape
        `(n_features,)`.
    """

    pair: principal.Pair
    scores: rm.Array
    variances: rm.Array

    @cached_property
    def squeezed(self) -> rm.Array:
        """Variances along `wide` and `narrow` at each squeeze, `(n_squeezes, 2)`."""
        narrow = self.pair.narrow**SQUEEZES
        return np.stack([2.0 - narrow, narrow], axis=1)

    @cached_property
    def kept(self) -> rm.Array:
        """Shares that are kept along both, `(n_squeezes, n_lams, 2)`."""
        return rm.ridge_filter(self.squeezed[:, None], self.lambdas[:, None])

    @cached_property
    def freedom(self) -> rm.Array:
        """Degrees of freedom with all features, by strength, `(n_lams,)`."""
        return np.asarray(rm.ridge_filter(self.variances, self.lambdas[:, None]).sum(axis=1))

    @property
    def ranks(self) -> rm.Array:
        """Places of the directions that have a bar."""
        most = len(self.variances)
        return np.unique(np.linspace(0, most - 1, min(most, MOST_BARS)).round().astype(int))


def exhibit(parameters: Parameters) -> RidgeShrinkage:
    """Compute the directions, and what ridge keeps along each.

    Raises
    ------
    BadInput
        If the data cannot be used, or no two features correlate.
    """
    design = read_design(parameters)
    pair = principal.pair_of(design, AROUND)
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    # Both together keep as much as one direction has.
    telling = to_digits(math.sqrt(pair.variances.prod()) / 2.0, 2)
    own = telling if parameters.lam is None else snap(parameters.lam)
    (lams, at), values = parts.with_own(LAMS, own), spectrum(X, y).values
    rows = np.linspace(0, len(y) - 1, min(len(y), MOST_ROWS)).round().astype(int)
    scores = pair.loss.X[rows] @ pair.directions.T / np.sqrt(pair.variances)
    return RidgeShrinkage(
        **pair.exhibited(replace(parameters, lam=own), design, own, {}),
        lesson="ridge-shrinkage",
        scores=scores.round(3) + 0.0,
        variances=np.pad(values, (0, len(design.features) - len(values))),
        lambdas=lams,
        at=at,
    )


def claims(exhibit: RidgeShrinkage, at: Positions) -> dict[str, Said]:
    """Return what is true of the cloud, and of what is kept, at these positions."""
    lam, n = float(exhibit.lambdas[at["lam"]]), len(exhibit.variances)
    kept = exhibit.kept[at["squeeze"], at["lam"]]
    told = {**shared(kept), "lam": lam}
    drawn, n_rows = len(exhibit.scores), len(exhibit.pair.loss.y)
    freedom = three(float(exhibit.freedom[at["lam"]]))
    first, second = map(plain, exhibit.points["optimum-l2"].tolist())
    return {
        "kept": say(f"claim.kept.{kind_of(*kept.tolist())}", **told),
        "all": say("claim.freedom", n=n, freedom=freedom, lam=lam),
        "cloud": say(f"claim.cloud.{'some' if drawn < n_rows else 'all'}", drawn=drawn,
                     n=n_rows, **exhibit.pair.told),
        "alt": say("alt", n=n, freedom=freedom, first=first, second=second, **told,
                   **exhibit.pair.told),
    }  # fmt: skip


def kind_of(wide: float, narrow: float) -> str:
    """Say how far the two directions are told apart."""
    if wide < LITTLE or narrow > MUCH:
        return "little" if wide < LITTLE else "much"
    return "split" if narrow < LITTLE and wide > 0.5 else "some"


# ---- what there is to see


def picture(exhibit: RidgeShrinkage) -> Picture:
    """Describe the cloud, the weights, what is kept of both parts, and of all directions."""
    foot = say("foot", lam=exhibit.lam["l2"], residual=exhibit.residual)
    lams, rest = exhibit.lambdas, claims(exhibit, {"squeeze": OWN, "lam": exhibit.at})
    summary = say("summary.weights", **rest["kept"].values)
    correlation = exhibit.pair.sign * (1.0 - exhibit.squeezed[:, 1])
    chart = partial(principal.over_tenfolds, exhibit.lesson, foot=foot)
    return Picture(
        panels=(
            _cloud(exhibit, foot),
            exhibit.pair.panel(say, exhibit.points["optimum-l2"], summary, foot),
            chart("filter", lams, 1.0),
            _bars(exhibit, foot),
            chart("freedom", lams, float(len(exhibit.variances))),
        ),
        marks=(*_cloud_marks(exhibit), *_weights_marks(exhibit), *_chart_marks(exhibit)),
        labels=(
            *say.labels("axis-{}", ROLES, 0.97, 0.9, 0.03, 0.1, name="{}"),
            *say.labels("whole-{}", ROLES, 0.5, 0.4, 0.6, 0.3, 0.7, name="part.{}"),
            say.label("unregularized", 0.0),
            say.label("optimum-l2", 0.0, bold=True, still=True),
            say.label("filter-wide", 0.75, 0.7, 0.8, 0.65, name="wide"),
            say.label("filter-narrow", 0.45, 0.5, 0.4, 0.35, name="narrow"),
            say.label("freedom", 0.5, 0.4, 0.6, 0.3),
        ),
        drivers=(
            exhibit.driver(np.log10(lams).round(3)),
            Driver("squeeze", SQUEEZES, OWN),
        ),
        readouts=(
            exhibit.readout(),
            Readout("correlation", say("readout.correlation"), "ink", correlation,
                    ("squeeze",)),
            *exhibit.pair.readouts(say, "kept", exhibit.kept, BOTH),
            Readout("total", say("readout.total"), "l2", exhibit.freedom, LAM,
                    of="now-freedom"),
        ),
        says=("kept", "all", "cloud"),
        free=("rows", *sided("axis"), *WEIGHTS, "path", "optimum-l2", *FILTER,
              "full", "bars"),
        presets={
            "weak": {"lam": 0.01, "squeeze": 1.0},
            "strong": {"lam": 10.0, "squeeze": 1.0},
            "needle": {"lam": 0.1, "squeeze": 2.0},
            "round": {"lam": 0.1, "squeeze": 0.2},
        },
    )  # fmt: skip


def _cloud(exhibit: RidgeShrinkage, foot: Said) -> Panel:
    every = _rows(exhibit).reshape(-1, 2)
    limits = squared(np.vstack([every, -every]), AIR)
    ticks = {at: said for at, said in parts.rounded(*limits[:2], 4).items() if at}
    names = tuple(exhibit.pair.told.values())
    return say.chart("cloud", limits, (ticks, ticks), foot, kind="plane", names=names)


def _rows(exhibit: RidgeShrinkage) -> rm.Array:
    """Return where the rows are at each squeeze, `(n_squeezes, n_drawn, 2)`."""
    spread = exhibit.scores * np.sqrt(exhibit.squeezed)[:, None]
    return np.asarray(spread @ exhibit.pair.directions)


def _bars(exhibit: RidgeShrinkage, foot: Said) -> Panel:
    ranks = {float(at): f"${rank}$" for at, rank in enumerate(exhibit.ranks + 1, 1)}
    return say.chart("bars", (0.4, len(ranks) + 0.6, 0.0, 1.08),
                     (ranks, parts.rounded(0.0, 1.0)), foot, cross=(0.4, 0.0))  # fmt: skip


def _cloud_marks(exhibit: RidgeShrinkage) -> Iterator[Mark]:
    mark, reach = parts.marks_in("cloud"), REACH * np.sqrt(exhibit.squeezed)
    yield mark("rows", "point", "data", _rows(exhibit), "squeeze", weight="fine", look="faint")
    for i, (name, role) in enumerate(ROLES.items()):
        ends = np.multiply.outer(reach[:, i], [[-1.0], [1.0]]) * exhibit.pair.directions[i]
        yield mark(f"axis-{name}", "line", role, ends, "squeeze", weight="strong")


def _weights_marks(exhibit: RidgeShrinkage) -> Iterator[Mark]:
    """Yield the loss, least squares in two parts, and what is kept of it."""
    pair, kept, lams = exhibit.pair, exhibit.kept, exhibit.lambdas
    yield from pair.ground(pair.contours(exhibit.squeezed[:, 1]), "squeeze")
    way, now = pair.ridge_way(exhibit.squeezed), pair.weights(kept)[:, :, None]
    product = np.sqrt(exhibit.squeezed.prod(axis=1))[:, None, None]
    passed = product * (1.0 - principal.WAY) <= 2.0 * lams[:, None] * principal.WAY
    gone = np.where(passed[..., None], way[:, None], now)
    yield Mark("path", "weights", "line", "l2", way, ("squeeze",), weight="fine")
    yield Mark("gone", "weights", "line", "l2", gone, BOTH)
    yield from pair.parts("whole", np.ones(2), look="faint")
    yield from pair.parts("part", kept, BOTH, weight="strong")
    yield from pair.standing(kept, BOTH)


def _chart_marks(exhibit: RidgeShrinkage) -> Iterator[Mark]:
    """Yield the shares over the strength, those of all directions as bars, and their sum."""
    lams, n, kept = exhibit.lambdas, float(len(exhibit.variances)), exhibit.kept
    places, drawn = np.log10(lams), np.isin(lams, LAMS)
    yield principal.rule("filter", lams, 1.0, "lam")
    for i, (name, role) in enumerate(ROLES.items()):
        now, own = over(places, kept[..., i]), f"filter-{name}"
        yield from principal.charted(own, "filter", role, now[:, drawn], now, *BOTH)
    variances = exhibit.variances[exhibit.ranks]
    where = np.arange(1.0, len(variances) + 1.0)
    bars = over(where, rm.ridge_filter(variances, lams[:, None]))
    yield Mark("full", "bars", "bar", "loss", over(where, variances > 0.0), look="faint")
    yield Mark("bars", "bars", "bar", "l2", bars, LAM)
    yield principal.rule("freedom", lams, n, "lam")
    now = over(places, exhibit.freedom)
    yield from principal.charted("freedom", "freedom", "l2", now[drawn], now, *LAM)


#: what stands in the plane of the weights and in the chart of both shares
WEIGHTS = ("contours", *sided("across", "whole", "part"), "unregularized")
FILTER = ("rule-filter", *sided("filter", "now-filter"))


# ---- how it is told


def story(exhibit: RidgeShrinkage) -> Story:
    """Tell where the cloud is narrow, what the loss makes of that, and what ridge does."""
    last, at = exhibit.last, exhibit.at
    told: dict[str, float | str] = {**exhibit.pair.told, "n": len(exhibit.variances)}
    slow: dict[str, Any] = {"seconds": 2.8, "even": True}
    flat, lands, counted = asking(*_questions(exhibit))
    return Story((
        Section("cloud", (
            say.step("cloud", "cloud", told, panels=("cloud",), put={"squeeze": OWN, "lam": at},
                     show=("rows",), hold=2.2),
            say.step("axes", show=sided("axis"), hold=1.8),
        )),
        flat,
        Section("loss", (
            say.step("loss", "loss", panels=("cloud", "weights"), hold=2.2,
                     show=("contours", *sided("across"), "unregularized")),
            say.step("squeeze", run={"squeeze": len(SQUEEZES) - 8}, seconds=2.0, hold=0.4),
            Step(run={"squeeze": 4}, seconds=2.0, hold=0.4),
            Step(run={"squeeze": OWN}, tell=say("tell.loss"), seconds=1.4, hold=1.4),
        ), only=("correlation",)),
        lands,
        Section("shrink", (
            say.step("parts", "shrink", panels=("weights",), put={"lam": 0}, hold=2.0,
                     show=sided("whole")),
            say.step("shrink", show=("lam", "gone", "optimum-l2", *sided("part", "kept")),
                     hold=0.6),
            Step(run={"lam": last}, **slow),
            Step(tell=say("tell.shrink"), hold=1.6),
            say.step("filter", panels=("weights", "filter"), put={"lam": 0},
                     hide=("gone", *sided("kept")), show=("path", *FILTER), hold=1.4),
            say.step("share", tell=say("tell.share"), hold=1.6),
            Step(run={"lam": last}, task=_task(exhibit), **slow, hold=1.0),
        ), only=("lam", "gone", *sided("kept"))),
        Section("bars", (
            say.step("all", "all", told, panels=("bars",), put={"lam": 0},
                     show=("full", "bars"), hold=1.6),
            say.step("bars", run={"lam": at}, **slow, hold=1.2),
        ), only=("lam",)),
        counted,
        Section("freedom", (
            say.step("freedom", "sum", told, panels=("bars", "freedom"), put={"lam": 0},
                     show=("freedom", "rule-freedom", "now-freedom"), hold=1.6),
            Step(run={"lam": last}, **slow, hold=0.4),
            Step(run={"lam": at}, tell=say("tell.freedom"), seconds=1.6, hold=1.4),
        ), only=("lam", "total")),
        say.section("still", panels=("weights", "filter"), put={"lam": at},
                    tell=say("tell.still"), hold=1.6),
    ))  # fmt: skip


def _task(exhibit: RidgeShrinkage) -> Task | None:
    """Return the task to drop one direction and keep the other, where that can be."""
    if "split" not in [kind_of(*shares) for shares in exhibit.kept[OWN].tolist()]:
        return None
    return say.task("task", *LAM, claims={"kept": "split"})


def _questions(exhibit: RidgeShrinkage) -> Iterator[Question]:
    """Ask where the loss is flat, where the optimum lands, and what the shares add up to."""
    pair, lam, n = exhibit.pair, exhibit.lam["l2"], len(exhibit.variances)
    rest = {"squeeze": OWN, "lam": exhibit.at}
    yield say.choice("flat", "narrow", ("wide", "narrow", "same"), panel="cloud",
                     sees=("rows", *sided("axis")), at=rest)  # fmt: skip
    yield pair.asks_place(
        say, "lands", exhibit.kept[OWN, exhibit.at], {"zero": np.zeros(2), "free": np.ones(2)},
        values={"lam": lam}, sees=("contours", *sided("across"), "unregularized"), at=rest,
    )  # fmt: skip
    freedom = three(float(exhibit.freedom[exhibit.at]))
    above = float((rm.ridge_filter(exhibit.variances, lam) > 0.5).sum())
    told = {"lam": lam, "n": n, "freedom": freedom, "above": above}
    yield say.guess(
        "counted", freedom, NEAR * n, {"all": n, "above": above}, told, high=float(n),
        panel="bars", sees=("full", "bars"), at=rest,
    )  # fmt: skip
