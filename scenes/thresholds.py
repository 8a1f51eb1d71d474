"""Thresholds: six penalties, and what each makes of one weight."""

from regviz.scenes.told import ToldScene


class Thresholds(ToldScene):
    """Plays the lesson's story."""
