"""Classification: the border between two classes, and the weights, under L1 and under L2."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.by_strength import at_strength, even
from regviz.lessons.data import SHIPPED
from regviz.lessons.data.classes import two_classes
from regviz.lessons.data.words import quoted, some
from regviz.lessons.errors import BadInput
from regviz.lessons.fitted import certified, of_features
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.logistic_told import claims, picture, story
from regviz.lessons.numbers import three, to_digits
from regviz.lessons.own_units import own_odds
from regviz.lessons.parameters import Names, Number, Strength, knob
from regviz.lessons.weight_paths import WeightPaths

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regviz.lessons.data import Design

__all__ = ["Logistic", "Parameters", "claims", "exhibit", "picture", "story"]

TOPIC = "features"
NEEDS = ("corner", "feature-selection")
ORDER = 270

#: the least strength and the strongest, and how many for each tenfold; of standardized features
#: L1 keeps none from 0.5 on, or earlier: where it is much earlier, the least is so far below
LEAST, STRONGEST, PER_DECADE, BELOW = 0.001, 0.8, 15, 100.0
#: halvings of the step in which a weight becomes 0, for more digits than are told
HALVINGS = 7
#: significant digits of what is drawn of a border
DIGITS = 7
#: rows at most that are learned from, and that are drawn
MOST_ROWS, MOST_POINTS = 5000, 150
#: of the shipped study: above which target a row is of class 1, its median, and the plane
MEDIAN, PAIR = 140.5, ("bmi", "bp")
SHAPES: dict[str, rm.L1 | rm.L2] = {"l1": rm.L1(1.0), "l2": rm.L2(1.0)}


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the logistic lesson."""

    above: float | None = knob(
        None,
        Number(-1e12, 1e12),
        "tells classes apart where the target is of more than two values: above this, or not",
    )
    pair: tuple[str, ...] | None = knob(
        None,
        Names(),
        "two of the features, which the plane shows; by default those that L1 keeps longest",
    )
    lam: float | None = knob(
        None,
        Strength(0.001, 0.8),
        "penalty strength of the still picture, moved to the nearest that is drawn; by default "
        "one at which L1 has one weight",
    )


@dataclass(frozen=True, kw_only=True)
class Logistic(WeightPaths):
    """Logistic regression on two features, and on all of them, standardized.

    Attributes
    ----------
    classes
        What is true of the target in class 0 and in class 1, such as `> 140.5`.
    pair
        The two features that the plane shows.
    seen, is_one
        Of them in the rows that are drawn, shape `(n_drawn, 2)`, and whether each is class 1.
    share
        Of class 1 in all rows.
    lines
        By penalty, the optima on the pair, to seven digits: both weights of the standardized
        features and the intercept of the log odds, shape `(n_values, 3)`.
    free
        The optimum on the pair without a penalty, shape `(3,)`; None if a line parts the
        classes, as then there is none.
    """

    classes: tuple[str, str]
    pair: tuple[int, int]
    seen: rm.Array
    is_one: NDArray[np.bool_]
    share: float
    lines: Mapping[str, rm.Array]
    free: rm.Array | None

    @property
    def gone(self) -> dict[str, int]:
        """Where L1 has for the first time a weight of the pair that is 0, and both."""
        n_zeros = (self.lines["l1"][:, :2] == 0.0).sum(axis=1)
        return {"one": int(np.argmax(n_zeros > 0)), "both": int(np.argmax(n_zeros > 1))}


