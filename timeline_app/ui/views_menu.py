"""The menu of the views that were saved for the open files: each is shown again, or forgotten."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu

from timeline_app.core.safe_text import safe_text
from timeline_app.ui.remembering import WindowMemory


class ViewsMenu:
    """Fills the menu whenever it is about to be shown."""

    def __init__(self, menu: QMenu, memory: WindowMemory) -> None:
        self._menu = menu
        self._memory = memory
        self._forget = QMenu("Delete", menu)
        menu.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self._menu.clear()
        self._forget.clear()
        names = self._memory.view_names()
        for name in names:
            self._menu.addAction(_label(name)).triggered.connect(partial(self._memory.show_named_view, name))
        if not names:
            self._menu.addAction("No view saved yet").setEnabled(False)
            return
        self._menu.addSeparator()
        self._menu.addMenu(self._forget)
        for name in names:
            self._forget.addAction(_label(name)).triggered.connect(partial(self._memory.forget_named_view, name))


def _label(name: str) -> str:
    """Return a menu line; an ampersand would underline the letter after it."""
    return safe_text(name).replace("&", "&&")
