"""Degrees of freedom: what a penalty leaves of the weights, by formula and measured by refits.

Some rows of the data, the truth that least squares on all of them is, and noise on top, drawn
anew for each refit. The mean of the targets is fitted besides, and is not counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.by_strength import ByStrength, at_strength
from regviz.lessons.data import Design, read_design
from regviz.lessons.draws import Draws
from regviz.lessons.errors import BadInput
from regviz.lessons.fitted import certified, of_data
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.lines import over, upright, with_air
from regviz.lessons.numbers import three
from regviz.lessons.parameters import Count, knob
from regviz.lessons.picture import Formula, Mark, Picture, Positions, Readout, Said, Term
from regviz.lessons.sides import tenfolds
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking
from regviz.lessons.told_apart import told_apart

TOPIC = "features"
NEEDS = ("bias-variance", "feature-selection")
ORDER = 220

#: strengths, 0 and then even in their logarithm; at every so manieth refits are measured
LAMS = np.array([0.0, *(three(10.0 ** (step / 20.0)) for step in range(-60, 21))])
EVERY = 9
#: where they stand on an axis of tenfolds, 0 so many left of the weakest
APART = 0.6
PLACES = np.log10([LAMS[1] * 10.0**-APART, *LAMS[1:]])
#: rows beyond twice the weights, unless so many are asked for, and weights at most
BEYOND, MOST = 4, 24
#: rows that are refitted before one's eyes, and standard errors that a whisker reaches
N_DRAWN, WHISKERS = 16, 2.0
#: data that hold less noise, in standard deviations of the target, teach nothing here
LEAST_NOISE = 1e-3
#: where along rows names may stand, off the numbers beside the first
SPOTS = (1.0, 0.8, 0.2, 0.6, 0.4, 0.1)
#: height of the charts, in weights
ABOVE = 1.3
PENALTIES, CHARTS, LAM = ("l2", "l1"), ("rows", "shares"), ("lam",)
say = Voice("degrees-of-freedom")


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the rows and the refits."""

    n_samples: int | None = knob(
        None,
        Count(6, 200),
        "rows that are fitted; by default some more than two for each weight",
    )
    n_refits: int = knob(60, Count(20, 120), "how often the noise is drawn and fitted")
    seed: int = knob(60, Count(0, 2**32 - 1), "seed of the noise")


@dataclass(frozen=True, kw_only=True)
class DegreesOfFreedom(ByStrength):
    """Fits to many draws of the noise, and how strongly they follow it.

    Attributes
    ----------
    X, truth
        The rows, standardized, by growing truth, and the truth, shape `(n_samples,)`.
    noise
        What was added to it, `(n_refits, n_samples)`.
    basis, variances
        Left singular vectors of `X` in columns, and the variances along its directions.
    covariances
        Of the noise of each row and the fit of least squares there, part by part along the
        directions, measured by the refits, in variances of the noise, like `basis`.
    counted
        By penalty: degrees of freedom by the formula, `(n_lams,)`; for L1 the mean over the
        refits.
    measured
        For `l2`, `l1` and least squares on the features that L1 has chosen, `chosen`: the
        covariance of fit and noise at every so manieth strength, and its standard error.
    """

    X: rm.Array
    truth: rm.Array
    noise: rm.Array
    basis: rm.Array
    variances: rm.Array
    covariances: rm.Array
    counted: Mapping[str, rm.Array]
    measured: Mapping[str, tuple[rm.Array, rm.Array]]

    @cached_property
    def shares(self) -> rm.Array:
        """What ridge keeps of each direction, `(n_lams, n_weights)`."""
        return rm.ridge_filter(self.variances, LAMS[:, None])

    @property
    def leverages(self) -> rm.Array:
        """By which share ridge's fit follows the noise of each row, `(n_lams, n_samples)`."""
        return rm.ridge_leverages(self.X, LAMS)


