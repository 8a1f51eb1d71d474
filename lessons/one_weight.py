"""One weight and one bowl: what the lessons `l1-loss` and `l2-loss` share.

The loss is `L(w) = curvature / 2 * (w - center)**2`. With the default curvature 2 it is
`(w - center)**2`, and its slope at 0 has the size `2 * center`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.by_strength import ByStrength
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import OneWeightKnobs
from regviz.lessons.lines import over
from regviz.lessons.numbers import equals, snap, to_digits
from regviz.lessons.picture import Driver, Formula, Label, Mark, Panel, Picture, Readout, Term
from regviz.lessons.story import Voice

if TYPE_CHECKING:
    from regviz.lessons.picture import Positions, Ticks

#: strengths of the source's graph: lambda grows from 0 to 100
STRONGEST = 100.0
#: how many points a curve has near 0 and on each side of that, and how many a trail has
NEAR, FAR, TRAILED = 61, 80, 31
#: how far from 0 curves are drawn, in sizes of the center
REACH = 1.8
#: what fills the places of a sentence
Values = dict[str, float | str]
LOSS = Term("L(w)", "loss", "loss")
#: what the penalty adds
PENALTY = {"l1": r"+ \lambda |w|", "l2": r"+ \lambda w^2"}
#: how far the look at 0 closes in, from all to the nearest
LOOKS = np.arange(51) / 50.0
#: left of every picture, so that its upright axis stands at its edge
ASIDE = -10.0
#: marks that a page shows before it tells
FREE = ("zero", "drop", "alone", "total", "loss", "trail", "free", "least", "other",
        "other-least", "close-zero", "close-loss", "close-total", "close-least")  # fmt: skip
#: where a loss is named: up its outer branch, where no other curve lies outside it
OUTER = (0.08, 0.11, 0.14, 0.17, 0.2, 0.05, 0.23, 0.95, 0.98)
#: where the lowest point's weight is written, down from it
DROP = (0.5, 0.4, 0.6, 0.3, 0.7, 0.8, 0.9, 0.2)
#: where a curve is named that leaves the picture on the other side
INNER = (0.93, 0.9, 0.96, 0.87, 0.84, 0.8, 0.75, 0.7)


@dataclass(frozen=True, kw_only=True)
class OneWeight(ByStrength):
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
    minimizers, minima
        Minimizer of the regularized loss and its value there, shape `(n_values,)`.
    trails
        Where the lowest point has been at each strength, shape `(n_values, n_trail, 2)`.
    early
        Index of a strength at which the penalty shows and the minimizer is still far from 0.
    threshold
        Strength from which the minimizer is exactly 0: `abs(L'(0))` for L1, infinite for L2.
    slope
        `L'(0)`.
    zoom
        Half width in `w` of the window around 0 that shows where the L2 minimizer is at the
        strongest strength.
    limits, closest
        `(left, right, bottom, top)` of the picture, and of the closest look at 0: around the
        slopes beside it under L1, and under L2 around the lowest point at the strongest.
    """

    penalty: Literal["l1", "l2"]
    w: rm.Array
    loss: rm.Array
    pull: rm.Array
    minimizers: rm.Array
    minima: rm.Array
    trails: rm.Array
    early: int
    threshold: float
    slope: float
    zoom: float
    limits: tuple[float, float, float, float]
    closest: tuple[float, float, float, float]

    def regularized(self, at: int) -> rm.Array:
        """Return the regularized loss on `w` at a strength's index, shape `(n_points,)`."""
        return self.loss + float(self.lambdas[at]) * self.pull

    def strength(self, wanted: float) -> int:
        """Return the index of the first strength that is no less."""
        return min(int(np.searchsorted(self.lambdas, wanted)), self.last)

    def least(self, at: Positions) -> tuple[str, Values]:
        """Return where the lowest point is at a strength: in a word, and in numbers."""
        lam, w = float(self.lambdas[at["lam"]]), float(self.minimizers[at["lam"]])
        kind = "zero" if w == 0.0 else "free" if lam == 0.0 else "moved"
        return kind, {"w": w, "lam": lam, "is": equals(w)}

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
        return self.number("curvature")

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
    ways = np.minimum(lambdas, threshold)[:, None] * np.arange(TRAILED) / (TRAILED - 1)
    trails = _lowest(curvature, center, penalty, ways)
    trails[:, -1] = points
    at = int(np.flatnonzero(lambdas == parameters.lam)[0])
    # At the strongest strength the L2 minimizer stands a quarter of the way to the edge.
    zoom = 4.0 * abs(center) / (1.0 + 2.0 * STRONGEST / curvature)
    w = _drawn_weights(REACH * abs(center), zoom)
    return OneWeight(
        lesson=slug,
        parameters=parameters.resolved(),
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
        closest=_closest(float(loss.value(np.zeros(1))), slope, zoom, penalty, points[-1, 1]),
    )


