"""Builds again whenever what a lecture is made of was saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from regviz.lecture import toml
from regviz.lecture.document import FILE_NAME
from regviz.lecture.voice import ENGINE
from regviz.lessons.errors import BadInput

_LOOK_SECONDS = 0.5
#: a file that has rested so long is not being written any more
_REST_SECONDS = 0.2

#: file to size and time of its last change; None where there is none
Stamps = dict[Path, tuple[int, int] | None]


def watch(
    folder: Path, build: Callable[[], int], sleep: Callable[[float], None] = time.sleep
) -> int:
    """Build now and after every save, until Ctrl-C; return the exit code.

    A lecture that will not do is said so, and the next save is waited for.

    Parameters
    ----------
    folder
        Where the lecture is.
    build
        Builds it, and returns an exit code.
    sleep
        Waits for some seconds.
    """
    try:
        while True:
            before = stamps(folder)
            if _build(build) == 130:
                return 130
            click.echo(
                f"regviz: waiting for {FILE_NAME}, data or recordings to be saved; "
                "Ctrl-C ends.",
                err=True,
            )
            while stamps(folder) == before:
                sleep(_LOOK_SECONDS)
            _rest(folder, sleep)
    except KeyboardInterrupt:
        click.echo("", err=True)
        return 0


def _build(build: Callable[[], int]) -> int:
    try:
        return build()
    except BadInput as refusal:
        click.echo(f"regviz: {refusal}", err=True)
        return 2


def _rest(folder: Path, sleep: Callable[[float], None]) -> None:
    """Wait until a save is done: editors write a file in pieces, or take it away first."""
    while True:
        before = stamps(folder)
        sleep(_REST_SECONDS)
        if stamps(folder) == before and before[folder / FILE_NAME] is not None:
            return


def stamps(folder: Path) -> Stamps:
    """Return the state of the lecture file, and of data and recordings that it names."""
    return {path: _stamp(path) for path in (folder / FILE_NAME, *_named(folder))}


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns


def _named(folder: Path) -> Iterator[Path]:
    """Yield what a lecture file names, whether or not it is all right as a whole."""
    try:
        content = toml.parse((folder / FILE_NAME).read_text("utf-8-sig"))
    except (OSError, ValueError):
        return
    items = content.get("item")
    for table in map(_table, [content, *(items if isinstance(items, list) else [])]):
        settings = table if table is content else _table(table.get("parameters"))
        if isinstance(name := settings.get("data"), str):
            yield folder / name
        if isinstance(voice := table.get("voice"), str) and voice != ENGINE:
            yield from _files(folder / voice)


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (OSError, ValueError):
        return []


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}
