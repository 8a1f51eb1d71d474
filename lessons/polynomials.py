"""What lessons that fit a polynomial at many strengths share: features and strengths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.lessons.numbers import snap
from regviz.lessons.picture import Driver, Mark, Said
from regviz.lessons.story import Step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regviz.lessons.base import Array
    from regviz.lessons.picture import Ticks, Weight

#: the strongest penalty that is tried, and values per decade
STRONGEST, PER_DECADE = 10.0, 20
#: what is minimized besides the penalty
LOSS = r"\frac{1}{2n} \sum (y_i - \hat{y}_i)^2"
#: 0 is drawn so many decades left of the weakest penalty
APART = 1.2
#: a penalty is worth its while if it divides the error by more than this
WORTH = 1.1
#: a mean squared error that is smaller is the rounding of an exact fit
EXACT = 1e-12
#: errors are nearly equal if one is not more than this times the other
NEARLY = 1.02


def standardized_powers(rows: Array, x: Array, degree: int) -> tuple[Array, Array]:
    """Return powers 1 to `degree` at the rows and at `x`, in units of their spread at the rows.

    The interval that `x` spans is first mapped to [-1, 1], where powers stay apart best.

    Parameters
    ----------
    rows
        Where the polynomial is fitted, shape `(n_rows,)`.
    x
        Where it is drawn, ends included, shape `(n_grid,)`.
    degree
        The highest power.

    Returns
    -------
    Two arrays, shapes `(n_rows, degree)` and `(n_grid, degree)`; the columns of the first have
    mean 0 and mean square 1.
    """
    middle, half = (x[0] + x[-1]) / 2.0, (x[-1] - x[0]) / 2.0
    exponents = np.arange(1, degree + 1)
    at_rows, at_x = (((at - middle) / half)[:, None] ** exponents for at in (rows, x))
    mean, scale = at_rows.mean(axis=0), at_rows.std(axis=0)
    return (at_rows - mean) / scale, (at_x - mean) / scale


def strengths(weakest: float, asked: float | None) -> tuple[Array, NDArray[np.intp]]:
    """Return the strengths that are shown, growing, and the places of those that are tried.

    Tried are 0 and strengths from `weakest` to `STRONGEST`, even in their logarithm, of two
    digits each: the best is one of these, whatever strength is asked for besides.
    """
    n_values = round(PER_DECADE * np.log10(STRONGEST / weakest)) + 1
    even = [float(f"{lam:.2g}") for lam in np.geomspace(weakest, STRONGEST, n_values)]
    tried = np.unique([0.0, *even])
    lambdas = np.unique([*tried, *([] if asked is None else [snap(asked)])])
    return lambdas, np.searchsorted(lambdas, tried)


def still_index(lambdas: Array, asked: float | None, best: int) -> int:
    """Return which of the strengths the still picture shows: the one asked for, or the best."""
    return best if asked is None else int(np.flatnonzero(lambdas == snap(asked))[0])


def verdict(error: Array) -> str:
    """Say where the error is least: `none`, `inner` or `edge`.

    `none` means that no penalty is much better than none at all, `edge` that the strongest is
    as good as the best, or nearly; `inner` is between.
    """
    least = error.min()
    if error[0] <= WORTH * least:
        return "none"
    return "edge" if error[-1] <= NEARLY * least else "inner"


def verdict_at(error: Array, lambdas: Array, now: float, lam: float) -> str:
    """Say of the error `now`, at `lam`, where the least is if it is nearly that.

    Else it is `under` or `over`: a stronger or a weaker penalty does better.
    """
    best = int(np.argmin(error))
    if now <= NEARLY * error[best]:
        return verdict(error)
    return "under" if lam < lambdas[best] else "over"


def place(best: int, tried: NDArray[np.intp]) -> str:
    """Say which of the tried strengths is best: `none`, `some` or the last, `edge`."""
    return "none" if best == tried[0] else "edge" if best == tried[-1] else "some"


def three(value: float) -> float:
    """Return a number of three digits: they tell errors apart that differ by `NEARLY`."""
    return float(f"{value:.3g}")


def told(error: Array, at: int) -> float:
    """Return an error as it is told: of three digits, and 0 if it is 0 but for rounding."""
    return three(float(error[at])) if error[at] > EXACT else 0.0


def on_axis(lambdas: Array, weakest: float) -> Array:
    """Return where strengths stand on an axis of powers of ten: 0 apart, at its left end."""
    at: Array = np.log10(np.where(lambdas > 0.0, lambdas, weakest * 10.0**-APART))
    return at


def gap(weakest: float) -> float:
    """Return where such an axis is broken: half way from 0 to the weakest."""
    return float(np.log10(weakest)) - APART / 2.0


def ticks(weakest: float) -> Ticks:
    """Return what such an axis says: 0, and every third power of ten."""
    first, last = round(np.log10(weakest)), round(np.log10(STRONGEST))
    powers = [power for power in range(first, last + 1) if power % 3 == 0]
    written = {float(power): f"$10^{{{power}}}$" if power else "$1$" for power in powers}
    return {first - APART: "$0$"} | written


def error_marks(
    name: str, role: str, error: Array, lambdas: Array, tried: NDArray[np.intp], top: float
) -> tuple[Mark, ...]:
    """Return an error's curve, so far and whole, and dots at 0 and at lambda.

    They are named after it; dots above the plot are not there.
    """
    where = on_axis(lambdas, float(lambdas[tried[1]]))
    dots = np.column_stack([where, error])[:, None]
    curve = dots[tried[1:], 0]
    reached = (lambdas[tried[1:]] <= lambdas[:, None])[..., None]
    seen = np.where(dots[..., 1:] <= top, dots, np.nan)
    return (
        Mark(
            f"{name}-so-far", "errors", "line", role, np.where(reached, curve, np.nan), ("lam",)
        ),
        Mark(name, "errors", "line", role, curve),
        Mark(f"{name}-free", "errors", "point", role, seen[0]),
        Mark(f"{name}-now", "errors", "point", role, seen, ("lam",), grip="lam"),
    )


def driver(lambdas: Array, at: int, weakest: float) -> Driver:
    """Return what moves the strength."""
    return Driver("lam", lambdas, at, places=on_axis(lambdas, weakest).round(3))


def noise_mark(error: float, weakest: float, weight: Weight = "plain") -> Mark:
    """Return the line of the error that no fit can avoid."""
    left, right = on_axis(np.array([0.0, STRONGEST]), weakest)
    ends = np.array([[left, error], [right, error]])
    return Mark("noise", "errors", "line", "muted", ends, weight=weight)


def best_marks(lam: float, error: float, weakest: float, role: str) -> tuple[Mark, Mark]:
    """Return the least error, and the line from it to its strength."""
    spot = np.array([[float(on_axis(np.array(lam), weakest)), error]])
    drop = np.vstack([spot, spot * [1.0, 0.0]])
    return (
        Mark("drop", "errors", "line", role, drop, weight="fine"),
        Mark("best", "errors", "point", role, spot),
    )


def broken(x: Array, first: Array, second: Array) -> Array:
    """Return an upright line at each `x` between two values, with breaks between."""
    ends = [np.column_stack([x, y]) for y in (first, second)]
    return np.stack([*ends, np.full_like(ends[0], np.nan)], axis=1).reshape(-1, 2)


def step(
    lesson: str, caption: str | Said, title: str | Said | None = None, **verbs: Any
) -> Step:
    """Return a step with a caption of the lesson's, and a heading if it begins a section."""
    say = Said(f"{lesson}.caption.{caption}") if isinstance(caption, str) else caption
    heading = Said(f"{lesson}.title.{title}") if isinstance(title, str) else title
    return Step(say=say, heading=heading, **verbs)
