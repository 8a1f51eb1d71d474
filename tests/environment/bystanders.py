"""A user's own files with the names that our folders and modules have."""

NAMES = ("lecture", "figures", "pages", "scenes", "lessons", "cli")
_CONTENT = 'raise RuntimeError("this is the user\'s own {name}, and was imported")\n'


def write(folder, *, as_folders=False):
    """Put them into a folder, as modules or as packages, and return their paths."""
    made = []
    for name in NAMES:
        path = folder / name / "__init__.py" if as_folders else folder / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_CONTENT.format(name=name))
        made.append(path)
    return made
