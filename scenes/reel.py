"""Encodes pictures as they change, in a thread of its own, into one file for each chunk.

Libraries that encode let Python go on in the meantime: one picture is drawn while the one
before is encoded. A picture that is held is drawn and converted once.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING, Any

import av

from regviz.scenes.colours import Planes, tag

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from regviz.scenes.canvas import Region
    from regviz.scenes.encode import Codec

#: pictures that may wait; a whole one at 1080 lines is 8 MB
_WAITING = 3
#: a region and its pixels
Patch = tuple["Region", "NDArray[np.uint8]"]


class Reel:
    """What is encoded: begin a chunk, add pictures to it, and so on; close it at the end.

    Parameters
    ----------
    codec
        Container, codec and format of pixels.
    width, height, rate
        In pixels, and frames per second.
    """

    def __init__(self, codec: Codec, width: int, height: int, rate: Fraction) -> None:
        self._codec, self._rate = codec, rate
        self._planes = Planes(width, height, codec.pixel_format)
        self._waiting: Queue[Path | tuple[Sequence[Patch], int] | None] = Queue(_WAITING)
        self._error: BaseException | None = None
        self._chunk: _Chunk | None = None
        self._thread = Thread(target=self._work, name="encoder")
        self._thread.start()

    def begin(self, path: Path) -> None:
        """Begin a chunk, which is a file of its own and needs no other to be decoded."""
        self._put(path)

    def add(self, patches: Sequence[Patch], count: int) -> None:
        """Add the picture with these changes, for so many frames."""
        self._put((patches, count))

    def close(self) -> None:
        """Wait until all is written.

        Raises
        ------
        Exception
            Whatever the encoder met.
        """
        self._waiting.put(None)
        self._thread.join()
        if self._error is not None:
            raise self._error

    def _put(self, order: Path | tuple[Sequence[Patch], int]) -> None:
        if self._error is not None:
            raise self._error
        self._waiting.put(order)

    # -- in the thread -----------------------------------------------------------------------

    def _work(self) -> None:
        while (order := self._waiting.get()) is not None:
            # After an error the line is emptied, so that nobody waits to put something there.
            if self._error is None:
                self._try(order)
        self._try(None)

    def _try(self, order: Path | tuple[Sequence[Patch], int] | None) -> None:
        try:
            self._take(order)
        except BaseException as error:
            self._error = self._error or error

    def _take(self, order: Path | tuple[Sequence[Patch], int] | None) -> None:
        if isinstance(order, tuple):
            patches, count = order
            for region, pixels in patches:
                self._planes.change(region, pixels)
            assert self._chunk is not None
            self._chunk.encode(self._planes.frame, count)
            return
        if self._chunk is not None:
            self._chunk.close()
        self._chunk = None
        if order is not None:
            frame = self._planes.frame
            self._chunk = _Chunk(order, self._codec, frame.width, frame.height, self._rate)


class _Chunk:
    """A file that is being encoded."""

    def __init__(
        self, path: Path, codec: Codec, width: int, height: int, rate: Fraction
    ) -> None:
        self._container = av.open(str(path), "w", format=codec.container)
        coded: Any = self._container.add_stream(
            codec.name, rate=rate, options=dict(codec.options)
        )
        coded.width, coded.height, coded.pix_fmt = width, height, codec.pixel_format
        # One thread: others draw meanwhile, and how many there are must not show in the bytes.
        coded.thread_count = 1
        if codec.pixel_format.startswith("yuv"):
            tag(coded, height)
        self._coded, self._time_base, self._count = coded, 1 / rate, 0

    def encode(self, frame: av.VideoFrame, count: int) -> None:
        """Encode a picture that is held for some frames."""
        frame.time_base = self._time_base
        for _ in range(count):
            frame.pts = self._count
            self._count += 1
            self._container.mux(self._coded.encode(frame))

    def close(self) -> None:
        """Write what the encoder still has, and the file's end."""
        try:
            self._container.mux(self._coded.encode())
        finally:
            self._container.close()
