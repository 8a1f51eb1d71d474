"""Every command and every Python example in the README works.

How each kind of command is proven:

- `regviz ...` runs in an empty folder that holds the README's own CSV files, and every file
  that it names must be there afterwards. Figures run exactly as written. Renders run as
  written with `-q l --fps 1` behind: of an option given twice the last counts, so all but size
  and frame rate is what the README says.
- `regviz build` runs with `--dry-run` behind, since a whole lecture is too long for a test.
- `regviz export` runs as written, on a lecture of one figure that is built before; of a quiz
  three variants are drawn.
- `make TARGET` is a dry run here; the rendering and testing themselves are too long for a test.
- `pipx`, `uv` and `apt-get` would change the machine. The extras and packages they name are
  compared with what there is; `test_project.py` builds the wheel that they would install.

A command of another kind fails, until someone says here how it is proven.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHEAPER, FEWER = ["-q", "l", "--fps", "1"], ["--variants", "3"]


def blocks(language):
    """Every fenced block of this language: what stands behind its name, and its content."""
    return re.findall(
        rf"^```{language}(?: (\S+))?\n(.*?)^```$", README, re.MULTILINE | re.DOTALL
    )


def commands(program):
    lines = [line for _, block in blocks("sh") for line in block.splitlines()]
    return [line for line in lines if shlex.split(line)[0] == program]


def marked(line):
    return pytest.param(line, marks=pytest.mark.video if " render " in line else ())


@pytest.fixture
def folder(tmp_path):
    for name, content in blocks("csv"):
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def run(arguments, folder):
    # As a module and not the installed script, so that these files are what is tested.
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ
        | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", "REGVIZ_CACHE": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A lecture of one figure, built."""
    lecture = tmp_path_factory.mktemp("small") / "lecture"
    lecture.mkdir()
    item = '[[item]]\nlesson = "thresholds"\nmedium = "figure"\n'
    (lecture / "lecture.toml").write_text(f'title = "x"\n{item}')
    done = run(["-m", "regviz.cli", "build", str(lecture)], lecture)
    assert done.returncode == 0, done.stderr
    return lecture


@pytest.mark.parametrize("line", [marked(line) for line in commands("regviz")])
def test_a_regviz_command_works_as_the_readme_has_it(line, folder, small):
    arguments = shlex.split(line)[1:]
    made = ("figure", "render", "page", "export")
    makes_files = arguments[0] in made and "--help" not in arguments
    if arguments[0] == "render":
        arguments += CHEAPER
    if arguments[0] == "build":
        assert run(["-m", "regviz.cli", "init", arguments[1]], folder).returncode == 0
        arguments.append("--dry-run")
    if arguments[0] == "export":
        shutil.copytree(small, folder / arguments[1])
        arguments += FEWER if "--variants" in arguments else []
    done = run(["-m", "regviz.cli", *arguments], folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    if makes_files:
        named = re.findall(r"^(\S+\.\w+)  ", done.stdout, re.MULTILINE)
        assert named
        assert all((folder / name).stat().st_size > 0 for name in named)
    if makes_files and "-o" in arguments:
        assert (folder / arguments[arguments.index("-o") + 1]).exists()


@pytest.mark.parametrize("code", [code for _, code in blocks("python")])
def test_a_python_example_runs(code, folder):
    done = run(["-W", "error", "-c", code], folder)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("line", commands("make"))
def test_a_make_command_has_its_target(line):
    # What an outer make hands down is not part of what a reader types.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        [*shlex.split(line), "--dry-run"],
        cwd=ROOT,
        env=plain,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("line", commands("pipx") + commands("uv"))
def test_an_install_command_names_extras_that_exist(line):
    named = re.fullmatch(r"(?:pipx|uv tool) install '\.\[(.+)\]'", line)
    assert named
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(named[1].split(",")) <= set(project["optional-dependencies"])


@pytest.mark.parametrize("line", commands("apt-get"))
def test_the_system_packages_are_those_of_the_set_up(line):
    script = (ROOT / "tools" / "setup.sh").read_text(encoding="utf-8")
    installed = re.findall(r"[\w.+-]+", script.replace("python$version", "python3"))
    assert set(shlex.split(line)[2:]) <= set(installed)


def test_every_command_is_of_a_kind_that_is_proven():
    known = ("regviz", "make", "pipx", "uv", "apt-get")
    proven = {line for program in known for line in commands(program)}
    lines = {line for _, block in blocks("sh") for line in block.splitlines()}
    assert lines == proven


def test_what_the_readme_links_to_is_there():
    targets = re.findall(r"\]\(([^):#]+)\)", re.sub(r"```.*?```", "", README, flags=re.DOTALL))
    missing = [target for target in targets if not (ROOT / target).exists()]
    assert not missing, "the pictures are made by `make docs-media`"
