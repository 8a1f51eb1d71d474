"""An optimum in the data's own units: what a lecturer would write down as the fitted model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import regmath as rm
from regviz.lessons.base import OwnUnits

if TYPE_CHECKING:
    from regviz.lessons.data import Design


def own_units(design: Design | None, optima: Mapping[str, rm.Array]) -> dict[str, OwnUnits]:
    """Return models of standardized data in their own units, by name; none without data."""
    if design is None:
        return {}
    found = {}
    for name, standardized in optima.items():
        weights, intercept = rm.unstandardize(standardized, design.X, design.y)
        found[name] = OwnUnits(
            target=design.target,
            intercept=float(intercept),
            weights=dict(zip(design.features, weights.tolist(), strict=True)),
        )
    return found


def own_odds(design: Design, one: str, standardized: rm.Array, intercept: float) -> OwnUnits:
    """Return the log odds of a class, of standardized features, in their own units.

    Parameters
    ----------
    one
        What is true of the target in that class, such as `= yes`.
    standardized, intercept
        Weights of the standardized features, shape `(n_features,)`, and what is added.
    """
    weights = standardized / design.X.std(axis=0)
    return OwnUnits(
        target=f"logit P({design.target} {one})",
        intercept=intercept - float(weights @ design.X.mean(axis=0)),
        weights=dict(zip(design.features, weights.tolist(), strict=True)),
    )
