"""No run begins while its panels are still coming."""

import itertools

from regviz.lessons import catalogue
from regviz.lessons.asked import revealed
from regviz.lessons.story import played
from regviz.scenes.arrivals import arrivals


def told(slug):
    exhibit, lesson = catalogue.exhibit(slug, {}), catalogue.load(slug)
    picture = lesson.picture(exhibit)
    return revealed(played(lesson.story(exhibit), picture), picture)[0]


def test_panels_come_before_anything_runs_in_them_and_the_story_is_the_same():
    apart = 0
    for slug in ("overfitting", "thresholds", "optimizer-race", "corner"):
        before = told(slug)
        after = list(arrivals(before))
        apart += len(after) - len(before)
        for (_, last), (step, stop) in itertools.pairwise(after):
            assert not step.run or last.panels == stop.panels
        assert [stop for _, stop in after if stop in [each for _, each in before]] == [
            stop for _, stop in before
        ]
        assert [step.say for step, _ in after if step.say] == [
            step.say for step, _ in before if step.say
        ]
        assert all(sum(step.run == one.run for step, _ in after) for one, _ in before)
    assert apart


def test_what_runs_starts_where_it_was_shown():
    for slug in ("overfitting", "lasso-path"):
        for (step, stop), (runs, ends) in itertools.pairwise(arrivals(told(slug))):
            if runs.run and stop.panels == ends.panels and not step.run and step.ask is None:
                moved = {name for name in ends.at if ends.at[name] != stop.at[name]}
                assert moved <= {*runs.run, *runs.put}
