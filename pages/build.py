"""Puts a page together: shell, sentences, numbers, style and script, and its content policy."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
import zlib
from collections.abc import Mapping, Set
from functools import cache
from html import escape
from importlib import import_module, resources
from importlib.util import find_spec
from string import Template
from typing import Any

from regviz.lessons import catalogue, theme
from regviz.lessons import text as sentences
from regviz.lessons.base import Exhibit
from regviz.lessons.errors import BadInput
from regviz.lessons.parameters import Choice, Count, File, Number, Point
from regviz.lessons.text import Text
from regviz.lessons.theme import Theme
from regviz.lessons.web_fonts import MATHEMATICAL, font_face, type_face
from regviz.pages.described import claims, described
from regviz.pages.sentences import to_html, to_plain

THEMES = ("auto", "light", "dark")
#: an array of more numbers than this, such as all weights of a reader's hundred features, has
#: so many digits of each: far more than a picture shows
MANY, DIGITS = 2000, 8
#: what the style sheet uses in every page
_ALWAYS = {"paper", "ink", "muted", "loss", "region"}
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORTED = re.compile(r"^export (?:const|function|class) (\w+|\{[^}]*\})", re.MULTILINE)
#: class of a facet by its colour, as `figures/inline` names it
_FACET = re.compile(r'class="(\w+)-(\d+)"')
_EXPORT = re.compile(r"^export ", re.MULTILINE)
#: what a page may load where its style and script stand in files beside it
_SPLIT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"
#: letters that stand in italics, of MathML and of runs of type
_ITALIC = re.compile(r'<mi>(.)</mi>|\["(.)", ?"i')
#: sentences that stand in bold, and what numbers are written with
_IS_HEADED = re.compile(r"heading|title|group|option|button\.free|ask\.right")
_OF_NUMBERS = "0123456789.,−=≈≤≥×∞⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
_FONTS = "; font-src data:"
_CLOSED = "; base-uri 'none'; form-action 'none'"


def build(
    shown: Exhibit,
    *,
    lang: str = "en",
    theme: str = "auto",
    picture: str = "",
    split: bool = False,
    stem: str = "page",
) -> dict[str, str]:
    """Return a page's files by suffix: `html`, and with `split` also `css` and `js`.

    Parameters
    ----------
    shown
        The exhibit that the page starts from.
    lang
        `en` or `ko`.
    theme
        `auto`, `light` or `dark`.
    picture
        SVG for readers without JavaScript, free of style attributes, which the page's
        policy forbids; trusted as it is.
    split
        Put style and script into files of their own, for a server whose policy allows only
        such.
    stem
        What those files are called, without suffix.

    Raises
    ------
    BadInput
        If the lesson has no page, or the language or theme is unknown.
    """
    if "page" not in catalogue.entry(shown.lesson).media:
        raise BadInput(f"lesson {shown.lesson!r} has no page.")
    if theme not in THEMES:
        raise BadInput(f"theme {theme!r} is unknown; give {', '.join(THEMES)}.")
    text = sentences.load(lang)
    script = _script(shown.lesson)
    if not split:
        script = _minified("text/javascript", script)
    data = _data(shown, text, script)
    style = _style(theme, set(re.findall(r"\w+", picture + script + _json(data))))
    style += _mixed(picture) + (_read("fields.css") if "fields" in data["picture"] else "")
    style = style if split else _minified("text/css", style)
    parts = _sentences(shown, text) | {
        "lang": lang,
        "theme": theme,
        "scheme": "light dark" if theme == "auto" else theme,
        "picture": picture,
        "data": _packed(_json(data)),
    }
    # A server that forbids inline style forbids fonts within it: the reader's own have to do.
    fonts = _korean(parts, data) + ("" if split else _type(parts, data))
    style = fonts + style
    closed = (_FONTS if fonts else "") + _CLOSED
    if split:
        parts |= {
            "policy": _SPLIT_POLICY + closed,
            "style": f'<link rel="stylesheet" href="{escape(_link(stem))}.css">',
            "script": f'<script src="{escape(_link(stem))}.js"></script>',
        }
        return {"html": _filled(parts), "css": style, "js": script}
    loader = _minified("text/javascript", _read("loader.js"))
    parts |= {
        "policy": (
            f"default-src 'none'; script-src '{_digest(loader)}' '{_digest(script)}'; "
            f"style-src '{_digest(style)}'{closed}"
        ),
        "style": f"<style>{style}</style>",
        "script": (
            f'<script type="application/zlib" id="code">{_packed(script)}</script>\n'
            f"<script>{loader}</script>"
        ),
    }
    return {"html": _filled(parts)}


def _korean(parts: Mapping[str, str], data: Mapping[str, Any]) -> str:
    """Return the style rules for the Korean letters that the page draws, at any value."""
    drawn = f"{parts['heading']}{parts['picture']}{_drawn(data)}"
    # The static picture has bold letters of its own.
    bold = f"{parts['picture']}{_bold(parts, data)}"
    return font_face(f"{drawn}{parts['idea']}{parts['formula']}{parts['still']}", bold)


def _type(parts: Mapping[str, str], data: Mapping[str, Any]) -> str:
    """Return the style rules for all other letters, each cut with those that stand in it."""
    places = ("heading", "picture", "idea", "formula", "still")
    text = _drawn(data) + "".join(parts[place] for place in places)
    italic = "".join("".join(found) for found in _ITALIC.findall(text))
    return type_face(_OF_NUMBERS + text, f"{_bold(parts, data)}0123456789", italic)


def _bold(parts: Mapping[str, str], data: Mapping[str, Any]) -> str:
    """Return what stands in bold outside of the static picture.

    The claims of a verdict, on all or on a role, are named after it.
    """
    says = [name for name in data["picture"]["says"] if name.startswith("verdict")]
    verdicts = tuple(f"claim.{name.removeprefix('verdict-')}." for name in says)
    html = data["html"].items()
    headed = "".join(
        part for name, part in html if _IS_HEADED.match(name) or f"{name}.".startswith(verdicts)
    )
    titles, labels = (_json(data["picture"][part]) for part in ("panels", "labels"))
    steps = _json([beat["heading"] for beat in _beats(data)])
    groups = _json([group["said"] for group in data["picture"].get("fields", ())])
    named = labels if "bold" in labels else ""
    return f"{parts['heading']}{headed}{titles}{steps}{groups}{named}"


def _beats(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [beat for step in data["picture"]["steps"] for beat in step["beats"]]


def _drawn(data: Mapping[str, Any]) -> str:
    return _json({name: part for name, part in data.items() if name != "aria"})


def _json(data: object) -> str:
    return json.dumps(_plain(data), ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _minified(kind: str, source: str) -> str:
    import minify

    short: str = minify.string(kind, source)
    return short


def _filled(parts: Mapping[str, str]) -> str:
    return Template(_read("shell.html")).substitute(parts)


def _link(stem: str) -> str:
    from urllib.parse import quote

    return quote(stem)


def _digest(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _read(name: str) -> str:
    return resources.files("regviz.pages").joinpath(name).read_text("utf-8")


# ---- style and script


def _style(name: str, words: Set[str]) -> str:
    """Return the style sheet, with the colours of those roles that a page's words name."""
    roles = theme.IN_PAGES.items()
    used = {role: name for role, name in roles if name in words | _ALWAYS}
    schemes = {"light": _variables(theme.LIGHT, used), "dark": _variables(theme.DARK, used)}
    if name == "auto":
        dark = f"@media (prefers-color-scheme: dark) {{\n{schemes['dark']}}}\n"
        colours = schemes["light"] + dark
    else:
        colours = schemes[name]
    named = [name for name in used.values() if name not in ("paper", "region")]
    tones = "".join(f".{name} {{ --tone: var(--{name}); }}\n" for name in named)
    halo = f":root {{ --halo: {theme.HALO}em; }}\n"
    return colours + tones + halo + MATHEMATICAL + _read("style.css")


