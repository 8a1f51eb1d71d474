"""Elements of an SVG put together: marks, copies and groups in place of repetition."""

from __future__ import annotations

import re
from itertools import chain, groupby
from xml.etree import ElementTree

from regviz.figures.inline.numbers import NUMBER, short
from regviz.figures.inline.texts import share, unwrap

#: attributes that are an element's own, not its look
_OWN = {"d", "id", "transform", "opacity", "href", "x", "y", "cx", "cy", "r"}
_PLACED = {"d", "id", "clip-path"}
_START = re.compile(r"M([^a-zA-Z]*)")


#: shorter than this, a copy is longer than the line
_WORTH_COPYING = 50
_CIRCLE = re.compile(r"M0 ([\d.]+)(?:C[^C]*)+z")


def as_circle(element: ElementTree.Element) -> None:
    """Make a circle of a path that is one: matplotlib draws it as eight curves."""
    circle = _CIRCLE.fullmatch(element.get("d", ""))
    if circle and element.attrib["d"].count("C") == 8:
        element.tag = "circle"
        del element.attrib["d"]
        element.set("r", circle[1])


def flattened(element: ElementTree.Element) -> list[ElementTree.Element]:
    """Return a group's children where the group itself says nothing; nothing for nothing."""
    children = list(element)
    if element.tag == "text" and not children and not (element.text or "").strip():
        return []
    if element.tag == "text":
        share(element)
        unwrap(element)
    if element.tag in ("g", "defs") and not children:
        return []
    if element.tag == "g" and not element.attrib:
        return children
    clips_only = list(element.attrib) == ["clip-path"]
    if clips_only and not any("clip-path" in child.attrib for child in children):
        for child in children:
            child.set("clip-path", element.attrib["clip-path"])
        return children
    if element.tag == "g" and len(children) == 1:
        only = children[0]
        if all(only.get(name) in (None, value) for name, value in element.attrib.items()):
            only.attrib |= element.attrib
            return [only]
    return [element]


def place_marks(root: ElementTree.Element) -> None:
    """Put a mark that is used once where it is used; what many points share stays defined."""
    parents = {child: parent for parent in root.iter() for child in parent}
    marks = {
        f"#{mark.get('id')}": mark for mark in root.iter() if mark.tag in ("path", "circle")
    }
    uses = list(root.iter("use"))
    for use in uses:
        name = use.attrib["href"]
        if sum(other.get("href") == name for other in uses) > 1:
            continue
        mark, definitions = marks[name], parents[marks[name]]
        definitions.remove(mark)
        if not len(definitions):
            parents[definitions].remove(definitions)
        x, y = use.attrib.pop("x"), use.attrib.pop("y")
        del use.attrib["href"]
        use.tag = mark.tag
        if mark.tag == "circle":
            use.attrib |= {"cx": x, "cy": y, "r": mark.attrib["r"]}
        else:
            use.attrib |= {"d": mark.attrib["d"], "transform": f"translate({x} {y})"}


def gather_marks(root: ElementTree.Element) -> None:
    """Define all that is used elsewhere at once, so that what uses it can stand together."""
    first = ElementTree.Element("defs")
    for parent in list(root.iter()):
        for definitions in parent.findall("defs"):
            first.extend(definitions)
            parent.remove(definitions)
    if len(first):
        root.insert(0, first)


def repeat(root: ElementTree.Element) -> None:
    """Draw a long line that is there twice, as in two panels, as a copy of the first."""
    firsts: dict[str, tuple[ElementTree.Element, str]] = {}
    paths = [path for path in root.iter("path") if "transform" not in path.attrib]
    for index, path in enumerate(paths):
        start, run = _START.match(path.attrib["d"]), _START.sub("", path.attrib["d"], count=1)
        look = str(sorted(item for item in path.attrib.items() if item[0] not in _PLACED))
        if start is None or len(run) < _WORTH_COPYING or "M" in run:
            continue
        first, at = firsts.setdefault(run + look, (path, start[1]))
        if first is path or first.get("id", "r").startswith("s"):
            continue
        first.set("id", first.get("id", f"r{index}"))
        x0, y0, x1, y1 = (float(number) for both in (at, start[1]) for number in _pairs(both))
        path.tag = "use"
        # It keeps its look, since that of the first may come to stand on a group.
        del path.attrib["d"]
        path.attrib |= {"href": f"#{first.get('id')}", "x": short(x1 - x0)}
        if abs(y1 - y0) > 0.01:
            path.set("y", short(y1 - y0))


def _pairs(written: str) -> list[str]:
    return NUMBER.findall(written)


def group_alike(parent: ElementTree.Element, names: tuple[str, ...]) -> None:
    """Say once, on a group, what neighbours have in common: first their clip, then the rest."""
    gathered: list[ElementTree.Element] = []
    in_order = chain.from_iterable(
        # Which of one colour is drawn first shows nowhere.
        sorted(some, key=lambda child: _common(child, ())) if len(paint) == 1 else some
        for paint, some in groupby(parent, key=_paint)
    )
    for shared, some in groupby(in_order, key=lambda child: _common(child, names)):
        members = list(some)
        # A copy is moved together with what clips it, so that its clip stands on a group.
        alone = len(members) < 2 and not (names and members[0].tag == "use")
        if not shared or alone:
            gathered += members
            continue
        group = ElementTree.Element("g", dict(shared))
        for member in members:
            for name, _ in shared:
                del member.attrib[name]
        # What is see-through is drawn one by one: it is darker where it overlaps.
        clear = names or any("opacity" in name for name, _ in shared)
        group[:] = members if clear else _as_one(members)
        if names:
            group_alike(group, ())
        gathered.append(group)
    parent[:] = gathered


def _paint(child: ElementTree.Element) -> set[str]:
    return {child.attrib[name] for name in ("fill", "stroke") if name in child.attrib}


def _common(child: ElementTree.Element, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    if names:
        return tuple((name, child.attrib[name]) for name in names if name in child.attrib)
    if child.tag not in ("path", "circle", "use"):
        return ()
    return tuple(sorted(item for item in child.attrib.items() if item[0] not in _OWN))


def _as_one(members: list[ElementTree.Element]) -> list[ElementTree.Element]:
    """Join neighbouring paths that say nothing of their own to one path."""
    joined: list[ElementTree.Element] = []
    for member in members:
        bare = member.tag == "path" and list(member.attrib) == ["d"]
        if bare and joined and list(joined[-1].attrib) == ["d"]:
            joined[-1].set("d", joined[-1].attrib["d"] + member.attrib["d"])
        else:
            joined.append(member)
    return joined
