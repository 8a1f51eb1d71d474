"""Our small part of TeX as MathML for sentences, and as runs of type for labels in an SVG.

A sentence's places, such as `{lam}`, become elements that the page's script fills as text:
whatever fills them, a column's name among it, can never be read as markup.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from lessons.markup import TOKEN, runs, take_word

#: commands that stand for one sign, by what kind of sign
_LETTERS = {
    "alpha": "α",
    "beta": "β",
    "epsilon": "ε",
    "eta": "η",
    "lambda": "λ",
    "mu": "μ",
    "rho": "ρ",
    "sigma": "σ",
    "theta": "θ",
    "infty": "∞",
}
_UPRIGHT = {"Delta": "Δ", "dots": "…", "star": "⋆", "%": "%", "{": "{", "}": "}"}
_OPERATORS = {
    "leq": "≤",
    "le": "≤",
    "geq": "≥",
    "ge": "≥",
    "neq": "≠",
    "ne": "≠",
    "approx": "≈",
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
    "min": "min",
    "max": "max",
}
_FENCES = {"lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖"}
_SPACES = {",": "0.17em", ";": "0.28em", " ": "0.28em", "quad": "1em"}
_ACCENTS = {"hat": ("^", "\u0302"), "bar": ("¯", "\u0304"), "tilde": ("~", "\u0303")}
_WORDS = {"text", "mathrm", "operatorname"}
#: a place is carried through the markup as one sign from here on
_FIRST_PLACE = 0xE000
#: a place to fill; an argument, as in `\hat{w}` or `e^{t}`, is not one
_PLACE = re.compile(r"(?<![\\A-Za-z}{^_])\{([a-z]\w*)\}(?!\})")


@dataclass(frozen=True)
class Node:
    """A piece of mathematics: its kind, its sign, and the pieces it is made of."""

    kind: str
    sign: str = ""
    parts: tuple[Node | None, ...] = ()


def parse(tex: str) -> Node:
    """Read mathematics of our part of TeX.

    Raises
    ------
    ValueError
        If a command is not in our part of TeX, or braces do not match.
    """
    return _row(TOKEN.findall(_paired(tex))[::-1], tex, closing=None)


def _paired(tex: str) -> str:
    outer, *rest = tex.replace(r"\|", "‖").split("|")
    if len(rest) % 2:
        raise ValueError(f"| has no partner in {tex!r}")
    sides = itertools.cycle((r"\lvert ", r"\rvert "))
    return outer + "".join(side + part for side, part in zip(sides, rest, strict=False))


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
    while tokens and tokens[-1].isspace():
        tokens.pop()
    if not tokens:
        raise ValueError(f"an argument is missing at the end of {tex!r}")
    token = tokens.pop()
    if token == "{":
        return _row(tokens, tex, closing="}")
    if token.startswith("\\"):
        return _command(token[1:], tokens, tex)
    if ord(token[0]) >= _FIRST_PLACE and ord(token[0]) < 0xF900:
        return Node("place", token)
    if token[0].isdigit():
        return Node("number", token)
    if token.isalpha():
        return Node("letter", token)
    return Node("operator", {"-": "−", "*": "∗", "'": "′"}.get(token, token))


def _command(name: str, tokens: list[str], tex: str) -> Node:
    tables = (
        ("letter", _LETTERS),
        ("upright", _UPRIGHT),
        ("operator", _OPERATORS),
        ("fence", _FENCES),
        ("space", _SPACES),
    )
    for kind, table in tables:
        if name in table:
            # A fence needs to know its side, which its name says.
            return Node("open" if kind == "fence" and name[0] == "l" else kind, table[name])
    if name in _ACCENTS:
        return Node("accent", name, (_atom(tokens, tex),))
    if name == "mathbf":
        return Node("bold", parts=(_atom(tokens, tex),))
    if name == "sqrt":
        return Node("sqrt", parts=(_atom(tokens, tex),))
    if name == "frac":
        return Node("frac", parts=(_atom(tokens, tex), _atom(tokens, tex)))
    if name in _WORDS:
        return Node("word", take_word(tokens, tex))
    raise ValueError(f"\\{name} in {tex!r} is not in our part of TeX; see pages/mathml.py")


# ---- as MathML

Places = Sequence[str]


def _mathml(node: Node | None, places: Places) -> str:
    if node is None:
        return ""
    parts = [_mathml(part, places) for part in node.parts]
    sign = escape(node.sign)
    match node.kind:
        case "letter":
            return f"<mi>{sign}</mi>"
        case "upright" | "word":
            return f"<mtext>{sign}</mtext>"
        case "number":
            return f"<mn>{sign}</mn>"
        case "place":
            return f'<mn data-v="{places[ord(node.sign) - _FIRST_PLACE]}"></mn>'
        case "operator":
            # Fences grow with what they hold, which looks odd around a single hat.
            fixed = ' stretchy="false"' if node.sign in "()[]" else ""
            return f"<mo{fixed}>{sign}</mo>"
        case "open" | "fence":
            form = "prefix" if node.kind == "open" else "postfix"
            return f'<mo form="{form}" stretchy="false">{sign}</mo>'
        case "space":
            return f'<mspace width="{sign}"></mspace>'
        case "accent":
            return f'<mover accent="true">{parts[0]}<mo>{_ACCENTS[node.sign][0]}</mo></mover>'
        case "bold":
            return f'<mrow class="bold">{parts[0]}</mrow>'
        case "sqrt":
            return f"<msqrt>{parts[0]}</msqrt>"
        case "frac":
            return f"<mfrac>{parts[0]}{parts[1]}</mfrac>"
        case "script":
            _, below, above = node.parts
            tag = "msubsup" if below and above else "msub" if below else "msup"
            return f"<{tag}>{''.join(parts)}</{tag}>"
        case _:
            return parts[0] if len(parts) == 1 else f"<mrow>{''.join(parts)}</mrow>"


# ---- as runs of type


#: a stretch of type and how it is set: `i` italic, `_` below the line, `^` above it
TypeRun = tuple[str, str]


def _runs(node: Node | None, places: Places) -> list[TypeRun]:
    if node is None:
        return []
    match node.kind:
        case "letter":
            return [(node.sign, "i")]
        case "place":
            return [(f"{{{places[ord(node.sign) - _FIRST_PLACE]}}}", "")]
        case "operator":
            spaced = node.sign in "=≤≥<>≈≠→←∈"
            return [(f" {node.sign} " if spaced else node.sign, "")]
        case "space":
            return [("\u2009", "")]
        case "accent":
            ((letter, style),) = _runs(node.parts[0], places)
            return [(letter + _ACCENTS[node.sign][1], style)]
        case "sqrt":
            return [("√(", ""), *_runs(node.parts[0], places), (")", "")]
        case "frac":
            top, bottom = (_runs(part, places) for part in node.parts)
            return [*top, ("/", ""), *bottom]
        case "script":
            base, below, above = node.parts
            lowered = [(run, style + "_") for run, style in _runs(below, places)]
            raised = [(run, style + "^") for run, style in _runs(above, places)]
            return [*_runs(base, places), *lowered, *raised]
        case "row" | "bold":
            return [run for part in node.parts for run in _runs(part, places)]
        case _:
            return [(node.sign, "")]


# ---- sentences


def _marked(sentence: str) -> tuple[str, list[str]]:
    """Put one sign for each place, and undouble braces as `str.format` does."""
    places = list(dict.fromkeys(_PLACE.findall(sentence)))
    if not places:
        return sentence, places
    signs = {name: chr(_FIRST_PLACE + index) for index, name in enumerate(places)}
    return sentence.format_map(signs), places


def to_html(sentence: str) -> str:
    """Return a sentence as HTML: MathML for its mathematics, `data-v` for its places.

    >>> to_html("at $w$")
    'at <math><mi>w</mi></math>'
    """
    marked, places = _marked(sentence)

    def plain(text: str) -> str:
        return "".join(
            f'<span data-v="{places[ord(sign) - _FIRST_PLACE]}"></span>'
            if 0 <= ord(sign) - _FIRST_PLACE < len(places)
            else escape(sign, quote=False)
            for sign in text
        )

    def mathematics(tex: str) -> str:
        return f"<math>{_mathml(parse(tex), places)}</math>"

    return _joined(marked, plain, mathematics)


def to_runs(sentence: str) -> list[TypeRun]:
    """Return a sentence as runs of type; places stay as `{name}` for the script to fill."""
    marked, places = _marked(sentence)
    found: list[TypeRun] = []
    for run in runs(marked):
        if run.is_math:
            found += _runs(parse(run.content), places)
        else:
            found.append((_named(run.content, places), ""))
    merged: list[TypeRun] = []
    for text, style in found:
        if merged and merged[-1][1] == style:
            merged[-1] = (merged[-1][0] + text, style)
        else:
            merged.append((text, style))
    return merged


def to_plain(sentence: str) -> str:
    """Return a sentence as plain text, for titles and screen readers."""
    return "".join(text for text, _ in to_runs(sentence))


def _named(text: str, places: Places) -> str:
    for index, name in enumerate(places):
        text = text.replace(chr(_FIRST_PLACE + index), f"{{{name}}}")
    return text


def _joined(
    sentence: str, plain: Callable[[str], str], mathematics: Callable[[str], str]
) -> str:
    return "".join(
        mathematics(run.content) if run.is_math else plain(run.content)
        for run in runs(sentence)
    )
