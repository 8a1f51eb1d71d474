"""What `picture.js` needs of a lesson's picture and story: all but where marks are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from regviz.lessons import catalogue
from regviz.lessons.picture import EQUAL, Label
from regviz.lessons.sides import PENALTIES
from regviz.lessons.theme import DASHES, OUTLINES, SHAPES, WIDTHS
from regviz.pages.guided import guided, parted
from regviz.pages.sentences import to_html, to_runs

if TYPE_CHECKING:
    from regviz.lessons.base import Exhibit
    from regviz.lessons.picture import Driver, Mark, Panel, Picture
    from regviz.lessons.story import Story
    from regviz.lessons.text import Text

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
    story: Story = lesson.story(shown)
    marks = seen(picture, story)
    names = [mark.name for mark in marks]
    return {
        "panels": [_panel(picture, panel, text) for panel in picture.panels],
        "marks": [_mark(mark, text) for mark in marks],
        "outlines": _outlines(marks),
        "labels": [
            _label(label, text.sentence(label.said.key))
            for label in picture.labels
            if label.of in names
        ],
        "drivers": [_driver(driver) for driver in picture.drivers],
        "knobs": picture.knobs,
        "either": picture.either,
        "says": picture.says,
        "free": picture.free or names,
        "steps": guided(story, picture, text),
        "presets": [
            {"said": to_html(text.sentence(f"{shown.lesson}.preset.{name}")), "values": values}
            for name, values in picture.presets.items()
        ],
        **(_written(picture, text) if picture.fields else {}),
    }


def _written(picture: Picture, text: Text) -> dict[str, Any]:
    """Return the numbers that a reader may write, and texts to copy."""
    return {
        "fields": [
            {
                "said": to_html(_literal(text.say(group.said))),
                "role": group.role,
                "fields": list(group.moves.items()),
            }
            for group in picture.fields
        ],
        "snippets": picture.snippets,
    }


def seen(picture: Picture, story: Story) -> list[Mark]:
    """Return the marks that a page ever shows: freely, or at the end of a guided step."""
    if not picture.free:
        return list(picture.marks)
    ends = (beats[-1][1] for beats in parted(story, picture))
    names = {*picture.free}.union(*(stop.shown for stop in ends))
    return [mark for mark in picture.marks if mark.name in names]


def claims(slug: str, text: Text) -> dict[str, str]:
    """Return the claims of a lesson as HTML, by key less the slug."""
    keys = (key for key in sorted(text.keys()) if key.startswith(f"{slug}.claim."))
    return {key.removeprefix(f"{slug}."): to_html(text.sentence(key)) for key in keys}


def _driver(driver: Driver) -> dict[str, Any]:
    found = {
        "name": driver.name,
        "values": driver.values,
        "rest": driver.values[driver.rest],
        "told": driver.told,
    }
    return found if driver.places is None else found | {"places": driver.places}


def _label(label: Label, sentence: str) -> dict[str, Any]:
    return {
        "of": label.of,
        "runs": _runs(sentence),
        **({"spots": label.spots} if label.spots != Label.spots else {}),
        **({"bold": True} if label.bold else {}),
        **({"inside": True} if label.inside else {}),
    }


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
        **({"mirrored": True} if panel.mirrored else {}),
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
    beside += [name + 4] if name <= SHORT and panel.kind != "bars" else []
    wide = max(map(_long, ticks[1]), default=0.0)
    if panel.kind == "bars":
        aside = min(wide, NAMES) + 14
    elif panel.mirrored:
        aside = 8.0
        beside.append(wide + 2)
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


def _mark(mark: Mark, text: Text) -> dict[str, Any]:
    width = LINE * WIDTHS[mark.weight]
    dashes = DASHES.get(mark.role) if mark.kind in ("line", "rule") else None
    found = {
        "name": mark.name,
        "panel": mark.panel,
        "kind": mark.kind,
        "role": mark.role,
        "weight": mark.weight,
        "look": mark.look,
        "grip": mark.grip,
        "way": mark.way or None,
        "moved": mark.moved,
        "texts": [_runs(_literal(text.say(said))) for said in mark.texts] or None,
        "dash": [round(width * part, 1) for part in dashes] if dashes is not None else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _outlines(marks: Sequence[Mark]) -> dict[str, list[list[float]]]:
    """Return markers' shapes by role, and those that a mark may change to; no circle."""
    roles = {mark.role for mark in marks if mark.kind == "point"} | {*PENALTIES}
    return {
        role: [[round(x, 3), round(y, 3)] for x, y in OUTLINES[shape]]
        for role, shape in SHAPES.items()
        if role in roles and shape != "circle"
    }


def _rough(place: float) -> float:
    """Return a place in a panel, to far less than a pixel."""
    return float(f"{place:.7g}")


def _runs(sentence: str) -> list[Sequence[str]]:
    return [run if run[1] else run[:1] for run in to_runs(sentence)]


def _literal(sentence: str) -> str:
    """Return a sentence whose places are filled as one that has none."""
    return sentence.replace("{", "{{").replace("}", "}}")


def _long(runs: Sequence[Sequence[str]]) -> float:
    """Return how long a run of type is at most, in pixels."""
    return sum(HANGUL if letter >= "ㄱ" else LATIN for run in runs for letter in run[0])
