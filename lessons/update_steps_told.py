"""What is said of the update rules: term by term, pull by pull, step by step, in the plane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
from regviz.lessons.numbers import equals, significant, snap, zeros
from regviz.lessons.question import Question
from regviz.lessons.story import Section, Step, Story, Task, Voice, asking, both

if TYPE_CHECKING:
    from regviz.lessons.picture import Positions, Said
    from regviz.lessons.update_steps import UpdateSteps

say = Voice("update-steps")
#: the role of each update rule, and the rule that each number line shows
ROLES = {"sign": "ink", "proximal": "l1", "l2": "l2"}
LINES = {"l1": "proximal", "l2": "l2"}
#: which weight is 0 on each axis of the plane
AXES = ("first", "second")
#: steps of the look at 0
CLOSER = np.arange(25) / 24.0
#: what only that look has, and all that is seen in it
NEAR = ("jumps", "jumps-dots", "band", "proximal-dots", "landing")
LOOK = (*NEAR, "map", "map-free", "map-now", "proximal-v", "proximal-w")
#: what is seen in the plane
PLANE = ("contours", "plane-goal", "plane-start", *(f"way-{rule}" for rule in ROLES),
         "way-proximal-now", "way-l2-now")  # fmt: skip


def claims(exhibit: UpdateSteps, at: Positions) -> dict[str, Said]:
    """Return what is true of each rule's weight after this step, and of where it leads."""
    step, last, lam, pull = at["step"], exhibit.last, exhibit.lam["l1"], exhibit.threshold
    l1, l2 = (float(exhibit.points[f"optimum-{name}"][0]) for name in LINES)
    balanced = significant(2.0 * exhibit.number("step_size") * lam * abs(l2))
    return {
        "step": say("claim.step", step=step, last=last),
        **{rule: _now(exhibit, rule, step) for rule in ROLES},
        "held": say(f"claim.{'short' if exhibit.band is None else 'holds'}", lam=lam,
                    slope=exhibit.slope),
        "path-l1": say(f"path.l1.{_way_of_l1(exhibit)}", step=exhibit.landing or 0, steps=last,
                       slope=exhibit.slope, limit=l1, **{"is": equals(l1)}),
        "path-l2": say(f"path.l2.{_way_of_l2(exhibit)}", pull=balanced, limit=l2,
                       **{"is": equals(l2)}),
        "zeros": say(f"zeros.{'.'.join(_zeros(exhibit))}"),
        "turn": say("caption.pulls.turn", center=exhibit.number("center")),
        "pull": say("tell.near.sign", pull=pull),
        "pulls": say("tell.pulls", pull=pull),
        "alt": say("alt", start=exhibit.number("start"), steps=last, lam=lam, l1=l1, l2=l2),
    }  # fmt: skip


def _now(exhibit: UpdateSteps, rule: str, step: int) -> Said:
    """Return where a rule's weight is: in the range of its jumps, at 0, or on its way."""
    w, landing, band = float(exhibit.weights[rule][step]), exhibit.landing, exhibit.band
    values: dict[str, float | str] = {"w": w, "is": equals(w)}
    if rule == "sign":
        if band is None or not band[0] <= w <= band[1]:
            return say("claim.sign.moves", **values)
        return say("claim.sign.band", low=band[0], high=band[1], **values)
    if rule == "proximal" and landing is not None and step >= landing:
        return say("claim.proximal.lands", step=landing)
    return say(f"claim.{rule}.{'zero' if w == 0.0 else 'moves'}", **values)


def _way_of_l1(exhibit: UpdateSteps) -> str:
    """Return what L1 does in the steps that are shown."""
    sign, landing = exhibit.weights["sign"], exhibit.landing
    if exhibit.lam["l1"] == 0.0:
        return "free"
    if exhibit.band is None:
        return "short"
    if not landing:
        return "late" if landing is None else "starts"
    return "crosses" if sign[landing] * sign[0] < 0.0 else "lands"


def _way_of_l2(exhibit: UpdateSteps) -> str:
    """Return what L2 does: it decays, or fades towards 0, or tends to its limit another way."""
    start, limit = float(exhibit.weights["l2"][0]), float(exhibit.points["optimum-l2"][0])
    if exhibit.lam["l2"] == 0.0:
        return "free"
    if limit == 0.0:
        return "fades"
    return "decays" if start * limit > 0.0 and abs(start) > abs(limit) else "tends"


