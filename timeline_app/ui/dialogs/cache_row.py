"""What the cache of large files takes on the disk, and the button that clears it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from timeline_app.core.errors import TimelineError
from timeline_app.core.progress import size_words
from timeline_app.core.safe_text import safe_text
from timeline_app.ui.cache_access import CacheAccess
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice
from timeline_app.ui.look import Look


class CacheRow(QWidget):
    """Says how much lies where; `failed` carries why it could not be cleared."""

    failed = Signal(str)

    def __init__(self, cache: CacheAccess, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cache = cache
        self.label = DialogLabel("", look, Voice.NOTE)
        self.button = QPushButton("Clear", self)
        self.button.setObjectName("clear_cache")
        self.button.setAutoDefault(False)
        self.button.setAccessibleName("Clear the cache")
        self.button.setAccessibleDescription("Your files stay as they are; they only open more slowly once")
        self.button.clicked.connect(self._clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 8)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self._tell_size()

    def _clear(self) -> None:
        try:
            self._cache.clear()
        except TimelineError as error:
            self.failed.emit(f"The cache could not be cleared: {error}.")
        self._tell_size()

    def _tell_size(self) -> None:
        try:
            size_bytes, where = self._cache.size_bytes(), safe_text(self._cache.folder())
        except TimelineError as error:
            self.label.setText(f"It cannot be looked at: {error}.")
            self.button.setEnabled(False)
            return
        self.label.setText(f"{size_words(size_bytes)} in {where}" if size_bytes else f"Nothing yet in {where}")
        self.button.setEnabled(size_bytes > 0)
