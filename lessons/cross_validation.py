"""Cross-validation: the folds one by one, their mean with its spread, and two choices by it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.alt import plain
from regviz.lessons.by_strength import ByStrength, even
from regviz.lessons.data import read_design
from regviz.lessons.errors import BadInput
from regviz.lessons.fitted import OfFeatures, certified, of_features
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.lines import band, below, capped, filled, over, there, up_to
from regviz.lessons.names import literal_names
from regviz.lessons.numbers import three, to_digits, whole
from regviz.lessons.parameters import Choice, Count, knob
from regviz.lessons.picture import Driver, Mark, Panel, Picture, Positions, Said
from regviz.lessons.regions import PENALTIES
from regviz.lessons.sides import tenfolds
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking
from regviz.lessons.told_apart import told_apart
from regviz.lessons.validation import FITS, choices, validated

TOPIC = "practice"
NEEDS = ("feature-selection",)
ORDER = 210

#: how often the rows are split anew, by seeds one after the other
N_SPLITS = 10
#: strengths per tenfold, their digits, and decimals of errors that are drawn
PER_DECADE, DIGITS, DECIMALS = 20, 3, 4
#: the weakest and the strongest, in parts of the one from which on L1 keeps nothing
WEAKEST, STRONGEST = 1e-3, {"l1": 1.25, "l2": 15.0}
#: errors are seen so many standard errors below the least and above what is tolerated, at least
#: so much of what they span, and what is above the end of curves, all to so many digits
BELOW, ABOVE, LEAST_SEEN, CUT, SEEN = 2.0, 3.4, 0.004, 0.1, 5
#: tenfolds between no penalty and the weakest
APART = 0.8
#: a mean error is nearly the least if it is this part of a standard error above it
NEARLY = 0.1
#: what may be off of a place, in tenfolds
NEAR = 0.15
#: room left and right of all, in tenfolds
BESIDE = 0.45
#: numbers of kept weights, how near two may stand, in parts of how far apart they are on the
#: mean, and how far under the top they stand
COUNTS, NARROWEST, ROW = 7, 0.55, 0.05
SWEEP: dict[str, Any] = {"seconds": 3.0, "even": True}
say = Voice("cross-validation")


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the cross-validation lesson."""

    penalty: str = knob("l1", Choice(("l1", "l2")), "penalty on the weights")
    folds: int = knob(5, Count(3, 10), "parts that the rows are cut into")
    seed: int = knob(0, Count(0, 2**32 - 11), "seed of the split of the rows")


@dataclass(frozen=True, kw_only=True)
class CrossValidated(ByStrength, OfFeatures):
    """Errors on rows held out, in units of the target's variance, in several random splits.

    Attributes
    ----------
    found
        By split: the cross-validation, at more strengths.
    errors
        As drawn: by split and fold, shape `(n_splits, n_folds, n_values)`.
    kept
        How many weights of the fit to all rows are not 0, shape `(n_values,)`.
    """

    found: tuple[rm.CrossValidation, ...]
    errors: rm.Array
    kept: NDArray[np.intp]

    @cached_property
    def where(self) -> rm.Array:
        """Where strengths stand on an axis of powers of ten: 0 apart, at its left end."""
        tens = np.log10(self.lambdas[1:])
        return np.append(tens[0] - APART, tens)

    @cached_property
    def mean(self) -> rm.Array:
        """Means over the folds, shape `(n_splits, n_values)`."""
        return np.asarray(self.errors.mean(axis=1))

    @cached_property
    def spread(self) -> rm.Array:
        """Their standard errors, of the same shape."""
        n_folds = self.errors.shape[1]
        return np.asarray(self.errors.std(axis=1, ddof=1) / math.sqrt(n_folds))

    @cached_property
    def chosen(self) -> dict[str, list[int | None]]:
        """Positions of the `least` mean error, and of what the `rule` chooses, by split.

        None where no strength is chosen.
        """
        both = zip(*(each.chosen for each in self.found), strict=True)
        at = [[int(np.searchsorted(self.lambdas, lam)) if lam < math.inf else None
               for lam in lams] for lams in both]  # fmt: skip
        return dict(zip(("least", "rule"), at, strict=True))

    def places(self, name: str) -> rm.Array:
        """Return where choices stand, shape `(n_splits, 2)`, NaN where there is none."""
        places = zip(self.chosen[name], self.mean, strict=True)
        none = (np.nan, np.nan)
        return np.array([none if at is None else (self.where[at], y[at]) for at, y in places])

    @cached_property
    def seen(self) -> tuple[float, float, float]:
        """Levels that are seen in all splits: the least, where curves end, and room above."""
        best = np.array([each.least[1] for each in self.found])
        tolerated = np.array([each.tolerated for each in self.found])
        bar = max(float(np.median(tolerated - best)), LEAST_SEEN * float(np.ptp(self.errors)))
        # Each fold of the first split is seen where it errs least.
        folds = self.errors[0].min(axis=1)
        bottom = float(min(best.min() - BELOW * bar, folds.min() - bar))
        cut = float(max(tolerated.max() + ABOVE * bar, folds.max() + bar))
        top = cut + CUT / (1.0 - CUT) * (cut - bottom)
        bottom, cut, top = (to_digits(at, SEEN) for at in (bottom, cut, top))
        return bottom, cut, top


