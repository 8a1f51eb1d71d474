"""A figure that stands in a page draws what its file draws, and does nothing else."""

import re

import pytest

from regviz.lecture.export.svg import inline
from regviz.lessons.errors import BadInput

_FILE = b"""<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 width="10pt" height="5pt" viewBox="0 0 10 5" onload="alert(1)">
<title>t</title><metadata><a/></metadata><style>*{stroke-linejoin: round}</style>
<script>alert(2)</script><foreignObject><b/></foreignObject>
<image href="http://host/x.png"/><a href="javascript:alert(3)"><path d="M0 0"/></a>
<defs><clipPath id="c"><rect width="1" height="1"/></clipPath><path id="m" d="M0 0"/></defs>
<g id="plane" data-weights-to-svg="1 2 3 4" clip-path="url(#c)" style="fill: #ff0000; x: y">
<use xlink:href="#m"/><use href="http://host/y.svg#z"/><path fill="url(http:x)" d="M1"/></g>
</svg>"""


def test_only_what_draws_comes_in():
    drawn = inline(_FILE, "a-", "What it shows")
    there = set(re.findall(r"<(\w+)", drawn))
    assert there == {"svg", "defs", "clipPath", "rect", "path", "g", "use"}
    for word in ("alert", "http", "onload", "style", "xmlns"):
        assert word not in drawn


def test_ids_are_its_own():
    drawn = inline(_FILE, "a-", "x")
    assert re.findall(r' id="([^"]+)"', drawn) == ["a-c", "a-m", "a-plane"]
    assert 'href="#a-m"' in drawn
    assert 'clip-path="url(#a-c)"' in drawn
    assert 'fill="#ff0000"' in drawn


def test_it_says_what_it_shows():
    assert 'role="img" aria-label="a &lt; &quot;b&quot;"' in inline(_FILE, "", 'a < "b"')


def test_what_is_no_svg_is_refused():
    with pytest.raises(BadInput, match="build the lecture again"):
        inline(b"PNG", "", "")
