"""A video with a voice: what is said, when it is heard, and how loud."""

import base64
import io
import re
import sys
import wave

import av
import numpy as np
import pytest

from regviz.lecture.export import Order, export
from regviz.lecture.film_sound import sound_alone
from regviz.lecture.job import ScriptJob
from regviz.lecture.make import make
from regviz.lecture.plan import Wish, scene_jobs
from regviz.lecture.recordings import Recordings
from regviz.lecture.voice import Lines, chosen
from regviz.lessons import catalogue, text
from regviz.lessons.aloud import aloud
from regviz.lessons.errors import BadInput
from regviz.lessons.narration import narration
from regviz.scenes import sound
from tests.covering import by_turns
from tests.lecture import decks
from tests.lessons.test_described import random_values

READINGS = {
    r"$\lambda$": "lambda",
    r"$w_1$": "w one",
    r"$|w_1|$": "the absolute value of w one",
    r"$w^2$": "w squared",
    r"$w_1^2 + w_2^2 \leq t^2$": "w one squared plus w two squared at most t squared",
    r"$\hat{w}$": "w hat",
    r"$\frac{1}{2}$": "one half",
    r"$\frac{s^2}{s^2 + 2 \lambda}$": "s squared over s squared plus 2 lambda",
    r"$\sqrt{\lambda}$": "the square root of lambda",
    r"$L(w) + \lambda |w|$": "L of w plus lambda times the absolute value of w",
    r"$\|w\|_1$": "the L one norm of w",
    r"$\|w\|_2^2$": "the L two norm of w, squared",
    r"$(w - z)^2$": "the quantity w minus z, squared",
    r"$\sum_j |w_j|$": "the sum over j of the absolute value of w j",
    r"$|L'(0)|$": "the absolute value of L prime of 0",
    r"$\lambda \approx 0.25$": "lambda approximately 0.25",
    r"$\operatorname{p}(w \mid y) \propto w$": "p of w given y proportional to w",
    r"$2 \lambda w$": "2 lambda w",
    r"$1 - \alpha$": "1 minus alpha",
    r"At $\lambda = 2$ it is 0.": "At lambda equals 2 it is 0.",
    "ŵ and λ": "w hat and lambda",
    "−0.5, no more": "minus 0.5, no more",
}
KOREAN = {
    r"$\lambda$": "람다",
    r"$w_1$": "더블유 일",
    r"$w^2$": "더블유 제곱",
    r"$\frac{1}{2}$": "2분의 1",
}
UNSPOKEN = re.compile(r"[\\$^_{}|=<>≤≥≈∝+×·∑√∈²³₁₂\u0302\u0370-\u03ff]")


@pytest.mark.parametrize(("sentence", "said"), READINGS.items())
def test_mathematics_is_said_in_words(sentence, said):
    assert aloud(sentence, text.load("en")) == said


@pytest.mark.parametrize(("sentence", "said"), KOREAN.items())
def test_and_in_korean(sentence, said):
    assert aloud(sentence, text.load("ko")) == said


@by_turns("slug,lang", [entry.slug for entry in catalogue.entries()], text.LANGUAGES)
def test_no_sign_of_a_story_is_left_unspoken(slug, lang):
    for values in ({}, *random_values(slug, 1, seed=4)):
        for sentence in narration(catalogue.exhibit(slug, values), lang):
            assert not UNSPOKEN.search(sentence.aloud), sentence.aloud
            assert sentence.aloud.strip()


# ---- the sound of a video


def _wav(seconds, *, rate=22_050, loud=0.3, before=0.0):
    """A tone, with silence before it."""
    times = np.arange(int(seconds * rate)) / rate
    tone = loud * np.sin(2.0 * np.pi * 440.0 * times)
    samples = np.concatenate([np.zeros(int(before * rate)), tone])
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes((samples * 32767).astype("<i2").tobytes())
    return file.getvalue()


def _stems(slug="l1-loss"):
    said = narration(catalogue.exhibit(slug, {}), "en", quiz=False)
    return [f"{slug}-en-{sentence.number:02}" for sentence in said]


@pytest.fixture(scope="module")
def recordings(tmp_path_factory):
    """A recording of each sentence: of many lengths, rates and strengths."""
    folder = tmp_path_factory.mktemp("recordings")
    for at, stem in enumerate(_stems()):
        made = _wav(
            0.5 + 0.3 * (at % 5), rate=(22_050, 48_000)[at % 2],
            loud=(0.03, 0.3, 0.9)[at % 3], before=0.4 * (at % 3),
        )  # fmt: skip
        (folder / f"{stem}.wav").write_bytes(made)
    return folder


