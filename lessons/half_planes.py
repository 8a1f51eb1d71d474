"""Half planes of a linear classifier, where its log odds are at least so much, and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from regviz.lessons.lines import there

if TYPE_CHECKING:
    from regviz.lessons.base import Array

#: what of a window a line must enter to be there
ENTERS = 0.9
#: how far lines and half planes go, in what is seen at most of a feature
FAR = 4.0
#: corners of a half plane by its edge's middle: along the edge, and uphill
CORNERS = np.array([[-1.0, 0.0], [1.0, 0.0], [1.0, 2.0], [-1.0, 2.0]])[:, :, None]


class Line(NamedTuple):
    """The log odds `weights @ x + intercept`, at every strength.

    Attributes
    ----------
    weights, intercepts
        Shapes `(n_values, 2)` and `(n_values,)`.
    """

    weights: Array
    intercepts: Array

    @property
    def rows(self) -> Array:
        """Both together, the intercept last, shape `(n_values, 3)`."""
        return np.column_stack(self)


def odds(percent: int) -> float:
    """Return the log odds of a probability; 0 exactly of one half."""
    return float(np.log(percent / (100.0 - percent)))


def shade(line: Line, level: float, limits: Array) -> Array:
    """Return where the log odds are at least a level, as far as one sees, `(n, 4, 2)`.

    A line that is farther than all that is seen stays at hand.
    """
    size, rise = np.hypot(*line.weights.T), level - line.intercepts
    is_flat, far = size == 0.0, FAR * float(np.abs(limits).max())
    divided = np.where(is_flat, 1.0, size)
    uphill = np.where(is_flat[:, None], [1.0, 0.0], line.weights / divided[:, None])
    with np.errstate(over="ignore"):
        away = np.where(is_flat, np.where(rise > 0.0, far, -far), rise / divided)
    near, edge = uphill * np.clip(away, -far, far)[:, None], uphill[:, ::-1] * [-1.0, 1.0]
    along, up = far * CORNERS.swapaxes(0, 1)
    found: Array = near[:, None] + along * edge[:, None] + up * uphill[:, None]
    return found


def crossing(line: Line, level: float, limits: Array) -> Array:
    """Return the line of a level, `(n, 2, 2)`; NaN where it is not within the plane."""
    middle, half = (limits[1::2] + limits[::2]) / 2.0, (limits[1::2] - limits[::2]) / 2.0
    rise = line.weights @ middle + line.intercepts - level
    enters = np.abs(rise) < ENTERS * (np.abs(line.weights) @ half)
    return there(shade(line, level, limits)[:, :2], np.repeat(enters[:, None], 2, axis=1))
