"""The frame that opens a video: not empty, at rest, and before what comes of it."""

import io
from fractions import Fraction

import numpy as np
import pytest

from regviz.lecture.stills import last_frame, opening_frame
from regviz.lessons.errors import BadInput

av = pytest.importorskip("av", reason="PyAV is not installed")
Image = pytest.importorskip("PIL.Image")

RATE = 10


def _write(path, frames):
    with av.open(str(path), "w") as opened:
        track = opened.add_stream("libx264", rate=RATE)
        track.width, track.height, track.pix_fmt = 160, 96, "yuv420p"
        track.codec_context.time_base = Fraction(1, RATE)
        for shape in frames:
            pixels = np.full((96, 160, 3), 255, np.uint8)
            pixels[20:60, 20 : 20 + shape] = 0
            for packet in track.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")):
                opened.mux(packet)
        for packet in track.encode():
            opened.mux(packet)
    return path


def _width(png):
    """Return how wide the black shape is."""
    row = np.asarray(Image.open(io.BytesIO(png)).convert("L"))[40]
    return int((row < 128).sum())


@pytest.mark.parametrize(
    ("frames", "shown"),
    [
        # Empty, then it comes, rests, and goes on to the answer.
        ([0] * 5 + [10, 20, 30] + [40] * 8 + list(range(40, 120, 8)) + [120] * 8, 40),
        # It begins where another video ended.
        ([60] * 8 + list(range(60, 120, 4)), 60),
        ([0] * 12, 0),
    ],
)
def test_the_opening(tmp_path, frames, shown):
    path = _write(tmp_path / "x.mp4", frames)
    assert _width(opening_frame(path)) == pytest.approx(shown, abs=2)
    assert _width(last_frame(path)) == pytest.approx(frames[-1], abs=2)


def _sound(path):
    with av.open(str(path), "w") as opened:
        track = opened.add_stream("aac", rate=8000)
        frame = av.AudioFrame(format="fltp", layout="mono", samples=1024)
        frame.sample_rate = 8000
        frame.planes[0].update(bytes(4096))
        for packet in (*track.encode(frame), *track.encode()):
            opened.mux(packet)


def _begun(path):
    content = _write(path, [40] * 8).read_bytes()
    path.write_bytes(content.replace(b"stsz", b"free"))  # which says where frames are


@pytest.mark.parametrize("damaged", [lambda path: path.write_bytes(b"no"), _sound, _begun])
def test_what_is_no_video_is_refused(tmp_path, damaged):
    damaged(tmp_path / "x.mp4")
    for read in (opening_frame, last_frame):
        with pytest.raises(BadInput, match="cannot be read as a video"):
            read(tmp_path / "x.mp4")
