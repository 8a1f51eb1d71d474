"""Stand-ins for the media, so that the command line is tested in milliseconds."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
from click.testing import CliRunner, Result

from regviz import cli
from regviz.lessons import catalogue, fonts
from regviz.lessons.base import ByValidation, Exhibit, OwnUnits
from regviz.scenes.captions import Caption


def _draw_exhibit(exhibit, *, lang, theme, aspect):
    fonts.font(lang)
    said = f"{exhibit.lesson} {lang} {theme} {aspect}"
    alpha = []
    return SimpleNamespace(
        said=said, alpha=alpha, patch=SimpleNamespace(set_alpha=alpha.append)
    )


def _encode(figure, format, *, dpi, title, description):
    assert title
    assert description
    return f"{figure.said} {format} {dpi} {figure.alpha}".encode()


@dataclass(frozen=True, kw_only=True)
class _Request:
    lesson: str
    values: dict
    lang: str
    theme: str
    width: int
    height: int
    fps: int
    transparent: bool
    formats: tuple
    still: bool
    sections: bool
    quiz: bool
    heard: tuple


def _render(request, folder, report):
    files = {}
    for count, name in enumerate((*request.formats, "png"), start=1):
        files[name] = folder / f"scene.{name}"
        files[name].write_text(f"{request.width}x{request.height}@{request.fps} {name}")
        report(count, len(request.formats) + 1)
    still = files["png"] if request.still else None
    return SimpleNamespace(files=files, still=still, captions=("a", "b"))


def _build(exhibit, *, lang, theme, picture, split, stem):
    said = f"{exhibit.lesson} {lang} {theme} {stem} {picture}"
    return {"html": said} | ({"css": "css", "js": "js"} if split else {})


def _module(monkeypatch, name, **contents):
    module = ModuleType(name)
    vars(module).update(contents)
    monkeypatch.setitem(sys.modules, name, module)
    package, _, within = name.rpartition(".")
    monkeypatch.setattr(sys.modules[package], within, module, raising=False)


@pytest.fixture
def media(monkeypatch):
    """Put stand-ins in the place of figures, scenes and pages."""
    save = SimpleNamespace(encode=_encode)
    _module(monkeypatch, "regviz.figures", draw_exhibit=_draw_exhibit, save=save)
    _module(monkeypatch, "regviz.figures.save", encode=_encode)
    captions = SimpleNamespace(
        srt=lambda parts: "srt" + str(parts),
        vtt=lambda _: "WEBVTT",
        Caption=Caption,
    )
    _module(monkeypatch, "regviz.scenes", captions=captions)
    _module(monkeypatch, "regviz.scenes.captions", **vars(captions))
    _module(monkeypatch, "regviz.scenes.render", render=_render, Request=_Request)
    inline = SimpleNamespace(encode=lambda figure, _theme: f"<svg>{figure.said}</svg>")
    _module(monkeypatch, "regviz.figures.inline", **vars(inline))
    _module(monkeypatch, "regviz.pages", build=SimpleNamespace(build=_build))
    _module(monkeypatch, "regviz.pages.build", build=_build)
    monkeypatch.setattr(catalogue, "_media", lambda *_: ("figure", "scene", "page"))


BY = ByValidation(rule="cv", penalty="l1", lam=0.5, n_folds=5, seed=0)


def exhibit(slug, values):
    """Stand in for the mathematics, checking parameters as it does."""
    lesson = catalogue.load(slug)
    parameters = lesson.Parameters.build(values)
    return Exhibit(
        lesson=slug,
        parameters=dict(vars(parameters)),
        points={"optimum-l1": np.array([0.0, 1.5])},
        lam={"l1": 0.5, "l2": float("inf")},
        budget={"l1": np.float64(1.5), "l2": 1.0},
        certificate={"kkt_residual": 2.2e-16},
        own_units={"l1": OwnUnits(target="y", intercept=1.0, weights={"b": 0.0, "a": 2.0})},
        by_validation=BY if getattr(parameters, "lam", None) == "cv" else None,
    )


@pytest.fixture
def quick(media, monkeypatch):
    """Put stand-ins in the place of all that takes time."""
    monkeypatch.setattr(catalogue, "exhibit", exhibit)
    # What is said of a lesson needs all that is computed of it.
    monkeypatch.setattr(
        "regviz.lecture.make.alt_text", lambda shown, *_: f"said of {shown.lesson}"
    )
    monkeypatch.setattr(
        "regviz.lessons.transcript.transcript", lambda shown, *_, quiz: f"{shown.lesson} {quiz}"
    )
    for module in ("asked", "variants"):
        monkeypatch.setattr(f"regviz.lessons.{module}.asked_in", lambda _: ())


@dataclass
class Regviz:
    """The command, run in a folder of its own."""

    folder: Path

    def __call__(self, *args: str) -> Result:
        result = CliRunner().invoke(cli.main, args, prog_name="regviz")
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        return result

    def refuses(self, *args: str, code: int = 2) -> str:
        """Return the one sentence of a refusal, which leaves no file."""
        before = self.files()
        result = self(*args)
        assert result.exit_code == code, result.output
        assert result.stdout == ""
        assert result.stderr.startswith("regviz: ")
        assert result.stderr.count("\n") == 1
        assert "Traceback" not in result.stderr
        assert self.files() == before
        return result.stderr.removeprefix("regviz: ").rstrip("\n")

    def objects(self, *args: str) -> list[dict]:
        """Return what `--json` prints."""
        result = self(*args, "--json")
        assert result.exit_code == 0, result.output
        return [
            json.loads(line, parse_constant=pytest.fail) for line in result.stdout.splitlines()
        ]

    def files(self) -> list[str]:
        """Return every file below the folder."""
        return sorted(
            str(path.relative_to(self.folder))
            for path in self.folder.rglob("*")
            if path.is_file()
        )


@pytest.fixture
def regviz(tmp_path, monkeypatch):
    """Return the command, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return Regviz(tmp_path)
