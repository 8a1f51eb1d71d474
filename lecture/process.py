"""What a command makes of its own process, whatever the shell, the desktop or a kernel left it.

Standard streams may be closed, be pipes that nobody reads to the end, or lie on a full disk.
Signals that end a process end it in order here, as Ctrl-C does: what is half done is removed.
"""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from collections.abc import Callable
from typing import Any, NoReturn, TextIO

from regviz.lessons import surroundings
from regviz.lessons.errors import BadInput

#: what asks a process to end, besides Ctrl-C; not every system has both
ENDINGS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)
#: errors of a stream whose other end has gone: a pipe's reader, a terminal
_GONE = (errno.EPIPE, errno.EIO)


def own(command: Callable[[], object]) -> NoReturn:
    """Run a command in a process that is all its own, and end with its exit code."""
    surroundings.claim()
    _open_streams()
    received: list[int] = []
    _end_in_order(received)
    try:
        command()
    except SystemExit as ending:
        # As a shell counts it, and not as if it had been Ctrl-C.
        raise SystemExit(128 + received[0] if received else ending.code) from None
    raise SystemExit(0)


def _end_in_order(received: list[int]) -> None:
    def interrupt(number: int, _frame: object) -> None:
        received.append(number)
        # Once: being told again must not stop the tidying up.
        for ending in ENDINGS:
            signal.signal(ending, signal.SIG_IGN)
        raise KeyboardInterrupt

    for ending in ENDINGS:
        # Whoever started us with `nohup` wants it ignored.
        if signal.getsignal(ending) is signal.SIG_DFL:
            signal.signal(ending, interrupt)


def _open_streams() -> None:
    if os.name != "posix":
        return
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free, which else the first file we write would get,
            # and a library's complaints into it.
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    sys.stdout = _stream(sys.stdout, _Stream(1))
    sys.stderr = _stream(sys.stderr, _Stream(2))


def _stream(before: Any, raw: _Stream) -> TextIO:
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=getattr(before, "encoding", "utf-8"),
        errors=getattr(before, "errors", "backslashreplace"),
        line_buffering=True,
    )


class _Stream(io.FileIO):
    """A standard stream; when it can't take more, nothing more is said, and the work goes on.

    Raises
    ------
    BadInput
        Once, if standard output cannot be written for another reason than that nobody reads.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number, "w", closefd=False)
        self._is_open = True

    def write(self, data: Any, /) -> int:
        """Write, or drop what can't be written."""
        if self._is_open:
            try:
                return super().write(data) or 0
            except OSError as error:
                self._is_open = False
                if self.fileno() == 1 and error.errno not in _GONE:
                    why = error.strerror or str(error)
                    raise BadInput(f"standard output cannot be written: {why}.") from None
        return memoryview(data).nbytes
