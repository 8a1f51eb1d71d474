"""What every exhibit has that is fitted: its parameters and data, and what certifies optima."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.data import SHIPPED
from regviz.lessons.own_units import own_units

if TYPE_CHECKING:
    from regviz.lessons.data import Design
    from regviz.lessons.knob_groups import DataKnobs


@dataclass(frozen=True, kw_only=True)
class OfFeatures(Exhibit):
    """An exhibit of a data set with many features.

    Attributes
    ----------
    features, target
        Names of the columns.
    n_rows
        How many rows the data have.
    is_study
        Whether the data and what is predicted are those of the study that is shipped.
    """

    features: tuple[str, ...]
    target: str
    n_rows: int
    is_study: bool


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


def of_features(
    asked: DataKnobs, design: Design, optima: Mapping[str, rm.Array], **used: object
) -> dict[str, Any]:
    """Return the fields of an :class:`OfFeatures` that its parameters and its data decide."""
    return {
        **of_data(asked, design, optima, **used),
        "features": design.features,
        "target": design.target,
        "n_rows": len(design.y),
        "is_study": SHIPPED.get(str(asked.data)) == design.target,
    }


def certified(*optima: tuple[rm.Loss, rm.Penalty, rm.Array]) -> dict[str, float]:
    """Return the certificate of optima, each with what it minimizes: the largest residual."""
    found = [float(np.max(rm.kkt_residual(*each))) for each in optima]
    return {"kkt_residual": max(found, default=0.0)}
