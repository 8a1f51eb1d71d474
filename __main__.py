"""Starts the command `regviz`, so that Ctrl-C is one sentence from the first moment on.

Most of what can be interrupted early is the loading of what the command is made of. So nothing
is loaded here, or by the package, that Python has not loaded by itself.
"""

from __future__ import annotations

import os


def run() -> None:
    """Run the command; this is what is installed as `regviz`."""
    try:
        from regviz import cli

        cli.run()
    except KeyboardInterrupt:
        # At once: standard error may be closed, or another Ctrl-C come, and nothing of ours is
        # there yet to say so.
        try:
            os.write(2, b"regviz: interrupted.\n")
        finally:
            os._exit(130)


if __name__ == "__main__":
    run()
