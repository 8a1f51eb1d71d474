"""All that is wrong with a lecture file is said at once, each with its line."""

import shlex
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regviz.lecture import document, parts, template
from regviz.lecture.advice import in_the_file
from regviz.lecture.lines import locate
from regviz.lessons import catalogue
from regviz.lessons.errors import BadInput
from regviz.lessons.options import OPTION, option_word
from regviz.lessons.parameters import Names


def _said(folder, text, **how):
    (folder / "lecture.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        document.read(folder, **how).check_data(range(9))
    return str(refused.value).splitlines()


# What stands below a first line, the line of the slip, and how what is said begins.
BAD = [
    ("titel = 'x'", 2, 'key "titel" is unknown; did you mean "title"?'),
    ("zzz = 1", 2, 'key "zzz" is unknown; give title, author, language, theme, quality, fps, '),
    ("author = 3", 2, 'author = 3 is not text; give it in quotes, "like this", or { en = "..'),
    ("language = 'kr'", 2, 'language = "kr" is unknown; give "en", "ko"; did you mean "ko"?'),
    ("language = ['en', 'fr']", 2, 'language = "fr" is unknown; give "en", "ko".'),
    ("language = []", 2, 'language is empty; give "en", "ko".'),
    ("theme = 'drak'", 2, 'theme = "drak" is unknown; give "light", "dark", "print"; did you '),
    ("quality = true", 2, 'quality = true is unknown; give "l", "m", "h", "p", "k".'),
    ("fps = 0", 2, "fps = 0 will not do; give a whole number from 1 to 120."),
    ("fps = true", 2, "fps = true will not do; give a whole number from 1 to 120."),
    ("dpi = 'high'", 2, 'dpi = "high" will not do; give a whole number from 50 to 1200.'),
    ("aspect = 'paper'", 2, 'aspect = "paper" is unknown; give "16:9", "4:3", "1:1", "9:16".'),
    ("formats = 'svg'", 2, 'formats = "svg" is not a table; give { name = value, ... }.'),
    (
        "[formats]\nfigure = 'jpg'",
        3,
        'figure = "jpg" is unknown; give "svg", "pdf", "png"; did',
    ),
    ("[formats]\nvideo = 'mp4'", 3, 'key "video" is unknown; give figure, scene.'),
    ("data = 'no.csv'", 2, 'data = "no.csv" is no file; give a CSV file or "diabetes".'),
    ("data = '../x.csv'", 2, 'data = "../x.csv" leads outside the lecture\'s folder; put the '),
    (
        "data = '/etc/passwd'",
        2,
        'data = "/etc/passwd" leads outside the lecture\'s folder; put',
    ),
    (
        "[[item]]\nmedium = 'figure'",
        2,
        "lesson is missing; `regviz list` shows the lessons; an ",
    ),
    ("[[item]]\nlesson = 'cornr'", 3, 'there is no lesson "cornr"; did you mean "corner"?'),
    ("[[item]]\nlesson = 'qqq'", 3, 'there is no lesson "qqq"; the lessons are overfitting, '),
    ("[[item]]\nlesson = 'corner'\nmedium = 'film'", 4, 'medium = "film" is unknown; give '),
    ("[[item]]\nlesson = 'corner'\nname = '../x'", 4, 'name = "../x" will not do for a file; '),
    ("[[item]]\nlesson = 'corner'\nname = '/x'", 4, 'name = "/x" will not do for a file; give'),
    ("[[item]]\nlesson = 'corner'\nname = '.x'", 4, 'name = ".x" will not do for a file; give'),
    ("[[item]]\nlesson = 'corner'\nname = 'a\\b'", 4, 'name = "a\\b" will not do for a file; '),
    ("[[item]]\nlesson = 'corner'\nname = 'index-ko'", 4, 'name = "index-ko" is taken by the '),
    ("[[item]]\nlesson = 'corner'\nname = 'Manifest'", 4, 'name = "Manifest" is taken by the '),
    (
        "[[item]]\nlesson = 'corner'\n[item.parameters]\nlamda = 1",
        5,
        'key "lamda" is unknown; did you mean "lam"?',
    ),
    (
        "[[item]]\nlesson = 'corner'\nparameters = { lam = -1 }",
        4,
        "lam = -1 is out of bounds; give a number from 0 to 1000; or cv or cv-1se",
    ),
    (
        "[[item]]\nlesson = 'corner'\nparameters = { data = '../../x' }",
        4,
        'data = "../../x" leads outside',
    ),
    (
        "[[item]]\nlesson = 'corner'\nparameters = { data = 5 }",
        4,
        'data = 5 is not text; give it in quotes, "like this".',
    ),
    (
        "[[item]]\nlesson = 'corner'\nsection = 'x'",
        2,
        "lesson and section are kinds of item; make an item of each.",
    ),
    (
        "[[item]]\ntext = 'a'\nintro = 'b'",
        4,
        'key "intro" is unknown; give text, title, note, ',
    ),
    ("[[item]]\nsection = 5", 3, "section = 5 is not text; give it in quotes, "),
    (
        "[[item]]\nsection = { fr = 'x' }",
        3,
        'a language of section = "fr" is unknown; give "en"',
    ),
    (
        "[[item]]\nsection = { ko = 'x' }",
        3,
        'section is missing in "en"; add en = "..." to it.',
    ),
    ("[[item]]\nsection = '$\\foo$'", 3, "section: \\foo in "),
    ("[[item]]\nsection = 'it costs 5$'", 3, "section: a dollar sign has no partner in "),
    (
        "[[item]]\nsection = '" + "$" + "{" * 3000 + "}" * 3000 + "$'",
        3,
        "section is nested too deep; make it plainer.",
    ),
    ("[[item]]\ntext = '$\\foo$'", 3, "text: \\foo in "),
    ("[[item]]\ntext = 'it costs 5$'", 3, "text: a dollar sign has no partner in "),
    ("[[item]]\ntext = '" + "words " * 400 + "'", 3, "text is too long for a slide; make two "),
    (
        "[[item]]\ntext = '" + "$" + "{" * 3000 + "}" * 3000 + "$'",
        3,
        "text is nested too deep; make it plainer.",
    ),
]


@pytest.mark.parametrize(("text", "line", "message"), BAD)
def test_a_slip_is_named_with_its_line(tmp_path, text, line, message):
    lines = _said(tmp_path, f'title = "x"\n{text}\n')
    assert lines[0].startswith(f"{tmp_path / 'lecture.toml'} has ")
    assert any(said.startswith(f"  line {line}: {message}") for said in lines[1:]), lines


def test_all_slips_are_said_at_once(tmp_path):
    text = "\n\n".join(text for text, _, _ in BAD if text.startswith("[[item]]"))
    lines = _said(tmp_path, f"author = 7\n{text}\n")
    count = sum(text.startswith("[[item]]") for text, _, _ in BAD) + 2
    assert lines[0].endswith(f"has {count} problems; nothing was made.")
    numbers = [int(line.split()[1].rstrip(":")) for line in lines[1:]]
    assert len(numbers) == count
    assert numbers == sorted(numbers)


def test_an_empty_file(tmp_path):
    assert _said(tmp_path, "")[1:] == [
        "  line 1: no lesson is listed; begin each with a line [[item]].",
        '  line 1: title is missing; give title = "...".',
    ]


def test_what_is_not_toml(tmp_path):
    (said,) = _said(tmp_path, 'title = "x"\nauthor = \n')
    assert said.endswith(
        "lecture.toml cannot be read as TOML: line 2, column 10: invalid value."
    )


@pytest.mark.parametrize("part", ["a", '"a"', "'a b'", '"\\"" ', "- \t"])
@pytest.mark.parametrize("around", ["{} = 1", "[{}]", 'x = {{ t = """\n\'""", {} = 1 }}'])
def test_names_of_parts_without_end_are_refused_at_once(tmp_path, part, around):
    deep = around.format(".".join([part] * 50_000))
    (said,) = _said(tmp_path, f'title = "x"\n{deep}\n')
    line = 2 + deep.count("\n")
    assert said.endswith(f"line {line}: a name has more than 16 parts; shorten it.")


def test_a_file_without_end(tmp_path):
    (said,) = _said(tmp_path, "#" * 500_001)
    assert said.endswith("more than 500,000 characters; make it shorter.")
    (said,) = _said(tmp_path, "x = " + "9" * 5000)
    assert said.endswith("a number or a list is without end; shorten it.")


def test_many_dots_in_a_text_are_no_deep_name(tmp_path):
    text = "One. Two, three... four; f.g.h.i, " * 9 + '"So." said 0.1.'
    path = tmp_path / "lecture.toml"
    path.write_text(f"title = 'x'\nauthor = '{text}'\n[[item]]\nsection = 's'\n", "utf-8")
    assert document.read(tmp_path).author["en"] == text


_DATA = 'title = "x"\ndata = "diabetes"\n[[item]]\nlesson = "corner"\n'


def test_an_item_may_leave_out_the_lectures_data(tmp_path):
    (_, said) = _said(tmp_path, f"{_DATA}parameters = {{ rho = 0.5 }}\n")
    assert said == (
        "  line 5: rho and data are both given; the loss comes from one of them; "
        "to leave out the lecture's data, add data = false."
    )
    for lesson, values in (("corner", {"rho": 0.5}), ("feature-selection", {})):
        given = "".join(f", {name} = {value}" for name, value in values.items())
        text = _DATA.replace("corner", lesson) + f"parameters = {{ data = false{given} }}\n"
        (tmp_path / "lecture.toml").write_text(text)
        (item,) = document.read(tmp_path).items
        assert item.values == values
        document.read(tmp_path).check_data([0])


def test_only_a_lesson_of_data_can_leave_them_out(tmp_path):
    text = _DATA.replace("corner", "l1-loss") + "parameters = { data = false }\n"
    (_, said) = _said(tmp_path, text)
    assert said.startswith('  line 5: key "data" is unknown')


def test_no_file(tmp_path):
    with pytest.raises(BadInput, match="does not exist; `regviz init DIR` writes one"):
        document.read(tmp_path)


def test_not_utf8(tmp_path):
    (tmp_path / "lecture.toml").write_bytes(b'title = "\xff"')
    with pytest.raises(BadInput, match="not UTF-8"):
        document.read(tmp_path)


ITEM = 'title = "x"\n[[item]]\nlesson = "corner"\n'


GRADES = "a,c,b\n" + "".join(f"{k},{k * k % 7},{(3 * k) % 5}\n" for k in range(1, 9))


def test_data_of_the_lecture_reach_the_lessons_that_take_data(tmp_path):
    (tmp_path / "mine.csv").write_text(GRADES)
    (tmp_path / "lecture.toml").write_text(
        'title = "x"\ndata = "mine.csv"\ntarget = "b"\n[[item]]\nlesson = "l1-loss"\n'
        '[[item]]\nlesson = "feature-selection"\n[[item]]\nlesson = "feature-selection"\n'
        'parameters = { data = "diabetes" }\n'
    )
    first, second, third = document.read(tmp_path).items
    assert first.values == {}
    assert second.values == {"data": "mine.csv", "target": "b"}
    assert third.values == {"data": "diabetes"}


DATA = [
    ("", 2, "data file mine.csv needs its target named; give target = "),
    ("target = 'd'\n", 3, "data file mine.csv has no column 'd'"),
    (
        "target = 'b'\nparameters = { features = ['a', 'd'] }\n",
        6,
        "data file mine.csv has no c",
    ),
]


@pytest.mark.parametrize(("settings", "line", "message"), DATA)
def test_what_is_wrong_with_data_is_said_with_the_file(tmp_path, settings, line, message):
    (tmp_path / "mine.csv").write_text(GRADES)
    shared, _, own = settings.partition("parameters")
    item = f"[[item]]\nlesson = 'corner'\n{'parameters' + own if own else ''}"
    said = _said(tmp_path, f"title = 'x'\ndata = 'mine.csv'\n{shared}{item}")
    assert said[1].startswith(f"  line {line}: {message}")
    assert "--" not in said[1]


def test_data_are_read_only_for_what_is_to_be_made(tmp_path):
    (tmp_path / "mine.csv").write_text("a,b\n1,2\n")
    text = "title = 'x'\n[[item]]\nlesson = 'l1-loss'\n[[item]]\nlesson = 'feature-selection'\n"
    text += "parameters = { data = 'mine.csv', target = 'b' }\n"
    (tmp_path / "lecture.toml").write_text(text)
    read = document.read(tmp_path)
    read.check_data([0])
    with pytest.raises(BadInput, match="line 6: data file mine"):
        read.check_data([1])
    assert len(_said(tmp_path, "fps = 0\n" + text)) == 3, "all slips at once"


def test_advice_for_the_command_becomes_advice_for_the_file():
    knobs = {knob.name: knob for knob in catalogue.parameters_class("corner").knobs()}
    said = "give --features with two, --features 'a b,c', or --target x; or --else y."
    assert in_the_file(said, knobs) == (
        'give features = ["..."] with two, features = ["a b", "c"], or target = "x"; '
        "or --else y."
    )


@pytest.mark.parametrize(
    "names",
    [
        ("a, b", 'say "c"', "it's"),
        ("S.F.Ratio", "Avg."),
        ("with",),
        ("$HOME", "back\\slash"),
        ("ends,",),
        ("a;b",),
    ],
)
def test_advice_can_be_copied_whatever_the_names(names):
    said = f"leave it out, as with --drop {option_word(*names)}."
    (word,) = shlex.split(OPTION.search(said)[2])
    assert Names().read("drop", word) == names
    knobs = {knob.name: knob for knob in catalogue.parameters_class("corner").knobs()}
    advice = in_the_file(said, knobs)
    assert advice.startswith("leave it out, as with drop = [")
    assert tomllib.loads(advice[21:-1]) == {"drop": list(names)}


def test_kinds_of_items(tmp_path):
    (tmp_path / "lecture.toml").write_text(
        'title = { en = "x", ko = "y" }\nlanguage = ["en", "ko"]\n'
        '[[item]]\nsection = { en = "s", ko = "t" }\nintro = "i"\n'
        '[[item]]\ntext = "- $w_1$"\nlanguage = "en"\nnote = "n"\n' + ITEM.split("\n", 1)[1]
    )
    read = document.read(tmp_path, quality="k")
    section, text, lesson = read.items
    assert read.title == {"en": "x", "ko": "y"}
    assert isinstance(section, parts.Section)
    assert section.title == {"en": "s", "ko": "t"}
    assert isinstance(text, parts.Text)
    assert (text.langs, text.note["en"]) == (("en",), "n")
    assert lesson.quality == "k"


def test_how_data_are_read_is_the_lectures_too(tmp_path):
    (tmp_path / "mine.csv").write_text("a;b\n1;2\n")
    (tmp_path / "lecture.toml").write_text(
        'title = "x"\ndata = "mine.csv"\ntarget = "b"\nmissing = "drop"\nseparator = ";"\n'
        'encoding = "cp949"\ndrop = "c, d"\ndummies = ["e, f"]\n[[item]]\nlesson = "l1-loss"\n'
        '[[item]]\nlesson = "dropout"\nparameters = { missing = "refuse" }\n'
    )
    first, second = document.read(tmp_path).items
    assert first.values == {}
    assert second.values == {
        "data": "mine.csv",
        "target": "b",
        "missing": "refuse",
        "separator": ";",
        "encoding": "cp949",
        "drop": ("c", "d"),
        "dummies": ("e, f",),
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('missing = "fill"', "missing = fill is unknown; give one of refuse, drop"),
        ('separator = "abc"', "separator = 'abc' will not do; give comma, semicolon, tab"),
        ('encoding = "rot13"', "encoding = 'rot13' is unknown; give a name such as utf-8"),
        ('drop = ["a", "a"]', "drop = a,a will not do; give different names"),
    ],
)
def test_a_slip_in_how_data_are_read_is_said_with_its_line(tmp_path, given, said):
    for place in (f"title = 'x'\n{given}\n[[item]]\nlesson = 'corner'\n", None):
        text = place or f"{ITEM}parameters = {{ {given} }}\n"
        line = 2 if place else 4
        assert f"line {line}: {said}" in "\n".join(_said(tmp_path, text))


