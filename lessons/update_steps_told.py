"""What is said and seen of the update rules: their pulls, their ways, and what happens at 0."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

import regviz.lessons.picture as parts
from regviz.lessons.lines import joined, over, there
from regviz.lessons.numbers import equals, significant, snap
from regviz.lessons.picture import Formula, Label, Mark, Panel, Picture, Positions, Said, Term
from regviz.lessons.story import Section, Step, Story, Voice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regviz.lessons.base import Array
    from regviz.lessons.update_steps import UpdateSteps

#: heights of the two number lines, of each pull above its line, and of what is seen of both
ROWS, PULLS, HEIGHT = {"l1": 1.3, "l2": 0.3}, (0.22, 0.44), (-0.1, 2.0)
#: the part of a number line that a step must move to leave its arrows behind
SEEN = 0.01
#: the rule that each number line shows, and the role of each rule
LINES = {"l1": "proximal", "l2": "l2"}
ROLES = {"sign": "ink", "proximal": "l1", "l2": "l2"}
#: steps of the look at 0
CLOSER = np.arange(25) / 24.0
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
#: how far the soft threshold's map goes, in thresholds
FAR = 4.0
#: the terms of each update, and of the proximal step
DESCENT = Term(r"w \leftarrow w - \eta\,\partial L/\partial w", "loss", "loss-pulls-l1")
TERMS = {
    "l1": Term(r"-\;\eta\lambda\,\operatorname{sign}(w)", "l1", "l1-pulls"),
    "l2": Term(r"-\;2\eta\lambda w", "l2", "l2-pulls"),
}
PROXIMAL = {
    "v": Term(r"v = w - \eta\,\partial L/\partial w", "loss"),
    "w": Term(r"w \leftarrow \operatorname{sign}(v)\,\max(|v| - \eta\lambda,\,0)", "l1", "map"),
}
say = Voice("update-steps")


# -- what is true -------------------------------------------------------------------------


def claims(exhibit: UpdateSteps, at: Positions) -> dict[str, Said]:
    """Return what is true of each rule's weight after this step, and of where it leads."""
    step, n_steps = at["step"], len(exhibit.tracks["l2"].weights) - 1
    w = {rule: float(track.weights[step]) for rule, track in exhibit.tracks.items()}
    lam, parameters = exhibit.lam["l1"], exhibit.parameters
    held = "holds" if exhibit.band is not None else "short"
    return {
        "step": say("claim.step", step=step, last=n_steps),
        "sign": _sign(exhibit, w["sign"]),
        "proximal": _proximal(exhibit, w["proximal"], step),
        "l2": _weight("l2", "zero" if w["l2"] == 0.0 else "moves", w["l2"]),
        "held": say(f"claim.{held}", lam=lam, slope=exhibit.slope),
        "path-l1": _path_l1(exhibit, n_steps),
        "path-l2": _path_l2(exhibit),
        "turn": say("caption.pulls.turn", center=float(str(parameters["center"]))),
        "pull": say("tell.near.sign", pull=_threshold(exhibit)),
        "pulls": say("tell.pulls", pull=_threshold(exhibit)),
        "alt": say(
            "alt",
            start=float(str(parameters["start"])),
            steps=n_steps,
            lam=lam,
            l1=exhibit.tracks["proximal"].limit,
            l2=exhibit.tracks["l2"].limit,
        ),
    }


def _sign(exhibit: UpdateSteps, w: float) -> Said:
    if exhibit.band is None or not exhibit.band[0] <= w <= exhibit.band[1]:
        return _weight("sign", "moves", w)
    low, high = exhibit.band
    return _weight("sign", "band", w, low=low, high=high)


def _proximal(exhibit: UpdateSteps, w: float, step: int) -> Said:
    if exhibit.landing is not None and step >= exhibit.landing:
        return say("claim.proximal.lands", step=exhibit.landing)
    return _weight("proximal", "zero" if w == 0.0 else "moves", w)


