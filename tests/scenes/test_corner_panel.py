"""The drawing against the exhibit, at the level of mobjects: no frame is rendered."""

import numpy as np
import pytest
from manim import tempconfig

from regviz.lessons.text import LANGUAGES
from regviz.scenes.corner import Corner
from regviz.scenes.corner_panel import CornerPanel, Trackers

SIZES = {"16:9": (192, 108), "4:3": (144, 108), "1:1": (108, 108), "9:16": (108, 192)}
#: 28 pixels at 1080, in units
LEAST_EM = 28 / 135


def _panels(values, size=(192, 108), lang="en"):
    settings = {"pixel_width": size[0], "pixel_height": size[1], "format": "none"}
    with tempconfig({**settings, "verbosity": "ERROR"}):
        scene = Corner(values, lang)
        trackers = Trackers()
        boxes = zip(("l1", "l2"), scene.layout.panels, strict=True)
        panels = [CornerPanel(scene, name, box, trackers) for name, box in boxes]
    return scene, trackers, panels


def _weights(panel, points):
    origin, one = panel.plane.place(np.array([[0.0, 0.0], [1.0, 1.0]]))
    return (points - origin)[:, :2] / (one - origin)[:2]


def test_paths_end_at_the_optima(values):
    _, trackers, panels = _panels(values)
    trackers.held.set_value(1.0)
    trackers.free.set_value(1.0)
    for panel in panels:
        if panel.plane.sees(panel.side.path[-1]):
            last = _weights(panel, panel.path.update()[0].points[-1:])[0]
            np.testing.assert_allclose(last, panel.side.path[-1], atol=1e-12)
            np.testing.assert_allclose(last, panel.side.weights, atol=1e-6)


def test_a_diamond_is_four_straight_edges():
    _, trackers, (panel, _) = _panels({})
    trackers.step.set_value(panel._exhibit.sweep.at)
    outline = panel.outline.update()
    corners = _weights(panel, outline.points[::4])
    np.testing.assert_allclose(np.abs(corners).sum(axis=1), panel.side.budget, atol=1e-12)
    assert {tuple(corner) for corner in np.round(corners / panel.side.budget, 9) + 0.0} >= {
        (1.0, 0.0),
        (0.0, 1.0),
        (-1.0, 0.0),
        (0.0, -1.0),
    }
    start, first, second, end = (outline.points[k::4] for k in range(4))
    np.testing.assert_allclose(first - start, (end - start) / 3, atol=1e-12)
    np.testing.assert_allclose(second - start, 2 * (end - start) / 3, atol=1e-12)


def test_the_thick_contour_passes_through_the_optimum(values):
    _, trackers, panels = _panels(values)
    for panel in panels:
        sweep = panel._exhibit.sweep
        for step in (sweep.at, len(sweep.values) // 2, len(sweep.values) - 1):
            trackers.step.set_value(step)
            contour, weights = panel._contour(), sweep.weights[panel.name][step]
            ends = contour[1:] - contour[:-1]
            along = np.einsum("ni,ni->n", weights - contour[:-1], ends)
            share = along / np.maximum(np.einsum("ni,ni->n", ends, ends), 1e-300)
            nearest = contour[:-1] + np.clip(share, 0, 1)[:, None] * ends
            gap = np.hypot(*(nearest - weights).T).min()
            assert gap * panel.plane.unit < 0.01


def test_shapes_depend_on_trackers_alone():
    _, trackers, panels = _panels({})

    def at(step, share):
        trackers.step.set_value(step)
        for tracker in (trackers.free, trackers.held, trackers.pull, trackers.cone):
            tracker.set_value(share)
        shapes = ("region", "outline", "level", "path", "trace", "optimum", "cone", "pull")
        return [
            part.points.copy()
            for panel in panels
            for name in shapes
            for part in getattr(panel, name).update().get_family()
        ]

    once = at(40, 0.3)
    at(200, 1.0)
    at(0, 0.0)
    for before, after in zip(once, at(40, 0.3), strict=True):
        np.testing.assert_allclose(before, after, atol=1e-12)


def test_the_gradient_lies_in_the_drawn_cone():
    _, trackers, panels = _panels({})
    trackers.pull.set_value(1.0)
    trackers.cone.set_value(1.0)
    for panel in panels:
        tip = panel.pull.update()[1].points[0] - panel.plane.place(panel.side.weights)
        wedge, edge = panel.cone.update()
        rays = edge.points[[0, -1]] - panel.plane.place(panel.side.weights)
        turns = [float(np.cross(ray, tip)[2]) for ray in rays]
        assert turns[0] * turns[1] <= 1e-12
        assert (len(wedge.points) > 0) == (len(panel.side.cone) == 2)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_labels_keep_to_the_frame_and_apart(size, lang):
    scene, _, panels = _panels({}, size, lang)
    for panel in panels:
        shown = [panel.start_label, panel.goal_label, panel.optimum_label, *panel.axis_labels]
        for index, label in enumerate(shown):
            assert abs(label.get_center()[0]) + label.width / 2 < scene.camera.frame_width / 2
            for other in shown[:index]:
                gap = np.abs(label.get_center() - other.get_center())[:2]
                sizes = np.array([label.width + other.width, label.height + other.height]) / 2
                assert np.any(gap >= sizes - 1e-9)


def test_the_parts_of_the_pull_lead_along_the_axes_to_its_tip():
    _, trackers, (l1, l2) = _panels({})
    trackers.pull.set_value(1.0)
    start, corner, end = l1._parts_line()
    np.testing.assert_allclose(end, l1.pull.update()[1].points[0], atol=1e-9)
    np.testing.assert_allclose((corner - start)[1], 0.0, atol=1e-12)
    steps = np.array([(corner - start)[0], (end - corner)[1]])
    np.testing.assert_allclose(steps[0] / steps[1], l1.side.pull[0] / l1.side.pull[1])
    # Two legs, each with its number; the side that has no zero has none.
    assert (len(l1.parts), len(l2.parts)) == (4, 0)
