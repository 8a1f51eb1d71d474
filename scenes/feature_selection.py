"""Feature selection: lambda grows, L1 drops features and L2 shrinks all weights."""

from regviz.scenes.told import ToldScene


class FeatureSelection(ToldScene):
    """Plays the lesson's story."""
