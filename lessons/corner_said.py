"""What is true of the corner: what each penalty comes to, and how it moves.

Each sentence is chosen by the data it is true of.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import regmath as rm
from regviz.lessons.alt import coordinates, plain
from regviz.lessons.numbers import equals, one, signed, zeros
from regviz.lessons.picture import Positions, Said
from regviz.lessons.regions import PENALTIES, case_of, zeros_of
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from regviz.lessons.corner import Corner

say = Voice("corner")
#: what the lesson compares
SIDES = tuple(PENALTIES)
#: which weight is 0, by its index
PLACES = ("first", "second")
#: how long a slide along an edge is that is seen, in budgets
SEEN = 0.15
#: what is said of an exhibit, by name
Claims = Mapping[str, Said]


class Landing(NamedTuple):
    """Where the sweep of L1 lands on an axis: which weight is 0 from which step on.

    `origin` is the step from which both are 0, or None if the sweep does not get there.
    """

    weight: str
    at: int
    origin: int | None


def claims(exhibit: Corner, at: Positions) -> dict[str, Said]:
    """Return what may be said with the drivers at these positions, by name."""
    within = _is_held(exhibit)
    ends = "free" if kind_of(exhibit) == "free" else "plain" if within else "ends"
    points = coordinates(exhibit.points)
    budgets = {f"budget_{name}": plain(budget) for name, budget in exhibit.budget.items()}
    alt = say(f"alt.{'three' if 'net' in exhibit.sides else 'two'}", **points, **budgets)
    found = {
        "alt": alt,
        "numbers": _zero(exhibit),
        "ends": say(f"title.held.{ends}"),
        "again": say(f"caption.held.descent.{'within' if within else 'ends'}"),
    }
    for name, side in exhibit.sides.items():
        lam, budget = float(side.lams[at["share"]]), float(side.budgets[at["share"]])
        penalty, weights = side.penalty.with_lambda(lam), side.optima[at["share"]]
        first, second = weights.tolist()
        residual = one(float(rm.kkt_residual(exhibit.loss, penalty, weights)))
        told, foot = signed(3, first=first, second=second), signed(lam=lam, budget=budget)
        found |= {
            f"verdict-{name}": say(f"claim.{name}.{case_of(penalty, weights)}"),
            f"weights-{name}": say(f"claim.weights.{zeros(first, second)}", **told),
            f"foot-{name}": say("claim.foot", **foot, residual=residual),
        }
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


def landing(exhibit: Corner) -> Landing | None:
    """Return where L1 makes a weight exactly zero for good, or None if it never does so.

    None, too, if that weight is zero from the beginning or both become zero at once.
    """
    optima, way = exhibit.sides["l1"].optima[exhibit.way], exhibit.way
    found = zeros_of(optima)
    for weight, at in found.kept:
        if at and optima[at - 1].all():
            origin = None if found.origin is None else way[found.origin]
            return Landing(PLACES[weight], way[at], origin)
    return None


def _swept(exhibit: Corner, name: str) -> str:
    """Return how a side's optimum moves as its region shrinks."""
    optima = exhibit.sides[name].optima[exhibit.way]
    found = zeros_of(optima)
    if found.kept and not found.leaves:
        return PLACES[found.kept[0][0]]
    if found.origin is not None:
        return "origin"
    # Between two computed steps it may have passed through an axis.
    signs = np.sign(optima)
    return "beside" if name == "l2" and signs.all() and (signs == signs[0]).all() else "shrinks"


def _zero(exhibit: Corner) -> Said:
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
        bool(np.all(shape.level(exhibit.paths[name]) <= (1.0 + 1e-9) * exhibit.budget[name]))
        for name, shape in PENALTIES.items()
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
