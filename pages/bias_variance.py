"""What the page of `bias-variance` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from lessons.bias_variance import BiasVariance

#: one of so many points of the exhibit's curves is enough to draw a smooth one
STRIDE = 2


def data(shown: BiasVariance) -> dict[str, Any]:
    """Return the fixed rows and the truth; the page draws samples of its own."""
    return {
        "x_sample": shown.x_sample,
        "truth_sample": shown.truth_sample,
        # Only drawn, so that five digits will do.
        "x": np.round(shown.x[::STRIDE], 5),
        "truth": np.round(shown.truth[::STRIDE], 5),
        "noise": shown.noise,
        "limits": np.round(shown.limits, 5),
        "feature": shown.feature,
    }
