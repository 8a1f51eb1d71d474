"""A lecture in a folder of its own, built with stand-ins for the media."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import stand_ins
from click.testing import CliRunner

import cli
from lessons import catalogue

CORNER = """\
title = "A lecture"
quality = "l"
[formats]
figure = ["svg", "png"]
[[item]]
lesson = "corner"
medium = "figure"
"""


@dataclass
class Lecture:
    """A lecture, and the command that builds it."""

    folder: Path

    @property
    def out(self):
        return self.folder / "out"

    def write(self, text):
        (self.folder / "lecture.toml").write_text(text, encoding="utf-8")

    def build(self, *arguments, code=0):
        """Build, and return what is said, on stdout and stderr together."""
        result = CliRunner().invoke(
            cli.main, ["build", str(self.folder), "-j", "1", *arguments], prog_name="regviz"
        )
        assert result.exit_code == code, result.output
        assert code != 2 or result.stdout == ""
        return result.output

    def tree(self):
        """Return every public file with its content."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file() and ".regviz" not in path.relative_to(self.out).parts
        }

    def names(self):
        """Return every public file but those that are always there."""
        return sorted(set(self.tree()) - {"index.html", "manifest.json"})


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
