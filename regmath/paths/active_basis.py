"""An orthonormal basis of the active columns, updated as columns come and go."""

from __future__ import annotations

import math

import numpy as np

from regmath._arrays import Array

# A column with less than this share of its length outside the active span is dependent.
DEPENDENT = 1e-13
# A column with less than this share of its squared length outside is projected twice.
CLOSE = 1e-2


class ActiveBasis:
    """An orthonormal basis `B` of the span of columns `A`, and `Q` with `B = Q A`.

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
        self.size, self.room = 0, n_columns
        # Never touched memory is never paid for, so the largest size can be reserved.
        self._basis = np.empty((n_columns, length))
        # Whole rows, zero beyond the columns held: a product with a part of them would copy.
        self._mixing = np.zeros((n_columns, n_columns))
        self._scratch = np.empty(n_columns * max(length, n_columns))

    @property
    def full(self) -> bool:
        """Whether no further column can be independent of those held."""
        return self.size == self.room

    def append(self, column: Array) -> tuple[Array, Array, float] | None:
        """Add a column at the end.

        Returns
        -------
        tuple (direction, mix, height) or None
            The new basis vector `direction = mix A`, and the column's share outside the
            span of the others; None, with nothing changed, when the column depends on them.
        """
        if self.full:
            return None
        size = self.size
        basis = self._basis[:size]
        length = column.dot(column)
        along = basis.dot(column)
        direction = column - along.dot(basis)
        rest = direction.dot(direction)
        if rest < CLOSE * length:
            # Once more: the first projection left rounding of the whole column.
            again = basis.dot(direction)
            direction -= again.dot(basis)
            along += again
            rest = direction.dot(direction)
            if rest <= DEPENDENT**2 * length:
                return None
        height = math.sqrt(rest)
        direction /= height
        mix = self._mixing[size]
        np.divide(along.dot(self._mixing[:size]), -height, mix)
        mix[size] = 1.0 / height
        self._basis[size] = direction
        self.size = size + 1
        return direction, mix[: size + 1], height

    def remove(self, place: int) -> tuple[Array, Array]:
        """Take the column at `place` out; the last column takes its place.

        Returns
        -------
        tuple (direction, mix)
            The unit vector that leaves the span, `direction = mix A` with the columns as
            they were: orthogonal to all the others, and with `mix[place] > 0`.
        """
        size = self.size
        pole = self._mixing[:size, place]
        # Reflect the basis so that only its last vector needs the leaving column. The first
        # vectors, made before that column came, never needed it.
        first = int((pole != 0.0).argmax())
        pole = pole[first:] / math.sqrt(pole.dot(pole))
        turn = math.copysign(1.0, pole[-1])
        share = pole / (1.0 + abs(pole[-1]))
        share[-1] = turn
        leaving = []
        for rows in (self._basis[first:size], self._mixing[first:size]):
            away = pole.dot(rows)
            leaving.append(away)
            # Into memory kept for it: fresh pages would take longer than the arithmetic.
            change = self._scratch[: rows.size].reshape(rows.shape)
            np.dot(share[:, np.newaxis], (away + turn * rows[-1])[np.newaxis], out=change)
            np.subtract(rows, change, out=rows)
        self._mixing[:size, place] = self._mixing[:size, size - 1]
        self._mixing[:size, size - 1] = 0.0
        self.size = size - 1
        return leaving[0], leaving[1][:size]

    def equal_products(self, target: Array, columns: Array) -> tuple[Array, Array]:
        """Split `target` by the active columns, correcting the first results once.

        Parameters
        ----------
        target : array, shape (length,)
        columns : array, shape (size, length)
            The columns held, in their order.

        Returns
        -------
        tuple (remainder, pull), each of shape (length,)
            `target` less its projection on the span, orthogonal to every active column; and
            the vector in the span whose product with every active column is 1.
        """
        basis, mixing = self._halves()
        vectors = np.stack((target - (basis @ target) @ basis, mixing.sum(axis=1) @ basis))
        products = vectors @ columns.T
        products[1] -= 1.0
        vectors -= products @ mixing.T @ basis
        return vectors[0], vectors[1]

    def coefficients(self, vectors: Array, columns: Array) -> Array:
        """Return the coefficients `c`, with `c A` each row of `vectors`, in the span."""
        # By way of the basis: the Gram matrix would square the condition number.
        basis, mixing = self._halves()
        first = vectors @ basis.T @ mixing
        lost = vectors - first @ columns
        return np.asarray(first + lost @ basis.T @ mixing)

    def _halves(self) -> tuple[Array, Array]:
        return self._basis[: self.size], self._mixing[: self.size, : self.size]
