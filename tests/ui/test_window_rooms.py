"""How the window shares its room out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
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
