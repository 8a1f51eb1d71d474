"""Bias and variance: refits to many samples scatter less and miss more as lambda grows."""

from regviz.scenes.told import ToldScene


class BiasVariance(ToldScene):
    """Plays the lesson's story."""
