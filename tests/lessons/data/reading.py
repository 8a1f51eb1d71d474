"""Files as tests write them, and what lessons read from them."""

from regviz.lessons.data import read_design
from regviz.lessons.knob_groups import DataKnobs


def read(folder, content, target="y", count=None, **asked):
    """Write a file and read it as a lesson does."""
    path = folder / "own.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_design(DataKnobs(data=str(path), target=target, **asked), count)


def notes(design, folder):
    """What is said of a file, without the folder that it is in."""
    return [note.replace(f"{folder}/", "") for note in design.reading.notes]
