"""Versions of what draws our pictures, found by folder names: importing would take seconds."""

from __future__ import annotations

import os
import re
import sys
from functools import cache

_SHARED = ("regviz", "numpy", "fontpkg_fira_sans", "koreanize_matplotlib")
#: whose versions can change what a medium draws
_DRAWING = {
    "figure": ("matplotlib", "pillow", "contourpy"),
    "scene": ("manim", "typst", "av", "pillow", "pycairo", "manimpango", "skia_pathops"),
    "page": ("matplotlib", "pillow", "contourpy", "minify_go", "tdewolff_minify"),
}
_FOLDER = re.compile(r"([\w.]+)-([\w.!+]+)\.(?:dist|egg)-info")


def versions(medium: str) -> dict[str, str]:
    """Return the version of each distribution that counts for a medium; "" if not there."""
    there = _installed()
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    names = (*_SHARED, *_DRAWING[medium])
    return {"python": python} | {name: there.get(name, "") for name in names}


@cache
def _installed() -> dict[str, str]:
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            if named := _FOLDER.fullmatch(name):
                found.setdefault(named[1].lower().replace(".", "_"), named[2])
    return found
