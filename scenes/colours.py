"""Which numbers stand for a colour in a video, and saying so in the file.

A video holds brightness and colour apart, by one of two standards, and a player that is not
told which takes BT.709 from 720 lines on and BT.601 below. So that is what is encoded, and the
file says it: the theme's colours are then the same in the video, its poster and the figure
beside it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.video.reformatter import (
    ColorPrimaries,
    ColorRange,
    Colorspace,
    ColorTrc,
    VideoReformatter,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regviz.scenes.canvas import Region

#: lines of a picture from which on players take BT.709
_HD_LINES = 720
#: a colour is shared by two pixels each way, and looks at one more on each side of them
_SHARED, _AROUND = 2, 2
#: regions are as large as multiples of this, so that many have one size: FFmpeg makes itself
#: ready for each, which takes longer than to convert a few letters, and 3 MB for all pixels
_GRID, _SIZES = 16, 4


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


class Planes:
    """A picture in the colours of a video, of which regions are converted as they change.

    Parameters
    ----------
    width, height
        In pixels, both even.
    pixel_format
        FFmpeg's name of how a video holds colours, such as `yuv420p`.

    Attributes
    ----------
    frame
        The picture, as an encoder takes it.
    """

    def __init__(self, width: int, height: int, pixel_format: str) -> None:
        self.frame = av.VideoFrame(width, height, pixel_format)
        self._format, self._matrix = pixel_format, _matrix(height)
        self._size = width, height
        self._planes = _arrays(self.frame)
        self._ready_for = lru_cache(_SIZES)(lambda _: VideoReformatter())
        if pixel_format.startswith("yuv"):
            self.frame.colorspace, self.frame.color_range = self._matrix, ColorRange.MPEG

    def change(self, region: Region, pixels: NDArray[np.uint8]) -> None:
        """Take over the pixels of a region that :func:`wide` has made wide enough."""
        inner = region.within(_AROUND, self._size)
        frame = av.VideoFrame.from_numpy_buffer(pixels, format="rgba")
        reformat = self._ready_for(pixels.shape).reformat
        if self._format.startswith("yuv"):
            frame = reformat(
                frame,
                format=self._format,
                src_color_range=ColorRange.JPEG,
                dst_color_range=ColorRange.MPEG,
                dst_colorspace=self._matrix,
            )
        else:
            frame = reformat(frame, format=self._format)
        for mine, new in zip(self._planes, _arrays(frame), strict=True):
            shared = self._size[0] // mine.shape[1]
            rows, columns = inner.shared(shared).slices
            left, top = region.left // shared, region.top // shared
            mine[rows, columns] = new[
                rows.start - top : rows.stop - top, columns.start - left : columns.stop - left
            ]


def wide(region: Region, size: tuple[int, int]) -> Region:
    """Return a region with what its conversion needs: whole shared colours, and around them."""
    return region.even(_GRID).grown(_SHARED + _AROUND, size)


def _arrays(frame: Any) -> list[NDArray[np.uint8]]:
    """Return the memory of a frame's planes, each `(rows, columns, channels)`."""
    arrays = []
    for plane in frame.planes:
        rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
        channels = 4 if len(frame.planes) == 1 else 1
        pixels = rows[:, : plane.width * channels]
        arrays.append(pixels.reshape(plane.height, plane.width, channels))
    return arrays
