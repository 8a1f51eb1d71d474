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
from tests.figures.test_layout import SMALLEST, can_be_read
from tests.lessons.test_described import SLUGS, random_exhibits


def looks():
    """Every lesson in one of the shapes and languages by turns; the first has its defaults."""
    shapes = list(SHAPES)
    for turn, slug in enumerate(SLUGS):
        for at, aspect in enumerate(shapes):
            for which, lang in enumerate(LANGUAGES):
                by_turns = turn % len(shapes), turn // len(shapes) % 2
                is_here = (at, which) == by_turns
                marks = () if is_here else pytest.mark.long
                yield pytest.param(slug, aspect, lang, marks=marks)


@pytest.mark.parametrize(("slug", "aspect", "lang"), list(looks()))
def test_every_label_is_there_and_can_be_read(slug, aspect, lang):
    at = list(SHAPES).index(aspect)
    theme = list(THEMES)[at % len(THEMES)]
    # The defaults in the first shape, and another setting in each of the others.
    values, shown = random_exhibits(slug, 1 + at, seed=LANGUAGES.index(lang))[at]
    figure = figures.draw_exhibit(shown, lang=lang, theme=theme, aspect=aspect)
    can_be_read(figure, SMALLEST[aspect], theme)
    written = {text.get_text() for text in figure.findobj(Text) if text.get_visible()}
    assert labels_of(shown, lang) <= written, values


def labels_of(shown, lang):
    """Return the words of all labels of what is seen where the story ends."""
    lesson, text = catalogue.load(shown.lesson), load(lang)
    picture = lesson.picture(shown)
    stop = end(lesson.story(shown), picture)
    return {
        typed(text.say(picture.label_at(label, stop.at)))
        for name in stop.panels
        for label in picture.named(stop, picture.panel(name))
    }
