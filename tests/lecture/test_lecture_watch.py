"""A lecture is built again when it is saved, whatever state the save left it in."""

import pytest

from regviz.lecture.watch import stamps, watch
from regviz.lessons.errors import BadInput


class _Time:
    """Time that passes by doing what was planned for each moment of it."""

    def __init__(self, *moments):
        self.moments = list(moments)

    def sleep(self, _seconds):
        if not self.moments:
            raise KeyboardInterrupt
        self.moments.pop(0)()


def _nothing():
    pass


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "lecture.toml"
    path.write_text('data = "mine.csv"\n[[item]]\nparameters = { data = "own.csv" }\n')
    return path


def test_it_builds_after_each_save(file, capsys):
    built = []

    def build():
        built.append(file.read_text())
        if "broken" in built[-1]:
            raise BadInput("that is broken.")
        return 0

    time = _Time(
        _nothing,
        lambda: file.write_text("broken"),
        _nothing,
        _nothing,
        lambda: file.write_text("right again"),
        _nothing,
    )
    assert watch(file.parent, build, time.sleep) == 0
    assert built[1:] == ["broken", "right again"]
    assert "regviz: that is broken.\n" in capsys.readouterr().err


def test_it_waits_until_a_save_is_done(file):
    built = []
    time = _Time(
        file.unlink, lambda: file.write_text("half"), lambda: file.write_text("whole"), _nothing
    )
    watch(file.parent, lambda: built.append(file.read_text()) or 0, time.sleep)
    assert built[1:] == ["whole"]


def test_data_are_watched_too(file):
    built = []
    own = file.parent / "own.csv"
    watch(file.parent, lambda: built.append(1) or 0, _Time(lambda: own.write_text("a")).sleep)
    assert list(stamps(file.parent)) == [file, file.parent / "mine.csv", own]
    assert len(built) == 1, "the second save was interrupted while it rested"
    watch(
        file.parent,
        lambda: built.append(1) or 0,
        _Time(lambda: own.write_text("ab"), _nothing).sleep,
    )
    assert len(built) == 3


@pytest.mark.parametrize("where", ['voice = "said"\n[[item]]', '[[item]]\nvoice = "said"'])
def test_recordings_are_watched_too(file, where):
    file.write_text(where)
    said, built = file.parent / "said", []
    said.mkdir()
    one, other = said / "1.wav", said / "2.wav"
    one.write_text("a")
    assert list(stamps(file.parent)) == [file, one]
    saves = (lambda: one.write_text("ab"), _nothing, lambda: other.write_text("b"), _nothing)
    rest = (_nothing, one.unlink, _nothing)
    watch(file.parent, lambda: built.append(1) or 0, _Time(*saves, *rest).sleep)
    assert len(built) == 4
    file.write_text('voice = "piper"')
    assert list(stamps(file.parent)) == [file]


def test_an_interrupted_build_ends_it(file):
    assert watch(file.parent, lambda: 130, _Time().sleep) == 130
