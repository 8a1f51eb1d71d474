"""The rules that hold the project together: who imports whom, packaging, and the texts."""

import ast
import logging
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import fields
from itertools import chain
from pathlib import Path
from string import Formatter

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser

from regviz.figures.canvas import own_settings
from regviz.lessons import catalogue, text
from regviz.lessons.markup import runs
from regviz.pages.sentences import to_html
from regviz.scenes.tex import to_typst

ROOT = Path(__file__).parents[1]
STDLIB = sys.stdlib_module_names

# What each part may import of this project, and what of others; None is not restricted here.
# Figures and scenes draw what the exhibit has: they have no way to regmath and its solvers.
MAY_IMPORT = {
    "regmath": ({"regmath"}, {"numpy"}),
    # fontTools cuts fonts down to the letters that are used; matplotlib brings it along.
    "lessons": ({"regmath", "lessons"}, {"numpy", "fontTools"}),
    "figures": ({"lessons", "figures"}, {"numpy", "matplotlib"}),
    "pages": ({"lessons", "pages"}, {"minify"}),
    "scenes": ({"lessons", "scenes"}, {"numpy", "manim", "cairo", "typst", "av", "PIL"}),
    "lecture": ({"lessons", "figures", "scenes", "pages", "lecture"}, None),
    "cli": ({"lessons", "lecture", "cli"}, {"click"}),
    "__init__": ({"lessons", "lecture"}, set()),
}
OURS = {*MAY_IMPORT}
# Oracles of the tests, which the product does without.
ORACLES = {"scipy", "sklearn", "cvxpy"}
# Slow to load, so imported only inside the function that needs them.
HEAVY = {
    "numpy",
    "matplotlib",
    "fontTools",
    "manim",
    "dask",
    "minify",
    "pptx",
    "figures",
    "scenes",
    "pages",
    "regmath",
}


def modules(part):
    """Every Python file of a part, as paths from the root."""
    alone = ROOT / f"{part}.py"
    files = [alone] if alone.exists() else sorted((ROOT / part).rglob("*.py"))
    return [path.relative_to(ROOT) for path in files]


ALL_MODULES = [(part, path) for part in MAY_IMPORT for path in modules(part)]


def imported(tree, path):
    """Parts of ours and distributions that a module imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (part_of(alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "regviz":
            yield from (part_of(f"regviz.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield path.parts[0] if node.level else part_of(str(node.module))
        elif isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func).split(".")[-1]
            name = re.match(r"f?'([\w.]+)", ast.unparse(node.args[0]))
            if called in ("import_module", "__import__") and name:
                yield part_of(name[1])


def part_of(name):
    """The part of ours that a name stands for, or the distribution; a bare part is neither."""
    top, *rest = name.split(".")
    if top == "regviz":
        return rest[0] if rest else top
    return f"a user's own {top}" if top in OURS - {"regmath"} else top


def parse(path):
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


@pytest.mark.parametrize(("part", "path"), ALL_MODULES, ids=str)
def test_a_module_imports_only_what_its_part_may(part, path):
    ours, others = MAY_IMPORT[part]
    names = set(imported(parse(path), path)) - STDLIB
    assert names & OURS <= ours
    assert not names & ORACLES
    assert others is None or names - OURS <= others


@pytest.mark.parametrize(
    ("part", "path"), [row for row in ALL_MODULES if row[0] in ("lecture", "cli")], ids=str
)
def test_the_command_line_loads_nothing_slow_before_it_is_needed(part, path):
    at_top = [
        node for node in parse(path).body if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not set(imported(ast.Module(at_top, []), path)) & HEAVY


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def constraints():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def plain(name):
    """A distribution's name as packaging compares it."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", name)[0]).lower()


def test_constraints_are_versions_and_nothing_else():
    other = [line for line in constraints() if not re.fullmatch(r"[\w.-]+==\d[\w.]*", line)]
    assert not other


def test_everything_that_is_asked_for_is_pinned():
    declared = project()
    extras = declared["project"]["optional-dependencies"].values()
    groups = declared["dependency-groups"].values()
    asked = {
        plain(name) for name in chain(declared["project"]["dependencies"], *extras, *groups)
    }
    assert asked - {"regviz"} <= {plain(line) for line in constraints()}


