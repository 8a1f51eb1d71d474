"""Sound of sentences: each begins with its caption and is as loud as the others."""

import io
import wave
from fractions import Fraction

import av
import numpy as np
import pytest

from regviz.lecture.recordings import Recordings
from regviz.lecture.speech_command import Command
from regviz.lecture.voice import Lines, chosen
from regviz.lessons.errors import BadInput
from regviz.scenes import sound
from regviz.scenes.captions import Caption
from regviz.scenes.soundtrack import add_sound, heard, soundtrack


def recorded(seconds, level=0.3, rate=22_050, silence=0.5):
    """A tone as a WAV file, with silence before and after."""
    tone = level * np.sin(2.0 * np.pi * 440.0 * np.arange(int(seconds * rate)) / rate)
    samples = np.pad(tone, int(silence * rate))
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes((samples * 32_767).astype("<i2").tobytes())
    return file.getvalue()


def film(path, codec, seconds, rate=10):
    with av.open(str(path), "w") as writer:
        stream = writer.add_stream(codec, rate=rate)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for at in range(int(seconds * rate)):
            frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            frame.pts, frame.time_base = at, Fraction(1, rate)
            writer.mux(stream.encode(frame))
        writer.mux(stream.encode())


def decoded(path):
    with av.open(str(path)) as reader:
        assert reader.streams.audio[0].rate == sound.RATE
        frames = [frame.to_ndarray() for frame in reader.decode(reader.streams.audio[0])]
    return np.concatenate(frames, axis=1)[0]


@pytest.mark.parametrize(("suffix", "codec"), [("mp4", "libx264"), ("webm", "libvpx-vp9")])
def test_each_sentence_is_heard_when_its_caption_stands(tmp_path, suffix, codec):
    files = [recorded(1.0, 0.02), recorded(0.8, 0.9, 44_100, 1.2), recorded(1.5, 0.3, 8_000, 0)]
    clips = [sound.clip(file, "tone.wav", 10.0) for file in files]
    starts = (0.2, 2.0, 4.0)
    captions = [Caption(start, start + 1.8, "A") for start in starts]
    film(tmp_path / f"film.{suffix}", codec, 6.0)
    add_sound(tmp_path / f"film.{suffix}", soundtrack(clips, captions, 6.0))
    played = decoded(tmp_path / f"film.{suffix}")
    assert abs(len(played) / sound.RATE - 6.0) < 0.05
    for start, clip in zip(starts, clips, strict=True):
        part = played[int((start - 0.15) * sound.RATE) :][: len(clip)]
        onset = np.flatnonzero(np.abs(part) > 0.02)[0] / sound.RATE - 0.15
        assert abs(onset) < 0.05
    assert abs(sound.loudness(played.astype(np.float32)) - sound.LOUDNESS) < 1.0
    assert np.abs(played).max() < 10.0 ** (-1.0 / 20.0)


def test_a_sentence_gets_the_time_that_it_is_heard():
    clip = sound.clip(recorded(1.0), "tone.wav", 10.0)
    (seconds,) = heard([clip])
    assert 1.0 < seconds < 1.6


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"no sound", "no sound that can be read"),
        (recorded(1.0, 0.0), "silent"),
        (recorded(9.0), "far too long"),
    ],
)
def test_a_recording_that_will_not_do_is_said_in_a_sentence(content, said):
    with pytest.raises(BadInput, match=f"corner-en-01.wav .*{said}"):
        sound.clip(content, "corner-en-01.wav", 5.0)


LINES = Lines("en", {"corner-en-01": "One.", "corner-en-02": "Two.", "corner-en-03": "Three."})


def test_all_missing_recordings_are_named_at_once(tmp_path):
    (tmp_path / "corner-en-02.wav").write_bytes(b"x")
    with pytest.raises(BadInput, match=r"2 recordings .*corner-en-01, corner-en-03"):
        Recordings.of(tmp_path, "corner", "en").speak(LINES)


def test_a_change_of_a_recording_changes_what_the_sound_depends_on(tmp_path):
    path = tmp_path / "corner-en-01.wav"
    path.write_bytes(b"x")
    before = Recordings.of(tmp_path, "corner", "en").digest
    path.write_bytes(b"y")
    assert Recordings.of(tmp_path, "corner", "en").digest != before


def test_a_command_gets_a_sentence_as_one_word(tmp_path, monkeypatch):
    monkeypatch.setenv("REGVIZ_CACHE", str(tmp_path))
    odd = "'; touch broken; $(touch broken) {out}"
    spoken = Command(
        "python3 -c 'import sys; open(sys.argv[2], \"w\").write(sys.argv[1])' {text} {out}"
    )
    assert spoken.speak(Lines("en", {"a": odd})) == {"a": odd.encode()}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no-such-program-here {text} {out}", "cannot be run"),
        ("false {text} {out}", "failed for a"),
        ("true {text} {out}", "wrote no sound"),
    ],
)
def test_a_command_that_fails_is_said_in_a_sentence(tmp_path, monkeypatch, line, said):
    monkeypatch.setenv("REGVIZ_CACHE", str(tmp_path))
    with pytest.raises(BadInput, match=said):
        Command(line).speak(Lines("en", {"a": "A."}))


def test_a_command_without_its_places_is_refused():
    with pytest.raises(BadInput, match=r"has no \{out\}"):
        Command("say {text}")


def test_the_engine_speaks_no_korean():
    with pytest.raises(BadInput, match="English only"):
        chosen("piper", None, "corner", "ko")