def _job(formats=("mp4",), **given):
    wish = Wish(
        lessons=["l1-loss"],
        values={},
        output="",
        formats=formats,
        langs=("en",),
        themes=("light",),
        transparent=False,
    )
    usual = {
        "quality": "l",
        "resolution": (64, 36),
        "aspect": None,
        "fps": 4,
        "still": False,
        "captions": "srt",
        "quiz": False,
        "voice": None,
        "voice_command": None,
    }
    (job,) = scene_jobs(wish, **usual | given)
    return job


@pytest.fixture(scope="module")
def spoken(recordings):
    job = _job(voice=str(recordings), formats=("mp4", "webm", "gif"))
    return make(job, lambda *_: None)


def _heard(content):
    """The sound of a file, and what it is coded by."""
    with av.open(io.BytesIO(content)) as video:
        stream = video.streams.audio[0]
        known = stream.codec_context.name, stream.rate, stream.channels
        resampler = av.AudioResampler("fltp", "stereo", sound.RATE)
        frames = [part for frame in video.decode(audio=0) for part in resampler.resample(frame)]
        begun = float(frames[0].pts * frames[0].time_base)
        return begun, np.concatenate([each.to_ndarray()[0] for each in frames]), known


def _starts(srt):
    found = re.findall(r"(\d\d):(\d\d):(\d\d),(\d\d\d) -->", srt)
    return [3600 * int(h) + 60 * int(m) + int(s) + int(ms) / 1000 for h, m, s, ms in found]


@pytest.mark.video
@pytest.mark.parametrize(("form", "codec"), [("mp4", "aac"), ("webm", "opus")])
def test_each_sentence_is_heard_when_its_caption_comes(spoken, form, codec):
    begun, samples, (name, rate, channels) = _heard(spoken.files[form])
    assert codec in name
    assert (rate, channels) == (48_000, 2)
    window = sound.RATE // 100
    level = np.abs(samples[: len(samples) // window * window]).reshape(-1, window).max(axis=1)
    is_loud = level > 0.05
    onsets = [
        begun + place / 100.0
        for place in np.flatnonzero(is_loud)
        if not is_loud[max(0, place - 20) : place].any()
    ]
    starts = _starts(spoken.files["srt"].decode())
    assert len(onsets) == len(starts) == len(_stems())
    assert np.abs(np.array(onsets) - starts).max() < 0.05


@pytest.mark.video
def test_all_is_as_loud_and_nothing_clips(spoken):
    _, samples, _ = _heard(spoken.files["mp4"])
    assert abs(sound.loudness(samples) - sound.LOUDNESS) < 1.0
    assert np.abs(samples).max() < 10.0 ** (-1.0 / 20.0)


@pytest.mark.video
def test_pictures_are_those_of_a_silent_video_and_a_gif_has_no_sound(spoken):
    with av.open(io.BytesIO(spoken.files["gif"])) as video:
        assert not video.streams.audio
    with av.open(io.BytesIO(spoken.files["mp4"])) as video:
        pictures = sum(1 for _ in video.decode(video=0))
        assert pictures == round(float(video.duration / av.time_base) * 4)


@pytest.mark.video
def test_a_handout_lets_hear_what_a_video_says_by_the_sentences_that_it_says(spoken, tmp_path):
    decks.write(tmp_path / "out", langs=("en",))
    section = tmp_path / "out" / "corner.section-02.mp4"
    section.write_bytes(spoken.files["mp4"])
    export(Order(folder=tmp_path, target="html"))
    whole = (tmp_path / "handout.html").read_text()
    (source,) = re.findall(
        r'<p>Cue 2: [^<]*</p><audio [^>]*"data:audio/mp4;base64,([^"]*)"', whole
    )
    assert whole.count("<audio ") == 1
    begun, heard, how = _heard(base64.b64decode(source))
    first, said, same = _heard(spoken.files["mp4"])
    assert (begun, how) == (first, same)
    np.testing.assert_array_equal(heard, said)


@pytest.mark.video
def test_sound_alone_is_that_of_the_video(spoken, tmp_path):
    for form in ("mp4", "webm"):
        video = tmp_path / f"x.{form}"
        video.write_bytes(spoken.files[form])
        alone = sound_alone(video)
        assert len(alone) < len(spoken.files[form])
        np.testing.assert_array_equal(_heard(alone)[1], _heard(spoken.files[form])[1])


@pytest.mark.video
def test_a_script_has_the_times_of_the_captions(spoken, recordings):
    job = _job(voice=str(recordings))
    asked = ScriptJob(
        lesson=job.lesson,
        values=job.values,
        lang=job.lang,
        theme=job.theme,
        stem=job.stem,
        formats=("md", "csv"),
        transparent=False,
        fps=4,
        quiz=False,
        voice=job.voice,
    )
    made = make(asked, lambda *_: None)
    assert made.files == make(asked, lambda *_: None).files
    rows = made.files["csv"].decode("utf-8-sig").splitlines()[1:]
    times = [float(row.split(",")[2]) for row in rows]
    assert np.allclose(times, _starts(spoken.files["srt"].decode()), atol=2e-3)
    assert [row.split(",")[1] for row in rows] == [f"{stem}.wav" for stem in _stems()]


# ---- what cannot be spoken


def _lines(*names):
    return Lines("en", dict.fromkeys(names, "A sentence."))


def test_all_that_is_missing_is_named_at_once(tmp_path):
    (tmp_path / "corner-en-01.wav").write_bytes(b"x")
    with pytest.raises(
        BadInput, match=r"2 recordings are missing .*corner-en-02, corner-en-03"
    ):
        Recordings.of(tmp_path, "corner", "en").speak(
            _lines("corner-en-01", "corner-en-02", "corner-en-03")
        )
    (tmp_path / "corner-en-01.mp3").write_bytes(b"x")
    with pytest.raises(BadInput, match=r"corner-en-01.mp3 and corner-en-01.wav"):
        Recordings.of(tmp_path, "corner", "en").speak(_lines("corner-en-01"))
    with pytest.raises(BadInput, match="is no folder"):
        Recordings.of(tmp_path / "nowhere", "corner", "en")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "x.wav is empty"),
        (b"no sound", "x.wav is no sound that can be read"),
        (_wav(1.0, loud=0.0), "x.wav is silent"),
        (_wav(9.0), "x.wav takes more than 5 s"),
    ],
)
def test_a_recording_that_will_not_do_is_named(content, message):
    with pytest.raises(BadInput, match=message):
        sound.clip(content, "x.wav", most=5.0)


