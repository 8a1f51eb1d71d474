"""Writing files so that each appears under its name whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from regviz.lessons.errors import BadInput


def check(path: Path) -> None:
    """See that a file could be written, before the work that would fill it.

    Raises
    ------
    BadInput
        If a directory has the file's name, or its folder cannot be made or written to.
    """
    if path.is_dir():
        raise BadInput(f"{path} is a directory; remove it or choose another name with -o.")
    folder = path.parent
    while not os.path.exists(folder) and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir():
        raise BadInput(f"{folder} is a file where a folder should be; choose another with -o.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadInput(f"folder {folder} cannot be written to; choose another with -o.")


def write(contents: Mapping[Path, bytes]) -> None:
    """Write files together: none gets its name before all are safely on disk.

    Files of the same names are replaced.

    Raises
    ------
    BadInput
        If one cannot be written; none of them is then left.
    """
    staged: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            # In the same folder, since a rename is atomic only within a file system.
            staged[path] = path.with_name(f".regviz-{os.getpid()}-{len(staged)}.tmp")
            _save(staged[path], content)
        for path, temporary in staged.items():
            os.replace(temporary, path)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from None
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)


def _save(path: Path, content: bytes) -> None:
    with open(path, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
