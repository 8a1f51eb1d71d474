"""One build at a time in a folder; the system frees the lock when its holder ends, however."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def locked(path: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold a lock, which is the file's and not its content's, while the block runs.

    Parameters
    ----------
    path
        Made if it is not there; it stays, since removing it would let two in.
    waiting
        Called once, with what the holder wrote about itself, if there is a wait.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a+", encoding="utf-8") as file:
        if not _try_lock(file):
            waiting(_holder(file))
            _wait_for_lock(file)
        file.seek(0)
        file.truncate()
        file.write(f"process {os.getpid()}")
        file.flush()
        try:
            yield
        finally:
            _unlock(file)


def held_by_others(path: Path) -> bool:
    """Return whether another holds the lock at this moment."""
    try:
        with open(path, "r+", encoding="utf-8") as file:
            if not _try_lock(file):
                return True
            _unlock(file)
    except OSError:
        return False
    return False


def _holder(file: IO[str]) -> str:
    try:
        file.seek(0)
        return file.read().strip() or "another process"
    except OSError:  # Windows lets no one read what is locked
        return "another process"


if sys.platform == "win32":
    import msvcrt
    import time

    # Behind the content, so that this can be read while the lock is held.
    _FAR = 1 << 30

    def _try_lock(file: IO[str]) -> bool:
        os.lseek(file.fileno(), _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait_for_lock(file: IO[str]) -> None:
        while not _try_lock(file):
            time.sleep(0.2)

    def _unlock(file: IO[str]) -> None:
        os.lseek(file.fileno(), _FAR, os.SEEK_SET)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait_for_lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)

    def _unlock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
