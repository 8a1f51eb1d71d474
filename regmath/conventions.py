"""The same penalty in four notations: what one strength is called in another."""

from typing import NamedTuple


class Scaling(NamedTuple):
    """An objective as `RSS * (1/n if averaged) / divisor + lam * factor * term`."""

    averaged: bool
    divisor: float
    factor: float


# RSS = |y - X w|^2, n = n_samples. One row for each objective, as its authors write it.
SCALINGS: dict[tuple[str, str], Scaling] = {
    # RSS / (2n) + lam |w|_1            RSS / (2n) + lam |w|_2^2
    ("source", "l1"): Scaling(True, 2.0, 1.0),
    ("source", "l2"): Scaling(True, 2.0, 1.0),
    # Lasso: RSS / (2n) + alpha |w|_1   Ridge: RSS + alpha |w|_2^2
    ("sklearn", "l1"): Scaling(True, 2.0, 1.0),
    ("sklearn", "l2"): Scaling(False, 1.0, 1.0),
    # RSS / (2n) + lam ((1 - a)/2 |w|_2^2 + a |w|_1) at a = 1 and a = 0
    ("glmnet", "l1"): Scaling(True, 2.0, 1.0),
    ("glmnet", "l2"): Scaling(True, 2.0, 0.5),
    # RSS / 2 + lam |w|_1 (3.52)        RSS + lam |w|_2^2 (3.41)
    ("esl", "l1"): Scaling(False, 2.0, 1.0),
    ("esl", "l2"): Scaling(False, 1.0, 1.0),
}
# lam (r |w|_1 + factor (1 - r) |w|_2^2) beside RSS / (2n): they differ in the half only.
ELASTIC_NET_L2_FACTORS = {"source": 1.0, "sklearn": 0.5, "glmnet": 0.5}


def convert(
    lam: float,
    penalty: str,
    source: str,
    target: str,
    n_samples: int,
    target_scale: float = 1.0,
) -> float:
    """Return the strength that gives the same fit in another convention.

    With the loss `RSS / d` and the penalty `lam * f * term`, the ratio `lam * f * d` is what
    decides the fit, so `lam_target = lam * (f d)_source / (f d)_target`.

    Parameters
    ----------
    lam : float
        Strength in the source's convention.
    penalty : {"l1", "l2"}
        For the elastic net see `convert_elastic_net`.
    source, target : {"source", "sklearn", "glmnet", "esl"}
        `source` is this package's own: `RSS / (2 n_samples) + lam |w|_1` or `+ lam |w|_2^2`.
        `sklearn` is Lasso and Ridge. `esl` is The Elements of Statistical Learning.
    n_samples : int
        Rows of `X`.
    target_scale : float
        Standard deviation of `y`, with the divisor `n_samples`, in the unit that `y` has. Only
        the L2 strength of glmnet depends on it; see Notes.

    Returns
    -------
    float
        Strength in the target's convention.

    Raises
    ------
    ValueError
        If a name is not known, `lam` is negative, or `n_samples` or `target_scale` is not
        positive.

    Notes
    -----
    R's `glmnet` fits the gaussian family to `y / s` and `lambda / s`, where `s` is
    `target_scale`, and scales the weights back by `s`. Its L1 strength survives that; its L2
    strength does not: it has the unit of `y`, and the lambda of the objective as written is
    multiplied by `s`. It also standardises the columns of `X`, with the divisor `n_samples`,
    unless told `standardize = FALSE`; what is converted here are strengths for columns as they
    are, and so for standardised columns if they are.

    References
    ----------
    Friedman, Hastie and Tibshirani, Regularization paths for generalized linear models via
    coordinate descent, J. Stat. Softw. 33 (2010). Hastie, Tibshirani and Friedman, The
    Elements of Statistical Learning, 2nd ed. (2009), equations 3.41 and 3.52.
    """
    _check(lam, n_samples)
    if not target_scale > 0.0:
        raise ValueError(f"target_scale must be positive, got {target_scale}.")
    ours, theirs = (
        _strength(name, penalty, n_samples)
        / (target_scale if (name, penalty) == ("glmnet", "l2") else 1.0)
        for name in (source, target)
    )
    return lam * ours / theirs


def convert_elastic_net(
    lam: float, l1_ratio: float, source: str, target: str
) -> tuple[float, float]:
    """Return the elastic net's strength and share of L1 in another convention.

    All three divide the RSS by `2 n_samples`. This package penalises with
    `lam (r |w|_1 + (1 - r) |w|_2^2)`; scikit-learn's ElasticNet (`alpha`, `l1_ratio`) and
    glmnet (`lambda`, `alpha`) halve the square, so that both numbers change.

    Parameters
    ----------
    lam : float
        Strength in the source's convention.
    l1_ratio : float
        From 0 to 1; glmnet calls it `alpha`.
    source, target : {"source", "sklearn", "glmnet"}

    Returns
    -------
    lam, l1_ratio : float
        In the target's convention. The ratio is kept when `lam` is 0.

    Raises
    ------
    ValueError
        If a name is not known, `lam` is negative, or the ratio is outside 0 to 1.

    Notes
    -----
    What `convert` says of glmnet's scaling of `y` holds for the L2 part here.
    """
    _check(lam, 1)
    if not 0.0 <= l1_ratio <= 1.0:
        raise ValueError(f"l1_ratio must be from 0 to 1, got {l1_ratio}.")
    l1 = lam * l1_ratio
    l2 = lam * (1.0 - l1_ratio) * _square_factor(source) / _square_factor(target)
    total = l1 + l2
    return total, l1 / total if total > 0.0 else l1_ratio


def _check(lam: float, n_samples: int) -> None:
    if not lam >= 0.0:
        raise ValueError(f"lam must be at least 0, got {lam}.")
    if n_samples < 1:
        raise ValueError(f"n_samples must be at least 1, got {n_samples}.")


def _strength(convention: str, penalty: str, n_samples: int) -> float:
    """Return what one unit of `lam` is beside the bare RSS."""
    try:
        row = SCALINGS[convention, penalty]
    except KeyError:
        known = ", ".join(" ".join(key) for key in SCALINGS)
        raise ValueError(f"no convention {convention} {penalty}; there are: {known}.") from None
    return row.factor * row.divisor * (n_samples if row.averaged else 1)


def _square_factor(convention: str) -> float:
    try:
        return ELASTIC_NET_L2_FACTORS[convention]
    except KeyError:
        known = ", ".join(ELASTIC_NET_L2_FACTORS)
        raise ValueError(
            f"no elastic net in the convention {convention}; there are: {known}."
        ) from None
