"""What `picture.js` needs of a lesson's picture and story: all but where marks are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from regviz.lessons import catalogue
from regviz.lessons.markup import spelled
from regviz.lessons.numbers import spoken
from regviz.lessons.picture import EQUAL, Label
from regviz.lessons.places import marked
from regviz.lessons.story import Stop, stops, unasked
from regviz.lessons.theme import DASHES, OUTLINES, SHAPES, WIDTHS
from regviz.pages.sentences import to_html, to_runs

if TYPE_CHECKING:
    from regviz.lessons.base import Exhibit
    from regviz.lessons.picture import Driver, Mark, Panel, Picture, Said
    from regviz.lessons.story import Story
    from regviz.lessons.text import Text

#: letters of what is said once in a table
LONG = 10
#: width of an ordinary line, in pixels
LINE = 2.0
#: how wide a letter is at most, in pixels, by whether it is Korean
LATIN, HANGUL = 8.6, 15.5
#: a longer name of the level axis stands below it, and the room that names of bars may take
SHORT, NAMES = 60.0, 130.0


def described(shown: Exhibit, text: Text) -> dict[str, Any]:
    """Return a lesson's picture and its guided steps, with every sentence in its place."""
    lesson = catalogue.load(shown.lesson)
    picture: Picture = lesson.picture(shown)
    marks = seen(picture, unasked(lesson.story(shown)))
    names = {mark.name for mark in marks}
    looks = [_look(mark) for mark in marks]
    # Many marks look alike.
    styles = [look for index, look in enumerate(looks) if looks.index(look) == index]
    labels = [
        (label, text.sentence(label.said.key)) for label in picture.labels if label.of in names
    ]
    # What is named by several others comes as its place among its like.
    order, panels = [mark.name for mark in marks], [panel.name for panel in picture.panels]
    return {
        "panels": _table([_panel(picture, panel, text) for panel in picture.panels]),
        "marks": _table(
            [
                _mark(mark) | {"panel": panels.index(mark.panel), "style": styles.index(look)}
                for mark, look in zip(marks, looks, strict=True)
            ]
        ),
        "styles": _table(styles),
        "outlines": _outlines(picture),
        "labels": _table(
            [
                {"of": order.index(label.of), "runs": _runs(said)}
                | ({"spots": label.spots} if label.spots != Label.spots else {})
                | ({"inside": True} if label.inside else {})
                for label, said in labels
            ]
        ),
        "drivers": [_driver(driver) for driver in picture.drivers],
        "knobs": picture.knobs,
        **({"either": picture.either} if picture.either else {}),
        "says": picture.says,
        "free": [order.index(name) for name in picture.free or order],
        "stops": _table(
            [
                _stop(stop, picture, order, text)
                for stop in stops(unasked(lesson.story(shown)), picture)
            ]
        ),
    }


def seen(picture: Picture, story: Story) -> list[Mark]:
    """Return the marks that a page ever shows: freely, or at the end of a section."""
    if not picture.free:
        return list(picture.marks)
    names = {*picture.free}.union(*(stop.shown for stop in stops(story, picture)))
    return [mark for mark in picture.marks if mark.name in names]


def sentences(shown: Exhibit, text: Text) -> dict[str, str]:
    """Return the claims and what the guided steps say, as HTML by key less the slug."""
    lesson = catalogue.load(shown.lesson)
    prefix = f"{shown.lesson}."
    keys = {key for key in sorted(text.keys()) if key.startswith(f"{prefix}claim.")}
    for stop in stops(unasked(lesson.story(shown)), lesson.picture(shown)):
        keys |= {said.key for said in (stop.heading, *stop.tell.values()) if said is not None}
    return {key.removeprefix(prefix): to_html(text.sentence(key)) for key in sorted(keys)}


def _driver(driver: Driver) -> dict[str, Any]:
    """Return what moves; where it has no control, its range and its place are all."""
    values = driver.values[sorted({0, driver.rest, len(driver.values) - 1})]
    if not driver.told:
        values = driver.values
    rest = values.tolist().index(driver.values[driver.rest])
    found = {"name": driver.name, "values": values, "rest": rest, "told": driver.told}
    return found if driver.places is None else found | {"places": driver.places}


def _panel(picture: Picture, panel: Panel, text: Text) -> dict[str, Any]:
    axes = [_runs(_literal(text.say(axis))) for axis in panel.axes]
    ticks = [
        [
            [_rough(at), _runs(_literal(written)), *_tone(tone, at)]
            for at, written in axis.items()
        ]
        for axis, tone in zip(panel.ticks, ({}, panel.toned), strict=True)
    ]
    short = _long(axes[0]) <= SHORT
    return {
        "name": panel.name,
        "kind": panel.kind,
        **({"turned": panel.turned} if panel.turned else {}),
        "limits": [_rough(limit) for limit in picture.limits(panel, picture.rest)],
        "ticks": ticks,
        "cross": [_rough(at) for at in panel.cross],
        **({"gap": _rough(panel.gap)} if panel.gap is not None else {}),
        "title": _runs(_literal(text.say(panel.title))),
        "role": panel.role,
        "axes": axes,
        "short": short,
        **_margin(picture, panel, text, [[runs for _, runs, *_ in axis] for axis in ticks]),
    }


