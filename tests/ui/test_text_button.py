"""The buttons of the panels show that the pointer is on them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.pictures import pixels
from tests.helpers.small_conflict import small_table
from timeline_app.core.event import ActorRef
from timeline_app.core.filter import Filter
from timeline_app.core.filter_parts import filter_parts
from timeline_app.ui.look import Look
from timeline_app.ui.panels.actor_chips import ActorChip
from timeline_app.ui.panels.chips import FilterChip
from timeline_app.ui.panels.close_button import CloseButton
from timeline_app.ui.panels.link_button import LinkButton
from timeline_app.ui.panels.step_button import StepButton
from timeline_app.ui.panels.text_button import SMALLEST_TARGET_PX, TextButton
from timeline_app.ui.session import Session

Make = Callable[[Session, Look, QWidget], QAbstractButton]


class _Paints(QObject):
    """Counts how often a widget is painted with the pointer on it, and without."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.seen: list[bool] = []
        self._watched = watched
        watched.installEventFilter(self)

    def include(self, is_on: bool) -> bool:
        """Tell whether the widget was painted with the pointer on it, or without."""
        return is_on in self.seen

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt calls it
        if watched is self._watched and event.type() is QEvent.Type.Paint:
            self.seen.append(self._watched.underMouse())
        return False


def _filter_chip(session: Session, look: Look, parent: QWidget) -> QAbstractButton:
    (part,) = filter_parts(Filter(types=("attack",)), session.table)
    return FilterChip(part, None, look, parent)


@pytest.mark.parametrize(
    "make",
    [
        lambda _session, look, parent: TextButton("Show all", look, parent),
        lambda _session, look, parent: StepButton(look, parent, forward=True),
        lambda _session, look, parent: CloseButton("Close this notice", look, parent),
        lambda _session, look, parent: LinkButton("A page", look, parent),
        lambda session, look, parent: ActorChip(ActorRef("Russia"), session, look, parent),
        _filter_chip,
    ],
    ids=["text", "step", "close", "link", "actor", "filter"],
)
def test_a_button_is_painted_anew_when_the_pointer_comes_and_goes(qtbot: QtBot, make: Make) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    session = Session(small_table())
    button = make(session, Look(session.table, "light"), window)
    button.setGeometry(40, 40, 120, 40)
    # Qt's offscreen pointer is on the first window that was shown at its place: one that another test left open, if so.
    window.setGeometry(3_000, 3_000, 300, 200)
    with qtbot.waitExposed(window):
        window.show()
    QTest.mouseMove(window, QPoint(5, 5))
    paints = _Paints(button)
    for point, is_on in ((QPoint(60, 60), True), (QPoint(5, 5), False)):
        paints.seen.clear()
        QTest.mouseMove(window, point)
        qtbot.waitUntil(partial(paints.include, is_on))


def test_the_cross_that_closes_a_bar_is_seen_and_grows_with_the_text(qtbot: QtBot) -> None:
    look = Look(small_table(), "light")
    button = CloseButton("Close the story", look)
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    assert min(button.width(), button.height()) >= SMALLEST_TARGET_PX
    assert (button.accessibleName(), button.toolTip()) == ("Close the story", "<qt>Close the story</qt>")
    before = button.width()
    lit = [pixels(button.grab().toImage()).min(axis=2) < 200]
    look.set_text_scale(2.0)
    button.resize(button.sizeHint())
    lit.append(pixels(button.grab().toImage()).min(axis=2) < 200)
    spans = [np.flatnonzero(inked.any(axis=0)) for inked in lit]
    assert button.width() == 2 * before
    assert [int(np.ptp(span)) >= reach for span, reach in zip(spans, (5, 11), strict=True)] == [True, True]
