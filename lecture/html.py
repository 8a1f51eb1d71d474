"""A lecturer's words as HTML, for the gallery, slides and the handout."""

from __future__ import annotations

from html import escape

from regviz.lecture.markdown import Block, Blocks, Code, Listing, Paragraph, Run
from regviz.lessons.mathematics import parse


def to_html(read: Blocks) -> str:
    """Return a text as elements; all that it says is escaped."""
    return "".join(map(_block, read))


def inline(line: Paragraph) -> str:
    """Return a line, such as a title, as what may stand in an element."""
    return "".join(map(_run, line.runs))


def _block(block: Block) -> str:
    if isinstance(block, Code):
        return f"<pre><code>{escape(block.content)}</code></pre>"
    if isinstance(block, Listing):
        items = "".join(f"<li>{_item(item)}</li>" for item in block.items)
        if block.start is None:
            return f"<ul>{items}</ul>"
        return f'<ol start="{block.start}">{items}</ol>'
    content = inline(block)
    return f'<p class="heading">{content}</p>' if block.is_heading else f"<p>{content}</p>"


def _item(item: Blocks) -> str:
    """Return what is in an item of a list; a lone paragraph needs no element of its own."""
    first, rest = item[:1], item[1:]
    if first and isinstance(first[0], Paragraph):
        return inline(first[0]) + to_html(rest)
    return to_html(item)


def _run(run: Run) -> str:
    if run.kind == "math":
        from regviz.pages.mathml import to_mathml

        shown = f"<math>{to_mathml(parse(run.content), ())}</math>"
    elif run.kind == "code":
        shown = f"<code>{escape(run.content)}</code>"
    else:
        shown = escape(run.content)
    if run.emphasis:
        shown = f"<em>{shown}</em>"
    if run.strong:
        shown = f"<strong>{shown}</strong>"
    if run.link:
        shown = f'<a href="{escape(run.link)}" rel="noopener noreferrer">{shown}</a>'
    return shown
