"""What every exhibit has that is fitted: its parameters and data, and what certifies optima."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
from regviz.lessons.own_units import own_units

if TYPE_CHECKING:
    from regviz.lessons.data import Design
    from regviz.lessons.knob_groups import DataKnobs


def of_data(
    asked: DataKnobs,
    design: Design | None,
    optima: Mapping[str, rm.Array] | None = None,
    **used: object,
) -> dict[str, Any]:
    """Return the fields of an exhibit that its parameters and its data, if any, decide.

    The optima are told in the data's own units; `used` are values of other parameters.
    """
    if design is not None:
        used = {"features": design.features, "target": design.target, **used}
    return {
        "parameters": asked.resolved(**used),
        "own_units": own_units(design, optima or {}),
        "reading": design and design.reading,
    }


def certified(*optima: tuple[rm.Loss, rm.Penalty, rm.Array]) -> dict[str, float]:
    """Return the certificate of optima, each with what it minimizes: the largest residual."""
    found = [float(np.max(rm.kkt_residual(*each))) for each in optima]
    return {"kkt_residual": max(found, default=0.0)}
