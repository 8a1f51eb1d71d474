"""L1 on one weight: the bend of the L1 penalty at 0 catches the minimizer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.knob_groups import OneWeightKnobs
from regviz.lessons.lines import over
from regviz.lessons.numbers import chosen, equals, snap
from regviz.lessons.one_weight import (
    LOOKS,
    STRONGEST,
    OneWeight,
    close_panel,
    loss_panel,
    one_weight,
    pictured,
    rounded_up,
    spots,
)
from regviz.lessons.picture import Formula, Label, Mark, Panel, Picture, Positions, Said, Term
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking

TOPIC = "one-weight"
NEEDS = ("penalty-shapes",)
ORDER = 40

#: the path is drawn up to this many thresholds, and one beyond the threshold is this many
BEYOND, AFTER = 2.5, 1.6
#: length of the lines along the slopes at 0, in parts of the closest look at it
SLOPE = 0.36
#: where the curve at the threshold is named, which is level at 0
LEVEL = (0.9, 0.93, 0.87, 0.96, 0.84, 0.8, 0.75, 0.7, 0.65, 0.6)
SIDES = {"left": -1.0, "right": 1.0}
say = Voice("l1-loss")


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
    kind, here = exhibit.least(at)
    lam, slope = float(exhibit.lambdas[at["lam"]]), exhibit.slope
    left, right = slopes_at_zero(exhibit)[at["lam"]].tolist()
    level = "level" if 0.0 in (left, right) else kind
    size, arrival = abs(slope), rounded_up(exhibit.threshold)
    sums = {"slope": slope, "lam": lam, "left": left, "right": right}
    signs = {"is": equals(left), "is_right": equals(right)}
    other = float(rm.L2(1.0).prox(np.array([exhibit.center]), lam / exhibit.curvature)[0])
    return {
        "least": say(f"claim.least.{kind}", **here),
        "slopes": say(f"claim.slopes.{level}", **sums, **signs),
        "sides": say(f"tell.sides.{level}"),
        "other": say("claim.other", w=other, **{"is": equals(other)}),
        "rule": say("claim.rule", size=size, lam=lam),
        "arrival": say("claim.arrival", lam=arrival),
        "threshold": say("claim.threshold", lam=arrival, **{"is": equals(size)}),
        "alt": say(f"alt.{kind}", center=exhibit.center, arrival=arrival, **here),
    }


def slopes_at_zero(exhibit: OneWeight) -> rm.Array:
    """Return the slopes of the loss with its penalty left and right of 0, `(n_values, 2)`.

    The slope at the threshold is 0 on one side, and not what rounding leaves of it.
    """
    slopes = exhibit.slope + np.outer(exhibit.lambdas, [-1.0, 1.0])
    return np.where(np.abs(slopes) <= 1e-12 * abs(exhibit.slope), 0.0, slopes)


def picture(exhibit: OneWeight) -> Picture:
    """Describe the loss as its penalty grows, its path, and the slopes beside 0."""
    heights = exhibit.loss + exhibit.threshold * exhibit.pull
    level = over(exhibit.w, heights)
    return pictured(
        exhibit,
        panels=(loss_panel(exhibit), close_panel(exhibit), _path_panel(exhibit)),
        below=(Mark("total-threshold", "losses", "line", "regularized", level),),
        above=(*_slopes(exhibit), *_path(exhibit)),
        labels=_labels(exhibit),
        formulas=tuple(_sums(exhibit)),
        says=("least", "slopes", "other"),
        free=("path", "held", "start", "now", "slope-left", "slope-right"),
        look=len(LOOKS) - 1,
        presets={
            "arrival": {"lam": float(exhibit.lambdas[exhibit.strength(exhibit.threshold)])},
            "compare": {"lam": 3.0, "compare": 1.0, "curvature": 2.0, "center": 1.0},
            "steep": {"lam": 2.0, "curvature": 5.0, "center": 1.0},
        },
    )


def _slopes(exhibit: OneWeight) -> Iterator[Mark]:
    """Yield lines along the slopes beside 0."""
    left, right, bottom, top = exhibit.closest
    at_zero = np.array([0.0, exhibit.at_zero])
    for (side, sign), slope in zip(SIDES.items(), slopes_at_zero(exhibit).T, strict=True):
        ways = np.column_stack([np.full(len(slope), sign), sign * slope])
        length = np.hypot(ways[:, 0] / (right - left), ways[:, 1] / (top - bottom))
        ends = at_zero + ways * (SLOPE / length)[:, None]
        points = np.stack([np.broadcast_to(at_zero, ends.shape), ends], axis=1)
        yield Mark(f"slope-{side}", "close", "line", "l1", points, ("lam",), weight="strong")


def _sums(exhibit: OneWeight) -> Iterator[Formula]:
    """Yield what the slopes on both sides of 0 add up to, at each strength that is told."""
    for at in _told(exhibit):
        lam = float(exhibit.lambdas[at])
        for (side, sign), slope in zip(SIDES.items(), slopes_at_zero(exhibit)[at], strict=True):
            yield Formula(f"{side}-{at}", (
                Term("w < 0:" if sign < 0.0 else "w > 0:", "muted"),
                Term(rf"\; {chosen(exhibit.slope)}", "loss", "close-loss"),
                Term(f"{'-' if sign < 0.0 else '+'} {chosen(lam)}", "l1", f"slope-{side}"),
                Term(f"{equals(slope)} {chosen(slope)}", "regularized"),
            ))  # fmt: skip


def _told(exhibit: OneWeight) -> tuple[int, int, int]:
    """Return the strengths whose slopes are told: before the threshold, at it, and beyond."""
    after = exhibit.strength(AFTER * exhibit.threshold)
    return exhibit.early, exhibit.strength(exhibit.threshold), after


def _path_panel(exhibit: OneWeight) -> Panel:
    """Return the panel of the lowest point against the strength."""
    end, center = BEYOND * exhibit.threshold, exhibit.center
    low, high = sorted((-0.12 * center, 1.2 * center))
    ticks = {exhibit.threshold: f"${rounded_up(exhibit.threshold):g}$"}
    ticks |= parts.numbered(snap(2.0 * exhibit.threshold))
    limits, foot = np.array([0.0, end, low, high]), say("foot.path", lam=STRONGEST)
    both = (ticks, parts.numbered(0.0, center))
    panel = say.chart("path", limits, both, foot)
    threshold = claims(exhibit, {"lam": exhibit.at})["threshold"]
    return replace(panel, summary=threshold, role="l1")


def _path(exhibit: OneWeight) -> tuple[Mark, ...]:
    """Return the path with its bend as a vertex, and how far along it a strength is."""
    threshold, end = exhibit.threshold, BEYOND * exhibit.threshold
    path = np.array([[0.0, exhibit.center], [threshold, 0.0], [end, 0.0]])
    # The way to a strength: through the bend if it lies behind, and no further than is seen.
    seen = np.minimum(exhibit.lambdas, end)
    bends = np.column_stack([np.minimum(exhibit.lambdas, threshold), exhibit.minimizers])
    tips = over(seen, exhibit.minimizers)
    walk = np.stack([np.broadcast_to(path[0], tips.shape), bends, tips], axis=1)
    now = np.where((exhibit.lambdas > end)[:, None], np.nan, tips)[:, None]
    return (
        Mark("path", "path", "line", "l1", path, weight="strong"),
        Mark("walk", "path", "line", "l1", walk, ("lam",), weight="strong"),
        Mark("held", "path", "line", "l1", path[1:], weight="strong"),
        Mark("start", "path", "point", "loss", path[:1]),
        Mark("arrival", "path", "point", "l1", path[1:2]),
        Mark("now", "path", "point", "l1", now, ("lam",), grip="lam"),
    )


def _labels(exhibit: OneWeight) -> tuple[Label, ...]:
    arrival = say("name.strongest", lam=rounded_up(exhibit.threshold))
    sides = zip(SIDES, slopes_at_zero(exhibit).T, strict=True)
    return (
        Label("total-threshold", arrival, spots(exhibit, LEVEL)),
        *(
            Label(f"slope-{side}", say("name.slope"), (0.7, 0.5, 0.9, 1.0), numbers, ("lam",))
            for side, numbers in sides
        ),
        Label("start", say("name.start"), (0.5,)),
        Label("held", say("name.held"), (0.5, 0.4, 0.6, 0.3)),
    )


def story(exhibit: OneWeight) -> Story:
    """Tell where the lowest point goes as the penalty grows, and why it stays at 0."""
    arrival, last = exhibit.strength(exhibit.threshold), exhibit.last
    end = exhibit.strength(BEYOND * exhibit.threshold * (1.0 - 1e-9)) - 1
    lowest = say("tell.lowest", formula=exhibit.formula, center=exhibit.center)
    early = exhibit.early
    reached = claims(exhibit, {"lam": arrival})["arrival"]
    grows, farther = asking(*_questions(exhibit))
    return Story((
        Section("loss", (
            say.step("loss.bowl", "loss", panels=("losses",), show=("loss", "zero"),
                     put={"lam": 0}, seconds=1.0, hold=3.0),
            say.step("loss.lowest", tell=lowest, show=("free",), hold=3.2),
        )),
        Section("penalty", (
            say.step("penalty.added", "penalty", tell=say("tell.above"),
                     show=("total", "trail", "least", "strength", "weight", "sum"), hold=0.8),
            Step(run={"lam": early}, seconds=3.4, even=True, hold=1.0),
            say.step("penalty.bend", tell=say("tell.bend"), show=("bend",),
                     emphasise=("alone",), seconds=1.2, hold=2.8),
        ), only=("alone", "bend")),
        grows,
        Section("zero", (
            say.step("zero.moves", "zero", panels=("losses", "path"), put={"lam": early},
                     show=("start", "walk", "now"), hold=1.2),
            Step(run={"lam": arrival}, seconds=3.6, even=True, hold=0.6),
            Step(tell=reached, show=("arrival",), hold=1.6),
            say.step("zero.stays", run={"lam": end}, seconds=2.0, hold=0.4),
            Step(run={"lam": last}, hide=("now",), show=("held",), seconds=3.0, hold=2.0),
        )),
        _why(exhibit),
        farther,
        Section("still", _tell_still(exhibit, arrival)),
    ))  # fmt: skip


def _questions(exhibit: OneWeight) -> tuple[Question, Question]:
    """Ask where a growing penalty takes the lowest point, and what a farther one needs."""
    need, twice = snap(2.0 * exhibit.threshold), snap(2.0 * exhibit.center)
    told = {"threshold": rounded_up(exhibit.threshold), "twice": twice, "need": need}
    wrongs = {"same": need / 2.0, "height": need * 2.0}
    return (
        say.choice("grows", "holds", ("nears", "crosses", "holds", "middle"), panel="losses"),
        say.guess("farther", need, 0.1 * need, wrongs, told, high=snap(2.5 * need),
                  panel="losses", sees=("zero", "loss", "free")),
    )  # fmt: skip


def _weaken(exhibit: OneWeight) -> Task:
    """Set the task to find the weakest penalty that still holds the weight at 0."""
    least, within = rounded_up(exhibit.threshold), {"lam": (0.0, 1.1 * exhibit.threshold)}
    return say.task("task.weaken", "lam", values={"lam": least}, claims={"least": "zero"},
                    within=within)  # fmt: skip


def _why(exhibit: OneWeight) -> Section:
    """Close in on 0 and add up the slopes beside it: before the threshold, at it, beyond."""
    told = _told(exhibit)
    early, level, after = (claims(exhibit, {"lam": at}) for at in told)
    sums = [tuple(f"{side}-{at}" for side in SIDES) for at in told]
    lines, grows = ("slope-left", "slope-right"), say("tell.grows")
    return Section("why", (
        say.step("why.back", "why", panels=("close",), put={"lam": told[0], "look": 0},
                 hide=("sum", "weight"), hold=0.6),
        Step(run={"look": len(LOOKS) - 1}, seconds=2.4, hold=0.6),
        say.step("why.before", values={"slope": exhibit.slope}, show=lines, hold=0.8),
        Step(tell=early["sides"], show=sums[0], emphasise=("close-loss", *lines),
             seconds=1.6, hold=2.4),
        Step(tell=grows, hide=sums[0], run={"lam": told[1]}, seconds=2.0),
        say.step("why.after", values={"lam": rounded_up(exhibit.threshold)},
                 tell=level["sides"], show=sums[1], hold=2.6),
        Step(tell=grows, hide=sums[1], run={"lam": told[2]}, seconds=1.8),
        say.step("why.rule", tell=after["rule"], show=sums[2], hold=3.6,
                 task=_weaken(exhibit)),
    ), only=("close-zero", "close-total", "close-loss", *lines, *sums[2]))  # fmt: skip


def _tell_still(exhibit: OneWeight, arrival: int) -> tuple[Step, ...]:
    """Show a few strengths at once and the whole path, and hold still."""
    few = ["total-threshold", "total-strongest", "way", "least-strongest", "path"]
    if exhibit.at not in (0, arrival, exhibit.last):
        few.append("total-lam")
    threshold = claims(exhibit, {"lam": exhibit.at})["threshold"]
    return (
        Step(say=say("caption.still"), heading=threshold, panels=("losses", "path"),
             hide=("total", "trail", "walk", "strength"), show=("sum", *few),
             put={"lam": exhibit.at}, seconds=0.8),
        Step(tell=say("tell.still"), hold=5.0),
    )  # fmt: skip
