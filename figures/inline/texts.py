"""Type in an SVG: runs in place of letters, and what texts have in common said once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree

_MOVED = re.compile(r"translate\(([^ ]+) ([^ )]+)\)")
#: the prefix of an element that is not yet one of a page
SVG = "{http://www.w3.org/2000/svg}"


def join_spans(text: ElementTree.Element) -> None:
    """Join letters that stand side by side on one line in one style to runs.

    Mathematics comes as one span for each letter, in no order.
    """
    lines: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for span in text:
        xs = [float(x) for x in span.attrib.pop("x").split()]
        style, y = span.attrib.pop("style"), span.attrib.pop("y")
        lines.setdefault((style, y), []).extend(zip(xs, span.text or "", strict=False))
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
        span = ElementTree.SubElement(text, f"{SVG}tspan", line, x=str(x), style=style)
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


def share(text: ElementTree.Element) -> None:
    """Say once, on the text, what all its runs have in common."""
    for name in ("fill", "font-size"):
        values = {span.get(name) for span in text}
        common = values.pop() if len(values) == 1 else None
        if common is not None and text.get(name) in (None, common):
            text.set(name, common)
            for span in text:
                del span.attrib[name]


def unwrap(text: ElementTree.Element) -> None:
    """Leave out that a first run begins where its text does, and a run that is alone."""
    if not len(text):
        return
    for name in ("x", "y"):
        if text[0].get(name) == "0":
            del text[0].attrib[name]
    moved = _MOVED.fullmatch(text.get("transform", ""))
    if len(text) > 1 or moved is None or {"x", "y"} & set(text[0].attrib):
        return
    run = text[0]
    del text.attrib["transform"]
    text.attrib |= {"x": moved[1], "y": moved[2], **run.attrib}
    text.text = run.text
    text.remove(run)


def gather_texts(root: ElementTree.Element) -> None:
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
