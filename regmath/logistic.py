"""The logistic loss of two classes, its intercept free of any penalty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from regmath._arrays import Array, frozen, matrix_times

# Newton's steps for an intercept: about five are usual.
_STEPS = 200
# Beyond this a probability is 0 or 1 to the last bit of a double, and its logarithm is a line.
_FAR = 700.0


@dataclass(frozen=True, eq=False)
class Logistic:
    """The mean logistic loss of two classes, as a function of the weights alone.

    `L(w) = min over b of 1/n_samples * sum_i log(1 + exp(-s_i (x_i'w + b)))`, with `s_i` 1 in
    class 1 and -1 in class 0. The intercept `b` is the best for the weights, so no penalty on
    them touches it. As a minimum of a convex function over one variable the loss is convex and
    smooth, and its gradient is that of the sum at the best intercept.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_weights)
        One row per sample.
    y : array_like, shape (n_samples,)
        The class of each, 0 or 1; there are both.

    Attributes
    ----------
    smoothness : float
        Lipschitz constant of the gradient: the largest eigenvalue of the columns' covariance,
        over 4.

    Raises
    ------
    ValueError
        If a value is not finite, the shapes disagree, or there are not two classes 0 and 1.

    Notes
    -----
    The arrays are copies and read-only. scikit-learn's `LogisticRegression` minimises
    `C * n_samples * L(w) + |w|_1` or `... + |w|^2 / 2`: `lam = 1 / (C n_samples)` for L1 and
    `lam = 1 / (2 C n_samples)` for L2. glmnet's `lambda` is ours for L1, and twice ours for L2.
    """

    X: Array
    y: Array

    def __post_init__(self) -> None:
        X, y = frozen(self.X, "X"), frozen(self.y, "y")
        if X.ndim != 2 or 0 in X.shape or y.shape != X.shape[:1]:
            raise ValueError(
                "X must be (n_samples, n_weights) and y (n_samples,), "
                f"got {X.shape} and {y.shape}."
            )
        if set(np.unique(y).tolist()) != {0.0, 1.0}:
            raise ValueError("y must hold 0 and 1, both of them, and nothing else.")
        object.__setattr__(self, "X", X)
        object.__setattr__(self, "y", y)

    @property
    def n_weights(self) -> int:
        """Number of columns of `X`."""
        return int(self.X.shape[1])

    @cached_property
    def smoothness(self) -> float:
        """Largest eigenvalue of the columns' covariance, over 4."""
        centered = self.X - self.X.mean(axis=0)
        return float(np.linalg.norm(centered, 2)) ** 2 / (4.0 * len(self.X))

    def intercept(self, w: ArrayLike) -> Array:
        """Return the best intercept for these weights, shape `(...)`.

        It is where the mean probability is the share of class 1, between the two values at
        which every row alone would say so; Newton's steps that leave what is left of that
        interval are replaced by halving it.

        Parameters
        ----------
        w : array_like, shape (..., n_weights)
        """
        scores = matrix_times(self.X, np.asarray(w, dtype=np.float64))
        share = self.y.mean()
        odds = np.log(share) - np.log1p(-share)
        low, high = odds - scores.max(axis=-1), odds - scores.min(axis=-1)
        b = np.clip(odds - scores.mean(axis=-1), low, high)
        for _ in range(_STEPS):
            p = _probability(scores + b[..., None])
            # As a mean of differences: two nearly equal means would lose digits.
            excess = (p - self.y).mean(axis=-1)
            low, high = np.where(excess < 0.0, b, low), np.where(excess > 0.0, b, high)
            slope = (p * (1.0 - p)).mean(axis=-1)
            step = np.divide(excess, slope, out=np.zeros_like(excess), where=slope > 0.0)
            inside = (low <= b - step) & (b - step <= high) & (slope > 0.0)
            following = np.where(inside, b - step, 0.5 * (low + high))
            if np.all(np.abs(following - b) <= 2.0 * np.spacing(np.abs(b) + 1.0)):
                break
            b = following
        return np.asarray(following)

    def margins(self, w: ArrayLike) -> Array:
        """Return `s_i (x_i'w + b)`, shape `(..., n_samples)`: > 0 where a row is right."""
        return self._side * self.scores(w)

    def scores(self, w: ArrayLike) -> Array:
        """Return the log odds `x_i'w + b` of class 1, shape `(..., n_samples)`."""
        weights = np.asarray(w, dtype=np.float64)
        return matrix_times(self.X, weights) + self.intercept(weights)[..., None]

    def value(self, w: ArrayLike) -> Array:
        """Return the loss, shape `(...)`.

        Parameters
        ----------
        w : array_like, shape (..., n_weights)
        """
        return np.asarray(np.logaddexp(0.0, -self.margins(w)).mean(axis=-1))

    def gradient(self, w: ArrayLike) -> Array:
        """Return `X'(p - y) / n_samples` with `p` the probabilities, shape `(..., n_weights)`.

        Parameters
        ----------
        w : array_like, shape (..., n_weights)
        """
        return self.slopes(self.scores(w))[0]

    def slopes(self, scores: Array) -> tuple[Array, Array]:
        """Return the gradient in the weights and in the intercept, at any log odds.

        Parameters
        ----------
        scores : ndarray, shape (..., n_samples)
        """
        astray = _probability(scores) - self.y
        # About the columns' means: what the intercept has settled is not in it.
        gradient = matrix_times(self._centered.T, astray) / len(self.y)
        shift = astray.mean(axis=-1)
        return gradient + shift[..., None] * self._middle, np.asarray(shift)

    def curvature(self, scores: Array) -> tuple[Array, Array, Array]:
        """Return the Hessian, with the intercept following, at any log odds.

        Parameters
        ----------
        scores : ndarray, shape (n, n_samples)

        Returns
        -------
        hessian : ndarray, shape (n, n_weights, n_weights)
            `1/n_samples * sum_i v_i (x_i - m) (x_i - m)'` with `v_i = p_i (1 - p_i)`.
        middle : ndarray, shape (n, n_weights)
            `m`, the columns' means by these `v`: how fast the intercept falls with the weights.
        own : ndarray, shape (n,)
            The second derivative in the intercept alone.
        """
        p = _probability(scores)
        v = p * _probability(-scores)
        total = v.sum(axis=-1)
        shares = v / total[:, None]
        middle = shares @ self.X
        # One at a time: all at once would take as many copies of the data.
        hessian = np.stack(
            [
                (self.X - m).T @ (each[:, None] * (self.X - m))
                for m, each in zip(middle, v, strict=True)
            ]
        )
        return hessian / len(self.y), middle, total / len(self.y)

    def dual_loss(self, w: ArrayLike, shrink: Array) -> Array:
        """Return what the dual loses where its point is shrunk, shape `(...)`.

        The mean over rows of the divergence of `t a_i` from `a_i`, the probability of the wrong
        class: `t a log t + (1 - t a) log((1 - t a) / (1 - a))`, 0 at `t = 1`.

        Parameters
        ----------
        w : array_like, shape (..., n_weights)
        shrink : ndarray, shape (...)
            `t`, between 0 and 1.
        """
        margins, t = self.margins(w), np.asarray(shrink)[..., None]
        wrong = t * _probability(-margins)
        odds = np.exp(np.minimum(-margins, _FAR))
        logarithm = np.log(t, out=np.zeros_like(t), where=t > 0.0)
        each = wrong * logarithm + (1.0 - wrong) * np.log1p((1.0 - t) * odds)
        return np.asarray(each.mean(axis=-1))

    @cached_property
    def _side(self) -> Array:
        return 2.0 * self.y - 1.0

    @cached_property
    def _middle(self) -> Array:
        return np.asarray(self.X.mean(axis=0))

    @cached_property
    def _centered(self) -> Array:
        return np.asarray(self.X - self._middle)


def _probability(scores: Array) -> Array:
    """Return `1 / (1 + exp(-scores))`, of the far ends, too, without overflow."""
    shrunk = np.exp(-np.abs(scores))
    return np.asarray(np.where(scores >= 0.0, 1.0, shrunk) / (1.0 + shrunk))
