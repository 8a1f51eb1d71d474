"""What the paths promise, and which columns are to blame where they cannot keep it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regmath._arrays import Array, length
from regmath.paths.active_basis import DEPENDENT, ActiveBasis

Reals = NDArray[np.floating[Any]]

# The largest KKT violation of a path, as a share of lambda_max.
PROMISED = 1e-8
# What rounding may do to a correlation, as a share of the lengths of its two vectors.
ROUNDING = 1e-14
# Columns with at most this share of their length outside the span of others are to blame.
NEAR = 1e-6
# Columns with at least this share of the largest part in a combination take part in it.
TAKES_PART = 1e-2


class NearlyDependent(ValueError):
    """Columns of `X` so nearly dependent that a path could not keep its promise.

    Their optimal weights cancel, and are so large that rounding them to doubles moves the
    gradient by more than `1e-8` of `lambda_max`. Columns that depend on each other exactly
    are no obstacle, nor are those that differ in their sixth digit.

    Parameters
    ----------
    groups : tuple of tuple of int
        Indices of columns of `X`; in each group the last is a combination of the others, but
        for a share near rounding. To leave the last one of each out is enough.

    Attributes
    ----------
    groups : tuple of tuple of int
    columns : tuple of int
        All columns named, in order.
    """

    def __init__(self, groups: tuple[tuple[int, ...], ...]) -> None:
        self.groups = groups
        self.columns = tuple(sorted({column for group in groups for column in group}))
        listed = "; ".join(", ".join(map(str, group)) for group in groups)
        super().__init__(
            f"columns of X that cannot be told apart to double precision: {listed}; "
            "leave out the last of each."
        )

    def __reduce__(self) -> tuple[type[NearlyDependent], tuple[object, ...]]:
        return type(self), (self.groups,)


def measured(violations: Callable[..., Reals], allowed: float, *arrays: Array) -> Reals:
    """Return `violations(*arrays)`, with more digits where rounding could hide which side."""
    missed = violations(*arrays)
    if 0.01 * allowed < missed.max(initial=0.0) < 100.0 * allowed:
        missed = violations(*(values.astype(np.longdouble) for values in arrays))
    return missed


def indistinct(X: Array, suspects: Sequence[int]) -> ValueError:
    """Return the error that names the columns of `X` for which the promise is broken.

    Parameters
    ----------
    X : array, shape (n_samples, n_features)
    suspects : sequence of int
        Columns that are active where the promise is broken: those whose combinations are
        looked at. Pairs are looked for among all.
    """
    sizes = length(X.T)
    unit = X.T / np.where(sizes > 0.0, sizes, 1.0)[:, np.newaxis]
    pairs = _pairs(unit)
    named = {group[-1] for group in pairs}
    combined = _combinations(unit, [column for column in suspects if column not in named])
    nearest = min((height for height, _ in combined), default=0.0)
    # With no pair, and no combination that is near by itself, the nearest has to do.
    near = NEAR if pairs else max(NEAR, nearest)
    if near > NEAR and NEAR * sizes.max() > sizes[sizes > 0.0].min():
        small, large = np.where(sizes > 0.0, sizes, np.inf).argmin(), sizes.argmax()
        return ValueError(
            f"columns {small} and {large} of X are {sizes[small]:.1e} and {sizes[large]:.1e} "
            "long, too far apart for double precision; give them in nearer units."
        )
    return NearlyDependent((*pairs, *(group for height, group in combined if height <= near)))


def _pairs(unit: Array) -> list[tuple[int, ...]]:
    """Return pairs of nearly, but not exactly, the same direction; each column once."""
    found: list[tuple[int, ...]] = []
    for column in range(1, len(unit)):
        cosines = unit[:column] @ unit[column]
        # An angle of NEAR is this far from a cosine of 1, and rounding far less.
        for other in np.flatnonzero(np.abs(cosines) > 1.0 - NEAR**2).tolist():
            apart = unit[column] - np.sign(cosines[other]) * unit[other]
            if DEPENDENT < np.linalg.norm(apart) <= NEAR:
                found.append((other, column))
                break
    return found


def _combinations(unit: Array, columns: Sequence[int]) -> list[tuple[float, tuple[int, ...]]]:
    """Split each column by those before it: its share outside their span, and who takes part.

    One that has less than `NEAR` outside is not used to split those after it.
    """
    basis = ActiveBasis(min(unit.shape), unit.shape[1])
    kept: list[int] = []
    found: list[tuple[float, tuple[int, ...]]] = []
    for column in columns:
        added = basis.append(unit[column])
        if added is None:
            continue
        kept.append(column)
        _, mix, height = added
        parts = np.abs(mix)
        group = np.array(kept)[parts >= TAKES_PART * parts.max()]
        found.append((height, tuple(group.tolist())))
        if height <= NEAR:
            basis.remove(len(kept) - 1)
            kept.pop()
    return found
