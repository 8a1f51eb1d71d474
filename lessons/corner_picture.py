"""What there is to see of the corner: planes with one loss, and a region in each."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.corner_claims import ALL, SIDES, claims, say
from regviz.lessons.corner_descent import STEPS, arrival
from regviz.lessons.lines import joined, there
from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.lessons.picture import Label, Mark, Panel, Picture, Readout
from regviz.lessons.turned_pull import UNTURNED

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.corner import Corner, Side

#: the loss's contours: how many, how far apart beside that through 0, and vertices of each
RINGS, APART, RING_POINTS = 9, 0.33, 61
#: a ring this near to the contour through the optimum would look like its shadow
SHADOW = 0.25
#: vertices of that contour and of a circle; and of a cone's rim
CURVE_POINTS, RIM = 121, 25
#: length of a cone, as a share of what is to be seen, and of the pull in it; of a zone
REACH, PULL, FAR = 0.36, 0.75, 20.0
#: air around what is to be seen, as a share of it
AIR = 0.06
#: how many numbers an axis has at most, as long as fewer than two are clear
FINER = (4, 8, 16)
#: where a number on an axis is left out: at the panel's edge, and where the region's outline
#: would strike it, within the region and beyond it, as shares of what is seen; and how far
#: numbers stand apart, and clear of points
EDGE, INSIDE, OUTSIDE, SPACE, NEAR = 0.04, 0.1, 0.045, 0.11, 0.06
#: where along their mark names may stand
AROUND = (0.1, 0.9, 0.15, 0.85, 0.3, 0.7, 0.35, 0.65, 0.6, 0.4)
#: by a cone's rim: beside its tip, its name would be read as the corner's
RIMMED = (0.3, 0.7, 0.35, 0.65, 0.25, 0.75, 0.2, 0.8)
TIP, MIDDLE = (1.0, 0.85, 0.7), (0.6, 0.7, 0.5, 0.8)
SPOTS = {
    "optimum": (0.0,),
    "start": (0.0,),
    "unregularized": (0.0,),
    "cone": RIMMED,
    "normal": TIP,
    "pull": (1.0,),
    "level": AROUND,
    "path-free": MIDDLE,
}
#: what only a picture that stands still names
STILL = ("level", "normal", "path-free")
#: what the story alone shows
TOLD = (
    *("trace", "walk-free", "walk", "drop", "part-1", "part-2", "turning", "head-free"),
    *("swept", "turned"),
)
#: letters that a column's name has beside its axis
NAMES = 11
#: symbols of what the regions have as their price, or are the price of, by what drives them
OWN = {"lam": (r"$\lambda =$", "$t_{} =$"), "budget": ("$t =$", r"$\lambda_{} =$")}
#: what is not there
GONE = np.full((1, 2), np.nan)


def picture(exhibit: Corner) -> Picture:
    """Describe the planes: L1's and L2's, and that of an elastic net where it is asked for."""
    drivers = (
        parts.Driver("step", np.array(STEPS, dtype=float), rest=_arrived(exhibit)),
        parts.Driver("zones", np.arange(2.0), rest=0),
        parts.Driver("share", exhibit.shares, rest=exhibit.at, told=True),
        parts.Driver("turn", np.arange(len(UNTURNED), dtype=float), rest=0, told=True),
    )
    numbers = {name: (exhibit.sides[name].lams, exhibit.sides[name].budgets) for name in SIDES}
    own, price = (0, 1) if exhibit.driver == "lam" else (1, 0)
    driving, driven = OWN[exhibit.driver]
    readouts = [Readout(exhibit.driver, driving, "ink", numbers["l1"][own], ("share",))]
    readouts += [
        Readout(f"price-{name}", driven.format(name[1]), name, both[price], ("share",))
        for name, both in numbers.items()
    ]
    marks = tuple(mark for name in ALL for mark in _marks(exhibit, name))
    return Picture(
        panels=tuple(_panel(exhibit, name) for name in ALL),
        marks=marks,
        labels=tuple(label for name in ALL for label in _labels(exhibit, name)),
        drivers=drivers,
        readouts=tuple(readouts),
        knobs=_knobs(exhibit),
        either=("lam", "budget"),
        free=tuple(m.name for m in marks if m.name.rsplit("-", 1)[0] not in TOLD),
        says=tuple(f"{what}-{name}" for name in ALL for what in ("verdict", "weights", "foot")),
    )


def _arrived(exhibit: Corner) -> int:
    """Return the row at which all descents are as good as at their ends."""
    paths = [exhibit.free_path, *(side.path for side in exhibit.sides.values())]
    return max(map(arrival, paths))


def _knobs(exhibit: Corner) -> dict[str, Array]:
    """Return what a page's controls offer; data have their own loss."""
    few = np.empty(0)
    strongest = float(rm.L1(1.0).lambda_max(exhibit.loss.gradient(np.zeros(2))))
    largest = float(np.abs(exhibit.center).sum())
    found = {
        "lam": np.round(strongest * np.arange(101) / 50.0, 4),
        "budget": np.unique(np.round(largest * np.arange(1, 101) / 100.0, 4)),
        "ratio": np.arange(20) / 20.0,
        "start": few,
        "method": few,
        "step_size": np.arange(1, 21) / 20.0,
    }
    if exhibit.features is not None:
        return found
    hundredths = (np.arange(0, 400, 2), np.arange(400, 1000, 10), np.arange(1000, 6001, 100))
    return found | {
        "lam": np.concatenate(hundredths) / 100.0,
        "budget": np.arange(1, 301) / 50.0,
        "rho": np.arange(-45, 46) / 50.0,
        "curvature": np.arange(2, 51) / 10.0,
        "center": np.arange(-50, 51) / 10.0,
    }