def _strengths(still: float, threshold: float) -> rm.Array:
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
    rounded = to_digits(threshold, 4)
    return rounded if rounded >= threshold else to_digits(threshold * 1.0005, 4)


def _early(minimizers: rm.Array, at: int) -> int:
    """Return the still picture's index if that is well on the way to 0, else half way's."""
    shares = minimizers / minimizers[0]
    if 0.15 <= shares[at] <= 0.85:
        return at
    return int(np.argmin(np.abs(shares - 0.5)))


def _drawn_weights(reach: float, zoom: float) -> rm.Array:
    """Return weights from one end to the other, ever denser towards 0."""
    near = zoom * np.linspace(-1.0, 1.0, NEAR)
    near[NEAR // 2] = 0.0
    far = zoom * (reach / zoom) ** (np.arange(1, FAR + 1) / FAR)
    return np.concatenate([-far[::-1], near, far])


def _lowest(
    curvature: float, center: float, penalty: rm.L1 | rm.L2, lambdas: rm.Array
) -> rm.Array:
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
    loss: rm.Quadratic, penalty: rm.L1 | rm.L2, lambdas: rm.Array, weights: rm.Array
) -> float:
    """Return how far the slopes at the lowest points are from being cancelled, at most."""
    pulls = -loss.gradient(weights)
    free = np.abs(pulls[lambdas == 0.0]).max()
    strengths = lambdas[lambdas > 0.0]
    held, pulled = weights[lambdas > 0.0], pulls[lambdas > 0.0]
    off = strengths * penalty.subdifferential_distance(held, pulled / strengths[:, None])
    return float(max(free, off.max()))


def _limits(curvature: float, center: float) -> tuple[float, float, float, float]:
    at_zero = 0.5 * curvature * center**2
    size = abs(center)
    sides = (-1.25 * size, 1.6 * size) if center > 0.0 else (-1.6 * size, 1.25 * size)
    return *sides, -0.12 * at_zero, 2.4 * at_zero


def _closest(
    at_zero: float, slope: float, zoom: float, penalty: rm.L1 | rm.L2, strongest: float
) -> tuple[float, float, float, float]:
    if isinstance(penalty, rm.L1):
        fall = abs(slope) * zoom
        return -zoom, zoom, at_zero - 1.3 * fall, at_zero + 3.0 * fall
    drop = at_zero - strongest
    return -zoom, zoom, strongest - 0.8 * drop, at_zero + 2.2 * drop


# -- what both pictures have ---------------------------------------------------------------


