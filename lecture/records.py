"""What was made: a record per task, by which a later build knows what still holds.

A record is written before the files that it names get their names, and again afterwards with
their times. Whenever a build is killed, each file is then whole, and known to be ours; and it
counts as fresh only if it has the content that its record says.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from regviz.lecture import files, shapes

#: the folder below the output folder that is not for the user
PRIVATE = ".regviz"


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is known of a task's files.

    Attributes
    ----------
    parts
        What the files depended on when they were made; see
        :func:`regviz.lecture.keys.key_parts`.
    files
        Suffix to path below the output folder.
    digests
        Path to SHA-256.
    facts, about
        See :class:`regviz.lecture.made.Made`.
    stamps
        Path to size and time of the last change, in nanoseconds, when last seen whole.
    """

    parts: Mapping[str, str]
    files: Mapping[str, str]
    digests: Mapping[str, str]
    facts: Mapping[str, Any]
    about: Mapping[str, Any]
    stamps: Mapping[str, list[int]] = field(default_factory=dict)


class Records:
    """The records of an output folder."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._folder = out / PRIVATE / "records"

    def load(self, task: str) -> Record | None:
        """Return a task's record, or None if there is none of the shape that they have."""
        try:
            content = shapes.parse(self._path(task).read_bytes())
            record: Record = shapes.read(Record, content)
        except (OSError, ValueError):
            return None
        paths = {*record.files.values(), *record.digests}
        return record if all(map(_is_below, paths)) else None

    def names(self) -> list[str]:
        """Return the tasks that have a record."""
        if not os.path.isdir(self._folder):
            return []
        found = (path.name for path in self._folder.iterdir() if path.suffix == ".json")
        return sorted(_unquoted(name.removesuffix(".json")) for name in found)

    def is_whole(self, task: str, record: Record, *, refresh: bool = True) -> bool:
        """Return whether every file is there with the content that was recorded.

        A file that is as old and as large as when it was last seen is not read again; with
        `refresh`, that is noted of one that is older or newer but the same.
        """
        if set(record.files.values()) != record.digests.keys():
            return False
        stamps = {path: _stamp(self.out / path) for path in record.digests}
        if None in stamps.values():
            return False
        if stamps == record.stamps:
            return True
        changed = [path for path in stamps if stamps[path] != record.stamps.get(path)]
        if any(_digest(self.out / path) != record.digests[path] for path in changed):
            return False
        if refresh:
            self._save(task, record, stamps)
        return True

    def keep(self, task: str, record: Record, contents: Mapping[str, bytes]) -> None:
        """Write a task's files, and a record of them.

        Parameters
        ----------
        task
            The task's name.
        record
            What to remember; its digests and stamps are filled in here.
        contents
            Path to content, for every path of the record.

        Raises
        ------
        BadInput
            If a file cannot be written.
        """
        digests = {path: hashlib.sha256(data).hexdigest() for path, data in contents.items()}
        before = self.load(task)
        whole = Record(**{**vars(record), "digests": digests})
        self._save(task, whole, {})
        written = {self.out / path: data for path, data in contents.items()}
        files.write(written, below=self.out)
        self._save(task, whole, {path: _stamp(self.out / path) for path in contents})
        if before is not None:
            _remove(self.out, {p: d for p, d in before.digests.items() if p not in digests})

    def forget(self, task: str, spare: set[str]) -> Iterator[tuple[str, bool]]:
        """Remove a task's files and record; yield each path and whether it was removed.

        Parameters
        ----------
        task
            The task's name.
        spare
            Paths that belong to others now.
        """
        record = self.load(task)
        if record is not None:
            ours = {path: sha for path, sha in record.digests.items() if path not in spare}
            yield from _remove(self.out, ours).items()
        with suppress(OSError):  # then the next build finds it, and nothing that it names
            self._path(task).unlink(missing_ok=True)

    def _path(self, task: str) -> Path:
        return self._folder / f"{_quoted(task)}.json"

    def _save(self, task: str, record: Record, stamps: Mapping[str, Any]) -> None:
        content = {**vars(record), "stamps": stamps}
        # Not sorted: features and optima keep the order that the lesson has them in.
        written = json.dumps(content, ensure_ascii=False).encode()
        files.write({self._path(task): written}, below=self.out)


def _quoted(task: str) -> str:
    return task.replace("%", "%25").replace("/", "%2F")


def _unquoted(name: str) -> str:
    return name.replace("%2F", "/").replace("%25", "%")


def _is_below(path: str) -> bool:
    """Return whether a path stays in the folder it is relative to, and apart from ours."""
    parts = path.replace("\\", "/").split("/")
    return not os.path.isabs(path) and ".." not in parts and parts[0] != PRIVATE


def _stamp(path: Path) -> list[int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return [found.st_size, found.st_mtime_ns]


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _remove(out: Path, digests: Mapping[str, str]) -> dict[str, bool]:
    """Remove the files that still are as we made them, and folders that this empties."""
    removed = {}
    for path, digest in digests.items():
        if files.leads_out(out, out / path) or not os.path.isfile(out / path):
            continue
        removed[path] = _digest(out / path) == digest
        if removed[path]:
            (out / path).unlink()
            _remove_empty(out, (out / path).parent)
    return removed


def _remove_empty(out: Path, folder: Path) -> None:
    while folder != out and out in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
