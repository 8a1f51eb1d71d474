"""Any speech program: it is given a sentence and a file to write."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from regviz.lecture import kept_speech
from regviz.lecture.scratch import scratch
from regviz.lecture.voice import Lines
from regviz.lessons.errors import BadInput
from regviz.lessons.printable import brief

#: how long a program may take for a sentence, in seconds
_PATIENCE = 120
_PLACE = re.compile(r"\{(text|out|lang)\}")


@dataclass(frozen=True)
class Command:
    """A command line with the places `{text}`, `{out}` and, if wanted, `{lang}`.

    It is split into words first and filled in afterwards, and no shell sees it: whatever stands
    in a sentence, it is one word.
    """

    line: str

    def __post_init__(self) -> None:
        missing = [place for place in ("{text}", "{out}") if place not in self.line]
        if missing:
            raise BadInput(
                f"--voice-command {self.line!r} has no {' and no '.join(missing)}; give a "
                "program's command line such as 'espeak-ng -w {out} {text}'."
            )
        self._words()

    def _words(self) -> list[str]:
        try:
            return shlex.split(self.line)
        except ValueError as error:
            raise BadInput(
                f"--voice-command {self.line!r} cannot be read ({error}); close its quotes."
            ) from None

    @property
    def digest(self) -> str:
        """What stands for the line, the program and the files that it names."""
        whole = hashlib.sha256(self.line.encode())
        for word in self._words():
            path = shutil.which(word) or word
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    whole.update(hashlib.file_digest(file, "sha256").digest())
        return whole.hexdigest()

    @property
    def words(self) -> tuple[str, ...]:
        """What asks for it on a command line."""
        return ("--voice-command", self.line)

    def speak(self, lines: Lines) -> dict[str, bytes]:
        """Return what the program makes of each sentence; what it made before is kept."""
        maker = f"{self.digest} {lines.lang}"
        return kept_speech.spoken(lines.said, maker, lambda said: self._made(said, lines.lang))

    def _made(self, said: dict[str, str], lang: str) -> dict[str, bytes]:
        with scratch() as folder:
            return {
                name: self._run(name, text, lang, folder / f"{name}.wav")
                for name, text in said.items()
            }

    def _run(self, name: str, text: str, lang: str, out: Path) -> bytes:
        places = {"text": text, "out": str(out), "lang": lang}
        words = [_PLACE.sub(lambda place: places[place[1]], word) for word in self._words()]
        complaints = out.with_suffix(".txt")
        with complaints.open("wb") as stderr:
            code = run(words, stderr, _PATIENCE, f"for {name}")
        said = complaints.read_text(encoding="utf-8", errors="replace").strip()
        if code:
            why = f": {brief(said.splitlines()[-1])}" if said else ""
            raise BadInput(
                f"the speech program {words[0]} failed for {name} (exit code {code}){why}"
            )
        try:
            content = out.read_bytes()
        except OSError:
            content = b""
        if not content:
            raise BadInput(
                f"the speech program {words[0]} wrote no sound to {{out}} for {name}."
            )
        return content


def run(words: list[str], stderr: IO[bytes], patience: float, what: str) -> int:
    """Run a program in a session of its own, and return its exit code.

    Raises
    ------
    BadInput
        If it cannot be run, or takes too long; then it is ended with all that it started.
    """
    begun = _begun(words, stderr)
    if isinstance(begun, str):
        raise BadInput(f"the speech program {words[0]} cannot be run: {begun}.")
    process = begun
    try:
        return int(process.wait(patience))
    except subprocess.TimeoutExpired:
        raise BadInput(
            f"the speech program {words[0]} took more than {patience:.0f} s {what}."
        ) from None
    finally:
        if process.poll() is None:
            _end(process)


def _begun(words: list[str], stderr: IO[bytes]) -> subprocess.Popen[bytes] | str:
    """Return the running program, or why it does not run."""
    try:
        return subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        return str(getattr(error, "strerror", None) or error)


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
