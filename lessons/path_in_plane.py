"""The ways of the L1 and the L2 optimum in the plane of two weights, as lambda grows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.alt import coordinates, plain
from regviz.lessons.by_strength import ByStrength
from regviz.lessons.held_weights import against
from regviz.lessons.knob_groups import PlaneKnobs
from regviz.lessons.lines import over, squared, there, with_air
from regviz.lessons.numbers import signed, snap, three, zeros
from regviz.lessons.parameters import Strength, knob
from regviz.lessons.picture import Mark, Panel, Picture, Positions, Readout, Said
from regviz.lessons.region_lines import CURVE_POINTS, outlines, rings
from regviz.lessons.regions import PENALTIES, Region, region
from regviz.lessons.story import Section, Step, Story, Voice, asking, both
from regviz.lessons.two_weights import PlaneExhibit, loss_knobs, loss_of, plane, strength_of

TOPIC = "geometry"
NEEDS = ("corner",)
ORDER = 78

#: strengths along which lambda moves, and how far beyond the one from which L1 keeps nothing
STEPS, BEYOND = 120, 1.25
#: how far between one weight at 0 and both, unless a strength is asked for
EARLY = 0.25
#: a corner that lasts shorter than this share of the strengths is none to be told of
LASTS = 1e-6
#: vertices of the L2 way
POINTS = 161
#: air around the largest region in the plane, and above and below the ways in the chart
AIR, SPACE = 0.06, 0.16
#: far below all weights
BELOW = -100.0
LAM = ("lam",)
#: losses worth seeing
PRESETS: Any = {
    "straight": {"rho": 0.0, "curvature": (1.0, 1.0), "center": (1.5, 1.5)},
    "grows": {"rho": 0.8, "curvature": (1.0, 3.0), "center": (1.9, 0.4)},
    "sign": {"rho": 0.8, "curvature": (1.0, 3.0), "center": (1.9, -0.3)},
}
#: what may be answered to where both ways end, and to what L1's is like
ENDS, SHAPES = ("axis", "contour", "zero", "corner"), ("curve", "pieces", "straight")
say = Voice("path-in-plane")


@dataclass(frozen=True)
class Parameters(PlaneKnobs):
    """Knobs of the ways; the loss is given by numbers or by data, not by both."""

    lam: float | str | None = knob(
        None,
        Strength(0.0, 100.0, from_data=True),
        "penalty strength of the still picture; by default one at which L1 has one weight",
    )


@dataclass(frozen=True, kw_only=True)
class PathInPlane(ByStrength, PlaneExhibit):
    """The optima of both penalties at every strength.

    Attributes
    ----------
    sides
        By penalty, `l1` and `l2`: the optima along the same strengths.
    knots
        Strengths among which are all where L1's way bends, ascending, shape `(10,)`.
    alone
        The strengths from which one L1 weight is exactly 0, and from which both are.
    ways
        By penalty, the whole way from the unregularized optimum to 0, shape `(n, 2)`; L1's has
        its knots.
    """

    sides: dict[str, Region]
    knots: rm.Array
    alone: tuple[float, float]
    ways: dict[str, rm.Array]

    @property
    def end(self) -> float:
        """The strength as far as the weights are drawn against it, beyond `alone`."""
        return three(BEYOND * self.alone[1])

    @property
    def bends(self) -> bool:
        """Whether one weight is 0 before the other is, on L1's way."""
        low, high = self.alone
        return high - low > LASTS * high and bool(self.loss.center.all())

    @property
    def bend(self) -> rm.Array:
        """The L1 optimum at the strength from which one weight is 0, shape `(1, 2)`."""
        return rm.penalized_optima(self.loss, PENALTIES["l1"], self.alone[:1])

    def until(self, name: str, lams: rm.Array) -> tuple[rm.Array, rm.Array]:
        """Return strengths up to each, ascending, and the optima: L1's has all its knots.

        Shapes `(..., n)` and `(..., n, 2)`, where that of the strengths is `(...)`.
        """
        last = lams[..., None]
        if name == "l1":
            passed: rm.Array = np.minimum([0.0, *self.knots, np.inf], last)
        else:
            passed = last * (np.arange(CURVE_POINTS) / (CURVE_POINTS - 1.0)) ** 2
        return passed, rm.penalized_optima(self.loss, PENALTIES[name], passed)