def exhibit(parameters: Parameters) -> CrossValidated:
    """Cross-validate in every split.

    Raises
    ------
    BadInput
        If the data cannot be used, or have fewer rows than there are to be folds.
    """
    design, penalty, n_folds = read_design(parameters), parameters.penalty, parameters.folds
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    if len(y) < n_folds:
        raise BadInput(f"folds = {n_folds} needs as many rows; give at most {len(y)}.")
    seeds = range(parameters.seed, parameters.seed + N_SPLITS)
    with told_apart(design.features):
        fit = FITS[penalty](X, y)
        made = [validated(X, y, penalty, n_folds, seed) for seed in seeds]
    found = tuple(each for _, each in made)
    lambdas = _strengths(found, float(np.abs(X.T @ y).max()) / len(y), penalty)
    drawn = [held_out.at(lambdas[1:]) for held_out, _ in made]
    errors = np.stack([np.column_stack([each.free, each.errors]) for each in drawn])
    both = zip(("least", "one-standard-error"), found[0].chosen, strict=True)
    rules = {name: lam for name, lam in both if lam < math.inf}
    own = max(rules.values(), default=0.0)
    optima = {name: fit(np.array([lam]))[0] for name, lam in rules.items()}
    loss, of = rm.LeastSquares(X, y), PENALTIES[penalty].with_lambda
    return CrossValidated(
        **of_features(parameters, design, optima),
        lesson="cross-validation",
        points={f"weights-{name}": w for name, w in optima.items()},
        lam={penalty: own},
        certificate=certified(*((loss, of(rules[name]), w) for name, w in optima.items())),
        lambdas=lambdas,
        at=int(np.searchsorted(lambdas, own)) if rules else len(lambdas) // 2,
        found=found,
        errors=errors.round(DECIMALS),
        kept=np.count_nonzero(fit(lambdas), axis=1),
    )


def _strengths(
    found: tuple[rm.CrossValidation, ...], steepest: float, penalty: str
) -> rm.Array:
    """Return 0, strengths even in their logarithm, and those that are chosen."""
    chosen = [lam for each in found for lam in each.chosen if 0.0 < lam < math.inf]
    low = min([*chosen, WEAKEST * steepest])
    high = max([*(1.1 * lam for lam in chosen), STRONGEST[penalty] * steepest])
    return np.unique([0.0, *even(low, high, PER_DECADE, DIGITS), *chosen])


# ---- what is true


