"""How cross-validation is told: turn by turn, then the mean, then two choices, then again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.lessons.cross_validation_picture import seen
from regviz.lessons.cross_validation_said import again, known, least, rule, say, verdict
from regviz.lessons.lines import over
from regviz.lessons.question import Question, answers, apart, choice, guess
from regviz.lessons.story import Section, Step, Story, asking
from regviz.lessons.task import Task

if TYPE_CHECKING:
    from regviz.lessons.cross_validation import CrossValidated

#: what may be off of a place, in tenfolds
NEAR = 0.15
SWEEP: dict[str, Any] = {"seconds": 4.6, "even": True}
NOW = ("now", "fold-dots", "error")


def story(exhibit: CrossValidated) -> Story:
    """Tell the lesson in order."""
    last, n_folds = len(exhibit.lambdas) - 1, exhibit.errors.shape[1]
    told = known(exhibit)
    step = partial(say.step, values=told)
    folds = tuple(f"fold-{k + 1}" for k in range(n_folds))
    turn = (
        step("turn.cut", "turn", panels=("rows", "far"), put={"lam": 0, "fold": 0},
             show=("fitted", "out"), hold=2.4),
        step("turn.fit", show=("first", "first-now"), hold=0.8),
        step("turn.error", run={"lam": last}, **SWEEP),
        Step(hold=1.2),
    )  # fmt: skip
    turns = (
        step("turns.each", "turns", hide=("first-now",), morph={"first": "part-1"}, hold=0.6),
        *(
            step(run={"fold": k}, show=(f"part-{k + 1}",), seconds=min(0.8, 4.0 / n_folds))
            for k in range(1, n_folds)
        ),
        step("turns.all", hold=2.4),
    )  # fmt: skip
    mean = (
        step("mean.scatter", "mean", panels=("far",), put={"lam": 0}, show=("dots",), hold=1.6),
        step("mean.average", show=("average", "bar", "so-far"), hold=2.6),
        step("mean.sweep", run={"lam": last}, **SWEEP),
        Step(task=_task(exhibit, last), hold=1.0),
    )  # fmt: skip
    close = (
        step("least.near", "least", panels=("near",), hide=("dots", "average", "bar"),
             morph={"so-far": "mean"}, show=("band", *folds), seconds=1.4, hold=2.2),
        step("least.kept" if exhibit.penalty == "l1" else "", show=("kept",), hold=2.0),
        step("least.least", show=("se", "least"), tell={"near": least(exhibit, 0)}, hold=2.4),
    )  # fmt: skip
    rules = (
        step("rule.level", "rule", show=("level",), hold=2.4),
        step("rule.rule", show=("drop", "rule"), tell={"near": rule(exhibit, 0)}, hold=3.4),
    )
    trails = ("means", "leasts", "rules")
    anew = (
        step("again.cut", "again", hide=folds, show=trails, hold=1.4),
        *(
            Step(run={"split": k}, seconds=0.5, hold=0.15)
            for k in range(1, len(exhibit.found))
        ),
        step("again.differ", tell={"near": again(exhibit)}, hold=3.6),
        step("still", "still", run={"split": 0}, hide=trails, show=folds, seconds=1.2,
             tell={"near": rule(exhibit, 0)}, hold=3.0),
    )  # fmt: skip
    fits, *others = _questions(exhibit)
    before = [asked for asked in others if asked.name == "rule"]
    after = [asked for asked in others if asked.name == "again"]
    return Story((
        Section("turn", turn),
        *asking(fits),
        Section("turns", turns),
        Section("mean", mean),
        Section("least", close),
        *asking(*before),
        Section("rule", rules),
        *asking(*after),
        Section("again", anew),
    ))  # fmt: skip


def _task(exhibit: CrossValidated, last: int) -> Task | None:
    """Set the task to find about the least mean error, where it is not from the beginning."""
    if exhibit.least[0] is None or "least" in (verdict(exhibit, 0, at) for at in (0, last)):
        return None
    said, done = say("task.said"), say("task.done", **least(exhibit, 0).values)
    return Task(said=said, done=done, moves=("lam",), claims={"verdict": "least"})


def _questions(exhibit: CrossValidated) -> Iterator[Question]:
    """Ask how many fits see a row, what the rule chooses, and what another split changes."""
    told, n_folds = known(exhibit), exhibit.errors.shape[1]
    wrongs = {"all": np.array([float(n_folds)]), "one": np.array([1.0])}
    yield guess(
        say, "fits", told, wrongs, kind="number", truth=np.array([n_folds - 1.0]), near=0.25,
        low=0.0, high=2.0 * n_folds,
    )  # fmt: skip
    first, chosen = exhibit.least[0], exhibit.rule[0]
    if first is not None and chosen is not None and first < chosen:
        yield _asks_rule(exhibit, first, chosen)
    found, gone = again(exhibit), {each for each in exhibit.least if each is None}
    errors = [each.least[1] for each in exhibit.found]
    bar = exhibit.found[0].tolerated - exhibit.found[0].least[1]
    values = found.values | {"low": min(errors), "high": max(errors), "bar": bar}
    if not gone and len(set(exhibit.least)) > 1 and values["high"] - values["low"] <= bar:
        values = {k: float(f"{v:.3g}") for k, v in values.items()}  # type: ignore[arg-type]
        options = answers(say, "again", "same", "choice", "error")
        yield choice(say, "again", options, "choice", values)


def _asks_rule(exhibit: CrossValidated, first: int, chosen: int) -> Question:
    """Ask for the place that the one-standard-error rule chooses."""
    view, mean, found = seen(exhibit), exhibit.mean[0], exhibit.found[0]
    curve = over(view.x, mean)
    within = np.flatnonzero(mean <= found.tolerated)
    reach = np.flatnonzero(mean - exhibit.spread[0] <= found.least[1])
    wrongs = {"least": curve[first], "left": curve[within[0]], "overlap": curve[reach[-1]]}
    return guess(
        say, "rule", known(exhibit), apart(curve[chosen], NEAR, wrongs), kind="place",
        truth=curve[chosen], near=NEAR, panel="near",
        sees=("band", "mean", "se", "least"),
    )  # fmt: skip
