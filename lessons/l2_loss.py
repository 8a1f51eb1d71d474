"""L2 on one weight: the round L2 penalty shrinks the minimizer and never stops it at 0."""

from __future__ import annotations

from dataclasses import dataclass

import regmath as rm
from regviz.lessons.knob_groups import OneWeightKnobs
from regviz.lessons.one_weight import OneWeight, one_weight

TITLE = {
    "en": "L2 on one weight",
    "ko": "가중치 하나와 L2",
}
SUMMARY = {
    "en": "As lambda grows, the minimizer nears 0 and never reaches it",
    "ko": "λ가 커져도 최소점은 0에 가까워질 뿐 0이 되지 않습니다",
}
TAGS = ("one weight", "shrinkage")
ORDER = 50


@dataclass(frozen=True)
class Parameters(OneWeightKnobs):
    """Knobs of the one-weight loss; nothing besides."""


def exhibit(parameters: Parameters) -> OneWeight:
    """Compute the exhibit: one weight under the L2 penalty.

    Raises
    ------
    BadInput
        If the loss has nothing to shrink.
    """
    return one_weight("l2-loss", "l2", rm.L2(1.0), parameters)