def _weight(rule: str, kind: str, w: float, **values: float) -> Said:
    return say(f"claim.{rule}.{kind}", w=w, **{"is": equals(w)}, **values)


def _path_l1(exhibit: UpdateSteps, n_steps: int) -> Said:
    """Return what L1 does in the steps that are shown."""
    sign, landing = exhibit.tracks["sign"].weights, exhibit.landing
    if exhibit.lam["l1"] == 0.0:
        return say("path.l1.free")
    if exhibit.band is None:
        limit = exhibit.tracks["proximal"].limit
        return say("path.l1.short", limit=limit, slope=exhibit.slope, **{"is": equals(limit)})
    if landing is None:
        return say("path.l1.late", steps=n_steps)
    if landing == 0:
        return say("path.l1.starts")
    crosses = sign[landing] * sign[0] < 0.0
    return say(f"path.l1.{'crosses' if crosses else 'lands'}", step=landing)


def _path_l2(exhibit: UpdateSteps) -> Said:
    """Return what L2 does: it decays, or fades towards 0, or tends to its limit another way."""
    track = exhibit.tracks["l2"]
    start, limit = float(track.weights[0]), track.limit
    if exhibit.lam["l2"] == 0.0:
        return say("path.l2.free", limit=limit)
    if limit == 0.0:
        return say("path.l2.fades")
    kind = "decays" if start * limit > 0.0 and abs(start) > abs(limit) else "tends"
    eta = float(str(exhibit.parameters["step_size"]))
    pull = significant(2.0 * eta * exhibit.lam["l2"] * abs(limit))
    return say(f"path.l2.{kind}", limit=limit, pull=pull, **{"is": equals(limit)})


def _zeros(exhibit: UpdateSteps) -> Said:
    """Return which weights of the plane are exactly 0 at the end."""
    which = {(0, 0): "none", (1, 0): "first", (0, 1): "second", (1, 1): "both"}
    l1, l2 = ((exhibit.tracks[rule].plane[-1] == 0.0).tolist() for rule in LINES.values())
    return say(f"zeros.{which[tuple(l1)]}.{which[tuple(l2)]}")


def _plane(exhibit: UpdateSteps) -> str:
    """Return what may be said of where the ways in the plane end."""
    if exhibit.lam["l1"] == 0.0:
        return "free"
    held, others = (int((exhibit.tracks[r].plane[-1] == 0.0).sum()) for r in ("proximal", "l2"))
    return "plain" if not held or others else "both" if held == 2 else "one"


def _end(exhibit: UpdateSteps) -> str:
    """Return what may be said at the end."""
    if exhibit.lam["l1"] == 0.0:
        return "free"
    return "holds" if exhibit.band is not None and exhibit.tracks["l2"].limit else "plain"


# -- what there is to see -----------------------------------------------------------------


def picture(exhibit: UpdateSteps) -> Picture:
    """Describe pulls on number lines, weights by steps, the soft threshold, and the plane."""
    steps = np.arange(len(exhibit.tracks["l2"].weights), dtype=float)
    pulls, plane, soft = _pull_marks(exhibit), _plane_marks(exhibit), _map_marks(exhibit)
    # A page shows all but what only the look at 0 needs.
    free = tuple(mark.name for mark in (*pulls, *plane, *soft))
    return Picture(
        panels=_panels(exhibit, steps),
        marks=(*pulls, *_step_marks(exhibit, steps), *soft, *plane),
        labels=_labels(exhibit),
        drivers=(
            # A page opens where L1 has just come to 0, with more to follow.
            parts.Driver("step", steps, rest=min(exhibit.landing or 1, len(steps) - 2)),
            parts.Driver("closer", CLOSER, rest=0),
        ),
        formulas=(
            Formula("descent", (DESCENT,)),
            *(Formula(f"update-{name}", (DESCENT, term)) for name, term in TERMS.items()),
            *(Formula(f"proximal-{name}", (term,), "map") for name, term in PROXIMAL.items()),
        ),
        says=("step", "sign", "proximal", "l2", "held"),
        knobs=KNOBS,
        free=(*free, *ROLES, "proximal-now", "l2-now"),
    )


