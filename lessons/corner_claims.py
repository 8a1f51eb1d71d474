"""What may be said of a corner exhibit: each sentence is chosen by the data it is true of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import regmath as rm
from regviz.lessons.alt import plain
from regviz.lessons.numbers import equals
from regviz.lessons.picture import Positions, Said
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.corner import Corner

say = Voice("corner")
#: what the lesson compares, and what a reader may set beside it
SIDES = ("l1", "l2")
ALL = (*SIDES, "net")
#: which weights are 0, by `(first, second)`
ZEROS = {
    (False, False): "none",
    (True, False): "first",
    (False, True): "second",
    (True, True): "both",
}
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
    again = say(f"caption.held.descent.{'within' if _is_held(exhibit) else 'ends'}")
    found = {"alt": _alt(exhibit), "numbers": _numbers(exhibit), "again": again}
    for section in ("free", "budget", "held", "why", "numbers", "sweep", "still"):
        found[f"heading-{section}"] = say(f"title.{section}{_kind(exhibit, section)}")
    for name in exhibit.sides:
        found |= _at(exhibit, name, at["share"])
    for name in SIDES:
        side = exhibit.sides[name]
        found |= {
            f"held-{name}": say(f"caption.held.{name}.{_slide(exhibit, name)}"),
            f"stops-{name}": say(f"tell.held.{name}.{side.case}"),
            f"why-{name}": say(f"tell.why.{side.case}"),
            f"turn-{name}": say(f"tell.turn.{'free' if side.case == 'free' else name}"),
            f"swept-{name}": say(f"tell.sweep.{_swept(exhibit, name)}"),
        }
    return found


def case_of(penalty: rm.L1 | rm.L2 | rm.ElasticNet, weights: Array) -> str:
    """Return what kind of point of its region an optimum is; see `Side.case`."""
    if penalty.lam == 0.0:
        return "free"
    n_zeros = int(np.sum(weights == 0.0))
    if isinstance(penalty, rm.L2):
        return "axis" if n_zeros else "smooth"
    return ("edge", "corner", "origin")[n_zeros]


def is_contrast(exhibit: Corner) -> bool:
    """Say whether L1 gives an exact zero in a corner while L2 is held, and gives none."""
    return exhibit.sides["l1"].case == "corner" and exhibit.sides["l2"].case == "smooth"


def kind_of(exhibit: Corner) -> str:
    """Return what the lesson comes to: a `contrast`, `free` if nothing is held, `plain`."""
    if is_contrast(exhibit):
        return "contrast"
    return "free" if exhibit.sides["l1"].case == exhibit.sides["l2"].case == "free" else "plain"


def loosest(exhibit: Corner) -> int:
    """Return the step of the sweep with the largest regions."""
    return 0 if exhibit.driver == "lam" else len(exhibit.shares) - 1


def landing(exhibit: Corner) -> Landing | None:
    """Return where L1 makes a weight exactly zero for good, or None if it never does so.

    None, too, if that weight is zero from the beginning or both become zero at once.
    """
    zero = _in_order(exhibit, "l1") == 0.0
    for place, weight in (("first", 0), ("second", 1)):
        at, origin = _stays_from(zero[:, weight]), _stays_from(zero.all(axis=1))
        if at and (origin is None or at < origin) and not zero[at - 1].any():
            return Landing(place, _step(exhibit, at), origin and _step(exhibit, origin))
    return None


def _in_order(exhibit: Corner, name: str) -> Array:
    """Return a side's optima as the sweep shrinks its region."""
    return exhibit.sides[name].optima[:: 1 if exhibit.driver == "lam" else -1]


def _step(exhibit: Corner, order: int) -> int:
    return abs(loosest(exhibit) - order)


def _stays_from(zero: Array) -> int | None:
    """Return the first step at which a weight is 0, or None if it does not stay so."""
    first = int(np.argmax(zero))
    return first if zero[first:].all() else None


