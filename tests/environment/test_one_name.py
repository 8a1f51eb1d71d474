"""Whatever lies beside a user's notebook or command, `regviz` is ours and theirs is theirs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import bystanders
from tests.lecture import decks


def _run(folder, *arguments, code=0):
    # With `-m` the current folder comes first on the path, before all that is installed.
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"REGVIZ_CACHE": str(folder / "cache"), "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout


@pytest.fixture
def folder(request, tmp_path):
    bystanders.write(tmp_path, as_folders=request.param == "folders")
    return tmp_path


# Python finds a folder before a module, and both before what is installed: each command meets
# one of them, and a session both.
among_modules = pytest.mark.parametrize("folder", ["modules"], indirect=True)
among_folders = pytest.mark.parametrize("folder", ["folders"], indirect=True)
among_both = pytest.mark.parametrize("folder", ["modules", "folders"], indirect=True)


@among_modules
def test_figures_and_pages_side_by_side(folder):
    side_by_side = ("--lang", "en", "--lang", "ko", "-j", "2")
    for medium, suffix in (("figure", "svg"), ("page", "html")):
        _run(folder, "-m", "regviz.cli", medium, "corner", *side_by_side)
        assert (folder / f"corner.{suffix}").exists()
        assert (folder / f"corner-ko.{suffix}").exists()


@among_folders
@pytest.mark.video
def test_videos_side_by_side(folder):
    _run(
        folder,
        *("-m", "regviz.cli", "render", "l1-loss", "-s", "-r", "192,108"),
        *("--theme", "light", "--theme", "dark", "-j", "2"),
    )
    assert (folder / "l1-loss-dark-still.png").exists()


@among_both
def test_a_notebook_session(folder):
    code = (
        "import regviz, regviz.lecture, regviz.lessons, importlib, pytest\n"
        "regviz.figure('corner').save('corner.svg')\n"
        "assert len(regviz.lessons()) > 5\n"
        f"for name in {bystanders.NAMES!r}:\n"
        "    with pytest.raises(RuntimeError, match=f'own {name},'):\n"
        "        importlib.import_module(name)\n"
    )
    _run(folder, "-W", "error", "-c", code)
    assert (folder / "corner.svg").exists()


def test_only_two_names_are_installed():
    code = (
        "import importlib.util as u\n"
        f"print([n for n in {(*bystanders.NAMES, 'tests')!r} if u.find_spec(n)])"
    )
    assert _run(Path("/"), "-c", code).strip() == "[]"


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A lecture that is built and exported to a notebook, as a lecturer does it."""
    folder = tmp_path_factory.mktemp("lecture")
    rows = "hours,sleep,exam\n2,7.5,51\n5,6,64\n9,7,83\n4,8,66\n7,5.5,70\n1,6.5,42\n"
    (folder / "grades.csv").write_text(rows)
    (folder / "lecture.toml").write_text(
        'title = "Mine"\ndata = "grades.csv"\ntarget = "exam"\n'
        '[[item]]\nlesson = "corner"\nmedium = ["figure", "page"]\n'
        'parameters = { features = ["hours", "sleep"] }\n'
    )
    _run(folder, "-m", "regviz.cli", "build", "-j", "1")
    _run(folder, "-m", "regviz.cli", "export", "--to", "notebook")
    bystanders.write(folder)
    return folder


def test_the_exported_notebook_runs(exported):
    nbconvert = ("-m", "nbconvert", "--log-level", "ERROR", "lecture.ipynb")
    _run(exported, *nbconvert, "--to", "notebook", "--execute", "--output", "executed")
    shown, run = (
        [cell for cell in json.loads(path.read_bytes())["cells"] if cell["cell_type"] == "code"]
        for path in (exported / "lecture.ipynb", exported / "executed.ipynb")
    )
    assert len(run) == len(shown) > 2
    for ours, kernels in zip(shown[1:], run[1:], strict=True):
        (before,), (after,) = ours["outputs"], kernels["outputs"]
        assert after["output_type"] == before["output_type"] == "execute_result"
        assert after["data"].keys() == before["data"].keys()
        assert "".join(after["data"]["text/plain"]) == "".join(before["data"]["text/plain"])


def test_the_exported_notebook_becomes_a_script(exported):
    nbconvert = ("-m", "nbconvert", "--log-level", "ERROR", "lecture.ipynb")
    # Under its usual name, which is one of ours, and run where it stands.
    (exported / "lecture.py").unlink(missing_ok=True)
    _run(exported, *nbconvert, "--to", "script")
    assert "regviz.figure('corner'" in (exported / "lecture.py").read_text()
    _run(exported, "lecture.py")


def test_a_notebook_says_what_it_is_written_in(tmp_path):
    from regviz.lecture import export, manifest
    from regviz.lecture.export.deck import deck

    decks.write(tmp_path / "out")
    made = deck(manifest.load(tmp_path / "out"), tmp_path / "out", lang="en")
    path = tmp_path / "lecture.ipynb"
    metadata = json.loads(export.contents_of(made, "notebook", path)[path])["metadata"]
    assert metadata["kernelspec"]["name"] == "python3"
    assert metadata["language_info"]["file_extension"] == ".py"
