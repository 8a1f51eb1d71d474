"""The user's own defaults: options from a file, and a sentence where one is wrong."""

import pytest
from click.testing import CliRunner

from regviz import cli
from tests.lecture.stand_ins import CORNER


@pytest.fixture
def settings(tmp_path, monkeypatch):
    path = tmp_path / "config.toml"
    monkeypatch.setenv("REGVIZ_CONFIG", str(path))
    return path


def _run(*arguments):
    return CliRunner().invoke(cli.main, arguments, prog_name="regviz")


def test_they_hold_where_the_command_does_not_say(lecture, settings):
    lecture.write(CORNER.replace("l1", "l1"))
    settings.write_text('[build]\nlang = "ko"\n')
    assert "corner-ko figure" in lecture.build("--dry-run")
    assert "corner figure" in lecture.build("--dry-run", "--lang", "en")


def test_they_reach_a_lessons_own_command(tmp_path, settings):
    settings.write_text('[figure]\ntheme = ["dark", "print"]\n')
    result = _run("figure", "l1-loss", "-o", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["l1-loss-dark.svg", "l1-loss-print.svg"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[build]\njbos = 1", "[build] has no option jbos; did you mean jobs?"),
        ("[build]\njobs = 0", "[build] jobs will not do: "),
        ("[build]\nhelp = true", "[build] has no option help; "),
        ("[bild]\njobs = 1", "bild is no table of options; give [build], "),
        ("jobs = 1", "jobs is no table of options; give [build], "),
        ("[build", " cannot be read as TOML: "),
    ],
)
def test_what_is_wrong_is_said(settings, text, said):
    settings.write_text(text)
    result = _run("list")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"regviz: {settings}")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_doctor_says_where_they_are(settings):
    assert f"Your own defaults: {settings} (not there" in _run("doctor").output
    settings.write_text("")
    assert f"Your own defaults: {settings}\n" in _run("doctor").output
