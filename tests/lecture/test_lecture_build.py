"""A build makes what changed and nothing else, and ends as if it had never been disturbed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from regviz.lecture import files, manifest
from regviz.lecture.records import Records
from tests.lecture.stand_ins import CORNER

_ROOT = Path(__file__).parents[2]
TWO = CORNER + '\n[[item]]\nlesson = "corner"\nmedium = "figure"\nname = "second"\n'


def test_a_second_build_makes_nothing(lecture, monkeypatch):
    assert "1 made, 0 kept" in lecture.build()
    before = lecture.tree()
    assert sorted(before) == ["corner.png", "corner.svg", "index.html", "manifest.json"]
    monkeypatch.setattr("regviz.lecture.maker.make", None)
    assert lecture.build() == f"All 1 are up to date; see {lecture.out}/index.html\n"
    assert lecture.tree() == before


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('medium = "figure"', 'parameters = { lam = 2 }\nmedium = "figure"', "parameters"),
        ('["svg", "png"]', '["svg"]', "settings"),
        ('medium = "figure"', 'medium = "figure"\ndpi = 99', "settings"),
    ],
)
def test_only_what_changed_is_made(lecture, old, new, why):
    lecture.write(TWO)
    lecture.build()
    lecture.write(TWO.replace(old, new, 1))
    assert f"make    corner figure: changed {why}" in lecture.build("--dry-run")
    said = lecture.build()
    assert "corner figure  KKT residual 2.2e-16" in said
    if "dpi" in new or "lam" in new:
        assert "1 made, 1 kept" in said


def test_a_note_changes_no_file_but_the_manifest(lecture):
    lecture.build()
    lecture.write(CORNER + 'note = "mind the <gap>"\n')
    assert "0 made, 1 kept" in lecture.build()
    assert manifest.load(lecture.out).items[0].note == {"en": "mind the <gap>"}
    assert "mind the" not in (lecture.out / "index.html").read_text()
    lecture.build("--notes")
    assert "mind the &lt;gap&gt;" in (lecture.out / "index.html").read_text()


def test_data(lecture):
    (lecture.folder / "mine.csv").write_text("a,b,c\n1,2,3\n2,1,5\n4,4,1\n3,0,2\n")
    item = 'parameters = { data = "mine.csv", target = "c", features = ["a", "b"] }\n'
    lecture.write(TWO.replace('medium = "figure"\n', item + 'medium = "figure"\n', 1))
    lecture.build()
    (lecture.folder / "mine.csv").write_text("a,b,c\n1,2,4\n2,1,5\n4,4,1\n3,0,2\n")
    said = lecture.build("--dry-run")
    assert said == "make    corner figure: changed data\nkeep    second figure\n"


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("code", "regviz.lecture.keys.code_digest"),
        ("text", "regviz.lecture.keys.text_digest"),
        ("versions", "regviz.lecture.keys.versions"),
    ],
)
def test_what_is_ours_counts_too(lecture, monkeypatch, part, change):
    lecture.build()
    monkeypatch.setattr(change, lambda *_: "other")
    assert lecture.build("--dry-run") == f"make    corner figure: changed {part}\n"


def test_a_file_that_was_changed_or_lost_is_made_again(lecture):
    lecture.build()
    before = lecture.tree()
    (lecture.out / "corner.svg").write_text("mine")
    assert lecture.build("--dry-run") == "make    corner figure: files changed or lost\n"
    lecture.build()
    assert lecture.tree() == before
    (lecture.out / "corner.png").unlink()
    lecture.build()
    (lecture.out / "index.html").unlink()
    lecture.build()
    assert lecture.tree() == before


def test_a_file_that_was_only_touched_is_kept(lecture):
    lecture.build()
    os.utime(lecture.out / "corner.svg", (1, 1))
    assert "All 1 are up to date" in lecture.build()


def test_a_record_that_cannot_be_read(lecture):
    lecture.build()
    before = lecture.tree()
    for record in (lecture.out / ".regviz/records").iterdir():
        record.write_text("{")
    assert "1 made" in lecture.build()
    assert lecture.tree() == before


def test_force_and_dry_run(lecture):
    assert lecture.build("--dry-run") == "make    corner figure: new\n"
    assert not lecture.out.exists()
    lecture.build()
    assert "1 made, 0 kept" in lecture.build("--force")


def test_only(lecture):
    lecture.write(TWO)
    said = lecture.build("--only", "sec*")
    assert "[1/1] second figure" in said
    assert [each.name for each in manifest.load(lecture.out).missing] == ["corner"]
    assert "it has not been built yet" in (lecture.out / "index.html").read_text()
    assert "1 made, 1 kept" in lecture.build()
    assert "remove" not in lecture.build("--only", "sec*", "--lang", "ko", "--dry-run")
    said = lecture.build("--only", "third", code=2)
    assert said == "regviz: --only third names nothing here; there is corner, second.\n"


class TestRemoval:
    def test_what_we_made_goes_with_its_item(self, lecture):
        lecture.write(TWO.replace("second", "week 2/second"))
        lecture.build()
        (lecture.out / "mine.txt").write_text("mine")
        assert "week 2/second.svg" in lecture.tree()
        lecture.write(CORNER)
        assert "remove  week 2/second.svg" in lecture.build("--dry-run")
        said = lecture.build()
        assert "removed week 2/second.svg" in said
        assert lecture.names() == ["corner.png", "corner.svg", "mine.txt"]
        assert not (lecture.out / "week 2").exists()

    def test_what_the_user_changed_stays(self, lecture):
        lecture.write(TWO)
        lecture.build()
        (lecture.out / "second.svg").write_text("mine")
        lecture.write(CORNER)
        assert "second.svg is kept: it is no longer as it was made here" in lecture.build()
        assert (lecture.out / "second.svg").read_text() == "mine"
        assert not (lecture.out / "second.png").exists()

    def test_a_format_that_is_no_longer_wanted(self, lecture):
        lecture.build()
        lecture.write(CORNER.replace('["svg", "png"]', '"svg"'))
        lecture.build()
        assert lecture.names() == ["corner.svg"]

    def test_a_language_that_is_no_longer_spoken(self, lecture):
        lecture.build("--lang", "en", "--lang", "ko")
        assert "index-ko.html" in lecture.tree()
        lecture.build()
        assert lecture.names() == ["corner.png", "corner.svg"]

    def test_what_was_built_in_another_language_stays(self, lecture):
        lecture.build()
        assert "remove" not in lecture.build("--lang", "ko", "--dry-run")
        assert "remove" not in lecture.build("--lang", "ko")
        assert lecture.names() == ["corner-ko.png", "corner-ko.svg", "corner.png", "corner.svg"]
        assert 'lang="ko"' in lecture.tree()["index.html"].decode()
        assert "removed corner-ko.svg" in lecture.build()

    @pytest.mark.usefixtures("all_media")
    def test_a_medium_that_is_no_longer_wanted(self, lecture):
        lecture.write(CORNER.replace('"figure"', '["figure", "scene"]'))
        lecture.build()
        lecture.write(CORNER)
        lecture.build()
        assert lecture.names() == ["corner.png", "corner.svg"]

    def test_a_forged_record_removes_nothing_outside(self, lecture):
        lecture.build()
        target = lecture.folder / "precious.svg"
        target.write_bytes((lecture.out / "corner.svg").read_bytes())
        path = lecture.out / ".regviz/records/gone.figure.json"
        forged = json.loads((path.parent / "corner.figure.json").read_text())
        digest = forged["digests"]["corner.svg"]
        forged |= {"files": {"svg": "corner.svg"}, "digests": {"../precious.svg": digest}}
        path.write_text(json.dumps(forged))
        lecture.build()
        assert target.exists()
        assert "corner.svg" in lecture.tree()


class TestFailure:
    @pytest.mark.parametrize(
        ("lam", "why"), [(13, "13 will not do."), (14, "KeyError: 'ours'")]
    )
    def test_a_task_fails_alone_and_is_tried_again(self, lecture, lam, why):
        lecture.write(TWO + f"parameters = {{ lam = {lam} }}\n")
        for _ in range(2):
            said = lecture.build(code=1)
            assert f"regviz: second figure was not made: {why}" in said
            assert ("Traceback" in said) is (lam == 14)
            assert lecture.names() == ["corner.png", "corner.svg"]
            (missing,) = manifest.load(lecture.out).missing
            assert (missing.name, missing.why) == ("second", why)
        lecture.write(TWO)
        assert "1 made, 1 kept" in lecture.build()

    def test_a_full_disk(self, lecture, monkeypatch):
        lecture.build()
        before = lecture.tree()

        def fail(path, content):
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(files, "_save", fail)
            lecture.build("--force", code=2)
        assert lecture.tree() == before
        assert "All 1" in lecture.build()

    def test_two_items_of_one_name(self, lecture):
        lecture.write(TWO.replace("second", "Corner"))
        said = lecture.build(code=2)
        assert said.startswith(
            "regviz: items 1 and 2 of the lecture both make Corner.svg; give "
        )
        assert not lecture.out.exists()

    def test_an_output_folder_that_is_a_file(self, lecture):
        lecture.out.write_text("mine")
        assert "cannot be built in" in lecture.build(code=2)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_killed_at_every_step_of_its_writing(lecture):
    """Every file gets its name by `os.replace`: a build dies at each one in turn."""
    lecture.write(TWO)
    lecture.build()
    undisturbed = lecture.tree()
    step = count = 0
    while step == count:
        step += 1
        shutil.rmtree(lecture.out)
        count = _dies_at(lecture, step)
        assert all(undisturbed[name] == data for name, data in _named(lecture).items())
        lecture.build()
        assert lecture.tree() == undisturbed, f"killed at step {step}"
        assert not (lecture.out / ".regviz/writing").exists()
    assert step > 9


def _dies_at(lecture, step):
    """Build in a process that dies before its step-th rename; return how far it came."""
    reader, writer = os.pipe()
    if os.fork():
        os.close(writer)
        os.wait()
        with os.fdopen(reader, "rb") as told:
            return len(told.read())
    replace = os.replace

    def count(source, target):
        os.write(writer, b".")
        nonlocal step
        step -= 1
        if step == 0:
            os._exit(9)
        replace(source, target)

    os.replace = count
    try:
        lecture.build()
    finally:
        os._exit(0)


def _named(lecture):
    return (
        {name: data for name, data in lecture.tree().items() if not name.endswith(".tmp")}
        if lecture.out.exists()
        else {}
    )


_SCRIPT = """
import signal, sys
# Where these tests are a shell's background job, an interrupt would else be ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path[:0] = [{root!r}, {tests!r}]
from tests.lecture import stand_ins
from regviz import cli
from regviz.lecture import maker
maker.make = stand_ins.make_slowly
if __name__ == "__main__":
    cli.main(["build", {folder!r}, "-j", "1", "--no-progress"])
