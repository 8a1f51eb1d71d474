"""Balls of every power, told as a video."""

from regviz.scenes.told import ToldScene


class LqBalls(ToldScene):
    """Plays the lesson's story."""
