"""A video shows the theme's colours: decoded as a player does, they are those of the still."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import av
import numpy as np
import pytest
from PIL import Image

from regviz.lessons.theme import theme
from regviz.scenes import encode
from regviz.scenes.canvas import Region
from regviz.scenes.colours import Planes, wide
from regviz.scenes.reel import Reel

#: ITU-R BT.709 and BT.601: the weights of red and blue in brightness
_WEIGHTS = {1: (0.2126, 0.0722), 5: (0.299, 0.114), 6: (0.299, 0.114)}
_THEME = theme("light")
_COLOURS = [
    _THEME.l1,
    _THEME.l2,
    _THEME.loss,
    _THEME.region,
    _THEME.ink,
    theme("dark").background,
]


def _shown(path):
    """Decode the last frame by the matrix that the file names, in plain arithmetic."""
    with av.open(str(path)) as video:
        *_, frame = video.decode(video=0)
        context = video.streams.video[0].codec_context
        tags = (context.colorspace, context.color_range)
    planes = [
        np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:, : plane.width]
        for plane in frame.planes[:3]
    ]
    luma = (planes[0] - 16.0) / 219
    blue, red = (np.kron((plane - 128.0) / 224, np.ones((2, 2))) for plane in planes[1:])
    of_red, of_blue = _WEIGHTS[tags[0]]
    r, b = luma + 2 * (1 - of_red) * red, luma + 2 * (1 - of_blue) * blue
    g = (luma - of_red * r - of_blue * b) / (1 - of_red - of_blue)
    return np.clip(np.stack([r, g, b], -1), 0, 1) * 255, tags


def _bands(width, height):
    """Return a picture of the theme's colours, side by side."""
    colours = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in _COLOURS]
    picture = np.full((height, width, 4), 255, np.uint8)
    edges = np.linspace(0, width, len(colours) + 1).astype(int).tolist()
    for colour, (left, right) in zip(colours, pairwise(edges), strict=True):
        picture[:, left:right, :3] = colour
    middles = [(left + right) // 2 for left, right in pairwise(edges)]
    return picture, np.array(colours), middles


@pytest.mark.parametrize(("width", "height", "is_hd"), [(1280, 720, True), (854, 480, False)])
def test_the_themes_colours_survive(tmp_path, width, height, is_hd):
    picture, colours, middles = _bands(width, height)
    reel = Reel(encode.CODECS["mp4"], width, height, Fraction(5))
    reel.begin(tmp_path / "coded.mp4")
    reel.add([(Region(0, 0, width, height), picture)], 3)
    reel.close()
    encode.join([tmp_path / "coded.mp4"], tmp_path / "x.mp4")
    encode.webm(tmp_path / "coded.mp4", tmp_path / "x.webm", transparent=False)
    for path in (tmp_path / "x.mp4", tmp_path / "x.webm"):
        shown, (matrix, extent) = _shown(path)
        assert (matrix == 1) is is_hd
        assert extent == 1  # from 16 to 235, which every player expects
        assert np.abs(shown[height // 2, middles] - colours).max() <= 3.0


@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuva420p", "argb"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (192, 108)])
def test_what_changes_is_converted_as_the_whole_picture_is(width, height, pixel_format):
    rng = np.random.default_rng(1)
    size, whole = (width, height), Region(0, 0, width, height)
    picture = rng.integers(0, 256, (height, width, 4), np.uint8)
    planes = Planes(*size, pixel_format)
    planes.change(whole, picture)
    for _ in range(20):
        left, right = sorted(rng.choice(width + 1, 2, replace=False).tolist())
        top, bottom = sorted(rng.choice(height + 1, 2, replace=False).tolist())
        changed = Region(left, top, right, bottom)
        rows, columns = changed.slices
        picture[rows, columns] = rng.integers(0, 256, (bottom - top, right - left, 4))
        region = wide(changed, size)
        planes.change(region, picture[region.slices].copy())
        afresh = Planes(*size, pixel_format)
        afresh.change(whole, picture)
        for one, other in zip(planes.frame.planes, afresh.frame.planes, strict=True):
            assert bytes(one) == bytes(other), changed


@pytest.mark.video
def test_a_video_has_the_colours_of_its_still(tmp_path):
    from regviz.scenes.render import Request, render

    request = Request(lesson="l1-loss", width=1280, height=720, fps=1)
    made = render(request, tmp_path)
    final = render(replace(request, still=True), tmp_path).still
    still = np.asarray(Image.open(final).convert("RGB")).astype(float)
    shown, (matrix, _) = _shown(made.files["mp4"])
    assert matrix == 1
    # Where the still is of one colour around; at edges the codec blurs.
    flat = np.ones(still.shape[:2], bool)
    for axis in (0, 1):
        for step in range(-4, 5):
            flat &= (np.roll(still, step, axis) == still).all(-1)
    l1 = [int(_THEME.l1[at : at + 2], 16) for at in (1, 3, 5)]
    coloured = flat & (still == l1).all(-1)
    assert coloured.sum() > 50
    assert np.abs(shown[coloured].mean(0) - l1).max() <= 2.5
    assert np.abs(shown[flat] - still[flat]).mean() < 0.1
