"""What the page of `priors` needs of its exhibit: how means are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regviz.lessons.priors import Priors


def data(shown: Priors) -> dict[str, Any]:
    """Return the rule of Gauss and Legendre, and how it is laid out."""
    return shown.rule
