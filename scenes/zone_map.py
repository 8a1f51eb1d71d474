"""The zone map, told as a video."""

from regviz.scenes.told import ToldScene


class ZoneMap(ToldScene):
    """Plays the lesson's story."""
