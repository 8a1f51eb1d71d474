"""The Korean letters that a page needs, in the page: so none is missing, on any machine."""

from __future__ import annotations

import base64
import io
import re
from functools import cache

from regviz.lessons.errors import BadInput
from regviz.lessons.fonts import font

#: the family that a style sheet names first; a browser takes other letters from the next one
FAMILY = "regviz Korean"
#: jamo, syllables, and the punctuation that goes with them
_KOREAN = re.compile(r"[\u1100-\u11ff\u3000-\u303f\u3130-\u318f\uac00-\ud7a3]")


def font_face(text: str, bold: str | None = None) -> str:
    """Return the style rules for the Korean letters of a text; nothing if it has none.

    Parameters
    ----------
    text
        All that the page shows, or may come to show.
    bold
        What of it may stand in bold; all of it by default.
    """
    cuts = {False: _letters(text), True: _letters(text if bold is None else bold)}
    try:
        return "".join(_rule(letters, is_bold) for is_bold, letters in cuts.items() if letters)
    except (BadInput, ImportError):  # not installed: then the reader's own fonts have to do
        return ""


def _letters(text: str) -> str:
    return "".join(sorted(set(_KOREAN.findall(text))))


def _rule(letters: str, is_bold: bool) -> str:
    korean = font("ko")
    content = _subset(str(korean.bold if is_bold else korean.regular), letters)
    encoded = base64.b64encode(content).decode()
    weight = "600 900" if is_bold else "100 500"
    return (
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; '
        f'src: url("data:font/woff2;base64,{encoded}") format("woff2"); }}\n'
    )


@cache
def _subset(path: str, letters: str) -> bytes:
    # matplotlib brings fontTools along.
    from fontTools import subset

    options = subset.Options(
        recalc_timestamp=False, hinting=False, layout_features=[], name_IDs=[], flavor="woff2"
    )
    # Notes of the font's makers, which nobody reads here.
    options.drop_tables += ["TSI0", "TSI1", "TSI2", "TSI3", "TSI5"]
    with subset.load_font(path, options) as whole:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=letters)
        subsetter.subset(whole)
        whole.flavor = "woff2"
        stream = io.BytesIO()
        whole.save(stream)
    return stream.getvalue()
