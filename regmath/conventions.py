"""The same penalty in many notations: what one strength is called in another."""

import math
from typing import NamedTuple


class Notation(NamedTuple):
    """What a strength of the source is called: `factor * lam`, or one over that.

    With `L` for half of the RSS, or the sum of log losses, the source minimises
    `L / n + lam * term`. `m * L + x * f * term` has the same minimum at `x = lam * m * n / f`,
    and so the factor is `times * n_samples**rows * target_scale**scale`.
    """

    times: float
    rows: int = 0
    scale: int = 0
    is_inverse: bool = False

    def factor(self, n_samples: float, target_scale: float) -> float:
        """Return what a strength of the source is multiplied by."""
        return self.times * n_samples**self.rows * target_scale**self.scale

    def turned(self, number: float) -> float:
        """Return a number of this notation as a strength, or a strength as its number."""
        if not self.is_inverse:
            return number
        return 1.0 / number if number > 0.0 else math.inf


# One row for each objective, as its authors write it.
NOTATIONS: dict[tuple[str, str], Notation] = {
    # L / n + lam |w|_1                      L / n + lam |w|_2^2
    ("source", "l1"): Notation(1.0),
    ("source", "l2"): Notation(1.0),
    # Lasso: RSS / (2n) + alpha |w|_1        Ridge: RSS + alpha |w|_2^2
    ("sklearn", "l1"): Notation(1.0),
    ("sklearn", "l2"): Notation(2.0, rows=1),
    # L / n + alpha (r |w|_1 + (1 - r)/2 |w|_2^2) at r = 1 and r = 0
    ("sgd", "l1"): Notation(1.0),
    ("sgd", "l2"): Notation(2.0),
    # C L + r |w|_1 + (1 - r)/2 |w|_2^2 at r = 1 and r = 0
    ("logistic", "l1"): Notation(1.0, rows=1, is_inverse=True),
    ("logistic", "l2"): Notation(2.0, rows=1, is_inverse=True),
    # RSS / (2n) + lam ((1 - a)/2 |w|_2^2 + a |w|_1) at a = 1 and a = 0, of a scaled target
    ("glmnet", "l1"): Notation(1.0),
    ("glmnet", "l2"): Notation(2.0, scale=1),
    # RSS / 2 + lam |w|_1 (3.52)             RSS + lam |w|_2^2 (3.41)
    ("esl", "l1"): Notation(1.0, rows=1),
    ("esl", "l2"): Notation(2.0, rows=1),
}
# The notations that have both penalties beside one loss, by what they are called.
ELASTIC_NETS = {
    "source": "source",
    "sklearn": "sgd",
    "sgd": "sgd",
    "logistic": "logistic",
    "glmnet": "glmnet",
}


def convert(
    lam: float,
    penalty: str,
    source: str,
    target: str,
    n_samples: int,
    target_scale: float = 1.0,
) -> float:
    """Return the strength that gives the same fit in another convention.

    `lam_target = lam * factor_target / factor_source`, with the factors of `Notation`; where a
    number is an inverse strength, one over it.

    Parameters
    ----------
    lam : float
        Strength in the source's convention; of `logistic` its `C`, above 0.
    penalty : {"l1", "l2"}
        For the elastic net see `convert_elastic_net`.
    source, target : {"source", "sklearn", "sgd", "logistic", "glmnet", "esl"}
        `source` is this package's own: `L / n_samples + lam |w|_1` or `+ lam |w|_2^2`, where
        `L` is `RSS / 2`, or the sum of log losses. `sklearn` is Lasso and Ridge; `sgd` is
        SGDRegressor, and SGDClassifier with log losses; `logistic` is the `C` of
        LogisticRegression. `esl` is The Elements of Statistical Learning.
    n_samples : int
        Rows of `X`.
    target_scale : float
        Standard deviation of `y`, with the divisor `n_samples`, in the unit that `y` has. Only
        the L2 strength of glmnet depends on it; see Notes.

    Returns
    -------
    float
        Strength in the target's convention; of `logistic` its `C`, `inf` at strength 0.

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
    multiplied by `s`. Its binomial family does not scale: there give a `target_scale` of 1. It
    also standardises the columns of `X`, with the divisor `n_samples`, unless told
    `standardize = FALSE`; what is converted here are strengths for columns as they are, and so
    for standardised columns if they are.

    References
    ----------
    Friedman, Hastie and Tibshirani, Regularization paths for generalized linear models via
    coordinate descent, J. Stat. Softw. 33 (2010). Hastie, Tibshirani and Friedman, The
    Elements of Statistical Learning, 2nd ed. (2009), equations 3.41 and 3.52.
    """
    _check(lam, n_samples, target_scale)
    ours, theirs = (_notation(name, penalty) for name in (source, target))
    strength = ours.turned(lam) / ours.factor(n_samples, target_scale)
    return theirs.turned(strength * theirs.factor(n_samples, target_scale))


