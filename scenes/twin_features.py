"""Twin features, told as a video."""

from regviz.scenes.told import ToldScene


class TwinFeatures(ToldScene):
    """Plays the lesson's story."""
