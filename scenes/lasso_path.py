"""The path of the lasso: knots, ties, and four axes."""

from regviz.scenes.told import ToldScene


class LassoPath(ToldScene):
    """Plays the lesson's story."""
