"""What any lesson asks, with numbers drawn by seed: answers differ, and nothing tells one."""

import re
from functools import lru_cache

import pytest

from regviz.lessons import catalogue
from regviz.lessons.asked import asked_in
from regviz.lessons.question import Choice, faults
from regviz.lessons.text import LANGUAGES, load
from regviz.lessons.variants import drawn

#: lessons that have sentences for questions
ASKING = [
    entry.slug
    for entry in catalogue.entries()
    if any(key.startswith(f"{entry.slug}.ask.") for key in load("en").keys())  # noqa: SIM118
]
seeds = pytest.mark.parametrize(
    "n_seeds", [3, pytest.param(300, marks=pytest.mark.long)], ids=["few", "many"]
)
# All tests of a lesson follow each other: what it asks is drawn once, and not kept.
lessons = pytest.mark.parametrize("slug", ASKING, scope="module")


@lru_cache(maxsize=3)
def _asked(slug, seed):
    """Return what a lesson asks with numbers drawn by seed, from a certified exhibit."""
    exhibit = next(drawn(slug, {}, seed))
    assert exhibit.certificate
    return asked_in(exhibit)


def _all_asked(slug, n_seeds):
    """Yield what each seed asks; all at once would take gigabytes."""
    for seed in range(n_seeds):
        yield from _asked(slug, seed)


@lessons
def test_a_lesson_asks_twice_or_more(slug):
    names = [asked.question.name for asked in _asked(slug, 0)]
    assert len(names) == len(set(names)) >= 2


@seeds
@lessons
def test_no_wrong_answer_is_right_as_shown(slug, n_seeds):
    for asked in _all_asked(slug, n_seeds):
        assert faults(asked.question, asked.picture) == []
        for lang in LANGUAGES:
            text = load(lang)
            wrongs = [answer for answer, _ in asked.wrongs(text)]
            assert asked.right(text) not in wrongs
            assert len(set(wrongs)) == len(wrongs)
            if not isinstance(asked.question, Choice) and asked.question.kind == "curve":
                assert wrongs, "a quiz lets choose among curves"


@seeds
@lessons
def test_nothing_tells_the_answer_before_it_is_asked(slug, n_seeds):
    """A number may stand in a prompt by chance, but not always, and no wrong one there."""
    told = {}
    for asked in _all_asked(slug, n_seeds):
        for lang in LANGUAGES:
            text = load(lang)
            heard = f"{text.speak(asked.question.prompt)} {asked.alt(text)}"
            assert text.speak(asked.reply()) not in heard
            given = {"right": asked.right(text)}
            given |= {reply.key: answer for answer, reply in asked.wrongs(text)}
            hits = {name: _tells(heard, answer) for name, answer in given.items()}
            told.setdefault((asked.question.name, lang), []).append(hits)
    for hits in told.values():
        always = [name for name in hits[0] if all(of.get(name, False) for of in hits)]
        assert always != ["right"]


def _tells(heard, answer):
    """Say whether an answer, its number or each number of its place, can be heard."""
    numbers = re.findall(r"-?[\d.]+", answer) if answer.startswith("$") else []
    words = [number.replace("-", "−") for number in numbers] or [answer]
    return all(
        re.search(rf"(?<![\w.−]){re.escape(word)}(?![\w]|\.\d)", heard) for word in words
    )


@lessons
def test_an_answer_stands_in_its_panel(slug):
    for asked in _asked(slug, 0):
        shown = asked.with_answer()
        if shown is asked:
            continue
        mark = shown.picture.marks[-1]
        left, right, bottom, top = shown.picture.limits(
            shown.picture.panel(mark.panel), shown.stop.at
        )
        assert ((mark.points[:, 0] >= left) & (mark.points[:, 0] <= right)).all()
        assert ((mark.points[:, 1] >= bottom) & (mark.points[:, 1] <= top)).all()
        assert mark.name in shown.stop.shown
        assert mark.name not in asked.stop.shown