# ---- panels


def _panel(exhibit: Corner, name: str) -> Panel:
    """Return a plane; that of a penalty that is left out has the numbers of L1's."""
    own, said = _own(exhibit, name), claims(exhibit, {"share": exhibit.at})
    foot = said[f"foot-{own}"]
    # Certified by the loss as it is given.
    residual = exhibit.sides[own].kkt_residual
    limits = _limits(exhibit)
    return Panel(
        name=name,
        kind="plane",
        limits=np.array(limits),
        axes=_axes(exhibit),
        ticks=(_ticks(exhibit, own, 0, limits[:2]), _ticks(exhibit, own, 1, limits[2:])),
        cross=(0.0, 0.0),
        title=say(f"title.panel.{name}"),
        heading=said[f"verdict-{own}"],
        summary=said[f"weights-{own}"],
        foot=parts.Said(foot.key, {**foot.values, "residual": residual}),
        role=name,
    )


def _axes(exhibit: Corner) -> tuple[parts.Said, parts.Said]:
    if exhibit.features is None:
        return say("axis.x"), say("axis.y")
    first, second = (literal(name) for name in short_names(exhibit.features, NAMES))
    return say("axis.named.x", name=first), say("axis.named.y", name=second)


def _extent(exhibit: Corner) -> tuple[Array, Array, float]:
    """Return the corners of what must be seen, and the longer of its sides."""
    reach = max(side.reach for side in exhibit.sides.values())
    low = np.minimum(np.minimum(exhibit.start, exhibit.center), -reach)
    high = np.maximum(np.maximum(exhibit.start, exhibit.center), reach)
    return low, high, float(np.max(high - low))


def _limits(exhibit: Corner) -> tuple[float, float, float, float]:
    """Return a square around regions, points and cones: they fill it."""
    low, high, size = _extent(exhibit)
    ends = [end for side in exhibit.sides.values() for end in _rim(side, REACH * size)]
    seen = np.array([low, high, *ends])
    low, high = seen.min(axis=0), seen.max(axis=0)
    middle, half = (low + high) / 2.0, (0.5 + AIR) * float(np.max(high - low))
    (left, bottom), (right, top) = (middle - half).tolist(), (middle + half).tolist()
    return left, right, bottom, top


