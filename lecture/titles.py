"""A title: one line of text, with mathematics between dollar signs and no other markup."""

from __future__ import annotations

import re

from regviz.lecture import markdown
from regviz.lecture.markdown import Paragraph, Run
from regviz.lessons.errors import BadInput
from regviz.lessons.mathematics import parse

_DOLLAR = re.compile(r"(?<!\\)\${1,2}")


def read(source: str, name: str = "title") -> Paragraph:
    r"""Read a title; a dollar sign for itself is written `\$`.

    Parameters
    ----------
    source
        What the lecturer wrote.
    name
        What to call it in a complaint.

    Raises
    ------
    BadInput
        If a dollar sign has no partner, or its mathematics is not in our part of TeX.
    """
    parts = _DOLLAR.split(" ".join(source.split()))
    if len(parts) % 2 == 0:
        raise BadInput(
            f"{name}: a dollar sign has no partner in {source!r}; for itself write \\$."
        )
    try:
        runs = [_math(part) if at % 2 else _text(part) for at, part in enumerate(parts)]
    except ValueError as error:
        raise BadInput(f"{name}: {error}.") from None
    except RecursionError:
        raise BadInput(f"{name} is nested too deep; make it plainer.") from None
    return Paragraph(tuple(run for run in runs if run.content))


def _text(part: str) -> Run:
    return Run(part.replace(r"\$", "$"))


def _math(part: str) -> Run:
    parse(part)
    return Run(part.strip(), "math")


def plain(source: str) -> str:
    r"""Return a title for where nothing but letters can be: an outline, a browser's tab.

    >>> plain(r"Why $w_1^2 \leq t$ costs \$5")
    'Why w₁² ≤ t costs $5'
    """
    return markdown.plain((read(source),))
