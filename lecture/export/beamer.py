r"""A Beamer deck: figures as vectors, videos as their sections' last frames with a link.

XeLaTeX and LuaLaTeX read the fonts by file, so that a Korean deck needs no Korean TeX
packages: its two fonts are written beside it. Where those are not installed, a Korean font
of the reader's system is sought by name.

All that the deck names stands in a folder beside it: pictures, videos, pages and fonts. So the
two can be moved, sent or compiled elsewhere.
"""

from __future__ import annotations

import re
from pathlib import Path

from regviz.lecture.export import markup
from regviz.lecture.export.slides import (
    Answer,
    Ask,
    Clip,
    Deck,
    Explorer,
    Opening,
    Part,
    Picture,
    Slide,
    Title,
    Words,
)
from regviz.lecture.export.tex import SIZES, inline, outlined, sized, tex
from regviz.lecture.export.tex_signs import seeking, setup_for, without_names
from regviz.lecture.markdown import SCALES, Paragraph
from regviz.lecture.stills import last_frame
from regviz.lessons.errors import BadInput
from regviz.lessons.fonts import font
from regviz.lessons.markup import LETTERS
from regviz.lessons.text import load
from regviz.lessons.web_fonts import EAST_ASIAN

#: fonts of Debian, Windows and macOS
_SYSTEM_FONTS = ("NanumGothic", "Noto Sans CJK KR", "Malgun Gothic", "Apple SD Gothic Neo")

_HEAD = r"""% Made with regviz. Compile with xelatex or lualatex, once.
% !TeX program = xelatex
\documentclass[aspectratio=169,14pt]{beamer}
\usepackage{fontspec}
\usepackage{tikz}
% Outlines in the first run already.
\IfFileExists{bookmark.sty}{\usepackage{bookmark}}{}
% Letters in mathematics as in a book, and not those of the words around.
\usefonttheme[onlymath]{serif}
\usepackage{lmodern}
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
% As a background, whose place TeX knows at once.
\newcommand{\regvizpicture}[2]{\setbeamertemplate{background}{\begin{tikzpicture}
  \useasboundingbox (0,0) rectangle (\paperwidth,\paperheight);
  \node[anchor=north] at (.5\paperwidth,\paperheight-1mm)
    {\includegraphics[width=\paperwidth,height=.85\paperheight,keepaspectratio]{#1}};
  \node[anchor=south,text=muted,font=\footnotesize,text width=.92\paperwidth,
    align=center,execute at begin node=\hyphenpenalty10000]
    at (.5\paperwidth,2mm) {#2};\end{tikzpicture}}}
\newcommand{\regviztitle}{\usebeamerfont{title}\boldmath\color{ink}}
\begin{document}
"""


def contents(deck: Deck, path: Path) -> dict[Path, bytes]:
    """Return the `.tex` file, and beside it the stills and fonts that it names.

    Raises
    ------
    BadInput
        If a file is missing, or would stand under a name that TeX cannot read.
    """
    beside = path.parent / f"{path.stem}-files"
    writer = _Writer(deck, beside)
    frames = [writer.frame(slide) for slide in deck.slides]
    body = seeking("\n".join([*frames, r"\end{document}", ""]))
    fonts, setup = _fonts(without_names(body), beside)
    themes = dict.fromkeys(slide.theme for slide in deck.slides)
    colors = "".join(map(_colors, themes))
    source = (
        f"{_HEAD}{setup}{setup_for(body)}{colors}{_use(deck.theme)}{_about(deck)}{_LOOKS}{body}"
    )
    return {path: source.encode()} | writer.files | fonts