def _ticks(exhibit: Corner, name: str, axis: int, limits: tuple[float, float]) -> parts.Ticks:
    """Return numbers clear of the region and of points: two or more, if it can be.

    Where there is little but the region, numbers within it have to do, clear of its outline.
    """
    (low, high), side = limits, exhibit.sides[name]
    wide = high - low
    points = np.array([exhibit.start, exhibit.center, side.weights]) / wide
    kept: list[float] = []
    for within, most in product((math.inf, INSIDE), FINER):
        kept = []
        for at in parts.rounded(low, high, most):
            beyond, beside = (abs(at) - side.reach) / wide, np.full(2, -NEAR)
            beside[axis] = at / wide
            if (
                at != 0.0
                and min(at - low, high - at) > EDGE * wide
                and not -within < beyond < OUTSIDE
                and np.abs(points - beside).max(axis=1).min() > NEAR
                and (not kept or at - kept[-1] > SPACE * wide)
            ):
                kept.append(at)
        if len(kept) > 1:
            break
    return parts.numbered(*kept)


# ---- marks


def _marks(exhibit: Corner, name: str) -> list[Mark]:
    """Return one plane's marks, from below to above; nothing of a penalty that is left out."""
    absent, own = name not in exhibit.sides, _own(exhibit, name)
    side, loss = exhibit.sides[own], exhibit.loss
    size = _extent(exhibit)[2]
    corners = 5 if own == "l1" else CURVE_POINTS
    ball = np.stack([side.penalty.ball(each, corners) for each in side.budgets])
    pull, optima = _pull(side, REACH * size), side.optima[:, None]
    turned = exhibit.turned.get(name, exhibit.turned["l1"])
    swung = turned.weights + PULL * REACH * size * turned.pulls
    found = []

    def add(
        what: str, kind: parts.MarkKind, role: str, at: Array, *by: str, **how: Any
    ) -> None:
        here, moves = (GONE, ()) if absent else (at, by)
        found.append(Mark(f"{what}-{name}", name, kind, role, here, moves, **how))

    budget = side.budget if exhibit.driver == "budget" else None
    zones = () if name == "l2" else rm.zero_zones(loss, side.penalty, FAR * size, budget=budget)
    for at, zone in enumerate(zones):
        add(f"zone-{at + 1}", "area", name, np.stack([zone * np.nan, zone]), "zones")
    add("ball", "area", "region", ball, "share")
    add(
        "contours",
        "line",
        "loss",
        _contours(exhibit, side),
        "share",
        weight="fine",
        look="faint",
    )
    add("edge", "line", name, ball, "share")
    add("cone", "area", name, _fan(side, REACH * size))
    add("path-free", "line", "muted", exhibit.free_path, way=True)
    add("level", "line", "loss", _levels(exhibit, side), "share")
    add("trace", "line", name, side.traces, "share", weight="strong")
    add("path", "line", "path", side.path, way=True)
    add("walk-free", "line", "path", _walks(exhibit.free_path), "step")
    add("walk", "line", "path", _walks(side.path), "step")
    add("drop", "line", "muted", _drops(side))
    for at, leg in enumerate(_legs(side, PULL * REACH * size)):
        add(f"part-{at + 1}", "line", "ink", leg, weight="fine")
    normal = pull if len(side.cone) == 1 else GONE
    add("normal", "line", name, normal, weight="strong", look="faint")
    add("pull", "arrow", "ink", pull[0] + np.array([[0.0], [PULL]]) * (pull[1] - pull[0]))
    add("turning", "arrow", "ink", np.stack([turned.weights, swung], axis=1), "turn")
    add("start", "point", "path", exhibit.start[None], look="hollow", grip="start")
    add("unregularized", "point", "loss", exhibit.center[None], grip="center")
    add("head-free", "point", "path", exhibit.free_path[:, None], "step")
    add("walker", "point", "path", side.path[:, None], "step")
    add("optimum", "point", name, optima, "share")
    add("swept", "point", name, optima, "share")
    add("turned", "point", name, turned.weights[:, None], "turn")
    return found


def _own(exhibit: Corner, name: str) -> str:
    """Return a side's name, or L1's for one that is left out, which a page may bring back."""
    return name if name in exhibit.sides else "l1"


def _radii(exhibit: Corner, weights: Array) -> Array:
    # Not from the loss's value: with data its least value is not 0.
    error = weights - exhibit.center
    radii: Array = np.sqrt(np.einsum("...i,ij,...j", error, exhibit.loss.hessian, error))
    return radii


