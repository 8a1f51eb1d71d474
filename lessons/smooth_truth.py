"""A world made of data: a smooth curve through all rows is the truth, with noise about it.

Targets are in standard deviations, the feature is in its own units.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

import regmath as rm
from regviz.lessons.base import OwnUnits
from regviz.lessons.data import Design
from regviz.lessons.errors import BadInput
from regviz.lessons.names import literal_names
from regviz.lessons.own_units import own_units

#: degree of the smooth curve
DEGREE = 3
#: rows in a sample at least; more than the highest degree of a fit needs
FEWEST = 14
#: rows of the data that are drawn at most
N_DRAWN = 400
#: targets, in their standard deviations, that differ less from the truth hold no noise
LEAST_NOISE = 1e-6


@dataclass(frozen=True, kw_only=True)
class SmoothTruth:
    """A smooth curve through data, the spread of the targets about it, and some of the rows.

    Attributes
    ----------
    design
        The data.
    rows
        Where samples have their points, ascending, shape `(n_rows,)`.
    curve
        The truth, a polynomial of the feature.
    noise
        Standard deviation of the targets about it.
    """

    design: Design
    rows: rm.Array
    curve: np.polynomial.Polynomial
    noise: float

    @cached_property
    def names(self) -> dict[str, str]:
        """The columns' names as they can be set: short, their signs for themselves."""
        columns = {"feature": self.design.features[0], "target": self.design.target}
        return {name: literal_names([column])[0] for name, column in columns.items()}

    @property
    def coefficients(self) -> rm.Array:
        """Those of the curve where the rows span [-1, 1], the lowest first."""
        return self.curve.convert(domain=self.rows[[0, -1]]).coef.astype(float)

    @property
    def data(self) -> rm.Array:
        """Rows of the data, at most `N_DRAWN`, evenly many of them, shape `(n, 2)`."""
        every = -(-len(self.design.y) // N_DRAWN)
        return np.column_stack([self.design.X[:, 0], rm.standardize(self.design.y)])[::every]

    def grid(self, count: int) -> rm.Array:
        """Return so many even places from the first of the rows to the last."""
        return np.linspace(self.rows[0], self.rows[-1], count)

    def own_units(self, sample: rm.Array, weights: rm.Array) -> OwnUnits:
        """Return a sample's fit, by its weights of standardized powers, in the data's units.

        It is a polynomial of the feature between -1 and 1: in powers of the feature itself the
        weights of a high degree would be rounding.
        """
        middle, half = float(self.rows[[0, -1]].mean()), float(np.ptp(self.rows)) / 2.0
        columns = ((self.rows - middle) / half)[:, None] ** np.arange(1, len(weights) + 1)
        targets = self.design.y.mean() + self.design.y.std() * sample
        terms = ("u", *(f"u^{power}" for power in range(2, len(weights) + 1)))
        powers = replace(self.design, X=columns, y=targets, features=terms)
        own = own_units(powers, {"fit": weights / sample.std()})["fit"]
        u = dict[str, str | float](feature=self.design.features[0], center=middle, scale=half)
        return replace(own, rescaled={"u": u})


def smooth_truth(design: Design, n_rows: int) -> SmoothTruth:
    """Take the smooth curve through data for the truth, at so many of their rows.

    These are the middle one of each of as many groups of neighbouring values.

    Raises
    ------
    BadInput
        If the feature has too few values, or leaves no noise.
    """
    distinct, feature = np.unique(design.X), design.features[0]
    if len(distinct) < FEWEST:
        raise BadInput(
            f"feature {feature!r} has {len(distinct)} different values; "
            f"choose a feature that has at least {FEWEST}."
        )
    if len(distinct) < n_rows:
        raise BadInput(
            f"n_samples = {n_rows} is more than the {len(distinct)} different values of "
            f"{feature!r}; give at most {len(distinct)}."
        )
    at, targets = design.X[:, 0], rm.standardize(design.y)
    curve = np.polynomial.Polynomial.fit(at, targets, DEGREE)
    noise = float(np.std(targets - curve(at), ddof=DEGREE + 1))
    if noise < LEAST_NOISE:
        raise BadInput(
            f"feature {feature!r} predicts {design.target!r} without any noise; "
            "choose another feature, so that samples differ."
        )
    groups = np.array_split(distinct, n_rows)
    rows = np.array([group[len(group) // 2] for group in groups])
    return SmoothTruth(design=design, rows=rows, curve=curve, noise=noise)
