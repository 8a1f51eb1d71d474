"""Alt texts: every lesson has one, in every language, and its numbers are the exhibit's."""

import re

import pytest

from regviz.lessons import catalogue
from regviz.lessons.alt import alt_text, plain
from regviz.lessons.text import LANGUAGES

LESSONS = [entry.slug for entry in catalogue.entries()]


@pytest.fixture(scope="module")
def exhibits():
    return {slug: catalogue.exhibit(slug) for slug in LESSONS}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", LESSONS)
def test_every_lesson_is_described(exhibits, slug, lang):
    said = alt_text(exhibits[slug], lang)
    assert said.endswith(".")
    assert "$" not in said
    assert not re.search(r"[{}\\]|nan|None", said)
    assert len(said) < 420
    if slug in ("corner", "l1-loss", "l2-loss"):
        assert re.search(r"\d", said)


def test_the_numbers_are_those_of_the_exhibit():
    exhibit = catalogue.exhibit("corner", {"lam": 2.0, "center": (-1, 2)})
    said = alt_text(exhibit, "en")
    first, second = exhibit.points["optimum-l2"]
    assert f"({plain(first)}, {plain(second)})" in said
    assert "minimum is at (−1, 2)" in said


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.05, "1.05"),
        (-0.26, "−0.26"),
        (1.2e-5, "1.2 × 10⁻⁵"),
        (1e-300, "1 × 10⁻³⁰⁰"),
        (123456.0, "1.23 × 10⁵"),
        (float("inf"), "∞"),
    ],
)
def test_numbers_are_written_to_be_read_aloud(value, written):
    assert plain(value) == written


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "left out for want of a value: 2 of 6."),
        ("ko", "전체 6행 가운데 값이 빠진 2행은"),
    ],
)
def test_rows_that_were_left_out_are_counted(lang, said):
    table = {"a": [1, 2, None, 4, 7, 3], "b": [3, None, 1, 5, 2, 2], "y": [1, 3, 2, 5, 4, 2]}
    values = {"data": table, "target": "y", "missing": "drop"}
    assert said in alt_text(catalogue.exhibit("corner", values), lang)
