"""Ready lectures: each lesson after what it needs, in both languages."""

import re

import pytest

from regviz.lecture import document, template
from regviz.lecture.choices import LANGUAGES, LECTURES
from regviz.lecture.parts import Section
from regviz.lecture.ready import PER_90_MINUTES, ready
from regviz.lessons import catalogue
from regviz.lessons.topics import TOPICS


@pytest.mark.parametrize("name", LECTURES)
def test_each_lesson_comes_after_what_it_needs(name):
    slugs = [entry.slug for entry in ready(name).lessons]
    assert len(set(slugs)) == len(slugs)
    for at, entry in enumerate(ready(name).lessons):
        assert set(entry.needs) <= set(slugs[:at]), entry.slug


def test_they_are_as_long_as_they_say():
    short, long, course = (len(ready(name).lessons) for name in LECTURES)
    assert (short, long, course) == (6, PER_90_MINUTES, len(catalogue.entries()))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LECTURES)
def test_each_can_be_built(regviz, name, lang):
    regviz("init", ".", "--lecture", name, "--lang", lang)
    planned = regviz("build", "--dry-run")
    assert planned.exit_code == 0, planned.stderr
    jobs = re.findall(r"^make +(\S+) (figure|video|page): new$", planned.stdout, re.M)
    end = "" if lang == "en" else f"-{lang}"
    assert jobs == [
        (f"{entry.slug}{end}", medium.replace("scene", "video"))
        for entry in ready(name).lessons
        for medium in entry.media
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sections_are_topics_in_every_language(tmp_path, lang):
    template.write(tmp_path, name="course", lang="en", force=False)
    read = document.read(tmp_path, langs=(lang,))
    sections = [item.title[lang] for item in read.items if isinstance(item, Section)]
    present = [topic for topic, _ in catalogue.by_topic(catalogue.entries()) if topic]
    assert sections == [TOPICS[topic].title[lang] for topic in present]
