"""Letters that the type of a Beamer deck may not have, such as emoji, and where TeX finds them.

Which fonts there are is known only where the deck is compiled. So each such letter stands in a
command that tries the type around it, then other fonts, and else leaves it out and says so.
"""

from __future__ import annotations

import re

#: fonts of Debian, Windows and macOS with many signs
_FONTS = ("Noto Emoji", "Segoe UI Emoji", "Symbola", "Apple Symbols", "DejaVu Sans")
#: commands whose argument is not set as type: names of files, and what is for outlines
_NAMES = re.compile(r"\\regvizpicture\{[^}]*\}|\\href\{run:[^}]*\}|\\(?:part|section)\{.*\}\n")
#: letters beyond English and Korean, which every deck's type has
_OTHERS = re.compile(r"[^\x00-\x7f\u1100-\u11ff\u3000-\u303f\u3130-\u318f\uac00-\ud7a3]")
#: signs that only change how those beside them look
_SHAPELESS = re.compile(r"[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")


def without_names(body: str) -> str:
    """Return what of a body of frames is set as type."""
    return _NAMES.sub("", body)


def seeking(body: str) -> str:
    """Return a body of frames whose uncommon letters are sought in other fonts."""
    parts, last = [], 0
    for name in _NAMES.finditer(body):
        parts += [_seeking(body[last : name.start()]), name[0]]
        last = name.end()
    return "".join([*parts, _seeking(body[last:])])


def _seeking(words: str) -> str:
    return _OTHERS.sub(r"\\regvizsign{\g<0>}", _SHAPELESS.sub("", words))


def setup_for(body: str) -> str:
    """Return what defines the command that seeks; nothing for a body that has none."""
    if r"\regvizsign" not in body:
        return ""
    families = [rf"\regvizfont{chr(ord('A') + at)}" for at in range(len(_FONTS))]
    loaded = "".join(
        rf"\IfFontExistsTF{{{name}}}{{\newfontfamily{family}{{{name}}}}}{{\let{family}\relax}}"
        + "\n"
        for family, name in zip(families, _FONTS, strict=True)
    )
    has = r"\iffontchar\font`#1 #1\else "
    others = "".join(f"{family}{has}" for family in families)
    missing = r"\PackageWarning{regviz}{No font here has the letter #1}"
    ends = r"\fi" * len(families)
    return f"{loaded}\\newcommand{{\\regvizsign}}[1]{{{has}{{{others}{missing}{ends}}}\\fi}}\n"
