"""The status line tells where every event is, what is on screen, and what is wrong."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.helpers.small_conflict import small_table
from tests.helpers.tables import NO_ACTORS, make_dataset, make_event
from timeline_app.core.build import build_table
from timeline_app.core.calendar import seconds_from_civil
from timeline_app.core.dataset import Level, Problem
from timeline_app.core.filter import Filter
from timeline_app.scene.frame import Counts
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.look import Look
from timeline_app.ui.panels import status_line
from timeline_app.ui.panels.status_line import EXPLAINED, StatusLine, counts_in_words
from timeline_app.ui.safe_widgets import tooltip_markup
from timeline_app.ui.session import Session


def counts(shown: int, merged: int = 0, outside: int = 0, filtered_out: int = 0) -> Counts:
    """Return numbers that add up."""
    return Counts(shown + merged + outside + filtered_out, shown, merged, outside, filtered_out)


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(small_table())


@pytest.fixture
def line(qtbot: QtBot, session: Session) -> StatusLine:
    line = StatusLine(session, Look(session.table, "light"))
    qtbot.addWidget(line)
    line.resize(1000, 28)
    with qtbot.waitExposed(line):
        line.show()
    return line


@pytest.mark.parametrize(
    ("told", "possible", "words"),
    [
        (counts(22), 0, "22 events = 22 shown + 0 merged + 0 filtered out"),
        (counts(10, 5, 0, 7), 0, "22 events = 10 shown + 5 merged + 7 filtered out"),
        (
            counts(40, 7, 0, 12_298),
            6,
            "12,345 events = 40 shown + 7 merged + 12,298 filtered out · match: 41 certain + 6 possible",
        ),
        (
            counts(204, 93_112, 906_684),
            0,
            "1,000,000 events = 204 shown + 93,112 merged + 906,684 outside the view + 0 filtered out",
        ),
        (
            counts(1, 0, 4, 2),
            3,
            "7 events = 1 shown + 0 merged + 4 outside the view + 2 filtered out · match: 2 certain + 3 possible",
        ),
        (counts(1), 0, "1 event = 1 shown + 0 merged + 0 filtered out"),
    ],
)
def test_the_sum_in_words(told: Counts, possible: int, words: str) -> None:
    assert counts_in_words(told, possible) == words


@given(st.tuples(*[st.integers(0, 10**7)] * 4))
def test_all_numbers_are_on_screen(parts: tuple[int, int, int, int]) -> None:
    shown, merged, outside, filtered = parts
    words = counts_in_words(counts(shown, merged, outside, filtered), 0)
    assert words.startswith(f"{sum(parts):,} event")
    assert f" = {shown:,} shown + {merged:,} merged" in words
    assert (f" + {outside:,} outside the view" in words) == (outside > 0)
    assert words.endswith(f" + {filtered:,} filtered out")


def test_a_message_stands_in_place_of_the_selection_for_a_while(line: StatusLine, session: Session) -> None:
    session.set_selection((0,))
    line.show_message("saved")
    assert line.selection_label.text() == "saved"
    line.show_message("")
    assert line.selection_label.text() == "selected: Pact"


def test_an_event_that_is_nowhere_is_not_hidden(line: StatusLine) -> None:
    with pytest.raises(ValueError, match=r"3 shown .* 2 merged .* 1 outside .* 1 filtered out are not 8 loaded"):
        line.set_counts(Counts(8, 3, 2, 1, 1))


def test_counts_and_possible_matches(line: StatusLine, session: Session) -> None:
    session.set_filter(Filter(since="2024-06-15", until="2024-10-24"))
    line.set_counts(counts(session.result.shown, 0, 0, 8 - session.result.shown))
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
    note = Problem("an aside", level=Level.NOTE)
    for told, words in (
        ([problems[0], note, note], "1 problem, 2 notes"),
        ([note], "1 note"),
        (problems, "2 problems"),
    ):
        session.set_table(build_table([make_dataset([make_event()], problems=told)], NO_ACTORS))
        assert line.problems_button.text() == words
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
        line.set_counts(counts(shown, 0, 0, 8 - shown))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["8 events = 8 shown + 0 merged + 0 filtered out"]


def test_a_message_is_said_aloud_and_can_be_read_whole_where_it_is_too_long(
    line: StatusLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = list[str]()
    monkeypatch.setattr(status_line, "announce", lambda _widget, words: heard.append(words))
    line.show_message("Exported to a.png")
    assert line.selection_label.toolTip() == ""
    path = f"/home/{'far/' * 60}a\u202e.png"
    line.show_message(f"Exported to {path}")
    line.show_message("")
    assert heard == ["Exported to a.png", f"Exported to {path}".replace("\u202e", "⟦202E⟧")]
    line.show_message(f"Exported to {path}")
    assert "⟦202E⟧.png" in line.selection_label.toolTip()
    line.resize(4000, 28)
    assert line.selection_label.toolTip() == ""


def test_where_room_is_short_the_sum_is_said_in_fewer_words_and_whole(qtbot: QtBot, line: StatusLine) -> None:
    line.set_counts(counts(356, 295_190, 704_454))
    full = line.counts_label.text()
    assert full.endswith("704,454 outside the view + 0 filtered out")
    line.resize(620, 28)
    assert line.counts_label.text() == "1,000,000 = 356 shown + 295,190 merged + 704,454 outside + 0 filtered"
    assert f"{full}. Each event is in one part of this sum." in line.counts_label.toolTip()
    line.resize(1200, 28)
    assert (line.counts_label.text(), line.counts_label.toolTip()) == (full, tooltip_markup(EXPLAINED))
    line._look.set_text_scale(2.0)
    assert line.counts_label.text() != full


def test_what_only_possibly_passes_is_counted_once_a_filter(line: StatusLine, session: Session) -> None:
    session.set_filter(Filter(since="2024-06-15", until="2024-10-24"))
    line.set_counts(counts(3, 0, 2, 3))
    assert line.counts_label.text().endswith("match: 4 certain + 1 possible")
    session.set_filter(Filter())
    line.set_counts(counts(8))
    assert "possible" not in line.counts_label.text()


def test_while_the_view_moves_the_words_wait_and_then_tell_the_last(
    qtbot: QtBot, line: StatusLine, session: Session
) -> None:
    written: list[str] = []
    label = line.counts_label
    with mock.patch.object(label, "setText", side_effect=written.append):
        for shown in range(1, 8):
            line.set_counts(counts(shown, 0, 0, 8 - shown))
            session.set_viewport(session.viewport.panned(10))
        assert written == []
        assert line.counts.shown == 7
        qtbot.waitUntil(lambda: bool(written))
    assert written == ["8 events = 7 shown + 0 merged + 1 filtered out"]


def test_while_the_view_moves_the_words_come_after_a_picture_now_and_then(line: StatusLine, session: Session) -> None:
    written: list[str] = []
    with mock.patch.object(line.counts_label, "setText", side_effect=written.append):
        line.set_counts(counts(3, 0, 0, 5))
        with mock.patch.object(line, "_since_written") as since:
            since.hasExpired.return_value = False
            is_due = [line.is_due]
            session.set_viewport(session.viewport.panned(10))
            is_due.append(line.is_due)
            since.hasExpired.return_value = True
            is_due.append(line.is_due)
            line.catch_up()
            is_due.append(line.is_due)
    assert is_due == [False, False, True, False]
    assert written == ["8 events = 3 shown + 0 merged + 5 filtered out"]


def test_what_waits_is_written_when_it_is_asked_for(line: StatusLine, session: Session) -> None:
    line.set_counts(counts(3, 0, 0, 5))
    line.catch_up()
    shown = line.findChildren(QLabel)
    assert "8 events = 3 shown + 0 merged + 5 filtered out" in [label.text() for label in shown]
    before = line.range_label.text()
    session.set_viewport(session.viewport.panned(5_000))
    assert line.range_label.text() != before
