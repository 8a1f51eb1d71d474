"""A lecturer's own recordings: a sound file for each sentence, in one folder."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from regviz.lecture.voice import Lines
from regviz.lessons.errors import BadInput

#: how a recording's name may end
SUFFIXES = ("wav", "mp3", "m4a", "flac", "ogg", "opus")


@dataclass(frozen=True)
class Recordings:
    """The recordings of a lesson in a language.

    Attributes
    ----------
    folder, lesson, lang
        Where they are, and of what.
    held
        File name to content, where they have been taken along; then the folder is not read.
    """

    folder: str
    lesson: str
    lang: str
    held: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, folder: Path, lesson: str, lang: str) -> Recordings:
        """Return those in a folder, which has to be there."""
        if not os.path.isdir(folder):
            raise BadInput(
                f"the voice {str(folder)!r} is no folder; give one with recordings, as "
                f"`regviz script {lesson}` names them, or piper for the engine."
            )
        return cls(str(folder), lesson, lang)

    @property
    def digest(self) -> str:
        """What stands for the content of all that may be spoken."""
        whole = hashlib.sha256()
        for name in self._names():
            whole.update(f"{name} {hashlib.sha256(self._content(name)).hexdigest()}\n".encode())
        return whole.hexdigest()

    @property
    def words(self) -> tuple[str, ...]:
        """What asks for it on a command line."""
        return ("--voice", self.folder)

    def carried(self) -> Recordings:
        """Return the same with its files in hand, for a machine that has no such folder."""
        return replace(self, held={name: self._content(name) for name in self._names()})

    def speak(self, lines: Lines) -> dict[str, bytes]:
        """Return the recording of each sentence."""
        there = self._names()
        found = {
            stem: [name for name in there if os.path.splitext(name)[0] == stem]
            for stem in lines.said
        }
        missing = [stem for stem, names in found.items() if not names]
        if missing:
            raise BadInput(_missing(missing, self.folder))
        for names in found.values():
            if len(names) > 1:
                raise BadInput(
                    f"{self.folder} has {' and '.join(names)} for one sentence; remove one."
                )
        return {names[0]: self._content(names[0]) for names in found.values()}

    def _names(self) -> list[str]:
        if self.held:
            return sorted(self.held)
        of = rf"{re.escape(self.lesson)}(-.+)?-{self.lang}-\d+\.({'|'.join(SUFFIXES)})"
        try:
            names = sorted(os.listdir(self.folder))
        except OSError:
            return []
        return [name for name in names if re.fullmatch(of, name, re.IGNORECASE)]

    def _content(self, name: str) -> bytes:
        if self.held:
            return self.held[name]
        path = os.path.join(self.folder, name)
        try:
            with open(path, "rb") as file:
                return file.read()
        except OSError as error:
            raise BadInput(f"{path} cannot be read: {error.strerror}.") from None


def _missing(stems: Iterable[str], folder: str) -> str:
    names = [*stems]
    what = "recording is" if len(names) == 1 else f"{len(names)} recordings are"
    endings = ", .".join(SUFFIXES)
    return (
        f"{what} missing in {folder}: {', '.join(names)} (each ending in .{endings}); "
        "`regviz script` says what is spoken in each."
    )
