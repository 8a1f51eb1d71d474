"""From what the user asked for to jobs: names, sizes and what contradicts what."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regviz.lecture import voice as voices
from regviz.lecture.choices import (
    CAPTION_FORMATS,
    FIGURE_ASPECTS,
    FIGURE_FORMATS,
    LANGUAGES,
    PAGE_FORMATS,
    PAGE_THEMES,
    QUALITIES,
    SCENE_ASPECTS,
    SCRIPT_FORMATS,
    STILL_FORMATS,
    THEMES,
    TRANSPARENT_FORMATS,
    VIDEO_FORMATS,
)
from regviz.lecture.job import FigureJob, Job, PageJob, SceneJob, ScriptJob
from regviz.lecture.naming import lesson_name
from regviz.lessons.errors import BadInput

#: suffixes that make `-o` name a file
_FILE_SUFFIXES = {*FIGURE_FORMATS, *VIDEO_FORMATS, *CAPTION_FORMATS, *PAGE_FORMATS}
_FILE_SUFFIXES |= {*SCRIPT_FORMATS}
#: suffixes that mean a file that we cannot make, and never a folder
_OTHER_SUFFIXES = {"jpg", "jpeg", "webp", "tif", "tiff", "bmp", "eps", "ps", "avi", "mkv"}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What figures, scenes and pages are asked for alike.

    Attributes
    ----------
    lessons
        Slugs; values are for each of them.
    output
        A file if it ends in a format's suffix, else a folder.
    formats
        Those asked for by name; empty means that the output's name or a default decides.
    """

    lessons: Sequence[str]
    values: Mapping[str, object]
    output: str
    formats: tuple[str, ...]
    langs: tuple[str, ...]
    themes: tuple[str, ...]
    transparent: bool


def figure_jobs(wish: Wish, *, aspect: str, dpi: int) -> list[Job]:
    """Return the figures that are asked for.

    Raises
    ------
    BadInput
        If the output's name and the formats contradict each other.
    """
    formats = _formats(wish, FIGURE_FORMATS, "a figure", default="svg")
    shape = () if aspect == FIGURE_ASPECTS[0] else (aspect,)
    return [
        FigureJob(**common, formats=formats, aspect=aspect, dpi=dpi)
        for common in _each(wish, marks=shape)
    ]


def scene_jobs(
    wish: Wish,
    *,
    quality: str,
    fps: int | None,
    resolution: tuple[int, int] | None,
    aspect: str | None,
    still: bool,
    captions: str,
    quiz: bool,
    voice: str | None,
    voice_command: str | None,
) -> list[Job]:
    """Return the videos, or with `still` the pictures, that are asked for.

    Raises
    ------
    BadInput
        If the output's name, formats, sizes or transparency contradict each other.
    """
    width, height = _size(quality, resolution, aspect)
    spoken = voice is not None or voice_command is not None
    if still and spoken:
        raise BadInput("a still has no sound; leave out -s, or --voice.")
    if still:
        formats = _formats(wish, STILL_FORMATS, "a still", default="png")
    else:
        default = "webm" if wish.transparent else "mp4"
        formats = _formats(wish, VIDEO_FORMATS, "a video", default=default)
        _check_transparent(wish, formats)
    beside = () if still or captions == "none" else (captions,)
    # A still's name must not be that of the lesson's figure.
    end = "-still" if still and not _suffix(wish.output) else ""
    marks = [aspect] if aspect not in (None, "16:9") else []
    marks += [] if quiz else ["no-quiz"]
    marks += ["voice"] if spoken else []
    speaker = voice, voice_command
    return [
        SceneJob(
            **common | {"stem": common["stem"] + end},
            formats=formats,
            width=width,
            height=height,
            still=still,
            captions=beside,
        )
        for common in _told(wish, tuple(marks), (quality, fps), quiz, speaker)
    ]


def script_jobs(
    wish: Wish,
    *,
    quality: str,
    fps: int | None,
    quiz: bool,
    voice: str | None,
    voice_command: str | None,
) -> list[Job]:
    """Return the scripts that are asked for.

    Raises
    ------
    BadInput
        If the output's name is that of another kind of file, or the voice cannot be had.
    """
    marks = ("script",) if quiz else ("no-quiz", "script")
    formats = _formats(wish, SCRIPT_FORMATS, "a script", default="")
    told = _told(wish, marks, (quality, fps), quiz, (voice, voice_command))
    return [ScriptJob(**common, formats=formats) for common in told]


def page_jobs(wish: Wish, *, split: bool) -> list[Job]:
    """Return the pages that are asked for.

    Raises
    ------
    BadInput
        If the output's name is that of another kind of file.
    """
    formats = _formats(wish, PAGE_FORMATS, "a page", default="html")
    return [
        PageJob(**common, formats=formats, split=split)
        for common in _each(wish, PAGE_THEMES[0])
    ]


