"""What a notebook shows of a lesson, with a still picture behind it.

A notebook that is not trusted drops videos and frames. So the picture lies under what plays,
in the same place: where that is dropped, the picture is what is left.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any

from regviz.lecture import files
from regviz.lecture.frames import SCRIPT
from regviz.lessons.errors import BadInput

_UNDER = "grid-area:1/1;width:100%;max-width:960px"
_OVER = "grid-area:1/1;width:100%;max-width:960px;border:0"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A lesson that shows itself in a notebook.

    Attributes
    ----------
    medium, lang
        What it is.
    files
        Suffix to content, as :mod:`regviz.lecture.make` made them.
    picture
        A PNG of the lesson, if `files` has none.
    about, facts
        Title, alt text and times; and what the exhibit claims.
    """

    medium: str
    lang: str
    files: Mapping[str, bytes]
    picture: bytes
    about: Mapping[str, Any]
    facts: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"{self.about['title']}: {self.about['alt']}"

    @property
    def png(self) -> bytes:
        """The still picture; empty if there is none."""
        found = (self.files.get(suffix) for suffix in ("png", "poster.png"))
        return next((content for content in found if content), self.picture)

    def save(self, path: str | PathLike[str]) -> None:
        """Write it to a file; the name's ending chooses the format.

        Raises
        ------
        BadInput
            If it has no such format, or the file cannot be written.
        """
        suffix = Path(path).suffix.lower().removeprefix(".")
        if suffix not in self.files:
            raise BadInput(f"{path} will not do; give a name that ends in .{self._endings()}.")
        files.check(Path(path))
        files.write({Path(path): self.files[suffix]})

    def _endings(self) -> str:
        return ", .".join(suffix for suffix in self.files if "." not in suffix)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, str]:
        """Return every form a notebook may choose from."""
        del include, exclude
        still = {"image/png": base64.b64encode(self.png).decode()} if self.png else {}
        return {"text/plain": repr(self), **still, "text/html": self._repr_html_()}

    def _repr_html_(self) -> str:
        """Return what plays, over the picture."""
        picture = (
            f'<img src="{_data("image/png", self.png)}" alt="{escape(self.about["alt"])}" '
            f'style="{_UNDER}">'
        )
        return f'<div style="display:grid">{picture}{self._playing()}</div>'

    def _playing(self) -> str:
        if "mp4" in self.files:
            return self._video()
        if "html" in self.files:
            # Apart from the notebook: its scripts may run and can reach nothing outside.
            content = escape(self.files["html"].decode())
            title = escape(self.about["title"])
            return (
                f'<iframe srcdoc="{content}" sandbox="allow-scripts" title="{title}" '
                f'height="640" style="{_OVER}"></iframe><script>{SCRIPT}</script>'
            )
        return ""

    def _video(self) -> str:
        track = (
            f'<track kind="captions" srclang="{self.lang}" default '
            f'src="{_data("text/vtt", self.files["vtt"])}">'
        )
        return (
            f'<video controls style="{_OVER}" poster="{_data("image/png", self.png)}" '
            f'aria-label="{escape(self.about["alt"])}">'
            f'<source src="{_data("video/mp4", self.files["mp4"])}" type="video/mp4">'
            f"{track}</video>"
        )


def _data(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
