"""What a deck is made of: slides, which every target renders, and decides nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regviz.lecture.manifest import Cue, Entry, Section
from regviz.lecture.markdown import Blocks, Paragraph, Run, plain
from regviz.lessons.errors import BadInput
from regviz.lessons.markup import LETTERS
from regviz.lessons.text import load

if TYPE_CHECKING:
    from regviz.lessons.asked import Asked

#: pixels per inch of a question's picture, which is half a slide
DPI = 200


@dataclass(frozen=True, kw_only=True)
class Slide:
    """What every slide has.

    Attributes
    ----------
    title
        What the slide is called; empty for a text that has none.
    lang, theme
        Of its texts and colours.
    alt
        What its picture shows; empty if it has none.
    notes
        What the speaker may say, a paragraph each.
    """

    title: Paragraph
    lang: str
    theme: str
    alt: str = ""
    notes: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The title in letters alone, for outlines."""
        return plain((self.title,))


@dataclass(frozen=True, kw_only=True)
class Title(Slide):
    """The lecture's first slide; its title is the lecture's."""

    author: str


@dataclass(frozen=True, kw_only=True)
class Words(Slide):
    """A few lines.

    Attributes
    ----------
    text
        What is said below the title.
    scale
        Size of its type, one of :data:`regviz.lecture.markdown.SCALES`, at which it fits.
    """

    text: Blocks
    scale: float


@dataclass(frozen=True, kw_only=True)
class Part(Words):
    """What a part of the lecture begins with."""


@dataclass(frozen=True, kw_only=True)
class Opening(Words):
    """A lesson's first slide."""

    number: int
    lesson: str


@dataclass(frozen=True, kw_only=True)
class Picture(Slide):
    """A figure."""

    entry: Entry


@dataclass(frozen=True, kw_only=True)
class Clip(Slide):
    """A section of a video; its cues count from the section's own start."""

    entry: Entry
    section: Section
    cues: tuple[Cue, ...]
    place: int
    places: int


@dataclass(frozen=True)
class Drawn:
    """The picture of a question, drawn as it is asked for."""

    asked: Asked
    lang: str
    theme: str

    def encode(self, suffix: str) -> bytes:
        """Return it as a file of this format, `svg`, `pdf` or `png`."""
        from regviz.figures import draw_question
        from regviz.figures.save import encode

        figure = draw_question(self.asked, lang=self.lang, theme=self.theme)
        return encode(figure, suffix, dpi=DPI, title="", description="")


@dataclass(frozen=True, kw_only=True)
class Ask(Slide):
    """A question, its title the prompt; nothing of it, nor its notes, answers it.

    Attributes
    ----------
    number
        The lesson's and its own in the lesson, such as `3.1`.
    asked
        The question as the lesson asks it; of an answer, with it in the picture.
    options
        What can be chosen; of another kind of question, what is to be done.
    scale
        Size of their type, one of :data:`regviz.lecture.markdown.SCALES`, at which they fit
        together with the answer, so that nothing moves when that comes.
    """

    number: str
    asked: Asked
    options: tuple[Paragraph, ...]
    scale: float

    @property
    def picture(self) -> Drawn | None:
        """What is seen meanwhile, if anything."""
        if self.asked.question.panel is None:
            return None
        return Drawn(self.asked, self.lang, self.theme)

    @property
    def is_choice(self) -> bool:
        """Whether the options are to choose from."""
        return len(self.options) > 1


@dataclass(frozen=True, kw_only=True)
class Answer(Ask):
    """A question with its answer; what to say to wrong ones stands in its notes.

    Attributes
    ----------
    right
        The right answer, or None where the picture or the reply has it.
    at
        Which option that is, or None if there was nothing to choose from.
    reply
        Why it is right.
    wrongs
        Wrong answers that are often given, each with what is said to it.
    """

    right: Paragraph | None
    at: int | None
    reply: Paragraph
    wrongs: tuple[tuple[Paragraph, Paragraph], ...]

    def head(self, *, brief: bool) -> Paragraph:
        """Return what stands before the reply; in brief, an option is its letter."""
        right = self.right
        if brief and self.at is not None:
            right = Paragraph((Run(LETTERS[self.at]),))
        label = load(self.lang)("ask.answer")
        if right is None:
            return Paragraph((Run(f"{label}:"),), is_heading=True)
        return Paragraph((Run(f"{label}: "), *right.runs, Run(".")), is_heading=True)


@dataclass(frozen=True, kw_only=True)
class Explorer(Slide):
    """An interactive page, and its lesson's figure, for where a page cannot be."""

    entry: Entry
    behind: Entry | None


@dataclass(frozen=True, kw_only=True)
class Deck:
    """A lecture in one language.

    Attributes
    ----------
    title
        In letters alone; that of the first slide may have mathematics in it.
    theme
        Of its first slide.
    out
        The folder that every path of an entry is relative to.
    """

    title: str
    author: str
    lang: str
    theme: str
    out: Path
    slides: tuple[Slide, ...]

    def read(self, path: str) -> bytes:
        """Return a file of the lecture.

        Raises
        ------
        BadInput
            If it is not there any more, or cannot be read.
        """
        found = self.locate(path)
        try:
            return found.read_bytes()
        except OSError as error:
            raise BadInput(f"{found} cannot be read: {error.strerror}.") from None

    def read_text(self, path: str) -> str:
        """Return a file of the lecture that is text; see :meth:`read`."""
        try:
            return self.read(path).decode()
        except UnicodeDecodeError:
            raise BadInput(
                f"{self.out / path} is no text any more; build the lecture again."
            ) from None

    def locate(self, path: str) -> Path:
        """Return where a file of the lecture is; see :meth:`read`."""
        found = (self.out / path).resolve()
        if not found.is_relative_to(self.out.resolve()) or not found.is_file():
            raise BadInput(f"{self.out / path} is gone; build the lecture again.")
        return found
