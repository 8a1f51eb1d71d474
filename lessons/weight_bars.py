"""The weights of a polynomial as bars, one for each power, now and without a penalty."""

from __future__ import annotations

import numpy as np

import regmath as rm
from regviz.lessons.clip import Window
from regviz.lessons.lines import over
from regviz.lessons.picture import Mark, Ticks, rounded

#: room beside the first and the last power, and above the largest weight, in parts of it
ASIDE, AIR = 0.7, 1.25
#: powers that an axis names
HIGHEST = 12


def weight_bars(weights: rm.Array, role: str) -> tuple[Mark, ...]:
    """Return bars by strength, `(n_values, degree)`, those at 0 beside, and the line of 0."""
    left, right, _, _ = bars_window(weights)
    bars = over(np.arange(1.0, weights.shape[1] + 1.0), weights)
    return (
        Mark("bars-free", "weights", "bar", "loss", bars[0]),
        Mark("bars-before", "weights", "bar", "loss", bars[0], look="faint"),
        Mark("bars", "weights", "bar", role, bars, ("lam",), weight="fine"),
        Mark("zero", "weights", "line", "ink", over([left, right], 0.0), weight="fine"),
    )


def bars_window(weights: rm.Array) -> Window:
    """Return what is seen of them: all that they are without a penalty."""
    reach = AIR * float(np.abs(weights[0]).max())
    return 1.0 - ASIDE, weights.shape[1] + ASIDE, -reach, reach


def bars_ticks(weights: rm.Array) -> tuple[Ticks, Ticks]:
    """Return the powers, and round weights."""
    powers = {float(power): f"$x^{{{power}}}$" for power in range(1, HIGHEST + 1)}
    return powers, rounded(*bars_window(weights)[2:])
