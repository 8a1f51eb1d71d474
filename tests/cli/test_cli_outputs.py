"""Which files a command makes, and what it says about them."""

import json
import sys

import pytest

from regviz.lecture import choices, console
from regviz.lecture.job import Job
from regviz.lessons import catalogue, text, theme
from regviz.lessons.errors import BadInput


def _read(path):
    return (path).read_text()


def test_list_names_every_lesson(regviz):
    result = regviz("list")
    assert result.exit_code == 0
    lines = [line.split()[0] for line in result.stdout.splitlines() if line[:3].strip()]
    slugs = [line for line in lines if line in {entry.slug for entry in catalogue.entries()}]
    assert slugs == [entry.slug for entry in catalogue.entries()]


def test_list_as_json_in_korean(regviz):
    lines = regviz("list", "--json", "--lang", "ko").stdout.splitlines()
    corner = next(line for line in map(json.loads, lines) if line["lesson"] == "corner")
    assert corner["title"] == catalogue.entry("corner").title["ko"]
    assert set(corner) == {
        *("lesson", "title", "summary", "topic", "topic_title", "needs", "media")
    }
    assert (corner["topic_title"], corner["needs"]) == ("가중치 둘: 기하", ["penalty-shapes"])


def test_version(regviz, monkeypatch):
    monkeypatch.setattr("importlib.metadata.version", lambda _: "1.2.3")
    assert regviz("--version").stdout == "regviz 1.2.3\n"


def test_choices_agree_with_the_tables_they_stand_for():
    assert choices.LANGUAGES == text.LANGUAGES
    assert tuple(theme.THEMES) == choices.THEMES


@pytest.mark.parametrize("command", ["figure", "render", "page"])
@pytest.mark.usefixtures("media")
def test_help_shows_every_parameter(regviz, command):
    words = " ".join(regviz(command, "corner", "--help").stdout.split())
    for knob in catalogue.parameters_class("corner").knobs():
        assert f"--{knob.name.replace('_', '-')}" in words
        assert knob.metadata["help"] in words
        assert knob.metadata["kind"].describe() in words
    assert "such as 0.5,1; default 0.3,1.9]" in words


@pytest.mark.usefixtures("media")
def test_no_knob_has_the_name_of_a_common_option(regviz):
    from regviz import cli

    for group in ("figure", "render", "page"):
        medium = cli.main.commands[group]
        taken = {name for option in medium.options for name in (option.name, *option.opts)}
        for entry in catalogue.entries():
            for option in medium.get_command(None, entry.slug).knob_options:
                assert not taken & {option.name, *option.opts}, entry.slug