def _panels(exhibit: UpdateSteps, steps: Array) -> tuple[Panel, ...]:
    low, high = exhibit.reach
    foot = say("foot", lam=exhibit.lam["l1"], eta=float(str(exhibit.parameters["step_size"])))
    whole = np.array([0.0, steps[-1], low, high])
    close = whole if exhibit.close is None else np.array(exhibit.close)
    left, right, bottom, top = exhibit.plane_limits
    tau, far = _threshold(exhibit), _far(exhibit)
    bends = {tau: r"$\eta\lambda$", -tau: r"$-\eta\lambda$"} if tau else {}

    def panel(
        name: str, limits: Array, across: parts.Ticks, up: parts.Ticks, **how: Any
    ) -> Panel:
        return parts.chart("update-steps", name, limits, (across, up), foot, **how)

    pulls = panel("pulls", np.array([low, high, *HEIGHT]), parts.rounded(low, high), {},
                  kind="line", cross=(0.0, HEIGHT[0]))  # fmt: skip
    return (
        replace(pulls, summary=say(f"head.pulls.{'on' if tau else 'free'}")),
        panel("steps", whole + CLOSER[:, None] * (close - whole), parts.rounded(0.0, steps[-1]),
              parts.rounded(low, high), by=("closer",)),
        panel("map", far * np.array([-1.0, 1.0, -1.0, 1.0]), bends, {}),
        panel("plane", np.array(exhibit.plane_limits), parts.rounded(left, right, 4),
              parts.rounded(bottom, top, 4), kind="plane"),
    )  # fmt: skip


def _threshold(exhibit: UpdateSteps) -> float:
    """Return what a step of L1 takes off: the strength times the step size."""
    return snap(exhibit.lam["l1"] * float(str(exhibit.parameters["step_size"])))


def _far(exhibit: UpdateSteps) -> float:
    return FAR * _threshold(exhibit) or 1.0


def _map_marks(exhibit: UpdateSteps) -> list[Mark]:
    """Return what the proximal step makes of the weight after the loss's step."""
    tau, far, track = _threshold(exhibit), _far(exhibit), exhibit.tracks["proximal"]
    soft = np.array([[-far, tau - far], [-tau, 0.0], [tau, 0.0], [far, far - tau]])
    v = track.weights + track.loss_pull
    now = np.column_stack([v, v + track.penalty_pull])
    now[np.abs(v) > far] = np.nan
    return [
        Mark("map-free", "map", "line", "loss", far * np.array([[-1.0, -1.0], [1.0, 1.0]]),
             weight="fine"),
        Mark("map", "map", "line", "l1", soft, weight="strong"),
        Mark("map-now", "map", "point", "l1", now[:, None], ("step",)),
    ]  # fmt: skip


def _pull_marks(exhibit: UpdateSteps) -> list[Mark]:
    """Return both number lines, each weight on its own, and all pulls up to now."""
    low, high = exhibit.reach
    center = float(str(exhibit.parameters["center"]))
    marks = [Mark("zero", "pulls", "rule", "muted", over(0.0, HEIGHT), weight="fine")]
    for name, rule in LINES.items():
        y, track = ROWS[name], exhibit.tracks[rule]
        w, tips = track.weights, track.weights + track.loss_pull
        # What rests would leave the same arrow again and again.
        moved = np.abs(track.loss_pull + track.penalty_pull) >= SEEN * (high - low)
        pulls = {
            "loss": _arrows(w, tips, y + PULLS[0]),
            name: _arrows(tips, tips + track.penalty_pull, y + PULLS[1]),
        }
        marks += [
            Mark(f"line-{name}", "pulls", "rule", "ink", over(exhibit.reach, y),
                 weight="fine", look="faint"),
            Mark(f"goal-{name}", "pulls", "point", "loss", over([center], y), grip="center"),
        ]  # fmt: skip
        for role, arrows in pulls.items():
            own = f"{role}-pulls-{name}" if role == "loss" else f"{role}-pulls"
            marks.append(
                Mark(f"{own}-before", "pulls", "arrow", role,
                           _before(arrows, moved), ("step",), look="faint")
            )  # fmt: skip
            marks.append(Mark(own, "pulls", "arrow", role, arrows, ("step",)))
        spots = over(w, y)
        marks += [
            Mark(f"before-{name}", "pulls", "point", name, _before(spots[:, None], moved),
                       ("step",), look="faint"),
            Mark(f"weight-{name}", "pulls", "point", name, spots[:, None], ("step",)),
        ]  # fmt: skip
    return marks


