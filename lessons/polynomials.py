"""Powers of a feature, in which polynomials are fitted."""

from __future__ import annotations

import numpy as np

import regmath as rm


def standardized_powers(rows: rm.Array, x: rm.Array, degree: int) -> tuple[rm.Array, rm.Array]:
    """Return powers 1 to `degree` at the rows and at `x`, in units of their spread at the rows.

    The interval that `x` spans is first mapped to [-1, 1], where powers stay apart best.

    Parameters
    ----------
    rows
        Where the polynomial is fitted, shape `(n_rows,)`.
    x
        Where it is drawn, ends included, shape `(n_grid,)`.
    degree
        The highest power.

    Returns
    -------
    Two arrays, shapes `(n_rows, degree)` and `(n_grid, degree)`; the columns of the first have
    mean 0 and mean square 1.
    """
    middle, half = (x[0] + x[-1]) / 2.0, (x[-1] - x[0]) / 2.0
    exponents = np.arange(1, degree + 1)
    at_rows, at_x = (((at - middle) / half)[:, None] ** exponents for at in (rows, x))
    mean, scale = at_rows.mean(axis=0), at_rows.std(axis=0)
    return (at_rows - mean) / scale, (at_x - mean) / scale


def penalized_weights(
    columns: rm.Array, y: rm.Array, lambdas: rm.Array, penalty: str
) -> rm.Array:
    """Return the weights of powers under `l1` or `l2` at strengths in growing order, 0 first.

    Shape `(n_values, degree)`.
    """
    if penalty == "l2":
        return rm.ridge_path(columns, y, lambdas)
    weights = rm.lasso_path(columns, y).at(lambdas)
    # High powers are nearly collinear: only singular values tell them apart without a penalty.
    weights[0] = rm.ridge_path(columns, y, lambdas[:1])[0]
    return weights


def polynomial(degree: int) -> str:
    """Return the model in our part of TeX, with dots for the powers in its middle."""
    powers = ["w_1 x", *(f"w_{{{power}}} x^{{{power}}}" for power in range(2, degree + 1))]
    if degree > 3:
        powers[2:-1] = [r"\dots"]
    return " + ".join([r"\hat{y} = w_0", *powers])
