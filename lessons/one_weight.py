"""One weight and one bowl: what the lessons `l1-loss` and `l2-loss` share.

The loss is `L(w) = curvature / 2 * (w - center)**2`. With the default curvature 2 it is
`(w - center)**2`, and its slope at 0 has the size `2 * center`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.base import Exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import OneWeightKnobs
from regviz.lessons.numbers import snap
from regviz.lessons.picture import Said
from regviz.lessons.story import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regviz.lessons.base import Array
    from regviz.lessons.picture import Label, Mark, Ticks

#: strengths of the source's graph: lambda grows from 0 to 100
STRONGEST = 100.0
#: how many points a curve has near 0 and on each side of that, and how many a trail has
NEAR, FAR, TRAILED = 61, 80, 31
#: how far from 0 curves are drawn, in sizes of the center
REACH = 1.8
#: what fills the places of a sentence
Values = dict[str, float | str]
LOSS = parts.Term("L(w)", "loss", "loss")
#: marks of the losses that a page shows before it tells
FREE = ("drop", "alone", "total", "loss", "trail", "free", "least", "other", "other-least")
#: where a loss is named: up its outer branch, where no other curve lies outside it
OUTER = (0.08, 0.11, 0.14, 0.17, 0.2, 0.05, 0.23, 0.95, 0.98)
#: where the lowest point's weight is written, down from it
DROP = (0.5, 0.4, 0.6, 0.3, 0.7, 0.8, 0.9, 0.2)
#: where a curve is named that leaves the picture on the other side
INNER = (0.93, 0.9, 0.96, 0.87, 0.84, 0.8, 0.75, 0.7)


@dataclass(frozen=True, kw_only=True)
class OneWeight(Exhibit):
    """A loss of one weight, with a penalty whose strength grows.

    Attributes
    ----------
    penalty
        `l1` or `l2`.
    w
        Where the curves are drawn, ascending, shape `(n_points,)`; 0 is among them, so that a
        bend at 0 is a vertex.
    loss, pull
        The unregularized loss and the penalty of strength 1 on `w`, shape `(n_points,)`: the
        regularized loss at `lam` is `loss + lam * pull`.
    lambdas
        Strengths in growing order, shape `(n_values,)`, each of few digits.
    minimizers, minima
        Minimizer of the regularized loss and its value there, shape `(n_values,)`.
    trails
        Where the lowest point has been at each strength, shape `(n_values, n_trail, 2)`.
    at
        Index of the strength of the still picture.
    early
        Index of a strength at which the penalty shows and the minimizer is still far from 0.
    threshold
        Strength from which the minimizer is exactly 0: `abs(L'(0))` for L1, infinite for L2.
    slope
        `L'(0)`.
    zoom
        Half width in `w` of the window around 0 that shows where the L2 minimizer is at the
        strongest strength.
    limits
        `(left, right, bottom, top)` of the picture.
    """

    penalty: Literal["l1", "l2"]
    w: Array
    loss: Array
    pull: Array
    lambdas: Array
    minimizers: Array
    minima: Array
    trails: Array
    at: int
    early: int
    threshold: float
    slope: float
    zoom: float
    limits: tuple[float, float, float, float]

    def regularized(self, at: int) -> Array:
        """Return the regularized loss on `w` at a strength's index, shape `(n_points,)`."""
        return self.loss + float(self.lambdas[at]) * self.pull

    def strength(self, wanted: float) -> int:
        """Return the index of the first strength that is no less."""
        return min(int(np.searchsorted(self.lambdas, wanted)), len(self.lambdas) - 1)

    @property
    def formula(self) -> str:
        r"""The loss in our part of TeX, such as `(w - 1)^2`."""
        factor = 0.5 * self.curvature
        sign = "-" if self.center > 0.0 else "+"
        written = "" if factor == 1.0 else f"{factor:g}\\,"
        return f"{written}(w {sign} {abs(self.center):g})^2"

    @property
    def center(self) -> float:
        """The weight that minimizes the loss alone."""
        return float(self.points["unregularized"][0])

    @property
    def curvature(self) -> float:
        """The loss's second derivative."""
        return float(str(self.parameters["curvature"]))

    @property
    def at_zero(self) -> float:
        """The loss at 0, which no penalty changes."""
        return float(self.loss[self.w == 0.0][0])


