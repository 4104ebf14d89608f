"""Another dateline is looked at first, saved into a new file, opened, and taken back; the open file stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.helpers.hanging import HANGING
from tests.helpers.shown import shown_window
from tests.helpers.tables import row_of
from timeline_app.core.filter import Filter
from timeline_app.ui.change_dialogs import ChangeDialogs
from timeline_app.ui.dialogs.dateline_dialog import IMPOSSIBLE, DatelineDialog
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.panels.text_button import TextButton

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)")


@pytest.fixture
def timeline(tmp_path: Path) -> Path:
    path = tmp_path / "hanging.yaml"
    path.write_text(HANGING, encoding="utf-8")
    return path


@pytest.fixture
def window(qtbot: QtBot, timeline: Path) -> Iterator[MainWindow]:
    yield from shown_window(qtbot, timeline)


def dialogs_of(window: MainWindow, new_file: Path | None = None, told: list[str] | None = None) -> ChangeDialogs:
    def tell(heading: str, _sentences: Sequence[str]) -> None:
        if told is not None:
            told.append(heading)

    return ChangeDialogs(window, lambda _title: [], lambda *_: new_file, lambda dialog: dialog.show(), tell)


def open_dialog(dialogs: ChangeDialogs, window: MainWindow, key: str = "article") -> DatelineDialog:
    dialogs.show_dateline(key)
    dialog = next(one for one in window.findChildren(DatelineDialog) if one.isVisible())
    assert dialog.change is None
    return dialog


def cells(dialog: DatelineDialog) -> list[tuple[str, ...]]:
    model = dialog.model
    return [tuple(str(model.index(row, column).data()) for column in range(3)) for row in range(model.rowCount())]


def when_of(window: MainWindow, event_id: str) -> str:
    table = window.session.table
    return table.event(row_of(table, event_id)).when.text


def test_what_would_move_is_seen_at_each_key(window: MainWindow, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    dialog = open_dialog(dialogs_of(window), window)
    assert not dialog.save_button.isEnabled()
    assert dialog.note.text().startswith("Write another date")
    dialog.date_field.setText("2025-11-01")
    assert dialog.note.text().startswith("3 dates would move, 1 would be impossible, 0 would stay")
    assert cells(dialog) == [
        ("Truce", "1 June – 5 Sep 2024", IMPOSSIBLE),
        ("Talks", "2024", "May 2025"),
        ("Pact", "June 2024", "June 2025"),
        ("Raid", "c. 31 Oct 2024", "c. 31 Oct 2025"),
    ]
    qtmodeltester.check(dialog.model)
    dialog.view.doubleClicked.emit(dialog.model.index(1, 0))
    assert window.session.current == row_of(window.session.table, "talks")
    dialog.view.setCurrentIndex(dialog.model.index(2, 0))
    dialog.activateWindow()
    dialog.view.setFocus()
    qtbot.waitUntil(dialog.view.hasFocus)
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert window.session.current == row_of(window.session.table, "pact")
    dialog.date_field.setText("soon")
    assert "not a date" in dialog.note.text()
    assert (dialog.model.rowCount(), dialog.save_button.isEnabled()) == (0, False)
    dialog.reject()


def test_it_is_saved_opened_and_taken_back(qtbot: QtBot, window: MainWindow, timeline: Path, tmp_path: Path) -> None:
    new_file = tmp_path / "other.yaml"
    dialogs = dialogs_of(window, new_file)
    datelines = dialogs.datelines
    window.session.set_selection((row_of(window.session.table, "pact"),))
    dialog = open_dialog(dialogs, window)
    dialog.date_field.setText("2025-11-01")
    with qtbot.waitSignal(datelines.changed):
        dialog.save_button.click()
    assert timeline.read_text(encoding="utf-8") == HANGING
    table = window.session.table
    assert [Path(file.path).name for file in table.files] == ["other.yaml"]
    assert [file.rejected for file in table.files] == [0]
    assert table.source_by_key["article"].published == "2025-11-01"
    assert (when_of(window, "pact"), when_of(window, "raid")) == ("2025-06", "2025-10-31~")
    assert table.event(row_of(table, "truce")).between is None
    assert window.session.current == row_of(table, "pact")
    assert (datelines.can_undo, datelines.can_redo) == (True, False)
    with qtbot.waitSignal(datelines.changed):
        datelines.undo()
    assert (when_of(window, "pact"), datelines.can_undo, datelines.can_redo) == ("2024-06", False, True)
    with qtbot.waitSignal(datelines.changed):
        datelines.redo()
    assert when_of(window, "pact") == "2025-06"


def test_several_changes_are_undone_and_redone_in_their_order(
    qtbot: QtBot, window: MainWindow, timeline: Path, tmp_path: Path
) -> None:
    suggested: list[str] = []

    def ask_new_file(_parent: QWidget, path: Path) -> Path:
        suggested.append(path.name)
        return path

    dialogs = ChangeDialogs(window, lambda _title: [], ask_new_file, lambda dialog: dialog.show(), lambda *_: None)
    datelines = dialogs.datelines

    def change(published: str) -> None:
        dialog = open_dialog(dialogs, window)
        dialog.date_field.setText(published)
        with qtbot.waitSignal(datelines.changed):
            dialog.save_button.click()

    def states(step: Callable[[], None], times: int) -> list[tuple[str, bool, bool]]:
        found = []
        for _ in range(times):
            with qtbot.waitSignal(datelines.changed):
                step()
            found.append((when_of(window, "pact"), datelines.can_undo, datelines.can_redo))
        return found

    for published in ("2025-11-01", "2026-11-01", "2027-11-01"):
        change(published)
    assert suggested == ["another-dateline.yaml", "another-dateline-2.yaml", "another-dateline-3.yaml"]
    assert states(datelines.undo, 3) == [("2026-06", True, True), ("2025-06", True, True), ("2024-06", False, True)]
    assert states(datelines.redo, 2) == [("2025-06", True, True), ("2026-06", True, True)]
    # Another change takes the place of what was undone.
    change("2030-11-01")
    assert (when_of(window, "pact"), datelines.can_undo, datelines.can_redo) == ("2030-06", True, False)
    assert states(datelines.undo, 1) == [("2026-06", True, True)]
    assert states(datelines.redo, 1) == [("2030-06", True, False)]
    # What was changed of the view since is undone first, and nothing is redone over it.
    assert states(datelines.undo, 1) == [("2026-06", True, True)]
    window.session.set_filter(Filter(min_importance=3))
    assert (datelines.can_undo, datelines.can_redo) == (False, False)
    window.session.undo()
    assert datelines.can_undo
    assert timeline.read_text(encoding="utf-8") == HANGING


def test_a_file_that_is_there_is_never_written_to(window: MainWindow, timeline: Path) -> None:
    told: list[str] = []
    dialogs = dialogs_of(window, timeline, told)
    dialog = open_dialog(dialogs, window)
    dialog.date_field.setText("2025-11-01")
    dialog.save_button.click()
    assert timeline.read_text(encoding="utf-8") == HANGING
    assert told == ["Nothing was saved"]


def test_the_pane_leads_there_from_a_source_with_a_dateline(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_selection((row_of(window.session.table, "pact"),))
    button = window.excerpt_pane.findChild(TextButton, "dateline_button")
    assert isinstance(button, TextButton)
    with qtbot.waitSignal(window.excerpt_pane.dateline_wanted) as wanted:
        button.click()
    assert wanted.args == ["article"]
    for dialog in window.findChildren(DatelineDialog):
        dialog.reject()


def test_an_event_that_hangs_on_no_source_is_told(window: MainWindow) -> None:
    told: list[str] = []
    dialogs = dialogs_of(window, told=told)
    window.session.set_selection((row_of(window.session.table, "calm"),))
    dialogs.show_dateline()
    assert told == ["There is no dateline to change"]
    window.session.set_selection((row_of(window.session.table, "far"),))
    dialogs.show_dateline()
    (dialog,) = window.findChildren(DatelineDialog)
    assert dialog.date_field.text() == "2024-11-20"
    dialog.reject()
