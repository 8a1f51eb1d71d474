"""The options that all lessons have in a medium."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from regviz.lecture import choices
from regviz.lecture.voice import ENGINE

if TYPE_CHECKING:
    _ParamType = click.ParamType[Any]
else:
    _ParamType = click.ParamType


class _Resolution(_ParamType):
    """Width and height in pixels, as `1280,720`."""

    name = "W,H"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, int]:
        """Return the pair, checked."""
        try:
            width, height = map(int, value.split(",") if isinstance(value, str) else value)
        except ValueError:
            self.fail(f"{value!r} is not two whole numbers, such as 1280,720", param, ctx)
        if any(side % 2 or not 64 <= side <= 8192 for side in (width, height)):
            self.fail(f"{value!r} will not do; give even numbers from 64 to 8192", param, ctx)
        return width, height


def _common(
    themes: Sequence[str] = choices.THEMES, *, transparent: bool = True
) -> list[click.Parameter]:
    background = click.Option(
        ["-t", "--transparent"], is_flag=True, help="Leave out the background."
    )
    return [
        *_where(),
        _several(
            ["--theme", "themes"],
            themes,
            f"Colours, by default {themes[0]}.",
            themes[:1],
        ),
        *([background] if transparent else []),
        click.Option(["-p", "--preview"], is_flag=True, help="Open the first file when done."),
        *_how(),
    ]


def _where() -> list[click.Parameter]:
    return [
        click.Option(
            ["-o", "--output"],
            default=".",
            metavar="PATH",
            help="Folder, or file if it ends in a format's suffix; by default the current "
            "folder, and a name that tells the parameters. What is there is replaced.",
        ),
        _several(
            ["--lang", "langs"],
            choices.LANGUAGES,
            "Language, by default en.",
            choices.LANGUAGES[:1],
        ),
    ]


def _how() -> list[click.Parameter]:
    return [
        click.Option(
            ["-j", "--jobs", "n_workers"],
            type=click.IntRange(1, 64),
            default=1,
            show_default=True,
            help="How many outputs, or parts of one video, to make side by side.",
        ),
        click.Option(
            ["--progress/--no-progress"],
            default=None,
            help="Show progress on stderr; by default on a terminal only.",
        ),
        click.Option(["--json", "as_json"], is_flag=True, help="Print an object per file."),
    ]


def _several(
    names: list[str], words: Sequence[str], text: str, default: Sequence[str] = ()
) -> click.Option:
    return click.Option(
        names,
        type=click.Choice(words),
        multiple=True,
        default=default,
        help=f"{text} May be repeated.",
    )


def several_option(names: list[str], words: Sequence[str], text: str) -> Callable[..., Any]:
    """Return what gives a command an option that may be repeated."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        return click.option(
            *names,
            type=click.Choice(words),
            multiple=True,
            help=f"{text} May be repeated.",
        )(command)

    return add


def figure_options() -> list[click.Parameter]:
    """Return those of figures."""
    return [
        _several(
            ["--format", "formats"], choices.FIGURE_FORMATS, "File format; by default svg."
        ),
        click.Option(
            ["--dpi"],
            type=click.IntRange(50, 1200),
            default=200,
            show_default=True,
            help="Dots per inch of a png.",
        ),
        click.Option(
            ["--aspect"],
            type=click.Choice(choices.FIGURE_ASPECTS),
            default=choices.FIGURE_ASPECTS[0],
            show_default=True,
            help="Shape; paper is one column wide.",
        ),
        *_common(),
    ]


def scene_options() -> list[click.Parameter]:
    """Return those of videos."""
    qualities = ", ".join(
        f"{letter} {height}p{fps}" for letter, (height, fps) in choices.QUALITIES.items()
    )
    return [
        *_rates(f"Size and frame rate: {qualities}."),
        click.Option(
            ["-r", "--resolution"], type=_Resolution(), help="Pixels, such as 1280,720."
        ),
        click.Option(
            ["--aspect"],
            type=click.Choice(tuple(choices.SCENE_ASPECTS)),
            help="Shape, 16:9 by default; the quality sets the short side.",
        ),
        _several(
            ["--format", "formats"],
            choices.VIDEO_FORMATS + choices.STILL_FORMATS,
            "File format; by default mp4, with -t webm, with -s png.",
        ),
        click.Option(["-s", "--still"], is_flag=True, help="Make only the final still."),
        click.Option(
            ["--captions"],
            type=click.Choice((*choices.CAPTION_FORMATS, "none")),
            default=choices.CAPTION_FORMATS[0],
            show_default=True,
            help="Caption file beside the video.",
        ),
        *_said(),
        *_common(),
    ]


def script_options() -> list[click.Parameter]:
    """Return those of scripts."""
    rates = ", ".join(f"{letter} {fps}" for letter, (_, fps) in choices.QUALITIES.items())
    return [
        *_rates(f"That of the video, for exact times; its frames per second: {rates}."),
        _several(
            ["--format", "formats"], choices.SCRIPT_FORMATS, "File format; by default both."
        ),
        *_said(),
        *_where(),
        *_how(),
    ]


def _rates(text: str) -> list[click.Parameter]:
    return [
        click.Option(
            ["-q", "--quality"],
            type=click.Choice(tuple(choices.QUALITIES)),
            default="h",
            show_default=True,
            help=text,
        ),
        click.Option(["--fps"], type=click.IntRange(1, 120), help="Frames per second."),
    ]


def _said() -> list[click.Parameter]:
    return [
        click.Option(
            ["--quiz/--no-quiz"],
            default=True,
            help="Ask before showing, and leave time to answer; by default it does.",
        ),
        click.Option(
            ["--voice"],
            is_flag=False,
            flag_value=ENGINE,
            metavar="[DIR]",
            help="Speak the captions: with your recordings in DIR, which `regviz script` "
            "names, or without DIR by the engine that regviz[voice] installs, in English.",
        ),
        click.Option(
            ["--voice-command"],
            metavar="CMD",
            help="Speak the captions by a program, such as 'espeak-ng -w {out} {text}'; {lang} "
            "is the language.",
        ),
    ]


def page_options() -> list[click.Parameter]:
    """Return those of pages."""
    return [
        click.Option(
            ["--split"],
            is_flag=True,
            help="Put style and script into files beside the page, for a server that allows "
            "no other.",
        ),
        *_common(choices.PAGE_THEMES, transparent=False),
    ]
