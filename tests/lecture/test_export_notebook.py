"""A notebook: valid, shown already, and with pictures where what plays is dropped."""

import base64
import json
import re
from html.parser import HTMLParser

import pytest

from regviz.lecture import export, manifest
from regviz.lecture.export.deck import deck
from regviz.lecture.export.mark_down import escaped
from regviz.lecture.frames import SCRIPT
from tests.lecture import decks


@pytest.fixture(scope="module", params=["ko"])
def written(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lecture")
    decks.write(folder / "out")
    made = deck(manifest.load(folder / "out"), folder / "out", lang=request.param)
    path = folder / "lecture.ipynb"
    path.write_bytes(export.contents_of(made, "notebook", path)[path])
    return path


def _cells(path, kind):
    cells = json.loads(path.read_bytes())["cells"]
    return [cell for cell in cells if cell["cell_type"] == kind]


def test_it_is_valid(written):
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
    nbformat.validate(nbformat.read(written, 4))


def test_cells_are_python_that_shows_the_lecture(written):
    sources = [cell["source"] for cell in _cells(written, "code")]
    assert sources[0] == "import regviz"
    lang = "" if "ko" not in sources[1] else ", lang='ko'"
    assert sources[1:4] == [
        f"regviz.{name}('corner'{lang})" for name in ("figure", "video", "page")
    ]
    assert sources[4] == f"regviz.figure('l1-loss', lam=1.2{lang})"
    for source in sources:
        compile(source, "cell", "exec")


def test_every_output_has_a_picture_behind_it(written):
    for cell in _cells(written, "code")[1:]:
        (output,) = cell["outputs"]
        assert output["execution_count"] == cell["execution_count"]
        shown = output["data"]
        assert base64.b64decode(shown["image/png"]).startswith(b"\x89PNG")
        assert "Alt: " in shown["text/plain"]
        assert "<img " in shown["text/html"]


class _Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, _attributes):
        self.tags.append(tag)


def test_no_text_becomes_markup(written):
    shown = [cell["outputs"][0]["data"]["text/html"] for cell in _cells(written, "code")[1:]]
    tags = {tag for text in shown for tag in _Tags(text).tags}
    assert tags == {"div", "img", "video", "source", "track", "iframe", "script"}
    scripts = [
        part for text in shown for part in re.findall("<script>(.*?)</script>", text, re.S)
    ]
    assert set(scripts) == {SCRIPT}
    said = "".join(cell["source"] for cell in _cells(written, "markdown"))
    assert "Note: " not in said
    assert "<script" not in said
    assert "${x}" not in said


def test_nbconvert_opens_it(written):
    nbconvert = pytest.importorskip("nbconvert", reason="nbconvert is not installed")
    exporter = nbconvert.HTMLExporter(template_name="basic")
    body, _ = exporter.from_filename(str(written))
    tags = _Tags(body).tags
    assert tags.count("video") == 2
    assert tags.count("iframe") == 2
    assert "onload='alert(2)'" in body.replace("&#39;", "'").replace("&#x27;", "'")
    assert "<script>alert" not in body


def test_words_and_notes(tmp_path):
    decks.write(tmp_path / "out", words=True)
    made = deck(manifest.load(tmp_path / "out"), tmp_path / "out")
    path = tmp_path / "lecture.ipynb"
    for notes in (False, True):
        path.write_bytes(export.contents_of(made, "notebook", path, notes=notes)[path])
        sources = ["".join(cell["source"]) for cell in _cells(path, "markdown")]
        assert any("> Note: text" in source for source in sources) == notes
    text = next(source for source in sources if "- one" in source)
    assert "&lt;script&gt;alert\\(1\\)" in text
    assert "\n  3. three" in text
    assert r"${\hat{w}}_{1}\leq \frac{a}{b} < \lvert w{\rvert }^{2}" in text
    assert "](<javascript" not in text
    assert "[yes](<https://example.org/a_b?c=1%25>)" in text


def test_sentences_read_as_they_are_where_a_notebook_is_a_script():
    assert escaped("To 0. Exactly.") == "To 0\\. Exactly."
    assert escaped("It ends here. And www.a.de") == "It ends here. And www\\.a\\.de"
