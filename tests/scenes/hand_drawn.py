"""How tests tell a scene that is drawn by hand, and read what it drew."""

import hashlib

import av
import numpy as np
from manim import tempconfig

from regviz.scenes import scene_class
from regviz.scenes.render import Request, render

#: most characters of a caption in a second
RATES = {"en": 17, "ko": 11}
SIZES = {"16:9": (192, 108), "4:3": (144, 108), "1:1": (108, 108), "9:16": (108, 192)}


def told(lesson, lang, folder, size="16:9", **values):
    width, height = SIZES[size]
    request = Request(
        lesson=lesson, lang=lang, values=values, width=width, height=height, fps=4, still=True
    )
    return render(request, folder)


def staged(lesson, **values):
    with tempconfig({"pixel_width": 192, "pixel_height": 108, "verbosity": "ERROR"}):
        scene = scene_class(lesson)(values)
        scene.set_stage()
    return scene


def read(chart, shape):
    """Return a shape's vertices in the chart's own values."""
    points = shape.update().points
    vertices = np.concatenate([points[::4], points[-1:]])[:, :2]
    left, _, bottom, _ = chart.window
    corner = np.array([chart.box.left, chart.box.bottom])
    return (vertices - corner) / chart.scale + [left, bottom]


def frames(path):
    with av.open(str(path)) as video:
        pictures = [frame.to_ndarray(format="rgb24") for frame in video.decode(video=0)]
    return [hashlib.sha256(picture.tobytes()).hexdigest() for picture in pictures]
