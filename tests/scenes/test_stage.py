"""The stage: things keep off the frame's edge, and off where players write captions."""

import pytest

from regviz.scenes.stage import AREA, CAPTIONS, MARGIN, SHORT_SIDE, frame_size, room

SHAPES = {"16:9": 16 / 9, "4:3": 4 / 3, "1:1": 1.0, "9:16": 9 / 16}


@pytest.mark.parametrize("ratio", SHAPES.values(), ids=SHAPES)
def test_nothing_stands_at_the_edge_or_where_captions_are_written(ratio):
    width, height = frame_size(ratio, 1.0)
    box = room(width, height)
    assert box.left >= MARGIN - width / 2.0 - 1e-9
    assert box.right <= width / 2.0 - MARGIN + 1e-9
    assert box.top <= height / 2.0 - MARGIN + 1e-9
    assert box.bottom >= CAPTIONS * height - height / 2.0 - 1e-9


@pytest.mark.parametrize("ratio", SHAPES.values(), ids=SHAPES)
def test_a_frame_keeps_its_shape_and_has_room(ratio):
    width, height = frame_size(1080.0 * ratio, 1080.0)
    assert width / height == pytest.approx(ratio)
    assert min(width, height) >= SHORT_SIDE - 1e-9
    assert width * height >= AREA - 1e-9
    # neither is larger than it must be: type would be smaller for nothing
    assert min(width, height) - SHORT_SIDE < 1e-9 or width * height - AREA < 1e-9
