"""A lecture's words as paragraphs of a PowerPoint text frame.

Mathematics is set as type, italic, raised and lowered, which every program that opens a deck
shows alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from regviz.lecture.export.pptx_looks import style_run
from regviz.lecture.markdown import Blocks, Code, Listing, Paragraph, Run
from regviz.lessons.mathematics import parse

_MONO = "Consolas"
#: how far the text of a list stands in, a level, in EMU
_INDENT = 400000
#: how far a script stands above or below the line, in thousandths of the size of type
_RAISED, _LOWERED = "30000", "-25000"


@dataclass(frozen=True)
class Writer:
    """Writes into a text frame that is empty.

    Attributes
    ----------
    frame
        The frame.
    lang, size, color
        How its words are set.
    """

    frame: Any
    lang: str
    size: float
    color: str

    def write(self, read: Blocks, level: int = 0) -> None:
        """Write a text, with lists so many levels in."""
        for block in read:
            if isinstance(block, Listing):
                for at, item in enumerate(block.items):
                    mark = "" if block.start is None else str(block.start + at)
                    self._item(item, level, mark)
            elif isinstance(block, Code):
                for line in block.content.split("\n"):
                    self._add(self._new(level), Run(line, "code"))
            else:
                self._fill(self._new(level), block)

    def write_title(self, title: Paragraph) -> None:
        """Write a title, in bold."""
        self._fill(self.frame.paragraphs[0], replace(title, is_heading=True))

    def _item(self, item: Blocks, level: int, number: str) -> None:
        paragraph, rest = self._new(level + 1), item
        _mark(paragraph, number)
        if item and isinstance(item[0], Paragraph):
            self._fill(paragraph, item[0])
            rest = item[1:]
        self.write(rest, level + 1)

    def _new(self, level: int) -> Any:
        from pptx.util import Pt

        first = self.frame.paragraphs[0]
        used = first.runs or len(self.frame.paragraphs) > 1
        paragraph = self.frame.add_paragraph() if used else first
        paragraph.space_after = Pt(8)
        paragraph._p.get_or_add_pPr().set("marL", str(_INDENT * level))
        return paragraph

    def _fill(self, paragraph: Any, block: Paragraph) -> None:
        from regviz.lessons.type_runs import to_type_runs

        for run in block.runs:
            if run.kind == "math":
                for sign, script in to_type_runs(parse(run.content), ()):
                    self._add(paragraph, run, sign, script, bold=block.is_heading)
            else:
                self._add(paragraph, run, bold=block.is_heading)

    def _add(
        self, paragraph: Any, run: Run, sign: str = "", script: str = "", bold: bool = False
    ) -> None:
        made = paragraph.add_run()
        made.text = sign or run.content
        style_run(made, self.lang, self.size, self.color, bold or run.strong)
        made.font.italic = "i" in script if sign else run.emphasis
        if run.kind == "code":
            made.font.name = _MONO
        if script.endswith(("_", "^")):
            height = _LOWERED if script.endswith("_") else _RAISED
            made.font._element.set("baseline", height)
        if run.link:
            made.hyperlink.address = run.link


def _mark(paragraph: Any, number: str) -> None:
    """Put a bullet, or a number, before a paragraph."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    properties = paragraph._p.get_or_add_pPr()
    properties.set("indent", str(-_INDENT))
    kind = f'buAutoNum type="arabicPeriod" startAt="{number}"' if number else 'buChar char="•"'
    properties.append(parse_xml(f"<a:{kind} {nsdecls('a')}/>"))
