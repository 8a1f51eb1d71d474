"""Cross-validation: the folds one by one, their mean with its spread, and two choices by it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons.by_strength import ByStrength, even
from regviz.lessons.cross_validation_told import claims, picture, story
from regviz.lessons.data import read_design
from regviz.lessons.errors import BadInput
from regviz.lessons.fitted import OfFeatures, certified, of_features
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.numbers import to_digits
from regviz.lessons.parameters import Choice, Count, knob
from regviz.lessons.told_apart import told_apart
from regviz.lessons.validation import FITS, validated

if TYPE_CHECKING:
    from numpy.typing import NDArray


__all__ = ["CrossValidated", "Parameters", "claims", "exhibit", "picture", "story"]

TOPIC = "practice"
NEEDS = ("feature-selection",)
ORDER = 210

#: how often the rows are split anew, by seeds one after the other
N_SPLITS = 10
#: strengths per tenfold, their digits, and decimals of errors that are drawn
PER_DECADE, DIGITS, DECIMALS = 20, 3, 4
#: the weakest and the strongest, in parts of the one from which on L1 keeps nothing
WEAKEST, STRONGEST = 1e-3, {"l1": 1.25, "l2": 15.0}
#: errors are seen so many standard errors below the least and above what is tolerated, at least
#: so much of what they span, and what is above the end of curves, all to so many digits
BELOW, ABOVE, LEAST_SEEN, CUT, SEEN = 2.0, 3.4, 0.004, 0.1, 5
#: tenfolds between no penalty and the weakest
APART = 0.8
PENALTIES: dict[str, type[rm.L1] | type[rm.L2]] = {"l1": rm.L1, "l2": rm.L2}


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the cross-validation lesson."""

    penalty: str = knob("l1", Choice(("l1", "l2")), "penalty on the weights")
    folds: int = knob(5, Count(3, 10), "parts that the rows are cut into")
    seed: int = knob(0, Count(0, 2**32 - 11), "seed of the split of the rows")


@dataclass(frozen=True, kw_only=True)
class CrossValidated(ByStrength, OfFeatures):
    """Errors on rows held out, in units of the target's variance, in several random splits.

    Attributes
    ----------
    penalty
        `l1` or `l2`.
    found
        By split: the cross-validation, at more strengths.
    errors
        As drawn: by split and fold, shape `(n_splits, n_folds, n_values)`.
    kept
        How many weights of the fit to all rows are not 0, shape `(n_values,)`.
    """

    penalty: str
    found: tuple[rm.CrossValidation, ...]
    errors: rm.Array
    kept: NDArray[np.intp]

    @cached_property
    def where(self) -> rm.Array:
        """Where strengths stand on an axis of powers of ten: 0 apart, at its left end."""
        tens = np.log10(self.lambdas[1:])
        return np.append(tens[0] - APART, tens)

    @cached_property
    def mean(self) -> rm.Array:
        """Means over the folds, shape `(n_splits, n_values)`."""
        return np.asarray(self.errors.mean(axis=1))

    @cached_property
    def spread(self) -> rm.Array:
        """Their standard errors, of the same shape."""
        n_folds = self.errors.shape[1]
        return np.asarray(self.errors.std(axis=1, ddof=1) / math.sqrt(n_folds))

    @cached_property
    def chosen(self) -> dict[str, list[int | None]]:
        """Positions of the `least` mean error, and of what the `rule` chooses, by split.

        None where no strength is chosen.
        """
        both = {"least": [each.least[0] for each in self.found],
                "rule": [each.one_standard_error[0] for each in self.found]}  # fmt: skip
        return {name: [int(np.searchsorted(self.lambdas, lam)) if lam < math.inf else None
                       for lam in lams] for name, lams in both.items()}  # fmt: skip

    def places(self, name: str) -> rm.Array:
        """Return where choices stand, shape `(n_splits, 2)`, NaN where there is none."""
        found = np.full((len(self.found), 2), np.nan)
        for split, at in enumerate(self.chosen[name]):
            if at is not None:
                found[split] = self.where[at], self.mean[split, at]
        return found

    @cached_property
    def seen(self) -> tuple[float, float, float]:
        """Levels that are seen in all splits: the least, where curves end, and room above."""
        best = np.array([each.least[1] for each in self.found])
        tolerated = np.array([each.tolerated for each in self.found])
        bar = float(np.median(tolerated - best))
        bar = max(bar, LEAST_SEEN * float(np.ptp(self.errors)))
        bottom, cut = float(best.min()) - BELOW * bar, float(tolerated.max()) + ABOVE * bar
        top = cut + CUT / (1.0 - CUT) * (cut - bottom)
        bottom, cut, top = (to_digits(at, SEEN) for at in (bottom, cut, top))
        return bottom, cut, top


def exhibit(parameters: Parameters) -> CrossValidated:
    """Cross-validate in every split.

    Raises
    ------
    BadInput
        If the data cannot be used, or have fewer rows than there are to be folds.
    """
    design, penalty, n_folds = read_design(parameters), parameters.penalty, parameters.folds
    X, y = rm.standardize(design.X), rm.standardize(design.y)
    if len(y) < n_folds:
        raise BadInput(f"folds = {n_folds} needs as many rows; give at most {len(y)}.")
    seeds = range(parameters.seed, parameters.seed + N_SPLITS)
    with told_apart(design.features):
        whole = FITS[penalty](X, y)
        made = [validated(X, y, penalty, n_folds, seed) for seed in seeds]
    found = tuple(each for _, each in made)
    lambdas = _strengths(found, float(np.abs(X.T @ y).max()) / len(y), penalty)
    drawn = [held_out.at(lambdas[1:]) for held_out, _ in made]
    errors = np.stack([np.column_stack([each.free, each.errors]) for each in drawn])
    both = {"least": found[0].least[0], "one-standard-error": found[0].one_standard_error[0]}
    rules = {name: lam for name, lam in both.items() if lam < math.inf}
    own = max(rules.values(), default=0.0)
    optima = {name: whole(np.array([lam]))[0] for name, lam in rules.items()}
    loss, shape = rm.LeastSquares(X, y), PENALTIES[penalty]
    return CrossValidated(
        **of_features(parameters, design, optima),
        lesson="cross-validation",
        points={f"weights-{name}": w for name, w in optima.items()},
        lam={penalty: own},
        certificate=certified(*((loss, shape(rules[name]), w) for name, w in optima.items())),
        penalty=penalty,
        lambdas=lambdas,
        at=int(np.searchsorted(lambdas, own)) if rules else len(lambdas) // 2,
        found=found,
        errors=errors.round(DECIMALS),
        kept=np.count_nonzero(whole(lambdas), axis=1),
    )


def _strengths(
    found: tuple[rm.CrossValidation, ...], steepest: float, penalty: str
) -> rm.Array:
    """Return 0, strengths even in their logarithm, and those that are chosen."""
    both = [lam for each in found for lam in (each.least[0], each.one_standard_error[0])]
    chosen = [lam for lam in both if 0.0 < lam < math.inf]
    low = min([*chosen, WEAKEST * steepest])
    high = max([*(1.1 * lam for lam in chosen), STRONGEST[penalty] * steepest])
    return np.unique([0.0, *even(low, high, PER_DECADE, DIGITS), *chosen])
