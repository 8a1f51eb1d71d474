"""How cross-validation is told: turn by turn, then the mean, then two choices, then again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.lessons.cross_validation_picture import seen
from regviz.lessons.cross_validation_said import again, known, say, verdict
from regviz.lessons.cross_validation_said import choice as both
from regviz.lessons.lines import over
from regviz.lessons.question import Question, answers, apart, choice, guess
from regviz.lessons.story import Section, Step, Story, asking
from regviz.lessons.task import Task

if TYPE_CHECKING:
    from regviz.lessons.cross_validation import CrossValidated

#: what may be off of a place, in tenfolds
NEAR = 0.15
SWEEP: dict[str, Any] = {"seconds": 3.0, "even": True}


def story(exhibit: CrossValidated) -> Story:
    """Tell the lesson in order."""
    view, n_folds, told = seen(exhibit), exhibit.errors.shape[1], known(exhibit)
    # As far as all of it can be seen.
    last = int(np.flatnonzero(exhibit.errors[0].max(axis=0) <= view.cut).max(initial=0))
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
        step("least.kept" if exhibit.penalty == "l1" else "", show=("kept",), hold=2.0),
        step(cases[0], show=("se", "drop-least", "least"), hold=2.4),
    )  # fmt: skip
    rule = (
        step("rule.level", "rule", show=("level",), hold=2.4),
        step(cases[1], heading=both(exhibit, 0), show=("drop-rule", "rule"), hold=3.0),
    )
    anew = (
        step("again.cut", "again", hide=(*folds,), show=trails, hold=1.4),
        *(Step(run={"split": k}, seconds=0.4, hold=0.05) for k in splits),
        step("again.differ", heading=again(exhibit), hold=2.6),
        step("still", run={"split": 0}, hide=trails, show=(*folds,), seconds=1.2,
             heading=both(exhibit, 0), hold=2.6),
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
    said, done = say("task.said"), say("task.done", **both(exhibit, 0).values)
    return Task(said=said, done=done, moves=("lam",), claims={"verdict": "least"})


def _questions(exhibit: CrossValidated) -> Iterator[Question]:
    """Ask how many fits see a row, what the rule chooses, and what another split changes."""
    told, folds = known(exhibit), float(exhibit.errors.shape[1])
    judged = ("band", "mean", "se", "least")
    mean, found, least = exhibit.mean[0], exhibit.found[0], exhibit.chosen["least"]
    wrongs = {"all": np.array([folds]), "one": np.array([1.0])}
    yield guess(say, "fits", told, wrongs, kind="number", truth=np.array([folds - 1.0]),
                near=0.25, low=0.0, high=2.0 * folds, panel="rows",
                sees=("fitted", "out"))  # fmt: skip
    first, chosen, bar = least[0], exhibit.chosen["rule"][0], found.tolerated - found.least[1]
    if first is not None and chosen is not None and first < chosen:
        curve, within = over(exhibit.where, mean), np.flatnonzero(mean <= found.tolerated)
        reach = np.flatnonzero(mean - exhibit.spread[0] <= found.least[1])
        wrongs = {"least": curve[first], "left": curve[within[0]], "overlap": curve[reach[-1]]}
        yield guess(say, "rule", told, apart(curve[chosen], NEAR, wrongs), kind="place",
                    truth=curve[chosen], near=NEAR, panel="errors",
                    sees=judged)  # fmt: skip
    errors = [each.least[1] for each in exhibit.found]
    if None not in least and len(set(least)) > 1 and max(errors) - min(errors) <= bar:
        values = {"low": min(errors), "high": max(errors), "bar": bar}
        values = {name: float(f"{value:.3g}") for name, value in values.items()}
        options = answers(say, "again", "same", "choice", "error")
        told = {**again(exhibit).values, **values}
        yield choice(say, "again", options, "choice", told, panel="errors", sees=judged)
