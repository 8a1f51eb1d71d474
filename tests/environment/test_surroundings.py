"""The same picture, or one sentence, whatever the user's machine says; nothing left behind."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from regviz import cli
from regviz.lessons import surroundings
from regviz.lessons.errors import BadInput

FIGURE = ("figure", "corner", "-o", "x.svg")
STILL = ("render", "l1-loss", "-s", "-r", "192,108", "-o", "x.png")
_NOT_INI = b"this is \xff no configuration\n[[["
_OPENGL = b"[CLI]\nrenderer = opengl\nenable_gui = True\nshow_in_file_browser = True\n"
_PARTLY = (
    b"[CLI]\ndry_run = True\nupto_animation_number = 1\nframe_rate = 7\n"
    b"media_dir = /nowhere\nbackground_color = RED\nformat = gif\n"
)
_BAD = b"[CLI]\nframe_rate = often\nverbosity = LOUD\nrenderer = paint\n"


def run(folder, *arguments, **how):
    """Run the command as installed, in a folder and with a home folder of its own."""
    environment = {
        **os.environ,
        "HOME": str(folder / "home"),
        "PYTHONIOENCODING": "utf-8",
        **how.pop("environment", {}),
    }
    (folder / "work").mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "regviz.cli", *arguments],
        cwd=folder / "work",
        env={name: value for name, value in environment.items() if value is not None},
        **{
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "check": False,
            "timeout": 300,
            **how,
        },
    )


def made(folder, arguments, **how):
    """Return the file that a command makes, which says nothing and leaves nothing else."""
    before = set((folder / "work").glob("*"))
    done = run(folder, *arguments, **how)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    (path,) = set((folder / "work").glob("*")) - before
    content = path.read_bytes()
    path.unlink()
    return content


@pytest.fixture(scope="module")
def figure(tmp_path_factory):
    return made(tmp_path_factory.mktemp("plain"), FIGURE)


@pytest.fixture(scope="module")
def still(tmp_path_factory):
    return made(tmp_path_factory.mktemp("plain"), STILL)


def test_what_a_notebooks_kernel_hands_down(figure, tmp_path):
    backend = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    assert made(tmp_path, FIGURE, environment=backend) == figure
    assert made(tmp_path, FIGURE, environment={"MPLBACKEND": "no such thing"}) == figure


@pytest.mark.parametrize(
    "content",
    [
        b"text.usetex: True\nfont.family: serif\nsavefig.bbox: tight\naxes.grid: True\n",
        b"backend: nonsense\nlines.linewidth: thick\nno such key: 1\n",
        "# 한글 주석\nfigure.dpi: 30\n".encode("cp949"),
    ],
    ids=["usetex", "bad values", "another encoding"],
)
def test_a_matplotlibrc_here_or_elsewhere(figure, tmp_path, content):
    for place in ("work", "home/.config/matplotlib", "else"):
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        (tmp_path / place / "matplotlibrc").write_bytes(content)
    elsewhere = {"MATPLOTLIBRC": str(tmp_path / "else" / "matplotlibrc")}
    assert made(tmp_path, FIGURE, environment=elsewhere) == figure


def test_a_bare_machine(figure, tmp_path):
    bare = dict.fromkeys(("HOME", "PATH", "TERM", "LANG", "USER"))
    bare |= {"PYTHONWARNINGS": "error", "MPLCONFIGDIR": str(tmp_path / "no" / "such")}
    assert made(tmp_path, FIGURE, environment=bare) == figure


@pytest.mark.video
@pytest.mark.parametrize(
    ("here", "at_home"),
    [
        (_OPENGL, _PARTLY),
        *(
            pytest.param(*each, marks=pytest.mark.long)
            for each in ((_PARTLY, _NOT_INI), (_NOT_INI, _BAD), (_BAD, _OPENGL))
        ),
    ],
)
def test_a_manim_cfg_here_and_at_home(still, tmp_path, here, at_home):
    for place, content in (("work", here), ("home/.config/manim", at_home)):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "manim.cfg").write_bytes(content)
    assert made(tmp_path, STILL) == still


@pytest.mark.video
def test_a_bare_machine_for_manim(still, tmp_path):
    bare = dict.fromkeys(("HOME", "PATH", "TERM", "LANG", "USER")) | {"PYTHONWARNINGS": "error"}
    assert made(tmp_path, STILL, environment=bare) == still


@pytest.mark.video
def test_a_notebook_session_under_other_settings_of_manim(still, tmp_path):
    """There the settings are the user's: ours count while we draw, and theirs afterwards."""
    code = (
        "import manim\n"
        "from regviz.scenes.render import Request, render\n"
        "from pathlib import Path\n"
        "request = Request(lesson='l1-loss', width=192, height=108, fps=60, still=True)\n"
        "print(render(request, Path('made')).still)\n"
        "assert manim.config.renderer.value == 'opengl', manim.config.renderer\n"
    )
    (tmp_path / "manim.cfg").write_bytes(_OPENGL + b"frame_rate = 7\n")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "made" / "l1-loss.png").read_bytes() == still


