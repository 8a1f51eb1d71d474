"""Single frames of a video."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regviz.lessons.errors import BadInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: a sign differs by so much from what is behind it, of 255
_SEEN = 24
#: a frame that holds less, as a part of its pixels, is empty
_EMPTY = 0.002
#: what still moves differs by so much on average from the frame before, of 255
_MOVING = 0.02
#: how long a picture rests that has come to rest, in seconds
_REST = 0.4
#: where the opening is sought, in seconds; after that it would show what comes of it
_OPENING = 8.0


def last_frame(video: Path) -> bytes:
    """Return a video's last frame as PNG.

    Raises
    ------
    BadInput
        If what reads videos is not installed, or the file cannot be read.
    """
    with _frames(video) as frames:
        *_, frame = frames
    return _png(frame)


def opening_frame(video: Path) -> bytes:
    """Return the first frame that is not empty and has come to rest, as PNG.

    It shows what a video is about, and not what it comes to.

    Raises
    ------
    BadInput
        If what reads videos is not installed, or the file cannot be read.
    """
    import numpy as np

    found, before, since = None, None, None
    with _frames(video) as frames:
        for frame in frames:
            now = _small(frame)
            is_empty = bool((np.abs(now - np.median(now)) > _SEEN).mean() < _EMPTY)
            moves = before is None or float(np.abs(now - before).mean()) > _MOVING
            before = now
            if found is None or (not is_empty and (moves or since is None)):
                found, since = frame, None if is_empty else frame.time
            rests = since is not None and frame.time - since >= _REST
            if rests or (since is not None and frame.time > _OPENING):
                break
        if found is None:
            raise ValueError("no frame")
    return _png(found)


@contextmanager
def _frames(video: Path) -> Iterator[Iterator[Any]]:
    """Open a video as its frames, and close it in the end."""
    with opened(video) as reader:
        track = reader.streams.video[0]
        track.thread_type = "AUTO"
        yield reader.decode(track)


@contextmanager
def opened(video: Path) -> Iterator[Any]:
    """Open a video to be read.

    Raises
    ------
    BadInput
        If what reads videos is not installed, or the file cannot be read.
    """
    try:
        import av
    except ImportError:
        raise BadInput(
            "reading videos needs PyAV; run: python -m pip install 'regviz[video]'"
        ) from None
    try:
        with av.open(str(video)) as reader:
            yield reader
    except (av.FFmpegError, IndexError, ValueError):  # damaged; no track; no frame in it
        raise BadInput(f"{video} cannot be read as a video; build the lecture again.") from None


def _small(frame: Any) -> NDArray[np.int16]:
    """Return a frame's greys, few and quick to compare."""
    small: NDArray[np.int16] = frame.to_ndarray(format="gray")[::4, ::4].astype("int16")
    return small


def _png(frame: Any) -> bytes:
    stream = io.BytesIO()
    frame.to_image().save(stream, format="png")
    return stream.getvalue()
