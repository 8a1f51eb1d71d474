"""Frames are painted where they change, held without being painted, and are those of manim."""

from types import SimpleNamespace

import manim
import numpy as np
import pytest

from regviz.scenes import scene_class
from regviz.scenes.canvas import Canvas, Region
from regviz.scenes.chunks import Cut, chunks, part
from regviz.scenes.film import Filmed
from regviz.scenes.surface import Surface

SIZE = 320, 180


class Kept:
    """A reel that keeps what it is given."""

    def __init__(self):
        self.added = []

    def begin(self, path):
        """Keep nothing of files."""

    def add(self, patches, count):
        self.added.append((patches, count))


def filmed(slug, fps=1, *, values=None):
    """Film a whole scene; return it, and what was handed to the encoder."""
    settings = {"pixel_width": SIZE[0], "pixel_height": SIZE[1], "frame_rate": fps}
    settings |= {"dry_run": True, "verbosity": "ERROR", "progress_bar": "none"}
    unit = manim.config.frame_width, manim.config.frame_height
    with manim.tempconfig(settings):
        scene = scene_class(slug)(values)
        scene.setup()
        scene.is_counting = True
        scene.construct()
        whole = chunks(scene.cuts, [], scene.played, fps)
        frame = manim.config.frame_width, manim.config.frame_height
        canvas, kept = Canvas(*SIZE, frame, (255, 255, 255, 255)), Kept()
        scene.film = Filmed(canvas, kept, fps, dict.fromkeys(whole), lambda _: None)
        scene.rewind()
        scene.construct()
        scene.renderer.update_frame(scene)
        camera = scene.renderer.camera.pixel_array
    manim.config.frame_width, manim.config.frame_height = unit
    return scene, kept.added, camera


@pytest.mark.parametrize(
    "slug", ["l1-loss", pytest.param("loss-surface", marks=pytest.mark.long)]
)
def test_what_is_pieced_together_is_what_manims_camera_sees(slug):
    scene, added, camera = filmed(slug)
    assert sum(count for _, count in added) == scene.n_frames
    seen = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    for patches, _ in added:
        for region, pixels in patches:
            seen[region.slices] = pixels
    assert np.array_equal(seen, camera)


def test_a_held_picture_is_painted_once_and_a_line_that_counts_alone():
    _, added, _ = filmed("l1-loss", 5)
    held = [count for _, count in added if count > 1]
    assert sum(held) > 100
    areas = [
        sum((part.right - part.left) * (part.bottom - part.top) for part, _ in patches)
        for patches, _ in added
    ]
    assert np.median(areas) < 0.5 * SIZE[0] * SIZE[1]


def test_parts_have_all_chunks_and_cost_about_the_same():
    starts = [Cut(start, 0) for start in (0, 10, 90, 200, 200, 230, 400)]
    whole = chunks(starts, [90, 230], Cut(480, 80), 20)
    assert [(chunk.first, chunk.start, chunk.n_frames) for chunk in whole] == [
        (0, 0, 90), (2, 90, 110), (3, 200, 30), (5, 230, 170), (6, 400, 80),
    ]  # fmt: skip
    for n_parts in (1, 2, 3, 8):
        parts = [part(whole, index, n_parts) for index in range(n_parts)]
        assert sorted(chunk for some in parts for chunk in some) == list(whole)
    # only in the last 80 frames something moves, and they cost as much as 400 that are held
    assert part(whole, 0, 2) == whole[-1:]


@pytest.mark.parametrize(
    ("region", "even"), [((1, 2, 3, 5), (0, 2, 4, 6)), ((0, 0, 2, 2), (0, 0, 2, 2))]
)
def test_colours_that_pixels_share_are_whole(region, even):
    assert Region(*region).even(2) == even


def test_neither_seams_nor_what_is_behind_are_seen_through_a_surface_that_fades():
    surface, lens = Surface("#4080c0", "#ffffff"), SimpleNamespace(place=lambda points: points)
    square = np.array([[-2.0, -1.0], [0.0, -1.0], [0.0, 1.0], [-2.0, 1.0]])
    tiles = square + np.array([[[0.0, 0.0]], [[2.0, 0.0]], [[1.0, 0.0]]])
    surface.draw((tiles, np.array([100, 100, 100])), lens)
    surface.fade(0.5)
    canvas = Canvas(*SIZE, (16.0, 9.0), (255, 255, 255, 255))
    canvas.show(canvas.paints(surface))
    middle = canvas.pixels[75:105, 125:195].reshape(-1, 4)
    assert np.ptp(middle, axis=0).max() <= 1
    assert abs(int(middle[0, 0]) - (0x40 + 255) / 2) <= 2
