"""From one knot of an elastic net's path to the next, as `lambda` falls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regmath._arrays import Array
from regmath.paths.triangle import triangle

EPS = float(np.finfo(np.float64).eps)
# Conditions that fail by less than this many roundings hold.
ROUNDINGS = 64.0
# Singular values below this share of the largest are rounding.
DEPENDENT = 1e-13
# Events for each feature before a path is given up: few are real.
PATIENCE = 100
NEWTON_STEPS = 60
# Bounds on a strength's neighbourhood of this share miss less than rounding does.
SHORT = 1e-5
# Places at which what is 0 all the way is looked at.
SAMPLES = 9


@dataclass(frozen=True, eq=False)
class Piece:
    """Weights with given signs: `w_A = V (p - lam r q) / (d + 2 lam (1 - r))`.

    `d` and `V` are eigenvalues and eigenvectors, in columns, of `X_A'X_A / n`; `p` and `q` are
    `X_A'y / n` and the signs along them.
    """

    ratio: float
    features: NDArray[np.intp]
    signs: Array
    V: Array
    d: Array
    p: Array
    q: Array

    def parts(self, lam: ArrayLike) -> Array:
        """Return the weights along the eigenvectors, `(n, size)`, each monotone in `lam`."""
        r, at = self.ratio, np.asarray(lam, dtype=np.float64)[..., np.newaxis]
        # Where the loss is flat the weights do not depend on lambda, down to 0 itself.
        flat = -r * self.q / (2.0 * (1.0 - r))
        below = np.where(self.d > 0.0, self.d + 2.0 * (1.0 - r) * at, 1.0)
        return np.where(self.d > 0.0, (self.p - at * r * self.q) / below, flat)

    def slopes(self, lam: ArrayLike) -> Array:
        """Return the derivatives of `parts`, each of one sign and monotone in `lam`."""
        r, at = self.ratio, np.asarray(lam, dtype=np.float64)[..., np.newaxis]
        below = np.where(self.d > 0.0, self.d + 2.0 * (1.0 - r) * at, 1.0)
        above = -(r * self.q * self.d + 2.0 * (1.0 - r) * self.p)
        return np.where(self.d > 0.0, above / below**2, 0.0)

    def weights(self, lam: ArrayLike) -> Array:
        """Return the active weights, `(n, size)`; no sign is wrong by rounding."""
        sizes = self.signs * (self.parts(lam) @ self.V.T)
        return np.asarray(self.signs * np.maximum(sizes, 0.0) + 0.0)


@dataclass(frozen=True, eq=False)
class Conditions:
    """What must not be negative while the signs hold: `start + rate lam + mix parts(lam)`.

    One row for each active feature, its weight's size, and two for each other one, how far its
    correlation is from `lam r` and from `-lam r`. All are in the units of correlations.
    """

    piece: Piece
    features: NDArray[np.intp]
    signs: Array
    start: Array
    rate: Array
    mix: Array
    tie: float

    def at(self, lam: float) -> Array:
        """Return their values."""
        return np.asarray(self.start + self.rate * lam + self.mix @ self.piece.parts(lam))

    def tied(self, low: float, high: float) -> NDArray[np.bool_]:
        """Say which are 0 all the way between two strengths, as of features that tie."""
        values = [self.at(float(each)) for each in np.linspace(low, high, SAMPLES)]
        return np.asarray(np.abs(values).max(axis=0) <= self.tie)

    def slope_between(self, low: float, high: float) -> tuple[Array, Array]:
        """Return bounds on their derivatives between two strengths."""
        first, last = (self.mix * end for end in self.piece.slopes(np.array([low, high])))
        return (
            self.rate + np.minimum(first, last).sum(1),
            self.rate + np.maximum(first, last).sum(1),
        )


def walk(X: Array, y: Array, ratio: float) -> tuple[Array, Array, tuple[Piece, ...]]:
    """Return the knots from `lambda_max` down to 0, the weights there, and what is between.

    Parameters
    ----------
    X : array, shape (n_samples, n_features)
    y : array, shape (n_samples,)
    ratio : float
        Strictly between 0 and 1.
    """
    square, rotated = triangle(X, y)
    root, target = square / np.sqrt(len(y)), rotated / np.sqrt(len(y))
    n_features, correlations = X.shape[1], root.T @ target
    signs = np.zeros(n_features)
    lam = float(np.abs(correlations).max()) / ratio
    lambdas, weights, pieces = [lam], [np.zeros(n_features)], []
    # A target that no column tells anything of; one piece all the same, as 0 is a knot.
    tie = (
        ROUNDINGS
        * EPS
        * float(np.sqrt(np.square(root).sum(axis=0).max() * max(y @ y / len(y), 0.0)))
    )
    if lam * ratio <= tie:
        return np.zeros(1), np.zeros((1, n_features)), ()
    for _ in range(PATIENCE * n_features):
        piece = _piece(root, target, signs, ratio)
        rules = _conditions(root, correlations, piece, signs, tie)
        reached, broken = next_event(rules, lam)
        if reached < lam or broken is None:
            pieces.append(piece)
            lambdas.append(reached)
            here = np.zeros(n_features)
            here[piece.features] = piece.weights(np.array([reached]))[0]
            weights.append(here)
            lam = reached
        if broken is None:
            return np.array(lambdas), np.array(weights), tuple(pieces)
        feature = rules.features[broken]
        weights[-1][feature] = 0.0
        signs[feature] = rules.signs[broken]
    raise ValueError(
        f"the elastic net's path of this X and y has more than {PATIENCE} events for each "
        "feature before lambda reaches 0; ask for the optimum at the strengths you need."
    )


def _piece(root: Array, target: Array, signs: Array, ratio: float) -> Piece:
    features = np.flatnonzero(signs)
    U, s, Vt = np.linalg.svd(root[:, features], full_matrices=True)
    s = np.pad(
        np.where(s > DEPENDENT * s.max(initial=0.0), s, 0.0), (0, len(features) - len(s))
    )
    along = np.zeros(len(features))
    along[: min(U.shape[1], len(features))] = (target @ U)[: len(features)]
    own = signs[features]
    return Piece(ratio, features, own, Vt.T, s * s, s * along, Vt @ own)


def _conditions(
    root: Array, correlations: Array, piece: Piece, signs: Array, tie: float
) -> Conditions:
    active, others = piece.features, np.flatnonzero(signs == 0.0)
    lengths = np.square(root).sum(axis=0)
    sizes = (piece.signs * lengths[active])[:, np.newaxis] * piece.V
    # Through the data: the eigenvectors' images, of which the Gram matrix would lose digits.
    fits = root[:, others].T @ (root[:, active] @ piece.V)
    start, none = correlations[others], np.zeros(len(active))
    return Conditions(
        piece,
        np.concatenate([active, others, others]),
        np.concatenate([none, np.ones(len(others)), -np.ones(len(others))]),
        np.concatenate([none, -start, start]),
        np.concatenate([none, np.full(2 * len(others), piece.ratio)]),
        np.concatenate([sizes, fits, -fits]),
        tie,
    )


def next_event(rules: Conditions, lam: float) -> tuple[float, int | None]:
    """Return the largest strength below which a condition breaks, and which; None at 0.

    Of conditions that break at `lam` itself it is that of the first feature: so a tie of many
    is left after finitely many changes of signs (Murty's rule for a positive definite matrix).
    """
    high, step = lam, 0.5 * lam
    while high > 0.0:
        low = max(high - step, 0.0)
        falls, rises = rules.slope_between(low, high)
        at_low, at_high = rules.at(low), rules.at(high)
        # Positive as far as bounds on the slope reach from either end, or kept or growing.
        width = high - low
        safe = at_high - width * np.maximum(rises, 0.0) >= -rules.tie
        safe |= at_low + width * np.minimum(falls, 0.0) >= -rules.tie
        safe |= (rises <= rules.tie / lam) & (at_high >= -rules.tie)
        doubtful = ~safe & ~(falls > 0.0)
        if doubtful.any() and step > SHORT * high:
            ends = np.maximum(np.abs(at_low), np.abs(at_high))[doubtful]
            if ends.max() > rules.tie or not rules.tied(low, high)[doubtful].all():
                step /= 2.0
                continue
        breaks = np.flatnonzero(~safe & (at_low < -rules.tie))
        if breaks.size:
            roots = _roots(rules, breaks, low, high)
            at_once = breaks[roots >= lam * (1.0 - 4.0 * EPS)]
            if at_once.size:
                return lam, int(at_once[rules.features[at_once].argmin()])
            return float(roots.max()), int(breaks[roots.argmax()])
        high, step = low, 2.0 * step
    return 0.0, None


def _roots(rules: Conditions, places: NDArray[np.intp], low: float, high: float) -> Array:
    """Return where conditions that rise with `lambda` are 0: Newton, kept in its brackets."""
    mix, start, rate = rules.mix[places], rules.start[places], rules.rate[places]
    lam, below, above = (np.full(len(places), each) for each in (high, low, high))
    enough = rules.tie / ROUNDINGS
    for _ in range(NEWTON_STEPS):
        value = start + rate * lam + (mix * rules.piece.parts(lam)).sum(axis=1)
        # One that fails where the search began has its root there, to rounding.
        moves = (np.abs(value) > enough) & ((value > 0.0) | (lam < high))
        if not moves.any():
            break
        above, below = np.where(value > 0.0, lam, above), np.where(value > 0.0, below, lam)
        slope = rate + (mix * rules.piece.slopes(lam)).sum(axis=1)
        tried = lam - np.divide(value, slope, out=np.full_like(lam, np.inf), where=slope > 0.0)
        tried = np.where((below < tried) & (tried < above), tried, 0.5 * (below + above))
        moves &= np.abs(tried - lam) > 2.0 * EPS * lam
        lam = np.where(moves, tried, lam)
    return lam
