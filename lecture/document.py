"""Reads a lecture file, and says all that is wrong with it at once, each with its line."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from regviz.lecture import toml
from regviz.lecture.lines import locate
from regviz.lecture.parts import Lecture
from regviz.lecture.reader import Reader
from regviz.lessons.errors import BadInput

FILE_NAME = "lecture.toml"


def read(
    folder: Path,
    *,
    langs: tuple[str, ...] = (),
    quality: str | None = None,
    allow_outside: bool = False,
) -> Lecture:
    """Read and check the lecture file of a folder.

    Parameters
    ----------
    folder
        Where `lecture.toml` stands.
    langs
        Languages in place of those that the file names.
    quality
        Of every video, in place of those that the file names.
    allow_outside
        Whether data files may stand outside the folder.

    Raises
    ------
    BadInput
        If the file cannot be read, or with all that is wrong in it.
    """
    path = folder / FILE_NAME
    source = _source(path)
    try:
        content = toml.parse(source)
    except ValueError as error:
        raise BadInput(f"{path} cannot be read as TOML: {error}.") from None
    reader = Reader(folder, locate(source), langs, quality, allow_outside)
    lecture = reader.lecture(content)

    def check_data(items: Iterable[int]) -> None:
        for item in items:
            reader.data_checks.get(item, _nothing)()
        if reader.problems:
            raise BadInput(_listed(path, reader.problems))

    if reader.problems:
        # All at once, with what is wrong with data.
        check_data(reader.data_checks)
    return replace(lecture, check_data=check_data)


def _nothing() -> None:
    return


def _source(path: Path) -> str:
    if os.path.exists(path) and not os.path.isfile(path):
        raise BadInput(f"{path} is not a file; give one, or remove it and run `regviz init`.")
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        raise BadInput(f"{path} does not exist; `regviz init DIR` writes one.") from None
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8 text (byte {error.start}).") from None
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from None


def _listed(path: Path, problems: list[tuple[int, str]]) -> str:
    lines = [f"  line {line}: {message}" for line, message in sorted(set(problems))]
    head = "a problem" if len(lines) == 1 else f"{len(lines)} problems"
    return "\n".join([f"{path} has {head}; nothing was made.", *lines])
