"""What the page of `bias-variance` needs of its exhibit."""

from __future__ import annotations

from typing import Any

from regviz.lessons.bias_variance import BiasVariance


def data(shown: BiasVariance) -> dict[str, Any]:
    """Return the fixed rows, the truth and the noise; the page draws the same samples."""
    world = shown.world
    return {"rows": world.rows, "cubic": world.coefficients, "noise": world.noise}
