"""The corner: why an L1 budget makes a weight exactly zero and an L2 budget does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

import regmath as rm
import regviz.lessons.corner_moves as moves
import regviz.lessons.picture as parts
from regviz.lessons.clip import Window
from regviz.lessons.corner_said import SIDES, claims, say
from regviz.lessons.corner_told import knobs, story
from regviz.lessons.errors import BadInput
from regviz.lessons.followed import STEPS, arrival, descent, followed
from regviz.lessons.knob_groups import PlaneKnobs
from regviz.lessons.lines import squared, up_to
from regviz.lessons.numbers import one, snap
from regviz.lessons.parameters import Choice, Number, Point, Strength, knob
from regviz.lessons.picture import Driver, Label, Mark, Panel, Picture, Readout, Said
from regviz.lessons.region_lines import drops, legs, outlines, pull_of, rim, rings, through
from regviz.lessons.regions import PENALTIES, Region, regions, swept_by
from regviz.lessons.two_weights import PlaneExhibit, loss_of, plane, strength_of

__all__ = ["Corner", "Parameters", "claims", "exhibit", "picture", "story"]

TOPIC = "geometry"
NEEDS = ("penalty-shapes",)
ORDER = 70

#: what has a plane: what is compared, and what a reader may set beside it
ALL = (*SIDES, "net")
#: length of a cone, as a share of what is to be seen, and of the pull in it; of a zone
REACH, PULL, FAR = 0.36, 0.75, 20.0
#: air around what is to be seen, as a share of it, and around the loosest region, of that; how
#: far beyond the unregularized optimum is seen, room for the name of an axis, as a share of it
AIR, LOOSE, BEHIND = 0.06, 1.02, 0.27
#: where along their mark names may stand: of a cone by its rim, as beside its tip they would be
#: read as the corner's
AROUND = (0.1, 0.9, 0.15, 0.85, 0.3, 0.7, 0.35, 0.65, 0.6, 0.4)
SPOTS = {
    **dict.fromkeys(("optimum", "start", "unregularized"), (0.0,)),
    "cone": (0.3, 0.7, 0.35, 0.65, 0.25, 0.75, 0.2, 0.8),
    "normal": (1.0, 0.85, 0.7),
    "pull": (1.0, 0.5, 0.7),
    "level": AROUND,
    "path-free": (0.6, 0.7, 0.5, 0.8),
}
#: what only a picture that stands still names, and what one plane names for all: the first
STILL, ONCE = ("level", "normal", "path-free"), ("level", "path-free")
#: what the story alone shows
TOLD = (
    *("trace", "walk-free", "walk", "drop", "part-1", "part-2", "turning", "head-free"),
    *("swept", "turned", "moved", "moved-center"),
)
#: symbols of what drives the regions, and of what is its price
OWN = {"lam": (r"$\lambda =$", "$t_{} =$"), "budget": ("$t =$", r"$\lambda_{} =$")}
#: what is not there
GONE = np.full((1, 2), np.nan)


@dataclass(frozen=True)
class Parameters(PlaneKnobs):
    """Knobs of the corner lesson; the loss is given by numbers or by data, not by both."""

    lam: float | str | None = knob(
        None,
        Strength(0.0, 1000.0, from_data=True),
        "penalty strength; by default one that shows a corner",
    )
    budget: float | None = knob(
        None, Number(0.01, 100.0), "radius of both regions, in place of lam"
    )
    ratio: float = knob(
        0.0, Number(0.0, 0.95), "share of L1 in an elastic net beside both; 0 leaves it out"
    )
    start: tuple[float, float] | None = knob(
        None,
        Point(-10.0, 10.0),
        "where descent starts; by default inside, unless a region is tiny",
    )
    step_size: float = knob(
        0.1, Number(0.05, 1.0), "step size of descent, in units of 1 / largest curvature"
    )
    method: str = knob(
        "projected",
        Choice(("projected", "ista", "fista", "coordinate")),
        "descent method of the regularized paths",
    )


@dataclass(frozen=True, kw_only=True)
class Corner(PlaneExhibit):
    """What the corner lesson shows.

    Attributes
    ----------
    driver
        `lam` or `budget`: what all sides share at every step of the sweep.
    shares
        The driver as shares of the parameters' own, ascending, 1 among them, `(n_steps,)`: from
        no constraint to almost none left.
    at
        Index of the parameters' own.
    sides
        By penalty: `l1`, `l2` and, if asked for, `net`.
    paths
        By penalty, and `free` without any, iterates of descent after each of `STEPS`, shape
        `(n_steps, 2)`; the optimum once it is reached.
    turned
        By penalty, what becomes of the optimum as its pull turns, and that.
    crossed
        By penalty, and `free` without any, optima as that crosses an axis.
    """

    driver: str
    shares: rm.Array
    at: int
    sides: dict[str, Region]
    paths: dict[str, rm.Array]
    turned: dict[str, rm.Array]
    crossed: dict[str, rm.Array]

    @property
    def way(self) -> range:
        """Steps of the sweep as the regions shrink."""
        n_steps = len(self.shares)
        return range(n_steps) if self.driver == "lam" else range(n_steps)[::-1]


def exhibit(parameters: Parameters) -> Corner:
    """Compute the corner exhibit.

    Raises
    ------
    BadInput
        If parameters contradict each other or the data cannot be used.
    """
    if parameters.lam is not None and parameters.budget is not None:
        raise BadInput("lam and budget are both given; one decides the other, give one.")
    given = loss_of(parameters)
    loss = given.quadratic
    asked, by_validation = strength_of(parameters.lam, given.design, "l1")
    lam = _default_lam(loss) if asked is None else asked
    driver, own, shares = swept_by(loss, lam, parameters.budget)
    at = int(np.flatnonzero(shares == 1.0)[0])
    net = {"net": rm.ElasticNet(1.0, parameters.ratio)} if parameters.ratio > 0.0 else {}
    sides = regions(loss, given.given, shares * own, at, driver, {**PENALTIES, **net})
    start = _start(loss, parameters, min(sides[name].budget for name in SIDES))
    eta = parameters.step_size / float(loss.smoothness)
    paths = {"free": followed(rm.gradient_descent(loss, start, eta), loss.center)}
    for name, side in sides.items():
        paths[name] = followed(descent(parameters.method, loss, side, start, eta), side.weights)
    used = {driver: own, "start": start.tolist(), "hessian": loss.hessian.tolist()}
    fields = given.held_by(parameters, sides, **used)
    fields["points"]["start"] = start
    return Corner(
        lesson="corner",
        **fields,
        by_validation=by_validation,
        driver=driver,
        shares=shares,
        at=at,
        sides=sides,
        paths=paths,
        turned=moves.turned(sides),
        crossed=moves.crossed(loss, sides),
    )


def _default_lam(loss: rm.Quadratic) -> float:
    low, high = map(float, rm.corner_lambdas(loss))
    if high - low <= 1e-6 * high:  # both weights leave 0 together, but for rounding
        return snap(0.5 * high)
    # Close to where the corner begins, so that the region is still large enough to look at,
    # yet far enough for minus the gradient to lie well inside the cone.
    wanted = low + 0.25 * (high - low)
    rounded = (round(wanted, digits) for digits in range(1, 10))
    return next((lam for lam in rounded if low < lam < (low + high) / 2), snap(wanted))


def _start(loss: rm.Quadratic, parameters: Parameters, smaller: float) -> rm.Array:
    """Return where descent starts, by the smaller of the regions' radii."""
    if parameters.start is not None:
        return np.array(parameters.start)
    whole = float(np.linalg.norm(loss.center))
    # A region too small to see into is entered from outside.
    reach = 0.6 * smaller if smaller > 0.02 * whole else 0.2 * whole
    # Across from the larger weight and on the side of the smaller one: the path then meets
    # an edge away from its corner and is seen to slide.
    ahead = np.where(loss.center < 0.0, -1.0, 1.0)
    away = np.where(np.abs(loss.center) == np.abs(loss.center).max(), -0.6, 0.8)
    start: rm.Array = np.round(reach * ahead * away, 3)
    return start


