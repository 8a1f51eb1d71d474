"""Scripts and styles without what only a reader of the source needs: comments and spaces.

No name is changed. It relies on our house style: every statement ends with a semicolon, and
a template has no template within.
"""

from __future__ import annotations

import re
from itertools import zip_longest

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*)
    | (?P<text>"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)
    | (?P<pattern>(?<=[(,=])/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/)
    | (?P<space>\s+)
    | (?P<word>[\w$]+)
    | (?P<sign>=>|\+\+|--|.)""",
    re.VERBOSE,
)


def script(source: str) -> str:
    r"""Return a script without comments and needless signs; functions keep their lines.

    >>> script("const a = 1; // one\nconst b = 2;\nfunction f(x) {\n  return x + a;\n}")
    'let a=1,b=2;\nfunction f(x){return x+a}'
    """
    found = _TOKEN.finditer(source)
    tokens = [each.group() for each in found if each.lastgroup not in ("comment", "space")]
    tokens = _unended(_bare_arrows(_joined(tokens)))
    # `const` guards the source; what runs is the same with the shorter word.
    return _written(["let" if token == "const" else token for token in tokens])


def _joined(tokens: list[str]) -> list[str]:
    """Join neighbouring `const` statements to one."""
    kept: list[str] = []
    # For each open bracket: whether the statement that stands there began with `const`.
    levels = [False]
    for index, token in enumerate(tokens):
        begins = not kept or kept[-1] in "{;}"
        if token == "const" and kept and kept[-1] == ";" and levels[-1]:
            kept[-1] = ","
            continue
        if begins:
            levels[-1] = token == "const"
        kept.append(token)
        if token in "([{":
            levels.append(False)
        elif token in ")]}" and len(levels) > 1:
            levels.pop()
        elif token == ";" and tokens[index + 1 : index + 2] != ["const"]:
            levels[-1] = False
    return kept


def _bare_arrows(tokens: list[str]) -> list[str]:
    """Take the brackets off a function's only parameter: `(x) => y` is `x => y`."""
    kept: list[str] = []
    for token in tokens:
        if token == "=>" and kept[-1] == ")" and kept[-3:-2] == ["("] and _is_word(kept[-2][0]):
            name = kept[-2]
            del kept[-3:]
            kept.append(name)
        kept.append(token)
    return kept


def _unended(tokens: list[str]) -> list[str]:
    """Leave out the last semicolon of a block."""
    pairs = zip_longest(tokens, tokens[1:])
    return [token for token, after in pairs if (token, after) != (";", "}")]


def _written(tokens: list[str]) -> str:
    parts: list[str] = []
    for token in tokens:
        before = parts[-1] if parts else ""
        if before in (";", "}") and token in ("function", "let", "class"):
            parts.append("\n")
        elif before and _apart(before[-1], token[0]):
            parts.append(" ")
        parts.append(token)
    return "".join(parts)


def _apart(before: str, after: str) -> bool:
    """Whether two tokens would be read as another one without a space between."""
    return (_is_word(before) and _is_word(after)) or (before in "+-" and before == after)


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter in "_$"


def style(source: str) -> str:
    """Return a style sheet without comments and needless spaces; rules keep their lines."""
    bare = re.sub(r"/\*.*?\*/\s*", "", source, flags=re.DOTALL)
    bare = re.sub(r"\s*([{};,])[ \t]*", r"\1", bare)
    bare = re.sub(r"(?<=[:,])[ \t]+", "", bare)
    return re.sub(r"\n\s*", "\n", bare.replace(";}", "}")).replace("{\n", "{").strip() + "\n"
