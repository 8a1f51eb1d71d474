"""Writing files so that each appears under its name whole or not at all."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from regviz.lessons.errors import BadInput
from regviz.lessons.printable import brief

#: bytes that file systems allow a name
LONGEST_NAME = 255


def check(path: Path) -> None:
    """See that a file could be written, before the work that would fill it.

    Raises
    ------
    BadInput
        If the name is too long or a directory's, or its folder cannot be made or written to.
    """
    if long := next((part for part in path.parts if _is_too_long(part)), ""):
        raise BadInput(f"{brief(long)} is too long for a file's name; choose another with -o.")
    if os.path.isdir(path):
        raise BadInput(f"{path} is a directory; remove it or choose another name with -o.")
    folder = path.parent
    while not os.path.exists(folder) and folder != folder.parent:
        folder = folder.parent
    if not os.path.isdir(folder):
        raise BadInput(f"{folder} is a file where a folder should be; choose another with -o.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadInput(f"folder {folder} cannot be written to; choose another with -o.")


def _is_too_long(name: str) -> bool:
    try:
        return len(os.fsencode(name)) > LONGEST_NAME
    except UnicodeEncodeError:
        return False  # a locale without these letters, which is said when it is written


def leads_out(root: Path, path: Path) -> bool:
    """Return whether a link on the way from a folder to what is below it leads elsewhere.

    The folder may itself be reached through links: those are above it.
    """
    try:
        real = os.path.realpath(path)
        below = os.path.relpath(path, root)
        meant = os.path.normpath(os.path.join(os.path.realpath(root), below))
    except (OSError, ValueError):
        return True
    return os.path.normcase(real) != os.path.normcase(meant)


def stay_below(root: Path, path: Path) -> None:
    """See that no link below a folder is followed, since it could lead anywhere.

    Raises
    ------
    BadInput
        If one would be.
    """
    if leads_out(root, path):
        raise BadInput(f"{path} is reached through a link, which is not followed; remove it.")


def write(contents: Mapping[Path, bytes], *, below: Path | None = None) -> None:
    """Write files together: none gets its name before all are safely on disk.

    Files of the same names are replaced; a link of that name is, too, and not what it leads to.

    Parameters
    ----------
    contents
        Path to content.
    below
        A folder that all of it stays in, whatever links there are in it; None to trust paths.

    Raises
    ------
    BadInput
        If one cannot be written; none of them is then left.
    """
    staged: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in contents.items():
            if below is not None:
                stay_below(below, path.parent)
            path.parent.mkdir(parents=True, exist_ok=True)
            _sweep(path.parent)
            # In the same folder, since a rename is atomic only within a file system.
            staged[path] = path.with_name(f".regviz-{os.getpid()}-{len(staged)}.tmp")
            _save(staged[path], content)
        for path, temporary in staged.items():
            os.replace(temporary, path)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from None
    except UnicodeEncodeError:
        encoding = sys.getfilesystemencoding()
        raise BadInput(f"{path} has letters that file names in {encoding} cannot.") from None
    finally:
        for temporary in staged.values():
            with suppress(OSError):  # its folder may be gone, or be anyone's by now
                temporary.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what runs that were killed have left half written in a folder."""
    for left in folder.glob(".regviz-*.tmp"):
        writer = re.fullmatch(r"\.regviz-(\d{1,9})-\d+\.tmp", left.name)
        if writer and not _is_running(int(writer[1])):
            with suppress(OSError):
                left.unlink()


def _is_running(process: int) -> bool:
    if sys.platform == "win32":
        return True  # there is no harmless question there; the next build sweeps its folder
    try:
        os.kill(process, 0)  # no signal, only whether one could be sent
    except ProcessLookupError:
        return False
    except OSError:
        return True  # another user's
    return True


def _save(path: Path, content: bytes) -> None:
    with open(path, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
