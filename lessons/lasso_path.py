"""The lasso's path: knots, correlations tied at lambda, and four axes to draw it against.

Between two knots the weights are linear in lambda, and the correlations of features with what
the fit leaves are too. Those of all features with a weight are tied, equal to lambda in size.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

import regmath as rm
from regviz.lessons.fitted import OfFeatures, certified, of_features
from regviz.lessons.knob_groups import PathKnobs
from regviz.lessons.lasso_path_told import AXES, claims, picture, story
from regviz.lessons.numbers import three
from regviz.lessons.parameters import Choice, knob
from regviz.lessons.weight_paths import MOST_DRAWN, MOST_NAMED, lasso_on, survival

__all__ = ["LassoPaths", "Parameters", "claims", "exhibit", "picture", "story"]

TOPIC = "features"
NEEDS = ("feature-selection",)
ORDER = 190

#: strengths along which lambda moves, and how far beyond where the first weight leaves 0
STEPS, BEYOND = 260, 1.1
#: how far below that the last is, and how far below the last knot
BELOW, UNDER = 30.0, 1.5
#: weakest strength, as a share of that at which the first weight leaves 0
LEAST = 1e-5
#: decimals of correlations: all that doubles tell
DECIMALS = 14


@dataclass(frozen=True)
class Parameters(PathKnobs):
    """Knobs of the path."""

    axis: str = knob(
        "ratio",
        Choice(("lambda", "log", "ratio", "df")),
        "what the still picture draws the weights against",
    )


@dataclass(frozen=True, kw_only=True)
class LassoPaths(OfFeatures):
    """The path of all weights, and of the correlations that hold them.

    Attributes
    ----------
    path
        The weights at all knots.
    pulls
        Correlations of the features with what the fit leaves, at the knots.
    drop
        The feature that is out for longest after it was in, or None if none ever is.
    """

    path: rm.LassoPath
    pulls: rm.LassoPath
    drop: rm.Absence | None

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Features as they enter; the one that drops out among those that have a name."""
        order = list(survival(self.path))
        if self.drop is not None and order.index(self.drop.feature) >= MOST_NAMED:
            order.remove(self.drop.feature)
            order.insert(MOST_NAMED - 1, self.drop.feature)
        return tuple(order[:MOST_DRAWN])

    @property
    def named(self) -> tuple[int, ...]:
        """Those of the drawn features that have a name."""
        return self.order[:MOST_NAMED]

    @property
    def kinds(self) -> dict[str, list[int]]:
        """Drawn features without a name, `rest`, with one, `path`, and the one that drops."""
        out = [] if self.drop is None else [self.drop.feature]
        own = [feature for feature in self.named if feature not in out]
        return {"rest": list(self.order[MOST_NAMED:]), "path": own, "drop": out}

    @property
    def top(self) -> float:
        """The strength at which what is drawn begins."""
        return BEYOND * self.path.lambda_max

    @property
    def low(self) -> float:
        """The least above 0 that is drawn: below the last knot, but for what cannot be seen."""
        peak, knots = self.path.lambda_max, self.path.lambdas
        seen = knots[knots > LEAST * peak]
        return three(min(peak / BELOW, float(seen[-1]) / UNDER))

    @property
    def turns(self) -> rm.Array:
        """The strength at which what is drawn begins, and all knots, falling."""
        return np.append(self.top, self.path.lambdas)

    @cached_property
    def degrees(self) -> rm.Array:
        """Degrees of freedom from knot to knot: how many weights are not 0."""
        return np.asarray(self.path.active.sum(axis=1), dtype=float)

    @cached_property
    def scales(self) -> dict[str, rm.Array]:
        """Where `turns` stand along the axes that are straight between them.

        They are `lambda`, which falls, `ratio`, the sum of the weights' sizes as a share of
        that without a penalty, and `df`, how many knots have been passed.
        """
        sums = np.abs(self.path.at(self.turns)).sum(axis=1)
        passed = np.arange(-1.0, len(self.path.lambdas))
        return {"lambda": 0.0 - self.turns, "ratio": sums / sums[-1], "df": passed}

    def place(self, axis: str, lams: rm.Array) -> rm.Array:
        """Return where strengths stand along one of `AXES`."""
        if axis == "log":
            return 0.0 - np.log10(lams)
        return np.interp(0.0 - lams, 0.0 - self.turns, self.scales[axis])

    @cached_property
    def lambdas(self) -> rm.Array:
        """Strengths along which lambda moves, ascending, the still's among them.

        They are even, on the mean, along all axes. What is shown is rounded before anything is
        computed from it.
        """
        knots = self.path.lambdas[self.path.lambdas > self.low]
        fine = np.unique([*np.geomspace(self.low, self.top, 4000), *knots])[::-1]
        rising = np.stack([self.place(axis, fine) for axis in AXES])
        shares = (rising - rising[:, :1]) / np.ptp(rising, axis=1, keepdims=True)
        even = np.interp(np.linspace(0.0, len(AXES), STEPS), shares.sum(axis=0), fine)
        return np.unique([*map(three, even.tolist()), self.lam["l1"]])

    @property
    def at(self) -> int:
        """The index of the still picture's."""
        return int(np.searchsorted(self.lambdas, self.lam["l1"]))


def exhibit(parameters: Parameters) -> LassoPaths:
    """Compute the path.

    Raises
    ------
    BadInput
        If the data cannot be used.
    """
    design, X, y, path, still, by_validation = lasso_on(parameters)
    optimum = path.at(still)
    # Correlations are 1 at most: what is 0 but for rounding is 0.
    pulls = ((y - path.weights @ X.T) @ X / len(y)).round(DECIMALS) + 0.0
    return LassoPaths(
        **of_features(parameters, design, {"l1": optimum}, lam=still),
        lesson="lasso-path",
        points={"weights": optimum},
        lam={"l1": still},
        budget={"l1": float(np.abs(optimum).sum())},
        certificate=certified((rm.LeastSquares(X, y), rm.L1(still), optimum)),
        by_validation=by_validation,
        path=path,
        pulls=rm.LassoPath(path.lambdas, pulls),
        drop=rm.longest_absence(path),
    )
