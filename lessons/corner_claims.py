"""What may be said of a corner exhibit: each sentence is chosen by the data it is true of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import regmath as rm
from regviz.lessons.alt import plain
from regviz.lessons.numbers import equals, one
from regviz.lessons.picture import Positions, Said
from regviz.lessons.regions import case_of, zeros_of
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.corner import Corner

say = Voice("corner")
#: what the lesson compares, and what a reader may set beside it
SIDES = ("l1", "l2")
ALL = (*SIDES, "net")
#: which weight is 0, by its index
PLACES = ("first", "second")
#: a slide along an edge is seen if it is this long, in budgets
SEEN = 0.15


class Landing(NamedTuple):
    """Where the sweep of L1 lands on an axis: which weight is 0 from which step on.

    `origin` is the step from which both are 0, or None if the sweep does not get there.
    """

    weight: str
    at: int
    origin: int | None


def claims(exhibit: Corner, at: Positions) -> dict[str, Said]:
    """Return what may be said with the drivers at these positions, by name."""
    kind, driver, held = kind_of(exhibit), exhibit.driver, _is_held(exhibit)
    headings = {
        "free": "free",
        "budget": f"budget.{driver}",
        "held": f"held.{'free' if kind == 'free' else 'plain' if held else 'ends'}",
        "sweep": f"sweep.{driver}",
        **{section: f"{section}.{kind}" for section in ("why", "numbers", "still")},
    }
    found = {f"heading-{section}": say(f"title.{key}") for section, key in headings.items()}
    found |= {
        "alt": _alt(exhibit),
        "numbers": _numbers(exhibit),
        "again": say(f"caption.held.descent.{'within' if held else 'ends'}"),
    }
    for name in exhibit.sides:
        found |= _at(exhibit, name, at["share"])
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


def loosest(exhibit: Corner) -> int:
    """Return the step of the sweep with the largest regions."""
    return 0 if exhibit.driver == "lam" else len(exhibit.shares) - 1


def landing(exhibit: Corner) -> Landing | None:
    """Return where L1 makes a weight exactly zero for good, or None if it never does so.

    None, too, if that weight is zero from the beginning or both become zero at once.
    """
    optima, first = _in_order(exhibit, "l1"), loosest(exhibit)
    zeros = zeros_of(optima)
    for weight, at in zeros.kept:
        if at and optima[at - 1].all():
            origin = zeros.origin and abs(first - zeros.origin)
            return Landing(PLACES[weight], abs(first - at), origin)
    return None


def _in_order(exhibit: Corner, name: str) -> Array:
    """Return a side's optima as the sweep shrinks its region."""
    return exhibit.sides[name].optima[:: 1 if exhibit.driver == "lam" else -1]


def _swept(exhibit: Corner, name: str) -> str:
    """Return how a side's optimum moves as its region shrinks."""
    optima = _in_order(exhibit, name)
    zeros = zeros_of(optima)
    if zeros.kept and not zeros.leaves:
        return PLACES[zeros.kept[0][0]]
    if zeros.origin is not None:
        return "origin"
    # Between two computed steps it may have passed through an axis.
    signs = np.sign(optima)
    return "beside" if name == "l2" and signs.all() and (signs == signs[0]).all() else "shrinks"


def _weights(weights: Array) -> Said:
    first, second = map(float, weights)
    zeros = [place for place, weight in zip(PLACES, weights, strict=True) if weight == 0.0]
    kind = "both" if len(zeros) == 2 else (*zeros, "none")[0]
    return say(f"claim.weights.{kind}", **_signed(first=first, second=second))


def _signed(**values: float) -> dict[str, float | str]:
    """Return numbers with the sign before each, `is1` before the first."""
    signs = {f"is{place}": equals(value) for place, value in enumerate(values.values(), 1)}
    return {**values, **signs}


def _at(exhibit: Corner, name: str, at: int) -> dict[str, Said]:
    """Return what is true of a side at a step of the sweep."""
    side = exhibit.sides[name]
    lam, budget, weights = float(side.lams[at]), float(side.budgets[at]), side.optima[at]
    penalty = side.penalty.with_lambda(lam)
    residual = one(float(rm.kkt_residual(exhibit.loss, penalty, weights)))
    return {
        f"verdict-{name}": say(f"claim.{name}.{case_of(penalty, weights)}"),
        f"weights-{name}": _weights(weights),
        f"foot-{name}": say("claim.foot", **_signed(lam=lam, budget=budget), residual=residual),
    }


def _numbers(exhibit: Corner) -> Said:
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
        bool(np.all(side.penalty.level(exhibit.paths[name]) <= (1.0 + 1e-9) * side.budget))
        for name, side in exhibit.sides.items()
        if name in SIDES
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


def _alt(exhibit: Corner) -> Said:
    points = {
        name.replace("-", "_"): f"({', '.join(plain(float(part)) for part in point)})"
        for name, point in exhibit.points.items()
    }
    budgets = {f"budget_{name}": plain(side.budget) for name, side in exhibit.sides.items()}
    kind = "three" if "net" in exhibit.sides else "two"
    return say(f"alt.{kind}", **points, **budgets)
