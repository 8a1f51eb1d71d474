"""Our small part of TeX, rewritten for Typst; pure text, no manim."""

from __future__ import annotations

import itertools

from lessons.markup import TOKEN, take_word

#: commands that take no argument
_SYMBOLS = {
    "alpha": "alpha",
    "beta": "beta",
    "epsilon": "epsilon.alt",
    "eta": "eta",
    "lambda": "lambda",
    "mu": "mu",
    "rho": "rho",
    "sigma": "sigma",
    "theta": "theta",
    "Delta": "Delta",
    "nabla": "nabla",
    "partial": "partial",
    "infty": "infinity",
    "leq": "<=",
    "le": "<=",
    "geq": ">=",
    "ge": ">=",
    "neq": "!=",
    "ne": "!=",
    "approx": "approx",
    "in": "in",
    "to": "->",
    "leftarrow": "<-",
    "times": "times",
    "cdot": "dot.op",
    "pm": "plus.minus",
    "star": "star.op",
    "dots": "dots",
    "sum": "sum",
    "min": "min",
    "max": "max",
    "lvert": 'class("opening", |)',
    "rvert": 'class("closing", |)',
    "lVert": 'class("opening", ‖)',
    "rVert": 'class("closing", ‖)',
    "{": r"\{",
    "}": r"\}",
    "%": "%",
    ",": "thin",
    ";": "med",
    " ": "space",
    "quad": "quad",
}
#: commands whose arguments are mathematics, with their number
_FUNCTIONS = {
    "frac": ("frac", 2),
    "hat": ("hat", 1),
    "bar": ("macron", 1),
    "tilde": ("tilde", 1),
    "sqrt": ("sqrt", 1),
    "mathbf": ("bold", 1),
}
#: commands whose argument is a word, and how it is set
_WORDS = {"text": "upright", "mathrm": "upright", "operatorname": "op"}
#: signs that Typst reads as syntax where TeX reads them as themselves
_SYNTAX = set('#$"@/&~`;,')


def to_typst(tex: str) -> str:
    r"""Rewrite mathematics from our part of TeX for Typst: `\frac{a}{b}` is `frac(a, b)`.

    Raises
    ------
    ValueError
        If a command is not in our part of TeX, or braces do not match.
    """
    return _row(TOKEN.findall(_paired(tex))[::-1], tex, closing=None)


def _paired(tex: str) -> str:
    r"""Name every second `|` and `\|` a closing one, since TeX writes both sides alike."""
    for sign, name in ((r"\|", "Vert"), ("|", "vert")):
        outer, *rest = tex.split(sign)
        if len(rest) % 2:
            raise ValueError(f"{sign} has no partner in {tex!r}")
        sides = itertools.cycle((rf"\l{name} ", rf"\r{name} "))
        tex = outer + "".join(side + part for side, part in zip(sides, rest, strict=False))
    return tex


def _row(tokens: list[str], tex: str, closing: str | None) -> str:
    """Rewrite up to the closing brace, or to the end; takes tokens off the list's end."""
    parts: list[str] = []
    while tokens:
        token = tokens.pop()
        if token == closing:
            return " ".join(parts)
        if token.isspace():
            continue
        if token == "}":
            raise ValueError(f"a closing brace has no partner in {tex!r}")
        if token in "_^":
            # Typst binds a script to what stands before it without a space
            script = f"{token}({_atom(tokens, tex)})"
            parts.append((parts.pop() if parts else "zws") + script)
        else:
            tokens.append(token)
            parts.append(_atom(tokens, tex))
    if closing is not None:
        raise ValueError(f"an opening brace has no partner in {tex!r}")
    return " ".join(parts)


def _atom(tokens: list[str], tex: str) -> str:
    """Rewrite one symbol, group or command with its arguments."""
    while tokens and tokens[-1].isspace():
        tokens.pop()
    if not tokens:
        raise ValueError(f"an argument is missing in {tex!r}")
    token = tokens.pop()
    if token == "{":
        return _row(tokens, tex, closing="}")
    if token.startswith("\\"):
        return _command(token[1:], tokens, tex)
    return f"\\{token}" if token in _SYNTAX else token


def _command(name: str, tokens: list[str], tex: str) -> str:
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    if name in _FUNCTIONS:
        function, count = _FUNCTIONS[name]
        return f"{function}({', '.join(_atom(tokens, tex) for _ in range(count))})"
    if name in _WORDS:
        return f'{_WORDS[name]}("{take_word(tokens, tex)}")'
    raise ValueError(f"\\{name} in {tex!r} is not in our part of TeX; see scenes/tex.py")
