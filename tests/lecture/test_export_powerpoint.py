"""PowerPoint slides, as python-pptx and LibreOffice read them."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from regviz.lecture import export, manifest
from regviz.lecture.export.deck import deck
from tests.lecture import decks

pptx = pytest.importorskip("pptx", reason="python-pptx is not installed")
_DRAWING = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


@pytest.fixture(scope="module", params=["ko"])
def written(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(f"lecture {request.param}")
    decks.write(folder / "out")
    path = folder / "slides.pptx"
    made = deck(manifest.load(folder / "out"), folder / "out", lang=request.param)
    path.write_bytes(export.contents_of(made, "pptx", path)[path])
    return path


def _slides(path):
    return list(pptx.Presentation(str(path)).slides)


def test_every_slide_has_a_title_and_what_to_say(written):
    slides = _slides(written)
    assert len(slides) == 11
    assert all(slide.shapes.title.text for slide in slides)
    assert slides[6].notes_slide.notes_text_frame.text == f"Note: {decks.NASTY}"
    assert "Cue 2: " in slides[4].notes_slide.notes_text_frame.text


def test_every_picture_says_what_it_shows(written):
    for slide in _slides(written):
        for shape in slide.shapes:
            described = shape._element.find(f".//{_DRAWING}cNvPr")
            if shape.shape_type in (13, 16):
                assert described.get("descr").startswith(("Alt: ", "Cue "))


def test_movies_are_inside_and_play_on_arrival(written):
    with zipfile.ZipFile(written) as content:
        media = [name for name in content.namelist() if name.endswith(".mp4")]
        sizes = {content.getinfo(name).date_time for name in content.namelist()}
    assert len(media) == 2, "the same section twice is stored once"
    assert sizes == {(1980, 1, 1, 0, 0, 0)}
    clip = _slides(written)[3]
    assert [shape.shape_type.name for shape in clip.shapes] == ["PLACEHOLDER", "MEDIA"]
    timing = clip._element.find(f"{_DRAWING}timing")
    command = timing.find(f".//{_DRAWING}cmd")
    assert command.get("cmd") == "playFrom(0.0)"
    shown = timing.find(f".//{_DRAWING}spTgt").get("spid")
    assert int(shown) == clip.shapes[1].shape_id


def test_the_poster_is_what_the_section_begins_with(written):
    from PIL import Image

    movie = _slides(written)[4].shapes[1]
    assert Image.open(io.BytesIO(movie.poster_frame.blob)).getpixel((0, 0))[0] == pytest.approx(
        120, abs=6
    )


def test_pages_are_a_figure_and_a_link(written):
    *_, picture, button = _slides(written)[5].shapes
    assert picture.shape_type.name == "PICTURE"
    address = button.click_action.hyperlink.address
    assert address in ("out/corner.html", "out/corner-ko.html")
    assert (written.parent / address).is_file()


@pytest.fixture(scope="module")
def rendered(written):
    """Render the slides with LibreOffice, and return a picture of each."""
    from PIL import Image

    for program in ("soffice", "pdftoppm"):
        if shutil.which(program) is None:
            pytest.skip(
                f"{program} is not installed (Debian: libreoffice-impress, poppler-utils)"
            )
    folder = written.parent / "rendered"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run(
        [*command, str(folder), str(written)], check=True, capture_output=True, timeout=120
    )
    pictures = [
        "pdftoppm",
        "-r",
        "30",
        "-png",
        str(folder / "slides.pdf"),
        str(folder / "page"),
    ]
    subprocess.run(pictures, check=True, capture_output=True, timeout=60)
    return [Image.open(path).convert("L") for path in sorted(Path(folder).glob("page-*.png"))]


def test_libreoffice_shows_every_slide(rendered):
    assert len(rendered) == 11
    assert all(abs(page.width / page.height - 16 / 9) < 0.01 for page in rendered)
    # Words stay clear of the edges, and every slide shows something.
    for at, page in enumerate(rendered):
        darkest, _ = page.getextrema()
        assert darkest < 230, f"slide {at} is empty"
    for page in (rendered[0], rendered[1], rendered[6]):
        edge = page.crop((0, page.height - 6, page.width, page.height))
        assert edge.getextrema() == (255, 255)


def test_libreoffice_shows_the_posters(rendered):
    middle = rendered[4].width // 2, rendered[4].height // 2
    assert rendered[3].getpixel(middle) == pytest.approx(20, abs=8)
    assert rendered[4].getpixel(middle) == pytest.approx(120, abs=8)
