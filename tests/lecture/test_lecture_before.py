"""Galleries and handouts say of each lesson what it is about and what it needs before it."""

from regviz.lecture import gallery
from regviz.lecture.before import Before
from regviz.lessons import catalogue, topics
from tests.lecture.test_lecture_gallery import whole


def test_what_is_needed_is_named_and_led_to_where_it_is_shown():
    corner = catalogue.entry("corner")
    said = Before("ko", {"corner": "item-4"}).to_html("loss-surface")
    assert topics.TOPICS["geometry"].title["ko"] in said
    assert f'<a href="#item-4">{corner.title["ko"]}</a>' in said
    assert catalogue.entry("l1-loss").title["ko"] in said
    assert said.count("<a ") == 1


def test_what_needs_nothing_says_its_topic_alone():
    said = Before("en", {}).to_html("overfitting")
    assert said == f'<p class="topic" lang="en">{topics.title("fit", "en")}</p>'


def test_a_topic_is_a_heading_where_it_begins():
    slugs = ["overfitting", "bias-variance", "corner", "thresholds", "corner"]
    fit, one, two = (topics.title(topic, "en") for topic in ("fit", "one-weight", "geometry"))
    assert Before("en", {}).headings(slugs) == [fit, "", two, one, two]


def test_a_gallery_says_it_and_lists_its_lessons_by_topic():
    for name, page in gallery.pages(whole(), notes=False).items():
        lang = "ko" if "ko" in name else "en"
        assert Before(lang, {}).to_html("corner") in page.decode()
        assert f'<li class="topic">{topics.title("geometry", lang)}</li>' in page.decode()
