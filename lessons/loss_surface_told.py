"""How the surfaces are told: bowl, penalty, sum; then from above, and from the side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.lessons.alt import coordinates, plain
from regviz.lessons.numbers import signed, zeros
from regviz.lessons.picture import Positions, Said, nearest
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking

if TYPE_CHECKING:
    from regviz.lessons.loss_surface import LossSurface

say = Voice("loss-surface")
#: where they are seen from: at rest, from above, and from the side by the weight of the cut
REST, ABOVE, SIDES = (-62, 26), (-90, 90), ((-90, 0), (0, 0))
TURNS, TILTS = np.arange(-150.0, 61.0), np.arange(0.0, 91.0)
#: where L1 bends the sum
CREASES = ("crease-1", "crease-2")
#: the floor, which is always there, and what stands on it once the penalty has its region
FLOOR = ("floor", "axis-1", "axis-2")
REGION = ("ball", "edge", "level", "low-floor")
#: the cut, and what it is measured by
CUT = ("cut", "cut-loss", "base", "stem")
#: the sum, and where it bends
SUM = ("sum", *CREASES)
#: what the last picture has
STILL = (*FLOOR, *SUM, "rings", "center-floor", *REGION, "drop")
ROUND: dict[str, Any] = {"seconds": 3.0, "even": False}


def claims(exhibit: LossSurface, at: Positions) -> dict[str, Said]:
    """Return what may be said of the sum, with its strength at a position."""
    side, name = exhibit.side, exhibit.penalty
    weights, lam = side.optima[at["lam"]], float(side.lams[at["lam"]])
    first, second = weights.tolist()
    along = int(exhibit.along[at["lam"]])
    bend = "held" if weights[along] == 0.0 else "beside"
    bend = "smooth" if name == "l2" or lam == 0.0 else bend
    slope = abs(float(exhibit.loss.gradient(weights)[along]))
    return {
        "alt": say(f"alt.{name}", lam=plain(side.lam), **coordinates(exhibit.points)),
        "strength": say("claim.strength", **signed(lam=lam)),
        "low": say(f"claim.low.{zeros(first, second)}", **signed(first=first, second=second)),
        "cut": say(f"claim.cut.{bend}", axis=along + 1, **signed(slope=slope), lam=lam),
        "foot": say("foot", lam=side.lam, residual=exhibit.residual),
    }


def story(exhibit: LossSurface) -> Story:
    """Tell the lesson in order."""
    name, rest = exhibit.penalty, exhibit.side.at
    said = claims(exhibit, {"lam": rest})
    side = SIDES[int(exhibit.along[rest])]
    readouts = ("strength", "w1", "w2")
    lowest, bend = asking(*_questions(exhibit))
    return Story((
        Section("bowl", (
            say.step("bowl", "bowl", show=(*FLOOR, "bowl", "f-loss"), put=seen_from(-100, 30),
                     seconds=1.2, hold=0.6),
            Step(run=seen_from(*REST), **ROUND),
            say.step("lowest", show=("center",), hold=1.0),
        ), only=("f-loss",)),
        Section("contours", (
            say.step("rings", "contours", show=("rings-bowl",), seconds=1.0, hold=1.0),
            say.step("fall", morph={"rings-bowl": "rings"}, seconds=2.0,
                     show=("drop-center", "center-floor"), hold=1.6),
        ), only=("rings-bowl", "drop-center")),
        Section("price", (
            say.step(f"price.{name}", f"price.{name}", hide=("bowl", "center"),
                     show=("price", "f-price"), run=seen_from(-40, 30), **ROUND),
            Step(tell=say(f"tell.price.{name}"), run=seen_from(*REST), hold=2.0, **ROUND),
        ), only=("price", "f-price")),
        lowest,
        Section("sum", (
            say.step("sum", "sum", put={"lam": 0}, show=(*SUM, "low", "f-sum", *readouts),
                     seconds=1.0, hold=1.2),
            say.step("grows", run={"lam": rest}, seconds=3.4, even=True, hold=0.6),
            Step(tell=said["low"], show=("drop", "low-floor"), hold=2.2, task=_task(exhibit)),
        ), only=("f-sum",)),
        Section("above", (
            say.step("region", "above", show=("ball", "edge", "level"), hold=1.4),
            say.step("above", hide=(*SUM, "drop", "low"), run=seen_from(*ABOVE), **ROUND),
            Step(tell=say(f"tell.above.{name}"), hold=2.4),
        )),
        bend,
        Section("cut", (
            say.step("cut", "cut", hide=("rings", "center-floor", *REGION, *FLOOR[1:]),
                     run=seen_from(*REST), show=SUM, **ROUND),
            Step(show=("cut", "low"), hold=1.0),
            say.step("side", hide=(*SUM, "floor"), show=("cut-loss", "base", "stem"),
                     run=seen_from(*side), **ROUND),
            Step(tell=said["cut"], hold=2.6),
        ), only=CUT),
        say.section("still", run=seen_from(*REST), show=STILL, tell=said["low"], seconds=2.0,
                    hold=4.0),
    ))  # fmt: skip


def seen_from(turn: float, tilt: float) -> dict[str, int]:
    """Return the drivers that see it from this side."""
    return {"turn": nearest(TURNS, turn), "tilt": nearest(TILTS, tilt)}


def _questions(exhibit: LossSurface) -> Iterator[Question]:
    """Ask where loss and penalty are lowest, and how their cut is where its weight is 0."""
    name, side = exhibit.penalty, exhibit.side
    first, second = side.weights.tolist()
    yield say.choice(
        "lowest", "between" if side.weights.any() else "zero", ("free", "zero", "between"),
        {"lam": side.lam, **signed(first=first, second=second)}, panel="space",
        sees=(*FLOOR, "bowl", "center", "drop-center", "center-floor"),
    )  # fmt: skip
    yield say.choice(
        f"bend-{name}", "bends" if name == "l1" else "smooth", ("smooth", "bends", "jumps"),
        {"axis": int(exhibit.along[side.at]) + 1}, panel="space", sees=(*FLOOR, *SUM),
        at=seen_from(*REST),
    )  # fmt: skip


def _task(exhibit: LossSurface) -> Task | None:
    """Set the task to weaken the penalty until both weights are kept, if one is not."""
    side = exhibit.side
    if side.weights.all() or not side.optima[1:].all(axis=1).any():
        return None
    within = {"lam": (float(side.lams[1]), float(side.lams[-1]))}
    return say.task("task.both", "lam", claims={"low": "none"}, within=within)
