"""Jobs: the smallest things that are made alone, frozen so that they can travel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from regviz.lecture.choices import TRANSCRIPT

if TYPE_CHECKING:
    from regviz.lecture.voice import Voice


@dataclass(frozen=True, kw_only=True)
class Job:
    """One lesson in one medium, language and theme.

    Attributes
    ----------
    lesson
        The lesson's slug.
    values
        Parameters the user gave; the lesson chooses the others.
    lang, theme
        Of every file this job makes.
    stem
        Path of the files without their suffix.
    formats
        Suffixes of the pictures or videos to make.
    transparent
        Whether the background is left out.
    ending
        How the user spelt the suffix of a file, such as `PNG`; empty if no file was named.
    """

    medium: ClassVar[str]

    lesson: str
    values: Mapping[str, object]
    lang: str
    theme: str
    stem: str
    formats: tuple[str, ...]
    transparent: bool
    ending: str = ""

    @property
    def name(self) -> str:
        """What messages call the job, such as `corner (ko, dark)`."""
        return f"{self.lesson} ({self.lang}, {self.theme})"

    def path(self, suffix: str) -> Path:
        """Return where the file of that format goes."""
        spelt = self.ending if self.ending.lower() == suffix else suffix
        return Path(f"{self.stem}.{spelt}")

    def paths(self) -> list[Path]:
        """Return every file the job makes."""
        return [self.path(suffix) for suffix in self.formats]


@dataclass(frozen=True, kw_only=True)
class FigureJob(Job):
    """A figure; `dpi` counts where a format has pixels."""

    medium = "figure"

    aspect: str
    dpi: int


@dataclass(frozen=True, kw_only=True)
class SceneJob(Job):
    """A video, or its final still alone; sizes in pixels, rates in frames per second.

    Attributes
    ----------
    captions
        Formats of the caption files beside the video; with any, a transcript stands there, too.
    parts
        Whether to make the poster (an early frame) and a video of each section, too; they
        are the files `poster.png` and `section-01.mp4` and so on, behind the stem.
    quiz
        Whether the story's questions are asked.
    voice
        What speaks the sentences; None for a silent video.
    """

    medium = "scene"

    width: int
    height: int
    fps: int
    still: bool
    captions: tuple[str, ...]
    parts: bool = False
    quiz: bool = True
    voice: Voice | None = None

    def paths(self) -> list[Path]:
        """Return every file the job makes, but for sections, whose number shows later."""
        beside = (*self.captions, TRANSCRIPT) if self.captions else ()
        poster = ("poster.png",) if self.parts else ()
        return [self.path(suffix) for suffix in (*self.formats, *beside, *poster)]


@dataclass(frozen=True, kw_only=True)
class ScriptJob(Job):
    """What a video says, and when; times are those of a video with that rate and voice."""

    medium = "script"

    fps: int
    quiz: bool = True
    voice: Voice | None = None


@dataclass(frozen=True, kw_only=True)
class ScenePartJob(SceneJob):
    """A part of a video, which is drawn and encoded by itself.

    Attributes
    ----------
    share
        Which part it is, from 0, and of how many.
    """

    share: tuple[int, int]

    @classmethod
    def of(cls, job: SceneJob, index: int, n_parts: int) -> ScenePartJob:
        """Return a part of a job."""
        own = {each.name: getattr(job, each.name) for each in fields(SceneJob)}
        return cls(**own, share=(index, n_parts))


@dataclass(frozen=True, kw_only=True)
class PageJob(Job):
    """An interactive page.

    Attributes
    ----------
    split
        Whether style and script stand in files beside it.
    posters
        Formats of the lesson's figure to put beside it, for paper and slides; they are the
        files `poster.svg` and so on, behind the stem.
    """

    medium = "page"

    split: bool
    posters: tuple[str, ...] = ()

    def paths(self) -> list[Path]:
        """Return every file the job makes."""
        beside = ("css", "js") if self.split else ()
        posters = (f"poster.{suffix}" for suffix in self.posters)
        return [self.path(suffix) for suffix in (*self.formats, *beside, *posters)]
