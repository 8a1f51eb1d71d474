"""The loss of two weights as a surface in space, the penalty's, and their sum.

From above it is the plane of the corner, and cut along a weight the curve of one weight.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

import regmath as rm
import regviz.lessons.loss_surface_told as told
import regviz.lessons.picture as parts
from regviz.lessons import space
from regviz.lessons.base import Exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.lines import joined, over, there
from regviz.lessons.loss_surface_told import claims, say, story
from regviz.lessons.numbers import snap
from regviz.lessons.parameters import Choice, Knobs, Number, Point, Strength, knob
from regviz.lessons.picture import Driver, Formula, Mark, MarkKind, Picture, Readout, Term
from regviz.lessons.region_lines import outlines, through
from regviz.lessons.regions import PENALTIES, TERMS, Region, held, region

__all__ = ["LossSurface", "Parameters", "claims", "exhibit", "picture", "story"]

TOPIC = "geometry"
NEEDS = ("l1-loss", "corner")
ORDER = 75

#: strengths on each side of the parameters' own
STEPS = 20
#: how far beyond 0 and the unregularized optimum the floor goes, as a share of that
MARGIN = 0.72
#: spaces of the grid along each side, and vertices of curves
SPACES, POINTS = 20, 98
#: the surfaces are cut at so many times the loss of no weights at all
CUT = 1.75
#: contours of the loss, in shares of the loss of no weights at all
LEVELS = (0.05, 0.25, 0.6, 1.0, 1.5)
#: half the floor's side, height of the surfaces above it, and how far it lies below them
HALF, HIGH, DEEP = 2.0, 2.2, 0.55
#: half the width that is seen, by whether it is turned, and air below
WIDE, TURNED, AIR = 2.2, 0.55, 0.15
LAM, VIEW = ("lam",), ("turn", "tilt")


@dataclass(frozen=True)
class Parameters(Knobs):
    """Knobs of the surfaces."""

    lam: float = knob(0.8, Strength(0.1, 3.0), "penalty strength")
    penalty: str = knob("l1", Choice(("l1", "l2")), "penalty that is added to the loss")
    rho: float = knob(0.3, Number(-0.8, 0.8), "correlation of the two features")
    center: tuple[float, float] = knob(
        (0.3, 1.9), Point(-5.0, 5.0), "unregularized optimum of the loss"
    )


@dataclass(frozen=True, kw_only=True)
class LossSurface(Exhibit):
    """The surfaces, their lowest points, and a cut through them.

    Attributes
    ----------
    loss
        `1/2 (w - center)' H (w - center)`, whose least value is 0.
    side
        The optima at each strength, of which `side.at` is the parameters' own.
    grid
        Lines of the grid along both weights, 0 among them, shape `(2, n)`.
    top
        Value at which the surfaces are cut.
    rings
        Contours of the loss at `LEVELS` of that at 0, one line with breaks, `(n_points, 2)`.
    along
        At each strength, index of the weight that the cut runs along: one that is 0, or else
        the smaller, `(n_lams,)`.
    cut
        Weights on it, `(n_lams, n_cut, 2)`: the other weight is the optimum's.
    """

    loss: rm.Quadratic
    side: Region
    grid: rm.Array
    top: float
    rings: rm.Array
    along: NDArray[np.intp]
    cut: rm.Array

    @property
    def penalty(self) -> str:
        """`l1` or `l2`."""
        return str(self.parameters["penalty"])

    def total(self, weights: rm.Array, lams: rm.Array) -> rm.Array:
        """Return loss and penalty of weights `(..., 2)`, at strengths that broadcast."""
        price = PENALTIES[self.penalty].value(weights)
        found: rm.Array = self.loss.value(weights) + lams * price
        return found


def exhibit(parameters: Parameters) -> LossSurface:
    """Compute the surfaces.

    Raises
    ------
    BadInput
        If the unregularized optimum leaves no weight to shrink.
    """
    name, lam, rho = parameters.penalty, snap(parameters.lam), snap(parameters.rho)
    center = np.array(list(map(snap, parameters.center)))
    if not center.any():
        raise BadInput("center = 0,0 leaves no weight to shrink; give another point.")
    loss = rm.Quadratic(np.array([[1.0, rho], [rho, 1.0]]), center)
    lams = lam * np.arange(2 * STEPS + 1) / STEPS
    side = region(loss, loss, PENALTIES[name], "lam", lams, STEPS)
    at_zero = float(loss.value(np.zeros(2)))
    grid, along = _grid(center), np.argmin(np.abs(side.optima), axis=1)
    # A point at each level, beside the lowest.
    beside = center + over(np.sqrt(2.0 * np.array(LEVELS) * at_zero), 0.0)
    return LossSurface(
        lesson="loss-surface",
        parameters=parameters.resolved(lam=lam, rho=rho, center=tuple(center.tolist())),
        points={"unregularized": center, "optimum": side.weights},
        **held({name: side}),
        loss=loss,
        side=side,
        grid=grid,
        top=CUT * at_zero,
        rings=joined(rm.level_set(loss, beside, POINTS)),
        along=along,
        cut=_cut(side.optima, grid[along], along),
    )


def _grid(center: rm.Array) -> rm.Array:
    """Return the lines of a square grid around 0 and the center; 0 is one of them."""
    margin = MARGIN * float(np.abs(center).max())
    low, high = np.minimum(center, 0.0) - margin, np.maximum(center, 0.0) + margin
    step = float((high - low).max()) / SPACES
    middle = (low + high) / 2.0
    first = np.round((middle - step * SPACES / 2.0) / step)
    lines: rm.Array = step * (first[:, None] + np.arange(SPACES + 1)) + 0.0
    return lines


def _cut(optima: rm.Array, lines: rm.Array, along: NDArray[np.intp]) -> rm.Array:
    """Return the weights of a cut along one through each optimum, with 0 and the optimum."""
    own = np.take_along_axis(optima, along[:, None], axis=1)
    even = np.linspace(lines[:, 0], lines[:, -1], POINTS, axis=1)
    moving = np.sort(np.concatenate([even, np.zeros_like(own), own], axis=1))
    is_along = np.arange(2) == along[:, None, None]
    found: rm.Array = np.where(is_along, moving[..., None], optima[:, None])
    return found


# ---- what there is to see


def picture(exhibit: LossSurface) -> Picture:
    """Describe the surfaces, their floor, and the cut."""
    name, side = exhibit.penalty, exhibit.side
    said, rest = claims(exhibit, {"lam": side.at}), told.seen_from(*told.REST)
    panel = say.chart(
        "space", _limits(), ({}, {}), said["foot"], kind="space", by=("tilt",), turned=VIEW,
        axes=(say("axis.x"), say("axis.y")), summary=said["low"],
    )  # fmt: skip
    terms = (Term("L(w)", "loss", "bowl"), Term(TERMS[name], name, "price"))
    return Picture(
        panels=(panel,),
        marks=tuple(_marks(exhibit)),
        labels=(
            *say.labels("axis-{}", ("1", "2"), 1.0),
            say.label("base", 1.0, numbers=exhibit.along.astype(float) + 1.0, by=LAM),
            say.label("cut-loss", 0.9, 0.1, 0.8, 0.2),
            say.label("cut", 0.1, 0.9, 0.2, 0.8),
            say.label("center-floor", 0.0),
            say.label("low-floor", 0.0, bold=True),
        ),
        drivers=(
            Driver("lam", side.lams, rest=side.at),
            Driver("turn", told.TURNS, rest=rest["turn"]),
            Driver("tilt", told.TILTS, rest=rest["tilt"]),
        ),
        readouts=(
            Readout("strength", r"$\lambda =$", "ink", side.lams, LAM),
            *(Readout(f"w{i + 1}", f"$w_{i + 1} =$", name, side.optima[:, i], LAM,
                      of="low")
              for i in range(2)),
        ),
        formulas=(Formula("f-loss", terms[:1]), Formula("f-price", terms[1:]),
                  Formula("f-sum", terms)),
        says=("low", "cut", "strength"),
        free=(*told.STILL, "cut", "low"),
        knobs={"lam": np.empty(0), "penalty": np.empty(0), "rho": np.arange(-40, 41) / 50.0,
               "center": np.arange(-50, 51) / 10.0},
        presets={
            "above": dict(zip(VIEW, told.ABOVE, strict=True)),
            "side": dict(zip(VIEW, told.SIDES[exhibit.along[side.at]], strict=True)),
            **{f"with-{other}": {"penalty": other} for other in PENALTIES if other != name},
        },
    )  # fmt: skip


def _limits() -> rm.Array:
    """Return what is seen at each tilt: from above no more than the floor."""
    up, level = np.sin(np.radians(told.TILTS)), np.cos(np.radians(told.TILTS))
    wide = WIDE + TURNED * level
    floor = wide * up
    return np.stack([-wide, wide, -(DEEP * level + floor + AIR), HIGH * level + floor], axis=1)


def _marks(exhibit: LossSurface) -> Iterator[Mark]:
    """Yield the marks, those on the floor first."""
    side, name, loss, grid = exhibit.side, exhibit.penalty, exhibit.loss, exhibit.grid
    center, optima = loss.center, side.optima[:, None]
    lams, cut, fine = side.lams[:, None], exhibit.cut, dict[str, Any](weight="fine")
    middle, unit = (grid[:, 0] + grid[:, -1]) / 2.0, 2.0 * HALF / np.ptp(grid[0])
    weights = np.stack(np.meshgrid(*grid, indexing="ij"), -1)

    def height(values: rm.Array) -> rm.Array:
        return values * (HIGH / exhibit.top)

    def mark(
        what: str, kind: MarkKind, role: str, weights: rm.Array, up: Any = -DEEP, **how: Any
    ) -> Mark:
        """Return a mark at such heights, on the floor if at none: not where it is cut."""
        flat = (weights - middle) * unit
        heights = np.broadcast_to(up, flat.shape[:-1])[..., None]
        at = there(np.concatenate([flat, heights], axis=-1), heights[..., 0] <= HIGH)
        return Mark(what, "space", kind, role, at, LAM if at.ndim == 3 else (), **how)

    def surface(what: str, role: str, values: rm.Array) -> Mark:
        flat = (grid - middle[:, None]) * unit
        at = space.surface(flat[0], flat[1], height(values), HIGH)
        return Mark(what, "space", "surface", role, at, LAM if at.ndim == 3 else ())

    ball = outlines(side.penalty, side.budgets)
    corners = np.array([(0, 0), (-1, 0), (-1, -1), (0, -1), (0, 0)])
    yield mark("floor", "line", "muted", grid[[0, 1], corners], **fine)
    yield mark("ball", "area", "region", ball)
    # Lines through 0 along each weight: there the L1 penalty bends.
    axes = over(grid[0], 0.0), over(0.0, grid[1])
    for i, axis in enumerate(axes):
        yield mark(f"axis-{i + 1}", "rule", "muted", axis[[0, -1]], **fine)
    rings, level = (_within(exhibit, line) for line in (exhibit.rings, through(loss, side)))
    yield mark("rings", "line", "loss", rings, **fine)
    yield mark("edge", "line", name, ball)
    yield mark("level", "line", "loss", level)
    yield mark("center-floor", "point", "loss", center[None])
    yield mark("low-floor", "point", name, optima)
    yield surface("bowl", "loss", loss.value(weights))
    yield surface("price", name, lams[..., None] * PENALTIES[name].value(weights))
    yield surface("sum", "ink", exhibit.total(weights, lams[..., None]))
    bends = np.tile((lams > 0.0) & (name == "l1"), len(grid[0]))
    for what, axis in zip(told.CREASES, axes, strict=True):
        crease = there(axis, bends)
        yield mark(what, "line", name, crease, height(exhibit.total(crease, lams)), **fine)
    yield mark("rings-bowl", "line", "loss", rings, height(loss.value(rings)))
    yield mark("cut-loss", "line", "loss", cut, height(loss.value(cut)))
    yield mark("cut", "line", "ink", cut, height(exhibit.total(cut, lams)), weight="strong")
    yield mark("base", "rule", "muted", cut[:, [0, -1]], 0.0, **fine)
    # Above 0 of the cut's weight, as its upright axis.
    foot = np.where(np.arange(2) == exhibit.along[:, None], 0.0, side.optima)
    yield mark("stem", "rule", "muted", _twice(foot), [0.0, HIGH], **fine)
    lowest = height(exhibit.total(optima, lams))
    yield mark("drop-center", "rule", "loss", _twice(center), [0.0, -DEEP], **fine)
    ends = np.insert(lowest, 1, -DEEP, axis=1)
    yield mark("drop", "rule", name, _twice(side.optima), ends, **fine)
    yield mark("center", "point", "loss", center[None], 0.0)
    yield mark("low", "point", name, optima, lowest)


def _twice(weights: rm.Array) -> rm.Array:
    """Return both ends of upright lines."""
    return np.stack([weights, weights], axis=-2)


def _within(exhibit: LossSurface, points: rm.Array) -> rm.Array:
    """Return a line with breaks where it leaves the floor."""
    (left, *_, right), (bottom, *_, top) = exhibit.grid
    return there(points, parts.inside(points, (left, right, bottom, top)))
