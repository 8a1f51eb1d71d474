"""Plans, runs and assembles outputs: from what the user asked for to files that are whole.

In a notebook::

    from regviz.lecture import figure, page, video

    video("corner", lam=2)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regviz.lecture.notebook import figure, page, video

__all__ = ["figure", "page", "video"]


def __getattr__(name: str) -> Any:
    # Late, since the command line passes here too, and is to start at once.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from regviz.lecture import notebook

    return getattr(notebook, name)
