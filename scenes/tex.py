"""Our small part of TeX, rewritten for Typst; pure text, no manim."""

from __future__ import annotations

from regviz.lessons.mathematics import Node, parse

#: Typst's names for what it has a function for; `class` gives a bar its side
_FUNCTIONS = {
    "frac": "frac",
    "hat": "hat",
    "bar": "macron",
    "tilde": "tilde",
    "sqrt": "sqrt",
    "mathbf": "bold",
}
_WORDS = {"text": "upright", "mathrm": "upright", "operatorname": "op"}
_SIDES = {"open": "opening", "close": "closing"}
_SPACES = {"thin": "thin", "medium": "med", "word": "space", "quad": "quad"}
#: signs that Typst would read as syntax
_SYNTAX = set('#$"@/&~`;,{}')


def to_typst(tex: str) -> str:
    r"""Rewrite mathematics from our part of TeX for Typst: `\frac{a}{b}` is `frac(a, b)`.

    Raises
    ------
    ValueError
        If a command is not in our part of TeX, or braces do not match.
    """
    return _typst(parse(tex))


def _typst(node: Node) -> str:
    parts = [_typst(part) for part in node.parts if part]
    match node.kind:
        case "row":
            return " ".join(parts)
        case "script":
            return _scripted(node)
        case "space":
            return _SPACES[node.sign]
        case "open" | "close":
            return f'class("{_SIDES[node.kind]}", {node.sign})'
        case kind if kind in _FUNCTIONS:
            return f"{_FUNCTIONS[kind]}({', '.join(parts)})"
        case kind if kind in _WORDS:
            return f'{_WORDS[kind]}("{node.sign}")'
        case _:
            return f"\\{node.sign}" if node.sign in _SYNTAX else node.sign


def _scripted(node: Node) -> str:
    """Bind the scripts, without a space, to what stands before them."""
    base, below, above = node.parts
    scripts = [f"{side}({_typst(part)})" for side, part in (("_", below), ("^", above)) if part]
    return "".join(((_typst(base) if base else "") or "zws", *scripts))
