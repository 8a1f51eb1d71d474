"""Mathematics as MathML."""

from __future__ import annotations

from html import escape

from regviz.lessons.mathematics import Node
from regviz.lessons.places import Places, place_of

_ACCENTS = {"hat": "^", "bar": "¯", "tilde": "~"}
_SPACES = {"thin": "0.17em", "medium": "0.28em", "word": "0.28em", "quad": "1em"}


def to_mathml(node: Node | None, places: Places) -> str:
    """Write a piece of mathematics; a place in it becomes an element to be filled."""
    if node is None:
        return ""
    parts = [to_mathml(part, places) for part in node.parts]
    sign = escape(node.sign)
    match node.kind:
        case "letter":
            return f"<mi>{sign}</mi>"
        case "upright" | "text" | "mathrm" | "operatorname":
            # A browser takes the spaces at the ends of plain text away.
            return f"<mtext>{sign.replace(' ', chr(0xA0))}</mtext>"
        case "number":
            return f"<mn>{sign}</mn>"
        case "operator" | "function":
            if place := place_of(node.sign, places):
                # One that is filled by a sign of relation has its air around it.
                tag = "mo" if place.startswith("is") else "mn"
                return f'<{tag} data-v="{place}"></{tag}>'
            # Fences grow with what they hold, which looks odd around a single hat.
            fixed = ' stretchy="false"' if node.sign in "()[]" else ""
            return f"<mo{fixed}>{sign}</mo>"
        case "open" | "close":
            form = "prefix" if node.kind == "open" else "postfix"
            return f'<mo form="{form}" stretchy="false">{sign}</mo>'
        case "space":
            return f'<mspace width="{_SPACES[node.sign]}"></mspace>'
        case "hat" | "bar" | "tilde":
            return f'<mover accent="true">{parts[0]}<mo>{_ACCENTS[node.kind]}</mo></mover>'
        case "mathbf":
            return f'<mrow class="bold">{parts[0]}</mrow>'
        case "sqrt":
            return f"<msqrt>{parts[0]}</msqrt>"
        case "frac":
            return f"<mfrac>{parts[0]}{parts[1]}</mfrac>"
        case "script":
            _, below, above = node.parts
            tag = "msubsup" if below and above else "msub" if below else "msup"
            return f"<{tag}>{''.join(parts)}</{tag}>"
        case _:
            return parts[0] if len(parts) == 1 else f"<mrow>{''.join(parts)}</mrow>"