@pytest.mark.parametrize("loud", [0.02, 0.2, 0.9])
def test_silence_is_cut_and_strengths_are_evened(loud):
    made = sound.clip(_wav(1.0, loud=loud, before=0.7), "x.wav", most=5.0)
    assert 1.0 <= len(made) / sound.RATE < 1.2
    assert abs(sound.loudness(made) - sound.LOUDNESS) < 0.5


_SPEAK = "import sys; open(sys.argv[2], 'wb').write(open(sys.argv[1], 'rb').read())"


def test_any_program_may_speak_and_sees_a_sentence_as_one_word(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    tool = tmp_path / "speak.py"
    tool.write_text("import sys\nopen(sys.argv[2], 'w').write(repr(sys.argv[1:]))\n")
    voice = chosen(None, f"{sys.executable} {tool} {{text}} {{out}}", "corner", "en")
    said = 'It\'s "0"; $(rm -rf x) `y` & more'
    made = voice.speak(Lines("en", {"one": said})).pop("one").decode()
    assert repr(said) in made
    tool.write_text("raise SystemExit('no voice today')")
    again = chosen(None, f"{sys.executable} {tool} {{text}} {{out}}", "corner", "en")
    with pytest.raises(BadInput, match=r"failed for one \(exit code 1\): no voice today"):
        again.speak(Lines("en", {"one": said}))


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("espeak {out}", r"has no \{text\}"),
        ("espeak 'x {text} {out}", "close its quotes"),
        ("no-such-program {text} {out}", "cannot be run"),
    ],
)
def test_a_command_that_will_not_do_is_told(command, message):
    with pytest.raises(BadInput, match=message):
        chosen(None, command, "corner", "en").speak(_lines("one"))


def test_what_contradicts_is_told(tmp_path):
    with pytest.raises(BadInput, match="both given"):
        chosen(str(tmp_path), "x {text} {out}", "corner", "en")
    with pytest.raises(BadInput, match="speaks English only"):
        chosen("piper", None, "corner", "ko")
    with pytest.raises(BadInput, match="a still has no sound"):
        _job(still=True, voice=str(tmp_path), formats=())
