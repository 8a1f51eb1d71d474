"""Numbers written short, as the attributes of an SVG have them."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

NUMBER = re.compile(r"-?\d*\.?\d+(?:e[+-]?\d+)?")


def short(value: float, digits: int = 1) -> str:
    """Write a number without what can be left out: `-0.50` is `-.5`."""
    written = f"{value:.{2 if digits and abs(value) < 1 else digits}f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return {"-0": "0"}.get(written, re.sub(r"^(-?)0\.", r"\1.", written))


def pair(tenths: NDArray[np.float64]) -> str:
    """Write a point that is given in tenths."""
    x, y = (short(float(part) / 10.0) for part in tenths)
    return f"{x} {y}".replace(" -", "-")
