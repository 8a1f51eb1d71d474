"""What making a job comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

#: called with how much is done and how much there is to do
Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """What a job came to.

    Attributes
    ----------
    files
        Format to the whole content of that file.
    facts
        The exhibit's parameters, points, certificate and models in the data's own units, and
        how its data were read, as JSON knows them; and `lambda_by`, how cross-validation chose
        lambda, or None.
    about
        What players and readers are told: `title` and `alt`; of a video with its parts also
        `width`, `height`, `fps`, `duration`, `cues` and `sections`.
    """

    files: Mapping[str, bytes]
    facts: Mapping[str, object]
    about: Mapping[str, object] = field(default_factory=dict)