def _kind(exhibit: Corner, section: str) -> str:
    """Return which of its headings a section has; nothing for one that has a single one."""
    kind, driver = kind_of(exhibit), exhibit.driver
    held = "plain" if _is_held(exhibit) else "ends"
    kinds = {
        "budget": driver,
        "held": "free" if kind == "free" else held,
        "sweep": driver,
        **dict.fromkeys(("why", "numbers", "still"), kind),
    }
    return f".{kinds[section]}" if section in kinds else ""


def _weights(weights: Array) -> Said:
    first, second = map(float, weights)
    kind = ZEROS[first == 0.0, second == 0.0]
    values: dict[str, float | str]
    values = {"first": first, "is1": equals(first), "second": second, "is2": equals(second)}
    return say(f"claim.weights.{kind}", **values)


def _at(exhibit: Corner, name: str, at: int) -> dict[str, Said]:
    """Return what is true of a side at a step of the sweep."""
    side = exhibit.sides[name]
    lam, budget, weights = float(side.lams[at]), float(side.budgets[at]), side.optima[at]
    penalty = side.penalty.with_lambda(lam)
    residual = rm.kkt_residual(exhibit.loss, penalty, weights)
    values: dict[str, float | str]
    values = {"lam": lam, "is1": equals(lam), "budget": budget, "is2": equals(budget)}
    return {
        f"verdict-{name}": say(f"claim.{name}.{case_of(penalty, weights)}"),
        f"weights-{name}": _weights(weights),
        f"foot-{name}": say("claim.foot", **values, residual=float(residual)),
    }


def _numbers(exhibit: Corner) -> Said:
    """Return the caption on L1's zero, if a pull of the loss is held there."""
    zero = exhibit.sides["l1"].weights == 0.0
    pull = abs(float(exhibit.sides["l1"].pull[int(np.argmax(zero))]))
    if not is_contrast(exhibit) or pull == 0.0:
        return say("caption.numbers.plain")
    place = "first" if zero[0] else "second"
    lam = exhibit.sides["l1"].lam
    return say(f"caption.numbers.{place}", pull=pull, lam=lam, **{"is": equals(lam)})


def _is_held(exhibit: Corner) -> bool:
    """Say whether both paths stay within their regions all the way, since they are made to."""
    sides = [exhibit.sides[name] for name in SIDES]
    within = [side.penalty.level(side.path) <= (1.0 + 1e-9) * side.budget for side in sides]
    return exhibit.parameters["method"] == "projected" and bool(np.all(within))


def _slide(exhibit: Corner, name: str) -> str:
    """Return a side's case, or `slide` where its path runs along an edge into the corner."""
    side = exhibit.sides[name]
    if side.case != "corner" or exhibit.parameters["method"] != "projected":
        return side.case
    on_edge = np.isclose(side.penalty.level(side.path), side.budget, rtol=1e-9, atol=0.0)
    steps = np.hypot(*np.diff(side.path, axis=0).T)
    slid = float(steps[on_edge[:-1] & on_edge[1:]].sum())
    return "slide" if slid >= SEEN * side.budget else "corner"


def _swept(exhibit: Corner, name: str) -> str:
    """Return how a side's optimum moves as its region shrinks."""
    drawn = _in_order(exhibit, name)
    zero = drawn == 0.0
    origin = _stays_from(zero.all(axis=1))
    starts = [_stays_from(column) for column in zero.T]
    leaves = any(column.any() and at is None for column, at in zip(zero.T, starts, strict=True))
    for place, at in zip(("first", "second"), starts, strict=True):
        if not leaves and at is not None and (origin is None or at < origin):
            return place
    if origin is not None:
        return "origin"
    # Between two computed steps it may have passed through an axis.
    stays = bool(np.all(np.sign(drawn) == np.sign(drawn[0]))) and not zero.any()
    return "beside" if stays and name == "l2" else "shrinks"


def _alt(exhibit: Corner) -> Said:
    def point(name: str) -> str:
        return f"({', '.join(plain(float(part)) for part in exhibit.points[name])})"

    values: dict[str, float | str] = {n: point(n) for n in ("unregularized", "start")}
    for name, side in exhibit.sides.items():
        values |= {
            f"optimum_{name}": point(f"optimum-{name}"),
            f"budget_{name}": plain(side.budget),
        }
    return say("alt.three" if "net" in exhibit.sides else "alt.two", **values)
