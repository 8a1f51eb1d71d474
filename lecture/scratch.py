"""A folder for what is half done, and one sentence where there is no room for it."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from regviz.lessons.errors import BadInput

#: what a disk says that is full or closed to us; other errors are ours to mend
_STORAGE = {
    getattr(errno, name)
    for name in ("ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EACCES", "EPERM", "EIO")
    if hasattr(errno, name)
}


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield an empty folder that is gone afterwards.

    Raises
    ------
    BadInput
        If the temporary folder can't be written to, or is full.
    """
    try:
        with tempfile.TemporaryDirectory(
            prefix="regviz-", ignore_cleanup_errors=True
        ) as folder:
            yield Path(folder)
    except Exception as error:
        why = _of_storage(error)
        if why is None:
            raise
        raise BadInput(
            f"the temporary folder {_place()}cannot hold what is half done: {why}; "
            "make room there, or name another folder in TMPDIR."
        ) from None


def _of_storage(error: BaseException | None) -> str | None:
    """Return what the disk said, if that is the reason; libraries wrap it in their errors."""
    while error is not None:
        number = getattr(error, "errno", None)
        if number in _STORAGE or (number == errno.ENOENT and "temporary" in str(error)):
            return str(getattr(error, "strerror", None) or error)
        error = error.__cause__ or error.__context__
    return None


def _place() -> str:
    try:
        return f"{tempfile.gettempdir()} "
    except OSError:  # there is none that can be written to
        return ""
