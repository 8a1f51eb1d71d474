"""The catalogue is the folder: a lesson is a module here with sentences under `text`.

What a list needs (title, summary, topic, needs, order, knobs) is read from the head of its
sentences and from its source, not by importing it, so that listing and shell completion stay
fast and a lesson that cannot be imported is still listed and can be named in the complaint.
"""

from __future__ import annotations

import ast
import importlib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from regviz.lessons.errors import BadInput
from regviz.lessons.text import LANGUAGES
from regviz.lessons.topics import TOPICS

if TYPE_CHECKING:
    from types import ModuleType

    from regviz.lessons.base import Exhibit
    from regviz.lessons.parameters import Knobs

_FOLDER = os.path.dirname(os.path.abspath(__file__))
#: what a lesson has besides its figure, by the folder and the ending of a file of its name
_MEDIA = {"scene": ("scenes", ".py"), "page": ("pages", ".js")}
# Cut out as text: parsing all of a lesson for it would take most of the time of a completion.
_PARAMETERS = re.compile(r"^@dataclass[^\n]*\nclass Parameters\(.*?(?=^\S|\Z)", re.M | re.S)
_BODY = re.compile(r"^(@|class |def )", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """A lesson as the catalogue lists it.

    `title` and `summary` are keyed by language; `topic` is one of
    :data:`regviz.lessons.topics.TOPICS`, and `needs` are lessons to have seen before; `media`
    names those the lesson is drawn in.
    """

    slug: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    topic: str
    needs: tuple[str, ...]
    order: int
    media: tuple[str, ...]


def module_name(slug: str) -> str:
    """Return the name of a lesson's module: `l1-loss` is `l1_loss`."""
    return slug.replace("-", "_")


def _read(*path: str) -> str:
    with open(os.path.join(_FOLDER, *path), encoding="utf-8") as file:
        return file.read()


def _source(slug: str) -> str:
    return _read(f"{module_name(slug)}.py")


def _names(slug: str) -> dict[str, Mapping[str, str]]:
    """Return a lesson's title and summary, which stand above all tables of its sentences."""
    heads = {
        lang: _read("text", lang, f"{slug}.toml").partition("\n[")[0] for lang in LANGUAGES
    }
    said = {lang: tomllib.loads(head)["lesson"] for lang, head in heads.items()}
    return {key: {lang: said[lang][key] for lang in LANGUAGES} for key in ("title", "summary")}


def _media(slug: str) -> tuple[str, ...]:
    root = os.path.dirname(_FOLDER)
    others = (
        medium
        for medium, (folder, ending) in _MEDIA.items()
        if os.path.exists(os.path.join(root, folder, module_name(slug) + ending))
    )
    return ("figure", *others)


def _entry(slug: str, source: str) -> Entry:
    # Only the lines above the first definition are parsed: the rest is the mathematics.
    body = _BODY.search(source)
    head = ast.parse(source[: body.start()] if body else source)
    literals = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in head.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id in {"TOPIC", "NEEDS", "ORDER"}
    }
    topic = literals.get("TOPIC", "")
    return Entry(
        slug=slug,
        **_names(slug),
        # A lesson that does not say it yet is listed last, and not lost.
        topic=topic if topic in TOPICS else "",
        needs=literals.get("NEEDS", ()),
        order=literals["ORDER"],
        media=_media(slug),
    )


@cache
def entries() -> tuple[Entry, ...]:
    """Return every lesson, topic by topic, in teaching order, without importing any.

    The files are read once a process, as modules are.
    """
    slugs = [
        name.removesuffix(".toml") for name in os.listdir(os.path.join(_FOLDER, "text", "en"))
    ]
    found = [_entry(slug, _source(slug)) for slug in slugs]
    topics = [*TOPICS, ""]
    found.sort(key=lambda each: (topics.index(each.topic), each.order, each.slug))
    return tuple(found)


def by_topic(listed: Iterable[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield each topic in turn, with the lessons of it that follow one another."""
    for topic, group in groupby(listed, key=lambda entry: entry.topic):
        yield topic, list(group)


def entry(slug: str) -> Entry:
    """Return one lesson's entry.

    Raises
    ------
    BadInput
        If there is no such lesson; the message suggests the nearest.
    """
    known = {entry.slug: entry for entry in entries()}
    if slug not in known:
        import difflib

        near = difflib.get_close_matches(slug, known, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]!r}?" if near else f"the lessons are {', '.join(known)}."
        raise BadInput(f"there is no lesson {slug!r}; {hint}")
    return known[slug]


def shipped_data(name: str) -> str | None:
    """Return the path of the data shipped under a name, or None; it needs no NumPy."""
    path = os.path.join(_FOLDER, "data", f"{name}.csv")
    return path if re.fullmatch(r"[\w-]+", name) and os.path.exists(path) else None


@cache
def parameters_class(slug: str) -> type[Knobs]:
    """Return a lesson's parameters without importing the lesson.

    The class statement named `Parameters` is run on its own, with the names of
    :mod:`regviz.lessons.parameters` and :mod:`regviz.lessons.knob_groups`; help and completion
    so need none of the lesson's imports.
    """
    from regviz.lessons import (  # not needed to list lessons, and slow to load
        knob_groups,
        parameters,
    )

    statement = _PARAMETERS.search(_source(slug))
    assert statement is not None, f"lesson {slug} declares no class Parameters"
    flags = importlib.import_module("__future__").annotations.compiler_flag
    # The class belongs to a module that is loaded, as dataclasses look theirs up.
    shared = vars(parameters) | vars(knob_groups)
    namespace: dict[str, Any] = {**shared, "__name__": parameters.__name__}
    exec(
        compile(statement[0], f"lessons/{module_name(slug)}.py", "exec", flags=flags), namespace
    )
    declared: type[Knobs] = namespace["Parameters"]
    return declared


def load(slug: str) -> ModuleType:
    """Import a lesson's module.

    Raises
    ------
    BadInput
        If there is no such lesson, or its module cannot be imported; both name the lesson.
    """
    entry(slug)
    try:
        return importlib.import_module(f"regviz.lessons.{module_name(slug)}")
    except Exception as error:
        raise BadInput(
            f"lesson {slug!r} cannot be loaded: {type(error).__name__}: {error}."
        ) from error


def exhibit(slug: str, values: Mapping[str, object] | None = None) -> Exhibit:
    """Compute a lesson's exhibit from parameter values; what is left out takes its default.

    Raises
    ------
    BadInput
        If the lesson or a parameter is unknown, or a value cannot be used.
    """
    lesson = load(slug)
    from regmath import UncertifiedError  # with NumPy, which the lesson has loaded

    try:
        shown: Exhibit = lesson.exhibit(lesson.Parameters.build(values or {}))
    except UncertifiedError as error:
        raise BadInput(f"lesson {slug!r} cannot be drawn from these values: {error}") from None
    return shown
