"""The lecture file that `regviz init` writes: lessons, and comments to learn it from."""

from __future__ import annotations

import shlex
from pathlib import Path

from regviz.lecture import files
from regviz.lecture.document import FILE_NAME
from regviz.lessons import catalogue
from regviz.lessons.catalogue import Entry
from regviz.lessons.errors import BadInput

#: the lessons of the source, which the lecture follows
_LESSONS = (
    *("overfitting", "bias-variance", "penalty-shapes", "l1-loss", "l2-loss", "update-steps"),
    *("corner", "feature-selection", "dropout"),
)

_HEAD = """\
# A lecture: what is made of it, and how. Build it with `regviz build`, as often as you like;
# only what changed is made again. What is behind a # is not read.

title = "Regularization: why L1 selects and L2 shrinks"
author = ""

language = "en"             # en, ko, or both: ["en", "ko"]
theme = "light"             # light, dark, print, or several
quality = "m"               # of videos: l 480p15, m 720p30, h 1080p60, p 1440p60, k 2160p60
# fps = 15                  # frames per second, in place of the quality's
# quiz = false              # videos show without asking first
# aspect = "16:9"           # also 4:3, 1:1, 9:16
# dpi = 200                 # of png figures

# Your own data, for every lesson that learns from data: a CSV file with a header line, beside
# this file, and the column to predict. Without it, lessons show the diabetes study.
# data = "grades.csv"
# target = "exam"
# drop = ["name"]           # columns to leave out
# dummies = ["group"]       # columns to make indicators of, one for each level but the first
# missing = "drop"          # leave out rows that lack a value; by default they are refused
# separator = ";"           # and encoding = "cp949": where they are not recognised

[formats]
figure = ["svg", "pdf", "png"]
scene = ["mp4"]             # also webm, mov, gif

# The lessons, in the order they are shown. Each may have:
#   title        in place of the lesson's, with $mathematics$
#   intro        what stands below the title, as Markdown with $mathematics$
#   medium       "figure", "scene" (a video), "page", or several; by default all there are
#   parameters   what `regviz figure LESSON --help` lists, with _ for -; data = false leaves
#                out the lecture's data
#   name         of its files, by default the lesson's; needed if a lesson comes twice
#   note         for the speaker: on slides only, and nowhere else
#   language, theme, quality, fps, aspect, dpi, quiz   in place of the lecture's
# Each of these texts, and the lecture's title, may be one for each language:
#   title = { en = "Why zero?", ko = "왜 0인가?" }
#
# Between lessons, a section is a title slide, and a text a few lines of Markdown:
#   [[item]]
#   section = "Why zero?"
#   intro = "What a corner does, and what a circle does not."
#   [[item]]
#   title = "So far"
#   text = '''
#   - L1 adds $\\lambda |w|$: weights become *exactly* 0.
#   - L2 adds $\\lambda w^2$: weights only shrink.
#   '''
"""


def write(folder: Path, *, force: bool) -> Path:
    """Write a lecture file into a folder, and return its path.

    Raises
    ------
    BadInput
        If there is one already and `force` is not given, or it can't be written.
    """
    path = folder / FILE_NAME
    if path.exists() and not force:
        raise BadInput(f"{path} is there already; --force replaces it.")
    files.check(path)
    files.write({path: content().encode()})
    return path


def content() -> str:
    """Return the lecture file."""
    return "\n".join([_HEAD, *(_item(catalogue.entry(slug)) for slug in _LESSONS)])


def next_step(folder: Path) -> str:
    """Return the command that builds the lecture."""
    if folder == Path():
        return "regviz build"
    return shlex.join(["regviz", "build", str(folder)])


def _item(entry: Entry) -> str:
    lines = [f"# {entry.title['en']}: {entry.summary['en']}.", "[[item]]"]
    lines.append(f'lesson = "{entry.slug}"')
    knobs = [knob.name for knob in catalogue.parameters_class(entry.slug).knobs()]
    if "lam" in knobs:
        lines.append("# parameters = { lam = 0.5 }")
    return "\n".join([*lines, 'note = ""', ""])
