"""Lessons in a notebook: made once, and shown with a picture behind."""

import base64
import os
import re

import pytest

import regviz
from regviz.lecture import cache, doctor
from regviz.lecture.frames import SCRIPT
from regviz.lecture.lock import locked
from regviz.lecture.made import Made
from regviz.lecture.piper import Piper
from regviz.lecture.shown import Shown
from regviz.lessons.errors import BadInput
from tests.lecture import stand_ins


@pytest.fixture
def made(drawn_in, monkeypatch, tmp_path):
    """Keep a list of what is made, in a cache of its own."""
    jobs = []

    def make(job, report):
        jobs.append(job)
        return stand_ins.make(job, report)

    monkeypatch.setattr("regviz.lecture.make.make", make)
    drawn_in("figure", "scene")
    monkeypatch.setenv("REGVIZ_CACHE", str(tmp_path))
    return jobs


def test_what_was_made_is_taken_from_the_cache(made):
    first, second = (regviz.video("corner", lam=2, lang="ko") for _ in range(2))
    assert first._repr_html_() == second._repr_html_()
    assert len(made) == 1
    assert (made[0].lang, made[0].values, made[0].height) == ("ko", {"lam": 2}, 480)
    regviz.video("corner", lam=3, lang="ko")
    regviz.figure("corner", lam=2, theme="dark", aspect="4:3")
    assert len(made) == 3


def test_a_cache_that_was_spoiled(made, tmp_path):
    regviz.figure("corner")
    (png,) = tmp_path.rglob("*.png")
    whole = png.read_bytes()
    png.write_bytes(b"spoiled")
    regviz.figure("corner")
    assert len(made) == 2
    assert png.read_bytes() == whole


def test_a_cache_that_cannot_be_used(made, tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("REGVIZ_CACHE", str(tmp_path / "file" / "cache"))
    shown = [regviz.figure("corner") for _ in range(2)]
    assert len(made) == 2
    assert shown[0].files == shown[1].files
    said = "not kept in the cache, see REGVIZ_CACHE: Not a directory.\n"
    assert capsys.readouterr().err == 2 * said


def test_a_cache_without_room(made, tmp_path, monkeypatch, capsys):
    def full(*_, **__):
        raise BadInput("corner.png cannot be written: No space left on device.")

    monkeypatch.setattr("regviz.lecture.records.files.write", full)
    assert regviz.figure("corner").png
    assert len(made) == 1
    assert "No space left on device.\n" in capsys.readouterr().err


def test_nobody_has_a_home(made, monkeypatch, capsys):
    def homeless():
        raise RuntimeError("Could not determine home directory.")

    for name in ("REGVIZ_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("regviz.lecture.cache.Path.home", homeless)
    assert regviz.figure("corner").png
    assert capsys.readouterr().err.count("home directory") == 1


class TestCacheLimit:
    @pytest.fixture
    def sizes(self, made, monkeypatch):
        """Make videos of a megabyte each, in a cache that holds two."""
        make = stand_ins.make

        def large(job, report):
            made = make(job, report)
            return Made(made.files | {"mp4": bytes(10**6)}, made.facts, made.about)

        monkeypatch.setattr(stand_ins, "make", large)
        monkeypatch.setenv("REGVIZ_CACHE_MB", "3")
        return made

    @staticmethod
    def _age(folder, seconds):
        for entry in folder.iterdir():
            lock = entry / ".regviz/lock"
            then = lock.stat().st_mtime - seconds
            os.utime(lock, (then, then))

    def test_what_was_used_longest_ago_goes(self, sizes, tmp_path):
        for lam in (1, 2, 1, 3):
            regviz.video("corner", lam=lam)
            self._age(tmp_path, 60)
        assert [job.values["lam"] for job in sizes] == [1, 2, 3]
        regviz.video("corner", lam=1)
        assert len(sizes) == 3, "what was used last is kept"
        regviz.video("corner", lam=2)
        assert len(sizes) == 4, "what was not is made again"
        assert cache.size() <= 3 * 10**6

    @pytest.mark.usefixtures("sizes")
    def test_nothing_of_others_goes(self, tmp_path, monkeypatch):
        mine = tmp_path / "mine"
        (mine / ".regviz").mkdir(parents=True)
        (mine / "large").write_bytes(bytes(3 * 10**6))
        (tmp_path / ("f" * 64)).symlink_to(mine)
        monkeypatch.setenv("REGVIZ_CACHE_MB", "0")
        shown = regviz.video("corner", lam=1)
        assert len(shown.files["mp4"]) == 10**6, (
            "what is asked for is given, whatever the limit"
        )
        regviz.video("corner", lam=2)
        kept = [path for path in tmp_path.iterdir() if path.name not in ("mine", "f" * 64)]
        assert len(kept) == 1
        assert (mine / "large").is_file()

    @pytest.mark.usefixtures("sizes")
    def test_what_another_notebook_is_at_stays(self, tmp_path, monkeypatch):
        monkeypatch.setenv("REGVIZ_CACHE_MB", "0")
        regviz.video("corner", lam=1)
        (entry,) = tmp_path.iterdir()
        with locked(cache.lock(entry), pytest.fail):
            regviz.video("corner", lam=2)
            assert entry.is_dir()

    @pytest.mark.usefixtures("made")
    def test_a_limit_that_is_none(self, monkeypatch):
        monkeypatch.setenv("REGVIZ_CACHE_MB", "1 GB")
        with pytest.raises(BadInput, match="REGVIZ_CACHE_MB = '1 GB' will not do"):
            regviz.figure("corner")


def test_the_doctor_says_where_the_cache_is(made, tmp_path):
    said = doctor.as_text(doctor.examine())
    assert f"is kept in {tmp_path}, 0 of 2000 MB" in said


def test_a_picture_lies_behind_the_video(made):
    bundle = regviz.video("corner")._repr_mimebundle_()
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
        regviz.video("cornr")
    with pytest.raises(BadInput, match="parameter 'lamda' is unknown"):
        regviz.video("corner", lamda=2)
    with pytest.raises(BadInput, match=r'language = "kr" is unknown; give "en", "ko"; did you'):
        regviz.figure("corner", lang="kr")
    with pytest.raises(BadInput, match="lesson 'corner' has no page"):
        regviz.page("corner")
    with pytest.raises(BadInput, match=r"voice 'nowhere' is no folder; .* or piper for the"):
        regviz.video("corner", voice="nowhere")
    assert made == []


def test_a_voice_is_what_speaks_and_another_video(made, monkeypatch):
    monkeypatch.setattr(Piper, "for_language", lambda _: Piper("engine 1"))
    regviz.video("corner")
    regviz.video("corner", voice="piper")
    assert [job.voice for job in made] == [None, Piper("engine 1")]


def test_stand_ins_are_made_as_the_true_ones():
    assert set(Made.__dataclass_fields__) == {"files", "facts", "about"}
