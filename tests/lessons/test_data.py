"""Data files that can and cannot be used, each refused in one sentence that names it."""

import numpy as np
import pytest

from regviz.lessons.data import read_design
from regviz.lessons.errors import BadInput


@pytest.fixture
def csv_file(tmp_path):
    def write(content):
        path = tmp_path / "mine.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def test_the_diabetes_study_is_whole():
    design = read_design("diabetes")
    assert design.X.shape == (442, 10)
    assert design.target == "target"
    assert design.y.mean() == pytest.approx(152.13348416289594)


def test_columns_that_are_not_used_need_not_hold_numbers(csv_file):
    source = csv_file("name,a,b,y\nkim,1,2,3\nlee,2,1,5\npark,4,4,\n")
    design = read_design(source, "a", ("b",))
    np.testing.assert_array_equal(design.X, [[2.0], [1.0], [4.0]])


def test_a_byte_order_mark_blank_lines_and_quotes_are_read(csv_file):
    source = csv_file('\ufeff"x, cm",y\n1,2\n\n2,4\n3,7\n')
    assert read_design(source, "y").features == ("x, cm",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        (b"a,y\n\xff\xfe,1\n", "is not UTF-8"),
        ("a,y\n1,2\n2,cold\n3,4\n", "line 3, holds 'cold'"),
        ("a,y\n1,2\n2,\n3,4\n", "line 3, has no value"),
        ("a,y\n1,2\n2,inf\n3,4\n", "give a finite number"),
        ("a,y\n1,2\n1,3\n1,4\n", "column 'a' .* is constant"),
        ("a,y\n1,2\n", "has 1 row below"),
        ("a,y\n", "has 0 rows below"),
        ("a,y\n1,2,3\n2,3\n", "line 2, has 3 cells"),
        ("a,a,y\n1,2,3\n", "repeated column name"),
        ("a,b\n1,2\n", "no column 'y'"),
    ],
)
def test_bad_files_are_refused(csv_file, content, message):
    with pytest.raises(BadInput, match=message):
        read_design(csv_file(content), "y")


def test_a_missing_file_and_a_directory_are_refused(tmp_path):
    with pytest.raises(BadInput, match="does not exist"):
        read_design(str(tmp_path / "none.csv"), "y")
    with pytest.raises(BadInput, match="is not a file"):
        read_design(str(tmp_path), "y")


def test_the_target_of_ones_own_file_must_be_named(csv_file):
    with pytest.raises(BadInput, match="give --target with one of a, y"):
        read_design(csv_file("a,y\n1,2\n2,3\n3,5\n"))
