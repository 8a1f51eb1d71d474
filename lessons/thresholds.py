"""Thresholds: what each penalty makes of one weight that least squares found.

The loss is `(w - z)**2`, as of one weight among features that do not overlap: without a penalty
the weight is `z`. Each penalty turns `z` into its own weight, by its prox at step 1/2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.base import Exhibit
from regviz.lessons.numbers import equals, snap
from regviz.lessons.parameters import Knobs, Number, Strength, knob
from regviz.lessons.picture import Formula, Label, Mark, Picture, Positions, Readout, Said, Term
from regviz.lessons.question import Question, choice, guess
from regviz.lessons.story import Section, Step, Story, Voice, asking
from regviz.lessons.task import Task

if TYPE_CHECKING:
    from regviz.lessons.base import Array

TOPIC = "one-weight"
NEEDS = ("l1-loss", "l2-loss")
ORDER = 100

#: the pictures show weights up to this size, beyond the largest weight that a penalty changes
LEAST, REACH = -2, 6
#: the panels, and the penalties in each
PANELS = {"convex": ("l1", "l2", "net"), "concave": ("l0", "scad", "mcp")}
PENALTIES = (*PANELS["convex"], *PANELS["concave"])
#: what each adds to the loss
TERMS = {
    "l1": r"+ \lambda |w|",
    "l2": r"+ \lambda w^2",
    "net": r"+ \lambda (\alpha |w| + (1 - \alpha) w^2)",
    "l0": r"+ \lambda \cdot \text{[}w \neq 0\text{]}",
    "scad": r"+ \text{SCAD}(w)",
    "mcp": r"+ \text{MCP}(w)",
}
#: where curves are named: at their ends, but two where they have left the line
ENDS, BENDS = (1.0, 0.95), (0.6, 0.57, 0.54, 0.51, 0.63, 0.66)
SPOTS = {**dict.fromkeys(PENALTIES, ENDS), "scad": BENDS, "mcp": BENDS}
#: penalties to choose among when asked which leaves large weights alone
KEEPERS = ("l1", "scad", "l2", "net")
#: a penalty, and the sizes of weights at which its map bends
Map = tuple[rm.Penalty, tuple[float, ...]]
say = Voice("thresholds")


@dataclass(frozen=True)
class Parameters(Knobs):
    """Knobs of the penalties."""

    lam: float = knob(2.0, Strength(0.5, 3.0), "penalty strength")
    ratio: float = knob(0.5, Number(0.2, 0.8), "share of L1 in the elastic net")
    a: float = knob(3.7, Number(2.1, 3.9), "SCAD's a: lambda / 2 times a is left as it is")
    gamma: float = knob(3.0, Number(1.1, 3.9), "MCP's gamma, as a is SCAD's")


@dataclass(frozen=True, kw_only=True)
class Thresholds(Exhibit):
    """What becomes of each weight under each penalty.

    Attributes
    ----------
    z, lambdas
        Least-squares weights and strengths, ascending, shapes `(n_z,)` and `(n_lambdas,)`.
    at
        Index of the parameters' strength.
    weights
        Penalised weights by penalty, shape `(n_lambdas, n_z)`.
    curves
        Vertices `(n_lambdas, n, 2)` of each map's graph; a row of NaN where it jumps.
    bends
        Sizes at which each penalty's map bends at the parameters' strength: up to the first a
        weight becomes 0, and under L0, SCAD and MCP it stays as it is from the last on.
    """

    z: Array
    lambdas: Array
    at: int
    weights: Mapping[str, Array]
    curves: Mapping[str, Array]
    bends: Mapping[str, tuple[float, ...]]


def exhibit(parameters: Parameters) -> Thresholds:
    """Compute what each penalty makes of weights from `LEAST` to `REACH`."""
    knobs = {name: snap(value) for name, value in vars(parameters).items()}
    z = np.arange(LEAST * 20, REACH * 20 + 1) / 20.0
    lambdas = np.unique([*(np.arange(61) / 20.0), knobs["lam"]])
    at = int(np.searchsorted(lambdas, knobs["lam"]))
    maps = [_maps(**{**knobs, "lam": float(lam)}) for lam in lambdas]
    weights = {name: np.stack([_prox(row[name][0], z) for row in maps]) for name in PENALTIES}
    return Thresholds(
        lesson="thresholds",
        parameters=knobs,
        lam=dict.fromkeys(PENALTIES, knobs["lam"]),
        certificate={
            "kkt_residual": max(
                _off(row, w, z) for row, *w in zip(maps, *weights.values(), strict=True)
            )
        },
        z=z,
        lambdas=lambdas,
        at=at,
        weights=weights,
        curves={name: np.stack([_graph(*row[name]) for row in maps]) for name in PENALTIES},
        bends={name: bends for name, (_, bends) in maps[at].items()},
    )


def _maps(lam: float, ratio: float, a: float, gamma: float) -> dict[str, Map]:
    """Return each penalty with the sizes at which its map bends."""
    tau = lam / 2.0
    return {
        "l1": (rm.L1(lam), (tau,)),
        "l2": (rm.L2(lam), (0.0,)),
        "net": (rm.ElasticNet(lam, ratio), (ratio * tau,)),
        "l0": (rm.L0(lam), (math.sqrt(lam),)),
        "scad": (rm.SCAD(lam, a), (tau, 2.0 * tau, a * tau)),
        "mcp": (rm.MCP(lam, gamma), (tau, gamma * tau)),
    }


def _off(maps: Mapping[str, Map], weights: list[Array], z: Array) -> float:
    """Return how far the slope of `(w - z)**2` at a weight is from the penalty's, at most."""
    return max(
        float(penalty.subdifferential_distance(w[:, None], 2.0 * (z - w)[:, None]).max())
        for (penalty, _), w in zip(maps.values(), weights, strict=True)
    )


