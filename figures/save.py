r"""A figure as the bytes of a file: the same inputs give the same bytes, on every run.

An SVG's parts keep the names they were drawn under as ids, and its letters are outlines, so
that it looks the same wherever it is opened. Each plane is a group whose id starts with
`plane-` and which says how weights became positions in the file's units (points)::

    <g id="plane-l1" data-weights-to-svg="a b c d" ...>   x = a + b*w1,   y = c + d*w2

A path's vertices are the computed ones under that map, written to 1e-6 points, and never
simplified; whoever holds the file can so check the geometry without our code. Vertices
outside the page may be left out of open lines.
"""

from __future__ import annotations

import io
import logging
import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from xml.sax.saxutils import escape

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from regviz.figures.canvas import POINTS_PER_INCH, own_settings
from regviz.lessons.errors import BadInput
from regviz.lessons.markup import spelled

_CREATOR = "regviz"


def encode(
    figure: Figure,
    format: str,
    *,
    dpi: float = 150.0,
    title: str | None = None,
    description: str | None = None,
) -> bytes:
    """Return the file's bytes.

    Parameters
    ----------
    figure
        What :func:`regviz.figures.draw` returned.
    format
        `svg`, `pdf` or `png`.
    dpi
        Pixels per inch, for `png`.
    title, description
        What the file says it is; by default what the figure says.

    Raises
    ------
    BadInput
        If the format is unknown.
    """
    if format not in _WRITERS:
        raise BadInput(f"format {format!r} is unknown; give {', '.join(_WRITERS)}.")
    title = getattr(figure, "title", "") if title is None else title
    description = getattr(figure, "description", "") if description is None else description
    with own_settings():
        return _WRITERS[format](figure, dpi, title, spelled(description))


def _saved(figure: Figure, format: str, metadata: dict[str, Any], **options: Any) -> bytes:
    stream = io.BytesIO()
    figure.savefig(stream, format=format, metadata=metadata, **options)
    return stream.getvalue()


def _png(figure: Figure, dpi: float, title: str, description: str) -> bytes:
    said = {"Title": title, "Description": description, "Software": _CREATOR}
    return _saved(figure, "png", said, dpi=dpi)


def _pdf(figure: Figure, _dpi: float, title: str, description: str) -> bytes:
    said = {"Title": title, "Subject": description, "Creator": _CREATOR, "CreationDate": None}
    # Type that printers and journals take, and that stays text: TrueType, and not Type 3.
    with matplotlib.rc_context({"pdf.fonttype": 42}), _quiet("fontTools"):
        return _saved(figure, "pdf", said)


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep a library from saying which of a font's private tables it leaves out."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def _svg(figure: Figure, _dpi: float, title: str, description: str) -> bytes:
    # Without these two, files hold the time of day and random ids.
    said = {"Title": title, "Date": None, "Creator": _CREATOR}
    with matplotlib.rc_context({"svg.hashsalt": _CREATOR, "svg.fonttype": "path"}):
        drawn = _saved(figure, "svg", said).decode()
    for axes in figure.axes:
        if axes.get_gid():
            drawn = _with_map(drawn, axes)
    return _with_description(drawn, description).encode()


_WRITERS: dict[str, Callable[[Figure, float, str, str], bytes]] = {
    "svg": _svg,
    "pdf": _pdf,
    "png": _png,
}


def weights_to_svg(axes: Axes) -> tuple[float, float, float, float]:
    """Return `a, b, c, d` of `x = a + b*w1, y = c + d*w2`, in the SVG's units.

    Where an axis is logarithmic, `w1` stands for its decimal logarithm.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None
    width, height = figure.get_size_inches() * POINTS_PER_INCH
    box = axes.get_position()
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    if axes.get_xscale() == "log":
        left, right = math.log10(left), math.log10(right)
    across = box.width * width / (right - left)
    up = box.height * height / (top - bottom)
    # SVG counts downwards from the top.
    return (
        box.x0 * width - across * left,
        across,
        (1.0 - box.y0) * height + up * bottom,
        -up,
    )


def _with_map(drawn: str, axes: Axes) -> str:
    values = " ".join(repr(float(value)) for value in weights_to_svg(axes))
    opening = f'<g id="{axes.get_gid()}"'
    first = "w1" if axes.get_xscale() == "linear" else "log10(w1)"
    said = (
        f'{opening} data-weights-to-svg="{values}"><desc>Weights (w1, w2) are drawn at '
        f"x = a + b*{first}, y = c + d*w2, where data-weights-to-svg gives a b c d.</desc>"
    )
    return drawn.replace(f"{opening}>", said, 1)


def _with_description(drawn: str, description: str) -> str:
    labelled = re.sub(r"<svg ", '<svg role="img" ', drawn, count=1)
    desc = f"</title>\n <desc>{escape(description)}</desc>"
    return labelled.replace("</title>", desc, 1)
