"""A lecturer's few lines of Markdown, as a small tree that every target writes in its own way.

What is read is CommonMark without raw HTML, pictures, quotations and rules, and with
mathematics between dollar signs in our part of TeX. A tree holds plain text only: whoever
writes it escapes it. Links lead to `http`, `https` and `mailto`, and nowhere else.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from regviz.lessons.errors import BadInput
from regviz.lessons.mathematics import parse

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.tree import SyntaxTreeNode


@dataclass(frozen=True)
class Run:
    """A stretch of a paragraph that is set alike; `kind` is `text`, `math` or `code`."""

    content: str
    kind: str = "text"
    strong: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or with `is_heading` the heading of what follows."""

    runs: tuple[Run, ...]
    is_heading: bool = False


@dataclass(frozen=True)
class Code:
    """Lines to be shown letter by letter."""

    content: str


@dataclass(frozen=True)
class Listing:
    """A list; `start` is the first number, or None where there are bullets."""

    start: int | None
    items: tuple[tuple[Block, ...], ...]


Block = Paragraph | Code | Listing
#: what is below a slide's title
Blocks = tuple[Block, ...]

_LINK = re.compile(r"(https?|mailto):", re.IGNORECASE)
_LEFT_OUT = ["blockquote", "hr", "html_block", "html_inline", "image", "lheading", "reference"]
_MOST_NESTED = 24
#: how much of a slide there is for words below a title, and below a lesson's or a section's;
#: its height, in parts of the slide's width
TEXT_ROOM, INTRO_ROOM = 0.4, 0.28
#: sizes of type, in parts of the largest, that a text on a slide may have
SCALES = (1.0, 0.84, 0.68)
#: the largest size, a line's height and a line's length, in parts of a slide's width
_SIZE, _LINE, _LENGTH = 38 / 1280, 1.4, 1000 / 1280


def blocks(source: str, name: str = "text") -> Blocks:
    """Read Markdown.

    Parameters
    ----------
    source
        What the lecturer wrote.
    name
        What to call it in a complaint.

    Raises
    ------
    BadInput
        If its mathematics is not in our part of TeX, or it is nested without end.
    """
    from markdown_it.tree import SyntaxTreeNode

    try:
        root = SyntaxTreeNode(_reader().parse(source))
        read = tuple(_block(node) for node in root.children)
        for run in _runs_of(read):
            if run.kind == "math":
                parse(run.content)
    except ValueError as error:
        raise BadInput(f"{name}: {error}.") from None
    except RecursionError:
        read = ()
    if source.strip() and not read:
        raise BadInput(f"{name} is nested too deep; make it plainer.")
    return read


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": _MOST_NESTED})
    reader.disable(_LEFT_OUT)
    reader.inline.ruler.before("escape", "math", _math)
    reader.validateLink = lambda url: _LINK.match(url) is not None  # type: ignore[method-assign]
    return reader


def _math(state: StateInline, silent: bool) -> bool:
    """Take what is between dollar signs, single or double, for mathematics before all else."""
    if state.src[state.pos] != "$":
        return False
    sign = "$$" if state.src.startswith("$$", state.pos) else "$"
    start = state.pos + len(sign)
    end = state.src.find(sign, start)
    if end == -1:
        raise ValueError(f"a dollar sign has no partner in {state.src!r}; for itself write \\$")
    if not silent:
        state.push("math", "", 0).content = state.src[start:end]
    state.pos = end + len(sign)
    return True


def _block(node: SyntaxTreeNode) -> Block:
    if node.type in ("bullet_list", "ordered_list"):
        start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        return Listing(
            start, tuple(tuple(map(_block, item.children)) for item in node.children)
        )
    if node.type in ("fence", "code_block"):
        return Code(node.content.rstrip("\n"))
    runs = tuple(run for part in node.children for run in _runs(part, Run("")))
    return Paragraph(runs, is_heading=node.type == "heading")


def _runs(node: SyntaxTreeNode, around: Run) -> Iterator[Run]:
    inside: dict[str, Any] = {
        "strong": {"strong": True},
        "em": {"emphasis": True},
        "link": {"link": str(node.attrs.get("href", "")) if node.type == "link" else ""},
    }
    if node.type in ("softbreak", "hardbreak"):
        yield replace(around, content=" ")
    elif node.type in ("math", "code_inline"):
        yield replace(around, content=node.content, kind=node.type.removesuffix("_inline"))
    elif node.children:
        for part in node.children:
            yield from _runs(part, replace(around, **inside.get(node.type, {})))
    elif node.content:
        yield replace(around, content=node.content)


def _runs_of(read: Blocks) -> Iterator[Run]:
    for block in read:
        if isinstance(block, Paragraph):
            yield from block.runs
        elif isinstance(block, Listing):
            for item in block.items:
                yield from _runs_of(item)


def intro(given: str, summary: str) -> Blocks:
    """Return what stands below a lesson's title: what the lecturer wrote, or its summary."""
    return blocks(given, "intro") if given else (Paragraph((Run(summary),)),)


def plain(read: Blocks) -> str:
    """Return a text's words in one line."""
    return " ".join("".join(map(_seen, _runs_of((block,)))) for block in read)


def _seen(run: Run) -> str:
    """Return the signs that a reader sees."""
    if run.kind != "math":
        return run.content
    from regviz.lessons.type_runs import to_letters

    return to_letters(run.content)


# -- how much of a slide it takes -----------------------------------------------------------


def scale(read: Blocks, room: float) -> float | None:
    """Return the largest of :data:`SCALES` at which a text fits; None if it never does.

    Parameters
    ----------
    read
        The text.
    room
        Height that there is for it, in parts of the slide's width.
    """
    for part in SCALES:
        if rows(read, part) * _LINE * _SIZE * part <= room:
            return part
    return None


def rows(read: Blocks, scale: float) -> float:
    """Return about how many rows a text takes on a slide, at one of :data:`SCALES`."""
    return rows_in(read, _LENGTH / (_SIZE * scale))


def rows_in(read: Blocks, length: float) -> float:
    """Return about how many rows a text takes, in lines of that many ems."""
    taken = 0.0
    for block in read:
        if isinstance(block, Listing):
            taken += sum(rows_in(item, length - 1.6) for item in block.items)
        elif isinstance(block, Code):
            taken += 0.9 * (block.content.count("\n") + 1) + 0.5
        else:
            ems = sum(map(_ems, "".join(map(_seen, block.runs))))
            taken += max(1, math.ceil(ems / length)) + 0.35
    return taken


def _ems(sign: str) -> float:
    return 1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.52
