"""What cannot be used is refused in one sentence, with exit code 2, and leaves no file."""

import importlib.util
import os
import sys

import pytest

from regviz.lessons import catalogue, fonts


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("figure crner", "there is no lesson 'crner'; did you mean 'corner'?"),
        ("render crner", "there is no lesson 'crner'; did you mean 'corner'?"),
        ("figur corner", "no such command 'figur'. Did you mean 'figure'?"),
        ("figure", "which lesson? Give {lessons} or --all."),
        ("figure corner --roh 1", "there is no option --roh; did you mean --rho?"),
        ("figure corner -z", "there is no option -z."),
        ("figure corner --rho", "option '--rho' requires an argument."),
        ("figure corner extra", "got unexpected extra argument (extra)."),
        ("figure corner --rho 2", "rho = 2 is out of bounds; give {rho}."),
        (
            "figure corner --rho much",
            "rho = 'much' is not a number; give {rho}.",
        ),
        (
            "figure corner --rho nan",
            "rho = nan is not finite; give {rho}.",
        ),
        ("figure corner --lambda inf", "lam = inf is not finite; give {lam}."),
        ("figure corner --lam -1", "lam = -1 is out of bounds; give {lam}."),
        (
            "figure corner --center 1",
            "center = 1 is not a pair; give {center}.",
        ),
        (
            "figure corner --method guess",
            "method = guess is unknown; give {method}.",
        ),
        (
            "figure corner --dpi 5",
            "invalid value for '--dpi': 5 is not in the range 50<=x<=1200.",
        ),
        (
            "figure corner --lang de",
            "invalid value for '--lang': 'de' is not one of 'en', 'ko'.",
        ),
        (
            "figure corner --format jpg",
            "invalid value for '--format': 'jpg' is not one of 'svg', 'pdf', 'png'.",
        ),
        ("figure corner -o x.mp4", "a figure cannot be mp4; give svg, pdf or png."),
        (
            "figure corner -o x.svg --format png",
            "-o x.svg and --format png contradict each other; leave one out.",
        ),
        ("render corner -o x.svg", "a video cannot be svg; give mp4, webm, mov or gif."),
        (
            "figure corner -o x.jpg",
            "-o x.jpg: regviz does not make jpg; give svg, pdf, png, mp4, webm, mov or gif.",
        ),
        ("render corner --format png", "a video cannot be png; give mp4, webm, mov or gif."),
        ("render corner -s --format mp4", "a still cannot be mp4; give png."),
        (
            "render corner -t --format mp4",
            "mp4 has no transparency; give --format webm or mov, or leave out -t.",
        ),
        (
            "render corner -r 640,360 --aspect 4:3",
            "-r and --aspect both set the picture's shape; give one of them.",
        ),
        (
            "render corner -r 641,360",
            "invalid value for '-r' / '--resolution': '641,360' will not do; "
            "give even numbers from 64 to 8192.",
        ),
        (
            "render corner -r 640x360",
            "invalid value for '-r' / '--resolution': '640x360' is not two whole numbers, "
            "such as 1280,720.",
        ),
        (
            "render corner --fps 0",
            "invalid value for '--fps': 0 is not in the range 1<=x<=120.",
        ),
        (
            "render corner -q x",
            "invalid value for '-q' / '--quality': 'x' is not one of 'l', 'm', 'h', 'p', 'k'.",
        ),
        (
            "render corner --aspect paper",
            "invalid value for '--aspect': 'paper' is not one of '16:9', '4:3', '1:1', '9:16'.",
        ),
    ],
)
def test_sentence(regviz, command, said):
    knobs = catalogue.parameters_class("corner").knobs()
    bounds = {knob.name: knob.metadata["kind"].describe() for knob in knobs}
    lessons = ", ".join(entry.slug for entry in catalogue.entries())
    assert regviz.refuses(*command.split()) == said.format_map(bounds | {"lessons": lessons})


def test_lesson_without_the_medium(regviz, drawn_in):
    drawn_in("figure")
    assert regviz.refuses("render", "corner") == "lesson 'corner' has no scene; it has figure."


@pytest.mark.usefixtures("quick")
class TestOutputs:
    def test_directory_in_the_way(self, regviz):
        (regviz.folder / "corner.svg").mkdir()
        assert regviz.refuses("figure", "corner") == (
            "corner.svg is a directory; remove it or choose another name with -o."
        )

    def test_file_where_a_folder_should_be(self, regviz):
        (regviz.folder / "taken").write_text("mine")
        assert regviz.refuses("figure", "corner", "-o", "taken/deep") == (
            "taken is a file where a folder should be; choose another with -o."
        )

    def test_folder_that_cannot_be_written(self, regviz, monkeypatch):
        monkeypatch.setattr(os, "access", lambda *_: False)
        assert regviz.refuses("figure", "corner", "-o", "out") == (
            "folder . cannot be written to; choose another with -o."
        )

    @pytest.mark.skipif(not os.path.isdir("/proc"), reason="needs a folder nobody can write to")
    def test_folder_that_only_seems_writable(self, regviz):
        said = regviz.refuses("figure", "corner", "-o", "/proc/regviz")
        assert said.startswith(("/proc/regviz/corner.svg cannot be written: ", "folder /proc"))


_NUMBERS = "a,b,y\n1,2,3\n2,1,4\n3,5,1\n4,4,2\n"


@pytest.mark.usefixtures("media")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "data file own.csv does not exist; give a CSV file or 'diabetes'."),
        ("", "data file own.csv is empty; give a header line and rows of numbers."),
        (b"a,b,y\n\xff\xfe,1,2\n", "data file own.csv is not UTF-8 text"),
        (
            _NUMBERS.replace("5", "five"),
            "data file own.csv: column 'b' holds 'five' among its numbers (line 4); mend them.",
        ),
        (
            _NUMBERS.replace("5", ""),
            "1 of 4 rows of data file own.csv lacks a value (1 in 'b'; line 4); give --missing "
            "drop to leave them out, or fill them in.",
        ),
        ("a,b,y\n1,2,3\n1,1,4\n1,5,1\n", "data file own.csv: column 'a' is constant (1);"),
        (_NUMBERS.replace("b", "c"), "data file own.csv has no column 'b'"),
        ("a,b,y\n1,2,3\n", "data file own.csv has 1 row below its header"),
        ("directory", "data file own.csv is not a file"),
    ],
)
def test_data(regviz, content, said):
    path = regviz.folder / "own.csv"
    if content == "directory":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    own = ("--data", "own.csv", "--target", "y", "--features", "a,b")
    assert regviz.refuses("figure", "corner", *own).startswith(said)


@pytest.mark.usefixtures("quick")
def test_korean_fonts_not_installed(regviz, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        fonts, "find_spec", lambda name: None if name == "koreanize_matplotlib" else find(name)
    )
    said = regviz.refuses("figure", "corner", "--lang", "ko", "--theme", "light")
    assert said.startswith("the fonts for language 'ko' are not installed; run: ")


@pytest.mark.filterwarnings("ignore:.*audioop:DeprecationWarning")  # pydub, which manim loads
@pytest.mark.parametrize("package", ["manim", "typst"])
def test_manim_or_typst_not_installed(regviz, monkeypatch, package):
    pytest.importorskip("regviz.scenes.render")
    for name in [name for name in sys.modules if name.split(".")[0] in {package, "scenes"}]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    said = regviz.refuses("render", "corner", "-ql")
    assert package in said
    assert "pip install" in said
