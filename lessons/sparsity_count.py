"""Sparsity, counted: of how many random losses each penalty makes a weight exactly 0.

A loss is `(w - c)^T H (w - c) / 2` with `H = [[1, r], [r, 1]]`: its lowest point `c` is drawn
evenly from a square, its correlation `r` evenly from `-rho` to `rho`. What is 0 is decided by
the optimality conditions of each loss, never by trying points.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.base import Exhibit
from regviz.lessons.draws import Draws
from regviz.lessons.fitted import certified
from regviz.lessons.lines import joined, over, there
from regviz.lessons.numbers import snap
from regviz.lessons.parameters import Count, Knobs, Number, Strength, knob
from regviz.lessons.picture import Driver, Mark, Panel, Picture, Positions, Readout, Said
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking

if TYPE_CHECKING:
    from numpy.typing import NDArray


TOPIC = "geometry"
NEEDS = ("corner",)
ORDER = 130

#: lowest points are drawn from a square that goes so far; the pictures go further
FAR, AIR = 3.0, 1.18
#: what L1 makes of a loss, by its number of zeros, with its role
KINDS = {"none": "muted", "one": "l1", "both": "regularized"}
#: rows of the bars, the penalty of each, and how many losses there are, as shares of all
ROWS = {"one": 2.0, "both": 1.0, "l2-zero": 0.0}
NAMES = {2.0: "L1", 1.0: "L1", 0.0: "L2"}
GROWS = np.linspace(0.0, 1.0, 100) ** 2
#: room for what is written beside the longest bar, in its lengths, and losses that have a dot
ROOM, SEEN = 1.3, 300
#: how strong the penalty is on the way, in strengths, and contours of the first loss
MOVES, CONTOURS = np.arange(25) / 24.0, np.array([0.5, 1.0, 1.5])
#: shares that simulations report which try points of a circle, in percent
REPORTED = {"three": 3.0, "five": 5.0, "many": 45.0}
say = Voice("sparsity-count")


@dataclass(frozen=True)
class Parameters(Knobs):
    """Knobs of the random losses and of the penalties."""

    lam: float = knob(0.6, Strength(0.1, 1.0), "strength of both penalties")
    rho: float = knob(0.5, Number(0.0, 0.6), "largest correlation of the two weights")
    losses: int = knob(2000, Count(100, 4000), "how many losses are drawn")
    seed: int = knob(246, Count(0, 2**32 - 1), "seed of the random losses")


@dataclass(frozen=True, kw_only=True)
class SparsityCount(Exhibit):
    """Random losses, and what both penalties make of them.

    Attributes
    ----------
    centers, correlations
        Lowest point and correlation of each loss, shapes `(n_losses, 2)` and `(n_losses,)`.
    optima
        By penalty, as it comes to its strength, shape `(n_moves, n_losses, 2)`.
    zeros
        How many weights are exactly 0 at that strength, by penalty, shape `(n_losses,)`.
    many
        How many losses have been drawn, ascending, shape `(n_counts,)`.
    counted
        How many of those are of each kind in `ROWS`, shape `(n_counts,)`.
    """

    centers: rm.Array
    correlations: rm.Array
    optima: dict[str, rm.Array]
    zeros: dict[str, NDArray[np.intp]]
    many: rm.Array
    counted: dict[str, rm.Array]


def exhibit(parameters: Parameters) -> SparsityCount:
    """Draw the losses, and compute and certify their optima under both penalties."""
    lam, rho, count = snap(parameters.lam), snap(parameters.rho), parameters.losses
    drawn = 2.0 * Draws(parameters.seed).even(3 * count).reshape(count, 3) - 1.0
    centers, correlations = FAR * drawn[:, :2], rho * drawn[:, 2]
    loss = rm.Quadratic(_hessians(correlations), centers)
    optima, zeros, ends = {}, {}, []
    for name, shape in (("l1", rm.L1), ("l2", rm.L2)):
        ways = [rm.penalized_optimum(loss, shape(lam * share)) for share in MOVES]
        optima[name], zeros[name] = np.stack(ways), (ways[-1] == 0.0).sum(axis=1)
        ends.append((loss, shape(lam), ways[-1]))
    many = np.unique(np.ceil(1.0 + (count - 1.0) * GROWS).astype(int))
    kinds = {"one": zeros["l1"] == 1, "both": zeros["l1"] == 2, "l2-zero": zeros["l2"] > 0}
    return SparsityCount(
        lesson="sparsity-count",
        parameters=parameters.resolved(lam=lam, rho=rho),
        lam={"l1": lam, "l2": lam},
        certificate=certified(*ends),
        centers=centers,
        correlations=correlations,
        optima=optima,
        zeros=zeros,
        many=many.astype(float),
        counted={name: np.cumsum(of, dtype=float)[many - 1] for name, of in kinds.items()},
    )


def _hessians(correlations: rm.Array) -> rm.Array:
    """Return `[[1, r], [r, 1]]` of each correlation, shape `(n_losses, 2, 2)`."""
    mixed: rm.Array = np.eye(2) + correlations[:, None, None] * (1.0 - np.eye(2))
    return mixed


def claims(exhibit: SparsityCount, at: Positions) -> dict[str, Said]:
    """Return how many zeros there are among so many losses."""
    now, n = {name: int(of[at["n"]]) for name, of in exhibit.counted.items()}, at["n"]
    many, lam = int(exhibit.many[n]), exhibit.lam["l1"]
    count = now["one"] + now["both"]
    told = {"n": many, "count": count, "percent": _percent(count, many)}
    two = {"n": many, "count": now["l2-zero"], "percent": _percent(now["l2-zero"], many)}
    return {
        "l1": say("claim.l1", **told),
        "l2": say("claim.l2", **two),
        "alt": say("alt", lam=lam, **told, zeros=now["l2-zero"]),
    }


def _percent(count: int, many: int) -> float:
    """Return a share in percent, to one decimal; only none at all is 0."""
    # Half a tenth goes up, as in the page.
    return max(math.floor(1000.0 * count / many + 0.5) / 10.0, 0.1) if count else 0.0


def picture(exhibit: SparsityCount) -> Picture:
    """Describe the losses by what L1 and L2 make of them, where they go, and their counts."""
    drawn = np.arange(len(exhibit.centers[:SEEN])) < exhibit.many[:, None]
    kinds = {name: exhibit.zeros["l1"][:SEEN] == number for number, name in enumerate(KINDS)}
    cloud, walked = exhibit.centers[:SEEN], exhibit.optima["l2"][:, :SEEN]
    first = rm.Quadratic(_hessians(exhibit.correlations[:1])[0], cloud[0])
    contours = rm.level_set(first, cloud[0] + over(CONTOURS, 0.0), 121)
    marks = [
        Mark("contours", "losses", "line", "loss", joined(contours), weight="fine"),
        Mark("drawn", "losses", "point", "loss", there(cloud, drawn), ("n",), weight="fine"),
    ]
    for name, role in KINDS.items():
        seen = there(cloud, drawn & kinds[name])
        goes = exhibit.optima["l1"][:, :SEEN][:, kinds[name]]
        how: dict[str, Any] = {"weight": "fine", "look": "faint" if name == "none" else "solid"}
        marks += [
            Mark(name, "l1", "point", role, seen, ("n",), **how),
            Mark(f"{name}-goes", "l1", "point", role, goes, ("move",), **how),
        ]
    marks += [
        Mark("l2", "l2", "point", "l2", there(cloud, drawn), ("n",), weight="fine"),
        Mark("l2-goes", "l2", "point", "l2", walked, ("move",), weight="fine"),
        *(
            Mark(f"bar-{name}", "counts", "bar", KINDS.get(name, "l2"),
                 over(exhibit.counted[name], row)[:, None], ("n",))
            for name, row in ROWS.items()
        ),
    ]  # fmt: skip
    return Picture(
        panels=_panels(exhibit),
        marks=tuple(marks),
        labels=tuple(
            say.label(f"bar-{name}", 0.99, numbers=of, by=("n",))
            for name, of in exhibit.counted.items()
        ),
        drivers=(
            Driver("n", exhibit.many, rest=len(exhibit.many) - 1),
            Driver("move", MOVES, rest=len(MOVES) - 1, told=True),
        ),
        readouts=(
            Readout("n", say("name.n"), "ink", exhibit.many, ("n",)),
            Readout("l1-zeros", say("name.l1-zeros"), "l1",
                    exhibit.counted["one"] + exhibit.counted["both"], ("n",)),
            Readout("l2-zeros", say("name.l2-zeros"), "l2", exhibit.counted["l2-zero"], ("n",)),
        ),
        says=("l1", "l2"),
        knobs={"lam": np.arange(2, 21) / 20.0, "rho": np.arange(13) / 20.0,
               "seed": np.arange(0.0)},
        free=(*KINDS, "l2", *(f"bar-{name}" for name in ROWS)),
        presets={
            "few": {"n": float(exhibit.many[parts.nearest(exhibit.many, 20.0)])},
            "weak": {"lam": 0.1},
            "strong": {"lam": 1.0},
        },
    )  # fmt: skip


def _panels(exhibit: SparsityCount) -> tuple[Panel, ...]:
    edge, seen = AIR * FAR, min(SEEN, len(exhibit.centers))
    dots = say("foot.dots", seen=seen, n=len(exhibit.centers), lam=exhibit.lam["l1"])
    square = np.array([-edge, edge, -edge, edge])
    said, most = claims(exhibit, {"n": len(exhibit.many) - 1}), float(exhibit.many[-1])
    planes = (
        say.chart(name, square, ({}, {}), dots, kind="plane", role=role,
                  values=said[name].values if name in said else {})
        for name, role in (("losses", "ink"), ("l1", "l1"), ("l2", "l2"))
    )  # fmt: skip
    toned = {row: KINDS.get(name, "l2") for name, row in ROWS.items()}
    return (*planes, say.chart(
        "counts", (0.0, ROOM * most, -0.7, 2.7), (parts.rounded(0.0, most, 4), NAMES),
        values={"residual": exhibit.residual}, kind="bars", cross=(0.0, -0.7), toned=toned,
    ))  # fmt: skip


def story(exhibit: SparsityCount) -> Story:
    """Draw losses, count what each penalty makes 0, and show where the optima go."""
    last, few = len(exhibit.many) - 1, int(np.searchsorted(exhibit.many, 60))
    said = claims(exhibit, {"n": last})
    goes = (*(f"{name}-goes" for name in KINDS), "l2-goes")
    where, share = asking(*_questions())
    seen = min(SEEN, len(exhibit.centers))
    return Story((
        Section("losses", (
            say.step("losses.first", "cloud", panels=("losses",), put={"n": 0},
                     show=("contours", "drawn"), seconds=1.0, hold=3.4),
            say.step("losses.more", values={"seen": seen}, hide=("contours",)),
            Step(run={"n": few}, seconds=3.0, even=True),
            Step(run={"n": last}, seconds=4.0, hold=1.6),
        ), only=("n",)),
        where,
        Section("l1", (
            say.step("l1.counts", "zeros", panels=("l1", "counts"), put={"n": 0},
                     show=(*KINDS, "bar-one", "bar-both", "l1-zeros"), hold=2.0),
            Step(run={"n": few}, seconds=3.0, even=True, hold=1.0),
            say.step("l1.bands", run={"n": last}, seconds=4.0),
            Step(tell=said["l1"], hold=3.6),
        ), only=("n",)),
        share,
        Section("l2", (
            say.step("l2.counts", "none", panels=("l1", "l2", "counts"), put={"n": 0},
                     show=("l2", "bar-l2-zero", "l2-zeros"), hold=1.6),
            Step(run={"n": last}, seconds=5.0, even=True),
            say.step("l2.none", tell=said["l2"], hold=4.0, task=_task(exhibit)),
        ), only=("n",)),
        # Each optimum moves to where its penalty takes it.
        Section("go", (
            say.step("go.start", "go", panels=("l1", "l2"), put={"move": 0},
                     hide=(*KINDS, "l2", "l1-zeros", "l2-zeros"), show=goes, hold=1.6),
            say.step("go.moves", run={"move": len(MOVES) - 1}, seconds=5.0, hold=0.6),
            Step(tell=say("tell.go"), hold=4.0),
        )),
        say.section("still", panels=("l1", "l2"), tell=say("tell.still"),
                    show=("l1-zeros", "l2-zeros"), hold=5.0),
    ))  # fmt: skip


def _task(exhibit: SparsityCount) -> Task | None:
    """Set the task to draw so few losses that L1 gives a zero to one of them alone."""
    alone = exhibit.many[exhibit.counted["one"] + exhibit.counted["both"] == 1.0]
    # told meanwhile, as what a task is checked by is
    return say.find("task", "n", alone, claims={"l1": "l1"})


def _questions() -> tuple[Question, Question]:
    """Ask to which losses L1 gives a zero, and to how many of them L2 does."""
    return (
        say.choice("where", "near", ("on", "small", "near", "any"), panel="losses"),
        say.guess("share", 0.0, 0.6, REPORTED, high=100.0, panel="l1"),
    )
