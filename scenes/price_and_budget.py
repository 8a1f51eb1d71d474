"""Price and budget, told as a video."""

from regviz.scenes.told import ToldScene


class PriceAndBudget(ToldScene):
    """Plays the lesson's story."""
