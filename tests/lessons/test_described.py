"""What every lesson that describes its picture keeps to, over its parameters' whole range."""

import re
from contextlib import suppress
from functools import lru_cache

import numpy as np
import pytest

from regviz.lessons import catalogue
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.parameters import Choice, Count, Number, Point
from regviz.lessons.story import end, faults, played, stops
from regviz.lessons.text import LANGUAGES, load
from regviz.lessons.theme import LIGHT, SHAPES

SLUGS = [entry.slug for entry in catalogue.entries()]
# All tests of a lesson follow each other: its pictures are made once, and not kept.
every = pytest.mark.parametrize("slug", SLUGS, scope="module")


def random_values(slug, count, seed=0):
    """So many settings of a lesson's knobs: the defaults, then anywhere within the bounds."""
    return [values for values, _ in random_exhibits(slug, count, seed)]


def random_exhibits(slug, count, seed=0):
    """Settings as `random_values` draws them, each with its exhibit.

    Those that a lesson refuses, since they contradict each other, are drawn again.
    """
    rng = np.random.default_rng(seed)

    def one(kind):
        match kind:
            case Number(low, high):
                # Strengths and budgets far out all look alike.
                return round(float(rng.uniform(low, min(high, 10.0))), 2)
            case Count(low, high):
                return int(rng.integers(low, high + 1))
            case Point(low, high):
                return [round(float(x), 2) for x in rng.uniform(low, high, 2)]
            case Choice(options):
                return str(rng.choice(options))
        return None

    about_data = {knob.name for knob in DataKnobs.knobs()}
    knobs = [k for k in catalogue.parameters_class(slug).knobs() if k.name not in about_data]
    found = [({}, catalogue.exhibit(slug))]
    while len(found) < count:
        # What may be left out is left out half the time.
        drawn = {k.name: one(k.metadata["kind"]) for k in knobs if k.default is not None
                 or rng.random() < 0.5}  # fmt: skip
        values = {name: value for name, value in drawn.items() if value is not None}
        with suppress(BadInput):
            found.append((values, catalogue.exhibit(slug, values)))
    return found


@lru_cache(maxsize=1)
def described(slug, seed=0):
    """A lesson's exhibits with their pictures and stories, for six settings."""
    lesson = catalogue.load(slug)
    exhibits = [shown for _, shown in random_exhibits(slug, 6, seed)]
    return [(shown, lesson.picture(shown), lesson.story(shown)) for shown in exhibits]


@every
def test_stories_are_well_formed(slug):
    for _, picture, story in described(slug):
        assert faults(story, picture) == []
        names = [section.name for section in story.sections]
        assert len(set(names)) == len(names) >= 2
        assert all(stop.heading is not None for stop in stops(story, picture))
        assert stops(story, picture)[-1].shown


@every
def test_pictures_are_well_formed(slug):
    for _, picture, _ in described(slug):
        names = [item.name for item in (*picture.marks, *picture.readouts, *picture.formulas)]
        assert len(set(names)) == len(names)
        drivers = {driver.name: len(driver.values) for driver in picture.drivers}
        for driver in picture.drivers:
            assert np.all(np.diff(driver.values) > 0)
            assert 0 <= driver.rest < len(driver.values)
        for mark in picture.marks:
            assert picture.panel(mark.panel)
            assert hasattr(LIGHT, mark.role)
            points = picture.points(mark, picture.rest)
            if mark.points is not None:
                assert mark.points.shape[: len(mark.by)] == tuple(drivers[n] for n in mark.by)
            assert points.ndim == 2
            assert points.shape[1] == 2
            assert np.isfinite(points[~np.isnan(points).all(axis=1)]).all()
        for number in picture.readouts:
            assert number.numbers.shape == tuple(drivers[name] for name in number.by)
        for label in picture.labels:
            assert picture.mark(label.of).kind != "cells"
            # what a picture is about stands out in every lesson alike
            assert label.bold or not re.search("optimum|goal", label.of), label.of


@every
@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_that_is_said_can_be_said(slug, lang):
    text, lesson = load(lang), catalogue.load(slug)
    for shown, picture, story in described(slug):
        rng = np.random.default_rng(1)
        said = [
            panel_said for p in picture.panels for panel_said in (p.heading, p.summary, p.foot)
        ]
        said += [picture.label_at(label, picture.rest) for label in picture.labels]
        said += [axis for panel in picture.panels for axis in panel.axes]
        for step, stop in played(story, picture):
            said += [line for line in (step.heading, *stop.tell.values()) if line is not None]
            if step.say is not None:
                assert "$" not in text.speak(step.say)
        for _ in range(5):
            at = {d.name: int(rng.integers(len(d.values))) for d in picture.drivers}
            claims = lesson.claims(shown, at)
            for name in set(picture.says) - set(claims):
                # Of what is not there, nothing is said.
                panel = name.rsplit("-", 1)[-1]
                marks = [mark for mark in picture.marks if mark.panel == panel]
                assert marks
                assert not any(picture.is_there(mark, at) for mark in marks)
            said += [claim for name, claim in claims.items() if name != "alt"]
        for line in said:
            assert not re.search(r"nan|\binf\b|None|-0(?![.\d])|e-\d", text.say(line))
        alt = text.speak(lesson.claims(shown, picture.rest)["alt"])
        assert "$" not in alt
        seen = end(story, picture).panels
        assert len(seen) >= 1 + alt.count("Beside") + alt.startswith("Two planes")


@every
def test_markers_that_meet_have_different_shapes(slug):
    """A role is never told by its colour alone."""
    _, picture, _ = described(slug)[0]
    for panel in picture.panels:
        roles = {m.role for m in picture.marks if m.panel == panel.name and m.kind == "point"}
        assert len({SHAPES.get(role, "circle") for role in roles}) == len(roles)


@every
def test_the_marker_by_a_number_is_that_of_a_point_of_its_colour(slug):
    for _, picture, _ in described(slug):
        for number in picture.readouts:
            if number.of is not None:
                mark = picture.mark(number.of)
                assert (mark.kind, mark.role) == ("point", number.role)


@every
def test_korean_is_not_english(slug):
    english, korean = load("en"), load("ko")
    names = {f"{slug}.name.", f"{slug}.axis."}
    for key in sorted(english.keys()):
        if key.startswith(f"{slug}.") and not any(key.startswith(name) for name in names):
            sentence = english.sentence(key)
            words = re.sub(r"\$[^$]*\$|\{\w+\}", "", sentence)
            if re.search(r"[a-z]{3}", words):
                assert korean.sentence(key) != sentence, key