def pictured(
    exhibit: OneWeight,
    *,
    panels: tuple[Panel, ...],
    below: tuple[Mark, ...] = (),
    above: tuple[Mark, ...] = (),
    labels: tuple[Label, ...] = (),
    formulas: tuple[Formula, ...] = (),
    says: tuple[str, ...],
    free: tuple[str, ...] = (),
    look: int,
    presets: Mapping[str, Mapping[str, float]],
) -> Picture:
    """Describe the loss as its penalty grows, and the look at 0, with what else there is.

    Marks of the losses and of the look at 0 stand between those `below` and `above`; what is
    seen of it from the outset is at the position `look`.
    """
    own, lam = exhibit.penalty, exhibit.lambdas
    terms = (LOSS, Term(PENALTY[own], own, "alone"))
    return Picture(
        panels=panels,
        marks=(*below, *_compared(exhibit), *_losses(exhibit), *_close(exhibit), *above),
        labels=(*_names(exhibit), *labels),
        drivers=(
            exhibit.driver(),
            Driver("look", LOOKS, rest=look),
            Driver("compare", np.array([0.0, 1.0]), rest=0),
        ),
        readouts=(
            Readout("strength", r"$\lambda =$", "ink", lam, ("lam",)),
            Readout("weight", "$w =$", own, exhibit.minimizers, ("lam",), of="least"),
        ),
        formulas=(Formula("sum", terms), *formulas),
        says=says,
        free=(*FREE, *free),
        presets=presets,
    )


def _losses(exhibit: OneWeight) -> tuple[Mark, ...]:
    """Return the marks of the panel `losses`, from below to above.

    They are the line where the weight is `zero`, that which the lowest point would `drop` by,
    the penalty `alone`, the regularized loss `total` (`total-lam` where its strength names it),
    that at the strongest strength, the `loss`, the lowest point's `trail` and all of its `way`,
    the loss's own lowest point `free`, `least-strongest` and the lowest point `least`.
    """
    own, panel, by = exhibit.penalty, "losses", ("lam",)
    alone = over(exhibit.w, exhibit.lambdas[:, None] * exhibit.pull)
    totals = alone + [0.0, 1.0] * over(exhibit.w, exhibit.loss)
    points, last = exhibit.trails[:, -1], np.full(len(exhibit.lambdas), TRAILED - 1)
    loss, bend = over(exhibit.w, exhibit.loss), np.array([[0.0, exhibit.at_zero]])
    drop = np.stack([points * [1.0, 0.0], points], axis=1)
    lowest = np.array([[exhibit.center, 0.0]])
    return (
        Mark("zero", panel, "rule", "muted", over(0.0, exhibit.limits[2:]), weight="fine"),
        Mark("drop", panel, "rule", own, drop, by, weight="fine"),
        Mark("alone", panel, "line", own, alone, by, weight="fine"),
        Mark("total", panel, "line", "regularized", totals, by),
        Mark("total-lam", panel, "line", "regularized", totals, by),
        Mark("total-strongest", panel, "line", "regularized", totals[-1]),
        Mark("loss", panel, "line", "loss", loss, weight="strong"),
        Mark("way", panel, "line", own, exhibit.trails[-1], weight="strong"),
        Mark("trail", panel, "line", own, exhibit.trails, by, weight="strong"),
        Mark("bend", panel, "point", own, bend, look="hollow"),
        Mark("free", panel, "point", "loss", lowest, grip="center"),
        Mark("least-strongest", panel, "point", own, exhibit.trails[-1, -1:]),
        Mark("least", panel, "point", own, by=by, rides="trail", row=last),
    )


def _close(exhibit: OneWeight) -> tuple[Mark, ...]:
    """Return the marks of the look at 0: the same curves and lowest point."""
    panel, by, zero = "close", ("lam",), over(0.0, exhibit.limits[2:])
    loss, lam = over(exhibit.w, exhibit.loss), exhibit.lambdas[:, None]
    totals = over(exhibit.w, exhibit.loss + lam * exhibit.pull)
    return (
        Mark("close-zero", panel, "rule", "muted", zero, weight="fine"),
        Mark("close-total", panel, "line", "regularized", totals, by),
        Mark("close-loss", panel, "line", "loss", loss, weight="strong"),
        Mark("close-least", panel, "point", exhibit.penalty, exhibit.trails[:, -1:], by),
    )


