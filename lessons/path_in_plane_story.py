"""How the two ways are told: where they lead, along a curve and in straight pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.path_in_plane_claims import bends, claims, say
from regviz.lessons.question import choice
from regviz.lessons.story import Section, Step, Story, asking, both
from regviz.lessons.task import Task

if TYPE_CHECKING:
    from regviz.lessons.path_in_plane import PathInPlane

GROUND = ("contours", "unregularized")
WALK: dict[str, Any] = {"seconds": 3.6, "even": True}
#: what may be answered to where both ways end, and to what L1's is like
ENDS, SHAPES = ("axis", "contour", "zero", "corner"), ("curve", "pieces", "straight")


def story(exhibit: PathInPlane) -> Story:
    """Tell the lesson in order."""
    said, last = claims(exhibit, {"lam": exhibit.at}), len(exhibit.lams) - 1
    plane, start = ("plane",), {"lam": 0}
    ends = choice(say, "ends", {name: say(f"end.{name}") for name in ENDS}, "zero", {})
    shape = choice(say, "shape", {name: say(f"shape.{name}") for name in SHAPES}, "pieces", {})
    (asks_ends, asks_shape), is_bent = asking(ends, shape), bends(exhibit)
    return Story((
        Section("start", (
            say.step("start", "start", panels=plane, put=start, show=GROUND, hold=2.0),
            say.step("penalty", show=("now-l1", "now-l2"), hold=2.0),
        )),
        asks_ends,
        Section("l2", (
            say.step("l2", "l2", put=start, hide=("now-l1",), show=("gone-l2", "strength"),
                     hold=0.6),
            Step(run={"lam": last}, **WALK),
            say.step("never", show=("way-l2",), tell=say("tell.l2"), hold=2.0),
        ), only=("gone-l2", "ball-l2")),
        *((asks_shape,) if is_bent else ()),
        Section("l1", (
            say.step("l1", "l1", put=start, hide=("now-l2",), show=("now-l1", "gone-l1"),
                     hold=0.6),
            Step(run={"lam": last}, **WALK),
            say.step("pieces" if is_bent else "line", show=("way-l1", "bend") if is_bent
                     else ("way-l1",), tell=said["bends"], hold=2.4),
        ), only=("gone-l1", "ball-l1")),
        Section("regions", (
            say.step("regions", "regions", put=start, show=("now-l2",), hold=1.4),
            Step(run={"lam": last}, **WALK),
            Step(run={"lam": exhibit.at}, seconds=1.6, hold=1.6),
        ), only=both("ball")),
        Section("chart", (
            say.step("chart", "against", panels=("plane", "chart"), put=start,
                     show=("rule", *both("w1", "w2", "dots")), hold=1.6),
            say.step("together", run={"lam": last}, **WALK),
            Step(run={"lam": exhibit.at}, seconds=1.6,
                 task=_find_one_weight() if is_bent else None, hold=1.2),
        )),
        Section("still", (
            say.step("still", "still", tell={"plane": said["now-l1"], "chart": said["now-l2"]},
                     hold=4.0),
        )),
    ))  # fmt: skip


def _find_one_weight() -> Task:
    """Set the task to find the least strength at which L1 has both weights 0."""
    return Task(
        said=say("task.both.said"),
        done=say("task.both.done"),
        moves=("lam",),
        claims={"now-l1": "both", "now-l2": "none"},
    )
