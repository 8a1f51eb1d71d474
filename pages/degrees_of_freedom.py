"""What the page of `degrees-of-freedom` needs of its exhibit."""

from __future__ import annotations

from typing import Any

from regviz.lessons.degrees_of_freedom import ABOVE, N_DRAWN, DegreesOfFreedom, picture
from regviz.lessons.numbers import three
from regviz.pages.still import still


def data(shown: DegreesOfFreedom) -> dict[str, Any]:
    """Return the rows along their directions, the noise that is drawn, and what is still."""
    described = picture(shown)
    return {
        "basis": shown.basis.round(14),
        "variances": shown.variances.round(14),
        "covariances": shown.covariances.round(14),
        "truth": shown.truth,
        "noise": shown.noise[:N_DRAWN],
        "counted": shown.counted["l1"],
        # A mean of counts may be halfway between two that are told.
        "told": [three(mean) for mean in shown.counted["l1"].tolist()],
        "count": len(shown.noise),
        "top": ABOVE * shown.X.shape[1],
        "still": still(described, {}, moved=described.says),
    }
