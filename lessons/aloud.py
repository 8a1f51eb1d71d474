"""A sentence as it is said aloud: its mathematics in words, by the tree it is read into.

What each sign and each form is called stands in the language's table `aloud`, so that languages
may have another order: `|w|` is "the absolute value of w" and "더블유의 절댓값".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regviz.lessons.markup import runs
from regviz.lessons.mathematics import Node, parse
from regviz.lessons.plain_math import marked_up, to_tex

if TYPE_CHECKING:
    from regviz.lessons.text import Text

_CLOSING = {"(": ")", "[": "]", "|": "|", "‖": "‖"}
#: signs that end a sum's term
_SUMS = set("+−±")
#: what stands before what it is of
_PREFIXES = set("∑∇∂")
#: what stands behind what it is of
_POSTFIXES = set("′%…°")
#: what a voice knows to pass over, beside letters and digits
_PAUSES = set(" .,:;?!'\"()-–—…’‘“”")


def aloud(sentence: str, text: Text) -> str:
    """Return a sentence in our markup as it is said in a language, with no sign unspoken."""
    speaker = _Speaker(text)
    # What was made literal is a user's own, and no mathematics.
    parts = (
        speaker.said(to_tex(run.content)) if run.is_math else speaker.prose(run.content)
        for run in runs(sentence)
    )
    return _tidied("".join(parts))


def _tidied(words: str) -> str:
    words = re.sub(r"\s+", " ", words).strip()
    return re.sub(r"\s+(?=[,.;:?!])", "", words)


class _Speaker:
    """Says mathematics in the words of one language."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def prose(self, prose: str) -> str:
        """Return prose with what it has of mathematics in words."""
        return "".join(
            self.said(run.content) if run.is_math else self._named(run.content)
            for run in runs(marked_up(prose.replace("$", " ")))
        )

    def said(self, tex: str) -> str:
        """Return mathematics in words."""
        return self._row(parse(tex).parts)

    def _named(self, prose: str) -> str:
        """Return prose in which each sign that no voice would say is a word, or a space."""
        return "".join(
            sign if sign in _PAUSES or _is_letter(sign) else f" {self._word('sign', sign)} "
            for sign in prose
        )

    # -- words -------------------------------------------------------------------------------

    def _word(self, table: str, sign: str) -> str:
        return self._text.find(f"aloud.{table}.{sign}") or ""

    def _form(self, form: str, /, **parts: str) -> str:
        return self._text(f"aloud.{form}", **parts)

    def _letter(self, sign: str) -> str:
        found = self._word("letter", sign) or self._word("letter", sign.lower())
        return sign if found == sign.lower() else found

    # -- the tree ----------------------------------------------------------------------------

    def _say(self, node: Node | None) -> str:
        if node is None:
            return ""
        match node.kind:
            case "row":
                return self._row(node.parts)
            case "mathbf":
                return self._say(node.parts[0])
            case "letter":
                return self._letter(node.sign)
            case "number" | "text" | "mathrm":
                return node.sign
            case "function" | "operatorname":
                return self._word("function", node.sign) or node.sign
            case "space":
                return ""
            case "hat" | "bar" | "tilde":
                return self._form(node.kind, inside=self._say(node.parts[0]))
            case "sqrt":
                return self._form("sqrt", inside=self._say(node.parts[0]))
            case "frac":
                return self._fraction(*node.parts)
            case "script":
                base, below, above = node.parts
                return self._scripted(self._say(base), below, above)
            case _:
                return node.sign if node.sign in _PAUSES else self._word("sign", node.sign)

    def _row(self, parts: tuple[Node | None, ...]) -> str:
        """Say what stands side by side; where a product would not be heard, say "times"."""
        said, before = [], ""
        waiting = [part for part in parts if part is not None and part.kind != "space"][::-1]
        while waiting:
            node = waiting.pop()
            words, kind = self._next(node, waiting, before)
            joined = {before, kind} <= {"factor", "group"} and "group" in (before, kind)
            if joined or (kind in ("prefix", "call") and before in ("factor", "group")):
                said.append(self._word("sign", "×"))
            said.append(words)
            before = "group" if kind == "call" else kind
        return _tidied(" ".join(said))

    def _next(self, node: Node, waiting: list[Node], before: str) -> tuple[str, str]:
        """Say what comes next, and what it is to its neighbours."""
        base, below, above = node.parts if node.kind == "script" else (node, None, None)
        if base is None:
            return self._say(node), "factor"
        if base.kind in ("function", "operatorname"):
            is_call = bool(waiting) and waiting[-1].sign in ("(", "[")
            words = self._function(base, below, above, waiting)
            return words, "call" if is_call else "prefix"
        if base.sign in _PREFIXES:
            return self._prefix(base, below, above), "prefix"
        if base.kind == "open" or base.sign in ("(", "["):
            return self._bracketed(base, waiting, before)
        if base.kind in ("frac", "sqrt"):
            return self._say(node), "group"
        if base.sign in _POSTFIXES:
            return self._say(node), before or "factor"
        is_factor = base.kind not in ("operator", "close")
        return self._say(node), "factor" if is_factor else "operator"

    def _function(
        self, base: Node, below: Node | None, above: Node | None, waiting: list[Node]
    ) -> str:
        name = self._say(base)
        if below is not None:
            name = self._form("over-which", name=name, which=self._say(below))
        name = self._scripted(name, None, above)
        if waiting and waiting[-1].sign in ("(", "["):
            inside, below, above = self._until_closed(waiting.pop(), waiting)
            called = self._form("call", name=name, inside=self._row(tuple(inside)))
            return self._scripted(called, below, above, is_group=True)
        return self._form("call-open", name=name)

    def _prefix(self, base: Node, below: Node | None, above: Node | None) -> str:
        name = self._word("sign", base.sign)
        if base.sign == "∑" and below is not None and above is not None:
            return self._form("sum-from", low=self._say(below), high=self._say(above))
        if below is not None:
            form = "sum-over" if base.sign == "∑" else "prefix-over"
            return self._form(form, name=name, which=self._say(below))
        return name

    def _bracketed(self, base: Node, waiting: list[Node], before: str) -> tuple[str, str]:
        inside, below, above = self._until_closed(base, waiting)
        words = self._row(tuple(inside))
        if base.sign == "|":
            words = self._form("size", inside=words)
        elif base.sign == "‖":
            which = self._digits(self._say(below)) if below is not None else ""
            words = self._form("norm-of" if which else "norm", which=which, inside=words)
            below = None
        elif len(inside) > 1:
            words = self._form("quantity", inside=words)
        elif before == "factor":
            return self._scripted(self._form("of", inside=words), below, above), "operator"
        return self._scripted(words, below, above, is_group=True), "group"

    @staticmethod
    def _until_closed(
        base: Node, waiting: list[Node]
    ) -> tuple[list[Node], Node | None, Node | None]:
        """Take what stands up to the closing bracket, and that one's scripts."""
        inside: list[Node] = []
        depth = 1
        while waiting:
            node = waiting.pop()
            end, below, above = node.parts if node.kind == "script" else (node, None, None)
            assert end is not None
            if end.kind == "open" or (end.kind == "operator" and end.sign == base.sign):
                depth += end.sign == base.sign
            elif end.sign == _CLOSING[base.sign]:
                depth -= 1
                if not depth:
                    return inside, below, above
            inside.append(node)
        return inside, None, None

    def _fraction(self, top: Node | None, bottom: Node | None) -> str:
        above, below = self._say(top), self._say(bottom)
        if share := self._word("share", f"{above}/{below}"):
            return share
        form = "over-sum" if _is_sum(top) else "over"
        return self._form(form, top=above, bottom=below)

    def _scripted(
        self, words: str, below: Node | None, above: Node | None, *, is_group: bool = False
    ) -> str:
        if below is not None:
            words = self._form("below", base=words, below=self._digits(self._say(below)))
        if above is None:
            return words
        if is_group:
            words += self._text("aloud.pause")
        (only,) = above.parts if above.kind == "row" and len(above.parts) == 1 else (above,)
        assert only is not None
        if form := self._word("power", only.sign):
            return form.format(base=words)
        return self._form("power-of", base=words, power=self._say(above))

    def _digits(self, words: str) -> str:
        """Return an index in words: a digit behind a letter would sound like a factor."""
        return " ".join(self._word("digit", word) or word for word in words.split())


def _is_letter(sign: str) -> bool:
    return sign.isdigit() or (sign.isalpha() and not "\u0370" <= sign <= "\u03ff")


def _is_sum(node: Node | None) -> bool:
    return node is not None and any(part and part.sign in _SUMS for part in node.parts[1:])
