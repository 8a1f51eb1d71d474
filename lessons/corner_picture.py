"""What there is to see of the corner: two planes with one loss, a diamond and a circle."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.corner_claims import SIDES, claims, say
from regviz.lessons.corner_descent import STEPS, arrival
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
#: length of a cone, as a share of what is to be seen, and of the pull in it
REACH, PULL = 0.36, 0.75
#: air around what is to be seen, as a share of it
AIR = 0.06
#: where a number on an axis is left out: at the panel's edge, and where the region's outline
#: would strike it, within the region and beyond it, as shares of what is seen; and how far
#: numbers stand apart, and clear of points
EDGE, INSIDE, OUTSIDE, SPACE, NEAR = 0.04, 0.1, 0.045, 0.14, 0.06
#: where along their mark names may stand
TIP = (1.0, 0.85, 0.7)
MIDDLE = (0.6, 0.7, 0.5, 0.8)
AROUND = (0.1, 0.9, 0.15, 0.85, 0.3, 0.7, 0.35, 0.65, 0.6, 0.4)
#: what a page shows that is explored freely
FREE = (
    *("ball", "contours", "edge", "cone", "path-free", "level", "path", "normal", "pull"),
    *("start", "unregularized", "walker", "optimum"),
)
BEHIND: dict[str, Any] = {"weight": "fine", "look": "faint"}
#: letters that a column's name has beside its axis
NAMES = 11
#: symbols of what the regions have as their price, or are the price of, by what drives them
OWN = {"lam": (r"$\lambda =$", "$t_{} =$"), "budget": ("$t =$", r"$\lambda_{} =$")}


def picture(exhibit: Corner) -> Picture:
    """Describe the two planes."""
    sweep = exhibit.sweep
    drivers = (
        parts.Driver("step", np.array(STEPS, dtype=float), rest=_arrived(exhibit)),
        parts.Driver("share", sweep.shares, rest=sweep.at, told=True),
        parts.Driver("turn", np.arange(len(UNTURNED), dtype=float), rest=0, told=True),
    )
    driving, driven = OWN[sweep.driver]
    own = sweep.budgets if sweep.driver == "lam" else sweep.lams
    readouts = [Readout(sweep.driver, driving, "ink", sweep.values, ("share",))]
    readouts += [
        Readout(f"price-{name}", driven.format(name[1]), name, own[name], ("share",), name)
        for name in SIDES
    ]
    return Picture(
        panels=tuple(_panel(exhibit, name) for name in SIDES),
        marks=tuple(mark for name in SIDES for mark in _marks(exhibit, name)),
        labels=tuple(label for name in SIDES for label in _labels(exhibit, name)),
        drivers=drivers,
        readouts=tuple(readouts),
        knobs=_knobs(exhibit),
        free=tuple(f"{what}-{name}" for name in SIDES for what in FREE),
        says=tuple(
            f"{what}-{name}" for name in SIDES for what in ("optimum", "weights", "price")
        ),
    )


def _arrived(exhibit: Corner) -> int:
    """Return the row at which all descents are as good as at their ends."""
    return max(arrival(path) for path in (exhibit.free_path, exhibit.l1.path, exhibit.l2.path))


def _knobs(exhibit: Corner) -> dict[str, Array]:
    """Return what a page's controls offer; data have their own loss."""
    sweep, few = exhibit.sweep, np.empty(0)
    strongest = 2.0 * float(rm.L1(1.0).lambda_max(exhibit.loss.gradient(np.zeros(2))))
    own = sweep.values if len(sweep.values) > 1 else np.linspace(0.0, strongest, 101)
    found = {sweep.driver: np.unique(np.round(own, 9))}
    if exhibit.features is None:
        found |= {
            "rho": np.arange(-45, 46) / 50.0,
            "curvature": np.arange(2, 51) / 10.0,
            "center": np.arange(-50, 51) / 10.0,
        }
    return found | {"method": few, "step_size": np.arange(1, 21) / 20.0}


# ---- panels


def _panel(exhibit: Corner, name: str) -> Panel:
    side, at = exhibit.side(name), {"share": exhibit.sweep.at}
    said = claims(exhibit, at)
    price = said[f"price-{name}"]
    limits = _limits(exhibit)
    return Panel(
        name=name,
        kind="plane",
        limits=np.array(limits),
        axes=_axes(exhibit),
        ticks=(_ticks(exhibit, name, 0, limits[:2]), _ticks(exhibit, name, 1, limits[2:])),
        cross=(0.0, 0.0),
        title=say(f"title.panel.{exhibit.sweep.driver}.{name}"),
        heading=said[f"optimum-{name}"],
        summary=said[f"weights-{name}"],
        foot=say("foot", **price.values, residual=side.kkt_residual),
        role=name,
    )


