"""A lecture's words as Markdown for a notebook, written anew from their tree.

So what Jupyter makes of them is what every other target shows, and nothing that a lecture says
becomes markup or HTML of its own.
"""

from __future__ import annotations

import re
from html import escape

from regviz.lecture.export.tex import to_math
from regviz.lecture.markdown import Block, Blocks, Code, Listing, Paragraph, Run
from regviz.lessons.mathematics import parse


def to_markdown(read: Blocks) -> str:
    """Return a text as Markdown."""
    return "\n\n".join(map(_block, read))


def inline(line: Paragraph) -> str:
    """Return a line, such as a title."""
    return "".join(map(_run, line.runs))


def escaped(plain: str) -> str:
    r"""Return a text that Markdown, HTML and MathJax show as it is."""
    return _within(" ".join(plain.split()))


def _within(plain: str) -> str:
    # The point that ends a sentence is none of Markdown's, unlike one in `1. ` and `www.`.
    signs = r"([\\`*_{}\[\]()#+!|$~-]|(?<=\d)\.|\.(?=\S))"
    return re.sub(signs, r"\\\1", escape(plain, quote=False))


def _block(block: Block) -> str:
    if isinstance(block, Code):
        fence = "`" * (_longest("`", block.content) + 3)
        return f"{fence}\n{block.content}\n{fence}"
    if isinstance(block, Listing):
        return "\n".join(_item(item, _mark(block, at)) for at, item in enumerate(block.items))
    content = inline(block)
    return f"### {content}" if block.is_heading else content


def _mark(block: Listing, at: int) -> str:
    return "- " if block.start is None else f"{block.start + at}. "


def _item(item: Blocks, mark: str) -> str:
    return mark + to_markdown(item).replace("\n", "\n" + " " * len(mark))


def _run(run: Run) -> str:
    if run.kind == "math":
        shown = f"${to_math(parse(run.content)).strip()}$"
    elif run.kind == "code":
        fence = "`" * (_longest("`", run.content) + 1)
        shown = f"{fence} {run.content} {fence}" if len(fence) > 1 else f"`{run.content}`"
    else:
        shown = _within(run.content)
    for mark in ("_" * run.emphasis, "**" * run.strong):
        # Marks count only beside letters, so blanks stay outside them.
        inner = shown.strip()
        shown = shown.replace(inner, f"{mark}{inner}{mark}") if inner else shown
    return f"[{shown}](<{_address(run.link)}>)" if run.link else shown


def _address(link: str) -> str:
    from urllib.parse import quote

    return quote(link, safe=":/?=+,;@!*-._%&#~")


def _longest(sign: str, content: str) -> int:
    return max((len(found) for found in re.findall(f"{sign}+", content)), default=0)
