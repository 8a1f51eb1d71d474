"""The command line: thin, and quick to start, since help and completion load only click."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from regviz.lecture import choices
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_help import explained
from regviz.lessons.printable import brief

if TYPE_CHECKING:
    from dataclasses import Field

    from click.shell_completion import CompletionItem

    from regviz.lessons.catalogue import Entry
    from regviz.lessons.parameters import Kind

    _ParamType = click.ParamType[Any]
else:
    _ParamType = click.ParamType


class _Sentences(click.Group):
    """A group whose every complaint is one sentence on stderr, in one form."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command and end the process with its exit code."""
        extra["standalone_mode"] = False
        try:
            code = super().main(*args, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = error.exit_code
        except click.ClickException as error:
            code = _complain(_sentence(error), error.exit_code)
        except BadInput as error:
            code = _complain(str(error), 2)
        except click.Abort:
            code = _complain("interrupted.", 130)
        except UnicodeEncodeError as error:
            signs = brief(error.object[error.start : error.end])
            told = f"{error.encoding} has no letters for {signs}; set PYTHONIOENCODING=utf-8."
            code = _complain(told, 2)
        except OSError as error:  # a folder that vanishes, a file that nobody may read
            where = f"{error.filename}: " if error.filename else ""
            code = _complain(f"{where}{error.strerror or error}.", 1)
        sys.exit(code)


def _complain(message: str, code: int) -> int:
    click.echo(f"regviz: {message}", err=True)
    return code


def _sentence(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f"; did you mean {error.possibilities[0]}?" if error.possibilities else "."
        return f"there is no option {error.option_name}{near}"
    message = " ".join(error.format_message().split())
    ending = "" if message.endswith(("?", "?)")) else "."
    return message[0].lower() + message[1:].rstrip(".") + ending


class _Value(_ParamType):
    """A lesson's knob as click sees it; the knob itself reads and checks."""

    def __init__(self, knob: Field[Any]) -> None:
        self.kind: Kind = knob.metadata["kind"]
        self.knob = knob.name
        self.name = type(self.kind).__name__.upper()

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the checked value."""
        del param, ctx
        return self.kind.read(self.knob, value)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return the words to choose from, or what kind of value is wanted."""
        del param, ctx
        free = getattr(self.kind, "metavar", "")
        words = getattr(self.kind, "options", ())
        return "|".join(filter(None, (free, *words))) or self.name

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Offer the words to choose from, or files."""
        del ctx, param
        from click.shell_completion import CompletionItem

        if self.name == "FILE":
            return [CompletionItem(incomplete, type="file")]
        words = getattr(self.kind, "options", ())
        return [CompletionItem(word) for word in words if word.startswith(incomplete)]


def _knob_option(knob: Field[Any]) -> click.Option:
    names = [f"--{knob.name.replace('_', '-')}", knob.name]
    if knob.name == "lam":
        names.insert(1, "--lambda")
    return click.Option(names, type=_Value(knob), help=explained(knob))


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


class _Lesson(click.Command):
    """A lesson in one medium; its knobs become options when something asks for them."""

    @cached_property
    def knob_options(self) -> list[click.Parameter]:
        """The options made from the lesson's parameters."""
        from regviz.lessons import catalogue

        knobs = catalogue.parameters_class(str(self.name)).knobs()
        return [_knob_option(knob) for knob in knobs]

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the lesson's own options and those that all lessons have."""
        return [*self.knob_options, *super().get_params(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the lesson's own options apart from those that all lessons have."""
        knobs, all_lessons = self.knob_options, super().get_params(ctx)
        for heading, params in (("Parameters", knobs), ("Options", all_lessons)):
            rows = [row for param in params if (row := param.get_help_record(ctx))]
            with formatter.section(heading):
                formatter.write_dl(rows)


class _Medium(click.Group):
    """The lessons that have a medium, each a command."""

    def __init__(
        self, name: str, medium: str, options: Callable[[], list[click.Parameter]], **extra: Any
    ) -> None:
        super().__init__(
            name,
            callback=self.make_every,
            invoke_without_command=True,
            subcommand_metavar="LESSON [PARAMETERS] [OPTIONS]",
            **extra,
        )
        self.medium = medium
        self._make_options = options

    @cached_property
    def options(self) -> list[click.Parameter]:
        """The options that all lessons have; made late, since most runs need only one set."""
        return self._make_options()

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the options, which stand for every lesson or before one's name."""
        every = click.Option(["--all", "every"], is_flag=True, help="Make every lesson.")
        return [every, *self.options, *super().get_params(ctx)]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the lessons, in teaching order."""
        del ctx
        return [entry.slug for entry in self._entries()]

    def _entries(self) -> list[Entry]:
        from regviz.lessons import catalogue

        return [entry for entry in catalogue.entries() if self.medium in entry.media]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the lesson's command."""
        del ctx
        for entry in self._entries():
            if entry.slug == cmd_name:
                return _Lesson(
                    entry.slug,
                    params=self.options,
                    callback=partial(self.make, [entry.slug]),
                    help=f"{entry.title['en']}: {entry.summary['en']}.",
                )
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the lesson, or say which are near."""
        if not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None:
            from regviz.lessons import catalogue

            there = " and ".join(catalogue.entry(args[0]).media) or "nothing yet"
            raise BadInput(f"lesson {args[0]!r} has no {self.medium}; it has {there}.")
        return super().resolve_command(ctx, args)

    def make_every(self, every: bool, **given: Any) -> int | None:
        """Make every lesson, or hand the options before a lesson's name on to it."""
        ctx = click.get_current_context()
        lesson = ctx.invoked_subcommand
        if every and lesson is None:
            return self.make(self.list_commands(ctx), tolerant=True, **given)
        if every:
            raise BadInput(f"--all makes every lesson; leave out {lesson!r} or --all.")
        if lesson is None:
            names = ", ".join(self.list_commands(ctx))
            raise BadInput(f"which lesson? Give {names} or --all.")
        typed = (ParameterSource.COMMANDLINE, ParameterSource.DEFAULT_MAP)
        set_here = {key: given[key] for key in given if ctx.get_parameter_source(key) in typed}
        ctx.default_map = {lesson: set_here}
        return None

    def make(self, lessons: Sequence[str], *, tolerant: bool = False, **given: Any) -> int:
        """Plan and make the files of some lessons; what is no option of ours is a knob's."""
        from regviz.lecture import console, plan

        options = {str(option.name): given.pop(str(option.name)) for option in self.options}
        take = options.pop
        wish = plan.Wish(
            lessons=lessons,
            values={name: value for name, value in given.items() if value is not None},
            output=take("output"),
            formats=take("formats", ()),
            langs=take("langs"),
            themes=take("themes"),
            transparent=take("transparent", False),
        )
        order = console.Order(
            n_workers=take("n_workers"),
            as_json=take("as_json"),
            progress=take("progress"),
            preview=take("preview"),
            summary=self.medium == "scene",
            tolerant=tolerant,
        )
        planner: Any = getattr(plan, f"{self.medium}_jobs")
        return console.produce(planner(wish, **options), order)


def _common(
    themes: Sequence[str] = choices.THEMES, *, transparent: bool = True
) -> list[click.Parameter]:
    background = click.Option(
        ["-t", "--transparent"], is_flag=True, help="Leave out the background."
    )
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
        _several(
            ["--theme", "themes"],
            themes,
            f"Colours, by default {themes[0]}.",
            themes[:1],
        ),
        *([background] if transparent else []),
        click.Option(["-p", "--preview"], is_flag=True, help="Open the first file when done."),
        click.Option(
            ["-j", "--jobs", "n_workers"],
            type=click.IntRange(1, 64),
            default=1,
            show_default=True,
            help="How many outputs to make side by side.",
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


def _several_option(names: list[str], words: Sequence[str], text: str) -> Callable[..., Any]:
    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        return click.option(
            *names,
            type=click.Choice(words),
            multiple=True,
            help=f"{text} May be repeated.",
        )(command)

    return add


def _figure_options() -> list[click.Parameter]:
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


def _scene_options() -> list[click.Parameter]:
    qualities = ", ".join(
        f"{letter} {height}p{fps}" for letter, (height, fps) in choices.QUALITIES.items()
    )
    return [
        click.Option(
            ["-q", "--quality"],
            type=click.Choice(tuple(choices.QUALITIES)),
            default="h",
            show_default=True,
            help=f"Size and frame rate: {qualities}.",
        ),
        click.Option(["--fps"], type=click.IntRange(1, 120), help="Frames per second."),
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
        *_common(),
    ]


def _page_options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--split"],
            is_flag=True,
            help="Put style and script into files beside the page, for a server that allows "
            "no other.",
        ),
        *_common(choices.PAGE_THEMES, transparent=False),
    ]


@click.group(cls=_Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="regviz", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Teach L1 and L2 regularization with certified videos and figures."""
    from regviz.lecture import settings

    ctx.default_map = settings.defaults(ctx, main)


main.add_command(
    _Medium(
        "figure",
        "figure",
        _figure_options,
        short_help="Draw lessons as figures.",
        help="Draw a lesson as a figure; `regviz figure LESSON --help` shows its parameters.",
    )
)
main.add_command(
    _Medium(
        "render",
        "scene",
        _scene_options,
        short_help="Render lessons as videos.",
        help="Render a lesson as a video; `regviz render LESSON --help` shows its parameters.",
    )
)


main.add_command(
    _Medium(
        "page",
        "page",
        _page_options,
        short_help="Make lessons interactive pages.",
        help="Make a lesson an interactive page, one HTML file that needs no network; "
        "`regviz page LESSON --help` shows its parameters.",
    )
)


@main.command("list")
@click.option("--lang", type=click.Choice(choices.LANGUAGES), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print an object per lesson.")
def list_lessons(lang: str, as_json: bool) -> None:
    """List the lessons."""
    from regviz.lessons.listing import lessons

    entries = lessons(lang)
    if as_json:
        import json

        for entry in entries:
            about = {
                "lesson": entry.slug,
                "title": entry.title[lang],
                "summary": entry.summary[lang],
                "tags": entry.tags,
                "media": entry.media,
            }
            click.echo(json.dumps(about, ensure_ascii=False))
        return
    click.echo(repr(entries))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one object.")
def doctor(as_json: bool) -> int:
    """Say what is installed, what is missing, and the one command that mends it."""
    from regviz.lecture import doctor

    findings = doctor.examine()
    click.echo(doctor.as_json(findings) if as_json else doctor.as_text(findings))
    return 0 if all(finding.fits for finding in findings) else 1


@main.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace a lecture file that is there.")
def init(folder: Path, force: bool) -> None:
    """Write a lecture file to start from, with all lessons, into DIR, by default here."""
    from regviz.lecture import template

    path = template.write(folder, force=force)
    click.echo(f"{path}  change it as you like, then run: {template.next_step(folder)}")


_readable = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@main.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option(
    "-j",
    "--jobs",
    "n_workers",
    type=click.IntRange(1, 64),
    default=lambda: min(64, os.cpu_count() or 1),
    help="How many outputs to make side by side; by default as many as there are processors.",
)
@click.option(
    "-q",
    "--quality",
    type=click.Choice(tuple(choices.QUALITIES)),
    help="Of every video, in place of the lecture's; l is quick to look at.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="NAME",
    help="Only the item of this name, or this lesson; * stands for any letters. "
    "May be repeated.",
)
@_several_option(["--lang", "langs"], choices.LANGUAGES, "Language, in place of the lecture's.")
@click.option("--dry-run", is_flag=True, help="Say what would be made, and why.")
@click.option("--watch", is_flag=True, help="Build again whenever the lecture is saved.")
@click.option("--open", "opened", is_flag=True, help="Show the result in a browser.")
@click.option("--force", is_flag=True, help="Make all, also what has not changed.")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Run on the Dask cluster whose scheduler is there, such as tcp://host:8786, or "
    "tls://host:8786 with the three files below.",
)
@click.option(
    "--tls-ca-file", "ca", type=_readable, metavar="FILE", help="Certificates that are trusted."
)
@click.option("--tls-cert", "cert", type=_readable, metavar="FILE", help="This machine's own.")
@click.option("--tls-key", "key", type=_readable, metavar="FILE", help="The key to that.")
@click.option(
    "--notes", is_flag=True, help="Show your notes in index.html, which others may read."
)
@click.option(
    "--allow-outside",
    is_flag=True,
    help="Let the lecture read data outside its folder, and its folder out be a link.",
)
@click.option(
    "--progress/--no-progress",
    default=None,
    help="Show progress on stderr; by default on a terminal only.",
)
def build(folder: Path, *, watch: bool, opened: bool, scheduler: str | None, **how: Any) -> int:
    """Build the lecture that DIR/lecture.toml describes, into DIR/out; only what changed."""
    from regviz.lecture.build import Order
    from regviz.lecture.build import build as build_lecture

    certificates = {name: how.pop(name) for name in ("ca", "cert", "key")}
    if scheduler is not None:
        from regviz.lecture.cluster import Scheduler

        how["scheduler"] = Scheduler(address=scheduler, **certificates)
    elif any(certificates.values()):
        raise BadInput("--tls-ca-file, --tls-cert and --tls-key go with --scheduler tls://...")
    order = Order(folder=folder, out=folder / "out", **how)
    if watch and order.dry_run:
        raise BadInput("--watch builds and --dry-run does not; give one of them.")
    shown: list[Path] = []

    def build_and_show() -> int:
        code = build_lecture(order)
        index = order.out / "index.html"
        # Once: after that, a browser's reload shows what is new.
        if opened and not shown and index.is_file() and not order.dry_run:
            shown.append(index)
            if click.launch(str(index)):
                click.echo(f"regviz: nothing here opens {index}.", err=True)
        return code

    if not watch:
        return build_and_show()
    from regviz.lecture.watch import watch as watch_lecture

    return watch_lecture(folder, build_and_show)


@main.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "target",
    type=click.Choice(tuple(choices.EXPORT_TARGETS)),
    required=True,
    help="Slides for a browser, PowerPoint or LaTeX; a notebook; or a handout to read.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File to write; by default "
    f"{', '.join(sorted(set(choices.EXPORT_TARGETS.values())))} in the lecture's folder. "
    "What is there is replaced.",
)
@click.option(
    "--lang",
    type=click.Choice(choices.LANGUAGES),
    help="Language, by default the lecture's main one.",
)
@click.option(
    "--theme",
    metavar="THEME",
    default="",
    help="Colours, where the lecture was built in several.",
)
@click.option(
    "--notes", is_flag=True, help="Put your notes into a notebook or handout; slides have them."
)
@click.option(
    "--reveal",
    metavar="URL",
    default="",
    help="Let the slides load reveal.js from there; by default it stands in the file.",
)
def export(folder: Path, **how: Any) -> None:
    """Turn the lecture that was built in DIR into slides, a notebook or a handout."""
    from regviz.lecture.export import Order
    from regviz.lecture.export import export as export_lecture

    export_lecture(Order(folder=folder, **how))


def run() -> None:
    """Run the command in a process of its own; this is what is installed as `regviz`."""
    from regviz.lecture import process

    process.own(partial(main, prog_name="regviz"))


if __name__ == "__main__":
    run()
