"""What a key counts: all that an output depends on, and little else."""

import re
import shutil
from pathlib import Path

import pytest

from regviz.lecture import sources, versions

_ROOT = Path(__file__).parents[2]


def test_a_figure_depends_on_what_it_imports():
    found = set(sources.files("corner", "figure"))
    assert {
        "lessons/corner.py",
        "lessons/data/design.py",
        "lessons/theme.py",
        "lessons/alt.py",
        "lessons/text/__init__.py",
        "figures/__init__.py",
        "lessons/corner_told.py",
        "figures/render.py",
        "figures/axes.py",
        "figures/canvas.py",
        "figures/save.py",
        "regmath/__init__.py",
        "regmath/penalties/soft_threshold.py",
        "regmath/geometry/optimum.py",
        "lecture/make.py",
    } <= found
    assert not [path for path in found if path.startswith(("scenes/", "tests/", "cli"))]


def test_a_figure_does_not_depend_on_other_lessons():
    found = sources.files("corner", "figure")
    assert "lessons/dropout.py" not in found
    assert "lessons/bias_variance.py" not in found


def test_a_video_depends_on_its_kit():
    found = set(sources.files("corner", "scene"))
    assert {"scenes/corner.py", "scenes/told.py", "scenes/base.py"} <= found
    assert {"scenes/encode.py", "scenes/render.py", "scenes/captions.py"} <= found
    assert not [path for path in found if path.startswith("figures/")]


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of the product that may be changed."""
    for part in ("regmath", "lessons", "figures", "scenes", "pages", "lecture"):
        if (_ROOT / part).is_dir():
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(_ROOT / part, tmp_path / part, ignore=ignore)
    monkeypatch.setattr(sources, "_ROOT", str(tmp_path))
    monkeypatch.setattr(sources, "_MATHS_ROOT", str(tmp_path))
    _forget()
    yield tmp_path
    _forget()


def _forget():
    for name in ("_text", "_digest", "_imported", "_module_files", "_kit", "_tables"):
        getattr(sources, name).cache_clear()


def _change(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    _forget()


@pytest.mark.parametrize(
    ("path", "medium", "counts"),
    [
        ("lessons/corner.py", "figure", True),
        ("regmath/losses.py", "figure", True),
        ("lessons/corner_told.py", "figure", True),
        ("figures/render.py", "scene", False),
        ("scenes/typeset.py", "scene", True),
        ("scenes/typeset.py", "figure", False),
        ("lessons/dropout.py", "figure", False),
        ("lessons/text/en.toml", "figure", False),
    ],
)
def test_a_change_of_code(copy, path, medium, counts):
    before = sources.code_digest("corner", medium)
    _change(copy / path, "\n# another line\n")
    assert (sources.code_digest("corner", medium) != before) is counts


def test_what_a_medium_reads_besides_python_counts(copy):
    (copy / "figures/corner.json").write_text("{}")
    (copy / "figures/dropout.json").write_text("{}")
    (copy / "figures/kit.json").write_text("{}")
    _forget()
    found = sources.files("corner", "figure")
    assert {"figures/corner.json", "figures/kit.json"} <= set(found)
    assert "figures/dropout.json" not in found


@pytest.mark.parametrize(
    ("added", "counts"),
    [
        ("\n[corner.more]\nkey = 'x'\n", True),
        ("\n[shared]\nkey = 'x'\n", True),
        ("\n# a comment\n", False),
        ("\n[dropout.more]\nkey = 'x'\n", False),
        ("\n[gallery.more]\nkey = 'x'\n", False),
        ("\n[corner.caption.more]\nkey = 'x'\n", False),
        ("\n[corner.figure.more]\nkey = 'x'\n", True),
    ],
)
def test_a_change_of_text(copy, added, counts):
    before = {lang: sources.text_digest("corner", lang, "figure") for lang in ("en", "ko")}
    _change(copy / "lessons/text/en.toml", added)
    assert (sources.text_digest("corner", "en", "figure") != before["en"]) is counts
    assert sources.text_digest("corner", "ko", "figure") == before["ko"]


def test_no_medium_uses_the_sentences_of_another():
    # A key is a string such as "corner.scene.title", or f"{name}.scene.title".
    key = re.compile(r"[\"'`](?:\w+|\$?\{[^}]*\})\.(\w+)\.")
    for medium, foreign in sources._FOREIGN.items():
        folder = _ROOT / sources.FOLDERS[medium][0]
        for path in (*folder.glob("*.py"), *folder.glob("*.js")):
            assert not set(key.findall(path.read_text("utf-8"))) & foreign, path


def test_versions_are_those_that_are_installed():
    import matplotlib
    import numpy

    found = versions.versions("figure")
    assert found["numpy"] == numpy.__version__
    assert found["matplotlib"] == matplotlib.__version__
    assert "manim" not in found
    assert "manim" in versions.versions("scene")
