"""Sentences of ours as HTML, as runs of type for an SVG, and as plain text.

Their places become elements that the page's script fills as text: whatever fills them, a
column's name among it, can never be read as markup.
"""

from __future__ import annotations

import re
from html import escape

from regviz.lessons.markup import runs
from regviz.lessons.mathematics import parse
from regviz.lessons.places import Places, marked, place_of
from regviz.lessons.type_runs import TypeRun, to_type_runs
from regviz.pages.mathml import to_mathml

#: text up to a brace, behind which what stands is the name of no place
_PIECE = re.compile(r"[^{]*\{|[^{]+")
#: mathematics with the stop, the bracket or the particle that no line may begin or end without
_MATH = "<math>(?:(?!</math>).)*</math>"
_GLUED = re.compile(rf"\({_MATH}[^\s<]*|{_MATH}[^\s<]+")


def to_html(sentence: str) -> str:
    """Return a sentence as HTML: MathML for its mathematics, `data-v` for its places.

    >>> to_html("at $w$")
    'at <math><mi>w</mi></math>'
    """
    content, places = marked(sentence)
    html = "".join(
        f"<math>{to_mathml(parse(run.content), places)}</math>"
        if run.is_math
        else _html(run.content, places)
        for run in runs(content)
    )
    return _GLUED.sub(r'<span class="glued">\g<0></span>', html)


def to_runs(sentence: str) -> list[TypeRun]:
    """Return a sentence as runs of type; places stay as `{name}` for the script to fill."""
    content, places = marked(sentence)
    merged: list[TypeRun] = []
    for run in runs(content):
        found = (
            to_type_runs(parse(run.content), places)
            if run.is_math
            else [(_named(part, places), "") for part in _PIECE.findall(run.content)]
        )
        for text, style in found:
            joins = merged and merged[-1][1] == style and not merged[-1][0].endswith("{")
            if joins:
                merged[-1] = (merged[-1][0] + text, style)
            else:
                merged.append((text, style))
    return merged


def to_plain(sentence: str) -> str:
    """Return a sentence as plain text, for titles and screen readers."""
    return "".join(text for text, _ in to_runs(sentence))


def _html(text: str, places: Places) -> str:
    return "".join(
        f'<span data-v="{place}"></span>'
        if (place := place_of(sign, places))
        else escape(sign, quote=False)
        for sign in text
    )


def _named(text: str, places: Places) -> str:
    found = ((sign, place_of(sign, places)) for sign in text)
    return "".join(f"{{{place}}}" if place else sign for sign, place in found)
