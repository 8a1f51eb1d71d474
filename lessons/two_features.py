"""The loss of two weights that data give, for lessons with a plane."""

from __future__ import annotations

import regmath as rm
from regviz.lessons.data import Design, read_design
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import DataKnobs

#: beyond this, what both features do together can hardly be told apart: descent is too slow to
#: draw, and without a penalty no optimum stands out
LARGEST_CORRELATION = 0.98


def two_features(asked: DataKnobs) -> tuple[Design, rm.LeastSquares]:
    """Return the data of two features, and the loss of both once they are standardized.

    Raises
    ------
    BadInput
        If the data cannot be used, or the features are too strongly correlated.
    """
    design = read_design(asked, count=2)
    loss = rm.LeastSquares(rm.standardize(design.X), rm.standardize(design.y))
    correlation = float(loss.hessian[0, 1])
    if abs(correlation) > LARGEST_CORRELATION:
        first, second = design.features
        raise BadInput(
            f"features {first} and {second} correlate {correlation:.3f}; "
            f"give two that correlate at most {LARGEST_CORRELATION}."
        )
    return design, loss
