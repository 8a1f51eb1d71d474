"""A lecture to build, and its jobs in milliseconds: files that say what they were made from."""

import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from click.testing import CliRunner

from regviz import cli
from regviz.lecture.made import Made
from regviz.lessons.errors import BadInput

CORNER = """\
title = "A lecture"
quality = "l"
[formats]
figure = ["svg", "png"]
[[item]]
lesson = "corner"
medium = "figure"
"""


@dataclass
class Lecture:
    """A lecture, and the command that builds it."""

    folder: Path

    @property
    def out(self):
        return self.folder / "out"

    def write(self, text):
        (self.folder / "lecture.toml").write_text(text, encoding="utf-8")

    def build(self, *arguments, code=0):
        """Build, and return what is said, on stdout and stderr together."""
        result = CliRunner().invoke(
            cli.main, ["build", str(self.folder), "-j", "1", *arguments], prog_name="regviz"
        )
        assert result.exit_code == code, result.output
        assert code != 2 or result.stdout == ""
        return result.output

    def tree(self):
        """Return every public file with its content."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file() and ".regviz" not in path.relative_to(self.out).parts
        }

    def names(self):
        """Return every public file but those that are always there."""
        return sorted(set(self.tree()) - {"index.html", "manifest.json"})


FACTS = {
    "parameters": {"rho": 0.5, "lam": 1.2},
    "points": {"optimum-l1": [0.0, 1.05]},
    "lambda": {"l1": 1.2, "l2": None},
    "budget": {"l1": 1.05},
    "certificate": {"kkt_residual": 2.2e-16},
    "own_units": {
        "l1": {"target": "y", "intercept": 2.5, "weights": {"b": 0.0, "a": 3.0}, "rescaled": {}}
    },
    "lambda_by": {"rule": "cv", "penalty": "l1", "lam": 1.2, "n_folds": 5, "seed": 0},
}


def make(job, report):
    """Stand in for the drawing; a strength of 13 will not do, 14 is a fault, others take."""
    lam = job.values.get("lam")
    if lam == 13:
        raise BadInput("13 will not do.")
    if lam == 14:
        raise KeyError("ours")
    report(1, 2)
    content = json.dumps(asdict(job), sort_keys=True).encode() * 100
    files = {suffix: suffix.encode() + content for suffix in job.formats}
    about = {"title": f"Title <{job.lang}>", "alt": 'It is < 1 & "so"'}
    if job.medium == "scene":
        files |= {"srt": b"srt", "vtt": b"vtt", "poster.png": b"png", "section-01.mp4": b"one"}
        about |= {"width": 854, "height": 480, "fps": 15, "duration": 61.0}
        about["cues"] = [{"start": 0.0, "end": 2.0, "text": "a < b"}]
        about["sections"] = [{"name": "one", "start": 0, "end": 2, "file": "section-01.mp4"}]
    return Made(files, FACTS, about)


def make_slowly(job, report):
    """Stand in for drawing that takes a moment, and say on stderr that it has begun."""
    print("begun", job.stem, file=sys.stderr, flush=True)
    time.sleep(0.1)
    return make(job, report)
