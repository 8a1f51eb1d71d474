"""What there is to see of the update rules: their pulls, their ways, and what happens at 0."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

import regviz.lessons.picture as parts
from regviz.lessons.descent_plane import DescentPlane
from regviz.lessons.lines import band, over, there, up_to, with_air
from regviz.lessons.picture import Driver, Formula, Mark, Panel, Picture, Term
from regviz.lessons.story import Voice
from regviz.lessons.walks import left_behind, walked

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.clip import Window
    from regviz.lessons.update_steps import UpdateSteps

say = Voice("update-steps")
#: heights of the two number lines, of each pull above its line, and of what is seen of both
ROWS, PULLS, HEIGHT = {"l1": 1.3, "l2": 0.3}, (0.22, 0.44), (-0.1, 2.0)
#: the part of a number line that a step must move to leave its arrows behind
SEEN = 0.01
#: the rule that each number line shows, and the role of each rule
LINES = {"l1": "proximal", "l2": "l2"}
ROLES = {"sign": "ink", "proximal": "l1", "l2": "l2"}
#: air beside all weights and around the jumps, in parts of what they span
AIR, WIDE = 0.1, 0.45
#: steps of the look at 0, and those before and after the landing that it shows
CLOSER, CLOSE_STEPS = np.arange(25) / 24.0, (4, 18)
#: far below all weights: the axis of the steps stands at the window's foot, clear of them
BELOW = -100.0
#: how far the soft threshold's map goes, in thresholds
FAR = 4.0
#: what a page's controls offer
KNOBS = {
    "lam": np.arange(201) / 20.0,
    "step_size": np.concatenate([np.arange(1, 10) / 1000.0, np.arange(1, 51) / 100.0]),
    "start": np.arange(-50, 51) / 10.0,
    "center": np.arange(-60, 61) / 20.0,
    "curvature": np.arange(1, 41) / 20.0,
    "rho": np.arange(-18, 19) / 20.0,
    "plane_start": np.arange(-50, 51) / 10.0,
    "plane_center": np.arange(-60, 61) / 20.0,
}
#: what is worth seeing of one weight, beside how it is otherwise
ONE_WEIGHT = {"start": 1.5, "curvature": 0.5, "center": 0.5}
PRESETS = {
    "long": {"lam": 0.6, "step_size": 0.5},
    "weak": {"lam": 0.2, "step_size": 0.2},
    "aligned": {"lam": 0.6, "step_size": 0.2, "center": 0.0},
}
#: the terms of each update, and of the proximal step
DESCENT = Term(r"w \leftarrow w - \eta\,\partial L/\partial w", "loss", "loss-pulls-l1")
SOFT = r"w \leftarrow \operatorname{sign}(v)\,\max(|v| - \eta\lambda,\,0)"
FORMULAS = (
    Formula("descent", (DESCENT,)),
    Formula(
        "update-l1",
        (DESCENT, Term(r"-\;\eta\lambda\,\operatorname{sign}(w)", "l1", "l1-pulls")),
    ),
    Formula("update-l2", (DESCENT, Term(r"-\;2\eta\lambda w", "l2", "l2-pulls"))),
    Formula("proximal-v", (Term(r"v = w - \eta\,\partial L/\partial w", "loss"),), "map"),
    Formula("proximal-w", (Term(SOFT, "l1", "map"),), "map"),
)
#: where along them marks are named
SPOTS: dict[str, tuple[float, ...]] = {
    **dict.fromkeys(("goal-l1", "loss-pulls-l1", "loss-pulls-l2", "l1-pulls", "l2-pulls",
                     "plane-goal", "plane-start", "way-proximal-now", "way-l2-now"), (0.5,)),
    "sign": (0.7, 0.5, 0.9), "jumps": (0.02, 0.04, 0.7, 0.5), "l2": (1.0, 0.9, 0.75, 0.6),
    "map": (0.9, 0.8, 0.7), "map-free": (0.9, 0.8, 0.7), "way-sign": (0.8, 0.6, 0.4),
    "proximal": (0.25, 0.2, 0.3, 0.15), "band": (0.3, 0.5), "landing": (0.0, 0.5),
}  # fmt: skip


def picture(exhibit: UpdateSteps) -> Picture:
    """Describe pulls on number lines, weights by steps, the soft threshold, and the plane."""
    all_weights = np.concatenate([track.weights for track in exhibit.tracks.values()])
    reach = with_air([0.0, exhibit.number("center"), *all_weights], AIR)
    plane = plane_of(exhibit)
    pulls, soft, planar = _pulls(exhibit, reach), _map(exhibit), plane.marks(ROLES)
    marks = (*pulls, *_steps(exhibit, reach), *soft, *planar)
    numbers, landing = {"landing": np.array(float(exhibit.landing or 0))}, exhibit.landing or 1
    return Picture(
        panels=_panels(exhibit, reach, plane),
        marks=marks,
        labels=tuple(
            say.label(of, *spots, numbers=numbers.get(of))
            for of, spots in SPOTS.items()
            if of in {mark.name for mark in marks}
        ),
        drivers=(
            # A page opens where L1 has just come to 0, with more to follow.
            Driver("step", np.arange(exhibit.last + 1.0), rest=min(landing, exhibit.last - 1)),
            Driver("closer", CLOSER, rest=0),
        ),
        formulas=FORMULAS,
        says=("step", "sign", "proximal", "l2", "held"),
        knobs=KNOBS,
        presets={
            name: {"step": exhibit.last, **ONE_WEIGHT, **own} for name, own in PRESETS.items()
        },
        # all but what only the look at 0 needs
        free=(*(mark.name for mark in (*pulls, *planar, *soft)), "level", *ROLES,
              "proximal-now", "l2-now"),
    )  # fmt: skip


def plane_of(exhibit: UpdateSteps) -> DescentPlane:
    """Return what there is to see of two weights."""
    ways = {rule: track.plane for rule, track in exhibit.tracks.items()}
    return DescentPlane(loss=exhibit.loss, ways=ways)


def _panels(
    exhibit: UpdateSteps, reach: tuple[float, float], plane: DescentPlane
) -> tuple[Panel, ...]:
    foot = say("foot", lam=exhibit.lam["l1"], eta=exhibit.number("step_size"))
    whole, tau, far = np.array([0.0, exhibit.last, *reach]), exhibit.threshold, _far(exhibit)
    look = whole + CLOSER[:, None] * (np.array(_close(exhibit) or whole) - whole)
    bends = {tau: r"$\eta\lambda$", -tau: r"$-\eta\lambda$"} if tau else {}

    def panel(
        name: str, limits: Array, across: parts.Ticks, up: parts.Ticks, **how: Any
    ) -> Panel:
        return parts.chart("update-steps", name, limits, (across, up), foot, **how)

    weights = parts.rounded(*reach)
    pulls = panel("pulls", np.array([*reach, *HEIGHT]), weights, {}, kind="line",
                  cross=(0.0, HEIGHT[0]))  # fmt: skip
    return (
        replace(pulls, summary=say(f"head.pulls.{'on' if tau else 'free'}")),
        panel("steps", look, parts.rounded(0.0, exhibit.last), weights, by=("closer",),
              cross=(0.0, BELOW)),
        panel("map", far * np.array([-1.0, 1.0, -1.0, 1.0]), bends, {}),
        panel("plane", np.array(plane.window), *plane.ticks, kind="plane"),
    )  # fmt: skip


def _close(exhibit: UpdateSteps) -> Window | None:
    """Return the window around the landing: a few steps before it, enough chatter after it."""
    landing, before, after = exhibit.landing, *CLOSE_STEPS
    if landing is None or exhibit.band is None:
        return None
    edges = with_air(exhibit.band, WIDE)
    return max(0, landing - before), min(exhibit.last, landing + after), *edges


def _far(exhibit: UpdateSteps) -> float:
    return FAR * exhibit.threshold or 1.0


def _map(exhibit: UpdateSteps) -> list[Mark]:
    """Return what the proximal step makes of the weight after the loss's step."""
    tau, far, track = exhibit.threshold, _far(exhibit), exhibit.tracks["proximal"]
    soft = np.array([[-far, tau - far], [-tau, 0.0], [tau, 0.0], [far, far - tau]])
    v, ends = track.weights + track.pulls[:, 0], far * np.array([-1.0, 1.0])
    now = there(over(v, v + track.pulls[:, 1]), np.abs(v) <= far)
    return [
        Mark("map-free", "map", "line", "loss", over(ends, ends), weight="fine"),
        Mark("map", "map", "line", "l1", soft, weight="strong"),
        Mark("map-now", "map", "point", "l1", now[:, None], ("step",)),
    ]