@pytest.mark.usefixtures("quick")
class TestFigure:
    def test_line_says_file_and_residual(self, regviz):
        result = regviz("figure", "corner")
        assert result.stdout == "corner.svg  KKT residual 2.2e-16\n"
        assert result.stderr == ""
        assert regviz.files() == ["corner.svg"]

    def test_formats_languages_and_themes(self, regviz):
        result = regviz(
            *("figure", "corner", "--format", "svg", "--format", "png", "--dpi", "300"),
            *("--lang", "en", "--lang", "ko", "--lang", "ko"),
            *("--theme", "light", "--theme", "dark", "-o", "out/here"),
        )
        assert result.exit_code == 0
        stems = ["corner", "corner-dark", "corner-ko", "corner-ko-dark"]
        expected = [f"out/here/{stem}.{suffix}" for stem in stems for suffix in ("png", "svg")]
        assert regviz.files() == sorted(expected)
        made = _read(regviz.folder / "out/here/corner-ko-dark.png")
        assert made == "corner ko dark 16:9 png 300 []"

    @pytest.mark.parametrize("suffix", choices.FIGURE_FORMATS)
    def test_output_file_decides_the_format(self, regviz, suffix):
        assert regviz("figure", "corner", "-o", f"a/b.{suffix}", "--lang", "ko").exit_code == 0
        assert regviz.files() == [f"a/b.{suffix}"]

    def test_one_file_name_for_two_languages(self, regviz):
        regviz("figure", "corner", "-o", "b.pdf", "--lang", "en", "--lang", "ko")
        assert regviz.files() == ["b-ko.pdf", "b.pdf"]

    def test_folder_with_a_dot(self, regviz):
        regviz("figure", "corner", "-o", "week.2")
        assert regviz.files() == ["week.2/corner.svg"]

    def test_what_is_there_is_replaced(self, regviz):
        (regviz.folder / "x.svg").write_text("old")
        regviz("figure", "corner", "--aspect", "paper", "-t", "-o", "x.svg")
        assert _read(regviz.folder / "x.svg") == "corner en light paper svg 200 [0.0]"

    def test_json(self, regviz):
        (first, second) = regviz.objects("figure", "corner", "--rho", "0.3", "--lambda", "2")[
            :1
        ] + regviz.objects("figure", "corner", "--lam", "2", "-o", "x.png")
        assert first["path"] == "corner-lam-2.svg"
        assert second["path"] == "x.png"
        assert first["lesson"] == "corner"
        assert (first["medium"], first["format"]) == ("figure", "svg")
        assert (first["lang"], first["theme"]) == ("en", "light")
        assert first["parameters"]["rho"] == 0.3
        assert first["parameters"]["lam"] == second["parameters"]["lam"] == 2.0
        assert first["points"] == {"optimum-l1": [0.0, 1.5]}
        assert first["lambda"] == {"l1": 0.5, "l2": None}  # JSON knows no infinity
        assert first["budget"] == {"l1": 1.5, "l2": 1.0}
        assert first["certificate"] == {"kkt_residual": 2.2e-16}
        assert first["own_units"]["l1"] == {
            "target": "y", "intercept": 1.0, "weights": {"b": 0.0, "a": 2.0}, "rescaled": {}
        }  # fmt: skip
        assert list(first["own_units"]["l1"]["weights"]) == ["b", "a"]
        assert first["lambda_by"] is None

    def test_how_lambda_was_chosen(self, regviz):
        (made,) = regviz.objects("figure", "corner", "--lam", "cv")
        assert made["lambda_by"] == {
            "rule": "cv", "penalty": "l1", "lam": 0.5, "n_folds": 5, "seed": 0
        }  # fmt: skip
        said = regviz("figure", "corner", "--lam", "cv").stdout
        assert "lambda 0.5 by 5-fold cross-validation of L1 (seed 0)" in said
        assert "cross-validation" not in regviz("figure", "corner").stdout

    def test_negative_pair(self, regviz):
        (made,) = regviz.objects("figure", "corner", "--center", "-1,2", "--step-size", "0.5")
        assert made["parameters"]["center"] == [-1.0, 2.0]
        assert made["parameters"]["step_size"] == 0.5

    def test_options_before_the_lesson(self, regviz):
        regviz("figure", "-o", "out", "--lang", "ko", "corner", "--theme", "dark")
        assert regviz.files() == ["out/corner-ko-dark.svg"]

    def test_preview_opens_the_first_file(self, regviz, monkeypatch):
        opened = []
        monkeypatch.setattr("click.launch", lambda path: opened.append(path) or 0)
        regviz("figure", "corner", "-p", "--format", "png", "--format", "svg")
        assert opened == ["corner.png"]

    def test_preview_where_nothing_opens_it(self, regviz, monkeypatch):
        monkeypatch.setattr("click.launch", lambda _: 1)
        result = regviz("figure", "corner", "-p")
        assert result.exit_code == 0
        assert result.stderr == "regviz: nothing here opens corner.svg.\n"

    def test_no_progress_unless_on_a_terminal(self, regviz):
        shown = regviz("figure", "corner", "--progress", "--json")
        assert "100%  corner (en, light)  1/1" in shown.stderr
        assert len(shown.stdout.splitlines()) == 1


@pytest.mark.usefixtures("quick")
class TestRender:
    def test_video_with_captions_and_summary(self, regviz):
        lines = regviz("render", "corner").stdout.splitlines()
        assert lines[:3] == [
            f"corner.{suffix}  KKT residual 2.2e-16"
            for suffix in ("mp4", "srt", "transcript.md")
        ]
        assert lines[3].startswith("3 files, 0.0 MB, in ")
        assert _read(regviz.folder / "corner.mp4") == "1920x1080@60 mp4"

    @pytest.mark.parametrize(
        ("given", "size"),
        [
            ("-ql", "854x480@15"),
            ("-qm", "1280x720@30"),
            ("-qh", "1920x1080@60"),
            ("-qp", "2560x1440@60"),
            ("-qk", "3840x2160@60"),
            ("-ql --aspect 9:16", "480x854@15"),
            ("-qm --aspect 4:3", "960x720@30"),
            ("-qm --aspect 1:1 --fps 24", "720x720@24"),
            ("-ql -r 640,360", "640x360@15"),
        ],
    )
    def test_sizes(self, regviz, given, size):
        assert regviz("render", "corner", *given.split(), "-o", "x.mp4").exit_code == 0
        assert _read(regviz.folder / "x.mp4") == f"{size} mp4"

    @pytest.mark.parametrize(
        ("given", "files"),
        [
            ("--captions none", ["corner.mp4"]),
            ("--captions vtt", ["corner.mp4", "corner.transcript.md", "corner.vtt"]),
            ("-t --captions none", ["corner-transparent.webm"]),
            ("-s --aspect 9:16", ["corner-9x16-still.png"]),
            ("-s", ["corner-still.png"]),
            ("--no-quiz --captions none", ["corner-no-quiz.mp4"]),
            ("-s -o still.png", ["still.png"]),
            ("-o x.gif --captions none", ["x.gif"]),
            (
                "--format mov --format mp4",
                ["corner.mov", "corner.mp4", "corner.srt", "corner.transcript.md"],
            ),
        ],
    )
    def test_files(self, regviz, given, files):
        assert regviz("render", "corner", *given.split()).exit_code == 0
        assert regviz.files() == files

    def test_json_has_an_object_per_file_and_nothing_else(self, regviz):
        made = regviz.objects("render", "corner")
        assert [(each["format"], each["medium"]) for each in made] == [
            ("mp4", "scene"),
            ("srt", "scene"),
            ("transcript.md", "scene"),
        ]


