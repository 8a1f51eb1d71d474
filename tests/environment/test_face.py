"""The public face: light, documented, and complete for completion."""

import inspect
import subprocess
import sys

import pytest

import regviz
from regviz.lessons import catalogue

LESSONS = [entry.slug for entry in catalogue.entries()]
MEDIA = {"figure": "figure", "video": "scene", "page": "page"}


def test_importing_it_loads_nothing_slow():
    code = (
        "import sys, regviz\n"
        "dir(regviz), regviz.figure.corner.__doc__, regviz.lessons()\n"
        "assert not {'numpy', 'matplotlib', 'manim', 'click'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_it_lists_what_it_has_and_explains_it():
    assert dir(regviz) == ["BadInput", "figure", "lessons", "page", "video"]
    for name in dir(regviz):
        assert inspect.getdoc(getattr(regviz, name))
    with pytest.raises(AttributeError, match="'regviz' has no attribute 'nothing'"):
        _ = regviz.nothing


def test_lessons_are_a_list_and_still_the_package():
    assert [entry.slug for entry in regviz.lessons()] == LESSONS
    assert f"  {LESSONS[-1]}  " in repr(regviz.lessons("ko"))
    assert (
        regviz.lessons().__class__.__name__ in regviz.lessons.__call__.__annotations__["return"]
    )
    assert regviz.lessons.catalogue is catalogue
    assert regviz.lessons()._repr_html_().count("<code>") == len(LESSONS)
    with pytest.raises(regviz.BadInput, match="language 'fr' is unknown"):
        regviz.lessons("fr")


@pytest.mark.parametrize("slug", LESSONS)
@pytest.mark.parametrize("name", MEDIA)
def test_every_lesson_shows_its_parameters(name, slug):
    medium = getattr(regviz, name)
    attribute = catalogue.module_name(slug)
    assert (attribute in dir(medium)) == (MEDIA[name] in catalogue.entry(slug).media)
    if attribute not in dir(medium):
        return
    lesson = getattr(medium, attribute)
    signature = inspect.signature(lesson)
    assert all(p.kind is p.KEYWORD_ONLY for p in signature.parameters.values())
    for knob in catalogue.parameters_class(slug).knobs():
        assert signature.parameters[knob.name].default == knob.default
        assert knob.metadata["kind"].describe() in lesson.__doc__
    assert {"lang", "theme"} <= set(signature.parameters)
    assert lesson.__name__ == attribute


def test_a_notebook_completes_lessons_and_parameters():
    shell = pytest.importorskip("IPython.core.interactiveshell").InteractiveShell.instance()
    try:
        shell.run_cell("import regviz")
        for uses_jedi in (True, False):
            shell.Completer.use_jedi = uses_jedi
            assert _offered(shell, "regviz.fig") == {"figure"}
            assert _offered(shell, "regviz.figure.corn") == {"corner"}
            assert {"rho=", "lam=", "lang="} <= _offered(shell, "regviz.figure.corner(")
    finally:
        type(shell).clear_instance()


def _offered(shell, code):
    from IPython.core.completer import provisionalcompleter

    with provisionalcompleter():
        found = shell.Completer.completions(code, len(code))
        return {each.text.removeprefix(".") for each in found}


def test_a_slip_in_a_notebook_is_one_sentence():
    with pytest.raises(regviz.BadInput) as caught:
        regviz.figure.corner(roh=0.5)
    (said,) = caught.value._render_traceback_()
    assert said.startswith("regviz: parameter 'roh' is unknown; give ")


def test_tables_of_the_same_shape_are_told_apart(tmp_path, monkeypatch):
    monkeypatch.setenv("REGVIZ_CACHE", str(tmp_path))
    rows = {"a": [1.0, 2, 3, 5], "b": [2.0, 1, 5, 3], "y": [3.0, 5, 4, 9]}
    first = regviz.figure("corner", data=rows, target="y")
    again = regviz.figure.corner(data={**rows, "y": [9.0, 4, 5, 3]}, target="y")
    assert first.files["svg"] != again.files["svg"]
    first.save(tmp_path / "first.SVG")
    assert (tmp_path / "first.SVG").read_bytes() == first.files["svg"]
    with pytest.raises(regviz.BadInput, match="data = "):
        regviz.figure("corner", data=3, target="y")
    with pytest.raises(regviz.BadInput, match=r"x\.mp4 will not do; give a name that ends in"):
        first.save("x.mp4")
