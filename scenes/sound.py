"""Sound of one sentence: read from any file, cut to what is heard, and as loud as all others.

A sound is an array of samples, shape `(n,)`, in [-1, 1], at `RATE` a second. What is done to
it is done by FFmpeg's filters; its loudness is EBU R128's, on the two channels that play it.

References
----------
EBU R 128, Loudness normalisation and permitted maximum level of audio signals (2020).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from regviz.lessons.errors import BadInput

Sound = NDArray[np.float32]

#: samples a second
RATE = 48_000
#: how loud speech is, in LUFS
LOUDNESS = -16.0
#: peaks are held below this, in dBTP; an encoder's may be a little above it
_PEAK = -2.0
#: what is so far below the peak is silence before and after, in dB
_SILENCE = -38.0
#: a recording whose peak is below this has nothing to be heard, as a part of full scale
_HEARD = 0.003
#: seconds that are kept of the silence before and after, where a soft consonant may be
_BEFORE, _AFTER = 0.03, 0.1
#: what is measured has to be as long, in seconds
_MEASURED = 3.0

#: a filter and its options
Filter = tuple[str, str]
_BOTH_SIDES = ("pan", "stereo|c0=c0|c1=c0")
#: cut sound has lost its times
_TIMED = ("asetpts", "N/SR/TB")


def clip(content: bytes, name: str, most: float) -> Sound:
    """Return what is heard in a sound file, cut and levelled.

    Parameters
    ----------
    content
        The whole file, in any format that FFmpeg reads.
    name
        What the file is called.
    most
        How long it may be, in seconds.

    Raises
    ------
    BadInput
        If it cannot be read, is silent or too long.
    """
    if not content:
        raise BadInput(f"{name} is empty; record it again.")
    try:
        samples = _through(_decoded(content, name, most))
    except (av.error.FFmpegError, ValueError) as error:
        why = getattr(error, "strerror", "") or error
        raise BadInput(f"{name} is no sound that can be read ({why}).") from None
    peak = float(np.abs(samples).max(initial=0.0))
    if peak < _HEARD:
        raise BadInput(f"{name} is silent; record it again.")
    return levelled(_trimmed(samples, peak))


def _decoded(content: bytes, name: str, most: float) -> Iterator[Any]:
    with av.open(io.BytesIO(content)) as reader:
        if not reader.streams.audio:
            raise ValueError("it has no sound")
        seconds = 0.0
        for frame in reader.decode(reader.streams.audio[0]):
            seconds += frame.samples / frame.sample_rate
            if seconds > most:
                raise BadInput(
                    f"{name} takes more than {most:.0f} s, far too long for its sentence; "
                    "cut it or record it again."
                )
            yield frame


def _trimmed(samples: Sound, peak: float) -> Sound:
    threshold = max(_HEARD / 2.0, peak * 10.0 ** (_SILENCE / 20.0))
    cut = f"start_periods=1:start_threshold={threshold:.6f}:detection=peak"
    return _of(
        samples,
        ("silenceremove", f"{cut}:start_silence={_BEFORE}"),
        ("areverse", ""),
        ("silenceremove", f"{cut}:start_silence={_AFTER}"),
        # No click where it begins and ends.
        _TIMED,
        ("afade", f"t=in:d={_AFTER / 2.0}"),
        ("areverse", ""),
        _TIMED,
        ("afade", f"t=in:d={_BEFORE / 2.0}"),
    )


def levelled(samples: Sound) -> Sound:
    """Return a sound at the loudness that all have, with its peaks held."""
    gain = LOUDNESS - loudness(samples)
    for _ in range(2):
        louder = _limited(samples, gain)
        gain += LOUDNESS - loudness(louder)
    return _limited(samples, gain)


def _limited(samples: Sound, gain: float) -> Sound:
    return _of(
        samples,
        ("volume", f"{gain:.3f}dB"),
        # Peaks between samples count, too.
        ("aresample", str(4 * RATE)),
        ("alimiter", f"limit={10.0 ** (_PEAK / 20.0):.5f}:level=disabled:latency=1"),
        ("aresample", str(RATE)),
    )[: len(samples)]


def loudness(samples: Sound) -> float:
    """Return the integrated loudness in LUFS, as heard on two channels."""
    # What is short is measured as if it went on.
    times = -(-int(_MEASURED * RATE) // max(1, len(samples)))
    framed = _framed(np.tile(samples, times))
    # What is left at the end for less than a measurement has none.
    measured = [
        frame.metadata["lavfi.r128.I"]
        for frame in _filtered(framed, (_BOTH_SIDES, ("ebur128", "metadata=1")))
        if "lavfi.r128.I" in frame.metadata
    ]
    return float(measured[-1])


# -- filters ----------------------------------------------------------------------------------


def _of(samples: Sound, *filters: Filter) -> Sound:
    return _through(_framed(samples), *filters)


def _through(frames: Iterable[Any], *filters: Filter) -> Sound:
    """Return what comes of frames that pass through filters, as one channel of samples."""
    last = (
        ("aresample", str(RATE)),
        ("aformat", f"sample_fmts=flt:channel_layouts=mono:sample_rates={RATE}"),
    )
    parts = [frame.to_ndarray()[0] for frame in _filtered(frames, (*filters, *last))]
    return np.concatenate([np.zeros(0, np.float32), *parts])


def _framed(samples: Sound) -> Iterator[Any]:
    # Second by second: filters then use the memory again that they have.
    for start in range(0, len(samples), RATE):
        part = samples[None, start : start + RATE].astype(np.float32)
        frame = av.AudioFrame.from_ndarray(part, format="flt", layout="mono")
        frame.sample_rate = RATE
        yield frame


def _filtered(frames: Iterable[Any], filters: tuple[Filter, ...]) -> Iterator[Any]:
    graph, entry = av.filter.Graph(), None
    for frame in frames:
        if entry is None:
            entry = graph.add_abuffer(
                sample_rate=frame.sample_rate,
                format=frame.format.name,
                layout=frame.layout.name,
                time_base=Fraction(1, frame.sample_rate),
            )
            nodes = [entry, *(graph.add(*each) for each in filters), graph.add("abuffersink")]
            for one, next_one in pairwise(nodes):
                one.link_to(next_one)
            graph.configure()
        frame.pts = None
        graph.push(frame)
        yield from _ready(graph)
    if entry is not None:
        graph.push(None)
        yield from _ready(graph)


def _ready(graph: Any) -> Iterator[Any]:
    while True:
        try:
            yield graph.pull()
        except (av.error.EOFError, av.error.BlockingIOError):
            return
