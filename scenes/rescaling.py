"""The unit decides, told as a video."""

from regviz.scenes.told import ToldScene


class Rescaling(ToldScene):
    """Plays the lesson's story."""
