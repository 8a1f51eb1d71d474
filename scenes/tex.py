"""Our small part of TeX, rewritten for Typst; pure text, no manim."""

from __future__ import annotations

from regviz.lessons.mathematics import Node, parse

#: Typst's names for what it has a function for
_FUNCTIONS = {
    "frac": "frac",
    "hat": "hat",
    "bar": "macron",
    "tilde": "tilde",
    "sqrt": "sqrt",
    "mathbf": "heavy",
}
_SIDES = {"open": "opening", "close": "closing"}
#: what a sign is to its neighbours, which decides the spaces around it
_CLASSES = {
    **dict.fromkeys("=≤≥<>≈≠→←:|", "relation"),
    # between two, or before one: `-1`
    **dict.fromkeys("+−±", "vary"),
    **dict.fromkeys("×⋅", "binary"),
    **dict.fromkeys("([", "opening"),
    **dict.fromkeys(")]", "closing"),
    ",": "punctuation",
    ";": "punctuation",
}
_SPACES = {"thin": 0.17, "medium": 0.22, "word": 0.28, "quad": 1.0}
#: signs that the type of the words does not have, or that grow: those of Typst's mathematics
_OF_MATHEMATICS = set("∝∇⋆∈∗′∑⊤")


def to_typst(tex: str) -> str:
    r"""Rewrite mathematics from our part of TeX for Typst: `\frac{a}{b}` is `frac(a, b)`.

    Raises
    ------
    ValueError
        If a command is not in our part of TeX, or braces do not match.
    """
    return _typst(parse(tex))


def _typst(node: Node) -> str:
    # Without spaces between: Typst sets them beside what is text to it.
    parts = [_typst(part) for part in node.parts if part]
    match node.kind:
        case "row":
            return "".join(parts)
        case "script":
            return _scripted(node)
        case "space":
            return f"#h({_SPACES[node.sign]}em)"
        case "letter":
            return f'it("{node.sign}")'
        case "open" | "close":
            return f'class("{_SIDES[node.kind]}", up("{node.sign}"))'
        case "function" | "operatorname":
            return f'op(up("{node.sign}"))'
        case kind if kind in _FUNCTIONS:
            return f"{_FUNCTIONS[kind]}({', '.join(parts)})"
        case _ if node.sign in _OF_MATHEMATICS:
            return node.sign
        case _ if node.sign in _CLASSES:
            return f'class("{_CLASSES[node.sign]}", up("{node.sign}"))'
        case _:
            return f'up("{node.sign}")'


def _scripted(node: Node) -> str:
    """Bind the scripts, without a space, to what stands before them."""
    base, below, above = node.parts
    scripts = [f"{side}({_typst(part)})" for side, part in (("_", below), ("^", above)) if part]
    return "".join(((_typst(base) if base else "") or " zws", *scripts))
