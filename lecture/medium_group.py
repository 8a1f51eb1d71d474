"""A command for each medium, and in it one for each lesson that has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from regviz.lecture.choices import THEMES
from regviz.lecture.knob_options import knob_option
from regviz.lessons.errors import BadInput

if TYPE_CHECKING:
    from regviz.lessons.catalogue import Entry


class _Lesson(click.Command):
    """A lesson in one medium; its knobs become options when something asks for them."""

    @cached_property
    def knob_options(self) -> list[click.Parameter]:
        """The options made from the lesson's parameters."""
        from regviz.lessons import catalogue

        knobs = catalogue.parameters_class(str(self.name)).knobs()
        return [knob_option(knob) for knob in knobs]

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


class Medium(click.Group):
    """The lessons that have a medium, each a command."""

    def __init__(
        self,
        name: str,
        medium: str,
        options: Callable[[], list[click.Parameter]],
        what: str = "",
        **extra: Any,
    ) -> None:
        super().__init__(
            name,
            callback=self.make_every,
            invoke_without_command=True,
            subcommand_metavar="LESSON [PARAMETERS] [OPTIONS]",
            **extra,
        )
        self.medium = medium
        #: what is made of a lesson's medium, if not that itself
        self.what = what or medium
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
            themes=take("themes", THEMES[:1]),
            transparent=take("transparent", False),
        )
        order = console.Order(
            n_workers=take("n_workers"),
            as_json=take("as_json"),
            progress=take("progress"),
            preview=take("preview", False),
            summary=self.what == "scene",
            tolerant=tolerant,
        )
        planner: Any = getattr(plan, f"{self.what}_jobs")
        return console.produce(planner(wish, **options), order)
