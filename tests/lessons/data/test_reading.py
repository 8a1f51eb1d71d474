"""Bytes to cells to numbers: encodings, separators, decimal commas, and what is no number."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regviz.lessons.data import read_design
from regviz.lessons.data.csv_table import read_csv
from regviz.lessons.data.source import in_hand
from regviz.lessons.errors import BadInput
from regviz.lessons.knob_groups import DataKnobs
from tests.examples import examples
from tests.lessons.data.reading import notes, read

ROWS = [[1.0, 2.5, 4.0], [2.0, 0.5, 1.0], [4.0, 1.5, 3.0]]
PLAIN = "a,b,y\n1,2.5,4\n2,0.5,1\n4,1.5,3\n"
GERMAN = PLAIN.replace(",", ";").replace(".", ",")


def test_the_diabetes_study_is_whole():
    design = read_design(DataKnobs())
    assert design.X.shape == (442, 10)
    assert design.target == "target"
    assert design.y.mean() == pytest.approx(152.13348416289594)
    assert design.reading.notes == ()
    assert (design.reading.n_rows, design.reading.n_dropped) == (442, 0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PLAIN, []),
        ("\ufeff" + PLAIN, []),
        (PLAIN.replace("\n", "\r\n"), []),
        (PLAIN.replace("\n", "\r"), []),
        (PLAIN.rstrip("\n"), []),
        (PLAIN.replace("\n", ",\n"), []),
        (PLAIN.replace("4\n", "4,,\n"), []),
        ("\n\n" + PLAIN.replace("\n", "\n\n") + ",,\n ,,\n", []),
        (PLAIN.replace(",", " , "), []),
        ('"a","b","y"\n"1","2.5","4"\n"2",".5","1"\n"4","1.50","3."\n', []),
        ("'a','b','y'\n1,2.5,4\n2,0.5,1\n4,1.5,3\n", []),
        ("a,b,y\n+1,25e-1,4E0\n2,5e-1,1\n4,1.5,3\n", []),
        (PLAIN.replace(",", ";"), ["with semicolons between cells"]),
        (PLAIN.replace(",", "\t"), ["with tabs between cells"]),
        (PLAIN.replace(",", "|"), ["with bars between cells"]),
        (PLAIN.replace(",", " "), ["with spaces between cells"]),
        (PLAIN.replace(",", "   "), ["with spaces between cells"]),
        (GERMAN, ["with semicolons between cells and with decimal commas"]),
        (GERMAN.replace(";", "\t"), ["with tabs between cells and with decimal commas"]),
        ("sep=;\n" + GERMAN, ["with semicolons between cells and with decimal commas"]),
        ('"sep=,"\n' + PLAIN, []),
        (PLAIN.encode("utf-16"), ["as UTF-16 text"]),
        (GERMAN.encode("utf-16"), ["as UTF-16 text, with semicolons between cells and"]),
        ("\ufeff".encode("utf-16-be") + PLAIN.encode("utf-16-be"), ["as UTF-16 text"]),
    ],
)
def test_files_as_programs_write_them(tmp_path, content, said):
    design = read(tmp_path, content)
    np.testing.assert_array_equal(np.column_stack([design.X, design.y]), ROWS)
    assert design.features == ("a", "b")
    found = notes(design, tmp_path)
    assert len(found) == len(said)
    for note, begin in zip(found, said, strict=True):
        assert note.startswith(f"data file own.csv is read {begin}")


def test_r_leaves_out_the_header_of_its_rows_names(tmp_path):
    content = '"a" "b" "y"\n"1" 1 2.5 4\n"2" 2 0.5 1\n"3" 4 1.5 3\n'
    design = read(tmp_path, content)
    np.testing.assert_array_equal(np.column_stack([design.X, design.y]), ROWS)
    assert "left out of data file own.csv: the first column (without a name)." in notes(
        design, tmp_path
    )


def test_korean_windows(tmp_path):
    content = "공부시간,수면,점수\n1,2.5,4\n2,0.5,1\n4,1.5,3\n".encode("cp949")
    design = read(tmp_path, content, "점수")
    assert design.features == ("공부시간", "수면")
    assert notes(design, tmp_path) == ["data file own.csv is read as Korean text (cp949)."]
    assert read(tmp_path, content, "점수", encoding="cp949").reading.notes == ()


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_western_letters_are_not_taken_for_korean(tmp_path, encoding):
    content = "größe,énergie,y\n1,2.5,4\n2,0.5,1\n4,1.5,3\n".encode(encoding)
    with pytest.raises(BadInput, match=r"not UTF-8 text .*; give --encoding, such as cp1252"):
        read(tmp_path, content)
    assert read(tmp_path, content, encoding=encoding).features == ("größe", "énergie")


def test_a_name_typed_in_another_form_of_the_same_letters_is_found(tmp_path):
    pieces = "\u1100\u1161,b,y\n1,2.5,4\n2,0.5,1\n4,1.5,3\n"  # as a Mac writes file names
    assert read(tmp_path, pieces, features=("가",)).features == ("가",)


@pytest.mark.parametrize(
    "cell",
    [
        "1_0",
        "0x10",
        "inf",
        "-inf",
        "infinity",
        "１０",
        "1e999",
        "1,234",
        "12%",
        "$5",
        "1 2",
        "٣",
    ],
)
def test_what_is_no_number(tmp_path, cell):
    content = f'a,b,y\n1,2.5,4\n2,0.5,1\n"{cell}",3,1\n4,1.5,3\n5,7,1\n'
    with pytest.raises(BadInput) as refused:
        read(tmp_path, content)
    assert f"column 'a' holds '{cell}' among its numbers (line 4); mend them, or" in str(
        refused.value
    )
    with pytest.raises(BadInput, match=r"target 'a' holds .* \(line 4\)"):
        read(tmp_path, content, "a")


@pytest.mark.parametrize(
    "marker",
    ["", "NA", "nan", "NaN", "NULL", "None", "?", ".", "-", "N/A", "#N/A", "<NA>", " "],
)
def test_what_stands_for_no_value(tmp_path, marker):
    content = f"a,b,y\n1,2.5,4\n2,0.5,1\n9,{marker},8\n4,1.5,3\n"
    with pytest.raises(BadInput, match=r"1 of 4 rows .* lacks a value \(1 in 'b'; line 4\)"):
        read(tmp_path, content)
    design = read(tmp_path, content, missing="drop")
    np.testing.assert_array_equal(np.column_stack([design.X, design.y]), ROWS)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty; give a header line"),
        ("\n,,\n", "is empty; give a header line"),
        (b"a,y\n\xff\xfe,1\n", "is not UTF-8 text"),
        (b"a,y\n1,\x00\n", "holds NUL bytes and is no CSV text"),
        (PLAIN.encode("utf-16-le"), "holds NUL bytes .* give --encoding utf-16"),
        (b"\xff\xfea", "is no utf-16 text"),
        ("a,y\n1,2\n", "has 1 row below its header; give at least 3"),
        ("a,y\n", "has 0 rows below"),
        ("1,2.5\n2,3\n4,5\n5,1\n", r"has no header line: .* \(1 and 2.5\)"),
        (
            "a,b,y\n1,2\n1,2,3\n4,5,6,7\n1,2,4\n",
            "line 2, has 2 cells where the header has 3, as 4 are uneven too; give every row",
        ),
        ("table 1\na,y\n1,2\n2,3\n3,1\n", "line 2, has 2 cells .* take out lines above"),
        ("a,b;y\n" + "1;2,5\n" * 3, "has no column 'y'; did you mean 'b;y'|has no column 'y'"),
        ('a,y\n1,"' + "x" * 140_000 + '"\n', "is not CSV: field larger than field limit"),
    ],
)
def test_files_that_hold_no_table(tmp_path, content, said):
    with pytest.raises(BadInput, match=said) as refused:
        read(tmp_path, content)
    assert len(str(refused.value)) < 400 + len(str(tmp_path))


def test_pandas_own_header_is_one(tmp_path):
    design = read(tmp_path, "0,1,2\n1,2.5,4\n2,0.5,1\n4,1.5,3\n", "2")
    assert design.features == ("0", "1")


def test_two_ways_of_writing_numbers(tmp_path):
    content = "a;b;y\n1,5;2.5;4\n2,5;0.5;1\n4;1.5;3\n"
    said = "numbers are written in two ways, '1,5' in column 'a' and '2.5' in 'b'; write all"
    with pytest.raises(BadInput, match=said):
        read(tmp_path, content)
    assert read(tmp_path, content, features=("a",)).features == ("a",)


@pytest.mark.parametrize("name", ["a\0b", "x" * 300, "d" * 5000])
def test_names_that_no_file_can_have(name):
    refused = r"^data (file \S+ (is no file's name|cannot be read)|= \S+ holds a sign that)"
    with pytest.raises(BadInput, match=refused) as e:
        read_design(DataKnobs(data=name, target="y"))
    assert len(str(e.value)) < 400


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(BadInput, match="does not exist"):
        read_design(DataKnobs(data=str(tmp_path / "none.csv"), target="y"))
    with pytest.raises(BadInput, match="is not a file"):
        read_design(DataKnobs(data=str(tmp_path), target="y"))
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    with pytest.raises(BadInput, match=r"cannot be read|is not a file"):
        read_design(DataKnobs(data=str(tmp_path / "loop.csv"), target="y"))


def test_a_job_brings_its_files_along():
    with in_hand({"mine.csv": GERMAN.encode("cp949")}):
        design = read_design(DataKnobs(data="mine.csv", target="y"))
    np.testing.assert_array_equal(design.X, np.array(ROWS)[:, :2])


# ---- what is written is what is read

LETTERS = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Co", "Cn"])
NAMES = st.lists(
    st.text(LETTERS | st.sampled_from(',;|"$\\%{}'), min_size=1, max_size=12),
    min_size=3,
    max_size=5,
    unique=True,
)
NUMBERS = st.floats(-1e12, 1e12).map(lambda x: float(f"{x:.12g}"))


@given(
    names=NAMES,
    rows=st.integers(4, 8).flatmap(
        lambda n: st.lists(st.lists(NUMBERS, min_size=5, max_size=5), min_size=n, max_size=n)
    ),
    separator=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    ending=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    comma=st.booleans(),
)
@examples(60)
def test_a_table_is_read_as_it_was_written(
    names, rows, separator, encoding, ending, quoting, comma
):
    from regviz.lessons.data.cells import is_number
    from regviz.lessons.data.table import clean

    names = [f"n {name.strip()} n" if is_number(name) else clean(name) for name in names]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=ending, quoting=quoting)
    writer.writerow(names)
    for row in rows:
        cells = map(repr, row[: len(names)])
        points = comma and separator != ","
        writer.writerow([cell.replace(".", ",") if points else cell for cell in cells])
    content = text.getvalue().encode(encoding)
    with in_hand({"mine.csv": content}):
        table = read_csv("mine.csv", separator, None)
        told = read_csv("mine.csv", None, None)
    for found in (table, told) if quoting != csv.QUOTE_MINIMAL else (table,):
        assert [column.name for column in found.columns] == [clean(name) for name in names]
        for at, column in enumerate(found.columns):
            np.testing.assert_array_equal(column.numbers, [row[at] for row in rows])


WORDS = (
    "y a 1 2.5 1e400 nan yes 2024-01-01 1,5 \" ' \0 \x1b[31m , ; \t | sep=; \ufeff 점수 \u202e"
)
PIECES = st.sampled_from([*WORDS.split(" "), " ", "\n", "\n", "\r\n"])


@given(
    pieces=st.lists(PIECES, max_size=60),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp949", "latin-1"]),
    spoilt=st.binary(max_size=3),
    missing=st.sampled_from(["refuse", "drop"]),
)
@examples(150)
def test_whatever_a_file_holds_it_is_read_or_refused_in_words(
    pieces, encoding, spoilt, missing
):
    content = "".join(["y,a\n", *pieces]).encode(encoding, "replace") + spoilt
    asked = DataKnobs(data="mine.csv", target="y", missing=missing)
    said = ""
    with in_hand({"mine.csv": content}):
        try:
            design = read_design(asked)
        except BadInput as refused:
            said = str(refused)
    if said:
        assert said.isprintable()
        assert len(said) < 2500
    else:
        assert np.isfinite(design.X).all()
        assert design.X.shape == (len(design.y), len(design.features))
