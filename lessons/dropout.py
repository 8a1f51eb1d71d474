"""Dropout as a regularizer: in linear regression its average over masks is a ridge."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons import jittered
from regviz.lessons.base import ByValidation
from regviz.lessons.data import Design
from regviz.lessons.draws import Draws
from regviz.lessons.errors import BadInput
from regviz.lessons.fitted import certified, of_data
from regviz.lessons.jittered import Jittered
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.lines import joined, over, there, upright
from regviz.lessons.names import literal_names
from regviz.lessons.numbers import snap, three
from regviz.lessons.parameters import Count, Number, Strength, knob
from regviz.lessons.picture import Formula, Mark, Picture, Positions, Readout, Said, Term
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking
from regviz.lessons.two_weights import two_features
from regviz.lessons.validation import strength

TOPIC = "disguise"
NEEDS = ("l2-loss", "corner")
ORDER = 90

say = Voice("dropout")

#: rows of the data that are masked, and those whose masks and predictions are shown
MOST_ROWS, N_ROWS = 1000, 12
#: probabilities along the ridge curve
CURVE_KEEPS = np.arange(100, 1, -2) / 100.0
#: probabilities that are shown
KEPT = np.arange(10, 101, 2) / 100.0
#: the probability that a page's reader is to find
WANTED = 0.2
#: ridge strengths that are shown: those of keeping nearly all, and of keeping a tenth
WEAKEST, STRONGEST = 0.001, 4.5
#: layers of a small network, whose units are lost as the first entries of the data are
LAYERS = (3, 3, 1)
#: masks that are told one by one, and before their average is looked at
ONE_BY_ONE, SEEN_FIRST = 7, 29
#: air in the plane, in its span, and around the rows
AIR, ASIDE = 0.12, 0.7
#: what moves the picture: the probability, and the number of masks
DRIVERS = ("keep", "masks")
#: marks of a panel that stay while its story goes on
NETWORK = ("wires", "live", "units", "active")
PREDICTED = ("spread", "off", "whole", "masked")
FREE = ("kept", "dropped", *PREDICTED)
SEEN = ("plain", "averaged", "ridge", "dots", "unregularized", "optimum", "average")


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the dropout lesson."""

    keep: float = knob(0.5, Number(0.1, 0.95), "probability that an entry is kept")
    lam: float | str | None = knob(
        None,
        Strength(0.001, 4.5, from_data=True),
        "strength of the ridge that dropout is, in place of keep: it keeps 1 / (1 + 2 lam)",
    )
    n_masks: int = knob(100, Count(10, 200), "random masks that are averaged")
    seed: int = knob(32, Count(0, 2**32 - 1), "seed of the random masks")


@dataclass(frozen=True, kw_only=True)
class Dropout(Jittered):
    """Random masks beside the ridge that they average to, both features standardized.

    A mask keeps each entry of the data whose random number is below the probability: the same
    numbers for every probability, so that as it falls entries only vanish.

    Attributes
    ----------
    design
        The data, in their own units.
    keeps
        Probabilities of keeping an entry, ascending, the parameter's own among them, shape
        `(n_keeps,)`: the strengths of change.
    kept
        Whether the first rows' entries are kept, by probability and by each mask that is last
        of a number, shape `(n_keeps, n_counts, n_rows, 2)`.
    shares
        What each entry of the first rows adds to its prediction under the weights of least
        squares, shape `(n_rows, 2)`.
    measured
        Mean square by which so many first masks change predictions under the weights of least
        squares, shape `(n_keeps, n_counts)`.
    """

    design: Design
    keeps: rm.Array
    kept: NDArray[np.bool_]
    shares: rm.Array
    measured: rm.Array

    @property
    def jitter(self) -> rm.Array:
        """The same of all masks there could be, shape `(n_keeps,)`."""
        found: rm.Array = (1.0 / self.keeps - 1.0) * np.sum(self.plain.center**2)
        return found


