"""Cross-validation, told as a video."""

from regviz.scenes.told import ToldScene


class CrossValidation(ToldScene):
    """Plays the lesson's story."""
