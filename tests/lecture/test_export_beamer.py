"""Beamer slides: TeX that compiles whatever the texts say."""

import shutil
import subprocess

import pytest

from regviz.lecture import export, manifest
from regviz.lecture.export.beamer import file_name, tex
from regviz.lecture.export.deck import deck
from regviz.lessons.errors import BadInput
from tests.lecture import decks


def test_texts_are_no_commands():
    shown = tex("\\input{x} 50% $y_1$ #1 a~b^c `q' x--y <>|")
    assert "\\input" not in shown.replace("\\textbackslash{}", "")
    for sign in "%$_#":
        assert shown.count(sign) == shown.count(f"\\{sign}")
    assert tex("λ ≤ 10⁻⁵") == (
        r"\ensuremath{\lambda} \ensuremath{\leq} 10\ensuremath{{}^{-}}\ensuremath{{}^{5}}"
    )
    assert tex("a\n\nb") == "a b"


def test_a_name_that_tex_cannot_read_is_refused(tmp_path):
    with pytest.raises(BadInput, match="which holds %"):
        file_name(tmp_path / "50% off" / "x.pdf", tmp_path)


def _write(folder, lang):
    decks.write(folder / "out", words=True)
    path = folder / "my slides.tex"
    made = deck(manifest.load(folder / "out"), folder / "out", lang=lang)
    for written, content in export.contents_of(made, "beamer", path).items():
        written.parent.mkdir(exist_ok=True)
        written.write_bytes(content)
    return path


def test_figures_are_named_as_they_stand(tmp_path):
    source = _write(tmp_path, "en").read_text()
    beside = tmp_path / "my slides-files"
    assert r"\regvizpicture{my slides-files/corner.pdf}" in source
    assert r"\href{run:my slides-files/corner.section-01.mp4}" in source
    assert str(tmp_path) not in source
    assert "out/" not in source
    for name in ("corner.pdf", "corner.section-01.mp4", "corner.html"):
        assert (beside / name).read_bytes() == (tmp_path / "out" / name).read_bytes()
    assert (beside / "corner.section-01.mp4.png").is_file()


def _engine():
    """Return what compiles, or skip; both engines need more than their program."""
    for engine in ("xelatex", "lualatex"):
        needed = ["beamer.cls", "fontspec.sty", "tikz.sty"]
        needed += ["pzdr.tfm"] if engine == "xelatex" else ["luaotfload.sty"]
        if shutil.which(engine) and all(map(_is_there, needed)):
            return engine
    pytest.skip(
        "no TeX that has Beamer (Debian: texlive-xetex, texlive-latex-recommended, "
        "texlive-pictures, texlive-fonts-recommended, lmodern)"
    )
    return ""


def _is_there(name):
    return subprocess.run(["kpsewhich", name], check=False, capture_output=True).stdout != b""


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_it_compiles(tmp_path, lang):
    engine = _engine()
    path = _write(tmp_path, lang)
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", path.name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=150)
    log = path.with_suffix(".log").read_text("utf-8", errors="replace")
    assert done.returncode == 0, log[-3000:]
    assert "Missing character" not in log
    assert "(13 pages" in log.replace("\n", "")
    if shutil.which("pdftotext"):
        command = ["pdftotext", str(path.with_suffix(".pdf")), "-"]
        shown = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        # Spaces are not the same in a PDF, nor where lines break.
        assert "alert(1)</script>" in "".join(shown.split())
        assert "${x}\\input{x}$y_1$" in "".join(shown.split())
