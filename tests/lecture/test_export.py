"""`regviz export`: whole files, the same each time, or one sentence."""

import io
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from PIL import Image

from regviz import cli
from regviz.lecture import manifest
from regviz.lecture.choices import EXPORT_TARGETS
from tests.covering import by_turns
from tests.lecture import decks

#: what is made of a lecture that asks nothing
DECKS = [target for target in EXPORT_TARGETS if target != "quiz"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lecture")
    decks.write(folder / "out")
    return folder


def _export(*arguments, code=0):
    result = CliRunner().invoke(cli.main, ["export", *map(str, arguments)], prog_name="regviz")
    assert result.exit_code == code, result.output
    if code == 2:
        assert result.stdout == ""
        assert result.stderr.startswith("regviz: ")
        assert result.stderr.count("\n") == 1
    return result


def _tree(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@by_turns("target,lang", DECKS, ["en", "ko"])
def test_the_same_bytes_each_time(folder, tmp_path, target, lang):
    trees = []
    for _ in range(2):
        # Where it is written matters to the links in it, so that is the same, too.
        path = tmp_path / "made" / EXPORT_TARGETS[target]
        _export(folder, "--to", target, "-o", path, "--lang", lang)
        trees.append(_tree(path.parent))
        for written in trees[-1]:
            written.unlink()
    assert trees[0] == trees[1]
    assert trees[0]


def test_it_says_what_it_wrote(folder, tmp_path):
    said = _export(folder, "--to", "html", "-o", tmp_path / "h.html").stdout
    assert said.startswith(f"{tmp_path / 'h.html'}  ")


def test_without_a_name_it_stands_beside_the_lecture(tmp_path):
    decks.write(tmp_path / "out", langs=("en",))
    _export(tmp_path, "--to", "notebook")
    assert (tmp_path / "lecture.ipynb").is_file()


def test_what_was_not_built_is_named(tmp_path):
    made = decks.write(tmp_path / "out", langs=("en",))
    lost = manifest.Missing(name="dropout", lesson="dropout", medium="figure", why="no")
    (tmp_path / "out/manifest.json").write_bytes(replace(made, missing=(lost,)).written())
    assert (
        "left out, not built: dropout; to renew, run: regviz build"
        in _export(tmp_path, "--to", "html").stderr
    )


def test_what_changed_since_the_build_is_named(lecture):
    lecture.build()
    picture = io.BytesIO()
    Image.new("RGB", (16, 9)).save(picture, "png")
    (lecture.out / "corner.png").write_bytes(picture.getvalue())
    (lecture.out / "corner.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"></svg>')
    assert "changed since" not in _export(lecture.folder, "--to", "html").stderr
    path = lecture.folder / "lecture.toml"
    path.write_text(f"{path.read_text()}parameters = {{ lam = 2 }}\n")
    said = _export(lecture.folder, "--to", "html").stderr
    assert "changed since it was built: corner; to renew, run: regviz build" in said


# -- refusals -------------------------------------------------------------------------------


def test_a_lecture_that_is_not_built(tmp_path):
    said = _export(tmp_path, "--to", "pptx", code=2).stderr
    assert "lecture.toml does not exist; `regviz init DIR` writes one." in said
    (tmp_path / "lecture.toml").write_text('title = "x"\n')
    said = _export(tmp_path, "--to", "pptx", code=2).stderr
    assert said.endswith(f"has not been built; run: regviz build {tmp_path}\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--to", "keynote"], "'keynote' is not one of 'revealjs', 'pptx', 'beamer'"),
        ([], "missing option '--to'"),
        (["--to", "pptx", "-o", "x.pdf"], "-o x.pdf should end in .pptx for pptx."),
        (["--to", "pptx", "--reveal", "https://x"], "--reveal goes with --to revealjs"),
        (["--to", "revealjs", "--reveal", "ftp://x"], "--reveal ftp://x will not do"),
        (["--to", "revealjs", "--reveal", "https://x/'; y"], "will not do"),
        (["--to", "html", "--theme", "dark"], "without --theme dark; give light"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(folder, arguments, words):
    before = _tree(folder)
    assert words in _export(folder, *arguments, code=2).stderr
    assert _tree(folder) == before


@pytest.mark.parametrize(
    ("target", "gone", "words"),
    [
        ("pptx", "pptx", "run: python -m pip install 'regviz[decks]'"),
        ("revealjs", "sphinx_revealjs", "run: python -m pip install 'regviz[decks]'"),
        ("pptx", "av", "run: python -m pip install 'regviz[video]'"),
    ],
)
def test_a_missing_library_is_named_with_its_command(
    folder, tmp_path, monkeypatch, target, gone, words
):
    monkeypatch.setitem(sys.modules, gone, None)
    path = tmp_path / EXPORT_TARGETS[target]
    assert words in _export(folder, "--to", target, "-o", path, code=2).stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("target", "suffix", "words"),
    [
        ("pptx", "png", 'corner has no png; add "png" to figure under [formats]'),
        ("beamer", "pdf", 'corner has no pdf or png; add "pdf" to figure'),
        ("notebook", "mp4", 'corner has no mp4; add "mp4" to scene under [formats]'),
    ],
)
def test_a_format_that_was_not_built(tmp_path, target, suffix, words):
    made = decks.write(tmp_path / "out", langs=("en",))
    kept = [
        replace(entry, files={k: v for k, v in entry.files.items() if k not in (suffix, "png")})
        for entry in made.entries
    ]
    (tmp_path / "out/manifest.json").write_bytes(replace(made, entries=tuple(kept)).written())
    assert words in _export(tmp_path, "--to", target, code=2).stderr


def test_a_file_that_is_gone_is_named(tmp_path):
    decks.write(tmp_path / "out", langs=("en",))
    (tmp_path / "out/corner.section-02.mp4").unlink()
    for target in ("revealjs", "pptx", "beamer", "html"):
        said = _export(tmp_path, "--to", target, code=2).stderr
        assert "corner.section-02.mp4 is gone; build the lecture again." in said
        assert not (tmp_path / EXPORT_TARGETS[target]).exists()


class _Addresses(HTMLParser):
    """What a page's elements load or link to."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, _tag, attributes):
        self.found += [value for name, value in attributes if name in ("src", "href")]


def test_reveal_is_in_the_file_unless_an_address_is_given(folder, tmp_path):
    paths = tmp_path / "whole.html", tmp_path / "linked.html"
    _export(folder, "--to", "revealjs", "-o", paths[0])
    _export(folder, "--to", "revealjs", "--reveal", "https://host/reveal/", "-o", paths[1])
    whole, linked = (path.read_text("utf-8") for path in paths)
    assert "reveal.js 5" in whole
    assert all(address.startswith(("data:", "#")) for address in _Addresses(whole).found)
    assert '<script src="https://host/reveal/dist/reveal.js"></script>' in linked
    assert "script-src https://host 'sha256-" in linked
    assert "unsafe-inline" not in whole + linked
    assert len(linked) < len(whole) - 100_000
