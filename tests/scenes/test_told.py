"""The scenes of described lessons: their labels, their frames and what they say."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from regviz.lessons import catalogue
from regviz.lessons.box import Box
from regviz.lessons.degrees_of_freedom import N_DRAWN
from regviz.lessons.markup import ended
from regviz.lessons.picture import inside
from regviz.lessons.placing import COVERS
from regviz.lessons.question import Choice, judge
from regviz.lessons.story import stops
from regviz.scenes import scene_class
from regviz.scenes.captions import reading_time
from regviz.scenes.change import Change
from regviz.scenes.lettered import glances
from regviz.scenes.told import GLANCES, THINKING
from tests.covering import some_of
from tests.lessons.test_described import SLUGS, random_values
from tests.lessons.test_feature_selection import awkward

manim = pytest.importorskip("manim")
#: frames of every aspect, in pixels
FRAMES = {"16:9": (640, 360), "1:1": (360, 360), "9:16": (360, 640)}
#: seconds that a picture may rest with nothing to read or to decide
IDLE = 2.0
LOOKS = [("16:9", "en"), ("1:1", "ko"), ("9:16", "en")]
#: every lesson in one look by turns, and then in the others
SEEN = sorted(
    itertools.product(SLUGS, LOOKS),
    key=lambda one: SLUGS.index(one[0]) % len(LOOKS) != LOOKS.index(one[1]),
)


def told(slug, values=None, lang="en", frame="16:9", *, play=False, quiz=True):
    """A scene that has been told to its end; each play is drawn at its end if it is to play."""
    width, height = FRAMES[frame]
    settings = {
        "pixel_width": width,
        "pixel_height": height,
        "frame_rate": 5,
        "format": "none",
        "disable_caching": True,
        "verbosity": "ERROR",
        "progress_bar": "none",
        "write_to_movie": False,
    }
    unit = manim.config.frame_width, manim.config.frame_height
    with manim.tempconfig(settings):
        scene = scene_class(slug)(values, lang, "light", quiz=quiz)
        scene.is_counting = not play
        scene.renderer.skip_animations = scene.renderer._original_skipping_status = play
        scene.render()
    manim.config.frame_width, manim.config.frame_height = unit
    return scene


@some_of("slug,look", SEEN, each=14)()
def test_no_label_covers_anything_at_any_step(slug, look):
    frame, lang = look
    at = list(FRAMES).index(frame)
    # The defaults in the first frame, and another setting in each of the others.
    values = random_values(slug, 1 + at)[at]
    scene = told(slug, values, lang, frame)
    picture = catalogue.load(slug).picture(scene.exhibit)
    wanted = {label.of for label in picture.labels if not label.still}
    assert set(scene.letters) == wanted
    for name, label in scene.letters.items():
        for part, found in label.places.items():
            assert found.cost < COVERS, (name, part, values)
    for section in scene.story.sections:
        stop = next(stop for _, stop in scene.steps if stop.section == section.name)
        for name, place in scene.written.arrangement(stop).panels.items():
            scene.axes[name].draw(scene.lens(name, scene.moment(stop)))
            check_within(place.plane, scene.axes[name].obstacles, (section.name, name, values))


def check_within(box, written, where):
    """See that what axes write stays in their box, which has neighbours."""
    low, high = np.array([box.left, box.bottom]), np.array([box.right, box.top])
    assert np.all(written[:, :2] >= low - 0.05), where
    assert np.all(written[:, 2:] <= high + 0.05), where


@some_of("slug", SLUGS, each=15)()
def test_a_scene_tells_its_story(slug):
    scene = told(slug)
    assert [part.name for part in scene.stretches] == [
        part.name for part in scene.story.sections
    ]
    for caption in scene.captions:
        assert caption.end - caption.start >= reading_time(caption.text, "en") - 0.25
    assert scene.stop == stops(scene.story, scene.picture)[-1]
    length, idle = rests(scene)
    assert length == pytest.approx(scene.stretches[-1].end, rel=0.02)
    assert [one for one in idle if one[1] > IDLE + 0.01] == []


def rests(scene):
    """A video's length, and how long each section rests with nothing left to read or decide.

    What a step writes is read in turn, from when it comes; a question has a clock of its own.
    """

    def reading(said):
        return reading_time(scene.text.speak(said), scene.text.lang)

    now = read = moved = heard = 0.0
    last, found = None, []
    for step, stop in scene.steps:
        said = step.say if step.ask is None else step.ask.prompt
        if said is not None or last is None or stop.section != last.section:
            now = max(now, heard)
        if last is None or (*vars(stop).values(),)[1:] != (*vars(last).values(),)[1:]:
            found.append((stop.section, now - max(read, moved)))
            moved = now + step.seconds
        if step.ask is not None:
            choices = step.ask.options if isinstance(step.ask, Choice) else ()
            thought = sum(reading(one.said) for one in choices) + reading(said) + THINKING
            now = read = moved = heard = moved + max(step.hold, thought)
            last = stop
            continue
        if said is not None:
            heard = now + reading(said)
        told = [*stop.tell.values(), stop.heading]
        old = [None] if last is None else [*last.tell.values(), last.heading]
        new = [one for one in told if one not in old] + ([] if said is None else [said])
        read = max(read, now + sum(map(reading, new)))
        now, last = max(now, moved) + step.hold, stop
    now = max(now, heard)
    return now, [*found, (last.section, now - max(read, moved))]


@some_of("slug", SLUGS)()
def test_a_scene_ends_as_the_figure_stands(slug):
    scene = told(slug, play=True)
    picture, last = scene.picture, scene.stop
    seen = {name for name, shape in scene.marks.items() if shape in scene.mobjects}
    there = [m for m in picture.marks if m.name in last.shown and m.panel in last.panels]
    assert seen == {mark.name for mark in there}
    for mark in there:
        if np.isfinite(picture.points(mark, last.at)).all(axis=1).any():
            shape = scene.marks[mark.name]
            lens = scene.lens(mark.panel, scene.moment(last))
            ends = picture.points(mark, last.at)
            if not len(shape.get_all_points()):
                # All of it is out of sight.
                window = picture.limits(picture.panel(mark.panel), last.at)
                assert not inside(ends, window).any()
                continue
            if mark.kind == "bar" and picture.panel(mark.panel).kind == "bars":
                ends = np.vstack([ends, ends * [0.0, 1.0]])  # where it starts
            points = lens.place(ends)
            drawn = points[np.isfinite(points).all(axis=1)]
            # What is written is wider than a marker.
            air = 1.0 if mark.kind == "text" else 0.3
            assert shape.get_all_points()[:, 0].min() >= drawn[:, 0].min() - air
            assert shape.get_all_points()[:, 0].max() <= drawn[:, 0].max() + air


@pytest.mark.parametrize("slug", SLUGS)
def test_a_section_ends_as_its_guided_step_stands(slug):
    lesson, shown = catalogue.load(slug), catalogue.exhibit(slug)
    for stop in stops(lesson.story(shown), lesson.picture(shown)):
        assert stop.heading is not None
        assert stop.shown or stop.ask is not None


@pytest.mark.parametrize("slug", ["feature-selection", "dropout"])
def test_is_told_in_time_for_the_lecturers_data(slug):
    columns = awkward("long names")
    features = list(columns)[:2] if slug == "dropout" else None
    values = {"data": columns, "target": "y", "features": features}
    scene = told(slug, {name: value for name, value in values.items() if value}, frame="1:1")
    asking = sum(one.end - one.start for one in scene.stretches if one.name.startswith("ask-"))
    assert 30.0 <= scene.stretches[-1].end - asking <= 100.0
    asks = [part for part in scene.stretches if part.name.startswith("ask-")]
    told_alone = [
        said for said in scene.captions
        if not any(part.start <= said.start < part.end for part in asks)
    ]  # fmt: skip
    assert all(len(said.text) <= 84 for said in told_alone)


@some_of("slug", SLUGS, each=3)()
def test_a_question_is_answered_once_it_has_stood(slug):
    scene = told(slug, play=True)
    asked = [(step, stop) for step, stop in scene.steps if stop.ask is not None]
    assert asked
    for (_, before), (reveal, after) in zip(asked[::2], asked[1::2], strict=True):
        asks = before.ask
        assert not before.is_answered
        assert after == replace(before, shown=after.shown, is_answered=True)
        is_drawn = not isinstance(asks, Choice) and asks.kind != "number"
        assert after.shown - before.shown == ({f"answer-{asks.name}"} if is_drawn else set())
        is_true = judge(asks, asks.right if isinstance(asks, Choice) else asks.truth)
        assert is_true.is_right
        assert reveal.say.key == is_true.reply.key
        caption = next(one for one in scene.captions if one.text == _caption(scene, reveal.say))
        part = next(one for one in scene.stretches if one.name == before.section)
        assert caption.start - part.start > 2.5
        assert len(caption.text) <= 84
        assert caption.end <= part.end + 1e-9


def test_an_answer_changes_nothing_that_is_written_later():
    written = [
        {name: stood.line.width for name, stood in scene.written.at(scene.stop).items()}
        for scene in (told("corner"), told("corner", quiz=False))
    ]
    assert written[0] == written[1]


def test_titles_and_what_stands_beside_and_between_them_have_one_line():
    scene = told("corner")
    beside = ("item", "price-l1"), ("item", "lam")
    stop = next(stop for _, stop in scene.steps if {name for _, name in beside} <= stop.shown)
    stood = scene.written.at(stop)
    (title,) = (each for name, each in stood.items() if name[0] == "title l1")
    for name in beside:
        assert stood[name].middle[1] == pytest.approx(title.middle[1])


def _caption(scene, said):
    return ended(scene.text.speak(said))


def test_a_term_that_comes_flies_from_its_mark_into_its_formula():
    scene = told("l1-loss")
    (index, (step, stop)) = next(
        each for each in enumerate(scene.steps) if "slope-left" in each[1][0].emphasise
    )
    scene.is_counting = False
    change = Change(scene, step, scene.steps[index - 1][1], stop)
    change.turns()
    for mark in step.emphasise:
        away = {}
        for share in (0.0, 1.0):
            for name in change.all:
                change.frame(name, share)
            terms = list(scene.written.terms(mark, stop))
            assert terms
            middle = scene.marks[mark].get_center()
            away[share] = [float(np.abs(term.get_center() - middle).max()) for term in terms]
        assert max(away[0.0]) < 1e-6
        assert min(away[1.0]) > 1.0


def test_what_is_said_below_a_panel_stays_below_it_on_the_way():
    scene = told("overfitting", lang="ko", frame="9:16")
    scene.is_counting = False
    moved = 0
    for (_, last), (step, stop) in itertools.pairwise(scene.steps):
        change = Change(scene, step, last, stop)
        said = [name for name in change.lines if name[0] == "tell fit"]
        if change.begin.boxes == change.end.boxes or not set(said) & set(change.old_lines):
            continue
        moved += 1
        for share in (0.0, 0.25, 0.4, 0.5, 0.6, 0.75, 1.0):
            for name in (("axes", "fit"), *said):
                change.frame(name, share)
            ticks = change.shape(("axes", "fit")).obstacles[:, 1].min()
            assert change.shape(said[0]).get_top()[1] < ticks, share
    assert moved


def test_labels_are_out_of_sight_while_what_they_stand_between_draws_together():
    scene = told("early-stopping", frame="9:16")
    scene.is_counting = False
    hidden = stood = 0
    for (_, last), (step, stop) in itertools.pairwise(scene.steps):
        change = Change(scene, step, last, stop)
        change.turns()
        for name in [one for one in change.all if one[0] == "label"]:
            panel = scene.picture.mark(name[1]).panel
            if name not in change.before or name not in change.after:
                continue
            change.frame(name, 0.5)
            letters, boxes = scene.letters[name[1]], (change.begin.boxes, change.end.boxes)
            is_same = boxes[0][panel] == boxes[1][panel] and not letters.moves
            assert letters.letters.get_fill_opacity() == pytest.approx(float(is_same))
            hidden, stood = hidden + (not is_same), stood + is_same
    assert hidden
    assert stood


def test_of_a_run_that_jumps_every_position_is_looked_at():
    scene = told("degrees-of-freedom")
    again = next(each for each in scene.steps if "draw" in each[0].run)
    seen = {stop.at["draw"] for stop in glances([again], {"draw": 0, "lam": 0}, GLANCES)}
    assert seen == set(range(N_DRAWN))


def test_names_along_an_axis_become_smaller_where_there_is_little_room_and_never_go():
    scene = told("feature-selection")
    panel = scene.picture.panel("paths-l1")
    axes = scene.axes[panel.name]
    lens = axes.lens(Box(-3.0, 3.0, -1.0, 1.5), scene.picture.limits(panel, scene.picture.rest))
    axes.draw(lens)
    names = sorted(
        (box for box in axes.obstacles.tolist() if box[2] < lens.box.left),
        key=lambda box: box[1],
    )
    assert len(names) == len(panel.ticks[1]) == len(scene.exhibit.features)
    for below, above in itertools.pairwise(names):
        assert below[3] <= above[1] + 0.1 * (above[3] - above[1])


def test_axes_and_their_long_names_are_seen_whatever_lies_in_a_plane():
    features = ["hits in the season", "runs in all seasons"]
    draw = np.random.default_rng(5).standard_normal((3, 30))
    data = dict(zip([*features, "salary"], draw, strict=True))
    scene = told("corner", {"data": data, "target": "salary", "features": features})
    step, stop = scene.steps[-1]
    drawn = Change(scene, step, scene.steps[-2][1], stop).all
    for name in stop.panels:
        panel, axes = scene.picture.panel(name), drawn.index(("axes", name))
        for mark in scene.picture.marks:
            if ("mark", mark.name) in drawn and mark.panel == name:
                is_under = drawn.index(("mark", mark.name)) < axes
                assert is_under == (mark.kind == "area" and mark.look != "hollow")
        lens = scene.lens(name, scene.moment(stop))
        scene.axes[name].draw(lens)
        level, upright = scene.axes[name].obstacles[:2].tolist()
        assert panel.kind == "plane"
        assert lens.box.top <= upright[1] + 0.1
        assert upright[3] <= lens.around.top + 0.1
        assert level[3] < lens.place([0.0, 0.0])[1] or level[0] > lens.place([0.0, 0.0])[0]


def test_what_a_plane_writes_stays_in_its_box_where_its_axis_is_at_the_foot():
    scene = told("dropout")
    stop = scene.steps[-1][1]
    lens = scene.lens("plane", scene.moment(stop))
    scene.axes["plane"].draw(lens)
    bottom = scene.axes["plane"].obstacles[:, 1].min()
    assert bottom >= lens.around.bottom - 0.1


def test_a_contour_does_not_strike_through_the_names_of_a_planes_axes():
    scene = told("dropout")
    stop = scene.steps[-1][1]
    axes = scene.axes["plane"]
    axes.draw(scene.lens("plane", scene.moment(stop)))
    ground = axes.lettering[0]
    assert ground.get_fill_color().to_hex() == scene.theme.background.upper()
    corners = ground.points[:, :2].reshape(2, -1, 2)
    for rim, (left, bottom, right, top) in zip(corners, axes.obstacles[:2], strict=True):
        assert (rim.min(axis=0) <= [left, bottom]).all()
        assert (rim.max(axis=0) >= [right, top]).all()


def test_what_goes_with_its_panel_is_gone_before_another_panel_comes():
    scene, n_changes = told("logistic"), 0
    for (_, last), (step, stop) in itertools.pairwise(scene.steps):
        change = Change(scene, step, last, stop)
        boxes = set(change.begin.boxes), set(change.end.boxes)
        of = {name: scene.picture.mark(name[1]).panel for name in change.all
              if name[0] == "mark"}  # fmt: skip
        goes, comes = ([name for name, panel in of.items() if panel in one - other]
                       for one, other in (boxes, boxes[::-1]))  # fmt: skip
        n_changes += bool(goes and comes)
        for share in np.linspace(0.0, 1.0, 21):
            gone, come = (sum(change.opacity(name, share) for name in names)
                          for names in (goes, comes))  # fmt: skip
            assert min(gone, come) == pytest.approx(0.0, abs=1e-9), (stop.section, share)
    assert n_changes


def test_a_scene_derived_from_a_lessons_tells_the_same_lesson():
    class Mine(scene_class("l1-loss")):
        """In a lecturer's own file."""

    assert Mine.lesson == "l1-loss"
