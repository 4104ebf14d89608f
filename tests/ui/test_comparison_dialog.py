"""What differs from an older file, or between two dates, is listed, marked on the timeline, and saved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.helpers.shown import shown_window
from tests.helpers.troops import TROOPS
from timeline_app.core.errors import ReadError, WriteError
from timeline_app.core.table import EventTable
from timeline_app.scene.compared import Change
from timeline_app.ui.change_dialogs import ChangeDialogs
from timeline_app.ui.comparing import save_comparison
from timeline_app.ui.dialogs.comparison_dialog import COLUMNS_PX, SIZE_PX, TWO_DAYS, ComparisonDialog
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.settings_table import TEXT_SIZE

PADDING_PX = 8
VOTE = "- {id: vote, title: Vote, when: 2024-11-05}\n"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    path = tmp_path / "troops.yaml"
    path.write_text(TROOPS, encoding="utf-8")
    yield from shown_window(qtbot, path)


def older_file(tmp_path: Path) -> Path:
    path = tmp_path / "older.yaml"
    path.write_text(
        TROOPS.replace("title: Pact", "title: Treaty").replace("- id: troops", f"{VOTE}- id: corps"), "utf-8"
    )
    return path


def open_dialog(window: MainWindow, older: Path | None = None, report: Path | None = None) -> ComparisonDialog:
    dialogs = ChangeDialogs(
        window, lambda _title: [older] if older else [], lambda *_: None, lambda dialog: dialog.show(), lambda *_: None
    )
    dialogs.ask_report = lambda _window, _suggestion: report
    dialogs.show_comparison()
    dialog = window.findChild(ComparisonDialog)
    assert dialog is not None
    return dialog


def cells(dialog: ComparisonDialog) -> list[tuple[str, ...]]:
    model = dialog.model
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def compared_with(qtbot: QtBot, dialog: ComparisonDialog) -> None:
    with qtbot.waitSignal(dialog.compared):
        dialog.compare()


def test_an_older_file_is_compared_listed_and_marked(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, qtmodeltester: ModelTester
) -> None:
    report = tmp_path / "differences.json"
    dialog = open_dialog(window, older_file(tmp_path), report)
    compared_with(qtbot, dialog)
    assert dialog.note.text().startswith("0 added, 1 changed, 1 withdrawn, 1 event the same")
    assert cells(dialog) == [
        ("~ changed", "June 2024", "Pact", "title", "Treaty", "Pact"),
        ("− withdrawn", "5 Nov 2024", "Vote", "", "", ""),
    ]
    assert dialog.model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) == QColor(window.look.theme.warning)
    assert "Treaty" in dialog.model.index(0, 4).data(Qt.ItemDataRole.ToolTipRole)
    qtmodeltester.check(dialog.model)
    marks = window.timeline.frame.compared
    assert marks is not None
    assert [line.change for line in marks.lines] == [Change.CHANGED, Change.WITHDRAWN]
    dialog.show_line(dialog.model.index(0, 0))
    assert window.session.selection == (window.session.table.row_of("pact"),)
    window.session.set_viewport(window.session.viewport.centred(0))
    dialog.show_line(dialog.model.index(1, 0))  # Of what no open file has, the time is shown.
    assert window.session.viewport.left_s <= 1_730_800_000 < window.session.viewport.right_s
    dialog.save_button.click()
    assert [one["id"] for one in json.loads(report.read_text("utf-8"))["withdrawn"]] == ["vote"]
    dialog.close()
    assert window.timeline.frame.compared is None


@pytest.mark.parametrize("text_size", [100, 150])
def test_two_bounds_of_a_date_are_read_whole_in_both_columns(window: MainWindow, text_size: int) -> None:
    window.settings.set(TEXT_SIZE, text_size)
    dialog = open_dialog(window)
    dialog.resize(*(window.look.px(length) for length in SIZE_PX))
    QApplication.processEvents()
    needed_px = dialog.view.fontMetrics().horizontalAdvance("[2024-10-22..2024-11-01]") + window.look.px(2 * PADDING_PX)
    assert min(dialog.view.columnWidth(column) for column in (4, 5)) >= needed_px


def test_of_a_long_text_the_list_shows_what_differs_and_the_tip_all(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    now, older = tmp_path / "now.yaml", tmp_path / "older.yaml"
    summary = "Troops were seen near the village " * 5
    timeline = f"timeline_format: 1\nevents:\n- {{id: a, title: A, when: 2024, summary: {summary}in May}}\n"
    now.write_text(timeline, "utf-8")
    older.write_text(timeline.replace("in May", "in June"), "utf-8")
    with qtbot.waitSignal(window.session.table_changed):
        window.files.open_files([now])
    dialog = open_dialog(window, older)
    compared_with(qtbot, dialog)
    assert cells(dialog) == [
        ("~ changed", "2024", "A", "summary", "…seen near the village in June", "…seen near the village in May")
    ]
    assert dialog.model.index(0, 4).data(Qt.ItemDataRole.ToolTipRole).count("Troops were seen") == 5
    dialog.close()


def test_two_dates_are_compared(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    report = tmp_path / "differences.txt"
    dialog = open_dialog(window, report=report)
    dialog.kind.setCurrentIndex(TWO_DAYS)
    dialog.first_day.setText("2024-11")
    dialog.second_day.setText("2024-10")
    compared_with(qtbot, dialog)
    assert [row[:3] for row in cells(dialog)] == [
        ("~ changed", "Oct 2024", "Troops"),
        ("− withdrawn", "June 2024", "Pact"),
    ]
    dialog.view.setCurrentIndex(dialog.model.index(1, 0))
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    assert window.session.selection == (window.session.table.row_of("pact"),)
    dialog.save_button.click()
    assert "- June 2024: Pact (pact)" in report.read_text("utf-8").splitlines()
    # Away from the labels, whose grounds let ticks only shine through.
    window.session.set_viewport(window.session.viewport.panned(-60))
    marks, image = window.timeline.frame.compared, window.timeline.grab().toImage()
    assert marks is not None
    colours = (window.look.theme.good, window.look.theme.warning, window.look.theme.muted)
    for line in marks.lines:
        pixel = image.pixelColor(int(line.left_px[0]) + 1, round(line.y_px) + 4)
        assert pixel.name() == colours[line.change]
    badges = zip(marks.x_px.tolist(), marks.y_px.tolist(), marks.changes.tolist(), strict=True)
    for x_px, y_px, change in badges:
        around = {image.pixelColor(round(x_px) + across, round(y_px) - 4).name() for across in (-2, -1, 0, 1, 2)}
        assert colours[change] in around
    dialog.close()


def test_columns_that_only_changes_fill_are_there_for_changes(qtbot: QtBot, window: MainWindow) -> None:
    dialog = open_dialog(window)
    view = dialog.view
    dialog.kind.setCurrentIndex(TWO_DAYS)
    dialog.first_day.setText("1999")
    compared_with(qtbot, dialog)
    assert {row[0] for row in cells(dialog)} == {"+ added"}
    assert [view.isColumnHidden(column) for column in range(6)] == [False] * 3 + [True] * 3
    whole_px = sum(view.columnWidth(column) for column in range(3))
    assert whole_px == view.viewport().width()
    dialog.first_day.setText("2024-10")
    compared_with(qtbot, dialog)
    assert "~ changed" in {row[0] for row in cells(dialog)}
    assert not any(view.isColumnHidden(column) for column in range(6))
    assert view.columnWidth(2) == window.look.px(COLUMNS_PX[2])
    dialog.close()


def test_many_differences_are_saved_while_the_window_lives(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    report = tmp_path / "differences.txt"
    dialog = open_dialog(window, older_file(tmp_path), report)
    compared_with(qtbot, dialog)
    with patch("timeline_app.ui.change_dialogs.MOST_AT_ONCE", 0):
        dialog.save_button.click()
    qtbot.waitUntil(report.exists)
    assert "~ June 2024: Pact (pact)" in report.read_text("utf-8").splitlines()
    dialog.close()


def test_an_event_that_cannot_be_read_any_more_is_told_where_it_stands(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dialog = open_dialog(window, older_file(tmp_path))
    compared_with(qtbot, dialog)
    with patch.object(EventTable, "event", side_effect=ReadError("gone", "events.csv")):
        assert cells(dialog)[1][:3] == ("− withdrawn", "", "cannot be read any more")
        dialog.show_line(dialog.model.index(1, 0))
    assert "gone" in dialog.note.text()
    dialog.close()


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [("", "2024", "Two dates such as"), ("soon", "", "“soon” is not a date"), ("2024", "2025/..", "has no end")],
)
def test_what_is_no_date_is_told(window: MainWindow, first: str, second: str, words: str) -> None:
    dialog = open_dialog(window)
    dialog.kind.setCurrentIndex(TWO_DAYS)
    dialog.first_day.setText(first)
    dialog.second_day.setText(second)
    dialog.compare()
    assert words in dialog.note.text()
    assert not dialog.save_button.isEnabled()
    dialog.close()


def test_a_file_that_cannot_be_read_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("timeline_format: [", encoding="utf-8")
    dialog = open_dialog(window, broken)
    dialog.compare()
    qtbot.waitUntil(lambda: "broken.yaml" in dialog.note.text())
    assert window.timeline.frame.compared is None
    dialog.close()


def test_it_closes_with_the_table_that_it_is_about(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    dialog = open_dialog(window, older_file(tmp_path))
    compared_with(qtbot, dialog)
    with qtbot.waitSignal(dialog.finished):
        window.session.set_table(window.session.table)
    assert window.timeline.asked.compared is None


def test_the_file_that_is_open_is_never_replaced(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    dialog = open_dialog(window, older_file(tmp_path))
    with qtbot.waitSignal(dialog.save_wanted) as wanted:
        compared_with(qtbot, dialog)
        dialog.save_button.click()
    assert wanted.args is not None
    opened = tmp_path / "troops.yaml"
    with pytest.raises(WriteError, match="never changed"):
        save_comparison(wanted.args[0], opened, [opened])
    dialog.close()