def claims(exhibit: CrossValidated, at: Positions) -> dict[str, Said]:
    """Return what is true at a strength, in a split of the rows."""
    split, now, told, first = at["split"], at["lam"], known(exhibit), chosen(exhibit, 0)
    mean, spread = (float(each[split, now]) for each in (exhibit.mean, exhibit.spread))
    values = {"lam": float(exhibit.lambdas[now]), "error": three(mean), "se": three(spread)}
    numbers = {name: plain(float(value)) for name, value in first.values.items()}
    return {
        "verdict": say(f"claim.verdict.{verdict(exhibit, split, now)}"),
        "error": say("claim.error", kept=float(exhibit.kept[now]), n=told["n"], **values),
        "choice": chosen(exhibit, split),
        "again": again(exhibit),
        "foot-rows": say("claim.rows", **told),
        "alt": say(f"alt.{first.key.rpartition('.')[2]}", **told | numbers),
    }


def known(exhibit: CrossValidated) -> dict[str, float | str]:
    """Return what does not change."""
    n_folds = exhibit.errors.shape[1]
    return {
        "rows": whole(exhibit.n_rows), "folds": n_folds, "others": n_folds - 1,
        "n": len(exhibit.features), "target": literal_names([exhibit.target])[0],
        "penalty": str(exhibit.parameters["penalty"]).upper(), "splits": len(exhibit.found),
        "seed": whole(exhibit.number("seed")), "residual": exhibit.residual,
    }  # fmt: skip


def verdict(exhibit: CrossValidated, split: int, now: int) -> str:
    """Say how far the mean error is above the least: nearly not, `within` one SE, or `over`."""
    found, mean = exhibit.found[split], exhibit.mean[split, now]
    least, tolerated = found.least[1], found.tolerated
    if mean <= least + NEARLY * (tolerated - least):
        return "least"
    return "within" if mean <= tolerated else "over"


def chosen(exhibit: CrossValidated, split: int) -> Said:
    """Return both choices of a split, and how many weights are kept by them."""
    least, rule = (exhibit.chosen[name][split] for name in ("least", "rule"))
    kept = [0 if at is None else int(exhibit.kept[at]) for at in (least, rule)]
    kind, told = choices(exhibit.found[split], *kept)
    kind = "same" if kind == "both" and least == rule else kind
    return say(f"claim.choice.{kind}", n=len(exhibit.features), **told)


def again(exhibit: CrossValidated) -> Said:
    """Return how the choices differ between splits of the rows."""
    splits = len(exhibit.found)
    least, rule = (
        [float(exhibit.lambdas[at]) for at in each if at is not None]
        for each in exhibit.chosen.values()
    )
    if not least or not rule:
        return say("claim.again.none", splits=splits)
    kind = "all" if len(least) == len(rule) == splits else "some"
    ends = {"from1": min(least), "to1": max(least), "from2": min(rule), "to2": max(rule)}
    return say(f"claim.again.{kind}", splits=splits, **ends)


# ---- what there is to see


def picture(exhibit: CrossValidated) -> Picture:
    """Describe who is held out, and the errors of the folds with their mean."""
    marks = (*_rows(exhibit.errors.shape[1]), *_errors(exhibit))
    # The uppermost that is seen has room above.
    high = exhibit.errors[0, :, 0]
    top = int(np.where(high <= exhibit.seen[1], high, -np.inf).argmax())
    hidden = ("first", "first-now", "so-far", "bar")
    return Picture(
        panels=tuple(_panels(exhibit)),
        marks=marks,
        labels=(
            say.label("first", 0.2, 0.4, 0.6, 0.8),
            say.label(f"fold-{top + 1}", 0.2, 0.3, 0.1, 0.4, name="fold"),
            say.label("so-far", 0.3, 0.2, 0.4, name="mean"),
            say.label("band", 0.95, 0.9, 0.85, 0.1),
            say.label("level", 0.98, 0.95, 0.9, 0.85, 0.1, 0.2),
            *(say.label(name, 0.0, bold=True) for name in ("least", "rule")),
        ),
        drivers=(
            exhibit.driver(exhibit.where.round(3)),
            Driver("split", np.arange(1.0, len(exhibit.found) + 1.0), 0),
            Driver("fold", np.arange(1.0, exhibit.errors.shape[1] + 1.0), 0, told=True),
        ),
        says=("verdict", "error", "choice", "again", "foot-rows"),
        free=tuple(m.name for m in marks if m.panel == "errors" and m.name not in hidden),
        knobs={},
        presets={"free": {"lam": 0.0}, "other": _other(exhibit)},
    )


