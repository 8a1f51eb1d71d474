"""Conventions, told as a video."""

from regviz.scenes.told import ToldScene


class Conventions(ToldScene):
    """Plays the lesson's story."""
