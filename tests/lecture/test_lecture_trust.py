"""A lecture's folder may come from anyone: links, records and manifests that are not ours."""

import json
import os
from dataclasses import replace

import pytest
from click.testing import CliRunner

from regviz import cli
from regviz.lecture import files, manifest, shapes
from regviz.lecture.choices import EXPORT_TARGETS
from regviz.lessons.errors import BadInput
from tests.lecture import decks
from tests.lecture.stand_ins import CORNER


def _tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def outside(tmp_path):
    """A folder of somebody's, with what a careless build would take for its own."""
    folder = tmp_path / "outside"
    for name in ("scratch/mine", "records/mine.json", "lock", "writing", ".regviz-1-0.tmp"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine")
    before = _tree(folder)
    yield folder
    assert _tree(folder) == before


# -- links ----------------------------------------------------------------------------------


class TestLinks:
    @pytest.mark.parametrize("name", [".regviz", ".regviz/lock", ".regviz/writing"])
    @pytest.mark.parametrize("built", [False, True])
    def test_of_ours(self, lecture, outside, name, built):
        if built:
            lecture.build()
        link = lecture.out / name
        link.parent.mkdir(parents=True, exist_ok=True)
        if link.exists():
            link.rename(lecture.folder / "away")
        target = outside / name.partition("/")[2]
        link.symlink_to(target)
        (outside / "writing").touch()
        said = lecture.build("--force", code=2)
        assert (
            said
            == f"regviz: {link} is reached through a link, which is not followed; remove it.\n"
        )

    @pytest.mark.parametrize("name", ["scratch", "records"])
    def test_of_folders_of_ours(self, lecture, outside, name):
        lecture.build()
        link = lecture.out / ".regviz" / name
        if link.exists():
            link.rename(lecture.folder / "away")
        link.symlink_to(outside / name)
        assert "is reached through a link" in lecture.build("--force", code=2)

    def test_of_a_folder_that_an_item_names(self, lecture, outside):
        lecture.write(CORNER + 'name = "sub/corner"\n')
        lecture.out.mkdir()
        (lecture.out / "sub").symlink_to(outside)
        said = lecture.build(code=1)
        assert f"{lecture.out / 'sub'} is reached through a link, which is not followed" in said
        assert lecture.names() == []

    def test_of_a_folder_whose_item_has_gone(self, lecture, outside):
        lecture.write(CORNER + 'name = "sub/corner"\n')
        lecture.build()
        (lecture.out / "sub").rename(outside.parent / "moved")
        (lecture.out / "sub").symlink_to(outside.parent / "moved")
        lecture.write(CORNER)
        lecture.build()
        assert len(list((outside.parent / "moved").iterdir())) == 2, (
            "not removed through a link"
        )

    def test_within_the_folder_are_none_either(self, lecture):
        lecture.write(CORNER + 'name = "sub/corner"\n')
        (lecture.out / "other").mkdir(parents=True)
        (lecture.out / "sub").symlink_to("other")
        assert "is reached through a link" in lecture.build(code=1)

    def test_of_a_file_is_replaced(self, lecture, outside):
        lecture.out.mkdir()
        (lecture.out / "corner.svg").symlink_to(outside / "lock")
        lecture.build()
        assert not (lecture.out / "corner.svg").is_symlink()

    def test_of_the_whole_folder_is_followed_where_one_says_so(self, lecture, tmp_path):
        disk = tmp_path / "disk"
        disk.mkdir()
        lecture.out.symlink_to(disk)
        said = lecture.build(code=2)
        assert said == (
            f"regviz: {lecture.out} is a link; remove it, or build with --allow-outside to "
            "follow it.\n"
        )
        assert list(disk.iterdir()) == []
        lecture.build("--allow-outside")
        assert (disk / "index.html").is_file()

    def test_above_it_are_the_users_own(self, lecture, tmp_path):
        link = tmp_path / "link"
        link.symlink_to(lecture.folder)
        result = CliRunner().invoke(cli.main, ["build", str(link), "-j", "1"])
        assert result.exit_code == 0, result.output

    def test_beside_an_export(self, tmp_path, outside):
        decks.write(tmp_path / "lecture/out", langs=("en",))
        (tmp_path / "lecture/slides-files").symlink_to(outside)
        result = CliRunner().invoke(
            cli.main, ["export", str(tmp_path / "lecture"), "--to", "beamer"]
        )
        assert result.exit_code == 2, result.output
        assert "slides-files is reached through a link" in result.stderr


def test_a_folder_that_the_user_names_may_be_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    files.write({tmp_path / "link/a": b"a"})
    files.write({tmp_path / "link/b": b"b"}, below=tmp_path / "link")
    assert sorted(path.name for path in (tmp_path / "real").iterdir()) == ["a", "b"]


# -- what runs that were killed left --------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="asks whether a process runs")
def test_what_a_killed_run_left_is_swept_and_what_runs_is_not(tmp_path):
    dead = tmp_path / ".regviz-999999999-0.tmp"
    alive = tmp_path / f".regviz-{os.getppid()}-0.tmp"
    mine = tmp_path / ".regviz-notes.tmp"
    for path in (dead, alive, mine):
        path.touch()
    files.write({tmp_path / "a": b"a"})
    assert not dead.exists()
    assert alive.exists()
    assert mine.exists()


def test_a_dry_run_writes_nothing(lecture):
    lecture.build("--dry-run")
    assert not lecture.out.exists()
    lecture.build()
    os.utime(lecture.out / "corner.svg", (1, 1))  # so that it is read again
    before = {path: path.stat().st_mtime_ns for path in lecture.out.rglob("*")}
    assert "keep    corner figure" in lecture.build("--dry-run")
    assert {path: path.stat().st_mtime_ns for path in lecture.out.rglob("*")} == before


# -- records and manifests ------------------------------------------------------------------

_JUNK = [None, 1, "x", [], {}, [[]], {"parts": 1}, {"files": {"svg": "../x"}}, True]


@pytest.mark.parametrize("junk", [*map(json.dumps, _JUNK), "[" * 100_000, "", "{", "9" * 5000])
def test_a_record_of_another_shape_is_none(lecture, junk):
    lecture.build()
    whole = lecture.tree()
    for record in (lecture.out / ".regviz/records").iterdir():
        record.write_text(junk)
    assert "1 made, 0 kept" in lecture.build()
    assert lecture.tree() == whole


@pytest.mark.parametrize("part", ["parts", "files", "digests", "facts", "about", "stamps"])
@pytest.mark.parametrize("junk", _JUNK)
@pytest.mark.usefixtures("all_media")
def test_a_part_of_a_record_that_is_of_another_shape(lecture, part, junk):
    lecture.write(CORNER.replace('medium = "figure"', 'medium = "scene"'))
    lecture.build()
    whole = lecture.tree()
    path = lecture.out / ".regviz/records/corner.scene.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {part: junk}))
    lecture.build()
    assert lecture.tree() == whole


#: a place in the manifest's first entry, and what must not get from there into a deck
_FORGED = [
    (["theme"], "light}\\write18{id}"),
    (["theme"], 'x"><script>alert(1)</script>'),
    (["lang"], 'en" onload="alert(1)'),
    (["lang"], "en}\\input{x}"),
    (["lesson"], "corner'); __import__('os').system('id') #"),
    (["lesson"], "../corner"),
    (["medium"], "system"),
    (["name"], "../corner"),
    (["files"], {"svg": "../../secret.svg"}),
    (["files"], {"svg": "/etc/passwd"}),
    (["files"], {"exe": "corner.exe"}),
    (["given"], {"lam": {"a": 1}}),
    (["given"], {"lam=1) or exit(": 1}),
    (["given"], {"lam": float("nan")}),
    (["given"], {"lam": "1"} | {"rho": [1]}),
    (["width"], '1" onload="alert(1)'),
    (["width"], -1),
    (["fps"], 10**400),
    (["cues"], [{"start": "0", "end": 1, "text": "x"}]),
    (["sections"], [{"name": "x", "start": 0, "end": 1, "file": "../x.mp4"}]),
    (["title"], ["x"]),
    (["item"], "0"),
]


@pytest.mark.parametrize(("place", "forged"), _FORGED)
def test_a_forged_manifest_is_refused(tmp_path, place, forged):
    out = tmp_path / "out"
    decks.write(out, langs=("en",))
    content = json.loads((out / "manifest.json").read_bytes())
    content["entries"][0][place[0]] = forged
    (out / "manifest.json").write_text(json.dumps(content))
    for target in EXPORT_TARGETS:
        result = CliRunner().invoke(cli.main, ["export", str(tmp_path), "--to", target])
        assert result.exit_code == 2, (target, result.output)
        assert result.stderr.count("\n") == 1
        assert "manifest.json" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lecture.toml", "out"]


def test_questions_are_computed_from_the_lectures_own_data_alone(tmp_path):
    (tmp_path / "other.csv").write_text("a,b,y\n1,2,3\n2,1,4\n3,3,1\n")
    made = decks.write_asking(tmp_path / "out", langs=("en",))
    given = {"data": str(tmp_path / "other.csv"), "target": "y"}
    entries = [replace(entry, lesson="corner", given=given) for entry in made.entries]
    path = tmp_path / "out/manifest.json"
    path.write_bytes(replace(made, entries=tuple(entries)).written())
    result = CliRunner().invoke(cli.main, ["export", str(tmp_path), "--to", "html"])
    assert result.exit_code == 2
    assert "other.csv, which is not among the lecture's data" in result.stderr


@pytest.mark.parametrize("langs", [[], ["de"], ['en"x'], [1], "en"])
def test_forged_languages(tmp_path, langs):
    decks.write(tmp_path / "out", langs=("en",))
    path = tmp_path / "out/manifest.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"langs": langs}))
    with pytest.raises(BadInput, match="not as a build left it"):
        manifest.load(tmp_path / "out")


# -- texts ----------------------------------------------------------------------------------


def _write(target, out):
    """Write a lecture that the target can be made of."""
    write = decks.write_asking if target == "quiz" else decks.write
    return write(out, langs=("en",))


_CONTROL = "a\x00\x01\x08\x0b\x1b[31m\x7f\x85\ufffe\ud800b"


@pytest.mark.parametrize("target", EXPORT_TARGETS)
def test_control_signs_are_harmless(tmp_path, target):
    _write(target, tmp_path / "out")
    path = tmp_path / "out/manifest.json"
    content = json.loads(path.read_bytes())
    content |= {"title": {"en": _CONTROL}, "author": {"en": _CONTROL}}
    for item in content["items"]:
        item |= {name: {"en": _CONTROL} for name in ("title", "intro", "note")}
    for entry in content["entries"]:
        entry |= dict.fromkeys(("title", "summary", "alt"), _CONTROL)
        entry["cues"] = [{**cue, "text": _CONTROL} for cue in entry["cues"]]
    path.write_text(json.dumps(content))
    result = CliRunner().invoke(cli.main, ["export", str(tmp_path), "--to", target])
    assert result.exit_code == 0, result.output
    made = (tmp_path / EXPORT_TARGETS[target]).read_bytes()
    if target != "pptx":
        text = made.decode()
        kept = set(text) & set(_CONTROL) - set("ab[31m ")
        # A script of reveal.js may name them itself.
        assert not kept or target == "revealjs"
        return
    from pptx import Presentation

    titles = [
        slide.shapes.title.text for slide in Presentation(tmp_path / "slides.pptx").slides
    ]
    assert titles[0].split() == ["a", "[31m", "b"]


@pytest.mark.parametrize("target", EXPORT_TARGETS)
def test_a_title_without_end(tmp_path, target):
    made = _write(target, tmp_path / "out")
    long = replace(made, title={"en": "x" * 5000}, author={"en": "y" * 5000})
    (tmp_path / "out/manifest.json").write_bytes(long.written())
    result = CliRunner().invoke(cli.main, ["export", str(tmp_path), "--to", target])
    assert result.exit_code == 0, result.output


def test_control_signs_of_a_lecture_file(lecture):
    lecture.write(CORNER.replace("A lecture", "A\\u0000\\u000blecture\\u001b"))
    lecture.build()
    assert manifest.load(lecture.out).title["en"] == "A  lecture "
    assert "\x1b" not in (lecture.out / "index.html").read_text()


# -- shapes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"NaN", b"[1e999]", b"-Infinity", b"[" * 10**5, b"\xff", b""]
)
def test_what_is_no_json_of_ours(content):
    with pytest.raises(ValueError, match=r"."):
        shapes.parse(content)


@pytest.mark.parametrize(
    ("kind", "content", "read"),
    [
        (float, 1, 1.0),
        (float | None, None, None),
        (tuple[float, ...], [1, 2.5], (1.0, 2.5)),
        (
            manifest.Cue,
            {"start": 0, "end": 1, "text": "\x00x"},
            manifest.Cue(start=0, end=1, text=" x"),
        ),
    ],
)
def test_shapes(kind, content, read):
    assert shapes.read(kind, content) == read


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (float, True),
        (float, "1"),
        (float, None),
        (float, 10**400),
        (int, 1.0),
        (int, True),
        (str, 1),
        (tuple[str, ...], "ab"),
        (manifest.Cue, {"start": 0, "end": 1}),
        (manifest.Cue, {"start": 0, "end": 1, "text": "", "__class__": "x"}),
        (manifest.Cue, [0, 1, "x"]),
    ],
)
def test_other_shapes(kind, content):
    with pytest.raises(ValueError, match=r"."):
        shapes.read(kind, content)
