"""A small task of a page's reader, which the page checks from what is true meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regviz.lessons.picture import Said


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something to bring about by moving what there is.

    Attributes
    ----------
    said, done
        What is to be done, and what is said once it is.
    moves
        Names of the drivers and parameters that it takes.
    claims
        The last part of the key that a claim must have, by the claim's name; the page says
        meanwhile what is so.
    within
        The least and the greatest value of a driver or parameter, by its name.
    tells
        Names of claims that the page says meanwhile besides: how near it is.
    panel
        Where it is seen, if that is another panel than the last that the section was about.
    """

    said: Said
    done: Said
    moves: tuple[str, ...]
    claims: Mapping[str, str] = field(default_factory=dict)
    within: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    tells: tuple[str, ...] = ()
    panel: str | None = None

    def is_done(self, claims: Mapping[str, Said], values: Mapping[str, float]) -> bool:
        """Say whether it is done where this is true of these values; the page says the same."""
        ends = {name: claim.key.rpartition(".")[2] for name, claim in claims.items()}
        return all(ends.get(name) == end for name, end in self.claims.items()) and all(
            low <= values[name] <= high for name, (low, high) in self.within.items()
        )