def exhibit(parameters: Parameters) -> Dropout:
    """Compute the sampled averages and the closed form they tend to.

    Raises
    ------
    BadInput
        If the data cannot be used.
    """
    design, plain = two_features(parameters, MOST_ROWS)
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    asked, by_validation = _strength(parameters, X, y)
    # Six decimals hold three digits of the strength.
    keep = snap(parameters.keep) if asked is None else round(1.0 / (1.0 + 2.0 * asked), 6)
    (keeps, at), counts = parts.with_own(KEPT, keep), jittered.counts(parameters.n_masks)
    drawn = Draws(parameters.seed).even(parameters.n_masks * X.size)
    drawn = drawn.reshape(parameters.n_masks, *X.shape)
    masked = [_masked(X, y, plain.center, p, drawn < p, counts) for p in keeps]
    optima, averages = jittered.optima([moments for moments, _ in masked], counts)
    averaged = [rm.dropout_quadratic(X, y, p) for p in keeps]
    losses, lam = [(loss.hessian, loss.center) for loss in averaged], _ridge(keep)
    best, average = averaged[at].center, averages[at, -1]
    points = {"unregularized": plain.center, "closed-form": best, "monte-carlo": average}
    return Dropout(
        lesson="dropout",
        **of_data(parameters, design, points, keep=keep, lam=lam),
        points=points,
        lam={"l2": lam},
        budget={"l2": float(np.linalg.norm(best))},
        certificate=certified((plain, rm.L2(lam), best)),
        by_validation=by_validation,
        design=design,
        keeps=keeps,
        counts=counts,
        at=at,
        kept=drawn[counts - 1, :N_ROWS] < keeps[:, None, None, None],
        shares=X[:N_ROWS] * plain.center,
        plain=plain.quadratic(),
        averaged=rm.Quadratic(*map(np.stack, zip(*losses, strict=True))),
        optima=optima,
        averages=averages,
        measured=np.stack([measured for _, measured in masked]),
        curve=np.array([rm.dropout_quadratic(X, y, p).center for p in CURVE_KEEPS]),
        reach=math.sqrt(float(np.trace(rm.dropout_covariance(X, y, keep)))),
    )


def _strength(
    parameters: Parameters, X: rm.Array, y: rm.Array
) -> tuple[float | None, ByValidation | None]:
    """Return the ridge strength that is asked for in place of a probability."""
    if parameters.lam is not None and parameters.keep != Parameters.keep:
        raise BadInput("lam and keep are both given; one decides the other, give one.")
    asked, by = strength(parameters.lam, X, y, "l2", weakest=WEAKEST)
    if asked is not None and asked > STRONGEST:
        raise BadInput(
            f"lam = {parameters.lam} comes to {asked:g} on these data, which would keep less "
            f"than a tenth of the entries; give a number up to {STRONGEST:g}."
        )
    return asked, by


def _ridge(keep: float) -> float:
    """Return the strength of the ridge that keeping entries with this probability is."""
    return (1.0 - keep) / (2.0 * keep)


def _masked(
    X: rm.Array, y: rm.Array, weights: rm.Array, keep: float, masks: rm.Array,
    counts: NDArray[np.intp],
) -> tuple[rm.Moments, rm.Array]:  # fmt: skip
    """Return the moments of each mask, and the mean squared jitter at `weights` of so many."""
    moments = rm.dropout_moments(X, y, keep, masks)
    moved = np.einsum("mij,ij->mi", masks / keep - 1.0, X * weights)
    squares = np.mean(moved**2, axis=1)
    measured: rm.Array = squares.cumsum()[counts - 1] / counts
    return moments, measured


# ---- what may be said