@pytest.mark.parametrize(
    "path", ["Makefile", "tools/setup.sh", ".ci/run", "constraints.txt", "pyproject.toml"]
)
def test_the_set_up_names_no_host(path):
    assert "://" not in (ROOT / path).read_text(encoding="utf-8")
    assert "index-url" not in (ROOT / path).read_text(encoding="utf-8")


def test_the_wheel_has_every_module_and_every_file_it_reads(tmp_path):
    # From a copy, since setuptools leaves a build folder beside the sources.
    packages = [part for part in sorted(OURS) if (ROOT / part).is_dir()]
    source = tmp_path / "source"
    for name in packages:
        shutil.copytree(
            ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in (
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "cli.py",
        "__init__.py",
        "__main__.py",
    ):
        shutil.copy(ROOT / name, source / name)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "-w", tmp_path, source], check=True, stdin=subprocess.DEVNULL)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    read = {path for name in packages for path in (ROOT / name).rglob("*.*") if path.is_file()}
    wanted = {packed_as(path) for path in read if path.suffix != ".pyc"}
    wanted |= {"regviz/cli.py", "regviz/__init__.py", "regviz/__main__.py"}
    assert wanted - packed <= {"regviz/lessons/data/README.md"}
    assert {name.split("/")[0] for name in packed if ".dist-info/" not in name} == {
        "regmath",
        "regviz",
    }


def packed_as(path):
    """What a file of ours is called where it is installed."""
    name = path.relative_to(ROOT).as_posix()
    return name if name.startswith("regmath/") else f"regviz/{name}"


@pytest.mark.parametrize("slug", [entry.slug for entry in catalogue.entries()])
def test_parameters_read_without_import_equal_the_imported_ones(slug):
    def declared(cls):
        knobs = [
            (knob.name, knob.type, knob.default, dict(knob.metadata)) for knob in fields(cls)
        ]
        return cls.__name__, cls.__doc__, knobs

    assert declared(catalogue.parameters_class(slug)) == declared(
        catalogue.load(slug).Parameters
    )


#: keys by what they are of: a lesson, or what all have in common
PARTS = sorted({key.partition(".")[0] for key in text.load("en").keys()})  # noqa: SIM118
every_part = pytest.mark.parametrize("part", PARTS)
every_language = pytest.mark.parametrize("lang", text.LANGUAGES)


def sentences(lang, part):
    """Yield the keys of a part with their sentences, as they stand in the file."""
    loaded = text.load(lang)
    for key in sorted(loaded.keys()):
        if key.partition(".")[0] == part:
            yield key, loaded.sentence(key)


def places(sentence):
    """The places that a sentence has for values."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_language_has_the_same_keys():
    english, *others = (text.load(lang).keys() for lang in text.LANGUAGES)
    assert english
    assert all(keys == english for keys in others)


@every_language
@every_part
def test_a_sentence_has_the_places_of_the_english_one(lang, part):
    english = dict(sentences("en", part))
    for key, sentence in sentences(lang, part):
        assert places(sentence) == places(english[key]), key


@pytest.mark.parametrize("part", [part for part in PARTS if part != "aloud"])
def test_korean_sentences_are_as_polite_as_each_other(part):
    for key, sentence in sentences("ko", part):
        for word in re.findall(r"\S*다(?=[.!]|$)", sentence):
            # "both" and "each" end so, too
            assert word == "다" or word.endswith(("니다", "시다", "마다")), key


@every_language
@every_part
def test_the_markup_of_a_sentence_is_known_to_every_medium(lang, part, caplog):
    with own_settings():
        type_, setter = FontProperties(math_fontfamily="custom"), MathTextParser("path")
        for key, stored in sentences(lang, part):
            sentence = text.load(lang)(key, **dict.fromkeys(places(stored), "0.5"))
            assert sentence.strip() == sentence, key
            # An axis may need no name, a panel no words around it, and a language no pause.
            assert sentence or ".axis." in key or key.endswith((".nothing", ".pause")), key
            assert bool(to_html(stored)) == bool(sentence)
            for run in runs(sentence):
                if run.is_math:
                    assert to_typst(run.content), key
                    setter.parse(f"${run.content}$", prop=type_)
    # matplotlib warns there when no font of ours has a glyph for a sign.
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
