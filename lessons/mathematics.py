"""Our small part of TeX, read into a tree that videos and pages each write in their own way."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from regviz.lessons.markup import spelled

#: the signs that a command stands for, by their kind
_COMMANDS = {
    "letter": {
        "alpha": "α",
        "beta": "β",
        "epsilon": "ϵ",
        "eta": "η",
        "gamma": "γ",
        "lambda": "λ",
        "mu": "μ",
        "rho": "ρ",
        "sigma": "σ",
        "theta": "θ",
        "infty": "∞",
    },
    "upright": {
        "Delta": "Δ",
        "dots": "…",
        "star": "⋆",
        "top": "⊤",
        "%": "%",
        "{": "{",
        "}": "}",
    },
    "operator": {
        "leq": "≤",
        "le": "≤",
        "geq": "≥",
        "ge": "≥",
        "neq": "≠",
        "ne": "≠",
        "approx": "≈",
        "propto": "∝",
        "mid": "|",
        "in": "∈",
        "to": "→",
        "gets": "←",
        "leftarrow": "←",
        "times": "×",
        "cdot": "⋅",
        "pm": "±",
        "nabla": "∇",
        "partial": "∂",
        "sum": "∑",
    },
    "function": {"min": "min", "max": "max"},
    "open": {"lvert": "|", "lVert": "‖"},
    "close": {"rvert": "|", "rVert": "‖"},
    "space": {",": "thin", ";": "medium", " ": "word", "quad": "quad"},
}
#: kind and sign of a command that stands for one
SIGNS = {
    name: (kind, sign) for kind, table in _COMMANDS.items() for name, sign in table.items()
}
#: commands whose arguments are mathematics, and how many they take
_ARGUMENTS = {"hat": 1, "bar": 1, "tilde": 1, "mathbf": 1, "sqrt": 1, "frac": 2}
#: commands whose argument is a word
_WORDS = {"text", "mathrm", "operatorname"}
#: keys whose signs TeX sets as others
_SET_AS = {"-": "−", "*": "∗", "'": "′"}
#: one command, number or sign
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|.", re.DOTALL)


class Node(NamedTuple):
    """A piece of mathematics.

    Attributes
    ----------
    kind : str
        Of a sign: `letter` (set italic), `upright`, `number`, `operator`, `function`, `open`
        or `close`. `space`, whose sign names its width. `text`, `mathrm` or `operatorname`,
        whose sign is the word. `hat`, `bar`, `tilde`, `mathbf`, `sqrt` or `frac`, whose parts
        are its arguments. `script`, whose parts are the base, what is below and what is above
        it, either of which may be None. `row`, whose parts stand side by side.
    sign : str
    parts : tuple of Node or None
    """

    kind: str
    sign: str = ""
    parts: tuple[Node | None, ...] = ()


def parse(tex: str) -> Node:
    r"""Read mathematics of our part of TeX: `w_1` is a script with a letter and a number.

    Raises
    ------
    ValueError
        If a command is not in our part of TeX, or braces or bars do not match.
    """
    return _row(_TOKEN.findall(_paired(tex))[::-1], tex, closing=None)


def _paired(tex: str) -> str:
    r"""Name every second `|` and `\|` a closing one, since TeX writes both sides alike."""
    for sign, name in ((r"\|", "Vert"), ("|", "vert")):
        outer, *rest = tex.split(sign)
        if len(rest) % 2:
            raise ValueError(f"{sign} has no partner in {tex!r}")
        sides = itertools.cycle((rf"\l{name} ", rf"\r{name} "))
        tex = outer + "".join(side + part for side, part in zip(sides, rest, strict=False))
    return tex


def _row(tokens: list[str], tex: str, closing: str | None) -> Node:
    """Read up to the closing brace, or to the end; takes tokens off the list's end."""
    parts: list[Node] = []
    while tokens:
        token = tokens.pop()
        if token == closing:
            return Node("row", parts=tuple(parts))
        if token.isspace():
            continue
        if token == "}":
            raise ValueError(f"a closing brace has no partner in {tex!r}")
        if token in "_^":
            base = parts.pop() if parts else Node("row")
            parts.append(_scripted(base, token, _atom(tokens, tex)))
        else:
            tokens.append(token)
            parts.append(_atom(tokens, tex))
    if closing is not None:
        raise ValueError(f"an opening brace has no partner in {tex!r}")
    return Node("row", parts=tuple(parts))


def _scripted(base: Node, side: str, script: Node) -> Node:
    below, above = (script, None) if side == "_" else (None, script)
    if base.kind == "script":
        inner, first, second = base.parts
        return Node("script", parts=(inner, first or below, second or above))
    return Node("script", parts=(base, below, above))


def _atom(tokens: list[str], tex: str) -> Node:
    """Read one sign, group, or command with its arguments."""
    while tokens and tokens[-1].isspace():
        tokens.pop()
    if not tokens:
        raise ValueError(f"an argument is missing in {tex!r}")
    token = tokens.pop()
    if token == "{":
        return _row(tokens, tex, closing="}")
    if token.startswith("\\"):
        return _command(token[1:], tokens, tex)
    if token[0].isdigit():
        return Node("number", token)
    return Node("letter" if token.isalpha() else "operator", _SET_AS.get(token, token))


def _command(name: str, tokens: list[str], tex: str) -> Node:
    if name in SIGNS:
        return Node(*SIGNS[name])
    if name in _ARGUMENTS:
        return Node(name, parts=tuple(_atom(tokens, tex) for _ in range(_ARGUMENTS[name])))
    if name in _WORDS:
        return Node(name, _word(tokens, tex))
    raise ValueError(f"\\{name} in {tex!r} is not in our part of TeX: lessons/mathematics.py")


def _word(tokens: list[str], tex: str) -> str:
    letters: list[str] = []
    if not tokens or tokens.pop() != "{":
        raise ValueError(f"a word in braces is missing in {tex!r}")
    while tokens and tokens[-1] != "}":
        letters.append(tokens.pop())
    if not tokens:
        raise ValueError(f"an opening brace has no partner in {tex!r}")
    tokens.pop()
    return spelled("".join(letters))
