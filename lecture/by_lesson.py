"""Functions of a lesson that know every lesson's parameters, for completion and help.

`figure("corner", rho=0.6)` is `figure.corner(rho=0.6)`. The second has a signature and a help
text of its own, made from the lesson's parameters, so that a notebook can complete and explain
them.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from regviz.lessons import catalogue
from regviz.lessons.catalogue import Entry
from regviz.lessons.knob_help import explained

P = ParamSpec("P")
R = TypeVar("R")


class ByLesson(Generic[P, R]):
    """A function of a lesson; each lesson that has the medium is an attribute, too."""

    def __init__(self, call: Callable[P, R], medium: str) -> None:
        functools.update_wrapper(self, call)
        self._call = call
        # Plain attributes: a notebook completes these, and asks no `__getattr__`.
        for entry in catalogue.entries():
            if medium in entry.media:
                name = catalogue.module_name(entry.slug)
                self.__dict__[name] = _of_lesson(call, entry, name)

    def __call__(self, *args: P.args, **given: P.kwargs) -> R:
        """Call the function."""
        return self._call(*args, **given)

    def __dir__(self) -> list[str]:
        return [name for name in self.__dict__ if not name.startswith("_")]

    def __repr__(self) -> str:
        name = f"regviz.{self.__dict__['__name__']}"
        return f"{name}(lesson, ...), or {name}.LESSON(...) with {', '.join(dir(self))}"

    if TYPE_CHECKING:

        def __getattr__(self, lesson: str) -> Callable[..., R]: ...


def by_lesson(medium: str) -> Callable[[Callable[P, R]], ByLesson[P, R]]:
    """Return what makes a function of a lesson know the lessons that have a medium."""

    def know(call: Callable[P, R]) -> ByLesson[P, R]:
        return ByLesson(call, medium)

    return know


def _of_lesson(call: Callable[..., R], entry: Entry, name: str) -> Callable[..., R]:
    def show(**given: Any) -> R:
        return call(entry.slug, **given)

    knobs = catalogue.parameters_class(entry.slug).knobs()
    own = [Parameter(knob.name, Parameter.KEYWORD_ONLY, default=knob.default) for knob in knobs]
    taken = {"data", *(knob.name for knob in knobs)}
    signature = inspect.signature(call, eval_str=True)
    shared = [
        parameter
        for parameter in signature.parameters.values()
        if parameter.kind is Parameter.KEYWORD_ONLY and parameter.name not in taken
    ]
    show.__name__, show.__module__ = name, "regviz"
    show.__qualname__ = f"{call.__name__}.{name}"
    show.__doc__ = "\n".join(
        [
            f"{entry.title['en']}: {entry.summary['en']}.",
            "",
            "Parameters",
            "----------",
            *(line for knob in knobs for line in (knob.name, f"    {explained(knob)}")),
            ", ".join(parameter.name for parameter in shared),
            f"    As for `regviz.{call.__name__}`.",
        ]
    )
    vars(show)["__signature__"] = Signature(
        [*own, *shared], return_annotation=signature.return_annotation
    )
    return show
