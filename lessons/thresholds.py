"""Thresholds: what each penalty makes of one weight that least squares found.

The loss is `(w - z)**2`, as of one weight among features that do not overlap: without a penalty
the weight is `z`. Each penalty turns `z` into its own weight, by its prox at step 1/2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

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
    "en": "L1 subtracts, L2 divides; L0, SCAD and MCP leave large weights as they are",
    "ko": "L1은 빼고 L2는 나누며, L0, SCAD, MCP는 큰 가중치를 그대로 둡니다",
}
TAGS = ("one weight", "penalties", "sparsity")
ORDER = 100

#: the pictures show weights up to this size, beyond the largest weight that a penalty changes
LEAST, REACH = -2, 6
#: the panels, and the penalties in each
PANELS = {"convex": ("l1", "l2", "net"), "concave": ("l0", "scad", "mcp")}
PENALTIES = (*PANELS["convex"], *PANELS["concave"])
#: where curves are named: at their ends, or where they have left the line
ENDS, BENDS, SLOPE = (1.0, 0.95), (0.6, 0.57, 0.54, 0.51, 0.63, 0.66), (0.9, 0.85, 0.8, 0.75)
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
    said = {"z": _say("claim.here", {"z": z, "lam": lam})}
    for name in PENALTIES:
        w = float(exhibit.weights[name][at["lam"], at["z"]])
        kind = "zero" if w == 0.0 else "same" if w == z else "moved"
        said[name] = _say(f"claim.{name}.{kind}", {"w": w, "is": equals(w)})
    lam = exhibit.lam["l2"]
    shared = {"lam": lam, "by": 1.0 + lam, "net": 1.0 + lam * (1.0 - ratio)}
    zero_to, same_from = exhibit.zero_to, exhibit.same_from
    for name in PENALTIES:
        values = {"zero": zero_to[name], "same": same_from[name], **shared}
        said[f"rule-{name}"] = _say(f"rule.{name}", {**values, "is": equals(zero_to[name])})
    bounds = {"l1": zero_to["l1"], "l0": zero_to["l0"]}
    bounds |= {name: same_from[name] for name in ("scad", "mcp")}
    said["alt"] = _say("alt", shared | bounds)
    return said


def picture(exhibit: Thresholds) -> Picture:
    """Describe the maps in two panels, and a weight `z` that runs through all of them."""
    residual = float(f"{exhibit.certificate['kkt_residual']:.1e}")
    foot = _say("foot", {"lam": exhibit.lam["l1"], "residual": residual})
    panels, marks, dots, labels = [], [], [], []
    for panel, names in PANELS.items():
        panels.append(
            Panel(
                name=panel,
                kind="chart",
                limits=np.array([LEAST, REACH, LEAST, REACH]),
                axes=("thresholds.axis.z", "thresholds.axis.w"),
                ticks=((2.0, 4.0), (2.0, 4.0)),
                cross=(0.0, 0.0),
                title=_say(f"title.{panel}"),
                heading=_say(f"heading.{panel}"),
                summary=_say(f"summary.{panel}"),
                foot=foot,
            )
        )
        line = partial(Mark, panel=panel, kind="line")
        same = np.array([[LEAST, LEAST], [REACH, REACH]])
        upright = np.array([[[z, LEAST], [z, REACH]] for z in exhibit.z])
        marks.append(line(f"free-{panel}", role="loss", points=same, weight="fine"))
        marks.append(line(f"z-{panel}", role="muted", points=upright, by=("z",), weight="fine"))
        for name in names:
            curve, weights = exhibit.curves[name], exhibit.weights[name]
            at = np.stack([np.broadcast_to(exhibit.z, weights.shape), weights], axis=-1)
            marks.append(line(name, role=name, points=curve, by=("lam",), weight="strong"))
            dots.append(
                Mark(
                    f"{name}-now", panel, "point", name, points=at[:, :, None], by=("lam", "z")
                )
            )
            spots = BENDS if name in ("scad", "mcp") else ENDS
            labels.append(Label(name, _say(f"name.{name}"), spots))
    return Picture(
        panels=tuple(panels),
        marks=(*marks, *dots),
        labels=(*labels, Label("free-convex", _say("name.free"), SLOPE)),
        drivers=(
            Driver("z", exhibit.z, rest=_near(exhibit, 2.0)),
            Driver("lam", exhibit.lambdas, rest=exhibit.at),
        ),
        readouts=(
            Readout("z", "$z =$", "ink", exhibit.z, by=("z",)),
            Readout("lam", r"$\lambda =$", "ink", exhibit.lambdas, by=("lam",)),
            *(
                Readout(f"w-{name}", "$w =$", name, weights, by=("lam", "z"))
                for name, weights in exhibit.weights.items()
            ),
        ),
        formulas=tuple(
            Formula(f"f-{name}", (Term("(w - z)^2", "loss"), Term(tex, name, name)))
            for name, tex in TERMS.items()
        ),
        says=("z", *PENALTIES),
    )


def story(exhibit: Thresholds) -> Story:
    """Tell what each penalty makes of a weight as it shrinks, and what a strength does."""
    said = claims(exhibit, {"lam": exhibit.at, "z": 0})
    free = (
        _step("free", show=tuple(f"free-{panel}" for panel in PANELS), hold=2.0),
        Step(tell=_say("tell.free"), hold=2.4),
    )
    sections, before = [Section("free", free)], Seen(())
    for panel, names in PANELS.items():
        for name in names:
            seen = (f"z-{panel}", f"{name}-now", "z", f"w-{name}", f"f-{name}")
            sections.append(_tell_of(exhibit, name, seen, before, said[f"rule-{name}"]))
            before = seen
    strength = (
        _step("strength", hide=before, show=("lam",), hold=0.6),
        Step(tell=_say("tell.strength"), run={"lam": 10}, seconds=2.0, hold=0.8),
        Step(run={"lam": len(exhibit.lambdas) - 1}, seconds=4.0, even=True, hold=1.2),
        Step(run={"lam": exhibit.at}, seconds=1.6, hold=0.8),
    )
    still = (_step("still", tell=_say("tell.still"), hide=("lam",), hold=4.0),)
    return Story((*sections, Section("strength", strength), Section("still", still)))


def _tell_of(exhibit: Thresholds, name: str, seen: Seen, before: Seen, rule: Said) -> Section:
    """Let a large weight shrink until the penalty has made 0 of it, if it does."""
    zeros = np.flatnonzero(exhibit.weights[name][exhibit.at] == 0.0)
    small = _near(exhibit, 0.0) + (len(zeros) // 4 + 1 if len(zeros) > 1 else 8)
    large = {"z": _near(exhibit, 5.9)}
    gone, came = (
        tuple(one for one in a if one not in b) for a, b in ((before, seen), (seen, before))
    )
    first = _step(name, f"{name}.first", hide=gone, show=(name, *came), run=large, hold=1.6)
    then = Step(say=_say(f"caption.{name}.then"), tell=rule, emphasise=(name,), seconds=1.2)
    return Section(
        name, (first, then, Step(run={"z": small}, seconds=4.0, even=True, hold=2.0))
    )


def _step(title: str, caption: str = "", **verbs: Any) -> Step:
    return Step(
        say=_say(f"caption.{caption or title}"), heading=_say(f"title.{title}"), **verbs
    )


def _say(key: str, values: Mapping[str, float | str] | None = None) -> Said:
    return Said(f"thresholds.{key}", values or {})


def _near(exhibit: Thresholds, z: float) -> int:
    return int(np.argmin(np.abs(exhibit.z - z)))
