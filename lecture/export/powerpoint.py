"""A PowerPoint deck: movies that play on arrival, pictures, and a link where a page would be.

A picture or movie fills its slide, as it has a title of its own; the slide's title then stands
above the slide, where outlines and screen readers find it and nobody sees it.
"""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regviz.lecture.export import markup, pptx_words
from regviz.lecture.export import pptx_looks as looks
from regviz.lecture.export.pptx_looks import ACROSS, EMU, HIGH, LEFT, WIDE
from regviz.lecture.export.pptx_movie import play_on_arrival
from regviz.lecture.export.slides import (
    Answer,
    Ask,
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
from regviz.lecture.markdown import Paragraph, Run, plain, rows
from regviz.lecture.stills import opening_frame
from regviz.lessons.errors import BadInput
from regviz.lessons.markup import LETTERS
from regviz.lessons.text import load

if TYPE_CHECKING:
    from collections.abc import Callable

_TITLE_ONLY = 5
#: zip files know no time before this one
_EPOCH = (1980, 1, 1, 0, 0, 0)
#: size of type of what is said, in points
_SAID = 28


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
    width = round(WIDE * EMU)
    scale = width / shown.slide_width
    shown.slide_width, shown.slide_height = width, round(HIGH * EMU)
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
            Ask: self._asked,
            Answer: self._asked,
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
        fill.fore_color.rgb = looks.rgb(theme.background)
        self._makers[type(slide)](made, slide)
        if slide.notes:
            made.notes_slide.notes_text_frame.text = "\n".join(slide.notes)

    def _head(self, made: Any, slide: Slide, size: float, top: float, height: float) -> None:
        """Show a slide's title on it."""
        ink = markup.theme_of(slide.theme).ink
        looks.place(made.shapes.title, top, height)
        frame = made.shapes.title.text_frame
        pptx_words.Writer(frame, slide.lang, size, ink).write_title(slide.title)
        looks.settle(frame)

    # -- slides of words ----------------------------------------------------------------------

    def _title(self, made: Any, slide: Title) -> None:
        theme = markup.theme_of(slide.theme)
        looks.motif(made, theme)
        height = looks.height(slide.heading, 50)
        self._head(made, slide, 50, 2.4, height)
        if slide.author:
            box = made.shapes.add_textbox(*looks.box(LEFT, 2.6 + height, ACROSS, 0.7))
            box.text_frame.text = slide.author
            looks.style(box, slide.lang, 24, theme.muted)

    def _opening(self, made: Any, slide: Opening) -> None:
        theme = markup.theme_of(slide.theme)
        height, said = looks.height(slide.heading, 46), _said_height(slide)
        top = (HIGH - height - said - 0.9) / 2
        number = made.shapes.add_textbox(*looks.box(LEFT, top, ACROSS, 0.6))
        number.text_frame.text = str(slide.number)
        looks.style(number, slide.lang, 28, theme.loss, bold=True)
        self._head(made, slide, 46, top + 0.6, height)
        self._say(made, slide, top + height + 0.9, theme.muted)

    def _part(self, made: Any, slide: Part) -> None:
        theme = markup.theme_of(slide.theme)
        height = looks.height(slide.heading, 50)
        top = (HIGH - height - _said_height(slide) - 0.3) / 2
        self._head(made, slide, 50, top, height)
        self._say(made, slide, top + height + 0.3, theme.muted)

    def _words(self, made: Any, slide: Words) -> None:
        theme = markup.theme_of(slide.theme)
        height = looks.height(slide.heading, 38) if slide.heading else 0.0
        top = max(0.3, (HIGH - height - _said_height(slide) - 0.2) / 2)
        if slide.heading:
            self._head(made, slide, 38, top, height)
        else:
            _hide_title(made, plain(slide.text)[:60])
        self._say(made, slide, top + height + 0.2, theme.ink)

    def _say(self, made: Any, slide: Words, top: float, color: str) -> None:
        if not slide.text:
            return
        box = made.shapes.add_textbox(*looks.box(LEFT, top, ACROSS, _said_height(slide)))
        size = _SAID * slide.scale
        pptx_words.Writer(box.text_frame, slide.lang, size, color).write(slide.text)
        looks.settle(box.text_frame)

    # -- questions ----------------------------------------------------------------------------

    def _asked(self, made: Any, slide: Ask) -> None:
        """Show a question, alone or with its answer, everything where it was."""
        theme = markup.theme_of(slide.theme)
        self._head(made, slide, 32, 0.45, 1.5)
        left = LEFT
        if slide.picture is not None:
            picture = io.BytesIO(slide.picture.encode("png"))
            shape = made.shapes.add_picture(picture, *looks.box(0.6, 2.1, 6.6, 4.95))
            shape._element.nvPicPr.cNvPr.set("descr", slide.alt)
            left = 7.5
        box = made.shapes.add_textbox(*looks.box(left, 2.3, WIDE - left - 0.6, 4.6))
        right = slide.at if isinstance(slide, Answer) else None
        writer = pptx_words.Writer(box.text_frame, slide.lang, 26 * slide.scale, theme.ink)
        muted = replace(writer, color=theme.muted)
        for at, option in enumerate(slide.options):
            letter = f"{LETTERS[at]}.  " if slide.is_choice else ""
            line = Paragraph((Run(letter), *option.runs), is_heading=at == right)
            stands_back = isinstance(slide, Answer) and at != right
            (muted if stands_back else writer).write((line,))
        if isinstance(slide, Answer):
            writer.write((slide.head(brief=True), slide.reply))
        looks.settle(box.text_frame)

    # -- slides of pictures -------------------------------------------------------------------

    def _picture(self, made: Any, slide: Picture) -> None:
        _, path = markup.first_file(slide.entry, "png")
        self._show(made, self.deck.locate(path), slide.alt)
        _hide_title(made, slide.heading)

    def _show(self, made: Any, path: Path, alt: str, room: float = 0.0) -> None:
        """Show a picture as large as it gets above some room, in the middle."""
        shape = made.shapes.add_picture(str(path), 0, 0)
        scale = min(WIDE * EMU / shape.width, (HIGH - room) * EMU / shape.height)
        shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
        shape.left = round((WIDE * EMU - shape.width) / 2)
        shape.top = round(((HIGH - room) * EMU - shape.height) / 2)
        shape._element.nvPicPr.cNvPr.set("descr", alt)

    def _clip(self, made: Any, slide: Clip) -> None:
        if not slide.section.file.endswith(".mp4"):
            raise BadInput(
                f'{slide.entry.name} is no mp4, which PowerPoint wants; add "mp4" to scene '
                "under [formats] in lecture.toml and build again."
            )
        movie = self.deck.locate(slide.section.file)
        width, height = slide.entry.width, slide.entry.height
        scale = min(WIDE / width, HIGH / height)
        size = width * scale, height * scale
        shape = made.shapes.add_movie(
            str(movie),
            *looks.box((WIDE - size[0]) / 2, (HIGH - size[1]) / 2, *size),
            poster_frame_image=io.BytesIO(opening_frame(movie)),
            mime_type="video/mp4",
        )
        shape._element.nvPicPr.cNvPr.set("descr", slide.alt)
        length = round((slide.section.end - slide.section.start) * 1000)
        play_on_arrival(made, shape.shape_id, length)
        _hide_title(made, slide.heading)

    def _explorer(self, made: Any, slide: Explorer) -> None:
        _, page = markup.first_file(slide.entry, "html")
        if slide.behind:
            _, path = markup.first_file(slide.behind, "png")
            self._show(made, self.deck.locate(path), slide.behind.alt, room=0.95)
            _hide_title(made, slide.heading)
        else:
            self._head(made, slide, 46, 2.2, 1.7)
        self._link(made, slide, page)

    def _link(self, made: Any, slide: Explorer, page: str) -> None:
        """Add a button at the foot that opens the page in a browser."""
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

        theme = markup.theme_of(slide.theme)
        width = 6.4
        place = looks.box((WIDE - width) / 2, 6.62, width, 0.62)
        button = made.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *place)
        button.adjustments[0] = 0.5
        button.fill.solid()
        button.fill.fore_color.rgb = looks.rgb(theme.loss)
        button.line.fill.background()
        button.shadow.inherit = False
        button.text_frame.text = load(slide.lang)("export.open")
        button.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        looks.style(button, slide.lang, 20, theme.background, bold=True)
        button.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        target = self.deck.locate(page)
        button.click_action.hyperlink.address = address(target, self.folder)
        button._element.nvSpPr.cNvPr.set("descr", slide.alt)


def _hide_title(made: Any, heading: str) -> None:
    made.shapes.title.text = heading
    looks.hide(made.shapes.title)


def address(target: Path, folder: Path) -> str:
    """Return a file's address as seen from the deck's folder."""
    from urllib.parse import quote

    return quote(Path(os.path.relpath(target, folder.resolve())).as_posix())


def _said_height(slide: Words) -> float:
    return rows(slide.text, slide.scale) * 1.4 * _SAID * slide.scale / 72 if slide.text else 0.0
