"""Which columns a lesson takes, what is said of those it leaves, and what is refused."""

import numpy as np
import pytest

from regviz.lessons import catalogue
from regviz.lessons.errors import BadInput
from tests.lessons.data.reading import notes, read


def table(*columns, n=8):
    """Eight rows of the columns that are named, in which `a`, `b` and `y` are plain."""
    kinds = {
        "": lambda i: i + 1,
        "a": lambda i: (i * 5) % 8,
        "b": lambda i: (i * i) % 7 + 0.5,
        "y": lambda i: (i * 3) % 7,
        "id": lambda i: i + 101,
        "Unnamed: 0": lambda i: i,
        "count": lambda i: i + 1,
        "year": lambda i: 1990 + i,
        "name": lambda i: f"student {i}",
        "group": lambda i: "wes"[i % 3],
        "day": lambda i: f"2024-03-{i + 1:02}",
        "us day": lambda i: f"3/{i + 1}/2024",
        "날짜": lambda i: f"2024년 3월 {i + 1}일",
        "same": lambda i: 3,
        "rounding": lambda i: 0.1 + 0.2 if i % 2 else 0.3,
        "empty": lambda i: "",
        "smoker": lambda i: "yes" if i % 3 else "no",
        "old": lambda i: "TRUE" if i % 2 else "FALSE",
        "zero one": lambda i: i % 2,
        "wards": lambda i: 4 + i % 3,
    }
    rows = [",".join(str(kinds[name](i)) for name in columns) for i in range(n)]
    return "\n".join([",".join(columns), *rows]) + "\n"


@pytest.mark.parametrize(
    ("columns", "features", "said"),
    [
        (("a", "b", "y"), ("a", "b"), ""),
        (("", "a", "b", "y"), ("a", "b"), "the first column (without a name)"),
        (("name", "a", "group", "y"), ("a",), "'name' and 'group' (text); --dummies makes"),
        (("a", "day", "us day", "날짜", "y"), ("a",), "'day', 'us day' and '날짜' (dates)."),
        (("a", "same", "rounding", "y"), ("a",), "'same' and 'rounding' (constant)."),
        (("a", "empty", "y", ""), ("a",), "'empty' (empty), column 4 (without a name)."),
        (("id", "a", "y"), ("a",), "'id' (naming or counting rows); name one in --features"),
        (("a", "y", "id"), ("a",), "'id' (naming or counting rows);"),
        (("Unnamed: 0", "a", "y"), ("a",), "'Unnamed: 0' (naming or counting rows);"),
        (("count", "a", "y"), ("a",), "'count' (naming or counting rows);"),
        (("count", "y"), ("count",), ""),
        (("a", "count", "y"), ("a", "count"), ""),
        (("year", "a", "y"), ("year", "a"), ""),
        (("a", "a", "b", "y"), ("b",), "'a' and 'a' (a name that stands twice)."),
    ],
)
def test_all_that_can_be_learned_from_is_taken(tmp_path, columns, features, said):
    design = read(tmp_path, table(*columns))
    assert design.features == features
    found = notes(design, tmp_path)
    assert len(found) == bool(said)
    if said:
        assert found[0].startswith(f"left out of data file own.csv: {said}")


@pytest.mark.parametrize("name", ["id", "Unnamed: 0", "count", "year"])
def test_what_is_named_is_taken(tmp_path, name):
    assert read(tmp_path, table(name, "a", "y"), features=(name,)).features == (name,)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            {"features": ("group", "day")},
            "'group' holds text, such as 'w'; .* --dummies group. c",
        ),
        ({"features": ("group", "day")}, "column 'day' holds dates, such as '2024-03-01'"),
        ({"features": ("same",)}, r"column 'same' is constant \(3\)"),
        ({"features": ("rounding",)}, r"column 'rounding' is constant \(0.3\)"),
        ({"features": ("empty",)}, "column 'empty' holds nothing"),
        (
            {"features": ("A", "grop")},
            "no columns 'A' and 'grop'; did you mean 'a' and 'group'",
        ),
        ({"drop": ("nothing",)}, "has no column 'nothing'"),
        ({"dummies": ("nothing",)}, "has no column 'nothing'"),
        ({"features": ("a", "y")}, "'y' is both target and feature"),
        ({"features": ("a",), "drop": ("a",)}, "'a' is both used and dropped"),
        ({"drop": ("a", "b")}, "no column to learn from besides 'y', only 'group'"),
        ({"drop": ("a", "b")}, "or give --dummies group to make indicators"),
        ({"target": "group"}, r"'group' holds text of 3 kinds \('e', 's' and 'w'\); .* as 'a'"),
        ({"target": "day"}, "target 'day' holds dates"),
        ({"target": "same"}, r"target 'same' is constant \(3\); choose"),
        ({"target": "empty"}, "target 'empty' holds nothing"),
        (
            {"target": None},
            "needs its target named; give --target with one of 'a', 'b' and 'y'",
        ),
        ({"dummies": ("same",)}, "'same' .* has the same in every row"),
        ({"dummies": ("name",)}, "'name' .* has 8 different words or numbers, too many"),
    ],
)
def test_what_is_refused(tmp_path, asked, said):
    columns = ("a", "b", "y", "group", "day", "same", "rounding", "empty", "name")
    with pytest.raises(BadInput, match=said):
        read(tmp_path, table(*columns), **asked)