def test_settings_that_cannot_be_read_are_one_sentence_in_a_session(monkeypatch):
    def importer(name):
        raise ValueError("Key backend:\n'x' is not valid")

    monkeypatch.setattr(surroundings, "_claimed", False)
    monkeypatch.setattr(surroundings.importlib, "import_module", importer)
    monkeypatch.delitem(sys.modules, "manim", raising=False)
    with pytest.raises(
        BadInput, match=r"manim cannot be imported with the settings .* Key backend: 'x'"
    ):
        surroundings.load("manim")


@pytest.mark.video
def test_what_other_modules_note_is_not_shown_once_manim_is_there():
    code = (
        "import logging, sys\n"
        "from regviz.lessons import surroundings\n"
        "if sys.argv[1:]: surroundings.claim()\n"
        "surroundings.load('manim')\n"
        "assert 'manim' in sys.modules\n"
        "from regviz.lessons.web_fonts import font_face\n"
        "assert font_face('가')\n"
        "logging.getLogger('another').info('noted')\n"
    )
    for claimed in ([], ["claimed"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *claimed], capture_output=True, check=False
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_numpy_is_imported_once_its_threads_are_settled():
    """Also by what is imported before a command is run: the variable is read at an import."""
    code = (
        "import sys\n"
        "import regviz.cli\n"
        "from regviz.lessons import surroundings\n"
        "assert 'numpy' not in sys.modules\n"
        "surroundings.claim()\n"
        "import os\n"
        "assert os.environ['OPENBLAS_NUM_THREADS'] == sys.argv[1]\n"
    )
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    for own, wanted in ({}, "1"), ({"OPENBLAS_NUM_THREADS": "3"}, "3"):
        subprocess.run([sys.executable, "-c", code, wanted], env=environment | own, check=True)


# -- streams --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "closed",
    [
        ">&- 2>&- <&-",
        "| head -1",
        *(
            pytest.param(each, marks=pytest.mark.long)
            for each in ("2>&-", ">&-", "2>/dev/full")
        ),
    ],
)
def test_streams_that_take_nothing(tmp_path, closed):
    several = "--lang en --lang ko --theme light --theme dark"
    command = f"'{sys.executable}' -m regviz.cli figure corner {several} -o made {closed}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    names = sorted(path.name for path in (tmp_path / "made").iterdir())
    assert len(names) == 4
    assert all(
        path.read_bytes().endswith(b"</svg>\n") for path in (tmp_path / "made").iterdir()
    )


def test_standard_output_on_a_full_disk(tmp_path):
    with open("/dev/full", "wb") as full:
        done = run(tmp_path, *FIGURE, stdout=full)
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "regviz: standard output cannot be written: No space left on device.\n"
    )


# -- disks ----------------------------------------------------------------------------------


def _limited():
    # A file that would grow past this fails to be written, as on a full disk.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def test_a_file_for_which_there_is_no_room(tmp_path):
    run(tmp_path, "list")
    done = run(tmp_path, *FIGURE, preexec_fn=_limited)
    assert done.returncode == 2
    assert done.stderr.decode() == "regviz: x.svg cannot be written: File too large.\n"
    assert not list((tmp_path / "work").iterdir())


