"""Single frames of a video."""

from __future__ import annotations

import io
from pathlib import Path

from regviz.lessons.errors import BadInput


def last_frame(video: Path) -> bytes:
    """Return a video's last frame as PNG.

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
        with av.open(str(video)) as opened:
            opened.streams.video[0].thread_type = "AUTO"
            *_, frame = opened.decode(video=0)
    except (av.FFmpegError, ValueError):
        raise BadInput(f"{video} cannot be read as a video; build the lecture again.") from None
    stream = io.BytesIO()
    frame.to_image().save(stream, format="png")
    return stream.getvalue()
