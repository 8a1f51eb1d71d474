"""In figures of described lessons labels keep to the promise of the placer, at any setting."""

import itertools

import numpy as np
import pytest
from matplotlib.text import Text

from regviz import figures
from regviz.figures.canvas import SHAPES
from regviz.lessons.theme import THEMES
from tests.lessons.test_described import SLUGS, random_values

#: a few settings in each language and aspect, so that all of them together are many
FEW = 3
LOOKS = list(itertools.product(("en", "ko"), SHAPES))


def written(figure):
    """Every text with something in it, and its box in pixels."""
    texts = [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]
    return texts, np.array([text.get_window_extent().extents for text in texts])


@pytest.mark.parametrize(("lang", "aspect"), LOOKS)
@pytest.mark.parametrize("slug", SLUGS)
def test_no_text_stands_on_text_or_over_the_edge(slug, lang, aspect):
    seed = LOOKS.index((lang, aspect))
    for index, values in enumerate(random_values(slug, FEW, seed)):
        theme = list(THEMES)[(seed + index) % len(THEMES)]
        figure = figures.draw(slug, lang=lang, theme=theme, aspect=aspect, **values)
        texts, boxes = written(figure)
        page = figure.bbox.extents
        assert np.all(boxes[:, :2] >= page[:2] - 0.5), values
        assert np.all(boxes[:, 2:] <= page[2:] + 0.5), values
        for (one, a), (other, b) in itertools.combinations(zip(texts, boxes, strict=True), 2):
            across = min(a[2], b[2]) - max(a[0], b[0])
            up = min(a[3], b[3]) - max(a[1], b[1])
            said = (one.get_text(), other.get_text(), values)
            assert across < 0.5 or up < 0.5, said


@pytest.mark.parametrize(("lang", "aspect"), LOOKS)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_label_is_there(slug, lang, aspect):
    from regviz.lessons import catalogue
    from regviz.lessons.story import end
    from regviz.lessons.text import load

    lesson, text = catalogue.load(slug), load(lang)
    for values in random_values(slug, FEW, LOOKS.index((lang, aspect))):
        shown = catalogue.exhibit(slug, values)
        picture = lesson.picture(shown)
        stop = end(lesson.story(shown), picture)
        wanted = {
            text.say(picture.label_at(label, stop.at))
            for name in stop.panels
            for label in picture.named(stop, picture.panel(name))
        }
        figure = figures.draw(slug, lang=lang, aspect=aspect, **values)
        assert wanted <= {one.get_text() for one in written(figure)[0]}
