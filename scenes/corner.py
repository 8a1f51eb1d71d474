"""The corner: descent is held by a diamond in its corner, by a circle at a tangent point."""

from regviz.scenes.told import ToldScene


class Corner(ToldScene):
    """Plays the lesson's story."""
