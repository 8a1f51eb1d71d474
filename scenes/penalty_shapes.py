"""Two penalties, two pulls: a weight slides towards 0, and its slope is drawn beneath it."""

from regviz.scenes.told import ToldScene


class PenaltyShapes(ToldScene):
    """Plays the lesson's story."""
