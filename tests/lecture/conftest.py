"""A lecture in a folder of its own, built with stand-ins for the media."""

import pytest

from tests.lecture import stand_ins
from tests.lecture.stand_ins import CORNER, Lecture


@pytest.fixture
def lecture(tmp_path, monkeypatch):
    monkeypatch.setattr("regviz.lecture.maker.make", stand_ins.make)
    made = Lecture(tmp_path / "lecture")
    made.folder.mkdir()
    made.write(CORNER)
    return made


@pytest.fixture
def all_media(drawn_in):
    """Let every lesson have a figure and a video."""
    drawn_in("figure", "scene")
