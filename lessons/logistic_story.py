"""How classification is told: a border, what lies about it, and what lambda does to both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.lessons.logistic_claims import claims, named, say
from regviz.lessons.logistic_picture import LINES, SHADES
from regviz.lessons.numbers import three
from regviz.lessons.question import Guess, answers, choice, guess
from regviz.lessons.story import Section, Step, Story, asking, both
from regviz.lessons.task import Task

if TYPE_CHECKING:
    from regviz.lessons.logistic import Logistic

WALK: dict[str, Any] = {"seconds": 2.6, "even": True}
#: how near a curve is right at least, in what all weights span: no hand is surer
NEAR = 0.02
#: what may be answered to how L1's border ends, and to what fits best where a line parts all
TURNS, BEST = ("tilted", "axis", "gone"), ("line", "none", "zero")


def story(exhibit: Logistic) -> Story:
    """Tell the lesson in order."""
    said, last = claims(exhibit, {"lam": exhibit.at}), len(exhibit.lambdas) - 1
    names, start, gone = named(exhibit), {"lam": 0}, exhibit.gone
    points = {name: (f"ones-{name}", f"zeros-{name}") for name in ("l1", "l2")}
    parts = [f"shade-{percent}" for percent in SHADES] + [f"line-{p}" for p in LINES]
    about = {name: tuple(f"{part}-{name}" for part in parts) for name in ("l1", "l2")}
    curves = ("now", *both("w1", "w2", "w"))
    paths = tuple(
        f"{what}-{name}" for name in ("l1", "l2") for what in _of_paths(exhibit, name)
    )
    free = both("free") if exhibit.free is not None else ()
    seen: Any = {"panel": "l1", "sees": (*points["l1"], "border-l1"), "at": start}
    ask_drops = asking(*_drops(exhibit, names))
    ask_turn, ask_best = asking(
        choice(say, "turn", answers(say, "turn", *TURNS), "axis", **seen),
        choice(say, "best", answers(say, "best", *BEST), "none"),
    )
    return Story((
        Section("classes", (
            say.step("classes", "classes", panels=("l1",), put=start, show=points["l1"],
                     tell=said["classes"], hold=2.2),
            say.step("border", show=("border-l1",), values=names, hold=2.2),
            say.step("odds", show=about["l1"], seconds=1.2, hold=2.2),
        )),
        ask_turn,
        Section("l1", (
            say.step("l1", "told.l1", put=start, show=("lam",), hold=0.4),
            Step(run={"lam": gone["one"]}, **WALK),
            say.step("dropped", hold=1.6),
            Step(run={"lam": gone["both"]}, seconds=1.6, even=True),
            say.step("same", values={"share": three(exhibit.share)}, hold=2.0),
        )),
        Section("l2", (
            say.step("l2", "told.l2", panels=("l1", "l2"), put=start,
                     show=(*points["l2"], *about["l2"], "border-l2"), hold=0.8),
            Step(run={"lam": last}, **WALK),
            say.step("fades", hold=1.6),
        )),
        *ask_drops,
        Section("weights", (
            say.step("weights", "told.weights", panels=("l1", "weights"), put=start,
                     show=curves, seconds=1.0, hold=0.6),
            Step(run={"lam": last}, **WALK),
            say.step("zeros", task=_one_left(exhibit), hold=1.6),
        )),
        ask_best,
        Section("many", (
            say.step("many", "many", panels=both("paths"), put=start,
                     show=(*paths, *both("zeros-paths")), values={"n": len(exhibit.features)},
                     seconds=1.2, hold=1.2),
            Step(run={"lam": last}, hold=1.0, **WALK),
        ), only=(*paths, *both("zeros-paths"))),
        Section("still", (
            say.step("still", "still", panels=("l1", "l2"), put={"lam": exhibit.at},
                     show=free, hold=3.0),
        )),
    ))  # fmt: skip


def _of_paths(exhibit: Logistic, name: str) -> tuple[str, ...]:
    """Return what is seen of the paths of one penalty."""
    drawn = tuple(f"path-{rank}" for rank in range(len(exhibit.drawn)))
    dots = tuple(
        what
        for what, there in (("dots", 1), ("holes", 0))
        if len(exhibit.rows) and (name == "l1" or there)
    )
    return ("joints", *drawn, "steps", "now", *dots, "count")


def _drops(exhibit: Logistic, names: dict[str, str]) -> list[Guess]:
    """Ask for L1's weight against lambda, of a feature that it drops on the way."""
    steps = np.linspace(0, len(exhibit.lambdas) - 1, 8).round().astype(int)
    l1, l2 = (exhibit.lines[name].weights[steps] for name in ("l1", "l2"))
    # Of those that are there at first, the one that is less in the end under L1.
    which = int(np.argmin(np.where(l1[0] != 0.0, (l1 != 0.0).sum(axis=0), len(steps))))
    truth = l1[:, which]
    wrongs = {"l2": l2[:, which], "stays": np.full(len(steps), truth[0])}
    near = 0.45 * min(float(np.abs(each - truth).max()) for each in wrongs.values())
    if near < NEAR * float(np.ptp(exhibit.lines["l2"].weights)):
        return []
    return [guess(
        say, "drops", {"name": names[("one", "two")[which]]}, wrongs, kind="curve",
        panel="weights", sees=(f"w{which + 1}-l2",), truth=truth, near=near,
        across=np.log10(exhibit.lambdas[steps]),
    )]  # fmt: skip


def _one_left(exhibit: Logistic) -> Task:
    """Set the task to find a strength at which L1 has just one of both weights."""
    low, high = (exhibit.gone[name] for name in ("one", "both"))
    lams = exhibit.lambdas
    return Task(
        said=say("task.one.said"), done=say("task.one.done"), moves=("lam",),
        within={"lam": (float(lams[low]), float(lams[high - 1]))},
    )  # fmt: skip
