"""The zone map: where the unregularized optimum must lie for a weight to be exactly 0.

The budget is 1, and the loss is `1/2 (w - c)' H (w - c)`. L1 holds its optimum at a corner
while the pull there, `H (c - corner)`, is in the corner's normal cone. So `c` is in a zone: the
corner plus the cone, mapped by the inverse of `H`. At a smooth point of the circle the cone is
a single ray, and the zone of L2 is one line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.base import Exhibit
from regviz.lessons.fitted import certified, of_data
from regviz.lessons.knob_groups import PlaneKnobs
from regviz.lessons.lines import joined, squared
from regviz.lessons.numbers import signed, snap
from regviz.lessons.parameters import Point, knob
from regviz.lessons.picture import Driver, Mark, Panel, Picture, Positions, Readout, Said
from regviz.lessons.region_lines import outlines
from regviz.lessons.regions import PENALTIES
from regviz.lessons.story import Question, Section, Step, Story, Voice, asking, both
from regviz.lessons.two_weights import loss_knobs, loss_of, plane

TOPIC = "geometry"
NEEDS = ("corner",)
ORDER = 120

#: correlations to turn the zones by, and degrees to turn the optimum by
RHOS, TURNS = np.arange(-22, 23) / 25.0, np.arange(-30.0, 31.0) * 3.0
#: index of the optimum as it is given, which is not turned
REST = len(TURNS) // 2
#: corners, in the order of zones, and the rays of their cones
CORNERS = np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]])
CONES = np.array(
    [[[1, -1], [1, 1]], [[-1, 1], [-1, -1]], [[-1, 1], [1, 1]], [[1, -1], [-1, -1]]]
)
#: how far zones and cones go, the ring around an optimum, and its vertices
FAR, CONE, RING, VERTICES = 30.0, 0.9, 0.3, 61
#: how large the optimum of data is, in budgets; air around the planes; and how near the truth
#: a guess is right
AWAY, AIR, NEAR = 2.0, 0.08, 0.1
PLACES = ("first", "second")
#: what each plane has of the problem, and of its solution; L1's zones
PLANE, FOUND = ("ball", "edge", "rings", "unregularized"), ("contour", "optimum")
ZONES = tuple(f"zone-{i + 1}-l1" for i in range(len(CORNERS)))
#: losses worth seeing
PRESETS: Any = {
    "round": {"rho": 0.0, "curvature": (1.0, 1.0), "center": (1.3, 1.7)},
    "alike": {"rho": 0.8, "curvature": (1.0, 1.0), "center": (1.3, 1.7)},
    "turned": {"rho": 0.8, "curvature": (1.0, 3.0), "center": (1.3, 1.7)},
}
say = Voice("zone-map")


@dataclass(frozen=True)
class Parameters(PlaneKnobs):
    """Knobs of the loss, in budgets."""

    curvature: tuple[float, float] = knob(
        (1.0, 2.0), Point(0.2, 5.0), "second derivative of the loss in each weight"
    )
    center: tuple[float, float] = knob(
        (1.3, 1.7), Point(-5.0, 5.0), "unregularized optimum of the loss, in budgets"
    )


@dataclass(frozen=True, kw_only=True)
class ZoneMap(Exhibit):
    """Optima within a budget of 1 as the unregularized one turns about 0, and the zones.

    Attributes
    ----------
    rhos
        Correlations, ascending, shape `(n_rhos,)`.
    at
        Index of the parameters' correlation.
    centers
        The unregularized optimum, shape `(n_turns, 2)`.
    hessians
        Of the loss, shape `(n_rhos, 2, 2)`.
    optima
        By penalty, shape `(n_rhos, n_turns, 2)`.
    zones
        Outlines, of the corners in order, shape `(n_rhos, 4, 5, 2)`.
    features
        Names of the two weights' features, or None for a loss given by numbers.
    """

    rhos: rm.Array
    at: int
    centers: rm.Array
    hessians: rm.Array
    optima: dict[str, rm.Array]
    zones: rm.Array
    features: tuple[str, str] | None


def exhibit(parameters: Parameters) -> ZoneMap:
    """Compute the optima of every place and correlation, and the zones.

    Raises
    ------
    BadInput
        If the loss is given twice, or the data cannot be used.
    """
    given = loss_of(parameters)
    loss, design, features = given.quadratic, given.design, given.features
    # What is counted in budgets does not depend on the data's own units.
    scale = 1.0 if design is None else AWAY / float(np.abs(loss.center).sum())
    center, curved = scale * loss.center, np.diag(loss.hessian)
    rho = snap(parameters.rho if design is None else float(loss.hessian[0, 1]))
    rhos, at = parts.with_own(RHOS, rho)
    mixed = rhos * np.sqrt(curved[0] * curved[1])
    hessians = np.zeros((len(rhos), 2, 2)) + np.diag(curved)
    hessians[:, 0, 1] = hessians[:, 1, 0] = mixed
    angles = np.radians(TURNS)
    turned = np.array([[np.cos(angles), -np.sin(angles)], [np.sin(angles), np.cos(angles)]])
    centers = np.einsum("ijt,j->ti", turned, center)
    losses = losses_of(hessians, centers)
    found = {name: rm.constrained_optimum(losses, p, 1.0) for name, p in PENALTIES.items()}
    own = rm.Quadratic(hessians[at], center)
    rest = at, REST
    lam = {name: float(best.multiplier[rest]) for name, best in found.items()}
    weights = {name: best.weights[rest] for name, best in found.items()}
    l1, losses_at = PENALTIES["l1"], (rm.Quadratic(each, center) for each in hessians)
    zones = [rm.zero_zones(each, l1, FAR, budget=1.0) for each in losses_at]
    data = {} if design is None else {"curvature": (1.0, 1.0)}
    return ZoneMap(
        lesson="zone-map",
        **of_data(parameters, design, None, **data, rho=rho, center=center.tolist()),
        points={"unregularized": center, **weights},
        lam=lam,
        budget=dict.fromkeys(PENALTIES, 1.0),
        certificate=certified(
            *((own, PENALTIES[name].with_lambda(lam[name]), w) for name, w in weights.items())
        ),
        rhos=rhos,
        at=at,
        centers=centers,
        hessians=hessians,
        optima={name: best.weights for name, best in found.items()},
        zones=np.stack(zones),
        features=features,
    )


def losses_of(hessians: rm.Array, centers: rm.Array) -> rm.Quadratic:
    """Return the losses of each Hessian and each center, a batch `(n_hessians, n_centers)`."""
    shape = (len(hessians), len(centers), 2)
    each = np.broadcast_to(hessians[:, None], (*shape, 2))
    return rm.Quadratic(each, np.broadcast_to(centers, shape))


def claims(exhibit: ZoneMap, at: Positions) -> dict[str, Said]:
    """Return what is true of both optima at a place and a correlation, and of the turn."""
    where, found = (at["rho"], at["turn"]), {}
    is_free = {
        name: penalty.level(exhibit.centers[at["turn"]]) <= 1.0
        for name, penalty in PENALTIES.items()
    }
    for name, optima in exhibit.optima.items():
        first, second = map(float, optima[where])
        zeros = [place for place, w in zip(PLACES, (first, second), strict=True) if w == 0.0]
        kind = "free" if is_free[name] else zeros[0] if zeros else "none"
        values = signed(first=first, second=second)
        found[f"optimum-{name}"] = say(f"claim.{name}.{kind}", **values)
    zero = (exhibit.optima["l1"][at["rho"]] == 0.0).any(axis=1)
    snaps = bool((zero[1:] & zero[:-1]).any() and not zero.all())
    first, second = exhibit.hessians[0].diagonal()
    found["sweep"] = say(f"tell.sweep.{'snaps' if snaps else 'plain'}")
    found["turned"] = say(f"tell.rho.{'stays' if first == second else 'turns'}")
    center = exhibit.centers[REST]
    x, y = map(float, center)
    return found | {"alt": say("alt", rho=float(exhibit.rhos[exhibit.at]), x=x, y=y)}


# ---- what there is to see


def picture(exhibit: ZoneMap) -> Picture:
    """Describe a plane for each penalty, with the zones in which a weight is exactly 0."""
    by = ("rho", "turn")
    return Picture(
        panels=tuple(_plane(exhibit, name) for name in PENALTIES),
        marks=tuple(_marks(exhibit)),
        labels=(
            say.label("cones-l1", 0.0, 0.33, 0.66, 1.0, name="cones"),
            *(say.label(of, 0.0, name="unregularized") for of in both("unregularized")),
            *say.labels("optimum-{}", PENALTIES, 0.0, name="optimum.{}", bold=True),
        ),
        drivers=(
            Driver("rho", exhibit.rhos, rest=exhibit.at),
            Driver("turn", TURNS, rest=REST, told=True),
        ),
        readouts=(
            Readout("rho", r"$\rho =$", "ink", exhibit.rhos, ("rho",)),
            *(Readout(f"w1-{name}", "$w_1 =$", name, optima[..., 0], by, name,
                      f"swept-{name}")
              for name, optima in exhibit.optima.items()),
        ),
        knobs=loss_knobs(exhibit.features),
        says=both("optimum"),
        free=(*ZONES, *both(*PLANE, *FOUND), "zone-l2"),
        presets={} if exhibit.features else PRESETS,
    )  # fmt: skip


def _plane(exhibit: ZoneMap, name: str) -> Panel:
    center = exhibit.centers[REST]
    reach = max(1.0, float(np.linalg.norm(center)))
    limits = squared(np.array([[reach, reach], [-reach, -reach]]), AIR)
    said = claims(exhibit, {"rho": exhibit.at, "turn": REST})[f"optimum-{name}"]
    points = np.array([center, *(exhibit.points[each] for each in PENALTIES)])
    return plane(
        say, name, limits, points, [1.0], exhibit.features, title=say(f"title.plane.{name}"),
        summary=Said(said.key.replace("claim", "summary"), said.values),
        foot=say("foot", residual=exhibit.residual), role=name,
    )  # fmt: skip


def _marks(exhibit: ZoneMap) -> Iterator[Mark]:
    """Yield the marks of both planes, from below to above."""
    losses = losses_of(exhibit.hessians, exhibit.centers)
    size = float(np.linalg.norm(exhibit.centers[0]))
    rings = rm.level_set(losses, losses.center + np.array([RING * size, 0.0]), VERTICES)
    by, corners = ("rho", "turn"), CORNERS[:, None]
    inverse = np.linalg.inv(exhibit.hessians)[:, None]
    rays = np.einsum("...ij,...j", inverse, CORNERS)
    rays = CORNERS + FAR * rays / np.linalg.norm(rays, axis=-1, keepdims=True)
    # The cones as they are, before the loss maps them.
    ends = corners + CONE * CONES
    cones = joined(np.stack([ends[:, 0], CORNERS, ends[:, 1]], axis=1))
    lines = joined(np.stack([np.broadcast_to(CORNERS, rays.shape), rays], axis=-2))
    for i in range(len(CORNERS)):
        yield Mark(f"zone-{i + 1}-l1", "l1", "area", "l1", exhibit.zones[:, i], ("rho",))
    for name, penalty in PENALTIES.items():
        mark, ball, optima = parts.marker(name), outlines(penalty, 1.0), exhibit.optima[name]
        level = rm.level_set(losses, optima, VERTICES)
        yield mark("ball", "area", "region", ball)
        yield mark("arc", "line", "muted", exhibit.centers, weight="fine")
        yield mark("rings", "line", "loss", rings, *by, weight="fine")
        yield mark("contour", "line", "loss", level, *by)
        yield mark("edge", "line", name, ball)
        if name == "l1":
            yield mark("cones", "line", "ink", cones, weight="fine")
        else:
            yield mark("zone", "line", "l2", lines, "rho")
        # Names could not keep their sides all the way: what moves has none.
        center = exhibit.centers[:, None]
        yield mark("unregularized", "point", "loss", center, "turn", grip="center")
        yield mark("cross", "point", "loss", center, "turn")
        for what in ("optimum", "swept"):
            yield mark(what, "point", name, optima[:, :, None], *by)


# ---- how it is told


def story(exhibit: ZoneMap) -> Story:
    """Let the optimum of the loss move about: L1 snaps to its corners, L2 glides."""
    at, rest = exhibit.at, REST
    said = claims(exhibit, {"rho": at, "turn": rest})
    last, slow = len(TURNS) - 1, dict[str, Any](seconds=2.6, even=True)
    lands, wide = asking(*_questions(exhibit))
    l1, l2 = (tuple(f"{each}-{name}" for each in PLANE) for name in PENALTIES)
    named, moved = both("optimum"), both("swept")

    def across(caption: str, *tell: Said) -> tuple[Step, ...]:
        """Return steps that take the optimum of the loss to one end, to the other, and back."""
        return (
            say.step(caption, run={"turn": 0}, seconds=1.2, hold=0.2),
            Step(run={"turn": last}, **slow, hold=0.4),
            Step(tell=tell[0] if tell else None, run={"turn": rest}, seconds=1.2, hold=1.4),
        )

    return Story((
        Section("limit", (
            say.step("limit", "limit", panels=("l1",), show=l1[:2], hold=2.0),
            say.step("wish", show=l1[2:], hold=2.2),
        )),
        lands,
        Section("touch", (
            say.step("touch", "touch", show=("contour-l1", "optimum-l1", "w1-l1"), hold=2.4),
            Step(tell=said["optimum-l1"], hold=1.8),
        )),
        Section("snap", (
            say.step("", "snap", hide=named[:1], show=("arc-l1", *moved[:1]), hold=0.2),
            *across("watch", said["sweep"]),
        )),
        Section("zone", (
            say.step("zone", "zone", show=ZONES, hold=2.2),
            say.step("cone", show=("cones-l1",), tell=say("tell.zone"), hold=2.2),
        )),
        Section("rho", (
            say.step("rho", "rho", tell=said["turned"], show=("rho", *named[:1]),
                     hide=("arc-l1", "cones-l1", *moved[:1]), hold=1.4),
            Step(run={"rho": len(exhibit.rhos) - 1}, seconds=2.4, even=True, hold=0.8),
            Step(run={"rho": 0}, seconds=4.0, even=True, hold=0.8),
            Step(run={"rho": at}, seconds=2.0, hold=0.6,
                 task=say.task("task.leave", "rho", claims={"optimum-l1": "none"})),
        )),
        wide,
        Section("glide", (
            say.step("glide", "glide", panels=("l2",), hide=("rho",),
                     show=(*l2, "contour-l2", "w1-l2", "arc-l2", "swept-l2"), hold=1.8),
            *across("follows"),
            say.step("line", tell=say("tell.line"), show=("zone-l2",), hold=1.8),
        )),
        Section("both", (
            say.step("", "both", panels=("l1", "l2"),
                     hide=(*named[:1], *both("unregularized")),
                     show=("arc-l1", *moved[:1], *both("cross")), hold=0.4),
            *across("side"),
        )),
        say.section("still", hide=both("arc", "swept", "cross", "w1"),
                    show=(*named, *both("unregularized")), tell=say("tell.still"), hold=3.4),
    ))  # fmt: skip


def _questions(exhibit: ZoneMap) -> tuple[Question, Question]:
    """Ask where L1 lands, and how wide the zones of L2 are."""
    center, truth = exhibit.points["unregularized"], exhibit.points["l1"]
    scaled = center / max(float(np.abs(center).sum()), 1.0)
    wrongs = {"projected": PENALTIES["l1"].project(center, 1.0), "scaled": scaled}
    lands = say.guess(
        "lands", truth, NEAR, wrongs, signed(first=float(truth[0]), second=float(truth[1])),
        panel="l1",
    )  # fmt: skip
    options = {name: say(f"option.{name}") for name in ("line", "narrow", "same")}
    return lands, say.choice("wide", "line", options, panel="l1")
