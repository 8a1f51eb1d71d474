"""Overfitting: a flexible fit to few noisy points, and how a penalty calms it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons import swept
from regviz.lessons.draws import Draws
from regviz.lessons.errors import BadInput
from regviz.lessons.fitted import certified
from regviz.lessons.lines import over, there, upright
from regviz.lessons.noisy_wave import X, expected_error, scattered, spaced, truth
from regviz.lessons.numbers import three
from regviz.lessons.parameters import Choice, Count, Knobs, Number, Strength, knob
from regviz.lessons.picture import Formula, Mark, Picture, Positions, Said, Term
from regviz.lessons.polynomials import penalized_weights, polynomial, standardized_powers
from regviz.lessons.regions import PENALTIES
from regviz.lessons.story import Question, Section, Step, Story, Voice, asking
from regviz.lessons.swept import Swept, told
from regviz.lessons.told_apart import powers_told_apart

TOPIC = "fit"
NEEDS = ()
ORDER = 10

say = Voice("overfitting")

#: the weakest penalty beside none: hardly different from none
WEAKEST = 1e-8
#: what each adds to the loss
SUMS = {"l1": r"\sum |w_j|", "l2": r"\sum w_j^2"}
#: new points that are shown; the test error is the average over all there could be
N_NEW = 24
#: weights are large if a penalty divides the largest by so much
LARGE = 4.0
#: half the height of the fit's plot, in the truth's and the noise's
HIGH, NOISY = 1.1, 3.6
#: room beside the first and the last bar, and above the largest weight, in parts of it
ASIDE, AIR = 0.7, 1.25
#: what an axis of powers says
POWERS = {float(power): f"$x^{{{power}}}$" for power in range(1, 13)}
#: where along an error's curve its name is sought
SPOTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
#: what a page shows before it is guided: all but what the story needs for a while
FREE = ("truth", "before", "fit", "points", "bars-before", "bars", "zero", "noise", "drop",
        "best", *swept.freely("train", "test"))  # fmt: skip


@dataclass(frozen=True)
class Parameters(Knobs):
    """Knobs of the overfitting lesson."""

    degree: int = knob(9, Count(1, 12), "degree of the polynomial")
    n_points: int = knob(12, Count(4, 60), "number of points to fit")
    noise: float = knob(0.3, Number(0.0, 1.0), "standard deviation of the noise")
    penalty: str = knob("l2", Choice(("l1", "l2")), "penalty on the weights")
    lam: float | None = knob(
        None, Strength(0.0, 10.0), "penalty strength; by default the best on new data"
    )
    seed: int = knob(176, Count(0, 2**32 - 1), "seed of the points and their noise")


@dataclass(frozen=True, kw_only=True)
class Overfitting(Swept):
    """A polynomial fitted at many strengths of one penalty.

    The loss is the mean squared error over 2, on standardized powers of `x` and a centred
    target, so the penalty leaves the constant term alone. The error that is judged, the test
    error, is the expected squared error on a new point drawn evenly from the same interval,
    noise included.

    Attributes
    ----------
    train, new
        The points, and some of those that the test error is about, shapes `(n_points, 2)` and
        `(N_NEW, 2)`.
    fits
        Fitted curves over `X`, shape `(n_values, len(X))`.
    fitted
        The fits at the points, shape `(n_values, n_points)`.
    weights
        Weights of the standardized powers, shape `(n_values, degree)`.
    """

    train: rm.Array
    new: rm.Array
    fits: rm.Array
    fitted: rm.Array
    weights: rm.Array

    @cached_property
    def train_error(self) -> rm.Array:
        """Mean squared error on the points, shape `(n_values,)`."""
        error: rm.Array = np.mean((self.fitted - self.train[:, 1]) ** 2, axis=1)
        return error

    @cached_property
    def sums(self) -> rm.Array:
        """What lambda multiplies: the sum of the weights' sizes, or of their squares."""
        return PENALTIES[self.penalty].value(self.weights)

    @property
    def height(self) -> float:
        """The constant term, which no penalty touches: the fit where all weights are 0."""
        return float(self.train[:, 1].mean())