def exhibit(parameters: Parameters) -> DegreesOfFreedom:
    """Draw the noise, refit, and count and measure the degrees of freedom.

    Raises
    ------
    BadInput
        If the data cannot be used, hold no noise, or are too few.
    """
    design = read_design(parameters)
    X, truth, deviation = _world(design, parameters.n_samples)
    draws = Draws(parameters.seed).normal(parameters.n_refits, len(X))
    noise = (deviation * draws).round(3)
    U, s, _ = np.linalg.svd(X, full_matrices=False)
    shares = rm.ridge_filter(s**2 / len(X), LAMS[:, None])
    along = noise @ U
    with told_apart(design.features):
        paths = [rm.lasso_path(X, y - y.mean()) for y in (truth, *(truth + noise))]
    weights = np.stack([path.at(LAMS) for path in paths], axis=1)
    some = weights[::EVERY]
    relaxed = rm.relaxed_fits(X, truth + np.vstack([0.0 * truth, noise]), some)
    fits = {"l1": some @ X.T, "chosen": relaxed}
    # What a fit to the truth alone would be is taken off: what is left follows the noise.
    follow = {name: each[:, 1:] - each[:, :1] for name, each in fits.items()}
    follow["l2"] = along * shares[::EVERY, None] @ U.T
    lasso = rm.lasso_freedom(weights[:, 1:]).mean(axis=1)
    counted = {"l2": rm.ridge_freedom(X, LAMS), "l1": lasso}
    at = parts.nearest(counted["l2"], X.shape[1] / 2.0)
    lam, first = float(LAMS[at]), truth + noise[0]
    loss = rm.LeastSquares(X, first - first.mean())
    return DegreesOfFreedom(
        **of_data(parameters, design, n_samples=len(X)),
        lesson="degrees-of-freedom",
        **at_strength(LAMS, at, PENALTIES),
        certificate=certified(
            (loss, rm.L1(lam), weights[at, 1]),
            (loss, rm.L2(lam), rm.ridge_path(X, loss.y, [lam])[0]),
        ),
        X=X,
        truth=truth,
        noise=noise,
        basis=U,
        variances=s**2 / len(X),
        covariances=U * (noise.T @ along) / len(noise) / deviation**2,
        counted=counted,
        measured={name: rm.measured_freedom(each, noise, deviation)
                  for name, each in follow.items()},
    )  # fmt: skip


def _world(design: Design, n_samples: int | None) -> tuple[rm.Array, rm.Array, float]:
    """Return some rows, standardized, the truth there, and how far targets are about it."""
    n, p = design.X.shape
    many = min(n, 2 * p + BEYOND) if n_samples is None else n_samples
    if p > MOST:
        raise BadInput(f"{p} features are more than the {MOST} that can be refitted here; "
                       "choose some with features.")  # fmt: skip
    if n < p + 3 or not p + 2 <= many <= n:
        raise BadInput(f"{p} features need from {p + 2} to {n} rows, of data that have {p + 3} "
                       f"at least; n_samples = {many} will not do.")  # fmt: skip
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    fit = X @ rm.ridge_path(X, y, [0.0])[0]
    deviation = three(math.sqrt(float(np.square(y - fit).sum()) / (n - p - 1)))
    if deviation < LEAST_NOISE:
        raise BadInput(f"{design.target} is all but exactly a sum of the features: it holds no "
                       "noise to follow.")  # fmt: skip
    rows = np.linspace(0, n - 1, many).round().astype(int)
    rows = rows[np.argsort(fit[rows], kind="stable")]
    try:
        chosen = rm.standardize(design.X[rows])
    except ValueError:
        raise BadInput(f"a feature is the same in all of the {many} rows that are fitted; give "
                       "more with n_samples, or leave it out.") from None  # fmt: skip
    return chosen, (fit[rows] - fit[rows].mean()).round(3), deviation


def claims(exhibit: DegreesOfFreedom, at: Positions) -> dict[str, Said]:
    """Return what is left at the strength at this position."""
    now, p = at["lam"], exhibit.X.shape[1]
    left = {name: three(float(found[now])) for name, found in exhibit.counted.items()}
    told = {"lam": float(LAMS[now]), "p": p}
    world = {"rows": len(exhibit.X), "count": len(exhibit.noise)}
    half = "half" if abs(left["l2"] - p / 2.0) <= 0.05 * p else "other"
    return {
        "l2": say(f"claim.l2.{half}", left=left["l2"], **told),
        "l1": say("claim.l1", left=left["l1"], **told),
        "world": say("claim.world", **world),
        "alt": say("alt", **told, **world, **left),
    }


# ---- what there is to see


