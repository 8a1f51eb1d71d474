"""What the page of `noise-is-ridge` needs of its exhibit."""

from __future__ import annotations

from typing import Any

from regviz.lessons.noise_is_ridge import NoiseIsRidge


def data(shown: NoiseIsRidge) -> dict[str, Any]:
    """Return the rows, standardized, how many copies the page draws, and rows left out."""
    return {"rows": shown.rows.T, "many": shown.counts[-1], "left": shown.n_left}
