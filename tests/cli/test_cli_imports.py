"""Help, lists and shell completion load click and little else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_OURS = {"regviz"}
_RUN = """
import sys
sys.argv = ["regviz", *{arguments!r}]
from regviz.lessons import catalogue
catalogue._media = lambda *_: ("figure", "scene", "page")
import click
from regviz import cli
try:
    cli.main(prog_name="regviz")
except SystemExit:
    pass
print(*sys.modules, sep="\\n", file=sys.stderr)
"""


def _run(*arguments, **environment):
    """Return what a fresh process prints, and the packages that it has loaded."""
    ran = subprocess.run(
        [sys.executable, "-c", _RUN.format(arguments=arguments)],
        env=os.environ | {"PYTHONPATH": str(_ROOT)} | environment,
        cwd=_ROOT,
        text=True,
        capture_output=True,
        check=True,
    )
    packages = {name.split(".")[0] for name in ran.stderr.splitlines()}
    return ran.stdout, {name for name in packages if not name.startswith("_")}


def _may_be_loaded(packages):
    bare = subprocess.run(
        [sys.executable, "-c", "import sys, click; print(*sys.modules)"],
        text=True,
        capture_output=True,
        check=True,
    )
    before = {name.split(".")[0] for name in bare.stdout.split()}
    return packages <= before | _OURS | set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["--help"], "Commands:"),
        (["list"], "corner"),
        (["list", "--json"], '"lesson": "corner"'),
        (["figure", "--help"], "corner"),
        (["render", "--help"], "corner"),
        (["page", "--help"], "corner"),
        (["page", "corner", "--help"], "--split"),
        (["figure", "corner", "--help"], "--step-size"),
        (["render", "corner", "--help"], "--step-size"),
        (["init", "--help"], "--force"),
        (["build", "--help"], "--scheduler"),
    ],
)
def test_help_and_list(arguments, shown):
    printed, packages = _run(*arguments)
    assert shown in printed
    assert _may_be_loaded(packages)
    assert not packages & {"numpy", "matplotlib", "manim", "concurrent", "multiprocessing"}


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("regviz fi", "figure"),
        ("regviz figure co", "corner"),
        ("regviz figure corner --", "--rho"),
        ("regviz figure corner --la", "--lambda"),
        ("regviz render corner --", "--captions"),
        ("regviz figure corner --method fi", "fista"),
        ("regviz figure corner --lam cv-", "cv-1se"),
        ("regviz figure corner --theme d", "dark"),
        ("regviz page corner --theme a", "auto"),
    ],
)
def test_completion(words, offered):
    printed, packages = _run(
        _REGVIZ_COMPLETE="bash_complete",
        COMP_WORDS=words,
        COMP_CWORD=str(len(words.split()) - 1),
    )
    assert f"plain,{offered}" in printed.splitlines()
    assert _may_be_loaded(packages)
    assert not packages & {"numpy", "matplotlib", "manim", "concurrent", "multiprocessing"}


def test_completion_of_a_file():
    words = "regviz figure corner --data "
    printed, _ = _run(_REGVIZ_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD="4")
    assert printed.startswith("file,")