# ---- what there is to see


def picture(exhibit: Corner) -> Picture:
    """Describe the planes: L1's and L2's, and that of an elastic net where it is asked for."""
    driver, (driving, driven) = exhibit.driver, OWN[exhibit.driver]
    l1, by = exhibit.sides["l1"], ("share",)
    marks = tuple(
        mark if name in exhibit.sides else replace(mark, points=GONE, by=())
        for name in ALL
        for mark in _marks(exhibit, name)
    )
    own = l1.lams if driver == "lam" else l1.budgets
    prices = {name: side.budgets if driver == "lam" else side.lams
              for name, side in exhibit.sides.items()}  # fmt: skip
    return Picture(
        panels=tuple(_panel(exhibit, name) for name in ALL),
        marks=marks,
        labels=tuple(label for name in ALL for label in _labels(exhibit, name)),
        drivers=(
            # At rest, all descents are as good as at their ends.
            Driver("step", np.array(STEPS, dtype=float),
                   rest=max(map(arrival, exhibit.paths.values()))),
            Driver("zones", np.arange(2.0), rest=0),
            Driver("share", exhibit.shares, rest=exhibit.at, told=True),
            Driver("across", moves.SHARES, rest=0, told=True),
            Driver("turn", np.arange(len(moves.UNTURNED), dtype=float), rest=0, told=True),
        ),
        readouts=(
            Readout(driver, driving, "ink", own, by),
            *(Readout(f"price-{name}", driven.format(name[1]), name, prices[name], by, name)
              for name in SIDES),
        ),
        knobs=knobs(exhibit),
        either=("lam", "budget"),
        free=tuple(m.name for m in marks if m.name.rsplit("-", 1)[0] not in TOLD),
        says=tuple(f"{what}-{name}" for name in ALL for what in ("verdict", "weights", "foot")),
        presets={
            "alike": {"rho": 0.8},
            "opposed": {"rho": -0.8},
            "between": {"center": (1.5, 1.9)},
        },
    )  # fmt: skip


