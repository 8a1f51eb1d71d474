"""The loss of two weights as a surface in space, the penalty's, and their sum.

From above it is the plane of the corner, and cut along a weight the curve of one weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.lines import joined
from regviz.lessons.loss_surface_claims import claims
from regviz.lessons.loss_surface_picture import picture
from regviz.lessons.loss_surface_story import story
from regviz.lessons.numbers import snap
from regviz.lessons.parameters import Choice, Knobs, Number, Point, Strength, knob
from regviz.lessons.regions import NormPenalty, Region, region

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regviz.lessons.base import Array

__all__ = ["LossSurface", "Parameters", "claims", "exhibit", "picture", "story"]

TOPIC = "geometry"
NEEDS = ("l1-loss", "corner")
ORDER = 75

#: strengths on each side of the parameters' own
STEPS = 20
#: how far beyond 0 and the unregularized optimum the floor goes, as a share of that
MARGIN = 0.75
#: spaces of the grid along each side, and vertices of curves
SPACES, POINTS = 20, 97
#: the surfaces are cut at so many times the loss of no weights at all
CUT = 1.7
#: contours of the loss, in shares of the loss of no weights at all
LEVELS = (0.05, 0.25, 0.6, 1.0, 1.5)
PENALTIES: dict[str, NormPenalty] = {"l1": rm.L1(1.0), "l2": rm.L2(1.0)}


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
    x, y
        Lines of the grid along both weights, 0 among them.
    bowl, price, sums
        Values over the grid: of the loss and of the penalty, `(n, m)`, and of their sum at each
        strength, `(n_lams, n, m)`.
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
    x: Array
    y: Array
    bowl: Array
    price: Array
    sums: Array
    top: float
    rings: Array
    along: NDArray[np.intp]
    cut: Array

    @property
    def penalty(self) -> str:
        """`l1` or `l2`."""
        return str(self.parameters["penalty"])

    def total(self, weights: Array, lams: Array) -> Array:
        """Return loss and penalty of weights `(..., 2)`, at strengths that broadcast."""
        found: Array = self.loss.value(weights) + lams * self.side.penalty.with_lambda(
            1.0
        ).value(weights)
        return found


def exhibit(parameters: Parameters) -> LossSurface:
    """Compute the surfaces.

    Raises
    ------
    BadInput
        If the unregularized optimum leaves no weight to shrink.
    """
    knobs = {name: _snapped(value) for name, value in vars(parameters).items()}
    center, rho = np.array(knobs["center"]), knobs["rho"]
    if not center.any():
        raise BadInput("center = 0,0 leaves no weight to shrink; give another point.")
    loss = rm.Quadratic(np.array([[1.0, rho], [rho, 1.0]]), center)
    lams = knobs["lam"] * np.arange(2 * STEPS + 1) / STEPS
    shape = PENALTIES[knobs["penalty"]]
    side = region(loss, loss, shape, "lam", lams, STEPS)
    at_zero = float(loss.value(np.zeros(2)))
    x, y = _grid(center)
    weights = np.stack(np.meshgrid(x, y, indexing="ij"), -1)
    bowl, price = loss.value(weights), shape.value(weights)
    along = np.argmin(np.abs(side.optima), axis=1)
    rings = rm.level_set(loss, _at_level(loss, np.array(LEVELS) * at_zero), POINTS)
    return LossSurface(
        lesson="loss-surface",
        parameters=knobs,
        points={"unregularized": center, "optimum": side.weights},
        lam={knobs["penalty"]: side.lam},
        budget={knobs["penalty"]: side.budget},
        certificate={"kkt_residual": side.kkt_residual},
        loss=loss,
        side=side,
        x=x,
        y=y,
        bowl=bowl,
        price=price,
        sums=bowl + lams[:, None, None] * price,
        top=CUT * at_zero,
        rings=joined(rings),
        along=along,
        cut=_cut(side.optima, np.stack([x, y])[along], along),
    )


def _snapped(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(snap, value))
    return snap(value) if isinstance(value, float) else value


def _grid(center: Array) -> tuple[Array, Array]:
    """Return the lines of a square grid around 0 and the center; 0 is one of them."""
    margin = MARGIN * float(np.abs(center).max())
    low, high = np.minimum(center, 0.0) - margin, np.maximum(center, 0.0) + margin
    step = float((high - low).max()) / SPACES
    middle = (low + high) / 2.0
    first = np.round((middle - step * SPACES / 2.0) / step)
    x, y = (step * (start + np.arange(SPACES + 1)) + 0.0 for start in first)
    return x, y


def _at_level(loss: rm.Quadratic, levels: Array) -> Array:
    """Return a point at each level of the loss, beside its minimum."""
    aside = np.sqrt(2.0 * levels / loss.hessian[0, 0])
    found: Array = loss.center + np.stack([aside, np.zeros(len(levels))], axis=1)
    return found


def _cut(optima: Array, lines: Array, along: NDArray[np.intp]) -> Array:
    """Return the weights of a cut along one through each optimum, with 0 and the optimum."""
    own = np.take_along_axis(optima, along[:, None], axis=1)
    even = np.linspace(lines[:, 0], lines[:, -1], POINTS, axis=1)
    moving = np.sort(np.concatenate([even, np.zeros_like(own), own], axis=1))
    is_along = np.arange(2) == along[:, None, None]
    found: Array = np.where(is_along, moving[..., None], optima[:, None])
    return found
