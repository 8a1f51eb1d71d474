"""What every exhibit has: enough to describe, certify and test it without drawing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from regviz.lessons.errors import BadInput
from regviz.lessons.numbers import one

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

#: The most that a picture's certificate may say, as a share of `lambda_max`: well below what
#: a picture shows, well above what rounding does to problems that doubles can tell apart.
LARGEST_RESIDUAL = 1e-8


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was done in reading a lesson's data.

    Attributes
    ----------
    notes
        What was guessed, left out or made of columns and rows, in English sentences.
    n_rows, n_dropped
        Rows that are used, and those left out for want of a value.
    n_left
        Rows beyond those that the lesson works on, of which it draws some at random.
    """

    notes: tuple[str, ...] = ()
    n_rows: int = 0
    n_dropped: int = 0
    n_left: int = 0


@dataclass(frozen=True, kw_only=True)
class OwnUnits:
    """The model `target = intercept + sum of weight * term`, all in the data's own units.

    Attributes
    ----------
    target
        What is predicted.
    intercept
        In the target's units.
    weights
        By term, a feature's name or a power of a rescaled one: units of the target per unit
        of the term.
    rescaled
        What a name in the terms that is no feature stands for: `feature`, `center` and
        `scale`, and it is `(feature - center) / scale`.
    """

    target: str
    intercept: float
    weights: Mapping[str, float]
    rescaled: Mapping[str, Mapping[str, str | float]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ByValidation:
    """How a strength was chosen.

    Attributes
    ----------
    rule
        `cv`, the least error, or `cv-1se`, the largest strength within one standard error.
    penalty
        Whose error: `l1` or `l2`.
    lam
        The strength.
    n_folds, seed
        How the rows were split.
    """

    rule: str
    penalty: str
    lam: float
    n_folds: int
    seed: int

    def told(self) -> str:
        """Say it, such as `lambda 0.0117 by 5-fold cross-validation of L1 (seed 0)`."""
        rule = ", one-standard-error rule" if self.rule == "cv-1se" else ""
        return (
            f"lambda {self.lam:g} by {self.n_folds}-fold cross-validation of "
            f"{self.penalty.upper()}{rule} (seed {self.seed})"
        )


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
    reading
        How its data were read; None if it has none.
    own_units
        The optima as models of the data in their own units, by name; empty without data.
    by_validation
        How the strength was chosen by cross-validation, or None if it was not.

    Raises
    ------
    BadInput
        If a certificate is larger than `LARGEST_RESIDUAL`: what would be drawn is not what it
        is said to be.
    """

    lesson: str
    parameters: Mapping[str, object]
    points: Mapping[str, Array] = field(default_factory=dict)
    lam: Mapping[str, float]
    budget: Mapping[str, float] = field(default_factory=dict)
    certificate: Mapping[str, float]
    reading: Reading | None = None
    own_units: Mapping[str, OwnUnits] = field(default_factory=dict)
    by_validation: ByValidation | None = None

    def __post_init__(self) -> None:
        for name, residual in self.certificate.items():
            if not residual <= LARGEST_RESIDUAL:  # a nan vouches for nothing
                said = name.replace("_", " ")
                raise BadInput(
                    f"lesson {self.lesson!r} cannot be drawn from these values: its {said} is "
                    f"{residual:.1e}, and may be {LARGEST_RESIDUAL:.0e}; leave "
                    "out features that are nearly equal, or give a stronger penalty."
                )

    @property
    def residual(self) -> float:
        """The largest KKT residual, to the one digit that a picture tells."""
        return one(self.certificate["kkt_residual"])

    @property
    def n_left(self) -> int:
        """Rows of its data beyond those that it works on."""
        return 0 if self.reading is None else self.reading.n_left

    def number(self, name: str) -> float:
        """Return a parameter that is a number."""
        return float(str(self.parameters[name]))
