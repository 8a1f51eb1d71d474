"""A figure as a small SVG that stands inside a page: real text, and colours by role.

Where :mod:`regviz.figures.save` writes files whose every vertex can be checked, this writes a
still that is to stay small, for a page whose policy forbids style attributes: letters are text
in the page's fonts, positions are rounded to a tenth of a point, and a curve's many vertices
become few arcs between its corners, which stay.
"""

from regviz.figures.inline.svg import encode

__all__ = ["encode"]
