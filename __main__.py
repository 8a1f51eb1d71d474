"""Starts the command `regviz`, so that Ctrl-C is one sentence from the first moment on.

Most of what can be interrupted early is the loading of what the command is made of.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def run() -> None:
    """Run the command; this is what is installed as `regviz`."""
    try:
        from regviz import cli

        cli.run()
    except KeyboardInterrupt:
        # Standard error may be closed, and nothing of ours is there yet to say so.
        with suppress(OSError):
            os.write(2, b"regviz: interrupted.\n")
        sys.exit(130)


if __name__ == "__main__":
    run()
