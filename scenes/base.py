"""What every scene is: a manim scene of one lesson, in a language and a theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from manim import ORIGIN, Animation, Mobject, Scene, Wait, config

from regviz.lessons import catalogue
from regviz.lessons.box import Box
from regviz.lessons.markup import spelled
from regviz.lessons.text import load as load_text
from regviz.lessons.theme import theme as load_theme
from regviz.scenes.captions import Caption, reading_time
from regviz.scenes.chunks import Cut
from regviz.scenes.stage import fit_frame
from regviz.scenes.typeset import typeset

if TYPE_CHECKING:
    from regviz.scenes.film import Film

#: a line that is a little too long is made smaller rather than broken
_LEAST_SHRINK = 0.85


class Stretch(NamedTuple):
    """A named stretch of the scene, in seconds."""

    name: str
    start: float
    end: float


class LessonScene(Scene):
    """A scene that animates the exhibit of `lesson`.

    Every frame is a pure function of value trackers and the exhibit: nothing depends on how
    many frames were drawn before. So a scene can be split, and its parts drawn side by side.

    Parameters
    ----------
    values
        Parameter values of the lesson; what is left out takes its default.
    lang
        Language of the picture and of the captions.
    theme
        Name of the colour theme.
    quiz
        Whether the story's questions are asked.
    heard
        Seconds that each sentence takes to be heard, in order, in a video with a voice.

    Attributes
    ----------
    text, theme
        The sentences and the colours.
    exhibit
        What is shown.
    captions, stretches
        What has been said, and the sections, as far as the scene has played.
    is_counting
        Whether plays are only counted: nothing moves and nothing is drawn.
    cuts
        What was played before each step, as far as the scene has played. What is seen from
        there on depends on the story alone, so a video may be cut there.
    played
        What has been played, skipped plays included.
    film
        What takes the plays in manim's place, if anything does.
    """

    lesson = ""

    def __init__(
        self,
        values: Mapping[str, object] | None = None,
        lang: str = "en",
        theme: str = "light",
        *,
        quiz: bool = True,
        heard: Sequence[float] = (),
        **manim_arguments: Any,
    ) -> None:
        fit_frame()
        super().__init__(**manim_arguments)
        self.text = load_text(lang)
        self.theme = load_theme(theme)
        # keeps the background's opacity, which is 0 in a transparent video
        self.camera.background_color = self.theme.background
        self.exhibit: Any = catalogue.exhibit(self.lesson, values)
        self.quiz = quiz
        self._each_heard = tuple(heard)
        self.film: Film | None = None
        self.is_counting = False
        self.rewind()

    def rewind(self) -> None:
        """Go back to the start of the clock, with nothing said."""
        self.captions: list[Caption] = []
        self.stretches: list[Stretch] = []
        self.cuts: list[Cut] = []
        self.played = Cut(0, 0)
        self._in_play = Cut(0, 0)
        self._heard = iter(self._each_heard)
        self._said: tuple[float, str] | None = None
        #: seconds that the caption takes to be read, and heard
        self.taking = 0.0
        self._section: tuple[float, str] | None = None

    # -- the clock ------------------------------------------------------------------------

    @property
    def n_frames(self) -> int:
        """Number of frames played so far, skipped ones included."""
        return self.played.n_frames

    @property
    def now(self) -> float:
        """Seconds played so far; the same whether plays are drawn or skipped."""
        return float(self.n_frames / config.frame_rate)

    def get_run_time(self, animations: list[Animation]) -> float:
        """Return a play's length as a whole number of frames.

        manim rounds the frames of a play up and those of a pause down, from seconds in which
        a third cannot be written. A quarter of a frame less or more makes both exact.
        """
        frames = max(1, round(super().get_run_time(animations) * config.frame_rate))
        is_pause = len(animations) == 1 and isinstance(animations[0], Wait)
        self._in_play = Cut(frames, 0 if is_pause else frames)
        return float((frames + (0.25 if is_pause else -0.25)) / config.frame_rate)

    def play(self, *animations: Any, **manim_arguments: Any) -> None:
        """Play, and keep the clock; when only counting, keep the clock."""
        if self.is_counting or self.film is not None:
            turns = self.compile_animations(*animations, **manim_arguments)
            self.get_run_time(turns)
            if self.film is not None and not self.is_counting:
                self.film.play(self.mobjects, turns, self._in_play.n_frames)
        else:
            super().play(*animations, **manim_arguments)
            # manim leaves shapes behind their trackers at the end of a play it skips; what is
            # drawn next would then depend on whether this play was drawn
            self.update_mobjects(0)
        self.played = Cut(*map(sum, zip(self.played, self._in_play, strict=True)))

    def begin_step(self) -> None:
        """Begin what can be drawn whether or not what is before it was."""
        if self.film is not None:
            self.is_counting = not self.film.takes(len(self.cuts))
        self.cuts.append(self.played)

    # -- sections and captions ------------------------------------------------------------

    def section(self, name: str) -> None:
        """Begin a section: one idea, which can stand alone as a slide."""
        self.linger()
        self._end_section()
        if self.film is None and not self.is_counting:
            self.next_section(name)
        self._section = (self.now, name)

    def say(self, sentence: str) -> None:
        """Begin a caption; it lasts until the next one, or to the end of the section."""
        self.linger()
        self._hush()
        self._said = (self.now, spelled(sentence))
        reading = reading_time(self._said[1], self.text.lang)
        self.taking = max(reading, next(self._heard, 0.0))

    def linger(self) -> None:
        """Wait until the caption, if too long for what was played, is read and heard."""
        if self._said is not None:
            missing = self.taking - (self.now - self._said[0])
            if missing > 0.0:
                self.wait(missing)

    def _hush(self) -> None:
        """End the caption."""
        if self._said is not None and self.now > self._said[0]:
            self.captions.append(Caption(self._said[0], self.now, self._said[1]))
        self._said = None

    def _end_section(self) -> None:
        self._hush()
        if self._section is not None and self.now > self._section[0]:
            self.stretches.append(Stretch(self._section[1], self._section[0], self.now))
        self._section = None

    def finish(self) -> None:
        """Close what is open."""
        self._end_section()

    def tear_down(self) -> None:
        """Close what is open, and give the captions to manim for its own subtitle file."""
        self.finish()
        for caption in self.captions:
            self.add_subcaption(
                caption.text,
                duration=caption.end - caption.start,
                offset=caption.start - self.time,
            )

    # -- lettering ------------------------------------------------------------------------

    def lettering(self, sentence: str, em: float, **style: Any) -> Mobject:
        """Set a sentence in the scene's language, by default in the colour of ink."""
        return typeset(
            sentence, lang=self.text.lang, em=em, **{"color": self.theme.ink, **style}
        )

    def fitted(self, sentence: str, em: float, box: Box, **style: Any) -> Mobject:
        """Set a sentence in the middle of a box; it breaks its lines, and shrinks, to fit."""
        text = self.lettering(sentence, em, **style)
        if text.width * _LEAST_SHRINK > box.width:
            text = self.lettering(sentence, em, width=box.width, **style)
        # about the line's own height, not the letters': sentences side by side stay level
        text.scale(
            min(1.0, box.height / text.height, box.width / text.width), about_point=ORIGIN
        )
        return text.shift(box.center)