def exhibit(parameters: Parameters) -> Overfitting:
    """Fit the polynomial at every strength.

    Raises
    ------
    BadInput
        If there are too few points for the polynomial.
    """
    degree, count, noise = parameters.degree, parameters.n_points, parameters.noise
    if degree >= count:
        raise BadInput(
            f"degree = {degree} needs more than {count} points; give at most {count - 1}."
        )
    draws = Draws(parameters.seed)
    train, new = spaced(draws, count, noise), scattered(draws, N_NEW, noise)
    (x, y), height = train.T, float(train[:, 1].mean())
    columns, columns_there = standardized_powers(x, X, degree)
    lambdas, tried = swept.strengths(WEAKEST, parameters.lam)
    with powers_told_apart(degree):
        weights = penalized_weights(columns, y - height, lambdas, parameters.penalty)
    fits = weights @ columns_there.T + height
    name, error = parameters.penalty, expected_error(fits, noise)
    found = swept.judged(name, lambdas, tried, error, parameters.lam)
    still, own = found["lam"][name], weights[found["at"]]
    penalty, loss = PENALTIES[name].with_lambda(still), rm.LeastSquares(columns, y - height)
    return Overfitting(
        lesson="overfitting",
        parameters=parameters.resolved(lam=still),
        **found,
        budget={name: float(penalty.level(own))},
        certificate=certified((loss, penalty, own)),
        train=train,
        new=new,
        fits=fits,
        fitted=weights @ columns.T + height,
        weights=weights,
    )


# ---- what may be said


def claims(exhibit: Overfitting, at: Positions) -> dict[str, Said]:
    """Return what is true of the fit with the strength at this position."""
    now, train, test = at["lam"], exhibit.train_error, exhibit.judged
    lam, weights = float(exhibit.lambdas[now]), exhibit.weights[now]
    choice = exhibit.choice(now)
    errors = {"train": told(train, now), "test": told(test, now)}
    sums = {"free": three(exhibit.sums[0]), "now": three(exhibit.sums[now])}
    zeros = {"zeros": float(np.sum(weights == 0.0)), "many": len(weights)}
    knobs = {name: exhibit.number(name) for name in ("degree", "noise")}
    knobs |= {"count": len(exhibit.train), "lam": lam}
    overfits = _overfits(exhibit)
    calms = overfits and test[now] * swept.WORTH < test[0]
    calm = "free" if lam == 0.0 else "calms" if calms else "shrinks"
    return {
        **choice,
        "errors": say("claim.errors", **errors),
        "weights": say(f"claim.weights.{exhibit.penalty}", **sums, **zeros),
        "result": say(f"claim.result.{exhibit.case}"),
        "free": say(f"claim.free.{'noise' if overfits else 'plain'}"),
        "largest": say("claim.largest", weight=three(np.abs(exhibit.weights[0]).max())),
        "calm": say(f"claim.calm.{calm}"),
        "data": say(f"claim.data.{'noise' if knobs['noise'] else 'exact'}", **knobs),
        "alt": say("alt", **knobs, **choice["least"].values, **errors),
    }


def _overfits(exhibit: Overfitting) -> bool:
    """Say whether the fit without a penalty follows the noise, and errs more for it."""
    x, y = exhibit.train.T
    return exhibit.case != "none" and exhibit.train_error[0] < np.mean((y - truth(x)) ** 2)


def _has_large_weights(exhibit: Overfitting, stop: int) -> bool:
    """Say whether the weights without a penalty are large, and cancel."""
    free, calm = exhibit.weights[0], exhibit.weights[stop]
    is_large = np.abs(free).max() > LARGE * np.abs(calm).max()
    return bool(is_large and free.min() < 0.0 < free.max())


# ---- what there is to see


