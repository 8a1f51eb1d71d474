"""Where a video's voice comes from: recordings, a program of the user's, or the engine.

Each is frozen, so that it can travel with its job, and its `digest` stands for all that it adds
to what is said; it goes into a task's key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from regviz.lessons.errors import BadInput

#: what asks for the engine, in place of a folder with recordings
ENGINE = "piper"


@dataclass(frozen=True)
class Lines:
    """What is to be spoken: sentences by the names of their recordings, in order."""

    lang: str
    said: Mapping[str, str]


class Voice(Protocol):
    """Speaks sentences."""

    @property
    def digest(self) -> str:
        """What stands for all that the sound depends on, besides the sentences."""

    @property
    def words(self) -> tuple[str, ...]:
        """What asks for it on a command line."""

    def speak(self, lines: Lines) -> dict[str, bytes]:
        """Return a sound file for each name.

        Raises
        ------
        BadInput
            If one cannot be had.
        """


def chosen(
    voice: str | None, command: str | None, lesson: str, lang: str, base: Path = Path()
) -> Voice | None:
    """Return the voice that is asked for, or None for a silent video.

    Parameters
    ----------
    voice
        The engine's name or a folder.
    command
        A program's command line, with the places `{text}` and `{out}`.
    lesson, lang
        What is to be spoken.
    base
        Where a folder is sought from.

    Raises
    ------
    BadInput
        If both are asked for, or what is asked for is not there.
    """
    if voice is not None and command is not None:
        raise BadInput("--voice and --voice-command are both given; leave out one of them.")
    if command is not None:
        from regviz.lecture.speech_command import Command

        return Command(command)
    if voice is None:
        return None
    if voice == ENGINE:
        from regviz.lecture.piper import Piper

        return Piper.for_language(lang)
    from regviz.lecture.recordings import Recordings

    return Recordings.of(base / voice, lesson, lang)
