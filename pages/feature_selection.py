"""What the page of `feature-selection` needs of its exhibit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from regviz.lessons.names import short_names

if TYPE_CHECKING:
    from regviz.lessons.feature_selection import FeatureSelection

#: letters that have room beside the bars
NAMES_CUT_TO = 12


def data(shown: FeatureSelection) -> dict[str, Any]:
    """Return the lasso's knots, and the directions that give ridge at any strength."""
    return {
        "features": shown.features,
        "called": short_names(shown.features, NAMES_CUT_TO),
        "drawn": shown.drawn,
        "knots": shown.knots,
        "knot_weights": shown.knot_weights,
        "spectrum": shown.spectrum,
        "directions": shown.directions,
        "projections": shown.projections,
        "folds": shown.n_folds,
        "chosen": {name: _chosen(shown, name) for name in shown.chosen},
    }


def _chosen(shown: FeatureSelection, name: str) -> dict[str, Any]:
    """Return what cross-validation chooses for a penalty, and which sentence is true of it."""
    least, rule = shown.least[name][0], shown.chosen[name][0]
    kind = "useless" if least == math.inf else "undecided" if rule == math.inf else "both"
    return {"kind": kind, "least": least, "rule": rule}
