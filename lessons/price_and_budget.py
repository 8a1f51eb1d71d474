"""Price and budget: why a penalty is a limit.

Each budget has its least loss. A price for each unit of size, the strength of a penalty, picks
one of the budgets: that where the next unit buys exactly what it costs. So the penalized
optimum is that of a limit, and the strength is minus the slope of the least loss.

The loss is counted from its least value. A budget is `|w1| + |w2|` for L1 and the radius `|w|`
for L2, whose penalty is the radius squared: there the slope is minus `2 * lam * t`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.knob_groups import PlaneKnobs
from regviz.lessons.lines import over, squared
from regviz.lessons.numbers import signed, snap
from regviz.lessons.parameters import Number, Point, knob
from regviz.lessons.picture import Driver, Label, Mark, Panel, Picture, Positions, Readout, Said
from regviz.lessons.region_lines import outlines, rings, through
from regviz.lessons.regions import PENALTIES, Region, regions
from regviz.lessons.story import Question, Section, Step, Story, Voice, asking
from regviz.lessons.two_weights import PlaneExhibit, loss_knobs, loss_of, plane

TOPIC = "geometry"
NEEDS = ("corner",)
ORDER = 110

#: the power of the budget that each penalty counts
POWERS = {"l1": 1, "l2": 2}
#: prices as shares of that at which L1 buys nothing, and how far above its place a level hangs,
#: as a share of the way to that of spending nothing
PRICES, LIFTS = np.arange(101) / 100.0, np.arange(21) / 20.0
#: vertices of a curve less one, and its end in budgets of the unregularized optimum
POINTS, BEYOND = 80, 1.1
#: air around the planes, and above the curve; and how near to the truth a guess is right, in
#: budgets of the unregularized optimum
AIR, ABOVE, NEAR = 0.06, 1.06, 0.06
#: a budget is half of another if it is no further from it than this share of that
HALF = 0.05
#: the first limit that is told of, in budgets of the unregularized optimum
TIGHT = 0.35
#: prices worth seeing, and a loss one of whose weights grows with the price
PRESETS: Any = {"free": {"price": 0.0}, "dear": {"price": 0.9}}
GROWS: Any = {"price": 0.1, "rho": 0.7, "curvature": (1.0, 4.0), "center": (1.5, 0.5)}
#: where along their marks names may stand
SPOTS = {
    "unregularized": (0.0,),
    "optimum": (0.0,),
    "curve": (0.12, 0.08, 0.16, 0.2, 0.25),
    "level": (0.85, 0.8, 0.9, 0.75, 0.7, 0.1, 0.2),
}
say = Voice("price-and-budget")


@dataclass(frozen=True)
class Parameters(PlaneKnobs):
    """Knobs of the price and of the loss, in whose optimum both weights count."""

    center: tuple[float, float] = knob(
        (1.0, 1.6), Point(-5.0, 5.0), "unregularized optimum of the loss"
    )
    price: float = knob(
        0.3, Number(0.05, 0.95), "strength, as a share of that at which L1 makes all weights 0"
    )


@dataclass(frozen=True, kw_only=True)
class PriceAndBudget(PlaneExhibit):
    """The optima of a loss at every price, and the least loss of every budget.

    Attributes
    ----------
    prices, strengths
        Strengths as shares of the greatest, and themselves, ascending, shapes `(n_prices,)`.
    at
        Index of the parameters' price.
    budgets
        Of the curves, shape `(n_points,)`; the greatest has room to spare.
    sides, least
        By penalty: the optima at each strength, and the least loss of each of `budgets`.
    """

    prices: rm.Array
    strengths: rm.Array
    at: int
    budgets: rm.Array
    sides: dict[str, Region]
    least: dict[str, rm.Array]

    @cached_property
    def losses(self) -> dict[str, rm.Array]:
        """By penalty, the loss of the optimum at each strength, shape `(n_prices,)`."""
        return {name: above(self.loss, side.optima) for name, side in self.sides.items()}

    @property
    def start(self) -> float:
        """The loss of spending nothing."""
        return float(above(self.loss, np.zeros(2)))

    @property
    def whole(self) -> float:
        """L1's size of the unregularized optimum."""
        return float(np.abs(self.loss.center).sum())


def above(loss: rm.Quadratic, weights: rm.Array) -> rm.Array:
    """Return how far the loss of weights `(..., 2)` is above its least, shape `(...)`."""
    error = weights - loss.center
    found: rm.Array = 0.5 * np.einsum("...i,ij,...j", error, loss.hessian, error)
    return found


def exhibit(parameters: Parameters) -> PriceAndBudget:
    """Compute the optima at every price, and the least loss within every budget.

    Raises
    ------
    BadInput
        If the loss is given twice, or the data cannot be used.
    """
    given = loss_of(parameters)
    loss = given.quadratic
    own = snap(parameters.price)
    prices, at = parts.with_own(PRICES, own)
    strengths = prices * float(np.abs(loss.gradient(np.zeros(2))).max())
    sides = regions(loss, given.given, strengths, at)
    budgets = BEYOND * float(np.abs(loss.center).sum()) * np.arange(POINTS + 1) / POINTS
    best = {
        name: rm.constrained_optimum(loss, shape, budgets[1:]).weights
        for name, shape in PENALTIES.items()
    }
    return PriceAndBudget(
        lesson="price-and-budget",
        **given.held_by(parameters, sides, price=own),
        prices=prices,
        strengths=strengths,
        at=at,
        budgets=budgets,
        sides=sides,
        least={n: above(loss, np.vstack([np.zeros(2), w])) for n, w in best.items()},
    )


