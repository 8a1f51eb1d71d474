"""In no frame of a described lesson's video does what is written stand on what is written."""

import itertools

import manim
import pytest

from regviz.scenes import scene_class
from regviz.scenes.change import Change
from regviz.scenes.stage import CAPTIONS
from tests.covering import some_of
from tests.lessons.test_described import SLUGS, random_values
from tests.scenes.test_told import FRAMES

#: how far plays are when they are looked at
SHARES = (0.3, 0.7, 1.0)
#: what is fainter than this cannot be read, and what overlaps less than this touches, in units
FAINT, TOUCH = 0.1, 0.03


def looked_at(slug, values=None, lang="en", frame="16:9"):
    """Yield every frame that is looked at: section, share, and boxes of what is written."""
    width, height = FRAMES[frame]
    seen = []

    class Watched(scene_class(slug)):
        def _take(self, step, stop):
            change = Change(self, step, self.stop, stop)
            change.turns()
            for share in SHARES if change.names else (1.0,):
                for name in change.all:
                    change.frame(name, share)
                seen.append((stop.section, share, written(change, share)))
            self.stop = stop

    unit = manim.config.frame_width, manim.config.frame_height
    settings = {"pixel_width": width, "pixel_height": height, "frame_rate": 1}
    settings |= {"dry_run": True, "verbosity": "ERROR", "progress_bar": "none"}
    with manim.tempconfig(settings):
        scene = Watched(values, lang, "light")
        scene.is_counting = True
        scene.render()
        edge = manim.config.frame_width, manim.config.frame_height
    manim.config.frame_width, manim.config.frame_height = unit
    return seen, edge


def written(change, share):
    """Return the boxes of the lines and labels that can be read."""
    found = {}
    for name in change.all:
        # What flies passes over others on purpose, until it stands.
        if name[0] in ("mark", "lettering") or (change.flies(name) and share < 1.0):
            continue
        shape = change.shape(name)
        if name[0] == "axes":
            if change.opacity(name, share) >= FAINT:
                ticks = enumerate(shape.obstacles.tolist())
                found |= {("tick", name[1], index): tuple(box) for index, box in ticks}
            continue
        letters = shape.letters if name[0] == "label" else shape
        parts = letters.family_members_with_points()
        if not parts or max(part.get_fill_opacity() for part in parts) < FAINT:
            continue
        points = [part.points for part in parts]
        low = [min(p[:, i].min() for p in points) for i in (0, 1)]
        high = [max(p[:, i].max() for p in points) for i in (0, 1)]
        found[name[:2]] = (*low, *high)
    return found


def check(slug, values, lang, frame):
    frames, (wide, high) = looked_at(slug, values, lang, frame)
    for section, share, boxes in frames:
        where = (slug, values, lang, frame, section, share)
        for name, (left, bottom, right, top) in boxes.items():
            assert left >= -wide / 2, (name, *where)
            assert right <= wide / 2, (name, *where)
            assert bottom >= -high / 2 + CAPTIONS * high - 0.1, (name, *where)
            assert top <= high / 2, (name, *where)
        for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
            if one[0] == other[0] == "tick":
                continue
            across, up = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            assert across < TOUCH or up < TOUCH, (one, other, *where)


@some_of("slug", SLUGS, each=14)()
def test_nothing_written_stands_on_another_in_any_frame(slug):
    check(slug, {}, "en", "16:9")


@pytest.mark.long
@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("slug", SLUGS)
def test_nor_at_any_setting_in_any_language_and_aspect(slug, lang, frame):
    for values in random_values(slug, 5, seed=7):
        check(slug, values, lang, frame)
