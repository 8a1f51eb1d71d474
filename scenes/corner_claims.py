"""What may be said about a corner exhibit: text keys, each chosen by the data it is true of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from regviz.lessons.numbers import shown

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.corner import Corner, Side


#: a slide along an edge is seen if it is this long, in budgets
SEEN = 0.15


class Landing(NamedTuple):
    """Where the sweep of L1 lands on an axis: which weight is 0 from which step on.

    `origin` is the step from which both are 0, or None if the sweep does not get there.
    """

    weight: str
    at: int
    origin: int | None


def is_sparse_contrast(exhibit: Corner) -> bool:
    """Say whether L1 gives an exact zero in a corner while L2 gives none."""
    return exhibit.l1.case == "corner" and bool(np.all(exhibit.l2.weights != 0.0))


def why(exhibit: Corner) -> str:
    """Return the kind of what is said of what holds the optimum in place."""
    return "contrast" if exhibit.turned and is_sparse_contrast(exhibit) else "plain"


def zero(exhibit: Corner) -> tuple[str, dict[str, str]]:
    """Return the key of the caption on L1's zero, if any, and what it is filled with."""
    if not is_sparse_contrast(exhibit):
        return "corner.caption.numbers.plain", {}
    at = int(np.flatnonzero(exhibit.l1.weights == 0.0)[0])
    values = {"pull": size(exhibit.l1.pull[at]), "lam": size(exhibit.l1.lam)}
    return f"corner.caption.numbers.{('first', 'second')[at]}", values


def size(value: float) -> str:
    """Return the size of a pull as it is said and shown."""
    return f"{round(abs(float(value)), 4):.4g}"


def heading(exhibit: Corner, section: str) -> str:
    """Return the key of a section's heading."""
    if section in {"why", "numbers", "still"}:
        kind = "contrast" if is_sparse_contrast(exhibit) else "plain"
        return f"corner.scene.heading.{section}.{kind}"
    if section in {"budget", "sweep"}:
        return f"corner.scene.heading.{section}.{exhibit.sweep.driver}"
    if section == "held":
        if exhibit.l1.case == exhibit.l2.case == "free":
            return "corner.scene.heading.held.free"
        return f"corner.scene.heading.held.{'plain' if is_held(exhibit) else 'ends'}"
    return f"corner.scene.heading.{section}"


def weights(side: Side) -> tuple[str, dict[str, str]]:
    """Return the key of the sentence with a side's weights, and what it is filled with."""
    zeros = [bool(weight == 0.0) for weight in side.weights]
    kind = {
        (False, False): "none",
        (True, False): "first",
        (False, True): "second",
        (True, True): "both",
    }[zeros[0], zeros[1]]
    first, second = (shown(float(weight)) for weight in side.weights)
    return f"corner.scene.weights.{kind}", {"first": first, "second": second}


def is_held(exhibit: Corner) -> bool:
    """Say whether both paths stay within their regions all the way, since they are made to."""
    if exhibit.parameters.get("method") != "projected":
        return False
    lengths = {"l1": np.abs(exhibit.l1.path).sum(axis=1), "l2": np.hypot(*exhibit.l2.path.T)}
    return all(
        bool(np.all(length <= (1.0 + 1e-9) * exhibit.side(name).budget))
        for name, length in lengths.items()
    )


def slides(exhibit: Corner) -> bool:
    """Say whether L1's path is seen to run along an edge of the diamond into its corner."""
    side = exhibit.l1
    if side.case != "corner" or exhibit.parameters.get("method") != "projected":
        return False
    on_edge = np.isclose(np.abs(side.path).sum(axis=1), side.budget, rtol=1e-9, atol=0.0)
    steps = np.hypot(*np.diff(side.path, axis=0).T)
    return float(steps[on_edge[:-1] & on_edge[1:]].sum()) >= SEEN * side.budget


def again(exhibit: Corner) -> str:
    """Return the key of the caption that begins the second descent."""
    return f"corner.caption.held.descent.{'within' if is_held(exhibit) else 'ends'}"


def held(exhibit: Corner, name: str) -> str:
    """Return the key of the caption that says where a side's path stops."""
    case = exhibit.side(name).case
    if name == "l1" and slides(exhibit):
        case = "slide"
    return f"corner.caption.held.{name}.{case}"


def landing(exhibit: Corner) -> Landing | None:
    """Return where L1 makes a weight exactly zero for good, or None if it never does so.

    None, too, if that weight is zero from the beginning or both become zero at once.
    """
    zero = exhibit.sweep.weights["l1"] == 0.0
    for place, weight in (("first", 0), ("second", 1)):
        at, origin = _stays_from(zero[:, weight]), _stays_from(zero.all(axis=1))
        if at and (origin is None or at < origin) and not zero[at - 1].any():
            return Landing(place, at, origin)
    return None


def swept(exhibit: Corner, name: str) -> str:
    """Return the last part of the key that says how a side's optimum moves as it shrinks."""
    drawn = exhibit.sweep.weights[name]
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


def _stays_from(zero: Array) -> int | None:
    """Return the first step at which a weight is 0, or None if it does not stay so."""
    first = int(np.argmax(zero))
    return first if zero[first:].all() else None
