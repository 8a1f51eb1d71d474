"""Says what to install when manim cannot be used."""

from __future__ import annotations

import importlib

from regviz.lessons import surroundings
from regviz.lessons.errors import BadInput

_COMMAND = "python -m pip install 'regviz[video]'"
#: built from source on Linux, against the headers of Debian packages
_COMPILED = ("cairo", "manimpango")


def require_manim() -> None:
    """Import manim and typst, or say what to install.

    Raises
    ------
    BadInput
        If one is missing; the message names the one command that mends it and, when a library
        that is built from source is the reason, the Debian packages it needs.
    """
    for name in (*_COMPILED, "manim", "typst"):
        try:
            surroundings.load(name) if name == "manim" else importlib.import_module(name)
        except ImportError as error:
            raise BadInput(_missing(name, error)) from error


def _missing(name: str, error: ImportError) -> str:
    if name in _COMPILED:
        return (
            f"scenes need {name}, which cannot be imported ({error}); on Debian or Ubuntu "
            "install libcairo2-dev libpango1.0-dev pkg-config with apt-get, "
            f"then run: {_COMMAND}"
        )
    return f"scenes need {name}, which cannot be imported ({error}); run: {_COMMAND}"
