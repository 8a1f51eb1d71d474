"""Noise on a feature, averaged over, is ridge; and so is one more row of data.

The feature and the target are standardized, and a line of slope `w` goes through their means.
Noise of standard deviation `sigma` on the feature adds `sigma**2 / 2 * w**2` to the loss on
average, and a row with the feature `sigma * sqrt(n)` and the target 0 adds just that.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons import jittered
from regviz.lessons.base import Exhibit
from regviz.lessons.clip import Window
from regviz.lessons.data import read_design
from regviz.lessons.draws import Draws
from regviz.lessons.fitted import certified, of_data
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.lines import over, there, upright
from regviz.lessons.names import literal_names
from regviz.lessons.numbers import snap, three
from regviz.lessons.parameters import Count, Number, knob
from regviz.lessons.picture import Formula, Mark, Picture, Positions, Readout, Said, Term
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking

TOPIC = "disguise"
NEEDS = ("l2-loss",)
ORDER = 240

say = Voice("noise-is-ridge")
#: standard deviations of the noise, in twentieths, and the one that a page's reader is to find
NOISES, WANTED = np.arange(21) / 20.0, 0.4
#: copies that are told one by one
ONE_BY_ONE = 7
#: room around the rows, and where a line is asked for, from one end to the other
ASIDE, ASKED = 0.7, np.array([-0.9, -0.45, 0.0, 0.45, 0.9])
#: the slopes of a curve of losses, in least squares' own, which counts as so much at least, and
#: room below the curve, in its height
SHARES, LEAST, UNDER = np.arange(-5, 56) / 25.0, 0.1, 0.2
#: how near an answered line must be at most, and at least to be asked for; and in its distance
#: from that of least squares
NEAR, NEARER, SHARE = 0.3, 0.08, 0.4
#: what moves the picture: the noise, and the number of copies
DRIVERS = ("noise", "copies")
#: where lines may have their names
ENDS = (1.0, 0.97, 0.03)
POINTS = ("zero-points", "free-points", "data-points")
COPY = ("off", "noisy", "own")
CURVES = ("loss", "low-loss", "mean", "low-mean", "total", "low-total")
ROWS = ("zero-rows", "free-rows", "data-rows", "pull", "extra", "line-rows")


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the noise; one feature of the data is used."""

    noise: float = knob(
        0.6, Number(0.05, 1.0), "standard deviation of the noise, in the feature's own"
    )
    n_rows: int = knob(16, Count(8, 24), "rows of the data that are taken, at most")
    n_copies: int = knob(200, Count(10, 200), "noisy copies of the data that are averaged")
    seed: int = knob(7, Count(0, 2**32 - 1), "seed of the noise")


@dataclass(frozen=True, kw_only=True)
class NoiseIsRidge(Exhibit):
    """Lines through noisy copies of the data, through one more row, and ridge's.

    The same numbers are the noise for every standard deviation, times that.

    Attributes
    ----------
    names
        Of the one feature and of the target.
    rows
        Feature and target, standardized, shape `(n, 2)`.
    noises, at
        Standard deviations, ascending, `(n_noises,)`, and the index of the parameters' own.
    counts
        Numbers of copies, ascending, shape `(n_counts,)`.
    drawn
        Noise of standard deviation 1 by copy, shape `(n_copies, n)`.
    free
        Slope of least squares on the data as they are.
    ridge, extended
        Slopes by standard deviation: of ridge, and of least squares with one more row.
    own
        Slopes of each copy, `(n_noises, n_copies)`.
    moments
        Mean square of the feature, and mean product with the target, over so many first
        copies, shape `(2, n_noises, n_counts)`.
    """

    names: tuple[str, ...]
    rows: rm.Array
    noises: rm.Array
    at: int
    counts: NDArray[np.intp]
    drawn: rm.Array
    free: float
    ridge: rm.Array
    extended: rm.Array
    own: rm.Array
    moments: rm.Array

    @property
    def averages(self) -> rm.Array:
        """Slopes of so many first copies together, shape `(n_noises, n_counts)`."""
        return np.asarray(self.moments[1] / self.moments[0])

    @property
    def reach(self) -> rm.Array:
        """Where one more row stands by standard deviation, shape `(n_noises,)`."""
        return self.noises * math.sqrt(len(self.rows))


