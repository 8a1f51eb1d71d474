"""What may be said about a corner exhibit: text keys, each chosen by the data it is true of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lessons.numbers import shown

if TYPE_CHECKING:
    from lessons.base import Array
    from lessons.corner import Corner, Side


def is_sparse_contrast(exhibit: Corner) -> bool:
    """Say whether L1 gives an exact zero in a corner while L2 gives none."""
    return exhibit.l1.case == "corner" and bool(np.all(exhibit.l2.weights != 0.0))


def heading(exhibit: Corner, section: str) -> str:
    """Return the key of a section's heading."""
    if section in {"why", "numbers", "still"}:
        kind = "contrast" if is_sparse_contrast(exhibit) else "plain"
        return f"corner.scene.heading.{section}.{kind}"
    if section in {"budget", "sweep"}:
        return f"corner.scene.heading.{section}.{exhibit.sweep.driver}"
    if section == "held" and exhibit.l1.case == exhibit.l2.case == "free":
        return "corner.scene.heading.held.free"
    return f"corner.scene.heading.{section}" + (".plain" if section == "held" else "")


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


def slides(exhibit: Corner) -> bool:
    """Say whether L1's path runs along an edge of the diamond before it stops in the corner."""
    side = exhibit.l1
    if side.case != "corner" or exhibit.parameters.get("method") != "projected":
        return False
    on_edge = np.isclose(np.abs(side.path).sum(axis=1), side.budget, rtol=1e-9, atol=0.0)
    return int(np.sum(on_edge[:-1] & np.all(side.path[:-1] != 0.0, axis=1))) >= 2


def held(exhibit: Corner, name: str) -> str:
    """Return the key of the caption that says where a side's path stops."""
    case = exhibit.side(name).case
    if name == "l1" and slides(exhibit):
        case = "slide"
    return f"corner.caption.held.{name}.{case}"


def swept(exhibit: Corner, name: str) -> str:
    """Return the last part of the key that says how a side's optimum moves as it shrinks."""
    drawn = exhibit.sweep.weights[name]
    if np.all(drawn[exhibit.sweep.at :] == 0.0):
        return "origin"
    for place, weight in (("first", 0), ("second", 1)):
        if _stays_zero(drawn[:, weight], exhibit.sweep.at):
            return place
    if name == "l2" and np.all(drawn * drawn[-1] > 0.0):
        return "never"
    ends_on_axis = bool(np.any(drawn[-1] == 0.0))
    starts_off_it = bool(np.all(drawn[exhibit.sweep.at] != 0.0))
    return "reaches" if ends_on_axis and starts_off_it else "shrinks"


def _stays_zero(weight: Array, at: int) -> bool:
    """Say whether a weight becomes 0 once, no later than step `at`, and is 0 from then on."""
    zero = weight == 0.0
    return (
        bool(zero.any()) and int(np.argmax(zero)) <= at and bool(zero[np.argmax(zero) :].all())
    )
