"""Turning one rendered video into the other formats, through PyAV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import av

from regviz.scenes.colours import tag


class Codec(NamedTuple):
    """How frames become a file, in FFmpeg's names."""

    container: str
    name: str
    pixel_format: str
    options: Mapping[str, str]


#: x264's quickest way, with what costs next to no time and makes it good for drawings: small
#: blocks for letters, arithmetic coding, colours as exact as brightness, and small differences
#: kept, so that what has faded leaves no trace. One quantizer for all, so that nothing depends
#: on how a picture is reached.
_MP4_OPTIONS = {
    "preset": "ultrafast",
    "qp": "24",
    "x264-params": "cabac=1:analyse=i4x4:chroma-qp-offset=-4:"
    "no-dct-decimate=1:deadzone-inter=8:deadzone-intra=8",
}
#: VP9 at the speed of x264 instead of a third of it
WEBM_OPTIONS = {"deadline": "realtime", "cpu-used": "8", "row-mt": "1", "crf": "24", "b": "0"}
CODECS = {
    "mp4": Codec("mp4", "libx264", "yuv420p", _MP4_OPTIONS),
    "webm": Codec("webm", "libvpx-vp9", "yuv420p", WEBM_OPTIONS),
    "transparent webm": Codec("webm", "libvpx-vp9", "yuva420p", WEBM_OPTIONS),
    "transparent mov": Codec("mov", "qtrle", "argb", {}),
}
#: a GIF counts time in hundredths of a second, so only these rates are exact
_GIF_RATES = (50, 25, 20, 10, 5)
_LARGEST_GIF_RATE = 25


def join(sources: Sequence[Path], target: Path) -> None:
    """Put videos of one kind after each other without touching their frames.

    The index goes to the front, so that a browser can start before it has the whole file.
    """
    options = {} if target.suffix == ".webm" else {"movflags": "+faststart"}
    with ExitStack() as opened:
        writer = opened.enter_context(av.open(str(target), "w", options=options))
        readers = (opened.enter_context(av.open(str(source))) for source in sources)
        copy: Any = None
        before = 0
        for reader in readers:
            stream = reader.streams.video[0]
            copy = copy or writer.add_stream_from_template(stream)
            before += _copy(reader, stream, copy, writer, before)


def _copy(reader: Any, stream: Any, copy: Any, writer: Any, before: int) -> int:
    """Copy a video behind so many frames; return how many it has."""
    rate, base = stream.average_rate, stream.time_base
    count = 0
    for packet in reader.demux(stream):
        if packet.dts is None:
            continue
        count += 1
        # Rounded from the start on, so that a container's coarse clock adds up to no error.
        for name in ("pts", "dts"):
            frame = before + round(getattr(packet, name) * base * rate)
            setattr(packet, name, round(frame / rate / base))
        packet.stream = copy
        writer.mux(packet)
    return count


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
