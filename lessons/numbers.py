"""Numbers as they are shown: what is shown is what is used, and only zero reads as 0."""

from __future__ import annotations

import math


def snap(value: float) -> float:
    """Return `value` to the four significant digits that :func:`shown` prints."""
    return float(f"{value:.4g}")


def shown(value: float, decimals: int = 2) -> str:
    """Write a computed number to `decimals`; `0` for an exact zero and for nothing else.

    A number too small for `decimals` is written as a power of ten, in our sentences' markup.
    """
    if value == 0.0:
        return "0"
    if abs(value) < 0.5 * 10.0**-decimals:
        exponent = math.floor(math.log10(abs(value)))
        return rf"{value / 10.0**exponent:.1f} \times 10^{{{exponent}}}"
    return f"{value:.{decimals}f}"