@pytest.mark.video
def test_no_room_for_what_is_half_done(tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    run(tmp_path, "list")
    video = ("render", "l1-loss", "-r", "192,108", "--fps", "2", "-o", "x.mp4")
    done = run(tmp_path, *video, preexec_fn=_limited, environment={"TMPDIR": str(scratch)})
    assert done.returncode == 2, done.stderr
    said = done.stderr.decode()
    assert said.startswith(f"regviz: the temporary folder {scratch} cannot hold what is half")
    assert said.count("\n") == 1
    assert not list((tmp_path / "work").iterdir())
    assert not list(scratch.iterdir())


# -- signals --------------------------------------------------------------------------------


@pytest.mark.video
@pytest.mark.parametrize(
    ("number", "n_workers"),
    [
        (signal.SIGTERM, "1"),
        *(
            pytest.param(*each, marks=pytest.mark.long)
            for each in ((signal.SIGHUP, "1"), (signal.SIGTERM, "2"), (signal.SIGHUP, "2"))
        ),
    ],
)
def test_an_ending_in_the_middle_of_a_video(tmp_path, number, n_workers):
    for name in ("work", "scratch"):
        (tmp_path / name).mkdir()
    command = subprocess.Popen(
        [
            *(sys.executable, "-m", "regviz.cli", "render", "l1-loss", "-q", "k"),
            *("--theme", "light", "--theme", "dark", "-j", n_workers),
        ],
        cwd=tmp_path / "work",
        env=os.environ | {"TMPDIR": str(tmp_path / "scratch")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    _wait_for(lambda: any(path.suffix == ".mp4" for path in tmp_path.rglob("*")))
    command.send_signal(number)
    printed, said = command.communicate(timeout=300)
    assert command.returncode == 128 + number, said
    assert said == (
        "regviz: interrupted; nothing was written for l1-loss (en, light), "
        "l1-loss (en, dark).\n"
    )
    assert not printed
    assert not list((tmp_path / "work").iterdir())
    assert not list((tmp_path / "scratch").iterdir())


def _wait_for(what):
    for _ in range(3000):
        if what():
            return
        time.sleep(0.1)
    raise AssertionError("it never began")


def test_an_interrupt_while_the_command_is_loaded(tmp_path):
    code = (
        "import sys\n"
        "class Interrupted:\n"
        "    def find_spec(name, path=None, target=None):\n"
        "        if name not in ('regviz', 'regviz.__main__'):\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted)\n"
        "for name in {'contextlib', 'importlib', 'signal', 'typing'} & set(sys.modules):\n"
        "    del sys.modules[name]\n"
        "from regviz.__main__ import run\n"
        "run()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (130, b"regviz: interrupted.\n")


def test_an_interrupt_while_a_class_is_made_is_no_fault_of_settings(tmp_path, monkeypatch):
    (tmp_path / "interrupted.py").write_text(
        "class Name:\n"
        "    def __set_name__(self, owner, name):\n"
        "        raise KeyboardInterrupt\n"
        "class Owner:\n"
        "    name = Name()\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        surroundings.load("interrupted")


def test_an_interrupted_command_is_one_sentence(monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("regviz.lessons.catalogue.entries", stop)
    done = CliRunner().invoke(cli.main, ["list"])
    assert (done.exit_code, done.stderr) == (130, "regviz: interrupted.\n")


def test_nohup_is_respected(tmp_path):
    code = (
        "import signal\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "from regviz.lecture import process\n"
        "def command():\n"
        "    signal.raise_signal(signal.SIGHUP)\n"
        "    print('goes on')\n"
        "process.own(command)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"goes on\n")


@pytest.mark.video
def test_manims_own_command_plays_a_scene_of_the_repository(tmp_path):
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "manim", "render", "scenes/l1_loss.py", "L1Loss"),
            *("-s", "-r", "192,108", "--media_dir", str(tmp_path)),
        ],
        cwd=root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.rglob("L1Loss*.png"))
