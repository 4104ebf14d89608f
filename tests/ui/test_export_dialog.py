"""An export is asked for as a whole, and no file is written over without a second press."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.tables import make_table
from timeline_app.ui.dialogs.export_dialog import ExportDialog, ExportWish, Format, What, formats_of
from timeline_app.ui.look import Look
from timeline_app.ui.picture_wish import PictureKind
from timeline_app.writers import writers


class Chooser:
    """Stands in for the file dialog: answers with a path and notes what it was asked."""

    def __init__(self) -> None:
        self.answer: Path | None = None
        self.asked: list[tuple[Path, str]] = []

    def __call__(self, parent: QWidget, path: Path, wanted: Format) -> Path | None:
        assert parent.isVisible()
        self.asked.append((path, wanted.name))
        return self.answer


@pytest.fixture
def chooser() -> Chooser:
    return Chooser()


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path, chooser: Chooser) -> Iterator[ExportDialog]:
    dialog = ExportDialog(Look(make_table(), "dark"), tmp_path / "timeline.png", chooser)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    yield dialog
    dialog.close()


def choose(dialog: ExportDialog, what: What, wanted: str) -> None:
    """Choose what to export and in which format."""
    dialog.what.setCurrentIndex(dialog.what.findData(what.value))
    dialog.format.setCurrentIndex(dialog.format.findData(wanted))


def wish_of(qtbot: QtBot, dialog: ExportDialog) -> ExportWish:
    """Press the export button and return what is asked for."""
    with qtbot.waitSignal(dialog.wanted) as wanted:
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    [wish] = wanted.args
    assert isinstance(wish, ExportWish)
    return wish


def test_a_picture_in_the_colours_on_screen_is_proposed(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    assert wish_of(qtbot, dialog) == ExportWish(
        What.TIMELINE, "png", tmp_path / "timeline.png", 1600, 900, 2, "dark", replaces=False
    )
    assert not dialog.isVisible()


def test_every_writer_and_every_kind_of_picture_is_offered() -> None:
    assert [one.name for one in formats_of(What.EVENTS)] == [writer.name for writer in writers()]
    for what in (What.TIMELINE, What.WINDOW):
        assert [one.name for one in formats_of(what)] == [kind.value for kind in PictureKind]
    assert all(one.help and one.endings for what in What for one in formats_of(what))


def test_the_ending_follows_the_format(dialog: ExportDialog, tmp_path: Path) -> None:
    choose(dialog, What.TIMELINE, "svg")
    assert dialog.file.text() == str(tmp_path / "timeline.svg")
    choose(dialog, What.EVENTS, "csv")
    assert dialog.file.text() == str(tmp_path / "timeline.csv")
    choose(dialog, What.EVENTS, "yaml")
    dialog.file.setText(str(tmp_path / "events.yml"))
    assert dialog.path == tmp_path / "events.yml"
    dialog.file.setText(str(tmp_path / "no. 5"))
    assert dialog.path == tmp_path / "no. 5.yaml"


def test_sizes_are_asked_for_where_they_mean_something(dialog: ExportDialog) -> None:
    expected = {What.EVENTS: (False, False), What.TIMELINE: (True, True), What.WINDOW: (False, True)}
    for what, visible in expected.items():
        dialog.what.setCurrentIndex(dialog.what.findData(what.value))
        assert (dialog.width_px.isVisible(), dialog.scale.isVisible()) == visible


def test_a_file_in_the_way_is_replaced_only_after_a_second_press(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "timeline.png").touch()
    with qtbot.assertNotEmitted(dialog.wanted):
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert dialog.notice.text().startswith("timeline.png exists already.")
    assert dialog.export_button.text() == "Replace"
    assert wish_of(qtbot, dialog).replaces


def test_another_name_takes_the_question_back(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "timeline.png").touch()
    (tmp_path / "other.png").touch()
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    dialog.file.setText(str(tmp_path / "other.png"))
    assert (dialog.export_button.text(), dialog.notice.isVisible()) == ("Export", False)
    with qtbot.assertNotEmitted(dialog.wanted):
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    dialog.file.setText(str(tmp_path / "new.png"))
    assert not wish_of(qtbot, dialog).replaces


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "Name a file"),
        ("   ", "Name a file"),
        ("{folder}", "is a folder"),
        ("{folder}/", "is a folder"),
        ("{folder}/missing/a.png", "There is no folder"),
    ],
)
def test_what_cannot_be_written_to_is_refused(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, typed: str, reason: str
) -> None:
    dialog.file.setText(typed.format(folder=tmp_path))
    with qtbot.assertNotEmitted(dialog.wanted):
        QTest.keyClick(dialog.file, Qt.Key.Key_Return)
    assert reason in dialog.notice.text()
    assert dialog.notice.isVisible()


def test_a_picture_that_is_too_large_is_refused(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.width_px.setValue(dialog.width_px.maximum())
    with qtbot.assertNotEmitted(dialog.wanted):
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    assert "is the most" in dialog.notice.text()


def test_the_file_dialog_starts_where_the_field_is(
    dialog: ExportDialog, qtbot: QtBot, chooser: Chooser, tmp_path: Path
) -> None:
    qtbot.mouseClick(dialog.choose_button, Qt.MouseButton.LeftButton)
    assert dialog.file.text() == str(tmp_path / "timeline.png")
    chooser.answer = tmp_path / "chosen.png"
    qtbot.mouseClick(dialog.choose_button, Qt.MouseButton.LeftButton)
    assert dialog.file.text() == str(tmp_path / "chosen.png")
    assert chooser.asked == [(tmp_path / "timeline.png", "png")] * 2


def test_escape_exports_nothing(dialog: ExportDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dialog.wanted):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_every_control_has_a_name(dialog: ExportDialog) -> None:
    controls = (dialog.what, dialog.format, dialog.width_px, dialog.height_px, dialog.scale, dialog.theme, dialog.file)
    assert all(control.accessibleName() for control in controls)
