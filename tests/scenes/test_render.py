"""Whole scenes, at the size of a thumbnail."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from manim import config
from PIL import Image

from regviz.lessons.errors import BadInput
from regviz.lessons.text import LANGUAGES
from regviz.scenes.render import Request, assembled, film, render
from tests.covering import by_turns
from tests.scenes.cases import CASES
from tests.scenes.test_told import told

pytestmark = pytest.mark.video
TINY = {"lesson": "corner", "width": 192, "height": 108, "fps": 4}
ROOT = Path(__file__).parents[2]


def _frames(path):
    with av.open(str(path)) as video:
        return [
            hashlib.sha256(frame.to_ndarray(format="rgb24").tobytes()).hexdigest()
            for frame in video.decode(video=0)
        ]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    seen = []
    folder = tmp_path_factory.mktemp("whole")
    made = render(
        Request(**TINY, formats=("mp4", "webm", "gif", "mov"), sections=True),
        folder,
        lambda done, total: seen.append((done, total)),
    )
    left = {path for path in folder.rglob("*") if path.is_file()}
    assert left == {*made.files.values(), *made.section_files}, "and nothing else"
    return made, seen


def test_lasts_as_long_as_a_lecture_can_spare(whole):
    made, _ = whole
    asking = sum(end - start for name, start, end in made.sections if name.startswith("ask-"))
    assert 45 <= made.duration - asking <= 90
    assert made.n_frames == round(made.duration * TINY["fps"])


def test_every_format_has_every_frame(whole):
    made, _ = whole
    for form, path in made.files.items():
        assert path.suffix == f".{form}"
        if form != "gif":
            assert len(_frames(path)) == made.n_frames


def test_sections_follow_each_other_and_have_files(whole):
    made, _ = whole
    names = [name for name, _, _ in made.sections]
    told = [name for name in names if not name.startswith("ask-")]
    assert told == ["free", "budget", "held", "why", "numbers", "across", "sweep", "still"]
    assert len(names) == len(told) + 3
    ends = [0.0] + [end for _, _, end in made.sections]
    assert [start for _, start, _ in made.sections] == ends[:-1]
    assert ends[-1] == made.duration
    counts = [len(_frames(path)) for path in made.section_files]
    assert [count / TINY["fps"] for count in counts] == [
        end - start for _, start, end in made.sections
    ]


def test_progress_ends_at_the_total_it_names(whole):
    made, seen = whole
    done, totals = zip(*seen, strict=True)
    assert set(totals) == {made.n_frames}
    assert list(done) == sorted(done)
    assert done[-1] == made.n_frames


def test_captions_do_not_overlap(whole):
    made, _ = whole
    ends = 0.0
    for caption in made.captions:
        assert caption.start >= ends
        ends = caption.end
    assert ends <= made.duration


@by_turns("case,lang", list(CASES), LANGUAGES)
def test_captions_can_be_read_in_each_language(case, lang):
    captions = told("corner", CASES[case], lang).captions
    rate = {"en": 17, "ko": 11}[lang]
    assert captions
    assert all(len(said.text) <= 84 for said in captions)
    assert all(len(said.text) / (said.end - said.start) < rate for said in captions)


@pytest.mark.long  # one in parts is a second run, too
def test_a_second_run_has_the_same_frames(whole, tmp_path):
    made, _ = whole
    again = render(Request(**TINY, formats=("mp4", "webm", "gif")), tmp_path)
    for form, path in again.files.items():
        assert _frames(path) == _frames(made.files[form])


def test_the_still_alone_is_the_final_frame(whole, tmp_path):
    made, _ = whole
    alone = render(Request(**TINY, still=True), tmp_path)
    still = np.asarray(Image.open(alone.still).convert("RGB")).astype(int)
    with av.open(str(made.files["mp4"])) as video:
        *_, last = video.decode(video=0)
    assert np.abs(last.to_ndarray(format="rgb24") - still).mean() < 3.0
    assert alone.captions == made.captions
    assert alone.sections == made.sections
    assert alone.files == {}


def test_in_parts_it_is_the_whole_to_the_byte(whole, tmp_path):
    made, _ = whole
    n_parts = 3
    request = Request(**TINY, sections=True)
    parts = [
        film(request, tmp_path / str(index), share=(index, n_parts)) for index in range(n_parts)
    ]
    files = {start: path for part in parts for start, path in part.files.items()}
    assert len(files) == sum(len(part.files) for part in parts) == len(parts[0].chunks)
    joined = assembled(request, replace(parts[0], files=files), tmp_path)
    assert joined.files["mp4"].read_bytes() == made.files["mp4"].read_bytes()
    for one, other in zip(joined.section_files, made.section_files, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_configuration_is_left_as_it_was(tmp_path):
    before = {key: config[key] for key in ("frame_width", "frame_height", "pixel_width")}
    render(Request(**{**TINY, "width": 108, "height": 192}, still=True), tmp_path)
    assert before == {key: config[key] for key in before}


def _first_with_alpha(path):
    # only libvpx decodes the alpha of VP9; PyAV takes another decoder by itself
    decoder = av.CodecContext.create("libvpx-vp9", "r")
    with av.open(str(path)) as video:
        packets = video.demux(video.streams.video[0])
        frame = next(frame for packet in packets for frame in decoder.decode(packet))
        assert frame.format.name == "yuva420p"
        return frame.to_ndarray(format="rgba")


@pytest.mark.parametrize(
    "formats", [pytest.param(("webm",), marks=pytest.mark.long), ("webm", "mov")]
)
def test_transparent_video_keeps_its_alpha(formats, tmp_path):
    made = render(Request(**{**TINY, "fps": 2}, transparent=True, formats=formats), tmp_path)
    pixels = _first_with_alpha(made.files["webm"])
    assert pixels[0, 0, 3] <= 2  # of 255; the coding is lossy
    assert pixels[..., 3].max() > 200
    if "mov" in formats:
        with av.open(str(made.files["mov"])) as video:
            first = next(video.decode(video=0)).to_ndarray(format="rgba")
        assert first[0, 0, 3] == 0
    still = render(Request(**TINY, transparent=True, still=True), tmp_path).still
    alpha = np.array(Image.open(still))[:, :, 3]
    assert alpha[0, 0] == 0
    assert alpha.max() == 255


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"formats": ("avi",)}, "format 'avi' is unknown"),
        ({"formats": ("mp4",), "transparent": True}, "mp4 cannot be transparent"),
        ({"formats": ("gif",), "transparent": True}, "gif cannot be transparent"),
        ({"width": 191}, "odd side"),
        ({"formats": ()}, "no format"),
        ({"theme": "pink"}, "theme 'pink' is unknown"),
        ({"lang": "xx"}, "language 'xx' is unknown"),
        ({"values": {"rho": 2}}, "rho = 2 is out of bounds"),
    ],
)
def test_what_cannot_be_rendered_is_said_in_a_sentence(wanted, message, tmp_path):
    with pytest.raises(BadInput, match=message):
        render(Request(**{**TINY, **wanted}), tmp_path)


def test_plain_manim_renders_it(tmp_path):
    command = [sys.executable, "-m", "manim", "render", "scenes/corner.py", "Corner"]
    options = ["-s", "-r", "192,108", "--media_dir", str(tmp_path), "-v", "ERROR"]
    subprocess.run([*command, *options], cwd=ROOT, check=True, capture_output=True)
    assert list(tmp_path.rglob("*.png"))
