"""The line on a large file's progress comes only when it is worth it, says what is known, and offers a way out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.helpers.shown import shown_column
from tests.helpers.tables import make_table
from timeline_app.core.progress import Progress
from timeline_app.ui.look import Look
from timeline_app.ui.panels.progress_bar import BusyBar


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[BusyBar]:
    bar = BusyBar(Look(make_table(), "light"))
    with shown_column(qtbot, [QLineEdit(), bar], 600, 200):
        yield bar


def test_a_small_file_never_shows_it(qtbot: QtBot, bar: BusyBar) -> None:
    bar.set_busy(True)
    assert not bar.isVisible()
    bar.set_busy(False)
    assert not bar._wait.isActive()
    bar.set_progress(Progress("late.csv", 10))
    assert not bar.isVisible()


def test_it_says_what_is_known(qtbot: QtBot, bar: BusyBar) -> None:
    bar.set_busy(True)
    qtbot.waitUntil(bar.isVisible)
    assert (bar.name_label.text(), bar.words_label.text()) == ("Opening…", "")
    assert bar.bar.maximum() == 0, "a bar that runs to and fro"
    bar.set_progress(Progress("big\u202e.csv", 1_204_000, 412_000_000, 824_000_000))
    assert bar.name_label.text() == "Opening big⟦202E⟧.csv"
    assert bar.words_label.text() == "1,204,000 events · 412 of 824 MB"
    assert bar.bar.value() == bar.bar.maximum() // 2
    bar.set_busy(False)
    assert not bar.isVisible()
    bar.set_busy(True)
    qtbot.waitUntil(bar.isVisible)
    assert bar.words_label.text() == ""


def test_cancel_by_mouse_and_by_keyboard(qtbot: QtBot, bar: BusyBar) -> None:
    window = bar.window()
    shortcut = QShortcut(QKeySequence("Esc"), window)
    bar.set_busy(True)
    qtbot.waitUntil(bar.isVisible)
    with qtbot.waitSignal(bar.cancel_clicked):
        qtbot.mouseClick(bar.cancel_button, Qt.MouseButton.LeftButton)
    window.findChildren(QLineEdit)[0].setFocus()
    qtbot.keyClick(window.findChildren(QLineEdit)[0], Qt.Key.Key_Tab)
    assert bar.cancel_button.hasFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Escape):
        with qtbot.waitSignal(bar.cancel_clicked), qtbot.assertNotEmitted(shortcut.activated):
            qtbot.keyClick(bar.cancel_button, key)


def test_larger_text_and_other_colours_are_followed(bar: BusyBar) -> None:
    height_px = bar.bar.height()
    bar._look.set_text_scale(2.0)
    assert bar.bar.height() == 2 * height_px
    bar._look.set_choice("dark")
    assert bar._look.theme.accent in bar.bar.styleSheet()
