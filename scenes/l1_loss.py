"""L1 on one weight: the lowest point reaches 0 and stays there."""

from regviz.scenes.told import ToldScene


class L1Loss(ToldScene):
    """Plays the lesson's story."""
