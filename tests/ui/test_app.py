"""The one place that joins everything: windows on files, on nothing, and pictures without a screen."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.shown import close_for_good
from tests.helpers.tables import row_of
from timeline_app.app import create_window, first_window, make_application
from timeline_app.core.errors import FilterError, ReadError, WriteError
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.core.palette import DARK, LIGHT
from timeline_app.loading import Loader, load_gazetteer_from_resources, load_table
from timeline_app.pictures import picture_bytes
from timeline_app.ui.application import COLLECT_MS, collect_in_main_thread
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.picture_wish import PictureKind, PictureWish
from timeline_app.ui.settings import Settings

SMALL = "timeline_format: 1\ntitle: Small\nevents: [{title: One, when: 2024-03}]\n"


@pytest.fixture(autouse=True)
def windows_gone(qtbot: QtBot) -> Iterator[None]:
    """Delete the windows that a test made, whether it shows them or not."""
    yield
    close_for_good(*QApplication.topLevelWidgets())


def test_the_application_is_made_once_and_knows_the_fonts(qtbot: QtBot) -> None:
    assert make_application() is make_application() is QApplication.instance()
    assert {"Timeline Sans", "Timeline Serif"} <= set(QFontDatabase.families())


def test_without_files_the_bundled_timeline_is_open(qtbot: QtBot) -> None:
    window = create_window([])
    assert isinstance(window, MainWindow)
    assert window.files.paths == ()
    assert len(window.session.table) >= 18
    assert window.session.table.title in window.windowTitle()


def test_files_may_be_named_as_text(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert create_window([str(path)]).files.paths == (path,)


def test_where_no_file_can_be_read_there_is_no_window(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"missing\.yaml"):
        create_window([tmp_path / "missing.yaml", tmp_path])
    assert [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow)] == []


def test_the_words_of_the_contract_hold(qtbot: QtBot) -> None:
    window = create_window([])
    window.show()
    assert window.session.filter == Filter()
    assert window.session.selection == ()
    assert window.session.viewport.width_px > 0
    assert window.timeline.frame.counts.loaded == len(window.session.table)


def test_the_first_picture_needs_no_other_pane_and_is_completed_only_once(qtbot: QtBot) -> None:
    loader = Loader(load_gazetteer_from_resources())
    window = first_window(loader(()), Settings(), loader)
    with qtbot.waitSignal(window.timeline.first_painted):
        window.show()
    window.show_message("said before there was a place for it")
    assert window.timeline.frame.counts.shown > 0
    before = window.timeline.geometry()
    window.complete()
    panel = window.actors_panel
    window.complete()
    assert window.actors_panel is panel
    assert window.status_line.selection_label.text() == "said before there was a place for it"
    assert window.status_line.counts_label.text().startswith("24 ")
    QApplication.processEvents()
    assert window.timeline.geometry() == before


def test_two_windows_do_not_know_of_each_other(qtbot: QtBot) -> None:
    one, other = create_window([]), create_window([])
    one.session.set_filter(Filter(actors=("Russia",)))
    one.session.show_event(2)
    assert (other.session.wanted, other.session.selection) == (Filter(), ())


@pytest.mark.parametrize("whole_window", [False, True])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_has_its_size_theme_and_selection(qtbot: QtBot, theme: str, whole_window: bool) -> None:
    table = load_table([])
    wish = PictureWish(PictureKind.PNG, 1200, 700, 1.0, None, row_of(table, "us-election"), Grouping.TYPE)
    pictures = [
        QImage.fromData(picture_bytes(table, wanted, wish, theme=theme, whole_window=whole_window))
        for wanted in (Filter(), Filter(actors=("United States",)))
    ]
    colours = DARK if theme == "dark" else LIGHT
    for picture in pictures:
        assert (picture.width(), picture.height()) == (1200, 700)
        assert picture.pixelColor(1195, 695).name() in {colours.background, colours.panel}
    assert pictures[0] != pictures[1]


def test_the_same_picture_is_drawn_each_time(qtbot: QtBot) -> None:
    table, wish = load_table([]), PictureWish(width_px=900, height_px=600)
    for whole_window in (False, True):
        first, second = (
            picture_bytes(table, Filter(), wish, theme="light", whole_window=whole_window) for _ in range(2)
        )
        assert first == second


@pytest.mark.parametrize("whole_window", [False, True])
def test_pictures_that_cannot_be_drawn(qtbot: QtBot, whole_window: bool) -> None:
    table = load_table([])
    with pytest.raises(WriteError):
        picture_bytes(table, Filter(), PictureWish(scale=30), theme="light", whole_window=whole_window)
    with pytest.raises(FilterError):
        picture_bytes(table, Filter(since="soon"), PictureWish(), theme="light", whole_window=whole_window)


def test_garbage_is_collected_on_a_timer_of_the_main_thread(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    timer = collect_in_main_thread(application)
    try:
        assert not gc.isenabled()
        assert timer.isActive()
        assert timer.interval() == COLLECT_MS
        young: list[object] = [[]]
        timer.timeout.emit()
        assert all(one is not young for one in gc.get_objects(0)), "what the start has made stays"
        with mock.patch.object(gc, "collect") as collect:
            timer.timeout.emit()
        assert collect.call_count == 1
    finally:
        timer.stop()
        timer.deleteLater()
