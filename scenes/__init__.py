"""Scenes: each animates one lesson's exhibit with manim. Importing this imports no manim."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from regviz.lessons import catalogue
from regviz.lessons.errors import BadInput

if TYPE_CHECKING:
    from regviz.scenes.base import LessonScene


def scene_class(slug: str) -> type[LessonScene]:
    """Return the scene of a lesson: `scene_class("l1-loss")` is `scenes.l1_loss.L1Loss`.

    Raises
    ------
    BadInput
        If there is no such lesson, it has no scene, or manim is not installed; the message
        names what is missing.
    """
    if "scene" not in catalogue.entry(slug).media:
        raise BadInput(f"lesson {slug!r} has no scene.")
    from regviz.scenes.requirements import require_manim

    require_manim()
    module = importlib.import_module(f"regviz.scenes.{catalogue.module_name(slug)}")
    found: type[LessonScene] = getattr(module, slug.title().replace("-", ""))
    return found
