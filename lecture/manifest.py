"""The manifest: all that a gallery, a deck or a handout needs to know of what was built.

`out/manifest.json` is the seam between building and embedding. Whoever embeds calls
:func:`load` and reads entries; nothing else of a build is theirs to know. Paths are relative
to the manifest's folder, with `/`; times are in seconds; every text is plain, without markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from regviz.lessons.errors import BadInput

FILE_NAME = "manifest.json"
#: raised when what a reader relies on changes
FORM = 2


@dataclass(frozen=True, kw_only=True)
class Cue:
    """A caption and when it is said."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """A stretch of a video that can stand alone, and the video of it alone.

    What is said in it are the cues that begin within it; its last frame is a still.
    """

    name: str
    start: float
    end: float
    file: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One lesson in one medium, language and theme.

    Attributes
    ----------
    item
        Which item of the lecture it comes from, from 0; entries stand in this order.
    name
        Path of its files without suffix.
    lesson, medium, lang, theme
        What it is; the medium is `figure`, `scene` or `page`.
    title, summary, alt, note
        The lesson's title and summary, what the picture is described as, and what the
        speaker wanted noted; the first three in the entry's language.
    files
        Suffix to path: `svg`, `pdf`, `png`; `mp4`, `webm`, `mov`, `gif`, `srt`, `vtt`,
        `poster.png`; `html`.
    given
        Parameters that the lecture gives; what is left out takes its default.
    certificate, parameters, points, lam, budget, own_units
        What the exhibit claims and what vouches for it; see
        :class:`regviz.lessons.base.Exhibit`.
    lambda_by
        How cross-validation chose lambda, or None; see
        :class:`regviz.lessons.base.ByValidation`.
    command
        What makes it again, in the lecture's folder.
    width, height, fps, duration
        Of a video, in pixels, frames per second and seconds; else 0.
    cues, sections
        Of a video; else empty.
    """

    item: int
    name: str
    lesson: str
    medium: str
    lang: str
    theme: str
    title: str
    summary: str
    alt: str
    note: str
    files: Mapping[str, str]
    given: Mapping[str, Any]
    certificate: Mapping[str, float]
    parameters: Mapping[str, Any]
    points: Mapping[str, Any]
    lam: Mapping[str, float | None]
    budget: Mapping[str, float | None]
    command: str
    own_units: Mapping[str, Any] = field(default_factory=dict)
    lambda_by: Mapping[str, Any] | None = None
    width: int = 0
    height: int = 0
    fps: float = 0
    duration: float = 0.0
    cues: tuple[Cue, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What the lecture lists and the output folder does not have, and why."""

    name: str
    lesson: str
    medium: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """A lecture as it was built.

    Attributes
    ----------
    title, author
        The lecture's.
    langs
        Its languages, the main one first.
    entries
        In the lecture's order.
    missing
        What could not be made, or has not been made yet.
    """

    title: str
    author: str
    langs: tuple[str, ...]
    entries: tuple[Entry, ...]
    missing: tuple[Missing, ...] = field(default=())

    def written(self) -> bytes:
        """Return the content of the file; the same manifest gives the same bytes."""
        content = {"form": FORM, **asdict(self)}
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def load(out: Path) -> Manifest:
    """Read the manifest of an output folder.

    Raises
    ------
    BadInput
        If nothing was built there, or by a version whose manifests this one can't read.
    """
    path = out / FILE_NAME
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise BadInput(f"{path} does not exist; build the lecture first.") from None
    except (OSError, ValueError):
        raise BadInput(f"{path} cannot be read; build the lecture again.") from None
    if not isinstance(content, dict) or content.pop("form", None) != FORM:
        raise BadInput(f"{path} is of another version of regviz; build the lecture again.")
    return Manifest(
        title=content["title"],
        author=content["author"],
        langs=tuple(content["langs"]),
        entries=tuple(_entry(each) for each in content["entries"]),
        missing=tuple(Missing(**each) for each in content["missing"]),
    )


def _entry(content: dict[str, Any]) -> Entry:
    cues = tuple(Cue(**cue) for cue in content.pop("cues"))
    sections = tuple(Section(**section) for section in content.pop("sections"))
    return Entry(**content, cues=cues, sections=sections)
