r"""A Beamer deck: figures as vectors, videos as their sections' last frames with a link.

XeLaTeX and LuaLaTeX read the fonts by file, so that a Korean deck needs no Korean TeX
packages: its two fonts are written beside it. Where those are not installed, a Korean font
of the reader's system is sought by name.

Pictures stay in the lecture's output folder and are named relative to the deck; what is made
only for it, the stills and fonts, goes into a folder beside it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from regviz.lecture.export import markup
from regviz.lecture.export.deck import Clip, Deck, Explorer, Opening, Picture, Slide, Title
from regviz.lecture.export.stills import last_frame
from regviz.lessons.errors import BadInput
from regviz.lessons.fonts import font
from regviz.lessons.text import load

_ESCAPES = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_ESCAPES |= {sign: f"\\{sign}" for sign in "&%$#_{}"}
#: ligatures that would change what was written
_ESCAPES |= {"`": r"\textasciigrave{}", "'": "'{}", '"': r"\textquotedbl{}", "-": "-{}"}
_ESCAPES |= {"<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}"}
#: signs that Latin Modern has no letters for
_SYMBOLS = {
    "λ": r"\lambda",
    "≤": r"\leq",
    "≥": r"\geq",
    "∞": r"\infty",
    "−": "-",
    "×": r"\times",
}
_SYMBOLS |= {
    "η": r"\eta",
    "α": r"\alpha",
    "ρ": r"\rho",
    "β": r"\beta",
    "σ": r"\sigma",
    "∇": r"\nabla",
}
_SYMBOLS |= {
    "⁻": "{}^{-}",
    "→": r"\to",
    "≈": r"\approx",
    "≠": r"\neq",
    "±": r"\pm",
    "·": r"\cdot",
}
_SYMBOLS |= {sign: f"{{}}^{{{n}}}" for n, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_SYMBOLS |= {sign: f"{{}}_{{{n}}}" for n, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")}
_KOREAN = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
#: fonts of Debian, Windows and macOS
_SYSTEM_FONTS = ("NanumGothic", "Noto Sans CJK KR", "Malgun Gothic", "Apple SD Gothic Neo")

_HEAD = r"""% Made with regviz. Compile with xelatex or lualatex, twice for the links.
% !TeX program = xelatex
\documentclass[aspectratio=169,14pt]{beamer}
\usepackage{fontspec}
\usepackage{tikz}
"""
_LOOKS = r"""
\setbeamertemplate{navigation symbols}{}
\setbeamertemplate{footline}{\hfill\usebeamercolor[fg]{caption}\tiny
  \insertframenumber\kern6pt\vskip5pt}
\setbeamersize{text margin left=14mm,text margin right=14mm}
\setbeamercolor{normal text}{fg=ink,bg=background}
\setbeamercolor{frametitle}{fg=ink}
\setbeamercolor{title}{fg=ink}
\setbeamercolor{caption}{fg=muted}
\setbeamercolor{structure}{fg=loss}
\setbeamerfont{title}{size=\huge,series=\bfseries}
\newcommand{\regvizmotif}{\begin{tikzpicture}[line width=2pt,line join=round]
  \filldraw[draw=l1,fill=region] (0,.55) -- (.55,0) -- (0,-.55) -- (-.55,0) -- cycle;
  \filldraw[draw=l2,fill=region] (1.4,0) circle [radius=.5];\end{tikzpicture}}
