"""The lecture file that `regviz init` writes: a ready one, and comments to learn it from."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from regviz.lecture import files
from regviz.lecture.document import FILE_NAME
from regviz.lecture.ready import Ready, ready
from regviz.lessons import catalogue
from regviz.lessons.catalogue import Entry
from regviz.lessons.errors import BadInput
from regviz.lessons.topics import TOPICS

_HEAD = """\
# A lecture: what is made of it, and how. Build it with `regviz build`, as often as you like;
# only what changed is made again. What is behind a # is not read.
#
# @ABOUT@

title = @TITLE@
author = ""

language = @LANG@             # en, ko, or both: ["en", "ko"]
theme = "light"             # light, dark, print, or several
quality = "m"               # of videos: l 480p15, m 720p30, h 1080p60, p 1440p60, k 2160p60
# fps = 15                  # frames per second, in place of the quality's
# quiz = false              # videos show without asking first
# voice = "recordings"      # a folder of recordings that videos speak with, named as in
#                           # `regviz script LESSON`; or "piper", the engine of regviz[voice]
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
#   language, theme, quality, fps, aspect, dpi, quiz, voice   in place of the lecture's
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


def write(folder: Path, *, name: str, lang: str, force: bool) -> Path:
    """Write a ready lecture's file into a folder, and return its path.

    Raises
    ------
    BadInput
        If there is one already and `force` is not given, or it can't be written.
    """
    path = folder / FILE_NAME
    if path.exists() and not force:
        raise BadInput(f"{path} is there already; --force replaces it.")
    files.check(path)
    files.write({path: content(name, lang).encode()})
    return path


def content(name: str, lang: str) -> str:
    """Return the file of a ready lecture; it has its titles in every language."""
    lecture = ready(name)
    head = _HEAD.replace("@ABOUT@", lecture.about).replace("@TITLE@", _in_each(lecture.title))
    return "\n".join([head.replace("@LANG@", json.dumps(lang)), *_items(lecture, lang)])


def next_step(folder: Path) -> str:
    """Return the command that builds the lecture."""
    if folder == Path():
        return "regviz build"
    return shlex.join(["regviz", "build", str(folder)])


def _items(lecture: Ready, lang: str) -> Iterator[str]:
    for topic, entries in catalogue.by_topic(lecture.lessons):
        if lecture.sections and topic:
            yield _section(topic)
        for entry in entries:
            yield _item(entry, lang)


def _section(topic: str) -> str:
    title, about = _in_each(TOPICS[topic].title), _in_each(TOPICS[topic].about)
    return f"[[item]]\nsection = {title}\nintro = {about}\n"


def _in_each(words: Mapping[str, str]) -> str:
    # A JSON string is a TOML string, too.
    said = (f"{lang} = {json.dumps(word, ensure_ascii=False)}" for lang, word in words.items())
    return f"{{ {', '.join(said)} }}"


def _item(entry: Entry, lang: str) -> str:
    lines = [f"# {entry.title[lang]}: {entry.summary[lang]}", "[[item]]"]
    lines.append(f'lesson = "{entry.slug}"')
    knobs = [knob.name for knob in catalogue.parameters_class(entry.slug).knobs()]
    if "lam" in knobs:
        lines.append("# parameters = { lam = 0.5 }")
    return "\n".join([*lines, 'note = ""', ""])
