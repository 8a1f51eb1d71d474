"""How the corner is told: descent without a penalty, held by a region, and why it is held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from regviz.lessons.corner_claims import (
    SIDES,
    claims,
    kind_of,
    landing,
    loosest,
    say,
)
from regviz.lessons.corner_questions import moves, task, where
from regviz.lessons.crossed import SHARES
from regviz.lessons.followed import STEPS, arrival
from regviz.lessons.picture import Said
from regviz.lessons.story import Section, Step, Story, asking, both
from regviz.lessons.turned_pull import OUTSIDE, UNTURNED

if TYPE_CHECKING:
    from regviz.lessons.corner import Corner

LAST = {"step": len(STEPS) - 1}
#: what is seen while descent runs, and of optima that are held
ENDS, HELD = both("start", "unregularized"), both("unregularized", "level")
#: what the last picture has of every penalty
STILL = (
    *("path-free", "level", "path", "normal", "cone", "pull", "start", "unregularized"),
    "optimum",
)
#: and what every plane has from the start
PLANE = ("ball", "contours", "edge")
#: what is said of an exhibit, by name
Claims = Mapping[str, Said]


def story(exhibit: Corner) -> Story:
    """Tell the lesson in order; what there is nothing to tell of is left out."""
    said = claims(exhibit, {"share": exhibit.at})
    sections = [_free(exhibit, said), _budget(exhibit, said), *asking(*where(exhibit))]
    sections += [_held(exhibit, said), *asking(*moves(exhibit)), _why(exhibit, said)]
    sections += [_numbers(exhibit, said), *_across(exhibit)]
    if len(exhibit.shares) > 1:
        sections.append(_sweep(exhibit, said))
    return Story((*sections, _still(exhibit, said)))


def _free(exhibit: Corner, said: Claims) -> Section:
    """Without a penalty, descent runs to the unregularized optimum."""
    walk = both("walk-free", "head-free")
    return Section("free", (
        _begin(said, "free", "free.scene", panels=SIDES, show=both("contours"),
               tell=_by_side("free"), seconds=1.2, hold=1.4),
        Step(show=both("start"), seconds=0.5, hold=0.3),
        Step(say=say("caption.free.descent"), put={"step": 0}, show=walk, seconds=0.3),
        Step(run={"step": arrival(exhibit.paths["free"])}, seconds=2.2),
        Step(show=both("unregularized"), hide=both("head-free"), seconds=0.5, hold=1.0),
    ), only=(*ENDS, *both("walk-free")))  # fmt: skip


def _budget(exhibit: Corner, said: Claims) -> Section:
    """Show the region, from the unregularized optimum down to its place."""
    at, driver, loose = exhibit.at, exhibit.driver, loosest(exhibit)
    region = (*both("ball", "edge"), driver, *both("price"))
    shrink = Step(say=say(f"caption.budget.{driver}"), run={"share": at}, seconds=2.6,
                  even=True, hold=0.8)  # fmt: skip
    return Section("budget", (
        _begin(said, "budget", "budget.region", put={**LAST, "share": loose}, show=region,
               tell=_by_side("region"), seconds=0.8, hold=1.6),
        Step(tell=_by_side(f"objective.{driver}"), hold=1.0),
        Step(say=say("caption.budget.loose"), hold=2.4) if at == loose else shrink,
    ), only=(*ENDS, *both("path-free")))  # fmt: skip


def _held(exhibit: Corner, said: Claims) -> Section:
    """Descent again, now held by the region: on the left, and then on the right."""
    steps = [Step(say=said["again"], heading=said["heading-held"], hold=1.8)]
    gone: tuple[str, ...] = ()
    for name in SIDES:
        walk = (f"walk-{name}", f"walker-{name}")
        stops = (f"level-{name}", f"optimum-{name}")
        steps += [
            Step(say=said[f"held-{name}"], put={"step": 0}, hide=gone, seconds=0.3,
                 show=(*walk, "path-l1") if gone else walk),
            Step(run={"step": arrival(exhibit.paths[name])}, seconds=2.4),
            Step(show=stops, tell={name: said[f"stops-{name}"]}, seconds=0.8, hold=0.8),
        ]  # fmt: skip
        gone = walk
    only = (*ENDS, *both("path-free", "level", "optimum"), "path-l1", *gone)
    return Section("held", tuple(steps), only)


def _why(exhibit: Corner, said: Claims) -> Section:
    """At a corner a whole cone of pulls is held, elsewhere only one; then turn the pull."""
    pulled = [name for name in SIDES if exhibit.sides[name].case != "free"]
    why = {name: said[f"why-{name}"] for name in SIDES}
    seen = (*HELD, *both("optimum"))
    if not pulled:
        rest = _begin(said, "why", "why.rest", put=LAST, tell=why, hold=2.6)
        return Section("why", (rest,), seen)
    cone, turned = both("cone", "normal"), both("turned", "turning")
    only, kind = (*seen, *both("pull"), *cone), kind_of(exhibit)
    steps = [
        _begin(said, "why", "why.pull", put=LAST, tell=dict.fromkeys(pulled, say("tell.pull")),
               seconds=1.0, hold=1.4),
        Step(say=say(f"caption.why.{kind}"), show=cone, tell=why, seconds=1.0, hold=1.4),
    ]  # fmt: skip
    if kind == "contrast":
        # The circle's point slides at once, the corner's beyond the cone.
        steps += [
            Step(say=say("caption.why.turn"), put={"turn": 0}, show=turned, hold=0.4,
                 hide=(*seen, *both("contours", "pull")),
                 tell={name: said[f"turn-{name}"] for name in SIDES}),
            Step(run={"turn": OUTSIDE - 1}, seconds=1.9, even=True),
            Step(tell={"l1": say("tell.turn.outside")}, run={"turn": len(UNTURNED) - 1},
                 seconds=1.2, even=True, hold=0.8),
        ]  # fmt: skip
        only += turned
    return Section("why", tuple(steps), only)


def _numbers(exhibit: Corner, said: Claims) -> Section:
    """Read off the weights at both optima, and the pull that the corner holds."""
    back: dict[str, Any] = {
        "say": said["numbers"], "heading": said["heading-numbers"],
        "tell": {name: said[f"weights-{name}"] for name in SIDES},
    }  # fmt: skip
    if kind_of(exhibit) != "contrast":
        seen = (*HELD, *both("optimum"), "drop-l2")
        return Section("numbers", (Step(**back, hold=2.8),), seen)
    legs = ("part-1-l1", "part-2-l1")
    return Section("numbers", (
        Step(**back, put={"turn": 0}, show=both("contours"), seconds=0.8, hold=0.4),
        Step(hide=("level-l1",), show=legs, emphasise=legs, seconds=1.0, hold=2.0),
        # The optimum's name would take the place of the sizes of the pull's parts.
    ), (*HELD, *both("swept"), "pull-l1", "drop-l2", *legs))  # fmt: skip


def _across(exhibit: Corner) -> list[Section]:
    """Let the unregularized optimum cross an axis: L1 snaps to it, L2 glides over it."""
    way = exhibit.crossed
    if kind_of(exhibit) != "contrast" or way is None or not way.contrasts:
        return []
    steps = (
        Step(say=say("caption.across.start"), heading=say("title.across"), put={"across": 0},
             hide=both("contours"), show=both("moved-center", "moved"), hold=1.4),
        Step(run={"across": len(SHARES) - 1}, seconds=2.8, even=True),
        Step(say=say("caption.across.end"), tell=_by_side("across"),
             run={"across": way.held}, seconds=2.0, even=True, hold=1.6),
    )  # fmt: skip
    return [Section("across", steps, both("moved-center", "moved"))]


def _sweep(exhibit: Corner, said: Claims) -> Section:
    """Shrink the region from the start: L1 lands on an axis and slides, L2 never does."""
    traces = (*(("level-l1",) if kind_of(exhibit) == "contrast" else ()), *both("trace"))
    steps = [
        _begin(
            said,
            "sweep",
            f"sweep.{exhibit.driver}",
            show=both("contours") if _across(exhibit) else (),
        ),
        Step(run={"share": loosest(exhibit)}, seconds=1.2, hold=0.2),
        Step(show=traces, seconds=0.3),
    ]
    land, moved = landing(exhibit), {name: said[f"swept-{name}"] for name in SIDES}
    if land is not None:
        steps += [
            Step(run={"share": land.at}, seconds=1.8, even=True),
            Step(tell={"l1": say(f"tell.landing.{land.weight}")}, hold=0.9),
        ]
    stays = {moved[name].key.rsplit(".", 1)[1] for name in SIDES}
    plain = "beside" not in stays or not stays & {"first", "second"}
    steps.append(Step(say=say(f"caption.sweep.{'plain' if plain else 'contrast'}"), tell=moved))
    if land is not None and land.origin is not None:
        steps += [
            Step(run={"share": land.origin}, seconds=2.0, even=True),
            Step(tell={"l1": say("claim.weights.both")}),
        ]
    last = len(exhibit.shares) - 1 - loosest(exhibit)
    steps.append(Step(run={"share": last}, seconds=1.2, even=True, hold=0.5))
    # The optimum's name could not keep its side through all the way.
    return Section("sweep", tuple(steps), (*HELD, *both("swept", "trace")))


def _still(exhibit: Corner, said: Claims) -> Section:
    """Everything in one picture, which also stands alone."""
    swept = both("swept") if len(exhibit.shares) > 1 else ()
    # Without a strength there is nothing but the paths to come back to.
    seen = (*HELD, *(swept or both("optimum")))
    net = {"net"} & {*exhibit.sides}
    every = (*both(*STILL), *(f"{what}-{name}" for name in net for what in (*STILL, *PLANE)))
    return Section("still", (
        _begin(said, "still", f"still.{kind_of(exhibit)}", run={"share": exhibit.at},
               seconds=1.2),
        Step(panels=tuple(exhibit.sides), hide=swept,
             show=tuple(name for name in every if name not in seen),
             tell={name: said[f"weights-{name}"] for name in exhibit.sides},
             seconds=0.8, hold=2.8, task=task(exhibit)),
    ), seen)  # fmt: skip


# ---- what the story is told with


def _begin(said: Claims, section: str, caption: str, **verbs: Any) -> Step:
    return Step(say=say(f"caption.{caption}"), heading=said[f"heading-{section}"], **verbs)


def _by_side(key: str) -> dict[str, Said]:
    return {name: say(f"tell.{key}.{name}") for name in SIDES}
