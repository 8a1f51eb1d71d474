"""The numbers of an item: what vouches for it, and its optima in the data's own units."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from regviz.lecture.gallery.words import raw, worded
from regviz.lecture.manifest import Entry
from regviz.lessons.alt import plain
from regviz.lessons.text import Text

#: what the gallery has a word for
_CERTIFICATES = ("kkt_residual", "slope_error")


def numbers(entry: Entry, text: Text) -> str:
    """Return what vouches for an entry, and its strengths and radii."""
    rows = [
        (_certificate(name, text), f"{value:.1e}" if value else "0")
        for name, value in entry.certificate.items()
    ]
    rows += [(f"λ ({name.upper()})", _number(value)) for name, value in entry.lam.items()]
    if by := entry.lambda_by:
        values = {"folds": by["n_folds"], "seed": by["seed"], "penalty": by["penalty"].upper()}
        rows.append((raw(text, "lambda_by"), text(f"gallery.by.{by['rule']}", **values)))
    rows += [
        (f"{raw(text, 'budget')} ({name.upper()})", _number(value))
        for name, value in entry.budget.items()
    ]
    listed = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in rows
    )
    return f"<section><h3>{worded(text, 'certificate')}</h3><dl>{listed}</dl></section>"


def own_units(entry: Entry, number: int, text: Text) -> str:
    """Return the optima as models in the data's own units, a column for each."""
    if not entry.own_units:
        return ""
    models = list(entry.own_units.values())
    names = [_optimum(name, text) for name in entry.own_units]
    lines = [(raw(text, "intercept"), [model["intercept"] for model in models])]
    lines += [
        (term, [model["weights"][term] for model in models]) for term in models[0]["weights"]
    ]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{_term(term, models[0]["rescaled"])}</th>'
        f"{''.join(f'<td>{escape(plain(value, 4))}</td>' for value in values)}</tr>"
        for term, values in lines
    )
    heading = f'<h3 id="units-{number}">{worded(text, "own_units")}</h3>'
    said = [worded(text, "model", target=models[0]["target"])]
    said += [
        worded(text, "rescaled", term=term, **_rescaled(of))
        for term, of in models[0]["rescaled"].items()
    ]
    return (
        f'<section class="units">{heading}<p>{" ".join(said)}</p>'
        f'<div class="scrolled" role="group" tabindex="0" aria-labelledby="units-{number}">'
        f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"
        "</div></section>"
    )


def _term(term: str, rescaled: Mapping[str, Any]) -> str:
    """Return a feature's name as it is, and a power of a rescaled one with its exponent up."""
    base, _, power = term.partition("^")
    if not power or base not in rescaled:
        return escape(term)
    return f"{escape(base)}<sup>{escape(power)}</sup>"


def _rescaled(of: Mapping[str, Any]) -> dict[str, str]:
    return {
        "feature": of["feature"],
        "center": plain(of["center"], 4),
        "scale": plain(of["scale"], 4),
    }


def _optimum(name: str, text: Text) -> str:
    return name.upper() if name in ("l1", "l2") else raw(text, f"optimum.{name}")


def _certificate(name: str, text: Text) -> str:
    return raw(text, name) if name in _CERTIFICATES else name.replace("_", " ")


def _number(value: float | None) -> str:
    return "∞" if value is None else f"{value:.4g}"