def claims(exhibit: Dropout, at: Positions) -> dict[str, Said]:
    """Return what is true with so many masks and this probability of keeping an entry."""
    shown, p, m = exhibit, at["keep"], at["masks"]
    keep, weights = float(shown.keeps[p]), shown.averaged.center[p]
    off = float(np.linalg.norm(shown.averages[p, m] - weights)) if keep < 1.0 else 0.0
    measured, jitter = float(shown.measured[p, m]), float(shown.jitter[p])
    values = {"keep": keep, "lam": three(_ridge(keep))}
    optimum = {"first": three(weights[0]), "second": three(weights[1])}
    off_by = {"count": float(shown.counts[m]), "distance": three(off)}
    free = {"free1": three(shown.plain.center[0]), "free2": three(shown.plain.center[1])}
    half = {"half": three(jitter / 2.0)}
    squares = {"measured": three(measured), "jitter": three(jitter), **half}
    told = {"strength": values, "jitter": squares, "penalty": squares, "optimum": optimum,
            "average": off_by}  # fmt: skip
    kind = "some" if keep < 1.0 else "none"
    said = {name: say(f"claim.{name}.{kind}", **each) for name, each in told.items()}
    names = dict(zip(("one", "two"), shown.design.features, strict=True))
    if shown.n_left:
        rows = len(shown.design.y)
        said["foot-rows"] = say("claim.rows", rows=rows, n=rows + shown.n_left)
    return said | {"alt": say("alt", **values, **optimum, **off_by, **names, **free)}


# ---- what there is to see


def picture(exhibit: Dropout) -> Picture:
    """Describe a network, the masks of some rows, their predictions, and the two weights."""
    keep, counts = ("keep",), exhibit.counts.astype(float)
    lam = np.array([_ridge(float(p)) for p in exhibit.keeps])
    return Picture(
        panels=_panels(exhibit),
        marks=(
            *_network(exhibit),
            *_predictions(exhibit),
            *jittered.plane_marks(exhibit, DRIVERS),
        ),
        labels=(
            *(say.label(of, bold=of in ("optimum", "average"))
              for of in ("whole", "masked", "unregularized", "optimum", "average")),
            say.label("ridge", 0.3, 0.25, 0.35, 0.2),
            say.label("dots", still=True),
        ),
        drivers=(
            parts.Driver("masks", counts, len(counts) - 1),
            parts.Driver("keep", exhibit.keeps, exhibit.at),
        ),
        readouts=(
            Readout("p", "$p =$", "ink", exhibit.keeps, keep),
            Readout("lam", r"$\lambda =$", "l2", lam, keep),
            Readout("count", say("name.masks"), "ink", counts, ("masks",)),
        ),
        formulas=(
            Formula("loss", (
                Term(r"\bar{L} =", "l2", "averaged"), Term("L", "loss", "plain"),
                Term(r"+ \lambda (s_1^2 w_1^2 + s_2^2 w_2^2)", "l2"),
            )),
            Formula("entry", (
                Term(r"p\,(\frac{1}{p} - 1)^2 + (1 - p)\,(0 - 1)^2", "ink"),
                Term(r"= \frac{1 - p}{p}", "l2"),
            )),
            Formula("strength", (Term(r"\lambda = \frac{1}{2} \cdot \frac{1 - p}{p}", "l2"),)),
        ),
        says=tuple(name for name in claims(exhibit, {"keep": 0, "masks": 0}) if name != "alt"),
        knobs={},
        presets={"one": {"masks": 1}, "nearly": {"keep": 0.9}, "tenth": {"keep": 0.1}},
        free=FREE + SEEN,
    )  # fmt: skip


