"""Ridge refitted to many samples about one truth: how fits scatter, and what they miss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

import regmath as rm
from regviz.lessons.lines import band, joined, over
from regviz.lessons.picture import Mark
from regviz.lessons.swept import Swept

#: steps of the grid at its ends where no bracket stands
EDGE = 8
#: a bias that is less, in standard deviations of the target, has no bracket
FLAT = 0.01
#: how fits are drawn of which there are many
THIN: dict[str, Any] = {"weight": "fine", "look": "faint"}


@dataclass(frozen=True, kw_only=True)
class Refitted(Swept):
    """Fits to many samples about one truth, at many strengths.

    Attributes
    ----------
    x, truth
        Where curves are drawn and the true curve there, shape `(n_grid,)`.
    curves
        The first refits at every strength, shape `(n_values, n_drawn, n_grid)`.
    mean_curve, spread
        The average over all samples there could be and their standard deviation, shape
        `(n_values, n_grid)`.
    """

    x: rm.Array
    truth: rm.Array
    curves: rm.Array
    mean_curve: rm.Array
    spread: rm.Array

    def accumulated(self) -> rm.Array:
        """Return the first refit, the first two and so on, each as one line with breaks.

        Shape `(n_values, n_drawn, n_rows, 2)`, the last curve first; all are windows on one
        array, where rows of NaN follow the curves.
        """
        rows = joined(over(self.x, self.curves[:, ::-1]))
        size = rows.shape[1]
        rows = np.pad(rows, ((0, 0), (0, size), (0, 0)), constant_values=np.nan)
        windows = np.lib.stride_tricks.sliding_window_view(rows, size, axis=1)
        return windows[:, : size : len(self.x) + 1][:, ::-1].swapaxes(2, 3)

    def bracket(self) -> rm.Array:
        """Return brackets from the truth to the means, where the strongest penalty misses most.

        One that would be flat is not there.
        """
        inner = slice(EDGE, len(self.x) - EDGE)
        off = np.abs(self.mean_curve[self.tried[-1]] - self.truth)
        at = EDGE + int(off[inner].argmax())
        mean = self.mean_curve[:, at, None]
        truth, half = np.full_like(mean, self.truth[at]), self.x[EDGE // 2] - self.x[0]
        wide = self.x[at] + half * np.array([-1.0, 1.0])
        stem = over(self.x[at], np.concatenate([truth, mean], axis=1))
        lines = np.stack([over(wide, truth), stem, over(wide, mean)], axis=1)
        lines[np.abs(mean - truth)[:, 0] < FLAT] = np.nan
        return joined(lines)

    def summary(self, panel: str, role: str) -> list[Mark]:
        """Return the truth, and the mean of the fits with their spread and their bias."""
        low, high = self.mean_curve - self.spread, self.mean_curve + self.spread
        truth, mean = over(self.x, self.truth), over(self.x, self.mean_curve)
        between = band(self.x, low, high)
        return [
            Mark("spread", panel, "band", "variance", between, ("lam",)),
            Mark("truth", panel, "line", "muted", truth, weight="strong"),
            Mark("mean", panel, "line", role, mean, ("lam",), weight="strong"),
            Mark("bracket", panel, "line", "bias", self.bracket(), ("lam",)),
        ]
