from regviz.scenes.captions import Caption, srt, vtt

SAID = (Caption(0.0, 1.5, "a < b & c"), Caption(61.25, 3661.0005, "둘"))


def test_subrip():
    assert srt(SAID) == (
        "1\n00:00:00,000 --> 00:00:01,500\na < b & c\n\n2\n00:01:01,250 --> 01:01:01,000\n둘\n"
    )


def test_webvtt_escapes_its_signs():
    assert vtt(SAID) == (
        "WEBVTT\n"
        "\n00:00:00.000 --> 00:00:01.500\na &lt; b &amp; c\n"
        "\n00:01:01.250 --> 01:01:01.000\n둘\n"
    )
