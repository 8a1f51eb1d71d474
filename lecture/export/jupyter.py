"""A notebook with its outputs in it: what `figure`, `video` and `page` show, shown already.

The outputs are those that its cells give, made from the files that were built, so that the
notebook can be read at once, by people without regviz too, and no kernel is needed to write it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from regviz.lecture import titles
from regviz.lecture.export import markup
from regviz.lecture.export.mark_down import escaped, inline, to_markdown
from regviz.lecture.export.slides import (
    Clip,
    Deck,
    Explorer,
    Opening,
    Part,
    Picture,
    Slide,
    Title,
    Words,
)
from regviz.lecture.manifest import Entry
from regviz.lecture.shown import Shown

_CALLS = {"figure": "figure", "scene": "video", "page": "page"}
#: all that tools ask for; what else a kernel says of itself would differ between machines
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}


def contents(deck: Deck, path: Path, *, notes: bool = False) -> dict[Path, bytes]:
    """Return the notebook's one file; `notes` shows what the speaker noted, too.

    Raises
    ------
    BadInput
        If a file is missing.
    """
    cells: list[dict[str, Any]] = []
    for slide in deck.slides:
        cells += _cells(slide, deck, sum(cell["cell_type"] == "code" for cell in cells))
        if notes and isinstance(slide, Words) and slide.notes:
            cells.append(_said("\n\n".join(f"> {escaped(note)}" for note in slide.notes)))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number:03}"
    notebook = {
        "cells": cells,
        "metadata": _METADATA,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    written = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    return {path: f"{written}\n".encode()}


def _cells(slide: Slide, deck: Deck, n_run: int) -> list[dict[str, Any]]:
    if isinstance(slide, Title):
        author = f"\n\n{escaped(slide.author)}" if slide.author else ""
        heading = f"# {inline(slide.title)}{author}"
        return [_said(heading), _run("import regviz", 1, [])]
    if isinstance(slide, Words):
        return [_said(_headed(slide))]
    if isinstance(slide, Clip) and slide.place > 1:
        return []  # the whole video stands where its first section is
    if isinstance(slide, Picture | Clip | Explorer):
        shown = _shown(slide, deck)._repr_mimebundle_()
        output = {
            "data": shown,
            "execution_count": n_run + 1,
            "metadata": {},
            "output_type": "execute_result",
        }
        return [_run(_call(slide.entry), n_run + 1, [output])]
    raise TypeError(f"no cell is made of a {type(slide).__name__}")


def _said(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _run(source: str, count: int, outputs: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": {},
        "outputs": outputs,
        "source": source,
    }


def _headed(slide: Words) -> str:
    level = "#" if isinstance(slide, Part) else "##"
    number = f"{slide.number}. " if isinstance(slide, Opening) else ""
    heading = [f"{level} {number}{inline(slide.title)}"] if slide.title.runs else []
    return "\n\n".join([*heading, to_markdown(slide.text)]).strip()


def _call(entry: Entry) -> str:
    """Return the cell that shows an entry."""
    words = [repr(entry.lesson)]
    words += [f"{name}={_literal(value)}" for name, value in entry.given.items()]
    words += [f"lang={entry.lang!r}"] if entry.lang != "en" else []
    words += [f"theme={entry.theme!r}"] if entry.theme not in ("light", "auto") else []
    return f"regviz.{_CALLS[entry.medium]}({', '.join(words)})"


def _literal(value: object) -> str:
    return repr(tuple(value)) if isinstance(value, list) else repr(value)


def _shown(slide: Picture | Clip | Explorer, deck: Deck) -> Shown:
    entry = slide.entry
    if entry.medium == "scene" and "mp4" not in entry.files:
        markup.first_file(entry, "mp4")
    kinds = {"figure": ("svg", "png"), "scene": ("mp4", "vtt", "poster.png"), "page": ("html",)}
    kept = [kind for kind in kinds[entry.medium] if kind in entry.files]
    return Shown(
        medium=entry.medium,
        lang=entry.lang,
        files={kind: _content(entry.files[kind], deck) for kind in kept},
        picture=_behind(slide, deck),
        about={"title": titles.plain(entry.title), "alt": entry.alt},
        facts={},
    )


def _content(path: str, deck: Deck) -> bytes:
    is_text = path.endswith((".html", ".svg", ".vtt"))
    return deck.read_text(path).encode() if is_text else deck.read(path)


def _behind(slide: Picture | Clip | Explorer, deck: Deck) -> bytes:
    """Return the still picture behind a page; others bring their own."""
    if not isinstance(slide, Explorer) or slide.behind is None:
        return b""
    _, path = markup.first_file(slide.behind, "png")
    return deck.read(path)
