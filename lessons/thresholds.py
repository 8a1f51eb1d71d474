"""Thresholds: what each penalty makes of one weight that least squares found.

The loss is `(w - z)**2`, as of one weight among features that do not overlap: without a penalty
the weight is `z`. Each penalty turns `z` into its own weight, by its prox at step 1/2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.by_strength import ByStrength, at_strength
from regviz.lessons.fitted import certified
from regviz.lessons.lines import over
from regviz.lessons.numbers import equals, snap
from regviz.lessons.parameters import Knobs, Number, Strength, knob
from regviz.lessons.picture import Formula, Mark, Picture, Positions, Readout, Said, Term
from regviz.lessons.story import Question, Section, Step, Story, Voice, asking

TOPIC = "one-weight"
NEEDS = ("l1-loss", "l2-loss")
ORDER = 100

#: weights that the pictures show, beyond the largest that a penalty changes
LEAST, REACH = -2.0, 6.0
Z = np.arange(LEAST * 20.0, REACH * 20.0 + 1.0) / 20.0
#: their losses, of curvature 2, and the prox's step that finds an optimum with a penalty
LOSS, STEP = rm.Quadratic(2.0 * np.eye(1), Z[:, None]), 0.5
#: penalties by panel, and what each adds to the loss
PANELS = {"convex": ("l1", "l2", "net"), "concave": ("l0", "scad", "mcp")}
PENALTIES = {
    "l1": r"+ \lambda |w|", "l2": r"+ \lambda w^2",
    "net": r"+ \lambda (\alpha |w| + (1 - \alpha) w^2)",
    "l0": r"+ \lambda \cdot \text{[}w \neq 0\text{]}",
    "scad": r"+ \text{SCAD}(w)", "mcp": r"+ \text{MCP}(w)",
}  # fmt: skip
#: where a curve is named; one that stays beside others to its end, where it has left them, and
#: that of no penalty, where no map that is not convex covers it
SPOTS = dict.fromkeys(PENALTIES, (1.0, 0.95)) | {
    **dict.fromkeys(("scad", "mcp"), (0.6, 0.57, 0.54, 0.51, 0.63, 0.66)),
    "free-convex": (0.9, 0.85, 0.8, 0.75), "free-concave": (0.35, 0.33, 0.37, 0.39),
}  # fmt: skip
say = Voice("thresholds")


@dataclass(frozen=True)
class Parameters(Knobs):
    """Knobs of the penalties."""

    lam: float = knob(2.0, Strength(0.5, 3.0), "penalty strength")
    ratio: float = knob(0.5, Number(0.2, 0.8), "share of L1 in the elastic net")
    a: float = knob(3.7, Number(2.1, 3.9), "SCAD's a: lambda / 2 times a is left as it is")
    gamma: float = knob(3.0, Number(1.1, 3.9), "MCP's gamma, as a is SCAD's")


@dataclass(frozen=True, kw_only=True)
class Thresholds(ByStrength):
    """What becomes of the weights `Z` under each penalty.

    Attributes
    ----------
    weights
        Penalised weights by penalty, shape `(n_lambdas, len(Z))`.
    curves
        Vertices `(n_lambdas, n, 2)` of each map's graph; a row of NaN where it jumps.
    bends
        Sizes at which each penalty's map bends at the parameters' strength: up to the first a
        weight becomes 0, and under L0, SCAD and MCP it stays as it is from the last on.
    """

    weights: Mapping[str, rm.Array]
    curves: Mapping[str, rm.Array]
    bends: Mapping[str, tuple[float, ...]]


def exhibit(parameters: Parameters) -> Thresholds:
    """Compute what each penalty makes of weights from `LEAST` to `REACH`."""
    knobs = {name: snap(value) for name, value in vars(parameters).items()}
    lam, ratio, a, gamma = knobs.values()
    convex = {"l1": rm.L1(lam), "l2": rm.L2(lam), "net": rm.ElasticNet(lam, ratio)}
    own = {**convex, "l0": rm.L0(lam), "scad": rm.SCAD(lam, a), "mcp": rm.MCP(lam, gamma)}
    lambdas, at = parts.with_own(np.arange(61) / 20.0, lam)
    each = {n: [p.with_lambda(lam) for lam in lambdas.tolist()] for n, p in own.items()}
    optima = ((LOSS, p, p.prox(LOSS.center, STEP)) for of in each.values() for p in of)
    return Thresholds(
        lesson="thresholds",
        parameters=knobs,
        **at_strength(lambdas, at, PENALTIES),
        certificate=certified(*optima),
        weights={n: np.stack([p.prox(Z, STEP) for p in of]) for n, of in each.items()},
        curves={n: np.stack([p.prox_graph(STEP, REACH) for p in of]) for n, of in each.items()},
        bends={name: penalty.prox_bends(STEP) for name, penalty in own.items()},
    )


def claims(exhibit: Thresholds, at: Positions) -> dict[str, Said]:
    """Return what is true of the weight `z`, and of each penalty's rule, at these positions."""
    z, lam = float(Z[at["z"]]), exhibit.lam["l2"]
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
    limits, ticks = (LEAST, REACH, LEAST, REACH), parts.numbered(2, 4)
    foot = say("foot", lam=exhibit.lam["l1"], residual=exhibit.residual)
    return Picture(
        panels=tuple(say.chart(name, limits, (ticks, ticks), foot) for name in PANELS),
        marks=tuple(_marks(exhibit)),
        labels=tuple(say.label(of, *at, name=of.split("-")[0]) for of, at in SPOTS.items()),
        drivers=(parts.Driver("z", Z, parts.nearest(Z, 2.0)), exhibit.driver()),
        readouts=(Readout("z", "$z =$", "ink", Z, ("z",)), exhibit.readout(),
                  *(Readout(f"w-{name}", "$w =$", name, weights, ("lam", "z"),
                            of=f"{name}-now")
                    for name, weights in exhibit.weights.items())),
        formulas=tuple(Formula(f"f-{name}", (Term("(w - z)^2", "loss"), Term(tex, name, name)))
                       for name, tex in PENALTIES.items()),
        says=("z", *(f"{name}-now" for name in PENALTIES)),
        presets={"edge": {"z": 1.0, "lam": 2.0}, "large": {"z": 5.0, "lam": 2.0},
                 "steep": {"z": 1.5, "lam": 2.0, "a": 2.1, "gamma": 1.1}},
    )  # fmt: skip


