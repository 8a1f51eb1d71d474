"""A figure as a small SVG that stands inside a page: real text, and colours by role.

Where :mod:`figures.save` writes files whose every vertex can be checked, this writes a still
that is to stay small, for a page whose policy forbids style attributes: letters are text in
the page's fonts, positions are rounded to a tenth of a point, and a curve's many vertices
become few arcs between its corners, which stay.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise
from xml.etree import ElementTree

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text
from numpy.typing import NDArray

from figures.canvas import own_settings
from lessons.theme import Theme

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
#: in points: how far a stretch may be from straight, and an arc from the vertices it replaces
_TOLERANCE, _NEAR = 0.2, 0.8
#: the same for faint lines in the background
_NEAR_FAINT = 3.0
#: in radians: a line that bends more than this has a corner
_SHARPEST = 0.35
#: colours that a page knows by their role, and what it calls them
_ROLES = {
    "background": "paper",
    "ink": "ink",
    "muted": "muted",
    "loss": "loss",
    "l1": "l1",
    "l2": "l2",
    "region": "region",
}
#: of these a page has its own, or none but the usual value is ever met
_DROPPED = {"font-family", "stroke-dashoffset", "stroke-linejoin", "stroke-linecap", "font"}
_USUAL_SIZE = "20"
_USUAL = {("font-size", f"{_USUAL_SIZE}px"), ("opacity", "1"), ("text-anchor", "start")}
_STRAIGHT = re.compile(r"[MLZz\s\d.e+-]*")
#: attributes that are an element's own, not its look
_OWN = {"d", "id", "transform", "opacity", "href", "x", "y", "cx", "cy", "r"}
_PLACED = {"d", "id", "clip-path"}
_START = re.compile(r"M([^a-zA-Z]*)")
#: shorter than this, a copy is longer than the line
_WORTH_COPYING = 50
_CIRCLE = re.compile(r"M0 ([\d.]+)(?:C[^C]*)+z")
_UNTURNED = re.compile(r"rotate\(-?0 ")
_NUMBER = re.compile(r"-?\d*\.?\d+(?:e[+-]?\d+)?")


def encode(figure: Figure, theme: Theme) -> str:
    """Return the figure as an `svg` element of an HTML page.

    Parameters
    ----------
    figure
        What :func:`figures.draw` returned; its labels lose their halos here, so that it is
        of no use afterwards.
    theme
        The colours it was drawn in. Those that have a role become `var(--role)`, which a
        page sets by its own theme.
    """
    root = ElementTree.fromstring(_drawn(figure))
    root.tag = "svg"
    width, height = root.attrib["viewBox"].split()[2:]
    root.attrib.clear()
    root.attrib |= {
        "viewBox": f"0 0 {_short(float(width))} {_short(float(height))}",
        "role": "img",
        "aria-label": _plain(
            f"{getattr(figure, 'title', '')}. {getattr(figure, 'description', '')}"
        ),
        "fill": "none",
        "font-size": _USUAL_SIZE,
    }
    inliner = _Inliner(theme)
    inliner.windows = {
        clip.attrib["id"]: _window(clip[0].attrib) for clip in root.iter(_SVG + "clipPath")
    }
    inliner.rewrite(root)
    if len(root) and root[0].get("fill") == "var(--paper)":
        root.remove(root[0])  # the page behind it has that colour
    _place_marks(root)
    _repeat(root)
    _gather_texts(root)
    _group(root, ("clip-path",))
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")


def _plain(sentence: str) -> str:
    """Return a sentence of our markup as what a screen reader can say."""
    bare = re.sub(r"\\(?:lambda)", "λ", sentence.replace(r"\$", "\ufffc"))
    bare = re.sub(r"\\times", "×", bare.replace(r"\nabla", "∇").replace(r"\leq", "≤"))
    bare = re.sub(r"\\[A-Za-z]+|[\\${}_]", "", bare)
    return re.sub(r"\s+", " ", bare.replace("\ufffc", "$")).strip(" .")


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


class _Inliner:
    """Rewrites matplotlib's SVG in place, element by element."""

    def __init__(self, theme: Theme) -> None:
        # The first role of a colour that several have is the one a reader of the page knows.
        roles = {getattr(theme, role).lower(): _ROLES[role] for role in reversed(_ROLES)}
        self._colours = {colour: f"var(--{name})" for colour, name in roles.items()}
        self._names: dict[str, str] = {}
        #: what clips by name: left, top, right, bottom
        self.windows: dict[str, _Window] = {}

    def rewrite(self, parent: ElementTree.Element) -> None:
        kept = []
        for child in parent:
            child.tag = child.tag.removeprefix(_SVG) if isinstance(child.tag, str) else ""
            child.tail = None
            if child.tag in ("", "metadata", "style", "title", "desc"):
                continue
            self._attributes(child)
            if child.tag == "text" and len(child):
                _join_spans(child)
            self.rewrite(child)
            kept += _flattened(child)
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
            near = _NEAR if "stroke-opacity" not in given else _NEAR_FAINT
            element.set("d", _path(given.pop("d"), seen, near))
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
        _round(element)
        if _UNTURNED.match(element.get("transform", "")):
            del element.attrib["transform"]
        # The whole picture is unfilled unless a part says otherwise.
        if element.tag in ("path", "circle") and element.get("fill") == "none":
            del element.attrib["fill"]

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
        return _NUMBER.sub(lambda n: _short(float(n[0]), digits), value.replace("px", ""))

    def _name(self, name: str) -> str:
        return self._names.setdefault(name, f"s{len(self._names)}")


