"""The errors that regmath raises by a name of its own."""

from regmath._arrays import Array


class UncertifiedError(ValueError):
    """No weights were found whose certificate holds to the promised bound.

    Rounding has the last word on such a problem, as with columns that are equal but for their
    last digits. It is refused: a wrong optimum would look like a right one.
    """


class SeparableError(ValueError):
    """Without a penalty no weights are the best: a line parts the two classes.

    Attributes
    ----------
    direction : ndarray, shape (n_weights + 1,)
        Weights and intercept that put no row on the wrong side: the farther along them, the
        less the logistic loss, for ever.
    """

    def __init__(self, direction: Array) -> None:
        super().__init__(
            "the classes are separable: the logistic loss has no minimiser without a penalty, "
            "since larger weights always fit better."
        )
        self.direction = direction