def _arrows(start: Array, end: Array, y: float) -> Array:
    """Return level arrows, shape `(n, 2, 2)`."""
    return np.stack([over(start, y), over(end, y)], axis=1)


def _before(points: Array, moved: NDArray[np.bool_]) -> Array:
    """Return, for each step, the points of those before it that moved; the others are NaN."""
    steps, n_rows = points.shape[:2]
    earlier = moved & (np.arange(steps) < np.arange(steps)[:, None])
    return there(points, earlier[..., None]).reshape(steps, steps * n_rows, 2)


def _up_to(points: Array) -> Array:
    """Return, for each step, the way up to it; what comes later is NaN."""
    steps = np.arange(len(points))
    return there(points, steps <= steps[:, None])


def _step_marks(exhibit: UpdateSteps, steps: Array) -> list[Mark]:
    """Return each weight against the step, and around 0 the range of jumps and the landing."""
    marks = []
    if exhibit.band is not None:
        low, high = exhibit.band
        last = steps[-1]
        band = np.array([[0.0, low], [last, low], [last, high], [0.0, high]])
        marks.append(Mark("band", "steps", "band", "muted", band))
    if exhibit.landing is not None:
        foot = over(exhibit.landing, [exhibit.reach[0], 0.0])
        marks.append(Mark("landing", "steps", "rule", "l1", foot, weight="fine"))
    jumps = over(steps, exhibit.tracks["sign"].weights)
    marks += [
        Mark("jumps", "steps", "line", "ink", jumps, weight="fine"),
        Mark("jumps-dots", "steps", "point", "ink", jumps, weight="fine", look="hollow"),
    ]
    for rule, role in ROLES.items():
        way = _up_to(over(steps, exhibit.tracks[rule].weights))
        fine: parts.Weight = "fine" if rule == "sign" else "plain"
        look: parts.Look = "hollow" if rule == "sign" else "solid"
        marks += [
            Mark(rule, "steps", "line", role, way, ("step",), weight=fine),
            Mark(f"{rule}-now", "steps", "point", role, rides=rule, by=("step",),
                 row=np.arange(len(steps)), look=look),
        ]  # fmt: skip
        if rule == "proximal":
            marks.append(Mark("proximal-dots", "steps", "point", role, way, ("step",),
                              weight="fine"))  # fmt: skip
    return marks


def _plane_marks(exhibit: UpdateSteps) -> list[Mark]:
    """Return the loss's contours, its lowest point, the start, and each rule's way."""
    contours = joined(exhibit.contours)
    center, start = (np.array([exhibit.parameters[f"plane_{n}"]]) for n in ("center", "start"))
    marks = [
        Mark("contours", "plane", "line", "loss", contours, weight="fine"),
        Mark("plane-goal", "plane", "point", "loss", center, grip="plane_center"),
        Mark("plane-start", "plane", "point", "ink", start, look="hollow", grip="plane_start"),
    ]
    for rule, role in ROLES.items():
        way = _up_to(exhibit.tracks[rule].plane)
        marks.append(Mark(f"way-{rule}", "plane", "line", role, way, ("step",),
                                weight="fine" if rule == "sign" else "plain"))  # fmt: skip
        if rule != "sign":
            row = np.arange(len(way))
            marks.append(Mark(f"way-{rule}-now", "plane", "point", role,
                                    rides=f"way-{rule}", row=row, by=("step",)))  # fmt: skip
    return marks


