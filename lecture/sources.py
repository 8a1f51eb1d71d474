"""Which of our own files a lesson's outputs depend on, and what stands in them.

Read as text and not imported, so that finding out that nothing changed is quick. An import
statement counts wherever it stands, within a function too; one file too many only costs a
rebuild, one too few would show an old picture.
"""

from __future__ import annotations

import hashlib
import os
import re
from functools import cache
from importlib.util import find_spec
from itertools import chain

_regmath = find_spec("regmath")
assert _regmath is not None
assert _regmath.origin is not None
#: the folder that is the package regviz, and the one that holds regmath
_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_MATHS_ROOT = os.path.dirname(os.path.dirname(_regmath.origin))
#: the folders of each medium, which have a module per lesson; a page holds a figure, too
FOLDERS = {"figure": ("figures",), "scene": ("scenes",), "page": ("pages", "figures")}
#: tables of a lesson's text that are other media's
_FOREIGN = {
    "figure": {"scene", "caption", "page", "transcript"},
    "scene": {"figure", "page"},
    "page": {"scene", "caption", "transcript"},
}
_PARTS = {"regmath", "lessons", "figures", "scenes", "pages"}
#: what turns a job into files, whatever its medium; what it imports is found by medium
_MAKERS = ("lecture/make.py", "lecture/filmed.py", "lecture/made.py", "lecture/job.py")

_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)"
    r"|import[ \t]+([\w., \t]+))",
    re.MULTILINE,
)
_BY_NAME = re.compile(r"import_module\(\s*f?[\"']([\w.]+)")


def code_digest(slug: str, medium: str) -> str:
    """Return what stands for the code that makes a lesson in a medium."""
    whole = hashlib.sha256()
    for path in files(slug, medium):
        whole.update(f"{path} {_digest(path)}\n".encode())
    return whole.hexdigest()


def files(slug: str, medium: str) -> list[str]:
    """Return the files, as paths from the root, that a lesson in a medium depends on."""
    module = slug.replace("-", "_")
    starts = [f"lessons/{module}.py", "lessons/alt.py"]
    starts += ["lessons/transcript.py"] if medium == "scene" else []
    for folder in FOLDERS[medium]:
        starts += [f"{folder}/__init__.py", f"{folder}/{module}.py", *_kit(folder, module)]
        made_with = chain.from_iterable(map(_imported, _MAKERS))
        starts += [path for path in made_with if path.startswith(f"{folder}/")]
    found: set[str] = set(_MAKERS)
    waiting = [path for path in starts if _exists(path)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported(path)
    return sorted(found)


def _place(path: str) -> str:
    return os.path.join(_MATHS_ROOT if path.startswith("regmath/") else _ROOT, path)


def _exists(path: str) -> bool:
    return os.path.exists(_place(path))


@cache
def _text(path: str) -> str:
    with open(_place(path), encoding="utf-8", errors="replace") as file:
        return file.read()


@cache
def _digest(path: str) -> str:
    return hashlib.sha256(_text(path).encode()).hexdigest()


@cache
def _imported(path: str) -> tuple[str, ...]:
    if not path.endswith(".py"):
        return ()
    source = _text(path)
    names = [match[1] for match in _BY_NAME.finditer(source)]
    for origin, several, plain in _IMPORT.findall(source):
        if origin:
            words = re.findall(r"\w+", several)
            names += [origin, *(f"{origin}.{word}" for word in words)]
        else:
            names += [part.split()[0] for part in plain.split(",") if part.strip()]
    return tuple({file for name in names for file in _module_files(name)})


@cache
def _module_files(name: str) -> tuple[str, ...]:
    """Return the files that importing a module of ours runs: its own and its packages'."""
    parts = name.removeprefix("regviz.").split(".")
    if parts[0] not in _PARTS:
        return ()
    found = []
    for length in range(1, len(parts) + 1):
        path = "/".join(parts[:length])
        found += [file for file in (f"{path}/__init__.py", f"{path}.py") if _exists(file)]
    return tuple(found)


@cache
def _kit(folder: str, module: str) -> tuple[str, ...]:
    """Return what a medium reads besides Python, less the files that are other lessons'."""
    lessons = {name[:-3] for name in os.listdir(os.path.join(_ROOT, "lessons"))}
    found = []
    for place, folders, names in os.walk(os.path.join(_ROOT, folder)):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            stem, ending = os.path.splitext(name)
            if ending not in (".py", ".pyc") and (stem == module or stem not in lessons):
                found.append(os.path.relpath(os.path.join(place, name), _ROOT))
    return tuple(found)


def text_digest(slug: str, lang: str, medium: str) -> str:
    """Return what stands for the sentences of a lesson in a language and a medium.

    Those are the tables of the lesson, of lessons whose code it uses, and those that belong
    to no lesson, less what is another medium's; the gallery's and the exports' are in no file
    of a job.
    """
    module = slug.replace("-", "_")
    paths = [path for path in files(slug, medium) if not path.startswith("regmath/")]
    used = {os.path.splitext(os.path.basename(path))[0] for path in paths} | {module}
    lessons = {name[:-3] for name in os.listdir(os.path.join(_ROOT, "lessons"))}
    whole = hashlib.sha256()
    foreign = _FOREIGN[medium] | {"gallery", "export"}
    for (table, part), text in sorted(_tables(lang).items()):
        if (table in used or table not in lessons) and not {table, part} & foreign:
            whole.update(f"{table}.{part}\n{text}\n".encode())
    return whole.hexdigest()


@cache
def _tables(lang: str) -> dict[tuple[str, str], str]:
    """Cut a language's sentences into tables by two names; parsing them would take longer."""
    tables: dict[tuple[str, str], str] = {}
    folder = f"lessons/text/{lang}"
    own = [name[:-5] for name in sorted(os.listdir(_place(folder))) if name.endswith(".toml")]
    sources = {"": f"{folder}.toml"} | {slug: f"{folder}/{slug}.toml" for slug in own}
    for slug, path in sources.items():
        for block in re.split(r"^(?=\[)", _text(path), flags=re.MULTILINE):
            header = re.match(r"\[+\s*([\w-]+)(?:\.([\w-]+))?", block)
            lines = [line for line in block.splitlines() if line and not line.startswith("#")]
            name = (header[1], header[2] or "") if header else ("", "")
            if slug:
                name = (slug.replace("-", "_"), name[0])
            tables[name] = "\n".join([tables.get(name, ""), *lines])
    return tables
