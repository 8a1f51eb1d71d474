"""What there is to see of the corner: planes with one loss, and a region in each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.corner_claims import ALL, SIDES, claims, say
from regviz.lessons.crossed import SHARES
from regviz.lessons.followed import STEPS, arrival
from regviz.lessons.lines import squared, there, up_to
from regviz.lessons.numbers import one
from regviz.lessons.picture import Label, Mark, Panel, Picture, Readout
from regviz.lessons.region_lines import CURVE_POINTS, drops, legs, pull_of, rim, rings
from regviz.lessons.turned_pull import UNTURNED
from regviz.lessons.two_weights import loss_knobs, plane

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.corner import Corner

#: length of a cone, as a share of what is to be seen, and of the pull in it; of a zone
REACH, PULL, FAR = 0.36, 0.75, 20.0
#: air around what is to be seen, as a share of it
AIR = 0.06
#: where along their mark names may stand: of a cone by its rim, as beside its tip they would be
#: read as the corner's
AROUND = (0.1, 0.9, 0.15, 0.85, 0.3, 0.7, 0.35, 0.65, 0.6, 0.4)
SPOTS = {
    **dict.fromkeys(("optimum", "start", "unregularized"), (0.0,)),
    "cone": (0.3, 0.7, 0.35, 0.65, 0.25, 0.75, 0.2, 0.8),
    "normal": (1.0, 0.85, 0.7),
    "pull": (1.0,),
    "level": AROUND,
    "path-free": (0.6, 0.7, 0.5, 0.8),
}
#: what only a picture that stands still names
STILL = ("level", "normal", "path-free")
#: what the story alone shows
TOLD = (
    *("trace", "walk-free", "walk", "drop", "part-1", "part-2", "turning", "head-free"),
    *("swept", "turned", "moved", "moved-center"),
)
#: symbols of what the regions have as their price, or are the price of, by what drives them
OWN = {"lam": (r"$\lambda =$", "$t_{} =$"), "budget": ("$t =$", r"$\lambda_{} =$")}
#: what is not there
GONE = np.full((1, 2), np.nan)


def picture(exhibit: Corner) -> Picture:
    """Describe the planes: L1's and L2's, and that of an elastic net where it is asked for."""
    driving, driven = OWN[exhibit.driver]
    numbers = {name: (side.lams, side.budgets) for name, side in exhibit.sides.items()}
    own, price = (0, 1) if exhibit.driver == "lam" else (1, 0)
    marks = tuple(mark for name in ALL for mark in _marks(exhibit, name))
    return Picture(
        panels=tuple(_panel(exhibit, name) for name in ALL),
        marks=marks,
        labels=tuple(label for name in ALL for label in _labels(exhibit, name)),
        drivers=(
            # At rest, all descents are as good as at their ends.
            parts.Driver("step", np.array(STEPS, dtype=float),
                         rest=max(map(arrival, exhibit.paths.values()))),
            parts.Driver("zones", np.arange(2.0), rest=0),
            parts.Driver("share", exhibit.shares, rest=exhibit.at, told=True),
            parts.Driver("across", SHARES, rest=0, told=True),
            parts.Driver("turn", np.arange(len(UNTURNED), dtype=float), rest=0, told=True),
        ),
        readouts=(
            Readout(exhibit.driver, driving, "ink", numbers["l1"][own], ("share",)),
            *(
                Readout(f"price-{name}", driven.format(name[1]), name,
                        numbers[name][price], ("share",))
                for name in SIDES
            ),
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


def knobs(exhibit: Corner) -> dict[str, Array]:
    """Return what a page's controls offer; data have their own loss."""
    few = np.empty(0)
    descent = {"ratio": np.arange(20) / 20.0, "start": few, "method": few,
               "step_size": np.arange(1, 21) / 20.0}  # fmt: skip
    if exhibit.features is not None:
        strongest = float(np.abs(exhibit.loss.gradient(np.zeros(2))).max())
        largest = float(np.abs(exhibit.loss.center).sum())
        lam = np.round(strongest * np.arange(101) / 50.0, 4)
        return {
            "lam": lam,
            "budget": np.unique(np.round(largest * np.arange(1, 101) / 100.0, 4)),
            **descent,
        }
    hundredths = (np.arange(0, 400, 2), np.arange(400, 1000, 10), np.arange(1000, 6001, 100))
    return {
        "lam": np.concatenate(hundredths) / 100.0,
        "budget": np.arange(1, 301) / 50.0,
        **descent,
        **loss_knobs(exhibit.features),
    }


# ---- panels


