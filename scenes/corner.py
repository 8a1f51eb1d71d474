"""The corner: descent is held by a diamond in its corner, by a circle at a tangent point.

Render it like any manim scene, `manim render scenes/corner.py Corner`, or with parameters,
languages and formats through regviz.
"""

from regviz.scenes.told import ToldScene


class Corner(ToldScene):
    """Plays the lesson's story."""

    lesson = "corner"