def one_weight(slug: str, penalty: rm.L1 | rm.L2, parameters: OneWeightKnobs) -> OneWeight:
    """Compute the exhibit of a loss of one weight under a penalty of strength 1.

    Raises
    ------
    BadInput
        If the loss has nothing to shrink.
    """
    # What is shown is what is used.
    curvature, center = snap(parameters.curvature), snap(parameters.center)
    parameters = replace(
        parameters, curvature=curvature, center=center, lam=snap(parameters.lam)
    )
    if center == 0.0:
        raise BadInput("center = 0 leaves no weight to shrink; give another number.")
    name: Literal["l1", "l2"] = "l1" if isinstance(penalty, rm.L1) else "l2"
    loss = rm.Quadratic.one_dimensional(curvature, center)
    slope = float(loss.gradient(np.zeros(1))[0])
    threshold = float(penalty.lambda_max(np.array([slope])))
    lambdas = _strengths(parameters.lam, threshold)
    points = _lowest(curvature, center, penalty, lambdas)
    trails = _trails(curvature, center, penalty, np.minimum(lambdas, threshold))
    trails[:, -1] = points
    at = int(np.flatnonzero(lambdas == parameters.lam)[0])
    # At the strongest strength the L2 minimizer stands a quarter of the way to the edge.
    zoom = 4.0 * abs(center) / (1.0 + 2.0 * STRONGEST / curvature)
    w = _drawn_weights(REACH * abs(center), zoom)
    return OneWeight(
        lesson=slug,
        parameters={knob.name: getattr(parameters, knob.name) for knob in parameters.knobs()},
        points={
            "unregularized": np.array([center, 0.0]),
            f"minimizer-{name}": points[at],
        },
        lam={name: parameters.lam},
        budget={name: float(penalty.level(points[at, :1]))},
        certificate={
            "kkt_residual": _residual(loss, penalty, lambdas, points[:, :1]) / abs(slope)
        },
        penalty=name,
        w=w,
        loss=loss.value(w[:, None]),
        pull=penalty.value(w[:, None]),
        lambdas=lambdas,
        minimizers=points[:, 0],
        minima=points[:, 1],
        trails=trails,
        at=at,
        early=_early(points[:, 0], at),
        threshold=threshold,
        slope=slope,
        zoom=zoom,
        limits=_limits(curvature, center),
    )


def _strengths(still: float, threshold: float) -> Array:
    """Return strengths from 0 to 100 of few digits, dense where little is enough.

    The threshold is among them, rounded up to as many digits as are shown.
    """
    dense = [np.arange(200) / 50.0, np.arange(20, 50) / 5.0, np.arange(10.0, 101.0)]
    own = [still]
    if threshold <= STRONGEST:
        # Also a weak threshold is approached in small steps.
        own += [snap(part * threshold) for part in np.linspace(0.02, 0.98, 49)]
        own.append(rounded_up(threshold))
    return np.unique(np.concatenate([*dense, own]))


def rounded_up(threshold: float) -> float:
    """Return a strength of few digits that is no less."""
    rounded = snap(threshold)
    return rounded if rounded >= threshold else snap(threshold * 1.0005)


def _early(minimizers: Array, at: int) -> int:
    """Return the still picture's index if that is well on the way to 0, else half way's."""
    shares = minimizers / minimizers[0]
    if 0.15 <= shares[at] <= 0.85:
        return at
    return int(np.argmin(np.abs(shares - 0.5)))