def _zeros(exhibit: UpdateSteps) -> tuple[str, str]:
    """Return which weights of the plane are exactly 0 at the end, under L1 and under L2."""
    l1, l2 = (zeros(*exhibit.ways[rule][-1].tolist()) for rule in LINES.values())
    return l1, l2


# ---- what is told


def story(exhibit: UpdateSteps) -> Story:
    """Tell each update term by term, pull by pull, step by step, and then in the plane."""
    said, last = claims(exhibit, {"step": exhibit.last, "closer": 0}), exhibit.last
    start = {"step": 0}
    updates, (l1, l2) = ("update-l1", "update-l2"), _zeros(exhibit)
    end = {"none": "plain", "both": "both"}.get(l1, "one") if l2 == "none" else "plain"
    rests = exhibit.band is not None and exhibit.points["optimum-l2"].any()
    still = "holds" if rests else "plain"
    if exhibit.lam["l1"] == 0.0:
        end = still = "free"
    return Story((
        Section("formulas", (
            say.step("formulas.loss", "formulas", panels=("pulls",), put=start, hold=2.4,
                     show=("zero", *both("line", "goal", "weight"), "descent")),
            say.step("formulas.l1", hide=("descent",), show=updates[:1], hold=2.4),
            say.step("formulas.l2", show=updates[1:], hold=2.4),
        )),
        *asking(_next(exhibit)),
        _walk(exhibit, said),
        *asking(_step_near_zero(exhibit)),
        Section("paths", (
            say.step("paths.start", "steps", panels=("steps",), put=start, hold=1.0,
                     show=("level", "sign", "l2", "sign-now", "l2-now")),
            Step(run={"step": last}, seconds=2.8, even=True),
            Step(say=said["path-l1"], tell=said["path-l2"], hide=("sign-now",), hold=2.4),
        ), only=("l2-now",)),
        *_near(exhibit, said),
        *asking(*_ends(exhibit)),
        Section("plane", (
            say.step("plane.start", "ways", panels=("plane",), put=start, hold=1.6),
            Step(run={"step": last}, seconds=2.8),
            say.step(f"plane.{end}", tell=said["zeros"], hold=2.4,
                     show=("way-proximal-now", "way-l2-now")),
        ), only=PLANE),
        # Both pulls at rest, beside the weights by steps.
        Section("still", (
            say.step(f"still.{still}", f"still.{still}", tell=said["held"], hold=3.4,
                     panels=("pulls", "steps"), put={"closer": 0}, task=_task(exhibit)),
        ), only=("sign", "l2", "proximal", "l2-now", "proximal-now")),
    ))  # fmt: skip


def _walk(exhibit: UpdateSteps, said: dict[str, Said]) -> Section:
    """Pull by the loss, by the penalties too, and walk on, until just before L1 is at 0."""
    landing, free = exhibit.landing, exhibit.lam["l1"] == 0.0
    walked = max(1, landing - 1) if landing else exhibit.last
    kind, turn = "free" if free else "on", _turn(exhibit, walked)
    loss, penalties = both("loss-pulls"), () if free else ("l1-pulls", "l2-pulls")
    left = (*both("weight"), *loss, *penalties)
    steps = [say.step("pulls.loss", f"walk.{kind}", show=loss, seconds=1.0, hold=1.2)]
    if penalties:
        steps.append(say.step("pulls.penalty", show=penalties, seconds=1.0, hold=1.2))
    steps += [
        Step(show=tuple(f"{name}-before" for name in left), run={"step": 1}, seconds=1.2),
        say.step(f"pulls.{kind}", tell=None if free else said["pulls"], hold=0.6),
    ]
    for until, caption in ((turn, None), (walked, said["turn"] if turn else None)):
        if until is not None and until > 1:
            steps.append(Step(say=caption, run={"step": until}, even=True,
                              seconds=0.6 + 3.0 * until / walked, hold=0.4))  # fmt: skip
    return Section("pulls", tuple(steps))