def claims(exhibit: PriceAndBudget, at: Positions) -> dict[str, Said]:
    """Return what is true of both penalties at a price."""
    lam, whole, found = float(exhibit.strengths[at["price"]]), exhibit.whole, {}
    for name, side in exhibit.sides.items():
        t = float(side.budgets[at["price"]])
        slope = lam if name == "l1" else 2.0 * lam * t
        is_half = name == "l1" and abs(t - whole / 2.0) <= HALF * whole
        kind = "free" if not lam else "none" if not t else "half" if is_half else "some"
        values = signed(lam=lam, t=t, slope=slope)
        found[f"curve-{name}"] = say(f"claim.{name}.{kind}", **values)
    own = exhibit.sides["l1"], exhibit.sides["l2"]
    return found | {"alt": say("alt", lam=own[0].lam, t1=own[0].budget, t2=own[1].budget)}


# ---- what there is to see


def picture(exhibit: PriceAndBudget) -> Picture:
    """Describe a plane for each penalty, and both curves of the least loss over the budget."""
    right, top = float(exhibit.budgets[-1]), ABOVE * exhibit.start
    l1, l2 = exhibit.sides["l1"], exhibit.sides["l2"]
    ticks = parts.rounded(0.0, right), parts.rounded(0.0, top)
    foot = say("foot", residual=exhibit.residual)
    curve = say.chart("curve", np.array([0.0, right, 0.0, top]), ticks, foot)
    by = ("price",)
    numbers = {"lam": exhibit.strengths, "slope": 2.0 * exhibit.strengths * l2.budgets}
    return Picture(
        panels=(*(_plane(exhibit, name) for name in PENALTIES), curve),
        marks=tuple(mark for name in PENALTIES for mark in _marks(exhibit, name)),
        labels=tuple(
            Label(f"{what}-{name}", say(f"name.{what}.{name}"), spots, bold=what == "optimum")
            for name in PENALTIES
            for what, spots in SPOTS.items()
        ),
        drivers=(
            Driver("price", exhibit.prices, rest=exhibit.at),
            Driver("lift", LIFTS, rest=0, told=True),
        ),
        readouts=(
            Readout("lam", r"$\lambda =$", "ink", numbers["lam"], by, "curve"),
            Readout("t-l1", "$t =$", "l1", l1.budgets, by, "l1", "spot-l1"),
            Readout("loss-l1", "$L =$", "l1", exhibit.losses["l1"], by, "curve", "spot-l1"),
            Readout("t-l2", "$t =$", "l2", l2.budgets, by, "l2", "spot-l2"),
            Readout(
                "slope-l2", r"$2 \lambda t =$", "l2", numbers["slope"], by, "curve", "spot-l2"
            ),
        ),
        knobs=loss_knobs(exhibit.features),
        says=tuple(f"curve-{name}" for name in PENALTIES),
        free=tuple(f"{what}-{name}" for name in PENALTIES for what in (*PLANE, *CURVE)),
        presets=PRESETS | ({"grows": GROWS} if exhibit.features is None else {}),
    )


def _plane(exhibit: PriceAndBudget, name: str) -> Panel:
    center, reach = exhibit.loss.center, exhibit.whole
    # The region moves, and its plane stays: around the largest, that of a price of nothing.
    limits = squared(np.array([[reach, reach], [-reach, -reach]]), AIR)
    sides = exhibit.sides.values()
    points = np.array([center, *(each.weights for each in sides)])
    said = claims(exhibit, {"price": exhibit.at})[f"curve-{name}"]
    return plane(
        say, name, limits, points, [each.reach for each in sides], exhibit.features,
        title=say(f"title.plane.{name}"), foot=say("foot", residual=exhibit.residual),
        summary=Said(said.key.replace("claim", "summary"), said.values), role=name,
    )  # fmt: skip


