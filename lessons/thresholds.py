"""Thresholds: what each penalty makes of one weight that least squares found.

The loss is `(w - z)**2`, as of one weight among features that do not overlap: without a penalty
the weight is `z`. Each penalty turns `z` into its own weight, by its prox at step 1/2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.base import Exhibit
from regviz.lessons.numbers import equals, snap
from regviz.lessons.parameters import Knobs, Number, Strength, knob
from regviz.lessons.picture import Picture, Positions, Said
from regviz.lessons.question import Choice, Guess, Option, Question, Wrong
from regviz.lessons.story import Section, Step, Story

if TYPE_CHECKING:
    from regviz.lessons.base import Array

TITLE = {
    "en": "What a penalty makes of a weight",
    "ko": "벌점이 가중치를 바꾸는 방식",
}
SUMMARY = {
    "en": "L1 subtracts, L2 divides; L0, SCAD and MCP leave large weights as they are",
    "ko": "L1은 빼고 L2는 나누며, L0, SCAD, MCP는 큰 가중치를 그대로 둡니다",
}
TAGS = ("one weight", "penalties", "sparsity")
ORDER = 100

#: the pictures show weights up to this size, beyond the largest weight that a penalty changes
LEAST, REACH = -2, 6
TICKS = parts.numbered(2, 4)
#: the panels, and the penalties in each
PANELS = {"convex": ("l1", "l2", "net"), "concave": ("l0", "scad", "mcp")}
PENALTIES = (*PANELS["convex"], *PANELS["concave"])
#: where curves are named: at their ends, or where they have left the line
ENDS, BENDS, SLOPE = (1.0, 0.95), (0.6, 0.57, 0.54, 0.51, 0.63, 0.66), (0.9, 0.85, 0.8, 0.75)
LOSS = parts.Term("(w - z)^2", "loss")
#: penalties to choose among when asked which leaves large weights alone
KEEPERS = ("l1", "scad", "l2", "net")
#: names of what is seen
Seen = tuple[str, ...]
#: what each adds to the loss
TERMS = {
    "l1": r"+ \lambda |w|",
    "l2": r"+ \lambda w^2",
    "net": r"+ \lambda (\alpha |w| + (1 - \alpha) w^2)",
    "l0": r"+ \lambda \cdot \text{[}w \neq 0\text{]}",
    "scad": r"+ \text{SCAD}(w)",
    "mcp": r"+ \text{MCP}(w)",
}


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
    knobs = {name.name: snap(getattr(parameters, name.name)) for name in parameters.knobs()}
    lam, ratio = knobs["lam"], knobs["ratio"]
    z = np.arange(LEAST * 20, REACH * 20 + 1) / 20.0
    lambdas = np.unique([*(np.arange(61) / 20.0), lam])
    priced: dict[str, list[rm.Penalty]] = {
        "l1": [rm.L1(price) for price in lambdas],
        "l2": [rm.L2(price) for price in lambdas],
        "net": [rm.ElasticNet(price, ratio) for price in lambdas],
        "l0": [rm.L0(price) for price in lambdas],
        "scad": [rm.SCAD(price, knobs["a"]) for price in lambdas],
        "mcp": [rm.MCP(price, knobs["gamma"]) for price in lambdas],
    }
    bends = [_bends(float(price), knobs) for price in lambdas]
    weights = {name: np.stack([_prox(p, z) for p in row]) for name, row in priced.items()}
    # Weights in (w - z)**2 + penalty: the loss's slope against the penalty's.
    residual = max(
        float(p.subdifferential_distance(w[:, None], 2.0 * (z - w)[:, None]).max())
        for name, row in priced.items()
        for p, w in zip(row, weights[name], strict=True)
    )
    curves = {
        name: np.stack([_graph(p, b[name]) for p, b in zip(row, bends, strict=True)])
        for name, row in priced.items()
    }
    at = int(np.searchsorted(lambdas, lam))
    return Thresholds(
        lesson="thresholds",
        parameters=knobs,
        points={},
        lam=dict.fromkeys(PENALTIES, lam),
        budget={},
        certificate={"kkt_residual": residual},
        z=z,
        lambdas=lambdas,
        at=at,
        weights=weights,
        curves=curves,
        bends=bends[at],
    )


def _bends(lam: float, knobs: Mapping[str, float]) -> dict[str, tuple[float, ...]]:
    """Return the sizes at which each map bends."""
    tau = lam / 2.0
    return {
        "l1": (tau,),
        "l2": (0.0,),
        "net": (knobs["ratio"] * tau,),
        "l0": (math.sqrt(lam),),
        "scad": (tau, 2.0 * tau, knobs["a"] * tau),
        "mcp": (tau, knobs["gamma"] * tau),
    }


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
    for name in PENALTIES:
        w = float(exhibit.weights[name][at["lam"], at["z"]])
        kind = "zero" if w == 0.0 else "same" if w == z else "moved"
        said[name] = say(f"claim.{name}.{kind}", w=w, **{"is": equals(w)})
    net = 1.0 + lam * (1.0 - float(str(exhibit.parameters["ratio"])))
    for name, bends in exhibit.bends.items():
        sizes = {"zero": bends[0], "same": bends[-1], "by": 1.0 + lam, "net": net}
        said[f"rule-{name}"] = say(f"rule.{name}", **sizes, **{"is": equals(bends[0])})
    bounds = {"l1": exhibit.bends["l1"][0], "l0": exhibit.bends["l0"][0]}
    bounds |= {name: exhibit.bends[name][-1] for name in ("scad", "mcp")}
    return said | {"alt": say("alt", lam=lam, by=1.0 + lam, **bounds)}


def picture(exhibit: Thresholds) -> Picture:
    """Describe the maps in two panels, and a weight `z` that runs through all of them."""
    limits = np.array([LEAST, REACH, LEAST, REACH])
    residual = float(f"{exhibit.certificate['kkt_residual']:.1e}")
    panels, marks, dots = [], [], []
    for panel, names in PANELS.items():
        foot = say("foot", lam=exhibit.lam["l1"], residual=residual)
        panels.append(parts.chart("thresholds", panel, limits, (TICKS, TICKS), foot))
        upright = np.array([[[z, LEAST], [z, REACH]] for z in exhibit.z])
        same = np.array([[LEAST, LEAST], [REACH, REACH]])
        marks += [
            parts.Mark(f"free-{panel}", panel, "line", "loss", same, weight="fine"),
            parts.Mark(f"z-{panel}", panel, "line", "muted", upright, ("z",), weight="fine"),
        ]
        for name in names:
            curve, weights = exhibit.curves[name], exhibit.weights[name]
            at = np.stack([np.broadcast_to(exhibit.z, weights.shape), weights], axis=-1)
            marks.append(
                parts.Mark(name, panel, "line", name, curve, ("lam",), weight="strong")
            )
            spot = at[:, :, None]
            dots.append(parts.Mark(f"{name}-now", panel, "point", name, spot, ("lam", "z")))
    labels = [parts.Label(name, say(f"name.{name}"), ENDS) for name in PENALTIES[:4]]
    labels += [parts.Label(name, say(f"name.{name}"), BENDS) for name in PENALTIES[4:]]
    return Picture(
        panels=tuple(panels),
        marks=(*marks, *dots),
        labels=(*labels, parts.Label("free-convex", say("name.free"), SLOPE)),
        drivers=(
            parts.Driver("z", exhibit.z, rest=parts.nearest(exhibit.z, 2.0)),
            parts.Driver("lam", exhibit.lambdas, rest=exhibit.at),
        ),
        readouts=(
            parts.Readout("z", "$z =$", "ink", exhibit.z, ("z",)),
            parts.Readout("lam", r"$\lambda =$", "ink", exhibit.lambdas, ("lam",)),
            *(
                parts.Readout(f"w-{name}", "$w =$", name, weights, ("lam", "z"))
                for name, weights in exhibit.weights.items()
            ),
        ),
        formulas=tuple(
            parts.Formula(f"f-{name}", (LOSS, parts.Term(tex, name, name)))
            for name, tex in TERMS.items()
        ),
        says=("z", *PENALTIES),
    )


def story(exhibit: Thresholds) -> Story:
    """Tell what each penalty makes of a weight as it shrinks, and what a strength does."""
    free = (
        _step("free", show=tuple(f"free-{panel}" for panel in PANELS), hold=2.0),
        Step(tell=say("tell.free"), hold=2.4),
    )
    sections, before = [Section("free", free)], Seen(())
    asked = dict(zip(PANELS, _questions(exhibit), strict=True))
    for panel, names in PANELS.items():
        sections.append(Section(f"ask-{panel}", (Step(ask=asked[panel]),)))
        for name in names:
            seen = (f"z-{panel}", f"{name}-now", "z", f"w-{name}", f"f-{name}")
            sections.append(_tell_of(exhibit, name, seen, before))
            before = seen
    last = len(exhibit.lambdas) - 1
    strength = (
        _step("strength", hide=before, show=("lam",), hold=0.6),
        Step(tell=say("tell.strength"), run={"lam": 10}, seconds=2.0, hold=0.8),
        Step(run={"lam": last}, seconds=4.0, even=True, hold=1.2),
        Step(run={"lam": exhibit.at}, seconds=1.6, hold=0.8),
    )
    still = (_step("still", tell=say("tell.still"), hide=("lam",), hold=4.0),)
    return Story((*sections, Section("strength", strength), Section("still", still)))


def _questions(exhibit: Thresholds) -> tuple[Question, Question]:
    """Ask where L1 puts a weight, and who leaves a large one alone."""
    z, tau = float(exhibit.z[-1]) - 2.0, exhibit.bends["l1"][0]
    at = {"z": parts.nearest(exhibit.z, z), "lam": exhibit.at}
    w = {name: float(exhibit.weights[name][at["lam"], at["z"]]) for name in ("l1", "l2")}
    wrongs = {"l2": w["l2"], "zero": 0.0, "same": z}
    asked = {"lam": exhibit.lam["l1"], "z": z, "w": w["l1"], "by": 1.0 + exhibit.lam["l2"]}
    place = Guess(
        name="l1", prompt=say("ask.l1.prompt", **asked), kind="place", panel="convex",
        sees=("free-convex", "z-convex"), at=at, truth=np.array([z, z - tau]), near=0.12,
        right=say("ask.l1.right", **asked, half=tau), off=say("ask.l1.off", **asked, half=tau),
        wrongs=tuple(
            Wrong(np.array([z, value]), say(f"ask.l1.{name}", **asked, half=tau))
            for name, value in wrongs.items()
        ),
    )  # fmt: skip
    options = [
        Option(say(f"name.{name}"), say(f"ask.keep.{name}", keeps=exhibit.bends["scad"][-1]))
        for name in KEEPERS
    ]
    prompt = say("ask.keep.prompt")
    keep = Choice(
        name="keep", prompt=prompt, options=tuple(options), right=KEEPERS.index("scad")
    )
    return place, keep


def _tell_of(exhibit: Thresholds, name: str, seen: Seen, before: Seen) -> Section:
    """Let a large weight shrink until the penalty has made 0 of it, if it does."""
    zeros = np.flatnonzero(exhibit.weights[name][exhibit.at] == 0.0)
    # Half way between 0 and the last that becomes 0; under L2 no other than 0 does.
    small = int(zeros[3 * len(zeros) // 4]) if len(zeros) > 1 else int(zeros[0]) + 8
    large = {"z": parts.nearest(exhibit.z, REACH - 0.1)}
    gone = tuple(one for one in before if one not in seen)
    come = (name, *(one for one in seen if one not in before))
    rule = claims(exhibit, {"lam": exhibit.at, "z": small})[f"rule-{name}"]
    first = _step(name, f"{name}.first", hide=gone, show=come, run=large, hold=1.6)
    then = Step(say=say(f"caption.{name}.then"), tell=rule, emphasise=(name,), seconds=1.2)
    shrink = Step(run={"z": small}, seconds=4.0, even=True, hold=2.0)
    return Section(name, (first, then, shrink))


def _step(title: str, caption: str = "", **verbs: Any) -> Step:
    return Step(say=say(f"caption.{caption or title}"), heading=say(f"title.{title}"), **verbs)


def say(key: str, **values: float | str) -> Said:
    """Return a sentence of this lesson."""
    return Said(f"thresholds.{key}", values)
