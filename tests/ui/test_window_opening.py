"""Opening a large file in the window: its progress is seen, and cancelling leaves the window as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThreadPool
from pytestqt.qtbot import QtBot

from timeline_app.app import create_window
from timeline_app.core.errors import Cancelled
from timeline_app.core.opened import Opened, Readings
from timeline_app.core.progress import Progress, Report
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.panels.progress_bar import BusyBar

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)")


def load_for_ever(
    _paths: Sequence[Path], report: Report, is_cancelled: Callable[[], bool], read_as: Readings
) -> Opened:
    """Read a file that never ends."""
    rows = 0
    while not is_cancelled():
        rows += 1_000
        report(Progress("endless.csv", rows, rows, 10**12))
    raise Cancelled("endless.csv")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = create_window([])
    window.files._load = load_for_ever
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    # Qt has closed the window by now and may delete it at any moment: only its thread can be waited for.
    assert QThreadPool.globalInstance().waitForDone(60_000)


def state(window: MainWindow) -> tuple[object, ...]:
    session = window.session
    return session.table, session.wanted, session.viewport, session.selection, window.files.paths


@pytest.mark.parametrize("way", ["button", "escape on the button", "escape on the timeline"])
def test_what_is_being_opened_is_seen_and_cancelled(qtbot: QtBot, window: MainWindow, way: str) -> None:
    window.session.set_selection((3,))
    (bar,), before = window.findChildren(BusyBar, "opening_bar"), state(window)
    assert not bar.isVisible()
    window.files.open_files([Path("endless.csv")])
    qtbot.waitUntil(lambda: bar.isVisible() and "endless.csv" in bar.name_label.text())
    assert "events" in bar.words_label.text()
    assert bar.mapTo(window, bar.rect().bottomLeft()).y() <= window.timeline.mapTo(window, bar.rect().topLeft()).y()
    if way == "button":
        qtbot.mouseClick(bar.cancel_button, Qt.MouseButton.LeftButton)
    elif way == "escape on the button":
        bar.cancel_button.setFocus()
        qtbot.keyClick(bar.cancel_button, Qt.Key.Key_Escape)
    else:
        qtbot.keyClick(window.timeline, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert not window.files.is_busy
    assert window.message == "Cancelled; nothing has changed"
    assert state(window) == before


def test_closing_the_window_ends_what_is_being_opened(qtbot: QtBot, window: MainWindow) -> None:
    window.files.open_files([Path("endless.csv")])
    window.close()
    assert QThreadPool.globalInstance().waitForDone(10_000)
