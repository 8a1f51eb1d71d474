"""Mathematics as runs of type, for what has type and no formulas: an SVG, a caption, a tab."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from regviz.lessons.markup import runs
from regviz.lessons.mathematics import Node, parse
from regviz.lessons.places import Places, place_of

#: a stretch of type and how it is set: `i` italic, `_` below the line, `^` above it
TypeRun = tuple[str, str]

#: no factor: it belongs to what stands behind it
_PARTIAL = Node("operator", "∂")
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}
#: what stands below and above the line in plain text
_SCRIPTS = {
    "_": str.maketrans("0123456789+−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
    "^": str.maketrans("0123456789+−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
}


def lettered(sentence: str) -> str:
    r"""Return a sentence in our markup in letters alone.

    >>> lettered(r"Why $w_1^2 \leq t$")
    'Why w₁² ≤ t'
    """
    parts = (to_letters(run.content) if run.is_math else run.content for run in runs(sentence))
    # Mathematics has spaces of its own.
    return re.sub(" +", " ", "".join(parts))


def to_letters(source: str) -> str:
    """Return mathematics in letters, raised and lowered where there are letters for it."""
    return _letters(to_type_runs(parse(source), ()))


def _letters(parts: Iterable[TypeRun]) -> str:
    """Return pieces in letters; a style ends in the outermost script that its piece is in."""
    found = ""
    for side, group in groupby(parts, lambda part: part[1].strip("i")[-1:]):
        within = [(sign, style[:-1]) for sign, style in group]
        signs = _letters(within) if side else "".join(sign for sign, _ in within)
        found += _scripted(signs, side)
    return found


def _scripted(signs: str, side: str) -> str:
    """Return signs raised or lowered, where there are letters for it, else marked as in TeX."""
    if not side:
        return signs
    if all(ord(sign) in _SCRIPTS[side] for sign in signs):
        return signs.translate(_SCRIPTS[side])
    return f"{side}{signs}" if len(signs) == 1 else f"{side}({signs})"


def to_type_runs(node: Node | None, places: Places) -> list[TypeRun]:
    """Write a piece of mathematics; a place in it stays as `{name}`, to be filled."""
    if node is None:
        return []
    match node.kind:
        case "letter":
            return [(node.sign, "i")]
        case "operator":
            if place := place_of(node.sign, places):
                return [(f"{{{place}}}", "")]
            spaced = node.sign in "=≤≥<>≈∝≠→←∈|"
            return [(f" {node.sign} " if spaced else node.sign, "")]
        case "space":
            return [("\u2009", "")]
        case "hat" | "bar" | "tilde":
            (letter, style), *rest = to_type_runs(node.parts[0], places) or [("", "")]
            return [(letter + _ACCENTS[node.kind], style), *rest]
        case "sqrt":
            return [("√(", ""), *to_type_runs(node.parts[0], places), (")", "")]
        case "frac":
            top, bottom = node.parts
            return [
                *_in_brackets(top, places, _is_sum(top)),
                ("/", ""),
                *_in_brackets(bottom, places, _is_product(bottom)),
            ]
        case "script":
            base, below, above = node.parts
            lowered = [(run, style + "_") for run, style in to_type_runs(below, places)]
            raised = [(run, style + "^") for run, style in to_type_runs(above, places)]
            return [*to_type_runs(base, places), *lowered, *raised]
        case "row" | "mathbf":
            return [run for part in node.parts for run in to_type_runs(part, places)]
        case _:
            return [(node.sign, "")]


def _in_brackets(node: Node | None, places: Places, needed: bool) -> list[TypeRun]:
    runs = to_type_runs(node, places)
    return [("(", ""), *runs, (")", "")] if needed else runs


def _is_sum(node: Node | None) -> bool:
    """Return whether a bar over or under it says what a slanted stroke would not."""
    if node is None:
        return False
    if node.kind == "row":
        return any(map(_is_sum, node.parts))
    return node.kind == "frac" or (node.kind == "operator" and node.sign in "+−±")


def _is_product(node: Node | None) -> bool:
    """Return whether several things stand below the stroke, which might end at the first."""
    if node is None or node.kind != "row":
        return _is_sum(node)
    parts = [part for part in node.parts if part != _PARTIAL]
    return len(parts) > 1 or any(map(_is_product, parts))