def _own(exhibit: Corner, name: str) -> str:
    """Return a side's name, or L1's for one that is left out, which a page may bring back."""
    return name if name in exhibit.sides else "l1"


def _panel(exhibit: Corner, name: str) -> Panel:
    """Return a plane; that of a penalty that is left out has the numbers of L1's."""
    own, sides, (limits, _) = _own(exhibit, name), exhibit.sides, _window(exhibit)
    said = claims(exhibit, {"share": exhibit.at})
    points, reaches = [*exhibit.points.values()], [side.reach for side in sides.values()]
    weights, foot = said[f"weights-{own}"], said[f"foot-{own}"]
    # Certified by the loss as it is given.
    foot = Said(foot.key, {**foot.values, "residual": one(sides[own].kkt_residual)})
    if "net" in sides:  # three planes beside each other have room for few words
        weights, foot = (replace(each, key=each.key.replace("claim", "few"))
                         for each in (weights, foot))  # fmt: skip
    return plane(
        say, name, limits, np.array(points), reaches, exhibit.features, summary=weights,
        title=say(f"title.panel.{name}.{exhibit.driver}"), heading=said[f"verdict-{own}"],
        foot=foot, role=name,
    )  # fmt: skip


def _window(exhibit: Corner) -> tuple[Window, float]:
    """Return a square that regions, points and cones fill, and how long cones are."""
    sides, center = exhibit.sides.values(), exhibit.loss.center
    reach, start = max(side.reach for side in sides), exhibit.points["start"]
    seen = np.array([start, center, [reach, reach], [-reach, -reach]])
    length = REACH * float(np.ptp(seen, axis=0).max())
    # The sweep's largest is held, too, where it is up to twice as large as the own. Beyond that
    # the own would be too small to look at: the largest has ever less room, and is far out.
    whole = LOOSE * float(np.abs(center).sum())
    held = max(reach, min(whole, 4.0 * reach - whole))
    left, right, bottom, top = squared(seen, AIR)
    filled = [[left, bottom], [right, top], [held, held], [-held, -held]]
    rims = (rim(side, length) for side in sides)
    return squared(np.vstack([filled, (1.0 + BEHIND) * center, *rims]), 0.0), length


