"""How the corner is told: descent without a penalty, held by a region, and why it is held.

Each sentence is chosen by the data it is true of; what there is nothing to tell of is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import regmath as rm
from regviz.lessons.alt import coordinates, plain
from regviz.lessons.corner_moves import OUTSIDE, SHARES, UNTURNED
from regviz.lessons.followed import STEPS, arrival
from regviz.lessons.numbers import equals, one, signed, zeros
from regviz.lessons.question import Question, answers, apart, choice, guess
from regviz.lessons.regions import PENALTIES, case_of, zeros_of
from regviz.lessons.story import Section, Step, Story, Voice, asking, both
from regviz.lessons.task import Task
from regviz.lessons.two_weights import loss_knobs

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.corner import Corner
    from regviz.lessons.picture import Positions, Said

say = Voice("corner")
#: what the lesson compares
SIDES = tuple(PENALTIES)
#: which weight is 0, by its index
PLACES = ("first", "second")
#: how long a slide along an edge is that is seen, and what an answer may be off by, in budgets
SEEN, NEAR = 0.15, 0.06
#: names of what is asked of an optimum, by its case; of others nothing is
ASKED = {"corner": "corner", "edge": "edge", "smooth": "circle", "axis": "circle"}
#: what is seen while descent runs, and of optima that are held
ENDS, HELD = both("start", "unregularized"), both("unregularized", "level")
#: what the last picture has of every penalty, a figure besides, and every plane from the start
STILL = ("level", "unregularized", "optimum")
BESIDES = ("path-free", "path", "normal", "cone", "pull", "start")
PLANE = ("ball", "contours", "edge")
#: the step of descent at which all are at their ends
LAST = len(STEPS) - 1
#: what is said of an exhibit, by name
Claims = Mapping[str, "Said"]


class Landing(NamedTuple):
    """Where the sweep of L1 lands on an axis: which weight is 0 from which step on.

    `origin` is the step from which both are 0, or None if the sweep does not get there.
    """

    weight: str
    at: int
    origin: int | None


def claims(exhibit: Corner, at: Positions) -> dict[str, Said]:
    """Return what may be said with the drivers at these positions, by name."""
    within = _is_held(exhibit)
    ends = "free" if kind_of(exhibit) == "free" else "plain" if within else "ends"
    points = coordinates(exhibit.points)
    budgets = {f"budget_{name}": plain(budget) for name, budget in exhibit.budget.items()}
    alt = say(f"alt.{'three' if 'net' in exhibit.sides else 'two'}", **points, **budgets)
    found = {
        "alt": alt,
        "numbers": _zero(exhibit),
        "ends": say(f"title.held.{ends}"),
        "again": say(f"caption.held.descent.{'within' if within else 'ends'}"),
    }
    for name, side in exhibit.sides.items():
        lam, budget = float(side.lams[at["share"]]), float(side.budgets[at["share"]])
        penalty, weights = side.penalty.with_lambda(lam), side.optima[at["share"]]
        first, second = weights.tolist()
        residual = one(float(rm.kkt_residual(exhibit.loss, penalty, weights)))
        told, foot = signed(first=first, second=second), signed(lam=lam, budget=budget)
        found |= {
            f"verdict-{name}": say(f"claim.{name}.{case_of(penalty, weights)}"),
            f"weights-{name}": say(f"claim.weights.{zeros(first, second)}", **told),
            f"foot-{name}": say("claim.foot", **foot, residual=residual),
        }
    for name in SIDES:
        case = exhibit.sides[name].case
        found |= {
            f"held-{name}": say(f"caption.held.{name}.{_slide(exhibit, name)}"),
            f"stops-{name}": say(f"tell.held.{name}.{case}"),
            f"why-{name}": say(f"tell.why.{case}"),
            f"turn-{name}": say(f"tell.turn.{'free' if case == 'free' else name}"),
            f"swept-{name}": say(f"tell.sweep.{_swept(exhibit, name)}"),
        }
    return found


def kind_of(exhibit: Corner) -> str:
    """Return what the lesson comes to.

    It is a `contrast` where L1 gives an exact zero in a corner while L2 is held, and gives
    none; `free` if nothing is held; else `plain`.
    """
    cases = exhibit.sides["l1"].case, exhibit.sides["l2"].case
    return {("corner", "smooth"): "contrast", ("free", "free"): "free"}.get(cases, "plain")


def landing(exhibit: Corner) -> Landing | None:
    """Return where L1 makes a weight exactly zero for good, or None if it never does so.

    None, too, if that weight is zero from the beginning or both become zero at once.
    """
    optima, way = exhibit.sides["l1"].optima[exhibit.way], exhibit.way
    found = zeros_of(optima)
    for weight, at in found.kept:
        if at and optima[at - 1].all():
            origin = None if found.origin is None else way[found.origin]
            return Landing(PLACES[weight], way[at], origin)
    return None


def _swept(exhibit: Corner, name: str) -> str:
    """Return how a side's optimum moves as its region shrinks."""
    optima = exhibit.sides[name].optima[exhibit.way]
    found = zeros_of(optima)
    if found.kept and not found.leaves:
        return PLACES[found.kept[0][0]]
    if found.origin is not None:
        return "origin"
    # Between two computed steps it may have passed through an axis.
    signs = np.sign(optima)
    return "beside" if name == "l2" and signs.all() and (signs == signs[0]).all() else "shrinks"


