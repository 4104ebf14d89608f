"""What repeats in calendars is shown once; a line says so, and its link and a menu show each time, and once again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from timeline_app.app import create_window
from timeline_app.core.errors import WorkspaceError
from timeline_app.core.filter import Filter
from timeline_app.loading import saved_mappings
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.mapping_access import MappingAccess
from timeline_app.ui.repeats_notice import EACH_IS_SHOWN, SHOW_EACH, SHOW_ONCE, once_words

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)")

CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20240603
RRULE:FREQ=WEEKLY;COUNT=4
SUMMARY:Briefing
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20240619
SUMMARY:Pact
END:VEVENT
END:VCALENDAR
"""


def window_on(qtbot: QtBot, folder: Path) -> MainWindow:
    """Open a window on a calendar in which one event repeats."""
    file = folder / "year.ics"
    file.write_text(CALENDAR.replace("\n", "\r\n"), encoding="utf-8")
    window = create_window([file])
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def action_of(window: MainWindow) -> QAction:
    """Return the action of the menu."""
    found = window.findChild(QAction, "each_repeat")
    assert isinstance(found, QAction)
    return found


def test_the_link_shows_each_time_of_what_repeats_and_once_again(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(qtbot, tmp_path)
    bar, session = window.repeats_bar, window.session
    assert (bar.isVisible(), bar.label.text(), bar.link_button.text()) == (True, once_words(1), SHOW_EACH)
    assert len(session.table) == 2
    session.set_filter(Filter(min_importance=2))
    with qtbot.waitSignal(session.table_changed):
        qtbot.mouseClick(bar.link_button, Qt.MouseButton.LeftButton)
    assert len(session.table) == 5
    qtbot.waitUntil(lambda: session.wanted == Filter(min_importance=2))
    assert (bar.isVisible(), bar.label.text(), bar.link_button.text()) == (True, EACH_IS_SHOWN, SHOW_ONCE)
    with qtbot.waitSignal(session.table_changed):
        qtbot.mouseClick(bar.link_button, Qt.MouseButton.LeftButton)
    assert (len(session.table), bar.label.text()) == (2, once_words(1))


def test_the_menu_does_the_same_and_what_was_chosen_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(qtbot, tmp_path)
    action = action_of(window)
    assert (action.isEnabled(), action.isChecked()) == (True, False)
    with qtbot.waitSignal(window.session.table_changed):
        action.trigger()
    assert action.isChecked()
    again = window_on(qtbot, tmp_path)
    assert len(again.session.table) == 5
    assert again.repeats_bar.link_button.text() == SHOW_ONCE
    told = [problem.message for problem in again.session.table.problems]
    assert "what repeats is shown each time, as was chosen for calendars of this name" in told
    with qtbot.waitSignal(again.session.table_changed):
        action_of(again).trigger()
    assert (len(again.session.table), action_of(again).isChecked()) == (2, False)
    saved = saved_mappings()
    assert saved is not None
    assert saved.find('["icalendar", "year.ics"]') == {"repeats": "once"}


def test_without_anything_that_repeats_nothing_is_offered(qtbot: QtBot) -> None:
    window = create_window([])
    qtbot.addWidget(window)
    assert window.repeats_bar.isHidden()
    assert not action_of(window).isEnabled()


def test_what_cannot_be_remembered_holds_this_once(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(qtbot, tmp_path)

    def refuse(_signature: str, _mapping: Mapping[str, str]) -> None:
        raise WorkspaceError("the columns could not be saved: no room")

    window.services = replace(window.services, mappings=MappingAccess(refuse, lambda: 0, lambda: None))
    with qtbot.waitSignal(window.session.table_changed):
        action_of(window).trigger()
    assert len(window.session.table) == 5
    qtbot.waitUntil(lambda: "no room" in window.status_line.selection_label.text())


def test_words_count_what_repeats() -> None:
    assert [once_words(count) for count in (0, 1, 1_200)] == [
        "",
        "1 event repeats; it is shown once",
        "1,200 events repeat; each is shown once",
    ]
