"""Which reader read a file is shown, an unclear choice is told, and another reader can be named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.helpers.shown import shown_dialog, shown_window
from tests.helpers.tables import make_table
from timeline_app.app import create_window
from timeline_app.core.errors import ReadError
from timeline_app.core.opened import ReadAs
from timeline_app.readers import Reader, readers
from timeline_app.ui.dialogs.open_as_dialog import FileAndReader, OpenAsDialog
from timeline_app.ui.look import Look
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.reading_notice import Unclear, first_unclear

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)")

GEOJSON = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null, '
    '"properties": {"title": "Battle", "date": "1994-05-01"}}]}'
)


def likely(path: Path) -> tuple[Reader, ...]:
    """Find two readers likely, and refuse a missing file."""
    if path.name.startswith("missing"):
        raise ReadError("there is no such file", str(path))
    return tuple(one for one in readers() if one.name in {"csv", "markwhen"})


def shown(qtbot: QtBot, *files: FileAndReader) -> OpenAsDialog:
    """Show the dialog of some files."""
    return shown_dialog(qtbot, OpenAsDialog(files, Look(make_table(), "light"), likely=likely))


def test_every_reader_is_offered_and_what_else_is_likely_is_told(qtbot: QtBot) -> None:
    dialog = shown(qtbot, FileAndReader(Path("a.txt"), "csv"))
    assert [dialog.reader.itemText(place) for place in range(dialog.reader.count())] == [one.name for one in readers()]
    qtbot.waitUntil(lambda: dialog.read_as.text() == "It was read as csv. It also looks like markwhen.")
    assert dialog.reader.currentText() == "csv"
    assert dialog.description.text().startswith("Tables of events")


def test_the_keyboard_chooses_another_reader(qtbot: QtBot) -> None:
    dialog = shown(qtbot, FileAndReader(Path("a.txt"), "csv"))
    assert dialog.focusWidget() is dialog.reader
    QTest.keyClicks(dialog.reader, "markw")
    with qtbot.waitSignal(dialog.chosen) as chosen:
        QTest.keyClick(dialog.reader, Qt.Key.Key_Return)
    assert chosen.args == [Path("a.txt"), "markwhen"]
    assert not dialog.isVisible()


def test_of_a_file_that_could_not_be_read_the_likeliest_is_proposed_or_the_reason_told(qtbot: QtBot) -> None:
    dialog = shown(qtbot, FileAndReader(Path("b.txt")), FileAndReader(Path("missing.txt")))
    qtbot.waitUntil(lambda: dialog.reader.currentText() == "csv")
    assert dialog.read_as.text() == "It could not be read. It also looks like csv or markwhen."
    dialog.file.setFocus()
    QTest.keyClick(dialog.file, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.read_as.text() == "It could not be read. there is no such file")


def test_escape_changes_nothing(qtbot: QtBot) -> None:
    dialog = shown(qtbot, FileAndReader(Path("a.txt"), "csv"))
    with qtbot.assertNotEmitted(dialog.chosen):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """Open a window on a file that two readers recognise."""
    path = tmp_path / "places.json"
    path.write_text(GEOJSON)
    yield from shown_window(qtbot, path)


def test_a_file_is_opened_again_with_the_reader_that_was_named(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    action = next(one for one in window.actions() if one.objectName() == "open_as")
    action.trigger()
    [dialog] = window.findChildren(OpenAsDialog)
    assert dialog.reader.currentText() == "geojson"
    dialog.reader.setCurrentIndex(dialog.reader.findData("geojson"))
    with qtbot.waitSignal(window.files.opened):
        qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    path = tmp_path / "places.json"
    assert (window.files.paths, window.files.read_as) == ((path,), {path: ReadAs("geojson")})


def test_a_reader_that_cannot_read_it_leaves_the_window_as_it_was(qtbot: QtBot, window: MainWindow) -> None:
    table = window.session.table
    next(one for one in window.actions() if one.objectName() == "open_as").trigger()
    [dialog] = window.findChildren(OpenAsDialog)
    dialog.reader.setCurrentIndex(dialog.reader.findData("parquet"))
    with qtbot.waitSignal(window.files.failed):
        qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert window.session.table is table


def test_an_unclear_choice_is_told_with_a_way_to_change_it(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unclear = Unclear("places.json", "geojson", ("vis-timeline",))
    monkeypatch.setattr("timeline_app.ui.reading_notice.first_unclear", lambda _read: unclear)
    path = tmp_path / "places.json"
    path.write_text(GEOJSON)
    window = create_window([path])
    qtbot.addWidget(window)
    window.show()
    bar = window.reading_bar
    qtbot.waitUntil(bar.isVisible)
    assert bar.label.text() == "places.json was read as geojson; it might as well be vis-timeline"
    qtbot.mouseClick(bar.link_button, Qt.MouseButton.LeftButton)
    assert window.findChildren(OpenAsDialog)
    qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_a_clear_choice_is_not_told(tmp_path: Path) -> None:
    timeline, table = tmp_path / "a.yaml", tmp_path / "b.csv"
    timeline.write_text("timeline_format: 1\nevents: []\n")
    table.write_text("title,date\nBattle,1994-05-01\n")
    assert first_unclear([(str(timeline), "native"), (str(table), "csv"), (str(tmp_path / "gone"), "csv")]) is None


def test_a_choice_by_little_is_told(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text("title,date\nBattle,1994-05-01\n")
    unclear = first_unclear([(str(path), "markwhen")])
    assert unclear is not None
    assert str(unclear) == "b.csv was read as markwhen; it might as well be csv"
