"""What the user is told: the one exception that is theirs to mend, and the one warning."""


class BadInput(ValueError):
    """Something the user gave cannot be used.

    The message is one sentence that names the value and says what would do; the command
    line prints it without a traceback and ends with exit code 2.
    """

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook prints of it: the sentence, and not where it was raised."""
        return [f"regviz: {self}"]


class DataNote(UserWarning):
    """Something was guessed, or left out, in reading the user's data.

    The command line prints it; in Python it is a warning, which can be filtered.
    """
