"""What Typst sets as outlines: compiled in memory, and read from its SVG.

manim's own Typst objects look for the system's fonts at every sentence, and make an object of
every glyph, which takes a hundred times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

import numpy as np
import typst

from regviz.lessons.fonts import with_others

if TYPE_CHECKING:
    from regviz.lessons.base import Array

#: size that Typst compiles at, in its points: such an em is 1 high here
COMPILED_AT = 10.0
_PAGE = (
    "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
    f"#set text(size: {COMPILED_AT}pt)\n"
)
_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
#: a command of a path and its numbers, and how many of them each use of it takes
_COMMAND = re.compile(r"([MLHVQCZ])([^MLHVQCZ]*)", re.IGNORECASE)
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6}
#: ends that are this near to where a path began are closed without a line
_CLOSED = 1e-4


class Outline(NamedTuple):
    """One glyph as manim's points, or one bar of a fraction or root; an em is 1 high."""

    points: Array
    is_line: bool


def outlined(body: str, preamble: str, lang: str) -> tuple[Outline, ...]:
    """Return the glyphs of Typst markup in reading order, centred together."""
    source = f"{_PAGE}{preamble}\n{body}"
    page = _compiler(lang).compile(source.encode(), format="svg")
    assert isinstance(page, bytes)
    root = ElementTree.fromstring(page)
    symbols = {symbol.get("id"): symbol[0].attrib["d"] for symbol in root.iter(f"{_SVG}symbol")}
    drawn = [part for part in _drawn(root, np.eye(3), symbols) if len(part.points)]
    anchors = np.concatenate([part.points[i::4] for part in drawn for i in (0, 3)])
    middle = (anchors.min(axis=0) + anchors.max(axis=0)) / 2
    # SVG counts downwards.
    upright = np.array([1.0, -1.0]) / COMPILED_AT
    return tuple(
        Outline(np.pad((points - middle) * upright, ((0, 0), (0, 1))), is_line)
        for points, is_line in drawn
    )


@cache
def _compiler(lang: str) -> typst.Compiler:
    folders = [str(each.regular.parent) for each in with_others(lang)]
    return typst.Compiler(font_paths=folders, ignore_system_fonts=True)


def _drawn(
    element: ElementTree.Element, outer: Array, symbols: Mapping[str | None, str]
) -> Iterator[Outline]:
    """Yield what an element draws, in the page's coordinates."""
    for child in element:
        matrix = outer @ _matrix(child.get("transform", ""))
        if child.tag == f"{_SVG}g":
            yield from _drawn(child, matrix, symbols)
        elif child.tag == f"{_SVG}use":
            at = [float(child.get(name, "0")) for name in ("x", "y")]
            points = _curves(symbols[child.attrib[_HREF][1:]]) + at
            yield Outline(_moved(points, matrix), False)
        elif child.tag == f"{_SVG}path":
            points = _moved(_curves(child.attrib["d"]), matrix)
            yield Outline(points, child.get("fill") == "none")


def _matrix(transform: str) -> Array:
    matrix, numbers = np.eye(3), list(map(float, re.findall(r"-?[\d.]+", transform)))
    if transform.startswith("translate"):
        matrix[:2, 2] = numbers if len(numbers) == 2 else (*numbers, 0.0)
    elif transform.startswith("scale"):
        matrix[[0, 1], [0, 1]] = numbers
    elif transform:
        matrix[:2] = np.reshape(numbers, (3, 2)).T
    return matrix


def _moved(points: Array, matrix: Array) -> Array:
    found: Array = points @ matrix[:2, :2].T + matrix[:2, 2]
    return found


@cache
def _curves(path: str) -> Array:
    """Return a path's cubic curves, four points each, shape `(4 n, 2)`."""
    curves: list[Array] = []
    pen = start = np.zeros(2)
    for letter, written in _COMMAND.findall(path):
        kind = letter.upper()
        if kind == "Z":
            if np.hypot(*(start - pen)) > _CLOSED:
                curves.append(_cubic(np.array([pen, start])))
            pen = start
            continue
        numbers = np.array(written.replace(",", " ").split(), dtype=float)
        for some in numbers.reshape(-1, _TAKES[kind]):
            base = pen if letter.islower() else np.zeros(2)
            if kind in "HV":
                axis = "HV".index(kind)
                corners = pen[None].copy()
                corners[0, axis] = base[axis] + some[0]
            else:
                corners = base + some.reshape(-1, 2)
            if kind == "M":
                start = corners[0]
            else:
                curves.append(_cubic(np.vstack([pen, corners])))
            pen = corners[-1]
    return np.concatenate(curves) if curves else np.zeros((0, 2))


def _cubic(corners: Array) -> Array:
    """Return a line, a quadratic or a cubic curve as a cubic one."""
    if len(corners) == 4:
        return corners
    first, *middle, last = corners
    # The control of a line lies anywhere on it; in its middle, the curve goes evenly.
    control = middle[0] if middle else (first + last) / 2
    return np.array([first, (first + 2 * control) / 3, (2 * control + last) / 3, last])