def _turn(exhibit: UpdateSteps, walked: int) -> int | None:
    """Return the step by which the loss pulls every weight away from 0, if it comes to that."""
    center, turned = exhibit.number("center"), []
    for rule in LINES.values():
        weights = np.sign(center) * exhibit.weights[rule][: walked + 1]
        back = np.flatnonzero((weights > 0.0) & (weights < abs(center)))
        if weights[0] <= abs(center) or not len(back):
            return None
        turned.append(int(back[0]))
    return max(turned)


def _near(exhibit: UpdateSteps, said: dict[str, Said]) -> tuple[Section, ...]:
    """Close in on 0, if the sign step jumps across it and the proximal step stops there."""
    landing, (first, until) = exhibit.landing, exhibit.around
    if landing is None or not exhibit.weights["sign"][landing:].any():
        return ()
    return (Section("near", (
        say.step("near.sign", "near.sign", hide=("sign", "l2", "update-l1", "update-l2"),
                 run={"closer": len(CLOSER) - 1}, seconds=1.6),
        Step(tell=said["pull"], show=("band", "jumps-dots"), seconds=0.8, hold=1.6),
        say.step("near.proximal", "near.proximal", tell=say("tell.near.proximal"),
                 panels=("steps", "map"), put={"step": first}, hold=1.2,
                 show=("map", "map-free", "map-now", "proximal-v", "proximal-w")),
        Step(show=("proximal-dots",), run={"step": landing}, seconds=1.8, even=True),
        Step(show=("landing",), hold=0.4),
        say.step("near.lands", tell=said["held"], run={"step": until}, seconds=2.2, even=True,
                 hold=1.6),
    ), only=LOOK),)  # fmt: skip


def _next(exhibit: UpdateSteps) -> Question:
    """Ask where a step of L1 leads, if it can be seen and does not cross 0, or which fades."""
    (w, after), pull = exhibit.weights["sign"][:2], exhibit.threshold
    stops = float(exhibit.weights["proximal"][1])
    if pull < 0.02 * max(abs(w), abs(after)) or abs(after - stops) > 1e-9 * pull or w == 0.0:
        return say.choice("fades", "l2", ("both", "l1", "neither", "l2"))
    free = w + exhibit.pulls["sign"][0, 0]
    wrongs = {"l2": exhibit.weights["l2"][1], "free": free, "away": 2.0 * free - after}
    told = {"w": float(w), "free": float(free), "need": float(after), "pull": pull,
            "lam": exhibit.lam["l1"], "eta": exhibit.number("step_size")}  # fmt: skip
    low, high = (snap(after + times * pull) for times in (-3.0, 4.0))
    return say.guess(
        "next", after, 0.2 * pull, wrongs, told, low=low, high=high, panel="pulls",
        sees=("zero", "line-l1", "goal-l1", "weight-l1", "loss-pulls-l1"), at={"step": 0},
    )  # fmt: skip


def _step_near_zero(exhibit: UpdateSteps) -> Question:
    """Ask what a step close to 0 does, beside the weight that is about to land there."""
    seen: Any = {} if not exhibit.landing else {
        "panel": "pulls", "sees": ("zero", "line-l1", "goal-l1", "weight-l1"),
        "at": {"step": exhibit.landing - 1},
    }  # fmt: skip
    return say.choice("near", "jumps", ("shrinks", "lands", "jumps"), **seen)


def _ends(exhibit: UpdateSteps) -> tuple[Question, ...]:
    """Ask on which axis L1 ends in the plane, if it ends on one of them."""
    lam = exhibit.lam["l1"]
    zero = zeros(*rm.penalized_optimum(exhibit.loss, rm.L1(lam)).tolist())
    if lam == 0.0 or zero not in AXES:  # without a penalty it is the loss that leads there
        return ()
    options = {
        "held" if axis == zero else "other": say(f"ask.ends.answer.{axis}") for axis in AXES
    }
    options["off"] = say("ask.ends.answer.off")
    return (
        say.choice("ends", "held", options, {"lam": lam}, panel="plane",
                   sees=("contours", "plane-goal", "plane-start"), at={"step": 0}),
    )  # fmt: skip


def _task(exhibit: UpdateSteps) -> Task | None:
    """Set the task to find the step that brings the proximal weight to 0."""
    landing = exhibit.landing
    if not landing or landing == exhibit.last:
        return None
    return say.task(
        "task.landing", "step", values={"step": landing}, claims={"proximal": "lands"},
        within={"step": (landing, landing)},
    )  # fmt: skip
