"""The sound of a video that speaks."""

from __future__ import annotations

import io
from pathlib import Path

from regviz.lecture.stills import opened


def has_sound(video: Path) -> bool:
    """Return whether a video has sound.

    Raises
    ------
    BadInput
        If what reads videos is not installed, or the file cannot be read.
    """
    with opened(video) as reader:
        return bool(reader.streams.audio)


def sound_alone(video: Path) -> bytes:
    """Return a video's sound as a file of its own, as it is coded there.

    Raises
    ------
    BadInput
        If what reads videos is not installed, or the file cannot be read.
    """
    import av

    sound, kind = io.BytesIO(), video.suffix[1:]
    with opened(video) as reader, av.open(sound, "w", format=kind) as writer:
        copy = writer.add_stream_from_template(reader.streams.audio[0])
        for packet in reader.demux(reader.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = copy
                writer.mux(packet)
    return sound.getvalue()
