"""What a story shows, and when."""

from dataclasses import replace

import numpy as np

from regviz.lessons.picture import Driver, Mark, Picture, Said, numbered
from regviz.lessons.picture import chart as panel
from regviz.lessons.story import Section, Step, Story, Voice, asking, faults, played

say = Voice("lesson")
HERE = np.zeros((1, 2))


def picture(*names):
    """A picture of points."""
    limits, ticks = np.array([0.0, 1.0, 0.0, 1.0]), (numbered(1), numbered(1))
    return Picture(
        panels=(panel("lesson", "panel", limits, ticks, say("foot")),),
        marks=tuple(Mark(name, "panel", "point", "ink", HERE) for name in names),
        drivers=(Driver("lam", np.array([0.0, 1.0]), rest=0),),
    )


def test_what_a_section_alone_has_comes_in_it_and_goes_after_it():
    story = Story((
        Section("one", (Step(show=("a",)), Step(), Step(show=("c",))), only=("b", "c")),
        Section("two", (Step(),), only=("b",)),
        Section("three", (Step(),)),
    ))  # fmt: skip
    seen = [set(stop.shown) for _, stop in played(story, picture("a", "b", "c"))]
    assert seen == [{"a", "b"}, {"a", "b"}, {"a", "b", "c"}, {"a", "b"}, {"a"}]
    assert faults(story, picture("a", "b", "c")) == []
    assert faults(story, picture("a", "c")) == [
        "section 'one' has no 'b' to show",
        "section 'two' has no 'b' to show",
    ]


def test_a_question_keeps_of_its_panel_what_the_story_left_there_unless_it_says():
    drawn = picture("a", "b", "c")
    elsewhere = replace(drawn.marks[2], panel="other")
    drawn = replace(drawn, marks=(*drawn.marks[:2], elsewhere))

    def asks(name, **asked):
        return say.choice(name, "yes", ("yes", "no"), **asked)

    story = Story((
        Section("one", (Step(show=("a", "c")),), only=("b",)),
        *asking(asks("left", panel="panel"), asks("again", panel="panel"), asks("alone")),
        *asking(asks("less", panel="panel", sees=("a",))),
        Section("two", (Step(),)),
    ))  # fmt: skip
    seen = [set(stop.shown) for _, stop in played(story, drawn)]
    assert seen == [{"a", "b", "c"}, {"a", "b"}, {"a", "b"}, set(), {"a"}, {"a", "c"}]


def test_a_voice_says_the_sentences_of_its_lesson():
    step = say.step("before", "title", {"lam": 2.0}, hold=1.0)
    assert step.say == Said("lesson.caption.before", {"lam": 2.0})
    assert step.heading == Said("lesson.title.title", {"lam": 2.0})
    assert step.hold == 1.0
    assert say.step("after").heading is None


def test_a_chart_says_what_stands_under_its_name_but_for_what_is_given():
    ticks = {}, {}
    usual = say.chart("l1", (0, 1, 0, 1), ticks, values={"n": 2}, names=("a", "b"))
    assert usual.foot == Said("lesson.foot.l1", {"n": 2})
    assert usual.title == Said("lesson.title.l1", {"n": 2})
    assert usual.axes[1] == Said("lesson.axis.l1.y", {"n": 2, "name": "b"})
    given = say.chart("l1", (0, 1, 0, 1), ticks, say("foot"), title=say("other"))
    assert (given.foot, given.title) == (say("foot"), say("other"))
    assert given.axes == (say("axis.l1.x"), say("axis.l1.y"))
