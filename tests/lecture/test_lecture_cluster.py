"""The same jobs on a Dask cluster: a real scheduler and two workers, one of which is killed."""

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from regviz.lecture import cluster
from regviz.lecture.run import Outcome
from regviz.lessons.errors import BadInput
from tests.environment import bystanders
from tests.lecture.stand_ins import Lecture

pytest.importorskip("distributed", reason="the cluster extra is not installed")

_ROOT = Path(__file__).parents[2]
_LECTURE = """\
title = "A lecture"
[formats]
figure = "svg"
"""
_ITEM = """\
[[item]]
lesson = "corner"
medium = "figure"
name = "n{at}"
parameters = {{ {given} }}
"""


@contextmanager
def _process(*arguments, cwd=None):
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.stderr.close()
        process.wait()


def _address(scheduler):
    for line in scheduler.stderr:
        if found := re.search(r"tcp://127\.0\.0\.1:\d+", line):
            return found[0]
    raise AssertionError("the scheduler did not start")


@contextmanager
def _worker(address, cwd=None):
    # Without a nanny, which would start it again when it is killed.
    options = ("--no-nanny", "--nthreads", "2", "--no-dashboard", "--host", "127.0.0.1")
    with _process("distributed.cli.dask_worker", address, *options, cwd=cwd) as worker:
        yield worker


@pytest.fixture
def scheduler():
    options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    with _process("distributed.cli.dask_scheduler", *options) as process:
        yield _address(process)


def _lecture(folder, monkeypatch, n_items=4):
    folder.mkdir()
    made = Lecture(folder)
    given = [f"lam = {1 + at / 10}" for at in range(n_items - 1)]
    given.append('data = "mine.csv", target = "c", features = ["a", "b"]')
    items = (_ITEM.format(at=at, given=each) for at, each in enumerate(given))
    made.write(_LECTURE + "".join(items))
    rows = ["a,b,c", "1,2,3", "2,1,5", "3,5,4", "5,3,9", "4,4,6"]
    (folder / "mine.csv").write_text("\n".join(rows))
    return made


@pytest.mark.filterwarnings("ignore")  # of the cluster's own making, as it is torn down
def test_the_same_bytes_with_a_worker_killed_on_the_way(tmp_path, monkeypatch, scheduler):
    here, there = (_lecture(tmp_path / name, monkeypatch) for name in ("here", "there"))
    here.build()
    bystanders.write(tmp_path)  # beside which all of them run, and which none may import
    with _worker(scheduler, tmp_path), _worker(scheduler, tmp_path) as doomed:
        build = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "regviz.cli",
                "build",
                str(there.folder),
                *("--scheduler", scheduler),
            ],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(_ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        first = build.stdout.readline()
        doomed.kill()
        said, wrong = build.communicate(timeout=120)
    assert build.returncode == 0, wrong
    assert first.startswith("[1/4]")
    assert "4 made, 0 kept" in said
    assert there.tree() == here.tree()


def test_no_scheduler(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_PATIENCE", 0.5)
    started = time.monotonic()
    lecture = _lecture(tmp_path / "lecture", monkeypatch, n_items=1)
    said = lecture.build("--scheduler", "tcp://127.0.0.1:1", code=2)
    assert said.startswith("regviz: no scheduler answers at tcp://127.0.0.1:1")
    assert time.monotonic() - started < 30


def test_without_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    lecture = _lecture(tmp_path / "lecture", monkeypatch, n_items=1)
    said = lecture.build("--scheduler", "tcp://127.0.0.1:1", code=2)
    assert "run: python -m pip install 'regviz[cluster]'" in said


def test_a_worker_with_other_code_is_refused(monkeypatch):
    job = object()
    monkeypatch.setattr(
        cluster, "_stamp", lambda _: {"code": "a", "text": "t", "versions": "b"}
    )
    with pytest.raises(BadInput, match="has other versions than this machine"):
        cluster._work(None, job, {"code": "a", "text": "t", "versions": "c"})
    outcome = cluster._outcome(job, _Failed())
    assert isinstance(outcome, Outcome)
    assert isinstance(outcome.error, BadInput)


class _Failed:
    def result(self):
        raise BadInput("no.")
