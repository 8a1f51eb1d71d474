"""Ten thousand odd inputs: each is done, or refused in a sentence; none is a traceback.

Each input has a seed of its own, its number; a failure names it. Media are stand-ins but for
the last tests, which are real processes and a real browser.
"""

import ast
import json
import os
import random
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from regviz import cli
from regviz.lecture.choices import EXPORT_TARGETS
from tests.cli.conftest import media, quick  # noqa: F401  (fixtures)
from tests.lecture import decks, stand_ins
from tests.long import inputs, odd
from tests.pages import hashes
from tests.pages.conftest import SLUGS, Tab, filed, folder  # noqa: F401  (fixtures)

pytestmark = pytest.mark.long

_GOOD = "a,b,y\n1,2,3\n2,1,5\n3,5,4\n5,3,9\n4,4,6\n"
_LECTURE = (
    'title = "T"\n[formats]\nfigure = "svg"\n[[item]]\nlesson = "corner"\nmedium = "figure"\n'
)


def run(*words):
    """Run a command, and return its exit code and what is wrong with how it ended."""
    result = CliRunner().invoke(cli.main, words, prog_name="regviz")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return 70, f"{type(result.exception).__name__}: {result.exception}"
    return result.exit_code, _wrong(result.exit_code, result.stderr)


def _wrong(code, said):
    if "Traceback" in said:
        return said[-300:]
    if code not in (0, 1, 2):
        return f"exit code {code}"
    if code == 0:
        return ""
    sentences = re.sub(r"nothing was made\.\n(  line \d+: [^\n]*\n)+", "\n", said)
    if code == 2 and (not said.startswith("regviz: ") or sentences.strip().count("\n")):
        return f"not one sentence: {said[:300]}"
    return ""


def check(count, act):
    """Act on each seed, and tell all that was wrong."""
    wrong = {}
    for seed in range(count):
        try:
            found = act(random.Random(seed))
        except (Exception, SystemExit) as error:
            found = f"{type(error).__name__}: {error}"
        if found:
            wrong[seed] = found[:400]
    assert not wrong, f"{len(wrong)} of {count}: " + "\n".join(
        f"seed {seed}: {what}" for seed, what in list(wrong.items())[:12]
    )


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a lecture, a table, a file and a link in it; the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("regviz.lecture.maker.make", stand_ins.make)
    (tmp_path / "lec").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "lec/lecture.toml").write_text(_LECTURE)
    for place in (".", "lec"):
        (tmp_path / place / "good.csv").write_text(_GOOD)
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to("nowhere")
    return tmp_path


@pytest.mark.usefixtures("quick")
def test_commands(here):
    check(3000, lambda r: run(*inputs.command(r))[1])
    assert (here / "file").read_text() == "mine"


@pytest.mark.usefixtures("media")
def test_csv_files(here):
    lessons = ("corner", "dropout", "bias-variance", "feature-selection")

    def act(r):
        (here / "own.csv").write_bytes(inputs.csv_file(r))
        target = r.choice(("y", "y", "y", "a", "none"))
        words = ["figure", r.choice(lessons), "--data", "own.csv", "--target", target]
        _, wrong = run(*words, "-o", "made.svg")
        return wrong

    check(1500, act)


def test_lecture_files(here):
    def act(r):
        (here / "lec/lecture.toml").write_bytes(inputs.lecture_file(r))
        before = sorted(here.rglob("*"))
        dry = r.random() < 0.9
        _, wrong = run("build", "lec", "-j", "1", *(["--dry-run"] if dry else []))
        if dry and sorted(here.rglob("*")) != before:
            return "something was written"
        return wrong

    check(2000, act)


@pytest.fixture
def built(here, drawn_in):
    """A lecture that was built, and the content of all its files."""
    drawn_in("figure", "scene")
    text = _LECTURE.replace('medium = "figure"\n', "")
    (here / "lec/lecture.toml").write_text(text)
    lecture = stand_ins.Lecture(here / "lec")
    lecture.build()
    return lecture


