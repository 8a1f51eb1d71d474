"""The sound of a whole video: every sentence at its caption's time, and into the file."""

from __future__ import annotations

import heapq
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np

from regviz.scenes.sound import RATE, levelled

if TYPE_CHECKING:
    from regviz.scenes.captions import Caption
    from regviz.scenes.sound import Sound

#: seconds of silence after each sentence
PAUSE = 0.35
#: what a container's sound is coded by, and with how many bits a second
_CODECS = {".mp4": ("aac", 128_000), ".mov": ("aac", 128_000), ".webm": ("libopus", 96_000)}


def heard(clips: Sequence[Sound]) -> tuple[float, ...]:
    """Return how long each sentence takes to be heard, with the silence after it."""
    return tuple(len(clip) / RATE + PAUSE for clip in clips)


def soundtrack(clips: Sequence[Sound], captions: Sequence[Caption], duration: float) -> Sound:
    """Return the sound of a video, shape `(n,)`: each clip begins when its caption does."""
    samples = np.zeros(round(duration * RATE), np.float32)
    for clip, caption in zip(clips, captions, strict=True):
        start = round(caption.start * RATE)
        samples[start : start + len(clip)] += clip[: len(samples) - start]
    return levelled(samples)


def add_sound(video: Path, samples: Sound) -> None:
    """Put sound into a video file, whose frames stay as they are coded."""
    codec, bit_rate = _CODECS[video.suffix]
    whole = video.with_name(f"sounding-{video.name}")
    options = {} if video.suffix == ".webm" else {"movflags": "+faststart"}
    with (
        av.open(str(video)) as reader,
        av.open(str(whole), "w", options=options) as writer,
    ):
        copy = writer.add_stream_from_template(reader.streams.video[0])
        coded = writer.add_stream(codec, rate=RATE, layout="stereo")
        coded.bit_rate = bit_rate
        packets = heapq.merge(_pictures(reader, copy), _sounds(coded, samples), key=_time)
        for packet in packets:
            writer.mux(packet)
    os.replace(whole, video)


def _time(packet: Any) -> float:
    return float(packet.dts * packet.time_base)


def _pictures(reader: Any, copy: Any) -> Iterator[Any]:
    for packet in reader.demux(reader.streams.video[0]):
        if packet.dts is not None:
            packet.stream = copy
            yield packet


def _sounds(coded: Any, samples: Sound) -> Iterator[Any]:
    for start in range(0, len(samples), RATE):
        part = samples[start : start + RATE]
        frame = av.AudioFrame.from_ndarray(
            np.repeat(part, 2)[None, :], format="flt", layout="stereo"
        )
        frame.sample_rate, frame.pts = RATE, start
        yield from coded.encode(frame)
    yield from coded.encode(None)
