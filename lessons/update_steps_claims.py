"""What may be said of the update rules: after each step, and of where they lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regviz.lessons.numbers import equals, significant
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from regviz.lessons.picture import Positions, Said
    from regviz.lessons.update_steps import UpdateSteps

say = Voice("update-steps")
#: which of two weights are exactly 0, in a word
ZEROS = {(False, False): "none", (True, False): "first", (False, True): "second",
         (True, True): "both"}  # fmt: skip


def claims(exhibit: UpdateSteps, at: Positions) -> dict[str, Said]:
    """Return what is true of each rule's weight after this step, and of where it leads."""
    step, last, lam, pull = at["step"], exhibit.last, exhibit.lam["l1"], exhibit.threshold
    l1, l2 = (exhibit.tracks[rule].limit for rule in ("proximal", "l2"))
    l1_values = {"step": exhibit.landing or 0, "steps": last, "slope": exhibit.slope}
    balanced = significant(2.0 * exhibit.number("step_size") * lam * abs(l2))
    held = "holds" if exhibit.band is not None else "short"
    return {
        "step": say("claim.step", step=step, last=last),
        **{rule: _now(exhibit, rule, step) for rule in exhibit.tracks},
        "held": say(f"claim.{held}", lam=lam, slope=exhibit.slope),
        "path-l1": say(f"path.l1.{_way_of_l1(exhibit)}", **l1_values, **_limit(l1)),
        "path-l2": say(f"path.l2.{_way_of_l2(exhibit)}", pull=balanced, **_limit(l2)),
        "zeros": say(f"zeros.{'.'.join(zeros(exhibit))}"),
        "turn": say("caption.pulls.turn", center=exhibit.number("center")),
        "pull": say("tell.near.sign", pull=pull),
        "pulls": say("tell.pulls", pull=pull),
        "alt": say("alt", start=exhibit.number("start"), steps=last, lam=lam, l1=l1, l2=l2),
    }


def _now(exhibit: UpdateSteps, rule: str, step: int) -> Said:
    """Return where a rule's weight is: in the range of its jumps, at 0, or on its way."""
    w, landing, band = float(exhibit.tracks[rule].weights[step]), exhibit.landing, exhibit.band
    values: dict[str, float | str] = {"w": w, "is": equals(w)}
    if rule == "sign":
        if band is None or not band[0] <= w <= band[1]:
            return say("claim.sign.moves", **values)
        return say("claim.sign.band", low=band[0], high=band[1], **values)
    if rule == "proximal" and landing is not None and step >= landing:
        return say("claim.proximal.lands", step=landing)
    return say(f"claim.{rule}.{'zero' if w == 0.0 else 'moves'}", **values)


def _limit(value: float) -> dict[str, float | str]:
    return {"limit": value, "is": equals(value)}


def _way_of_l1(exhibit: UpdateSteps) -> str:
    """Return what L1 does in the steps that are shown."""
    sign, landing = exhibit.tracks["sign"].weights, exhibit.landing
    if exhibit.lam["l1"] == 0.0:
        return "free"
    if exhibit.band is None:
        return "short"
    if not landing:
        return "late" if landing is None else "starts"
    return "crosses" if sign[landing] * sign[0] < 0.0 else "lands"


def _way_of_l2(exhibit: UpdateSteps) -> str:
    """Return what L2 does: it decays, or fades towards 0, or tends to its limit another way."""
    start, limit = float(exhibit.tracks["l2"].weights[0]), exhibit.tracks["l2"].limit
    if exhibit.lam["l2"] == 0.0:
        return "free"
    if limit == 0.0:
        return "fades"
    return "decays" if start * limit > 0.0 and abs(start) > abs(limit) else "tends"


def zeros(exhibit: UpdateSteps) -> tuple[str, str]:
    """Return which weights of the plane are exactly 0 at the end, under L1 and under L2."""
    ends = (exhibit.tracks[rule].plane[-1] == 0.0 for rule in ("proximal", "l2"))
    first, second = (ZEROS[bool(one), bool(two)] for one, two in ends)
    return first, second
