"""A lesson's parameters as options of a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from regviz.lessons.knob_help import explained

if TYPE_CHECKING:
    from dataclasses import Field

    from click.shell_completion import CompletionItem

    from regviz.lessons.parameters import Kind

    _ParamType = click.ParamType[Any]
else:
    _ParamType = click.ParamType


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


def knob_option(knob: Field[Any]) -> click.Option:
    """Return the option that gives a knob its value."""
    names = [f"--{knob.name.replace('_', '-')}", knob.name]
    if knob.name == "lam":
        names.insert(1, "--lambda")
    return click.Option(names, type=_Value(knob), help=explained(knob))
