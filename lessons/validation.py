"""Lambda by cross-validation: one set of folds and strengths for every lesson with data."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

import regmath as rm
from regviz.lessons.base import ByValidation
from regviz.lessons.by_strength import even
from regviz.lessons.errors import BadInput
from regviz.lessons.numbers import to_digits

#: rows are split so often to measure the error on those held out, by this seed
N_FOLDS, FOLDS_SEED = 5, 0
#: strengths per tenfold at which it is measured; they are told, so they have few digits
PER_DECADE, DIGITS = 120, 3
#: the weakest of them, in parts of the strength from which on L1 keeps nothing
WEAKEST = 4e-8
#: where no strength is the largest, the errors are followed until they differ so little from
#: that with all weights 0, in parts of it
ALIKE = 1e-3
#: a gap to what is tolerated that is smaller, in the same parts, is none
LEAST_GAP = 1e-6
#: how often the strengths are extended until a rule is decided
MOST_ROUNDS = 8

FITS = {"l1": rm.lasso_fit, "l2": rm.ridge_fit}


def cross_validation(X: rm.Array, y: rm.Array, penalty: str) -> rm.CrossValidation:
    """Return the error of `l1` or `l2` on held-out rows, as :func:`validated` finds it."""
    return validated(X, y, penalty, min(N_FOLDS, len(y)), FOLDS_SEED)[1]


def validated(
    X: rm.Array, y: rm.Array, penalty: str, n_folds: int, seed: int
) -> tuple[rm.HeldOut, rm.CrossValidation]:
    """Return fits without each fold, and their errors at strengths that decide both rules.

    Where weights that are all 0 are not tolerated, the strengths reach so far that no larger
    one is; else to where all weights are 0, but for `ALIKE`. About what is chosen there are
    all strengths of so few digits.
    """
    folds = rm.held_out_rows(len(y), n_folds, seed)
    splits = rm.split_rows(X, y, folds)
    held_out = rm.HeldOut(splits, FITS[penalty])
    # A lasso without some of the rows may keep a feature for longer than one with all.
    slopes = [(y - y.mean()) @ X / len(y), *(split.slope for split in splits)]
    steepest = float(np.abs(slopes).max())
    top = 2.0 * steepest
    for _ in range(MOST_ROUNDS):
        tried = even(WEAKEST * steepest, top, PER_DECADE, DIGITS)
        found = held_out.at(tried)
        null = float(found.null.mean())
        gap = null - found.tolerated
        margin = gap if gap > LEAST_GAP * null else ALIKE * null
        enough = top if penalty == "l1" else rm.ridge_null_from(splits, margin)
        if enough <= top:
            break
        top = 1.1 * enough
    return held_out, held_out.at(_refined(found))


def both_validated(X: rm.Array, y: rm.Array) -> dict[str, rm.CrossValidation]:
    """Return :func:`cross_validation` of `l1` and `l2`, strengths reaching equally far."""
    found = {penalty: cross_validation(X, y, penalty) for penalty in FITS}
    l1, last = found["l1"], found["l2"].lambdas[-1]
    if last > l1.lambdas[-1]:
        # All weights are 0 there.
        errors = np.column_stack([l1.errors, l1.null])
        found["l1"] = replace(l1, lambdas=np.append(l1.lambdas, last), errors=errors)
    return found


def choices(found: rm.CrossValidation, kept: int, left: int) -> tuple[str, dict[str, float]]:
    """Return which of both rules choose a strength, and what tells it.

    That is `both`, or `undecided` where none is the largest that is tolerated, `bare` where
    none errs least, or `useless`: `least` and how many weights it has `kept`, `rule` and what
    that has `left`.
    """
    (least, rule), told = found.chosen, dict[str, float]()
    if least < math.inf:
        told |= {"least": least, "kept": kept}
    if rule < math.inf:
        told |= {"rule": rule, "left": left}
    kinds = ("both", "undecided") if least < math.inf else ("bare", "useless")
    return kinds[rule == math.inf], told


def _refined(found: rm.CrossValidation) -> rm.Array:
    """Return the strengths and, about those that are chosen, all between their neighbours."""
    tried = found.lambdas
    chosen = [lam for lam in found.chosen if 0.0 < lam < math.inf]
    at = np.searchsorted(tried, chosen)
    low, high = tried[np.maximum(at - 1, 0)], tried[np.minimum(at + 1, len(tried) - 1)]
    finer = [lam for ends in zip(low, high, strict=True) for lam in _between(*ends)]
    return np.unique([*tried, *finer])


def _between(low: float, high: float) -> list[float]:
    """Return all numbers of so few digits from `low` to `high`."""
    step = 10.0 ** (math.floor(math.log10(low)) - DIGITS + 1)
    many = range(round((high - low) / step) + 1)
    return [to_digits(low + at * step, DIGITS) for at in many]


def strength(
    asked: float | str | None, X: rm.Array, y: rm.Array, penalty: str, weakest: float = 0.0
) -> tuple[float | None, ByValidation | None]:
    """Return a strength that was asked for by number or by rule, and how a rule chose it.

    Raises
    ------
    BadInput
        If the rule comes to no strength that can be shown: none is the largest, or it is
        smaller than `weakest`.
    """
    if not isinstance(asked, str):
        return asked, None
    rule, found = asked, cross_validation(X, y, penalty)
    least, largest = found.chosen
    lam = least if rule == "cv" else largest
    if lam == math.inf:
        why = (
            "no penalty strength errs less on held-out rows than weights that are all 0"
            if rule == "cv"
            else "weights that are all 0 are within one standard error of the least error, and "
            "so is every larger strength"
        )
        raise BadInput(f"lam = {rule} is not decided by these data: {why}; give a number.")
    if lam < weakest:
        why = "no strength errs less than none, and " if lam == 0.0 else ""
        raise BadInput(
            f"lam = {rule} comes to {lam:g} on these data: {why}this lesson shows strengths "
            f"from {weakest:g} on; give a number{' or cv-1se' if rule == 'cv' else ''}."
        )
    return lam, ByValidation(
        rule=rule, penalty=penalty, lam=lam, n_folds=len(found.errors), seed=FOLDS_SEED
    )
