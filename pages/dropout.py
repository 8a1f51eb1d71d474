"""What the page of `dropout` needs of its exhibit."""

from __future__ import annotations

from typing import Any

from regviz.lessons.dropout import Dropout


def data(shown: Dropout) -> dict[str, Any]:
    """Return the data, in their own units, and how many masks the page draws."""
    columns = (*shown.design.X.T, shown.design.y)
    return {"columns": columns, "many": shown.counts[-1], "left": shown.n_left}
