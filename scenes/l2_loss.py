"""L2 on one weight: however strong the penalty, the lowest point is near 0 and not at 0."""

from regviz.scenes.told import ToldScene


class L2Loss(ToldScene):
    """Plays the lesson's story."""
