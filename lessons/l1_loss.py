"""L1 on one weight: the bend of the L1 penalty at 0 catches the minimizer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.knob_groups import OneWeightKnobs
from regviz.lessons.numbers import equals, snap
from regviz.lessons.one_weight import (
    FREE,
    LOSS,
    STRONGEST,
    OneWeight,
    Values,
    compared,
    curves,
    headed,
    loss_panel,
    losses,
    names,
    one_weight,
    rounded_up,
    say,
    spots,
    uttered,
)
from regviz.lessons.picture import Label, Mark, Panel, Picture, Positions, Said
from regviz.lessons.story import Section, Step, Story

if TYPE_CHECKING:
    from regviz.lessons.base import Array

TITLE = {
    "en": "L1 on one weight",
    "ko": "가중치 하나와 L1",
}
SUMMARY = {
    "en": "As lambda grows, the minimizer reaches 0 and stays there, exactly",
    "ko": "λ가 커지면 최소점이 정확히 0이 되고 그대로 머뭅니다",
}
TAGS = ("one weight", "sparsity")
ORDER = 40

#: the path is drawn up to this many thresholds
BEYOND = 2.5
#: length of the lines along the slopes at 0, in parts of the picture
SLOPE = 0.24
#: where the curve at the threshold is named, which is level at 0
LEVEL = (0.9, 0.93, 0.87, 0.96, 0.84, 0.8, 0.75, 0.7, 0.65, 0.6)


@dataclass(frozen=True)
class Parameters(OneWeightKnobs):
    """Knobs of the one-weight loss; nothing besides."""


def exhibit(parameters: Parameters) -> OneWeight:
    """Compute the exhibit: one weight under the L1 penalty.

    Raises
    ------
    BadInput
        If the loss has nothing to shrink.
    """
    return one_weight("l1-loss", rm.L1(1.0), parameters)


def claims(exhibit: OneWeight, at: Positions) -> dict[str, Said]:
    """Return what is true at a strength: where the lowest point is, and why it is there."""
    lam, w = (float(of[at["lam"]]) for of in (exhibit.lambdas, exhibit.minimizers))
    kind = "zero" if w == 0.0 else "free" if lam == 0.0 else "moved"
    left, right = slopes_at_zero(exhibit)[at["lam"]].tolist()
    level = "level" if 0.0 in (left, right) else kind
    size, arrival = abs(exhibit.slope), rounded_up(exhibit.threshold)
    here: Values = {"w": w, "lam": lam, "is": equals(w)}
    other = float(rm.L2(1.0).prox(np.array([exhibit.center]), lam / exhibit.curvature)[0])
    return {
        "least": say(exhibit, f"claim.least.{kind}", **here),
        "slopes": say(exhibit, f"claim.slopes.{level}", left=left, right=right),
        "other": say(exhibit, "claim.other", w=other, **{"is": equals(other)}),
        "rule": say(exhibit, "claim.rule", size=size, lam=lam),
        "arrival": say(exhibit, "claim.arrival", lam=arrival),
        "threshold": say(exhibit, "claim.threshold", lam=arrival, **{"is": equals(size)}),
        "alt": say(exhibit, f"alt.{kind}", center=exhibit.center, arrival=arrival, **here),
    }


def slopes_at_zero(exhibit: OneWeight) -> Array:
    """Return the slopes of the loss with its penalty left and right of 0, `(n_values, 2)`.

    The slope at the threshold is 0 on one side, and not what rounding leaves of it.
    """
    slopes = exhibit.slope + np.outer(exhibit.lambdas, [-1.0, 1.0])
    return np.where(np.abs(slopes) <= 1e-12 * abs(exhibit.slope), 0.0, slopes)


def picture(exhibit: OneWeight) -> Picture:
    """Describe the loss as its penalty grows, and the lowest point against the strength."""
    lam = ("lam",)
    return Picture(
        panels=(loss_panel(exhibit), _path_panel(exhibit)),
        marks=(*_with_threshold(exhibit), *_slopes(exhibit), *_path(exhibit)),
        labels=(*names(exhibit), *_more_names(exhibit)),
        drivers=(
            parts.Driver("lam", exhibit.lambdas, rest=exhibit.at),
            parts.Driver("compare", np.array([0.0, 1.0]), rest=0),
        ),
        readouts=(
            parts.Readout("strength", r"$\lambda =$", "ink", exhibit.lambdas, lam),
            parts.Readout("weight", "$w =$", "l1", exhibit.minimizers, lam),
        ),
        formulas=(parts.Formula("sum", (LOSS, parts.Term(r"+ \lambda |w|", "l1", "alone"))),),
        says=("least", "slopes", "other"),
        free=(*FREE, "path", "held", "start", "now"),
    )


def _headed(exhibit: OneWeight, panel: Panel) -> Panel:
    said = claims(exhibit, {"lam": exhibit.at})
    return replace(panel, summary=said["threshold"], role="l1")


def _with_threshold(exhibit: OneWeight) -> tuple[Mark, ...]:
    """Return the marks of the losses, with the curve that is level at 0 on one side."""
    heights = exhibit.loss + exhibit.threshold * exhibit.pull
    curve = parts.Mark(
        "total-threshold", "losses", "line", "regularized", curves(exhibit.w, heights)
    )
    return (curve, *compared(exhibit, rm.L2(1.0)), *losses(exhibit))


def _slopes(exhibit: OneWeight) -> tuple[Mark, Mark]:
    """Return lines along the slopes beside 0."""
    left, right, bottom, top = exhibit.limits
    slopes = slopes_at_zero(exhibit)
    at_zero = np.array([0.0, exhibit.at_zero])
    marks = []
    for side, sign, slope in (("left", -1.0, slopes[:, 0]), ("right", 1.0, slopes[:, 1])):
        ways = np.column_stack([np.full(len(slope), sign), sign * slope])
        length = np.hypot(ways[:, 0] / (right - left), ways[:, 1] / (top - bottom))
        ends = at_zero + ways * (SLOPE / length)[:, None]
        points = np.stack([np.broadcast_to(at_zero, ends.shape), ends], axis=1)
        marks.append(
            parts.Mark(
                f"slope-{side}", "losses", "line", "l1", points, ("lam",), weight="strong"
            )
        )
    return marks[0], marks[1]


def _path_panel(exhibit: OneWeight) -> Panel:
    """Return the panel of the lowest point against the strength."""
    end, center = BEYOND * exhibit.threshold, exhibit.center
    low, high = sorted((-0.12 * center, 1.2 * center))
    ticks = {exhibit.threshold: f"${rounded_up(exhibit.threshold):g}$"}
    ticks |= parts.numbered(snap(2.0 * exhibit.threshold))
    panel = parts.chart(
        "l1-loss",
        "path",
        np.array([0.0, end, low, high]),
        (ticks, parts.numbered(0.0, center)),
        say(exhibit, "foot.path", lam=STRONGEST),
    )
    return _headed(exhibit, panel)


def _path(exhibit: OneWeight) -> tuple[Mark, ...]:
    """Return the path with its bend as a vertex, and how far along it a strength is."""
    threshold, end = exhibit.threshold, BEYOND * exhibit.threshold
    path = np.array([[0.0, exhibit.center], [threshold, 0.0], [end, 0.0]])
    # The way to a strength: through the bend if it lies behind, and no further than is seen.
    seen = np.minimum(exhibit.lambdas, end)
    bends = np.column_stack([np.minimum(exhibit.lambdas, threshold), exhibit.minimizers])
    tips = np.column_stack([seen, exhibit.minimizers])
    starts = np.broadcast_to(path[0], tips.shape)
    now = np.where((exhibit.lambdas > end)[:, None], np.nan, tips)
    return (
        parts.Mark("path", "path", "line", "l1", path, weight="strong"),
        parts.Mark("walk", "path", "line", "l1", np.stack([starts, bends, tips], axis=1),
                   ("lam",), weight="strong"),
        parts.Mark("held", "path", "line", "l1", path[1:], weight="strong"),
        parts.Mark("start", "path", "point", "loss", path[:1]),
        parts.Mark("arrival", "path", "point", "l1", path[1:2]),
        parts.Mark("now", "path", "point", "l1", now[:, None], ("lam",), grip="lam"),
    )  # fmt: skip


def _more_names(exhibit: OneWeight) -> tuple[Label, ...]:
    arrival = rounded_up(exhibit.threshold)
    sides = zip(("left", "right"), slopes_at_zero(exhibit).T, strict=True)
    return (
        parts.Label("total-threshold", say(exhibit, "name.strongest", lam=arrival),
                    spots(exhibit, LEVEL)),
        *(
            parts.Label(f"slope-{side}", say(exhibit, "name.slope"), (0.6, 0.8, 0.4, 1.0),
                        numbers=numbers, by=("lam",))
            for side, numbers in sides
        ),
        parts.Label("start", say(exhibit, "name.start"), (0.5,)),
        parts.Label("held", say(exhibit, "name.held"), (0.5, 0.4, 0.6, 0.3)),
    )  # fmt: skip


def story(exhibit: OneWeight) -> Story:
    """Tell where the lowest point goes as the penalty grows, and why it stays at 0."""
    arrival = exhibit.strength(exhibit.threshold)
    return Story(
        (
            Section("loss", _tell_loss(exhibit)),
            Section("penalty", _tell_penalty(exhibit)),
            Section("zero", _tell_zero(exhibit, arrival)),
            Section("why", _tell_why(exhibit, arrival)),
            Section("still", _tell_still(exhibit, arrival)),
        )
    )


def _tell_loss(exhibit: OneWeight) -> tuple[Step, ...]:
    lowest = say(exhibit, "tell.lowest", center=exhibit.center)
    return (
        headed(exhibit, "loss", "loss.bowl", panels=("losses",), show=("loss",), put={"lam": 0},
              seconds=1.0, hold=3.0),
        uttered(exhibit, "loss.lowest", tell=lowest, show=("free",), hold=3.2),
    )  # fmt: skip


def _tell_penalty(exhibit: OneWeight) -> tuple[Step, ...]:
    seen = ("alone", "total", "trail", "least", "strength", "weight", "sum")
    return (
        headed(exhibit, "penalty", "penalty.added", tell=say(exhibit, "tell.above"), show=seen,
              hold=0.8),
        Step(run={"lam": exhibit.early}, seconds=3.4, even=True, hold=1.0),
        uttered(exhibit, "penalty.bend", tell=say(exhibit, "tell.bend"), show=("bend",),
              emphasise=("alone",), seconds=1.2, hold=2.8),
    )  # fmt: skip


def _tell_zero(exhibit: OneWeight, arrival: int) -> tuple[Step, ...]:
    end = exhibit.strength(BEYOND * exhibit.threshold * (1.0 - 1e-9)) - 1
    said = claims(exhibit, {"lam": arrival})
    return (
        headed(exhibit, "zero", "zero.moves", panels=("losses", "path"), hide=("bend", "alone"),
              show=("start", "walk", "now"), put={"lam": exhibit.early}, hold=1.2),
        Step(run={"lam": arrival}, seconds=3.6, even=True, hold=0.6),
        Step(tell=said["arrival"], show=("arrival",), hold=1.6),
        uttered(exhibit, "zero.stays", run={"lam": end}, seconds=2.0, hold=0.4),
        Step(run={"lam": len(exhibit.lambdas) - 1}, hide=("now",), show=("held",), seconds=3.0,
             hold=2.0),
    )  # fmt: skip


def _tell_why(exhibit: OneWeight, arrival: int) -> tuple[Step, ...]:
    """Add up the slopes on both sides of 0: before the threshold, at it and beyond."""
    beyond = exhibit.strength(1.6 * exhibit.threshold)
    before, level, after = (
        claims(exhibit, {"lam": at}) for at in (exhibit.early, arrival, beyond)
    )
    grows = say(exhibit, "tell.grows")
    return (
        headed(exhibit, "why", "why.back", panels=("losses",),
              hide=("trail", "start", "walk", "arrival", "held"),
               put={"lam": exhibit.early}, hold=1.4),
        uttered(exhibit, "why.before", {"slope": exhibit.slope}, tell=before["slopes"],
              show=("slope-left", "slope-right"), hold=4.2),
        Step(tell=grows, run={"lam": arrival}, seconds=2.2),
        uttered(exhibit, "why.after", {"lam": rounded_up(exhibit.threshold)},
                tell=level["slopes"], hold=2.6),
        Step(tell=grows, run={"lam": beyond}, seconds=2.2),
        uttered(exhibit, "why.rule", tell=after["rule"], hold=3.8),
    )  # fmt: skip


def _tell_still(exhibit: OneWeight, arrival: int) -> tuple[Step, ...]:
    """Show a few strengths at once and the whole path, and hold still."""
    last = len(exhibit.lambdas) - 1
    few = ["total-threshold", "total-strongest"]
    if exhibit.at not in (0, arrival, last):
        few.append("total-lam")
    gone = ("total", "slope-left", "slope-right", "strength", "weight")
    threshold = claims(exhibit, {"lam": exhibit.at})["threshold"]
    return (
        Step(say=say(exhibit, "caption.still"), heading=threshold, panels=("losses", "path"),
             hide=gone, show=(*few, "way", "least-strongest", "path", "held", "start",
             "arrival"),
             put={"lam": exhibit.at}, seconds=0.8),
        Step(tell=say(exhibit, "tell.still"), hold=5.0),
    )  # fmt: skip
