"""Stopping early, told as a video."""

from regviz.scenes.told import ToldScene


class EarlyStopping(ToldScene):
    """Plays the lesson's story."""