def test_a_name_that_stands_twice_is_refused_only_where_it_is_used(tmp_path):
    content = table("a", "a", "b", "y")
    assert read(tmp_path, content, features=("b",)).features == ("b",)
    with pytest.raises(BadInput, match="more than one column named 'a'"):
        read(tmp_path, content, features=("a", "b"))


def test_names_hold_anything(tmp_path):
    names = ["cost, $", 'say "so"', "a{b}%<i>", "back\\slash", "two\nlines", "bell\x07", "y"]
    written = ",".join('"{}"'.format(name.replace('"', '""')) for name in names)
    rows = "".join(
        f"{3 * i},{i * i % 5},{i % 3},{-i % 4},{i**3 % 7},{i % 5},{i}\n" for i in range(9)
    )
    design = read(tmp_path, f"{written}\n{rows}", drop=('"two\nlines"'[1:-1],))
    assert design.features == ("cost, $", 'say "so"', "a{b}%<i>", "back\\slash", "bell")
    asked = read(tmp_path, f"{written}\n{rows}", features='"cost, $","say ""so"""')
    assert asked.features == ("cost, $", 'say "so"')


# ---- categories and truths


def test_indicators_are_rs_model_matrix(tmp_path):
    design = read(tmp_path, table("a", "group", "wards", "y"), dummies=("group", "wards"))
    assert design.features == ("a", "group=s", "group=w", "wards=5", "wards=6")
    groups = np.array(["wes"[i % 3] for i in range(8)])
    np.testing.assert_array_equal(design.X[:, 1], groups == "s")
    np.testing.assert_array_equal(design.X[:, 2], groups == "w")
    np.testing.assert_array_equal(design.X[:, 3], np.arange(8) % 3 == 1)
    assert notes(design, tmp_path)[0] == (
        "column 'group' is made 'group=s' and 'group=w', each against 'e'."
    )


def test_indicators_are_added_to_features_that_are_named(tmp_path):
    content = table("a", "b", "group", "y")
    design = read(tmp_path, content, features=("a",), dummies=("group",))
    assert design.features == ("a", "group=s", "group=w")


def test_a_row_without_a_category_lacks_a_value(tmp_path):
    content = table("a", "group", "y").replace(",w,", ",NA,", 1)
    with pytest.raises(BadInput, match=r"1 of 8 rows .* \(1 in 'group'; line 2\)"):
        read(tmp_path, content, dummies=("group",))
    assert len(read(tmp_path, content, dummies=("group",), missing="drop").y) == 7


def test_truths_are_numbers_and_that_is_said(tmp_path):
    design = read(tmp_path, table("smoker", "old", "y"))
    np.testing.assert_array_equal(design.X[:, 0], np.arange(8) % 3 > 0)
    np.testing.assert_array_equal(design.X[:, 1], np.arange(8) % 2)
    assert notes(design, tmp_path) == [
        "column 'smoker' is read as 1 and 0 where it holds 'no' and 'yes'.",
        "column 'old' is read as 1 and 0 where it holds 'FALSE' and 'TRUE'.",
    ]


@pytest.mark.parametrize(
    ("target", "values", "said"),
    [
        ("zero one", np.arange(8) % 2, "'zero one' holds only 0 and 1, and is regressed"),
        ("old", np.arange(8) % 2, "'old' is regressed as numbers: 1 where it is 'TRUE', 0 wh"),
        (
            "smoker",
            np.arange(8) % 3 > 0,
            "'smoker' is regressed as numbers: 1 where it is 'yes'",
        ),
    ],
)
def test_a_target_of_two_values_is_regressed_with_a_line_that_says_so(
    tmp_path, target, values, said
):
    design = read(tmp_path, table("a", "b", target), target)
    np.testing.assert_array_equal(design.y, values)
    assert notes(design, tmp_path)[-1].startswith(f"target {said}")


# ---- rows


def rows_without(n, lacking):
    lines = [f"{i * 7 % n},{i * i % 11},{i}" for i in range(n)]
    for row, column in lacking:
        cells = lines[row].split(",")
        cells[column] = "NA"
        lines[row] = ",".join(cells)
    return "a,b,y\n" + "\n".join(lines) + "\n"


def test_rows_that_lack_values_are_counted_and_some_are_named(tmp_path):
    content = rows_without(30, [(1, 0), (1, 2), (4, 2), *((row, 2) for row in range(9, 20))])
    with pytest.raises(BadInput) as refused:
        read(tmp_path, content)
    assert str(refused.value).replace(f"{tmp_path}/", "") == (
        "13 of 30 rows of data file own.csv lack a value (13 in 'y' and 1 in 'a'; lines 3, 6, "
        "11, 12, 13, 14 and 7 more); give --missing drop to leave them out, or fill them in."
    )
    design = read(tmp_path, content, missing="drop")
    assert (design.reading.n_rows, design.reading.n_dropped) == (17, 13)
    assert notes(design, tmp_path)[0].endswith("13, 14 and 7 more) and are left out.")
    whole = [i for i in range(30) if i not in (1, 4, *range(9, 20))]
    np.testing.assert_array_equal(design.y, whole)


