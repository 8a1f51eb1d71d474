"""L1 on one weight: the bend of the L1 penalty at 0 catches the minimizer."""

from __future__ import annotations

from dataclasses import dataclass

import regmath as rm
from regviz.lessons.knob_groups import OneWeightKnobs
from regviz.lessons.one_weight import OneWeight, one_weight

TITLE = {
    "en": "L1 on one weight",
    "ko": "가중치 하나와 L1",
}
SUMMARY = {
    "en": "As lambda grows, the minimizer reaches 0 and stays there, exactly",
    "ko": "λ가 커지면 최소점이 정확히 0이 되고 그대로 머뭅니다",
}
TAGS = ("one weight", "sparsity")
ORDER = 40


@dataclass(frozen=True)
class Parameters(OneWeightKnobs):
    """Knobs of the one-weight loss; nothing besides."""


def exhibit(parameters: Parameters) -> OneWeight:
    """Compute the exhibit: one weight under the L1 penalty.

    Raises
    ------
    BadInput
        If the loss has nothing to shrink.
    """
    return one_weight("l1-loss", "l1", rm.L1(1.0), parameters)