def _panels(exhibit: Dropout) -> tuple[parts.Panel, ...]:
    said = claims(exhibit, {"keep": exhibit.at, "masks": len(exhibit.counts) - 1})
    n_rows, keep = len(exhibit.shares), float(exhibit.keeps[exhibit.at])
    names = literal_names(exhibit.design.features)
    left, right = 1.0 - ASIDE, n_rows + ASIDE
    sums = np.column_stack([exhibit.shares, exhibit.shares.sum(axis=1)])
    # Predictions with a mask go as far as one over the probability to keep.
    highs = (1.0 + AIR) * float(np.abs(sums).max()) / exhibit.keeps
    high = float(highs[exhibit.at])

    told = {"keep": keep, "residual": exhibit.residual}
    panel, rows = partial(say.chart, values=told), parts.numbered(*range(1, n_rows + 1))
    return (
        panel("net", (-0.4, len(LAYERS) - 0.6, -1.5, 1.5), ({}, {}), kind="sketch"),
        panel("mask", (left, right, -0.6, 1.6), ({}, {1.0: names[0], 0.0: names[1]}),
              kind="bars", cross=(left, -0.6), small=True),
        panel("jitter", [(left, right, -each, each) for each in highs],
              (rows, parts.rounded(-high, high)), by=DRIVERS[:1],
              cross=(left, -float(highs.max())), summary=said["jitter"], small=True),
        jittered.plane(exhibit, names, said.get("foot-rows", say("foot.plane", **told))),
    )  # fmt: skip


def _network(exhibit: Dropout) -> tuple[Mark, ...]:
    """Return a small network whose units, but the last, are lost with entries of the data."""
    layer = np.repeat(np.arange(len(LAYERS)), LAYERS)
    height = np.concatenate([np.arange(size) - (size - 1) / 2.0 for size in LAYERS])
    units = np.column_stack([layer, height]).astype(float)
    first, last = np.nonzero(layer[:, None] + 1 == layer)
    wires = np.stack([units[first], units[last]], axis=1)
    n_lost = len(units) - LAYERS[-1]
    entries = exhibit.kept.reshape(*exhibit.kept.shape[:2], -1)[..., :n_lost]
    active = np.pad(entries, ((0, 0), (0, 0), (0, LAYERS[-1])), constant_values=True)
    live = active[..., first] & active[..., last]
    alive = np.where(live[..., None, None], wires, np.nan)
    return (
        Mark("wires", "net", "line", "data", joined(wires), weight="fine", look="faint"),
        Mark("live", "net", "line", "data", joined(alive), DRIVERS),
        Mark("units", "net", "point", "data", units, weight="strong", look="hollow"),
        Mark("active", "net", "point", "data", there(units, active), DRIVERS, weight="strong"),
    )


def _predictions(exhibit: Dropout) -> tuple[Mark, ...]:
    """Return the masks of some rows, and what these rows' predictions become under them."""
    kept, shares, keeps = exhibit.kept, exhibit.shares, exhibit.keeps
    at = np.arange(1.0, len(shares) + 1.0)
    cells = np.array([(row, 1.0 - feature) for row in at for feature in (0, 1)])
    flat = kept.reshape(*kept.shape[:2], -1)
    whole = shares.sum(axis=1)
    masked = (kept * shares).sum(axis=-1) / keeps[:, None, None]
    reach = np.sqrt((1.0 - keeps)[:, None] / keeps[:, None] * (shares**2).sum(axis=1))
    spread, off = upright(at, whole - reach, whole + reach), upright(at, whole, masked)
    return (
        Mark("kept", "mask", "cells", "muted", there(cells, flat), DRIVERS),
        Mark("dropped", "mask", "cells", "muted", there(cells, ~flat), DRIVERS, look="hollow"),
        Mark("spread", "jitter", "line", "l2", spread, DRIVERS[:1], weight="strong",
             look="faint"),
        Mark("off", "jitter", "line", "ink", off, DRIVERS, weight="fine"),
        Mark("whole", "jitter", "point", "loss", over(at, whole)),
        Mark("masked", "jitter", "point", "ink", over(at, masked), DRIVERS, weight="fine"),
    )  # fmt: skip


# ---- the story


