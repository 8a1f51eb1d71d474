"""What there is after a build: what others made is removed, and a gallery put together."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from regviz.lecture import document
from regviz.lecture.records import Record
from regviz.lecture.sayings import say
from regviz.lecture.state import Order, State
from regviz.lecture.unfinished import mark

#: the record of what is put together from all tasks; no task has this name
_ASSEMBLED = ".assembled"


def others(state: State) -> list[str]:
    """Return the recorded tasks that the lecture does not have any more."""
    planned = {task.name for task in state.planned} | {_ASSEMBLED}
    return [name for name in state.records.names() if name not in planned]


def remove_others(state: State) -> list[str]:
    """Remove what those tasks made, and return its paths."""
    found = others(state)
    if not found:
        return []
    records = (state.records.load(task.name) for task in state.planned)
    owned = {path for record in records if record for path in record.digests}
    removed = []
    for name in found:
        for path, gone in state.records.forget(name, owned):
            if gone:
                removed.append(path)
            else:
                say(f"{path} is kept: it is no longer as it was made here.")
    return removed


def put_together(state: State, order: Order) -> bool:
    """Write the manifest and the gallery, unless they are as they would be."""
    parts = _assembly_parts(state, order)
    record = state.records.load(_ASSEMBLED)
    if record and record.parts == parts and state.records.is_whole(_ASSEMBLED, record):
        return False
    from regviz.lecture.assembly import assemble

    contents = assemble(
        state.lecture,
        state.planned,
        _made(state),
        state.failures,
        order.out,
        notes=order.notes,
    )
    paths = {path: path for path in contents}
    whole = Record(parts=parts, files=paths, digests={}, facts={}, about={})
    mark(order.out).touch()
    state.records.keep(_ASSEMBLED, whole, contents)
    return True


def _made(state: State) -> dict[str, Record]:
    """Return the records of the tasks whose files are fresh."""
    found = {}
    for task in state.planned:
        if task.name not in state.changed and task.name not in state.failures:
            record = state.records.load(task.name)
            assert record is not None
            found[task.name] = record
    return found


def _assembly_parts(state: State, order: Order) -> dict[str, str]:
    made = {
        task.name: "" if task.name in state.changed else state.parts[task.name]
        for task in state.planned
    }
    sources = sorted(Path(__file__).parent.rglob("*.*"))
    code = hashlib.sha256()
    for path in (*sources, *_text_files()):
        if path.suffix != ".pyc":
            code.update(path.read_bytes())
    return {
        "lecture": _digest((order.folder / document.FILE_NAME).read_bytes()),
        "langs": " ".join(order.langs),
        "notes": str(order.notes),
        "made": _digest(repr(sorted(made.items())).encode()),
        "failures": _digest(repr(sorted(state.failures.items())).encode()),
        "code": code.hexdigest(),
        "folder": os.path.relpath(order.out, order.folder),
    }


def _text_files() -> list[Path]:
    return sorted((Path(__file__).parents[1] / "lessons" / "text").glob("*.toml"))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
