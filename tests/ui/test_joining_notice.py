"""What several files tell of is shown once; a line says so, and its link undoes it and has it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from timeline_app.app import create_window
from timeline_app.core.filter import Filter
from timeline_app.ui.joining_notice import joined_words
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import JOINS

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)")

FIRST = "id,title,when,type,url\n1,Pact,2024-06,agreement,https://a.example/1\n2,Summit,2024-07,,\n"
SECOND = "id,title,when,type,url\n1,Pact signed,2024-06-19,,https://a.example/1\n3,Truce,2024-08,,\n"


def window_on(qtbot: QtBot, folder: Path, settings: Settings | None = None) -> MainWindow:
    """Open a window on two files that both tell of one event."""
    files = [folder / "first.csv", folder / "second.csv"]
    for file, content in zip(files, (FIRST, SECOND), strict=True):
        file.write_text(content, encoding="utf-8")
    window = create_window(files, settings=settings)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_the_link_keeps_apart_what_was_joined_and_joins_it_again(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(qtbot, tmp_path)
    bar, session = window.joining_bar, window.session
    assert bar.isVisible()
    assert bar.label.text() == joined_words(1)
    assert (len(session.table), session.table.joined) == (3, 1)
    session.set_filter(Filter(types=("agreement",)))
    with qtbot.waitSignal(session.table_changed):
        qtbot.mouseClick(bar.link_button, Qt.MouseButton.LeftButton)
    assert (len(session.table), session.table.joined) == (4, 0)
    qtbot.waitUntil(lambda: session.wanted == Filter(types=("agreement",)))
    assert bar.isVisible()
    assert bar.link_button.text() == "Join again"
    with qtbot.waitSignal(session.table_changed):
        qtbot.mouseClick(bar.link_button, Qt.MouseButton.LeftButton)
    assert len(session.table) == 3
    assert bar.label.text() == joined_words(1)


def test_files_that_are_asked_for_meanwhile_open_without_the_view_of_those_before(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(qtbot, tmp_path)
    window.session.set_filter(Filter(types=("agreement",)))
    with qtbot.waitSignal(window.files.opened):
        qtbot.mouseClick(window.joining_bar.link_button, Qt.MouseButton.LeftButton)
        window.files.open_files([tmp_path / "first.csv"])
    assert len(window.session.table) == 2
    assert window.session.wanted == Filter()


def test_with_the_setting_off_nothing_is_joined_and_nothing_said(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings()
    settings.set(JOINS, False)
    window = window_on(qtbot, tmp_path, settings)
    assert len(window.session.table) == 4
    assert window.joining_bar.isHidden()
    with qtbot.waitSignal(window.session.table_changed):
        settings.set(JOINS, True)
    assert len(window.session.table) == 3
    assert window.joining_bar.isVisible()


def test_the_pane_tells_where_each_file_tells_of_the_event(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(qtbot, tmp_path)
    row = window.session.table.row_of("1")
    assert row is not None
    window.session.set_selection((row,))
    told = [label.text() for label in window.excerpt_pane.findChildren(type(window.joining_bar.label))]
    assert told[told.index("Told in") + 1 :] == ["first.csv, line 2", "", "second.csv, line 2"]


def test_words() -> None:
    assert joined_words(0) == ""
    assert joined_words(1).startswith("1 event stands in several files")
    assert joined_words(7374).startswith("7,374 events stand")


def test_undo_keeps_apart_once_no_other_change_is_left(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(qtbot, tmp_path)
    session = window.session
    undo, redo = (window.findChild(QAction, name) for name in ("undo", "redo"))
    assert undo is not None
    assert redo is not None
    assert (undo.isEnabled(), redo.isEnabled()) == (True, False)
    session.set_filter(Filter(types=("agreement",)))
    undo.trigger()
    assert (session.wanted, len(session.table)) == (Filter(), 3)
    session.set_filter(Filter(types=("agreement",)))
    assert not redo.isEnabled()
    undo.trigger()
    with qtbot.waitSignal(window.files.opened):
        undo.trigger()
    assert len(session.table) == 4
    qtbot.waitUntil(redo.isEnabled)
    assert not undo.isEnabled()
    with qtbot.waitSignal(window.files.opened):
        redo.trigger()
    assert len(session.table) == 3
    qtbot.waitUntil(undo.isEnabled)
    assert not redo.isEnabled()


def test_a_change_after_undo_ends_the_joining_again_by_key_alone(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(qtbot, tmp_path)
    undo, redo = (window.findChild(QAction, name) for name in ("undo", "redo"))
    assert undo is not None
    assert redo is not None
    with qtbot.waitSignal(window.files.opened):
        undo.trigger()
    qtbot.waitUntil(redo.isEnabled)
    window.session.set_filter(Filter(types=("agreement",)))
    assert (undo.isEnabled(), redo.isEnabled()) == (True, False)
    assert window.joining_bar.link_button.text() == "Join again"


def test_rows_of_one_file_that_tell_of_one_event_are_told_and_kept_apart_too(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "acled.csv"
    head = "event_id_cnty,event_date,event_type,sub_event_type,actor1,location,fatalities\n"
    rows = (f"UTO1,2024-05-16,Battles,Armed clash,{actor},Town,0\n" for actor in ("Army", "Rebels", "Militia"))
    file.write_text(head + "".join(rows), encoding="utf-8")
    window = create_window([file])
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    bar, session = window.joining_bar, window.session
    assert bar.label.text() == joined_words(2, 2)
    assert (len(session.table), session.table.joined) == (1, 2)
    with qtbot.waitSignal(session.table_changed):
        qtbot.mouseClick(bar.link_button, Qt.MouseButton.LeftButton)
    assert (len(session.table), bar.label.text()) == (3, "What several rows tell of is shown once for each")
    with qtbot.waitSignal(session.table_changed):
        qtbot.mouseClick(bar.link_button, Qt.MouseButton.LeftButton)
    assert (len(session.table), bar.isVisible()) == (1, True)


def test_what_rows_and_what_files_tell_is_said_together() -> None:
    assert joined_words(2, 2) == "2 rows tell more of the event of an earlier row; it is shown once, with all actors"
    assert joined_words(3, 2).endswith(
        "actors. 1 event stands in several files; it is shown once, with claims where the files differ"
    )
