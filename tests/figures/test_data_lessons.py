"""The figures that live on data: drawn from the exhibits' arrays, legible on any data."""

from itertools import combinations

import numpy as np
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
    holes = artist(f"holes-{name}", "feature-selection")
    assert len(holes.get_xydata()) == gone.sum()


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


def test_dropouts_parts_are_the_exhibits():
    shown = computed("dropout")
    np.testing.assert_array_equal(part("cloud", "dropout"), shown.optima[:, 0])
    last = shown.counts[-1]
    np.testing.assert_array_equal(part(f"cloud-{last}", "dropout"), shown.optima[:, -1])
    np.testing.assert_array_equal(part("optimum", "dropout"), [shown.closed_form])
    np.testing.assert_array_equal(part("unregularized", "dropout"), [shown.unregularized])
    np.testing.assert_array_equal(part("ridge", "dropout"), shown.curve)
    for gid, values in (("error", shown.errors), ("error-theory", shown.theory)):
        expected = np.column_stack([shown.counts, values])
        np.testing.assert_array_equal(part(gid, "dropout"), expected)
    for feature in range(2):
        for row, kept in enumerate(shown.masks[0, :, feature]):
            cell = artist(f"mask-{feature + 1}-{row + 1}", "dropout")
            assert (cell.get_facecolor() == cell.get_edgecolor()) == bool(kept)
