"""Dropout: random masks, the jitter that they are, and the ridge that they average to."""

from regviz.scenes.told import ToldScene


class Dropout(ToldScene):
    """Plays the lesson's story."""
