"""Which numbers stand for a colour in a video, and saying so in the file.

A video holds brightness and colour apart, by one of two standards, and a player that is not
told which takes BT.709 from 720 lines on and BT.601 below. So that is what is encoded, and the
file says it: the theme's colours are then the same in the video, its poster and the figure
beside it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder

if TYPE_CHECKING:
    from pathlib import Path

    from regviz.lessons.base import Array

#: lines of a picture from which on players take BT.709
_HD_LINES = 720


def tag(coded: Any, height: int) -> None:
    """Let a stream say what its colours are coded by."""
    context = coded.codec_context
    is_hd = height >= _HD_LINES
    context.color_range = ColorRange.MPEG
    context.colorspace = _matrix(height)
    # Both standards' primaries and curves are so near to a screen's that none of ours is moved.
    context.color_primaries = ColorPrimaries.BT709 if is_hd else ColorPrimaries.SMPTE170M
    context.color_trc = ColorTrc.BT709 if is_hd else ColorTrc.SMPTE170M


def _matrix(height: int) -> Colorspace:
    return Colorspace.ITU709 if height >= _HD_LINES else Colorspace.SMPTE170M


class Encoder(VideoSegmentEncoder):
    """Encodes one part of a scene in the colours that it is tagged with."""

    def __init__(self, **manim_arguments: Any) -> None:
        super().__init__(**manim_arguments)
        self._is_yuv = self.spec.pixel_format.startswith("yuv")
        if self._is_yuv:
            tag(self._stream, self.spec.height)

    def write_frame(self, pixels: Array, *, repeat: int = 1) -> None:
        """Encode a picture that is held for some frames; it is converted once."""
        self._validate_frame(pixels, repeat)
        frame = av.VideoFrame.from_ndarray(pixels, format="rgba")
        if self._is_yuv:
            frame = frame.reformat(
                format=self.spec.pixel_format,
                src_color_range=ColorRange.JPEG,
                dst_color_range=ColorRange.MPEG,
                dst_colorspace=_matrix(self.spec.height),
            )
        rate = self.spec.frame_rate
        frame.time_base = Fraction(rate.denominator, rate.numerator)
        try:
            for _ in range(repeat):
                frame.pts = self._next_pts
                self._next_pts += 1
                for packet in self._stream.encode(frame):
                    self._container.mux(packet)
        except BaseException as error:
            raise self._operation_error("encode", error) from error


class Writer(SceneFileWriter):
    """manim's writer of a scene's files, with our encoder."""

    def _create_segment_encoder(self, target: Path) -> VideoSegmentEncoder:
        if self.video_encoder is None:
            raise RuntimeError("a scene that is not written needs no encoder")
        return Encoder(target=target, spec=self.video_encoder)
