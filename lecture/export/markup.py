"""What the targets made of HTML share: escaping, colours, embedded files, content policies."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib import resources

from regviz.lecture.export.slides import (
    Clip,
    Deck,
)
from regviz.lecture.export.svg import inline
from regviz.lecture.manifest import Cue, Entry
from regviz.lecture.timing import vtt_cues
from regviz.lessons.errors import BadInput
from regviz.lessons.theme import LIGHT, THEMES, Theme

_ROLES = ("background", "ink", "muted", "loss", "l1", "l2", "region")

#: the diamond and the circle that the whole subject is about
MOTIF = (
    '<svg class="motif" viewBox="0 0 232 120" aria-hidden="true">'
    '<path class="l1" d="M60 6 114 60 60 114 6 60Z"/>'
    '<circle class="l2" cx="178" cy="60" r="48"/>'
    "</svg>"
)


def theme_of(name: str) -> Theme:
    """Return a theme; that of a page that follows the reader's system is light here."""
    return THEMES.get(name, LIGHT)


def colors(theme: Theme) -> str:
    """Return a theme as declarations of CSS variables."""
    return " ".join(f"--{role}: {getattr(theme, role)};" for role in _ROLES)


def asset(name: str) -> str:
    """Return one of our style sheets or scripts."""
    return resources.files(__package__).joinpath(name).read_text("utf-8").strip()


def data(kind: str, content: bytes) -> str:
    """Return a file as an address that contains it."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def digest(content: str) -> str:
    """Return what a content policy calls an inline style or script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def track(cues: tuple[Cue, ...]) -> str:
    """Return captions as an address; empty if there are none."""
    return data("text/vtt", vtt_cues(cues).encode()) if cues else ""


def first_file(entry: Entry, *suffixes: str) -> tuple[str, str]:
    """Return the first of some formats that an entry has, and its path.

    Raises
    ------
    BadInput
        If it has none of them.
    """
    for suffix in suffixes:
        if suffix in entry.files:
            return suffix, entry.files[suffix]
    medium = "scene" if entry.medium == "scene" else "figure"
    raise BadInput(
        f'{entry.name} has no {" or ".join(suffixes)}; add "{suffixes[0]}" to {medium} under '
        "[formats] in lecture.toml and build again."
    )


def figure(deck: Deck, entry: Entry, alt: str, prefix: str) -> str:
    """Return a figure as an element, whatever its format."""
    from html import escape

    suffix, path = first_file(entry, "svg", "png")
    content = deck.read(path)
    if suffix == "svg":
        return inline(content, prefix, alt)
    return f'<img src="{data("image/png", content)}" alt="{escape(alt)}">'


def video_kind(clip: Clip) -> str:
    """Return the media type of a section's file."""
    return "video/webm" if clip.section.file.endswith(".webm") else "video/mp4"


def page_hashes(page: str) -> tuple[list[str], list[str]]:
    """Return what the policy of a page around it must allow: its scripts and its styles.

    A frame without an address of its own is under its surroundings' policy besides its own.
    """
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    said = policy[1] if policy else ""
    return _sources(said, "script-src"), _sources(said, "style-src")


def _sources(policy: str, directive: str) -> list[str]:
    found = re.search(rf"{directive} ([^;]*)", policy)
    return found[1].split() if found else []
