"""Knobs that several lessons share; a lesson's `Parameters` derives from a group.

Like :mod:`lessons.parameters`, this imports no NumPy: declarations are read without loading
a lesson's mathematics.
"""

from __future__ import annotations

from dataclasses import dataclass

from lessons.parameters import Knobs, Number, knob

__all__ = ["OneWeightKnobs"]


@dataclass(frozen=True)
class OneWeightKnobs(Knobs):
    """Knobs of the loss `curvature / 2 * (w - center)**2` and the strength of its penalty."""

    curvature: float = knob(2.0, Number(0.1, 10.0), "second derivative of the loss")
    center: float = knob(1.0, Number(-3.0, 3.0), "weight that minimizes the loss alone")
    lam: float = knob(1.0, Number(0.0, 100.0), "penalty strength of the still picture")
