"""Overfitting: a wild fit, its weights, and the penalty that calms both."""

from regviz.scenes.told import ToldScene


class Overfitting(ToldScene):
    """Plays the lesson's story."""
