"""Names that are cut: short enough, and different where they are different."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regviz.lessons.data.stand_ins import stand_ins
from regviz.lessons.names import short_names, width

NAMES = st.lists(
    st.text("ab 가나", min_size=1, max_size=40), min_size=1, max_size=6, unique=True
)


@given(NAMES, st.integers(8, 16))
def test_different_names_stay_different(names, longest):
    short = short_names(names, longest)
    assert len(set(short)) == len(names)
    assert all(width(each) <= longest for each in short)
    for name, each in zip(names, short, strict=True):
        assert each == name or width(name) > longest


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["age", "blood pressure at rest"], ["age", "blood pressure …"]),
        (
            ["hours of sleep before", "hours of sleep after"],
            ["hours of… before", "hours of…p after"],
        ),
        (
            [
                f"the average number of hours per week {how} weekends"
                for how in ("with", "less")
            ],
            ["the… with weeke…", "the… less weeke…"],
        ),
        (["공부시간", "주당 평균 공부시간(주말 제외)"], ["공부시간", "주당 평균 공부…"]),
        (
            ["주당 평균 공부시간(주말 제외)", "주당 평균 공부시간(주말 포함)"],
            ["주당 평… 제외)", "주당 평… 포함)"],
        ),
    ],
)
def test_names_are_cut_where_they_do_not_differ(names, short):
    assert short_names(names) == short


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["age", "나이", "возраст", "$x_1$"], ["age", "나이", "возраст", "$x_1$"]),
        (["a", "ห้อง", "🙂 mood"], ["a", "column 2", "mood"]),
        (["mood", "🙂 mood", "🙂"], ["mood", "column 2", "column 3"]),
    ],
)
def test_what_no_font_can_write_has_a_stand_in(names, shown):
    found, said = stand_ins(names, range(len(names)))
    assert list(found) == shown
    assert bool(said) == (names != shown)
    assert all(
        f"'{name}' as '{new}'" in said
        for name, new in zip(names, shown, strict=True)
        if name != new
    )
