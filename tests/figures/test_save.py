"""Files are the same on every run, say what they are, and can be checked without our code."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from regviz.figures.save import encode
from regviz.lessons.corner import picture
from regviz.lessons.errors import BadInput
from tests.covering import some_of
from tests.figures.drawings import LESSONS, computed, drawn, saved_svg

SVG = "{http://www.w3.org/2000/svg}"
HASHES = """
import hashlib
from regviz import figures
from regviz.figures.save import encode
figure = figures.draw("corner", lang="ko", aspect="4:3")
for format in ("svg", "pdf", "png"):
    print(hashlib.sha256(encode(figure, format, dpi=60)).hexdigest())
"""


def test_bytes_are_the_same_from_process_to_process():
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", HASHES],
            env={**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": epoch},
            stdout=subprocess.PIPE,
        )
        for seed, epoch in (("1", "1"), ("2", "86400"))
    ]
    first, second = (run.communicate()[0].split() for run in runs)
    assert len(first) == 3
    assert first == second


@pytest.mark.parametrize(
    ("format", "magic"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")]
)
def test_saving_twice_gives_the_same_bytes(format, magic):
    first = encode(drawn(), format, dpi=50)
    assert first.startswith(magic)
    assert encode(drawn(), format, dpi=50) == first


def test_files_say_what_they_are():
    figure = drawn()
    for format in ("svg", "png"):
        saved = encode(figure, format, dpi=50)
        assert figure.title.encode() in saved
        assert b"L1 stops at the corner" in saved
    pdf = encode(figure, "pdf", title="A & B <c>", description="d")
    assert b"A & B <c>" in pdf
    assert b"CreationDate" not in pdf
    root = ElementTree.fromstring(encode(figure, "svg", title="A & B <c>", description="d & e"))
    assert root.find(f"{SVG}title").text == "A & B <c>"
    assert root.find(f"{SVG}desc").text == "d & e"


def test_unknown_format_is_named():
    with pytest.raises(BadInput, match="'gif' is unknown; give svg, pdf, png"):
        encode(drawn(), "gif")


def group(gid):
    root = ElementTree.fromstring(saved_svg())
    (found,) = (element for element in root.iter(f"{SVG}g") if element.get("id") == gid)
    return found


def weights(gid, name):
    """Read a drawn path back into weights, from nothing but the file."""
    values = group(f"plane-{name}").get("data-weights-to-svg").split()
    across, right, down, up = map(float, values)
    path = group(gid).find(f"{SVG}path").get("d")
    points = np.array(re.findall(r"[ML] (\S+) (\S+)", path), dtype=float)
    return (points - [across, down]) / [right, up]


@pytest.mark.parametrize("name", ["l1", "l2"])
def test_svg_alone_certifies_the_optimum(name):
    shown = computed()
    optimum, tip = weights(f"pull-{name}", name)
    np.testing.assert_allclose(optimum, shown.sides[name].weights, atol=1e-7)
    assert np.abs(weights(f"level-{name}", name) - optimum).max(axis=1).min() < 1e-7
    np.testing.assert_allclose(weights(f"path-{name}", name), shown.paths[name], atol=1e-7)
    # No point of the drawn region lies further along minus the gradient: the KKT conditions.
    ball = weights(f"ball-{name}", name)
    reach = (ball - optimum) @ ((tip - optimum) / np.linalg.norm(tip - optimum))
    assert reach.max() < 1e-6


@pytest.mark.parametrize("name", ["l1", "l2"])
def test_svg_keeps_every_vertex_of_the_contour(name):
    shown = computed()
    drawn = picture(shown)
    left, right, bottom, top = drawn.limits(drawn.panel(name), drawn.rest)
    x, y = drawn.points(drawn.mark(f"level-{name}"), drawn.rest).T
    seen = np.column_stack([x, y])[(left < x) & (x < right) & (bottom < y) & (y < top)]
    drawn_level = weights(f"level-{name}", name)
    gaps = np.abs(seen[:, None] - drawn_level).max(axis=-1).min(axis=1)
    assert len(seen) > 50
    assert gaps.max() < 1e-7


@some_of("lesson", LESSONS, each=6)()
def test_svg_holds_no_type_that_needs_a_font_and_no_id_twice(lesson):
    assert "<text" not in saved_svg(lesson)
    ids = re.findall(r' id="([^"]+)"', saved_svg(lesson))
    assert len(ids) == len(set(ids))
