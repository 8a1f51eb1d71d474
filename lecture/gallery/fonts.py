"""The Korean letters that a page needs, in the page: so none is missing, on any machine."""

from __future__ import annotations

import base64
import io
import re
from functools import cache

from regviz.lessons.errors import BadInput
from regviz.lessons.fonts import Font, font

#: jamo, syllables, and the punctuation that goes with them
_KOREAN = re.compile(r"[\u1100-\u11ff\u3000-\u303f\u3130-\u318f\uac00-\ud7a3]")


def font_face(text: str) -> str:
    """Return the style rules for the Korean letters of a text; nothing if it has none."""
    letters = "".join(sorted(set(_KOREAN.findall(text))))
    if not letters:
        return ""
    try:
        korean = font("ko")
    except BadInput:  # not installed: then the reader's own fonts have to do
        return ""
    return _rule(korean, letters, bold=False) + _rule(korean, letters, bold=True)


def _rule(korean: Font, letters: str, *, bold: bool) -> str:
    content = _subset(str(korean.bold if bold else korean.regular), letters)
    encoded = base64.b64encode(content).decode()
    weight = "600 900" if bold else "100 500"
    return (
        f'@font-face {{ font-family: "regviz Korean"; font-weight: {weight}; '
        f'src: url("data:font/ttf;base64,{encoded}") format("truetype"); }}\n'
    )


@cache
def _subset(path: str, letters: str) -> bytes:
    # matplotlib brings fontTools along.
    from fontTools import subset

    options = subset.Options(
        recalc_timestamp=False, hinting=False, layout_features=[], name_IDs=[]
    )
    # Notes of the font's makers, which nobody reads here.
    options.drop_tables += ["TSI0", "TSI1", "TSI2", "TSI3", "TSI5"]
    with subset.load_font(path, options) as whole:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=letters)
        subsetter.subset(whole)
        stream = io.BytesIO()
        whole.save(stream)
    return stream.getvalue()
