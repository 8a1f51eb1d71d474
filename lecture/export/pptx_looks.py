"""What a PowerPoint deck looks like: where things stand on a slide, type, and the motif.

Lengths are in inches, and sizes of type in points.
"""

from __future__ import annotations

import math
import unicodedata
from typing import Any

from regviz.lessons.theme import Theme

#: a slide is 16:9
WIDE, HIGH = 13.333, 7.5
#: PowerPoint's unit, in an inch
EMU = 914400
#: where words begin, and how far they go
LEFT, ACROSS = 1.15, 11.0
_FACES = {"en": "Arial", "ko": "Malgun Gothic"}


def box(left: float, top: float, width: float, height: float) -> tuple[int, int, int, int]:
    """Return a place in PowerPoint's unit, for a shape that is made."""
    return round(left * EMU), round(top * EMU), round(width * EMU), round(height * EMU)


def height(text: str, size: float) -> float:
    """Return about how high a text gets, in inches, so that what follows stands close."""
    ems = sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.56 for sign in text)
    lines = math.ceil(ems * size / 72 / ACROSS)
    return max(1, lines) * 1.2 * size / 72 + 0.1


def rgb(color: str) -> Any:
    """Return a colour of a theme as PowerPoint's."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(color.removeprefix("#"))


def place(shape: Any, top: float, height: float) -> None:
    """Put a shape of words where words stand, so far from the top."""
    shape.left, shape.top, shape.width, shape.height = box(LEFT, top, ACROSS, height)


def hide(title: Any) -> None:
    """Put a title above the slide."""
    title.left, title.top, title.width, title.height = box(0, -1.2, WIDE, 0.9)
    style(title, "en", 20, "#5F6368")


def style(shape: Any, lang: str, size: float, color: str, *, bold: bool = False) -> None:
    """Set the type of all words of a shape."""
    settle(shape.text_frame)
    for paragraph in shape.text_frame.paragraphs:
        for run in paragraph.runs:
            style_run(run, lang, size, color, bold)


def settle(frame: Any) -> None:
    """Let a frame's text begin at its upper left corner."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = 0
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT


def style_run(run: Any, lang: str, size: float, color: str, bold: bool) -> None:
    """Set the type of a run."""
    from pptx.util import Pt

    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = rgb(color)
    _set_faces(run, lang)


def _set_faces(run: Any, lang: str) -> None:
    """Name a font for Latin and one for Korean letters, which PowerPoint keeps apart."""
    from pptx.oxml.ns import qn

    run.font.name = _FACES[lang]
    properties = run.font._element
    properties.set("lang", {"en": "en-US", "ko": "ko-KR"}[lang])
    asian = properties.makeelement(qn("a:ea"), {"typeface": _FACES["ko"]})
    properties.find(qn("a:latin")).addnext(asian)


def motif(made: Any, theme: Theme) -> None:
    """Draw the diamond and the circle that the whole subject is about."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Pt

    shapes = ((MSO_SHAPE.DIAMOND, LEFT, theme.l1), (MSO_SHAPE.OVAL, LEFT + 1.1, theme.l2))
    for kind, left, color in shapes:
        shape = made.shapes.add_shape(kind, *box(left, 1.15, 0.9, 0.9))
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(theme.region)
        shape.line.color.rgb = rgb(color)
        shape.line.width = Pt(4)
        shape.shadow.inherit = False
        _mark_decorative(shape)


def _mark_decorative(shape: Any) -> None:
    from pptx.oxml import parse_xml

    extension = (
        '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
        "</a:ext></a:extLst>"
    )
    shape._element.nvSpPr.cNvPr.append(parse_xml(extension))