def _zero(exhibit: Corner) -> Said:
    """Return the caption on L1's zero, if a pull of the loss is held there."""
    side = exhibit.sides["l1"]
    zero = int(np.argmax(side.weights == 0.0))
    pull = abs(float(side.pull[zero]))
    if kind_of(exhibit) != "contrast" or pull == 0.0:
        return say("caption.numbers.plain")
    sign = {"is": equals(side.lam)}
    return say(f"caption.numbers.{PLACES[zero]}", pull=pull, lam=side.lam, **sign)


def _is_held(exhibit: Corner) -> bool:
    """Say whether both paths stay within their regions all the way, since they are made to."""
    return exhibit.parameters["method"] == "projected" and all(
        bool(np.all(shape.level(exhibit.paths[name]) <= (1.0 + 1e-9) * exhibit.budget[name]))
        for name, shape in PENALTIES.items()
    )


def _slide(exhibit: Corner, name: str) -> str:
    """Return a side's case, or `slide` where its path runs along an edge into the corner."""
    side, path = exhibit.sides[name], exhibit.paths[name]
    if side.case != "corner" or exhibit.parameters["method"] != "projected":
        return side.case
    on_edge = np.isclose(side.penalty.level(path), side.budget, rtol=1e-9, atol=0.0)
    steps = np.hypot(*np.diff(path, axis=0).T)
    slid = float(steps[on_edge[:-1] & on_edge[1:]].sum())
    return "slide" if slid >= SEEN * side.budget else "corner"


# ---- what is asked


def _where(exhibit: Corner) -> list[Question]:
    """Ask where the loss is least within each region that holds something back."""
    found: list[Question] = []
    for name in SIDES:
        side = exhibit.sides[name]
        if side.case not in ASKED:
            continue
        first, second = side.weights.tolist()
        near = NEAR * side.budget
        found.append(guess(
            say, ASKED[side.case], {"first": first, "second": second},
            apart(side.weights, near, _mistaken(exhibit, name)),
            kind="place", panel=name, truth=side.weights, near=near,
            sees=tuple(f"{what}-{name}" for what in (*PLANE, "unregularized")),
        ))  # fmt: skip
    return found


def _mistaken(exhibit: Corner, name: str) -> dict[str, Array]:
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


def _moves(exhibit: Corner) -> list[Question]:
    """Ask which optimum moves with the data, where the corner is not about to let go."""
    side = exhibit.sides["l1"]
    slack = side.lam - np.abs(side.pull[side.weights == 0.0])
    if kind_of(exhibit) != "contrast" or not (slack > 1e-6 * side.lam).all():
        return []
    options = answers(say, "moves", "both", "l1", "l2", "none")
    return [choice(say, "moves", options, "l2")]


