"""A lecture in a folder of its own, built with stand-ins for the media."""

import pytest
import stand_ins
from stand_ins import CORNER, Lecture

from lessons import catalogue


@pytest.fixture
def lecture(tmp_path, monkeypatch):
    monkeypatch.setattr("lecture.maker.make", stand_ins.make)
    made = Lecture(tmp_path / "lecture")
    made.folder.mkdir()
    made.write(CORNER)
    return made


@pytest.fixture
def all_media(monkeypatch):
    """Let every lesson have a figure and a video."""
    monkeypatch.setattr(catalogue, "_media", lambda _: ("figure", "scene"))