def exhibit(parameters: Parameters) -> NoiseIsRidge:
    """Compute the slopes.

    Raises
    ------
    BadInput
        If the data cannot be used.
    """
    whole = read_design(parameters, count=1)
    # A note would tell of what is a parameter; the picture does.
    design = whole.thinned(parameters.n_rows)
    design = replace(design, reading=replace(design.reading, notes=whole.reading.notes))
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    noise, counts = snap(parameters.noise), jittered.counts(parameters.n_copies)
    noises, at = parts.with_own(NOISES, noise)
    drawn = Draws(parameters.seed).normal(parameters.n_copies, len(y))
    grams, targets = rm.noise_moments(X, y, noises[:, None, None, None] * drawn[..., None])
    each = np.stack([grams[..., 0, 0], targets[..., 0]])
    moments = each.cumsum(axis=-1)[..., counts - 1] / (counts * len(y))
    plain, ridges = rm.LeastSquares(X, y), [rm.noise_quadratic(X, y, s) for s in noises]
    ridge = np.array([loss.center[0] for loss in ridges])
    wider = [rm.ridge_rows(X, y, float(s) ** 2 / 2.0) for s in noises]
    extended = np.array([np.linalg.lstsq(*rows)[0][0] for rows in wider])
    lam, average = noise**2 / 2.0, moments[1, at, -1:] / moments[0, at, -1:]
    points = {"unregularized": plain.center, "ridge": ridge[[at]], "average": average}
    return NoiseIsRidge(
        **of_data(parameters, design, points, noise=noise),
        lesson="noise-is-ridge",
        points=points,
        lam={"l2": lam},
        budget={"l2": abs(float(ridge[at]))},
        certificate={
            **certified((plain, rm.L2(lam), ridge[[at]])),
            "added_row": float(np.abs(extended - ridge).max()),
        },
        names=(*design.features, design.target),
        rows=np.column_stack([X, y]),
        noises=noises,
        at=at,
        counts=counts,
        drawn=drawn,
        free=float(plain.center[0]),
        ridge=ridge,
        extended=extended,
        own=each[1] / each[0],
        moments=moments,
    )


# ---- what may be said


def claims(exhibit: NoiseIsRidge, at: Positions) -> dict[str, Said]:
    """Return what is true with this noise and so many copies."""
    n, free, average = at["noise"], exhibit.free, exhibit.averages[at["noise"], at["copies"]]
    noise, count = float(exhibit.noises[n]), float(exhibit.counts[at["copies"]])
    lam = noise**2 / 2.0
    price = three(lam * free**2)
    numbers = {"lam": lam, "price": price, "twice": 2.0 * price, "reach": exhibit.reach[n],
               "free": free, "ridge": exhibit.ridge[n], "average": average}  # fmt: skip
    told = {"noise": noise, "count": count}
    told |= {name: three(float(number)) for name, number in numbers.items()}
    kind = "some" if noise else "none"
    kinds = dict.fromkeys(("strength", "average", "added", "price"), kind)
    if noise and count == 1.0:
        kinds["average"] = "one"
    kinds["flatter"] = "flatter" if noise and abs(average) < abs(free) else "not"
    said = {name: say(f"claim.{name}.{kind}", **told) for name, kind in kinds.items()}
    (one, two), rows = exhibit.names, len(exhibit.rows)
    if exhibit.n_left:
        said["rows"] = say("claim.rows", rows=rows, n=rows + exhibit.n_left)
    return said | {"alt": say("alt", **told, one=one, two=two)}


# ---- what there is to see


def picture(exhibit: NoiseIsRidge) -> Picture:
    """Describe rows with a noisy copy, the same with one more, and losses over the slope."""
    noise, counts = ("noise",), exhibit.counts.astype(float)
    return Picture(
        panels=tuple(_panels(exhibit)),
        marks=(*_points(exhibit), *_rows(exhibit), *_losses(exhibit)),
        labels=(
            *say.labels("free-{}", ("points", "rows"), *ENDS, name="free"),
            *say.labels("{}", ("own", "average", "line-rows"), *ENDS),
            say.label("extra", 0.0),
            *say.labels("{}", ("loss", "mean", "total"), 0.05, 0.95, 0.1, 0.9, 0.2, 0.8),
        ),
        drivers=(
            parts.Driver("noise", exhibit.noises, exhibit.at),
            parts.Driver("copies", counts, len(counts) - 1),
        ),
        readouts=(
            Readout("sigma", r"$\sigma =$", "ink", exhibit.noises, noise),
            Readout("lam", r"$\lambda =$", "l2", exhibit.noises**2 / 2.0, noise),
            Readout("count", say("readout.copies"), "ink", counts, ("copies",)),
        ),
        formulas=(
            Formula("sum", (Term("L(w)", "loss", "loss"),
                            Term(r"+ \frac{\sigma^2}{2} w^2", "l2", "total"))),
        ),
        says=tuple(name for name in claims(exhibit, {"noise": 0, "copies": 0})
                   if name not in ("alt", "flatter")),
        knobs={},
        presets={"little": {"noise": 0.2}, "much": {"noise": 1.0}, "one": {"copies": 1.0}},
    )  # fmt: skip


