"""Turning one rendered video into the other formats, through PyAV."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from regviz.scenes.colours import tag

#: x264 as fast as drawing allows. Its macroblock tree is off because with it the same frames
#: are now and then coded differently; 20 without it is as good as 18 with it.
MP4_OPTIONS = {"preset": "veryfast", "crf": "20", "x264-params": "mbtree=0"}
#: VP9 at the speed of x264 instead of a third of it
WEBM_OPTIONS = {"deadline": "realtime", "cpu-used": "8", "row-mt": "1", "crf": "24", "b": "0"}
#: a GIF counts time in hundredths of a second, so only these rates are exact
_GIF_RATES = (50, 25, 20, 10, 5)
_LARGEST_GIF_RATE = 25


def remux(source: Path, target: Path) -> None:
    """Put a video into another container without touching its frames.

    The index goes to the front, so that a browser can start before it has the whole file.
    """
    options = {} if target.suffix == ".webm" else {"movflags": "+faststart"}
    with (
        av.open(str(source)) as reader,
        av.open(str(target), "w", options=options) as writer,
    ):
        stream = reader.streams.video[0]
        copy = writer.add_stream_from_template(stream)
        for packet in reader.demux(stream):
            if packet.dts is None:
                continue
            packet.stream = copy
            writer.mux(packet)


def webm(source: Path, target: Path, *, transparent: bool) -> None:
    """Encode a video's frames as VP9."""
    with av.open(str(source)) as reader, av.open(str(target), "w") as writer:
        stream = reader.streams.video[0]
        # both cores decode
        stream.thread_type = "AUTO"
        coded: Any = writer.add_stream(
            "libvpx-vp9", rate=stream.average_rate, options=WEBM_OPTIONS
        )
        coded.width, coded.height = stream.width, stream.height
        coded.pix_fmt = "yuva420p" if transparent else "yuv420p"
        tag(coded, stream.height)
        for frame in reader.decode(stream):
            frame.pict_type = 0
            writer.mux(coded.encode(frame))
        writer.mux(coded.encode())


def gif(source: Path, target: Path) -> None:
    """Encode a video's frames as a GIF, with one palette made for all of them."""
    with av.open(str(source)) as reader, av.open(str(target), "w") as writer:
        stream = reader.streams.video[0]
        rate = _gif_rate(stream.average_rate or Fraction(25))
        coded: Any = writer.add_stream("gif", rate=rate)
        coded.width, coded.height, coded.pix_fmt = stream.width, stream.height, "pal8"
        time_base = Fraction(1, rate)
        for number, frame in enumerate(_palette_frames(reader, stream, rate)):
            frame.pts, frame.time_base = number, time_base
            writer.mux(coded.encode(frame))
        writer.mux(coded.encode())


def _gif_rate(rate: Fraction) -> int:
    largest = min(rate, Fraction(_LARGEST_GIF_RATE))
    return next((exact for exact in _GIF_RATES if exact <= largest), 5)


def _palette_frames(reader: Any, stream: Any, rate: int) -> Iterator[Any]:
    """Yield the frames at a rate, each reduced to the palette of the whole video."""
    graph = av.filter.Graph()
    entry = graph.add_buffer(template=stream)
    sink = graph.add("buffersink")
    fps, split = graph.add("fps", f"{rate}"), graph.add("split")
    make, use = (
        # Few hues and their mixtures: more colours would only keep the video's noise.
        graph.add("palettegen", "max_colors=64"),
        graph.add("paletteuse", "dither=none:diff_mode=rectangle"),
    )
    entry.link_to(fps)
    fps.link_to(split)
    split.link_to(make, 0, 0)
    split.link_to(use, 1, 0)
    make.link_to(use, 0, 1)
    use.link_to(sink)
    graph.configure()
    for frame in reader.decode(stream):
        graph.push(frame)
    graph.push(None)
    while True:
        try:
            yield graph.pull()
        except (av.error.EOFError, av.error.BlockingIOError):
            return
