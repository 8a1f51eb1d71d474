"""The elastic net: penalties between L1 and L2, and groups of features."""

from regviz.scenes.told import ToldScene


class ElasticNet(ToldScene):
    """Plays the lesson's story."""
