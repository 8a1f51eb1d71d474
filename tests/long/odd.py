"""Odd things: values, texts and bytes that a file or a command line may hold, by a seed."""

import json
import random

#: what must never get out of a text into what runs
BITES = (
    "</script><script>EVIL()</script>",
    "\" onload='EVIL()' x=\"",
    "\\write18{EVIL}",
    "\\input{|EVIL}",
    "'); __import__('os').system('EVIL') #",
    "$(EVIL)`EVIL`;EVIL&&EVIL",
    "{{EVIL}}{% EVIL %}%s%n{0}",
    "../../../EVIL",
    "/etc/EVIL",
    "C:\\EVIL",
    "<!--",
    "]]>",
    "=EVIL()",
)
TEXTS = (
    *BITES,
    *("", " ", "\t", "a\nb", "a\r\nb", "\x00", "a\x00b", "\x0b\x0c\x1b[31m", "\x7f\x9f\ufffe"),
    *("é", "e\u0301", "한글 λ ≤ 1", "꼭짓점" * 60, "🙂" * 40, "\u202eabc", "\u2028", "\ufeff"),
    *("x" * 300, "x" * 5000, "-", "--", "-o", "~", ".", "..", "/", "//", "con", "NUL", "a/b/c"),
    *("None", "nan", "NaN", "inf", "-inf", "1e999", "1e-320", "9" * 400, "9" * 5000, "0x10"),
    *("1_0", "-0", "1,2", "1,,2", ",", "1;2", "[1]", "true", "null", "__proto__", "__class__"),
)
NUMBERS = (
    *(0, 1, -1, 2, 3, 13, 0.5, -0.0, 1e-320, 5e-324, 1e308, -1e308, 2**31, 2**63, 10**30),
    *(float("inf"), float("nan"), 10**400),
)


def text(r: random.Random) -> str:
    """Return a text: one of the odd ones, or letters of anywhere."""
    if r.random() < 0.8:
        return r.choice(TEXTS)
    signs = (
        chr(r.choice((r.randrange(32, 127), r.randrange(0x250), r.randrange(0xD800))))
        for _ in range(r.randrange(20))
    )
    return "".join(signs)


def value(r: random.Random, depth: int = 0) -> object:
    """Return anything that JSON can write."""
    kind = r.randrange(8 if depth < 3 else 5)
    if kind < 2:
        return text(r)
    if kind < 4:
        return r.choice(NUMBERS)
    if kind == 4:
        return r.choice((None, True, False))
    if kind == 5:
        nested: object = 1
        for _ in range(r.choice((1, 40, 120))):
            nested = [nested]
        return nested
    count = r.randrange(4)
    if kind == 6:
        return [value(r, depth + 1) for _ in range(count)]
    return {text(r): value(r, depth + 1) for _ in range(count)}


def mutated_json(r: random.Random, content: bytes) -> bytes:
    """Return JSON with some of it changed, or the bytes of it."""
    if r.random() < 0.25:
        return mutated_bytes(r, content)
    tree = json.loads(content)
    for _ in range(r.choice((1, 1, 1, 2, 5))):
        tree = _changed(r, tree)
    return json.dumps(tree, ensure_ascii=r.random() < 0.5).encode("utf-8", "surrogatepass")


def _changed(r: random.Random, tree: object) -> object:
    inner = tree if isinstance(tree, dict | list) else None
    if not inner or r.random() < 0.12:
        return value(r)
    place = r.choice(list(inner) if isinstance(inner, dict) else range(len(inner)))
    kind = r.random()
    if kind < 0.1:
        del inner[place]
    elif kind < 0.16 and isinstance(inner, dict):
        inner[text(r)] = value(r)
    elif kind < 0.2 and isinstance(inner, list):
        inner.append(inner[place])
    elif kind < 0.35 and isinstance(inner[place], str):
        inner[place] += text(r)
    else:
        inner[place] = _changed(r, inner[place])
    return inner


def mutated_bytes(r: random.Random, content: bytes) -> bytes:
    """Return bytes cut, turned over, mixed with others, or others."""
    at = r.randrange(len(content) + 1)
    return r.choice(
        (
            content[:at],
            content[at:],
            content[:at] + r.randbytes(r.randrange(1, 9)) + content[at:],
            content[:at] + b"[" * 20_000 + content[at:],
            content[:at] + b"9" * 5_000 + content[at:],
            content[:at] + b"\xff\xfe\x00" + content[at + 3 :],
            content.decode("utf-8", "replace").encode("utf-16"),
            r.randbytes(r.randrange(200)),
            b"",
        )
    )
