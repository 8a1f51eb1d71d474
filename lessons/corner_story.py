"""How the corner is told: descent without a penalty, held by a region, and why it is held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from regviz.lessons.corner_claims import (
    SIDES,
    claims,
    is_contrast,
    kind_of,
    landing,
    loosest,
    say,
)
from regviz.lessons.corner_descent import STEPS, arrival
from regviz.lessons.picture import Said
from regviz.lessons.story import Section, Step, Story
from regviz.lessons.turned_pull import OUTSIDE, UNTURNED

if TYPE_CHECKING:
    from regviz.lessons.corner import Corner

LAST = len(STEPS) - 1
#: what the last picture has of an elastic net
NET = (
    *("ball", "contours", "edge", "cone", "path-free", "level", "path", "normal", "pull"),
    *("start", "unregularized", "optimum"),
)
#: what is said of an exhibit, by name
Claims = Mapping[str, Said]


def story(exhibit: Corner) -> Story:
    """Tell the lesson in order; what there is nothing to tell of is left out."""
    said = claims(exhibit, {"share": exhibit.at})
    sections = [
        Section("free", _free(exhibit, said)),
        Section("budget", _budget(exhibit, said)),
        Section("held", _held(exhibit, said)),
        Section("why", _why(exhibit, said)),
        Section("numbers", _numbers(exhibit, said)),
    ]
    if len(exhibit.shares) > 1:
        sections.append(Section("sweep", _sweep(exhibit, said)))
    return Story((*sections, Section("still", _still(exhibit, said))))


def _free(exhibit: Corner, said: Claims) -> tuple[Step, ...]:
    """Without a penalty, descent runs to the unregularized optimum."""
    first = _begin(said, "free", "free.scene", panels=SIDES, show=_both("contours"),
                   tell=_by_side("free"), seconds=1.2, hold=1.4)  # fmt: skip
    return (
        first,
        Step(show=_both("start"), seconds=0.5, hold=0.3),
        Step(
            say=say("caption.free.descent"), put={"step": 0},
            show=_both("walk-free", "head-free"), seconds=0.3,
        ),
        Step(run={"step": arrival(exhibit.free_path)}, seconds=2.2),
        Step(show=_both("unregularized"), hide=_both("head-free"), seconds=0.5, hold=1.0),
    )  # fmt: skip


def _budget(exhibit: Corner, said: Claims) -> tuple[Step, ...]:
    """Show the region, from the unregularized optimum down to its place."""
    at, driver = exhibit.at, exhibit.driver
    loose = loosest(exhibit)
    prices = (driver, *_both("price"))
    first = _begin(
        said, "budget", "budget.region", put={"step": LAST, "share": loose},
        hide=_both("walk-free"), show=(*_both("path-free", "ball", "edge"), *prices),
        tell=_by_side("region"), seconds=0.8, hold=1.6,
    )  # fmt: skip
    same = say("caption.budget.same") if driver == "lam" else None
    objective = Step(say=same, tell=_by_side(f"objective.{driver}"), hold=2.0 if same else 0.4)
    if at == loose:
        return first, objective, Step(say=say("caption.budget.loose"), hold=2.4)
    shrink = Step(
        say=say(f"caption.budget.{driver}"), run={"share": at}, seconds=3.0, even=True, hold=1.0
    )
    return first, objective, shrink


def _held(exhibit: Corner, said: Claims) -> tuple[Step, ...]:
    """Descent again, now held by the region: on the left, and then on the right."""
    steps = [Step(say=said["again"], heading=said["heading-held"], hold=1.8)]
    gone: tuple[str, ...] = ()
    for name in SIDES:
        walk = (f"walk-{name}", f"walker-{name}")
        shown = (*walk, f"path-{SIDES[0]}") if gone else walk
        steps += [
            Step(say=said[f"held-{name}"], put={"step": 0}, hide=gone, show=shown, seconds=0.3),
            Step(run={"step": arrival(exhibit.sides[name].path)}, seconds=2.4),
            Step(
                show=(f"level-{name}", f"optimum-{name}"),
                tell={name: said[f"stops-{name}"]}, seconds=1.0, hold=1.2,
            ),
        ]  # fmt: skip
        gone = walk
    return tuple(steps)


def _why(exhibit: Corner, said: Claims) -> tuple[Step, ...]:
    """At a corner a whole cone of pulls is held, elsewhere only one; then turn the pull."""
    pulled = [name for name in SIDES if exhibit.sides[name].case != "free"]
    gone = ("path-l1", "walk-l2", "walker-l2", *_both("path-free", "start"))
    why = {name: said[f"why-{name}"] for name in SIDES}
    if not pulled:
        return (
            _begin(said, "why", "why.rest", put={"step": LAST}, hide=gone, tell=why, hold=2.6),
        )
    steps = [
        _begin(
            said, "why", "why.pull", put={"step": LAST}, hide=gone,
            show=_both("pull"), tell={name: say("tell.pull") for name in pulled},
            seconds=1.0, hold=1.4,
        ),
        Step(
            say=say(f"caption.why.{'contrast' if is_contrast(exhibit) else 'plain'}"),
            show=_both("cone", "normal"), tell=why, seconds=1.2, hold=2.0,
        ),
    ]  # fmt: skip
    return (*steps, *_turn(said)) if is_contrast(exhibit) else tuple(steps)


def _turn(said: Claims) -> tuple[Step, ...]:
    """Turn the pull: the circle's point slides at once, the corner's beyond the cone."""
    return (
        Step(
            say=say("caption.why.turn"), put={"turn": 0},
            hide=_both("contours", "level", "unregularized", "optimum", "pull"),
            show=_both("turned", "turning"),
            tell={name: said[f"turn-{name}"] for name in SIDES}, hold=0.4,
        ),
        Step(run={"turn": OUTSIDE - 1}, seconds=2.6, even=True),
        Step(tell={"l1": say("tell.turn.outside")}, run={"turn": len(UNTURNED) - 1},
             seconds=1.6, even=True, hold=1.4),
    )  # fmt: skip


def _numbers(exhibit: Corner, said: Claims) -> tuple[Step, ...]:
    """Read off the weights at both optima, and the pull that the corner holds."""
    weights = {name: said[f"weights-{name}"] for name in SIDES}
    heading, caption = said["heading-numbers"], said["numbers"]
    if not is_contrast(exhibit):
        gone = _both("cone", "normal", "pull") if kind_of(exhibit) != "free" else ()
        return (
            Step(say=caption, heading=heading, hide=gone, show=("drop-l2",), tell=weights,
                 hold=2.8),
        )  # fmt: skip
    back = Step(
        say=caption, heading=heading, put={"turn": 0}, tell=weights,
        hide=_both("turned", "turning", "cone", "normal"),
        # The optimum's name would take the place of the sizes of the pull's parts.
        show=(*_both("contours", "level", "unregularized", "swept"), "pull-l1", "drop-l2"),
        seconds=0.8, hold=0.4,
    )  # fmt: skip
    legs = ("part-1-l1", "part-2-l1")
    return back, Step(hide=("level-l1",), show=legs, emphasise=legs, seconds=1.0, hold=2.6)


def _sweep(exhibit: Corner, said: Claims) -> tuple[Step, ...]:
    """Shrink the region from the start: L1 lands on an axis and slides, L2 never does."""
    contrast = is_contrast(exhibit)
    # The optimum's name could not keep its side through all the way.
    gone = ("pull-l1", "part-1-l1", "part-2-l1") if contrast else _both("optimum")
    steps = [
        _begin(said, "sweep", f"sweep.{exhibit.driver}", hide=(*gone, "drop-l2"),
               show=() if contrast else _both("swept")),
        Step(run={"share": loosest(exhibit)}, seconds=1.4, hold=0.6),
        Step(show=(*(("level-l1",) if contrast else ()), *_both("trace")), seconds=0.3),
    ]  # fmt: skip
    land, moved = landing(exhibit), {name: said[f"swept-{name}"] for name in SIDES}
    if land is not None:
        steps += [
            Step(run={"share": land.at}, seconds=2.0, even=True),
            Step(tell={"l1": say(f"tell.landing.{land.weight}")}, hold=1.2),
        ]
    stays = {moved[name].key.rsplit(".", 1)[1] for name in SIDES}
    plain = "beside" not in stays or not stays & {"first", "second"}
    last = len(exhibit.shares) - 1 - loosest(exhibit)
    steps.append(Step(say=say(f"caption.sweep.{'plain' if plain else 'contrast'}"), tell=moved))
    if land is not None and land.origin is not None:
        steps += [
            Step(run={"share": land.origin}, seconds=2.4, even=True),
            Step(tell={"l1": say("claim.weights.both")}),
        ]
    return *steps, Step(run={"share": last}, seconds=1.8, even=True, hold=1.0)


def _still(exhibit: Corner, said: Claims) -> tuple[Step, ...]:
    """Everything in one picture, which also stands alone."""
    # Without a strength there is nothing but the paths to come back to.
    swept = len(exhibit.shares) > 1
    back = _begin(said, "still", f"still.{kind_of(exhibit)}",
                  hide=_both("trace") if swept else ("drop-l2",),
                  run={"share": exhibit.at}, seconds=1.2)  # fmt: skip
    every = Step(
        panels=tuple(exhibit.sides), hide=_both("swept") if swept else (),
        show=(
            *_both("path-free", "path", "start", "pull", "cone", "normal"),
            *(_both("optimum") if swept else ()),
            *(f"{what}-net" for what in NET if "net" in exhibit.sides),
        ),
        tell={name: said[f"weights-{name}"] for name in exhibit.sides}, seconds=0.8, hold=3.4,
    )  # fmt: skip
    return back, every


# ---- what the story is told with


def _begin(said: Claims, section: str, caption: str, **verbs: Any) -> Step:
    return Step(say=say(f"caption.{caption}"), heading=said[f"heading-{section}"], **verbs)


def _both(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}-{side}" for name in names for side in SIDES)


def _by_side(key: str) -> dict[str, Said]:
    return {name: say(f"tell.{key}.{name}") for name in SIDES}
