"""What `picture.js` needs of a lesson's picture and story: all but where marks are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.lessons import catalogue
from regviz.lessons.markup import spelled
from regviz.lessons.numbers import spoken
from regviz.lessons.story import Stop, stops
from regviz.lessons.theme import DASHES, OUTLINES, SHAPES, WIDTHS
from regviz.pages.sentences import to_html, to_runs

if TYPE_CHECKING:
    from regviz.lessons.base import Exhibit
    from regviz.lessons.picture import Mark, Panel, Picture, Said
    from regviz.lessons.text import Text

#: width of an ordinary line, in pixels
LINE = 2.0
#: how wide a letter is at most, in pixels, by whether it is Korean
LATIN, HANGUL = 8.6, 15.5


def is_described(slug: str) -> bool:
    """Say whether a lesson describes its picture."""
    return hasattr(catalogue.load(slug), "picture")


def described(shown: Exhibit, text: Text) -> dict[str, Any]:
    """Return a lesson's picture and its guided steps, with every sentence in its place."""
    lesson = catalogue.load(shown.lesson)
    picture: Picture = lesson.picture(shown)
    labels = [(label, text.sentence(label.said.key)) for label in picture.labels]
    return {
        "panels": [_panel(picture, panel, text) for panel in picture.panels],
        "marks": [_mark(mark) for mark in picture.marks],
        "labels": [
            {"of": label.of, "runs": to_runs(said), "spots": label.spots}
            for label, said in labels
        ],
        "drivers": [
            {"name": driver.name, "values": driver.values, "rest": driver.rest}
            for driver in picture.drivers
        ],
        "says": picture.says,
        "free": picture.free or tuple(mark.name for mark in picture.marks),
        "stops": [_stop(stop, picture) for stop in stops(lesson.story(shown), picture)],
    }


def sentences(shown: Exhibit, text: Text) -> dict[str, str]:
    """Return the claims and what the guided steps say, as HTML by key less the slug."""
    lesson = catalogue.load(shown.lesson)
    prefix = f"{shown.lesson}."
    keys = {key for key in sorted(text.keys()) if key.startswith(f"{prefix}claim.")}
    for stop in stops(lesson.story(shown), lesson.picture(shown)):
        keys |= {said.key for said in (stop.heading, *stop.tell.values()) if said is not None}
    return {key.removeprefix(prefix): to_html(text.sentence(key)) for key in sorted(keys)}


def _panel(picture: Picture, panel: Panel, text: Text) -> dict[str, Any]:
    ends = [to_runs(text.sentence(label.said.key)) for label in picture.at_ends(panel)]
    beside = max((_width("".join(run for run, _ in runs)) for runs in ends), default=0.0)
    return {
        "name": panel.name,
        "kind": panel.kind,
        "limits": picture.limits(panel, picture.rest),
        "ticks": [
            [[at, to_runs(_literal(written))] for at, written in ticks.items()]
            for ticks in panel.ticks
        ],
        "cross": panel.cross,
        "title": to_runs(_literal(text.say(panel.title))),
        "axes": [to_runs(_literal(text.say(axis))) for axis in panel.axes],
        "margin": {"left": 8, "top": 50, "bottom": 8, "right": max(24, round(beside) + 8)},
    }


def _mark(mark: Mark) -> dict[str, Any]:
    width = LINE * WIDTHS[mark.weight]
    dashes = DASHES.get(mark.role) if mark.kind in ("line", "rule") else None
    found: dict[str, Any] = {
        "name": mark.name,
        "panel": mark.panel,
        "kind": mark.kind,
        "role": mark.role,
        "weight": mark.weight,
    }
    if dashes is not None:
        found["dash"] = [round(width * part, 1) for part in dashes]
    if mark.kind in ("point", "cells"):
        outline = OUTLINES[SHAPES.get(mark.role, "circle")]
        found["outline"] = [[round(x, 3), round(y, 3)] for x, y in outline]
    return found


def _stop(stop: Stop, picture: Picture) -> dict[str, Any]:
    at = {name: float(picture.driver(name).values[place]) for name, place in stop.at.items()}
    marks = {mark.name for mark in picture.marks}
    return {
        "shown": sorted(stop.shown & marks),
        "at": at,
        "heading": _key(stop.heading),
        "headed": _written(stop.heading),
        "panels": stop.panels,
        "told": [(_key(said), _written(said)) for said in stop.tell.values()],
    }


def _key(said: Said | None) -> str | None:
    return said.key.split(".", 1)[1] if said is not None else None


def _written(said: Said | None) -> dict[str, str]:
    values = said.values if said is not None else {}
    return {
        name: spelled(value) if isinstance(value, str) else spoken(value)
        for name, value in values.items()
    }


def _literal(sentence: str) -> str:
    """Return a sentence whose places are filled as one that has none."""
    return sentence.replace("{", "{{").replace("}", "}}")


def _width(name: str) -> float:
    return sum(HANGUL if letter >= "ㄱ" else LATIN for letter in name)