def _tone(roles: Mapping[float, str], at: float) -> list[str]:
    return [roles[at]] if at in roles else []


def _margin(
    picture: Picture, panel: Panel, text: Text, ticks: Sequence[Sequence[Any]]
) -> dict[str, int]:
    """Return the room that a panel's lettering needs at each side, in pixels."""
    if panel.kind in EQUAL:
        return {"left": 2, "top": 28, "bottom": 2, "right": 2}
    left, right, bottom, top = picture.limits(panel, picture.rest)
    name = _long(to_runs(_literal(text.say(panel.axes[0]))))
    beside = [_long(to_runs(text.sentence(label.said.key))) for label in picture.at_ends(panel)]
    beside += [name] if name <= SHORT and panel.kind != "bars" else []
    wide = max(map(_long, ticks[1]), default=0.0)
    if panel.kind == "bars":
        aside = min(wide, NAMES) + 14
    else:
        share = (panel.cross[0] - left) / (right - left)
        aside = max(8.0, wide + 14 - 200 * max(share, 0.0))
    share = (panel.cross[1] - bottom) / (top - bottom) if panel.kind != "bars" else 0.0
    under = 26 if ticks[0] and share < 0.12 else 8
    under += 18 if name > SHORT or panel.kind == "bars" else 0
    return {
        "left": round(aside),
        "top": 50 if panel.kind == "chart" else 30,
        "bottom": under,
        "right": round(max(16.0, *(each + 12 for each in beside), 0.0)),
    }


def _mark(mark: Mark) -> dict[str, Any]:
    found: dict[str, Any] = {"name": mark.name}
    # what is usual is not said
    found |= {"grip": mark.grip} if mark.grip is not None else {}
    found |= {"way": True} if mark.way else {}
    found |= {"moved": mark.moved} if mark.moved is not None else {}
    return found


def _look(mark: Mark) -> dict[str, Any]:
    width = LINE * WIDTHS[mark.weight]
    dashes = DASHES.get(mark.role) if mark.kind in ("line", "rule") else None
    found: dict[str, Any] = {"kind": mark.kind, "role": mark.role}
    found |= {"weight": mark.weight} if mark.weight != "plain" else {}
    found |= {"look": mark.look} if mark.look != "solid" else {}
    if dashes is not None:
        found["dash"] = [round(width * part, 1) for part in dashes]
    shape = SHAPES.get(mark.role, "circle")
    if mark.kind == "point" and shape != "circle":
        found["shape"] = shape
    return found


def _outlines(picture: Picture) -> dict[str, list[list[float]]]:
    """Return the outlines of the markers that are not circles."""
    shapes = {SHAPES.get(mark.role, "circle") for mark in picture.marks if mark.kind == "point"}
    return {
        shape: [[round(x, 3), round(y, 3)] for x, y in OUTLINES[shape]]
        for shape in sorted(shapes - {"circle"})
    }


def _table(rows: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    """Return rows without their keys, and first the keys: the most usual ones in front.

    What a row before has too, and is long, comes as `{"as": its place}`.
    """
    many = Counter(key for row in rows for key in row)
    keys = sorted(many, key=lambda key: -many[key])

    def cell(place: int, key: str) -> Any:
        value = rows[place].get(key)
        first = next(at for at, row in enumerate(rows) if row.get(key) == value)
        return {"as": first} if first < place and len(str(value)) > LONG else value

    return [
        keys,
        *(
            [cell(place, key) for key in keys[: _ends(keys, row)]]
            for place, row in enumerate(rows)
        ),
    ]


def _ends(keys: Sequence[str], row: Mapping[str, Any]) -> int:
    return 1 + max(index for index, key in enumerate(keys) if key in row)


def _stop(stop: Stop, picture: Picture, order: Sequence[str], text: Text) -> dict[str, Any]:
    at = {name: float(picture.driver(name).values[place]) for name, place in stop.at.items()}
    return {
        "shown": [index for index, name in enumerate(order) if name in stop.shown],
        "at": at,
        "heading": _key(stop.heading),
        "headed": _written(stop.heading, text),
        "panels": [
            index for index, panel in enumerate(picture.panels) if panel.name in stop.panels
        ],
        "told": [(_key(said), _written(said, text)) for said in stop.tell.values()],
    }


def _rough(place: float) -> float:
    """Return a place in a panel, to far less than a pixel."""
    return float(f"{place:.7g}")


def _runs(sentence: str) -> list[Sequence[str]]:
    return [run if run[1] else run[:1] for run in to_runs(sentence)]


def _key(said: Said | None) -> str | None:
    return said.key.split(".", 1)[1] if said is not None else None


def _written(said: Said | None, text: Text) -> dict[str, str]:
    """Return the values that a sentence has places for, as it writes them."""
    if said is None:
        return {}
    _, places = marked(text.sentence(said.key))
    values = ((name, said.values[name]) for name in places)
    return {
        name: spelled(value) if isinstance(value, str) else spoken(value)
        for name, value in values
    }


def _literal(sentence: str) -> str:
    """Return a sentence whose places are filled as one that has none."""
    return sentence.replace("{", "{{").replace("}", "}}")


def _long(runs: Sequence[Sequence[str]]) -> float:
    """Return how long a run of type is at most, in pixels."""
    return sum(HANGUL if letter >= "ㄱ" else LATIN for run in runs for letter in run[0])
