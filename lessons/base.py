"""What every exhibit has: enough to describe, certify and test it without drawing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from regviz.lessons.own_units import OwnUnits
    from regviz.lessons.validation import ByValidation

    Array = NDArray[np.float64]


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
    own_units
        The optima as models of the data in their own units, by name; empty without data.
    by_validation
        How the strength was chosen by cross-validation, or None if it was not.
    """

    lesson: str
    parameters: Mapping[str, object]
    points: Mapping[str, Array]
    lam: Mapping[str, float]
    budget: Mapping[str, float]
    certificate: Mapping[str, float]
    own_units: Mapping[str, OwnUnits] = field(default_factory=dict)
    by_validation: ByValidation | None = None
