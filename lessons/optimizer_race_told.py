"""What is said of the race, and in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.lessons.alt import plain
from regviz.lessons.numbers import three
from regviz.lessons.optimizer_race_picture import (
    FLOOR,
    HEATS,
    LOW,
    N_STEPS,
    RUNNERS,
    STEPS,
    level,
    say,
    window,
)
from regviz.lessons.picture import Said
from regviz.lessons.question import Question, answers, apart, choice, guess
from regviz.lessons.story import Section, Step, Story, asking
from regviz.lessons.task import Task

if TYPE_CHECKING:
    from regviz.lessons.optimizer_race import OptimizerRace
    from regviz.lessons.picture import Positions

#: steps of a gap that are seen before it is asked how it goes on, and where that is asked
SEEN, ASKED = 12, np.array([14, 18, 22, 26, 30])
#: how near answers must be, in tenfolds and in shares of the plane
NEAR_LEVEL, NEAR = 0.9, 0.07
#: what a step of gradient descent leaves at most where the surface is as good as round
ROUND = 0.25


def claims(exhibit: OptimizerRace, at: Positions) -> dict[str, Said]:
    """Return what is true of every method after this step, and of the whole race."""
    step, said = at["step"], dict[str, Said]()
    for name in RUNNERS:
        left, is_up = float(exhibit.gaps[name][step]), step in exhibit.rises(name)
        kind = "gone" if left <= FLOOR else "rises" if is_up else "left"
        said[f"gap-{name}"] = say(f"claim.{name[3:]}.{kind}", left=float(f"{left:.1g}"))
    for heat, methods in HEATS.items():
        times = {method: _time(exhibit, f"{heat}-{method}") for method in methods}
        said[f"times-{heat}"] = say(f"claim.times.{heat}", **times)
    rises = exhibit.rises("l1-fista")
    said["fista"] = say(
        f"claim.ripple.{'rises' if rises else 'falls'}", step=rises[0] if rises else 0
    )
    said["jumps"] = say(f"claim.jumps.{'jumps' if _jumps(exhibit) else 'plain'}")
    said["factor"] = say("claim.factor", factor=three(float(exhibit.bounds["l2-gradient"][1])))
    points = {
        name.replace("-", "_"): f"({', '.join(map(plain, point.tolist()))})"
        for name, point in exhibit.points.items()
    }
    return said | {"alt": say("alt", lam=exhibit.lam["l1"], steps=N_STEPS, **points)}


def _time(exhibit: OptimizerRace, name: str) -> str:
    arrival = exhibit.arrival(name)
    return f"{N_STEPS}+" if arrival is None else str(arrival)


def _jumps(exhibit: OptimizerRace) -> bool:
    """Say whether the subgradient step is seen to jump about a weight that is 0 at the end."""
    at_zero = exhibit.optima["l1"] == 0.0
    way = exhibit.ways["l1-subgradient"][N_STEPS // 2 :, at_zero]
    return bool((way[1:] * way[:-1] < 0.0).any())


# ---- the story


def story(exhibit: OptimizerRace) -> Story:
    """Tell of the slope and the gap, of who is faster, of kinks, and of what is promised."""
    said = claims(exhibit, {"step": N_STEPS})
    run: dict[str, Any] = {"run": {"step": N_STEPS}, "seconds": 3.4, "even": True}
    start, smooth, kinked = {"step": 0}, ("l2", "gaps-l2"), ("l1", "gaps-l1")
    # A valley curves twice as much across as along at least; at a glance the rest is round.
    shape = "valley" if exhibit.bounds["l2-gradient"][1] > ROUND else "round"
    slow = "line" if exhibit.gaps["l2-gradient"][SEEN] > FLOOR else "quick"
    goes_on, first, ripple = (tuple(asking(*each)) for each in _questions(exhibit))

    def runs(heat: str, *methods: str) -> tuple[str, ...]:
        """Return the marks of methods of a heat: their ways and gaps, each with its dot."""
        names = [f"{what}-{heat}-{name}" for name in methods for what in ("way", "gap")]
        return tuple(f"{name}{end}" for name in names for end in ("", "-now"))

    def ground(heat: str) -> tuple[str, ...]:
        return (f"contours-{heat}", f"goal-{heat}", f"start-{heat}")

    promises = ("bound-l1-ista", "bound-l1-fista")
    own = {heat: runs(heat, *methods) for heat, methods in HEATS.items()}
    return Story((
        Section("surface", (
            say.step(f"surface.{shape}", "surface", panels=smooth[:1], put=start, hold=2.6,
                     show=ground("l2")),
            say.step(f"gradient.{shape}", show=runs("l2", "gradient"), hold=1.6),
            Step(run={"step": SEEN}, seconds=2.0, even=True, hold=0.4),
            say.step("gap", "gap", panels=smooth, tell={"gaps-l2": say("tell.axis")}, hold=3.4),
        )),
        *goes_on,
        Section("straight", (
            say.step(f"straight.{slow}", "straight", show=("bound-l2-gradient",), hold=0.4,
                     run={"step": N_STEPS}, seconds=2.4, even=True),
            Step(tell={"gaps-l2": said["factor"]} if slow == "line" else None, hold=2.2),
        ), only=("bound-l2-gradient",)),
        *first,
        Section("faster", (
            say.step("faster", "faster", put=start, tell={"l2": say("tell.sweep")}, hold=2.8,
                     show=runs("l2", "momentum", "coordinate")),
            say.step("finish", show=("step", "finish-l2"), **run),
            Step(tell={"gaps-l2": said["times-l2"]}, hold=2.4),
        ), only=(*own["l2"], "step", "finish-l2")),
        Section("kinks", (
            say.step("kinks", "kinks", panels=kinked[:1], put=start, show=ground("l1"),
                     hold=2.8),
            say.step("subgradient", show=runs("l1", "subgradient"), hold=2.8),
            say.step("", "jumps" if _jumps(exhibit) else "slopes", panels=kinked, **run),
            Step(say=said["jumps"], hold=2.6),
        )),
        *ripple,
        Section("proximal", (
            say.step("proximal", "proximal", put=start, hold=2.4, show=runs("l1", "ista")),
            Step(**run, hold=1.6),
            say.step("carried", "carried", put=start, hold=1.6,
                     show=(*runs("l1", "fista", "coordinate"), "step", "finish-l1")),
            Step(**run),
            Step(say=said["fista"], tell={"gaps-l1": said["times-l1"]}, hold=2.6,
                 task=_task(exhibit)),
        ), only=(*(name for name in own["l1"] if name.startswith("way")), "step", "finish-l1")),
        Section("still", (
            say.step("rates", "rates", panels=kinked[1:], hold=3.4, show=promises),
            say.step("still", "still", panels=(smooth[1], kinked[1]), hide=promises, hold=4.0,
                     tell={"gaps-l2": said["times-l2"], "gaps-l1": said["times-l1"]}),
        ), only=("finish-l2", "finish-l1", *(n for n in own["l2"] if n.startswith("gap")))),
    ))  # fmt: skip


def _task(exhibit: OptimizerRace) -> Task | None:
    """Set the task to find a step that takes FISTA up."""
    rises = exhibit.rises("l1-fista")
    if not rises or N_STEPS in rises:
        return None
    return Task(
        said=say("task.rises.said"), done=say("task.rises.done"), moves=("step",),
        claims={"gap-l1-fista": "rises"},
    )  # fmt: skip


# ---- what is asked


def _questions(exhibit: OptimizerRace) -> tuple[list[Question], list[Question], list[Question]]:
    """Ask how a gap goes on, where one weight goes first, or else what carrying on does."""
    goes_on, first = _goes_on(exhibit), _first(exhibit)
    options = answers(say, "ripple", "steady", "ripples", "same")
    ripple = [] if goes_on and first else [choice(say, "ripple", options, "ripples")]
    return goes_on, first, list(ripple)


def _goes_on(exhibit: OptimizerRace) -> list[Question]:
    """Ask how the gap of gradient descent goes on, if it is seen to the end."""
    gap = level(exhibit.gaps["l2-gradient"])
    truth, seen = gap[ASKED], float(gap[SEEN])
    if truth[-1] < LOW or truth[0] - truth[-1] < 3.0 * NEAR_LEVEL:
        return []
    wrongs = {"flat": np.full(len(ASKED), seen), "gone": np.full(len(ASKED), LOW)}
    return [
        guess(say, "goes-on", {}, apart(truth, NEAR_LEVEL, wrongs), kind="curve",
              panel="gaps-l2", sees=("gap-l2-gradient", "gap-l2-gradient-now"),
              at={"step": SEEN}, truth=truth, near=NEAR_LEVEL, across=STEPS[ASKED] * 1.0)
    ]  # fmt: skip


def _first(exhibit: OptimizerRace) -> list[Question]:
    """Ask where coordinate descent takes the first weight, if that is seen."""
    start, (left, right, *_) = exhibit.points["start"], window(exhibit)
    goal, near = exhibit.optima["l2"], NEAR * (right - left)
    truth = np.array([exhibit.ways["l2-coordinate"][1, 0], start[1]])
    wrongs = {
        "goal": goal,
        "alone": np.array([goal[0], start[1]]),
        "gradient": exhibit.ways["l2-gradient"][1],
    }
    if np.abs(truth - start).max() < 2.0 * near:
        return []
    told = {"first": three(float(truth[0])), "second": float(start[1])}
    return [
        guess(say, "first", told, apart(truth, near, wrongs), kind="place", panel="l2",
              truth=truth, near=near, sees=("contours-l2", "goal-l2", "start-l2"))
    ]  # fmt: skip
