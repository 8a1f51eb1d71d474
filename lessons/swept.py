"""Fits at many strengths of one penalty, and an error that chooses among them.

What the lessons that sweep a strength share: the strengths, what may be said of the best, and
the panel of the errors over them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.by_strength import ByStrength, at_strength
from regviz.lessons.clip import Window
from regviz.lessons.lines import over, there
from regviz.lessons.numbers import snap, three, to_digits
from regviz.lessons.picture import Mark, Panel, Said, Ticks, Weight
from regviz.lessons.question import Choice
from regviz.lessons.story import Task, Voice

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


@dataclass(frozen=True, kw_only=True)
class Swept(ByStrength):
    """Fits at many strengths of one penalty, and the error that chooses among them.

    Attributes
    ----------
    tried
        Indices of the strengths that the best is chosen from: all but one asked for besides.
        The first of them is 0.
    judged
        The expected error on new data that is to be least, shape `(n_values,)`.
    """

    tried: NDArray[np.intp]
    judged: rm.Array

    @property
    def penalty(self) -> str:
        """`l1` or `l2`."""
        return next(iter(self.lam))

    @property
    def best(self) -> int:
        """Index of the least error among the strengths that were tried."""
        return best_of(self.judged, self.tried)

    @property
    def case(self) -> str:
        """Where the error is least: `none`, `inner` or `edge`.

        `none` means that no penalty is much better than none at all, `edge` that the strongest
        is as good as the best, or nearly; `inner` is between.
        """
        error = self.judged[self.tried]
        if error[0] <= WORTH * error.min():
            return "none"
        return "edge" if error[-1] <= NEARLY * error.min() else "inner"

    @property
    def still(self) -> str:
        """What the still picture shows: the `case` of the best strength, or one `asked` for."""
        return self.case if self.at == self.best else "asked"

    @cached_property
    def where(self) -> rm.Array:
        """Where strengths stand on an axis of powers of ten: 0 apart, at its left end."""
        weakest = self.lambdas[self.tried[1]]
        at: rm.Array = np.log10(
            np.where(self.lambdas > 0.0, self.lambdas, weakest * 10.0**-APART)
        )
        return at

    # -- what may be said ----------------------------------------------------------------------

    def choice(self, now: int) -> dict[str, Said]:
        """Return where the least error is, and what the error `now` says of it.

        Of an error that is nearly the least, the verdict is the case; else it is `under` or
        `over`: a stronger or a weaker penalty does better.
        """
        best, error = self.best, self.judged
        aside = "under" if self.lambdas[now] < self.lambdas[best] else "over"
        verdict = self.case if error[now] <= NEARLY * error[best] else aside
        place = {0: "none", self.tried[-1]: "edge"}.get(best, "some")
        values = {
            "free": told(error, 0),
            "least": told(error, best),
            "best": float(self.lambdas[best]),
        }
        return {
            "verdict": Said(f"{self.lesson}.claim.verdict.{verdict}", values),
            "least": Said(f"{self.lesson}.claim.least.{place}", values),
        }

    def asks_least(self, say: Voice, **asked: Any) -> Choice:
        """Ask at which strength the error on new data is least, among those that were tried."""
        best, last = self.best, int(self.tried[-1])
        values = {"best": float(self.lambdas[best]), "last": float(self.lambdas[last])}
        errors = {"free": 0, "least": best, "strong": last}
        values |= {name: told(self.judged, at) for name, at in errors.items()}
        right = {0: "free", last: "strong"}.get(best, "least")
        return say.choice("least", right, (*errors,), values, **asked)

    def sets_task(self, say: Voice) -> Task | None:
        """Set the task to find the least error, where that takes a moderate strength."""
        if self.case != "inner":
            return None
        return say.task("task.least", "lam", claims={"verdict": "inner"}, panel="errors")

    # -- what there is to see ------------------------------------------------------------------

    def panel(self, name: str, limits: Window, ticks: Any, **how: Any) -> Panel:
        """Return a chart whose axes cross at its lower left corner; its foot is the still's."""
        values = {"lam": float(self.lambdas[self.at]), "residual": self.residual}
        foot = how.pop("foot", Said(f"{self.lesson}.foot.still", values))
        return parts.chart(self.lesson, name, limits, ticks, foot, cross=limits[::2], **how)

    def errors_panel(self, top: float, **how: Any) -> Panel:
        """Return the panel of the errors over the strength."""
        said, (left, right) = self.choice(self.at), self.where[[0, -1]].tolist()
        return self.panel(
            "errors", (left, right, 0.0, top), (self._ticks(), parts.rounded(0.0, top)),
            gap=left + APART / 2.0, heading=said["verdict"], summary=said["least"], **how,
        )  # fmt: skip

    def _ticks(self) -> Ticks:
        """Return what the strengths' axis says: 0, and every third power of ten."""
        first, last = round(self.where[0] + APART), round(np.log10(STRONGEST))
        powers = [power for power in range(first, last + 1) if power % 3 == 0]
        written = {float(power): f"$10^{{{power}}}$" if power else "$1$" for power in powers}
        return {first - APART: "$0$"} | written

    def errors(self, top: float, **errors: rm.Array) -> tuple[Mark, ...]:
        """Return each error's marks, by its role, and the least one with its strength.

        An error's marks are its curve, so far and whole, and dots at 0 and at lambda; they are
        named after it. Dots above the plot are not there.
        """
        marks: list[Mark] = []
        reached = (self.lambdas[self.tried[1:]] <= self.lambdas[:, None])[..., None]
        for name, error in errors.items():
            dots = over(self.where, error)[:, None]
            curve = dots[self.tried[1:], 0]
            so_far, seen = np.where(reached, curve, np.nan), there(dots, dots[..., 1] <= top)
            marks += [
                Mark(f"{name}-so-far", "errors", "line", name, so_far, ("lam",)),
                Mark(name, "errors", "line", name, curve),
                Mark(f"{name}-free", "errors", "point", name, seen[0]),
                Mark(f"{name}-now", "errors", "point", name, seen, ("lam",), grip="lam"),
            ]
        spot = over(self.where, self.judged)[self.best][None]
        return (
            *marks,
            Mark("drop", "errors", "line", self.penalty, np.vstack([spot, spot * [1.0, 0.0]]),
                 weight="fine"),
            Mark("best", "errors", "point", self.penalty, spot),
        )  # fmt: skip

    def noise_mark(self, error: float, weight: Weight = "plain") -> Mark:
        """Return the line of the error that no fit can avoid."""
        level = over(self.where[[0, -1]], error)
        return Mark("noise", "errors", "line", "muted", level, weight=weight)


