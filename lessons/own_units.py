"""An optimum in the data's own units: what a lecturer would write down as the fitted model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regmath as rm

if TYPE_CHECKING:
    from regviz.lessons.base import Array
    from regviz.lessons.data import Design


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


def own_units(design: Design, optima: Mapping[str, Array]) -> dict[str, OwnUnits]:
    """Return models of standardized data in the data's own units, by name."""
    found = {}
    for name, standardized in optima.items():
        weights, intercept = rm.unstandardize(standardized, design.X, design.y)
        found[name] = OwnUnits(
            target=design.target,
            intercept=float(intercept),
            weights=dict(zip(design.features, weights.tolist(), strict=True)),
        )
    return found
