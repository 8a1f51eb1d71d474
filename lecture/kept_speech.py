"""Speech that was made once, kept sentence by sentence in the user's cache."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from regviz.lecture import cache, files
from regviz.lessons.errors import BadInput

#: the share of the whole cache that speech may take
_SHARE = 0.25


def spoken(
    said: Mapping[str, str],
    maker: str,
    make: Callable[[dict[str, str]], dict[str, bytes]],
) -> dict[str, bytes]:
    """Return a sound for each sentence, made only where none is kept.

    Parameters
    ----------
    said
        Sentences by name.
    maker
        What stands for who speaks: the engine, its voice and their versions, or a program.
    make
        Returns the sounds of some of the sentences, by the same names.
    """
    folder = _folder()
    paths = {name: folder / f"{_key(text, maker)}.wav" for name, text in said.items()}
    found = {name: content for name, path in paths.items() if (content := _read(path))}
    missing = {name: text for name, text in said.items() if name not in found}
    if missing:
        made = make(missing)
        # A cache that cannot be written is done without.
        with suppress(OSError, BadInput):
            files.write({paths[name]: content for name, content in made.items()})
            _make_room(folder)
        found |= made
    return {name: found[name] for name in said}


def _folder() -> Path:
    try:
        return cache.folder() / "speech"
    except RuntimeError:  # this user has no home folder
        return Path(os.devnull)


def _key(text: str, maker: str) -> str:
    return hashlib.sha256(f"{maker}\n{text}".encode()).hexdigest()


def _read(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        os.utime(path)
    except OSError:
        return b""
    return content


def _make_room(folder: Path) -> None:
    """Remove what was used longest ago, until the rest is within the limit."""
    room = cache.limit() * 10**6 * _SHARE
    kept = [(path.stat().st_mtime, path.stat().st_size, path) for path in folder.glob("*.wav")]
    for _, size, path in sorted(kept, reverse=True):
        room -= size
        if room < 0:
            path.unlink(missing_ok=True)
