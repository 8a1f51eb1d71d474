"""Mathematics as runs of type, for labels in an SVG, which holds no MathML."""

from __future__ import annotations

from regviz.lessons.mathematics import Node
from regviz.pages.places import Places, place_of

#: a stretch of type and how it is set: `i` italic, `_` below the line, `^` above it
TypeRun = tuple[str, str]

_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}


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
            spaced = node.sign in "=≤≥<>≈≠→←∈"
            return [(f" {node.sign} " if spaced else node.sign, "")]
        case "space":
            return [("\u2009", "")]
        case "hat" | "bar" | "tilde":
            (letter, style), *rest = to_type_runs(node.parts[0], places) or [("", "")]
            return [(letter + _ACCENTS[node.kind], style), *rest]
        case "sqrt":
            return [("√(", ""), *to_type_runs(node.parts[0], places), (")", "")]
        case "frac":
            top, bottom = (to_type_runs(part, places) for part in node.parts)
            return [*top, ("/", ""), *bottom]
        case "script":
            base, below, above = node.parts
            lowered = [(run, style + "_") for run, style in to_type_runs(below, places)]
            raised = [(run, style + "^") for run, style in to_type_runs(above, places)]
            return [*to_type_runs(base, places), *lowered, *raised]
        case "row" | "mathbf":
            return [run for part in node.parts for run in to_type_runs(part, places)]
        case _:
            return [(node.sign, "")]
