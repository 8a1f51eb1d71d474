"""What is shown: each lesson turns its parameters into an exhibit that every medium draws.

Called, `regviz.lessons()` lists the lessons; see :func:`regviz.lessons.listing.lessons`.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regviz.lessons.listing import Listing


class _Lessons(ModuleType):
    """The folder, as `regviz.lessons` stands both for it and for the list of what is in it."""

    def __call__(self, lang: str = "en") -> Listing:
        """List the lessons, in teaching order; `lang` is `en` or `ko`."""
        from regviz.lessons.listing import lessons

        return lessons(lang)


sys.modules[__name__].__class__ = _Lessons
