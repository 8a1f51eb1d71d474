"""What the page of `bias-variance` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons.bias_variance import WEAKEST

if TYPE_CHECKING:
    from regviz.lessons.bias_variance import BiasVariance


def data(shown: BiasVariance) -> dict[str, Any]:
    """Return the fixed rows and the truth; the page draws samples of its own."""
    return {
        "x_sample": shown.x_sample,
        "truth_sample": shown.truth_sample,
        "noise": shown.noise,
        # Only drawn, so that few digits will do.
        "limits": [round(limit, 4) for limit in shown.limits],
        "weakest": WEAKEST,
        "feature": shown.feature,
    }