def _labels(exhibit: UpdateSteps) -> tuple[Label, ...]:
    ends = (1.0, 0.9, 0.75, 0.6)
    named: dict[str, tuple[float, ...]] = {
        "goal-l1": (0.5,), "loss-pulls-l1": (0.5,), "loss-pulls-l2": (0.5,),
        "l1-pulls": (0.5,), "l2-pulls": (0.5,), "sign": (0.7, 0.5, 0.9),
        "jumps": (0.02, 0.04, 0.7, 0.5), "map": (0.9, 0.8, 0.7), "map-free": (0.9, 0.8, 0.7),
        "proximal": (0.25, 0.2, 0.3, 0.15),
        "l2": ends, "band": (0.3, 0.5), "landing": (0.0, 0.5), "plane-goal": (0.5,),
        "plane-start": (0.5,), "way-sign": (0.8, 0.6, 0.4), "way-proximal-now": (0.5,),
        "way-l2-now": (0.5,),
    }  # fmt: skip
    absent = {name for name in ("band", "landing") if getattr(exhibit, name) is None}
    numbers = {"landing": np.array(float(exhibit.landing or 0))}
    return tuple(
        Label(of, say(f"name.{of}"), spots, numbers.get(of))
        for of, spots in named.items()
        if of not in absent
    )


# -- what is told -------------------------------------------------------------------------


def story(exhibit: UpdateSteps) -> Story:
    """Tell each update term by term, pull by pull, step by step, and then in the plane."""
    landing, sign = exhibit.landing, exhibit.tracks["sign"].weights
    jumps = exhibit.close is not None and landing is not None and sign[landing:].any()
    sections = [_formulas(), _pulls(exhibit), _paths(exhibit)]
    sections += [_near(exhibit)] if jumps else []
    return Story((*sections, _in_plane(exhibit), _still(exhibit)))


def _headed(caption: str, head: str, **verbs: Any) -> Step:
    return say.step(caption, heading=say(f"head.{head}"), **verbs)


def _formulas() -> Section:
    rows = ("zero", "line-l1", "line-l2", "goal-l1", "goal-l2", "weight-l1", "weight-l2")
    return Section("formulas", (
        _headed("formulas.loss", "formulas", panels=("pulls",), put={"step": 0},
                show=(*rows, "descent"), hold=2.4),
        say.step("formulas.l1", hide=("descent",), show=("update-l1",), hold=2.4),
        say.step("formulas.l2", show=("update-l2",), hold=2.4),
    ))  # fmt: skip


def _pulls(exhibit: UpdateSteps) -> Section:
    n_steps, center = len(exhibit.tracks["l2"].weights) - 1, exhibit.points["unregularized"][0]
    free = exhibit.lam["l1"] == 0.0
    kind = "free" if free else "on"
    loss, penalties = ("loss-pulls-l1", "loss-pulls-l2"), ("l1-pulls", "l2-pulls")
    steps = [_headed("pulls.loss", f"pulls.{kind}", show=loss, seconds=1.0, hold=1.8)]
    if not free:
        steps.append(say.step("pulls.penalty", show=penalties, seconds=1.0, hold=1.8))
    before = tuple(f"{name}-before" for name in loss + (() if free else penalties))
    tell = None if free else claims(exhibit, {"step": 0})["pulls"]
    steps += [
        Step(show=("before-l1", "before-l2", *before), run={"step": 1}, seconds=1.2),
        say.step(f"pulls.{kind}", tell=tell, hold=0.6),
    ]
    turn, walked = _turn(exhibit, float(center)), min(exhibit.walked, n_steps)
    turned = say("caption.pulls.turn", center=float(center)) if turn is not None else None
    for until, said in ((turn, None), (walked, turned)):
        if until is not None and until > 1:
            steps.append(Step(say=said, run={"step": until}, even=True,
                              seconds=0.6 + 4.4 * until / walked, hold=1.0))  # fmt: skip
    return Section("pulls", tuple(steps))