def picture(exhibit: DegreesOfFreedom) -> Picture:
    """Describe rows and refits, how far each is followed, and the sum over the strength."""
    n, foot = len(exhibit.X), say("foot", residual=exhibit.residual, count=len(exhibit.noise))
    chart = partial(say.chart, foot=foot)
    drawn = exhibit.truth + exhibit.noise[:N_DRAWN]
    low, high = with_air(drawn, 0.06)
    numbers = parts.rounded(0.0, n, 4)
    none, weakest, right = PLACES[[0, 1, -1]].tolist()
    tens, top = {none: "$0$", **tenfolds(weakest, right)}, ABOVE * exhibit.X.shape[1]
    marks = (*_rows(exhibit, drawn), *(m for name in PENALTIES for m in _chart(exhibit, name)))
    return Picture(
        panels=(
            chart("rows", (0.4, n + 0.6, low, high), (numbers, parts.rounded(low, high)),
                  cross=(0.4, low)),
            chart("shares", (0.4, n + 0.6, 0.0, 1.15), (numbers, parts.rounded(0.0, 1.0)),
                  cross=(0.4, 0.0)),
            *(chart(name, (none - 0.15, right, 0.0, top), (tens, parts.rounded(0.0, top)),
                    role=name, cross=(none - 0.15, 0.0), gap=(none + weakest) / 2.0)
              for name in PENALTIES),
        ),
        marks=marks,
        labels=(
            *say.labels("{}", ("truth", "targets", "fit"), *SPOTS),
            say.label("followed", 0.0, 1.0, name="measured"),
            *say.labels("counted-{}", PENALTIES, 0.45, 0.4, 0.5, 0.55, 0.35),
            *say.labels("measured-{}", PENALTIES, 0.0, 0.3, name="measured"),
            say.label("measured-chosen", 0.4, 0.3, 0.5),
        ),
        drivers=(
            exhibit.driver(PLACES),
            parts.Driver("draw", np.arange(1.0, N_DRAWN + 1.0), 0),
        ),
        readouts=(
            exhibit.readout(),
            Readout("sum", say("readout.sum"), "l2", exhibit.leverages.sum(axis=1), LAM,
                    of="now-l2"),
        ),
        formulas=(
            Formula("df", (Term(r"\text{df} = \frac{1}{\sigma^2} \sum", "ink"),
                           Term(r"\text{cov}(\text{fit}_i, y_i)", "l2", "bars"))),
            Formula("hat", (Term(r"\text{fit} = H y, \quad \text{df} =", "ink"),
                            Term(r"\sum H_{ii} = \text{tr} \, H", "l2", "bars"))),
        ),
        says=("l2", "l1", "world"),
        free=tuple(mark.name for mark in marks if "chosen" not in mark.name),
        knobs={},
        presets={"none": {"lam": 0.0}, "half": {"lam": float(LAMS[exhibit.at])},
                 "strong": {"lam": float(LAMS[-1])}},
    )  # fmt: skip


def _rows(exhibit: DegreesOfFreedom, drawn: rm.Array) -> Iterator[Mark]:
    """Yield rows with their noise and ridge's fit, and how far it follows each."""
    x = np.arange(1.0, len(exhibit.X) + 1.0)
    along, means = (drawn @ exhibit.basis)[:, None], drawn.mean(axis=1)[:, None, None]
    fits = along * exhibit.shares @ exhibit.basis.T + means
    noise, rows, shares = upright(x, exhibit.truth, drawn), *map(parts.marks_in, CHARTS)
    yield rows("noise", "line", "muted", noise, "draw", weight="fine")
    yield rows("truth", "line", "muted", over(x, exhibit.truth))
    yield rows("targets", "point", "train", over(x, drawn), "draw")
    yield rows("fit", "point", "l2", over(x, fits), "draw", "lam")
    yield shares("bars", "bar", "l2", over(x, exhibit.leverages), "lam")
    measured = over(x, exhibit.shares @ exhibit.covariances.T)
    yield shares("followed", "point", "ink", measured, "lam", look="hollow")


