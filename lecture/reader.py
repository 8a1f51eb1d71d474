"""Checks what a lecture file says, part after part, and notes each problem with its line."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from regviz.lecture import schema
from regviz.lecture.advice import against_data, blamed, in_the_file, kind_of
from regviz.lecture.lines import Place
from regviz.lecture.parts import Item, Lecture, Part, Section, Spoken, Text
from regviz.lecture.schema import Check
from regviz.lessons import catalogue
from regviz.lessons.catalogue import Entry
from regviz.lessons.errors import BadInput

#: kinds of parameters that name data, or what is in them
_OF_DATA = ("File", "Name", "Names")


@dataclass
class Reader:
    """Checks part after part, noting each problem and going on."""

    folder: Path
    lines: Mapping[Place, int]
    langs: tuple[str, ...]
    quality: str | None
    allow_outside: bool
    problems: list[tuple[int, str]] = field(default_factory=list)
    data: dict[str, Path] = field(default_factory=dict)
    data_checks: dict[int, Callable[[], None]] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)

    def lecture(self, content: Mapping[str, object]) -> Lecture:
        """Return the lecture; it is whole only if no problem was noted."""
        self.entries = {entry.slug: entry for entry in catalogue.entries()}
        given = self._table((), content, schema.LECTURE)
        formats = self._table(("formats",), given.get("formats", {}), schema.FORMATS)
        if "title" not in content:
            self._problem((), 'title is missing; give title = "...".')
        if "data" in given:
            self._try(("data",), lambda: self._find_data("data", given["data"]))
        shared = {name: given[name] for name in schema.SHARED if name in given}
        if self.langs:
            shared["language"] = self.langs
        tables = given.get("item", [])
        if not tables and "item" not in content:
            self._problem((), "no lesson is listed; begin each with a line [[item]].")
        langs = shared.get("language", ("en",))
        for name in ("title", "author"):
            self._check_languages((), name, given, langs)
        items = [
            self._item(("item", at), each, given, shared) for at, each in enumerate(tables)
        ]
        return Lecture(
            folder=self.folder,
            title=given.get("title", {}),
            author=given.get("author", {}),
            langs=langs,
            formats={"figure": ("svg", "pdf", "png"), "scene": ("mp4",)} | formats,
            items=tuple(item for item in items if item is not None),
            data=self.data,
        )

    def _item(
        self,
        place: Place,
        content: Mapping[str, object],
        lecture: Mapping[str, Any],
        shared: Mapping[str, Any],
    ) -> Part | None:
        kinds = [kind for kind in schema.ITEMS if kind in content]
        if not kinds:
            self._problem(
                place,
                "lesson is missing; `regviz list` shows the lessons; "
                "an item may also be a section or a text.",
            )
        if len(kinds) > 1:
            several = " and ".join(kinds)
            self._problem(place, f"{several} are kinds of item; make an item of each.")
            return None
        kind = kinds[0] if kinds else "lesson"
        own = self._table(place, content, schema.ITEMS[kind])
        settings = {**shared, **{name: own[name] for name in schema.SHARED if name in own}}
        if self.langs and "language" in own:
            kept = tuple(lang for lang in own["language"] if lang in self.langs)
            settings["language"] = kept or self.langs
        langs = settings.get("language", ("en",))
        for name in ("title", "section", "intro", "text", "note"):
            self._check_languages(place, name, own, langs)
        said = {name: own.get(name, {}) for name in ("title", "intro", "note")}
        if kind == "section":
            return Section(**said | {"title": own.get("section", {})}, langs=langs)
        if kind == "text":
            return Text(**said, text=own.get("text", {}), langs=langs)
        return self._lesson(place, own, lecture, settings | {"language": langs}, said)

    def _lesson(
        self,
        place: Place,
        own: Mapping[str, Any],
        lecture: Mapping[str, Any],
        settings: Mapping[str, Any],
        said: Mapping[str, Spoken],
    ) -> Item | None:
        slug = own.get("lesson", "")
        if slug not in self.entries:
            if slug:
                self._unknown_lesson((*place, "lesson"), slug)
            return None
        entry = self.entries[slug]
        for medium in own.get("medium", ()):
            if medium not in entry.media:
                there = " and ".join(entry.media) or "nothing yet"
                message = f"lesson {schema.quoted(slug)} has no {medium}; it has {there}."
                self._problem((*place, "medium"), message)
        return Item(
            lesson=slug,
            media=own.get("medium", entry.media),
            values=self._values(place, slug, own.get("parameters", {}), lecture),
            name=own.get("name", slug),
            **said,
            langs=settings["language"],
            themes=settings.get("theme", ("light",)),
            quality=self.quality or settings.get("quality", "m"),
            fps=settings.get("fps"),
            aspect=settings.get("aspect", "16:9"),
            dpi=settings.get("dpi", 200),
            quiz=settings.get("quiz", True),
            voice=settings.get("voice"),
        )

    def _check_languages(
        self, place: Place, name: str, given: Mapping[str, Any], langs: tuple[str, ...]
    ) -> None:
        if name in given:
            self._try((*place, name), lambda: schema.check_languages(name, given[name], langs))

    def _unknown_lesson(self, place: Place, slug: str) -> None:
        near = schema.nearest(slug, self.entries)
        if near == ".":
            near = f"; the lessons are {', '.join(self.entries)}."
        self._problem(place, f"there is no lesson {schema.quoted(slug)}{near}")

    # -- parameters and data --------------------------------------------------------------

    def _values(
        self, place: Place, slug: str, given: Mapping[str, object], lecture: Mapping[str, Any]
    ) -> dict[str, object]:
        try:
            knobs = {knob.name: knob for knob in catalogue.parameters_class(slug).knobs()}
        except Exception as error:
            why = f"lesson {slug!r} cannot be loaded: {type(error).__name__}: {error}."
            self._problem((*place, "lesson"), why)
            return {}
        inherited = {
            name: lecture[name]
            for name in schema.DATA
            if name in lecture and name in knobs and name not in given and "data" not in given
        }
        if "data" in knobs and given.get("data") is False:  # not the lecture's, and none else
            given = {name: value for name, value in given.items() if name != "data"}
        checks: dict[str, Check] = {
            name: self._data_check if kind_of(knob) == "File" else knob.metadata["kind"].read
            for name, knob in knobs.items()
        }
        n_problems = len(self.problems)
        values = inherited | self._table((*place, "parameters"), given, checks)
        of_data = {name for name, knob in knobs.items() if kind_of(knob) in _OF_DATA}
        if len(self.problems) == n_problems and of_data & set(values):
            places: dict[str, Place] = {str(name): (name,) for name in inherited}
            places |= {name: (*place, "parameters", name) for name in given}
            at = place[1]
            assert isinstance(at, int)
            self.data_checks[at] = partial(self._try_data, slug, values, knobs, places, place)
        return values

    def _try_data(
        self,
        slug: str,
        values: Mapping[str, object],
        knobs: Mapping[str, Field[Any]],
        places: Mapping[str, Place],
        place: Place,
    ) -> None:
        """Compute what the lesson shows, to hear now what it has to say of the data."""
        from regviz.lessons.data import in_hand

        brought = {name: path.read_bytes() for name, path in self.data.items()}
        try:
            # What a lesson notes by the way is said when it is made.
            with warnings.catch_warnings(), in_hand(brought):
                warnings.simplefilter("ignore")
                catalogue.exhibit(slug, values)
        except BadInput as error:
            said = in_the_file(str(error), knobs)
            if name := against_data(said, places):
                told = f"{said.rstrip('.')}; to leave out the lecture's data, add data = false."
                self._problem(places[name], told)
            else:
                self._problem(blamed(str(error), values, places, place), said)
        except Exception:
            return  # ours to mend: the task will fail, and the others be made

    def _data_check(self, name: str, value: object) -> str:
        self._find_data(name, schema.text(name, value))
        return str(value)

    def _find_data(self, name: str, value: str) -> None:
        if catalogue.shipped_data(value) is not None:
            return
        path = self.folder / value
        said = f"{name} = {schema.quoted(value)}"
        inside = os.path.realpath(path).startswith(os.path.realpath(self.folder) + os.sep)
        if not inside and not self.allow_outside:
            raise BadInput(
                f"{said} leads outside the lecture's folder; put the file inside, "
                "or build with --allow-outside."
            )
        if not os.path.isfile(path):
            raise BadInput(f'{said} is no file; give a CSV file or "diabetes".')
        if not os.access(path, os.R_OK):
            raise BadInput(f"{said} cannot be read by you; change its permissions.")
        self.data[value] = path

    # -- problems -------------------------------------------------------------------------

    def _table(
        self, place: Place, content: Mapping[str, object], checks: Mapping[str, Check]
    ) -> dict[str, Any]:
        """Return the values that their checks accept."""
        accepted: dict[str, Any] = {}
        for name, value in content.items():
            if name not in checks:
                near = schema.nearest(name, checks)
                if near == ".":
                    near = f"; give {', '.join(checks)}."
                self._problem((*place, name), f"key {schema.quoted(name)} is unknown{near}")
                continue
            self._try(
                (*place, name),
                lambda name=name, value=value: accepted.update(  # type: ignore[misc]
                    {name: checks[name](name, value)}
                ),
            )
        return accepted

    def _try(self, place: Place, check: Callable[[], None]) -> None:
        try:
            check()
        except BadInput as error:
            self._problem(place, str(error))

    def _problem(self, place: Place, message: str) -> None:
        while place and place not in self.lines:
            place = place[:-1]
        self.problems.append((self.lines.get(place, 1), message))