def test_records(built):
    out, whole = built.out, built.tree()
    private = {path: path.read_bytes() for path in (out / ".regviz/records").iterdir()}
    outside = out.parent.parent / "outside"
    outside.mkdir()
    (outside / "mine").write_text("mine")

    def act(r):
        for path, content in private.items():
            path.write_bytes(odd.mutated_json(r, content) if r.random() < 0.6 else content)
        code, wrong = run("build", "lec", "-j", "1")
        if (outside / "mine").read_text() != "mine" or len(list(outside.iterdir())) != 1:
            return "something outside was changed"
        # A title of the right shape is taken for the title; what was made is what it was.
        if not wrong and (code or _made(built.tree()) != _made(whole)):
            return f"exit code {code}, {sorted(built.tree())}"
        return wrong

    check(1000, act)


def _made(tree):
    return {name: content for name, content in tree.items() if name[:5] not in _PUT_TOGETHER}


_PUT_TOGETHER = ("index", "manif")


@pytest.fixture
def shown(here, monkeypatch):
    """An output folder to export from, whose videos' last frames are known."""
    from regviz.lecture import stills
    from regviz.lecture.export import beamer, handout, powerpoint, revealjs

    out = here / "lec/out"
    decks.write(out, langs=("en",))
    known = stills.last_frame(next(out.glob("*section*.mp4")))
    for module in (beamer, handout, powerpoint, revealjs):
        monkeypatch.setattr(module, "last_frame", lambda _: known, raising=False)
    return out


def test_manifests(here, shown):
    path = shown / "manifest.json"
    whole = path.read_bytes()
    targets = list(EXPORT_TARGETS)

    def act(r):
        path.write_bytes(odd.mutated_json(r, whole))
        target = r.choice(targets)
        code, wrong = run("export", "lec", "--to", target)
        made = here / "lec" / EXPORT_TARGETS[target]
        return wrong or (_bites(target, made) if code == 0 else "")

    check(2000, act)


def test_files_of_a_build(here, shown):
    """What was built and is not any more what it was."""
    paths = [path for path in sorted(shown.iterdir()) if path.name != "manifest.json"]
    whole = {path: path.read_bytes() for path in paths}

    def act(r):
        path = r.choice(paths)
        path.write_bytes(odd.mutated_bytes(r, whole[path]))
        try:
            return run("export", "lec", "--to", r.choice(list(EXPORT_TARGETS)))[1]
        finally:
            path.write_bytes(whole[path])

    check(600, act)


def _bites(target, made):
    """Return what of a text has become something that runs."""
    if target == "pptx":
        return ""
    content = made.read_text("utf-8")
    if target == "notebook":
        return _bites_in_cells(json.loads(content))
    if target == "beamer":
        return "TeX" if re.search(r"\\(write18|input)\b", content) else ""
    # A page in a frame is a value of an attribute; there and in text, markup is escaped.
    return "HTML" if re.search(r"<script>EVIL|\" onload='EVIL", content) else ""


def _bites_in_cells(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            for node in ast.walk(ast.parse(cell["source"])):
                name = getattr(node, "id", getattr(node, "attr", ""))
                if "import" in name or name in ("os", "system"):
                    return f"cell: {cell['source']}"
    return ""


@pytest.mark.parametrize("slug", SLUGS)
def test_hashes(chromium, filed, slug):  # noqa: F811
    with chromium.new_context() as context:
        tab = Tab(context, filed(slug))
        first = tab.values()
        addresses = hashes.hashes(first) + hashes.random_hashes(first, random.Random(slug), 100)
        wrong = tab.run(hashes.CHECK, addresses)
        assert wrong == []
        assert tab.said == []


def test_real_processes(here):
    """The same commands, with nothing standing in and each in a process."""

    def act(r):
        words = [word for word in inputs.command(r) if word not in ("--all", "render")]
        done = subprocess.run(
            [sys.executable, "-m", "regviz.cli", *words],
            capture_output=True,
            env=os.environ | {"PYTHONIOENCODING": r.choice(("utf-8", "latin-1", "ascii"))},
            timeout=900,  # what hangs does so for ever; a busy machine may take minutes
            check=False,
        )
        return _wrong(done.returncode, done.stderr.decode("utf-8", "replace"))

    check(80, act)
