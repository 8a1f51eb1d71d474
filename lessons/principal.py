"""Two features along their principal directions: the cloud of rows, and the loss of weights.

Standardized, two features that correlate `rho` vary most along what they share, `wide`, by
`1 + |rho|`, and least along what they differ in, `narrow`, by `1 - |rho|`: the eigenvectors and
eigenvalues of the correlation matrix, which is also the Hessian of the loss.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

import regmath as rm
import regviz.lessons.picture as parts
from regviz.lessons.errors import BadInput
from regviz.lessons.fitted import certified, of_data
from regviz.lessons.lines import joined, over, squared
from regviz.lessons.names import literal_names
from regviz.lessons.numbers import to_digits
from regviz.lessons.picture import Mark, Panel, Readout
from regviz.lessons.sides import tenfolds
from regviz.lessons.two_weights import LARGEST_CORRELATION, NAMES, most_alike, plane

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regviz.lessons.clip import Window
    from regviz.lessons.data import Design
    from regviz.lessons.knob_groups import DataKnobs
    from regviz.lessons.picture import Said
    from regviz.lessons.question import Question
    from regviz.lessons.story import Voice

#: two that correlate less have a cloud that is round: no direction stands out
LEAST_CORRELATION = 0.1
#: what is left of least squares' length along each direction, at least
LEAST_PART = 0.1
#: air above the shares in a chart of them
ABOVE = 1.08
#: contours of the loss: how many, how far apart in the window's width, and vertices of each
RINGS, APART, RING_POINTS = 10, 0.1, 121
#: where on the way of ridge's optima its vertices are: `WAY / (1 - WAY)` is the product of both
#: standard deviations in parts of `2 lam`
WAY = np.arange(101) / 100.0
#: how near a guess of a place is, in the length of least squares' weights
NEAR = 0.1
#: roles of the two directions
ROLES = {"wide": "bias", "narrow": "variance"}


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two features that correlate, standardized.

    Attributes
    ----------
    design
        Their rows, in their own units.
    loss
        Least squares on both; its center is least squares' own weights.
    air
        Around the weights, in what they span.
    """

    design: Design
    loss: rm.LeastSquares
    air: float

    @property
    def names(self) -> tuple[str, str]:
        """What they are called."""
        first, second = self.design.features
        return first, second

    @property
    def told(self) -> dict[str, str]:
        """What they are called in sentences."""
        one, two = literal_names(self.names, NAMES)
        return {"one": one, "two": two}

    @cached_property
    def rho(self) -> float:
        """Their correlation."""
        return float(self.loss.hessian[0, 1])

    @property
    def narrow(self) -> float:
        """The variance along the narrow direction."""
        return 1.0 - abs(self.rho)

    @property
    def variances(self) -> rm.Array:
        """The variances along `wide` and `narrow`, shape `(2,)`."""
        return np.array([2.0 - self.narrow, self.narrow])

    @cached_property
    def center(self) -> rm.Array:
        """The weights of least squares."""
        found: rm.Array = self.loss.quadratic().center
        return found

    @property
    def directions(self) -> rm.Array:
        """The unit vectors `wide` and `narrow` in rows."""
        return np.array([[1.0, self.sign], [1.0, -self.sign]]) * math.sqrt(0.5)

    @property
    def sign(self) -> float:
        """Whether both grow together, 1, or one as the other falls, -1."""
        return math.copysign(1.0, self.rho)

    @property
    def along(self) -> rm.Array:
        """The parts of least squares' weights along both directions, shape `(2,)`."""
        found: rm.Array = self.directions @ self.center
        return found

    def weights(self, kept: rm.Array) -> rm.Array:
        """Return weights of which these shares are kept, both `(..., 2)`."""
        found: rm.Array = (kept * self.along) @ self.directions
        return found

    def ridge_way(self, variances: rm.Array) -> rm.Array:
        """Return all ridge optima from 0 to least squares, at variances along both directions.

        Shapes `(..., 2)` to `(..., len(WAY), 2)`.
        """
        spread = np.sqrt(variances)[..., None, :]
        size, other = spread * WAY[:, None], spread[..., ::-1] * (1.0 - WAY)[:, None]
        return self.weights(size / (size + other))

    def exhibited(
        self, asked: DataKnobs, design: Design, lam: float, points: Mapping[str, rm.Array]
    ) -> dict[str, Any]:
        """Return what an exhibit has of ridge's optimum at a strength, and of the data."""
        optimum = self.weights(rm.ridge_filter(self.variances, lam))
        points = {"unregularized": self.center, **points, "optimum-l2": optimum}
        return {
            **of_data(asked, self.design, points, features=design.features),
            "points": points,
            "lam": {"l2": lam},
            "budget": {"l2": float(np.linalg.norm(optimum))},
            "certificate": certified((self.loss, rm.L2(lam), optimum)),
            "pair": self,
        }

    def apart(self, one: rm.Array, other: rm.Array) -> rm.Array:
        """Return how far apart weights are of which these shares are kept, `(..., 2)`.

        In the length of least squares' weights.
        """
        error = (one - other) * self.along
        return np.asarray(np.linalg.norm(error, axis=-1) / np.linalg.norm(self.along))

    def loss_at(self, narrow: float) -> rm.Quadratic:
        """Return the loss, if the cloud had this variance along its narrow direction."""
        mixed = self.sign * (1.0 - narrow)
        return rm.Quadratic(np.array([[1.0, mixed], [mixed, 1.0]]), self.center)

    def contours(self, narrow: rm.Array) -> rm.Array:
        """Return contours of the loss at each of these variances, all at the same levels.

        Levels are even in their root. Of the data's own loss the contours are apart, in the
        mean of both directions, by a share of the window. Shape `(n, n_points, 2)`.
        """
        left, right, *_ = self.window
        own = self.narrow * (2.0 - self.narrow)
        apart = APART * (right - left) * own**0.25 * np.arange(1.0, RINGS + 1.0)
        beside = self.center + over(apart, 0.0)  # along an axis the loss curves by 1
        return np.stack(
            [
                joined(rm.level_set(self.loss_at(s), beside, RING_POINTS))
                for s in narrow.tolist()
            ]
        )

    @cached_property
    def window(self) -> Window:
        """What is seen of weights, square: all that is kept of least squares, and 0."""
        corners = self.weights(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]))
        return squared(corners[[0, 1, 3]], self.air)

    def panel(self, say: Voice, marked: rm.Array, summary: Said, foot: Said) -> Panel:
        """Return the plane of the weights; its numbers keep off a marker, `(2,)`."""
        points = np.vstack([self.center, marked])
        return plane(
            say, "weights", self.window, points, (), self.names, summary=summary, foot=foot
        )

    def standing(self, kept: rm.Array, by: tuple[str, ...]) -> Iterator[Mark]:
        """Yield where least squares stands, and ridge that keeps these shares, `(..., 2)`."""
        yield Mark("unregularized", "weights", "point", "loss", self.center[None])
        now = self.weights(kept)[..., None, :]
        yield Mark("optimum-l2", "weights", "point", "l2", now, by)

    def readouts(
        self, say: Voice, what: str, shares: rm.Array, by: tuple[str, ...]
    ) -> Iterator[Readout]:
        """Yield shares `(..., 2)` along both directions; `readout` has what they are."""
        for i, (name, role) in enumerate(ROLES.items()):
            symbol = say(f"readout.{name}", **self.told)
            yield Readout(f"{what}-{name}", symbol, role, shares[..., i], by)

    def ground(self, contours: rm.Array, *by: str) -> Iterator[Mark]:
        """Yield the loss's contours, and both directions through 0, beyond what is seen."""
        left, right, *_ = self.window
        yield Mark("contours", "weights", "line", "loss", contours, by, weight="fine",
                   look="faint")  # fmt: skip
        ends = 2.0 * (right - left) * np.array([[-1.0], [1.0]])
        for (name, role), way in zip(ROLES.items(), self.directions, strict=True):
            yield Mark(f"across-{name}", "weights", "line", role, ends * way, weight="fine")

    def asks_place(
        self,
        say: Voice,
        name: str,
        shares: rm.Array,
        lures: Mapping[str, rm.Array],
        **asked: Any,
    ) -> Question:
        """Ask for the place of weights of which these shares are kept.

        Wrong answers are other shares by name, and besides `straight`, as far along the line
        from 0 to least squares, and `turned`, with both directions mistaken for each other.
        """
        truth, size = self.weights(shares), float(np.linalg.norm(self.center))
        wrongs = {
            "straight": self.center * float(np.linalg.norm(truth)) / size,
            "turned": self.weights(shares[::-1]),
            **{lure: self.weights(share) for lure, share in lures.items()},
        }
        return say.guess(name, truth, NEAR * size, wrongs, panel="weights", **asked)

    def parts(
        self, what: str, kept: rm.Array, by: tuple[str, ...] = (), **looks: Any
    ) -> Iterator[Mark]:
        """Yield a line along each direction, from 0 to weights of which shares are kept."""
        corner = self.weights(kept * [1.0, 0.0])
        rows = [0.0 * corner, corner, self.weights(kept)]
        for i, (name, role) in enumerate(ROLES.items()):
            leg = np.stack(rows[i : i + 2], axis=-2)
            yield Mark(f"{what}-{name}", "weights", "line", role, leg, by, **looks)


