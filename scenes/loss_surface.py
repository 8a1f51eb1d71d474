"""The loss as a surface, from above the plane of the corner and from the side one weight."""

from regviz.scenes.told import ToldScene


class LossSurface(ToldScene):
    """Plays the lesson's story."""
