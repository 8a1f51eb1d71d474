"""How the corner is told: descent without a penalty, held by a region, and why it is held.

What there is nothing to tell of is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
from regviz.lessons.corner_moves import OUTSIDE, SHARES, UNTURNED, waits
from regviz.lessons.corner_said import SIDES, Claims, claims, kind_of, landing, say
from regviz.lessons.followed import STEPS, arrival
from regviz.lessons.picture import Said
from regviz.lessons.regions import PENALTIES, held_at
from regviz.lessons.story import Question, Section, Step, Story, Task, asking, both
from regviz.lessons.two_weights import loss_knobs

if TYPE_CHECKING:
    from regviz.lessons.corner import Corner

#: what an answer may be off by, in budgets
NEAR = 0.06
#: names of what is asked of an optimum, by its case; of others nothing is
ASKED = {"corner": "corner", "edge": "edge", "smooth": "circle", "axis": "circle"}
#: what is seen while descent runs, of optima that are held, and of those that the loss pulls
ENDS = both("contours", "start", "unregularized")
HELD, PULLED = both("contours", "unregularized", "level"), both("swept", "pull")
#: what the last picture has of every penalty, a figure besides, and every plane from the start
STILL = ("level", "unregularized", "optimum")
BESIDES = ("path", "normal", "cone", "pull", "start")
PLANE = ("ball", "contours", "edge")
#: the step of descent at which all are at their ends
LAST = len(STEPS) - 1


# ---- how it is told


def story(exhibit: Corner) -> Story:
    """Tell the lesson in order; what there is nothing to tell of is left out."""
    said = claims(exhibit, {"share": exhibit.at})
    besides = tuple(f"{what}-{name}" for what in BESIDES for name in exhibit.sides)
    across = _across(exhibit)
    back = _prices(exhibit) if across else ()
    return Story((
        _free(exhibit), _budget(exhibit), *asking(*_where(exhibit)), _held(exhibit, said),
        *asking(*_moves(exhibit)), _why(exhibit, said), _numbers(exhibit, said),
        *across, *_sweep(exhibit, said, back), _still(exhibit, said),
    ), besides)  # fmt: skip


def _by_side(key: str) -> dict[str, Said]:
    return {name: say(f"tell.{key}.{name}") for name in SIDES}


def _free(exhibit: Corner) -> Section:
    """Without a penalty, descent runs to the unregularized optimum."""
    walk = both("walk-free", "head-free")
    return Section("free", (
        say.step("free.scene", "free", panels=SIDES, show=both("contours"),
                 tell=_by_side("free"), seconds=1.2, hold=1.4),
        Step(show=both("start"), seconds=0.5, hold=0.3),
        say.step("free.descent", put={"step": 0}, show=walk, seconds=0.3),
        Step(run={"step": arrival(exhibit.paths["free"])}, seconds=2.2),
        Step(show=both("unregularized"), hide=both("head-free"), seconds=0.5, hold=1.0),
    ), only=(*ENDS, *both("walk-free")))  # fmt: skip


def _budget(exhibit: Corner) -> Section:
    """Show the region, from the unregularized optimum down to its place."""
    at, driver, loosest = exhibit.at, exhibit.driver, exhibit.way[0]
    return Section("budget", (
        say.step("budget.region", f"budget.{driver}", put={"step": LAST, "share": loosest},
                 show=(*both("ball", "edge"), driver, *both("price")),
                 tell=_by_side("region"), seconds=0.8, hold=1.6),
        Step(tell=_by_side(f"objective.{driver}"), hold=1.0),
        say.step("budget.loose", hold=2.4) if at == loosest else
        say.step(f"budget.{driver}", run={"share": at}, seconds=2.6, even=True, hold=0.8),
    ), only=(*ENDS, *both("path-free")))  # fmt: skip


def _held(exhibit: Corner, said: Claims) -> Section:
    """Descent again, now held by the region: on the left, and then on the right."""
    steps = [Step(say=said["again"], heading=said["ends"], hold=1.8)]
    gone: tuple[str, ...] = ()
    for name in SIDES:
        walk = (f"walk-{name}", f"walker-{name}")
        steps += [
            Step(say=said[f"held-{name}"], put={"step": 0}, hide=gone, seconds=0.3,
                 show=(*walk, "path-l1") if gone else walk),
            Step(run={"step": arrival(exhibit.paths[name])}, seconds=2.4),
            Step(show=(f"level-{name}", f"optimum-{name}"), seconds=0.8, hold=0.8,
                 tell={name: said[f"stops-{name}"]}),
        ]  # fmt: skip
        gone = walk
    only = (*ENDS, *both("path-free", "level", "optimum"), "path-l1", *gone)
    return Section("held", tuple(steps), only)


def _why(exhibit: Corner, said: Claims) -> Section:
    """At a corner a whole cone of pulls is held, elsewhere only one; then turn the pull."""
    pulled = [name for name in SIDES if exhibit.sides[name].case != "free"]
    why = {name: said[f"why-{name}"] for name in SIDES}
    kind, ended, loss = kind_of(exhibit), {"step": LAST}, both("contours", "level")
    if not pulled:
        rest = say.step("why.rest", f"why.{kind}", put=ended, tell=why, hold=2.6)
        return Section("why", (rest,), (*HELD, *both("optimum")))
    cone, turned = both("cone", "normal"), both("turned", "turning")
    steps = [
        say.step("why.pull", f"why.{kind}", put=ended, seconds=1.0, hold=1.4,
                 tell=dict.fromkeys(pulled, say("tell.pull"))),
        # What pulls is told: what holds against it has the corner to itself.
        say.step(f"why.{kind}", hide=loss, show=cone, tell=why, seconds=1.0, hold=1.4),
    ]  # fmt: skip
    if kind == "contrast":
        # The circle's point slides at once, the corner's beyond the cone.
        steps += [
            say.step("why.turn", put={"turn": 0}, show=turned, hold=0.4,
                     hide=(*PULLED, *_prices(exhibit)),
                     tell={name: said[f"turn-{name}"] for name in SIDES}),
            Step(run={"turn": OUTSIDE - 1}, seconds=1.9, even=True),
            Step(tell={"l1": say("tell.turn.outside")}, run={"turn": len(UNTURNED) - 1},
                 seconds=1.2, even=True, hold=0.8),
        ]  # fmt: skip
    only = (*loss, *PULLED, *cone, *(turned if kind == "contrast" else ()))
    return Section("why", tuple(steps), only)


def _prices(exhibit: Corner) -> tuple[str, ...]:
    """Return the readouts of what regions cost, which is another for another loss or pull."""
    return ("lam",) if exhibit.driver == "lam" else both("price")


def _numbers(exhibit: Corner, said: Claims) -> Section:
    """Read off the weights at both optima, and the pull that the corner holds."""
    kind = kind_of(exhibit)
    back: dict[str, Any] = {
        "say": said["numbers"], "heading": say(f"title.numbers.{kind}"),
        "tell": {name: said[f"weights-{name}"] for name in SIDES},
    }  # fmt: skip
    if kind != "contrast":
        return Section(
            "numbers", (Step(**back, hold=2.8),), (*HELD, *both("optimum"), "drop-l2")
        )
    legs = ("part-1-l1", "part-2-l1")
    return Section("numbers", (
        Step(**back, put={"turn": 0}, show=_prices(exhibit), seconds=0.8, hold=0.4),
        Step(show=legs, emphasise=legs, seconds=1.0, hold=2.0),
    ), (*both("swept"), "turning-l1", "drop-l2", *legs))  # fmt: skip


def _across(exhibit: Corner) -> tuple[Section, ...]:
    """Let the unregularized optimum cross an axis: L1 snaps to it, L2 glides over it."""
    held, moved = waits(exhibit.crossed), both("moved-center", "moved")
    if kind_of(exhibit) != "contrast" or held is None:
        return ()
    return (Section("across", (
        say.step("across.start", "across", put={"across": 0}, show=moved, hold=1.4,
                 hide=_prices(exhibit)),
        Step(run={"across": len(SHARES) - 1}, seconds=2.8, even=True),
        say.step("across.end", tell=_by_side("across"), run={"across": held}, seconds=2.0,
                 even=True, hold=1.6),
    ), only=moved),)  # fmt: skip


def _sweep(exhibit: Corner, said: Claims, back: tuple[str, ...]) -> tuple[Section, ...]:
    """Shrink the region from the start: L1 lands on an axis and slides, L2 never does."""
    way, driver = exhibit.way, f"sweep.{exhibit.driver}"
    if len(way) == 1:
        return ()
    steps = [
        say.step(driver, driver, show=back),
        Step(run={"share": way[0]}, seconds=1.2, hold=0.2),
        Step(show=both("trace"), seconds=0.3),
    ]
    land, moved = landing(exhibit), {name: said[f"swept-{name}"] for name in SIDES}
    if land is not None:
        steps += [
            Step(run={"share": land.at}, seconds=1.8, even=True),
            Step(tell={"l1": say(f"tell.landing.{land.weight}")}, hold=0.9),
        ]
    stays = {moved[name].key.rsplit(".", 1)[1] for name in SIDES}
    contrasts = "beside" in stays and stays & {"first", "second"}
    steps.append(say.step(f"sweep.{'contrast' if contrasts else 'plain'}", tell=moved))
    if land is not None and land.origin is not None:
        steps += [
            Step(run={"share": land.origin}, seconds=2.0, even=True),
            Step(tell={"l1": say("claim.weights.both")}),
        ]
    steps.append(Step(run={"share": way[-1]}, seconds=1.2, even=True, hold=0.5))
    # The optimum's name could not keep its side through all the way.
    return (Section("sweep", tuple(steps), (*HELD, *both("swept", "trace"))),)


def _still(exhibit: Corner, said: Claims) -> Section:
    """Show what it comes to in one picture: few marks, and no numbers above them."""
    swept = both("swept") if len(exhibit.way) > 1 else ()
    # Without a strength there is nothing but the paths to come back to.
    seen, kind = (*HELD, *(swept or both("optimum"))), f"still.{kind_of(exhibit)}"
    net, numbers = {"net"} & {*exhibit.sides}, (exhibit.driver, *both("price"))
    every = (*both(*STILL), *(f"{what}-{name}" for name in net for what in (*STILL, *PLANE)))
    return Section("still", (
        say.step(kind, kind, hide=numbers, run={"share": exhibit.at}, seconds=1.2),
        Step(panels=tuple(exhibit.sides), hide=swept,
             show=tuple(name for name in every if name not in seen),
             tell={name: said[f"weights-{name}"] for name in exhibit.sides},
             seconds=0.8, hold=2.8, task=_task(exhibit)),
    ), seen)  # fmt: skip


# ---- what is asked


def _where(exhibit: Corner) -> Iterator[Question]:
    """Ask where the loss is least within each region that holds something back."""
    for name in SIDES:
        side = exhibit.sides[name]
        if side.case in ASKED:
            yield say.guess(
                ASKED[side.case], side.weights, NEAR * side.budget, _mistaken(exhibit, name),
                dict(zip(("first", "second"), side.weights.tolist(), strict=True)), panel=name,
                sees=tuple(f"{what}-{name}" for what in (*PLANE, "unregularized")),
            )  # fmt: skip


def _mistaken(exhibit: Corner, name: str) -> dict[str, rm.Array]:
    """Return where the least loss is often thought to be."""
    side, free = exhibit.sides[name], exhibit.loss.center
    weights, budget = side.weights, side.budget
    common = {"free": free, "nearest": side.penalty.project(free, budget)}
    if side.case != "corner":
        # The tip of the larger weight, of two as large the first.
        is_tip = np.arange(2) == np.argmax(np.abs(weights))
        return {**common, "tip": np.where(is_tip, np.sign(weights) * budget, 0.0)}
    # The pull is along the edge to the side of the weight that is 0.
    toward = np.where(weights == 0.0, side.pull, weights)
    middle = 0.5 * budget * np.where(toward < 0.0, -1.0, 1.0)
    return {**common, "scaled": free * budget / side.penalty.level(free), "middle": middle}


def _moves(exhibit: Corner) -> Iterator[Question]:
    """Ask which optimum moves with the data, where the corner is not about to let go."""
    side = exhibit.sides["l1"]
    slack = side.lam - np.abs(side.pull[side.weights == 0.0])
    if kind_of(exhibit) == "contrast" and (slack > 1e-6 * side.lam).all():
        yield say.choice("moves", "l2", ("both", "l1", "l2", "none"), panel="l1",
                         beside=("l2",), sees=both(*PLANE, *STILL))  # fmt: skip


def knobs(exhibit: Corner) -> dict[str, rm.Array]:
    """Return what a page's controls offer; data have their own loss."""
    if exhibit.features is not None:
        strongest = float(np.abs(exhibit.loss.gradient(np.zeros(2))).max())
        largest = float(np.abs(exhibit.loss.center).sum())
        lam = np.round(strongest * np.arange(101) / 50.0, 4)
        budget = np.unique(np.round(largest * np.arange(1, 101) / 100.0, 4))
    else:
        parts = np.arange(0, 400, 2), np.arange(400, 1000, 10), np.arange(1000, 6001, 100)
        lam, budget = np.concatenate(parts) / 100.0, np.arange(1, 301) / 50.0
    few = np.empty(0)
    descent = {"ratio": np.arange(20) / 20.0, "start": few, "method": few,
               "step_size": np.arange(1, 21) / 20.0}  # fmt: skip
    return {"lam": lam, "budget": budget, **descent, **loss_knobs(exhibit.features)}


def _task(exhibit: Corner) -> Task | None:
    """Set the task to let L1 keep both weights or, where it does, to let it drop one."""
    wanted = "corner" if exhibit.sides["l1"].case in ("edge", "free") else "edge"
    driver, loss, tried = exhibit.driver, exhibit.loss, knobs(exhibit)[exhibit.driver]
    lams, _, optima = held_at(loss, PENALTIES["l1"], driver, tried[tried > 0.0])
    zeros = np.sum(optima[lams > 0.0] == 0.0, axis=1)
    if ("edge", "corner").index(wanted) not in zeros:
        return None
    said, done = say(f"task.{wanted}.{driver}"), say(f"task.{wanted}.done")
    return Task(said=said, done=done, moves=(driver,), claims={"verdict-l1": wanted})