def _mixed(picture: str) -> str:
    """Return the colours of facets that a picture names, mixed from those of their roles."""
    found = sorted(set(_FACET.findall(picture)))
    shares = "".join(f".{name}-{share} {{ --share: {share}%; }}\n" for name, share in found)
    fills = "".join(
        f'[class^="{name}-"] {{ fill: '
        f"color-mix(in srgb, var(--{name}) var(--share), var(--paper)); }}\n"
        for name in sorted({name for name, _ in found})
    )
    return shares + fills


def _variables(colours: Theme, used: Mapping[str, str]) -> str:
    lines = "".join(f"  --{name}: {getattr(colours, role)};\n" for role, name in used.items())
    return f":root {{\n{lines}}}\n"


def _script(slug: str) -> str:
    """Return a lesson's script with the modules it imports before it, as one plain script.

    A module script cannot be loaded from a local file, so that `import` and `export` become
    functions that return what they export: each module has a scope of its own, and may wait for
    what it begins with. A lesson is drawn by `picture.js`, whose `./lesson.js` its module is.
    """
    own = catalogue.module_name(slug)
    # Few lessons have numbers that a reader writes: other pages are spared their controls.
    has_fields = "marks.fields" in _read(f"{own}.js")
    parts = {} if has_fields else {"fields": "const in_fields = {};\n"}
    _collect("picture", own, parts)
    return '(async () => {\n"use strict";\n' + "\n".join(parts.values()) + "})();\n"


