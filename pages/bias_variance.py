"""What the page of `bias-variance` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.lessons.bias_variance import TRUTH_DEGREE

if TYPE_CHECKING:
    from regviz.lessons.bias_variance import BiasVariance


def data(shown: BiasVariance) -> dict[str, Any]:
    """Return the fixed rows, the truth and the noise; the page draws the same samples.

    The truth is a cubic, of which the page is given the coefficients where the rows that are
    fitted lie in [-1, 1].
    """
    inside = np.linspace(-1.0, 1.0, len(shown.x))
    cubic = np.polynomial.polynomial.polyfit(inside, shown.truth, TRUTH_DEGREE)
    return {"rows": shown.x_sample, "cubic": cubic, "noise": shown.noise}