def story(exhibit: Dropout) -> Story:
    """Tell of lost units, of the jitter that this is, and of the ridge it averages to."""
    all_kept, last, at = len(exhibit.keeps) - 1, len(exhibit.counts) - 1, exhibit.at
    one_by_one = {"masks": min(ONE_BY_ONE, last)}
    said = claims(exhibit, {"keep": at, "masks": last})
    names = dict(zip(("one", "two"), literal_names(exhibit.design.features), strict=True))
    keep = {"keep": float(exhibit.keeps[at])}
    twice, middle = asking(*_questions())
    return Story((
        Section("network", (
            say.step("network.whole", "story.network", panels=("net",), show=NETWORK, hold=2.4,
                     put={"keep": all_kept, "masks": 0}),
            say.step("network.lost", values=keep, show=("p",), put={"keep": at}, hold=2.6),
            say.step("network.again", run=one_by_one, seconds=2.6, even=True, hold=0.4),
        ), only=("p", *NETWORK)),
        Section("mask", (
            say.step("mask.linear", "story.mask", panels=("mask", "jitter"), put={"masks": 0},
                     show=("kept", "dropped", "whole"), tell={"mask": say("tell.mask", **keep)},
                     hold=3.6),
            say.step("mask.moved", show=("off", "masked"), hold=2.0),
            say.step("mask.same", run=one_by_one, seconds=2.6, even=True, hold=0.3),
        )),
        twice,
        Section("jitter", (
            say.step("jitter.mean", "story.jitter", show=("spread", "count"), hold=1.8),
            say.step("jitter.entry", show=("entry",), hold=3.0),
            say.step("jitter.square", hold=2.4),
            say.step("jitter.cross", run={"masks": last}, seconds=2.6,
                     tell={"jitter": said["jitter"]}, hold=2.0),
            say.step("jitter.penalty", hide=("entry",), show=("strength", "lam"),
                     tell={"jitter": said["penalty"]}, hold=3.4),
        ), only=("entry", "strength", "lam")),
        middle,
        Section("cloud", (
            say.step("cloud.start", "story.cloud", panels=("plane",), hide=(*FREE, "count"),
                     put={"masks": 0}, show=("plain", "unregularized"),
                     tell=said.get("foot-rows"), hold=1.4),
            say.step("cloud.one", show=("dots", "count"), seconds=0.8, hold=0.6),
            Step(run={"masks": min(SEEN_FIRST, last // 2)}, seconds=2.4, tell=say("tell.dots"),
                 hold=1.0),
        )),
        Section("average", (
            say.step("average.more", "story.average", show=("average",), hold=0.8),
            Step(run={"masks": last}, seconds=2.4, hold=0.6),
            say.step("average.point", show=("optimum",), tell=said["average"], hold=2.4),
        )),
        Section("ridge", (
            say.step("ridge.formula", "story.ridge", hide=("dots", "average", "count"),
                     show=("averaged", "loss"), tell=say("tell.sizes", **names), hold=3.0),
            say.step("ridge.curve", hide=("optimum",), hold=0.4,
                     show=("ridge", "walker", "strength", "lam", "p")),
            Step(run={"keep": 0}, seconds=1.7, hold=0.3),
            Step(run={"keep": all_kept}, seconds=1.9, hold=0.3),
            Step(run={"keep": at}, seconds=1.2, hold=0.4, task=_task(exhibit)),
        ), only=("loss", "strength", "p", "lam", "walker")),
        Section("still", (
            say.step("still", "story.still", show=("optimum",), hide=("plain",)),
            Step(panels=("net", "plane"), show=NETWORK),
            Step(show=("dots", "average"), tell={"plane": said["average"]}, hold=3.2),
        )),
    ))  # fmt: skip


def _questions() -> Iterator[Question]:
    """Ask how jitter grows, and where it leads on average, before any optimum is seen."""
    yield say.guess("twice", 4.0, 0.3, {"double": 2.0, "same": 1.0}, high=10.0, panel="jitter",
                    sees=("off", "whole", "masked"))  # fmt: skip
    yield say.choice("middle", "nearer", ("there", "nearer", "farther"), panel="plane",
                     sees=("plain", "unregularized"))  # fmt: skip


def _task(exhibit: Dropout) -> Task | None:
    """Set the task to find the probability that comes to a strength."""
    values = {"lam": three(_ridge(WANTED)), "keep": WANTED}
    return say.find("task.keep", "keep", [WANTED], exhibit.keeps[exhibit.at], values)