def _marks(exhibit: Corner, name: str) -> Iterator[Mark]:
    """Yield one plane's marks, from below to above; L1's of a penalty that is left out."""
    own, loss = _own(exhibit, name), exhibit.loss
    side, free, path = exhibit.sides[own], exhibit.paths["free"], exhibit.paths[own]
    _, length = _window(exhibit)
    ball, optima = outlines(side.penalty, side.budgets), side.optima[:, None]
    pull, (stands, turned) = pull_of(side, length), exhibit.turned[own].swapaxes(0, 1)
    mark, strong, fine = parts.marker(name), {"weight": "strong"}, {"weight": "fine"}
    budget = side.budget if exhibit.driver == "budget" else None
    far = FAR / REACH * length
    zones = () if name == "l2" else rm.zero_zones(loss, side.penalty, far, budget=budget)
    for at, zone in enumerate(zones, 1):
        yield mark(f"zone-{at}", "area", name, np.stack([zone * np.nan, zone]), "zones")
    yield mark("ball", "area", "region", ball, "share")
    around = rings(loss, side.optima)
    yield mark("contours", "line", "loss", around, "share", **fine, look="faint")
    yield mark("edge", "line", name, ball, "share")
    cone = np.vstack([side.weights, rim(side, length)]) if side.case == "corner" else GONE
    yield mark("cone", "area", name, cone)
    yield mark("path-free", "line", "muted", free, way=True)
    yield mark("level", "line", "loss", through(loss, side), "share")
    yield mark("trace", "line", name, side.traces, "share", **strong)
    yield mark("path", "line", "path", path, way=True)
    yield mark("walk-free", "line", "path", up_to(free), "step")
    yield mark("walk", "line", "path", up_to(path), "step")
    yield mark("drop", "line", "muted", drops(side))
    for at, leg in enumerate(legs(side, PULL * length), 1):
        yield mark(f"part-{at}", "line", "ink", leg, **fine)
    normal = pull if len(side.cone) == 1 else GONE
    yield mark("normal", "line", name, normal, **strong, look="faint")
    arrow = pull[0] + np.array([[0.0], [PULL]]) * (pull[1] - pull[0])
    yield mark("pull", "arrow", "ink", arrow)
    turning = np.stack([stands, stands + PULL * length * turned], axis=1)
    yield mark("turning", "arrow", "ink", turning, "turn")
    yield mark("start", "point", "path", path[:1], look="hollow", grip="start")
    yield mark("unregularized", "point", "loss", loss.center[None], grip="center")
    yield mark("head-free", "point", "path", free[:, None], "step")
    yield mark("walker", "point", "path", path[:, None], "step")
    for what in ("optimum", "swept"):
        yield mark(what, "point", name, optima, "share")
    yield mark("turned", "point", name, stands[:, None], "turn")
    way = exhibit.crossed
    yield mark("moved-center", "point", "loss", way["free"][:, None], "across")
    yield mark("moved", "point", name, way[own][:, None], "across")


def _labels(exhibit: Corner, name: str) -> Iterator[Label]:
    """Yield the names of marks; sizes of the pull's parts first, where there is least room."""
    for i, pull in enumerate(np.abs(exhibit.sides[name].pull) if name == "l1" else ()):
        yield Label(f"part-{i + 1}-{name}", say("label.part"), (0.5, 1.0), pull)
    for what, spots in SPOTS.items():
        if what in ONCE and name != ALL[0]:
            continue
        still, bold = what in STILL, what == "optimum"
        said = say(f"label.{what}.{name}" if bold else f"label.{what}")
        yield Label(f"{what}-{name}", said, spots, still=still, bold=bold)
    yield Label(f"moved-center-{name}", say("label.unregularized"), (0.0,))
    ball, budgets = say(f"label.ball.{name}"), exhibit.sides[_own(exhibit, name)].budgets
    yield Label(f"edge-{name}", ball, AROUND, budgets, ("share",), still=True)