def pair_of(design: Design, air: float) -> Pair:
    """Return the two features of a design that correlate most, and can be told apart.

    Along both of their directions there is a part of least squares. In the plane of their
    weights is so much `air`.

    Raises
    ------
    BadInput
        If there are not two, or none of which this is true.
    """
    if len(design.features) < 2:
        raise BadInput(
            f"feature {design.features[0]} is alone; this lesson needs two features or more."
        )
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    rho, own = X.T @ X / len(X), X.T @ y / len(X)
    size, turned = np.abs(rho), np.copysign(1.0, rho) * own
    can = (size >= LEAST_CORRELATION) & (size <= LARGEST_CORRELATION)
    with np.errstate(divide="ignore", invalid="ignore"):
        # Of twins, and of a feature and itself, nothing is asked.
        parts = np.abs([(own[:, None] + turned) / (1.0 + size),
                        (own[:, None] - turned) / (1.0 - size)])  # fmt: skip
        can &= parts.min(axis=0) >= LEAST_PART * np.hypot(*parts)
    chosen = most_alike(np.where(can, size, 0.0))
    if chosen is None:
        raise BadInput(
            f"no two of {', '.join(design.features[:4])} correlate from {LEAST_CORRELATION} to "
            f"{LARGEST_CORRELATION}, with weights both along what they share and along what "
            "they differ in; give two others."
        )
    loss = rm.LeastSquares(X[:, chosen], y)
    return Pair(design=design.taken(chosen), loss=loss, air=air)