def exhibit(parameters: Parameters) -> Logistic:
    """Compute the optima on two features and on all.

    Raises
    ------
    BadInput
        If the data cannot be used, or are not of two classes.
    """
    design, classes = two_classes(parameters, parameters.above, MEDIAN)
    design = design.thinned(MOST_ROWS)
    if len(design.features) < 2:
        raise BadInput("the lesson's plane needs two features; give one more.")
    X, y = rm.standardize(design.X), design.y
    every = rm.Logistic(X, y)
    most = float(np.abs(every.gradient(np.zeros(X.shape[1]))).max())
    coarse = even(min(LEAST, three(most / BELOW)), STRONGEST, PER_DECADE, 3)
    begun = rm.logistic_optima(every, SHAPES["l1"], coarse)
    order = _order(begun)
    pair = _pair(parameters, design, order)
    two = rm.Logistic(X[:, pair], y)
    own = rm.logistic_optima(two, SHAPES["l1"], coarse)
    turns = _turns(two, coarse, own)
    lambdas = np.unique([*coarse, *_turns(every, coarse, begun), *turns])
    wanted = _between(turns) if parameters.lam is None else parameters.lam
    at = int(np.abs(np.log(lambdas / wanted)).argmin())
    lam = float(lambdas[at])
    near = np.minimum(np.searchsorted(coarse, lambdas), len(coarse) - 1)
    weights, found = (
        {
            "l1": rm.logistic_optima(loss, SHAPES["l1"], lambdas, start[near]),
            "l2": rm.logistic_optima(loss, SHAPES["l2"], lambdas),
        }
        for loss, start in ((every, begun), (two, own))
    )
    drawn = np.unique(np.linspace(0, len(y) - 1, min(len(y), MOST_POINTS)).round().astype(int))
    still = {name: each[at] for name, each in weights.items()}
    # What a path draws has few digits, and is 0 only where it is exactly 0.
    paths = {name: np.vectorize(three)(each) for name, each in weights.items()}
    return Logistic(
        **of_features(
            parameters, design, {}, lam=lam, pair=tuple(design.features[at] for at in pair)
        )
        | {"own_units": {name: own_odds(design, classes[1], w, float(every.intercept(w)))
                         for name, w in still.items()}},
        lesson="logistic",
        points={f"weights-{name}": w for name, w in still.items()}
        | {f"border-{name}": each[at] for name, each in found.items()},
        certificate=certified(*(
            (loss, SHAPES[name].with_lambda(lam), each[name][at])
            for loss, each in ((every, weights), (two, found))
            for name in SHAPES
        )),
        **at_strength(lambdas, at, SHAPES),
        weights=paths,
        grid=lambdas,
        paths=paths,
        order=order,
        classes=classes,
        pair=pair,
        seen=X[np.ix_(drawn, np.array(pair))].round(3),
        is_one=y[drawn] == 1.0,
        share=float(y.mean()),
        lines={name: _short(np.column_stack([each, two.intercept(each)]))
               for name, each in found.items()},
        free=_free(two),
    )  # fmt: skip


def _pair(parameters: Parameters, design: Design, order: tuple[int, ...]) -> tuple[int, int]:
    """Return the two features of the plane."""
    wanted = parameters.pair
    if wanted is None and set(PAIR) <= set(design.features) and parameters.data in SHIPPED:
        wanted = PAIR
    if wanted is None:
        return order[0], order[1]
    unknown = [name for name in wanted if name not in design.features]
    if unknown or len(wanted) != 2:
        raise BadInput(
            f"pair = {','.join(wanted)} is not two of the features; give two of "
            f"{some(map(quoted, design.features))}."
        )
    first, second = map(design.features.index, wanted)
    return first, second


def _order(weights: rm.Array) -> tuple[int, ...]:
    """Order features by how long L1 keeps them, longest first; then by their weights."""
    last = np.where(weights != 0.0, np.arange(len(weights))[:, None], -1).max(axis=0)
    return tuple(np.lexsort((-np.abs(weights[0]), -last)).tolist())


def _turns(loss: rm.Logistic, lams: rm.Array, weights: rm.Array) -> list[float]:
    """Return the strengths at which an L1 weight has become 0, rounded up to three digits."""
    knots = rm.logistic_knots(loss, lams, weights, HALVINGS)
    unit = 10.0 ** (np.floor(np.log10(knots)) - 2.0)
    return [three(lam) for lam in np.ceil(knots / unit) * unit]


def _between(turns: list[float]) -> float:
    """Return a strength at which L1 has one of two weights, or if there is none has both."""
    low, high = [0.25 * turns[-1], *sorted(turns)][-2:]
    return math.sqrt(low * high)


@np.vectorize
def _short(number: float) -> float:
    """Round to so many significant digits that no picture shows it, and only 0 is 0."""
    return to_digits(number, DIGITS)


def _free(loss: rm.Logistic) -> rm.Array | None:
    try:
        weights = rm.logistic_optimum(loss, rm.L2(0.0))
    except (rm.SeparableError, rm.UncertifiedError):
        return None
    found: rm.Array = _short(np.append(weights, loss.intercept(weights)))
    return found
