"""What there is to see of the corner: planes with one loss, and a region in each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.corner_claims import ALL, SIDES, claims, say
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
#: length of a cone, as a share of what is to be seen, and of the pull in it; of a zone
REACH, PULL, FAR = 0.36, 0.75, 20.0
#: air around what is to be seen, as a share of it
AIR = 0.06
#: where a number on an axis is left out: at the panel's edge, and where the region's outline
#: would strike it, within the region and beyond it, as shares of what is seen; and how far
#: numbers stand apart, and clear of points
EDGE, INSIDE, OUTSIDE, SPACE, NEAR = 0.04, 0.1, 0.045, 0.14, 0.06
#: where along their mark names may stand
AROUND = (0.1, 0.9, 0.15, 0.85, 0.3, 0.7, 0.35, 0.65, 0.6, 0.4)
TIP, MIDDLE = (1.0, 0.85, 0.7), (0.6, 0.7, 0.5, 0.8)
SPOTS = {
    "optimum": (0.0,),
    "start": (0.0,),
    "unregularized": (0.0,),
    "cone": AROUND,
    "normal": TIP,
    "pull": TIP,
    "level": AROUND,
    "path-free": MIDDLE,
}
#: what only a picture that stands still names
STILL = ("level", "normal", "path-free")
#: what a page shows that is explored freely, of each side
ZONES = tuple(f"zone-{i}" for i in range(1, 5))
FREE = (
    *("ball", "contours", "edge", "cone", "path-free", "level", "path", "normal"),
    *("pull", "start", "unregularized", "walker", "optimum"),
)
#: letters that a column's name has beside its axis
NAMES = 11
#: symbols of what the regions have as their price, or are the price of, by what drives them
OWN = {"lam": (r"$\lambda =$", "$t_{} =$"), "budget": ("$t =$", r"$\lambda_{} =$")}
#: what is not there
GONE = np.full((1, 2), np.nan)


def picture(exhibit: Corner) -> Picture:
    """Describe the planes: L1's and L2's, and that of an elastic net where it is asked for."""
    sweep = exhibit.sweep
    drivers = (
        parts.Driver("step", np.array(STEPS, dtype=float), rest=_arrived(exhibit)),
        parts.Driver("zones", np.arange(2.0), rest=0),
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
        panels=tuple(_panel(exhibit, name) for name in ALL),
        marks=tuple(mark for name in ALL for mark in _marks(exhibit, name)),
        labels=tuple(label for name in ALL for label in _labels(exhibit, name)),
        drivers=drivers,
        readouts=tuple(readouts),
        knobs=_knobs(exhibit),
        either=("lam", "budget"),
        free=tuple(
            f"{what}-{name}"
            for name in ALL
            for what in (*FREE, *(ZONES if name != "l2" else ()))
        ),
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
    own = name if name in exhibit.sides else "l1"
    said = claims(exhibit, {"share": exhibit.sweep.at})
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
        title=say(f"title.panel.{exhibit.sweep.driver}.{name}"),
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
    """Return numbers clear of the region's outline and of points: two or more, if it can be."""
    (low, high), side = limits, exhibit.sides[name]
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
            and not -INSIDE * wide < abs(at) - side.reach < OUTSIDE * wide
            and not _is_on(points, axis, at, NEAR * wide)
        ]
        found = _apart(found, SPACE * wide)
        if len(found) >= 2:
            break
    return parts.numbered(*found)


def _is_on(points: Array, axis: int, at: float, near: float) -> bool:
    """Say whether a number beside its axis would cover a point."""
    place = np.full(2, -near)
    place[axis] = at
    return bool(np.any(np.abs(points - place).max(axis=1) < near))


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
    found = _explored(exhibit, name) | (_told(exhibit, name) if name in SIDES else {})
    looks = {what: look for what, look in LOOKS.items() if what in found}
    absent = name not in exhibit.sides
    return [
        Mark(
            f"{what}-{name}",
            name,
            kind,
            name if role == "own" else role,
            GONE if absent else found[what],
            () if absent else by,
            **how,
        )
        for what, (kind, role, by, how) in looks.items()
    ]


#: kind, role (`own`: the penalty's), drivers and looks of all marks, from below to above
LOOKS: dict[str, tuple[parts.MarkKind, str, tuple[str, ...], dict[str, Any]]] = {
    **{zone: ("area", "own", ("zones",), {}) for zone in ZONES},
    "ball": ("area", "region", ("share",), {}),
    "contours": ("line", "loss", ("share",), {"weight": "fine", "look": "faint"}),
    "edge": ("line", "own", ("share",), {}),
    "cone": ("area", "own", (), {}),
    "path-free": ("line", "muted", (), {"way": True}),
    "level": ("line", "loss", ("share",), {}),
    "trace": ("line", "own", ("share",), {"weight": "strong"}),
    "path": ("line", "path", (), {"way": True}),
    "walk-free": ("line", "path", ("step",), {}),
    "walk": ("line", "path", ("step",), {}),
    "drop": ("line", "muted", (), {}),
    "part-1": ("line", "ink", (), {"weight": "fine"}),
    "part-2": ("line", "ink", (), {"weight": "fine"}),
    "normal": ("line", "own", (), {"weight": "strong", "look": "faint"}),
    "pull": ("arrow", "ink", (), {}),
    "turning": ("arrow", "ink", ("turn",), {}),
    "start": ("point", "path", (), {"look": "hollow", "grip": "start"}),
    "unregularized": ("point", "loss", (), {"grip": "center"}),
    "head-free": ("point", "path", ("step",), {}),
    "walker": ("point", "path", ("step",), {}),
    "optimum": ("point", "own", ("share",), {}),
    "swept": ("point", "own", ("share",), {}),
    "turned": ("point", "own", ("turn",), {}),
}


