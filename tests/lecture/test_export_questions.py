"""A deck asks before it shows: a slide for a question, its answer on the next."""

import io
import re
from dataclasses import replace

import pytest
from click.testing import CliRunner

from regviz import cli
from regviz.lecture import manifest
from regviz.lecture.export import contents_of
from regviz.lecture.export.deck import deck
from regviz.lecture.export.slides import Answer, Ask, Clip, Explorer, Opening, Picture, Title
from regviz.lecture.markdown import plain
from tests.lecture import decks

TARGETS = {"revealjs": "d.html", "pptx": "d.pptx", "beamer": "d.tex", "html": "h.html"}
REPLY = {"en": "whatever the weight", "ko": "어떤 가중치에서든"}
WRONG = {"en": "That is what L2 does", "ko": "그것은 L2입니다"}


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    out = tmp_path_factory.mktemp("asking") / "out"
    decks.write_asking(out)
    return out


def _slides(out, lang="en", **changed):
    made = replace(manifest.load(out), **changed)
    return deck(made, out, lang=lang, quiz=True).slides


def test_a_question_stands_where_the_video_asks_it_and_the_figure_comes_behind(out):
    asked = [Opening, Clip, Ask, Answer, Picture, Explorer]
    assert [type(slide) for slide in _slides(out)] == [Title, *asked]
    clip = _slides(out)[2]
    assert clip.heading == "The corner (1/1)"


def test_without_a_video_all_questions_come_before_the_figure(out):
    figures = tuple(e for e in manifest.load(out).entries if e.medium == "figure")
    kinds = [type(slide) for slide in _slides(out, entries=figures)]
    assert kinds == [Title, Opening, *[Ask, Answer] * 2, Picture]


def test_a_lecture_may_leave_questions_out(out):
    made = manifest.load(out)
    quiet = replace(made, items=tuple(replace(item, quiz=False) for item in made.items))
    for slides in (deck(made, out).slides, deck(quiet, out, quiz=True).slides):
        assert not any(isinstance(slide, Ask) for slide in slides)


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_what_to_say_to_wrong_answers_stands_in_the_notes_of_the_answer(out, lang):
    clip, ask, answer = _slides(out, lang)[2:5]
    assert ask.notes == (ask.heading,)
    assert REPLY[lang] in answer.notes[0]
    assert len(answer.notes) == 1 + len(answer.wrongs)
    assert WRONG[lang] in "".join(answer.notes)
    told = [*clip.notes, clip.alt, *ask.notes, ask.alt, plain(ask.options)]
    right = answer.notes[0].partition(":")[0]
    assert not [each for each in told if right in each or REPLY[lang] in each]


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("target", TARGETS)
def test_every_target_asks_first(out, tmp_path, target, lang):
    made = deck(manifest.load(out), out, lang=lang, quiz=True)
    path = tmp_path / TARGETS[target]
    written = contents_of(made, target, path)
    pages = _pages(target, written[path])
    (asked,) = (
        n
        for n, page in enumerate(pages)
        if "L1" in page and "?" in page and n < _at(pages, lang)
    )
    assert _at(pages, lang) > asked
    assert WRONG[lang] not in "".join(pages[: asked + 1])


def _at(pages, lang):
    return next(n for n, page in enumerate(pages) if REPLY[lang] in page)


def _pages(target, content):
    """Return what is read, slide by slide, its notes last; of a handout, part by part."""
    if target != "pptx":
        border = {"revealjs": "<section ", "beamer": r"\\begin{frame}", "html": "<li|<section"}
        shown = re.sub(
            r"<(style|script).*?</\1>|<svg.*?</svg>", "", content.decode(), flags=re.S
        )
        return re.split(border[target], shown)
    from pptx import Presentation

    slides = Presentation(io.BytesIO(content)).slides
    return [
        "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        + (slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "")
        for slide in slides
    ]


def test_the_command_line_leaves_them_out(out, tmp_path):
    for option, asks in (("--quiz", True), ("--no-quiz", False)):
        path = tmp_path / "h.html"
        words = ["export", str(out.parent), "--to", "html", "-o", str(path), option]
        assert CliRunner().invoke(cli.main, words).exit_code == 0
        assert (REPLY["en"] in path.read_text("utf-8")) is asks