def _flattened(element: ElementTree.Element) -> list[ElementTree.Element]:
    """Return a group's children where the group itself says nothing; nothing for nothing."""
    children = list(element)
    if element.tag == "text" and not children and not (element.text or "").strip():
        return []
    if element.tag == "text":
        _share(element)
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


def _share(text: ElementTree.Element) -> None:
    """Say once, on the text, what all its runs have in common."""
    for name in ("fill", "font-size"):
        values = {span.get(name) for span in text}
        common = values.pop() if len(values) == 1 else None
        if common is not None and text.get(name) in (None, common):
            text.set(name, common)
            for span in text:
                del span.attrib[name]


def _place_marks(root: ElementTree.Element) -> None:
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


def _round(element: ElementTree.Element) -> None:
    """Make a circle of a path that is one: matplotlib draws it as eight curves."""
    circle = _CIRCLE.fullmatch(element.get("d", ""))
    if circle and element.attrib["d"].count("C") == 8:
        element.tag = "circle"
        del element.attrib["d"]
        element.set("r", circle[1])


def _repeat(root: ElementTree.Element) -> None:
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
        path.attrib |= {"href": f"#{first.get('id')}", "x": _short(x1 - x0)}
        if abs(y1 - y0) > 0.01:
            path.set("y", _short(y1 - y0))


def _pairs(written: str) -> list[str]:
    return _NUMBER.findall(written)


def _gather_texts(root: ElementTree.Element) -> None:
    """Put texts that look alike together; they stand above all else, so order is free."""

    def look(text: ElementTree.Element) -> tuple[tuple[str, str], ...]:
        own = {"x", "y", "transform"}
        return tuple(sorted(item for item in text.attrib.items() if item[0] not in own))

    texts = sorted((child for child in root if child.tag == "text"), key=look)
    root[:] = [child for child in root if child.tag != "text"]
    for shared, some in groupby(texts, key=look):
        members = list(some)
        if len(members) == 1 or not shared:
            root.extend(members)
            continue
        group = ElementTree.SubElement(root, "g", dict(shared))
        for member in members:
            for name, _ in shared:
                del member.attrib[name]
        group.extend(members)


def _group(parent: ElementTree.Element, names: tuple[str, ...]) -> None:
    """Say once, on a group, what neighbours have in common: first their clip, then the rest."""
    gathered: list[ElementTree.Element] = []
    for shared, some in groupby(parent, key=lambda child: _common(child, names)):
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
            _group(group, ())
        gathered.append(group)
    parent[:] = gathered


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