def exhibit(parameters: Parameters) -> PathInPlane:
    """Compute the ways.

    Raises
    ------
    BadInput
        If parameters contradict each other or the data cannot be used.
    """
    given = loss_of(parameters)
    loss = given.quadratic
    low, high = map(float, rm.corner_lambdas(loss))
    asked, by_validation = strength_of(parameters.lam, given.design, "l1")
    own = snap(low + EARLY * (high - low) if asked is None else asked)
    even = np.linspace(0.0, BEYOND * high, STEPS + 1).tolist()
    lams, at = parts.with_own([*map(three, even)], own)
    sides = {
        name: region(loss, given.given, penalty, "lam", lams, at)
        for name, penalty in PENALTIES.items()
    }
    knots = rm.planar_knots(loss)
    return PathInPlane(
        lesson="path-in-plane",
        **given.held_by(parameters, sides, lam=own),
        by_validation=by_validation,
        lambdas=lams,
        at=at,
        sides=sides,
        knots=knots,
        alone=(low, high),
        ways={
            "l1": rm.penalized_optima(loss, PENALTIES["l1"], [0.0, *knots]),
            "l2": _curve(loss),
        },
    )


def _curve(loss: rm.Quadratic) -> rm.Array:
    """Return the L2 way, evenly between no penalty and one without end, which ends at 0."""
    share = np.arange(POINTS - 1) / (POINTS - 1.0)
    scale = float(np.trace(loss.hessian)) / 4.0
    found = rm.penalized_optima(loss, PENALTIES["l2"], scale * share / (1.0 - share))
    return np.vstack([found, np.zeros(2)])


# ---- what is true


def claims(exhibit: PathInPlane, at: Positions) -> dict[str, Said]:
    """Return what is true of both optima, with lambda at a position."""
    lam, (low, high) = float(exhibit.lambdas[at["lam"]]), exhibit.alone
    said = {"strength": say("claim.strength", lam=lam)}
    shape = "bends" if exhibit.bends else "straight"
    for name, side in exhibit.sides.items():
        first, second = side.optima[at["lam"]].tolist()
        told = signed(3, first=first, second=second)
        said[f"now-{name}"] = say(f"claim.{name}.{zeros(first, second)}", **told)
    return {
        **said,
        "bends": say(f"claim.{shape}", low=three(low), high=three(high)),
        "alt": say("alt", lam=plain(exhibit.lam["l1"]), **coordinates(exhibit.points)),
        "foot": say("foot", lam=exhibit.lam["l1"], residual=exhibit.residual),
    }


# ---- what there is to see


def picture(exhibit: PathInPlane) -> Picture:
    """Describe the ways in the plane, and the weights on them against lambda."""
    reach = with_air(np.concatenate([*exhibit.ways.values()]), SPACE)
    # Those of L1 have the knots as vertices.
    curves = {name: exhibit.until(name, np.array(exhibit.end)) for name in PENALTIES}
    optima = {name: side.optima for name, side in exhibit.sides.items()}
    level = parts.marks_in("chart")("level", "rule", "muted", over([0.0, exhibit.end], 0.0),
                                    weight="fine")  # fmt: skip
    chart = against("chart", curves, exhibit.lambdas, optima, reach)
    marks = (*_plane_marks(exhibit), level, *chart)
    return Picture(
        panels=_panels(exhibit, reach),
        marks=marks,
        labels=(
            say.label("unregularized", 0.0),
            *say.labels("way-{}", PENALTIES, 0.3, 0.2, 0.4, 0.5, 0.15, 0.6, name="{}"),
            *say.labels("ball-{}", PENALTIES, 0.1, 0.9, 0.15, 0.35, 0.65, name="ball.{}"),
            say.label("bend", 0.0),
            *(say.label(f"w{i}-{name}", 0.15, 0.1, 0.25, 0.35, 0.5, name=f"w{i}.{name}")
              for name in PENALTIES for i in (1, 2)),
        ),
        drivers=(exhibit.driver(),),
        readouts=(Readout("strength", r"$\lambda =$", "ink", exhibit.lambdas, LAM),),
        says=("now-l1", "now-l2", "bends", "strength"),
        free=tuple(mark.name for mark in marks if not mark.name.startswith("gone")),
        knobs=loss_knobs(exhibit.features),
        presets={} if exhibit.features else PRESETS,
    )  # fmt: skip


