"""regviz: certified animations, figures and pages that teach L1 and L2 regularization.

Each of these shows a lesson in a notebook, as soon as a cell ends with it; what was made once
is kept. `regviz.figure.corner(` and the tab key show what the lesson takes.

figure
    A lesson as a figure, such as `regviz.figure("corner", rho=0.6)`.
video
    A lesson as a video; the first time takes about a minute.
page
    A lesson as a page whose parameters can be dragged.
lessons
    What lessons there are.
BadInput
    What is raised where something given cannot be used; one sentence says why.

Examples
--------
>>> import regviz
>>> regviz.figure("corner", lam=2, lang="ko").save("corner.png")  # doctest: +SKIP
>>> regviz.video.corner(lam=2)  # doctest: +SKIP
>>> grades = {"hours": [2, 5, 9, 4], "sleep": [7, 6, 7, 8], "exam": [51, 64, 83, 66]}
>>> regviz.page("corner", data=grades, target="exam")  # doctest: +SKIP

The mathematics stands alone, in the package `regmath`.
"""

from __future__ import annotations

# The command passes here on its way, before it can answer Ctrl-C: so nothing is loaded yet.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from regviz.lecture.notebook import figure, page, video
    from regviz.lessons.errors import BadInput
    from regviz.lessons.listing import lessons

__all__ = ["BadInput", "figure", "lessons", "page", "video"]

# `lessons` is the folder of that name, which can be called.
_PLACES = {
    "BadInput": "regviz.lessons.errors",
    "figure": "regviz.lecture.notebook",
    "page": "regviz.lecture.notebook",
    "video": "regviz.lecture.notebook",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "lessons":
        return import_module("regviz.lessons")
    if name not in _PLACES:
        raise AttributeError(f"module 'regviz' has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    return __all__