def _marks(exhibit: PriceAndBudget, name: str) -> Iterator[Mark]:
    """Yield a penalty's marks, in its plane and over the budgets."""
    side, loss, budgets = exhibit.sides[name], exhibit.loss, exhibit.budgets
    power, ball = POWERS[name], outlines(side.penalty, side.budgets)
    lam, t, found = exhibit.strengths[:, None], side.budgets[:, None], exhibit.losses[name]
    # The sum of loss and cost is the same along a level; the lowest that there is touches.
    total = found[:, None] + lam * t**power
    lifted = total[:, None] + LIFTS[:, None] * (exhibit.start - total)[:, None]
    along = budgets[:: POINTS if power == 1 else 2]
    levels = over(along, lifted - (lam * along**power)[:, None])
    curve = over(budgets, exhibit.least[name])
    spots = over(side.budgets, found)[:, None]
    way = np.where((budgets <= t)[..., None], curve, spots)
    mark, curved = parts.marker(name), parts.marker(name, "curve")
    yield mark("ball", "area", "region", ball, "price")
    around = rings(loss, side.optima)
    yield mark("contours", "line", "loss", around, "price", weight="fine", look="faint")
    yield mark("edge", "line", name, ball, "price")
    yield mark("contour", "line", "loss", through(loss, side), "price")
    yield mark("unregularized", "point", "loss", loss.center[None], grip="center")
    # What moves has no name: it could not keep its side all the way.
    for what in ("optimum", "swept"):
        yield mark(what, "point", name, side.optima[:, None], "price")
    yield curved("way", "line", name, way, "price", weight="strong")
    yield curved("curve", "line", name, curve, weight="strong")
    yield curved("level", "line", "regularized", levels, "price", "lift")
    yield curved("spot", "point", name, spots, "price")


#: what a plane has, and what the curve has, at rest
PLANE = ("ball", "contours", "edge", "contour", "unregularized", "optimum")
CURVE = ("curve", "level", "spot")


# ---- how it is told


def story(exhibit: PriceAndBudget) -> Story:
    """Limit the weights, then price them; both have one optimum, wherever the price goes."""
    at, dearest = exhibit.at, len(exhibit.prices) - 1
    said = claims(exhibit, {"price": at})
    slow: dict[str, Any] = {"seconds": 2.8, "even": True}
    stop, grows = asking(*_questions(exhibit))
    tight = parts.nearest(exhibit.sides["l1"].budgets, TIGHT * exhibit.whole)

    def of(name: str, *what: str) -> tuple[str, ...]:
        return tuple(f"{each}-{name}" for each in what)

    return Story((
        Section("limit", (
            say.step("contours", "limit", panels=("l1",), put={"price": tight},
                     show=of("l1", "contours", "unregularized"), hold=2.0),
            say.step("limit", show=of("l1", "ball", "edge", "t"), hold=2.2),
            say.step("best", show=of("l1", "contour", "optimum"), hold=2.0),
        )),
        Section("budget", (
            say.step("budget", "budget", panels=("l1", "curve"), hide=("optimum-l1",),
                     show=of("l1", "swept", "way", "spot", "loss"), hold=1.8),
            say.step("more", run={"price": 0}, **slow, hold=0.4),
            Step(tell=say("tell.budget"), hold=1.6),
        )),
        stop,
        Section("price", (
            say.step("price", "price", panels=("curve",), show=("lam",),
                     put={"price": at, "lift": len(LIFTS) - 1},
                     morph={"way-l1": "curve-l1"}, hide=of("l1", "spot", "loss"), hold=1.8),
            say.step("level", show=("level-l1",), hold=2.4),
            say.step("lower", run={"lift": 0}, **slow),
            Step(tell=say("tell.price"), show=of("l1", "spot"), hold=1.4),
        )),
        Section("same", (
            say.step("same", "same", panels=("l1", "curve"), morph={"swept-l1": "optimum-l1"},
                     emphasise=of("l1", "spot"), hold=2.2),
            Step(tell=said["curve-l1"], hold=2.2),
        )),
        grows,
        Section("slope", (
            say.step("slope", "slope", tell=say("tell.slope"),
                     morph={"optimum-l1": "swept-l1"}, hold=0.8),
            Step(run={"price": dearest}, **slow, hold=1.0),
            say.step("free", run={"price": 0}, **slow, hold=1.6),
            Step(run={"price": at}, seconds=1.2, hold=0.4,
                 task=say.task("task", "price", claims={"curve-l1": "half"})),
        )),
        Section("round", (
            say.step("round", "round", panels=("l2", "curve"), hide=of("l1", *CURVE),
                     show=of("l2", *PLANE[:-1], "swept", *CURVE, "t"), hold=2.0),
            Step(tell=say("tell.round"), show=of("l2", "slope"), hold=1.2),
            Step(run={"price": dearest}, **slow, hold=0.4),
            Step(run={"price": at}, seconds=1.2, hold=0.8),
        )),
        say.section("still", panels=("l1", "curve"),
                    hide=("slope-l2", "swept-l1", *of("l2", *CURVE, "t")),
                    show=of("l1", *CURVE, "optimum"), tell=say("tell.still"), hold=3.4),
    ))  # fmt: skip


def _questions(exhibit: PriceAndBudget) -> tuple[Question, Question]:
    """Ask how much is bought at a price, and what a price can never let grow."""
    l1, whole = exhibit.sides["l1"], exhibit.whole
    stop = say.guess(
        "stop", l1.budget, NEAR * whole, {"all": whole, "none": 0.0},
        signed(lam=l1.lam, t=l1.budget), high=float(exhibit.budgets[-1]),
        panel="curve", sees=("curve-l1",),
    )  # fmt: skip
    options = {name: say(f"option.grows.{name}") for name in ("sum", "each", "none")}
    return stop, say.choice("grows", "sum", options, panel="l1")
