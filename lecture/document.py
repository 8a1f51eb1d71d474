"""Reads a lecture file, and says all that is wrong with it at once, each with its line."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from regviz.lecture import schema
from regviz.lecture.lines import Place, locate
from regviz.lecture.schema import Check
from regviz.lessons import catalogue
from regviz.lessons.catalogue import Entry
from regviz.lessons.errors import BadInput

FILE_NAME = "lecture.toml"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry of a lecture: a lesson in some media, languages and themes.

    Attributes
    ----------
    lesson
        The lesson's slug.
    media
        Those asked for, or all that the lesson has.
    values
        Parameters given, checked; the lecture's data among them where the lesson takes data.
    name
        File name without suffix.
    note
        What the speaker wants to be reminded of.
    langs, themes, quality, fps, aspect, dpi
        As for the whole lecture, unless the item has its own; `fps` None is the quality's.
    """

    lesson: str
    media: tuple[str, ...]
    values: Mapping[str, object]
    name: str
    note: str
    langs: tuple[str, ...]
    themes: tuple[str, ...]
    quality: str
    fps: int | None
    aspect: str
    dpi: int


@dataclass(frozen=True, kw_only=True)
class Lecture:
    """A lecture file, checked.

    Attributes
    ----------
    folder
        Where the file stands; what it names is sought from there.
    formats
        Of each medium that has several.
    data
        Every CSV file named, as it is named, and where it is.
    """

    folder: Path
    title: str
    author: str
    langs: tuple[str, ...]
    formats: Mapping[str, tuple[str, ...]]
    items: tuple[Item, ...]
    data: Mapping[str, Path]


def read(folder: Path, *, langs: tuple[str, ...] = (), allow_outside: bool = False) -> Lecture:
    """Read and check the lecture file of a folder.

    Parameters
    ----------
    folder
        Where `lecture.toml` stands.
    langs
        Languages in place of those that the file names.
    allow_outside
        Whether data files may stand outside the folder.

    Raises
    ------
    BadInput
        If the file cannot be read, or with all that is wrong in it.
    """
    path = folder / FILE_NAME
    source = _source(path)
    try:
        content = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{path} is not TOML: {_syntax(str(error))}.") from None
    reader = _Reader(folder, locate(source), langs, allow_outside)
    lecture = reader.lecture(content)
    if reader.problems:
        raise BadInput(_listed(path, reader.problems))
    return lecture


def _source(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        raise BadInput(f"{path} does not exist; `regviz init DIR` writes one.") from None
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8 text (byte {error.start}).") from None
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from None


def _syntax(message: str) -> str:
    said = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", message)
    return f"line {said[2]}, column {said[3]}: {said[1].lower()}" if said else message.lower()


def _listed(path: Path, problems: list[tuple[int, str]]) -> str:
    lines = [f"  line {line}: {message}" for line, message in sorted(set(problems))]
    head = "a problem" if len(lines) == 1 else f"{len(lines)} problems"
    return "\n".join([f"{path} has {head}; nothing was made.", *lines])


@dataclass
class _Reader:
    """Checks part after part, noting each problem and going on."""

    folder: Path
    lines: Mapping[Place, int]
    langs: tuple[str, ...]
    allow_outside: bool
    problems: list[tuple[int, str]] = field(default_factory=list)
    data: dict[str, Path] = field(default_factory=dict)
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
        items = [
            self._item(("item", at), each, given, shared) for at, each in enumerate(tables)
        ]
        return Lecture(
            folder=self.folder,
            title=given.get("title", ""),
            author=given.get("author", ""),
            langs=shared.get("language", ("en",)),
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
    ) -> Item | None:
        own = self._table(place, content, schema.ITEM)
        if "lesson" not in content:
            self._problem(place, "lesson is missing; `regviz list` shows the lessons.")
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
        values = self._values(place, slug, own.get("parameters", {}), lecture)
        settings = {**shared, **{name: own[name] for name in schema.SHARED if name in own}}
        if self.langs and "language" in own:
            kept = tuple(lang for lang in own["language"] if lang in self.langs)
            settings["language"] = kept or self.langs
        return Item(
            lesson=slug,
            media=own.get("medium", entry.media),
            values=values,
            name=own.get("name", slug),
            note=own.get("note", ""),
            langs=settings.get("language", ("en",)),
            themes=settings.get("theme", ("light",)),
            quality=settings.get("quality", "m"),
            fps=settings.get("fps"),
            aspect=settings.get("aspect", "16:9"),
            dpi=settings.get("dpi", 200),
        )

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
        checks: dict[str, Check] = {
            name: self._data_check
            if type(kind := knob.metadata["kind"]).__name__ == "File"
            else kind.read
            for name, knob in knobs.items()
        }
        return inherited | self._table((*place, "parameters"), given, checks)

    def _data_check(self, name: str, value: object) -> str:
        self._find_data(name, schema.text(name, value))
        return str(value)

    def _find_data(self, name: str, value: str) -> None:
        if catalogue.shipped_data(value) is not None:
            return
        path = self.folder / value
        inside = os.path.realpath(path).startswith(os.path.realpath(self.folder) + os.sep)
        said = f"{name} = {schema.quoted(value)}"
        if not inside and not self.allow_outside:
            raise BadInput(
                f"{said} leads outside the lecture's folder; put the file inside, "
                "or build with --allow-outside."
            )
        if not path.is_file():
            raise BadInput(f'{said} is no file; give a CSV file or "diabetes".')
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
