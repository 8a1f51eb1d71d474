"""In figures of described lessons labels keep to the promise of the placer, at any setting."""

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
from tests.figures.test_layout import SMALLEST, can_be_read
from tests.lessons.test_described import SLUGS, random_values

every_look = by_turns("aspect,lang", list(SHAPES), LANGUAGES)


@every_look
@pytest.mark.parametrize("slug", SLUGS)
def test_every_label_is_there_and_no_text_stands_on_text_or_over_the_edge(slug, aspect, lang):
    at = list(SHAPES).index(aspect)
    # The defaults in the first shape, and another setting in each of the others.
    values = random_values(slug, 1 + at, seed=LANGUAGES.index(lang))[at]
    figure = figures.draw(
        slug, lang=lang, theme=list(THEMES)[at % len(THEMES)], aspect=aspect, **values
    )
    can_be_read(figure, SMALLEST[aspect])
    written = {text.get_text() for text in figure.findobj(Text) if text.get_visible()}
    assert labels_of(slug, lang, values) <= written


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