def file_name(target: Path, folder: Path) -> str:
    """Return a file's name as seen from the deck's folder.

    Raises
    ------
    BadInput
        If it holds a sign that TeX takes for its own.
    """
    name = target.relative_to(folder).as_posix()
    if found := re.search(r"[\\{}%#~$^&\"]", name):
        raise BadInput(
            f"TeX cannot read the file name {name}, which holds {found[0]}; "
            "choose another with -o."
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
    title, author = outlined(deck.title), outlined(deck.author)
    return f"\\title{{{title}}}\n\\author{{{author}}}\n\\hypersetup{{pdflang={deck.lang}}}\n"


def _fonts(source: str, beside: Path) -> tuple[dict[Path, bytes], str]:
    """Return font files to write and how to load them; neither without Korean letters."""
    if not EAST_ASIAN.search(source):
        return {}, ""
    try:
        korean = font("ko")
    except BadInput:
        return {}, _system_fonts()
    files = {beside / file.name: file.read_bytes() for file in (korean.regular, korean.bold)}
    setup = (
        f"\\setsansfont{{{korean.regular.name}}}[Path={file_name(beside, beside.parent)}/,"
        f"BoldFont={korean.bold.name},AutoFakeSlant=0.2]\n"
    )
    return files, setup


def _system_fonts() -> str:
    choice = r"\PackageError{regviz}{no Korean font found}{Install fonts-nanum.}"
    for name in reversed(_SYSTEM_FONTS):
        choice = f"\\IfFontExistsTF{{{name}}}{{\\setsansfont{{{name}}}}}{{{choice}}}"
    return f"{choice}\n"


def _outlined(slide: Slide) -> str:
    """Return what puts a slide into the outline that readers show beside the pages."""
    level = {Part: "part", Opening: "section"}.get(type(slide))
    return f"\\{level}{{{outlined(slide.heading)}}}\n" if level else ""


def _headed(title: Paragraph, size: str) -> str:
    return f"\n\\leavevmode{{\\regviztitle{size} {inline(title)}\\par}}\\medskip\n"


def _muted(slide: Words) -> str:
    return f"{{\\color{{muted}}{sized(slide.text, slide.scale)}}}"


def _said(slide: Words | Title) -> str:
    """Return a slide of words."""
    if isinstance(slide, Title):
        author = rf"\medskip{{\large\color{{muted}}{tex(slide.author)}\par}}"
        title = rf"{{\regviztitle {inline(slide.title)}\par}}"
        return f"\n\\regvizmotif\\par\\bigskip\n{title}\n{author if slide.author else ''}"
    if isinstance(slide, Opening):
        number = rf"\leavevmode{{\Large\bfseries\color{{loss}}{slide.number}\par}}\smallskip"
        return f"\n{number}{_headed(slide.title, '')}{_muted(slide)}"
    if isinstance(slide, Part):
        return _headed(slide.title, r"\huge") + _muted(slide)
    heading = _headed(slide.title, r"\Large") if slide.title.runs else "\n\\leavevmode"
    return heading + sized(slide.text, slide.scale)


def _answers(slide: Ask) -> str:
    """Return what can be answered, and of an answer the right one and why it is."""
    right = slide.at if isinstance(slide, Answer) else None
    lines = []
    for at, option in enumerate(slide.options):
        letter = f"{LETTERS[at]}.\\enspace " if slide.is_choice else ""
        line = f"{letter}{inline(option)}"
        if isinstance(slide, Answer):
            line = f"\\textbf{{{line}}}" if at == right else f"\\textcolor{{muted}}{{{line}}}"
        lines.append(f"{line}\\par\\smallskip\n")
    if isinstance(slide, Answer):
        head = inline(slide.head(brief=True))
        lines.append(f"\\textbf{{{head}}} {inline(slide.reply)}\\par\n")
    return "".join(lines)


def _frame(content: str) -> str:
    return f"\\begin{{frame}}{content}\n\\end{{frame}}\n"


def _picture_frame(name: str, caption: str) -> str:
    return f"{{\\regvizpicture{{{name}}}{{{caption}}}\n{_frame('')}}}\n"


class _Writer:
    """Writes frames, and collects the files that they name."""

    def __init__(self, deck: Deck, beside: Path) -> None:
        self.deck = deck
        self.beside = beside
        self.files: dict[Path, bytes] = {}

    def frame(self, slide: Slide) -> str:
        """Return a slide as a frame."""
        notes = "".join(f"\\note{{{tex(note)}}}\n" for note in slide.notes)
        frame = self._content(slide)
        if slide.theme != self.deck.theme:
            frame = f"{{{_use(slide.theme)}{frame}}}\n"
        return f"{_outlined(slide)}{frame}{notes}"

    def _content(self, slide: Slide) -> str:
        if isinstance(slide, Words | Title):
            return _frame(_said(slide))
        if isinstance(slide, Ask):
            return self._asked(slide)
        if isinstance(slide, Picture):
            _, path = markup.first_file(slide.entry, "pdf", "png")
            return _picture_frame(self._kept(path), tex(slide.entry.summary))
        if isinstance(slide, Clip):
            return self._clip(slide)
        if isinstance(slide, Explorer):
            return self._explorer(slide)
        raise TypeError(f"no frame is made of a {type(slide).__name__}")

    def _kept(self, path: str) -> str:
        """Put a file of the lecture beside the deck, and return its name."""
        return self._put(path, self.deck.read(path))

    def _put(self, path: str, content: bytes) -> str:
        target = self.beside / path
        self.files[target] = content
        return file_name(target, self.beside.parent)

    def _asked(self, slide: Ask) -> str:
        """Return a question, alone or with its answer, everything where it was."""
        # A column is narrower here, for its size of type, than on other slides.
        smaller = list(SIZES.values())[1:] if slide.picture else list(SIZES.values())
        size = smaller[min(SCALES.index(slide.scale), len(smaller) - 1)]
        said = f"{size} {_answers(slide)}"
        if slide.picture is not None:
            kind = "answer" if isinstance(slide, Answer) else "ask"
            drawn = slide.picture.encode("pdf")
            name = self._put(f"{kind}-{slide.number}.pdf", drawn)
            shown = f"\\includegraphics[width=\\linewidth]{{{name}}}"
            columns = (f"{{.54\\textwidth}}{shown}", f"{{.42\\textwidth}}{said}")
            content = "\n".join(f"\\column{column}" for column in columns)
            said = f"\\begin{{columns}}[c]\n{content}\n\\end{{columns}}"
        prompt = f"{{\\large\\bfseries\\boldmath {inline(slide.title)}\\par}}\\medskip"
        return _frame(f"[t]\n\\medskip{prompt}\n{said}")

    def _clip(self, slide: Clip) -> str:
        movie = slide.section.file
        still = self._put(f"{movie}.png", last_frame(self.deck.locate(movie)))
        said = tex(slide.cues[-1].text) if slide.cues else inline(slide.title)
        play = tex(load(slide.lang)("export.play"))
        link = f"\\href{{run:{self._kept(movie)}}}{{\\color{{loss}}{play}}}"
        return _picture_frame(still, f"{said} \\quad {link}")

    def _explorer(self, slide: Explorer) -> str:
        _, path = markup.first_file(slide.entry, "html")
        open_it = tex(load(slide.lang)("export.open"))
        link = f"\\href{{run:{self._kept(path)}}}{{\\color{{loss}}\\bfseries {open_it}}}"
        if slide.behind is None:
            return _frame(_headed(slide.title, "") + link)
        _, drawn = markup.first_file(slide.behind, "pdf", "png")
        return _picture_frame(self._kept(drawn), link)
