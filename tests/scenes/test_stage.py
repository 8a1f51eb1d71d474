"""The stage: things keep off the frame's edge, and off where players write captions."""

import pytest

from regviz.scenes.stage import CAPTIONS, MARGIN, SHORT_SIDE, room

SHAPES = {"16:9": 16 / 9, "4:3": 4 / 3, "1:1": 1.0, "9:16": 9 / 16}


@pytest.mark.parametrize("ratio", SHAPES.values(), ids=SHAPES)
def test_nothing_stands_at_the_edge_or_where_captions_are_written(ratio):
    width, height = SHORT_SIDE * max(1.0, ratio), SHORT_SIDE * max(1.0, 1.0 / ratio)
    box = room(width, height)
    assert box.left >= MARGIN - width / 2.0 - 1e-9
    assert box.right <= width / 2.0 - MARGIN + 1e-9
    assert box.top <= height / 2.0 - MARGIN + 1e-9
    assert box.bottom >= CAPTIONS * height - height / 2.0 - 1e-9
