"""What a user's machine says to matplotlib and manim, and when that counts.

Both read settings as they are imported: files in the current folder and the home folder,
environment variables. In a process that is ours, a command's or a worker's, none of these
counts, so that the same command makes the same picture everywhere. In a notebook the session is
the user's: their settings stay in force for what they draw, and our drawing puts them aside.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from regviz.lessons.errors import BadInput

#: where each keeps the settings it ships; seen from there, no file of a user's is near
_SHIPPED = {"matplotlib": "mpl-data", "manim": "_config"}
_claimed = False


def claim() -> None:
    """Take this process for ours: a user's settings and warnings do not count in it."""
    global _claimed
    _claimed = True
    for name in ("MPLBACKEND", "MATPLOTLIBRC", "PYTHONWARNINGS"):
        os.environ.pop(name, None)
    # A part of manim looks for programs as it is imported, and takes it for granted.
    os.environ.setdefault("PATH", os.defpath)
    # NumPy reads it as it is imported. Matrices here are small, and threads that wait for each
    # other take ten times as long on a machine that has other work, too.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.warnoptions[:] = ["ignore"]  # handed on to the processes that this one starts
    warnings.simplefilter("ignore")


def load(name: str) -> None:
    """Import matplotlib or manim, in a process of ours without the user's settings.

    Raises
    ------
    ImportError
        If it is not installed.
    BadInput
        If it cannot be imported with the settings that count here.
    """
    if sys.modules.get(name) is not None:
        return
    with _own_log(), _put_aside(name) if _claimed else contextlib.nullcontext():
        try:
            importlib.import_module(name)
        except ImportError:
            raise
        except Exception as error:
            # Python before 3.12 wraps what interrupts the making of a class.
            if isinstance(error.__cause__, KeyboardInterrupt):
                raise KeyboardInterrupt from None
            raise BadInput(
                f"{name} cannot be imported with the settings that it finds here: "
                f"{' '.join(str(error).split())}."
            ) from error


@contextlib.contextmanager
def _own_log() -> Iterator[None]:
    """Take back what an import says to the log of all: manim shows what any module notes."""
    import logging

    log = logging.getLogger()
    handlers, level = log.handlers[:], log.level
    try:
        yield
    finally:
        log.handlers[:] = handlers
        log.setLevel(level)


@contextlib.contextmanager
def _put_aside(name: str) -> Iterator[None]:
    import logging

    logging.getLogger(name).setLevel(logging.ERROR)
    found = find_spec(name)
    if found is None or found.origin is None:
        yield  # the import will say so
        return
    shipped = Path(found.origin).parent / _SHIPPED[name]
    # Only manim looks for its settings from the home folder on; matplotlib keeps a cache there.
    homes = ("HOME", "USERPROFILE") if name == "manim" else ()
    before = {home: os.environ.get(home) for home in homes}
    with contextlib.chdir(shipped):
        os.environ.update(dict.fromkeys(homes, str(shipped)))
        try:
            yield
        finally:
            for home, value in before.items():
                if value is None:
                    del os.environ[home]
                else:
                    os.environ[home] = value
