"""Tables from Python: the same checks and words as for files, and no package needed."""

import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
import polars as pl
import pytest

from regviz import figures
from regviz.lecture import notebook
from regviz.lecture.keys import key, key_parts
from regviz.lecture.make import facts
from regviz.lessons import catalogue
from regviz.lessons.data import read_design
from regviz.lessons.errors import BadInput, DataNote
from regviz.lessons.knob_groups import DataKnobs

COLUMNS = {
    "a": [1.0, 2.0, 4.0, 3.5, 2.5],
    "b": [3, 1, 2, 7, 5],
    "name": ["kim", "lee", "park", "choi", "lee"],
    "y": [2.0, 1.0, 5.0, 4.0, 1.0],
}


def structured(columns):
    return np.rec.fromarrays(list(columns.values()), names=list(columns))


@pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame, structured])
def test_a_table_is_read_as_a_file_is(make):
    design = read_design(DataKnobs(data=make(COLUMNS), target="y"))
    np.testing.assert_array_equal(design.X, np.column_stack([COLUMNS["a"], COLUMNS["b"]]))
    assert design.features == ("a", "b")
    assert design.reading.notes == (
        "left out of the table: 'name' (text); --dummies makes indicators of text.",
    )


@pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame])
def test_rows_without_a_value_are_named_by_their_place(make):
    table = make(
        COLUMNS | {"b": [3, None, 2, 7, 5], "name": ["kim", "lee", None, "kim", "lee"]}
    )
    asked = {"data": table, "target": "y"}
    said = r"^1 of 5 rows of the table lacks a value \(1 in 'b'; row 1\); give --missing drop"
    with pytest.raises(BadInput, match=said):
        read_design(DataKnobs(**asked))
    assert read_design(DataKnobs(**asked, missing="drop")).reading.n_dropped == 1
    indicators = read_design(DataKnobs(**asked, dummies=["name"], missing="drop"))
    assert indicators.reading.n_dropped == 2


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (pd.array([1, None, 3, 5, 2], dtype="Int64"), [1, np.nan, 3, 5, 2]),
        (pd.Series([1.5, np.nan, 3, 5, 2]), [1.5, np.nan, 3, 5, 2]),
        (np.array([1, 2, 3, 5, 2], dtype=np.float32), [1, 2, 3, 5, 2]),
        (["1", "2", "", "5", " 2 "], [1, 2, np.nan, 5, 2]),
        ([1, True, None, 2.5, 7], None),
        (pd.Categorical(["1", "2", "4", "1", "2"]), [1, 2, 4, 1, 2]),
        (pd.Series([True, False, True, True, False]), [1, 0, 1, 1, 0]),
        (pl.Series([1, None, 3, 5, 2]), [1, np.nan, 3, 5, 2]),
        (pl.Series([1.5, float("nan"), 3, 5, 2]), [1.5, np.nan, 3, 5, 2]),
    ],
)
def test_what_columns_hold(column, values):
    asked = {"data": COLUMNS | {"x": column}, "target": "y", "features": ("x",)}
    if values is None:
        with pytest.raises(BadInput, match="'x' holds 'True' among its numbers"):
            read_design(DataKnobs(**asked))
        return
    kept = ~np.isnan(values)
    design = read_design(DataKnobs(**asked, missing="drop"))
    np.testing.assert_array_equal(design.X[:, 0], np.array(values)[kept])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"b": [1.0, np.inf, 2.0, 1.0, 3.0]}, r"'b' holds 'inf' among its numbers \(row 1\)"),
        ({"b": [1.0, 2.0]}, "column 'b' of data has 2 values where 'a' has 5"),
        ({"b": np.ones((5, 2))}, r"column 'b' of the table has shape \(5, 2\)"),
        ({"b": pd.date_range("2024-01-01", periods=5)}, "'b' holds dates, such as '2024-01-01"),
        ({"b": [1j, 2, 3, 4, 5]}, "'b' holds text, such as '1j'"),
    ],
)
def test_tables_that_cannot_be_used(changed, said):
    with pytest.raises(BadInput, match=said):
        read_design(DataKnobs(data=COLUMNS | changed, target="y", features=("b",)))


@pytest.mark.parametrize("value", [7, None, True, ["a"], np.ones((3, 2)), {}])
def test_what_is_no_table(value):
    with pytest.raises(BadInput, match="data"):
        read_design(DataKnobs(data=value, target="y"))


def test_a_header_twice_in_pandas():
    frame = pd.DataFrame([[1, 2, 3], [2, 1, 5], [4, 7, 1]], columns=["a", "a", "y"])
    with pytest.raises(BadInput, match=r"only 'a' and 'a' \(a name that stands twice\)"):
        read_design(DataKnobs(data=frame, target="y"))


def test_neither_package_is_imported():
    program = (
        "import sys\n"
        "from regviz.lessons.data import read_design\n"
        "from regviz.lessons.knob_groups import DataKnobs\n"
        "read_design(DataKnobs(data={'a': [1, 2, 4], 'y': [2, 1, 5]}, target='y'))\n"
        "assert not {'pandas', 'polars', 'matplotlib'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_key_is_the_tables_content():
    def of(table):
        item = notebook._item("corner", "figure", "en", "light", {"data": table})
        alone = notebook.Lecture(
            folder=None,
            title="",
            author="",
            langs=("en",),
            formats={"figure": ("svg",)},
            items=(item,),
            data={},
        )
        return key(key_parts(notebook.job(item, alone, "figure"), {}))

    changed = {name: list(cells) for name, cells in COLUMNS.items()}
    changed["b"][2] = 3
    same = pd.DataFrame(COLUMNS)
    assert of(COLUMNS) == of(dict(COLUMNS)) == of(same)
    assert of(COLUMNS) != of(changed)
    renamed = {("aa" if name == "a" else name): cells for name, cells in COLUMNS.items()}
    assert of(COLUMNS) != of(renamed)


def test_what_is_drawn_is_the_table_as_it_was_given():
    table = {name: np.array(cells) for name, cells in COLUMNS.items()}
    asked = DataKnobs(data=table, target="y")
    table["a"][:] = 0.0
    np.testing.assert_array_equal(read_design(asked).X[:, 0], COLUMNS["a"])


def test_facts_say_what_the_data_were_in_words():
    shown = catalogue.exhibit("corner", {"data": COLUMNS, "target": "y"})
    said = facts(shown)
    assert said["parameters"]["data"] == "a table of 5 rows and 4 columns"
    assert said["data"] == {"rows": 5, "dropped_rows": 0}
    assert said["notes"] == list(shown.reading.notes)


def test_python_is_warned_where_it_asked():
    with pytest.warns(DataNote, match=r"^left out of the table: 'name' \(text\)") as caught:
        figures.draw("corner", data=COLUMNS, target="y")
    assert caught[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figures.draw("corner", data=COLUMNS, target="y", features=("a", "b"))
