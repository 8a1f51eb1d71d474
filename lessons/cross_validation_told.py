"""What may be said of errors on rows held out, what there is to see, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

import regviz.lessons.picture as parts
from regviz.lessons.alt import plain
from regviz.lessons.lines import band, below, capped, filled, over, there, up_to
from regviz.lessons.names import literal_names
from regviz.lessons.numbers import three, whole
from regviz.lessons.picture import Driver, Mark, Panel, Picture, Positions, Said
from regviz.lessons.sides import tenfolds
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking
from regviz.lessons.validation import choices

if TYPE_CHECKING:
    from regviz.lessons.cross_validation import CrossValidated

say = Voice("cross-validation")
#: a mean error is nearly the least if it is this part of a standard error above it
NEARLY = 0.1
#: what may be off of a place, in tenfolds
NEAR = 0.15
#: room left and right of all, in tenfolds
BESIDE = 0.45
#: numbers of kept weights, how near two may stand, in parts of how far apart they are on the
#: mean, and how far under the top they stand
COUNTS, NARROWEST, ROW = 7, 0.55, 0.05
BOTH, LAM, SPLIT = ("lam", "split"), ("lam",), ("split",)
SWEEP: dict[str, Any] = {"seconds": 3.0, "even": True}


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
        "penalty": exhibit.penalty.upper(), "splits": len(exhibit.found),
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
    x, own, (bottom, cut, top) = exhibit.where, exhibit.penalty, exhibit.seen
    mean, spread, folds = exhibit.mean, exhibit.spread, np.moveaxis(exhibit.errors, 1, 0)

    def mark(name: str, kind: parts.MarkKind, points: Any, by: tuple[str, ...] = (),
             role: str = own, **looks: Any) -> Mark:  # fmt: skip
        return Mark(name, "errors", kind, role, points, by, **looks)

    fine: dict[str, Any] = {"weight": "fine"}
    # Where nothing of it is seen, it ends: its name stands along what is.
    low, high = filled(capped(over(x, mean - spread), cut)), np.minimum(mean + spread, cut)
    edges = np.maximum(low[..., 1], bottom), np.maximum(high, bottom)
    yield mark("band", "band", band(low[..., 0], *edges), SPLIT)
    for k, errors in enumerate(folds, start=1):
        curve = capped(over(x, errors), cut)
        yield mark(f"fold-{k}", "line", curve, SPLIT, "test", look="faint", **fine)
    first, average = (capped(over(x, each), cut) for each in (folds[0, 0], mean))
    yield mark("first", "line", up_to(first), LAM, "test")
    yield mark("so-far", "line", up_to(average[0]), LAM, weight="strong")
    yield mark("mean", "line", average, SPLIT, weight="strong")
    least, rule = exhibit.places("least"), exhibit.places("rule")
    at = [place or 0 for place in exhibit.chosen["least"]]
    high = least[:, 1] + spread[np.arange(len(at)), at]
    level = there(over(sides(exhibit), high[:, None]), ~np.isnan(high)[:, None])
    yield mark("level", "rule", level, SPLIT, "muted", **fine)
    bar = over(least[:, :1], np.stack([least[:, 1], high], axis=1))
    yield mark("se", "rule", bar, SPLIT)
    for name, place in (("drop-least", least), ("drop-rule", rule)):
        ends = there(over(place[:, :1], [bottom, cut]), ~np.isnan(place[:, :1]))
        yield mark(name, "rule", ends, SPLIT, "muted", **fine)
    yield mark("leasts", "point", up_to(least), SPLIT, look="hollow", **fine)
    yield mark("rules", "point", up_to(rule), SPLIT, **fine)
    yield mark("least", "point", least[:, None], SPLIT, look="hollow")
    yield mark("rule", "point", rule[:, None], SPLIT)
    ends = np.clip(np.stack([mean[0] - spread[0], mean[0] + spread[0]], axis=1), None, cut)
    yield mark("now", "rule", over(x[:, None], [bottom, cut]), LAM, "muted", **fine)
    yield mark("bar", "rule", over(x[:, None], ends), LAM)
    yield mark("first-now", "point", below(over(x, folds[0, 0]), cut)[:, None], LAM, "test")
    dots = over(x[:, None, None], exhibit.errors.transpose(2, 0, 1))
    yield mark("dots", "point", below(dots, cut), BOTH, "test", **fine)
    spot = below(over(x[:, None], mean.T), cut)[:, :, None]
    yield mark("error", "point", spot, BOTH, "ink", grip="lam")
    if own == "l1":
        places = _counted(exhibit)
        texts = tuple(say(f"name.{'count' if at else 'kept'}", count=float(exhibit.kept[at]))
                      for at in places)  # fmt: skip
        row = over(x[places], top - ROW * (top - bottom))
        yield mark("kept", "text", row, (), "muted", texts=texts)


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
            *((step("least.kept", show=("kept",), hold=2.0),) if exhibit.penalty == "l1"
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
    if None not in least and len(set(least)) > 1 and max(errors) - min(errors) <= bar:
        values = {"low": three(min(errors)), "high": three(max(errors)), "bar": three(bar)}
        told = {**again(exhibit).values, **values}
        yield say.choice("again", "choice", ("same", "choice", "error"), told, panel="errors",
                         sees=judged)  # fmt: skip
