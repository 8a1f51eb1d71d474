"""Ridge refitted to many samples about one truth: how fits scatter, and what they miss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

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


class Refits:
    """Ridge at every strength for any number of targets, from a few paths.

    Ridge is linear in the targets and sees only their part in the span of the columns, so the
    paths for a basis of that span give all others.
    """

    def __init__(self, X: rm.Array, lambdas: rm.Array) -> None:
        self._X = X
        self._basis = np.linalg.qr(X)[0]
        #: weights for each vector of the basis, shape `(n_basis, n_values, n_features)`
        self._paths = np.stack([rm.ridge_path(X, e, lambdas) for e in self._basis.T])

    def curves(
        self, samples: rm.Array, X: rm.Array, at: NDArray[np.intp] | slice = slice(None)
    ) -> rm.Array:
        """Return the fits to samples `(n_refits, n_samples)` where the features are `X`.

        Shape `(n_values, n_refits, n_rows of X)`, at all strengths or some.
        """
        means = samples.mean(axis=1, keepdims=True)
        along = (samples - means) @ self._basis
        fits: rm.Array = along @ (self._paths[:, at] @ X.T).transpose(1, 0, 2) + means
        return fits

    def deviation(self, X: rm.Array) -> rm.Array:
        """Return the fits' standard deviation where the features are `X`, in the noise's.

        A fit is the mean of the targets plus its parts along the basis, each with variance 1.
        """
        squares = ((self._paths @ X.T) ** 2).sum(axis=0)
        found: rm.Array = np.sqrt(1.0 / len(self._X) + squares)
        return found

    def measured(
        self, samples: rm.Array, new: rm.Array, at: NDArray[np.intp]
    ) -> tuple[rm.Array, rm.Array]:
        """Return the mean squared error on new targets, and its standard error."""
        off = (self.curves(samples, self._X, at[[one]])[0] - new for one in range(len(at)))
        errors = np.stack([np.mean(each**2, axis=1) for each in off])
        return errors.mean(axis=1), errors.std(axis=1, ddof=1) / np.sqrt(len(samples))


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

    def summary(
        self, panel: str, role: str, at: int | slice = slice(None), before: str = ""
    ) -> list[Mark]:
        """Return the truth, and the mean of the fits with their spread and their bias.

        All are at one strength, or follow it.
        """
        by, low, high = _by(at), self.mean_curve - self.spread, self.mean_curve + self.spread
        truth, mean = over(self.x, self.truth), over(self.x, self.mean_curve)
        between = band(self.x, low, high)
        return [
            Mark(f"{before}spread", panel, "band", "variance", between[at], by),
            Mark(f"{before}truth", panel, "line", "muted", truth, weight="strong"),
            Mark(f"{before}mean", panel, "line", role, mean[at], by, weight="strong"),
            Mark(f"{before}bracket", panel, "line", "bias", self.bracket()[at], by),
        ]

    def multiple(self, panel: str, role: str, at: int | slice = slice(None)) -> list[Mark]:
        """Return all that is drawn of the fits, in a panel of its own that names the marks."""
        fits = self.accumulated()[at, -1]
        refits = Mark(f"{panel}-refits", panel, "line", role, fits, _by(at), **THIN)
        return [refits, *self.summary(panel, role, at, f"{panel}-")]


def _by(at: int | slice) -> tuple[str, ...]:
    return () if isinstance(at, int) else ("lam",)
