"""Two classes and a border: it turns under L1, fades under L2, and L1 drops weights."""

from regviz.scenes.told import ToldScene


class Logistic(ToldScene):
    """Plays the lesson's story."""
