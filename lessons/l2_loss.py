"""L2 on one weight: the round L2 penalty shrinks the minimizer and never stops it at 0."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.knob_groups import OneWeightKnobs
from regviz.lessons.numbers import equals
from regviz.lessons.one_weight import (
    FREE,
    INNER,
    LOSS,
    OUTER,
    STRONGEST,
    OneWeight,
    Values,
    compared,
    curves,
    graded,
    headed,
    loss_panel,
    losses,
    names,
    one_weight,
    say,
    spots,
    uttered,
)
from regviz.lessons.picture import Label, Mark, Panel, Picture, Positions, Said
from regviz.lessons.story import Section, Step, Story

if TYPE_CHECKING:
    from regviz.lessons.base import Array

TITLE = {
    "en": "L2 on one weight",
    "ko": "가중치 하나와 L2",
}
SUMMARY = {
    "en": "As lambda grows, the minimizer nears 0 and never reaches it",
    "ko": "λ가 커져도 최소점은 0에 가까워질 뿐 0이 되지 않습니다",
}
TAGS = ("one weight", "shrinkage")
ORDER = 50

#: a strength between, for a picture that shows a few
BETWEEN = 10.0
#: how far the look at 0 closes in, from all to the nearest
LOOKS = np.arange(51) / 50.0
#: half the length of the line along the slope at 0, in parts of the picture
SLOPE = 0.22


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
    lam, w = (float(of[at["lam"]]) for of in (exhibit.lambdas, exhibit.minimizers))
    kind = "free" if lam == 0.0 else "moved"
    size, last = abs(exhibit.slope), float(exhibit.minimizers[-1])
    here: Values = {"w": w, "lam": lam, "is": equals(w)}
    # As many digits as the number that is counted has.
    near = float(f"{last:.2g}")
    strongest: Values = {"w": near, "lam": STRONGEST, "is": "=" if near == last else "≈"}
    # Where L1 is to hold the weight: from its threshold on.
    held = lam >= size * (1.0 - 1e-15)
    return {
        "least": say(exhibit, f"claim.least.{kind}", **here),
        "slope": say(exhibit, f"claim.slope.{kind}", slope=exhibit.slope),
        "other": say(exhibit, f"claim.other.{'zero' if held else 'moved'}", size=size),
        "strongest": say(exhibit, "claim.strongest", **strongest),
        "beside": say(exhibit, "claim.beside", **strongest),
        "alt": say(exhibit, f"alt.{kind}", center=exhibit.center, last=last, **here),
    }


def picture(exhibit: OneWeight) -> Picture:
    """Describe the loss as its penalty grows, and the look at 0 that closes in."""
    lam = ("lam",)
    return Picture(
        panels=(loss_panel(exhibit), _close_panel(exhibit)),
        marks=(*compared(exhibit, rm.L1(1.0)), *_between(exhibit), *_slope(exhibit),
               *losses(exhibit), *_close(exhibit)),
        labels=(*names(exhibit), *_more_names(exhibit)),
        drivers=(
            parts.Driver("lam", exhibit.lambdas, rest=exhibit.at),
            parts.Driver("look", LOOKS, rest=len(LOOKS) // 2),
            parts.Driver("compare", np.array([0.0, 1.0]), rest=0),
        ),
        readouts=(
            parts.Readout("strength", r"$\lambda =$", "ink", exhibit.lambdas, lam),
            parts.Readout("weight", "$w =$", "l2", exhibit.minimizers, lam),
        ),
        formulas=(
            parts.Formula("sum", (LOSS, parts.Term(r"+ \lambda w^2", "l2", "alone"))),
        ),
        says=("least", "slope", "other"),
        free=(*FREE, "close-loss", "close-total", "close-least"),
    )  # fmt: skip


def windows(exhibit: OneWeight) -> Array:
    """Return what the look at 0 sees, `(n_looks, 4)`; each closes in by the same factor."""
    wide, close = np.array(exhibit.limits), _closest(exhibit)
    found = []
    for axis in (slice(0, 2), slice(2, 4)):
        sizes = np.ptp(wide[axis]) ** (1.0 - LOOKS) * np.ptp(close[axis]) ** LOOKS
        mix = (sizes - np.ptp(close[axis])) / (np.ptp(wide[axis]) - np.ptp(close[axis]))
        found.append(close[axis] + mix[:, None] * (wide[axis] - close[axis]))
    return np.concatenate(found, axis=1)


def _closest(exhibit: OneWeight) -> Array:
    """Return the window in which the lowest point at the strongest strength is beside 0."""
    at_zero, lowest = exhibit.at_zero, float(exhibit.minima[-1])
    drop = at_zero - lowest
    return np.array([-exhibit.zoom, exhibit.zoom, lowest - 0.8 * drop, at_zero + 2.2 * drop])


def _close_panel(exhibit: OneWeight) -> Panel:
    left, right, bottom, top = _closest(exhibit).tolist()
    wide = (parts.numbered(0.0, exhibit.center), graded(0.0, exhibit.limits[3]))
    ticks = (
        {**wide[0], **graded(left, right)},
        # None so high that it would stand by the curves' names.
        {**wide[1], **graded(bottom, top - 0.25 * (top - bottom))},
    )
    panel = parts.chart(
        "l2-loss", "close", windows(exhibit), ticks, say(exhibit, "foot.close"), by=("look",)
    )
    return replace(panel, summary=say(exhibit, "summary.close", lam=STRONGEST), role="l2")


def _between(exhibit: OneWeight) -> tuple[Mark, Mark]:
    """Return the loss at a strength between, and its lowest point."""
    at = exhibit.strength(BETWEEN)
    curve = curves(exhibit.w, exhibit.regularized(at))
    return (
        parts.Mark("total-between", "losses", "line", "regularized", curve),
        parts.Mark("least-between", "losses", "point", "l2", exhibit.trails[at, -1:]),
    )


def _slope(exhibit: OneWeight) -> tuple[Mark]:
    """Return a line along the slope at 0, the same at every strength."""
    left, right, bottom, top = exhibit.limits
    way = np.array([1.0, exhibit.slope])
    way *= SLOPE / np.hypot(way[0] / (right - left), way[1] / (top - bottom))
    at_zero = np.array([0.0, exhibit.at_zero])
    ends = np.stack([at_zero - way, at_zero + way])
    return (parts.Mark("slope", "losses", "line", "l2", ends, weight="strong"),)


def _close(exhibit: OneWeight) -> tuple[Mark, ...]:
    """Return the marks of the look at 0, at the strength that is shown and at the strongest."""
    totals = curves(exhibit.w, exhibit.loss + exhibit.lambdas[:, None] * exhibit.pull)
    lowest, by = exhibit.trails[:, -1:], ("lam",)
    drop = np.concatenate([lowest[-1] * [1.0, 0.0], lowest[-1]])
    same = np.array([[0.0, exhibit.at_zero]])
    return (
        parts.Mark("close-drop", "close", "rule", "l2", drop, weight="fine"),
        parts.Mark("close-total", "close", "line", "regularized", totals, by),
        parts.Mark("close-strongest", "close", "line", "regularized", totals[-1]),
        parts.Mark("close-loss", "close", "line", "loss", curves(exhibit.w, exhibit.loss),
                   weight="strong"),
        parts.Mark("close-same", "close", "point", "l2", same, look="hollow"),
        parts.Mark("close-least", "close", "point", "l2", lowest, by),
        parts.Mark("close-lowest", "close", "point", "l2", lowest[-1]),
    )  # fmt: skip


def _more_names(exhibit: OneWeight) -> tuple[Label, ...]:
    inner, outer = spots(exhibit, INNER), spots(exhibit, OUTER)
    strongest = say(exhibit, "name.strongest", lam=STRONGEST)
    weight = claims(exhibit, {"lam": exhibit.at})["strongest"]
    return (
        parts.Label("total-between", say(exhibit, "name.strongest", lam=BETWEEN), inner),
        parts.Label(
            "slope", say(exhibit, "name.slope", slope=exhibit.slope), (0.1, 0.2, 0.05, 0.3)
        ),
        parts.Label("close-same", say(exhibit, "name.same"), (0.5,)),
        parts.Label("close-loss", say(exhibit, "name.loss"), outer),
        parts.Label("close-total", say(exhibit, "name.total"), inner),
        parts.Label("close-strongest", strongest, inner),
        parts.Label(
            "close-drop", say(exhibit, "name.near", **weight.values), (0.5, 0.6, 0.7, 0.4, 0.3)
        ),
    )


def story(exhibit: OneWeight) -> Story:
    """Tell how near to 0 the lowest point comes as the penalty grows, and why no nearer."""
    return Story(
        (
            Section("bowls", _tell_bowls(exhibit)),
            Section("sum", _tell_sum(exhibit)),
            Section("near", _tell_near(exhibit)),
            Section("zoom", _tell_zoom(exhibit)),
            Section("why", _tell_why(exhibit)),
            Section("still", _tell_still(exhibit)),
        )
    )


def _tell_bowls(exhibit: OneWeight) -> tuple[Step, ...]:
    """Show two bowls: the loss, and the penalty as it grows steep."""
    return (
        headed(exhibit, "bowls", "bowls.two", panels=("losses",), put={"lam": 0},
               show=("loss", "free", "alone"), seconds=1.0, hold=0.8),
        Step(show=("strength",), run={"lam": exhibit.early}, seconds=2.4, even=True),
        uttered(exhibit, "bowls.want", tell=say(exhibit, "tell.want", center=exhibit.center),
                emphasise=("alone",), seconds=1.0, hold=3.2),
    )  # fmt: skip


def _tell_sum(exhibit: OneWeight) -> tuple[Step, ...]:
    return (
        headed(exhibit, "sum", "sum.added", tell=say(exhibit, "tell.above"),
               show=("total", "sum"), hold=1.6),
        Step(show=("least", "weight"), emphasise=("total",), seconds=1.0, hold=1.4),
        uttered(exhibit, "sum.round", tell=say(exhibit, "tell.round"), show=("bend",),
                hold=3.2),
    )  # fmt: skip


def _tell_near(exhibit: OneWeight) -> tuple[Step, ...]:
    return (
        headed(exhibit, "near", "near.moves", {"lam": STRONGEST}, hide=("bend", "alone"),
               tell=say(exhibit, "tell.moves"), show=("trail",), hold=0.6),
        Step(run={"lam": len(exhibit.lambdas) - 1}, seconds=5.0, hold=0.4),
        uttered(exhibit, "near.looks", tell=say(exhibit, "tell.looks"), hold=2.8),
    )  # fmt: skip


def _tell_zoom(exhibit: OneWeight) -> tuple[Step, ...]:
    """Look closer, at the same curves: the lowest point is beside 0."""
    seen = ("close-loss", "close-total", "close-least")
    said = claims(exhibit, {"lam": len(exhibit.lambdas) - 1})
    return (
        headed(exhibit, "zoom", "zoom.closer", tell=say(exhibit, "tell.closer"),
               panels=("close",), show=seen, hide=("trail",), put={"look": 0}, hold=0.6),
        Step(run={"look": len(LOOKS) - 1}, seconds=3.0),
        uttered(exhibit, "zoom.beside", tell=said["beside"], show=("close-drop",), hold=4.0),
    )  # fmt: skip


def _tell_why(exhibit: OneWeight) -> tuple[Step, ...]:
    """Show that the penalty, level at 0, leaves the loss's slope there as it is."""
    flat, last = say(exhibit, "tell.flat", slope=exhibit.slope), len(exhibit.lambdas) - 1
    slope, size = {"slope": exhibit.slope}, abs(exhibit.slope)
    return (
        headed(exhibit, "why", "why.flat", panels=("losses",),
               hide=("close-loss", "close-total", "close-least", "close-drop")),
        Step(run={"lam": exhibit.early}, seconds=1.6),
        Step(tell=flat, show=("slope",), hold=3.4),
        uttered(exhibit, "why.every", slope, run={"lam": 0}, seconds=1.6),
        Step(run={"lam": last}, seconds=4.0, hold=0.8),
        uttered(exhibit, "why.compare", {"size": size}, hold=4.2,
                tell=say(exhibit, "tell.compare", size=size, **{"is": equals(size)})),
    )  # fmt: skip


def _tell_still(exhibit: OneWeight) -> tuple[Step, ...]:
    """Show a few strengths at once and the look at 0, and hold still."""
    few = ["total-between", "least-between", "total-strongest", "least-strongest"]
    if float(exhibit.lambdas[exhibit.at]) not in (0.0, BETWEEN, STRONGEST):
        few.append("total-lam")
    close = ("close-loss", "close-strongest", "close-same", "close-lowest", "close-drop")
    strongest = claims(exhibit, {"lam": exhibit.at})["strongest"]
    return (
        headed(exhibit, "still", "still", panels=("losses", "close"),
               hide=("total", "slope", "strength", "weight"), show=(*few, "way", *close),
               put={"lam": exhibit.at}, seconds=0.8),
        Step(tell=strongest, hold=5.0),
    )  # fmt: skip