def _window(exhibit: NoiseIsRidge) -> Window:
    """Return what both charts of rows show: one more row is within, whatever the noise."""
    wide, high = (np.abs(exhibit.rows).max(axis=0) + ASIDE).tolist()
    return -wide, max(wide, float(exhibit.reach[-1]) + ASIDE), -high, high


def _panels(exhibit: NoiseIsRidge) -> Iterator[parts.Panel]:
    said = claims(exhibit, {"noise": exhibit.at, "copies": len(exhibit.counts) - 1})
    names, foot = literal_names(exhibit.names), say("foot", residual=exhibit.residual)
    rows, told = _window(exhibit), {"points": said["average"], "rows": said["added"]}
    for name, limits in (("points", rows), ("rows", rows), ("losses", _losses_window(exhibit))):
        ticks = parts.rounded(*limits[:2]), parts.rounded(*limits[2:])
        yield say.chart(name, limits, ticks, said.get("rows", foot), names=names,
                        cross=(limits[0], limits[2]),
                        summary=told.get(name, say("summary.losses")))  # fmt: skip


def _slopes(exhibit: NoiseIsRidge) -> rm.Array:
    own = math.copysign(max(abs(exhibit.free), LEAST), exhibit.free)
    return np.sort(own * SHARES + 0.0)


def _losses_window(exhibit: NoiseIsRidge) -> Window:
    w, free = _slopes(exhibit), exhibit.free
    # half way to the most noise
    top, least = float((0.5 - w * free + 0.625 * w**2).max()), 0.5 - free**2 / 2.0
    return float(w[0]), float(w[-1]), least - UNDER * (top - least), top


def _line(exhibit: NoiseIsRidge, slopes: rm.Array) -> rm.Array:
    """Return lines of slopes `(...)` from edge to edge, shape `(..., 2, 2)`."""
    ends = np.array(_window(exhibit)[:2])
    return over(ends, slopes[..., None] * ends + 0.0)


def _common(panel: str, exhibit: NoiseIsRidge) -> Iterator[Mark]:
    mark, zero, free = parts.marker(panel), *_line(exhibit, np.array([0.0, exhibit.free]))
    yield mark("zero", "line", "muted", zero, weight="fine")
    yield mark("free", "line", "loss", free)
    yield mark("data", "point", "data", exhibit.rows)


def _points(exhibit: NoiseIsRidge) -> Iterator[Mark]:
    """Yield the rows, a noisy copy of them with its line, and the line of all copies so far."""
    (left, right, *_), last = _window(exhibit), exhibit.counts - 1
    x, y = exhibit.rows.T
    moved = x + exhibit.noises[:, None, None] * exhibit.drawn[last]
    noisy = there(over(moved, y), (moved > left) & (moved < right))
    # Lines along which rows move are upright ones with their axes exchanged.
    off = upright(np.broadcast_to(y, moved.shape), x, moved)[..., ::-1]
    own, averages = (_line(exhibit, each) for each in (exhibit.own[:, last], exhibit.averages))
    fine: dict[str, Any] = {"weight": "fine"}
    yield from _common("points", exhibit)
    yield Mark("off", "points", "line", "ink", off, DRIVERS, **fine, look="faint")
    yield Mark("noisy", "points", "point", "ink", noisy, DRIVERS, **fine, look="hollow")
    yield Mark("own", "points", "line", "muted", own, DRIVERS)
    yield Mark("average", "points", "line", "test", averages, DRIVERS, weight="strong")


def _rows(exhibit: NoiseIsRidge) -> Iterator[Mark]:
    """Yield the rows with one more, and the line of least squares through all of them."""
    slopes, reach, by = exhibit.extended, exhibit.reach, ("noise",)
    line, extra = _line(exhibit, slopes), over(reach, 0.0)[:, None]
    pull = over(reach[:, None], np.stack([np.zeros_like(reach), slopes * reach], axis=1))
    yield from _common("rows", exhibit)
    yield Mark("line-rows", "rows", "line", "l2", line, by, weight="strong")
    yield Mark("pull", "rows", "line", "ink", pull, by, weight="fine")
    yield Mark("extra", "rows", "point", "ink", extra, by, weight="strong")


def _losses(exhibit: NoiseIsRidge) -> Iterator[Mark]:
    """Yield the loss over the slope, its average over copies so far, and with the penalty."""
    w, free, (squares, products) = _slopes(exhibit), exhibit.free, exhibit.moments
    plain = 0.5 - w * free + w**2 / 2.0
    mean = 0.5 - products[..., None] * w + squares[..., None] * w**2 / 2.0
    total = plain + exhibit.noises[:, None] ** 2 / 2.0 * w**2
    best, averages = exhibit.ridge, exhibit.averages
    yield Mark("loss", "losses", "line", "loss", over(w, plain))
    yield Mark("total", "losses", "line", "l2", over(w, total), ("noise",), weight="strong")
    yield Mark("mean", "losses", "line", "test", over(w, mean), DRIVERS)
    low_mean = over(averages, 0.5 - products * averages / 2.0)[..., None, :]
    low_total = over(best, 0.5 - free * best / 2.0)[:, None]
    yield Mark("low-loss", "losses", "point", "loss", over([free], 0.5 - free**2 / 2.0))
    yield Mark("low-mean", "losses", "point", "test", low_mean, DRIVERS)
    yield Mark("low-total", "losses", "point", "l2", low_total, ("noise",))