def _marks(exhibit: Thresholds) -> Iterator[Mark]:
    ends, upright = np.array([LEAST, REACH]), over(Z[:, None], [LEAST, REACH])
    for panel, names in PANELS.items():
        yield Mark(f"free-{panel}", panel, "line", "loss", over(ends, ends), weight="fine")
        yield Mark(f"z-{panel}", panel, "line", "muted", upright, ("z",), weight="fine")
        for name in names:
            yield Mark(
                name, panel, "line", name, exhibit.curves[name], ("lam",), weight="strong"
            )
        for name in names:
            now = over(Z, exhibit.weights[name])[:, :, None]
            yield Mark(f"{name}-now", panel, "point", name, now, ("lam", "z"), grip="z")


def story(exhibit: Thresholds) -> Story:
    """Tell what each penalty makes of a weight as it shrinks, and what a strength does."""
    free, both = tuple(f"free-{panel}" for panel in PANELS), tuple(PANELS)
    lands, keeps = asking(*_questions(exhibit))
    return Story((
        say.section("free", panels=("convex",), show=free, tell=say("tell.free"), hold=4.0),
        lands,
        _tell_of(exhibit, "l1", "convex"),
        keeps,
        *(_tell_of(exhibit, name, "convex") for name in PANELS["convex"][1:]),
        *(_tell_of(exhibit, name, "concave") for name in PANELS["concave"]),
        Section("strength", (
            say.step("strength", "strength", panels=both, hold=0.6),
            Step(tell=say("tell.strength"), run={"lam": 10}, seconds=1.2, hold=0.3),
            Step(run={"lam": exhibit.last}, seconds=2.4, even=True, hold=0.6),
            Step(run={"lam": exhibit.at}, seconds=1.0, hold=0.4),
        ), only=("lam",)),
        # One curve fades as the next comes: between them there is no true one.
        Section("which", (
            say.step("which.l2", "which", panels=("convex",), hide=("l1", "net"), seconds=1.0,
                     tell={"convex": say("tell.l2")}, hold=2.0),
            say.step("which.l1", hide=("l2",), show=("l1",), tell={"convex": say("tell.l1")},
                     seconds=1.0, hold=2.0),
            say.step("which.net", hide=("l1",), show=("net",), tell={"convex": say("tell.net")},
                     seconds=1.0, hold=2.0),
            say.step("which.scad", panels=both, show=("l1", "l2"), seconds=1.0, hold=1.0,
                     tell={panel: say(f"tell.{panel}") for panel in both}),
            Step(emphasise=("scad", "mcp"), seconds=1.0, hold=2.0),
        )),
    ))  # fmt: skip


def _tell_of(exhibit: Thresholds, name: str, panel: str) -> Section:
    """Let a large weight shrink until the penalty has made 0 of it, if it does."""
    zeros = np.flatnonzero(exhibit.weights[name][exhibit.at] == 0.0)
    # Half way between 0 and the last that becomes 0; under L2 no other than 0 does.
    small = int(zeros[3 * len(zeros) // 4]) if len(zeros) > 1 else int(zeros[0]) + 8
    z, large = float(Z[small]), {"z": parts.nearest(Z, REACH - 0.1)}
    # The penalty is to become so weak that MCP leaves a small weight, but not 0.
    kept = None if name != "mcp" else say.task(
        "task.mcp", "lam", values={"z": z}, within={"z": (z, z)},
        claims={"mcp-now": "same", "l1-now": "moved"})  # fmt: skip
    return Section(name, (
        say.step(f"{name}.first", name, {"ratio": exhibit.number("ratio")}, panels=(panel,),
                 show=(name,), run=large, hold=1.0),
        say.step(f"{name}.then", emphasise=(name,), seconds=0.8,
                 tell=claims(exhibit, {"lam": exhibit.at, "z": small})[f"rule-{name}"]),
        Step(run={"z": small}, seconds=2.6, even=True, hold=1.0, task=kept),
    ), only=(f"z-{panel}", f"{name}-now", "z", f"w-{name}", f"f-{name}"))  # fmt: skip


def _questions(exhibit: Thresholds) -> Iterator[Question]:
    """Ask where L1 puts a weight, and whether a convex one leaves a large one alone."""
    at = {"z": parts.nearest(Z, REACH - 2.0), "lam": exhibit.at}
    z, half = float(Z[at["z"]]), exhibit.bends["l1"][0]
    l1, l2 = (float(exhibit.weights[name][at["lam"], at["z"]]) for name in ("l1", "l2"))
    yield say.guess(
        "lands", (z, l1), min(0.4, half / 2.1),
        {"l2": (z, l2), "zero": (z, 0.0), "same": (z, z)},
        {"lam": exhibit.lam["l1"], "z": z, "w": l1, "half": half, "by": 1.0 + 2.0 * half},
        panel="convex", sees=("free-convex", "z-convex"), at=at,
    )  # fmt: skip
    yield say.choice("keeps", "none", ("l2", "net", "both", "none"), panel="convex")
