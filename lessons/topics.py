"""What lessons are about, in the order in which a course may take it.

A lesson needs none of a later topic, so that topic after topic is an order to teach in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """What some lessons have in common; `title` and `about` are keyed by language.

    What it is about is asked and not answered: the lessons ask the same.
    """

    title: Mapping[str, str]
    about: Mapping[str, str]


TOPICS = {
    "fit": Topic(
        {"en": "Why regularize", "ko": "왜 규제하는가"},
        {"en": "What is a penalty for?", "ko": "벌점은 무엇을 위한 것일까요?"},
    ),
    "one-weight": Topic(
        {"en": "One weight", "ko": "가중치 하나"},
        {
            "en": "What do L1 and L2 make of a single weight?",
            "ko": "L1과 L2는 가중치 하나를 어떻게 바꿀까요?",
        },
    ),
    "geometry": Topic(
        {"en": "Two weights: the geometry", "ko": "가중치 둘: 기하"},
        {
            "en": "In the plane of two weights, what does the shape of a region decide?",
            "ko": "두 가중치의 평면에서 영역의 모양은 무엇을 정할까요?",
        },
    ),
    "features": Topic(
        {"en": "Many features", "ko": "여러 특성"},
        {
            "en": "Data has many features, some of them alike: which of them keep a weight?",
            "ko": "특성이 많고 서로 닮았을 때, 어떤 특성의 가중치가 남을까요?",
        },
    ),
    "practice": Topic(
        {"en": "In practice: units and lambda", "ko": "실전: 단위와 λ"},
        {
            "en": "Which unit, and which lambda?",
            "ko": "단위는 무엇으로 하고, λ는 얼마로 할까요?",
        },
    ),
    "disguise": Topic(
        {"en": "Regularization in disguise", "ko": "숨은 규제"},
        {
            "en": "Nobody wrote a penalty here. Is there one?",
            "ko": "아무도 벌점을 쓰지 않았습니다. 정말 벌점이 없을까요?",
        },
    ),
    "optimization": Topic(
        {"en": "The way to the optimum", "ko": "최적점에 이르는 길"},
        {
            "en": "Which steps lead to the optimum, and how fast?",
            "ko": "어떤 걸음이 얼마나 빨리 최적점에 이를까요?",
        },
    ),
}
#: what stands before the lessons that one needs
AFTER = {"en": "after", "ko": "먼저 볼 것:"}


def title(topic: str, lang: str) -> str:
    """Return what a topic is called; a lesson that says none has an empty one."""
    return TOPICS[topic].title[lang] if topic else ""
