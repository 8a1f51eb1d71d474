"""Priors: a penalty is a prior, and its optimum the posterior's mode."""

from regviz.scenes.told import ToldScene


class Priors(ToldScene):
    """Plays the lesson's story."""