def _drawn_weights(reach: float, zoom: float) -> Array:
    """Return weights from one end to the other, ever denser towards 0."""
    near = zoom * np.linspace(-1.0, 1.0, NEAR)
    near[NEAR // 2] = 0.0
    far = zoom * (reach / zoom) ** (np.arange(1, FAR + 1) / FAR)
    return np.concatenate([-far[::-1], near, far])


def _lowest(curvature: float, center: float, penalty: rm.L1 | rm.L2, lambdas: Array) -> Array:
    """Return the lowest point at strengths of any shape, `(..., 2)`: a weight and its height.

    The weight that minimizes `a / 2 (w - c)^2 + lam p(w)` is the prox of `c` at `lam / a`.
    """
    weights = penalty.prox(np.full((*lambdas.shape, 1), center), lambdas / curvature)
    if isinstance(penalty, rm.L1):
        # A strength that is the threshold but for rounding holds the weight.
        slack = curvature * abs(center)
        held = slack - lambdas <= 8.0 * np.finfo(float).eps * slack
        weights = np.where(held[..., None], 0.0, weights)
    heights = 0.5 * curvature * (weights[..., 0] - center) ** 2
    return np.stack([weights[..., 0], heights + lambdas * penalty.value(weights)], axis=-1)


def _residual(
    loss: rm.Quadratic, penalty: rm.L1 | rm.L2, lambdas: Array, weights: Array
) -> float:
    """Return how far the slopes at the lowest points are from being cancelled, at most."""
    pulls = -loss.gradient(weights)
    free = np.abs(pulls[lambdas == 0.0]).max()
    strengths = lambdas[lambdas > 0.0]
    held, pulled = weights[lambdas > 0.0], pulls[lambdas > 0.0]
    off = strengths * penalty.subdifferential_distance(held, pulled / strengths[:, None])
    return float(max(free, off.max()))


def _trails(curvature: float, center: float, penalty: rm.L1 | rm.L2, ends: Array) -> Array:
    """Return the lowest point's way up to each of some strengths."""
    return _lowest(
        curvature, center, penalty, ends[:, None] * np.arange(TRAILED) / (TRAILED - 1)
    )


def _limits(curvature: float, center: float) -> tuple[float, float, float, float]:
    at_zero = 0.5 * curvature * center**2
    size = abs(center)
    sides = (-size, 1.6 * size) if center > 0.0 else (-1.6 * size, size)
    return *sides, -0.12 * at_zero, 2.4 * at_zero


# -- what both pictures have ---------------------------------------------------------------


def losses(exhibit: OneWeight) -> tuple[Mark, ...]:
    """Return the marks of the panel `losses`, from below to above.

    They are the line that the lowest point would `drop` by, the penalty `alone`, the
    regularized loss `total` (`total-lam` where its strength names it), that at the strongest
    strength, the `loss`, the lowest point's `trail` and all of its `way`, the loss's own lowest
    point `free`, `least-strongest` and the lowest point `least`.
    """
    own, panel, by = exhibit.penalty, "losses", ("lam",)
    totals = curves(exhibit.w, exhibit.loss + exhibit.lambdas[:, None] * exhibit.pull)
    alone = curves(exhibit.w, exhibit.lambdas[:, None] * exhibit.pull)
    points, last = exhibit.trails[:, -1], np.full(len(exhibit.lambdas), TRAILED - 1)
    loss, bend = curves(exhibit.w, exhibit.loss), np.array([[0.0, exhibit.at_zero]])
    drop = np.stack([points * [1.0, 0.0], points], axis=1)
    lowest = np.array([[exhibit.center, 0.0]])
    return (
        parts.Mark("drop", panel, "rule", own, drop, by, weight="fine"),
        parts.Mark("alone", panel, "line", own, alone, by, weight="fine"),
        parts.Mark("total", panel, "line", "regularized", totals, by),
        parts.Mark("total-lam", panel, "line", "regularized", totals, by),
        parts.Mark("total-strongest", panel, "line", "regularized", totals[-1]),
        parts.Mark("loss", panel, "line", "loss", loss, weight="strong"),
        parts.Mark("way", panel, "line", own, exhibit.trails[-1], weight="strong"),
        parts.Mark("trail", panel, "line", own, exhibit.trails, by, weight="strong"),
        parts.Mark("bend", panel, "point", own, bend, look="hollow"),
        parts.Mark("free", panel, "point", "loss", lowest, grip="center"),
        parts.Mark("least-strongest", panel, "point", own, exhibit.trails[-1, -1:]),
        parts.Mark("least", panel, "point", own, by=by, rides="trail", row=last),
    )  # fmt: skip


def compared(exhibit: OneWeight, penalty: rm.L1 | rm.L2) -> tuple[Mark, Mark]:
    """Return the loss under the other penalty and its lowest point, if they are compared."""
    name, lam = "l1" if isinstance(penalty, rm.L1) else "l2", exhibit.lambdas
    heights = exhibit.loss + lam[:, None] * penalty.value(exhibit.w[:, None])
    curve = curves(exhibit.w, heights)
    point = _lowest(exhibit.curvature, exhibit.center, penalty, lam)[:, None]
    by = ("lam", "compare")
    return (
        parts.Mark("other", "losses", "line", name, _if_compared(curve), by),
        parts.Mark("other-least", "losses", "point", name, _if_compared(point), by),
    )


def _if_compared(points: Array) -> Array:
    return np.stack([np.full_like(points, np.nan), points], axis=1)


def curves(w: Array, heights: Array) -> Array:
    """Return points `(..., n_points, 2)` of curves over the same weights."""
    return np.stack([np.broadcast_to(w, heights.shape), heights], axis=-1)


def names(exhibit: OneWeight) -> tuple[Label, ...]:
    """Return the labels of the panel `losses`."""
    outer, inner = spots(exhibit, OUTER), spots(exhibit, INNER)
    lam, w = exhibit.lambdas, exhibit.minimizers
    return (
        parts.Label("drop", say(exhibit, "name.drop"), DROP, numbers=w, by=("lam",)),
        parts.Label("loss", say(exhibit, "name.loss"), outer),
        parts.Label("total", say(exhibit, "name.total"), inner),
        parts.Label("alone", say(exhibit, "name.alone"), spots(exhibit, (0.15, 0.1, 0.2, 0.3))),
        parts.Label("total-lam", say(exhibit, "name.lam"), inner, numbers=lam, by=("lam",)),
        parts.Label("total-strongest", say(exhibit, "name.strongest", lam=STRONGEST), inner),
    )


def spots(exhibit: OneWeight, shares: tuple[float, ...]) -> tuple[float, ...]:
    """Return shares of a curve from the left, given as from the side away from the center."""
    return shares if exhibit.center > 0.0 else tuple(1.0 - share for share in shares)


def graded(low: float, high: float) -> Ticks:
    """Return ticks at round values between two, other than 0: the fewest that are two."""
    for most in (3, 4, 5):
        ticks = {at: said for at, said in parts.rounded(low, high, most).items() if at != 0.0}
        if len(ticks) > 1:
            break
    return ticks


def loss_panel(exhibit: OneWeight) -> parts.Panel:
    """Return the panel `losses`."""
    ticks = (parts.numbered(0.0, exhibit.center), graded(0.0, exhibit.limits[3]))
    foot = say(exhibit, "foot.losses", formula=exhibit.formula, **_vouched(exhibit))
    return parts.chart(exhibit.lesson, "losses", np.array(exhibit.limits), ticks, foot)


def _vouched(exhibit: OneWeight) -> Mapping[str, float]:
    return {"residual": float(f"{exhibit.certificate['kkt_residual']:.1e}")}


def say(exhibit: OneWeight, key: str, **values: float | str) -> Said:
    """Return a sentence of the exhibit's lesson."""
    return Said(f"{exhibit.lesson}.{key}", values)


def headed(
    exhibit: OneWeight,
    title: str,
    caption: str,
    values: Mapping[str, float] | None = None,
    **verbs: Any,
) -> Step:
    """Return a step that begins a section with its heading."""
    heading = say(exhibit, f"title.{title}")
    return uttered(exhibit, caption, values, heading=heading, **verbs)


def uttered(
    exhibit: OneWeight, caption: str, values: Mapping[str, float] | None = None, **verbs: Any
) -> Step:
    """Return a step during which something is said."""
    return Step(say=say(exhibit, f"caption.{caption}", **(values or {})), **verbs)
