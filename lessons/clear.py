"""Numbers along a plane's axes where nothing that it shows covers or strikes them."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from regviz.lessons.picture import Ticks, rounded, thinned

if TYPE_CHECKING:
    from regviz.lessons.base import Array

#: steps of numbers at most: ever finer as long as fewer than two are clear, and at last
FINER, FINEST = (4, 8), 16
#: in shares of a plane: how far a number stands beside its axis, level and upright, how near a
#: marker may come to it in both ways, and how far it stands off the plane's edge and others,
#: and how far one below 0 stands off the numbers below 0 of the other axis
BESIDE, NEAR, EDGE, SPACE, OFF = (0.07, 0.065), (0.11, 0.07), 0.04, (0.16, 0.11), 0.22
#: how far a number stands off an outline across its axis, within that and beyond it
INSIDE, OUTSIDE = 0.1, 0.045


def clear(ends: tuple[float, float], axis: int, points: Array, *reaches: float) -> Ticks:
    """Return numbers of a plane's axis that nothing is drawn on.

    They are two or more, but where those would be too fine.

    Parameters
    ----------
    ends
        Of what the axis shows.
    axis
        0 for the level one, 1 for the upright one; they cross at 0.
    points
        Where markers stand, shape `(n, 2)`.
    reaches
        How far regions around 0 go along the axis: numbers stand beyond them, or within where
        there is little else.
    """
    ways = [*product((math.inf, INSIDE), FINER), (math.inf, FINEST), (INSIDE, FINEST)]
    found = [_clear(ends, axis, points, reaches, *way) for way in ways]
    several = (kept for kept in found[:-2] if len(kept) > 1)
    return next(several, None) or next((kept for kept in found if kept), {})


def _clear(
    ends: tuple[float, float],
    axis: int,
    points: Array,
    reaches: tuple[float, ...],
    within: float,
    most: int,
) -> Ticks:
    low, high = ends
    wide, kept = high - low, dict[float, str]()
    for at, said in rounded(low, high, most).items():
        middle = -wide * np.array(BESIDE)
        middle[axis] = at
        is_off = (np.abs(points - middle) > wide * np.array(NEAR)).any(axis=1).all()
        struck = (-within < (abs(at) - each) / wide < OUTSIDE for each in reaches)
        inside = not -OFF * wide < at <= 0.0 and min(at - low, high - at) > EDGE * wide
        if inside and is_off and not any(struck):
            kept[at] = said
    return thinned(kept, low, high, SPACE[axis])