@pytest.mark.usefixtures("quick")
class TestPage:
    def test_one_file(self, regviz):
        result = regviz("page", "corner")
        assert result.stdout == "corner.html  KKT residual 2.2e-16\n"
        assert regviz.files() == ["corner.html"]
        made = _read(regviz.folder / "corner.html")
        # The still is drawn light, and follows the page's colours.
        assert made == "corner en auto corner <svg>corner en light 16:9</svg>"

    def test_split(self, regviz):
        made = regviz.objects("page", "corner", "--split", "--lang", "ko", "-o", "out")
        assert [each["format"] for each in made] == ["html", "css", "js"]
        assert regviz.files() == [f"out/corner-ko.{suffix}" for suffix in ("css", "html", "js")]
        assert {each["medium"] for each in made} == {"page"}
        assert made[0]["certificate"] == {"kkt_residual": 2.2e-16}

    def test_themes_and_a_file_name(self, regviz):
        regviz("page", "corner", "--theme", "auto", "--theme", "dark", "-o", "a/b.html")
        assert regviz.files() == ["a/b-dark.html", "a/b.html"]
        assert "corner en dark b-dark <svg>corner en dark" in _read(
            regviz.folder / "a/b-dark.html"
        )

    def test_what_a_page_cannot_be(self, regviz):
        assert regviz.refuses("page", "corner", "-o", "x.svg") == (
            "a page cannot be svg; give html."
        )
        assert "'print'" in regviz.refuses("page", "corner", "--theme", "print")
        assert "--transparent" not in regviz("page", "corner", "--help").stdout


class TestAll:
    @pytest.fixture(autouse=True)
    def _two_lessons(self, monkeypatch, request):
        request.getfixturevalue("quick")
        corner = catalogue.entry("corner")
        second = type(corner)(**(vars(corner) | {"slug": "second", "order": 80}))
        monkeypatch.setattr(catalogue, "entries", lambda: [corner, second])

    @pytest.mark.parametrize(
        ("command", "suffix"), [("figure", "svg"), ("render", "mp4"), ("page", "html")]
    )
    def test_makes_every_lesson(self, regviz, monkeypatch, command, suffix):
        known, corner = catalogue.parameters_class("corner"), catalogue.load("corner")
        monkeypatch.setattr(catalogue, "parameters_class", lambda _: known)
        monkeypatch.setattr(catalogue, "load", lambda _: corner)
        made = regviz(command, "--all", "-o", "out")
        assert made.exit_code == 0, made.stderr
        assert {f"out/corner.{suffix}", f"out/second.{suffix}"} <= set(regviz.files())

    @pytest.mark.parametrize("error", [BadInput("no such thing."), KeyError("ball")])
    @pytest.mark.parametrize("command", ["figure", "render", "page"])
    def test_goes_on_past_a_failing_lesson_and_names_it(
        self, regviz, monkeypatch, command, error
    ):
        def exhibit(slug, values, good=catalogue.exhibit):
            if slug == "corner":
                raise error
            return good("corner", values)

        monkeypatch.setattr(catalogue, "exhibit", exhibit)
        result = regviz(command, "--all", "-o", "out")
        assert result.exit_code == 1
        assert result.stdout.startswith("out/second.")
        assert ("Traceback" in result.stderr) is isinstance(error, KeyError)
        last = result.stderr.splitlines()[-1]
        theme = "auto" if command == "page" else "light"
        assert last.startswith(f"regviz: corner (en, {theme}) was not made: ")
        assert not any("corner" in name for name in regviz.files())

    def test_one_file_for_many_lessons(self, regviz):
        assert regviz.refuses("figure", "--all", "-o", "x.svg") == (
            "x.svg is one file for several lessons; give a folder with -o."
        )

    def test_all_and_a_lesson(self, regviz):
        assert "--all makes every lesson" in regviz.refuses("figure", "--all", "corner")


