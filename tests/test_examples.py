"""The examples of a run before a merge are fixed: nothing but the test itself changes them."""

import sys
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import FIXED, examples


def _drawn():
    numbers = []

    @examples(400)
    @given(st.floats(1.0, 2.0))
    def draw(number):
        numbers.append(number)

    draw()
    return numbers


def test_code_that_is_loaded_meanwhile_changes_no_example(tmp_path, monkeypatch):
    if settings.get_current_profile_name() != FIXED:
        pytest.skip("examples are drawn at random")
    before = _drawn()
    assert len(before) == 400
    path = tmp_path / "newly_loaded.py"
    path.write_text("SIZE = 1.2345678901\nOTHER = 1.3456789012\n")
    spec = spec_from_file_location("newly_loaded", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setitem(sys.modules, "newly_loaded", module)
    assert _drawn() == before


def test_the_number_of_examples_is_as_asked():
    few = settings.get_current_profile_name() == FIXED
    assert examples(12).max_examples == (12 if few else 300)