def _other(exhibit: CrossValidated) -> dict[str, float]:
    """Return the split whose least mean error is farthest from that of the first."""
    places = np.nan_to_num(exhibit.places("least")[:, 0], nan=exhibit.where[-1])
    split = int(np.argmax(np.abs(places - places[0])))
    at = int(np.argmin(np.abs(exhibit.where - places[split])))
    return {"split": split + 1.0, "lam": float(exhibit.lambdas[at])}


def _panels(exhibit: CrossValidated) -> Iterator[Panel]:
    told, n_folds, (bottom, cut, top) = known(exhibit), exhibit.errors.shape[1], exhibit.seen
    fits = {n_folds + 1.0 - k: f"${k}$" for k in range(1, n_folds + 1)}
    none, weakest, strongest = exhibit.where[[0, 1, -1]].tolist()
    across, (left, right) = {none: "$0$", **tenfolds(weakest, strongest)}, sides(exhibit)
    chart = partial(say.chart, foot=say("foot", **told), values=told)
    numbers, ends = parts.numbered(*range(1, n_folds + 1)), (0.4, n_folds + 0.6)
    yield chart("rows", (*ends, *ends), (numbers, fits), cross=(0.4, 0.4))
    yield chart("errors", (left, right, bottom, top), (across, parts.rounded(bottom, cut)),
                cross=(left, bottom), gap=(weakest + none) / 2.0,
                summary=chosen(exhibit, 0))  # fmt: skip


def sides(exhibit: CrossValidated) -> tuple[float, float]:
    """Return where the window of the errors begins and ends."""
    first, last = exhibit.where[[0, -1]].tolist()
    return first - BESIDE, last + BESIDE / 2.0


def _rows(n_folds: int) -> Iterator[Mark]:
    """Yield the parts that each fit sees and the one held out, up to the fit of `fold`."""
    part, fit = (at.ravel() + 1.0 for at in np.indices((n_folds, n_folds)))
    cells, told = over(part, n_folds + 1.0 - fit), fit <= np.arange(1.0, n_folds + 1.0)[:, None]
    seen, out = (there(cells, told & those) for those in (part != fit, part == fit))
    yield Mark("fitted", "rows", "cells", "muted", seen, ("fold",), look="faint")
    yield Mark("out", "rows", "cells", "test", out, ("fold",))