def _pulls(exhibit: UpdateSteps, reach: tuple[float, float]) -> list[Mark]:
    """Return both number lines, each weight on its own, and all pulls up to now."""
    center = exhibit.number("center")
    marks = [Mark("zero", "pulls", "rule", "muted", over(0.0, HEIGHT), weight="fine")]
    for name, rule in LINES.items():
        y, track = ROWS[name], exhibit.tracks[rule]
        # The pulls follow each other: from the weight to the loss's tip, and on to the next.
        w, tip, end = np.cumsum(np.column_stack([track.weights, track.pulls]), axis=1).T
        # What rests would leave the same arrow again and again.
        moved = np.abs(track.pulls.sum(axis=1)) >= SEEN * (reach[1] - reach[0])
        marks += [
            Mark(f"line-{name}", "pulls", "rule", "ink", over(reach, y), weight="fine",
                 look="faint"),
            Mark(f"goal-{name}", "pulls", "point", "loss", over([center], y), grip="center"),
            *left_behind(f"loss-pulls-{name}", "pulls", "arrow", "loss",
                         over([w, tip], y + PULLS[0]), moved),
            *left_behind(f"{name}-pulls", "pulls", "arrow", name,
                         over([tip, end], y + PULLS[1]), moved),
            *left_behind(f"weight-{name}", "pulls", "point", name, over([w], y), moved),
        ]  # fmt: skip
    return marks


def _steps(exhibit: UpdateSteps, reach: tuple[float, float]) -> list[Mark]:
    """Return each weight against the step, and around 0 the range of jumps and the landing."""
    steps, ends, panel = np.arange(exhibit.last + 1.0), [0.0, exhibit.last], "steps"
    ways = {rule: over(steps, track.weights) for rule, track in exhibit.tracks.items()}
    marks = []
    if exhibit.band is not None:
        marks.append(Mark("band", panel, "band", "muted", band(ends, *exhibit.band)))
    marks.append(Mark("level", panel, "rule", "muted", over(ends, 0.0), weight="fine"))
    if exhibit.landing is not None:
        foot = over(exhibit.landing, [reach[0], 0.0])
        marks.append(Mark("landing", panel, "rule", "l1", foot, weight="fine"))
    jumps, dots = ways["sign"], up_to(ways["proximal"])
    return [
        *marks,
        Mark("jumps", panel, "line", "ink", jumps, weight="fine"),
        Mark("jumps-dots", panel, "point", "ink", jumps, weight="fine", look="hollow"),
        *(
            mark
            for rule, role in ROLES.items()
            for mark in walked(rule, panel, role, ways[rule])
        ),
        Mark("proximal-dots", panel, "point", "l1", dots, ("step",), weight="fine"),
    ]
