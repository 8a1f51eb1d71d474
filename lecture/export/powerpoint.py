"""A PowerPoint deck: movies that play on arrival, pictures, and a link where a page would be.

A picture or movie fills its slide, as it has a title of its own; the slide's title then stands
above the slide, where outlines and screen readers find it and nobody sees it.
"""

from __future__ import annotations

import io
import math
import os
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regviz.lecture.export import markup, pptx_words
from regviz.lecture.export.deck import (
    Clip,
    Deck,
    Explorer,
    Opening,
    Part,
    Picture,
    Slide,
    Title,
    Words,
)
from regviz.lecture.markdown import plain, rows
from regviz.lecture.stills import opening_frame
from regviz.lessons.errors import BadInput
from regviz.lessons.text import load
from regviz.lessons.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

#: 16:9, in inches and in EMU, PowerPoint's unit
_WIDE, _HIGH = 13.333, 7.5
_EMU = 914400
_LEFT, _ACROSS = 1.15, 11.0
_TITLE_ONLY = 5
#: zip files know no time before this one
_EPOCH = (1980, 1, 1, 0, 0, 0)
#: size of type of what is said, in points
_SAID = 28
_FACES = {"en": "Arial", "ko": "Malgun Gothic"}


def contents(deck: Deck, path: Path) -> dict[Path, bytes]:
    """Return the deck's one file.

    Raises
    ------
    BadInput
        If python-pptx is not installed, or a file is missing or of a format that
        PowerPoint does not take.
    """
    try:
        from pptx import Presentation
    except ImportError:
        raise BadInput(
            "python-pptx is not installed; run: python -m pip install 'regviz[decks]'"
        ) from None
    shown = Presentation()
    _widen(shown)
    _set_properties(shown.core_properties, deck)
    writer = _Writer(shown, deck, path.parent)
    for slide in deck.slides:
        writer.add(slide)
    stream = io.BytesIO()
    shown.save(stream)
    return {path: _timeless(stream.getvalue())}


def _widen(shown: Any) -> None:
    """Make the template 16:9, with the places that it offers for slides added later."""
    width = round(_WIDE * _EMU)
    scale = width / shown.slide_width
    shown.slide_width, shown.slide_height = width, round(_HIGH * _EMU)
    for sheet in (shown.slide_master, *shown.slide_layouts):
        for shape in sheet.placeholders:
            shape.left, shape.width = round(shape.left * scale), round(shape.width * scale)


def _set_properties(properties: Any, deck: Deck) -> None:
    # As long as these may be.
    properties.title, properties.author = deck.title[:255], deck.author[:255]
    properties.language, properties.last_modified_by = deck.lang, "regviz"
    properties.created = properties.modified = datetime(*_EPOCH)