def picture(exhibit: Overfitting) -> Picture:
    """Describe the points and their fits, the weights, and the errors over the strength."""
    own, degree, panels = exhibit.penalty, exhibit.weights.shape[1], _panels(exhibit)
    fit, weights, errors = panels
    return Picture(
        panels=panels,
        marks=(
            *_fit(exhibit, fit.limits[3]),
            exhibit.noise_mark(exhibit.number("noise") ** 2, "fine"),
            *exhibit.errors(errors.limits[3], train=exhibit.train_error, test=exhibit.judged),
            *_bars(exhibit, *weights.limits[:2]),
        ),
        labels=(
            say.label("truth", 0.8, 0.85, 0.75, 0.7, 0.6, 0.2),
            say.label("before", 0.02, 0.05, 0.1, 0.95, 0.9, name="free"),
            say.label("fit", 0.9, 0.3, 0.2, 0.6, numbers=exhibit.lambdas, by=("lam",)),
            say.label("bars-before", name="free"),
            say.label("noise", 0.5, 0.4, 0.97, 0.3, 0.6),
            say.label("best"),
            *(say.label(of, *spots, name=name) for name in ("train", "test")
              for of, spots in ((f"{name}-so-far", (0.0,)), (name, SPOTS))),
        ),
        drivers=(exhibit.driver(exhibit.where.round(2)),),
        readouts=(exhibit.readout(own),),
        formulas=(
            Formula("model", (Term(polynomial(degree), "ink", "free"),), "fit"),
            Formula("loss", (Term(swept.LOSS, "loss", "gaps"),), "fit"),
            Formula("penalized", (
                Term(swept.LOSS, "loss", "before"), Term(r"+\,\lambda", own),
                Term(SUMS[own], own, "bars"),
            )),
        ),
        says=("verdict", "errors", "least", "weights"),
        presets={
            "wild": {"degree": 12, "lam": 0.0},
            "chosen": {"penalty": "l1", "lam": 0.05},
            "quiet": {"noise": 0.0, "lam": 0.0},
        },
        free=FREE,
        knobs={
            "penalty": np.array([]),
            "degree": np.arange(1.0, 13.0),
            "n_points": np.arange(4.0, 61.0),
            "noise": np.arange(21) / 20.0,
        },
    )  # fmt: skip


def _fit(exhibit: Overfitting, high: float) -> tuple[Mark, ...]:
    """Return the points, fits and truth, and how far fits are from points."""

    def seen(points: rm.Array) -> rm.Array:
        return there(points, np.abs(points[:, 1]) <= high)

    (x, y), fits, new = exhibit.train.T, over(X, exhibit.fits), seen(exhibit.new)
    level, fitted = upright(x, y, exhibit.height), upright(x, y, exhibit.fitted[0])
    return (
        Mark("truth", "fit", "line", "muted", over(X, truth(X))),
        Mark("gaps-level", "fit", "line", "ink", level, weight="fine"),
        Mark("gaps", "fit", "line", "ink", fitted, weight="fine"),
        Mark("level", "fit", "line", "loss", over(X, exhibit.height)),
        Mark("free", "fit", "line", "loss", fits[0]),
        Mark("before", "fit", "line", "loss", fits[0], look="faint"),
        Mark("fit", "fit", "line", exhibit.penalty, fits, ("lam",), weight="strong"),
        Mark("new", "fit", "point", "data", new, look="hollow"),
        Mark("choosing", "fit", "point", "data", new[::2], look="hollow"),
        Mark("reporting", "fit", "point", "test", new[1::2], look="hollow"),
        Mark("points", "fit", "point", "data", seen(exhibit.train), moved="moved"),
    )


def _bars(exhibit: Overfitting, left: float, right: float) -> tuple[Mark, ...]:
    """Return weights by power at each strength, those without a penalty beside, and 0."""
    bars = over(np.arange(1.0, exhibit.weights.shape[1] + 1.0), exhibit.weights)
    return (
        Mark("bars-free", "weights", "bar", "loss", bars[0]),
        Mark("bars-before", "weights", "bar", "loss", bars[0], look="faint"),
        Mark("bars", "weights", "bar", exhibit.penalty, bars, ("lam",), weight="fine"),
        Mark("zero", "weights", "line", "ink", over([left, right], 0.0), weight="fine"),
    )


def _panels(exhibit: Overfitting) -> tuple[parts.Panel, ...]:
    said, noise = claims(exhibit, {"lam": exhibit.at}), exhibit.number("noise")
    reach = AIR * float(np.abs(exhibit.weights[0]).max())
    high = max(HIGH + NOISY * noise, 1.05 * float(np.abs(exhibit.train[:, 1]).max()))
    top = 1.25 * max(0.5 + noise**2, float(exhibit.judged[exhibit.best]))
    return (
        exhibit.panel(
            "fit", (-1.04, 1.04, -high, high),
            (parts.numbered(-1, 0, 1), parts.rounded(-high, high)),
            values=said["data"].values, heading=said["calm"],
        ),
        exhibit.panel(
            "weights", (1.0 - ASIDE, exhibit.weights.shape[1] + ASIDE, -reach, reach),
            (POWERS, parts.rounded(-reach, reach)),
            heading=say("title.weights"), foot=said["weights"], small=True,
        ),
        exhibit.errors_panel(top, small=True),
    )  # fmt: skip


