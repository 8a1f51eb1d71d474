"""In figures of described lessons labels keep to the promise of the placer, at any setting."""

import itertools

import numpy as np
import pytest
from matplotlib.text import Text

from regviz import figures
from regviz.figures.canvas import SHAPES
from regviz.figures.wrapping import typed
from regviz.lessons import catalogue
from regviz.lessons.story import end
from regviz.lessons.text import LANGUAGES, load
from regviz.lessons.theme import THEMES
from tests.covering import by_turns
from tests.lessons.test_described import SLUGS, random_values

every_look = by_turns("aspect,lang", list(SHAPES), LANGUAGES)


def written(figure):
    """Every text with something in it, and its box in pixels."""
    texts = [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]
    return texts, np.array([text.get_window_extent().extents for text in texts])


@every_look
@pytest.mark.parametrize("slug", SLUGS)
def test_every_label_is_there_and_no_text_stands_on_text_or_over_the_edge(slug, aspect, lang):
    at = list(SHAPES).index(aspect)
    # The defaults in the first shape, and another setting in each of the others.
    values = random_values(slug, 1 + at, seed=LANGUAGES.index(lang))[at]
    figure = figures.draw(
        slug, lang=lang, theme=list(THEMES)[at % len(THEMES)], aspect=aspect, **values
    )
    texts, boxes = written(figure)
    assert labels_of(slug, lang, values) <= {text.get_text() for text in texts}
    page = figure.bbox.extents
    assert np.all(boxes[:, :2] >= page[:2] - 0.5), values
    assert np.all(boxes[:, 2:] <= page[2:] + 0.5), values
    for (one, a), (other, b) in itertools.combinations(zip(texts, boxes, strict=True), 2):
        across = min(a[2], b[2]) - max(a[0], b[0])
        up = min(a[3], b[3]) - max(a[1], b[1])
        assert across < 0.5 or up < 0.5, (one.get_text(), other.get_text(), values)


def labels_of(slug, lang, values):
    """Return the words of all labels of what is seen where the story ends."""
    lesson, text = catalogue.load(slug), load(lang)
    shown = catalogue.exhibit(slug, values)
    picture = lesson.picture(shown)
    stop = end(lesson.story(shown), picture)
    return {
        typed(text.say(picture.label_at(label, stop.at)))
        for name in stop.panels
        for label in picture.named(stop, picture.panel(name))
    }
