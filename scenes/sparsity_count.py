"""My idea, told as a video."""

from regviz.scenes.told import ToldScene


class SparsityCount(ToldScene):
    """Plays the lesson's story."""
