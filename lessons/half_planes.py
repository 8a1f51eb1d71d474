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
        return np.column_stack([self.weights, self.intercepts])


def odds(percent: int) -> float:
    """Return the log odds of a probability; 0 exactly of one half."""
    return float(np.log(percent / (100.0 - percent)))


def _far(limits: Array) -> float:
    """Return a distance beyond all that is seen."""
    return FAR * float(np.abs(limits).max())


def _frame(line: Line, level: float, limits: Array) -> tuple[Array, Array]:
    """Return the point of each line that is nearest to 0, and its direction uphill.

    Both have shape `(n, 2)`. A line that is farther than all that is seen stays at hand.
    """
    size = np.hypot(line.weights[:, 0], line.weights[:, 1])
    is_flat, rise = size == 0.0, level - line.intercepts
    divided = np.where(is_flat, 1.0, size)
    uphill = np.where(is_flat[:, None], [1.0, 0.0], line.weights / divided[:, None])
    far = _far(limits)
    with np.errstate(over="ignore"):
        away = np.where(is_flat, np.where(rise > 0.0, far, -far), rise / divided)
    return uphill * np.clip(away, -far, far)[:, None], uphill


def shade(line: Line, level: float, limits: Array) -> Array:
    """Return where the log odds are at least a level, as far as one sees, `(n, 4, 2)`."""
    near, uphill = _frame(line, level, limits)
    along = np.stack([-uphill[:, 1], uphill[:, 0]], axis=1)
    far = _far(limits)
    low = [near - far * along, near + far * along]
    return np.stack([*low, *(corner + 2.0 * far * uphill for corner in low[::-1])], axis=1)


def crossing(line: Line, level: float, limits: Array) -> Array:
    """Return the line of a level, `(n, 2, 2)`; NaN where it is not within the plane."""
    middle, half = (limits[1::2] + limits[::2]) / 2.0, (limits[1::2] - limits[::2]) / 2.0
    rise = line.weights @ middle + line.intercepts - level
    enters = np.abs(rise) < ENTERS * (np.abs(line.weights) @ half)
    return there(shade(line, level, limits)[:, :2], np.repeat(enters[:, None], 2, axis=1))
