"""The dialogs of a window, each made when it is first asked for: none is needed for the first picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

if TYPE_CHECKING:
    from timeline_app.ui.main_window import MainWindow
    from timeline_app.ui.remembering import WindowMemory


class WindowDialogs:
    """Shows dialogs over one window and carries out what is decided in them."""

    def __init__(self, window: MainWindow, memory: WindowMemory) -> None:
        self._window = window
        self._memory = memory
        self.actions: Mapping[str, QAction] = {}
