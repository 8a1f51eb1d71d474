"""Lessons say what they are about, and what needs to have been seen before."""

import ast
from pathlib import Path

import pytest

from regviz import lessons
from regviz.lessons import catalogue, listing, text
from regviz.lessons.topics import AFTER, TOPICS

ENTRIES = {entry.slug: entry for entry in catalogue.entries()}
LITERALS = ("TOPIC", "NEEDS", "ORDER")


@pytest.mark.parametrize("slug", ENTRIES)
def test_every_lesson_says_its_topic_and_what_it_needs(slug):
    module = Path(catalogue.__file__).parent / f"{catalogue.module_name(slug)}.py"
    said = {
        node.targets[0].id: node.value
        for node in ast.parse(module.read_text("utf-8")).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    missing = [name for name in LITERALS if name not in said]
    assert not missing, f"{module.name} has no {', '.join(missing)}; see lessons/topics.py"
    topic, needs = (ast.literal_eval(said[name]) for name in ("TOPIC", "NEEDS"))
    assert topic in TOPICS, f"{module.name}: TOPIC is one of {', '.join(TOPICS)}"
    assert isinstance(needs, tuple), f"{module.name}: NEEDS is a tuple of lessons"
    assert set(needs) <= set(ENTRIES), f"{module.name}: NEEDS {needs}, not all of them lessons"
    assert "TAGS" not in said, f"{module.name}: TOPIC stands for TAGS"


def test_what_a_lesson_needs_comes_before_it():
    # As ORDER grows along every need, no circle is possible.
    places = list(ENTRIES)
    for slug, entry in ENTRIES.items():
        for need in entry.needs:
            assert ENTRIES[need].order < entry.order, f"{slug} needs {need}, of a higher ORDER"
            assert places.index(need) < places.index(slug), f"{slug} needs {need}, listed later"


def test_no_need_is_said_twice():
    for slug, entry in ENTRIES.items():
        assert len(set(entry.needs)) == len(entry.needs), slug


def test_a_topic_is_named_in_every_language():
    for topic in TOPICS.values():
        assert set(topic.title) == set(topic.about) == set(AFTER) == set(text.LANGUAGES)
    for lang in text.LANGUAGES:
        titles = {topic.title[lang] for topic in TOPICS.values()}
        assert len(titles) == len(TOPICS)


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_list_has_each_lesson_below_its_topic(lang):
    shown = repr(listing.lessons(lang)).split("\n\n")
    assert [block.splitlines()[0] for block in shown] == [
        TOPICS[topic].title[lang] for topic, _ in catalogue.by_topic(ENTRIES.values())
    ]
    for block, (_, entries) in zip(shown, catalogue.by_topic(ENTRIES.values()), strict=True):
        for entry in entries:
            assert f"\n  {entry.slug} " in block
            assert not entry.needs or f"{AFTER[lang]} {', '.join(entry.needs)}" in block
    table = lessons(lang)._repr_html_()
    assert all(block.splitlines()[0] in table for block in shown)


def test_a_lesson_without_a_topic_is_listed_last(monkeypatch):
    names = {"title": {"en": "x", "ko": "x"}, "summary": {"en": "y"}}
    monkeypatch.setattr(catalogue, "_names", {"x": names}.get)
    made = catalogue._entry("x", "ORDER = 1\n")
    assert (made.topic, made.needs) == ("", ())
    shown = repr(listing.Listing([*ENTRIES.values(), made], "en"))
    assert shown.splitlines()[-1].split() == ["x", "x:", "y"]