def _panels(exhibit: PathInPlane, reach: tuple[float, float]) -> tuple[Panel, Panel]:
    told = claims(exhibit, {"lam": exhibit.at})
    # Of the bend, too: its name has no room but there.
    points = np.vstack([exhibit.loss.center, exhibit.points["optimum-l1"], exhibit.bend])
    # Both ways are in the largest region, that of a price of nothing, and all of it is seen.
    whole = float(np.abs(exhibit.loss.center).sum())
    window = squared(np.array([[whole, whole], [-whole, -whole]]), AIR)
    return (
        plane(say, "plane", window, points, (), exhibit.features,
              summary=told["now-l1"], foot=told["foot"]),
        # Its level axis is at the foot: a weight that is 0 has its name below it.
        say.chart("chart", np.array([0.0, exhibit.end, *reach]),
                  (parts.rounded(0.0, exhibit.end), parts.rounded(*reach)), told["bends"],
                  cross=(0.0, BELOW)),
    )  # fmt: skip


def _plane_marks(exhibit: PathInPlane) -> Iterator[Mark]:
    """Yield the marks of the plane, from below to above."""
    loss, mark, fine = exhibit.loss, parts.marks_in("plane"), {"weight": "fine"}
    contours = rings(loss, loss.center[None])[0]
    yield mark("contours", "line", "loss", contours, **fine, look="faint")
    for name, side in exhibit.sides.items():
        # Of a region that has shrunk to a point there is nothing to name.
        ball = there(outlines(side.penalty, side.budgets), side.budgets[:, None] > 0.0)
        yield mark(f"ball-{name}", "line", name, ball, *LAM, **fine)
    for name, way in exhibit.ways.items():
        yield mark(f"way-{name}", "line", name, way, weight="strong")
    for name, side in exhibit.sides.items():
        _, gone = exhibit.until(name, side.lams)
        yield mark(f"gone-{name}", "line", name, gone, *LAM, weight="strong")
        yield mark(f"now-{name}", "point", name, side.optima[:, None], *LAM)
    bend = there(exhibit.bend, np.array([exhibit.bends]))
    yield mark("bend", "point", "l1", bend, look="hollow")
    yield mark("unregularized", "point", "loss", loss.center[None], grip="center")


# ---- what is told


def story(exhibit: PathInPlane) -> Story:
    """Tell where the ways lead, along a curve and in straight pieces."""
    said, last = claims(exhibit, {"lam": exhibit.at}), exhibit.last
    start, pieces = {"lam": 0}, "pieces" if exhibit.bends else "line"
    walk = Step(run={"lam": last}, seconds=3.6, even=True)
    ends = say.choice("ends", "zero", ENDS, panel="plane")
    shape = say.choice("shape", "pieces", SHAPES, panel="plane")
    find_both = say.task("task.both", "lam", claims={"now-l1": "both", "now-l2": "none"})
    return Story((
        Section("start", (
            say.step("start", "start", panels=("plane",), put=start,
                     show=("contours", "unregularized"), hold=2.0),
            say.step("penalty", show=("now-l1", "now-l2"), hold=2.0),
        )),
        *asking(ends),
        Section("l2", (
            say.step("l2", "l2", put=start, hide=("now-l1",), show=("gone-l2", "strength"),
                     hold=0.6),
            walk,
            say.step("never", show=("way-l2",), tell=say("tell.l2"), hold=2.0),
        ), only=("gone-l2", "ball-l2")),
        *(asking(shape) if exhibit.bends else ()),
        Section("l1", (
            say.step("l1", "l1", put=start, hide=("now-l2",), show=("now-l1", "gone-l1"),
                     hold=0.6),
            walk,
            say.step(pieces, show=("way-l1", "bend") if exhibit.bends else ("way-l1",),
                     tell=said["bends"], hold=2.4),
        ), only=("gone-l1", "ball-l1")),
        Section("regions", (
            say.step("regions", "regions", put=start, show=("now-l2",), hold=1.4),
            walk,
            Step(run={"lam": exhibit.at}, seconds=1.6, hold=1.6),
        ), only=both("ball")),
        Section("chart", (
            say.step("chart", "against", panels=("plane", "chart"), put=start,
                     show=("now", *both("w1", "w2", "w")), hold=1.6),
            replace(walk, say=say("caption.together")),
            Step(run={"lam": exhibit.at}, seconds=1.6,
                 task=find_both if exhibit.bends else None, hold=1.2),
        )),
        say.section("still", tell={"plane": said["now-l1"], "chart": said["now-l2"]}, hold=4.0),
    ))  # fmt: skip
