"""What may be said of errors on rows held out, and how it is told: turns, mean, two choices."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.lessons.alt import plain
from regviz.lessons.lines import over
from regviz.lessons.names import literal_names
from regviz.lessons.numbers import three, whole
from regviz.lessons.question import Question
from regviz.lessons.story import Section, Step, Story, Voice, asking
from regviz.lessons.task import Task

if TYPE_CHECKING:
    from regviz.lessons.cross_validation import CrossValidated
    from regviz.lessons.picture import Positions, Said

say = Voice("cross-validation")
#: a mean error is nearly the least if it is this part of a standard error above it
NEARLY = 0.1
#: what may be off of a place, in tenfolds
NEAR = 0.15
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
    values: dict[str, float] = {"n": len(exhibit.features)}
    least, rule = (exhibit.chosen[name][split] for name in ("least", "rule"))
    for at, name, kept in ((least, "least", "kept"), (rule, "rule", "left")):
        if at is not None:
            values |= {name: float(exhibit.lambdas[at]), kept: float(exhibit.kept[at])}
    if least is None:
        kind = "useless" if rule is None else "bare"
    elif rule is None:
        kind = "undecided"
    else:
        kind = "same" if least == rule else "both"
    return say(f"claim.choice.{kind}", **values)


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


# ---- how it is told


def story(exhibit: CrossValidated) -> Story:
    """Tell the lesson in order."""
    n_folds, told, (_, cut, _) = exhibit.errors.shape[1], known(exhibit), exhibit.seen
    # As far as all of it can be seen.
    last = int(np.flatnonzero(exhibit.errors[0].max(axis=0) <= cut).max(initial=0))
    step, folds = partial(say.step, values=told), [f"fold-{k + 1}" for k in range(n_folds)]
    cases = [
        f"{name}.{'none' if at[0] is None else name}" for name, at in exhibit.chosen.items()
    ]
    splits, trails = range(1, len(exhibit.found)), ("leasts", "rules")
    turn = (
        step("turn.cut", "turn", panels=("rows", "errors"), put={"lam": 0, "fold": 0},
             show=("fitted", "out"), hold=2.4),
        step("turn.fit", show=("first", "first-now"), hold=0.8),
        step("turn.error", run={"lam": last}, **SWEEP),
        Step(hold=1.2),
    )  # fmt: skip
    turns = (
        step("turns.each", "turns", hide=("first-now",), morph={"first": "fold-1"}, hold=0.6),
        *(Step(run={"fold": k}, show=(folds[k],), seconds=min(0.8, 4.0 / n_folds))
          for k in range(1, n_folds)),
        step("turns.all", hold=1.6),
    )  # fmt: skip
    mean = (
        step("mean.scatter", "mean", panels=("errors",), put={"lam": 0}, show=("dots",),
             hold=1.6),
        step("mean.average", show=("error", "bar", "so-far"), hold=2.6),
        step("mean.sweep", run={"lam": last}, **SWEEP),
        Step(task=_task(exhibit, last), hold=1.0),
    )  # fmt: skip
    least = (
        step("least.band", "least", hide=("dots", "error", "bar"), morph={"so-far": "mean"},
             show=("band",), hold=2.2),
        *((step("least.kept", show=("kept",), hold=2.0),) if exhibit.penalty == "l1" else ()),
        step(cases[0], show=("se", "drop-least", "least"), hold=2.4),
    )  # fmt: skip
    rule = (
        step("rule.level", "rule", show=("level",), hold=2.4),
        step(cases[1], heading=chosen(exhibit, 0), show=("drop-rule", "rule"), hold=3.0),
    )
    anew = (
        step("again.cut", "again", hide=(*folds,), show=trails, hold=1.4),
        *(Step(run={"split": k}, seconds=0.4, hold=0.05) for k in splits),
        step("again.differ", heading=again(exhibit), hold=2.6),
        step("still", run={"split": 0}, hide=trails, show=(*folds,), seconds=1.2,
             heading=chosen(exhibit, 0), hold=2.6),
    )  # fmt: skip
    asked = {question.name: asking(question) for question in _questions(exhibit)}
    return Story((
        Section("turn", turn), *asked["fits"],
        Section("turns", turns), Section("mean", mean),
        Section("least", least), *asked.get("rule", ()),
        Section("rule", rule), *asked.get("again", ()),
        Section("again", anew),
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
        values = {"low": min(errors), "high": max(errors), "bar": bar}
        values = {name: float(f"{value:.3g}") for name, value in values.items()}
        told = {**again(exhibit).values, **values}
        yield say.choice("again", "choice", ("same", "choice", "error"), told, panel="errors",
                         sees=judged)  # fmt: skip
