"""The status line tells where every event is, what is on screen, and what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.helpers.small_conflict import small_table
from tests.helpers.tables import NO_ACTORS, make_dataset, make_event
from timeline_app.core.build import build_table
from timeline_app.core.calendar import seconds_from_civil
from timeline_app.core.dataset import Problem
from timeline_app.core.filter import Filter
from timeline_app.scene.frame import Counts
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.look import Look
from timeline_app.ui.panels import status_line
from timeline_app.ui.panels.status_line import StatusLine, counts_in_words
from timeline_app.ui.session import Session


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(small_table())


@pytest.fixture
def line(qtbot: QtBot, session: Session) -> StatusLine:
    line = StatusLine(session, Look(session.table, "light"))
    qtbot.addWidget(line)
    line.resize(1000, 28)
    line.show()
    qtbot.waitExposed(line)
    return line


@pytest.mark.parametrize(
    ("counts", "possible", "words"),
    [
        (Counts(22, 22, 0, 0, 0), 0, "22 events = 22 shown + 0 merged + 0 filtered out"),
        (Counts(22, 10, 5, 7, 1), 0, "22 events = 10 shown + 5 merged into 1 count + 7 filtered out"),
        (
            Counts(12_345, 40, 7, 12_298, 2),
            6,
            "12,345 events = 40 shown + 7 merged into 2 counts + 12,298 filtered out · match: 41 certain + 6 possible",
        ),
        (Counts(1, 1, 0, 0, 0), 0, "1 event = 1 shown + 0 merged + 0 filtered out"),
    ],
)
def test_the_sum_in_words(counts: Counts, possible: int, words: str) -> None:
    assert counts_in_words(counts, possible) == words


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(0, 10**7))
def test_all_four_numbers_are_on_screen(shown: int, merged: int, filtered: int) -> None:
    loaded = shown + merged + filtered
    words = counts_in_words(Counts(loaded, shown, merged, filtered, min(merged, 7)), 0)
    assert words.startswith(f"{loaded:,} event")
    assert f" = {shown:,} shown + {merged:,} merged" in words
    assert words.endswith(f" + {filtered:,} filtered out")


def test_a_message_stands_in_place_of_the_selection_for_a_while(line: StatusLine, session: Session) -> None:
    session.set_selection((0,))
    line.show_message("saved")
    assert line.selection_label.text() == "saved"
    line.show_message("")
    assert line.selection_label.text() == "selected: Pact"


def test_an_event_that_is_nowhere_is_not_hidden(line: StatusLine) -> None:
    with pytest.raises(ValueError, match="3 shown \\+ 2 merged \\+ 2 filtered out are not 8 loaded"):
        line.set_counts(Counts(8, 3, 2, 2, 1))


def test_counts_and_possible_matches(line: StatusLine, session: Session) -> None:
    session.set_filter(Filter(since="2024-06-15", until="2024-10-24"))
    line.set_counts(Counts(8, session.result.shown, 0, 8 - session.result.shown, 0))
    assert line.counts_label.text() == (
        "8 events = 5 shown + 0 merged + 3 filtered out · match: 4 certain + 1 possible"
    )


def test_range_and_selection_follow_the_session(line: StatusLine, session: Session) -> None:
    first_s, last_s = seconds_from_civil(2024, 6, 1), seconds_from_civil(2024, 10, 24)
    session.set_viewport(Viewport(first_s, 0.0, (last_s - first_s) / 1000, 1000))
    assert line.range_label.text() == "1 June to 23 October 2024"
    assert line.selection_label.text() == ""
    session.set_selection((0,))
    assert line.selection_label.text() == "selected: Pact"
    session.set_selection((0, 1))
    assert line.selection_label.text() == "2 selected"


def test_problems_open_on_click(qtbot: QtBot, line: StatusLine, session: Session) -> None:
    assert line.problems_button.text() == "no problems"
    assert not line.problems_button.isEnabled()
    problems = [Problem("bad date"), Problem("no title")]
    session.set_table(build_table([make_dataset([make_event()], problems=problems)], NO_ACTORS))
    assert line.problems_button.text() == "2 problems"
    with qtbot.waitSignal(line.problems_clicked):
        qtbot.mouseClick(line.problems_button, Qt.MouseButton.LeftButton)
    line.problems_button.setFocus()
    with qtbot.waitSignal(line.problems_clicked):
        qtbot.keyClick(line.problems_button, Qt.Key.Key_Space)


def test_counts_are_announced_once_for_many_changes(
    qtbot: QtBot, line: StatusLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = list[str]()

    monkeypatch.setattr(status_line, "announce", lambda _widget, words: heard.append(words))
    for shown in range(1, 9):
        line.set_counts(Counts(8, shown, 0, 8 - shown, 0))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["8 events = 8 shown + 0 merged + 0 filtered out"]
