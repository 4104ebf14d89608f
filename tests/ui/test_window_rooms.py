"""How the window shares its room out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

from tests.helpers.shown import close_for_good
from timeline_app.app import create_window
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import TEXT_SIZE


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """Show a window of 1280 × 800 on the bundled timeline."""
    shown = create_window([], settings=Settings())
    shown.resize(1280, 800)
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    close_for_good(shown)


def test_side_panes_take_more_room_on_a_very_wide_window(window: MainWindow) -> None:
    widths: list[tuple[int, int]] = []
    for width_px in (1_280, 1_920, 3_840):
        window.hide()
        window.resize(width_px, 800)
        window.show()
        widths.append((window.actors_panel.width(), window.excerpt_pane.width()))
    assert widths == [(256, 350), (256, 350), (340, 460)]


def test_the_table_below_has_room_to_be_read_and_the_overview_what_it_needs(window: MainWindow) -> None:
    overview_px = window.overview.height()
    assert overview_px >= window.overview.sizeHint().height()
    window.set_lower_tab(table=True)
    assert window.event_table.height() > overview_px
    assert window.timeline.height() > window.event_table.height()
    window.set_lower_tab(table=False)
    assert window.overview.height() == overview_px


def test_bars_stand_above_the_timeline_that_of_stories_next_to_it(window: MainWindow, qtbot: QtBot) -> None:
    bars = (window.reading_bar, window.joining_bar, window.repeats_bar, window.problems_bar, window.story_bar)
    for bar in bars:
        bar.show()

    def stand_in_order() -> bool:
        parts = (*bars, window.timeline)
        tops = [part.mapTo(window, part.rect().topLeft()).y() for part in parts]
        return all(above < below for above, below in pairwise(tops))

    qtbot.waitUntil(stand_in_order)


def test_header_and_status_line_grow_with_the_text(window: MainWindow) -> None:
    before = window.status_line.height()
    window.settings.set(TEXT_SIZE, 200)
    assert window.status_line.height() == 2 * before


def side_widths(window: MainWindow) -> tuple[int, int]:
    return window.actors_panel.width(), window.excerpt_pane.width()


def drag_left_edge(window: MainWindow, by_px: int) -> None:
    """Drag the edge between the actors and the timeline."""
    columns = next(one for one in window.findChildren(QSplitter) if one.widget(0) is window.actors_panel)
    handle = columns.handle(1)
    middle = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handle, middle + QPoint(by_px, 0))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle)


def test_panes_follow_the_width_of_a_window_that_grows_while_it_is_seen(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(3_840, 800)
    qtbot.waitUntil(lambda: side_widths(window) == (340, 460))
    window.resize(1_280, 800)
    qtbot.waitUntil(lambda: side_widths(window) == (256, 350))


@pytest.mark.parametrize("state", [Qt.WindowState.WindowMinimized, Qt.WindowState.WindowMaximized])
def test_panes_keep_the_widths_that_were_given_by_hand(window: MainWindow, qtbot: QtBot, state: Qt.WindowState) -> None:
    drag_left_edge(window, 70)
    widths = side_widths(window)
    assert widths[0] > 300
    window.setWindowState(state)
    window.setWindowState(Qt.WindowState.WindowNoState)
    qtbot.waitUntil(lambda: window.size() == QSize(1280, 800))
    assert side_widths(window) == widths
    window.hide()
    with qtbot.waitExposed(window):
        window.show()
    assert side_widths(window) == widths


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_window_that_is_small_while_it_is_minimised_gets_its_widths_back(
    window: MainWindow, qtbot: QtBot, by_hand: bool
) -> None:
    if by_hand:
        drag_left_edge(window, 70)
    widths = side_widths(window)
    window.setWindowState(Qt.WindowState.WindowMinimized)
    # As some systems do with what they minimise, and show again before they give it its size back.
    window.resize(640, 400)
    QCoreApplication.sendEvent(window, QShowEvent())
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: side_widths(window) == widths)


def test_the_row_below_keeps_the_height_that_was_given_by_hand(window: MainWindow) -> None:
    rows = next(one for one in window.findChildren(QSplitter) if one.widget(0) is window.timeline)
    rows.handle(1).moveSplitter(rows.handle(1).y() - 60)
    height_px = window.overview.height()
    window.hide()
    window.show()
    assert window.overview.height() == height_px
