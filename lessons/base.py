"""What every exhibit has: enough to describe, certify and test it without drawing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was done in reading a lesson's data.

    Attributes
    ----------
    notes
        What was guessed, left out or made of columns and rows, in English sentences.
    n_rows, n_dropped
        Rows that are used, and those left out for want of a value.
    """

    notes: tuple[str, ...] = ()
    n_rows: int = 0
    n_dropped: int = 0


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """What a lesson computes from its parameters; every medium draws it and none adds to it.

    Lessons derive their own exhibits, with the arrays that their pictures need.

    Attributes
    ----------
    lesson
        The lesson's slug.
    parameters
        Every parameter, resolved: where a default depends on others, the value used.
    points
        Name to coordinates of the points that the picture marks.
    lam
        Penalty strength in the source's units, by penalty (`l1`, `l2`).
    budget
        Radius of the feasible region that each strength is the price of, by penalty.
    certificate
        What vouches for the picture, such as `kkt_residual`; zero is perfect.
    reading
        How its data were read; None if it has none.
    """

    lesson: str
    parameters: Mapping[str, object]
    points: Mapping[str, Array]
    lam: Mapping[str, float]
    budget: Mapping[str, float]
    certificate: Mapping[str, float]
    reading: Reading | None = None
