"""My idea, told as a video."""

from regviz.scenes.told import ToldScene


class OptimizerRace(ToldScene):
    """Plays the lesson's story."""