def _axes(exhibit: Corner) -> tuple[parts.Said, parts.Said]:
    if exhibit.features is None:
        return say("axis.x"), say("axis.y")
    first, second = (literal(name) for name in short_names(exhibit.features, NAMES))
    return say("axis.named.x", name=first), say("axis.named.y", name=second)


def _extent(exhibit: Corner) -> tuple[Array, Array, float]:
    """Return the corners of what must be seen, and the longer of its sides."""
    reach = max(exhibit.l1.budget, exhibit.l2.budget)
    low = np.minimum(np.minimum(exhibit.start, exhibit.center), -reach)
    high = np.maximum(np.maximum(exhibit.start, exhibit.center), reach)
    return low, high, float(np.max(high - low))


def _limits(exhibit: Corner) -> tuple[float, float, float, float]:
    """Return a square around regions, points and cones: they fill it."""
    low, high, size = _extent(exhibit)
    ends = [end for name in SIDES for end in _rim(exhibit.side(name), REACH * size)]
    seen = np.array([low, high, *ends])
    low, high = seen.min(axis=0), seen.max(axis=0)
    middle, half = (low + high) / 2.0, (0.5 + AIR) * float(np.max(high - low))
    (left, bottom), (right, top) = (middle - half).tolist(), (middle + half).tolist()
    return left, right, bottom, top


def _ticks(exhibit: Corner, name: str, axis: int, limits: tuple[float, float]) -> parts.Ticks:
    """Return numbers clear of the region's outline and of points: two or more, if it can be."""
    (low, high), side = limits, exhibit.side(name)
    points = np.array([exhibit.start, exhibit.center, side.weights])
    size, wide = 10.0 ** math.ceil(math.log10(high - low)), high - low
    found: list[float] = []
    for step in (size * part for part in (0.5, 0.2, 0.1, 0.05, 0.02)):
        counts = range(math.ceil(low / step), math.floor(high / step) + 1)
        values = [round(count * step, 12) for count in counts if count]
        found = [
            at
            for at in values
            if low + EDGE * wide < at < high - EDGE * wide
            and not -INSIDE * wide < abs(at) - side.budget < OUTSIDE * wide
            and not parts.is_on(points, axis, at, NEAR * wide)
        ]
        found = _apart(found, SPACE * wide)
        if len(found) >= 2:
            break
    return parts.numbered(*found)


def _apart(values: list[float], space: float) -> list[float]:
    """Leave out values too close to the one before."""
    kept: list[float] = []
    for value in values:
        if not kept or value - kept[-1] > space:
            kept.append(value)
    return kept


# ---- marks


def _marks(exhibit: Corner, name: str) -> list[Mark]:
    """Return one plane's marks, from below to above."""
    side, sweep = exhibit.side(name), exhibit.sweep
    size = _extent(exhibit)[2]
    ball = sweep.budgets[name][:, None, None] * _unit_ball(name)
    pull, fan = _pull(side, REACH * size), _fan(side, REACH * size)
    turned = exhibit.turned[name]
    turning = _arrows(turned.weights, PULL * REACH * size * turned.pulls)

    def mark(
        what: str, kind: parts.MarkKind, role: str, points: Array, *by: str, **how: Any
    ) -> Mark:
        return Mark(f"{what}-{name}", name, kind, role, points, by, **how)

    found = [
        mark("ball", "area", "region", ball, "share"),
        mark(
            "contours",
            "line",
            "loss",
            _contours(exhibit, name),
            "share",
            weight="fine",
            look="faint",
        ),
        mark("edge", "line", name, ball, "share"),
        mark("cone", "area", name, fan),
        mark("path-free", "line", "muted", exhibit.free_path),
        mark("level", "line", "loss", _levels(exhibit, name), "share"),
        mark("trace", "line", name, sweep.traces[name], "share", weight="strong"),
        mark("path", "line", "path", side.path),
        mark("walk-free", "line", "path", _walks(exhibit.free_path), "step"),
        mark("walk", "line", "path", _walks(side.path), "step"),
        mark("drop", "line", "muted", _drops(side)),
        mark("normal", "line", name, pull, weight="strong", look="faint"),
        mark("pull", "arrow", "ink", np.array([pull[0], pull[0] + PULL * (pull[1] - pull[0])])),
        mark("turning", "arrow", "ink", turning, "turn"),
        mark("start", "point", "path", exhibit.start[None], look="hollow"),
        mark("unregularized", "point", "loss", exhibit.center[None], grip="center"),
        mark("head-free", "point", "path", exhibit.free_path[:, None], "step"),
        mark("walker", "point", "path", side.path[:, None], "step"),
        mark("optimum", "point", name, sweep.weights[name][:, None], "share"),
        mark("swept", "point", name, sweep.weights[name][:, None], "share"),
        mark("turned", "point", name, turned.weights[:, None], "turn"),
    ]
    if len(side.cone) != 1:
        found = [_gone(each) if each.name == f"normal-{name}" else each for each in found]
    if name == "l1":
        legs = _legs(side, PULL * REACH * size)
        found[12:12] = [mark(f"part-{i + 1}", "line", "ink", legs[i], weight="fine")
                        for i in (0, 1)]  # fmt: skip
    return found