def _errors(exhibit: CrossValidated) -> Iterator[Mark]:
    """Yield each fold's errors, their mean with its standard error, and what is chosen."""
    x, own, (bottom, cut, top) = exhibit.where, str(exhibit.parameters["penalty"]), exhibit.seen
    mean, spread, folds = exhibit.mean, exhibit.spread, np.moveaxis(exhibit.errors, 1, 0)
    mark, fine = parts.marks_in("errors"), dict[str, Any](weight="fine")
    # Where nothing of it is seen, it ends: its name stands along what is.
    low, high = filled(capped(over(x, mean - spread), cut)), np.minimum(mean + spread, cut)
    edges = np.maximum(low[..., 1], bottom), np.maximum(high, bottom)
    yield mark("band", "band", own, band(low[..., 0], *edges), "split")
    for k, errors in enumerate(folds, start=1):
        curve = capped(over(x, errors), cut)
        yield mark(f"fold-{k}", "line", "test", curve, "split", look="faint", **fine)
    first, average = (capped(over(x, each), cut) for each in (folds[0, 0], mean))
    yield mark("first", "line", "test", up_to(first), "lam")
    yield mark("so-far", "line", own, up_to(average[0]), "lam", weight="strong")
    yield mark("mean", "line", own, average, "split", weight="strong")
    least, rule = exhibit.places("least"), exhibit.places("rule")
    at = [place or 0 for place in exhibit.chosen["least"]]
    high = least[:, 1] + spread[np.arange(len(at)), at]
    level = there(over(sides(exhibit), high[:, None]), ~np.isnan(high)[:, None])
    yield mark("level", "rule", "muted", level, "split", **fine)
    bar = over(least[:, :1], np.stack([least[:, 1], high], axis=1))
    yield mark("se", "rule", own, bar, "split")
    for name, place in (("drop-least", least), ("drop-rule", rule)):
        ends = there(over(place[:, :1], [bottom, cut]), ~np.isnan(place[:, :1]))
        yield mark(name, "rule", "muted", ends, "split", **fine)
    yield mark("leasts", "point", own, up_to(least), "split", look="hollow", **fine)
    yield mark("rules", "point", own, up_to(rule), "split", **fine)
    yield mark("least", "point", own, least[:, None], "split", look="hollow")
    yield mark("rule", "point", own, rule[:, None], "split")
    ends = np.clip(np.stack([mean[0] - spread[0], mean[0] + spread[0]], axis=1), None, cut)
    yield mark("now", "rule", "muted", over(x[:, None], [bottom, cut]), "lam", **fine)
    yield mark("bar", "rule", own, over(x[:, None], ends), "lam")
    yield mark("first-now", "point", "test", below(over(x, folds[0, 0]), cut)[:, None], "lam")
    dots = over(x[:, None, None], exhibit.errors.transpose(2, 0, 1))
    yield mark("dots", "point", "test", below(dots, cut), "lam", "split", **fine)
    spot = below(over(x[:, None], mean.T), cut)[:, :, None]
    yield mark("error", "point", "ink", spot, "lam", "split", grip="lam")
    if own == "l1":
        places = _counted(exhibit)
        texts = tuple(say(f"name.{'count' if at else 'kept'}", count=float(exhibit.kept[at]))
                      for at in places)  # fmt: skip
        row = over(x[places], top - ROW * (top - bottom))
        yield mark("kept", "text", "muted", row, texts=texts)


def _counted(exhibit: CrossValidated) -> list[int]:
    """Return the positions of lambda at which kept weights are counted.

    They are 0, what the first split chooses, and others about evenly apart beside these.
    """
    x = exhibit.where
    even, pitch = np.linspace(x[1], x[-1], COUNTS, retstep=True)
    others = np.abs(x[:, None] - even).argmin(axis=0).tolist()
    places = [0]
    for at in (exhibit.chosen["rule"][0], exhibit.chosen["least"][0], *others):
        if at is not None and np.abs(x[places] - x[at]).min() > NARROWEST * pitch:
            places.append(at)
    return sorted(places)


# ---- how it is told


