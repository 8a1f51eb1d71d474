"""Where ridge shrinks, told as a video."""

from regviz.scenes.told import ToldScene


class RidgeShrinkage(ToldScene):
    """Plays the lesson's story."""
