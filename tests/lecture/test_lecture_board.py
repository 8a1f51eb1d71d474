"""Progress of a build: a line for each task at work, and one for the whole."""

from regviz.lecture.board import Board


class _Terminal:
    def __init__(self, live):
        self.live = live
        self.text = ""

    def isatty(self):
        return self.live

    def write(self, text):
        self.text += text

    def flush(self):
        pass


def test_lines_are_drawn_over_themselves(monkeypatch):
    monkeypatch.setattr("regviz.lecture.board._REDRAW_SECONDS", 0.0)
    terminal = _Terminal(live=True)
    board = Board(["first", "second", "third"], terminal, shown=True)
    board.report(1, 1, 2)
    board.report(0, 1, 4)
    *_, last = terminal.text.split("\x1b[2A\x1b[J")
    assert last.splitlines() == [
        "[######------------------]  25%  first",
        "[############------------]  50%  second",
        "[######------------------]  25%  0 of 3",
    ]
    board.finish(1)
    assert terminal.text.endswith("\x1b[3A\x1b[J")
    board.report(0, 1, 2)
    assert terminal.text.splitlines()[-1].endswith("1 of 3")


def test_a_long_line_is_cut_and_not_broken(monkeypatch):
    monkeypatch.setattr("regviz.lecture.board._REDRAW_SECONDS", 0.0)
    monkeypatch.setenv("COLUMNS", "40")
    terminal = _Terminal(live=True)
    Board(["x" * 99], terminal, shown=True).report(0, 1, 2)
    assert all(len(line) < 40 for line in terminal.text.splitlines())


def test_nothing_where_it_is_no_terminal():
    log = _Terminal(live=False)
    board = Board(["first"], log, shown=True)
    board.report(0, 1, 2)
    board.finish(0)
    assert log.text == ""
