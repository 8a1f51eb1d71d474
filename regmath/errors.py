"""The errors that regmath raises by a name of its own."""


class UncertifiedError(ValueError):
    """No weights were found whose certificate holds to the promised bound.

    Rounding has the last word on such a problem, as with columns that are equal but for their
    last digits. It is refused: a wrong optimum would look like a right one.
    """