def knobs(exhibit: Corner) -> dict[str, Array]:
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
    driver, loss, shape = exhibit.driver, exhibit.loss, PENALTIES["l1"]
    tried = knobs(exhibit)[driver]
    tried = tried[tried > 0.0]
    if driver == "lam":
        optima = rm.penalized_optima(loss, shape, tried)
    else:
        found = rm.constrained_optimum(loss, shape, tried)
        optima = found.weights[found.multiplier > 0.0]
    if not ((optima == 0.0).sum(axis=-1) == ("edge", "corner").index(wanted)).any():
        return None
    said, done = say(f"task.{wanted}.{driver}"), say(f"task.{wanted}.done")
    return Task(said=said, done=done, moves=(driver,), claims={"verdict-l1": wanted})


# ---- how it is told


def story(exhibit: Corner) -> Story:
    """Tell the lesson in order; what there is nothing to tell of is left out."""
    said = claims(exhibit, {"share": exhibit.at})
    besides = tuple(f"{what}-{name}" for what in BESIDES for name in exhibit.sides)
    return Story((
        _free(exhibit), _budget(exhibit), *asking(*_where(exhibit)), _held(exhibit, said),
        *asking(*_moves(exhibit)), _why(exhibit, said), _numbers(exhibit, said),
        *_across(exhibit), *_sweep(exhibit, said), _still(exhibit, said),
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
    seen, kind, ended = (*HELD, *both("optimum")), kind_of(exhibit), {"step": LAST}
    if not pulled:
        rest = say.step("why.rest", f"why.{kind}", put=ended, tell=why, hold=2.6)
        return Section("why", (rest,), seen)
    cone, turned = both("cone", "normal"), both("turned", "turning")
    steps = [
        say.step("why.pull", f"why.{kind}", put=ended, seconds=1.0, hold=1.4,
                 tell=dict.fromkeys(pulled, say("tell.pull"))),
        say.step(f"why.{kind}", show=cone, tell=why, seconds=1.0, hold=1.4),
    ]  # fmt: skip
    if kind == "contrast":
        # The circle's point slides at once, the corner's beyond the cone.
        steps += [
            say.step("why.turn", put={"turn": 0}, show=turned, hold=0.4,
                     hide=(*seen, *both("contours", "pull")),
                     tell={name: said[f"turn-{name}"] for name in SIDES}),
            Step(run={"turn": OUTSIDE - 1}, seconds=1.9, even=True),
            Step(tell={"l1": say("tell.turn.outside")}, run={"turn": len(UNTURNED) - 1},
                 seconds=1.2, even=True, hold=0.8),
        ]  # fmt: skip
    only = (*seen, *both("pull"), *cone, *(turned if kind == "contrast" else ()))
    return Section("why", tuple(steps), only)


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
        Step(**back, put={"turn": 0}, show=both("contours"), seconds=0.8, hold=0.4),
        Step(hide=("level-l1",), show=legs, emphasise=legs, seconds=1.0, hold=2.0),
        # The optimum's name would take the place of the sizes of the pull's parts.
    ), (*HELD, *both("swept"), "pull-l1", "drop-l2", *legs))  # fmt: skip


def _across(exhibit: Corner) -> tuple[Section, ...]:
    """Let the unregularized optimum cross an axis: L1 snaps to it, L2 glides over it."""
    way, moved = exhibit.crossed, both("moved-center", "moved")
    if kind_of(exhibit) != "contrast" or way is None or not way.contrasts:
        return ()
    return (Section("across", (
        say.step("across.start", "across", put={"across": 0}, hide=both("contours"),
                 show=moved, hold=1.4),
        Step(run={"across": len(SHARES) - 1}, seconds=2.8, even=True),
        say.step("across.end", tell=_by_side("across"), run={"across": way.held}, seconds=2.0,
                 even=True, hold=1.6),
    ), only=moved),)  # fmt: skip


def _sweep(exhibit: Corner, said: Claims) -> tuple[Section, ...]:
    """Shrink the region from the start: L1 lands on an axis and slides, L2 never does."""
    way, driver = exhibit.way, f"sweep.{exhibit.driver}"
    if len(way) == 1:
        return ()
    traces = (*(("level-l1",) if kind_of(exhibit) == "contrast" else ()), *both("trace"))
    steps = [
        say.step(driver, driver, show=both("contours") if _across(exhibit) else ()),
        Step(run={"share": way[0]}, seconds=1.2, hold=0.2),
        Step(show=traces, seconds=0.3),
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
