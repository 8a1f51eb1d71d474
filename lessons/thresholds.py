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
from regviz.lessons.base import Exhibit
from regviz.lessons.numbers import equals, snap
from regviz.lessons.parameters import Knobs, Number, knob
from regviz.lessons.picture import (
    Driver,
    Formula,
    Label,
    Mark,
    Panel,
    Picture,
    Positions,
    Readout,
    Said,
    Term,
)
from regviz.lessons.story import Section, Step, Story

if TYPE_CHECKING:
    from regviz.lessons.base import Array

TITLE = {
    "en": "What a penalty makes of a weight",
    "ko": "벌점이 가중치를 바꾸는 방식",
}
SUMMARY = {
    "en": "L1 subtracts, L2 divides; hard, SCAD and MCP thresholds leave large weights as they are",
    "ko": "L1은 빼고 L2는 나누며, 하드·SCAD·MCP 문턱은 큰 가중치를 그대로 둡니다",
}
TAGS = ("one weight", "penalties", "sparsity")
ORDER = 100

#: the pictures show weights up to this size, beyond the largest weight that a penalty changes
LEAST, REACH = -3, 6
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


@dataclass(frozen=True)
class Parameters(Knobs):
    """Knobs of the penalties."""

    lam: float = knob(2.0, Number(0.5, 3.0), "penalty strength")
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
    zero_to, same_from
        Up to which size a weight becomes 0, and from which on it stays as it is, at the
        parameters' strength, by penalty; infinite where there is no such size.
    """

    z: Array
    lambdas: Array
    at: int
    weights: Mapping[str, Array]
    curves: Mapping[str, Array]
    zero_to: Mapping[str, float]
    same_from: Mapping[str, float]


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
    at = int(np.flatnonzero(lambdas == lam)[0])
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
        curves={
            name: np.stack([_graph(p, b[name]) for p, b in zip(row, bends, strict=True)])
            for name, row in priced.items()
        },
        zero_to={name: bends[at][name][0] for name in PENALTIES},
        same_from={
            name: bends[at][name][-1] if name in PANELS["concave"] else math.inf
            for name in PENALTIES
        },
    )


def _bends(lam: float, knobs: Mapping[str, float]) -> dict[str, tuple[float, ...]]:
    """Return the sizes at which each penalty's map bends, the first the end of its zeros."""
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
    lam, z = float(exhibit.lambdas[at["lam"]]), float(exhibit.z[at["z"]])
    ratio = float(str(exhibit.parameters["ratio"]))
    said = {"z": _say("here", {"z": z, "lam": lam})}
    for name in PENALTIES:
        w = float(exhibit.weights[name][at["lam"], at["z"]])
        kind = "zero" if w == 0.0 else "same" if w == z else "moved"
        said[name] = _say(f"{name}.{kind}", {"w": w, "is": equals(w)})
    lam = exhibit.lam["l2"]
    shared = {"lam": lam, "by": 1.0 + lam, "net": 1.0 + lam * (1.0 - ratio)}
    zero_to, same_from = exhibit.zero_to, exhibit.same_from
    for name in PENALTIES:
        values = {"zero": zero_to[name], "same": same_from[name], "is": equals(zero_to[name])}
        said[f"rule-{name}"] = _say(f"rule.{name}", shared | values)
    said["alt"] = _say("alt", shared | {
        "l1": zero_to["l1"], "l0": zero_to["l0"], "scad": same_from["scad"], "mcp": same_from["mcp"]
    })  # fmt: skip
    return said


