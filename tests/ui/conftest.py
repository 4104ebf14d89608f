"""What every test of the window finds, and leaves: an application without a style of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def plain_application(qapp: QApplication) -> Iterator[None]:
    """Take back the style that a test gave the application, so that the order of tests does not matter."""
    yield
    if qapp.styleSheet():
        from PySide6.QtGui import QFont, QPalette  # this file is read in the run without Qt too

        qapp.setStyleSheet("")
        qapp.setPalette(QPalette())
        qapp.setFont(QFont())
