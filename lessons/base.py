"""What every exhibit has: enough to describe, certify and test it without drawing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regviz.lessons.errors import BadInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

#: The most that a picture's certificate may say, as a share of `lambda_max`: well below what
#: a picture shows, well above what rounding does to problems that doubles can tell apart.
LARGEST_RESIDUAL = 1e-8


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
        What vouches for the picture, such as `kkt_residual`, as a share of the problem's own
        scale; zero is perfect.

    Raises
    ------
    BadInput
        If a certificate is larger than `LARGEST_RESIDUAL`: what would be drawn is not what it
        is said to be.
    """

    lesson: str
    parameters: Mapping[str, object]
    points: Mapping[str, Array]
    lam: Mapping[str, float]
    budget: Mapping[str, float]
    certificate: Mapping[str, float]

    def __post_init__(self) -> None:
        for name, residual in self.certificate.items():
            if not residual <= LARGEST_RESIDUAL:  # a nan vouches for nothing
                said = name.replace("_", " ")
                raise BadInput(
                    f"lesson {self.lesson!r} cannot be drawn from these values: its {said} is "
                    f"{residual:.1e}, and may be {LARGEST_RESIDUAL:.0e}; leave "
                    "out features that are nearly equal, or give a stronger penalty."
                )
