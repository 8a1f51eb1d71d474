"""The commands that make a lecture: what they say, and their exit codes."""

from regviz.lecture.document import FILE_NAME


def test_init_says_what_to_do_next(regviz):
    result = regviz("init", "my lecture")
    assert result.exit_code == 0
    assert result.stdout == (
        f"my lecture/{FILE_NAME}  change it as you like, then run: regviz build 'my lecture'\n"
    )
    assert regviz.files() == [f"my lecture/{FILE_NAME}"]


def test_init_overwrites_only_with_force(regviz):
    regviz("init", ".")
    (regviz.folder / FILE_NAME).write_text("mine")
    assert regviz.refuses("init", ".") == f"{FILE_NAME} is there already; --force replaces it."
    assert (regviz.folder / FILE_NAME).read_text() == "mine"
    assert regviz("init", ".", "--force").exit_code == 0
    assert (regviz.folder / FILE_NAME).read_text() != "mine"


def test_what_init_writes_can_be_built(regviz):
    regviz("init", ".")
    result = regviz("build", "--dry-run")
    assert result.exit_code == 0
    assert "make    corner figure: new" in result.stdout
    assert regviz.files() == [FILE_NAME]


def test_build_without_a_lecture(regviz):
    said = regviz.refuses("build", "nowhere")
    assert said == "nowhere/lecture.toml does not exist; `regviz init DIR` writes one."


def test_build_says_all_that_is_wrong(regviz):
    (regviz.folder / FILE_NAME).write_text('titel = "x"\n[[item]]\nlesson = "cornr"\n')
    result = regviz("build")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        f"regviz: {FILE_NAME} has 3 problems; nothing was made.",
        '  line 1: key "titel" is unknown; did you mean "title"?',
        '  line 1: title is missing; give title = "...".',
        '  line 3: there is no lesson "cornr"; did you mean "corner"?',
    ]
    assert regviz.files() == [FILE_NAME]
