"""Lessons in a notebook: made once, and shown with a picture behind."""

import base64
import re

import pytest

from regviz import lecture
from regviz.lecture.frames import SCRIPT
from regviz.lecture.make import Made
from regviz.lecture.shown import Shown
from regviz.lessons import catalogue
from regviz.lessons.errors import BadInput
from tests.lecture import stand_ins


@pytest.fixture
def made(monkeypatch, tmp_path):
    """Keep a list of what is made, in a cache of its own."""
    jobs = []

    def make(job, report):
        jobs.append(job)
        return stand_ins.make(job, report)

    monkeypatch.setattr("regviz.lecture.make.make", make)
    monkeypatch.setattr(catalogue, "_media", lambda _: ("figure", "scene"))
    monkeypatch.setenv("REGVIZ_CACHE", str(tmp_path))
    return jobs


def test_what_was_made_is_taken_from_the_cache(made):
    first, second = (lecture.video("corner", lam=2, lang="ko") for _ in range(2))
    assert first._repr_html_() == second._repr_html_()
    assert len(made) == 1
    assert (made[0].lang, made[0].values, made[0].height) == ("ko", {"lam": 2}, 480)
    lecture.video("corner", lam=3, lang="ko")
    lecture.figure("corner", lam=2, theme="dark", aspect="4:3")
    assert len(made) == 3


def test_a_cache_that_was_spoiled(made, tmp_path):
    lecture.figure("corner")
    (png,) = tmp_path.rglob("*.png")
    whole = png.read_bytes()
    png.write_bytes(b"spoiled")
    lecture.figure("corner")
    assert len(made) == 2
    assert png.read_bytes() == whole


def test_a_picture_lies_behind_the_video(made):
    bundle = lecture.video("corner")._repr_mimebundle_()
    assert list(bundle) == ["text/plain", "image/png", "text/html"]
    assert base64.b64decode(bundle["image/png"]) == b"png"
    assert bundle["text/plain"] == 'Title <en>: It is < 1 & "so"'
    page = bundle["text/html"]
    kept = re.sub(r"<video.*</video>", "", page)
    assert 'alt="It is &lt; 1 &amp; &quot;so&quot;"' in kept
    assert "data:image/png;base64," in kept
    assert '<track kind="captions" srclang="en" default src="data:text/vtt;base64,' in page
    assert not re.search("https?:", page)


def test_a_page_is_apart_from_its_notebook():
    shown = Shown(
        medium="page",
        lang="en",
        files={"html": b'<script>alert("1")</script>'},
        picture=b"png",
        about={"title": "T", "alt": "A"},
        facts={},
    )
    page = shown._repr_html_()
    assert 'sandbox="allow-scripts"' in page
    # The one script is ours, and gives the frame its page's height.
    assert page.count("<script") == page.count(f"<script>{SCRIPT}</script>") == 1
    assert "<img" in page


def test_slips(made):
    with pytest.raises(BadInput, match="there is no lesson 'cornr'; did you mean 'corner'"):
        lecture.video("cornr")
    with pytest.raises(BadInput, match="parameter 'lamda' is unknown"):
        lecture.video("corner", lamda=2)
    with pytest.raises(BadInput, match=r'language = "kr" is unknown; give "en", "ko"; did you'):
        lecture.figure("corner", lang="kr")
    with pytest.raises(BadInput, match="lesson 'corner' has no page"):
        lecture.page("corner")
    assert made == []


def test_nothing_else_is_there():
    with pytest.raises(AttributeError):
        _ = lecture.nothing


def test_stand_ins_are_made_as_the_true_ones():
    assert set(Made.__dataclass_fields__) == {"files", "facts", "about"}