def story(exhibit: CrossValidated) -> Story:
    """Tell the lesson in order."""
    n_folds, told, (_, cut, _) = exhibit.errors.shape[1], known(exhibit), exhibit.seen
    # As far as all of it can be seen.
    last = int(np.flatnonzero(exhibit.errors[0].max(axis=0) <= cut).max(initial=0))
    step, trails = partial(say.step, values=told), ("leasts", "rules")
    folds = tuple(f"fold-{k + 1}" for k in range(n_folds))
    cases = [f"{name}.{'none' if at[0] is None else name}"
             for name, at in exhibit.chosen.items()]  # fmt: skip
    asked = {question.name: asking(question) for question in _questions(exhibit)}
    return Story((
        Section("turn", (
            step("turn.cut", "turn", panels=("rows", "errors"), put={"lam": 0, "fold": 0},
                 show=("fitted", "out"), hold=2.4),
            step("turn.fit", show=("first", "first-now"), hold=0.8),
            step("turn.error", run={"lam": last}, **SWEEP, hold=1.2),
        )),
        *asked["fits"],
        Section("turns", (
            step("turns.each", "turns", hide=("first-now",), morph={"first": "fold-1"},
                 hold=0.6),
            *(Step(run={"fold": k}, show=(folds[k],), seconds=min(0.8, 4.0 / n_folds))
              for k in range(1, n_folds)),
            step("turns.all", hold=1.6),
        )),
        Section("mean", (
            step("mean.scatter", "mean", panels=("errors",), put={"lam": 0}, show=("dots",),
                 hold=1.6),
            step("mean.average", show=("error", "bar", "so-far"), hold=2.6),
            step("mean.sweep", run={"lam": last}, **SWEEP, task=_task(exhibit, last), hold=1.0),
        )),
        Section("least", (
            step("least.band", "least", hide=("dots", "error", "bar"),
                 morph={"so-far": "mean"}, show=("band",), hold=2.2),
            *((step("least.kept", show=("kept",), hold=2.0),) if "l1" in exhibit.lam
              else ()),
            step(cases[0], show=("se", "drop-least", "least"), hold=2.4),
        )),
        *asked.get("rule", ()),
        Section("rule", (
            step("rule.level", "rule", show=("level",), hold=2.4),
            step(cases[1], heading=chosen(exhibit, 0), show=("drop-rule", "rule"), hold=3.0),
        )),
        *asked.get("again", ()),
        Section("again", (
            step("again.cut", "again", hide=folds, show=trails, hold=1.4),
            *(Step(run={"split": k}, seconds=0.4, hold=0.05)
              for k in range(1, len(exhibit.found))),
            step("again.differ", heading=again(exhibit), hold=2.6),
            step("still", run={"split": 0}, hide=trails, show=folds, seconds=1.2,
                 heading=chosen(exhibit, 0), hold=2.6),
        )),
    ))  # fmt: skip


def _task(exhibit: CrossValidated, last: int) -> Task | None:
    """Set the task to find about the least mean error, where it is not from the beginning."""
    if exhibit.chosen["least"][0] is None or verdict(exhibit, 0, last) == "least":
        return None
    values = chosen(exhibit, 0).values
    return say.task("task", "lam", values=values, claims={"verdict": "least"})


def _questions(exhibit: CrossValidated) -> Iterator[Question]:
    """Ask how many fits see a row, what the rule chooses, and what another split changes."""
    told, folds = known(exhibit), float(exhibit.errors.shape[1])
    judged = ("band", "mean", "se", "least")
    mean, found, least = exhibit.mean[0], exhibit.found[0], exhibit.chosen["least"]
    yield say.guess("fits", folds - 1.0, 0.25, {"all": folds, "one": 1.0}, told,
                    high=2.0 * folds, panel="rows", sees=("fitted", "out"))  # fmt: skip
    first, chosen, bar = least[0], exhibit.chosen["rule"][0], found.tolerated - found.least[1]
    if first is not None and chosen is not None and first < chosen:
        curve, within = over(exhibit.where, mean), np.flatnonzero(mean <= found.tolerated)
        reach = np.flatnonzero(mean - exhibit.spread[0] <= found.least[1])
        wrongs = {"least": curve[first], "left": curve[within[0]], "overlap": curve[reach[-1]]}
        yield say.guess("rule", curve[chosen], NEAR, wrongs, told, panel="errors", sees=judged)
    errors = [each.least[1] for each in exhibit.found]
    moves = None not in least and len(set(least)) > 1 and {*least[1:]} != {chosen}
    if moves and chosen is not None and max(errors) - min(errors) <= bar:
        values = {"low": three(min(errors)), "high": three(max(errors))}
        told = {**again(exhibit).values, **values}
        yield say.choice("again", "choice", ("same", "choice", "rule"), told, panel="errors",
                         sees=(*judged, "level", "drop-rule", "rule"))  # fmt: skip