def _gone(mark: Mark) -> Mark:
    assert mark.points is not None
    return Mark(**{**vars(mark), "points": np.full_like(mark.points, np.nan)})


def _unit_ball(name: str) -> Array:
    return rm.L1(1.0).ball(1.0, 5) if name == "l1" else rm.L2(1.0).ball(1.0, CURVE_POINTS)


def _radii(exhibit: Corner, weights: Array) -> Array:
    # Not from the loss's value: with data its least value is not 0.
    error = weights - exhibit.center
    radii: Array = np.sqrt(np.einsum("...i,ij,...j", error, exhibit.loss.hessian, error))
    return radii


def _contours(exhibit: Corner, name: str) -> Array:
    """Return rings about the center, but for one that is nearly the optimum's own."""
    around = rm.Quadratic(exhibit.loss.hessian, np.zeros(2))
    first = np.array([1.0 / math.sqrt(exhibit.loss.hessian[0, 0]), 0.0])
    ring = np.vstack([rm.level_set(around, first, RING_POINTS), [[np.nan, np.nan]]])
    gap = APART * float(_radii(exhibit, np.zeros(2)))
    radii = gap * np.arange(1.0, RINGS + 1.0)
    rings = exhibit.center + radii[:, None, None] * ring
    through = _radii(exhibit, exhibit.sweep.weights[name])
    near = np.abs(radii - through[:, None]) < SHADOW * gap
    all_of = np.where(near[:, :, None, None], np.nan, rings)
    return all_of.reshape(len(through), -1, 2)


def _levels(exhibit: Corner, name: str) -> Array:
    """Return the contours through the optima; there is none where nothing holds it."""
    through = rm.level_set(exhibit.loss, exhibit.sweep.weights[name], CURVE_POINTS)
    return np.where(exhibit.sweep.lams[name][:, None, None] > 0.0, through, np.nan)


def _walks(path: Array) -> Array:
    """Return how far a path is walked after each of its rows."""
    rows = np.arange(len(path))
    walked: Array = path[np.minimum(rows, rows[:, None])]
    return walked


def _pull(side: Side, length: float) -> Array:
    """Return a line from the optimum along minus the gradient; only its direction counts."""
    if side.case == "free":
        return np.full((2, 2), np.nan)
    return np.stack([
        side.weights, side.weights + length * side.pull / np.linalg.norm(side.pull)
    ])  # fmt: skip


def _fan(side: Side, length: float) -> Array:
    """Return the normal cone at a corner; elsewhere there is none with an area."""
    rim = _rim(side, length)
    if side.case != "corner":
        return np.full((RIM + 1, 2), np.nan)
    return np.vstack([side.weights, rim])


def _rim(side: Side, length: float) -> Array:
    """Return the ends of what the region holds back at an optimum, `(n, 2)`."""
    if side.case != "corner":
        return np.empty((0, 2)) if side.case in ("free", "origin") else _pull(side, length)[1:]
    axis = int(np.argmax(side.weights != 0.0))
    angles = 0.25 * np.pi * np.arange(-(RIM // 2), RIM // 2 + 1) / (RIM // 2)
    along, across = np.sign(side.weights[axis]) * np.cos(angles), np.sin(angles)
    turned = (along, across) if axis == 0 else (across, along)
    return side.weights + length * np.stack(turned, axis=1)


def _arrows(start: Array, step: Array) -> Array:
    return np.stack([start, start + step], axis=1)


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
        return np.full((3, 2), np.nan)
    return np.array([[first, 0.0], [first, second], [0.0, second]])


# ---- labels


def _labels(exhibit: Corner, name: str) -> list[Label]:
    side, said = exhibit.side(name), []
    for what, spots in (
        ("optimum", (0.0,)), ("start", (0.0,)), ("unregularized", (0.0,)), ("cone", AROUND),
        ("normal", TIP), ("pull", TIP), ("level", AROUND), ("path-free", MIDDLE),
    ):  # fmt: skip
        key = f"{what}.{name}" if what == "optimum" else what
        mark, is_still = f"{what}-{name}", what in ("level", "normal", "path-free")
        said.append(Label(mark, say(f"label.{key}"), spots, still=is_still))
    budgets = exhibit.sweep.budgets[name]
    ball, budgets = say(f"label.ball.{name}"), exhibit.sweep.budgets[name]
    said.append(Label(f"edge-{name}", ball, AROUND, budgets, ("share",), still=True))
    if name == "l1":
        pulls = np.abs(side.pull)
        said += [Label(f"part-{i + 1}-l1", say("label.part"), (0.5,), pulls[i]) for i in (0, 1)]
    return said
