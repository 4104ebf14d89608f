"""An export is asked for as a whole, and no file is written over without a second press."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.tables import make_event, make_table
from timeline_app.core.filter import Filter
from timeline_app.core.when import parse
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.ui.dialogs.export_dialog import ExportDialog
from timeline_app.ui.export_subject import ExportSubject
from timeline_app.ui.export_wish import ExportWish, Format, What, Which, formats_of
from timeline_app.ui.look import Look
from timeline_app.ui.picture_wish import PictureKind
from timeline_app.writers import writers

RGB = QImage.Format.Format_RGB32
TABLE = make_table(
    [
        make_event("June summit", "2024-06-19", type_="summit"),
        make_event("July summit", "2024-07-19", type_="summit"),
        make_event("Attack", "2024-06-20", type_="attack"),
        make_event("Caesar", "-0043-03-15", type_="attack"),
    ]
)


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
    june = parse("2024-06")
    seen = (june.start_earliest_s, june.end_latest_s)
    subject = ExportSubject(TABLE, Filter(types=("summit",)), seen, EnglishWords())
    dialog = ExportDialog(
        Look(TABLE, "dark"), tmp_path / "timeline.png", subject, lambda: QImage(900, 600, RGB), choose_file=chooser
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    yield dialog
    dialog.close()


def choose(dialog: ExportDialog, what: What, wanted: str) -> None:
    """Choose what to export and in which format."""
    dialog.fields.what.setCurrentIndex(dialog.fields.what.findData(what.value))
    dialog.fields.format.setCurrentIndex(dialog.fields.format.findData(wanted))


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
    assert dialog.fields.file.text() == str(tmp_path / "timeline.svg")
    choose(dialog, What.EVENTS, "csv")
    assert dialog.fields.file.text() == str(tmp_path / "timeline.csv")
    choose(dialog, What.EVENTS, "yaml")
    dialog.fields.file.setText(str(tmp_path / "events.yml"))
    assert dialog.fields.path == tmp_path / "events.yml"
    dialog.fields.file.setText(str(tmp_path / "no. 5"))
    assert dialog.fields.path == tmp_path / "no. 5.yaml"


def test_sizes_are_asked_for_where_they_mean_something(dialog: ExportDialog) -> None:
    expected = {What.EVENTS: (False, False), What.TIMELINE: (True, True), What.WINDOW: (False, True)}
    for what, visible in expected.items():
        dialog.fields.what.setCurrentIndex(dialog.fields.what.findData(what.value))
        assert (dialog.fields.size_fields.width_px.isVisible(), dialog.fields.scale.isVisible()) == visible


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
    dialog.fields.file.setText(str(tmp_path / "other.png"))
    assert (dialog.export_button.text(), dialog.notice.isVisible()) == ("Export", False)
    with qtbot.assertNotEmitted(dialog.wanted):
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    dialog.fields.file.setText(str(tmp_path / "new.png"))
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
    dialog.fields.file.setText(typed.format(folder=tmp_path))
    with qtbot.assertNotEmitted(dialog.wanted):
        QTest.keyClick(dialog.fields.file, Qt.Key.Key_Return)
    assert reason in dialog.notice.text()
    assert dialog.notice.isVisible()


def test_a_picture_that_is_too_large_is_refused(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.fields.size_fields.width_px.setValue(dialog.fields.size_fields.width_px.maximum())
    with qtbot.assertNotEmitted(dialog.wanted):
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    assert "is the most" in dialog.notice.text()


def test_the_file_dialog_starts_where_the_field_is(
    dialog: ExportDialog, qtbot: QtBot, chooser: Chooser, tmp_path: Path
) -> None:
    qtbot.mouseClick(dialog.fields.choose_button, Qt.MouseButton.LeftButton)
    assert dialog.fields.file.text() == str(tmp_path / "timeline.png")
    chooser.answer = tmp_path / "chosen.png"
    qtbot.mouseClick(dialog.fields.choose_button, Qt.MouseButton.LeftButton)
    assert dialog.fields.file.text() == str(tmp_path / "chosen.png")
    assert chooser.asked == [(tmp_path / "timeline.png", "png")] * 2


def test_escape_exports_nothing(dialog: ExportDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dialog.wanted):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_every_control_has_a_name(dialog: ExportDialog) -> None:
    fields, sizes = dialog.fields, dialog.fields.size_fields
    controls: list[QWidget] = [fields.what, fields.which, fields.format, fields.scale, fields.theme, fields.guard]
    controls += [sizes.preset, sizes.width_px, sizes.height_px, sizes.sheet, sizes.pages, sizes.layout, fields.file]
    controls += [dialog.preview.image_view, dialog.preview.text_view, dialog.preview.rows_view]
    assert all(control.accessibleName() for control in controls)


def wait_for_note(qtbot: QtBot, dialog: ExportDialog, note: str) -> None:
    """Wait until the sample of which this is said is there."""
    qtbot.waitUntil(lambda: dialog.preview.note.text() == note, timeout=10_000)


def test_a_picture_is_shown_small_before_it_is_written(dialog: ExportDialog, qtbot: QtBot) -> None:
    wait_for_note(qtbot, dialog, "3,200 × 1,800 pixels")
    image = dialog.preview.image_view.grab().toImage()
    assert len({image.pixel(x, image.height() // 2) for x in range(image.width())}) > 2


def test_a_table_is_shown_as_one(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, What.EVENTS, "csv")
    wait_for_note(qtbot, dialog, "2 events")
    view = dialog.preview.rows_view
    assert view.isVisible()
    heads = [view.model().headerData(place, Qt.Orientation.Horizontal) for place in range(3)]
    assert heads == ["id", "title", "when"]
    assert view.model().rowCount() == 2


def test_a_page_is_shown_in_the_words_of_its_reader(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, What.EVENTS, "html")
    wait_for_note(qtbot, dialog, "2 events")
    text = dialog.preview.text_view.toPlainText()
    assert text == "Test\n\n19 June 2024\nJune summit\n\n19 July 2024\nJuly summit\n"
    assert dialog.preview.text_view.lineWrapMode() is QPlainTextEdit.LineWrapMode.WidgetWidth
    choose(dialog, What.EVENTS, "markdown")
    qtbot.waitUntil(lambda: dialog.preview.text_view.toPlainText().startswith("# "))
    assert dialog.preview.text_view.lineWrapMode() is QPlainTextEdit.LineWrapMode.NoWrap


def test_the_first_lines_of_a_file_are_shown_with_what_is_left_out(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, What.EVENTS, "jsonl")
    wait_for_note(qtbot, dialog, "2 events")
    assert dialog.preview.text_view.toPlainText().startswith('{"id": ')
    choose(dialog, What.EVENTS, "icalendar")
    dialog.fields.which.setCurrentIndex(dialog.fields.which.findData(Which.ALL.value))
    left_out = "1 event was left out: calendars have no years before 1 or after 9999"
    wait_for_note(qtbot, dialog, f"3 events; {left_out}")
    assert "SUMMARY:Attack" in dialog.preview.text_view.toPlainText()
    choose(dialog, What.EVENTS, "parquet")
    wait_for_note(qtbot, dialog, "4 events")
    assert dialog.preview.text_view.toPlainText().startswith('{"id": ')


def test_each_part_says_how_many_events_it_has(dialog: ExportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.fields.which.itemText(0) == "What I see: 1 event")
    assert dialog.fields.which.itemText(1) == "All that passes the filter: 2 events"
    assert dialog.fields.which.itemText(2) == "Everything, whatever the filter: 4 events"


def test_a_window_is_shown_as_it_stands(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.fields.what.setCurrentIndex(dialog.fields.what.findData(What.WINDOW.value))
    qtbot.waitUntil(lambda: dialog.preview.note.text().startswith("As the window stands"))
    assert not dialog.fields.which.isVisible()


def test_events_are_all_that_pass_and_a_picture_what_is_seen_unless_told_otherwise(dialog: ExportDialog) -> None:
    found = [dialog.wish.which]
    choose(dialog, What.EVENTS, "csv")
    found.append(dialog.wish.which)
    assert found == [Which.SEEN, Which.PASSING]


def test_a_pdf_is_asked_for_with_paper_and_pages(dialog: ExportDialog, qtbot: QtBot) -> None:
    sizes = dialog.fields.size_fields
    assert not sizes.sheet.isVisible()
    choose(dialog, What.TIMELINE, "pdf")
    sizes.sheet.setCurrentIndex(sizes.sheet.findData("a4 upright"))
    assert [one.isVisible() for one in (sizes.width_px, dialog.fields.scale)] == [False, False]
    assert not sizes.layout.isEnabled()
    sizes.pages.setValue(3)
    wait_for_note(qtbot, dialog, "210 × 297 mm, page 1 of 3")
    sizes.layout.setCurrentIndex(sizes.layout.findData("wide"))
    wait_for_note(qtbot, dialog, "630 × 297 mm")
    wish = wish_of(qtbot, dialog)
    assert (wish.sheet, wish.is_upright, wish.pages, wish.is_wide) == ("a4", True, 3, True)


def test_a_size_that_is_used_often_is_chosen_by_name_and_found_again(dialog: ExportDialog) -> None:
    sizes = dialog.fields.size_fields
    sizes.preset.setCurrentIndex(2)
    assert (sizes.width_px.value(), sizes.height_px.value()) == (1080, 1080)
    sizes.width_px.setValue(1100)
    assert sizes.preset.currentText() == "Any size"
    sizes.width_px.setValue(1600)
    sizes.height_px.setValue(900)
    assert sizes.preset.currentText() == "Screen: 1600 × 900"


def test_marks_against_formulas_can_be_left_out(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, What.EVENTS, "csv")
    assert dialog.fields.guard.isVisible()
    dialog.fields.guard.setChecked(False)
    assert not wish_of(qtbot, dialog).guards


@pytest.mark.parametrize("text_scale", [1.0, 2.0])
def test_the_dialog_fits_a_small_screen_at_any_text_size(qtbot: QtBot, tmp_path: Path, text_scale: float) -> None:
    subject = ExportSubject(TABLE, Filter(), (0, 86_400), EnglishWords())
    look = Look(TABLE, "light", text_scale)
    dialog = ExportDialog(look, tmp_path / "a.pdf", subject, lambda: QImage(900, 600, RGB))
    qtbot.addWidget(dialog)
    choose(dialog, What.TIMELINE, "pdf")
    needed = dialog.minimumSizeHint()
    assert needed.width() <= dialog.minimumWidth() <= 1280
    assert needed.height() <= 720
