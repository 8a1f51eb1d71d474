"""Files appear whole or not at all."""

import os

import pytest

from regviz.lecture import files
from regviz.lessons.errors import BadInput


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_writes_and_replaces(tmp_path):
    (tmp_path / "a.svg").write_text("old")
    files.write({tmp_path / "a.svg": b"new", tmp_path / "deep/b.svg": b"other"})
    assert (tmp_path / "a.svg").read_bytes() == b"new"
    assert (tmp_path / "deep/b.svg").read_bytes() == b"other"
    assert _names(tmp_path) == ["a.svg", "deep"]


def test_files_get_the_users_permissions(tmp_path):
    (tmp_path / "mine").touch()
    files.write({tmp_path / "ours": b""})
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "mine").stat().st_mode


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_what_was_there(tmp_path, monkeypatch, step, error):
    def fail(*_):
        raise error

    (tmp_path / "a.svg").write_text("old")
    monkeypatch.setattr(os, step, fail)
    expected = BadInput if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        files.write({tmp_path / "a.svg": b"new", tmp_path / "b.svg": b"new"})
    assert _names(tmp_path) == ["a.svg"]
    assert (tmp_path / "a.svg").read_text() == "old"


def test_a_second_file_that_fails_takes_the_first_along(tmp_path):
    (tmp_path / "taken").touch()
    with pytest.raises(BadInput, match=r"taken/b\.svg cannot be written"):
        files.write({tmp_path / "a.svg": b"new", tmp_path / "taken/b.svg": b"new"})
    assert _names(tmp_path) == ["taken"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_check_of_a_folder_without_permission(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(BadInput, match="cannot be written to"):
        files.check(tmp_path / "a.svg")
