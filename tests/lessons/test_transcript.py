"""A video in words: all that is said in it, what is seen, and what it asks, answered behind."""

import re

import pytest

from regviz.lessons import catalogue
from regviz.lessons.asked import asked_in
from regviz.lessons.question import Choice
from regviz.lessons.story import played
from regviz.lessons.text import LANGUAGES, load
from regviz.lessons.transcript import transcript


@pytest.fixture(scope="module", params=[entry.slug for entry in catalogue.entries()])
def shown(request):
    return catalogue.exhibit(request.param)


@pytest.fixture(scope="module")
def transcripts(shown):
    return {lang: transcript(shown, lang) for lang in LANGUAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_holds_all_that_is_said_and_written(shown, transcripts, lang):
    lesson, text, told = catalogue.load(shown.lesson), load(lang), transcripts[lang]
    for step, stop in played(lesson.story(shown), lesson.picture(shown)):
        said = [step.say, stop.heading, *stop.tell.values()]
        assert all(text.speak(each) in told for each in said if each is not None)
    assert not re.search(r"[$\\{}]|  ", re.sub(r"^ +", "", told, flags=re.M))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_stand_behind_all_else(shown, transcripts, lang):
    text, told = load(lang), transcripts[lang]
    asked = asked_in(shown)
    before, heading, behind = told.partition(f"## {text('transcript.answers')}\n")
    assert bool(heading) is bool(asked)
    for each in asked:
        assert text.speak(each.question.prompt) in before
        for said in [each.reply(), *(reply for _, reply in each.wrongs(text))]:
            assert text.speak(said) in behind
            assert text.speak(said) not in before
        if isinstance(each.question, Choice):
            options = [text.speak(option.said) for option in each.question.options]
            assert all(
                re.search(rf"- [A-H]\. {re.escape(each)}$", before, re.M) for each in options
            )


def test_without_questions_nothing_is_asked():
    told = transcript(catalogue.exhibit("thresholds"), "en", quiz=False)
    assert "Question" not in told
    assert "Answers" not in told


def test_a_point_of_a_plane_is_told_with_its_place():
    told = transcript(catalogue.exhibit("zone-map"), "en")
    before = told.partition("Question 1")[0]
    place = re.search(r"Now seen: \S+ \(([\d.]+), ([\d.]+)\)", before).groups()
    assert place == ("1.3", "1.7")


def test_a_script_keeps_the_script_in_it():
    assert "e^(−λw²/s)" in transcript(catalogue.exhibit("priors"), "en")


def test_numbers_are_read_as_they_change():
    told = transcript(catalogue.exhibit("l1-loss"), "en")
    assert "It reads λ = 1.00, w = 0.50." in told
