"""Where notebooks keep what they made, and how large that may get.

What was used longest ago goes first. Nothing but entries of ours is ever removed, whatever
folder `REGVIZ_CACHE` names.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from regviz.lecture.lock import held_by_others
from regviz.lecture.records import PRIVATE
from regviz.lessons.errors import BadInput

#: megabytes, unless `REGVIZ_CACHE_MB` says otherwise; a video takes 1 to 20
_USUAL_LIMIT = 2000
_ENTRY = re.compile(r"[0-9a-f]{64}")


def folder() -> Path:
    """Return the folder: `REGVIZ_CACHE`, or where this system keeps caches."""
    if chosen := os.environ.get("REGVIZ_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData/Local")) / "regviz"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/regviz"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "regviz"


def limit() -> int:
    """Return how many megabytes the cache may hold.

    Raises
    ------
    BadInput
        If `REGVIZ_CACHE_MB` is no whole number.
    """
    chosen = os.environ.get("REGVIZ_CACHE_MB", str(_USUAL_LIMIT))
    if not re.fullmatch(r"\d{1,9}", chosen, re.ASCII):
        raise BadInput(
            f"REGVIZ_CACHE_MB = {chosen!r} will not do; give megabytes, such as 500."
        )
    return int(chosen)


def size() -> int:
    """Return how many bytes the cache holds."""
    return sum(map(_size, _entries()))


def use(entry: Path) -> None:
    """Note that an entry was used now, and remove others until all are within the limit."""
    os.utime(lock(entry))
    rest = limit() * 10**6 - _size(entry)
    others = [other for other in _entries() if other.name != entry.name]
    for other in sorted(others, key=_last_used, reverse=True):
        rest -= _size(other)
        # Another notebook may be writing to it; next time, then.
        if rest < 0 and not held_by_others(lock(other)):
            shutil.rmtree(other, ignore_errors=True)


def lock(entry: Path) -> Path:
    """Return the file that is locked while an entry is written or read."""
    return entry / PRIVATE / "lock"


def _entries() -> list[Path]:
    try:
        found = list(os.scandir(folder()))
    except OSError:
        return []
    return [
        Path(each)
        for each in found
        if _ENTRY.fullmatch(each.name) and each.is_dir(follow_symlinks=False)
    ]


def _last_used(entry: Path) -> float:
    try:
        return lock(entry).stat().st_mtime
    except OSError:
        return 0.0


def _size(entry: Path) -> int:
    total = 0
    for where, _, names in os.walk(entry):
        for name in names:
            try:
                total += os.lstat(os.path.join(where, name)).st_size
            except OSError:  # gone in the meantime
                continue
    return total
