"""What the page of `early-stopping` needs of its exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regviz.pages.principal import pair

if TYPE_CHECKING:
    from regviz.lessons.early_stopping import EarlyStopping


def data(shown: EarlyStopping) -> dict[str, Any]:
    """Return the pair of features."""
    return pair(shown.both.pair)