def picture(exhibit: Thresholds) -> Picture:
    """Describe the maps in two panels, and a weight `z` that runs through all of them."""
    limits = np.array([LEAST, REACH, LEAST, REACH])
    residual = float(f"{exhibit.certificate['kkt_residual']:.1e}")
    foot = _say("foot", {"lam": exhibit.lam["l1"], "residual": residual})
    panels, marks, labels = [], [], []
    for panel, names in PANELS.items():
        panels.append(
            Panel(
                name=panel,
                kind="plane",
                limits=limits,
                axes=("thresholds.axis.z", "thresholds.axis.w"),
                ticks=((2.0, 4.0), (2.0, 4.0)),
                cross=(0.0, 0.0),
                heading=_say(f"heading.{panel}"),
                summary=_say(f"summary.{panel}"),
                foot=foot,
            )
        )
        same = np.array([[LEAST, LEAST], [REACH, REACH]])
        upright = np.array([[[z, LEAST], [z, REACH]] for z in exhibit.z])
        look = {"panel": panel, "kind": "line"}
        marks.append(
            Mark(name=f"free-{panel}", role="loss", points=same, weight="fine", **look)
        )
        marks.append(
            Mark(
                name=f"z-{panel}",
                role="muted",
                points=upright,
                by=("z",),
                weight="fine",
                **look,
            )
        )
        for name in names:
            curve = exhibit.curves[name]
            marks.append(
                Mark(name=name, role=name, points=curve, by=("lam",), weight="strong", **look)
            )
            labels.append(Label(of=name, said=_say(f"name.{name}")))
        labels.append(
            Label(of=f"free-{panel}", said=_say("name.free"), spots=(0.0, 0.1, 0.2, 0.3))
        )
    for panel, names in PANELS.items():
        for name in names:
            weights = exhibit.weights[name]
            dots = np.stack([np.broadcast_to(exhibit.z, weights.shape), weights], axis=-1)
            marks.append(
                Mark(name=f"{name}-now", panel=panel, kind="point", role=name,
                     points=dots[:, :, None], by=("lam", "z"))
            )  # fmt: skip
    return Picture(
        panels=tuple(panels),
        marks=tuple(marks),
        labels=tuple(labels),
        drivers=(
            Driver(name="z", values=exhibit.z, rest=_near(exhibit, 2.0)),
            Driver(name="lam", values=exhibit.lambdas, rest=exhibit.at),
        ),
        readouts=(
            Readout(name="z", symbol="$z =$", role="ink", numbers=exhibit.z, by=("z",)),
            Readout(
                name="lam",
                symbol=r"$\lambda =$",
                role="ink",
                numbers=exhibit.lambdas,
                by=("lam",),
            ),
            *(
                Readout(
                    name=f"w-{name}",
                    symbol="$w =$",
                    role=name,
                    numbers=exhibit.weights[name],
                    by=("lam", "z"),
                )
                for name in PENALTIES
            ),
        ),
        formulas=tuple(
            Formula(name=f"f-{name}", terms=(Term("(w - z)^2", "loss"), Term(tex, name, name)))
            for name, tex in TERMS.items()
        ),
        says=("z", *PENALTIES),
    )


def story(exhibit: Thresholds) -> Story:
    """Tell what each penalty does to a weight as it shrinks, and what a larger strength does."""
    said = claims(exhibit, {"lam": exhibit.at, "z": 0})
    large = _near(exhibit, 5.9)
    free = tuple(f"free-{panel}" for panel in PANELS)
    opening = Section("free", (
        Step(say=_say("caption.free"), heading=_say("title.free"), show=free, hold=2.0),
        Step(tell=_say("tell.free"), hold=2.4),
    ))  # fmt: skip
    sections, before = [opening], ""
    for panel, names in PANELS.items():
        for name in names:
            seen = (f"z-{panel}", f"{name}-now", "z", f"w-{name}", f"f-{name}")
            sections.append(Section(name, (
                Step(say=_say(f"caption.{name}.first"), heading=_say(f"title.{name}"),
                     show=(name, *seen), put={"z": large}, hold=1.6),
                Step(say=_say(f"caption.{name}.then"), tell=said[f"rule-{name}"],
                     emphasise=(name,), seconds=1.2, hold=1.0),
                Step(run={"z": _small(exhibit, name)}, seconds=4.0, even=True, hold=1.6),
                Step(hide=seen, seconds=0.4),
            )))  # fmt: skip
    last = len(exhibit.lambdas) - 1
    sections.append(Section("strength", (
        Step(say=_say("caption.strength"), heading=_say("title.strength"), show=("lam",), hold=0.6),
        Step(tell=_say("tell.strength"), run={"lam": 0}, seconds=2.4, hold=0.8),
        Step(run={"lam": last}, seconds=4.0, even=True, hold=1.2),
        Step(run={"lam": exhibit.at}, seconds=1.6, hold=0.4),
        Step(hide=("lam",), seconds=0.4),
    )))  # fmt: skip
    sections.append(Section("still", (
        Step(say=_say("caption.still"), heading=_say("title.still"), tell=_say("tell.still"), hold=4.0),
    )))  # fmt: skip
    return Story(tuple(sections))


def _say(key: str, values: Mapping[str, float | str] | None = None) -> Said:
    return Said(f"thresholds.{key}", values or {})


def _near(exhibit: Thresholds, z: float) -> int:
    return int(np.argmin(np.abs(exhibit.z - z)))


def _small(exhibit: Thresholds, name: str) -> int:
    """Return the index of a small weight: well within those that become 0, if others than 0 do."""
    zeros = np.flatnonzero(exhibit.weights[name][exhibit.at] == 0.0)
    middle = _near(exhibit, 0.0)
    return middle + (len(zeros) // 4 + 1 if len(zeros) > 1 else 8)
