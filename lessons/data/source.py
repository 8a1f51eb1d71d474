"""Where the bytes of a data file come from: shipped, brought along by a job, or a file."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import IO

from regviz.lessons import catalogue
from regviz.lessons.data.words import LONGEST_PATH, shown
from regviz.lessons.errors import BadInput

#: opens the content anew each time it is called
Opener = Callable[[], IO[bytes]]

_in_hand: ContextVar[Mapping[str, bytes]] = ContextVar("in_hand")


@contextmanager
def in_hand(files: Mapping[str, bytes]) -> Iterator[None]:
    """Read files by these names from memory: a job brings along what it reads.

    So the name a lecturer gave stays the name that is shown, wherever the job runs.
    """
    token = _in_hand.set(files)
    try:
        yield
    finally:
        _in_hand.reset(token)


def opener(name: str) -> Opener:
    """Return what opens a data file.

    Raises
    ------
    BadInput
        If there is no such file, or it cannot be read.
    """
    shipped = catalogue.shipped_data(name)
    brought = _in_hand.get({}).get(name)
    if shipped is not None:
        return lambda: open(shipped, "rb")
    if brought is not None:
        return lambda: io.BytesIO(brought)
    path, said = Path(name), f"data file {shown(name, LONGEST_PATH)}"
    try:
        if not os.path.lexists(path):
            path.stat()  # says whether it is missing, or has a name that no file can have
        is_file = path.is_file()
        if is_file:
            path.open("rb").close()
    except FileNotFoundError:
        raise BadInput(f"{said} does not exist; give a CSV file or 'diabetes'.") from None
    except OSError as error:
        raise BadInput(f"{said} cannot be read: {error.strerror}.") from None
    except ValueError:  # a NUL byte, which no file's name has
        raise BadInput(f"{said} is no file's name; give a CSV file or 'diabetes'.") from None
    if not is_file:
        raise BadInput(f"{said} is not a file; give a CSV file or 'diabetes'.")
    return lambda: path.open("rb")
