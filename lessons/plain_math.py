r"""The mathematics that prose has in letters, put into our markup: `λw²` is `$λw^{2}$`.

A caption is written in letters alone, since players show no more. Whoever needs its mathematics
as mathematics finds it by its signs.
"""

from __future__ import annotations

import re

_UP = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", "0123456789+-=()n", strict=True))
_LOW = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ⱼᵢ", "0123456789+-=()ji", strict=True))
_ACCENTS = {"\u0302": "hat", "\u0304": "bar", "\u0303": "tilde"}
#: letters that stand with an accent as one sign
_JOINED = {"ŵ": "w\u0302", "ŷ": "y\u0302", "x̄": "x\u0304", "ȳ": "y\u0304", "w̃": "w\u0303"}
_FUNCTIONS = "sign|min|max|log|exp|argmin"

_GREEK = "α-ωϵΑ-Ω"
_SCRIPTS = f"[{''.join((*_UP, *_LOW))}]*"
_NUMBER = rf"(?<![A-Za-z\d.])\d+(?:\.\d+)?{_SCRIPTS}"
_LETTER = rf"(?:(?<![A-Za-z])[A-Za-z](?![A-Za-z\d])|[{_GREEK}])[{''.join(_ACCENTS)}]?{_SCRIPTS}"
_BARE = rf"(?:{_NUMBER}|{_LETTER})"
_ROOT = rf"√(?:{_BARE}|\([^()]*\))"
_SIZE = rf"\|(?:{_BARE}|[+−])+\|{_SCRIPTS}|‖(?:{_BARE}|[+−])+‖{_SCRIPTS}"
_FACTOR = rf"(?:{_BARE}|{_ROOT}|{_SIZE}|∑ ?|[∇∂∞])"
_PRODUCT = rf"[−+±]?{_FACTOR}+"
#: between two that belong together
_BETWEEN = r" ?[=<>≤≥≈∝≠∈→←×⋅·/+−±] ?"
_SUM = rf"{_PRODUCT}(?:{_BETWEEN}{_PRODUCT})*"
#: brackets are mathematics where a function, a factor or a stroke says so
_CALL = rf"(?:{_FACTOR}* ?(?:{_FUNCTIONS})|[{_GREEK}]{_SCRIPTS})\({_SUM}\){_SCRIPTS}"
_OVER = rf"\({_SUM}\) ?/ ?{_PRODUCT}"
_TERM = rf"(?:{_OVER}|{_CALL}|{_PRODUCT})"
_STRETCH = re.compile(rf"{_TERM}(?:{_BETWEEN}{_TERM})*")

_FRACTION = re.compile(rf"(\({_SUM}\)|{_FACTOR}+) ?/ ?(\({_SUM}\)|{_FACTOR}+)")


def marked_up(prose: str) -> str:
    """Return prose with the mathematics in it between dollar signs, in our part of TeX."""
    for joined, parts in _JOINED.items():
        prose = re.sub(
            rf"(?<![^\W\d_]){joined}(?![^\W\d_가-힣])|{joined}(?=[가-힣])", parts, prose
        )
    return _STRETCH.sub(lambda stretch: f"${to_tex(stretch[0])}$", prose)


def to_tex(letters: str) -> str:
    r"""Return mathematics in letters in our part of TeX: `√n` is `\sqrt{n}`."""
    tex = _FRACTION.sub(lambda f: rf"\frac{{{_inside(f[1])}}}{{{_inside(f[2])}}}", letters)
    tex = re.sub(rf"√({_BARE}|\([^()]*\))", lambda root: rf"\sqrt{{{_inside(root[1])}}}", tex)
    tex = re.sub(rf"\b({_FUNCTIONS})(?=\()", r"\\operatorname{\1}", tex)
    for accent, name in _ACCENTS.items():
        tex = re.sub(rf"(.){accent}", rf"\\{name}{{\1}}", tex)
    for mark, table in (("^", _UP), ("_", _LOW)):
        written = "".join(table)
        tex = re.sub(
            f"[{written}]+",
            lambda run, mark=mark, table=table: (  # type: ignore[misc]
                f"{mark}{{{''.join(table[sign] for sign in run[0])}}}"
            ),
            tex,
        )
    return tex.replace("‖", r"\|").replace("·", "⋅")


def _inside(term: str) -> str:
    """Return what stands in a term's brackets, which a stroke or a root makes needless."""
    return term[1:-1] if term.startswith("(") and term.endswith(")") else term
