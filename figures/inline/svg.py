"""Matplotlib's SVG of a figure, rewritten for a page: roles, text, and nothing said twice."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import matplotlib
from matplotlib.figure import Figure
from matplotlib.text import Text

from regviz.figures.canvas import own_settings
from regviz.figures.inline.groups import (
    as_circle,
    flattened,
    gather_marks,
    group_alike,
    place_marks,
    repeat,
)
from regviz.figures.inline.lines import NEAR, NEAR_FAINT, Window, short_path, window_of
from regviz.figures.inline.numbers import NUMBER, short
from regviz.figures.inline.texts import SVG, gather_texts, join_spans
from regviz.lessons.markup import spelled
from regviz.lessons.space import DEEPEST, PALEST, SHADE
from regviz.lessons.theme import IN_PAGES, Theme, shaded

_HREF = "{http://www.w3.org/1999/xlink}href"
#: of these a page has its own, or none but the usual value is ever met
_DROPPED = {"font-family", "stroke-dashoffset", "stroke-linejoin", "stroke-linecap", "font"}
_USUAL_SIZE = "20"
_USUAL = {("font-size", f"{_USUAL_SIZE}px"), ("opacity", "1"), ("text-anchor", "start")}
_UNTURNED = re.compile(r"rotate\(-?0 ")


def encode(figure: Figure, theme: Theme) -> str:
    """Return the figure as an `svg` element of an HTML page.

    Parameters
    ----------
    figure
        What :func:`regviz.figures.draw` returned; its labels lose their halos here, so that it
        is of no use afterwards.
    theme
        The colours it was drawn in. Those that have a role become `var(--role)`, which a
        page sets by its own theme.
    """
    root = ElementTree.fromstring(_drawn(figure))
    root.tag = "svg"
    width, height = root.attrib["viewBox"].split()[2:]
    root.attrib.clear()
    root.attrib |= {
        "viewBox": f"0 0 {short(float(width))} {short(float(height))}",
        "role": "img",
        "aria-label": _plain(
            f"{getattr(figure, 'title', '')}. {getattr(figure, 'description', '')}"
        ),
        "fill": "none",
        "font-size": _USUAL_SIZE,
    }
    inliner = _Inliner(theme)
    inliner.windows = {
        clip.attrib["id"]: window_of(clip[0].attrib) for clip in root.iter(SVG + "clipPath")
    }
    inliner.rewrite(root)
    if len(root) and root[0].get("fill") == "var(--paper)":
        root.remove(root[0])  # the page behind it has that colour
    place_marks(root)
    gather_marks(root)
    repeat(root)
    gather_texts(root)
    group_alike(root, ("clip-path",))
    group_alike(root, ())
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")


def _plain(sentence: str) -> str:
    """Return a sentence of our markup as what a screen reader can say."""
    bare = re.sub(r"\\(?:lambda)", "λ", sentence)
    bare = re.sub(r"\\times", "×", bare.replace(r"\nabla", "∇").replace(r"\leq", "≤"))
    bare = re.sub(r"\\[A-Za-z]+|[\\${}_]", "", bare)
    return re.sub(r"\s+", " ", spelled(bare)).strip(" .")


def _drawn(figure: Figure) -> bytes:
    for label in figure.findobj(Text):
        # A halo makes outlines of its letters; a page draws its own around text.
        looks = []
        if label.get_path_effects():
            label.set_path_effects([])
            looks.append("halo")
        # Which cut a font file holds is not written into an SVG.
        if "Bold" in str(label.get_fontproperties().get_file()):
            looks.append("strong")
        if looks:
            label.set_gid(" ".join(looks))
    stream = io.BytesIO()
    settings = {"svg.hashsalt": "regviz", "svg.fonttype": "none"}
    with own_settings(), matplotlib.rc_context(settings):
        figure.savefig(stream, format="svg", metadata={"Date": None})
    return stream.getvalue()


def _of_facets(theme: Theme, roles: dict[str, str]) -> dict[str, str]:
    """Return what the colours of facets are called, `role-percent`, which a page mixes."""
    return {
        shaded(colour, theme.background, percent).lower(): f"{name}-{percent}"
        for colour, name in roles.items()
        for percent in range(PALEST, DEEPEST + 1, SHADE)
    }


class _Inliner:
    """Rewrites matplotlib's SVG in place, element by element."""

    def __init__(self, theme: Theme) -> None:
        # The first role of a colour that several have is the one a reader of the page knows.
        roles = {getattr(theme, role).lower(): IN_PAGES[role] for role in reversed(IN_PAGES)}
        shades = _of_facets(theme, roles)
        self._shades = {*shades.values()}
        named = {colour: f"var(--{name})" for colour, name in roles.items()}
        self._colours: dict[str, str] = shades | named
        self._names: dict[str, str] = {}
        #: what clips by name: left, top, right, bottom
        self.windows: dict[str, Window] = {}

    def rewrite(self, parent: ElementTree.Element) -> None:
        kept = []
        for child in parent:
            child.tag = child.tag.removeprefix(SVG) if isinstance(child.tag, str) else ""
            child.tail = None
            if child.tag in ("", "metadata", "style", "title", "desc"):
                continue
            self._attributes(child)
            if child.tag == "text" and len(child):
                join_spans(child)
            self.rewrite(child)
            kept += flattened(child)
        parent[:] = kept
        if parent.tag not in ("text", "tspan") or len(parent):
            parent.text = None

    def _attributes(self, element: ElementTree.Element) -> None:
        given = dict(element.attrib)
        element.attrib.clear()
        styles = [part.split(":", 1) for part in given.pop("style", "").split(";") if part]
        given |= {name.strip(): value.strip() for name, value in styles}
        if _HREF in given:
            given["href"] = "#" + self._name(given.pop(_HREF)[1:])
        if "d" in given:
            # What is only a line need not be drawn where nothing of it is seen.
            window = self.windows.get(given.get("clip-path", "")[5:-1])
            seen = window if given.get("fill") == "none" else None
            near = NEAR if "stroke-opacity" not in given else NEAR_FAINT
            element.set("d", short_path(given.pop("d"), seen, near))
        for name, value in given.items():
            if name == "id" and set(value.split()) <= {"halo", "strong"}:
                element.set("class", value)
            elif name in _DROPPED or (name, value) in _USUAL or name.startswith("{"):
                continue
            elif name == "id":
                # Groups' names are for files; in a page only what is referred to has one.
                if element.tag in ("path", "circle", "clipPath"):
                    element.set("id", self._name(value))
            else:
                element.set(name, self._value(element.tag, name, value))
        as_circle(element)
        if _UNTURNED.match(element.get("transform", "")):
            del element.attrib["transform"]
        # The whole picture is unfilled unless a part says otherwise.
        if element.tag in ("path", "circle") and element.get("fill") == "none":
            del element.attrib["fill"]
        # A facet's seam is of its own colour: without it is shorter by far.
        if element.get("fill") == element.get("stroke") and "fill" in element.attrib:
            del element.attrib["stroke"], element.attrib["stroke-width"]
        if element.get("fill") in self._shades:
            element.set("class", element.attrib.pop("fill"))

    def _value(self, tag: str, name: str, value: str) -> str:
        if name in ("fill", "stroke"):
            return self._colours.get(value.lower(), value)
        if name == "clip-path":
            return f"url(#{self._name(value[5:-1])})"
        if name == "font-style":
            return value.replace("oblique", "italic")
        if name in ("class", "href"):
            return value
        # Nobody sees where type stands to less than half a point.
        rough = tag in ("text", "tspan", "g") and name in ("x", "y", "transform")
        digits = 0 if rough else 1
        return NUMBER.sub(lambda n: short(float(n[0]), digits), value.replace("px", ""))

    def _name(self, name: str) -> str:
        return self._names.setdefault(name, f"s{len(self._names)}")
