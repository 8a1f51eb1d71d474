"""The page: its size by aspect, its fonts and colours, and the panels it is divided into."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.text import Text as Label

from regviz.figures.wrapping import wrap
from regviz.lessons import fonts
from regviz.lessons import text as sentences
from regviz.lessons import theme as themes
from regviz.lessons.axes import LINE, TICK
from regviz.lessons.box import Box
from regviz.lessons.errors import BadInput
from regviz.lessons.markup import runs
from regviz.lessons.text import Text
from regviz.lessons.theme import Theme

POINTS_PER_INCH = 72.0
#: distance from one baseline to the next, in font sizes
LEADING = 1.35
#: height from the lowest foot of type to the highest top, and of the numbers under an axis, in
#: type sizes
TALL = 1.3
NUMBERS = (LINE + TICK) * TALL


@contextmanager
def own_settings() -> Iterator[None]:
    """Put the user's matplotlib settings aside while we draw or save, and back afterwards.

    A notebook may run under any style; our figures look the same, and leave it as it was.
    Nothing is simplified or hinted: what is drawn is what was computed.
    """
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"path.simplify": False, "text.hinting": "none"} | _math())
        yield


@cache
def _math() -> dict[str, str]:
    """Return the settings by which mathematics is set in the type of the words."""
    own = fonts.font(fonts.MATHEMATICS)
    for path in (own.regular, own.bold, own.italic):
        fontManager.addfont(str(path))
    cuts = {
        "rm": "",
        "sf": "",
        "tt": "",
        "cal": "",
        "it": ":italic",
        "bf": ":bold",
        "bfit": ":bold",
    }
    settings = {f"mathtext.{name}": own.family + cut for name, cut in cuts.items()}
    return settings | {"mathtext.fontset": "custom", "mathtext.fallback": "stixsans"}


@dataclass(frozen=True)
class Shape:
    """A page's size and the sizes on it: lengths in inches, type and lines in points."""

    width: float
    height: float
    stacked: bool
    margin: float
    gap: float
    heading: float
    body: float
    note: float
    line: float
    #: lines of type that are kept free for a panel's heading, summary and foot
    rows: tuple[int, int, int]


#: slides are read from the last row, paper from 40 cm
SHAPES = {
    "16:9": Shape(13.333, 7.5, False, 0.45, 0.6, 24, 20, 16, 2.4, (1, 1, 1)),
    "4:3": Shape(10.0, 7.5, False, 0.35, 0.45, 18, 16, 14, 2.1, (1, 1, 1)),
    "1:1": Shape(7.5, 7.5, False, 0.28, 0.35, 14, 13, 11, 1.7, (1, 1, 1)),
    "9:16": Shape(7.5, 13.333, True, 0.45, 0.4, 24, 20, 16, 2.4, (1, 1, 1)),
    "paper": Shape(3.35, 6.5, True, 0.06, 0.16, 9, 8, 7, 0.9, (1, 1, 1)),
}
#: a question's picture, which stands beside words on a slide
HALF = Shape(6.9, 5.175, False, 0.2, 0.3, 24, 20, 16, 2.4, (1, 1, 1))


class Picture(Figure):
    """A matplotlib figure that a notebook shows even if pyplot was never imported.

    Attributes
    ----------
    title, description
        What the picture is and what it shows, for file metadata and alternative text.
    """

    title: str = ""
    description: str = ""

    def savefig(self, *arguments: Any, **keywords: Any) -> None:
        """Save the figure with the mathematics it was drawn with, whatever is set around."""
        with matplotlib.rc_context(_math()):
            super().savefig(*arguments, **keywords)

    def _repr_png_(self) -> bytes:
        stream = io.BytesIO()
        with own_settings():
            self.savefig(stream, format="png", metadata={"Software": None})
        return stream.getvalue()


@cache
def _covered(path: str) -> frozenset[int]:
    return frozenset(get_font(path).get_charmap())


@dataclass(frozen=True)
class Lines:
    """Room for a few lines of type of one size, in points."""

    box: Box
    size: float
    rows: int


@dataclass(frozen=True)
class Panel:
    """One part of a page: lines of type above and below, and a box for the drawing."""

    heading: Lines
    summary: Lines
    plane: Box
    foot: Lines


