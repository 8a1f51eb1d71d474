"""Figures inside a page: an SVG file as markup that can share a page with others.

Ids get a prefix of their own, style becomes attributes, which a page's content policy has no
say in, and only elements that draw are let in: a file in the output folder is data.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from regviz.lessons.errors import BadInput

_DRAWING = {"svg", "g", "defs", "clipPath", "use", "path", "rect", "circle", "ellipse"}
_DRAWING |= {"line", "polyline", "polygon", "text", "tspan", "marker", "desc"}
_GEOMETRY = {"d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "width"}
_GEOMETRY |= {"height", "points", "viewBox", "transform", "id", "href", "clipPathUnits"}
_PROPERTIES = {"fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity"}
_PROPERTIES |= {"stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin"}
_PROPERTIES |= {"stroke-miterlimit", "opacity", "clip-path", "clip-rule", "font-size"}
_PROPERTIES |= {
    "font-family",
    "font-weight",
    "font-style",
    "text-anchor",
    "data-weights-to-svg",
}


def inline(content: bytes, prefix: str, alt: str) -> str:
    """Return an SVG file as an element of a page.

    Parameters
    ----------
    content
        The file.
    prefix
        What every id begins with; a page's figures need different ones.
    alt
        What the figure shows.

    Raises
    ------
    BadInput
        If the file is no SVG.
    """
    try:
        drawn = _copied(ElementTree.fromstring(content), prefix)
    except (ElementTree.ParseError, RecursionError):
        raise BadInput("a figure is not SVG any more; build the lecture again.") from None
    # What matplotlib says for all elements by a style sheet, which here would reach others.
    defaults = {"stroke-linejoin": "round", "stroke-linecap": "butt"}
    drawn.attrib = {**defaults, **drawn.attrib, "role": "img", "aria-label": alt}
    for size in ("width", "height"):
        drawn.attrib.pop(size, None)
    drawn.tail = None
    return ElementTree.tostring(drawn, encoding="unicode", short_empty_elements=False)


def _name(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _copied(element: ElementTree.Element, prefix: str) -> ElementTree.Element:
    copy = ElementTree.Element(_name(element.tag), _attributes(element, prefix))
    copy.text, copy.tail = element.text, element.tail
    copy.extend(_copied(part, prefix) for part in element if _name(part.tag) in _DRAWING)
    return copy


def _attributes(element: ElementTree.Element, prefix: str) -> dict[str, str]:
    given = {_name(name): value for name, value in element.attrib.items()}
    declared = (part.partition(":") for part in given.pop("style", "").split(";"))
    given |= {name.strip(): value.strip() for name, _, value in declared}
    kept = {}
    for name, value in given.items():
        if name in _GEOMETRY or name in _PROPERTIES:
            kept[name] = _prefixed(name, value, prefix)
    return {name: value for name, value in kept.items() if value}


def _prefixed(name: str, value: str, prefix: str) -> str:
    if name == "id":
        return prefix + value
    if name == "href":  # only within the figure
        return f"#{prefix}{value[1:]}" if value.startswith("#") else ""
    if "url(" in value:
        local = re.fullmatch(r"url\(#([^)'\"]+)\)", value)
        return f"url(#{prefix}{local[1]})" if local else ""
    return value