def _prox(penalty: rm.Penalty, z: Array) -> Array:
    return penalty.prox(z[:, None], 0.5)[:, 0]


def _graph(penalty: rm.Penalty, bends: tuple[float, ...]) -> Array:
    """Return the vertices of a map's graph, which is straight between its bends."""
    sizes = np.array([*bends, REACH])
    right = np.column_stack([sizes, _prox(penalty, sizes)])
    if isinstance(penalty, rm.L0):
        right = np.insert(right, 1, [[math.nan] * 2, [bends[0]] * 2], axis=0)
    return np.concatenate([-right[::-1], right]) + 0.0


def claims(exhibit: Thresholds, at: Positions) -> dict[str, Said]:
    """Return what is true of the weight `z`, and of each penalty's rule, at these positions."""
    z, lam = float(exhibit.z[at["z"]]), exhibit.lam["l2"]
    said = {"z": say("claim.here", z=z, lam=float(exhibit.lambdas[at["lam"]]))}
    net = 1.0 + lam * (1.0 - exhibit.number("ratio"))
    for name, bends in exhibit.bends.items():
        w = float(exhibit.weights[name][at["lam"], at["z"]])
        kind = "zero" if w == 0.0 else "same" if w == z else "moved"
        said[f"{name}-now"] = say(f"claim.{name}.{kind}", w=w, **{"is": equals(w)})
        sizes = {"zero": bends[0], "same": bends[-1], "by": 1.0 + lam, "net": net}
        said[f"rule-{name}"] = say(f"rule.{name}", **sizes, **{"is": equals(bends[0])})
    bounds = {name: exhibit.bends[name][-1] for name in ("l1", "l0", "scad", "mcp")}
    return said | {"alt": say("alt", lam=lam, by=1.0 + lam, **bounds)}


def picture(exhibit: Thresholds) -> Picture:
    """Describe the maps in two panels, and a weight `z` that runs through all of them."""
    limits, ticks = np.array([LEAST, REACH, LEAST, REACH]), parts.numbered(2, 4)
    same, z = np.array([[LEAST, LEAST], [REACH, REACH]]), exhibit.z
    upright = np.array([[[at, LEAST], [at, REACH]] for at in z])
    foot = say("foot", lam=exhibit.lam["l1"], residual=exhibit.residual)
    lines, maps, dots = [], [], []
    for panel, names in PANELS.items():
        lines += [
            Mark(f"free-{panel}", panel, "line", "loss", same, weight="fine"),
            Mark(f"z-{panel}", panel, "line", "muted", upright, ("z",), weight="fine"),
        ]
        for name in names:
            curve, w = exhibit.curves[name], exhibit.weights[name]
            at = np.stack([np.broadcast_to(z, w.shape), w], axis=-1)[:, :, None]
            maps.append(Mark(name, panel, "line", name, curve, ("lam",), weight="strong"))
            dots.append(Mark(f"{name}-now", panel, "point", name, at, ("lam", "z"), grip="z"))
    return Picture(
        panels=tuple(
            parts.chart("thresholds", n, limits, (ticks, ticks), foot) for n in PANELS
        ),
        marks=(*lines, *maps, *dots),
        labels=(
            *(Label(name, say(f"name.{name}"), SPOTS[name]) for name in PENALTIES),
            Label("free-convex", say("name.free"), (0.9, 0.85, 0.8, 0.75)),
            # where no map that is not convex covers it
            Label("free-concave", say("name.free"), (0.35, 0.33, 0.37, 0.39)),
        ),
        drivers=(
            parts.Driver("z", z, rest=parts.nearest(z, 2.0)),
            parts.Driver("lam", exhibit.lambdas, rest=exhibit.at),
        ),
        readouts=(
            Readout("z", "$z =$", "ink", z, ("z",)),
            Readout("lam", r"$\lambda =$", "ink", exhibit.lambdas, ("lam",)),
            *(
                Readout(f"w-{n}", "$w =$", n, w, ("lam", "z"))
                for n, w in exhibit.weights.items()
            ),
        ),
        formulas=tuple(
            Formula(f"f-{name}", (Term("(w - z)^2", "loss"), Term(tex, name, name)))
            for name, tex in TERMS.items()
        ),
        says=("z", *(f"{name}-now" for name in PENALTIES)),
        presets={
            "edge": {"z": 1.0, "lam": 2.0},
            "large": {"z": 5.0, "lam": 2.0},
            "steep": {"z": 1.5, "lam": 2.0, "a": 2.1, "gamma": 1.1},
        },
    )


