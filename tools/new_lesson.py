"""Writes the skeleton of a lesson, which passes all tests: `make lesson NAME=my-idea`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

#: where each file of the skeleton goes, from the root; all are text here, so that no tool takes
#: them for modules
FILES = {
    "lesson.py": "lessons/{module}.py",
    "en.toml": "lessons/text/en/{slug}.toml",
    "ko.toml": "lessons/text/ko/{slug}.toml",
    "scene.py": "scenes/{module}.py",
    "page.js": "pages/{module}.js",
    "test.py": "tests/lessons/test_{module}.py",
}
SKELETON = Path(__file__).parent / "lesson"


def main(slug: str, root: Path) -> str:
    """Write the files of a lesson, and return what to say; nothing is ever written over."""
    if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", slug):
        return f"{slug!r} will not do: give a name such as my-idea."
    names = {"slug": slug, "module": slug.replace("-", "_")}
    places = {name: root / place.format(**names) for name, place in FILES.items()}
    there = [str(place) for place in places.values() if place.exists()]
    if there:
        return f"{', '.join(there)} is there already; choose another name."
    words = {
        "my-idea": slug,
        "my_idea": names["module"],
        "MyIdea": slug.title().replace("-", ""),
    }
    for name, place in places.items():
        text = (SKELETON / f"{name}.txt").read_text("utf-8")
        for word, own in words.items():
            text = text.replace(word, own)
        place.write_text(text, "utf-8")
    return "\n".join(f"wrote {place.relative_to(root)}" for place in places.values())


if __name__ == "__main__":
    print(main(sys.argv[1], Path(__file__).parents[1]))
