"""Figures: draw a lesson's exhibit with matplotlib.

>>> from regviz import figures
>>> figures.draw("corner", lang="ko", rho=0.6)  # doctest: +SKIP

A figure is a matplotlib `Figure` that a notebook shows by itself, and that
:func:`regviz.figures.save.encode` turns into the bytes of an SVG, PDF or PNG file. Drawing
touches neither pyplot nor matplotlib's settings. :mod:`regviz.figures.render` draws any
lesson's picture, on the page and panels of :mod:`regviz.figures.canvas`.
"""

from __future__ import annotations

import warnings
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from regviz.lessons import catalogue, surroundings
from regviz.lessons.errors import DataNote

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from regviz.lessons.asked import Asked
    from regviz.lessons.base import Exhibit

# Before any module here imports it: what its settings are then is decided in one place.
surroundings.load("matplotlib")


def draw(
    slug: str,
    *,
    lang: str = "en",
    theme: str = "light",
    aspect: str = "16:9",
    **parameters: object,
) -> Figure:
    """Draw a lesson, computed from its parameters; what is left out takes its default.

    Parameters
    ----------
    slug
        The lesson, such as `corner`.
    lang
        `en` or `ko`.
    theme
        `light`, `dark` or `print`.
    aspect
        `16:9`, `4:3`, `1:1`, `9:16`, or `paper` for a column's width.
    **parameters
        The lesson's own, such as `rho=0.6`; `data` is a file's name, a pandas or polars data
        frame, or a dictionary of arrays.

    Raises
    ------
    BadInput
        If one of these is unknown or cannot be used.

    Warns
    -----
    DataNote
        If something was guessed or left out in reading the data.
    """
    exhibit = catalogue.exhibit(slug, parameters)
    for note in exhibit.reading.notes if exhibit.reading else ():
        warnings.warn(note, DataNote, stacklevel=2)
    return draw_exhibit(exhibit, lang=lang, theme=theme, aspect=aspect)


def draw_exhibit(
    exhibit: Exhibit, *, lang: str = "en", theme: str = "light", aspect: str = "16:9"
) -> Figure:
    """Draw an exhibit that has been computed already; see :func:`draw`.

    Raises
    ------
    BadInput
        If the language, theme or aspect is unknown.
    """
    canvas = import_module("regviz.figures.canvas")
    page = canvas.Page.of(lang=lang, theme=theme, aspect=aspect)
    lesson = catalogue.load(exhibit.lesson)
    with canvas.own_settings():
        shown, told = lesson.picture(exhibit), lesson.story(exhibit)
        title = catalogue.entry(exhibit.lesson).title[lang]
        render = import_module("regviz.figures.render")
        figure: Figure = render.draw(shown, told, page, title)
    return figure


def draw_question(asked: Asked, *, lang: str = "en", theme: str = "light") -> Figure:
    """Draw what is seen while a question of a panel stands, and the answer if it is in there.

    Raises
    ------
    BadInput
        If the language or the theme is unknown.
    """
    canvas = import_module("regviz.figures.canvas")
    page = replace(canvas.Page.of(lang=lang, theme=theme, aspect="4:3"), shape=canvas.HALF)
    with canvas.own_settings():
        render = import_module("regviz.figures.render")
        figure: Figure = render.draw_panels(asked.picture, asked.stop, page)
    return figure
