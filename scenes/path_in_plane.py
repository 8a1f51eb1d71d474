"""Two ways to zero: the L1 optimum walks in straight pieces, the L2 optimum on a curve."""

from regviz.scenes.told import ToldScene


class PathInPlane(ToldScene):
    """Plays the lesson's story."""