def story(exhibit: Thresholds) -> Story:
    """Tell what each penalty makes of a weight as it shrinks, and what a strength does."""
    free = tuple(f"free-{panel}" for panel in PANELS)
    lands, keeps = asking(*_questions(exhibit))
    told = {n: [_tell_of(exhibit, name, n) for name in names] for n, names in PANELS.items()}
    return Story((
        Section("free", (
            say.step("free", "free", panels=("convex",), show=free, hold=2.0),
            Step(tell=say("tell.free"), hold=2.0),
        )),
        lands,
        *told["convex"],
        keeps,
        *told["concave"],
        Section("strength", (
            say.step("strength", "strength", panels=tuple(PANELS), hold=0.6),
            Step(tell=say("tell.strength"), run={"lam": 10}, seconds=1.2, hold=0.3),
            Step(run={"lam": len(exhibit.lambdas) - 1}, seconds=2.4, even=True, hold=0.6),
            Step(run={"lam": exhibit.at}, seconds=1.0, hold=0.4),
        ), only=("lam",)),
        _which(),
    ))  # fmt: skip


def _which() -> Section:
    """Say when to use which, each with its own curve alone, and at last with all."""
    convex, both = ("convex",), tuple(PANELS)
    return Section("which", (
        say.step("which.l2", "which", panels=convex, hide=("l1", "net"), hold=2.0),
        say.step("which.l1", morph={"l2": "l1"}, seconds=1.0, hold=1.6),
        say.step("which.net", morph={"l1": "net"}, seconds=1.0, hold=2.0),
        say.step("which.scad", panels=both, show=("l1", "l2"), seconds=1.0, hold=1.0),
        Step(emphasise=("scad", "mcp"), seconds=1.0, hold=2.0),
    ))  # fmt: skip


def _questions(exhibit: Thresholds) -> tuple[Question, Question]:
    """Ask where L1 puts a weight, and who leaves a large one alone."""
    at = {"z": parts.nearest(exhibit.z, REACH - 2.0), "lam": exhibit.at}
    z, half = float(exhibit.z[at["z"]]), exhibit.bends["l1"][0]
    l1, l2 = (float(exhibit.weights[name][at["lam"], at["z"]]) for name in ("l1", "l2"))
    told = {"lam": exhibit.lam["l1"], "z": z, "w": l1, "half": half, "by": 1.0 + 2.0 * half}
    wrongs = {"l2": l2, "zero": 0.0, "same": z}
    lands = guess(
        say, "lands", told, {name: np.array([z, w]) for name, w in wrongs.items()},
        kind="place", panel="convex", sees=("free-convex", "z-convex"), at=at,
        truth=np.array([z, l1]), near=min(0.4, half / 2.1),
    )  # fmt: skip
    names = {name: say(f"name.{name}") for name in KEEPERS}
    return lands, choice(say, "keeps", names, "scad", {"stays": exhibit.bends["scad"][-1]})


def _tell_of(exhibit: Thresholds, name: str, panel: str) -> Section:
    """Let a large weight shrink until the penalty has made 0 of it, if it does."""
    zeros = np.flatnonzero(exhibit.weights[name][exhibit.at] == 0.0)
    # Half way between 0 and the last that becomes 0; under L2 no other than 0 does.
    small = int(zeros[3 * len(zeros) // 4]) if len(zeros) > 1 else int(zeros[0]) + 8
    large = {"z": parts.nearest(exhibit.z, REACH - 0.1)}
    rule = claims(exhibit, {"lam": exhibit.at, "z": small})[f"rule-{name}"]
    task = _find_what_mcp_keeps(float(exhibit.z[small])) if name == "mcp" else None
    return Section(name, (
        say.step(f"{name}.first", name, panels=(panel,), show=(name,), run=large, hold=1.0),
        say.step(f"{name}.then", tell=rule, emphasise=(name,), seconds=0.8),
        Step(run={"z": small}, seconds=2.6, even=True, hold=1.0, task=task),
    ), only=(f"z-{panel}", f"{name}-now", "z", f"w-{name}", f"f-{name}"))  # fmt: skip


def _find_what_mcp_keeps(z: float) -> Task:
    """Set the task to make the penalty so weak that MCP leaves a small weight, but not 0."""
    return Task(
        said=say("task.mcp.said", z=z),
        done=say("task.mcp.done"),
        moves=("lam",),
        claims={"mcp-now": "same", "l1-now": "moved"},
        within={"z": (z, z)},
    )
