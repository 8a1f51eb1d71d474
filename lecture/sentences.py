"""The command whose every complaint is one sentence on stderr, in one form."""

from __future__ import annotations

import sys
from typing import Any

import click

from regviz.lessons.errors import BadInput
from regviz.lessons.printable import brief


class Sentences(click.Group):
    """A group whose every complaint is one sentence on stderr, in one form."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; Ctrl-C ends it without the blank line that click puts first."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise click.Abort from None

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