# ---- the story


def story(exhibit: NoiseIsRidge) -> Story:
    """Tell of noise that flattens a line, of the penalty that it is, and of one more row."""
    at, last = exhibit.at, len(exhibit.counts) - 1
    said = claims(exhibit, {"noise": at, "copies": last})
    one, two = literal_names(exhibit.names)
    every: dict[str, Any] = {"run": {"copies": last}, "seconds": 3.0}
    sweep: dict[str, Any] = {"run": {"noise": len(exhibit.noises) - 1}, "seconds": 2.4}
    back: dict[str, Any] = {"run": {"noise": at}, "seconds": 1.4}
    asked = {each.name: asking(each) for each in _questions(exhibit)}
    return Story((
        Section("jitter", (
            say.step("rows", "jitter", {"one": one, "two": two}, panels=("points",),
                     put={"copies": 0}, show=POINTS, tell=said.get("rows"), hold=2.6),
            say.step("noise", show=("off", "noisy", "sigma"), seconds=1.0, hold=2.2),
            say.step("own", show=("own",), hold=1.4),
            Step(run={"copies": min(ONE_BY_ONE, last)}, seconds=3.0, even=True, hold=0.6),
        ), only=("sigma",)),
        *asked.get("line", ()),
        Section("average", (
            say.step("average", "average", put={"copies": 0}, show=("average", "count"),
                     hold=1.6),
            Step(**every, hold=0.4),
            Step(say=said["flatter"], hide=COPY, tell=said["average"], hold=3.0),
        ), only=("count",)),
        Section("penalty", (
            say.step("losses", "penalty", panels=("losses",), put={"copies": 0},
                     show=CURVES[:2], hold=2.2),
            say.step("mean", show=(*CURVES[2:4], "count"), hold=0.4),
            Step(**every, hold=0.6),
            say.step("penalty", show=(*CURVES[4:], "sum"), tell=said["price"], hold=3.6),
        ), only=(*CURVES, "count", "sum")),
        *asked["twice"],
        Section("strength", (
            say.step("strength", "strength", panels=("points", "losses"), hold=1.2),
            Step(**sweep, hold=0.6),
            Step(**back, hold=0.6, task=_task(exhibit)),
        ), only=(*CURVES[:2], *CURVES[4:], "sigma", "lam")),
        *asked["row"],
        Section("row", (
            say.step("row", "row", panels=("rows",), show=ROWS, tell=said["added"], hold=3.2),
            say.step("square", hold=2.8),
            Step(tell=say("tell.many"), show=("sigma", "lam"), **sweep, hold=0.4),
            Step(**back, hold=1.0),
        ), only=("sigma", "lam")),
        say.section("still", panels=("points", "rows"), show=COPY[:2],
                    tell={"points": said["average"], "rows": said["added"]}, hold=4.4),
    ))  # fmt: skip


def _task(exhibit: NoiseIsRidge) -> Task | None:
    """Set the task to find the noise that comes to a strength."""
    values = {"lam": three(WANTED**2 / 2.0), "noise": WANTED}
    return say.find("task.noise", "noise", [WANTED], exhibit.noises[exhibit.at], values)


def _questions(exhibit: NoiseIsRidge) -> Iterator[Question]:
    """Ask for the line of all copies, what twice the noise is, and which row does the same."""
    across = ASKED * -_window(exhibit)[0]
    ridge = float(exhibit.ridge[exhibit.at])
    truth, free = ridge * across, exhibit.free * across
    wrongs = {"same": free, "steeper": 2.0 * free - truth, "zero": 0.0 * across}
    told = {"ridge": three(ridge), "free": three(exhibit.free)}
    if (near := min(NEAR, SHARE * float(np.abs(truth - free).max()))) > NEARER:
        yield say.guess("line", truth, near, wrongs, told, across=across, panel="points",
                        sees=(*POINTS, *COPY[:2]), at={"copies": 0})  # fmt: skip
    yield say.guess("twice", 4.0, 0.3, {"double": 2.0, "same": 1.0}, high=10.0, panel="losses",
                    sees=(*CURVES[:2], *CURVES[4:]))  # fmt: skip
    yield say.choice("row", "far", ("origin", "along", "far"), panel="rows", sees=ROWS[:3])