def _compared(exhibit: OneWeight) -> tuple[Mark, Mark]:
    """Return the loss under the other penalty and its lowest point, if they are compared."""
    lam, name = exhibit.lambdas, "l2" if exhibit.penalty == "l1" else "l1"
    penalty = rm.L2(1.0) if exhibit.penalty == "l1" else rm.L1(1.0)
    heights = exhibit.loss + lam[:, None] * penalty.value(exhibit.w[:, None])
    point = _lowest(exhibit.curvature, exhibit.center, penalty, lam)[:, None]
    curve, by = over(exhibit.w, heights), ("lam", "compare")
    return (
        Mark("other", "losses", "line", name, _if_compared(curve), by),
        Mark("other-least", "losses", "point", name, _if_compared(point), by),
    )


def _if_compared(points: rm.Array) -> rm.Array:
    return np.stack([np.full_like(points, np.nan), points], axis=1)


def _names(exhibit: OneWeight) -> tuple[Label, ...]:
    """Return the labels of what both pictures have."""
    outer, inner, above = (spots(exhibit, each) for each in (OUTER, INNER, (0.05, 0.1, 0.15)))
    say = Voice(exhibit.lesson)
    lam, w = exhibit.lambdas, exhibit.minimizers
    return (
        Label("drop", say("name.drop"), DROP, numbers=w, by=("lam",)),
        Label("loss", say("name.loss"), outer),
        Label("total", say("name.total"), inner),
        Label("alone", say("name.alone"), spots(exhibit, (0.15, 0.1, 0.2, 0.3))),
        Label("total-lam", say("name.lam"), inner, numbers=lam, by=("lam",)),
        Label("total-strongest", say("name.strongest", lam=STRONGEST), inner),
        Label("close-loss", say("name.loss"), outer),
        # Under L1, it lies above the loss on both sides.
        Label("close-total", say("name.total"), above if exhibit.penalty == "l1" else inner),
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


def loss_panel(exhibit: OneWeight) -> Panel:
    """Return the panel `losses`."""
    ticks = (parts.numbered(0.0, exhibit.center), graded(0.0, exhibit.limits[3]))
    foot = Voice(exhibit.lesson)(
        "foot.losses", formula=exhibit.formula, residual=exhibit.residual
    )
    limits = np.array(exhibit.limits)
    return parts.chart(exhibit.lesson, "losses", limits, ticks, foot, cross=(ASIDE, 0.0))


def close_panel(exhibit: OneWeight) -> Panel:
    """Return the panel of the look at 0, which closes in from all that `losses` shows."""
    left, right, bottom, top = exhibit.closest
    wide, say = loss_panel(exhibit).ticks, Voice(exhibit.lesson)
    ticks = ({**wide[0], **graded(left, right)}, {**wide[1], **graded(bottom, top)})
    panel = parts.chart(
        exhibit.lesson, "close", windows(exhibit), ticks, say("foot.close"),
        cross=(ASIDE, 0.0), by=("look",),
    )  # fmt: skip
    return replace(panel, summary=say("summary.close", lam=STRONGEST), role=exhibit.penalty)


def windows(exhibit: OneWeight) -> rm.Array:
    """Return what the look at 0 sees, `(n_looks, 4)`; each closes in by the same factor."""
    wide, close = np.array(exhibit.limits), np.array(exhibit.closest)
    found = []
    for axis in (slice(0, 2), slice(2, 4)):
        sizes = np.ptp(wide[axis]) ** (1.0 - LOOKS) * np.ptp(close[axis]) ** LOOKS
        mix = (sizes - np.ptp(close[axis])) / (np.ptp(wide[axis]) - np.ptp(close[axis]))
        found.append(close[axis] + mix[:, None] * (wide[axis] - close[axis]))
    return np.concatenate(found, axis=1)
