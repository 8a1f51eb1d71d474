"""L2 on one weight: the round L2 penalty shrinks the minimizer and never stops it at 0."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.knob_groups import OneWeightKnobs
from regviz.lessons.lines import over
from regviz.lessons.numbers import equals, snap, to_digits
from regviz.lessons.one_weight import (
    INNER,
    LOOKS,
    STRONGEST,
    OneWeight,
    Values,
    close_panel,
    loss_panel,
    one_weight,
    pictured,
    spots,
)
from regviz.lessons.picture import Label, Mark, Picture, Positions, Said
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking

TOPIC = "one-weight"
NEEDS = ("l1-loss",)
ORDER = 50

#: a strength between, for a picture that shows a few
BETWEEN = 10.0
#: half the length of the line along the slope at 0, in parts of the picture
SLOPE = 0.28
say = Voice("l2-loss")


@dataclass(frozen=True)
class Parameters(OneWeightKnobs):
    """Knobs of the one-weight loss; nothing besides."""


def exhibit(parameters: Parameters) -> OneWeight:
    """Compute the exhibit: one weight under the L2 penalty.

    Raises
    ------
    BadInput
        If the loss has nothing to shrink.
    """
    return one_weight("l2-loss", rm.L2(1.0), parameters)


def claims(exhibit: OneWeight, at: Positions) -> dict[str, Said]:
    """Return what is true at a strength: where the lowest point is, and why it is not at 0."""
    kind, here = exhibit.least(at)
    size, last = abs(exhibit.slope), float(exhibit.minimizers[-1])
    # As many digits as the number that is counted has.
    near = to_digits(last, 2)
    beside: Values = {"w": near, "is": "=" if near == last else "≈"}
    # Where L1 is to hold the weight: from its threshold on.
    held = float(exhibit.lambdas[at["lam"]]) >= size * (1.0 - 1e-15)
    return {
        "least": say(f"claim.least.{kind}", **here),
        "slope": say(f"claim.slope.{kind}", slope=exhibit.slope),
        "other": say(f"claim.other.{'zero' if held else 'moved'}", size=size),
        "strongest": say("claim.strongest", lam=STRONGEST, **beside),
        "beside": say("claim.beside", **beside),
        "alt": say(f"alt.{kind}", center=exhibit.center, last=last, **here),
    }


def picture(exhibit: OneWeight) -> Picture:
    """Describe the loss as its penalty grows, and the look at 0 that closes in."""
    at = exhibit.strength(BETWEEN)
    between = over(exhibit.w, exhibit.regularized(at))
    strongest = over(exhibit.w, exhibit.regularized(-1))
    lowest, same = exhibit.trails[:, -1:], np.array([[0.0, exhibit.at_zero]])
    drop = np.concatenate([lowest[-1] * [1.0, 0.0], lowest[-1]])
    return pictured(
        exhibit,
        panels=(loss_panel(exhibit), close_panel(exhibit)),
        below=(
            Mark("total-between", "losses", "line", "regularized", between),
            Mark("least-between", "losses", "point", "l2", lowest[at]),
            Mark("close-drop", "close", "rule", "l2", drop, weight="fine"),
            Mark("close-strongest", "close", "line", "regularized", strongest),
        ),
        above=(
            Mark("slope", "losses", "line", "l2", _slope(exhibit), weight="strong"),
            Mark("close-same", "close", "point", "l2", same, look="hollow"),
            Mark("close-lowest", "close", "point", "l2", lowest[-1]),
        ),
        labels=_labels(exhibit),
        says=("least", "slope", "other"),
        look=len(LOOKS) // 2,
        presets={
            "strongest": {"lam": STRONGEST, "look": 1.0},
            "compare": {"lam": 3.0, "compare": 1.0, "curvature": 2.0, "center": 1.0},
            "flat": {"lam": 1.0, "curvature": 0.2, "center": 1.0},
        },
    )


def _slope(exhibit: OneWeight) -> rm.Array:
    """Return the ends of a line along the slope at 0, the same at every strength."""
    left, right, bottom, top = exhibit.limits
    way = np.array([1.0, exhibit.slope])
    way *= SLOPE / np.hypot(way[0] / (right - left), way[1] / (top - bottom))
    at_zero = np.array([0.0, exhibit.at_zero])
    return np.stack([at_zero - way, at_zero + way])


def _labels(exhibit: OneWeight) -> tuple[Label, ...]:
    inner, weight = spots(exhibit, INNER), claims(exhibit, {"lam": exhibit.at})["beside"]
    along = (0.5, 0.6, 0.7, 0.4, 0.3)
    return (
        Label("total-between", say("name.strongest", lam=BETWEEN), inner),
        Label("slope", say("name.slope", slope=exhibit.slope), (0.1, 0.2, 0.05, 0.3)),
        Label("close-same", say("name.same"), (0.5,)),
        Label("close-strongest", say("name.strongest", lam=STRONGEST), inner),
        Label("close-drop", say("name.near", **weight.values), along),
    )


def story(exhibit: OneWeight) -> Story:
    """Tell how near to 0 the lowest point comes as the penalty grows, and why no nearer."""
    size, slope, last = abs(exhibit.slope), {"slope": exhibit.slope}, exhibit.last
    said, above = claims(exhibit, {"lam": last}), say("tell.above")
    want = say("tell.want", formula=exhibit.formula, center=exhibit.center)
    price = r"\lambda" if exhibit.curvature == 2.0 else rf"2 \lambda / {exhibit.curvature:g}"
    moves = say("tell.moves", center=exhibit.center, price=price)
    doubles, ends = asking(*_questions(exhibit))
    compare = say("tell.compare", size=size, **{"is": equals(size)})
    return Story((
        Section("bowls", (
            say.step("bowls.two", "bowls", panels=("losses",), put={"lam": 0},
                     show=("zero", "loss", "free", "alone"), seconds=1.0, hold=0.8),
            Step(show=("strength",), run={"lam": exhibit.early}, seconds=2.4, even=True),
            say.step("bowls.want", tell=want, emphasise=("alone",), seconds=1.0, hold=3.2),
        )),
        doubles,
        Section("sum", (
            say.step("sum.added", "sum", show=("total", "sum"), tell=above, hold=1.6),
            Step(show=("least", "weight"), emphasise=("total",), seconds=1.0, hold=1.4),
            say.step("sum.round", tell=say("tell.round"), show=("bend",), hold=3.2),
        ), only=("bend",)),
        ends,
        Section("near", (
            say.step("near.moves", "near", {"lam": STRONGEST}, tell=moves,
                     hide=("alone",), hold=0.6),
            Step(run={"lam": last}, seconds=5.0, hold=0.4),
            say.step("near.looks", tell=say("tell.looks"), hold=2.8),
        ), only=("trail",)),
        # At the same curves: the lowest point is beside 0.
        Section("zoom", (
            say.step("zoom.closer", "zoom", tell=say("tell.closer"), panels=("close",),
                     put={"look": 0}, hold=0.6),
            Step(run={"look": len(LOOKS) - 1}, seconds=3.0),
            say.step("zoom.beside", tell=said["beside"], show=("close-drop",), hold=4.0),
        ), only=("close-zero", "close-loss", "close-total", "close-least", "close-drop")),
        # The penalty, level at 0, leaves the loss's slope there as it is.
        Section("why", (
            say.step("why.flat", "why", panels=("losses",)),
            Step(run={"lam": exhibit.early}, seconds=1.6),
            Step(tell=say("tell.flat", **slope), show=("slope",), hold=3.4),
            say.step("why.every", values=slope, run={"lam": 0}, seconds=1.6),
            Step(run={"lam": last}, seconds=4.0, hold=0.8),
            say.step("why.compare", values={"size": size}, tell=compare, hold=4.2,
                     task=_halve(exhibit)),
        ), only=("slope",)),
        Section("still", _tell_still(exhibit)),
    ))  # fmt: skip


def _questions(exhibit: OneWeight) -> tuple[Question, Question]:
    """Ask where twice the strength takes the lowest point, and the strongest of all."""
    half, center = snap(exhibit.curvature / 2.0), exhibit.center
    weights = rm.L2(1.0).prox(
        np.full((2, 1), center), np.array([1.0, 2.0]) * half / exhibit.curvature
    )
    once, twice = map(snap, weights[:, 0].tolist())
    told = {"lam": half, "double": snap(2.0 * half), "w": once, "need": twice}
    return (
        say.guess(
            "doubles", twice, 0.035 * abs(center), {"level": 0.0, "again": center / 4.0},
            told | {"is": equals(once)}, low=min(0.0, center), high=max(0.0, center),
            panel="losses",
        ),
        say.choice("ends", "nears", ("zero", "small", "stops", "nears"), panel="losses"),
    )  # fmt: skip


def _halve(exhibit: OneWeight) -> Task:
    """Set the task to find a strength that leaves about half of the weight."""
    half = exhibit.curvature / 2.0
    at = parts.nearest(exhibit.lambdas, half)
    low, high = exhibit.lambdas[[at - 1, at + 1]].tolist()
    within = {"lam": (min(low, 0.9 * half), max(high, 1.1 * half))}
    return say.task("task.halve", "lam", values={"center": exhibit.center}, within=within)


def _tell_still(exhibit: OneWeight) -> tuple[Step, ...]:
    """Show a few strengths at once and the look at 0, and hold still."""
    few = ["total-between", "least-between", "total-strongest", "least-strongest", "way"]
    if float(exhibit.lambdas[exhibit.at]) not in (0.0, BETWEEN, STRONGEST):
        few.append("total-lam")
    close = ("zero", "loss", "strongest", "same", "lowest", "drop")
    return (
        say.step("still", "still", panels=("losses", "close"), put={"lam": exhibit.at},
                 hide=("total", "strength", "weight"),
                 show=(*few, *(f"close-{name}" for name in close)), seconds=0.8),
        Step(tell=claims(exhibit, {"lam": exhibit.at})["strongest"], hold=5.0),
    )  # fmt: skip