def _contours(exhibit: Corner, side: Side) -> Array:
    """Return rings about the center, but for one that is nearly the optimum's own."""
    around = rm.Quadratic(exhibit.loss.hessian, np.zeros(2))
    first = np.array([1.0 / math.sqrt(exhibit.loss.hessian[0, 0]), 0.0])
    ring = rm.level_set(around, first, RING_POINTS)
    gap = APART * float(_radii(exhibit, np.zeros(2)))
    radii = gap * np.arange(1.0, RINGS + 1.0)
    rings = exhibit.center + radii[:, None, None] * ring
    through = _radii(exhibit, side.optima)
    apart = np.abs(radii - through[:, None]) >= SHADOW * gap
    return joined(there(rings, apart[..., None]))


def _levels(exhibit: Corner, side: Side) -> Array:
    """Return the contours through the optima; there is none where nothing holds it."""
    through = rm.level_set(exhibit.loss, side.optima, CURVE_POINTS)
    return there(through, side.lams[:, None] > 0.0)


def _walks(path: Array) -> Array:
    """Return how far a path is walked after each of its rows."""
    rows = np.arange(len(path))
    walked: Array = path[np.minimum(rows, rows[:, None])]
    return walked


def _pull(side: Side, length: float) -> Array:
    """Return a line from the optimum along minus the gradient; only its direction counts."""
    if side.case == "free":
        return np.full((2, 2), np.nan)
    way: Array = side.pull / np.linalg.norm(side.pull)
    return side.weights + np.array([[0.0], [length]]) * way


def _fan(side: Side, length: float) -> Array:
    """Return the normal cone at a corner; elsewhere there is none with an area."""
    if side.case != "corner":
        return GONE
    return np.vstack([side.weights, _rim(side, length)])


def _rim(side: Side, length: float) -> Array:
    """Return the ends of what the region holds back at an optimum, `(n, 2)`."""
    if side.case != "corner":
        return np.empty((0, 2)) if side.case in ("free", "origin") else _pull(side, length)[1:]
    axis = int(np.argmax(side.weights != 0.0))
    widest = np.arctan2(*np.abs(side.cone[0, [1 - axis, axis]]))
    angles = widest * np.arange(-(RIM // 2), RIM // 2 + 1) / (RIM // 2)
    along, across = np.sign(side.weights[axis]) * np.cos(angles), np.sin(angles)
    turned = (along, across) if axis == 0 else (across, along)
    return side.weights + length * np.stack(turned, axis=1)


def _legs(side: Side, length: float) -> Array:
    """Return the two parts of the pull, one after the other, shape `(2, 2, 2)`."""
    if side.case != "corner":
        return np.full((2, 2, 2), np.nan)
    start, end = _pull(side, length)
    # The held part begins at the optimum: it is the one to be compared.
    held = int(np.argmax(side.weights == 0.0))
    bend = np.where(np.arange(2) == held, end, start)
    legs = np.array([[start, bend], [bend, end]])
    return legs if held == 0 else legs[::-1]


def _drops(side: Side) -> Array:
    """Return lines from the optimum to the axes that it is not on."""
    first, second = side.weights
    if side.case == "free" or 0.0 in (first, second):
        return GONE
    return np.array([[first, 0.0], [first, second], [0.0, second]])


# ---- labels


def _labels(exhibit: Corner, name: str) -> list[Label]:
    """Return the names of marks; sizes of the pull's parts first, where there is least room."""
    pulls = np.abs(exhibit.sides[name].pull) if name == "l1" else ()
    found = [
        Label(f"part-{i + 1}-{name}", say("label.part"), (0.5,), pull)
        for i, pull in enumerate(pulls)
    ]
    for what, spots in SPOTS.items():
        key = f"label.{what}.{name}" if what == "optimum" else f"label.{what}"
        found.append(Label(f"{what}-{name}", say(key), spots, still=what in STILL))
    budgets = exhibit.sides[_own(exhibit, name)].budgets
    ball = say(f"label.ball.{name}")
    return [*found, Label(f"edge-{name}", ball, AROUND, budgets, ("share",), still=True)]