def _ending(output: str) -> str:
    return os.path.splitext(output)[1].removeprefix(".")


def _suffix(output: str) -> str:
    suffix = _ending(output).lower()
    if suffix in _OTHER_SUFFIXES:
        made = _either((*FIGURE_FORMATS, *VIDEO_FORMATS))
        raise BadInput(f"-o {output}: regviz does not make {suffix}; give {made}.")
    return suffix if suffix in _FILE_SUFFIXES else ""


def _formats(
    wish: Wish, offered: tuple[str, ...], what: str, *, default: str
) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(wish.formats))
    suffix = _suffix(wish.output)
    for asked in (*named, *([suffix] if suffix else [])):
        if asked not in offered:
            raise BadInput(f"{what} cannot be {asked}; give {_either(offered)}.")
    if suffix and named and named != (suffix,):
        raise BadInput(
            f"-o {wish.output} and --format {','.join(named)} contradict each other; "
            "leave one out."
        )
    if not (named or suffix or default):
        return offered
    return named or (suffix or default,)


def _either(options: Sequence[str]) -> str:
    return " or ".join([", ".join(options[:-1]), options[-1]] if options[1:] else options)


def _check_transparent(wish: Wish, formats: tuple[str, ...]) -> None:
    for name in formats:
        if wish.transparent and name not in TRANSPARENT_FORMATS:
            raise BadInput(
                f"{name} has no transparency; give --format {_either(TRANSPARENT_FORMATS)}, "
                "or leave out -t."
            )


def _size(
    quality: str, resolution: tuple[int, int] | None, aspect: str | None
) -> tuple[int, int]:
    if resolution is not None:
        if aspect is not None:
            raise BadInput("-r and --aspect both set the picture's shape; give one of them.")
        return resolution
    wide, high = SCENE_ASPECTS[aspect or "16:9"]
    short = QUALITIES[quality][0]
    # Rounded up to even numbers, which video formats need.
    return tuple(-(-short * side // (2 * min(wide, high))) * 2 for side in (wide, high))  # type: ignore[return-value]


def video_size(quality: str, aspect: str) -> tuple[int, int, int]:
    """Return a quality's width and height in pixels, and its frames per second."""
    return *_size(quality, None, aspect), QUALITIES[quality][1]


def _each(
    wish: Wish, usual_theme: str = THEMES[0], marks: tuple[str, ...] = ()
) -> Iterator[dict[str, Any]]:
    """Yield what all jobs have; marks are what else tells a picture from the usual one."""
    marks += ("transparent",) if wish.transparent else ()
    langs, themes = dict.fromkeys(wish.langs), dict.fromkeys(wish.themes)
    if _suffix(wish.output) and len(wish.lessons) > 1:
        raise BadInput(f"{wish.output} is one file for several lessons; give a folder with -o.")
    alone = len(langs) * len(themes) == 1
    for lesson in wish.lessons:
        name = lesson_name(lesson, wish.values, marks)
        for lang in langs:
            for theme in themes:
                yield {
                    "lesson": lesson,
                    "values": wish.values,
                    "lang": lang,
                    "theme": theme,
                    "stem": _stem(wish.output, name, (lang, theme), usual_theme, alone),
                    "transparent": wish.transparent,
                    "ending": _ending(wish.output),
                }


def _told(
    wish: Wish,
    marks: tuple[str, ...],
    speed: tuple[str, int | None],
    quiz: bool,
    speaker: tuple[str | None, str | None],
) -> Iterator[dict[str, Any]]:
    """Yield what all videos and all scripts have: a quality's speed or another, and a voice."""
    quality, fps = speed
    for common in _each(wish, marks=marks):
        yield common | {
            "fps": fps or QUALITIES[quality][1],
            "quiz": quiz,
            "voice": voices.chosen(*speaker, common["lesson"], common["lang"]),
        }


def _stem(
    output: str, name: str, chosen: tuple[str, str], usual_theme: str, alone: bool
) -> str:
    if not _suffix(output):
        return os.path.join(output, stem_of(name, *chosen, usual_theme))
    # A file named by the user keeps its name where no other would take it.
    named = os.path.splitext(output)[0]
    return named if alone else stem_of(named, *chosen, usual_theme)


def stem_of(name: str, lang: str, theme: str, usual_theme: str = THEMES[0]) -> str:
    """Return a name with marks of its language and theme, where they are not the usual ones."""
    marks = [mark for mark in (lang, theme) if mark not in (LANGUAGES[0], usual_theme)]
    return "-".join([name, *marks])
