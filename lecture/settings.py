"""The user's own defaults: what options are where a command does not say.

The file has a table for each command, and in it options by their long names::

    [build]
    jobs = 2
    open = true
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from regviz.lessons.errors import BadInput


def path() -> Path:
    """Return where the file is, or would be: `REGVIZ_CONFIG` if that is set."""
    chosen = os.environ.get("REGVIZ_CONFIG")
    return Path(chosen) if chosen else Path(click.get_app_dir("regviz")) / "config.toml"


def defaults(ctx: click.Context, commands: click.Group) -> dict[str, dict[str, Any]]:
    """Return the options' values by command and parameter, as click takes them.

    Raises
    ------
    BadInput
        If the file cannot be read, or sets what no command has.
    """
    found = path()
    try:
        content = found.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise BadInput(f"{found} cannot be read: {error.strerror}.") from None
    from regviz.lecture import toml

    try:
        tables = toml.parse(content.decode("utf-8-sig"))
    except ValueError as error:
        raise BadInput(f"{found} cannot be read as TOML: {error}.") from None
    read = {}
    for name, table in tables.items():
        command = commands.get_command(ctx, name)
        if command is None or not isinstance(table, dict):
            listed = ", ".join(f"[{each}]" for each in commands.list_commands(ctx))
            raise BadInput(f"{found}: {name} is no table of options; give {listed}.")
        inner = click.Context(command, parent=ctx, info_name=name)
        read[name] = dict(_set(found, inner, key, value) for key, value in table.items())
    return read


def _set(found: Path, ctx: click.Context, key: str, value: Any) -> tuple[str, Any]:
    """Return the parameter that an option's long name stands for, and its checked value."""
    options = {
        name.removeprefix("--"): param
        for param in ctx.command.get_params(ctx)
        if isinstance(param, click.Option)
        for name in param.opts
        if name.startswith("--")
    }
    param = options.get(key)
    if param is None or param.is_eager:
        import difflib

        near = difflib.get_close_matches(key, options, n=1)
        hint = f"did you mean {near[0]}?" if near else f"give {', '.join(options)}."
        raise BadInput(f"{found}: [{ctx.info_name}] has no option {key}; {hint}")
    given = [value] if param.multiple and not isinstance(value, list) else value
    try:
        param.type_cast_value(ctx, given)
    except (click.BadParameter, TypeError) as error:
        why = error.message if isinstance(error, click.BadParameter) else str(error)
        raise BadInput(f"{found}: [{ctx.info_name}] {key} will not do: {why}") from None
    return str(param.name), given
