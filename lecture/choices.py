"""What an output can be, as literals: help and shell completion read them and load no more."""

from __future__ import annotations

LANGUAGES = ("en", "ko")
THEMES = ("light", "dark", "print")

#: `auto` is light or dark as the reader's system is
PAGE_THEMES = ("auto", "light", "dark")

FIGURE_FORMATS = ("svg", "pdf", "png")
PAGE_FORMATS = ("html",)
VIDEO_FORMATS = ("mp4", "webm", "mov", "gif")
#: a scene's final still
STILL_FORMATS = ("png",)
#: those with an alpha channel
TRANSPARENT_FORMATS = ("webm", "mov")
CAPTION_FORMATS = ("srt", "vtt")
#: to be read, and to be sorted
SCRIPT_FORMATS = ("md", "csv")
#: what a video's transcript ends in
TRANSCRIPT = "transcript.md"

#: width to height of a scene, by name
SCENE_ASPECTS = {"16:9": (16, 9), "4:3": (4, 3), "1:1": (1, 1), "9:16": (9, 16)}
FIGURE_ASPECTS = (*SCENE_ASPECTS, "paper")

#: manim's letters: pixels of the short side, frames per second
QUALITIES = {"l": (480, 15), "m": (720, 30), "h": (1080, 60), "p": (1440, 60), "k": (2160, 60)}

#: the lectures that `regviz init` has ready, from short to long
LECTURES = ("20min", "90min", "course")

#: what a lecture can be exported to, and the usual name of the file
EXPORT_TARGETS = {
    "revealjs": "slides.html",
    "pptx": "slides.pptx",
    "beamer": "slides.tex",
    "notebook": "lecture.ipynb",
    "html": "handout.html",
    "quiz": "quiz.xml",
}
