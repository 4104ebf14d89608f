"""A window's lanes have the rows that it has room for, until the user wants others."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from timeline_app.app import create_window
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.rows_that_fit import LEAST_ROWS, MOST_ROWS, rows_that_fit
from timeline_app.ui.settings_table import LANE_ROWS, TEXT_SIZE


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = create_window([])
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    return window


def settle(window: MainWindow, width_px: int, height_px: int) -> None:
    window.resize(width_px, height_px)
    QApplication.processEvents()
    window.timeline.complete()


@pytest.mark.parametrize(
    ("height_px", "text_scale", "rows"),
    [(100, 1.0, LEAST_ROWS), (720, 1.0, 16), (900, 1.0, 24), (1440, 1.0, 46), (1440, 2.0, 16), (9_000, 1.0, MOST_ROWS)],
)
def test_rows_follow_from_the_height_and_the_size_of_text(height_px: int, text_scale: float, rows: int) -> None:
    assert rows_that_fit(height_px, text_scale) == rows


@pytest.mark.parametrize("height_px", [720, 900, 1_100])
def test_a_single_lane_that_is_full_is_seen_whole(window: MainWindow, height_px: int) -> None:
    settle(window, 1280, height_px)
    measures, timeline = window.timeline.frame.measures, window.timeline
    rows = timeline.options.max_lines + 1
    lane_px = measures.head_px + rows * measures.line_px + measures.foot_px
    assert measures.axis_px + lane_px <= timeline.height() < measures.axis_px + lane_px + measures.line_px


def test_the_first_view_of_a_small_window_shows_three_lanes(window: MainWindow) -> None:
    settle(window, 1280, 720)
    first, second, third = window.timeline.frame.lanes
    assert (first.title, second.title, third.title) == ("Russia", "North Korea", "Ukraine")
    assert second.bottom_px < window.timeline.height()
    measures = window.timeline.frame.measures
    assert third.top_px + measures.head_px + 2 * measures.line_px < window.timeline.height()
    counts = window.timeline.frame.counts
    assert counts.shown + counts.merged == counts.loaded
    assert counts.shown >= 22


def test_rows_follow_the_window_until_they_are_set(window: MainWindow) -> None:
    timeline = window.timeline
    settle(window, 1280, 900)
    assert timeline.options.max_lines == 24
    window.settings.set(LANE_ROWS, 9)
    settle(window, 1280, 720)
    assert timeline.options.max_lines == 9
    window.settings.set(LANE_ROWS, LANE_ROWS.default)
    assert timeline.options.max_lines == 16
    window.settings.set(TEXT_SIZE, 200)
    assert timeline.options.max_lines == LEAST_ROWS


def test_the_table_below_and_bars_above_move_no_row(window: MainWindow) -> None:
    settle(window, 1280, 720)
    before = [(lane.title, lane.bottom_px - lane.top_px) for lane in window.timeline.frame.lanes]
    window.set_lower_tab(table=True)
    window.show_knowledge(shown=True)
    settle(window, 1280, 720)
    after = [(lane.title, lane.bottom_px - lane.top_px) for lane in window.timeline.frame.lanes]
    assert after == before[: len(after)]
    assert len(after) < len(before)