def test_outside_with_leave(tmp_path):
    folder = tmp_path / "lecture"
    folder.mkdir()
    (tmp_path / "mine.csv").write_text(GRADES)
    text = ITEM + 'parameters = { data = "../mine.csv", target = "b" }'
    (folder / "lecture.toml").write_text(text)
    read = document.read(folder, allow_outside=True)
    assert read.data == {"../mine.csv": folder / "../mine.csv"}


def test_a_link_that_leads_outside(tmp_path):
    folder = tmp_path / "lecture"
    folder.mkdir()
    (tmp_path / "mine.csv").write_text("a,b\n1,2\n")
    (folder / "link.csv").symlink_to(tmp_path / "mine.csv")
    said = _said(folder, ITEM + 'parameters = { data = "link.csv" }')
    assert "leads outside" in said[1]


def test_languages_from_the_command_line(tmp_path):
    (tmp_path / "lecture.toml").write_text(ITEM + 'language = ["en", "ko"]')
    assert document.read(tmp_path).items[0].langs == ("en", "ko")
    assert document.read(tmp_path, langs=("ko",)).items[0].langs == ("ko",)


class TestTemplate:
    def test_it_is_a_lecture_of_part_one(self, tmp_path):
        template.write(tmp_path / "new", name="90min", lang="en", force=False)
        read = document.read(tmp_path / "new")
        slugs = [item.lesson for item in read.items if not isinstance(item, parts.Section)]
        assert len(slugs) == 9
        assert slugs == [entry.slug for entry in catalogue.entries() if entry.slug in slugs]

    def test_every_key_is_explained(self):
        from regviz.lecture import schema

        text = template.content("90min", "en")
        items = {key for keys in schema.ITEMS.values() for key in keys}
        assert all(key in text for key in (*schema.LECTURE, *schema.FORMATS, *items))

    def test_what_is_behind_a_sign_can_be_taken_in(self, tmp_path):
        lines = template.content("90min", "en").splitlines()
        settings = [
            line.removeprefix("# ") if line.startswith("# ") and " = " in line else line
            for line in lines
            if not line.startswith(("#   ", "# data", "# target"))
        ]
        (tmp_path / "lecture.toml").write_text("\n".join(settings))
        assert document.read(tmp_path).items[4].values == {"lam": 0.5}

    def test_it_does_not_overwrite(self, tmp_path):
        (tmp_path / "lecture.toml").write_text("mine")
        with pytest.raises(BadInput, match="is there already; --force replaces it"):
            template.write(tmp_path, name="90min", lang="en", force=False)
        assert (tmp_path / "lecture.toml").read_text() == "mine"
        template.write(tmp_path, name="90min", lang="en", force=True)
        assert document.read(tmp_path).items