def test_a_row_that_lacks_what_is_not_used_stays(tmp_path):
    content = rows_without(10, [(3, 1)])
    assert len(read(tmp_path, content, features=("a",)).y) == 10


def test_where_dropping_rows_leaves_none_a_column_is_named(tmp_path):
    content = rows_without(10, [(row, 1) for row in range(8)])
    said = r"8 of 10 rows .*, which leaves 2; give --drop b, or fill them in."
    with pytest.raises(BadInput, match=said):
        read(tmp_path, content, missing="drop")
    assert read(tmp_path, content, drop=("b",)).features == ("a",)


def test_a_column_that_is_constant_in_the_rows_left_is_left_out(tmp_path):
    content = "a,b,y\n1,1,2\n4,1,3\n2,1,5\nNA,2,1\n7,1,9\n"
    design = read(tmp_path, content, missing="drop")
    assert design.features == ("a",)
    assert "'b' never varies in the rows of" in notes(design, tmp_path)[-1]
    with pytest.raises(BadInput, match="'b' never varies"):
        read(tmp_path, content, missing="drop", features=("a", "b"))


# ---- every lesson alike

LESSONS = ("corner", "feature-selection", "bias-variance", "dropout")


@pytest.mark.parametrize("slug", LESSONS)
@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (
            {"y": lambda i: (-1) ** i, "a": lambda i: (-1) ** (i // 2)},
            "no feature .* correlated",
        ),
        ({"y": lambda i: i * i, "a": lambda i: i * 1e200}, "'a' holds numbers too large to be"),
        (
            {"y": lambda i: i * i, "a": lambda i: i * 1e-200},
            "'a' holds numbers too small to be",
        ),
        ({"y": lambda i: i * 1e200, "a": lambda i: i * i}, "'y' holds numbers too large to be"),
    ],
)
def test_every_lesson_refuses_alike(tmp_path, slug, columns, said):
    columns = columns | {"b": lambda i: (-1) ** (i // 4)}
    path = tmp_path / "own.csv"
    rows = [",".join(repr(make(i)) for make in columns.values()) for i in range(64)]
    path.write_text("\n".join([",".join(columns), *rows]))
    features = {"bias-variance": ("a",), "feature-selection": None}.get(slug, ("a", "b"))
    with pytest.raises(BadInput, match=said):
        catalogue.exhibit(slug, {"data": str(path), "target": "y", "features": features})


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("corner", "has 3 features; give --features with two of 'a', 'b' and 'wards'."),
        ("dropout", "has 3 features; give --features with two of 'a', 'b' and 'wards'."),
        ("bias-variance", "has 3 features; give --features with one of 'a', 'b' and 'wards'."),
    ],
)
def test_lessons_that_take_few_features_say_which_there_are(tmp_path, slug, said):
    path = tmp_path / "own.csv"
    path.write_text(table("name", "a", "b", "wards", "y"))
    with pytest.raises(BadInput) as refused:
        catalogue.exhibit(slug, {"data": str(path), "target": "y"})
    assert str(refused.value).endswith(said)
    with pytest.raises(BadInput, match="will not do; this lesson takes"):
        catalogue.exhibit(
            slug, {"data": str(path), "target": "y", "features": ("a", "b", "wards")}
        )


# ---- words among numbers, and too few features


def test_cells_that_are_no_numbers_are_named_with_their_lines(tmp_path):
    rows = [f"{i % 5},{(i * i) % 7},{'inf' if i % 3 == 0 else i}" for i in range(12)]
    content = "\n".join(["a,b,days", *rows])
    with pytest.raises(BadInput) as refused:
        read(tmp_path, content, target="days")
    assert "'days' holds 'inf' among its numbers (lines 2, 5, 8 and 11)" in str(refused.value)
    assert "give --missing drop" in str(refused.value)
    design = read(tmp_path, content, target="b")
    assert design.features == ("a",)
    assert "'days' ('inf' among its numbers)" in notes(design, tmp_path)[0]
    with pytest.raises(BadInput, match=r"'days' holds 'inf' .*, or give --dummies days"):
        read(tmp_path, content, target="b", features=("days",))


@pytest.mark.parametrize("slug", ["corner", "dropout"])
def test_a_lesson_that_lacks_features_says_which_were_left_out(tmp_path, slug):
    path = tmp_path / "own.csv"
    path.write_text(table("count", "a", "y"))
    said = r"has only 'a' besides 'y'.* Left out: 'count' \(naming .* name one in --features"
    with pytest.raises(BadInput, match=said):
        catalogue.exhibit(slug, {"data": str(path), "target": "y"})
