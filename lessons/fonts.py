"""The font files each language is set in, found by path so that every medium uses the same.

English and all mathematics are set in Fira Sans, so that words and formulas are of one type; it
has Greek in both cuts, and figures that read well from afar. Korean words take NanumGothic from
koreanize-matplotlib, which is never imported, since importing it edits matplotlib's settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from regviz.lessons.errors import BadInput


@dataclass(frozen=True)
class Font:
    """A family's name and the files of its cuts; Korean type has no italic one."""

    family: str
    regular: Path
    bold: Path
    italic: Path | None = None


_CUTS = {
    "en": ("Fira Sans", "fontpkg_fira_sans", "files/FiraSans-{}.ttf"),
    "ko": ("NanumGothic", "koreanize_matplotlib", "fonts/NanumGothic{}.ttf"),
}
_NAMES = {"en": ("Regular", "Bold", "Italic"), "ko": ("", "Bold")}
#: the language whose font has the letters and figures of mathematics
MATHEMATICS = "en"


def font(lang: str) -> Font:
    """Return the font of a language.

    Raises
    ------
    BadInput
        If the package that carries the font is not installed; names what installs it.
    """
    family, package, pattern = _CUTS[lang]
    found = find_spec(package)
    if found is None or found.origin is None:
        wanted = "regviz[ko]" if lang == "ko" else "regviz"
        raise BadInput(
            f"the fonts for language {lang!r} are not installed; "
            f"run: python -m pip install '{wanted}'"
        )
    folder = Path(found.origin).parent
    return Font(family, *(folder / pattern.format(name) for name in _NAMES[lang]))


def with_others(lang: str) -> tuple[Font, ...]:
    """Return the font of a language, and then those that have letters which it has not."""
    others = (other for other in _CUTS if other != lang and _is_installed(other))
    return (font(lang), *map(font, others))


def _is_installed(lang: str) -> bool:
    return find_spec(_CUTS[lang][1]) is not None


def writable(text: str) -> str:
    """Return a text without the letters that the font which has most of them does not have."""
    if text.isascii():  # the usual case needs no font to be opened
        return text
    installed = filter(_is_installed, _CUTS)
    written = (
        "".join(letter for letter in text if ord(letter) in _letters(font(lang).regular))
        for lang in installed
    )
    return " ".join(max(written, key=len, default="").split())


@cache
def _letters(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as opened:
        return frozenset(opened.getBestCmap())
