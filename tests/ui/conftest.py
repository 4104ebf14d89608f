"""What every test of the window finds, and leaves: an application without a style of its own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

# A busy machine may keep a thread waiting for seconds; what never comes is found at the end of this all the same.
LONGEST_WAIT_MS = 30_000


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Wait longer than pytest-qt by itself, for as long as no test says otherwise."""
    from pytestqt.qtbot import QtBot  # this file is read in the run without Qt too

    bot = QtBot(request)
    for wait in ("waitUntil", "waitSignal", "waitSignals", "waitExposed", "waitActive"):
        setattr(bot, wait, partial(getattr(bot, wait), timeout=LONGEST_WAIT_MS))
    return bot


@pytest.fixture(autouse=True)
def plain_application(qapp: QApplication) -> Iterator[None]:
    """Take back the style that a test gave the application, so that the order of tests does not matter."""
    yield
    if qapp.styleSheet():
        from PySide6.QtGui import QFont, QPalette  # this file is read in the run without Qt too

        qapp.setStyleSheet("")
        qapp.setPalette(QPalette())
        qapp.setFont(QFont())