@pytest.mark.usefixtures("quick")
class TestUnluckyEnds:
    def test_interrupted(self, regviz, monkeypatch):
        def make(job: Job, report, good=console.make):
            if job.lang == "ko":
                raise KeyboardInterrupt
            return good(job, report)

        monkeypatch.setattr(console, "make", make)
        result = regviz("figure", "corner", "--lang", "en", "--lang", "ko")
        assert result.exit_code == 130
        assert result.stderr == (
            "regviz: interrupted; nothing was written for corner (ko, light).\n"
        )
        assert regviz.files() == ["corner.svg"]

    def test_interrupted_before_any_work(self, regviz, monkeypatch):
        monkeypatch.setattr(catalogue, "entries", _interrupt)
        result = regviz("list")
        assert result.exit_code == 130
        assert result.stderr.strip() == "regviz: interrupted."

    def test_reader_went_away(self, regviz, monkeypatch):
        monkeypatch.setattr("click.echo", _broken_pipe)
        assert regviz("figure", "corner").exit_code == 1

    def test_a_fault_of_ours_shows_where_it_is(self, regviz, monkeypatch):
        monkeypatch.setitem(sys.modules, "regviz.figures.save", None)
        result = regviz("figure", "corner")
        assert result.exit_code == 1
        assert "Traceback" in result.stderr
        assert result.stderr.splitlines()[-1].startswith(
            "regviz: corner (en, light) was not made: ModuleNotFoundError"
        )
        assert regviz.files() == []


def _interrupt():
    raise KeyboardInterrupt


def _broken_pipe(*_, **__):
    import errno

    raise BrokenPipeError(errno.EPIPE, "Broken pipe")


def test_a_named_file_keeps_its_spelling(quick, regviz):
    regviz("figure", "corner", "-o", "Figure.PNG")
    regviz("figure", "corner", "-o", "Both.SVG", "--lang", "en", "--lang", "ko")
    assert regviz.files() == ["Both-ko.SVG", "Both.SVG", "Figure.PNG"]


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ("--rho 0.3", "corner"),  # as by default
        ("--rho -0.6 --center 1,2", "corner-rho--0.6-center-1_2"),
        ("--rho 0.123456789", "corner-rho-0.123456789"),
        ("--aspect 4:3 -t --lang ko", "corner-4x3-transparent-ko"),
        ("--data a.csv --target y --features p,q", "corner-a-target-y-features-p_q"),
        ("--data x/a.csv --target y", "corner-a-target-y-"),
        ("--data a.csv --target y --features p_q,r", "corner-a-target-y-features-p_q_r-"),
        ("--data a.csv --target y --features p,q_r", "corner-a-target-y-features-p_q_r-"),
        ("--data 성적.csv --target 시험/1", "corner-성적-target-시험_1-"),
        ("--data " + "a" * 300 + ".csv --target y", "corner-aaa"),
    ],
)
def test_a_name_tells_the_parameters(quick, regviz, options, name):
    result = regviz("figure", "corner", *options.split())
    assert result.exit_code == 0, result.output
    (made,) = regviz.files()
    assert made.removesuffix(".svg").startswith(name)
    assert len(made.encode()) < 100
    if not name.endswith(("-", "aaa")):
        assert made == f"{name}.svg"


def test_different_values_have_different_names(quick, regviz):
    for data in ("a.csv", "x/a.csv", "y/a.csv", "a" * 200, "a" * 201):
        for features in ("p_q,r", "p,q_r", "p,q", "q,p"):
            regviz("figure", "corner", "--data", data, "--target", "t", "--features", features)
            regviz("page", "corner", "--data", data, "--target", "t", "--features", features)
    assert len(regviz.files()) == 2 * 5 * 4


@pytest.mark.usefixtures("media")
def test_what_was_guessed_is_said_once_and_is_in_json(regviz):
    rows = ";x;1,5;2;3\n;y;2;;1\n;x;2,5;7;8\n;z;3;1;4\n;x;4;4;6\n"
    (regviz.folder / "own.csv").write_text(";kind;a;b;y\n" + rows, encoding="utf-16")
    own = ["figure", "corner", "--data", "own.csv", "--target", "y", "--missing", "drop"]
    result = regviz(*own, "--lang", "en", "--lang", "ko", "--json")
    assert result.exit_code == 0, result.output
    notes = [
        "data file own.csv is read as UTF-16 text, with semicolons between cells and with "
        "decimal commas.",
        "left out of data file own.csv: 'kind' (text); --dummies makes indicators of text.",
        "1 of 5 rows of data file own.csv lacks a value (1 in 'b'; line 3) and is left out.",
    ]
    assert result.stderr == "".join(f"regviz: {note}\n" for note in notes)
    for line in result.stdout.splitlines():
        shown = json.loads(line)
        assert shown["notes"] == notes
        assert shown["data"] == {"rows": 4, "dropped_rows": 1}