def _collect(module: str, lesson: str, parts: dict[str, str]) -> None:
    source = _read(f"{lesson if module == 'lesson' else module}.js")
    taken = ""
    for names, needed in _IMPORT.findall(source):
        if needed not in parts:
            _collect(needed, lesson, parts)
        taken += f"const {{{names}}} = in_{needed};\n"
    names = ", ".join(name.strip(" {}") for name in _EXPORTED.findall(source))
    body = _EXPORT.sub("", _IMPORT.sub("", source)).strip()
    parts[module] = (
        f"const in_{module} = await (async () => {{\n"
        f"{taken}{body}\nreturn {{ {names} }};\n}})();\n"
    )


# ---- sentences and numbers


def _sentences(shown: Exhibit, text: Text) -> dict[str, str]:
    own = f"{catalogue.module_name(shown.lesson).replace('_', '-')}.page"
    about = catalogue.entry(shown.lesson)
    return {
        "title": escape(about.title[text.lang]),
        "heading": to_html(about.title[text.lang]),
        "idea": to_html(text.sentence(f"{own}.idea")),
        "formula": to_html(text.sentence(f"{own}.formula")),
        "live": escape(to_plain(text.sentence("page.live"))),
        "still": to_html(text.sentence("page.still")),
    }


def _data(shown: Exhibit, text: Text, script: str) -> dict[str, Any]:
    # A parameter that the script never names is of other media only.
    named = set(re.findall(r"\w+", script))
    said = _said(shown.lesson, text)
    said["html"] |= claims(shown.lesson, text)
    picture = described(shown, text)
    knobs = _knobs(shown) | {
        driver["name"]: {
            "low": float(driver["values"][0]),
            "high": float(driver["values"][-1]),
        }
        for driver in picture["drivers"]
    }
    return {
        "lesson": shown.lesson,
        "knobs": {name: bounds for name, bounds in knobs.items() if name in named},
        "values": {name: value for name, value in _values(shown).items() if name in named},
        "numbers": _numbers(shown),
        "picture": picture,
        **said,
    }


def _values(shown: Exhibit) -> dict[str, object]:
    """Return the parameters, less where files stand, which is the user's own business."""
    knobs = catalogue.parameters_class(shown.lesson).knobs()
    files = {knob.name for knob in knobs if isinstance(knob.metadata["kind"], File)}
    return {
        name: value
        for name, value in shown.parameters.items()
        if name not in files and value is not None
    }


def _knobs(shown: Exhibit) -> dict[str, Any]:
    """Return the bounds of the knobs that a page can turn."""
    found: dict[str, Any] = {}
    for knob in catalogue.parameters_class(shown.lesson).knobs():
        kind = knob.metadata["kind"]
        if isinstance(kind, Number | Count | Point):
            found[knob.name] = {"low": kind.low, "high": kind.high}
            if isinstance(kind, Count):
                found[knob.name]["whole"] = True
        elif isinstance(kind, Choice):
            found[knob.name] = {"options": kind.options}
    return found


def _numbers(shown: Exhibit) -> Mapping[str, Any]:
    """Return what the lesson's script needs of the exhibit besides its parameters."""
    name = f"regviz.pages.{catalogue.module_name(shown.lesson)}"
    if find_spec(name) is None:
        return {}
    numbers: Mapping[str, Any] = import_module(name).data(shown)
    return numbers


def _said(slug: str, text: Text) -> dict[str, dict[str, Any]]:
    """Return the sentences that the script shows, in the form in which it shows them.

    Those under `aria` are read aloud and are plain; the others are HTML. A lesson's own come
    after the shared ones.
    """
    said: dict[str, dict[str, Any]] = {"html": {}, "aria": {}}
    for prefix in ("page.", f"{slug}.page."):
        for key in sorted(text.keys()):
            if not key.startswith(prefix):
                continue
            name = key.removeprefix(prefix)
            kind, _, rest = name.partition(".")
            if kind == "aria":
                said["aria"][rest] = to_plain(text.sentence(key))
            elif name not in ("idea", "formula", "still", "live"):
                said["html"][name] = to_html(text.sentence(key))
    return said


def _packed(content: str) -> str:
    """Return what the page unpacks: deflated, in letters that end no element.

    That is a fraction as long, and whoever reads a page's source meets no answer in it before
    the question.
    """
    return base64.b64encode(zlib.compress(content.encode(), 9)).decode()


def _short(value: Any) -> Any:
    """Return numbers, however nested, to so many digits; none becomes 0 that is not."""
    if isinstance(value, list):
        return [_short(part) for part in value]
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def _plain(value: Any) -> object:
    if hasattr(value, "tolist"):
        value = _short(value.tolist()) if value.size > MANY else value.tolist()
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        if value == int(value) and abs(value) < 1e15:
            return int(value)  # shorter, and the same number in a script
    return value
