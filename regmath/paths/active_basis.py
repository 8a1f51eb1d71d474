"""An orthonormal basis of the active columns, updated as columns come and go."""

from __future__ import annotations

import math

import numpy as np

from regmath._arrays import Array

# A column with less than this share of its length outside the active span is dependent.
DEPENDENT = 1e-13


class ActiveBasis:
    """Columns `A` with an orthonormal basis `B` of their span, and `Q` with `B = Q A`.

    Vectors are rows here, contiguous in memory. `Q` gives the inverse Gram matrix of the
    active columns without squaring their condition number: `(A A')^-1 = Q' Q`. It is not
    triangular: any rotation of its rows keeps that identity, so a column leaves by one
    reflection instead of a sweep of plane rotations.

    Parameters
    ----------
    n_columns : int
        Most columns that can be held.
    length : int
        Length of a column.
    """

    def __init__(self, n_columns: int, length: int) -> None:
        self.size = 0
        # Never touched memory is never paid for, so the largest size can be reserved.
        self._columns = np.empty((n_columns, length))
        self._basis = np.empty((n_columns, length))
        self._mixing = np.empty((n_columns, n_columns))

    @property
    def full(self) -> bool:
        """Whether no further column can be independent of those held."""
        return self.size == len(self._mixing)

    def append(self, column: Array) -> tuple[Array, Array, float] | None:
        """Add a column at the end.

        Returns
        -------
        tuple (direction, mix, height) or None
            The new basis vector `direction = mix A`, and the column's share outside the
            span of the others; None, with nothing changed, when the column depends on them.
        """
        size = self.size
        if self.full:
            return None
        basis = self._basis[:size]
        along = basis @ column
        direction = column - along @ basis
        # Once more, because the first projection leaves rounding of the whole column.
        again = basis @ direction
        direction -= again @ basis
        height = math.sqrt(direction @ direction)
        if height <= DEPENDENT * math.sqrt(column @ column):
            return None
        along += again
        direction /= height
        mix = self._mixing[size, : size + 1]
        mix[:size] = along @ self._mixing[:size, :size]
        mix[:size] /= -height
        mix[size] = 1.0 / height
        self._mixing[:size, size] = 0.0
        self._basis[size] = direction
        self._columns[size] = column
        self.size = size + 1
        return direction, mix, height

    def exit_of(self, place: int) -> tuple[Array, Array]:
        """Return the unit vector in the span that only the column at `place` reaches.

        Returns
        -------
        tuple (direction, mix)
            `direction = mix A`, orthogonal to all other columns, with `mix[place] > 0`.
        """
        size = self.size
        pole = self._mixing[:size, place]
        pole = pole / math.sqrt(pole @ pole)
        return pole @ self._basis[:size], pole @ self._mixing[:size, :size]

    def remove(self, place: int) -> None:
        """Take the column at `place` out; the last column takes its place."""
        size = self.size
        basis, mixing = self._basis[:size], self._mixing[:size, :size]
        # Reflect the basis so that only its last vector needs the leaving column.
        mirror = mixing[:, place] / math.sqrt(mixing[:, place] @ mixing[:, place])
        mirror[-1] += math.copysign(1.0, mirror[-1])
        scaled = mirror / abs(mirror[-1])
        basis -= np.multiply.outer(scaled, mirror @ basis)
        mixing -= np.multiply.outer(scaled, mirror @ mixing)
        mixing[:, place] = mixing[:, -1]
        self._columns[place] = self._columns[size - 1]
        self.size = size - 1

    def fits(self, target: Array) -> tuple[Array, Array]:
        """Return the two fits that the lasso's path is made of, each corrected once.

        Both are combinations of the active columns: the one whose remainder is orthogonal
        to all of them, and the one whose product with each of them is 1.

        Parameters
        ----------
        target : array, shape (length,)

        Returns
        -------
        tuple (remainder_and_pull, coefficients), each array with two rows
            `target` less its fit, and the other fit; the coefficients of the two fits.
        """
        size = self.size
        columns, basis = self._columns[:size], self._basis[:size]
        mixing = self._mixing[:size, :size]
        vectors = np.stack((target - (basis @ target) @ basis, mixing.sum(axis=1) @ basis))
        products = vectors @ columns.T
        products[1] -= 1.0
        vectors -= products @ mixing.T @ basis
        # By way of the basis: the Gram matrix would square the condition number.
        fits = np.stack((target - vectors[0], vectors[1]))
        coefficients = fits @ basis.T @ mixing
        coefficients += (fits - coefficients @ columns) @ basis.T @ mixing
        return vectors, coefficients
