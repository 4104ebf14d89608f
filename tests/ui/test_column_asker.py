"""A table that is not understood alone is asked for; its answers open it, hold for all like it, and can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.helpers.shown import shown_window
from timeline_app import loading
from timeline_app.core.dataset import Level
from timeline_app.core.errors import WorkspaceError
from timeline_app.loading import SAVED_WORDS
from timeline_app.readers.propose import signature_of
from timeline_app.saved_mappings import SavedMappings
from timeline_app.ui.dialogs.choose_file_dialog import ChooseFileDialog
from timeline_app.ui.dialogs.mapping_dialog import MappingDialog
from timeline_app.ui.dialogs.notice_dialog import NoticeDialog
from timeline_app.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support (raise|grabbing the keyboard)")

UNKNOWN = (
    "gimel,zayin,het\n"
    "Battle of the river,1994-05-01,Fought at the ford\n"
    "Siege of the town,1995-06,Raised after a month\n"
)
ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,interaction\n"
    "X1,03/04/2024,1,Battles,Armed clash,A,10\nX2,05/06/2024,1,Battles,Armed clash,B,10\n"
)
TIMELINE = "timeline_format: 1\ntitle: Known\nevents: [{title: Pact, when: 2024-06-19}]\n"


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SavedMappings:
    """Keep what is said of tables in a folder of this test."""
    folder = tmp_path / "mappings"
    monkeypatch.setattr(loading, "saved_mappings_dir", lambda: folder)
    return SavedMappings(folder)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, saved: SavedMappings) -> Iterator[MainWindow]:
    """Open a window on a timeline that every program version knows."""
    path = tmp_path / "known.yaml"
    path.write_text(TIMELINE)
    yield from shown_window(qtbot, path)


def titles(window: MainWindow) -> list[str]:
    return [event.title for event in window.session.table]


def asked(qtbot: QtBot, window: MainWindow) -> MappingDialog:
    """Wait for the dialog, and for its first look at the table."""
    qtbot.waitUntil(lambda: bool(visible(window, MappingDialog)))
    [dialog] = visible(window, MappingDialog)
    assert isinstance(dialog, MappingDialog)
    qtbot.waitUntil(lambda: not dialog._job.is_busy and dialog.isActiveWindow())
    return dialog


def visible(window: MainWindow, kind: type[QDialog]) -> list[QDialog]:
    return [one for one in window.findChildren(kind) if one.isVisible()]


def trigger(window: MainWindow, name: str) -> None:
    action = window.findChild(QAction, name)
    assert isinstance(action, QAction)
    action.trigger()


def choose(qtbot: QtBot, dialog: MappingDialog, field: str, downs: int) -> None:
    """Choose a column of a field by key."""
    box = dialog.form.fields[field].choice
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(downs):
        QTest.keyClick(box, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: not dialog._job.is_busy)


def answer(qtbot: QtBot, window: MainWindow) -> None:
    """Say which columns of the unknown table are title and date, and open it."""
    dialog = asked(qtbot, window)
    choose(qtbot, dialog, "title", 1)
    choose(qtbot, dialog, "when", 2)
    qtbot.waitUntil(dialog.open_button.isEnabled)
    assert [line.cells[1:3] for line in dialog.model.lines] == [
        ("1 May 1994", "Battle of the river"),
        ("June 1995", "Siege of the town"),
    ]
    with qtbot.waitSignal(window.files.opened):
        qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)


@pytest.fixture
def unknown(tmp_path: Path) -> Path:
    path = tmp_path / "unknown.csv"
    path.write_text(UNKNOWN)
    return path


def test_an_unknown_table_is_asked_for_and_opened(
    qtbot: QtBot, window: MainWindow, unknown: Path, saved: SavedMappings
) -> None:
    window.files.open_files([unknown])
    answer(qtbot, window)
    assert titles(window) == ["Battle of the river", "Siege of the town"]
    assert window.files.paths == (unknown,)
    assert saved.count() == 1


def test_a_dataset_with_fixed_columns_is_asked_only_for_what_its_dates_leave_open(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "acled.csv"
    path.write_text(ACLED)
    window.files.open_files([path])
    dialog = asked(qtbot, window)
    form = dialog.form
    assert list(form.questions) == ["date_order"]
    assert not any(row.choice.isVisible() for row in form.fields.values())
    assert not any(row.label.isVisible() for row in form.settings.values())
    assert not dialog.open_button.isEnabled()
    QTest.keyClick(form.questions["date_order"].choice, Qt.Key.Key_Down)
    qtbot.waitUntil(dialog.open_button.isEnabled)
    with qtbot.waitSignal(window.files.opened):
        qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert [event.when.text for event in window.session.table] == ["2024-04-03", "2024-06-05"]


def test_the_answer_holds_for_every_table_of_the_header_and_is_noted(
    qtbot: QtBot, window: MainWindow, unknown: Path, tmp_path: Path
) -> None:
    window.files.open_files([unknown])
    answer(qtbot, window)
    another = tmp_path / "another.csv"
    another.write_text(UNKNOWN.replace("Battle", "Bombardment"))
    with qtbot.waitSignal(window.files.opened):
        window.files.open_files([another])
    assert titles(window) == ["Bombardment of the river", "Siege of the town"]
    assert not visible(window, MappingDialog)
    notes = [problem for problem in window.session.table.problems if problem.message == SAVED_WORDS]
    assert [(note.level, note.file) for note in notes] == [(Level.NOTE, str(another))]
    assert window.files.read_as[another].is_saved


@pytest.mark.parametrize("way", ["escape", "cancel"])
def test_cancel_leaves_the_window_as_it_was(
    qtbot: QtBot, window: MainWindow, unknown: Path, saved: SavedMappings, way: str
) -> None:
    before = (window.session.table, window.session.viewport, window.files.paths)
    window.files.open_files([unknown])
    dialog = asked(qtbot, window)
    if way == "escape":
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        dialog.reject()
    assert (window.session.table, window.session.viewport, window.files.paths) == before
    assert saved.count() == 0
    assert not window.files.is_busy


def test_an_unknown_table_beside_others_is_asked_for_when_they_are_open(
    qtbot: QtBot, window: MainWindow, unknown: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("title,date\nCeasefire,2001-01-01\n")
    window.files.open_files([other, unknown])
    answer(qtbot, window)
    assert titles(window) == ["Battle of the river", "Siege of the town", "Ceasefire"]
    assert window.files.paths == (other, unknown)


def test_a_file_that_no_answer_would_open_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    missing = tmp_path / "missing.csv"
    window.files.open_files([missing])
    qtbot.waitUntil(lambda: bool(visible(window, NoticeDialog)))
    assert not visible(window, MappingDialog)


def test_the_columns_of_an_open_table_can_be_changed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, saved: SavedMappings
) -> None:
    path = tmp_path / "known.csv"
    path.write_text("title,date,headline\nOne,2001-01-01,The first\nTwo,2002-01-01,The second\n")
    with qtbot.waitSignal(window.files.opened):
        window.files.open_files([path])
    trigger(window, "columns")
    dialog = asked(qtbot, window)
    assert dialog.form.fields["title"].choice.currentText().startswith("title")
    choose(qtbot, dialog, "title", 3)
    qtbot.waitUntil(dialog.open_button.isEnabled)
    with qtbot.waitSignal(window.files.opened):
        qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert titles(window) == ["The first", "The second"]
    assert saved.count() == 1
    trigger(window, "columns")
    assert asked(qtbot, window).form.fields["title"].choice.currentText().startswith("headline")


def test_of_several_tables_one_is_chosen(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in paths:
        path.write_text("title,date\nOne,2001-01-01\n")
    with qtbot.waitSignal(window.files.opened):
        window.files.open_files(paths)
    trigger(window, "columns")
    [chooser] = visible(window, ChooseFileDialog)
    assert isinstance(chooser, ChooseFileDialog)
    assert [chooser.file.itemText(place) for place in range(chooser.file.count())] == ["a.csv", "b.csv"]
    # Until then the key is the main window's.
    qtbot.waitUntil(chooser.isActiveWindow)
    QTest.keyClick(chooser.file, Qt.Key.Key_Down)
    qtbot.mouseClick(chooser.next_button, Qt.MouseButton.LeftButton)
    assert asked(qtbot, window)._path == paths[1]


def test_without_a_table_there_are_no_columns(qtbot: QtBot, window: MainWindow) -> None:
    trigger(window, "columns")
    assert visible(window, NoticeDialog)


def test_what_cannot_be_saved_holds_this_once_and_is_told(
    qtbot: QtBot, window: MainWindow, unknown: Path, saved: SavedMappings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_said: object) -> None:
        raise WorkspaceError("the columns could not be saved: the disk is full")

    monkeypatch.setattr(SavedMappings, "save", full)
    window.files.open_files([unknown])
    answer(qtbot, window)
    assert titles(window) == ["Battle of the river", "Siege of the town"]
    assert window.message == "Opened; the columns could not be saved: the disk is full"


def test_saved_columns_that_no_longer_fit_are_told_and_left_out(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, saved: SavedMappings
) -> None:
    path = tmp_path / "known.csv"
    path.write_text("title,date\nOne,2001-01-01\n")
    saved.save(signature_of(path), {"title": "gone"})
    with qtbot.waitSignal(window.files.opened):
        window.files.open_files([path])
    assert titles(window) == ["One"]
    [problem] = [one for one in window.session.table.problems if one.level is Level.WARNING]
    assert problem.message.startswith("the columns saved for this header do not fit: ")


def test_damaged_saved_columns_are_moved_aside_and_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, saved: SavedMappings
) -> None:
    path = tmp_path / "known.csv"
    path.write_text("title,date\nOne,2001-01-01\n")
    saved.save(signature_of(path), {"title": "date"})
    [kept] = saved.folder.iterdir()
    kept.write_text("{")
    with qtbot.waitSignal(window.files.opened):
        window.files.open_files([path])
    assert titles(window) == ["One"]
    assert any("damaged; they were kept as" in one.message for one in window.session.table.problems)
