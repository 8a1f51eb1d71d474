"""What drawings of errors over a strength share: round numbers, and a label's outline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from manim import Mobject

    from regviz.lessons.base import Array


def few(low: float, high: float) -> dict[float, str]:
    """Return a few round values between two others, and how they are written."""
    span = high - low
    step = 10.0 ** np.floor(np.log10(span / 2.0))
    step *= next(factor for factor in (5, 2, 1) if factor * step <= span / 2.0)
    # One at the axis' end would stand on its arrow.
    values = step * np.arange(np.ceil(low / step), np.floor((high - 0.04 * span) / step) + 1)
    rounded = [float(f"{value:.6g}") for value in values]
    return {value: f"${value:g}$" for value in rounded}


def frame_of(label: Mobject) -> Array:
    """Return the outline of a label's rectangle."""
    corners = [label.get_corner((x, y, 0.0)) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return np.array([*corners, corners[0]])
