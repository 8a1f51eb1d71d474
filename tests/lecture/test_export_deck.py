"""A deck is the lecture in order, in one language, with what the speaker may say."""

from dataclasses import replace

import pytest

from regviz.lecture import manifest
from regviz.lecture.export.deck import deck
from regviz.lecture.export.slides import (
    Clip,
    Explorer,
    Opening,
    Part,
    Picture,
    Title,
    Words,
)
from regviz.lecture.markdown import plain
from regviz.lessons.errors import BadInput
from tests.lecture import decks


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    out = tmp_path_factory.mktemp("lecture") / "out"
    decks.write(out)
    return out


def _deck(out, **wanted):
    return deck(manifest.load(out), out, **wanted)


def test_slides_stand_in_the_lectures_order(out):
    slides = _deck(out).slides
    lesson = [Opening, Picture, Clip, Clip, Explorer]
    assert [type(slide) for slide in slides] == [Title, *lesson, *lesson]
    assert [slide.number for slide in slides if isinstance(slide, Opening)] == [1, 2]


def test_a_clips_cues_count_from_its_own_start(out):
    first, second = (slide for slide in _deck(out).slides[:6] if isinstance(slide, Clip))
    assert [(cue.start, cue.end) for cue in second.cues] == [(0.0, decks.LENGTH)]
    assert first.notes == ("Cue 1: The corner",)
    assert second.notes == ("Cue 2: The corner",)
    assert first.heading == "The corner (1/2)"


def test_one_language_is_shown(out):
    assert {slide.lang for slide in _deck(out).slides} == {"en"}
    assert {slide.lang for slide in _deck(out, lang="ko").slides} == {"ko"}


def test_an_item_without_the_language_is_shown_in_its_own(tmp_path):
    made = decks.write(tmp_path / "out")
    kept = tuple(e for e in made.entries if e.item == 0 or e.lang == "ko")
    mixed = replace(made, entries=kept)
    slides = deck(mixed, tmp_path / "out").slides
    assert [slide.lang for slide in slides] == ["en"] * 6 + ["ko"] * 5


def test_the_theme_asked_for_is_taken_where_there_is_one(tmp_path):
    light = decks.write(tmp_path / "out")
    dark = tuple(decks.write(tmp_path / "out", theme="dark").entries[:6])
    both = replace(light, entries=(*light.entries[:6], *dark))
    chosen = deck(both, tmp_path / "out", theme="dark")
    assert {slide.entry.theme for slide in chosen.slides if hasattr(slide, "entry")} == {"dark"}
    assert deck(both, tmp_path / "out").theme == "light"
    with pytest.raises(BadInput, match="without --theme print; give light or dark"):
        deck(both, tmp_path / "out", theme="print")


def test_a_title_lists_no_parameters(out):
    assert _deck(out).slides[6].heading == decks.NASTY


def test_words_stand_where_the_lecture_has_them(tmp_path):
    made = decks.write(tmp_path / "out", words=True)
    first, *rest = made.items
    moved = [replace(entry, item=2 * entry.item + 1) for entry in made.entries]
    mixed = replace(made, items=(rest[1], first, rest[2], rest[0]), entries=tuple(moved))
    slides = deck(mixed, tmp_path / "out", lang="ko").slides
    lesson = [Opening, Picture, Clip, Clip, Explorer]
    assert [type(slide) for slide in slides] == [Title, Part, *lesson, Words, *lesson]
    assert [slide.number for slide in slides if isinstance(slide, Opening)] == [1, 2]
    assert slides[1].notes == ("Note: section",)
    assert slides[7].heading == decks.KOREAN


def test_an_intro_stands_in_place_of_the_summary(tmp_path):
    made = decks.write(tmp_path / "out")
    assert plain(deck(made, tmp_path / "out").slides[1].text) == "Summary: The corner"
    first, second = made.items
    told = replace(made, items=(replace(first, intro={"en": "It is *so*: $w_1$"}), second))
    assert plain(deck(told, tmp_path / "out").slides[1].text) == "It is so: w₁"


def test_a_page_without_a_figure_brings_its_own(tmp_path):
    made = decks.write(tmp_path / "out")
    pages = [entry for entry in made.entries if entry.medium == "page"]
    pages = [replace(e, files={**e.files, "poster.svg": "corner.svg"}) for e in pages]
    explorer = deck(replace(made, entries=tuple(pages)), tmp_path / "out").slides[2]
    assert explorer.behind.files == {"svg": "corner.svg"}


@pytest.mark.parametrize("path", ["gone.png", "../lecture.toml", "/etc/hostname"])
def test_no_file_is_read_that_is_not_the_lectures(out, path):
    with pytest.raises(BadInput, match="is gone; build the lecture again"):
        _deck(out).read(path)