def _turn(exhibit: UpdateSteps, center: float) -> int | None:
    """Return the step by which the loss pulls every weight away from 0, if it comes to that."""
    side, far, turned = np.sign(center), abs(center), []
    for rule in LINES.values():
        weights = side * exhibit.tracks[rule].weights[: exhibit.walked + 1]
        back = np.flatnonzero((weights > 0.0) & (weights < far))
        if weights[0] <= far or not len(back):
            return None
        turned.append(int(back[0]))
    return max(turned)


def _paths(exhibit: UpdateSteps) -> Section:
    last = len(exhibit.tracks["l2"].weights) - 1
    said = claims(exhibit, {"step": last, "closer": 0})
    return Section("paths", (
        _headed("paths.start", "paths", panels=("steps",), put={"step": 0},
                show=("sign", "l2", "sign-now", "l2-now"), hold=1.0),
        Step(run={"step": last}, seconds=3.2, even=True),
        Step(say=said["path-l1"], tell=said["path-l2"], hide=("sign-now",), hold=3.4),
    ), only=("l2-now",))  # fmt: skip


def _near(exhibit: UpdateSteps) -> Section:
    """Close in on 0: the sign step jumps across it, the proximal step stops there."""
    assert exhibit.close is not None
    assert exhibit.landing is not None
    first, until, _, _ = exhibit.close
    said = claims(exhibit, {"step": until, "closer": 0})
    return Section("near", (
        _headed("near.sign", "near.sign", hide=("sign", "l2", "update-l1", "update-l2"),
                run={"closer": len(CLOSER) - 1}, seconds=1.6),
        Step(tell=said["pull"], show=("band", "jumps-dots"), seconds=0.8, hold=2.4),
        _headed("near.proximal", "near.proximal", tell=say("tell.near.proximal"),
                panels=("steps", "map"), put={"step": first}, hold=1.6,
                show=("map", "map-free", "map-now", "proximal-v", "proximal-w")),
        Step(show=("proximal", "proximal-dots"), run={"step": exhibit.landing}, seconds=2.4,
             even=True),
        Step(show=("landing",), hold=1.4),
        say.step("near.lands", tell=said["held"], run={"step": until}, seconds=2.6, even=True,
                 hold=2.4),
        ), only=("jumps", "jumps-dots", "band", "map", "map-free", "map-now", "proximal",
                 "proximal-dots", "landing", "proximal-v", "proximal-w"))  # fmt: skip


def _in_plane(exhibit: UpdateSteps) -> Section:
    last = len(exhibit.tracks["l2"].weights) - 1
    ways, heads = tuple(f"way-{rule}" for rule in ROLES), ("way-proximal-now", "way-l2-now")
    return Section("plane", (
        _headed("plane.start", "plane", panels=("plane",), put={"step": 0}, hold=1.6),
        Step(run={"step": last}, seconds=3.6),
        say.step(f"plane.{_plane(exhibit)}", tell=_zeros(exhibit), hold=3.4),
    ), only=("contours", "plane-goal", "plane-start", *ways, *heads, "update-l1",
             "update-l2"))  # fmt: skip


def _still(exhibit: UpdateSteps) -> Section:
    """Both pulls at rest, beside the weights by steps."""
    end, last = _end(exhibit), len(exhibit.tracks["l2"].weights) - 1
    held = claims(exhibit, {"step": last, "closer": 0})["held"]
    return Section("still", (
        _headed(f"still.{end}", f"still.{end}", tell=held, panels=("pulls", "steps"),
                put={"closer": 0}, hold=4.2),
    ), only=("sign", "l2", "proximal", "l2-now", "proximal-now"))  # fmt: skip
