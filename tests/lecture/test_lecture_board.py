"""Progress of a build: a line for each task at work, and one for the whole."""

from dataclasses import replace

from regviz.lecture.board import Board
from regviz.lecture.cost import cost
from regviz.lecture.job import FigureJob, SceneJob


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
    board = Board(["first", "second", "third"], [1, 1, 2], terminal, shown=True)
    board.report(1, 1, 2)
    board.report(0, 1, 4)
    *_, last = terminal.text.split("\x1b[2A\x1b[J")
    assert last.splitlines() == [
        "[######------------------]  25%  first",
        "[############------------]  50%  second",
        "[####--------------------]  19%  0 of 3, less than a minute left",
    ]
    board.finish(1)
    assert terminal.text.endswith("\x1b[3A\x1b[J")
    board.report(0, 1, 2)
    assert terminal.text.splitlines()[-1].endswith("1 of 3, less than a minute left")


def test_a_long_line_is_cut_and_not_broken(monkeypatch):
    monkeypatch.setattr("regviz.lecture.board._REDRAW_SECONDS", 0.0)
    monkeypatch.setenv("COLUMNS", "40")
    terminal = _Terminal(live=True)
    Board(["x" * 99], [1], terminal, shown=True).report(0, 1, 2)
    assert all(len(line) < 40 for line in terminal.text.splitlines())


def test_a_log_gets_a_line_for_each_task_if_it_is_asked_for():
    log = _Terminal(live=False)
    clock = iter([0.0, 0.0, 90.0, 120.0]).__next__
    board = Board(["first", "second"], [30, 90], log, shown=True, n_workers=2, now=clock)
    board.report(0, 1, 2)
    board.finish(0)
    board.finish(1)
    # A quarter of the work took 90 s, so that the rest takes three times as long.
    assert log.text.splitlines() == [" 25%  1 of 2, about 4 min left", "100%  2 of 2"]


def test_nothing_where_it_is_not_asked_for():
    log = _Terminal(live=False)
    board = Board(["first"], [1], log, shown=False)
    board.report(0, 1, 2)
    board.finish(0)
    assert log.text == ""


def test_before_anything_is_done_the_costs_tell_what_is_left(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    terminal = _Terminal(live=True)
    Board(["a"], [600], terminal, shown=True, n_workers=2).report(0, 0, 9)
    assert terminal.text.splitlines()[-1].endswith("0 of 1, about 5 min left")


def test_a_larger_video_costs_more():
    video = SceneJob(
        lesson="corner", values={}, lang="en", theme="light", stem="x", formats=("mp4",),
        transparent=False, width=854, height=480, fps=15, still=False, captions=(),
    )  # fmt: skip
    large = replace(video, width=1920, height=1080, fps=60)
    assert cost(large) > 5 * cost(video) > 20 * cost(_figure())


def _figure():
    return FigureJob(
        lesson="corner", values={}, lang="en", theme="light", stem="x", formats=("svg",),
        transparent=False, aspect="16:9", dpi=200,
    )  # fmt: skip