def _timeless(content: bytes) -> bytes:
    """Return the zip file with one time for all that it holds."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(stream, "w") as kept:
        for info in given.infolist():
            fixed = zipfile.ZipInfo(info.filename, _EPOCH)
            # Movies and pictures are compressed already.
            packed = info.filename.endswith((".xml", ".rels"))
            fixed.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            fixed.external_attr = 0o644 << 16
            kept.writestr(fixed, given.read(info))
    return stream.getvalue()


class _Writer:
    """Adds slides to a presentation."""

    def __init__(self, shown: Any, deck: Deck, folder: Path) -> None:
        self.shown = shown
        self.deck = deck
        self.folder = folder
        self._makers: dict[type[Slide], Callable[[Any, Any], None]] = {
            Title: self._title,
            Opening: self._opening,
            Part: self._part,
            Words: self._words,
            Picture: self._picture,
            Clip: self._clip,
            Explorer: self._explorer,
        }

    def add(self, slide: Slide) -> None:
        """Add a slide at the end."""
        made = self.shown.slides.add_slide(self.shown.slide_layouts[_TITLE_ONLY])
        theme = markup.theme_of(slide.theme)
        fill = made.background.fill
        fill.solid()
        fill.fore_color.rgb = _rgb(theme.background)
        made.shapes.title.text = slide.heading
        self._makers[type(slide)](made, slide)
        if slide.notes:
            made.notes_slide.notes_text_frame.text = "\n".join(slide.notes)

    # -- slides of words ----------------------------------------------------------------------

    def _title(self, made: Any, slide: Title) -> None:
        theme = markup.theme_of(slide.theme)
        _motif(made, theme)
        height = _height(slide.heading, 50)
        _place(made.shapes.title, 2.4, height)
        _style(made.shapes.title, slide.lang, 50, theme.ink, bold=True)
        if slide.author:
            box = made.shapes.add_textbox(*_box(_LEFT, 2.6 + height, _ACROSS, 0.7))
            box.text_frame.text = slide.author
            _style(box, slide.lang, 24, theme.muted)

    def _opening(self, made: Any, slide: Opening) -> None:
        theme = markup.theme_of(slide.theme)
        height, said = _height(slide.heading, 46), _said_height(slide)
        top = (_HIGH - height - said - 0.9) / 2
        number = made.shapes.add_textbox(*_box(_LEFT, top, _ACROSS, 0.6))
        number.text_frame.text = str(slide.number)
        _style(number, slide.lang, 28, theme.loss, bold=True)
        _place(made.shapes.title, top + 0.6, height)
        _style(made.shapes.title, slide.lang, 46, theme.ink, bold=True)
        self._say(made, slide, top + height + 0.9, theme.muted)

    def _part(self, made: Any, slide: Part) -> None:
        theme = markup.theme_of(slide.theme)
        height = _height(slide.heading, 50)
        top = (_HIGH - height - _said_height(slide) - 0.3) / 2
        _place(made.shapes.title, top, height)
        _style(made.shapes.title, slide.lang, 50, theme.ink, bold=True)
        self._say(made, slide, top + height + 0.3, theme.muted)

    def _words(self, made: Any, slide: Words) -> None:
        theme = markup.theme_of(slide.theme)
        height = _height(slide.heading, 38) if slide.heading else 0.0
        top = max(0.3, (_HIGH - height - _said_height(slide) - 0.2) / 2)
        if slide.heading:
            _place(made.shapes.title, top, height)
            _style(made.shapes.title, slide.lang, 38, theme.ink, bold=True)
        else:
            made.shapes.title.text = plain(slide.text)[:60]
            _hide(made.shapes.title)
        self._say(made, slide, top + height + 0.2, theme.ink)

    def _say(self, made: Any, slide: Words, top: float, color: str) -> None:
        if not slide.text:
            return
        box = made.shapes.add_textbox(*_box(_LEFT, top, _ACROSS, _said_height(slide)))
        size = _SAID * slide.scale
        writer = pptx_words.Writer(
            box.text_frame, lambda run, bold: _style_run(run, slide.lang, size, color, bold)
        )
        writer.write(slide.text)
        _settle(box.text_frame)

    # -- slides of pictures -------------------------------------------------------------------

    def _picture(self, made: Any, slide: Picture) -> None:
        _, path = markup.first_file(slide.entry, "png")
        self._show(made, self.deck.locate(path), slide.alt)
        _hide(made.shapes.title)

    def _show(self, made: Any, path: Path, alt: str, room: float = 0.0) -> None:
        """Show a picture as large as it gets above some room, in the middle."""
        shape = made.shapes.add_picture(str(path), 0, 0)
        scale = min(_WIDE * _EMU / shape.width, (_HIGH - room) * _EMU / shape.height)
        shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
        shape.left = round((_WIDE * _EMU - shape.width) / 2)
        shape.top = round(((_HIGH - room) * _EMU - shape.height) / 2)
        shape._element.nvPicPr.cNvPr.set("descr", alt)

    def _clip(self, made: Any, slide: Clip) -> None:
        if not slide.section.file.endswith(".mp4"):
            raise BadInput(
                f'{slide.entry.name} is no mp4, which PowerPoint wants; add "mp4" to scene '
                "under [formats] in lecture.toml and build again."
            )
        movie = self.deck.locate(slide.section.file)
        width, height = slide.entry.width, slide.entry.height
        scale = min(_WIDE / width, _HIGH / height)
        size = width * scale, height * scale
        shape = made.shapes.add_movie(
            str(movie),
            *_box((_WIDE - size[0]) / 2, (_HIGH - size[1]) / 2, *size),
            poster_frame_image=io.BytesIO(opening_frame(movie)),
            mime_type="video/mp4",
        )
        shape._element.nvPicPr.cNvPr.set("descr", slide.alt)
        length = round((slide.section.end - slide.section.start) * 1000)
        _play_on_arrival(made, shape.shape_id, length)
        _hide(made.shapes.title)

    def _explorer(self, made: Any, slide: Explorer) -> None:
        _, page = markup.first_file(slide.entry, "html")
        if slide.behind:
            _, path = markup.first_file(slide.behind, "png")
            self._show(made, self.deck.locate(path), slide.behind.alt, room=0.95)
            _hide(made.shapes.title)
        else:
            ink = markup.theme_of(slide.theme).ink
            _place(made.shapes.title, 2.2, 1.7)
            _style(made.shapes.title, slide.lang, 46, ink, bold=True)
        self._link(made, slide, page)

    def _link(self, made: Any, slide: Explorer, page: str) -> None:
        """Add a button at the foot that opens the page in a browser."""
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

        theme = markup.theme_of(slide.theme)
        width = 6.4
        place = _box((_WIDE - width) / 2, 6.62, width, 0.62)
        button = made.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *place)
        button.adjustments[0] = 0.5
        button.fill.solid()
        button.fill.fore_color.rgb = _rgb(theme.loss)
        button.line.fill.background()
        button.shadow.inherit = False
        button.text_frame.text = load(slide.lang)("export.open")
        button.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        _style(button, slide.lang, 20, theme.background, bold=True)
        button.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        target = self.deck.locate(page)
        button.click_action.hyperlink.address = address(target, self.folder)
        button._element.nvSpPr.cNvPr.set("descr", slide.alt)


def address(target: Path, folder: Path) -> str:
    """Return a file's address as seen from the deck's folder."""
    from urllib.parse import quote

    return quote(Path(os.path.relpath(target, folder.resolve())).as_posix())


def _said_height(slide: Words) -> float:
    return rows(slide.text, slide.scale) * 1.4 * _SAID * slide.scale / 72 if slide.text else 0.0


# -- looks ----------------------------------------------------------------------------------


def _box(left: float, top: float, width: float, height: float) -> tuple[int, int, int, int]:
    return round(left * _EMU), round(top * _EMU), round(width * _EMU), round(height * _EMU)


def _height(text: str, size: float) -> float:
    """Return about how high a text gets, in inches, so that what follows stands close."""
    ems = sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.56 for sign in text)
    lines = math.ceil(ems * size / 72 / _ACROSS)
    return max(1, lines) * 1.2 * size / 72 + 0.1


def _rgb(color: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(color.removeprefix("#"))


def _place(shape: Any, top: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = _box(_LEFT, top, _ACROSS, height)


def _hide(title: Any) -> None:
    """Put a title above the slide."""
    title.left, title.top, title.width, title.height = _box(0, -1.2, _WIDE, 0.9)
    _style(title, "en", 20, "#5F6368")


def _style(shape: Any, lang: str, size: float, color: str, *, bold: bool = False) -> None:
    _settle(shape.text_frame)
    for paragraph in shape.text_frame.paragraphs:
        for run in paragraph.runs:
            _style_run(run, lang, size, color, bold)


def _settle(frame: Any) -> None:
    """Let a frame's text begin at its upper left corner."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = 0
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT


def _style_run(run: Any, lang: str, size: float, color: str, bold: bool) -> None:
    from pptx.util import Pt

    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = _rgb(color)
    _set_faces(run, lang)


def _set_faces(run: Any, lang: str) -> None:
    """Name a font for Latin and one for Korean letters, which PowerPoint keeps apart."""
    from pptx.oxml.ns import qn

    run.font.name = _FACES[lang]
    properties = run.font._element
    properties.set("lang", {"en": "en-US", "ko": "ko-KR"}[lang])
    asian = properties.makeelement(qn("a:ea"), {"typeface": _FACES["ko"]})
    properties.find(qn("a:latin")).addnext(asian)


def _motif(made: Any, theme: Theme) -> None:
    """Draw the diamond and the circle that the whole subject is about."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Pt

    shapes = ((MSO_SHAPE.DIAMOND, _LEFT, theme.l1), (MSO_SHAPE.OVAL, _LEFT + 1.1, theme.l2))
    for kind, left, color in shapes:
        shape = made.shapes.add_shape(kind, *_box(left, 1.15, 0.9, 0.9))
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(theme.region)
        shape.line.color.rgb = _rgb(color)
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


_TIMING = """\
<p:timing xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:tnLst><p:par>
<p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>
<p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq">
<p:childTnLst><p:par><p:cTn id="3" fill="hold"><p:stCondLst><p:cond delay="indefinite"/>
<p:cond evt="onBegin" delay="0"><p:tn val="2"/></p:cond></p:stCondLst><p:childTnLst><p:par>
<p:cTn id="4" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst><p:par>
<p:cTn id="5" presetID="1" presetClass="mediacall" presetSubtype="0" fill="hold"
 nodeType="afterEffect"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>
<p:cmd type="call" cmd="playFrom(0.0)"><p:cBhvr><p:cTn id="6" dur="{length}" fill="hold"/>
<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cBhvr></p:cmd></p:childTnLst></p:cTn></p:par>
</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn>
<p:prevCondLst><p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>
</p:prevCondLst><p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl>
</p:cond></p:nextCondLst></p:seq><p:video><p:cMediaNode vol="80000">
<p:cTn id="7" fill="hold" display="0"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst>
</p:cTn><p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cMediaNode></p:video></p:childTnLst>
</p:cTn></p:par></p:tnLst></p:timing>"""


def _play_on_arrival(made: Any, shape: int, length: int) -> None:
    """Let a movie start by itself; what python-pptx writes waits for a click on it."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import qn

    slide = made._element
    for timing in slide.findall(qn("p:timing")):
        slide.remove(timing)
    written = _TIMING.replace("\n", "").format(shape=shape, length=length)
    timing = parse_xml(written)
    mapping = slide.find(qn("p:clrMapOvr"))
    mapping.addnext(timing)
