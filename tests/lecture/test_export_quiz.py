"""A quiz is what the lessons ask, and is read by a program that is not ours."""

import base64
import io
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from regviz import cli
from regviz.lecture import manifest
from regviz.lecture.export import asking, moodle
from regviz.lecture.export.quiz import Part, Quiz, contents, quiz
from regviz.lecture.markdown import Paragraph, Run
from regviz.lessons import catalogue
from regviz.lessons.asked import asked_in
from regviz.lessons.errors import BadInput
from regviz.lessons.picture import Said
from regviz.lessons.question import Guess, Wrong
from regviz.lessons.text import load
from tests.lecture import decks

LANGUAGES = ("en", "ko")
languages = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    out = tmp_path_factory.mktemp("quiz") / "out"
    decks.write_asking(out)
    return out


@pytest.fixture(scope="module")
def quizzes(out):
    return {lang: quiz(manifest.load(out), lang, range(2)) for lang in LANGUAGES}


def _imported(content):
    name = "moodle_xml_parser.parser"
    return pytest.importorskip(name, reason="it is not installed").parse_bytes(content)


@languages
def test_a_reader_of_moodles_format_finds_every_question(quizzes, lang):
    read = _imported(moodle.written(quizzes[lang]))
    lands, keeps = (asked for asked in asked_in(catalogue.exhibit("thresholds")))
    assert [each.name for each in read["cloze"]] == ["1.1 lands (0)", "1.1 lands (1)"]
    assert [each.name for each in read["multichoice"]] == ["1.2 keeps (0)", "1.2 keeps (1)"]
    for asked in read["multichoice"]:
        assert asked.single
        scores = [option.score_fraction for option in asked.options]
        assert scores == [100 * (at == keeps.question.right) for at in range(len(scores))]
        assert all(option.feedback for option in asked.options)
    numbers = set()
    for asked in read["cloze"]:
        (gap,) = asked.gaps
        assert (gap.sub_type, gap.sub_grade) == ("NUMERICAL", 1)
        right, *wrongs = gap.options
        assert (right.score, {wrong.score for wrong in wrongs}) == (100, {0})
        assert len(wrongs) == len(lands.question.wrongs)
        assert all(option.feedback for option in gap.options)
        numbers.add(right.answer)
        assert float(right.answer.split(":")[1]) == pytest.approx(lands.question.near, rel=0.5)
    assert len(numbers) == 2, "the variants differ in numbers"


@languages
def test_pictures_stand_in_the_file(quizzes, lang):
    root = ET.fromstring(moodle.written(quizzes[lang]))
    asked = [each for each in root.iter("questiontext") if each.find("file") is not None]
    assert asked
    for each in asked:
        file = each.find("file")
        assert f"@@PLUGINFILE@@/{file.get('name')}" in each.find("text").text
        with Image.open(io.BytesIO(base64.b64decode(file.text))) as picture:
            assert picture.format == "PNG"


def test_variants_of_a_question_share_a_category(quizzes):
    root = ET.fromstring(moodle.written(quizzes["en"]))
    kinds = [each.get("type") for each in root]
    assert kinds == ["category", "cloze", "cloze", "category", "multichoice", "multichoice"]
    first = root[0].find("category/text").text
    assert first == "$course$/top/Why L1 selects & L2 shrinks/The corner/1.1 lands"


@languages
def test_the_key_stands_apart_from_the_sheet(quizzes, tmp_path, lang):
    written = contents(quizzes[lang], tmp_path / "q.xml")
    sheet, key = (written[tmp_path / f"q-{name}.html"].decode() for name in ("sheet", "key"))
    answers = [pair[1] for part in quizzes[lang].variants[1] for pair in part.pairs]
    for answer in answers:
        reply = next(run.content for run in answer.reply.runs if run.kind == "text")
        assert reply.strip() in key
        assert reply.strip() not in sheet
    assert sheet.count("<main>") == key.count("<main>") == 2
    assert written == contents(quizzes[lang], tmp_path / "q.xml")


# -- kinds that a lesson may ask ------------------------------------------------------------


def _guessed(**of):
    """Return the quiz of one question that no lesson needs to ask."""
    lands = asked_in(catalogue.exhibit("thresholds"))[0]
    old = lands.question
    common = {"name": "one", "prompt": old.prompt, "panel": "convex", "sees": old.sees}
    common |= {"near": 0.25, "right": old.right, "off": old.off}
    asked = replace(lands, question=Guess(**common, **of))
    pair = asking.slides_of(asked, "1.1", "en", "light")
    part = Part(1, Paragraph((Run("A/B"),)), (pair,))
    return Quiz(title="T", lang="en", variants={None: (part,)})


def test_a_number_has_its_tolerance_and_what_is_said_to_wrong_ones():
    off = Said("thresholds.ask.lands.off", {"half": 0.5, "w": 1.5})
    wrong = Wrong(np.array([2.0]), off)
    made = _guessed(kind="number", truth=np.array([1.5]), wrongs=(wrong,), low=0.0, high=3.0)
    root = ET.fromstring(moodle.written(made))
    assert root[0].find("category/text").text == "$course$/top/T/A//B"
    asked = root[1]
    assert asked.get("type") == "numerical"
    told = [
        (each.get("fraction"), each.find("text").text, each.find("tolerance").text)
        for each in asked.iter("answer")
    ]
    assert told == [("100", "1.5", "0.25"), ("0", "2", "0.25"), ("0", "*", "0")]
    assert load("en").say(off).split("$")[0] in ET.tostring(asked, encoding="unicode")


def test_a_curve_is_chosen_among_drawn_ones():
    x = np.linspace(0.0, 4.0, 5)
    wrong = Wrong(x, Said("thresholds.ask.keeps.net"))
    made = _guessed(kind="curve", truth=0.5 * x, wrongs=(wrong,), across=x)
    read = _imported(moodle.written(made))["multichoice"][0]
    assert [option.score_fraction for option in read.options] == [100, 0]
    root = ET.fromstring(moodle.written(made))
    files = [each.find("file") for each in root.iter("answer")]
    assert len({file.text for file in files}) == 2
    shown = [each.find("text").text for each in root.iter("answer")]
    assert all(file.get("name") in text for file, text in zip(files, shown, strict=True))


# -- the command ----------------------------------------------------------------------------


def _export(*words):
    return CliRunner().invoke(cli.main, ["export", *map(str, words)], prog_name="regviz")


def test_the_command_writes_three_files(out, tmp_path):
    done = _export(out.parent, "--to", "quiz", "-o", tmp_path / "q.xml", "--variants", 1)
    assert done.exit_code == 0, done.output
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"q.xml", "q-sheet.html", "q-key.html"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--to", "html", "--variants", 2), "go with --to quiz, and not with html"),
        (("--to", "quiz", "--seed", 2), "--seed draws numbers for --variants N"),
        (("--to", "quiz", "--no-quiz"), "do not go with --to quiz"),
    ],
)
def test_what_does_not_go_together(out, words, said):
    done = _export(out.parent, *words)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_lecture_that_asks_nothing(out):
    made = manifest.load(out)
    quiet = replace(made, items=tuple(replace(item, quiz=False) for item in made.items))
    with pytest.raises(BadInput, match="nothing is asked"):
        quiz(quiet, "en", None)