NAMES = st.sampled_from(["a", "b", "item", '"q.r"', "'s t'"])
VALUES = st.sampled_from(
    [
        "1",
        '"x # [y]"',
        '"""one\n[two]\nthree = 3"""',
        "'''four\n# five'''",
        '"\\"[z]"',
        "[1,\n  2, # [[no]]\n  3]",
        '[[1, 2],\n ["]"]]',
        "{ c = 1, d = [2] }",
    ]
)
PARTS = st.one_of(
    st.tuples(NAMES, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    st.tuples(NAMES, NAMES, VALUES).map(lambda three: f"{three[0]}.{three[1]} = {three[2]}"),
    NAMES.map(lambda name: f"[{name}]"),
    NAMES.map(lambda name: f"[[{name}]] # a comment"),
    st.tuples(NAMES, NAMES).map(lambda pair: f"[{pair[0]}.{pair[1]}]"),
    st.tuples(NAMES, NAMES).map(lambda pair: f"[[{pair[0]}.{pair[1]}]]"),
    st.sampled_from(["", "# [comment] = 1", "   "]),
)


def _places(content, place=()):
    """Every key that is no inline table's, by its place."""
    for name, value in content.items():
        yield (*place, name)
        if isinstance(value, dict) and not {"c", "d"} <= set(value):
            yield from _places(value, (*place, name))
        elif isinstance(value, list):
            for at, part in enumerate(value):
                if isinstance(part, dict):
                    yield from _places(part, (*place, name, at))


@given(st.lists(PARTS, max_size=8))
def test_every_key_that_toml_knows_has_a_line(parts):
    source = "\n".join(parts)
    try:
        content = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return
    found = locate(source)
    lines = source.splitlines()
    for place in _places(content):
        assert str(place[-1]) in lines[found[place] - 1]
