"""The lags of what passes are counted in the strip of knowledge; a bar leads to its events, and marks have tails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.helpers.shown import shown_window
from tests.helpers.troops import TROOPS
from timeline_app.core.filter import Filter
from timeline_app.core.lags import LAG_CLASSES
from timeline_app.ui.dialogs.event_list_dialog import EventListDialog
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.panels.knowledge_strip import KnowledgeStrip
from timeline_app.ui.panels.lag_histogram import LagHistogram, words_of
from timeline_app.ui.safe_widgets import PlainLabel

LEFT = Qt.MouseButton.LeftButton
WITHIN, MONTHS = 1, 6


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    path = tmp_path / "troops.yaml"
    path.write_text(TROOPS, encoding="utf-8")
    yield from shown_window(qtbot, path)


def lags_of(window: MainWindow) -> LagHistogram:
    window.show_knowledge(shown=True)
    strip = window.findChild(KnowledgeStrip)
    assert strip is not None
    return strip.lags


def place_of(lags: LagHistogram, number: int) -> QPoint:
    return QPoint(round(lags.width() * (number + 0.5) / len(LAG_CLASSES)), 10)


def test_lags_are_counted_under_the_filter(window: MainWindow) -> None:
    lags = lags_of(window)
    assert {number: count for number, count in enumerate(lags.counts) if count} == {WITHIN: 1, MONTHS: 1}
    told = "1 event was first reported within their own date; 1 event was first reported three to twelve months after"
    assert lags.accessibleDescription().startswith(told)
    window.session.set_filter(Filter(as_of="2024-10"))
    assert {number: count for number, count in enumerate(lags.counts) if count} == {WITHIN: 1}


def test_a_click_or_enter_lists_the_events_of_a_bar(qtbot: QtBot, window: MainWindow) -> None:
    lags = lags_of(window)
    qtbot.mouseClick(lags, LEFT, pos=place_of(lags, MONTHS))
    (dialog,) = window.findChildren(EventListDialog)
    assert [dialog.model.row_of(dialog.model.index(0, 0))] == [window.session.table.row_of("pact")]
    assert any(label.text().startswith(words_of(MONTHS, 1)) for label in dialog.findChildren(PlainLabel))
    dialog.reject()
    qtbot.mouseClick(lags, LEFT, pos=place_of(lags, 0))  # Of none there is nothing to list.
    asked: list[int] = []
    lags.class_clicked.connect(asked.append)
    lags.setFocus()
    qtbot.keyClick(lags, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)  # Which goes forward in the window.
    qtbot.keyClick(lags, Qt.Key.Key_Right)
    assert lags.accessibleDescription() == words_of(WITHIN, 1)
    qtbot.keyClick(lags, Qt.Key.Key_Return)
    assert asked == [WITHIN]
    for opened in window.findChildren(EventListDialog):
        opened.reject()


def test_the_pointer_is_told_the_count(qtbot: QtBot, window: MainWindow) -> None:
    lags = lags_of(window)
    qtbot.mouseMove(lags, place_of(lags, MONTHS))
    qtbot.waitUntil(lambda: words_of(MONTHS, 1) in lags.toolTip())
    assert words_of(2, 1_234) == "1,234 events were first reported one day after they began"


def test_tails_are_drawn_while_the_strip_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    def picture() -> QImage:
        window.timeline.complete()
        return window.timeline.grab().toImage()

    lags_of(window)
    shown, tails = picture(), window.timeline.frame.tails
    (y_px,), middle_px = tails.y_px.tolist(), (tails.from_px[0] + tails.to_px[0]) / 2
    point = QPointF(middle_px, round(y_px)).toPoint()
    assert shown.pixelColor(point).name() == window.look.theme.muted.lower()
    window.show_knowledge(shown=False)
    assert len(window.timeline.frame.tails) == 0
    assert picture().pixelColor(point) != shown.pixelColor(point)