"""


@pytest.fixture
def slowly(lecture, tmp_path):
    """Start builds that take their time, in processes of their own."""
    items = [f'\n[[item]]\nlesson = "corner"\nname = "n{at}"\n' for at in range(3)]
    lecture.write(CORNER + 'language = ["en", "ko"]\n' + "".join(items))
    script = tmp_path / "slowly.py"
    script.write_text(
        _SCRIPT.format(
            root=str(_ROOT), tests=str(Path(__file__).parent), folder=str(lecture.folder)
        )
    )
    started = []

    def start():
        build = subprocess.Popen(
            [sys.executable, str(script)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(build)
        return build

    yield start
    for build in started:
        build.kill()
        build.communicate()


@pytest.fixture
def undisturbed(lecture, slowly):
    """What a build that nothing disturbs comes to."""
    assert slowly().wait() == 0
    whole = lecture.tree()
    for path in lecture.out.rglob("*"):
        if path.is_file():
            path.unlink()
    return whole


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
class TestDisturbed:
    def test_killed_at_any_moment(self, lecture, slowly, undisturbed):
        for moment in (0, 0.1, 0.25):
            build = slowly()
            build.stderr.readline()  # the first task has begun
            time.sleep(moment)
            build.kill()
            build.wait()
            whole = {
                name: data for name, data in lecture.tree().items() if "regviz" not in name
            }
            assert all(
                undisturbed[name] == whole[name] for name in set(whole) & set(undisturbed)
            )
        assert slowly().wait() == 0
        assert lecture.tree() == undisturbed
        private = {path.name for path in (lecture.out / ".regviz").iterdir()}
        assert private == {"lock", "records"}

    def test_two_at_once(self, lecture, slowly, undisturbed):
        first = slowly()
        first.stderr.readline()
        second = slowly()
        said, _ = second.communicate(timeout=60)[::-1], first.wait()
        assert first.returncode == second.returncode == 0
        assert f"another build is at work here (process {first.pid}); waiting" in said[0]
        assert "are up to date" in said[1]
        assert lecture.tree() == undisturbed

    def test_interrupted(self, lecture, slowly, undisturbed):
        build = slowly()
        build.stderr.readline()
        build.stderr.readline()
        build.send_signal(signal.SIGINT)
        _, said = build.communicate(timeout=30)
        assert build.returncode == 130
        assert "interrupted; what was finished is kept" in said
        assert "n0.figure" in "".join(Records(lecture.out).names()) or lecture.names()
        assert slowly().wait() == 0
        assert lecture.tree() == undisturbed


@pytest.mark.usefixtures("all_media")
def test_the_manifest_tells_all(lecture):
    lecture.write(
        CORNER.replace(
            "[formats]", 'author = "Me"\nlanguage = ["en", "ko"]\n[formats]'
        ).replace('medium = "figure"', "parameters = { rho = 0.3, center = [-1, 2] }")
    )
    lecture.build()
    read = manifest.load(lecture.out)
    assert (read.title["ko"], read.author["en"], read.langs) == (
        "A lecture",
        "Me",
        ("en", "ko"),
    )
    assert [(each.kind, each.title["ko"]) for each in read.items] == [("lesson", "꼭짓점")]
    assert [(each.medium, each.lang) for each in read.entries] == [
        ("figure", "en"),
        ("figure", "ko"),
        ("scene", "en"),
        ("scene", "ko"),
    ]
    video = read.entries[3]
    assert video.files["vtt"] == "corner-ko.vtt"
    assert video.files["poster.png"] == "corner-ko.poster.png"
    assert video.sections == (
        manifest.Section(name="one", start=0, end=2, file="corner-ko.section-01.mp4"),
    )
    assert video.cues == (manifest.Cue(start=0.0, end=2.0, text="a < b"),)
    assert video.given == {"rho": 0.3, "center": [-1.0, 2.0]}
    assert video.alt == 'It is < 1 & "so"'
    assert video.command == (
        "regviz render corner --rho 0.3 --center -1.0,2.0 --lang ko -r 854,480 --fps 15 "
        "-o out/corner-ko.mp4"
    )
    every = {path for each in read.entries for path in each.files.values()}
    every |= {section.file for each in read.entries for section in each.sections}
    assert every | {"index.html", "index-ko.html", "manifest.json"} == set(lecture.tree())
    assert str(lecture.folder) not in (lecture.out / "manifest.json").read_text()
