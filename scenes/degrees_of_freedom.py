"""Degrees of freedom: what a penalty leaves of the weights."""

from regviz.scenes.told import ToldScene


class DegreesOfFreedom(ToldScene):
    """Plays the lesson's story."""