def strengths(weakest: float, asked: float | None) -> tuple[rm.Array, NDArray[np.intp]]:
    """Return the strengths that are shown, growing, and the places of those that are tried.

    Tried are 0 and strengths from `weakest` to `STRONGEST`, even in their logarithm, of two
    digits each: the best is one of these, whatever strength is asked for besides.
    """
    n_values = round(PER_DECADE * np.log10(STRONGEST / weakest)) + 1
    even = [to_digits(lam, 2) for lam in np.geomspace(weakest, STRONGEST, n_values)]
    tried = np.unique([0.0, *even])
    lambdas = np.unique([*tried, *([] if asked is None else [snap(asked)])])
    return lambdas, np.searchsorted(lambdas, tried)


def best_of(error: rm.Array, tried: NDArray[np.intp]) -> int:
    """Return the index of the least error among the strengths that were tried."""
    return int(tried[np.argmin(error[tried])])


def judged(
    penalty: str,
    lambdas: rm.Array,
    tried: NDArray[np.intp],
    error: rm.Array,
    asked: float | None,
) -> dict[str, Any]:
    """Return the fields of a :class:`Swept` that the error on new data decides.

    The still picture shows the strength that is asked for, or the best.
    """
    best = best_of(error, tried)
    at = best if asked is None else int(np.flatnonzero(lambdas == snap(asked))[0])
    return {
        **at_strength(lambdas, at, [penalty]),
        "points": {"least-error": np.array([lambdas[best], error[best]])},
        "tried": tried,
        "judged": error,
    }


def told(error: rm.Array, at: int) -> float:
    """Return an error as it is told: of three digits, and 0 if it is 0 but for rounding."""
    return three(float(error[at])) if error[at] > EXACT else 0.0


def freely(*errors: str) -> tuple[str, ...]:
    """Return the names of the errors' marks that a page shows before it is guided."""
    return tuple(f"{name}{part}" for name in errors for part in ("", "-free", "-now"))
