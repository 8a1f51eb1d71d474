"""My idea, told as a video."""

from regviz.scenes.told import ToldScene


class NoiseIsRidge(ToldScene):
    """Plays the lesson's story."""
