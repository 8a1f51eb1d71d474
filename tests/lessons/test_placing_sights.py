"""Labels of pictures that move: the places are judged over all that is seen of them."""

import numpy as np

from regviz.lessons.placing import Sight, Wish, place, spaced

FRAME, EM = (0.0, 0.0, 100.0, 100.0), 4.0
NO_BOXES, NO_LINES = np.zeros((0, 4)), np.zeros((0, 2, 2))
#: at the right of the label's mark, where it stands best
UPRIGHT = np.array([[[53.0, 0.0], [53.0, 100.0]]])
BEFORE = np.array([[51.0, 46.0, 58.0, 54.0]])


def aside(sights):
    """Where a label stands from its mark."""
    wish = Wish((8.0, 4.0), np.full((len(sights), 1, 2), 50.0), 1.0)
    (found,) = place(FRAME, [wish], sights, EM)
    assert found.leaders is None
    return found.middles[0] - 50.0


def test_a_line_that_only_passes_sends_no_label_away():
    clear, crossed = Sight(NO_BOXES, NO_LINES), Sight(NO_BOXES, UPRIGHT)
    best = aside([clear])
    assert best[0] > 0.0
    np.testing.assert_array_equal(aside([*[clear] * 30, crossed]), best)
    assert not np.array_equal(aside([crossed] * 30), best)


def test_how_often_a_picture_is_seen_changes_nothing():
    once = [Sight(NO_BOXES, UPRIGHT), Sight(NO_BOXES, NO_LINES)]
    np.testing.assert_array_equal(aside(once * 20), aside(once))


def test_what_a_label_must_not_cover_counts_however_seldom_it_is_seen():
    clear, taken = Sight(NO_BOXES, NO_LINES), Sight(BEFORE, NO_LINES)
    assert not np.array_equal(aside([*[clear] * 300, taken]), aside([clear]))


def test_beside_a_number_of_an_axis_a_label_leaves_the_air_between_words():
    number = np.array([[58.0, 48.0, 60.0, 52.0]])
    wish = Wish((5.0, 4.0), np.full((1, 1, 2), 50.0), 1.0)
    for boxes, is_near in ((number, True), (spaced(number, EM), False)):
        (found,) = place(FRAME, [wish], [Sight(boxes, NO_LINES)], EM)
        right = found.middles[0] + [2.5, 0.0]
        assert np.allclose(right, [57.2, 50.0]) == is_near