# ---- the story


def story(exhibit: Overfitting) -> Story:
    """Tell of the wild fit, of the penalty that calms it, and of the strength to choose."""
    stop, last = exhibit.best or len(exhibit.lambdas) // 2, exhibit.last
    free, there, still = (claims(exhibit, {"lam": at}) for at in (0, stop, exhibit.at))
    kind = "large" if _has_large_weights(exhibit, stop) else "plain"
    ours, theirs = (
        [f"{name}-{part}" for part in ("so-far", "free", "now")] for name in ("train", "test")
    )

    def trained(said: Mapping[str, Said]) -> Said:
        return say("tell.train", train=said["errors"].values["train"])

    return Story((
        Section("points", (
            say.step("points.truth", "points", panels=("fit",), put={"lam": 0}, show=("truth",),
                     hold=1.4),
            Step(say=free["data"], show=("points",), seconds=0.8, hold=2.0),
            say.step("points.model", values=free["data"].values, show=("model",), hold=3.0),
        ), only=("model",)),
        Section("wild", (
            say.step("wild.loss", heading=free["free"], show=("level", "loss"),
                     tell={"fit": say("tell.level")}, hold=0.8),
            Step(show=("gaps-level",), emphasise=("level",), hold=2.1),
            say.step("wild.fit", morph={"level": "free", "gaps-level": "gaps"}, seconds=2.0,
                     tell={"fit": trained(free)}, hold=1.6),
            say.step(f"wild.{kind}", panels=("fit", "weights"), hide=("gaps", "loss"),
                     show=("bars-free", "zero"), tell={"weights": free["largest"]}, hold=2.6),
        )),
        Section("calm", (
            say.step(f"calm.{exhibit.penalty}", "calm", show=("penalized", "lam"),
                     tell={"weights": say("tell.height")}, hold=3.4),
            say.step("calm.price", morph={"free": "before", "bars-free": "bars-before"},
                     show=("fit", "bars"), hold=2.6),
        )),
        *asking(_of_the_fit()),
        Section("sweep", (
            say.step("calm.sweep", run={"lam": stop}, seconds=4.2, even=True),
            Step(tell={"fit": trained(there), "weights": there["weights"]}, emphasise=("bars",),
                 hold=2.6),
        )),
        Section("choose", (
            say.step("choose.ours", "choose", panels=("fit", "errors"), put={"lam": 0},
                     hide=("bars", "bars-before", "zero", "penalized"), show=(*ours,),
                     tell={"errors": say("tell.axis")}, hold=2.6),
            say.step("choose.new", show=("new", *theirs), seconds=0.8,
                     tell={"fit": say("tell.new"), "errors": free["errors"]}, hold=2.4),
        )),
        *asking(exhibit.asks_least(say, panel="fit")),
        Section("test", (
            say.step("choose.sweep", "choose", run={"lam": last}, seconds=4.4, even=True,
                     tell={"fit": say("tell.new"), "errors": say("tell.axis")}),
            Step(say=free["result"], tell={"errors": free["least"]}, hold=2.6),
            say.step("choose.practice", morph={"new": "choosing"}, show=("reporting",),
                     tell={"fit": say("tell.kept")}, hold=2.8, task=exhibit.sets_task(say)),
        )),
        Section("still", (
            say.step(f"still.{exhibit.still}", heading=still["verdict"], seconds=2.2, hold=0.2,
                     run={"lam": exhibit.at}, hide=("choosing", "reporting")),
            Step(morph={"train-so-far": "train", "test-so-far": "test"},
                 hide=("train-now", "test-now"), show=("noise", "drop", "best"), seconds=0.8,
                 tell={"fit": still["errors"], "errors": still["least"]}, hold=3.6),
        )),
    ))  # fmt: skip


def _of_the_fit() -> Question:
    """Ask what a penalty does to the train error."""
    return say.choice("train", "higher", ("lower", "same", "higher"), panel="fit",
                      sees=("truth", "free", "points"), at={"lam": 0})  # fmt: skip
