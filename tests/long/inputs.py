"""Odd command lines, CSV files and lecture files, by a seed."""

import json
import random

from regviz.lecture import choices
from regviz.lessons import catalogue
from tests.long import odd

LESSONS = [entry.slug for entry in catalogue.entries()]
_COMMANDS = ("figure", "render", "page", "list", "init", "build", "export", "figur", "-h", "")
_PATHS = (
    "out",
    "out.svg",
    "out.png",
    "x/y.pdf",
    "lec",
    "empty",
    "file",
    "file/x",
    "link",
    "none",
)
_OPTIONS = {
    "-o": _PATHS,
    "--lang": choices.LANGUAGES,
    "--theme": (*choices.THEMES, "auto"),
    "--format": ("svg", "pdf", "png", "mp4", "gif", "html"),
    "--dpi": ("50", "200", "1201"),
    "--aspect": choices.FIGURE_ASPECTS,
    "-t": None,
    "-s": None,
    "--json": None,
    "--all": None,
    "--split": None,
    "-q": ("l", "m", "x"),
    "--fps": ("1", "60", "0"),
    "-r": ("640,360", "64,64", "65,64"),
    "--captions": ("srt", "vtt", "none"),
    "--only": ("corner", "*", "[", "corner.figure"),
    "--dry-run": None,
    "--force": None,
    "--allow-outside": None,
    "--scheduler": ("", "host", "tcp://host", "tls://host:1", "http://host:1"),
    "--tls-key": _PATHS,
    "--to": (*choices.EXPORT_TARGETS, "pdf"),
    "--reveal": ("https://host/reveal", "https://host/';x"),
    "--data": ("good.csv", "diabetes", *_PATHS),
    "--target": ("y", "a", "target"),
    "--features": ("a,b", "bmi,s6", "a", "a,a"),
    "--lam": ("0", "1", "0.3", "1000", "1001"),
    "--center": ("1,2", "0,0", "1"),
    "--rho": ("0", "0.5", "-0.9", "1"),
    "--step-size": ("0.1", "0", "2"),
    "--degree": ("1", "9", "1.5"),
    "--seed": ("0", "7", "-1"),
    "--help": None,
}


def command(r: random.Random) -> list[str]:
    """Return the words of a command, most of them known."""
    words = [r.choice(_COMMANDS[:7] if r.random() < 0.95 else _COMMANDS)]
    if words[0] in ("figure", "render", "page"):
        words += [r.choice(LESSONS)] if r.random() < 0.9 else [_word(r)]
    elif words[0] in ("init", "build", "export"):
        words += [r.choice(("lec", *_PATHS))] if r.random() < 0.9 else [_word(r)]
    for name in r.sample(list(_OPTIONS), r.choice((0, 1, 1, 2, 2, 3, 5))):
        words.append(name)
        known = _OPTIONS[name]
        if known is not None:
            words.append(r.choice(known) if r.random() < 0.6 else _word(r))
    if r.random() < 0.1:
        words.insert(r.randrange(len(words) + 1), _word(r))
    # Side by side it would be in processes, where there are no stand-ins.
    return [*words, "-j", "1"] if words[0] == "build" else words


def _word(r: random.Random) -> str:
    # What a command line can hold: no NUL, and any other byte.
    if r.random() < 0.1:
        return r.randbytes(4).replace(b"\0", b"").decode("utf-8", "surrogateescape")
    return odd.text(r).replace("\0", "")


def csv_file(r: random.Random) -> bytes:
    """Return a table: in most a good one with something odd in it."""
    n_rows, names = (
        r.choice((0, 1, 2, 3, 8, 30)),
        ["a", "b", "y", "c"][: r.choice((0, 1, 3, 4, 4))],
    )
    rows = [[repr(r.gauss(0, 1)) for _ in names] for _ in range(n_rows)]
    table = [names, *rows]
    for _ in range(r.choice((0, 1, 1, 3))):
        if not names:
            break
        row, at = r.randrange(len(table)), r.randrange(len(names))
        table[row] = list(table[row])
        table[row][at : at + 1] = r.choice(
            (
                [odd.text(r)],
                [odd.text(r)],
                [str(r.choice(odd.NUMBERS[:-1]))],
                [],
                ["1", "2"],
                [""],
            )
        )
    if r.random() < 0.15 and len(table) > 1:
        same = r.randrange(len(names)) if names else 0
        for row in table[1:]:
            row[same:same] = ["5"] if r.random() < 0.5 else [row[0] if row else "1"]
    between, end = (
        r.choice((",", ",", ",", ";", "\t", "|")),
        r.choice(("\n", "\n", "\r\n", "\r")),
    )
    written = end.join(between.join(map(_cell, row)) for row in table) + r.choice(
        (end, "", end * 3)
    )
    encoding = r.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp949", "latin-1"))
    content = written.encode(encoding, "replace")
    return odd.mutated_bytes(r, content) if r.random() < 0.15 else content


def _cell(text: str) -> str:
    return text if len(text) % 3 else '"' + text.replace('"', '""') + '"'


_KEYS = ("title", "author", "language", "theme", "quality", "fps", "aspect", "dpi", "data")
_KEYS += ("target", "formats", "item", "lesson", "medium", "name", "note", "parameters", "x")
_ITEM_KEYS = _KEYS[2:8] + _KEYS[12:]
_GOOD = {
    "title": '"T"',
    "language": '["en", "ko"]',
    "theme": '"dark"',
    "medium": '"figure"',
    "data": '"good.csv"',
    "target": '"y"',
    "name": '"a/b"',
    "parameters": "{ lam = 0.5 }",
}


def lecture_file(r: random.Random) -> bytes:
    """Return a lecture file: keys and items, some good and some not."""
    lines = ['title = "T"'] if r.random() < 0.9 else []
    lines += [_line(r, key) for key in r.sample(_KEYS, r.choice((0, 0, 1, 2, 4)))]
    if r.random() < 0.2:
        lines += ["[formats]", _line(r, r.choice(("figure", "scene", "page")))]
    for _ in range(r.choice((0, 1, 1, 2, 4))):
        header = (
            "[[item]]" if r.random() < 0.95 else r.choice(("[item]", "[[item.x]]", "[[x]]"))
        )
        lines += [header, f"lesson = {json.dumps(r.choice(LESSONS))}"]
        lines += [_line(r, key) for key in r.sample(_ITEM_KEYS, r.choice((0, 1, 2, 3)))]
    content = "\n".join(lines).encode("utf-8", "surrogatepass")
    return odd.mutated_bytes(r, content) if r.random() < 0.12 else content


def _line(r: random.Random, key: str) -> str:
    if key in _GOOD and r.random() < 0.5:
        return f"{key} = {_GOOD[key]}"
    name = json.dumps(odd.text(r)) if r.random() < 0.03 else key
    return f"{name} = {_toml(r, odd.value(r))}"


def _toml(r: random.Random, value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=r.random() < 0.5)
    if isinstance(value, list):
        return f"[{', '.join(_toml(r, part) for part in value)}]"
    if isinstance(value, dict):
        pairs = (f"{json.dumps(name)} = {_toml(r, part)}" for name, part in value.items())
        return f"{{ {', '.join(pairs)} }}"
    return r.choice(("2020-01-01", "12:00:00", "0x" + "f" * 5000, "0b1", "1e999", "''"))