def convert_elastic_net(
    lam: float,
    l1_ratio: float,
    source: str,
    target: str,
    n_samples: int,
    target_scale: float = 1.0,
) -> tuple[float, float]:
    """Return the elastic net's strength and share of L1 in another convention.

    This package penalises with `lam (r |w|_1 + (1 - r) |w|_2^2)`; scikit-learn's ElasticNet
    and SGDRegressor (`alpha`, `l1_ratio`), its LogisticRegression (`C`, `l1_ratio`) and glmnet
    (`lambda`, `alpha`) halve the square, so that both numbers change: each part is converted
    as `convert` does, the strength is their sum.

    Parameters
    ----------
    lam : float
        Strength in the source's convention; of `logistic` its `C`, above 0.
    l1_ratio : float
        From 0 to 1; glmnet calls it `alpha`.
    source, target : {"source", "sklearn", "sgd", "logistic", "glmnet"}
        `sklearn` is ElasticNet, and the same as `sgd`.
    n_samples, target_scale
        As of `convert`.

    Returns
    -------
    lam, l1_ratio : float
        In the target's convention. The ratio is kept when `lam` is 0.

    Raises
    ------
    ValueError
        If a name is not known, `lam` is negative, the ratio is outside 0 to 1, or `n_samples`
        or `target_scale` is not positive.
    """
    _check(lam, n_samples, target_scale)
    if not 0.0 <= l1_ratio <= 1.0:
        raise ValueError(f"l1_ratio must be from 0 to 1, got {l1_ratio}.")
    (ours, from_l1, from_l2), (theirs, to_l1, to_l2) = (
        _net(name, n_samples, target_scale) for name in (source, target)
    )
    strength = ours.turned(lam)
    l1 = strength * l1_ratio * to_l1 / from_l1
    total = l1 + strength * (1.0 - l1_ratio) * to_l2 / from_l2
    return theirs.turned(total), l1 / total if total > 0.0 else l1_ratio


def _check(lam: float, n_samples: int, target_scale: float) -> None:
    if not lam >= 0.0:
        raise ValueError(f"lam must be at least 0, got {lam}.")
    if n_samples < 1:
        raise ValueError(f"n_samples must be at least 1, got {n_samples}.")
    if not target_scale > 0.0:
        raise ValueError(f"target_scale must be positive, got {target_scale}.")


def _notation(convention: str, penalty: str) -> Notation:
    try:
        return NOTATIONS[convention, penalty]
    except KeyError:
        known = ", ".join(" ".join(key) for key in NOTATIONS)
        raise ValueError(f"no convention {convention} {penalty}; there are: {known}.") from None


def _net(convention: str, n_samples: int, target_scale: float) -> tuple[Notation, float, float]:
    """Return a notation and its factors of L1 and L2."""
    if convention not in ELASTIC_NETS:
        known = ", ".join(ELASTIC_NETS)
        raise ValueError(f"no elastic net in the convention {convention}; there are: {known}.")
    own = [NOTATIONS[ELASTIC_NETS[convention], penalty] for penalty in ("l1", "l2")]
    l1, l2 = (each.factor(n_samples, target_scale) for each in own)
    return own[0], l1, l2