def _explored(exhibit: Corner, name: str) -> dict[str, Array]:
    """Return where there is what a page shows of a side that is explored freely."""
    if name not in exhibit.sides:
        return dict.fromkeys((*FREE, *ZONES), GONE)
    side, sweep, size = exhibit.sides[name], exhibit.sweep, _extent(exhibit)[2]
    points = 5 if name == "l1" else CURVE_POINTS
    ball = np.stack([side.penalty.ball(each, points) for each in sweep.budgets[name]])
    pull = _pull(side, REACH * size)
    zones = _zones(exhibit, side, FAR * size)
    off_on = np.stack([np.full_like(zones, np.nan), zones], axis=1)
    return {
        **(dict(zip(ZONES, off_on, strict=True)) if name != "l2" else {}),
        "ball": ball,
        "contours": _contours(exhibit, name),
        "edge": ball,
        "cone": _fan(side, REACH * size),
        "path-free": exhibit.free_path,
        "level": _levels(exhibit, name),
        "path": side.path,
        "normal": pull if len(side.cone) == 1 else np.full_like(pull, np.nan),
        "pull": np.array([pull[0], pull[0] + PULL * (pull[1] - pull[0])]),
        "start": exhibit.start[None],
        "unregularized": exhibit.center[None],
        "walker": side.path[:, None],
        "optimum": sweep.weights[name][:, None],
    }


def _told(exhibit: Corner, name: str) -> dict[str, Array]:
    """Return where there is what the story alone shows."""
    side, turned = exhibit.sides[name], exhibit.turned[name]
    length = PULL * REACH * _extent(exhibit)[2]
    legs = dict(zip(("part-1", "part-2"), _legs(side, length), strict=True))
    return {
        **(legs if name == "l1" else {}),
        "trace": exhibit.sweep.traces[name],
        "walk-free": _walks(exhibit.free_path),
        "walk": _walks(side.path),
        "drop": _drops(side),
        "turning": np.stack([turned.weights, turned.weights + length * turned.pulls], axis=1),
        "head-free": exhibit.free_path[:, None],
        "swept": exhibit.sweep.weights[name][:, None],
        "turned": turned.weights[:, None],
    }


def _radii(exhibit: Corner, weights: Array) -> Array:
    # Not from the loss's value: with data its least value is not 0.
    error = weights - exhibit.center
    radii: Array = np.sqrt(np.einsum("...i,ij,...j", error, exhibit.loss.hessian, error))
    return radii


def _contours(exhibit: Corner, name: str) -> Array:
    """Return rings about the center, but for one that is nearly the optimum's own."""
    around = rm.Quadratic(exhibit.loss.hessian, np.zeros(2))
    first = np.array([1.0 / math.sqrt(exhibit.loss.hessian[0, 0]), 0.0])
    ring = np.vstack([rm.level_set(around, first, RING_POINTS), GONE])
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


def _zones(exhibit: Corner, side: Side, far: float) -> Array:
    """Return where the loss's optimum makes a weight exactly 0, shape `(4, 5, 2)`.

    One zone for each half of an axis. Of a given strength, those optima make a strip: the
    pull along the axis is spent, that across it is at most the strength. Of a given budget
    they make a wedge at the region's corner.
    """
    shape = side.penalty
    ratio = (
        shape.l1_ratio if isinstance(shape, rm.ElasticNet) else float(isinstance(shape, rm.L1))
    )
    found = []
    for axis, way in ((0, 1.0), (0, -1.0), (1, 1.0), (1, -1.0)):
        along, across = way * np.eye(2)[axis], np.eye(2)[1 - axis]
        if exhibit.sweep.driver == "lam":
            bounds = side.lam * ratio * np.array([along - across, along + across])
            ahead = far * (along + 2.0 * side.lam * (1.0 - ratio) * _upstream(exhibit, along))
            near, apex = _upstream(exhibit, bounds), np.zeros(2)
            ends = near + ahead
        else:
            apex = side.reach * along
            slope = ratio + 2.0 * (1.0 - ratio) * side.reach
            edges = slope * along + ratio * np.array([-across, across])
            rays = _upstream(exhibit, edges)
            near = np.array([apex, apex])
            ends = apex + far * rays / np.linalg.norm(rays, axis=1, keepdims=True)
        found.append([apex, near[0], ends[0], ends[1], near[1]])
    return np.array(found)


def _upstream(exhibit: Corner, pulls: Array) -> Array:
    """Return how far from the loss's optimum it pulls so, shape of `pulls`."""
    return np.asarray(np.linalg.solve(exhibit.loss.hessian, pulls.T).T, dtype=np.float64)


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
    found = [
        Label(
            f"{what}-{name}",
            say(f"label.{what}.{name}" if what == "optimum" else f"label.{what}"),
            spots,
            still=what in STILL,
        )
        for what, spots in SPOTS.items()
    ]
    budgets = exhibit.sweep.budgets.get(name, exhibit.sweep.budgets["l1"])
    ball = say(f"label.ball.{name}")
    found.append(Label(f"edge-{name}", ball, AROUND, budgets, ("share",), still=True))
    if name == "l1":
        pulls = np.abs(exhibit.sides[name].pull)
        found += [
            Label(f"part-{i + 1}-l1", say("label.part"), (0.5,), pulls[i]) for i in (0, 1)
        ]
    return found
