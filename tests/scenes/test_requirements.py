import subprocess
import sys

import pytest

from regviz import scenes
from regviz.lessons.errors import BadInput
from regviz.scenes import requirements


def test_importing_scenes_imports_no_manim():
    code = "import sys, regviz.scenes; assert not {'manim', 'numpy', 'av'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_unknown_lessons_are_named():
    with pytest.raises(BadInput, match="there is no lesson 'corned'; did you mean 'corner'"):
        scenes.scene_class("corned")


@pytest.mark.parametrize("missing", ["manim", "typst", "cairo", "manimpango"])
def test_names_what_installs_it(missing, monkeypatch):
    def importer(name):
        if name == missing:
            raise ImportError(f"no {name}")

    monkeypatch.delitem(sys.modules, "manim", raising=False)  # another test may have loaded it
    monkeypatch.setattr(requirements.importlib, "import_module", importer)
    with pytest.raises(BadInput) as caught:
        requirements.require_manim()
    assert "python -m pip install 'regviz[video]'" in str(caught.value)
    needs_headers = missing in ("cairo", "manimpango")
    assert ("libcairo2-dev libpango1.0-dev pkg-config" in str(caught.value)) == needs_headers
