"""Jobs run side by side in processes, and each fails alone."""

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from regviz.lecture.job import FigureJob
from regviz.lecture.made import Made
from regviz.lecture.progress import Progress
from regviz.lecture.run import run
from regviz.lessons.errors import BadInput

_ROOT = Path(__file__).parents[2]


def _job(lesson):
    return FigureJob(
        lesson=lesson,
        values={},
        lang="en",
        theme="light",
        stem=lesson,
        formats=("svg",),
        transparent=False,
        aspect="16:9",
        dpi=100,
    )


def _make(job, report):
    """Do what the lesson's name says."""
    if job.lesson == "refused":
        raise BadInput("it will not do.")
    if job.lesson == "fault":
        raise KeyError("ours")
    if job.lesson == "crash":
        os._exit(3)
    if job.lesson == "slow":
        with open(os.path.join(tempfile.gettempdir(), "left-behind"), "w") as file:
            file.write("half")
            report(1, 2)
            time.sleep(60)
    for done in (1, 2):
        report(done, 2)
    return Made({"svg": f"{job.lesson} {os.getpid()}".encode()}, {})


def _ignore(*_):
    pass


def _run(names, n_workers, report=_ignore):
    with closing(run([_job(name) for name in names], _make, n_workers, report)) as outcomes:
        return {outcome.job.lesson: outcome for outcome in outcomes}


@pytest.mark.parametrize("n_workers", [1, 2])
def test_each_fails_alone(n_workers):
    reports = []
    outcomes = _run(
        ["refused", "first", "fault", "second"], n_workers, lambda *given: reports.append(given)
    )
    assert isinstance(outcomes["refused"].error, BadInput)
    assert str(outcomes["refused"].error) == "it will not do."
    assert isinstance(outcomes["fault"].error, KeyError)
    for name in ("first", "second"):
        content = outcomes[name].made.files["svg"].decode()
        assert content.startswith(name)
        assert (str(os.getpid()) in content) is (n_workers == 1)
    assert {(1, 1, 2), (1, 2, 2), (3, 2, 2)} <= set(reports)


def test_a_crash_is_one_failed_job():
    outcomes = _run(["first", "crash", "second", "third"], 2)
    assert str(outcomes["crash"].error).startswith("its process died")
    assert all(outcomes[name].made for name in ("first", "second", "third"))


def test_closing_ends_the_workers_and_removes_what_they_left(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    jobs = [_job(name) for name in ("slow", "first")]
    started = time.monotonic()
    outcomes = run(jobs, _make, 2, _ignore)
    assert next(outcomes).job.lesson == "first"
    outcomes.close()
    assert time.monotonic() - started < 20
    assert not multiprocessing.active_children()
    assert not list(tmp_path.iterdir())


_CLI = """
import signal, sys
# Where these tests are a shell's background job, an interrupt would else be ignored, and under
# nohup a closing terminal.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from functools import partial
from regviz import cli
from regviz.lecture import console, make, process
sys.path.insert(0, {folder!r})
import test_lecture_run
console.make = test_lecture_run.slow_in_korean
from regviz.lessons import catalogue
catalogue._media = lambda *_: ("figure", "scene")
if __name__ == "__main__":
    words = ["figure", "corner", "--lang", "en", "--lang", "ko", "--progress", "-o", {out!r}]
    process.own(partial(cli.main, [*words, "-j", sys.argv[1]]))
"""


def slow_in_korean(job, report):
    """Stand in for a job that takes its time."""
    report(1, 2)
    if job.lang == "ko":
        print("begun", file=sys.stderr, flush=True)
        time.sleep(60)
    return Made({"svg": b"made"}, {"certificate": {}})


def _ends(pid):
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists() or "(zombie)" in _status(pid):
            return True
        time.sleep(0.1)
    return False


def _status(pid):
    try:
        return Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return "(zombie)"


def _children(pid):
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in found.split()]


@pytest.fixture
def slow_command(tmp_path):
    """Start a command whose Korean half never ends; return it once that is under way."""
    script = tmp_path / "command.py"
    script.write_text(_CLI.format(folder=str(Path(__file__).parent), out=str(tmp_path / "out")))
    running = []

    def start(n_workers):
        command = subprocess.Popen(
            [sys.executable, str(script), str(n_workers)],
            env=os.environ | {"PYTHONPATH": str(_ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        running.append(command)
        for line in command.stderr:
            if "begun" in line:  # other processes may write within the line
                break
        command.stdout.readline()  # the English half is written
        return command

    yield start
    for command in running:
        command.kill()
        command.communicate()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
class TestSignals:
    @pytest.mark.parametrize(
        ("number", "n_workers"),
        [(signal.SIGINT, 1), (signal.SIGINT, 2), (signal.SIGHUP, 2)],
    )
    def test_a_terminal_ends_all_of_them(self, slow_command, tmp_path, number, n_workers):
        command = slow_command(n_workers)
        children = _children(command.pid)
        os.killpg(command.pid, number)
        _, said = command.communicate(timeout=30)
        assert command.returncode == 128 + number
        assert said.splitlines()[-1] == (
            "regviz: interrupted; nothing was written for corner (ko, light)."
        )
        assert "Traceback" not in said
        assert [path.name for path in (tmp_path / "out").iterdir()] == ["corner.svg"]
        assert all(_ends(child) for child in children)

    def test_workers_do_not_outlive_a_killed_parent(self, slow_command):
        command = slow_command(2)
        children = _children(command.pid)
        assert children
        command.kill()
        assert all(_ends(child) for child in children)


class _Terminal:
    def __init__(self, live):
        self.live = live
        self.text = ""

    def isatty(self):
        return self.live

    def write(self, text):
        self.text += text

    def flush(self):
        pass


class TestProgress:
    def test_on_a_terminal_it_is_one_line(self):
        terminal = _Terminal(live=True)
        progress = Progress([_job("first"), _job("second")], terminal, shown=True)
        progress.report(0, 1, 2)
        progress.clear()
        assert terminal.text == (
            "\r[######------------------]  25%  first (en, light)  1/2\x1b[K\r\x1b[K"
        )

    def test_in_a_log_each_tenth_is_a_line(self):
        log = _Terminal(live=False)
        progress = Progress([_job("first")], log, shown=True)
        for done in range(1, 101):
            progress.report(0, done, 100)
        assert len(log.text.splitlines()) == 10

    def test_hidden(self):
        terminal = _Terminal(live=True)
        progress = Progress([_job("first")], terminal, shown=False)
        progress.report(0, 1, 2)
        progress.clear()
        assert terminal.text == ""
