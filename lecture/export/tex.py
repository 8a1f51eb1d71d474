"""A lecture's words as TeX: plain text escaped, mathematics written anew from its tree.

Nothing that a lecture says reaches TeX as it was typed.
"""

from __future__ import annotations

import re

from regviz.lecture.markdown import Block, Blocks, Code, Listing, Paragraph, Run
from regviz.lessons.mathematics import SIGNS, Node, parse

# Korean fonts have a won sign where others have a backslash; that of mathematics is one.
_ESCAPES = {
    "\\": r"\ensuremath{\backslash}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_ESCAPES |= {sign: f"\\{sign}" for sign in "&%$#_{}"}
#: ligatures that would change what was written
_ESCAPES |= {"`": r"\textasciigrave{}", "'": "'{}", '"': r"\textquotedbl{}", "-": "-{}"}
_ESCAPES |= {"\N{NO-BREAK SPACE}": "~"}
_ESCAPES |= {"<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}"}
#: the command of a sign, by the kind that it is of, too, since bars have sides
_COMMANDS = {found: f"\\{name}" for name, found in reversed(SIGNS.items()) if name.isalpha()}
#: signs that Latin Modern has no letters for
_SYMBOLS = {sign: command for (_, sign), command in _COMMANDS.items() if not sign.isascii()}
_SYMBOLS |= {"ŵ": r"\hat{w}", "−": "-", "·": r"\cdot", "⁻": "{}^{-}", "∗": "*", "′": "'"}
_SYMBOLS |= {sign: f"{{}}^{{{n}}}" for n, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_SYMBOLS |= {sign: f"{{}}_{{{n}}}" for n, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")}
_SPACES = {"thin": r"\,", "medium": r"\;", "word": r"\ ", "quad": r"\quad "}
#: letters that the typewriter type has not
_BEYOND = re.compile(r"[\u1100-\u11ff\u3000-\u303f\u3130-\u318f\uac00-\ud7a3]")
SIZES = {1.0: r"\normalsize", 0.84: r"\small", 0.68: r"\footnotesize"}


def tex(plain: str) -> str:
    """Return a text that TeX shows as it is."""
    return "".join(map(_sign, " ".join(plain.split())))


def _sign(sign: str) -> str:
    if sign in _SYMBOLS:
        return rf"\ensuremath{{{_SYMBOLS[sign]}}}"
    return _ESCAPES.get(sign, sign)


def outlined(plain: str) -> str:
    """Return a text for an outline, where TeX sets no mathematics and has every letter."""
    return "".join(map(_sign_outlined, " ".join(plain.split())))


def _sign_outlined(sign: str) -> str:
    return r"\textbackslash{}" if sign == "\\" else _ESCAPES.get(sign, sign)


def to_math(node: Node | None) -> str:
    """Write a piece of mathematics as TeX."""
    if node is None:
        return ""
    parts = [to_math(part) for part in node.parts]
    match node.kind:
        case "letter" | "upright" | "operator" | "open" | "close" | "function":
            return _math_sign(node)
        case "number":
            return node.sign
        case "space":
            return _SPACES[node.sign]
        case "text" | "mathrm" | "operatorname":
            # Text is set by the fonts around, which have Korean letters too.
            return rf"\text{{{''.join(map(_sign, node.sign))}}}"
        case "frac":
            return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"
        case "script":
            base, below, above = parts
            lowered = f"_{{{below}}}" if node.parts[1] else ""
            raised = f"^{{{above}}}" if node.parts[2] else ""
            return f"{{{base}}}{lowered}{raised}"
        case "row":
            return "".join(parts)
        case _:
            return rf"\{node.kind}{{{parts[0]}}}"


def _math_sign(node: Node) -> str:
    sign = node.sign
    if command := _COMMANDS.get((node.kind, sign)):
        return f"{command} "
    if sign in "<>":  # in a notebook, too, where `<b` begins an element
        return f" {sign} "
    if sign.isascii() and (sign.isalnum() or sign in "+-*/=()[],.:;!?|'"):
        return sign
    return _SYMBOLS.get(sign) or rf"\text{{{_sign(sign)}}}"


# -- Markdown -------------------------------------------------------------------------------


def to_tex(read: Blocks) -> str:
    """Return a text as paragraphs and lists."""
    return "\n".join(map(_block, read))


def inline(line: Paragraph) -> str:
    """Return a line, such as a title."""
    return "".join(map(_run, line.runs))


def sized(read: Blocks, scale: float) -> str:
    """Return a text in one of the sizes of :data:`regviz.lecture.markdown.SCALES`."""
    return f"{{{SIZES[scale]}\n{to_tex(read)}\\par}}"


def _block(block: Block) -> str:
    if isinstance(block, Code):
        lines = (tex_within(line) or "~" for line in _indented(block.content))
        return "".join(f"\\leavevmode {_typed(line)}\\par\n" for line in lines)
    if isinstance(block, Listing):
        items = "\n".join(
            f"\\item{_number(block.start, at)} {to_tex(item)}"
            for at, item in enumerate(block.items)
        )
        return f"\\begin{{itemize}}\n{items}\n\\end{{itemize}}"
    content = inline(block)
    heading = r"\bfseries " if block.is_heading else ""
    return f"{{{heading}{content}\\par}}\\smallskip"


def _number(start: int | None, at: int) -> str:
    return "" if start is None else f"[{start + at}.]"


def _typed(content: str) -> str:
    return content if _BEYOND.search(content) else rf"\texttt{{{content}}}"


def _indented(content: str) -> list[str]:
    """Return lines whose indents are spaces that are not gathered into one."""
    return [
        line.expandtabs(4).replace(" ", "\N{NO-BREAK SPACE}") for line in content.split("\n")
    ]


def _run(run: Run) -> str:
    if run.kind == "math":
        shown = f"${to_math(parse(run.content))}$"
    elif run.kind == "code":
        shown = _typed(tex_within(run.content))
    else:
        shown = tex_within(run.content)
    if run.emphasis:
        shown = rf"\emph{{{shown}}}"
    if run.strong:
        shown = rf"\textbf{{{shown}}}"
    if run.link:
        shown = rf"\href{{{_address(run.link)}}}{{\color{{loss}}{shown}}}"
    return shown


def tex_within(plain: str) -> str:
    """Return a stretch of a text, with the spaces at its ends."""
    return "".join(map(_sign, plain))


def _address(link: str) -> str:
    """Return an address that TeX reads letter by letter."""
    from urllib.parse import quote

    return quote(link, safe=":/?=+,;@!()*-._[]%&#").translate(
        {ord(sign): f"\\{sign}" for sign in "%&#_"}
    )
