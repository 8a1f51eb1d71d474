"""Methods of descent race from one start, on a smooth surface and on one with kinks.

The loss of two weights has an L2 penalty in one heat and an L1 penalty in the other. A method's
gap is how much higher it is than the lowest point; what is left of it is seen on a logarithmic
axis. On the smooth surface the step size is the best fixed one for the worst start, two over
the sum of both curvatures (Nesterov 2004, theorem 2.1.15): gradient descent leaves the same
share of its gap in every step, and zigzags across a valley.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.alt import coordinates
from regviz.lessons.clip import Window
from regviz.lessons.errors import BadInput
from regviz.lessons.fitted import certified
from regviz.lessons.knob_groups import PlaneKnobs
from regviz.lessons.lines import joined, over, squared, there, up_to
from regviz.lessons.numbers import one, snap, three
from regviz.lessons.parameters import Number, Point, Strength, knob
from regviz.lessons.picture import Driver, Mark, Panel, Picture, Positions, Readout, Said
from regviz.lessons.story import Question, Section, Step, Story, Task, Voice, asking
from regviz.lessons.two_weights import PlaneExhibit, loss_knobs, loss_of, plane, strength_of
from regviz.lessons.walks import walked, walked_by_axes

TOPIC = "optimization"
NEEDS = ("update-steps", "path-in-plane")
ORDER = 260

#: steps of the race; what is left of a gap that counts as the finish, and that is still drawn
N_STEPS, FINISH, FLOOR = 40, 1e-6, 1e-8
STEPS = np.arange(N_STEPS + 1.0)
#: a start whose gap is so small is an optimum
NO_WAY = 1e-12
PENALTIES: dict[str, rm.L1 | rm.L2] = {"l2": rm.L2(1.0), "l1": rm.L1(1.0)}
#: who runs in each heat, by penalty, and the role of each
HEATS = {
    "l2": ("gradient", "momentum", "coordinate"),
    "l1": ("subgradient", "ista", "fista", "coordinate"),
}
ROLES = {"gradient": "path", "subgradient": "path"}
RUNNERS = tuple(f"{heat}-{name}" for heat, names in HEATS.items() for name in names)
#: methods of which a known rate is drawn
PROMISED = ("l1-ista", "l1-fista")
#: tenfolds from the least that is seen to above the start; what is still less is drawn as this
LOW, HIGH, LEAST = -8.0, 0.4, 1e-10
#: air around the plane
AIR = 0.14
#: where ways and gaps are named along them
WAY_SPOTS, MANY_SPOTS = (0.15, 0.2, 0.3, 0.5), (0.75, 0.6, 0.5, 0.85, 0.4, 0.3, 0.2)
GAP_SPOTS = {"l1-subgradient": (0.97, 0.9, 0.8), "l2-coordinate": (0.7, 0.6, 0.4, 0.3)}
#: steps that are seen before it is asked what they do to the gap
SEEN = 12
#: how near answers must be, in shares of the plane
NEAR = 0.07
#: the least that a step leaves in a valley; how much longer than the straight way a zigzag is
ROUND, DETOUR = 1.0 / 9.0, 1.3
say = Voice("optimizer-race")


@dataclass(frozen=True)
class Parameters(PlaneKnobs):
    """Knobs of the surface and of the start; the loss is given by numbers or by data."""

    rho: float = knob(0.85, Number(-0.9, 0.9), "correlation of the two features")
    center: tuple[float, float] = knob(
        (1.7, -0.1), Point(-5.0, 5.0), "unregularized optimum of the loss"
    )
    lam: float | str = knob(
        0.1, Strength(0.01, 2.0, from_data=True), "strength of the penalty, L2 or L1"
    )
    start: tuple[float, float] = knob((0.7, 1.6), Point(-5.0, 5.0), "where all methods start")
    beta: float = knob(
        0.3, Number(0.0, 0.95), "share of its last move that momentum carries on"
    )


@dataclass(frozen=True, kw_only=True)
class OptimizerRace(PlaneExhibit):
    """The ways of the methods, and what is left of their gaps after each step.

    Attributes
    ----------
    optima
        The lowest point by penalty, `l2` and `l1`.
    ways
        By penalty and method, such as `l1-fista`, shape `(N_STEPS + 1, 2)`.
    gaps, bounds
        How much of the gap at the start is left, and for `PROMISED` what a known rate promises
        that it is at most, NaN where it promises nothing; by the same names, `(N_STEPS + 1,)`.
    contours
        By penalty, of the loss with it, one of them through the start, `(n, n_points, 2)`.
    """

    optima: Mapping[str, rm.Array]
    ways: Mapping[str, rm.Array]
    gaps: Mapping[str, rm.Array]
    bounds: Mapping[str, rm.Array]
    contours: Mapping[str, rm.Array]

    @property
    def window(self) -> Window:
        """What both planes show: all ways, and 0."""
        return squared(np.vstack([*self.ways.values(), np.zeros((1, 2))]), AIR)

    @property
    def zigzags(self) -> bool:
        """Whether gradient descent crosses a valley again and again, which is a detour."""
        way = self.ways["l2-gradient"][:SEEN]
        walked, far = np.hypot(*np.diff(way, axis=0).T).sum(), np.hypot(*(way[-1] - way[0]))
        return self.slow > ROUND and bool(walked > DETOUR * far)

    @property
    def slow(self) -> float:
        """What each step of gradient descent leaves of its gap."""
        return float(self.gaps["l2-gradient"][1])

    @property
    def jumps(self) -> bool:
        """Whether the subgradient step is seen to jump about a weight that is 0 at the end."""
        way = self.ways["l1-subgradient"][N_STEPS // 2 :, self.optima["l1"] == 0.0]
        return bool((way[1:] * way[:-1] < 0.0).any())

    def arrival(self, name: str) -> int | None:
        """Return the first step that brings a method to the finish, if any."""
        there = np.flatnonzero(self.gaps[name] <= FINISH)
        return int(there[0]) if len(there) else None

    def rises(self, name: str) -> list[int]:
        """Return the steps after which a method is higher than before them."""
        gap = self.gaps[name]
        higher = (gap[1:] > gap[:-1]) & (gap[1:] > FLOOR)
        return [int(step) + 1 for step in np.flatnonzero(higher)]


def exhibit(parameters: Parameters) -> OptimizerRace:
    """Let all methods run.

    Raises
    ------
    BadInput
        If the loss is given twice, the data cannot be used, or the start is an optimum.
    """
    given = loss_of(parameters)
    loss = given.quadratic
    asked, by_validation = strength_of(parameters.lam, given.design, "l1")
    assert asked is not None
    lam, start = snap(asked), np.array(parameters.start)
    penalties = {name: shape.with_lambda(lam) for name, shape in PENALTIES.items()}
    optima = {name: rm.penalized_optimum(loss, each) for name, each in penalties.items()}
    ridge = rm.Quadratic(loss.hessian + 2.0 * lam * np.eye(2), optima["l2"])
    runs = _methods(loss, ridge, lam, start, parameters.beta)
    ways = {name: rm.record(states, N_STEPS) for name, states in runs}
    heights = {name: rm.objective_gap(loss, penalties[name[:2]], optima[name[:2]], way)
               for name, way in ways.items()}  # fmt: skip
    first = {heat: float(heights[f"{heat}-coordinate"][0]) for heat in HEATS}
    if min(first.values()) <= NO_WAY:
        raise BadInput("start = {:g},{:g} is an optimum already; give another.".format(*start))
    rings = (np.arange(1, 9) / 5.0) ** 2
    return OptimizerRace(
        lesson="optimizer-race",
        **given.fields(parameters, optima, lam=lam),
        points={"start": start} | {f"optimum-{name}": at for name, at in optima.items()},
        lam=dict.fromkeys(PENALTIES, lam),
        certificate=certified(*((loss, each, optima[n]) for n, each in penalties.items())),
        by_validation=by_validation,
        optima=optima,
        ways=ways,
        gaps={name: each / each[0] for name, each in heights.items()},
        bounds=_bounds(loss, start - optima["l1"], first["l1"]),
        contours={
            "l2": rm.level_sets(ridge, first["l2"] * rings, 125),
            "l1": rm.l1_level_sets(loss, lam, first["l1"] * rings, 121)[0],
        },
    )


def _methods(
    loss: rm.Quadratic, ridge: rm.Quadratic, lam: float, start: rm.Array, beta: float
) -> Iterator[tuple[str, Iterator[rm.State]]]:
    """Yield each method by its name; with kinks a step is one over the largest curvature."""
    smooth, kinked = 2.0 / float(np.trace(ridge.hessian)), 1.0 / float(loss.smoothness)
    l2, l1 = rm.L2(lam), rm.L1(lam)
    yield "l2-gradient", rm.gradient_descent(ridge, start, smooth)
    yield "l2-momentum", rm.momentum(ridge, start, smooth, beta)
    yield "l2-coordinate", rm.coordinate_descent(loss, l2, start)
    yield "l1-subgradient", rm.subgradient_descent(loss, l1, start, kinked)
    yield "l1-ista", rm.ista(loss, l1, start, kinked)
    yield "l1-fista", rm.fista(loss, l1, start, kinked)
    yield "l1-coordinate", rm.coordinate_descent(loss, l1, start)


def _bounds(loss: rm.Quadratic, off: rm.Array, first: float) -> dict[str, rm.Array]:
    """Return what the known rates promise, as shares of the gap at the start."""
    scale, later = float(loss.smoothness) * float(off @ off) / first, STEPS.copy()
    later[0] = np.nan
    return {
        "l1-ista": scale / (2.0 * later),
        "l1-fista": 2.0 * scale / (later + 1.0) ** 2,
    }


# ---- what is true


def claims(exhibit: OptimizerRace, at: Positions) -> dict[str, Said]:
    """Return what is true of every method after this step, and of the whole race."""
    step, said = at["step"], dict[str, Said]()
    for name in RUNNERS:
        left, is_up = float(exhibit.gaps[name][step]), step in exhibit.rises(name)
        kind = "gone" if left <= FLOOR else "rises" if is_up else "left"
        said[f"gap-{name}"] = say(f"claim.{name[3:]}.{kind}", left=one(left))
    for heat, methods in HEATS.items():
        times = {method: exhibit.arrival(f"{heat}-{method}") for method in methods}
        told = {name: f"{N_STEPS}+" if at is None else str(at) for name, at in times.items()}
        said[f"times-{heat}"] = say(f"claim.times.{heat}", **told)
    rises = exhibit.rises("l1-fista")
    return said | {
        "fista": say(f"claim.ripple.{'rises' if rises else 'falls'}", step=[*rises, 0][0]),
        "jumps": say(f"claim.jumps.{'jumps' if exhibit.jumps else 'plain'}"),
        "factor": say("claim.factor", factor=three(exhibit.slow)),
        "alt": say("alt", lam=exhibit.lam["l1"], steps=N_STEPS, **coordinates(exhibit.points)),
    }


# ---- what there is to see


def picture(exhibit: OptimizerRace) -> Picture:
    """Describe a plane and a chart for each heat, through whose steps all methods walk."""
    shapes = {} if exhibit.features else {
        "round": {"rho": 0.0, "lam": 0.1}, "narrow": {"rho": 0.9, "lam": 0.05},
    }  # fmt: skip
    marks = tuple(mark for heat in HEATS for mark in _marks(exhibit, heat))
    return Picture(
        panels=tuple(panel for heat in HEATS for panel in _panels(exhibit, heat)),
        marks=marks,
        labels=(
            *say.labels("goal-{}", HEATS, 0.0, name="goal", bold=True),
            *say.labels("start-{}", HEATS, 0.0, name="start"),
            *say.labels("finish-{}", HEATS, 0.95, 0.9, 0.8, 0.02, name="finish"),
            # Ways lie on each other: the first has a name, the others have theirs in the chart.
            *(say.label(f"way-{heat}-{names[0]}", *WAY_SPOTS, name=names[0])
              for heat, names in HEATS.items()),
            *(say.label(f"gap-{name}", *GAP_SPOTS.get(name, MANY_SPOTS), name=name[3:])
              for name in RUNNERS),
            *(say.label(f"bound-{name}", 0.9, 0.7, 0.5, 1.0, name=f"bound.{name[3:]}")
              for name in PROMISED),
        ),
        drivers=(Driver("step", STEPS, rest=N_STEPS // 2),),
        readouts=(Readout("step", say("readout.step"), "ink", STEPS, ("step",)),),
        says=tuple(f"gap-{name}" for name in RUNNERS),
        knobs=loss_knobs(exhibit.features) | {
            "lam": np.arange(1, 101) / 50.0, "start": np.arange(-50, 51) / 10.0,
            "beta": np.arange(20) / 20.0,
        },
        free=tuple(mark.name for mark in marks if not mark.name.startswith("bound")),
        presets={**shapes, "heavy": {"beta": 0.8}},
    )  # fmt: skip


def _panels(exhibit: OptimizerRace, heat: str) -> tuple[Panel, Panel]:
    start, window = exhibit.points["start"], exhibit.window
    foot = say("foot", lam=exhibit.lam["l1"], residual=exhibit.residual)
    # The number where coordinate descent crosses the axis first would be struck.
    points = np.array([start, *exhibit.optima.values(), start * [0.0, 1.0]])
    powers = {float(power): f"$10^{{{power}}}$" for power in range(-8, 0, 2)} | {0.0: "$1$"}
    return (
        plane(say, heat, window, points, (), exhibit.features, role=heat, foot=foot),
        say.chart(f"gaps-{heat}", (0.0, N_STEPS, LOW, HIGH),
                  (parts.rounded(0.0, N_STEPS), powers), foot, cross=(0.0, LOW),
                  summary=claims(exhibit, {"step": 0})[f"times-{heat}"]),
    )  # fmt: skip


def _marks(exhibit: OptimizerRace, heat: str) -> Iterator[Mark]:
    """Yield the marks of a heat, from below to above."""
    on_plane, on_chart = parts.marker(heat), parts.marks_in(f"gaps-{heat}")
    fine: dict[str, Any] = {"weight": "fine"}
    roles = {f"{heat}-{name}": ROLES.get(name, name) for name in HEATS[heat]}
    contours, finish = joined(exhibit.contours[heat]), over([0.0, N_STEPS], np.log10(FINISH))
    yield on_plane("contours", "line", "regularized", contours, **fine, look="faint")
    yield on_chart(f"finish-{heat}", "line", "muted", finish, **fine)
    for name in (each for each in PROMISED if each in roles):
        bound = exhibit.bounds[name]
        promise = there(over(STEPS, np.log10(bound)), np.isfinite(bound))
        yield on_chart(f"bound-{name}", "line", roles[name], promise, **fine, look="faint")
    yield on_plane("goal", "point", heat, exhibit.optima[heat][None], weight="strong")
    for name, role in roles.items():
        walk = walked_by_axes if name.endswith("coordinate") else walked
        yield from walk(f"way-{name}", heat, role, exhibit.ways[name])
        line = over(STEPS, np.log10(np.maximum(exhibit.gaps[name], LEAST)))
        yield on_chart(f"gap-{name}", "line", role, up_to(line), "step")
        dots = there(line, exhibit.gaps[name] > FLOOR)[:, None]
        yield on_chart(f"gap-{name}-now", "point", role, dots, "step")
    start = exhibit.points["start"][None]
    yield on_plane("start", "point", "path", start, look="hollow", grip="start")


# ---- what is told


def story(exhibit: OptimizerRace) -> Story:
    """Tell of the slope and the gap, of who is faster, of kinks, and of what is promised."""
    said = claims(exhibit, {"step": N_STEPS})
    run: dict[str, Any] = {"run": {"step": N_STEPS}, "seconds": 3.4, "even": True}
    start, smooth, kinked = {"step": 0}, ("l2", "gaps-l2"), ("l1", "gaps-l1")
    # Those that race again are seen to go back: a jump would look like a move of the race.
    back: dict[str, Any] = {"run": start, "seconds": 1.2}
    # A valley curves twice as much across as along at least; at a glance the rest is round.
    shape = "valley" if exhibit.slow > ROUND else "round"
    slow = "line" if exhibit.gaps["l2-gradient"][SEEN] > FLOOR else "quick"
    asked = {each.name: asking(each) for each in _questions(exhibit)}

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
            say.step(f"gradient.{'zigzag' if exhibit.zigzags else shape}", hold=1.6,
                     show=runs("l2", "gradient")),
            Step(run={"step": SEEN}, seconds=2.0, even=True, hold=0.4),
        )),
        *asked.get("share", ()),
        Section("straight", (
            say.step("gap", "gap", panels=smooth, tell={"gaps-l2": say("tell.axis")}, hold=3.4),
            say.step(f"straight.{slow}", "straight", run={"step": N_STEPS}, seconds=2.4,
                     even=True, hold=0.4),
            Step(tell={"gaps-l2": said["factor"]} if slow == "line" else None, hold=2.2),
        )),
        *asked.get("first", ()),
        Section("faster", (
            say.step("faster.momentum", "faster", show=runs("l2", "momentum"), **back,
                     tell={"l2": say("tell.carried")} if exhibit.zigzags else None, hold=0.6),
            Step(run={"step": SEEN}, seconds=2.4, even=True, hold=0.6),
            say.step("faster.coordinate", show=runs("l2", "coordinate"), **back,
                     tell={"l2": say("tell.sweep")}, hold=0.6),
            Step(run={"step": SEEN}, seconds=2.4, even=True, hold=0.6),
            say.step("finish", show=("step", "finish-l2"), **back, hold=0.8),
            Step(**run),
            Step(tell={"gaps-l2": said["times-l2"]}, hold=2.4),
        ), only=(*own["l2"], "step", "finish-l2")),
        Section("kinks", (
            say.step("kinks", "kinks", panels=kinked[:1], put=start, show=ground("l1"),
                     hold=2.8),
            say.step("subgradient", show=runs("l1", "subgradient"), hold=2.8),
            say.step("", "jumps" if exhibit.jumps else "slopes", panels=kinked, **run),
            Step(say=said["jumps"], hold=2.6),
        )),
        *asked.get("ripple", ()),
        Section("proximal", (
            say.step("proximal", "proximal", **back, hold=2.4, show=runs("l1", "ista")),
            Step(**run, hold=1.6),
            say.step("carried", "carried", **back, hold=1.6,
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
    return say.task("task.rises", "step", claims={"gap-l1-fista": "rises"})


def _questions(exhibit: OptimizerRace) -> Iterator[Question]:
    """Ask what a step does to the gap, where coordinate descent begins, or of ripples.

    Of steps that leave something, and of a beginning that is seen.
    """
    goal, start = exhibit.optima["l2"], exhibit.points["start"]
    left, right, *_ = exhibit.window
    ground = ("contours-l2", "goal-l2", "start-l2")
    if is_slow := bool(exhibit.gaps["l2-gradient"][SEEN] > FLOOR):
        yield say.choice("share", "share", ("amount", "share", "stalls"), panel="l2",
                         sees=(*ground, "way-l2-gradient", "way-l2-gradient-now"),
                         at={"step": SEEN})  # fmt: skip
    near = NEAR * (right - left)
    truth = np.array([exhibit.ways["l2-coordinate"][1, 0], start[1]])
    if moves := np.abs(truth - start).max() >= 2.0 * near:
        wrongs = {"goal": goal, "alone": np.array([goal[0], start[1]]),
                  "gradient": exhibit.ways["l2-gradient"][1]}  # fmt: skip
        told = {"first": three(float(truth[0])), "second": float(start[1])}
        yield say.guess("first", truth, near, wrongs, told, panel="l2",
                        sees=ground)  # fmt: skip
    if not (is_slow and moves):
        yield say.choice("ripple", "ripples", ("steady", "ripples", "same"))