% A picture that fills the slide, as it has a title of its own; below it two lines of caption.
\newcommand{\regvizpicture}[2]{\begin{tikzpicture}[remember picture,overlay]
  \node[anchor=north] (p) at ([yshift=-1mm]current page.north)
    {\includegraphics[width=\paperwidth,height=.85\paperheight,keepaspectratio]{#1}};
  \node[anchor=south,text=muted,font=\footnotesize,text width=.92\paperwidth,
    align=center,execute at begin node=\hyphenpenalty10000]
    at ([yshift=2mm]current page.south) {#2};\end{tikzpicture}}
\newcommand{\regviztitle}{\usebeamerfont{title}\color{ink}}
\begin{document}
"""


def contents(deck: Deck, path: Path) -> dict[Path, bytes]:
    """Return the `.tex` file, and beside it the stills and fonts that it names.

    Raises
    ------
    BadInput
        If a file is missing, or stands under a name that TeX cannot read.
    """
    beside = path.parent / f"{path.stem}-files"
    writer = _Writer(deck, path.parent, beside)
    frames = [writer.frame(slide) for slide in deck.slides]
    body = "\n".join([*frames, r"\end{document}", ""])
    fonts, setup = _fonts(deck.title + deck.author + body, beside)
    themes = dict.fromkeys(slide.theme for slide in deck.slides)
    colors = "".join(map(_colors, themes))
    source = f"{_HEAD}{setup}{colors}{_use(deck.theme)}{_about(deck)}{_LOOKS}{body}"
    return {path: source.encode()} | writer.stills | fonts


def tex(plain: str) -> str:
    """Return a text that TeX shows as it is."""
    shown = (_ESCAPES.get(sign) or _symbol(sign) for sign in " ".join(plain.split()))
    return "".join(shown)


def _symbol(sign: str) -> str:
    return rf"\ensuremath{{{_SYMBOLS[sign]}}}" if sign in _SYMBOLS else sign


def file_name(target: Path, folder: Path) -> str:
    """Return a file's name as seen from the deck's folder.

    Raises
    ------
    BadInput
        If it holds a sign that TeX takes for its own.
    """
    name = Path(os.path.relpath(target, folder.resolve())).as_posix()
    if found := re.search(r"[\\{}%#~$^&\"]", name):
        raise BadInput(
            f"TeX cannot read the file name {name}, which holds {found[0]}; "
            "rename the folder, or choose another with -o."
        )
    return name


_ROLES = ("background", "ink", "muted", "loss", "l1", "l2", "region")


def _colors(name: str) -> str:
    """Return a theme's colours, and a command that makes them those in use."""
    theme = markup.theme_of(name)
    defined = "".join(
        f"\\definecolor{{{name}-{role}}}{{HTML}}{{{getattr(theme, role).removeprefix('#')}}}\n"
        for role in _ROLES
    )
    used = "".join(f"\\colorlet{{{role}}}{{{name}-{role}}}" for role in _ROLES)
    return f"{defined}\\newcommand{{\\regviz{name}}}{{{used}}}\n"


def _use(name: str) -> str:
    return f"\\regviz{name}\n"


def _about(deck: Deck) -> str:
    title, author = tex(deck.title), tex(deck.author)
    return f"\\title{{{title}}}\n\\author{{{author}}}\n\\hypersetup{{pdflang={deck.lang}}}\n"


def _fonts(source: str, beside: Path) -> tuple[dict[Path, bytes], str]:
    """Return font files to write and how to load them; neither without Korean letters."""
    if not _KOREAN.search(source):
        return {}, ""
    try:
        korean = font("ko")
    except BadInput:
        return {}, _system_fonts()
    files = {beside / file.name: file.read_bytes() for file in (korean.regular, korean.bold)}
    setup = (
        f"\\setsansfont{{{korean.regular.name}}}[Path={file_name(beside, beside.parent)}/,"
        f"BoldFont={korean.bold.name}]\n"
    )
    return files, setup


def _system_fonts() -> str:
    choice = r"\PackageError{regviz}{no Korean font found}{Install fonts-nanum.}"
    for name in reversed(_SYSTEM_FONTS):
        choice = f"\\IfFontExistsTF{{{name}}}{{\\setsansfont{{{name}}}}}{{{choice}}}"
    return f"{choice}\n"


class _Writer:
    """Writes frames, and collects the stills that they show."""

    def __init__(self, deck: Deck, folder: Path, beside: Path) -> None:
        self.deck = deck
        self.folder = folder
        self.beside = beside
        self.stills: dict[Path, bytes] = {}

    def frame(self, slide: Slide) -> str:
        """Return a slide as a frame."""
        notes = "".join(f"\\note{{{tex(note)}}}\n" for note in slide.notes)
        section = f"\\section{{{tex(slide.heading)}}}\n" if isinstance(slide, Opening) else ""
        frame = f"\\begin{{frame}}{self._content(slide)}\n\\end{{frame}}\n"
        if slide.theme != self.deck.theme:
            frame = f"{{{_use(slide.theme)}{frame}}}\n"
        return f"{section}{frame}{notes}"

    def _content(self, slide: Slide) -> str:
        if isinstance(slide, Title):
            author = r"\medskip{\large\color{muted}\insertauthor\par}" if slide.author else ""
            return (
                f"\n\\regvizmotif\\par\\bigskip\n{{\\regviztitle \\inserttitle\\par}}\n{author}"
            )
        if isinstance(slide, Opening):
            return self._opening(slide)
        if isinstance(slide, Picture):
            _, path = markup.first_file(slide.entry, "pdf", "png")
            return self._picture(self.deck.locate(path), tex(slide.entry.summary))
        if isinstance(slide, Clip):
            return self._clip(slide)
        if isinstance(slide, Explorer):
            return self._explorer(slide)
        raise TypeError(f"no frame is made of a {type(slide).__name__}")

    def _opening(self, slide: Opening) -> str:
        return (
            f"\n\\leavevmode{{\\Large\\bfseries\\color{{loss}}{slide.number}\\par}}\\smallskip\n"
            f"{{\\regviztitle {tex(slide.heading)}\\par}}\\medskip\n"
            f"{{\\large\\color{{muted}}{tex(slide.summary)}\\par}}"
        )

    def _picture(self, path: Path, caption: str) -> str:
        return f"\n\\regvizpicture{{{file_name(path, self.folder)}}}{{{caption}}}"

    def _clip(self, slide: Clip) -> str:
        movie = self.deck.locate(slide.section.file)
        still = self.beside / f"{movie.stem}.png"
        self.stills[still] = last_frame(movie)
        said = tex(slide.cues[-1].text) if slide.cues else tex(slide.heading)
        play = tex(load(slide.lang)("export.play"))
        link = f"\\href{{run:{file_name(movie, self.folder)}}}{{\\color{{loss}}{play}}}"
        return self._picture(still.resolve(), f"{said} \\quad {link}")

    def _explorer(self, slide: Explorer) -> str:
        _, path = markup.first_file(slide.entry, "html")
        page = file_name(self.deck.locate(path), self.folder)
        open_it = tex(load(slide.lang)("export.open"))
        link = f"\\href{{run:{page}}}{{\\color{{loss}}\\bfseries {open_it}}}"
        if slide.behind is None:
            return f"\n{{\\regviztitle {tex(slide.heading)}\\par}}\\medskip {link}"
        _, drawn = markup.first_file(slide.behind, "pdf", "png")
        return self._picture(self.deck.locate(drawn), link)
