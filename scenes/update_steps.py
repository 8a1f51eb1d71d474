"""Step by step: what each update subtracts, where that leads, and what happens at 0."""

from regviz.scenes.told import ToldScene


class UpdateSteps(ToldScene):
    """Plays the lesson's story."""
