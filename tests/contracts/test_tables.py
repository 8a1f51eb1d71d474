"""A penalty or a method that regmath exports has a row in the contract tables."""

import inspect
from importlib import import_module
from pathlib import Path

import regmath
from regmath import Penalty

from .tables import METHODS, PENALTIES


def exported():
    return {name: getattr(regmath, name) for name in regmath.__all__}


def in_files(package):
    """Every public object that is defined in a file of this subpackage, by name."""
    for path in Path(regmath.__file__).parent.glob(f"{package}/[!_]*.py"):
        module = import_module(f"regmath.{package}.{path.stem}")
        for name, thing in vars(module).items():
            if getattr(thing, "__module__", None) == module.__name__ and name[0] != "_":
                yield path.stem, name, thing


def is_concrete_penalty(thing):
    return inspect.isclass(thing) and issubclass(thing, Penalty) and thing is not Penalty


def test_every_penalty_has_a_row_and_an_export():
    written = {name for _, name, thing in in_files("penalties") if is_concrete_penalty(thing)}
    assert written == {name for name, thing in exported().items() if is_concrete_penalty(thing)}
    assert written == set(PENALTIES)
    assert all(type(p).__name__ == name for name, rows in PENALTIES.items() for p in rows)


def test_every_method_has_a_row_and_an_export():
    # One method per file, and the file has the method's name; record.py is no method.
    written = {
        name for stem, name, _ in in_files("descent") if name == stem and name != "record"
    }
    shown = {
        name
        for name, thing in exported().items()
        if inspect.isfunction(thing) and thing.__module__ == f"regmath.descent.{name}"
    } - {"record"}
    assert written == shown == set(METHODS)


def test_all_is_what_the_subpackages_export():
    parts = [regmath.penalties, import_module("regmath.descent")]
    assert {name for part in parts for name in part.__all__} <= set(regmath.__all__)