@dataclass(frozen=True)
class Page:
    """What every drawing is given: shape, theme and language, and the type set in them."""

    aspect: str
    shape: Shape
    theme: Theme
    text: Text

    @classmethod
    def of(cls, *, lang: str, theme: str, aspect: str) -> Page:
        """Return the page of these names.

        Raises
        ------
        BadInput
            If one of them is unknown, or the language's fonts are not installed.
        """
        if aspect not in SHAPES:
            raise BadInput(f"aspect {aspect!r} is unknown; give {', '.join(SHAPES)}.")
        text = sentences.load(lang)
        fonts.font(lang)
        return cls(aspect, SHAPES[aspect], themes.theme(theme), text)

    def figure(self) -> Picture:
        """Return an empty page, with a canvas of its own so that type can be measured."""
        figure = Picture(
            figsize=(self.shape.width, self.shape.height),
            dpi=100,
            facecolor=self.theme.background,
        )
        FigureCanvasAgg(figure)
        return figure

    def boxes(self, count: int) -> list[Box]:
        """Divide the page evenly, side by side or stacked as its shape wants."""
        shape = self.shape
        across, down = (1, count) if shape.stacked else (count, 1)
        width = (shape.width - 2 * shape.margin - (across - 1) * shape.gap) / across
        height = (shape.height - 2 * shape.margin - (down - 1) * shape.gap) / down
        boxes = []
        for index in range(count):
            left = shape.margin + (index % across) * (width + shape.gap)
            bottom = shape.margin + (down - 1 - index // across) * (height + shape.gap)
            boxes.append(Box(left, left + width, bottom, bottom + height))
        return boxes

    def panels(self, count: int) -> list[Panel]:
        """Divide the page as :meth:`boxes` does, each with its lines of type."""
        return list(map(self.panel, self.boxes(count)))

    def panel(self, box: Box) -> Panel:
        """Divide a rectangle of the page, in inches, into lines of type and a drawing."""
        shape = self.shape
        sizes = (shape.heading, shape.body, shape.note)
        heading, summary, foot = (
            rows * size * LEADING / POINTS_PER_INCH
            for rows, size in zip(shape.rows, sizes, strict=True)
        )
        air = 0.5 * shape.body / POINTS_PER_INCH
        below, under = box.top - heading, box.top - heading - summary
        boxes = (
            replace(box, bottom=below),
            replace(box, bottom=under, top=below),
            replace(box, top=box.bottom + foot),
        )
        plane = replace(box, bottom=box.bottom + foot + air, top=under - air)
        above, middle, last = map(Lines, boxes, sizes, shape.rows)
        return Panel(above, middle, plane, last)

    def stacked(self, room: Panel, numbered: Sequence[bool]) -> list[tuple[Lines, Box]]:
        """Divide a panel's room between panels above each other: a heading and a box for each.

        The first has the room's own heading. One whose level axis is `numbered` is higher by
        that, so that all show their values at one scale.
        """
        shape, plane = self.shape, room.plane
        air = 0.3 * shape.body / POINTS_PER_INCH
        head = shape.body * LEADING / POINTS_PER_INCH
        row = NUMBERS * shape.note / POINTS_PER_INCH
        above = (len(numbered) - 1) * (head + 3 * air)
        share = (plane.height - above - sum(numbered) * row) / len(numbered)
        parts, top, lines = [], plane.top, room.heading
        for is_numbered in numbered:
            height = share + row * is_numbered
            parts.append((lines, Box(plane.left, plane.right, top - height, top)))
            top -= height + 2 * air + head
            lines = Lines(Box(plane.left, plane.right, top, top + head), shape.body, 1)
            top -= air
        return parts

    def font(self, size: float, *, bold: bool = False, content: str = "") -> FontProperties:
        """Return the language's font; for names in a sentence it cannot write, one that can.

        The file is named, not the family: a copy installed elsewhere may differ.
        """
        # mathematics has type of its own
        words = "".join(run.content for run in runs(content) if not run.is_math)
        wanted = {ord(letter) for letter in words if not letter.isspace()}
        for lang in (self.text.lang, *sentences.LANGUAGES):
            font = _installed(lang)
            if font is not None and wanted <= _covered(str(font.regular)):
                break
        else:
            font = fonts.font(self.text.lang)
        return FontProperties(
            fname=str(font.bold if bold else font.regular),
            size=size,
            math_fontfamily="custom",
        )

    def write(
        self, figure: Figure, lines: Lines, content: str, color: str, *, bold: bool = False
    ) -> Label:
        """Set a sentence from the top left, broken and then made smaller until it fits."""
        box = lines.box
        label = figure.text(
            box.left / self.shape.width,
            box.top / self.shape.height,
            "",
            fontproperties=self.font(lines.size, bold=bold, content=content),
            color=color,
            va="top",
            linespacing=1.12,
        )
        wrap(label, content, lines.rows, box.width * figure.dpi)
        return label


def _installed(lang: str) -> fonts.Font | None:
    try:
        return fonts.font(lang)
    except BadInput:
        return None