def _common(child: ElementTree.Element, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    if names:
        return tuple((name, child.attrib[name]) for name in names if name in child.attrib)
    if child.tag not in ("path", "circle", "use"):
        return ()
    return tuple(sorted(item for item in child.attrib.items() if item[0] not in _OWN))


def _join_spans(text: ElementTree.Element) -> None:
    """Join letters that stand side by side on one line in one style to runs.

    Mathematics comes as one span for each letter, in no order.
    """
    lines: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for span in text:
        xs = [float(x) for x in span.attrib.pop("x").split()]
        style, y = span.attrib.pop("style"), span.attrib.pop("y")
        letters = zip(xs, span.text or "", strict=False)
        lines.setdefault((style, y), []).extend(letters)
    starts = sorted(x for letters in lines.values() for x, _ in letters)
    runs: list[tuple[float, str, str, str]] = []
    for (style, y), letters in lines.items():
        for x, run in _runs(sorted(letters), starts):
            if run.strip():
                runs.append((x, run, style, y))
    text[:] = []
    before = ""
    for x, run, style, y in sorted(runs):
        # A run without a y stays on the line of the one before.
        line = {} if y == before else {"y": y}
        before = y
        span = ElementTree.SubElement(text, _SVG + "tspan", line, x=str(x), style=style)
        span.text = run


def _runs(letters: list[tuple[float, str]], starts: list[float]) -> Iterator[tuple[float, str]]:
    """Yield runs of letters that nothing of another style stands between."""
    begun, run, last = letters[0][0], "", -1
    for x, letter in letters:
        place = starts.index(x)
        if run and place != last + 1:
            yield begun, run
            begun, run = x, ""
        run, last = run + letter, place
    yield begun, run


# ---- numbers


def _short(value: float, digits: int = 1) -> str:
    written = f"{value:.{2 if digits and abs(value) < 1 else digits}f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return {"-0": "0"}.get(written, re.sub(r"^(-?)0\.", r"\1.", written))


def _space(gap: re.Match[str]) -> str:
    return "" if gap.string[gap.end() : gap.end() + 1] == "-" else " "


_Window = tuple[float, float, float, float]


def _window(box: Mapping[str, str]) -> _Window:
    x, y, width, height = (float(box[name]) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def _seen(points: NDArray[np.float64], window: _Window) -> list[NDArray[np.float64]]:
    """Cut a line into its stretches that come into a window, each with a vertex to spare."""
    left, top, right, bottom = window
    x, y = points.T
    inside = (x > left - 3) & (x < right + 3) & (y > top - 3) & (y < bottom + 3)
    near = inside.copy()
    near[1:] |= inside[:-1]
    near[:-1] |= inside[1:]
    if not near.any():
        # A long step may cross the window though no vertex is in it.
        return [points] if len(points) == 2 else []
    edges = np.flatnonzero(np.diff(near)) + 1
    parts = np.split(points, edges)[0 if near[0] else 1 :: 2]
    return [part for part in parts if len(part) > 1]


def _path(drawn: str, window: _Window | None, near: float) -> str:
    """Return a path in relative steps; a broken line becomes few arcs between its corners."""
    if not _STRAIGHT.fullmatch(drawn):
        rounded = _NUMBER.sub(lambda number: _short(float(number[0])), drawn)
        return re.sub(r"\s*([A-Za-z])\s*", r"\1", re.sub(r"\s+(?=-)|\s+", _space, rounded))
    pen = _Pen(near)
    for line in re.findall(r"M[^M]*", drawn):
        numbers = [float(number) for number in _NUMBER.findall(line)]
        points = np.reshape(numbers, (-1, 2))
        closed = "z" in line.lower()
        if closed and len(points) > 3 and np.allclose(points[0], points[-1], atol=0.01):
            points = points[:-1]
        cut = [points] if window is None or closed else _seen(points, window)
        for part in cut:
            _draw(part, pen)
        if closed:
            pen.close()
    return pen.written


def _draw(points: NDArray[np.float64], pen: _Pen) -> None:
    away = np.hypot(*np.diff(points, axis=0).T) > 1e-3
    points = points[np.concatenate([[True], away])]
    pen.move(points[0])
    for first, last in pairwise(_corners(points)):
        _trace(points[first : last + 1], pen)


def _corners(points: NDArray[np.float64]) -> list[int]:
    """Return where a line bends by more than the steps of a smooth curve do, with its ends."""
    steps = np.diff(points, axis=0)
    heading = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
    bends = 1 + np.flatnonzero(np.abs(np.diff(heading)) > _SHARPEST)
    return [0, *bends.tolist(), len(points) - 1]


def _trace(points: NDArray[np.float64], pen: _Pen) -> None:
    """Draw a smooth stretch as one arc if that is near enough, else as two."""
    chord = points[-1] - points[0]
    inner = points[1:-1] - points[0]
    size = math.hypot(*chord)
    if not len(inner):
        pen.line(points[-1])
        return
    if size > 0.0:
        off = np.abs(inner[:, 0] * chord[1] - inner[:, 1] * chord[0]) / size
        if off.max() < _TOLERANCE:
            pen.line(points[-1])
            return
    run = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    ways = [run / run[-1]]
    if (np.diff(points[:, 0]) > 0.0).all():
        # The graph of a function is best followed along its argument.
        ways.append((points[:, 0] - points[0, 0]) / chord[0])
    off, arc = min((_arc(points, at) for at in ways), key=lambda found: found[0])
    if len(points) < 4 or off < pen.near:
        pen.arc(arc)
        return
    middle = int(np.argmin(np.abs(run - run[-1] / 2)))
    middle = min(max(middle, 1), len(points) - 2)
    _trace(points[: middle + 1], pen)
    _trace(points[middle:], pen)


def _arc(
    points: NDArray[np.float64], at: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Return the cubic between the ends that is nearest to points, and how near it is."""
    t = at[:, None]
    basis = np.hstack([(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3])
    ends = points[[0, -1]]
    inner = np.linalg.lstsq(basis[:, 1:3], points - basis[:, [0, 3]] @ ends, rcond=None)[0]
    arc = np.vstack([ends[:1], inner, ends[1:]])
    return float(np.hypot(*(basis @ arc - points).T).max()), arc


class _Pen:
    """Writes relative steps between rounded positions, so that rounding does not add up."""

    def __init__(self, near: float) -> None:
        self.near = near
        self.written = ""
        self._start = self._begun = self._at = np.zeros(2)

    def move(self, point: NDArray[np.float64]) -> None:
        if self.written:
            self._write("m", point[None])
        else:
            # Counted from the line's own start, so that a copy elsewhere is written the same.
            self._start = point
            self.written = "M" + _pair(np.round(10.0 * point))
        self._begun = self._at

    def close(self) -> None:
        self.written += "z"
        self._at = self._begun

    def line(self, end: NDArray[np.float64]) -> None:
        self._write("l", end[None])

    def arc(self, arc: NDArray[np.float64]) -> None:
        self._write("c", arc[1:])

    def _write(self, command: str, points: NDArray[np.float64]) -> None:
        tenths = np.round(10.0 * (points - self._start) + 1e-6)
        steps = "".join(f" {_pair(point - self._at)}" for point in tenths).lstrip()
        along = np.abs(tenths[0] - self._at)
        self._at = tenths[-1]
        written = command + steps.replace(" -", "-")
        if command == "l" and 0.0 in along:
            # Straight along an axis, one number says it.
            written = re.sub(r"^l0(?= |-)", "v", written) if along[0] == 0.0 else written[:-2]
            written = written.replace("v ", "v").replace("l", "h")
        self.written += written


def _pair(tenths: NDArray[np.float64]) -> str:
    x, y = (_short(float(part) / 10.0) for part in tenths)
    return f"{x} {y}".replace(" -", "-")
