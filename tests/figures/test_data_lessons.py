"""The figures that live on data: drawn from the exhibits' arrays, legible on any data."""

from itertools import combinations

import pytest

from regviz import figures
from regviz.figures.canvas import SHAPES
from tests.figures.drawings import artist, computed, drawn, part
from tests.figures.test_layout import labels
from tests.lessons.csv_files import write_csv
from tests.lessons.test_feature_selection import KINDS, awkward


@pytest.mark.parametrize("name", ["l1", "l2"])
def test_what_l1_drops_is_dashed_and_hollow(name):
    shown = computed("feature-selection")
    for rank, feature in enumerate(shown.drawn):
        line = artist(f"path-{rank}-{name}", "feature-selection")
        assert line.is_dashed() == (name == "l1" and feature not in shown.survivors)
    gone = shown.weights[name][shown.at, shown.rows] == 0.0
    assert len(part(f"dots-{name}", "feature-selection")) == (~gone).sum()
    assert gone.any() == (name == "l1")
    if gone.any():  # what has no points is not drawn
        assert len(part(f"holes-{name}", "feature-selection")) == gone.sum()


@pytest.mark.parametrize("aspect", SHAPES)
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_all_ten_features_are_named_once_in_each_panel(aspect, lang):
    figure = drawn("feature-selection", lang=lang, aspect=aspect)
    said = [label.get_text() for label in labels(figure)]
    for feature in computed("feature-selection").features:
        assert said.count(feature) == 2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("aspect", ["16:9", "1:1"])
def test_the_lecturers_data_can_be_read(kind, aspect, tmp_path):
    source = write_csv(tmp_path, awkward(kind))
    figure = figures.draw("feature-selection", aspect=aspect, data=source, target="y")
    boxes = [label.get_window_extent() for label in labels(figure)]
    for box in boxes:
        assert (box.min >= figure.bbox.min).all()
        assert (box.max <= figure.bbox.max).all()
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
