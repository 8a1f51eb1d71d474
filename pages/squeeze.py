"""Scripts and styles without what only a reader of the source needs: comments and spaces.

No names are changed and nothing is parsed beyond its tokens. It relies on our house style:
every statement ends with a semicolon, and a template has no template within.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*)
    | (?P<text>"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)
    | (?P<pattern>(?<=[(,=])/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/)
    | (?P<space>\s+)
    | (?P<word>[\w$]+)
    | (?P<sign>.)""",
    re.VERBOSE,
)


def script(source: str) -> str:
    r"""Return a script without comments and needless spaces; functions keep their lines.

    >>> script("const a = 1; // one\nfunction f(x) {\n  return x + a;\n}")
    'const a=1;\nfunction f(x){return x+a;}'
    """
    parts: list[str] = []
    gap = ""
    for match in _TOKEN.finditer(source):
        token = match.group()
        if match.lastgroup == "comment":
            continue
        if match.lastgroup == "space":
            gap += token
            continue
        if gap and parts:
            parts.append(_between(parts[-1], gap, token))
        parts.append(token)
        gap = ""
    return "".join(parts)


def _between(before: str, gap: str, after: str) -> str:
    if gap.endswith("\n") and before in ";}" and after in _STARTS:
        return "\n"
    needed = _is_word(before[-1]) and _is_word(after[0])
    # `a + +b` must not become `a++b`.
    return " " if needed or (before[-1] in "+-" and before[-1] == after[0]) else ""


_STARTS = {"function", "const", "let", "class"}


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter in "_$"


def style(source: str) -> str:
    """Return a style sheet without comments and needless spaces; rules keep their lines."""
    bare = re.sub(r"/\*.*?\*/\s*", "", source, flags=re.DOTALL)
    bare = re.sub(r"\s*([{};,])[ \t]*", r"\1", bare)
    bare = re.sub(r"(?<=[:,])[ \t]+", "", bare)
    return re.sub(r"\n\s*", "\n", bare.replace(";}", "}")).replace("{\n", "{").strip() + "\n"
