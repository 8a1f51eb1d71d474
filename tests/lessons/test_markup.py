"""Sentences with mathematics in them, and what users wrote in sentences, for all media."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regviz.lessons.markup import Run, literal, runs, spelled
from regviz.lessons.mathematics import parse
from regviz.lessons.picture import Said
from regviz.lessons.printable import printable
from regviz.lessons.text import Text

#: names of columns that mean something in a markup of one medium or another
NAMES = (
    "price $",
    "$x_1$",
    "US$",
    "{lam}",
    "{{a}}",
    "}{",
    "100 %",
    "a<b>&amp;",
    r"\lambda",
    "back\\slash \\$",
    '#let "x"',
    "|w| ^2_i",
    "체중(kg) $",
)


@given(st.text())
def test_what_is_literal_is_text_and_nothing_else(text):
    text = printable(text)
    assert runs(literal(text)) == ([Run(text, False)] if text else [])
    assert runs(f"$w$ ({literal(text)})")[1:] == [Run(f" ({text})", False)]
    assert spelled(literal(text)) == text
    assert parse(rf"\text{{{literal(text)}}}").parts[0].sign == text


@pytest.mark.parametrize("name", NAMES)
def test_a_sentence_holds_a_name_as_it_is(name):
    said = Said("a", {"name": literal(name), "lam": 0.5})
    text = Text("en", {"a": r"{name} at $\lambda = {lam}$"})
    assert runs(text.say(said))[0] == Run(f"{name} at ", False)
    assert text.speak(said).startswith(f"{name} at")


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_shows_a_name_as_it_is(name):
    from matplotlib.mathtext import MathTextParser
    from matplotlib.text import Text as Type

    from regviz.figures.canvas import Page
    from regviz.figures.wrapping import typed, words

    assert Type()._preprocess_math(typed(literal(name))) == (name, False)
    assert "".join(words(literal(name))) == typed(literal(name)).replace(" ", "")
    sentence = f"$w_1$ ({literal(name)})"
    font = Page.of(lang="en", theme="light", aspect="16:9").font(20, content=sentence)
    drawn = MathTextParser("path").parse(typed(sentence), prop=font)
    letters = "".join(chr(glyph[2]) for glyph in drawn.glyphs)
    assert letters.replace(" ", "").endswith(f"({name})".replace(" ", ""))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_a_name_as_it_is(name):
    from html import unescape

    from regviz.pages.sentences import to_html, to_plain, to_runs

    written = literal(name)
    assert unescape(to_html(written)) == name
    assert to_plain(written) == name
    # Where the script fills places it finds none in a name.
    assert all("{" not in text[:-1] for text, _ in to_runs(written))
    assert to_runs("{lam} of " + written)[0][0].startswith("{lam} of ")


@pytest.mark.video
@pytest.mark.parametrize("name", NAMES)
def test_a_video_shows_a_name_as_it_is(name):
    from regviz.scenes.typeset import _body, outlines

    letters = [letter for letter in name if not letter.isspace()]
    drawn = [
        part for letter in letters for part in outlines(_body(literal(letter)), "en", False)
    ]
    assert len(outlines(_body(literal(name)), "en", False)) == len(drawn)