def _panel(exhibit: Corner, name: str) -> Panel:
    """Return a plane; that of a penalty that is left out has the numbers of L1's."""
    own, said = _own(exhibit, name), claims(exhibit, {"share": exhibit.at})
    side, foot = exhibit.sides[own], said[f"foot-{own}"]
    limits = _limits(exhibit)
    sides = exhibit.sides.values()
    points = [exhibit.start, exhibit.loss.center, *(each.weights for each in sides)]
    return plane(
        say,
        name,
        limits,
        np.array(points),
        [each.reach for each in sides],
        exhibit.features,
        title=say(f"title.panel.{name}"),
        heading=said[f"verdict-{own}"],
        summary=_in_few(exhibit, said[f"weights-{own}"]),
        # Certified by the loss as it is given.
        foot=_in_few(
            exhibit,
            parts.Said(foot.key, {**foot.values, "residual": one(side.kkt_residual)}),
        ),
        role=name,
    )


def _extent(exhibit: Corner) -> tuple[Array, float]:
    """Return points around what must be seen, and the longer of its sides."""
    reach = max(side.reach for side in exhibit.sides.values())
    points = np.array([exhibit.start, exhibit.loss.center, [reach, reach], [-reach, -reach]])
    return points, float(np.ptp(points, axis=0).max())


def _limits(exhibit: Corner) -> tuple[float, float, float, float]:
    """Return a square around regions, points and cones: they fill it."""
    seen, size = _extent(exhibit)
    seen = np.vstack([seen, *(rim(each, REACH * size) for each in exhibit.sides.values())])
    return squared(seen, AIR)


# ---- marks


def _marks(exhibit: Corner, name: str) -> Iterator[Mark]:
    """Yield one plane's marks, from below to above; nothing of a penalty that is left out."""
    side, loss = exhibit.sides[_own(exhibit, name)], exhibit.loss
    length = REACH * _extent(exhibit)[1]
    corners = 5 if isinstance(side.penalty, rm.L1) else CURVE_POINTS
    ball = side.penalty.ball(side.budgets, corners)
    free, path = exhibit.paths["free"], exhibit.paths[_own(exhibit, name)]
    pull, optima = pull_of(side, length), side.optima[:, None]
    turned = exhibit.turned.get(name, exhibit.turned["l1"])
    swung = turned.weights + PULL * length * turned.pulls

    def mark(
        what: str, kind: parts.MarkKind, role: str, at: Array, *by: str, **how: Any
    ) -> Mark:
        here, moves = (at, by) if name in exhibit.sides else (GONE, ())
        return Mark(f"{what}-{name}", name, kind, role, here, moves, **how)

    strong: dict[str, Any] = {"weight": "strong"}
    fine: dict[str, Any] = {"weight": "fine"}
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
    # There is none where nothing holds the optimum.
    through = rm.level_set(loss, side.optima, CURVE_POINTS)
    yield mark("level", "line", "loss", there(through, side.lams[:, None] > 0.0), "share")
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
    yield mark("turning", "arrow", "ink", np.stack([turned.weights, swung], axis=1), "turn")
    yield mark("start", "point", "path", exhibit.start[None], look="hollow", grip="start")
    yield mark("unregularized", "point", "loss", loss.center[None], grip="center")
    yield mark("head-free", "point", "path", free[:, None], "step")
    yield mark("walker", "point", "path", path[:, None], "step")
    for what in ("optimum", "swept"):
        yield mark(what, "point", name, optima, "share")
    yield mark("turned", "point", name, turned.weights[:, None], "turn")
    way = exhibit.crossed
    moved = (way.centers, way.optima.get(name, GONE)) if way else (GONE, GONE)
    for what, role, points in zip(
        ("moved-center", "moved"), ("loss", name), moved, strict=True
    ):
        by = ("across",) if len(points) > 1 else ()
        yield mark(what, "point", role, points[:, None] if by else points, *by)


def _in_few(exhibit: Corner, said: parts.Said) -> parts.Said:
    """Return a claim in few words where three planes stand beside each other."""
    key = said.key.replace("claim", "few") if "net" in exhibit.sides else said.key
    return parts.Said(key, said.values)


def _own(exhibit: Corner, name: str) -> str:
    """Return a side's name, or L1's for one that is left out, which a page may bring back."""
    return name if name in exhibit.sides else "l1"


# ---- labels


def _labels(exhibit: Corner, name: str) -> Iterator[Label]:
    """Yield the names of marks; sizes of the pull's parts first, where there is least room."""
    for i, pull in enumerate(np.abs(exhibit.sides[name].pull) if name == "l1" else ()):
        yield Label(f"part-{i + 1}-{name}", say("label.part"), (0.5,), pull)
    for what, spots in SPOTS.items():
        still, bold = what in STILL, what == "optimum"
        said = say(f"label.{what}.{name}" if bold else f"label.{what}")
        yield Label(f"{what}-{name}", said, spots, still=still, bold=bold)
    ball, budgets = say(f"label.ball.{name}"), exhibit.sides[_own(exhibit, name)].budgets
    yield Label(f"edge-{name}", ball, AROUND, budgets, ("share",), still=True)