def sided(*whats: str) -> tuple[str, ...]:
    """Return names of what both directions have, such as `across-wide` and `across-narrow`."""
    return tuple(f"{what}-{name}" for what in whats for name in ROLES)


def over_tenfolds(lesson: str, name: str, values: rm.Array, high: float, foot: Said) -> Panel:
    """Return a chart of what is counted from 0 to `high`, over the logarithm of values."""
    left, right = np.log10(values[[0, -1]]).tolist()
    limits = np.array([left, right, 0.0, ABOVE * high])
    ticks = tenfolds(left, right), parts.rounded(0.0, high)
    return parts.chart(lesson, name, limits, ticks, foot, cross=(left, 0.0))


def charted(
    name: str, panel: str, role: str, curve: rm.Array, now: rm.Array, *by: str
) -> Iterator[Mark]:
    """Yield a curve `(..., n, 2)`, and the dot on it `(..., n_values, 2)`, which moves by `by`.

    The last driver is what is dragged; the curve moves by those before, if any.
    """
    yield Mark(name, panel, "line", role, curve, by[:-1])
    yield Mark(f"now-{name}", panel, "point", role, now[..., None, :], by, grip=by[-1])


def rule(panel: str, values: rm.Array, high: float, driver: str) -> Mark:
    """Return the line at each value of such a chart."""
    ends = over(np.log10(values)[:, None], np.array([0.0, high]))
    return Mark(f"rule-{panel}", panel, "rule", "muted", ends, (driver,), weight="fine")


def shared(shares: rm.Array) -> dict[str, float]:
    """Return shares along both directions `(2,)`, as they are told."""
    return dict(zip(ROLES, map(two, shares.tolist()), strict=True))


def two(share: float) -> float:
    """Return a share of two digits, as it is told; one below 1 does not read as 1."""
    found = to_digits(share, 2)
    if found != 1.0 or share >= 1.0:
        return found
    return round(1.0 - max(to_digits(1.0 - share, 1), 1e-4), 4)
