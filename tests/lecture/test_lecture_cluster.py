"""The same jobs on a Dask cluster: a real scheduler and two workers, one of which is killed."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Thread

import pytest

from regviz.lecture import cluster
from regviz.lecture.job import SceneJob
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
        if found := re.search(r"t(cp|ls)://127\.0\.0\.1:\d+", line):
            return found[0]
    raise AssertionError("the scheduler did not start")


@contextmanager
def _worker(address, *more, cwd=None):
    # Without a nanny, which would start it again when it is killed.
    options = ("--no-nanny", "--nthreads", "2", "--no-dashboard", "--host", "127.0.0.1", *more)
    with _process("distributed.cli.dask_worker", address, *options, cwd=cwd) as worker:
        yield worker


@contextmanager
def _scheduler(*more, host="127.0.0.1"):
    options = ("--host", host, "--port", "0", "--no-dashboard", *more)
    with _process("distributed.cli.dask_scheduler", *options) as process:
        process.address = _address(process)
        yield process


@pytest.fixture
def scheduler():
    with _scheduler() as process:
        yield process.address


def _build(lecture, *arguments, cwd=None):
    return subprocess.Popen(
        [sys.executable, "-m", "regviz.cli", "build", str(lecture.folder), *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


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
    with _worker(scheduler, cwd=tmp_path), _worker(scheduler, cwd=tmp_path) as doomed:
        build = _build(there, "--scheduler", scheduler, cwd=tmp_path)
        first = build.stdout.readline()
        doomed.kill()
        said, wrong = build.communicate(timeout=120)
    assert build.returncode == 0, wrong
    assert first.startswith("[1/4]")
    assert "4 made, 0 kept" in said
    assert there.tree() == here.tree()


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_goes_leaves_what_was_made(tmp_path, monkeypatch):
    lecture = _lecture(tmp_path / "lecture", monkeypatch, n_items=6)
    with _scheduler() as scheduler, _worker(scheduler.address):
        build = _build(lecture, "--scheduler", scheduler.address)
        first = build.stdout.readline()
        scheduler.kill()
        said, wrong = build.communicate(timeout=60)
    assert first.startswith("[1/6]")
    assert build.returncode == 2
    assert wrong == (
        f"regviz: the scheduler at {scheduler.address} has gone; what was finished is kept, "
        "the next build makes the rest.\n"
    )
    made = 1 + said.count("[")
    assert len(lecture.names()) == made < 6
    assert f"{6 - made} made, {made} kept" in lecture.build()


@pytest.mark.filterwarnings("ignore")
def test_no_worker(tmp_path, monkeypatch, scheduler):
    monkeypatch.setattr(cluster, "_WORKERS", 1.0)
    lecture = _lecture(tmp_path / "lecture", monkeypatch, n_items=1)
    assert lecture.build("--scheduler", scheduler, code=2) == (
        f"regviz: the scheduler at {scheduler} has had no worker for 1 s; start one: "
        f"dask worker {scheduler}.\n"
    )


@pytest.mark.filterwarnings("ignore")
def test_the_last_worker_goes(tmp_path, monkeypatch, scheduler):
    with _worker(scheduler) as worker:
        jobs = [object()] * 3
        where = cluster.Scheduler(address=scheduler)
        monkeypatch.setattr(cluster, "_stamp", lambda _: {})
        monkeypatch.setattr(cluster, "_work", _never)
        running = cluster.run(jobs, None, where, lambda *_: worker.kill())
        next(running)
        monkeypatch.setattr(cluster, "_WORKERS", 1.0)
        with pytest.raises(BadInput, match=r"has had no worker for 1 s.* is kept"):
            list(running)


def _never(_make, _job, _stamp):
    # The first to be called ends, and takes its worker along before the others do.
    if _never.__dict__.setdefault("called", False):
        time.sleep(60)
    _never.called = True
    time.sleep(1)


# -- addresses and certificates -------------------------------------------------------------


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1:1"])
def test_no_scheduler(tmp_path, monkeypatch, address):
    monkeypatch.setattr(cluster, "_ANSWER", 0.5)
    lecture = _lecture(tmp_path / "lecture", monkeypatch, n_items=1)
    said = lecture.build("--scheduler", address, code=2)
    assert said.startswith("regviz: no scheduler answers at tcp://127.0.0.1:1: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("says", [b"", b"HTTP/1.0 400 Bad Request\r\n\r\n" * 9])
def test_something_else_answers(tmp_path, monkeypatch, says):
    monkeypatch.setattr(cluster, "_ANSWER", 0.5)
    lecture = _lecture(tmp_path / "lecture", monkeypatch, n_items=1)
    with socket.create_server(("127.0.0.1", 0)) as other:

        def answer():
            with suppress(OSError):
                while True:
                    taken.append(other.accept()[0])
                    taken[-1].sendall(says)

        taken = []
        Thread(target=answer, daemon=True).start()
        address = f"tcp://127.0.0.1:{other.getsockname()[1]}"
        said = lecture.build("--scheduler", address, code=2)
        other.shutdown(socket.SHUT_RDWR)
    for stream in taken:
        stream.close()
    assert said.startswith(f"regviz: no scheduler answers at {address}: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "host",
        "http://host:80",
        "tcp://host",
        "tcp://host:0",
        "tcp://host:99999",
        "inproc://x",
    ],
)
def test_no_address(tmp_path, monkeypatch, address):
    lecture = _lecture(tmp_path / "lecture", monkeypatch, n_items=1)
    said = lecture.build("--scheduler", address, code=2)
    assert said.endswith("give one such as tcp://host:8786 or tls://host:8786.\n")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """An authority, what it certifies, and another authority."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("certificates")

    def call(*words):
        subprocess.run([openssl, *words], cwd=folder, check=True, capture_output=True)

    new = ("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    for name in ("ca", "other"):
        made = ("-keyout", f"{name}-key.pem", "-out", f"{name}.pem", "-subj", f"/CN={name}")
        call(*new, "-x509", "-days", "2", *made)
    call(*new, "-keyout", "key.pem", "-out", "asked.pem", "-subj", "/CN=127.0.0.1")
    ours = ("-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial", "-days", "2")
    call("x509", "-req", "-in", "asked.pem", *ours, "-out", "cert.pem")
    return folder


def _tls(folder, ca="ca.pem"):
    names = {"--tls-ca-file": ca, "--tls-cert": "cert.pem", "--tls-key": "key.pem"}
    return [word for option, name in names.items() for word in (option, str(folder / name))]


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_over_tls(tmp_path, monkeypatch, certificates):
    here, there = (_lecture(tmp_path / name, monkeypatch) for name in ("here", "there"))
    here.build()
    ours = _tls(certificates)
    with _scheduler("--protocol", "tls", *ours) as scheduler:
        assert scheduler.address.startswith("tls://")
        with _worker(scheduler.address, *ours):
            build = _build(there, "--scheduler", scheduler.address, *ours)
            said, wrong = build.communicate(timeout=120)
        assert build.returncode == 0, wrong
        assert "4 made, 0 kept" in said
        assert there.tree() == here.tree()
        # To others it is closed: to one without TLS, and to one who trusts somebody else.
        monkeypatch.setattr(cluster, "_ANSWER", 1.0)
        plain = scheduler.address.replace("tls", "tcp")
        refused = there.build("--force", "--scheduler", plain, code=2)
        assert refused.startswith(f"regviz: no scheduler answers at {plain}: ")
        strangers = _tls(certificates, ca="other.pem")
        refused = there.build("--force", "--scheduler", scheduler.address, *strangers, code=2)
        assert refused.startswith(f"regviz: no scheduler answers at {scheduler.address}: ")
        assert "certificate" in refused
    assert there.tree() == here.tree()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--scheduler", "tls://h:1"], "needs --tls-ca-file, --tls-cert and --tls-key."),
        (["--scheduler", "tls://h:1", "--tls-key", "{f}/key.pem"], "--tls-key together."),
        (["--scheduler", "tcp://h:1", "{tls}"], "and tcp://h:1 is not."),
        (["{tls}"], "go with --scheduler tls://..."),
        (["--scheduler", "tls://h:1", "--tls-key", "none.pem"], "'none.pem' does not exist."),
        (["--scheduler", "tls://h:1", "{bad}"], "the certificates for tls://h:1 will not do"),
    ],
)
def test_certificates_that_do_not_fit(tmp_path, monkeypatch, certificates, arguments, words):
    lecture = _lecture(tmp_path / "lecture", monkeypatch, n_items=1)
    groups = {"{tls}": _tls(certificates), "{bad}": _tls(certificates, ca="key.pem")}
    given = [w for word in arguments for w in groups.get(word, [word])]
    said = lecture.build(*(word.replace("{f}", str(certificates)) for word in given), code=2)
    assert words in said
    assert said.count("\n") == 1


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


def test_a_video_is_split_among_workers_that_would_have_nothing_to_do(monkeypatch):
    given = {"lesson": "corner", "values": {}, "lang": "en", "theme": "light", "stem": "corner"}
    looks = {"formats": ("mp4",), "transparent": False, "captions": (), "still": False}
    job = SceneJob(**given, **looks, width=64, height=36, fps=5)
    shares = []

    def on_workers(parts, *_):
        shares.extend(part.share for part in parts)
        yield Outcome(parts[-1], error=BadInput("no."))

    monkeypatch.setattr(cluster, "_connected", lambda _: nullcontext(_Client()))
    monkeypatch.setattr(cluster, "_wait_for_workers", lambda *_: None)
    monkeypatch.setattr(cluster, "_on_workers", on_workers)
    outcomes = list(cluster.run([job], None, None, lambda *_: None))
    assert shares == [(0, 3), (1, 3), (2, 3)]
    assert [outcome.job for outcome in outcomes] == [job]


class _Client:
    def nthreads(self):
        return {"a": 2, "b": 2, "c": 1}
