"""How the conventions are told: the lasso's rulers, the rows, ridge's, and the unit of y."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from regviz.lessons.conventions_said import numbers, say
from regviz.lessons.numbers import three, whole
from regviz.lessons.picture import nearest
from regviz.lessons.question import Question
from regviz.lessons.sides import PENALTIES
from regviz.lessons.story import Section, Step, Story, asking
from regviz.lessons.task import Task

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.conventions import Conventions

#: an answer may be off by this share of the truth
NEAR = 0.05
#: how far the rows and the target's unit are moved, and lambda in the task may be off
TENFOLD, OFF = 10.0, 1.13


def story(exhibit: Conventions) -> Story:
    """Tell the lesson in order."""
    rests, drawn = exhibit.rests, range(len(exhibit.drawn))
    many, other = (
        _tenfold(exhibit.stops[name], exhibit.number(name)) for name in ("rows", "sd")
    )
    told: dict[str, float | str] = {
        "rows": whole(exhibit.number("rows")),
        "sd": float(exhibit.stops["sd"][other]),
    }
    step = partial(say.step, values=told)

    def ruler(penalty: str, *conventions: str) -> tuple[str, ...]:
        kinds = "line", "notches", "numbers", "now", "dot"
        return tuple(f"{kind}-{each}-{penalty}" for each in conventions for kind in kinds)

    def paths(penalty: str) -> tuple[str, ...]:
        return (*(f"path-{rank}-{penalty}" for rank in drawn), f"weights-{penalty}")

    fit = (
        step("fit.paths", "here.l1", panels=("paths-l1",), put={**rests, "lam": 0},
             show=paths("l1"), hold=2.4),
        step("fit.ruler", show=ruler("l1", "source"), hold=1.4),
        step("fit.rss", run={"lam": exhibit.at}, seconds=4.0, even=True, hold=1.6),
    )  # fmt: skip
    same = (
        step("same.sklearn", "sklearn.l1", show=ruler("l1", "sklearn"), hold=2.8),
        step("same.glmnet", "glmnet.l1", show=ruler("l1", "glmnet"), hold=2.8),
        step("same.mix", hold=2.6),
    )
    sums = (
        step("sums.esl", "esl.l1", show=ruler("l1", "esl"), hold=2.6),
        step("sums.rows", run={"rows": many}, seconds=2.8, hold=1.2),
        Step(run={"rows": rests["rows"]}, seconds=1.2, hold=0.4),
    )
    ridge = (
        step("ridge.here", "here.l2", panels=("paths-l2",), put={"lam": 0},
             show=(*paths("l2"), *ruler("l2", "source")), hold=0.4),
        Step(run={"lam": exhibit.at}, seconds=2.4, even=True, hold=0.6),
        step("ridge.sums", "sums.l2", show=ruler("l2", "sklearn", "esl"), hold=2.6),
        step("ridge.glmnet", "glmnet.l2", show=ruler("l2", "glmnet"), hold=3.0),
    )  # fmt: skip
    both = tuple(f"paths-{name}" for name in PENALTIES)
    unit = (
        step("unit.l1", "unit", panels=both, hold=1.2),
        Step(run={"sd": other}, seconds=2.6, hold=0.6),
        step("unit.glmnet", emphasise=("numbers-glmnet-l2", "line-glmnet-l2"), hold=3.0),
        step("still", "still", run={"sd": rests["sd"]}, seconds=1.2, task=_task(exhibit),
             hold=3.0),
    )  # fmt: skip
    esl, alpha, default = _questions(exhibit)
    return Story((
        Section("fit", fit), Section("same", same),
        *asking(*esl), Section("sums", sums),
        *asking(*alpha), Section("ridge", ridge),
        *asking(*default), Section("unit", unit),
    ))  # fmt: skip


def _tenfold(values: Array, own: float) -> int:
    """Return the position of ten times a value, or of a tenth where there is no more."""
    return nearest(values, own * TENFOLD if own * TENFOLD <= values[-1] else own / TENFOLD)


def _task(exhibit: Conventions) -> Task | None:
    """Set the task to find scikit-learn's default for ridge, where that is a lambda here."""
    rows = exhibit.number("rows")
    wanted, (low, high) = 0.5 / rows, exhibit.lambdas[[0, -1]].tolist()
    near = wanted / OFF, wanted * OFF
    if not low <= wanted <= high or near[0] <= exhibit.lam["l2"] <= near[1]:
        return None
    return say.task("task", "lam", values={"lam": three(wanted), "rows": whole(rows)},
                    within={"lam": near, "rows": (rows, rows)})  # fmt: skip


def _questions(exhibit: Conventions) -> Iterator[list[Question]]:
    """Ask for ESL's number, for scikit-learn's of ridge, and what its defaults leave."""
    rows, rest = exhibit.number("rows"), numbers(exhibit, exhibit.rests)
    for name, asked, of, other in (
        ("esl", "esl-l1", "source-l1", 2.0), ("alpha", "sklearn-l2", "source-l2", 0.5),
    ):  # fmt: skip
        truth, own = rest[asked], rest[of]
        yield [say.guess(
            name, three(truth), NEAR * truth, {"same": own, "half": other * truth},
            {"lam": three(own), "rows": whole(rows), "truth": three(truth)}, high=4.0 * truth,
        )]  # fmt: skip
    yield [say.choice("default", "lasso", ("alike", "lasso", "ridge"),
                      {"lam": three(0.5 / rows), "rows": whole(rows)})]  # fmt: skip