def _chart(exhibit: DegreesOfFreedom, name: str) -> Iterator[Mark]:
    """Yield degrees of freedom over the strength: by the formula, and measured."""
    mark, now = parts.marks_in(name), over(PLACES, exhibit.counted[name])
    rule = over(PLACES[:, None], [0.0, ABOVE * exhibit.X.shape[1]])
    yield mark(f"rule-{name}", "rule", "muted", rule, "lam", weight="fine")
    yield mark(f"counted-{name}", "line", name, now[1:], weight="strong")
    roles, x = {"l2": {"l2": "ink"}, "l1": {"l1": "ink", "chosen": "variance"}}, PLACES[::EVERY]
    for kind, role in roles[name].items():
        found, error = exhibit.measured[kind]
        ends = upright(x, found - WHISKERS * error, found + WHISKERS * error)
        yield mark(f"whiskers-{kind}", "line", role, ends, weight="fine")
        yield mark(f"measured-{kind}", "point", role, over(x, found), look="hollow")
    yield mark(f"now-{name}", "point", name, now[:, None], "lam", grip="lam")


# ---- how it is told


def story(exhibit: DegreesOfFreedom) -> Story:
    """Tell how a fit follows the noise, what ridge and the lasso leave of that, and why."""
    last, at, p = exhibit.last, exhibit.at, exhibit.X.shape[1]
    told = {"p": p, "rows": len(exhibit.X), "count": len(exhibit.noise)}
    slow: dict[str, Any] = {"seconds": 3.4, "even": True}
    step, (summed, kept) = partial(say.step, values=told), asking(*_questions(exhibit))
    counted = {n: (f"counted-{n}", f"rule-{n}", f"now-{n}") for n in PENALTIES}
    measured = {n: (f"measured-{n}", f"whiskers-{n}") for n in (*PENALTIES, "chosen")}
    return Story((
        Section("rows", (
            step("rows.world", "rows", panels=("rows",), put={"lam": 0, "draw": 0},
                 show=("truth", "noise", "targets"), hold=2.0),
            step("rows.fit", show=("fit",), hold=1.6),
            say.step("rows.again", run={"draw": N_DRAWN - 1}, seconds=5.0, even=True, hold=0.8),
        )),
        summed,
        Section("shares", (
            step("shares.bars", "shares", panels=CHARTS, show=("bars", "df"), hold=2.2),
            step("shares.measured", show=("followed",), hold=1.6),
            step("shares.sum", tell=say("tell.sum", **told), hold=1.6),
        )),
        Section("ridge", (
            step("ridge.hat", "ridge", panels=("shares", "l2"), put={"lam": 0},
                 hide=("df",), show=counted["l2"], hold=2.6),
            step("ridge.less", hold=0.6),
            Step(run={"lam": last}, **slow, hold=0.4),
            step("ridge.measured", run={"lam": at}, show=measured["l2"], seconds=1.4,
                 hold=1.8, task=_task(exhibit)),
        ), only=("lam", "sum", "hat")),
        kept,
        Section("lasso", (
            step("lasso.counted", "lasso", panels=("l1",), put={"lam": 0},
                 hide=("truth", "noise", "targets", "fit"), show=counted["l1"], hold=0.8),
            Step(run={"lam": last}, **slow, hold=0.4),
            step("lasso.measured", show=measured["l1"], run={"lam": at}, seconds=1.4, hold=1.8),
            step("lasso.chosen", show=measured["chosen"], hold=2.4),
        ), only=("lam",)),
        say.section("still", told, panels=PENALTIES, put={"lam": at}, hold=3.0),
    ))  # fmt: skip


def _task(exhibit: DegreesOfFreedom) -> Task | None:
    """Set the task to find the strength at which a quarter of the weights is left."""
    wanted = exhibit.X.shape[1] / 4.0
    near = LAMS[np.abs(exhibit.counted["l2"] - wanted) <= 0.05 * exhibit.X.shape[1]]
    told = {"wanted": three(wanted)}
    return say.find("task", "lam", near, LAMS[exhibit.at], told, tells=("l2",))


def _questions(exhibit: DegreesOfFreedom) -> Iterator[Question]:
    """Ask what the shares add up to, and what the lasso's choice and its shrinking come to."""
    p, n = exhibit.X.shape[1], len(exhibit.X)
    yield say.guess(
        "sum", p, 0.1 * p, {"rows": n, "one": 1}, {"p": p, "rows": n}, high=float(n),
        panel="rows", sees=("truth", "noise", "targets", "fit"), at={"lam": 0, "draw": 0},
    )  # fmt: skip
    yield say.choice(
        "kept", "same", ("fewer", "same", "more"), {"p": p, "k": p // 2},
        panel="rows", sees=("truth", "noise", "targets"), at={"draw": 0},
    )  # fmt: skip
