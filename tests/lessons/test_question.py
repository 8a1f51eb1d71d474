"""What answers are worth, and that a story goes on as if nothing had been asked."""

import numpy as np
import pytest

from regviz.lessons import catalogue
from regviz.lessons.picture import Said
from regviz.lessons.question import Choice, Guess, Option, Wrong, judge
from regviz.lessons.story import (
    Section,
    Step,
    Story,
    Voice,
    faults,
    played,
    questions,
    unasked,
)

RIGHT, OFF, LOW = Said("right"), Said("off"), Said("low")


def guess(**changes):
    """A question for a place, with one wrong answer that is often given."""
    usual = {
        "name": "where", "prompt": Said("where"), "kind": "place", "panel": "convex",
        "truth": np.array([1.0, 2.0]), "near": 0.1, "right": RIGHT, "off": OFF,
        "wrongs": (Wrong(np.array([1.0, 0.0]), LOW),),
    }  # fmt: skip
    return Guess(**{**usual, **changes})


def choice(right=0):
    options = tuple(Option(Said(f"name.{n}"), Said(f"reply.{n}")) for n in "ab")
    return Choice(name="which", prompt=Said("which"), options=options, right=right)


@pytest.mark.parametrize(
    ("answer", "is_right", "reply"),
    [([1.05, 1.95], True, RIGHT), ([1.0, 0.05], False, LOW), ([0.0, 2.0], False, OFF)],
)
def test_a_guess_is_right_when_near_and_a_known_mistake_has_its_reply(answer, is_right, reply):
    found = judge(guess(), answer)
    assert (found.is_right, found.reply) == (is_right, reply)


def test_a_choice_is_worth_what_its_option_says():
    assert judge(choice(), 0).is_right
    assert not judge(choice(), 1).is_right
    assert judge(choice(), 1).reply == Said("reply.b")


@pytest.mark.parametrize(
    ("truth", "wrongs", "how", "kind", "left"),
    [
        (4.0, {"double": 2.0, "same": 4.1}, {}, "number", ["double"]),
        ((1.0, 2.0), {"level": (1.0, 0.0), "again": (1.0, 0.1)}, {}, "place", ["level"]),
        ((0.0, 1.0), {"flat": (0.0, 0.0)}, {"across": np.arange(2.0)}, "curve", ["flat"]),
    ],
)
def test_a_truth_says_what_is_asked_for_and_which_answers_are_wrong(
    truth, wrongs, how, kind, left
):
    asked = Voice("corner").guess("lands", truth, 0.2, wrongs, {"lam": 1.0}, **how)
    assert asked.kind == kind
    np.testing.assert_array_equal(asked.truth, np.atleast_1d(truth))
    assert asked.right == Said("corner.ask.lands.right", {"lam": 1.0})
    assert [wrong.reply.key for wrong in asked.wrongs] == [
        f"corner.ask.lands.{n}" for n in left
    ]


def test_options_are_answers_or_sentences_of_their_own():
    say = Voice("corner")
    found = say.choice("ends", "b", ("a", "b"), {"lam": 1.0})
    assert found.options[found.right].said == Said("corner.ask.ends.answer.b", {"lam": 1.0})
    assert found.options[0].reply == Said("corner.ask.ends.a", {"lam": 1.0})
    named = say.choice("ends", "b", {name: say(f"name.{name}") for name in "ab"})
    assert [option.said.key for option in named.options] == ["corner.name.a", "corner.name.b"]


def found_in(*steps):
    """What is wrong with a story that has these steps."""
    shown = catalogue.exhibit("thresholds", {})
    return faults(Story((Section("ask", steps),)), catalogue.load("thresholds").picture(shown))


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        (Step(ask=guess(truth=np.array([1.0, 0.15]))), "as good as right"),
        (Step(ask=guess(panel=None)), "no picture"),
        (Step(ask=guess(sees=("nothing",))), "'nothing' is not in the panel"),
        (Step(ask=guess(kind="number", truth=np.ones(1), wrongs=(), high=0.5)), "cannot be"),
        (Step(ask=guess(across=np.arange(2.0), line=np.eye(2))), "line is not the truth"),
        (Step(ask=choice(right=2)), "no option is right"),
        (Step(ask=choice(), show=("l1",)), "something else"),
    ],
)
def test_a_bad_question_is_found(step, fault):
    assert [fault in each for each in found_in(step)] == [True]
    assert found_in(Step(ask=guess()), Step(ask=choice())) == []


def test_a_story_goes_on_as_if_nothing_had_been_asked():
    lesson, shown = catalogue.load("thresholds"), catalogue.exhibit("thresholds", {})
    picture, story = lesson.picture(shown), lesson.story(shown)
    asked = [(step, stop) for step, stop in played(story, picture) if step.ask is not None]
    assert [step.ask for step, _ in asked] == list(questions(story))
    assert all(stop.ask is step.ask for step, stop in asked)
    rest = [(step, stop) for step, stop in played(story, picture) if step.ask is None]
    assert rest == list(played(unasked(story), picture))
    assert questions(unasked(story)) == ()
