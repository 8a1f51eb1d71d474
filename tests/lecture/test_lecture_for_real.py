"""A lecture with nothing stood in for: figures, and what they say about themselves."""

import os
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from regviz.lecture import manifest
from regviz.lessons import catalogue
from tests.lecture.stand_ins import Lecture

figures = pytest.importorskip("regviz.figures.canvas")
_ROOT = Path(__file__).parents[2]
_SVG = "{http://www.w3.org/2000/svg}"


def _run(folder, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "regviz.cli", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    lecture = Lecture(tmp_path_factory.mktemp("real"))
    rows = "hours,sleep,exam\n2,7.5,51\n5,6,64\n9,7,83\n4,8,66\n7,5.5,70\n1,6.5,42\n"
    (lecture.folder / "grades.csv").write_text(rows)
    lecture.write(
        'title = "Mine"\nlanguage = ["en", "ko"]\ndata = "grades.csv"\ntarget = "exam"\n'
        '[[item]]\nlesson = "corner"\nmedium = "figure"\n'
        'parameters = { features = ["hours", "sleep"] }\n'
    )
    _run(lecture.folder, "build", "-j", "2")
    return lecture


def test_it_shows_the_lecturers_data(built):
    english, korean = manifest.load(built.out).entries
    assert english.parameters["data"] == "grades.csv"
    assert english.parameters["features"] == ["hours", "sleep"]
    assert english.certificate["kkt_residual"] < 1e-12
    titles = catalogue.entry("corner").title
    assert (english.title, korean.title) == (titles["en"], titles["ko"])
    assert english.alt != korean.alt
    assert str(built.folder) not in "".join(map(str, built.tree().values()))


def test_the_command_makes_the_same_bytes(built):
    for entry in manifest.load(built.out).entries:
        command = shlex.split(entry.command)
        assert command[-1] == f"out/{entry.name}.svg"
        _run(built.folder, *command[1:-1], "again.svg")
        again = (built.folder / "again.svg").read_bytes()
        assert again == (built.out / entry.files["svg"]).read_bytes()


@pytest.mark.parametrize("at", [0, 1])
def test_every_file_says_what_it_shows(built, at):
    image = pytest.importorskip("PIL.Image")
    entry = manifest.load(built.out).entries[at]
    drawn = ET.parse(built.out / entry.files["svg"]).getroot()
    assert drawn.find(f"{_SVG}title").text == entry.title
    assert drawn.find(f"{_SVG}desc").text == entry.alt
    with image.open(built.out / entry.files["png"]) as picture:
        assert picture.info["Title"] == entry.title
        assert picture.info["Description"] == entry.alt
    pdf = (built.out / entry.files["pdf"]).read_bytes()
    assert entry.title.encode("utf-16-be").hex().encode() in pdf.hex().encode() or (
        entry.title.encode() in pdf
    )


def test_nothing_slow_is_loaded_where_nothing_changed(built):
    code = (
        "import sys\nfrom regviz import cli\n"
        "sys.argv = ['regviz', 'build', '-j', '2']\n"
        "try:\n    cli.main(prog_name='regviz')\nfinally:\n"
        "    print(*sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=built.folder,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("All 2 are up to date")
    loaded = {name.split(".")[0] for name in done.stderr.split()}
    slow = {"numpy", "matplotlib", "manim", "distributed", "concurrent", "multiprocessing"}
    assert not loaded & slow


@pytest.mark.video
@pytest.mark.filterwarnings("ignore:.*audioop:DeprecationWarning")  # pydub, which manim loads
def test_a_video_with_its_parts(tmp_path):
    pytest.importorskip("regviz.scenes.render")
    lecture = Lecture(tmp_path)
    lecture.write(
        'title = "x"\nquality = "l"\nfps = 1\n[[item]]\nlesson = "corner"\nmedium = "scene"\n'
    )
    lecture.build()
    (entry,) = manifest.load(lecture.out).entries
    assert set(entry.files) == {"mp4", "srt", "vtt", "poster.png", "transcript.md"}
    assert entry.sections[0].start == 0.0
    assert entry.sections[-1].end == pytest.approx(entry.duration)
    for section in entry.sections:
        assert b"ftyp" in (lecture.out / section.file).read_bytes()[:16]
    assert "".join(cue.text for cue in entry.cues)
    assert (lecture.out / "corner.vtt").read_text("utf-8").startswith("WEBVTT")


def test_a_page_of_the_lecture(tmp_path):
    pytest.importorskip("regviz.pages.build")
    lecture = Lecture(tmp_path)
    item = '[[item]]\nlesson = "corner"\nmedium = "page"\nparameters = { lam = 0.5 }\n'
    lecture.write(f'title = "x"\ntheme = ["light", "dark"]\n{item}')
    lecture.build()
    (entry,) = manifest.load(lecture.out).entries
    assert (entry.theme, entry.files["html"]) == ("auto", "corner.html")
    # An item without a figure brings one along for paper and slides.
    assert set(entry.files) == {"html", "poster.svg", "poster.pdf", "poster.png"}
    assert entry.command == "regviz page corner --lam 0.5 -o out/corner.html"
    assert "<iframe" in (lecture.out / "index.html").read_text("utf-8")
    lecture.write(f'title = "x"\ntheme = "dark"\n{item}')
    lecture.build()
    posters = [f"corner-dark.poster.{suffix}" for suffix in ("pdf", "png", "svg")]
    assert lecture.names() == ["corner-dark.html", *posters]


def test_what_was_guessed_of_an_items_data_is_said_once(tmp_path):
    lecture = Lecture(tmp_path)
    rows = "".join(f"k{i};{i % 3},5;{i * i % 5};{i % 4}\n" for i in range(9))
    (lecture.folder / "own.csv").write_text("name;a;b;y\n" + rows)
    lecture.write(
        'title = "x"\nlanguage = ["en", "ko"]\ndata = "own.csv"\ntarget = "y"\n[formats]\n'
        'figure = ["svg"]\n[[item]]\nlesson = "corner"\nmedium = "figure"\nname = "own"\n'
    )
    said = lecture.build()
    note = "regviz: own: left out of data file own.csv: 'name' (text);"
    assert said.count(note) == 1
    assert said.count("with decimal commas") == 1
    assert "own: " not in lecture.build()
