"""Whatever is wrong with a file, the window opens what is good, says what is not, and stays what it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fuzz.files import fuzz, originals
from tests.helpers.shown import close_for_good
from timeline_app.app import create_window
from timeline_app.core.errors import ReadError
from timeline_app.ui.dialogs.notice_dialog import NoticeDialog
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.safe_widgets import PlainLabel

# The offscreen platform says so for every dialog.
pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)")

MUTANTS = 500
WINDOW_MUTANTS = 24

# What cannot be opened at all, and a part of what is said about it.
UNREADABLE = {
    "empty.yaml": (b"", "the file is empty"),
    "binary.yaml": (b"timeline_format: 1\n\x00", "binary file"),
    "picture.png": (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture (PNG)"),
    "broken.yaml": (b"timeline_format: 1\nevents: [{title: a\n", "3:1"),
    "broken.json": (b'{"timeline_format": 1, "events": [', "1:"),
    "letter.txt": (b"Dear diary,\n", "format of the file is not known"),
    "later.yaml": (b"timeline_format: 2\nevents: []\n", "expected 1"),
    "bomb.yaml": (b"timeline_format: 1\na: &a [x]\nb: [*a, *a]\nevents: []\n", "alias"),
}

# One bad thing each, in the second of two events, and the line and a part of what is said about it.
BAD_PARTS = {
    "impossible date": ("when: 2024-02-30", "30 is not a day"),
    "end before start": ("when: 2024-05/2024-03", "before"),
    "unknown key": ("when: 2024-05, wehn: x", "wehn"),
    "unknown source": ("when: 2024-05, excerpts: [{source: nobody, text: x}]", "nobody"),
    "link to nothing": ("when: 2024-05, links: [{to: nowhere}]", "nowhere"),
    "duplicate id": ("id: good, when: 2024-05", "good"),
    "wrong type": ("when: [2024-05, 2024-06]", "when"),
    "no date": ("type: battle", "when"),
}


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = create_window([])
    with qtbot.waitActive(window):
        window.show()
    yield window
    close_for_good(window)


def said_in(notice: NoticeDialog) -> str:
    return "\n".join(label.text() for label in notice.findChildren(PlainLabel))


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    content, said = UNREADABLE[name]
    path = tmp_path / name
    path.write_bytes(content)
    title = window.session.table.title
    with qtbot.waitSignal(window.files.failed):
        window.files.open_files([path])
    [notice] = window.findChildren(NoticeDialog)
    assert str(path) in said_in(notice)
    assert said in said_in(notice)
    assert window.session.table.title == title
    assert path.read_bytes() == content


@pytest.mark.parametrize("when", ["at the start", "later"])
def test_of_several_files_those_that_cannot_be_read_are_told_until_they_are_read_about(
    qtbot: QtBot, tmp_path: Path, when: str
) -> None:
    good, *bad = paths = [tmp_path / name for name in ("good.yaml", "broken.yaml", "missing.yaml")]
    good.write_text("timeline_format: 1\nevents: [{title: Good, when: 2024-03}]\n", encoding="utf-8")
    bad[0].write_bytes(UNREADABLE["broken.yaml"][0])
    window = create_window(paths if when == "at the start" else [])
    if when == "later":
        with qtbot.waitSignal(window.files.opened):
            window.files.open_files(paths)
    [notice] = window.findChildren(NoticeDialog)
    assert said_in(notice).startswith("Not all files were opened")
    assert all(str(path) in said_in(notice) for path in bad)
    assert window.files.paths == (good,)
    close_for_good(window)


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_what_is_no_file_is_refused_at_once(window: MainWindow, qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "it.yaml"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("there are no pipes with names here")
        os.mkfifo(path)
    with qtbot.waitSignal(window.files.failed):
        window.files.open_files([path])
    [notice] = window.findChildren(NoticeDialog)
    assert str(path) in said_in(notice)


@pytest.mark.parametrize("name", BAD_PARTS)
def test_one_bad_part_is_listed_with_its_line_and_the_rest_opens(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    part, said = BAD_PARTS[name]
    path = tmp_path / "bad.yaml"
    lines = [
        "timeline_format: 1",
        "events:",
        "  - {id: good, title: Good, when: 2024-03}",
        f"  - {{title: Bad, {part}}}",
    ]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    window = create_window([path])
    qtbot.addWidget(window)
    window.show()
    problems = [problem for problem in window.session.table.problems if said in problem.message]
    assert [problem.line for problem in problems] == [4]
    assert "Good" in window.session.table.titles_of(range(len(window.session.table)))
    assert window.problems_bar.isVisible()
    report = window.session.table.files[0]
    assert report.read == report.loaded + report.rejected == 2
    counts = window.timeline.frame.counts
    counted = counts.shown + counts.merged + counts.outside + counts.filtered_out
    assert counts.loaded == report.loaded == counted


@pytest.mark.parametrize("name", sorted(originals()))
def test_mutants_are_read_or_refused_and_never_break_the_reader(tmp_path: Path, name: str) -> None:
    outcomes = list(fuzz(name, seed=1, cases=MUTANTS, folder=tmp_path))
    assert [outcome for outcome in outcomes if outcome.fault] == []
    assert 0 < sum(outcome.was_read for outcome in outcomes) < MUTANTS


def test_mutants_that_can_be_read_can_be_shown(qtbot: QtBot, tmp_path: Path) -> None:
    original = originals()["yaml"]
    shown = 0
    for number in range(WINDOW_MUTANTS):
        path = tmp_path / f"{number}.yaml"
        lines = original.splitlines(keepends=True)
        # Every so many lines one is left out, so that most of the file stays what it was.
        path.write_bytes(b"".join(line for place, line in enumerate(lines) if place % WINDOW_MUTANTS != number))
        try:
            window = create_window([path])
        except ReadError:
            continue
        window.show()
        QApplication.processEvents()
        for row in range(0, len(window.session.table), 7):
            window.session.show_event(row)
        assert window.timeline.frame.counts.loaded == len(window.session.table)
        shown += 1
        close_for_good(window)
    assert shown > 0
